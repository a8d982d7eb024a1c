"""The records that flow: frozen, deep, and unbuildable in a wrong state.

Offsets are half-open and count code points of the text that they refer to.
`Report` is the whole: what a command prints, what a file holds, and what the
eval harness scores. This module knows pydantic and nothing else of ours.
"""

import hashlib
from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

Text = Annotated[str, Field(min_length=1)]


class Record(BaseModel):
    """A frozen record: no unknown fields, no assignment, documented fields."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class Span(Record):
    """A half-open range of code points: `text[start:end]`."""

    start: Annotated[int, Field(ge=0)]
    """First code point, counted from 0."""
    end: Annotated[int, Field(gt=0)]
    """One past the last code point."""

    @model_validator(mode="after")
    def _holds_something(self) -> Self:
        if self.end <= self.start:
            raise ValueError(f"an empty span: {self.start} to {self.end}")
        return self

    def of(self, text: str) -> str:
        """Return the words that the span covers.

        >>> Span(start=4, end=9).of("the words here")
        'words'
        """
        return text[self.start : self.end]


class Document(Record):
    """A text exactly as read; every offset of a report refers to one."""

    id: Text
    """Short name within the report: `d1`, `d2` for sources, `summary` for the summary."""
    name: str
    """Where it came from, for people: a file name, or `-` for standard input."""
    text: Text
    """The text, with its line ends and spaces as they were."""
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    """SHA-256 of the text in UTF-8, in hexadecimal."""

    @model_validator(mode="after")
    def _digest_matches(self) -> Self:
        if self.sha256 != _digest(self.text):
            raise ValueError(f"document {self.id}: the text does not have this SHA-256")
        return self

    @classmethod
    def of(cls, text: str, *, id: str = "d1", name: str = "-") -> Self:
        """Build a document from text alone.

        >>> Document.of("Rain fell.").text
        'Rain fell.'
        """
        return cls(id=id, name=name, text=text, sha256=_digest(text))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


class Kind(StrEnum):
    """What sort of statement a claim is."""

    EVENT = "event"
    FIGURE = "figure"
    QUOTATION = "quotation"
    POSITION = "position"
    BACKGROUND = "background"


class Modality(StrEnum):
    """How firmly a claim is put."""

    ASSERTED = "asserted"
    REPORTED = "reported"
    HEDGED = "hedged"
    PLANNED = "planned"
    DENIED = "denied"


class Claim(Record):
    """One statement of the summary."""

    id: Text
    """`c1`, `c2`, ... in the order of the summary."""
    text: Text
    """The statement, so that it stands alone (decontextualised)."""
    origin: Span
    """The words of the summary that it comes from, as written there."""
    kind: Kind
    """What sort of statement it is."""
    speaker: str | None = None
    """Who said it according to the summary; null where the summary names nobody."""
    modality: Modality = Modality.ASSERTED
    """How firmly the summary puts it."""
    checkable: bool = True
    """False for what states nothing about the source: a question, a heading, an opinion of the writer."""


class Evidence(Record):
    """Words of a source, proven: `document.text[span.start:span.end] == quote`."""

    document: Text
    """`Document.id` of the source."""
    span: Span
    """Where the words stand in that document."""
    quote: Text
    """The words themselves."""


class FindingKind(StrEnum):
    """In what a claim and its source differ."""

    NUMBER = "number"
    DATE = "date"
    NAME = "name"
    OFFICE = "office"
    NEGATION = "negation"
    MODALITY = "modality"
    ATTRIBUTION = "attribution"
    QUOTATION = "quotation"
    OTHER = "other"


class Finding(Record):
    """A remark: these words of the claim, and the words of the source against them. It changes no outcome by itself."""

    kind: FindingKind
    """In what they differ."""
    claim: Span
    """The words in `Claim.text`."""
    evidence: Evidence | None = None
    """The words in the source; null where the source has nothing of the kind."""
    note: str = ""
    """The reason in plain words; empty where the pair says it all."""
    found_by: Text = "comparison"
    """`comparison` where code compared the words, else the name of the judge that gave the pair."""


class Label(StrEnum):
    """What the source says of a claim."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    NOT_IN_SOURCE = "not_in_source"


Probability = Annotated[float, Field(ge=0, le=1)]


