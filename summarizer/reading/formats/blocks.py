"""What stands on a page of a PDF: blocks of lines, each running text, a heading, a caption, a note or something else.

They are told by their type and place: running text begins at the edge of a column and fills it, a caption begins with the
label of a figure or stands in small type under a picture, notes are small and stand at the foot.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, islice, pairwise
from typing import Literal

from summarizer.language.structure import is_caption, label_of_figure
from summarizer.reading.formats.cells import with_cells
from summarizer.reading.formats.lines import LARGER, LIKE, Line, begins_block, usual_step

END = re.compile(r"[.!?…。！？:][\"'”’»)\]*_¹²³⁴-⁹⁰]{0,6}\s{0,8}\Z")
MARK = re.compile(r"\s{0,8}(?:[¹²³⁴-⁹⁰]{1,3}|[*†‡§]{1,3})\s?[^\s\d]")
PLAIN_MARK = re.compile(r"\s{0,8}(?P<figures>\d{1,3})\s?(?=[^\W\d_])")
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
SMALLER = 0.95  # times the usual type: that of notes and captions
MOST_LINES = 12  # of a caption
MOST_LABELLED = 4  # of one whose label stands alone, as the title of a table does, or that has none
FEWEST = 3  # lines that begin at the same place: the edge of a column
NARROWEST = 8  # times the size of the type: how wide a column is at least
INDENT = 0.5  # times the size of the type
RAGGED = 0.75  # of the width of its column that a line fills which a sentence may go on behind
WIDTH, WIDE = 0.65, 1.1  # times the size of the type: how wide a character of prose is at most, and one of Chinese
FIRST_WIDE = "\u2e80"
Kind = Literal["prose", "heading", "caption", "note", "other"]


@dataclass
class Block:
    """Lines of a page that stand together."""

    lines: list[Line]
    kind: Kind = "other"

    @property
    def size(self) -> float:
        return self.lines[0].size


@dataclass
class Page:
    """The blocks of a page in reading order, and the measures of its columns."""

    blocks: list[Block]
    body: float
    edges: frozenset[int] = field(default_factory=frozenset)
    """Where columns begin, in whole points."""
    usual: float = 0.0

    def is_at_edge(self, line: Line) -> bool:
        return any(abs(line.left - edge) <= INDENT * line.size for edge in self.edges)

    def end_of_column(self, line: Line) -> float:
        """How far the lines go that begin about where a line does, and end before the next column as it does."""
        border = min((edge for edge in self.edges if edge > line.left + NARROWEST * line.size), default=float("inf"))
        limit = border if line.right <= border else float("inf")
        ends = (
            one.right
            for block in self.blocks
            for one in block.lines
            if abs(one.left - line.left) < 2 * line.size and one.right <= limit and _is_like(one, self.body)
        )
        return max(ends, default=line.right)

    def fills(self, line: Line) -> bool:
        """Whether a line goes on to about where others of its column end."""
        return line.right - line.left >= RAGGED * (self.end_of_column(line) - line.left)

    def has_room(self, line: Line, following: Line) -> bool:
        """Whether the first word of the next line would have had its place in a line, so that the break is the writer's."""
        word = following.text.split(maxsplit=1)[0]
        width = (line.right - line.left) / len(line.text.strip()) * (len(word) + 1)
        return line.right + width < self.end_of_column(line) - line.size


def body_size(pages: Sequence[Sequence[Line]]) -> float:
    """The size of type that most of the text is set in; 0 where no size is known."""
    sizes: Counter[float] = Counter()
    for lines in pages:
        for line in lines:
            sizes[round(line.size * 4) / 4] += len(line.text)
    return max(sizes, key=lambda size: (sizes[size], size), default=0.0)


def page_of(lines: Sequence[Line], body: float) -> Page:
    """The blocks of a page, told apart; `body` is the size of type of running text."""
    usual = usual_step(lines)
    page = Page([part for block in _blocks(lines, usual, body) for part in _without_cells(block)], body, usual=usual)
    starts = Counter(round(line.left) for line in lines if _is_like(line, body) and _is_dense(line))
    page.edges = frozenset(left for left, count in starts.items() if count + starts[left + 1] >= FEWEST)
    for block in page.blocks:
        block.kind = _kind(block, page)
    _part_cells(page)
    _find_notes(page)
    return page


def _part_cells(page: Page) -> None:
    """Part the cells of tables, whose rows may be blocks of their own; running text and captions stay as they are."""
    for is_text, blocks in groupby(page.blocks, key=lambda block: block.kind in ("prose", "caption", "note")):
        if is_text:
            continue
        group = [*blocks]
        lines = iter(with_cells([line for block in group for line in block.lines]))
        for block in group:
            block.lines = [line for line in islice(lines, len(block.lines)) if line]
    page.blocks = [block for block in page.blocks if block.lines]


