"""Marks that overlap, cut into pieces that do not: HTML nests, evidence does not."""

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from html import escape
from itertools import pairwise
from typing import NamedTuple

from summarizer.language.markdown import HIDDEN
from summarizer.report.safe import visible


class Role(StrEnum):
    """Why words are marked."""

    CLAIM = "claim"
    EVIDENCE = "evidence"
    NEAR = "near"
    FINDING = "finding"
    COVERED = "covered"
    PARTLY = "partly"
    OMITTED = "omitted"
    STRUCK = "struck"


class Mark(NamedTuple):
    """A range of a text, and why it is marked."""

    start: int
    end: int
    role: Role
    number: int = 0
    """The claim that it belongs to; 0 for none."""
    anchor: str = ""
    """What the page calls this place."""


class Piece(NamedTuple):
    """A stretch of text over which the same marks lie."""

    start: int
    end: int
    marks: tuple[Mark, ...]

    def begins(self, mark: Mark) -> bool:
        return mark.start == self.start


def pieces(marks: Iterable[Mark], cuts: Sequence[int] = ()) -> Iterator[Piece]:
    """Cut the marked parts of a text into pieces, also at `cuts`, in the order of the text.

    >>> [tuple(piece[:2]) for piece in pieces([Mark(0, 5, Role.COVERED), Mark(3, 9, Role.EVIDENCE)])]
    [(0, 3), (3, 5), (5, 9)]
    """
    waiting = sorted(set(marks), reverse=True)
    ends = sorted({*cuts, *(edge for mark in waiting for edge in mark[:2])})
    active: list[Mark] = []
    for start, end in pairwise(ends):
        active = [mark for mark in active if mark.end > start]
        while waiting and waiting[-1].start == start:
            active.append(waiting.pop())
        if active:
            yield Piece(start, end, tuple(active))


def shown(text: str) -> str:
    """A stretch of text as HTML text: escaped, and with what hides or reorders spelled out."""
    return escape(visible(text.replace(HIDDEN, "")))
