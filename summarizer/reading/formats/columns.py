"""Columns of prose that a PDF holds line by line across the page, read one after the other.

What sets type in columns (TeX, word processors, browsers) mostly writes one column after the other, and what reads a page
right to left the right one first: that order stays. Only where the lines jump from side to side is it wrong: one line of
this column, one of that, or both as one line with a wide space in it. The rows of a table jump so too; they are told
from prose by their words: a line of prose is long, and many begin within a sentence.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from statistics import mean
from typing import NamedTuple

from summarizer.reading.formats.lines import Line

FEWEST = 5  # jumps from column to column
LONGEST_LEAP = 2.5  # times the size of the type, up or down, between a line and the one beside it
SHORTEST = 15  # code points of a line of prose, on average
WITHIN = 0.3  # of the lines of prose begin within a sentence, or in a script that has no capitals
MOST_GAPS = 2  # wide spaces in a line that goes over three columns; a row of a table has more
BIN = 6.0  # points within which the edges of a column are the same
MOST_SPLITS = 3  # four columns


class _Part(NamedTuple):
    """A line, or the part of it on one side of a gutter."""

    number: int
    line: Line
    side: int
    """-1 left of the gutter, 1 right of it, 0 over it."""


def in_reading_order(lines: Sequence[Line], splits: int = MOST_SPLITS) -> list[Line]:
    """The lines of a page, those of columns that are mixed parted and one column after the other; all others as they come."""
    for x in _gutters(lines) if splits else ():
        parts = [_Part(number, part, _side(part, x)) for number, line in enumerate(lines) for part in line.parted_at(x)]
        bands = [*_bands(parts)]
        if any(_is_mixed(band) for band in bands):
            return [line for band in bands for line in _ordered(band, lines, splits - 1)]
    return [*lines]


def _ordered(band: Sequence[_Part], lines: Sequence[Line], splits: int) -> Iterator[Line]:
    if not _is_mixed(band):
        yield from (lines[number] for number in sorted({part.number for part in band}))
        return
    for side in (-1, 1):
        column = sorted((part.line for part in band if part.side == side), key=lambda line: -line.height)
        yield from in_reading_order(column, splits)


def _gutters(lines: Sequence[Line]) -> list[float]:
    """Places just before a column, the likeliest first, by the lines beside which another begins there."""
    found: defaultdict[int, list[float]] = defaultdict(list)
    for line in lines:
        if len(line.gaps) <= MOST_GAPS:
            for _, _, end in line.gaps:
                found[int(end // BIN)].append(end)
    for one, other in pairwise(lines):
        left, right = (one, other) if one.left < other.left else (other, one)
        if one.size and left.right < right.left and abs(one.height - other.height) < LONGEST_LEAP * one.size:
            found[int(right.left // BIN)].append(right.left)
    near = {place: [*ends, *found.get(place + 1, ())] for place, ends in found.items()}
    places = sorted((place for place in near if len(near[place]) >= FEWEST), key=lambda one: (-len(near[one]), one))
    return [min(near[place]) - 0.01 for place in places]


def _bands(parts: Sequence[_Part]) -> Iterator[list[_Part]]:
    """The lines from the top down, parted where some go over the gutter."""
    order = sorted(parts, key=lambda part: -part.line.height)
    for _, band in groupby(order, key=lambda part: part.side == 0):
        yield sorted(band, key=lambda part: (part.number, part.line.left))


def _is_mixed(band: Sequence[_Part]) -> bool:
    """Whether lines jump between two columns of prose."""
    sides = [part.side for part in band]
    jumps = sum(one != other for one, other in pairwise(sides))
    if not all(sides) or jumps < max(FEWEST, min(sides.count(-1), sides.count(1))):
        return False
    return all(_is_prose([part.line.text for part in band if part.side == side]) for side in (-1, 1))


def _is_prose(column: Sequence[str]) -> bool:
    starts = [line.lstrip()[:1] for line in column]
    within = sum(one.isalpha() and not one.isupper() for one in starts)
    return mean(map(len, column)) >= SHORTEST and within >= WITHIN * len(column)


def _side(line: Line, x: float) -> int:
    return -1 if line.right <= x else 1 if line.left >= x else 0
