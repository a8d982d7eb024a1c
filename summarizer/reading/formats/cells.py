"""The cells of tables on a page of a PDF, which has no tables but words with room between them.

Room is a border of cells only where it stands over the same place in several lines, as a white strip down the page. The
spaces of a line that is spread out to the width of its column stand now here, now there, and running text is never parted.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from summarizer.reading.formats.lines import NARROWEST, Line

FEWEST = 3  # rows of a table of two columns
FEWEST_OF_MORE = 2  # of one of three columns and more
FARTHEST = 4.0  # times the size of the type: between a row and the next
LEVEL = 0.3  # times the size of the type: what stands within that is at one height
WITHIN = 0.3  # of the lines at most begin within a sentence
MARKER = re.compile(r"\W{0,3}(?:[A-Za-z]|\d{1,3}|[ivxIVX]{1,5})?[.):\]]?\W{0,2}")  # of the item of a list
Strip = tuple[float, float]


@dataclass
class _Table:
    lines: list[int]
    """Places in the lines of the page."""
    strips: list[Strip]


def with_cells(lines: Sequence[Line]) -> list[Line | None]:
    """The lines, with tabs between the cells of those that are rows of a table; None for one that went into the row before it."""
    out: list[Line | None] = [*lines]
    rows = [*_rows(lines)]
    whole = [_joined([lines[at] for at in row]) for row in rows]
    for table in _tables(whole):
        for number in table.lines:
            first, *others = rows[number]
            out[first] = _parted(whole[number], table.strips)
            for at in others:
                out[at] = None
    return out


def _rows(lines: Sequence[Line]) -> Iterator[list[int]]:
    """The lines that stand one behind the other at one height; some files hold each cell by itself."""
    row: list[int] = []
    for at, line in enumerate(lines):
        above = lines[at - 1]
        beside = line.size and abs(above.height - line.height) <= LEVEL * line.size
        if row and not (beside and above.right + NARROWEST * line.size <= line.left):
            yield row
            row = []
        row.append(at)
    if row:
        yield row


def _joined(row: Sequence[Line]) -> Line:
    whole = row[0]
    for line in row[1:]:
        text = f"{whole.text.rstrip(' ')} "
        room = (len(text), whole.right, line.left)
        spaces, gaps = (
            (*own, room, *((place + len(text), x0, x1) for place, x0, x1 in more))
            for own, more in ((whole.spaces, line.spaces), (whole.gaps, line.gaps))
        )
        whole = whole._replace(text=text + line.text, right=line.right, gaps=gaps, spaces=spaces)
    return whole


def is_next_row(above: Line, below: Line) -> bool:
    """Whether two lines are rows of one table."""
    return "\t" in above.text and "\t" in below.text and _is_near(above, below)


def _tables(lines: Sequence[Line]) -> Iterator[_Table]:
    table: _Table | None = None
    taken = 0  # lines up to there belong to earlier tables
    for at, line in enumerate(lines):
        if table and _joins(table, lines[at - 1], line, at):
            continue
        if table and _is_sure(table, lines):
            taken = at
            yield table
        table = _begun(lines, at, taken) if line.size and line.gaps else None
    if table and _is_sure(table, lines):
        yield table


def _begun(lines: Sequence[Line], at: int, taken: int) -> _Table:
    """A table from some line on, or from the one above it, in whose head all spaces may be as wide."""
    table = _Table([at], [(start, end) for _, start, end in lines[at].gaps])
    above = lines[at - 1] if at > taken else None
    strips = _shared(table.strips, above) if above and above.size and above.spaces else None
    if above and strips and _is_near(above, lines[at]):
        return _Table([at - 1, at], strips)
    return table


def _is_near(above: Line, below: Line) -> bool:
    return 0 <= above.height - below.height <= FARTHEST * max(above.size, below.size)


def _joins(table: _Table, above: Line, line: Line, at: int) -> bool:
    """Take a line into a table if no words of it stand in the strips between the cells."""
    strips = _shared(table.strips, line) if line.size and _is_near(above, line) else None
    if not strips:
        return False
    table.lines.append(at)
    table.strips = strips
    return True


def _shared(strips: Sequence[Strip], line: Line) -> list[Strip] | None:
    """What a line leaves of some white strips; None where words of it stand in one of them."""
    out: list[Strip] = []
    for start, end in strips:
        if line.right <= start + NARROWEST * line.size or end - NARROWEST * line.size <= line.left:
            out.append((max(start, line.right), end) if line.right < end else (start, min(end, line.left)))
            continue  # the cells at an end of the row are empty
        shared = [(max(start, x0), min(end, x1)) for _, x0, x1 in line.spaces]
        wide = [(x0, x1) for x0, x1 in shared if x1 - x0 >= NARROWEST * line.size]
        if not wide:
            return None
        out += wide
    return out


def _is_sure(table: _Table, lines: Sequence[Line]) -> bool:
    rows = [(lines[at], _borders(lines[at], table.strips)) for at in table.lines]
    rows = [(line, borders) for line, borders in rows if borders]
    if len(rows) < (FEWEST if len(table.strips) < FEWEST_OF_MORE else FEWEST_OF_MORE):
        return False
    within = sum(line.text.lstrip()[:1].islower() for line, _ in rows)
    is_list = len(table.strips) == 1 and all(MARKER.fullmatch(line.text[: at[0][0]].strip()) for line, at in rows)
    return within <= WITHIN * len(rows) and not is_list


def _borders(line: Line, strips: Sequence[Strip]) -> list[tuple[int, int]]:
    """Where cells of a line begin, and behind how many strips."""
    counts = ((place, sum(x0 <= start and end <= x1 for start, end in strips)) for place, x0, x1 in line.spaces)
    return [(place, count) for place, count in counts if count]


def _parted(line: Line, strips: Sequence[Strip]) -> Line:
    """The line with a tab for each strip; one before it for each strip that it begins behind."""
    parts, done = [], 0
    for place, count in _borders(line, strips):
        parts.append(line.text[done:place].rstrip(" ") + "\t" * count)
        done = place
    if not parts:
        return line
    before = "\t" * sum(end <= line.left for _, end in strips)
    return line._replace(text=before + "".join([*parts, line.text[done:]]))
