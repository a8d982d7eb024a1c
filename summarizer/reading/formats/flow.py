"""The running text of PDF pages, with the captions, notes and figures that cut it in two put between its paragraphs.

A page is set so that figures stand at its top and notes at its foot, wherever the sentence happens to be. A text in which
"the costs of the" goes on, two captions later, with "ferry rose" has no such sentence. What is moved stays on its page.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from summarizer.language.line_breaks import LIST_ITEM
from summarizer.language.structure import is_caption, label_of_figure
from summarizer.reading.formats.hyphens import INNER, NEXT_PAGE
from summarizer.reading.formats.lines import LARGER, LIKE, Line, begins_block, usual_step

PAGE_BREAK = "\n\f"
END = re.compile(r"[.!?…。！？:][\"'”’»)\]*_¹²³⁴-⁹⁰]{0,6}\s{0,8}\Z")
ITEM = re.compile(r"\[\w{1,12}\]|(?:\d{1,2}\.){1,4}\d{0,2}\s")
LEADERS = re.compile(r"(?:\.\s?){4}")
MARK = re.compile(r"\s{0,8}(?:[¹²³⁴-⁹⁰]{1,3}|[*†‡§]{1,3})\s?[^\s\d]")
PLAIN_MARK = re.compile(r"\s{0,8}(?P<figures>\d{1,3})\s?(?=[^\W\d_])")
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
SMALLER = 0.95  # times the usual type: that of notes and captions
MOST_LINES = 12  # of a caption
MOST_LABELLED = 4  # of one whose label stands alone: the title of a table
FEWEST = 3  # lines that begin at the same place: the edge of a column
NARROWEST = 8  # times the size of the type: how wide a column is at least
APART = 1.75  # times the size of the type; a sentence that ends above more room than that ends its paragraph
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


def flowing(pages: Sequence[Sequence[Line]]) -> str:
    """The text of the pages, parted by form feeds: blank lines between blocks, a caption and each paragraph of prose as one line.

    Where a line or a page ends within a word or a sentence, `hyphens.joined` has to go over it.
    """
    body = body_size(pages)
    read: list[str] = []
    before: Line | None = None  # the last line of running text, where its sentence goes on
    is_last = False  # whether nothing stands behind it on its page
    for number, lines in enumerate(pages):
        page = _page(lines, body)
        begun, before = before, _mend(page, before)
        if number:
            goes_on = is_last and begun and page.blocks and _goes_on(begun, page.blocks[0], page)
            read.append(NEXT_PAGE if goes_on else PAGE_BREAK)
        read.append(_written(page))
        is_last = bool(before and page.blocks and page.blocks[-1].lines[-1] is before)
    return "".join(read)


def _page(lines: Sequence[Line], body: float) -> Page:
    usual = usual_step(lines)
    page = Page([part for block in _blocks(lines, usual, body) for part in _without_cells(block)], body, usual=usual)
    starts = Counter(round(line.left) for line in lines if _is_like(line, body) and _is_dense(line))
    page.edges = frozenset(left for left, count in starts.items() if count + starts[left + 1] >= FEWEST)
    for block in page.blocks:
        block.kind = _kind(block, page)
    _find_notes(page)
    return page


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
    """Whether lines that stand by themselves begin with the label of a figure or a table."""
    first = block.lines[0].text.strip()
    if len(block.lines) > MOST_LINES or sum(is_caption(line.text.strip()) for line in block.lines) > 1:
        return False
    if is_caption(first):
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


def _mend(page: Page, before: Line | None) -> Line | None:
    """Move what cuts a sentence of a page in two, and return the last line of the page where its sentence goes on."""
    for _ in range(len(page.blocks)):
        open_line, moved = _mended_once(page, before)
        if not moved:
            return open_line
    return None


def _mended_once(page: Page, before: Line | None) -> tuple[Line | None, bool]:
    waiting: list[Block] = []
    open_line = before
    for block in page.blocks:
        if block.kind == "prose":
            if open_line and _cut(waiting) and _goes_on(open_line, block, page) and _move_behind(page, waiting, block):
                return None, True
            waiting = []
            open_line = block.lines[-1] if _is_open(block.lines[-1], page) else None
        elif block.kind == "heading":
            open_line, waiting = None, []
        else:
            waiting.append(block)
    if open_line and open_line is not before and _cut(waiting):
        return open_line, _move_before(page, waiting, open_line)
    return open_line, False


def _cut(blocks: Sequence[Block]) -> bool:
    return any(block.kind in ("caption", "note") for block in blocks)


def _is_open(line: Line, page: Page) -> bool:
    """Whether the sentence of a line goes on behind it."""
    return not END.search(line.text) and (line.text.endswith("-") or page.fills(line))


def _goes_on(line: Line, block: Block, page: Page) -> bool:
    first = block.lines[0]
    if first.text.lstrip()[:1].islower():
        return True
    return not line.text.endswith("-") and page.is_at_edge(first) and (len(block.lines) > 1 or page.fills(first))


def _move_behind(page: Page, blocks: Sequence[Block], block: Block) -> bool:
    """Move blocks to the next end of a paragraph behind the beginning of one, else of a sentence."""
    at = next(number for number, one in enumerate(page.blocks) if one is block)
    place = next(_ends(page, at, paragraph=True), None) or next(_ends(page, at, paragraph=False), None)
    if place:
        _put(page, blocks, *place)
    return bool(place)


def _move_before(page: Page, blocks: Sequence[Block], line: Line) -> bool:
    """Move blocks to the last end of a paragraph before a line, else of a sentence."""
    at = next(number for number, one in enumerate(page.blocks) if one.lines[-1] is line)
    for paragraph in (True, False):
        places = [
            place
            for number in range(at + 1)
            for place in _ends(page, number, paragraph=paragraph)
            if place[0] == number
        ]
        if places:
            _put(page, blocks, *places[-1])
            return True
    return False


def _ends(page: Page, first: int, *, paragraph: bool) -> Iterator[tuple[int, int]]:
    """Block and line of each end of a paragraph, or of a sentence with its line, in running text from some block on."""
    for number in range(first, len(page.blocks)):
        block = page.blocks[number]
        if block.kind != "prose":
            continue
        for at, line in enumerate(block.lines):
            following = block.lines[at + 1] if at + 1 < len(block.lines) else None
            if END.search(line.text) and (
                not paragraph
                or not following
                or following.left > line.left + INDENT * line.size
                or not page.fills(line)
            ):
                yield number, at


def _put(page: Page, blocks: Sequence[Block], number: int, at: int) -> None:
    """Put blocks of the page behind a line of another of its blocks, which is parted there."""
    whole = page.blocks[number]
    head, tail = Block(whole.lines[: at + 1], whole.kind), Block(whole.lines[at + 1 :], whole.kind)
    kept: list[Block] = []
    for one in page.blocks:
        if one is whole:
            kept += [head, *blocks, *([tail] if tail.lines else [])]
        elif not any(one is other for other in blocks):
            kept.append(one)
    page.blocks = kept


def _is_like(line: Line, size: float) -> bool:
    return bool(size) and abs(line.size - size) <= LIKE * size


def _is_dense(line: Line) -> bool:
    """Whether a line has the words of prose, and not the cells of a table."""
    widths = (WIDE if one >= FIRST_WIDE else WIDTH for one in line.text.strip())
    return line.right - line.left <= sum(widths) * line.size


def _written(page: Page) -> str:
    out: list[str] = []
    above: tuple[Line, Block] | None = None
    for block in page.blocks:
        for line in block.lines:
            if above:
                out.append(_between(*above, line, block, page))
            text = line.text.strip() if block.kind in ("prose", "caption") else line.text
            out.append(
                text
                if line is not block.lines[0] or block.kind != "caption" or is_caption(text)
                else f"Caption: {text}"
            )
            above = line, block
    if above and above[1].kind in ("caption", "note"):
        out.append("\n")
    return "".join(out)


def _between(above: Line, its: Block, below: Line, own: Block, page: Page) -> str:
    """What parts two lines: a blank line, the end of a line, or a space where a paragraph or a caption goes on."""
    if its is own and own.kind == "caption":
        goes_on = True
    elif its is own and own.kind == "prose":
        goes_on = not _ends_paragraph(above, below, page)
    elif its is not own and {its.kind, own.kind} & {"caption", "note"}:
        return "\n\n"
    elif its.kind == own.kind == "prose":
        goes_on = _is_open(above, page) and _goes_on(above, own, page) and not above.is_over(below)
    else:
        goes_on = False
    if goes_on:
        return INNER if above.text.rstrip().endswith("-") else " "
    return "\n\n" if begins_block(above, below, page.usual, page.body) else "\n"


def _ends_paragraph(above: Line, below: Line, page: Page) -> bool:
    """Whether a line of running text ends a paragraph: it is short, or the next is indented, is an item or begins otherwise."""
    if LIST_ITEM.match(below.text.lstrip()) or ITEM.match(below.text.lstrip()) or LEADERS.search(above.text):
        return True
    goes_on = below.text.lstrip()[:1].islower()
    if not goes_on and (page.has_room(above, below) or above.gaps or below.gaps):  # these are cells
        return True
    is_apart = above.height - below.height > APART * below.size or below.left > above.left + INDENT * below.size
    return is_apart and bool(END.search(above.text))
