"""The seam between the pipeline and whatever writes, reads and judges.

A backend proposes; grounding and guards decide. What it returns is a draft.
"""

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple, Protocol

from summarizer.drafts import ClaimDraft, SummaryDraft, VerdictDraft
from summarizer.reading.sentences import Sentence
from summarizer.schema import Claim, Document, PromptDigest

BackendName = Literal["auto", "embedded"]


class Length(NamedTuple):
    """How long a summary should be."""

    amount: int
    unit: Literal["sentences", "words"]

    def __str__(self) -> str:
        return f"{self.amount} {self.unit}"


class Backend(Protocol):
    """What the pipeline asks for; every method may be called with several documents' worth of text."""

    name: str
    """Name for the report."""
    model: str | None
    """The model name; None where there is no model."""
    destination: str
    """Where the text goes, for the reader: "this machine", or a host name."""
    prompts: tuple[PromptDigest, ...]
    """The prompts that it uses."""

    def write(self, documents: Sequence[Document], sentences: Sequence[Sentence], length: Length) -> SummaryDraft:
        """Write a summary of the documents, whose sentences are given in order."""

    def extract(self, summary: Document) -> tuple[ClaimDraft, ...]:
        """Read the claims out of a summary."""

    def judge(self, claims: Sequence[Claim], passages: Mapping[str, Sequence[Sentence]]) -> tuple[VerdictDraft, ...]:
        """Propose a verdict for each claim from the passages under its id."""
