"""What only the look of a PDF page tells: raised figures, struck text, pictures, and text that nobody sees."""

import ctypes
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

import pypdfium2
from pypdfium2 import raw

from summarizer.reading.formats.raised import lowered, raised

SMALLER = 0.85  # times the size of the text before it; raised figures are set at 0.6 to 0.75
OFF = 0.1  # of that size by which they stand above or below the line
TINY = 2.0  # points
WHITE = 250  # of 255, each colour
INVISIBLE = 3  # text render mode
GONE = "\x00"  # in place of a character that is left out; cleaning takes it away
NEAR = 0.35  # times the size of the type: between a word and its raised figure
THIN = 2.0  # points; a thicker bar is no line through words
LOWEST, HIGHEST = 0.12, 0.55  # times the size above the foot of the letters, where a line strikes them
MOST_OBJECTS = 5_000  # of a kind on a page that are looked at
ICON = 40.0  # points; a smaller picture has no caption
RUNS = re.compile(r"[0-9]{1,4}")
WORD = re.compile(r"\S+")


def spelled_out(shown: pypdfium2.PdfTextPage, text: str) -> tuple[str, int]:
    """The text of a page with raised and lowered figures as characters of their own, and how much of it nobody sees.

    Every character keeps its place; a line break that a raised figure caused becomes a space or `GONE`.
    """
    out = list(text)
    for run in RUNS.finditer(text):
        if _is_mark_of_note(shown, text, run):
            out[slice(*run.span())] = raised(run[0])
            continue
        for start, end in _moved_parts(shown, text, run):
            place = _place(shown, start)
            if place:
                out[start:end] = list((raised if place > 0 else lowered)(text[start:end]))
                _mend_break(shown, text, out, start, end)
                before = _before(text, start)
                out[before + 1 : start] = [GONE] * (start - before - 1)
    unseen = sum(len(word[0]) for word in WORD.finditer(text) if _is_unseen(shown, word.start()))
    return "".join(out), unseen


def _moved_parts(shown: pypdfium2.PdfTextPage, text: str, run: re.Match[str]) -> list[tuple[int, int]]:
    """The parts of some figures that are smaller than what stands before them; the whole run may be."""
    before = _before(text, run.start())
    if before < run.start() - 1:  # PDFium begins a line with a figure that stands higher
        smaller = before >= 0 and size_of(shown, run.start()) < SMALLER * size_of(shown, before)
        return [run.span()] if smaller and _adjoin(shown, before, run.start()) else []
    for at in range(run.start(), run.end()):
        if at and not text[at - 1].isspace() and size_of(shown, at) < SMALLER * size_of(shown, at - 1):
            return [(at, run.end())]
    return []


def _is_mark_of_note(shown: pypdfium2.PdfTextPage, text: str, run: re.Match[str]) -> bool:
    """Whether figures at the beginning of a line are smaller and higher than the words behind them."""
    after = run.end() + len(text[run.end() : run.end() + 2]) - len(text[run.end() : run.end() + 2].lstrip(" "))
    if (run.start() and text[run.start() - 1] not in "\r\n") or not text[after : after + 1].isalpha():
        return False
    before = _before(text, run.start())
    if before >= 0 and _adjoin(shown, before, run.start()):
        return False
    size, rise = size_of(shown, after), height_of(shown, run.start()) - height_of(shown, after)
    return size_of(shown, run.start()) < SMALLER * size and OFF * size < rise < size


def _before(text: str, at: int) -> int:
    """The character before some place, over one line break."""
    at -= 1
    while at >= 0 and text[at] in "\r\n":
        at -= 1
    return at


def _adjoin(shown: pypdfium2.PdfTextPage, before: int, at: int) -> bool:
    """Whether a character begins about where another one ends."""
    gap = shown.get_charbox(at)[0] - shown.get_charbox(before)[2]
    return bool(abs(gap) < NEAR * size_of(shown, before))


