"""The policy of a gate: what a run must reach, as a TOML file that people write and `eval pin` updates."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self, get_args

from pydantic import AfterValidator, Field, ValidationError, ValidationInfo, field_validator, model_validator

from summarizer.errors import CaseError
from summarizer.evaluation.faults import OURS
from summarizer.evaluation.metrics import definition_of, definitions, nearest_name
from summarizer.reading import printable_name
from summarizer.schema import Record
from summarizer.toml import parse_toml

if TYPE_CHECKING:
    from summarizer.evaluation.scorecard import Scorecard

LARGEST = 200_000  # bytes of a policy
TABLE = re.compile(r"^(?=\[)", re.MULTILINE)
PINNED = ("suite", "baseline")  # tables that a pin writes
End = Literal["value", "low", "high"]
LIST_OF_METRICS = "`summarizer eval metrics` lists them"


RENAMED = {"balanced_accuracy_all": "balanced_accuracy"}
"""Names of earlier versions."""


def known_metric(name: str) -> str:
    """The name itself. Raises a `ValueError` that names the nearest one where no metric is called that."""
    if definition_of(name) is None:
        if name in RENAMED:
            raise ValueError(f"{name!r} is called {RENAMED[name]!r} now; the score of the decided claims alone has "
                             "'selective_' before its name")  # fmt: skip
        near = nearest_name(name)
        help_ = f"did you mean {near!r}?" if near else LIST_OF_METRICS
        raise ValueError(f"no metric is called {name!r}; {help_}")
    return name


MetricName = Annotated[str, AfterValidator(known_metric)]


def _check_side(name: str, table: str) -> None:
    """Raise a `ValueError` for a floor under what should be low, and for a ceiling over what should be high."""
    definition = definition_of(name)
    better = definition.better if definition else "neither"
    if table == "floor" and better == "lower":
        raise ValueError(f"lower is better for {name}, so it takes a ceiling; put it under [ceiling]")
    if table == "ceiling" and better == "higher":
        raise ValueError(f"higher is better for {name}, so it takes a floor; put it under [floor]")
    if table == "drop" and better == "neither":
        raise ValueError(f"{name} can be neither better nor worse; give it a floor or a ceiling")


def _check_range(name: str, value: float, table: str) -> None:
    """Raise a `ValueError` for a value that the metric cannot have, and say which was meant."""
    definition = definition_of(name)
    if definition is None:
        return
    if definition.unit not in ("share", "score"):
        if value < 0:
            raise ValueError(f"{name} is never below 0, and {value:g} is; under [{table}]")
        return
    if not 0 <= value <= 1:
        meant = f"; for {value:g} per cent write {value / 100:g}" if 1 < value <= 100 else ""
        raise ValueError(f"{name} goes from 0 to 1, and {value:g} is outside{meant}, under [{table}]")


class Ends(Record):
    """A bar for the ends of a metric's 95 per cent interval, for its value, or for several of them."""

    value: float | None = None
    """For the value itself."""
    low: float | None = None
    """For the lower end of the interval."""
    high: float | None = None
    """For the upper end."""

    @model_validator(mode="before")
    @classmethod
    def _names_are_ends(cls, given: Any) -> Any:
        if isinstance(given, dict) and (unknown := sorted(set(given) - set(get_args(End)))):
            raise ValueError(f"no end of a bar is called {unknown[0][:40]!r}; use value, low or high: {{ low = 0.7 }}")
        return given

    @model_validator(mode="after")
    def _asks_for_something(self) -> Self:
        if not self.bars:
            raise ValueError("a bar needs value, low or high: { low = 0.7 }")
        return self

    @property
    def bars(self) -> dict[End, float]:
        """The bars by what they are for, those that are given."""
        given: dict[End, float | None] = {"value": self.value, "low": self.low, "high": self.high}
        return {end: bar for end, bar in given.items() if bar is not None}


Bar = Annotated[float, Field(strict=True)] | Ends


def bars_of(bar: Bar) -> dict[End, float]:
    """The bars by what they are for.

    >>> bars_of(0.8), bars_of(Ends(low=0.7))
    ({'value': 0.8}, {'low': 0.7})
    """
    return bar.bars if isinstance(bar, Ends) else {"value": bar}


