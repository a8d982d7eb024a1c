"""The gate: a policy of floors, ceilings and allowed drops. What cannot be measured fails, never passes."""

import re
import tomllib
from pathlib import Path
from typing import Annotated, NamedTuple

from pydantic import Field, ValidationError

from summarizer.errors import CaseError
from summarizer.evaluation.scorecard import Scorecard
from summarizer.reading import printable_name
from summarizer.schema import Record

LARGEST = 200_000  # bytes of a policy
TABLE = re.compile(r"^(?=\[)", re.MULTILINE)
PINNED = ("suite", "baseline")  # tables that a pin writes
TOLERANCE = 1e-9  # a floor that was pinned at a score is met by that score
LOWER_IS_BETTER = frozenset(
    {"false_alarms", "false_support", "unchecked_rate", "unanswered", "misquotes", "dropped_claims", "brier", "ece", "flips",
     "calls", "input_tokens", "output_tokens", "cost_usd"}
)  # fmt: skip


class PinnedSuite(Record):
    """The suite that the policy is for."""

    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    cases: Annotated[int, Field(ge=1)]
    claims: Annotated[int, Field(ge=1)]


class Policy(Record):
    """What a run must reach."""

    suite: PinnedSuite
    require: tuple[str, ...] = ()
    """Metrics that must be measurable, also where nothing else is asked of them."""
    fewest: Annotated[int, Field(ge=1)] = 20
    """Claims that a metric must rest on, decided or not, where a floor or ceiling is set for it."""
    floor: dict[str, float] = Field(default_factory=dict)
    """Least value of a metric."""
    ceiling: dict[str, float] = Field(default_factory=dict)
    """Greatest value of a metric."""
    drop: dict[str, Annotated[float, Field(ge=0)]] = Field(default_factory=dict)
    """By how much a metric may be worse than the baseline."""
    baseline: dict[str, float] = Field(default_factory=dict)
    """Values of the run that was pinned."""


class GateCheck(NamedTuple):
    """One thing that the gate looked at."""

    passed: bool
    words: str


def load_policy(path: Path) -> Policy:
    """Read a policy file. Raises a `CaseError` that names file and fault."""
    name = printable_name(path)
    try:
        data = path.read_bytes()
        if len(data) > LARGEST:
            raise CaseError(f"{name}: is larger than {LARGEST:,} bytes")
        policy = Policy.model_validate(tomllib.loads(data.decode("utf-8")))
    except OSError as error:
        raise CaseError(f"{name}: {error.strerror or 'cannot be read'}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CaseError(f"{name}: is not TOML: {error}") from None
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(step) for step in first["loc"])
        raise CaseError(f"{name}: {where}: {first['msg']}") from None
    if missing := sorted(set(policy.drop) - set(policy.baseline)):
        raise CaseError(f"{name}: drop: {missing[0]} has no value under [baseline]; pin the policy again")
    if not (policy.floor or policy.ceiling or policy.drop):
        raise CaseError(f"{name}: asks for nothing; give at least one floor, ceiling or drop")
    return policy


def judge_card(card: Scorecard, policy: Policy) -> tuple[GateCheck, ...]:
    """Hold a scorecard against a policy; all findings, passed and failed."""
    asked = [*policy.require, *policy.floor, *policy.ceiling, *policy.drop]
    return (
        *_suite(card, policy.suite),
        *(_measurable(card, name, policy.fewest) for name in dict.fromkeys(asked)),
        *(_at_least(card, name, least) for name, least in policy.floor.items()),
        *(_at_most(card, name, most) for name, most in policy.ceiling.items()),
        *(_not_worse(card, name, policy.baseline[name], by) for name, by in policy.drop.items()),
    )


def _suite(card: Scorecard, pinned: PinnedSuite) -> tuple[GateCheck, ...]:
    facts = card.suite
    counts = GateCheck(
        (facts.cases, facts.claims) == (pinned.cases, pinned.claims),
        f"suite: {facts.cases} cases, {facts.claims} claims; pinned: {pinned.cases} cases, {pinned.claims} claims",
    )
    same = facts.sha256 == pinned.sha256
    words = "suite: labels and inputs are those that were pinned"
    changed = f"suite: labels or inputs have changed ({facts.sha256[:12]} for {pinned.sha256[:12]}); pin it again"
    complete = len(card.counted()) == facts.claims
    return (
        counts,
        GateCheck(same, words if same else changed),
        GateCheck(complete, f"suite: {len(card.counted())} results for {facts.claims} claims"),
    )


