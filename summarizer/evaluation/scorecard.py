"""The records of an eval run: complete, to be rendered, compared and gated again."""

import json
from codecs import BOM_UTF8
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, ValidationError, model_validator

from summarizer.errors import CaseError
from summarizer.evaluation.cases import Difficulty, GoldLabel, Writer
from summarizer.evaluation.error_kinds import ErrorName
from summarizer.reading import printable_name
from summarizer.report.safe import one_line
from summarizer.schema import (
    Component,
    Doubt,
    Label,
    Modality,
    Probabilities,
    PromptDigest,
    Reason,
    Record,
    Setting,
    Text,
    Usage,
)

LARGEST = 200_000_000  # bytes of a scorecard
DIGITS = 12  # of the digest of a document that tell it from the others of a run

PredictedLabel = Literal["supported", "contradicted", "not_in_source", "undecided", "unchecked"]
"""What a run makes of a claim, in one word."""


def is_right(said: PredictedLabel, gold: GoldLabel) -> bool:
    """Whether a verdict is the true one; of a claim that is only known to be unsupported, either that flags it."""
    return said in ("contradicted", "not_in_source") if gold == "unsupported" else said == gold


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
    articles: Annotated[int, Field(ge=0)] | None = None
    """Articles that these come from, of which an interval needs five; null where it is not about articles."""
    base: Annotated[int, Field(ge=0)] | None = None
    """The claims of the set, decided or not, each counted once; null where it is not about claims."""
    undecided: Annotated[int, Field(ge=0)] = 0
    """Claims of the same set that were judged and not decided."""
    unchecked: Annotated[int, Field(ge=0)] = 0
    """Claims of the same set that were not judged."""

    @model_validator(mode="after")
    def _interval_has_two_ends(self) -> Self:
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError("the lower end of an interval is above the upper one")
        return self


class Bin(Record):
    """Claims with similar probabilities of support, for the reliability diagram."""

    low: float
    """Lowest probability of support."""
    high: float
    """Highest probability of support."""
    n: Annotated[int, Field(ge=0)]
    """Claims."""
    mean: float | None
    """Mean probability that the run gave."""
    supported: float | None
    """Share that is in fact supported."""


class RiskPoint(Record):
    """A point of the risk-coverage curve: what deciding only the surest claims would cost in errors."""

    coverage: float
    """Share of the claims that are decided."""
    certainty: float
    """The probability from which on they are."""
    risk: float
    """Share of errors among them."""


class Result(Record):
    """One claim: its true label, and what the run made of it."""

    case: Text
    """Id of the case."""
    article: str = ""
    """Beginning of the digest of its article; empty where the case stands for it: rows, and scorecards of before."""
    claim: Text
    """Id of the claim."""
    text: Text
    """The claim."""
    dataset: str = ""
    """The data set that it comes from; empty for a suite."""
    writer: Writer | None = None
    """How its summary came about; null where it is not known."""
    split: str | None = None
    """Of its article: `dev` or `test`; null likewise."""
    gold: GoldLabel
    """The true label."""
    error: ErrorName | None = None
    """The kind of error; null for a supported claim."""
    difficulty: Difficulty | None = None
    """How hard it is for a careful reader; null where nobody said."""
    modality: Modality = Modality.ASSERTED
    """How firmly it is put."""
    ambiguous: bool = False
    """Whether careful readers disagree for good; such a claim is in no score."""
    outcome: Literal["verdict", "undecided", "unchecked"]
    """What came of it: a decision, a doubt, or nothing because it was not judged."""
    label: Label | None = None
    """What the run decided; null unless the outcome is a verdict."""
    leaning: Label | None = None
    """For an undecided claim the likeliest label; null where the judge gave no label or probabilities."""
    doubt: Doubt | None = None
    """Why it is undecided."""
    reason: Reason | None = None
    """Why it is unchecked."""
    detail: str = ""
    """The doubt or the reason in plain words."""
    probabilities: Probabilities | None = None
    """How likely each label is; of several parts, those of the part that is least likely to be supported."""
    quotes: tuple[str, ...] = ()
    """The words of the source that the run shows."""
    gold_quotes: tuple[str, ...] = ()
    """The true evidence; of several sets the one nearest to the run's."""
    evidence_precision: float | None = None
    """Share of the run's evidence that is in the true evidence; null where there is nothing to compare."""
    evidence_recall: float | None = None
    """Share of the true evidence that is in the run's; null likewise."""
    pair: bool | None = None
    """Whether the run shows the pair of words that contradict each other; null where there is none."""
    checks: Annotated[int, Field(ge=0)] = 1
    """Claims that the extractor made of it."""

    @model_validator(mode="after")
    def _outcome_has_its_reason(self) -> Self:
        given = {"verdict": self.label, "undecided": self.doubt, "unchecked": self.reason}
        for outcome, value in given.items():
            if (outcome == self.outcome) != (value is not None):
                raise ValueError("a verdict has a label, an undecided claim a doubt, an unchecked claim a reason")
        if self.leaning and self.outcome != "undecided":
            raise ValueError("only an undecided claim has a leaning")
        return self

    @property
    def cluster(self) -> str:
        """What intervals and tests count it under: claims of one article depend on each other, whatever files they are in."""
        return self.article or self.case

    @property
    def right(self) -> bool:
        """Whether the run decided for the true label; undecided and unchecked are not right."""
        return is_right(self.predicted, self.gold)

    @property
    def decided(self) -> bool:
        """Whether the run gave a verdict."""
        return self.label is not None

    @property
    def support(self) -> float | None:
        """The probability that the claim is supported, as the run gave it; None where it gave none."""
        return self.probabilities.supported if self.probabilities else None

    @property
    def predicted(self) -> PredictedLabel:
        """The label, or else `undecided` or `unchecked`."""
        return predicted_label(self.outcome, self.label)


