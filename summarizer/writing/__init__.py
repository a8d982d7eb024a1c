"""The seam of writing: sources in, a summary out.

A writer proposes a text; what it claims is checked like anybody else's summary.
"""

from collections.abc import Sequence
from typing import Literal, NamedTuple, Protocol

from summarizer.drafts import SummaryDraft
from summarizer.language.sentences import Sentence
from summarizer.schema import Component


class Length(NamedTuple):
    """How long a summary should be."""

    amount: int
    unit: Literal["sentences", "words"]

    def __str__(self) -> str:
        return f"{self.amount} {self.unit}"


class Writer(Protocol):
    """Writes a summary of some sources."""

    about: Component
    """Name, model and prompts, for the report."""
    destination: str
    """Where the text goes, for the reader: "the text stays on this machine", or a host."""
    remote: bool
    """Whether it waits for a network, so that it needs an event loop."""

    async def write(self, sentences: Sequence[Sentence], length: Length) -> SummaryDraft:
        """Write a summary of the sources whose sentences are given in order. Raises a `BackendError`."""

    async def close(self) -> None:
        """Let go of connections and files; it may be used again afterwards."""
