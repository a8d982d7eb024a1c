"""The seam of writing: sources in, a summary out; wrong statements in, other words for them out.

A writer proposes a text; what it claims is checked like anybody else's summary. So is what a fixer proposes.
"""

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple, Protocol

from summarizer.drafts import SummaryDraft
from summarizer.language.sentences import Sentence
from summarizer.schema import Component, Label, StageUsage


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
    takes_sentences: bool
    """Whether it takes sentences as they are: then it is given running text alone, no captions and notes."""

    async def write(self, sentences: Sequence[Sentence], length: Length) -> SummaryDraft:
        """Write a summary of the sources whose sentences are given in order. Raises a `BackendError`."""

    async def close(self) -> None:
        """Let go of connections and files; it may be used again afterwards."""


class Wrong(NamedTuple):
    """A statement of a summary that is to be put right."""

    id: str
    text: str
    label: Label
    """What it was found to be: contradicted, or not in the source."""
    sources: tuple[str, ...]
    """The sentences of the source that are nearest to it."""


class Fixes(NamedTuple):
    """Other words for wrong statements, by the id of the statement; none for those that nothing can be said for."""

    texts: Mapping[str, str]
    by: Component | None = None
    usage: StageUsage | None = None
    warnings: tuple[str, ...] = ()


class Fixer(Protocol):
    """Proposes true words for wrong statements."""

    about: Component
    """Name, model and prompts, for the report."""
    destination: str
    """Where the statements and the sentences of the source go, for the reader."""
    remote: bool
    """Whether it uses the network."""

    async def fix(self, wrong: Sequence[Wrong]) -> Fixes:
        """Propose a text for each statement. Where a model does not answer there are none, and a warning."""

    async def close(self) -> None:
        """Let go of connections and files; it may be used again afterwards."""
