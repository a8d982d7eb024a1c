"""Which key sentences of the source a summary covers, covers in part, and omits.

They are those that the extractive writer thinks most of, or those that a model names (`named`); `reading` looks for each
in the summary.
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple, Protocol

from summarizer.coverage.reading import Entailment, read
from summarizer.language.sentences import Sentence
from summarizer.language.word_index import WordIndex
from summarizer.schema import Component, Coverage, Document, StageUsage
from summarizer.writing.extractive import best

__all__ = ["Entailment", "Finder", "Found", "cover", "key_positions", "wanted"]

SHARE, FEWEST, MOST = 0.15, 3, 12  # of the source's sentences are key


class Found(NamedTuple):
    """Key sentences, by their positions among those of the source."""

    positions: tuple[int, ...]
    """None where nothing came back; then the warning says why."""
    usage: StageUsage = StageUsage(stage="key")
    warnings: tuple[str, ...] = ()


class Finder(Protocol):
    """Finds the key sentences of a source; without one the extractive writer does."""

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
    """Look in the summary for the key sentences of the source: those at `positions`, or else the writer's.

    The sentences `beside`, by document and number, are captions, notes, myths, comments and the like; none of them is key.
    """
    return read(summary, words, positions or key_positions(words.sentences, beside), entails)


def wanted(sentences: Sequence[object]) -> int:
    """How many sentences of a source are key."""
    return min(MOST, max(FEWEST, round(SHARE * len(sentences))))


def key_positions(sentences: Sequence[Sentence], beside: AbstractSet[tuple[str, int]] = frozenset()) -> list[int]:
    """The positions of those that the extractive writer thinks most of, in the order of the source."""
    at = {one.id: position for position, one in enumerate(sentences) if (one.document, one.number) not in beside}
    return sorted(at[one.id] for one in best([sentences[position] for position in at.values()], wanted(sentences)))