def _blocks(lines: Sequence[Line], usual: float, body: float) -> list[Block]:
    blocks: list[Block] = []
    for above, line in pairwise([None, *lines]):
        adjoins = (
            above
            and line
            and abs(above.size - line.size) <= LIKE * above.size
            and not begins_block(above, line, usual, body)
            and (not line.size or (line.height <= above.height + line.size / 2 and above.is_over(line)))
        )
        if adjoins and line:
            blocks[-1].lines.append(line)
        elif line:
            blocks.append(Block([line]))
    return blocks


def _without_cells(block: Block) -> Iterator[Block]:
    """A block whose first line is a caption without the rows of a table that stand close under it."""
    cells = next((at for at in range(1, len(block.lines)) if _is_row(block.lines[at - 1], block.lines[at])), 0)
    if cells and block.size and is_caption(block.lines[0].text.strip()):
        yield Block(block.lines[:cells])
        yield Block(block.lines[cells:])
    else:
        yield block


def _is_row(above: Line, line: Line) -> bool:
    """Whether a line has cells and goes on no sentence of the line above."""
    goes_on = not END.search(above.text) and line.text.lstrip()[:1].islower()
    return bool(line.gaps) and not goes_on


def _kind(block: Block, page: Page) -> Kind:
    if not block.size:
        return "other"
    if _is_caption(block, page.body):
        return "caption"
    if block.size > LARGER * page.body:
        return "heading"
    first = block.lines[0]
    fits = _is_like(first, page.body) and 2 * sum(map(_is_dense, block.lines)) > len(block.lines)
    begins = any(page.is_at_edge(line) for line in block.lines[:2]) or not page.edges
    is_label = not any(END.search(line.text) or page.fills(line) for line in block.lines)  # a word in a figure
    return "prose" if fits and begins and not is_label else "other"


def _is_caption(block: Block, body: float) -> bool:
    """Whether lines that stand by themselves begin with the label of a figure or a table, or are small and close under a picture."""
    first = block.lines[0].text.strip()
    if len(block.lines) > MOST_LINES or sum(is_caption(line.text.strip()) for line in block.lines) > 1:
        return False
    if is_caption(first):
        return True
    if block.lines[0].below_picture and block.size < SMALLER * body and len(block.lines) <= MOST_LABELLED:
        return True
    label = label_of_figure(first)
    return bool(label) and (block.size < SMALLER * body or (label == first and len(block.lines) <= MOST_LABELLED))


def _find_notes(page: Page) -> None:
    """Mark the notes at the feet of the columns, and put the end of one behind its beginning, in the column before."""
    marks = {one for block in page.blocks for line in block.lines for one in re.findall(r"[¹²³⁴-⁹⁰]{1,3}", line.text)}
    notes: list[Block] = []
    for block in [*page.blocks]:
        if block.kind != "other" or not 0 < block.size < SMALLER * page.body or not _is_at_foot(block, page):
            continue
        block.lines = [_with_mark(line, marks) for line in block.lines]
        if MARK.match(block.lines[0].text):
            block.kind = "note"
            notes.append(block)
        elif (
            notes and abs(block.size - notes[-1].size) <= LIKE * block.size and not END.search(notes[-1].lines[-1].text)
        ):
            notes[-1].lines += block.lines
            page.blocks.remove(block)


def _with_mark(line: Line, marks: set[str]) -> Line:
    """The line of a note with its number as a raised one, where the page has that as a mark."""
    plain = PLAIN_MARK.match(line.text)
    mark = plain["figures"].translate(RAISED) if plain else ""
    return line._replace(text=mark + line.text[plain.end("figures") :]) if plain and mark in marks else line


def _is_at_foot(block: Block, page: Page) -> bool:
    """Whether no running text stands below some lines."""
    last = block.lines[-1]
    return not any(
        one.kind in ("prose", "heading") and one.lines[0].height < last.height and one.lines[0].is_over(last)
        for one in page.blocks
    )


def _is_like(line: Line, size: float) -> bool:
    return bool(size) and abs(line.size - size) <= LIKE * size


def _is_dense(line: Line) -> bool:
    """Whether a line has the words of prose, and not the cells of a table."""
    widths = (WIDE if one >= FIRST_WIDE else WIDTH for one in line.text.strip())
    return line.right - line.left <= sum(widths) * line.size