class Probabilities(Record):
    """How likely each label is, as the judge puts it; the three add up to 1."""

    supported: Probability
    """That the source says it."""
    contradicted: Probability
    """That the source says otherwise."""
    not_in_source: Probability
    """That the source says nothing of it."""

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        whole = self.supported + self.contradicted + self.not_in_source
        if not 0.998 <= whole <= 1.002:  # four decimals each
            raise ValueError(f"the probabilities add up to {whole:.4f}, not to 1")
        return self

    @classmethod
    def of(cls, supported: float, contradicted: float, not_in_source: float) -> Self:
        """Build them from three weights, scaled to add up to 1 and rounded to four decimals.

        >>> Probabilities.of(6, 1, 1).supported
        0.75
        """
        whole = supported + contradicted + not_in_source
        first, second = round(supported / whole, 4), round(contradicted / whole, 4)
        return cls(supported=first, contradicted=second, not_in_source=max(0.0, round(1 - first - second, 4)))

    def __getitem__(self, label: Label) -> float:
        return float(getattr(self, label.value))

    @property
    def leaning(self) -> Label:
        """The likeliest label; of equal ones the more cautious."""
        cautious = (Label.NOT_IN_SOURCE, Label.CONTRADICTED, Label.SUPPORTED)
        return max(cautious, key=lambda label: (self[label], -cautious.index(label)))


class Verdict(Record):
    """A decision, with the words that decide it."""

    kind: Literal["verdict"] = "verdict"
    """Tells the three outcomes apart."""
    label: Label
    """What the source says of the claim."""
    evidence: tuple[Evidence, ...] = ()
    """The deciding words; for `not_in_source` the nearest ones, which do not say it. Never empty otherwise."""
    findings: tuple[Finding, ...] = ()
    """Words that differ, as remarks; the label stands whatever they say."""
    rationale: str = ""
    """The reason in plain words."""
    probabilities: Probabilities | None = None
    """How likely each label is; null where the judge gives a label alone."""
    judges: tuple[Text, ...] = ()
    """Who decided, in order."""

    @model_validator(mode="after")
    def _shows_its_words(self) -> Self:
        if self.label is not Label.NOT_IN_SOURCE and not self.evidence:
            raise ValueError(f"{self.label} needs evidence")
        return self


class Doubt(StrEnum):
    """Why a claim that was judged is undecided."""

    NOT_SURE = "not_sure"
    JUDGES_DISAGREE = "judges_disagree"


class Undecided(Record):
    """Judged, and not surely enough. Never counted as support."""

    kind: Literal["undecided"] = "undecided"
    """Tells the three outcomes apart."""
    reason: Doubt
    """Why it is undecided."""
    leaning: Label | None = None
    """The likeliest label; null where the judge gave neither label nor probabilities."""
    nearest: tuple[Evidence, ...] = ()
    """The words of the source that a person should look at; they decide nothing."""
    findings: tuple[Finding, ...] = ()
    """Words that differ, as remarks."""
    rationale: str = ""
    """The reason in plain words."""
    probabilities: Probabilities | None = None
    """How likely each label is."""
    judges: tuple[Text, ...] = ()
    """Who was asked, in order."""


class Reason(StrEnum):
    """Why a claim was not judged."""

    NO_ANSWER = "no_answer"
    BAD_REPLY = "bad_reply"
    MISQUOTE = "misquote"
    REFUSED = "refused"
    TRUNCATED = "truncated"
    UNAVAILABLE = "unavailable"
    BUDGET = "budget"
    INTERRUPTED = "interrupted"
    TOO_LONG = "too_long"
    NOT_CHECKABLE = "not_checkable"


class Unchecked(Record):
    """Not judged, and why. Never counted as support."""

    kind: Literal["unchecked"] = "unchecked"
    """Tells the three outcomes apart."""
    reason: Reason
    """Why there is no verdict."""
    detail: str = ""
    """The reason in plain words."""
    nearest: tuple[Evidence, ...] = ()
    """What of the judge's words does stand in the source; it decides nothing."""

    @property
    def states_nothing(self) -> bool:
        """Whether there was nothing to judge: a question or a heading, which is no failure."""
        return self.reason is Reason.NOT_CHECKABLE


Outcome = Annotated[Verdict | Undecided | Unchecked, Field(discriminator="kind")]