def _measurable(card: Scorecard, name: str, fewest: int) -> GateCheck:
    metric = card.metric(name)
    if metric is None or metric.value is None:
        return GateCheck(False, f"{name}: not measurable in this run")
    base = metric.n + metric.unchecked
    return GateCheck(base >= fewest, f"{name}: rests on {base}, at least {fewest} are wanted")


def _value(card: Scorecard, name: str) -> float | None:
    metric = card.metric(name)
    return metric.value if metric else None


def _at_least(card: Scorecard, name: str, least: float) -> GateCheck:
    value = _value(card, name)
    return GateCheck(value is not None and value >= least - TOLERANCE, f"{name}: {_shown(value)}, floor {least:.3f}")


def _at_most(card: Scorecard, name: str, most: float) -> GateCheck:
    value = _value(card, name)
    return GateCheck(value is not None and value <= most + TOLERANCE, f"{name}: {_shown(value)}, ceiling {most:.3f}")


def _not_worse(card: Scorecard, name: str, before: float, by: float) -> GateCheck:
    value = _value(card, name)
    lost = None if value is None else (value - before if name in LOWER_IS_BETTER else before - value)
    words = f"{name}: {_shown(value)}, baseline {before:.3f}, may be worse by {by:.3f}"
    return GateCheck(lost is not None and lost <= by + TOLERANCE, words)


def _shown(value: float | None) -> str:
    return "not measurable" if value is None else f"{value:.3f}"


def pinned(card: Scorecard, policy: Policy, *, allow_regression: bool = False) -> Policy:
    """The policy with suite and baseline of this run.

    Raises a `CaseError` where that would lower a bar, unless it is allowed: a value of
    the baseline that gets worse, or a suite with fewer claims.
    """
    names = [*policy.baseline, *(name for name in policy.drop if name not in policy.baseline)]
    values = {name: _value(card, name) for name in names}
    unknown = [name for name, value in values.items() if value is None]
    if unknown:
        raise CaseError(f"{unknown[0]}: not measurable in this run, so it cannot be pinned")
    worse = [
        name
        for name, before in policy.baseline.items()
        if ((values[name] or 0.0) - before) * (-1 if name in LOWER_IS_BETTER else 1) < -TOLERANCE
    ]
    if worse and not allow_regression:
        raise CaseError(
            f"{worse[0]}: would be pinned at {values[worse[0]]:.3f}, worse than {policy.baseline[worse[0]]:.3f}; "
            "--allow-regression does it all the same"
        )
    if card.suite.claims < policy.suite.claims and not allow_regression:
        raise CaseError(
            f"the suite has {card.suite.claims} claims, and {policy.suite.claims} were pinned; "
            "--allow-regression does it all the same"
        )
    suite = PinnedSuite(sha256=card.suite.sha256, cases=card.suite.cases, claims=card.suite.claims)
    return policy.model_copy(
        update={"suite": suite, "baseline": {name: value for name, value in values.items() if value is not None}}
    )


def to_toml(policy: Policy) -> str:
    """The policy as its file."""
    lines = [f"require = [{', '.join(_quoted(name) for name in policy.require)}]", f"fewest = {policy.fewest}"]
    for title in ("suite", "floor", "ceiling", "drop", "baseline"):
        if values := _entries(policy, title):
            lines += ["", f"[{title}]", *values]
    return "\n".join(lines) + "\n"


def repinned(text: str, policy: Policy) -> str:
    """The text of a policy file with the suite and baseline of `policy`; the writer's comments and order stay.

    A file in a way of writing that this does not follow (tables within a line, ...) is written anew.
    """
    blocks = TABLE.split(text)
    for number, block in enumerate(blocks):
        title = block.split("]")[0].removeprefix("[").strip()
        if title in PINNED:
            lines = block.rstrip("\n").split("\n")
            comments = [line for line in lines[1:] if line.lstrip().startswith("#")]
            end = "\n" * (len(block) - len(block.rstrip("\n")))
            blocks[number] = "\n".join([lines[0], *comments, *_entries(policy, title)]) + end
    whole = "".join(blocks)
    try:
        same = Policy.model_validate(tomllib.loads(whole)) == policy
    except (tomllib.TOMLDecodeError, ValidationError):
        same = False
    return whole if same else to_toml(policy)


def _entries(policy: Policy, title: str) -> list[str]:
    """The lines of a table of the file."""
    if title == "suite":
        suite = policy.suite
        return [f'sha256 = "{suite.sha256}"', f"cases = {suite.cases}", f"claims = {suite.claims}"]
    values: dict[str, float] = getattr(policy, title)
    return [f"{_quoted(name)} = {float(value)!r}" for name, value in values.items()]


def _quoted(name: str) -> str:
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