class Comparing(Record):
    """What decides whether one run is better than another."""

    primary: MetricName = "accuracy_three_way_all"
    """The score that decides where every guardrail holds."""
    margin: dict[MetricName, Annotated[float, Field(ge=0)]] = Field(default_factory=lambda: {"false_support": 0.02})
    """Guardrails: by how much a score may get worse before the run is worse, whatever the primary score does."""

    @model_validator(mode="after")
    def _can_be_compared(self) -> Self:
        for name in (self.primary, *self.margin):
            definition = definition_of(name)
            if definition is None or not definition.compared:
                known = ", ".join(one.name for one in definitions().values() if one.compared)
                raise ValueError(f"{name} cannot be compared claim by claim; these can: {known}")
            if definition.better == "neither":
                raise ValueError(f"{name} can be neither better nor worse")
        for name, margin in self.margin.items():
            _check_range(name, margin, "compare.margin")
        return self


class PinnedSuite(Record):
    """The suite that the policy is for."""

    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    """Digest of labels and inputs."""
    cases: Annotated[int, Field(ge=1)]
    """Articles."""
    claims: Annotated[int, Field(ge=1)]
    """Claims that count."""


class Policy(Record):
    """What a run must reach. A name that no metric has, or a bar on the wrong side, makes no policy."""

    suite: PinnedSuite
    """What must have been scored."""
    require: tuple[MetricName, ...] = ()
    """Metrics that must be measurable, even if nothing else is asked of them."""
    fewest: Annotated[int, Field(ge=1)] = 20
    """Claims that a metric must rest on, decided or not, to be judged at all."""
    floor: dict[MetricName, Bar] = Field(default_factory=dict)
    """Lowest value of a metric, or of an end of its interval."""
    ceiling: dict[MetricName, Bar] = Field(default_factory=dict)
    """Highest value of a metric, or of an end of its interval."""
    drop: dict[MetricName, Annotated[float, Field(ge=0)]] = Field(default_factory=dict)
    """By how much a metric may be worse than the baseline."""
    baseline: dict[MetricName, float] = Field(default_factory=dict)
    """Values of the run that was pinned."""
    compare: Comparing = Comparing()
    """How two runs are compared."""

    @field_validator("floor", "ceiling", "drop", "baseline")
    @classmethod
    def _is_on_the_right_side(cls, bars: dict[str, Bar], table: ValidationInfo) -> dict[str, Bar]:
        for name, bar in bars.items():
            _check_side(name, str(table.field_name))
            for value in bars_of(bar).values():
                _check_range(name, value, str(table.field_name))
        return bars

    @model_validator(mode="after")
    def _drops_have_a_baseline(self) -> Self:
        if missing := sorted(set(self.drop) - set(self.baseline)):
            raise ValueError(f"drop: {missing[0]} has no value under [baseline]; pin the policy again")
        return self


