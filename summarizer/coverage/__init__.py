"""Which key sentences of the source a summary covers, covers in part, and omits.

They are `central` ones, or those that a model names (`named`); `reading` looks for each in the summary.
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple, Protocol

from summarizer.coverage.central import central, wanted
from summarizer.coverage.reading import Entailment, read
from summarizer.language.sentences import Sentence
from summarizer.language.word_index import WordIndex
from summarizer.schema import Component, Coverage, Document, StageUsage

__all__ = ["Entailment", "Finder", "Found", "cover", "wanted"]


class Found(NamedTuple):
    """Key sentences, by their positions among those of the source."""

    positions: tuple[int, ...]
    """None where nothing came back; then the warning says why."""
    usage: StageUsage = StageUsage(stage="key")
    warnings: tuple[str, ...] = ()


class Finder(Protocol):
    """Finds the key sentences of a source; without one they are the central ones."""

    about: Component
    """Name, model and prompts, for the report."""
    destination: str
    """Where the text goes, for the reader."""
    remote: bool
    """Whether it waits for a network."""

    async def find(self, sentences: Sequence[Sentence], number: int) -> Found:
        """Find so many of the sentences of a source, or fewer. Where a model does not answer, none and a warning."""

    async def close(self) -> None:
        """Let go of connections and files; it may be used again afterwards."""


def cover(
    summary: Document,
    words: WordIndex,
    entails: Entailment | None = None,
    positions: Sequence[int] = (),
    beside: AbstractSet[tuple[str, int]] = frozenset(),
) -> Coverage:
    """Look in the summary for the key sentences of the source: those at `positions`, or else the central ones.

    The sentences `beside`, by document and number, are captions, notes, myths, comments and the like; none of them is central.
    """
    return read(summary, words, positions or central(words, beside), entails)
