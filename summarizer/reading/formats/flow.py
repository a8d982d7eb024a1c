"""The running text of PDF pages, with the captions, notes and figures that cut it in two put between its paragraphs.

A page is set so that figures stand at its top and notes at its foot, wherever the sentence happens to be. A text in which
"the costs of the" goes on, two captions later, with "ferry rose" has no such sentence. What is moved stays on its page.
"""

import re
from collections.abc import Iterator, Sequence

from summarizer.language.days import DAY
from summarizer.language.line_breaks import LIST_ITEM
from summarizer.language.structure import is_caption
from summarizer.reading.formats.blocks import END, INDENT, Block, Page, body_size, page_of
from summarizer.reading.formats.cells import is_next_row
from summarizer.reading.formats.hyphens import INNER, NEXT_PAGE
from summarizer.reading.formats.lines import Line, begins_block

PAGE_BREAK = "\n\f"
ITEM = re.compile(rf"\[\w{{1,12}}\]|(?!{DAY})(?:\d{{1,2}}\.){{1,4}}\d{{0,2}}\s")
LEADERS = re.compile(r"(?:\.\s?){4}")
APART = 1.75  # times the size of the type; a sentence that ends above more room than that ends its paragraph


def flowing(pages: Sequence[Sequence[Line]]) -> str:
    """The text of the pages, parted by form feeds: blank lines between blocks, a caption and each paragraph of prose as one line.

    Where a line or a page ends within a word or a sentence, `hyphens.joined` has to go over it.
    """
    body = body_size(pages)
    read: list[str] = []
    before: Line | None = None  # the last line of running text, where its sentence goes on
    is_last = False  # whether nothing stands behind it on its page
    for number, lines in enumerate(pages):
        page = page_of(lines, body)
        begun, before = before, _mend(page, before)
        if number:
            goes_on = is_last and begun and page.blocks and _goes_on(begun, page.blocks[0], page)
            read.append(NEXT_PAGE if goes_on else PAGE_BREAK)
        read.append(_written(page))
        is_last = bool(before and page.blocks and page.blocks[-1].lines[-1] is before)
    return "".join(read)


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
    elif is_next_row(above, below):
        return "\n"
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