def predicted_label(outcome: Literal["verdict", "undecided", "unchecked"], label: Label | None) -> PredictedLabel:
    """What came of a claim, in one word.

    >>> predicted_label("verdict", Label.SUPPORTED), predicted_label("undecided", None)
    ('supported', 'undecided')
    """
    if label is not None:
        return label.value
    return "unchecked" if outcome == "unchecked" else "undecided"


class DatasetScores(Record):
    """The scores of one data set of several, or their unweighted mean."""

    name: Text
    """Of the data set, or `macro mean`."""
    claims: Annotated[int, Field(ge=0)]
    """Claims, those without a label included."""
    documents: Annotated[int, Field(ge=0)]
    """Documents that they come from."""
    metrics: tuple[Metric, ...]
    """The scores that data sets are compared by."""


class BarCheck(Record):
    """One thing that a policy asked of the run."""

    name: Text
    """`suite`, or the name of a metric."""
    passed: bool
    """Whether it holds."""
    words: Text
    """The figures: value and bar."""


class SuiteFacts(Record):
    """Which suite was scored, so that a shrunk or edited one is noticed."""

    name: Text
    """Name of its folder, or `built-in suite`."""
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    """Digest of labels and inputs."""
    cases: Annotated[int, Field(ge=0)]
    """Case files, or documents of rows."""
    claims: Annotated[int, Field(ge=0)]
    """Claims that count."""
    ambiguous: Annotated[int, Field(ge=0)] = 0
    """Claims that do not count."""


class RunFacts(Record):
    """What was run."""

    version: Text
    """Version of summarizer."""
    extractor: Component
    """What split the summaries into claims."""
    judge: Component
    """What judged the claims."""
    writer: Component | None = None
    """What wrote a summary of each article, for coverage; null where none was written."""
    settings: tuple[Setting, ...] = ()
    """The settings that all summaries were checked with."""
    usage: Usage = Usage()
    """Calls, tokens and cost."""
    seconds_per_call: float | None = None
    """Time that the run took for each answer of a server; null where no server was asked."""
    date: str | None = None
    """When it was run: SOURCE_DATE_EPOCH or SUMMARIZER_DATE of the environment; null where neither is set."""
    commit: str | None = None
    """The commit that it was run for, as the CI system says in the environment; null where none says."""
    versions: tuple[Setting, ...] = ()
    """Versions of Python and of the libraries that judge."""
    repeats: Annotated[int, Field(ge=1)] = 1
    """How often the suite was run."""
    warnings: tuple[str, ...] = ()
    """What a reader should know before trusting the scores."""

    @property
    def components(self) -> dict[str, Component]:
        """The components by their job, in the order in which they work."""
        named = {"writer": self.writer, "extractor": self.extractor, "judge": self.judge}
        return {job: one for job, one in named.items() if one}

    @property
    def prompts(self) -> tuple[PromptDigest, ...]:
        """The prompts of all components, each once."""
        return tuple(dict.fromkeys(prompt for one in self.components.values() for prompt in one.prompts))


class Scorecard(Record):
    """The whole result of an eval run."""

    suite: SuiteFacts
    """What was scored."""
    run: RunFacts
    """How it was run."""
    metrics: tuple[Metric, ...]
    """The scores, in the order of the registry of metrics."""
    reliability: tuple[Bin, ...] = ()
    """How probabilities of support turned out; empty where the judge gives none."""
    risk_coverage: tuple[RiskPoint, ...] = ()
    """The risk-coverage curve; empty likewise."""
    datasets: tuple[DatasetScores, ...] = ()
    """The scores by data set, and their mean last; empty for a suite and for a single data set."""
    bars: tuple[BarCheck, ...] = ()
    """What the policy asked, where the run was held to one."""
    results: tuple[Result, ...]
    """One for each claim, in the order of the suite."""

    def metric(self, name: str) -> Metric | None:
        """The metric of that name; None where the run has none."""
        return next((one for one in self.metrics if one.name == name), None)

    def counted(self) -> tuple[Result, ...]:
        """The results that are in the scores."""
        return tuple(one for one in self.results if not one.ambiguous)


def card_schema() -> str:
    """The JSON Schema of a scorecard, as text."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **Scorecard.model_json_schema()}
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def load_card(path: Path) -> Scorecard:
    """Read a scorecard that `summarizer eval --format json` wrote. Raises a `CaseError`."""
    name = printable_name(path)
    try:
        data = path.read_bytes().removeprefix(BOM_UTF8)
    except OSError as error:
        raise CaseError(f"{name}: {error.strerror or 'cannot be read'}") from None
    if len(data) > LARGEST:
        raise CaseError(f"{name}: is larger than {LARGEST:,} bytes")
    try:
        return Scorecard.model_validate_json(data)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(step) for step in first["loc"]) or "the whole"
        words = one_line(f"{where}: {first['msg']}")
        raise CaseError(f"{name}: is not a scorecard: {words}; make one with --format json") from None