class Check(Record):
    """A claim and what came of it."""

    claim: Claim
    """The statement that was checked."""
    outcome: Outcome
    """A verdict with its words, a doubt with both sides, or the reason why nothing was judged."""

    @model_validator(mode="after")
    def _findings_lie_in_the_claim(self) -> Self:
        for finding in self.findings:
            if finding.claim.end > len(self.claim.text):
                raise ValueError(f"claim {self.claim.id}: a finding ends outside its text")
        return self

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Words that differ; none where nothing was judged."""
        return () if isinstance(self.outcome, Unchecked) else self.outcome.findings

    @property
    def shown(self) -> tuple[Evidence, ...]:
        """The words of the source that go with the outcome: deciding ones, or the nearest."""
        return self.outcome.evidence if isinstance(self.outcome, Verdict) else self.outcome.nearest


class KeySentence(Record):
    """A sentence of the source that a good summary would cover."""

    evidence: Evidence
    """The sentence."""
    covered: bool
    """Whether the summary covers it."""


class Coverage(Record):
    """Which key sentences of the source the summary covers, and which it omits."""

    key_sentences: tuple[KeySentence, ...] = ()
    """In the order of the source."""

    @property
    def share(self) -> float | None:
        """Covered share of the key sentences; None where there are none."""
        if not self.key_sentences:
            return None
        return sum(key.covered for key in self.key_sentences) / len(self.key_sentences)


class Setting(Record):
    """One setting of a run, as it was used."""

    name: Text
    """Which setting."""
    value: str
    """Its value, as text."""


class PromptDigest(Record):
    """Which prompt a run used."""

    name: Text
    """File name of the prompt."""
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    """SHA-256 of the file."""


class StageUsage(Record):
    """What one stage of a run cost."""

    stage: Literal["write", "extract", "judge"]
    """Which question was asked."""
    calls: Annotated[int, Field(ge=0)] = 0
    """Answers received."""
    input_tokens: Annotated[int, Field(ge=0)] | None = None
    """Tokens sent, as the server counted; null where it did not say."""
    output_tokens: Annotated[int, Field(ge=0)] | None = None
    """Tokens received; null likewise."""
    cached_tokens: Annotated[int, Field(ge=0)] | None = None
    """Those of the sent tokens that the server still had; null likewise."""
    cost_usd: Annotated[float, Field(ge=0)] | None = None
    """US dollars by published prices; null where the price is not known."""


class Usage(Record):
    """What a run cost."""

    calls: Annotated[int, Field(ge=0)] = 0
    """Answers received from a model."""
    input_tokens: Annotated[int, Field(ge=0)] | None = None
    """Tokens sent; null where no model was asked or the server did not say."""
    output_tokens: Annotated[int, Field(ge=0)] | None = None
    """Tokens received; null likewise."""
    cost_usd: Annotated[float, Field(ge=0)] | None = None
    """US dollars by published prices; null where the price of the model is not known."""
    stages: tuple[StageUsage, ...] = ()
    """The same for each stage that asked."""


class Component(Record):
    """A writer, an extractor or a judge, as it was used."""

    name: Text
    """Its name in the registry: `extractive`, `sentences`, `chat`, ..."""
    model: str | None = None
    """The model that it asks; null where there is none."""
    prompts: tuple[PromptDigest, ...] = ()
    """The prompts that it uses."""

    def __str__(self) -> str:
        return f"{self.name} ({self.model})" if self.model else self.name


class Run(Record):
    """How a report came about; nothing of it depends on the clock or the machine."""

    version: Text
    """Version of summarizer."""
    command: Literal["summarize", "check"]
    """Which job was run."""
    writer: Component | None = None
    """What wrote the summary; null where it was given."""
    extractor: Component
    """What split the summary into claims."""
    judge: Component
    """What judged the claims."""
    settings: tuple[Setting, ...] = ()
    """The settings used, sorted by name."""
    usage: Usage = Usage()
    """Calls and tokens."""
    misquotes: Annotated[int, Field(ge=0)] = 0
    """Quotes that the judge gave and that stand in no source."""
    dropped_claims: Annotated[int, Field(ge=0)] = 0
    """Claims that the extractor made and that the summary does not make."""
    warnings: tuple[str, ...] = ()
    """What a reader should know before trusting the report."""


class Report(Record):
    """The whole result of `summarize` or `check`: complete, to be rendered and scored again."""

    documents: Annotated[tuple[Document, ...], Field(min_length=1)]
    """The sources."""
    summary: Document
    """The summary, written or given."""
    checks: tuple[Check, ...]
    """One for each claim, in the order of the summary."""
    coverage: Coverage
    """What of the sources the summary covers and omits."""
    run: Run
    """How it came about."""

    @model_validator(mode="after")
    def _every_span_slices_back(self) -> Self:
        texts = {document.id: document.text for document in self.documents}
        if len(texts) != len(self.documents) or self.summary.id in texts:
            raise ValueError("documents share an id")
        for evidence in self.all_evidence():
            if evidence.document not in texts:
                raise ValueError(f"evidence names an unknown document: {evidence.document}")
            if evidence.span.of(texts[evidence.document]) != evidence.quote:
                raise ValueError(f"evidence is not what {evidence.document} says: {evidence.quote!r}")
        if len({check.claim.id for check in self.checks}) != len(self.checks):
            raise ValueError("claims share an id")
        for check in self.checks:
            if check.claim.origin.end > len(self.summary.text):
                raise ValueError(f"claim {check.claim.id}: its origin lies outside the summary")
        return self

    def all_evidence(self) -> Iterator[Evidence]:
        """Every piece of evidence in the report, findings and key sentences included."""
        for check in self.checks:
            yield from check.shown
            yield from (finding.evidence for finding in check.findings if finding.evidence)
        yield from (key.evidence for key in self.coverage.key_sentences)
