"""PDF to text by PDFium: pages parted by form feeds, paragraphs by blank lines, broken words joined."""

import ctypes
import re
from collections.abc import Iterator
from itertools import pairwise
from statistics import median

import pypdfium2
from pypdfium2 import raw

from summarizer.errors import InputError
from summarizer.reading.formats.extract import MAX_TEXT, Extract, cleaned, counted
from summarizer.reading.formats.hyphens import joined
from summarizer.reading.formats.pages import GONE, spelled_out, struck, without_running_heads

MAX_PAGES = 2_000
PAGE_BREAK = "\n\f"  # one line break, so that a sentence may go on over it
GAP = 1.3  # times the usual distance of two lines; more than that begins a paragraph
# The two characters are what PDFium puts for a hyphen at a line end, in place of the break.
LINE_END = re.compile("\r?\n|[\ufffe\x02]")


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
    pages: list[str] = []
    hidden: list[int] = []
    lost: list[int] = []
    broken = length = 0
    for number in range(len(document)):
        try:
            pages.append(_page(document, number, hidden, lost))
        except pypdfium2.PdfiumError:
            pages.append("")
            broken += 1
        length += len(pages[-1])
        if length > MAX_TEXT:
            raise InputError(f"{name}: holds more than {MAX_TEXT // 1024**2} million characters; split it")
    empty = sum(not page.strip() for page in pages) - broken
    if len(pages) == empty + broken:
        what = "none of its pages can be read" if broken else f"no text on its {counted(len(pages), 'page')}: a scan?"
        raise InputError(f"{name}: {what}; run text recognition (OCR) over it, or save it as plain text")
    count = len(pages)
    pages, heads = without_running_heads(pages)
    text, joins = joined(PAGE_BREAK.join(pages))
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


def _page(document: pypdfium2.PdfDocument, number: int, hidden: list[int], lost: list[int]) -> str:
    page = document[number]
    try:
        shown = page.get_textpage()
        try:
            text = shown.get_text_range()
            if shown.count_chars() == len(text):
                gone = struck(page, shown, text)
                text, unseen = spelled_out(shown, text)
                hidden.append(unseen)
                lost.append(len(gone))
                for at in gone:
                    text = f"{text[:at]}{GONE}{text[at + 1 :]}"
                return cleaned(_with_paragraphs(text, _baselines(shown, text)))
            return cleaned(_with_paragraphs(text, []))
        finally:
            shown.close()
    finally:
        page.close()


def _with_paragraphs(text: str, baselines: list[tuple[int, float]]) -> str:
    """The lines of a page, one to a line, with a blank line where the page leaves more room than between lines."""
    steps = [above[1] - below[1] for above, below in pairwise(baselines)]
    usual = median([step for step in steps if step > 0] or [0.0])
    wide = {start for (start, _), step in zip(baselines[1:], steps, strict=True) if usual and step > GAP * usual}
    return "\n".join(("\n" if start in wide else "") + line for start, line in _lines(text))


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines of a page with where they begin; a hyphen that PDFium marks ends one, and is plain again."""
    start = 0
    for end in LINE_END.finditer(text):
        yield start, text[start : end.start()] + ("" if end[0].endswith("\n") else "-")
        start = end.end()
    yield start, text[start:]


def _baselines(shown: pypdfium2.PdfTextPage, text: str) -> list[tuple[int, float]]:
    """The height on the page of each line, by where it begins; empty where characters cannot be told apart."""
    if shown.count_chars() != len(text):
        return []
    found = []
    across, height = ctypes.c_double(), ctypes.c_double()
    for start, line in _lines(text):
        if line.strip() and raw.FPDFText_GetCharOrigin(shown, start, across, height):
            found.append((start, height.value))
    return found
