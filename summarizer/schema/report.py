"""The whole of a run: sources, summary, checks, coverage, and how it came about."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from summarizer.schema.outcomes import Check
from summarizer.schema.repair import Repair, edited
from summarizer.schema.text import Document, Evidence, Record, Text


class KeyStatus(StrEnum):
    """How much of a key sentence the summary covers."""

    COVERED = "covered"
    PARTLY = "partly"
    OMITTED = "omitted"


class KeySentence(Record):
    """A sentence of the source that a good summary would cover."""

    evidence: Evidence
    """The sentence."""
    status: KeyStatus
    """How much of it the summary covers."""
    entailed: Annotated[float, Field(ge=0, le=1)] | None = None
    """How likely the summary says it, as the embedded judge puts it; null where it was compared by words alone."""

    @property
    def covered(self) -> bool:
        """Whether the summary covers it in full."""
        return self.status is KeyStatus.COVERED


class Coverage(Record):
    """Which key sentences of the source the summary covers, and which it omits."""

    key_sentences: tuple[KeySentence, ...] = ()
    """In the order of the source."""

    @property
    def share(self) -> float | None:
        """Share of the key sentences that is covered in full; None where there are none."""
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

    stage: Literal["write", "extract", "judge", "fix", "key"]
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
    finder: Annotated[Component | None, Field(exclude_if=lambda value: value is None)] = None
    """The model that named the key sentences; left out where the extractive writer chose them."""
    fixer: Annotated[Component | None, Field(exclude_if=lambda value: value is None)] = None
    """The model that proposed words for wrong statements; left out where none was asked."""
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
    repair: Annotated[Repair | None, Field(exclude_if=lambda value: value is None)] = None
    """How the summary can be put right, where that was asked for; left out otherwise."""

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
        if self.repair and edited(self.summary.text, self.repair.edits) != self.repair.text:
            raise ValueError("the edits do not make the mended summary")
        return self

    def all_evidence(self) -> Iterator[Evidence]:
        """Every piece of evidence in the report, findings and key sentences included."""
        for check in self.checks:
            yield from check.shown
            yield from (finding.evidence for finding in check.findings if finding.evidence)
        yield from (key.evidence for key in self.coverage.key_sentences)
        for edit in self.repair.edits if self.repair else ():
            yield from edit.evidence