def struck(page: pypdfium2.PdfPage, shown: pypdfium2.PdfTextPage, text: str) -> list[int]:
    """The characters of a page through whose middle a line runs; lines under them and around them do not."""
    rules = _rules(page)
    if not rules:
        return []
    found = []
    for at, sign in enumerate(text):
        if sign.isspace():
            continue
        left, _, right, _ = shown.get_charbox(at)
        size, line = size_of(shown, at), height_of(shown, at)
        middle = (left + right) / 2
        low, high = line + LOWEST * size, line + HIGHEST * size
        if any(low <= y <= high and x0 <= middle <= x1 for x0, x1, y in rules):
            found.append(at)
    return found


def _rules(page: pypdfium2.PdfPage) -> list[tuple[float, float, float]]:
    """The thin level lines that are drawn on a page: from, to, and their height."""
    found = []
    for left, bottom, right, top in _boxes(page, raw.FPDF_PAGEOBJ_PATH):
        if top - bottom <= THIN < right - left:
            found.append((left, right, (top + bottom) / 2))
    return found


def pictures(page: pypdfium2.PdfPage) -> list[tuple[float, float, float]]:
    """The pictures on a page that may have a caption: from, to, and the height of their feet."""
    return [
        (left, right, bottom)
        for left, bottom, right, top in _boxes(page, raw.FPDF_PAGEOBJ_IMAGE)
        if min(right - left, top - bottom) > ICON
    ]


def _boxes(page: pypdfium2.PdfPage, kind: int) -> Iterator[tuple[float, float, float, float]]:
    """The places of all objects of a kind on a page: left, bottom, right, top."""
    kinds = Counter(
        raw.FPDFPageObj_GetType(raw.FPDFPage_GetObject(page, at)) for at in range(raw.FPDFPage_CountObjects(page))
    )
    if kinds[kind] or kinds[raw.FPDF_PAGEOBJ_FORM]:  # to make an object of each word costs as much as all other reading
        yield from (one.get_bounds() for one in islice(page.get_objects(filter=[kind]), MOST_OBJECTS))


def _place(shown: pypdfium2.PdfTextPage, at: int) -> int:
    """1 above the line, -1 below it, 0 on it."""
    before = at - 1
    text_before = shown.get_text_range(max(0, at - 4), min(4, at))
    before -= len(text_before) - len(text_before.rstrip("\r\n"))
    rise = height_of(shown, at) - height_of(shown, before)
    size = size_of(shown, before)
    return 0 if abs(rise) < OFF * size or abs(rise) > size else 1 if rise > 0 else -1


def _mend_break(shown: pypdfium2.PdfTextPage, text: str, out: list[str], start: int, end: int) -> None:
    """Undo the line break behind a raised figure where the line goes on."""
    after = end
    while after < len(text) and text[after] in "\r\n ":
        after += 1
    has_break = "\n" in text[end:after]
    if (
        has_break
        and after < len(text)
        and abs(height_of(shown, after) - height_of(shown, start - 1)) < OFF * size_of(shown, start - 1)
    ):
        out[end:after] = [" ", *[GONE] * (after - end - 1)]


def size_of(shown: pypdfium2.PdfTextPage, at: int) -> float:
    """The height of a character's type in points, whatever scales it."""
    matrix = raw.FS_MATRIX()
    scale = abs(matrix.d) if raw.FPDFText_GetMatrix(shown, at, matrix) and matrix.d else 1.0
    return float(raw.FPDFText_GetFontSize(shown, at)) * scale


def height_of(shown: pypdfium2.PdfTextPage, at: int) -> float:
    across, height = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(shown, at, across, height)
    return height.value


def _is_unseen(shown: pypdfium2.PdfTextPage, at: int) -> bool:
    size = size_of(shown, at)
    if 0 < size < TINY:
        return True
    part = raw.FPDFText_GetTextObject(shown, at)
    if part and raw.FPDFTextObj_GetTextRenderMode(part) == INVISIBLE:
        return True
    colours = [ctypes.c_uint() for _ in range(4)]
    return bool(raw.FPDFText_GetFillColor(shown, at, *colours)) and all(one.value >= WHITE for one in colours[:3])
