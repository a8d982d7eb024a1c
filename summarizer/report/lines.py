"""Line and column of an offset, as editors and code hosts count them: from 1, in code points."""

from bisect import bisect_right
from typing import NamedTuple

from summarizer.schema import Span


class Position(NamedTuple):
    """Both counted from 1; a tab is one column, and so is an emoji outside the basic plane."""

    line: int
    column: int


class Region(NamedTuple):
    """Where a span begins, and one column past where it ends."""

    start: Position
    end: Position


class Lines:
    r"""The lines of one text; only a line feed ends one, so that CRLF counts once.

    >>> Lines("one\r\ntwo three").region(Span(start=9, end=14)).start
    Position(line=2, column=5)
    """

    def __init__(self, text: str) -> None:
        self._starts = [0, *(at + 1 for at, character in enumerate(text) if character == "\n")]

    def region(self, span: Span) -> Region:
        return Region(self._at(span.start), self._at(span.end))

    def _at(self, offset: int) -> Position:
        line = bisect_right(self._starts, offset)
        return Position(line, offset - self._starts[line - 1] + 1)
