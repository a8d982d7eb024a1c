"""The records of an eval run: complete, to be rendered, compared and gated again."""

from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError

from summarizer.errors import CaseError
from summarizer.evaluation.cases import Difficulty, ErrorKind, Split, Writer
from summarizer.reading import printable_name
from summarizer.schema import Label, Modality, PromptDigest, Reason, Record, Setting, Text, Usage

LARGEST = 200_000_000  # bytes of a scorecard


class Metric(Record):
    """A score with its n and its interval; null is not measurable, 0 is a measurement."""

    name: Text
    """`balanced_accuracy`, or `recall_unsupported/number` for a part."""
    value: float | None
    """The score; null where there is nothing to score."""
    low: float | None = None
    """Lower bound of the 95 per cent interval."""
    high: float | None = None
    """Upper bound."""
    n: Annotated[int, Field(ge=0)]
    """Claims, or whatever else is counted, that it rests on."""
    unchecked: Annotated[int, Field(ge=0)] = 0
    """Claims of the same set that stayed unchecked."""


class Bin(Record):
    """Claims of like confidence, for the reliability diagram."""

    low: float
    """Least probability of support."""
    high: float
    n: Annotated[int, Field(ge=0)]
    mean: float | None
    """Mean probability that the run gave."""
    supported: float | None
    """Share that is supported in truth."""


class Result(Record):
    """One claim: what it is and what the run made of it."""

    case: Text
    """Id of the case."""
    claim: Text
    """Id of the claim."""
    text: Text
    """The claim."""
    writer: Writer
    split: Split
    gold: Label
    """What it is."""
    error: ErrorKind | None = None
    """The way in which it is wrong."""
    difficulty: Difficulty
    modality: Modality
    ambiguous: bool = False
    """In no score."""
    label: Label | None
    """What the run says; null where it stayed unchecked."""
    reason: Reason | None = None
    """Why it stayed unchecked."""
    detail: str = ""
    confidence: float | None = None
    """Probability that the claim is supported, as the run gave it."""
    quotes: tuple[str, ...] = ()
    """The words of the source that the run shows."""
    gold_quotes: tuple[str, ...] = ()
    """The words that decide it in truth; of several sets the one nearest to the run's."""
    evidence_precision: float | None = None
    """Share of the shown words that decide; null where there is nothing to compare."""
    evidence_recall: float | None = None
    """Share of the deciding words that are shown."""
    pair: bool | None = None
    """Whether the run shows the pair of words that contradict each other; null where there is none."""
    checks: Annotated[int, Field(ge=0)] = 1
    """Claims that the run made of it."""

    @property
    def right(self) -> bool:
        """Whether the label is the true one; unchecked is not."""
        return self.label is self.gold


class SuiteFacts(Record):
    """Which suite was scored, so that a shrunk or edited one is noticed."""

    name: Text
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    """Digest of labels and inputs."""
    cases: Annotated[int, Field(ge=0)]
    claims: Annotated[int, Field(ge=0)]
    """Those that count."""
    ambiguous: Annotated[int, Field(ge=0)] = 0
    """Those that do not."""


class RunFacts(Record):
    """What was run."""

    version: Text
    backend: Text
    model: str | None = None
    prompts: tuple[PromptDigest, ...] = ()
    settings: tuple[Setting, ...] = ()
    usage: Usage = Usage()
    misquotes: Annotated[int, Field(ge=0)] = 0
    dropped_claims: Annotated[int, Field(ge=0)] = 0
    repeats: Annotated[int, Field(ge=1)] = 1
    warnings: tuple[str, ...] = ()


class Scorecard(Record):
    """The whole result of an eval run."""

    suite: SuiteFacts
    run: RunFacts
    metrics: tuple[Metric, ...]
    reliability: tuple[Bin, ...] = ()
    results: tuple[Result, ...]
    """One for each claim, in the order of the suite."""

    def metric(self, name: str) -> Metric | None:
        """The metric of that name; None where the run has none."""
        return next((one for one in self.metrics if one.name == name), None)

    def counted(self) -> tuple[Result, ...]:
        """The results that are in the scores."""
        return tuple(one for one in self.results if not one.ambiguous)


def load_card(path: Path) -> Scorecard:
    """Read a scorecard that `summarizer eval --format json` wrote. Raises a `CaseError`."""
    name = printable_name(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise CaseError(f"{name}: {error.strerror or 'cannot be read'}") from None
    if len(data) > LARGEST:
        raise CaseError(f"{name}: is larger than {LARGEST:,} bytes")
    try:
        return Scorecard.model_validate_json(data)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(step) for step in first["loc"]) or "the whole"
        raise CaseError(f"{name}: is no scorecard: {where}: {first['msg']}; make one with --format json") from None