def load_policy(path: Path, *, card: "Scorecard | None" = None) -> Policy:
    """Read a policy file. Raises a `CaseError` that names file and fault.

    `card` is a run that is to be pinned in it: it stands for the suite and the values of the baseline that are missing.
    """
    name = printable_name(path)
    try:
        data = path.read_bytes()
        if len(data) > LARGEST:
            raise CaseError(f"{name}: is larger than {LARGEST:,} bytes")
        facts = parse_toml(data.decode("utf-8-sig"))
        policy = Policy.model_validate(_with_pin(facts, card) if card else facts)
    except OSError as error:
        raise CaseError(f"{name}: {error.strerror or 'cannot be read'}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CaseError(f"{name}: is not TOML: {error}") from None
    except ValidationError as error:
        # A bar is a number or a table; what is said of the table is of use where a table was given.
        faults = error.errors()
        told = next(
            (
                one
                for one in faults
                if (isinstance(one["input"], dict) and any("Ends" in str(step) for step in one["loc"]))
                or any("Ends" in str(step) for step in one["loc"][:-1])
            ),
            faults[0],
        )
        raise CaseError(f"{name}: {_fault(told)}") from None
    if not (policy.floor or policy.ceiling or policy.drop):
        raise CaseError(f"{name}: asks for nothing; give at least one floor, ceiling or drop")
    return policy


def _with_pin(facts: Mapping[str, Any], card: "Scorecard") -> dict[str, Any]:
    """The same, where the run fills what a pin has not written yet; what it could not measure, no pin takes."""
    suite = {"sha256": card.suite.sha256, "cases": card.suite.cases, "claims": card.suite.claims}
    drops, kept = facts.get("drop"), facts.get("baseline", {})
    if not isinstance(drops, dict) or not isinstance(kept, dict):
        return {"suite": suite, **facts}
    values = {name: metric.value if (metric := card.metric(name)) else None for name in drops}
    return {"suite": suite, **facts, "baseline": {name: value or 0.0 for name, value in values.items()} | kept}


def _fault(error: Mapping[str, Any]) -> str:
    """`floor: no metric is called ...`; the name of a metric is in the message already, unless it is of an end."""
    of_an_end = any("Ends" in str(step) for step in error["loc"])
    place = error["loc"][:1] if error["type"] == "value_error" and not of_an_end else error["loc"]
    place = tuple(step for step in place if "float" not in str(step) and "Ends" not in str(step))
    where = ".".join(str(step) for step in place)
    message = OURS.get(error["type"], str(error["msg"]).removeprefix("Value error, "))
    if error["type"] == "missing" and place == ("suite",):
        message += "; `summarizer eval pin CARD POLICY` writes it"
    if error["type"] == "extra_forbidden" and len(place) == 1:
        message += f"; there are: {', '.join(Policy.model_fields)}"
    return printable_name(f"{where}: {message}" if where else message)


def to_toml(policy: Policy) -> str:
    """The policy as its file."""
    lines = [f"require = [{', '.join(_quoted(name) for name in policy.require)}]", f"fewest = {policy.fewest}"]
    for title in ("suite", "floor", "ceiling", "drop", "baseline"):
        if values := _entries(policy, title):
            lines += ["", f"[{title}]", *values]
    lines += ["", "[compare]", f"primary = {_quoted(policy.compare.primary)}"]
    margins = [f"{_quoted(name)} = {float(value)!r}" for name, value in policy.compare.margin.items()]
    lines += ["", "[compare.margin]", *margins]
    return "\n".join(lines) + "\n"


def repinned(text: str, policy: Policy) -> str:
    """The text of a policy file with the suite and baseline of `policy`; the writer's comments and order stay.

    A table that the file lacks comes at its end.

    A file in a way of writing that this does not follow (tables within a line, ...) is written anew.
    """
    blocks = TABLE.split(text)
    titles = set()
    for number, block in enumerate(blocks):
        title = block.split("]")[0].removeprefix("[").strip()
        titles.add(title)
        if title in PINNED:
            lines = block.split("\n")
            # Comments after the last entry belong to the table that follows.
            last = max(place for place, line in enumerate(lines) if line.strip() and not _is_comment(line))
            comments = [line for line in lines[1:last] if _is_comment(line)]
            blocks[number] = "\n".join([lines[0], *comments, *_entries(policy, title), *lines[last + 1 :]])
    new = [(title, lines) for title in PINNED if title not in titles and (lines := _entries(policy, title))]
    whole = "".join([*blocks, *("\n".join([f"\n[{title}]", *lines, ""]) for title, lines in new)])
    try:
        same = Policy.model_validate(tomllib.loads(whole)) == policy
    except (tomllib.TOMLDecodeError, ValidationError):
        same = False
    return whole if same else to_toml(policy)


def _is_comment(line: str) -> bool:
    return line.lstrip().startswith("#")


def _entries(policy: Policy, title: str) -> list[str]:
    """The lines of a table of the file."""
    if title == "suite":
        suite = policy.suite
        return [f'sha256 = "{suite.sha256}"', f"cases = {suite.cases}", f"claims = {suite.claims}"]
    values: dict[str, Bar] = getattr(policy, title)
    return [f"{_quoted(name)} = {_written(bar)}" for name, bar in values.items()]


def _written(bar: Bar) -> str:
    if isinstance(bar, Ends):
        return f"{{ {', '.join(f'{end} = {value!r}' for end, value in bar.bars.items())} }}"
    return repr(float(bar))


def _quoted(name: str) -> str:
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
