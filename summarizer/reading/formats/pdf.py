"""PDF to text by PDFium: pages parted by form feeds, paragraphs by blank lines, broken words joined."""

from collections.abc import Iterator

import pypdfium2
from pypdfium2 import raw

from summarizer.errors import InputError
from summarizer.reading.formats.columns import in_reading_order
from summarizer.reading.formats.extract import MAX_TEXT, Extract, cleaned, counted
from summarizer.reading.formats.flow import flowing
from summarizer.reading.formats.heads import running_heads
from summarizer.reading.formats.hyphens import joined
from summarizer.reading.formats.lines import Line, lines_of, parted
from summarizer.reading.formats.pages import GONE, pictures, spelled_out, struck

MAX_PAGES = 2_000
SAME = 0.3  # times the size of the type: what stands within that is one line of the page


def read(data: bytes, *, name: str, encoding: str | None = None) -> Extract:  # noqa: ARG001 (a PDF states its own)
    """Return the text of a PDF. Raises `InputError` for what is locked, broken, too long or without text."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code == raw.FPDF_ERR_PASSWORD:
            raise InputError(f"{name}: is locked with a password; save a copy without one") from error
        raise InputError(
            f"{name}: is a broken PDF: it cannot be opened; get it again, or save it as plain text"
        ) from error
    if len(document) > MAX_PAGES:
        raise InputError(
            f"{name}: has {len(document):,} pages; at most {MAX_PAGES:,} are read; give the chapter that you need"
        )
    pages: list[list[Line]] = []
    hidden: list[int] = []
    lost: list[int] = []
    broken = length = 0
    for number in range(len(document)):
        try:
            pages.append(_page(document, number, hidden, lost))
        except pypdfium2.PdfiumError:
            pages.append([])
            broken += 1
        length += sum(len(line.text) + 1 for line in pages[-1])
        if length > MAX_TEXT:
            raise InputError(f"{name}: holds more than {MAX_TEXT // 1024**2} million characters; split it")
    empty = sum(not page for page in pages) - broken
    if len(pages) == empty + broken:
        what = "none of its pages can be read" if broken else f"no text on its {counted(len(pages), 'page')}: a scan?"
        raise InputError(f"{name}: {what}; run text recognition (OCR) over it, or save it as plain text")
    count = len(pages)
    pages, heads = _without_running_heads(pages)
    text, joins = joined(flowing([in_reading_order(page) for page in pages]))
    warnings = [*_warnings(count, empty, broken, joins)]
    if heads:
        warnings.append(
            f"{counted(heads, 'running head or foot', 'running heads and feet')} of pages {'was' if heads == 1 else 'were'} not read"
        )
    if sum(lost):
        warnings.append(f"struck text was not read: {counted(sum(lost), 'character')}")
    if unseen := sum(hidden):
        warnings.append(
            f"read, though the page may not show it (invisible, white or tiny): {counted(unseen, 'character')}"
        )
    return Extract(text.strip(" \n"), tuple(warnings))


def _warnings(pages: int, empty: int, broken: int, joins: int) -> Iterator[str]:
    if empty:
        yield f"{empty:,} of {counted(pages, 'page')} have no text (a picture?) and were not read"
    if broken:
        yield f"{broken:,} of {counted(pages, 'page')} are broken and were not read"
    if joins:
        yield f"{counted(joins, 'word')} parted at a line end {'was' if joins == 1 else 'were'} joined"


def _page(document: pypdfium2.PdfDocument, number: int, hidden: list[int], lost: list[int]) -> list[Line]:
    page = document[number]
    try:
        shown = page.get_textpage()
        try:
            text = shown.get_text_range()
            if shown.count_chars() != len(text):  # characters cannot be told apart, so nothing is known of their places
                return [Line(cleaned(line)) for _, line in parted(text)]
            gone = struck(page, shown, text)
            text, unseen = spelled_out(shown, text)
            hidden.append(unseen)
            lost.append(len(gone))
            for at in gone:
                text = f"{text[:at]}{GONE}{text[at + 1 :]}"
            return [_cleaned(line) for line in lines_of(shown, text, pictures(page))]
        finally:
            shown.close()
    finally:
        page.close()


def _cleaned(line: Line) -> Line:
    gaps, spaces = (
        tuple((len(cleaned(line.text[:place])), start, end) for place, start, end in found)
        for found in (line.gaps, line.spaces)
    )
    return line._replace(text=cleaned(line.text), gaps=gaps, spaces=spaces)


def _without_running_heads(pages: list[list[Line]]) -> tuple[list[list[Line]], int]:
    """The pages without their heads and feet, which may stand anywhere in a file, and how many those were."""
    rows = [[*_rows(page)] for page in pages]
    heads = running_heads(
        [[" ".join(page[at].text.strip() for at in row) for row in own] for page, own in zip(pages, rows, strict=True)]
    )
    kept = []
    for page, own, taken in zip(pages, rows, heads, strict=True):
        gone = {at for number in taken for at in own[number]}
        kept.append([line for at, line in enumerate(page) if at not in gone])
    return kept, sum(map(len, heads))


def _rows(page: list[Line]) -> Iterator[list[int]]:
    """The lines of a page from the top down; those at the same height are together, from left to right."""
    row: list[int] = []
    for at in sorted(range(len(page)), key=lambda at: -page[at].height):
        if row and (not page[at].size or page[row[0]].height - page[at].height > SAME * page[at].size):
            yield sorted(row, key=lambda one: page[one].left)
            row = []
        row.append(at)
    if row:
        yield sorted(row, key=lambda one: page[one].left)
