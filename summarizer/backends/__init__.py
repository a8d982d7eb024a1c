"""The seam between the pipeline and whatever writes, reads and judges.

A backend proposes; grounding and guards decide. What it returns is a draft.
"""

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple, Protocol

from summarizer.drafts import ClaimDrafts, SummaryDraft, VerdictDrafts
from summarizer.reading.sentences import Sentence
from summarizer.schema import Claim, Document, PromptDigest

BackendName = Literal["auto", "embedded", "openai", "replay"]


class Length(NamedTuple):
    """How long a summary should be."""

    amount: int
    unit: Literal["sentences", "words"]

    def __str__(self) -> str:
        return f"{self.amount} {self.unit}"


class Material(NamedTuple):
    """What a judge may look at."""

    documents: Sequence[Document]
    sentences: Sequence[Sentence]
    """Every sentence of the documents, in order."""
    passages: Mapping[str, Sequence[Sentence]]
    """For each `Claim.id` the sentences that share most of its rare words, best first."""


class Backend(Protocol):
    """What the pipeline asks for; every method may be called with several documents' worth of text.

    The methods are coroutines, so that calls to a server can wait side by side. A
    failure to answer is a draft with a reason; a `BackendError` ends the run.
    """

    name: str
    """Name for the report."""
    model: str | None
    """The model name; None where there is no model."""
    destination: str
    """Where the text goes, for the reader: "this machine", or a host name."""
    remote: bool
    """Whether it waits for a network, so that it needs an event loop."""
    prompts: tuple[PromptDigest, ...]
    """The prompts that it uses."""

    async def write(self, documents: Sequence[Document], sentences: Sequence[Sentence], length: Length) -> SummaryDraft:
        """Write a summary of the documents, whose sentences are given in order."""

    async def extract(self, summary: Document) -> ClaimDrafts:
        """Read the claims out of a summary."""

    async def judge(self, claims: Sequence[Claim], material: Material) -> VerdictDrafts:
        """Propose a verdict for each claim."""

    async def close(self) -> None:
        """Let go of connections and files; the backend may be used again afterwards."""
