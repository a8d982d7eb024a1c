"""The policy of a gate: what a run must reach, as a TOML file that people write and `eval pin` updates."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import AfterValidator, Field, ValidationError, ValidationInfo, field_validator, model_validator

from summarizer.errors import CaseError
from summarizer.evaluation.metrics import definition_of, nearest_name
from summarizer.reading import printable_name
from summarizer.schema import Record

LARGEST = 200_000  # bytes of a policy
TABLE = re.compile(r"^(?=\[)", re.MULTILINE)
PINNED = ("suite", "baseline")  # tables that a pin writes
LIST_OF_METRICS = "`summarizer eval metrics` lists them"


def known_metric(name: str) -> str:
    """The name itself. Raises a `ValueError` that names the nearest one where no metric is called that."""
    if definition_of(name) is None:
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
    floor: dict[MetricName, float] = Field(default_factory=dict)
    """Lowest value of a metric."""
    ceiling: dict[MetricName, float] = Field(default_factory=dict)
    """Highest value of a metric."""
    drop: dict[MetricName, Annotated[float, Field(ge=0)]] = Field(default_factory=dict)
    """By how much a metric may be worse than the baseline."""
    baseline: dict[MetricName, float] = Field(default_factory=dict)
    """Values of the run that was pinned."""

    @field_validator("floor", "ceiling", "drop")
    @classmethod
    def _is_on_the_right_side(cls, bars: dict[str, float], table: ValidationInfo) -> dict[str, float]:
        for name in bars:
            _check_side(name, str(table.field_name))
        return bars

    @model_validator(mode="after")
    def _drops_have_a_baseline(self) -> Self:
        if missing := sorted(set(self.drop) - set(self.baseline)):
            raise ValueError(f"drop: {missing[0]} has no value under [baseline]; pin the policy again")
        return self


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
        raise CaseError(f"{name}: {_fault(error.errors()[0])}") from None
    if not (policy.floor or policy.ceiling or policy.drop):
        raise CaseError(f"{name}: asks for nothing; give at least one floor, ceiling or drop")
    return policy


def _fault(error: Mapping[str, Any]) -> str:
    """`floor: no metric is called ...`; the name of a metric is in the message already."""
    place = error["loc"][:1] if error["type"] == "value_error" else error["loc"]
    where = ".".join(str(step) for step in place)
    message = str(error["msg"]).removeprefix("Value error, ")
    return printable_name(f"{where}: {message}" if where else message)


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
