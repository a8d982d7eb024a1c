"""The lines of a PDF page with their places on it, in points from its lower left corner."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

import pypdfium2

from summarizer.reading.formats.pages import GONE, height_of, size_of

# The two characters are what PDFium puts for a hyphen at a line end, in place of the break.
LINE_END = re.compile("\r?\n|[\ufffe\x02]")
SPACES = re.compile(r"[^\S\n]+")
NARROWEST = 0.5  # times the size of the type: a white strip between cells
GAP = 1.0  # times the size of the type; a wider space parts columns or cells, or stands in a line that is spread out
SPREAD = 1.4  # times the narrowest space of such a line
MANY = 4  # spaces in a line of which the narrowest may stand at a raised figure
STOP = re.compile(r"[.!?:;,][\"'”’»)\]¹²³⁴-⁹⁰]{0,6}\s{0,8}\Z")  # behind it TeX leaves more room
WIDE = 2.5  # times the size of the type; no line is spread so far
CLOSE = 2.5  # times the size of the type, from the foot of a picture to that of the letters
LARGER = 1.08  # times the usual type: that of a heading
LIKE = 0.06  # share by which the type of running text differs from page to page
STEP = 1.3  # times the usual distance of two lines; more than that begins a paragraph


class Line(NamedTuple):
    """A line, or the part of one that stands in a column."""

    text: str
    left: float = 0.0
    right: float = 0.0
    height: float = 0.0
    """Of the foot of its letters."""
    size: float = 0.0
    """Of its type; 0 where nothing is known of its place."""
    gaps: tuple[tuple[int, float, float], ...] = ()
    """Wide spaces in it: where the text goes on, and from where to where the space reaches."""
    spaces: tuple[tuple[int, float, float], ...] = ()
    """All that are wide enough to part cells, those of a line that is spread out too."""
    below_picture: bool = False
    """Whether it stands close under a picture."""

    def is_over(self, other: "Line") -> bool:
        """Whether the two share more than half of the width of the shorter one."""
        shared = min(self.right, other.right) - max(self.left, other.left)
        return shared > min(self.right - self.left, other.right - other.left) / 2

    def parted_at(self, x: float) -> "tuple[Line, ...]":
        """The line as two, where one of its gaps lies over a place."""
        for at, start, end in self.gaps:
            if start <= x <= end:
                before, after = zip(*(_around(at, gaps) for gaps in (self.gaps, self.spaces)), strict=True)
                return (
                    self._replace(text=self.text[:at].rstrip(" "), right=start, gaps=before[0], spaces=before[1]),
                    self._replace(text=self.text[at:], left=end, gaps=after[0], spaces=after[1]),
                )
        return (self,)


Gaps = tuple[tuple[int, float, float], ...]


def _around(at: int, gaps: Gaps) -> tuple[Gaps, Gaps]:
    """The gaps before a place of a line and those behind it, these as they stand in the rest of the line."""
    after = tuple((gap - at, x0, x1) for gap, x0, x1 in gaps if gap > at)
    return tuple(gap for gap in gaps if gap[0] < at), after


def lines_of(
    shown: pypdfium2.PdfTextPage, text: str, pictures: Sequence[tuple[float, float, float]] = ()
) -> list[Line]:
    """The lines of a page. `text` has the characters of the page at their places, `GONE` for some of them."""
    lines = [_measured(shown, start, line) for start, line in parted(text) if line.strip(f" \t{GONE}")]
    return [line._replace(below_picture=any(_is_below(line, *box) for box in pictures)) for line in lines]


def _is_below(line: Line, left: float, right: float, foot: float) -> bool:
    """Whether no line would have room between a line and a picture over it."""
    return left <= (line.left + line.right) / 2 <= right and 0 < foot - line.height < CLOSE * line.size


def parted(text: str) -> Iterator[tuple[int, str]]:
    """The lines of a page with where they begin; a hyphen that PDFium marks ends one, and is plain again."""
    start = 0
    for end in LINE_END.finditer(text):
        yield start, text[start : end.start()] + ("" if end[0].endswith("\n") else "-")
        start = end.end()
    yield start, text[start:]


def _measured(shown: pypdfium2.PdfTextPage, start: int, line: str) -> Line:
    first = start + len(line) - len(line.lstrip(f" \t{GONE}"))
    last = start + len(line.rstrip(f" \t{GONE}")) - 1
    size, at = max((size_of(shown, at), at) for at in (first, (first + last) // 2))  # a raised figure is no measure
    size = max(size, 0.1)
    left, right = shown.get_charbox(first)[0], shown.get_charbox(last)[2]
    spaces = [*_spaces(shown, start, line, (first, last))]
    wide = tuple(one for one in spaces if one[2] - one[1] >= NARROWEST * size)
    return Line(line, left, right, height_of(shown, at), size, tuple(_gaps(line, spaces, size)), wide)


def _spaces(
    shown: pypdfium2.PdfTextPage, start: int, line: str, ends: tuple[int, int]
) -> Iterator[tuple[int, float, float]]:
    for space in SPACES.finditer(line):
        before, after = start + space.start() - 1, start + space.end()
        if ends[0] <= before and after <= ends[1]:
            yield space.end(), shown.get_charbox(before)[2], shown.get_charbox(after)[0]


def _gaps(line: str, spaces: Sequence[tuple[int, float, float]], size: float) -> Iterator[tuple[int, float, float]]:
    """The wide spaces of a line; where all are about as wide, the line is only spread to the width of its column."""
    widths = sorted(x1 - x0 for _, x0, x1 in spaces)
    usual = widths[len(widths) // MANY] if widths else 0.0
    for place, x0, x1 in spaces:
        spread = SPREAD * (2 if STOP.search(line, 0, place) else 1)
        if x1 - x0 > GAP * size and (x1 - x0 > spread * usual or x1 - x0 > WIDE * size):
            yield place, x0, x1


def usual_step(lines: Iterable[Line]) -> float:
    """The distance of two lines that stand one under the other; 0 where there are none."""
    steps = [above.height - below.height for above, below in pairwise(lines) if above.size and below.size]
    return median([step for step in steps if step > 0] or [0.0])


def begins_block(above: Line, below: Line, usual: float, body: float) -> bool:
    """Whether more room than between lines lies over a line; a heading's own lines are further apart than others."""
    if not usual or not above.size or not below.size:
        return False
    alike = abs(above.size - below.size) <= LIKE * above.size
    larger = above.size / body if alike and body and above.size > LARGER * body else 1.0
    return above.height - below.height > STEP * usual * larger
