"""What stands around a sentence of a source: its paragraph, what comes before, and the persons of both."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from summarizer.language.persons import Persons
from summarizer.language.sentences import Sentence
from summarizer.language.spoken import Interview, interview_of
from summarizer.repair.as_read import as_read
from summarizer.repair.passages import LINE_MARK

BEFORE, BEHIND = 20_000, 5_000  # code points of a source that are read for its persons, at least
STEP = 10_000  # code points, so that sentences near to one another have the same persons
MOST_BEFORE, MOST_BEHIND = 40, 10  # sentences of a paragraph; what stands in the midst of more has nothing around it
LINE_BREAK = re.compile(r"\n")
BLANK_LINE = re.compile(r"\n[^\S\n]*\n")


class Around(NamedTuple):
    """The sentences around one of them."""

    paragraph: tuple[Sentence, ...]
    """Those of its paragraph."""
    place: int
    """Which of them it is."""
    earlier: tuple[str, ...]
    """What a reader sees of those before its paragraph."""
    persons: Persons

    @property
    def before(self) -> list[str]:
        """What a reader sees of its paragraph up to it."""
        return [read(one) for one in self.paragraph[: self.place]]


def read(sentence: Sentence) -> str:
    """A sentence on one line, without its marks.

    >>> read(Sentence("d1", 0, 0, 14, "*Ana*\\n  came."))
    'Ana came.'
    """
    return " ".join(as_read(sentence.text).text.split())


def around(sentence: Sentence, source: str, split: Sequence[Sentence]) -> Around:
    """What stands around a sentence of a source; `split` are all of its sentences."""
    first = last = sentence.number
    while first > 0 and not _parts(source, split[first - 1], split[first]):
        first -= 1
        if sentence.number - first > MOST_BEFORE:
            first = sentence.number
            break
    while last + 1 < min(len(split), sentence.number + MOST_BEHIND) and not _parts(
        source, split[last], split[last + 1]
    ):
        last += 1
    begun, end = first, last + 1
    low, high = (sentence.start - BEFORE) // STEP * STEP, ((sentence.end + BEHIND) // STEP + 1) * STEP
    while begun > 0 and split[begun - 1].start >= low:
        begun -= 1
    while end < len(split) and split[end].end <= high:
        end += 1
    earlier = tuple(read(one) for one in split[begun:first])
    return Around(
        tuple(split[first : last + 1]), sentence.number - first, earlier, _persons(tuple(split[begun:end]))
    )  # fmt: skip


@lru_cache(maxsize=4)
def interview(source: str) -> tuple[tuple[int, ...], Interview]:
    """Where the paragraphs of a source begin, and which of them are the answers of an interview."""
    parted = BLANK_LINE if _has_blank_lines(source) else LINE_BREAK
    starts = [0, *(one.end() for one in parted.finditer(source))]
    ends = [*starts[1:], len(source)]
    found = [(start, text) for start, end in zip(starts, ends, strict=True) if (text := source[start:end]).strip()]
    return tuple(start for start, _ in found), interview_of([text for _, text in found])


def _parts(source: str, one: Sentence, other: Sentence) -> bool:
    """Whether a paragraph, or an item of a list, ends between two sentences."""
    between = source[one.end : other.start]
    if LINE_MARK.match(other.text) or BLANK_LINE.search(between):
        return True
    return "\n" in between and not _has_blank_lines(source)


@lru_cache(maxsize=8)
def _has_blank_lines(source: str) -> bool:
    """Whether blank lines part the paragraphs of a text, so that a line break within one means nothing."""
    return BLANK_LINE.search(source.strip()) is not None


@lru_cache(maxsize=8)
def _persons(sentences: tuple[Sentence, ...]) -> Persons:
    return Persons([read(one) for one in sentences], opens=sentences[0].number == 0)
