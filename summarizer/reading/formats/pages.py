"""What only the look of a PDF page tells: raised figures, text that nobody sees, heads and feet that run on."""

import ctypes
import re
from collections import Counter
from collections.abc import Sequence

import pypdfium2
from pypdfium2 import raw

from summarizer.reading.formats.raised import lowered, raised

SMALLER = 0.85  # times the size of the text before it; raised figures are set at 0.6 to 0.75
OFF = 0.1  # of that size by which they stand above or below the line
TINY = 2.0  # points
WHITE = 250  # of 255, each colour
INVISIBLE = 3  # text render mode
FEWEST_PAGES = 3
SHARE = 0.6  # of the pages that have a line, its numbers aside, first or last
LONGEST_HEAD = 120  # code points
RUNS = re.compile(r"[0-9]{1,4}")
WORD = re.compile(r"\S+")
FIGURES = re.compile(r"\d+")


def spelled_out(shown: pypdfium2.PdfTextPage, text: str) -> tuple[str, int]:
    """The text of a page with raised and lowered figures as characters of their own, and how much of it nobody sees.

    Every character keeps its place; only a line break that a raised figure caused becomes a space.
    """
    out = list(text)
    for run in RUNS.finditer(text):
        for start, end in _moved_parts(shown, text, run):
            place = _place(shown, start)
            if place:
                out[start:end] = list((raised if place > 0 else lowered)(text[start:end]))
                _mend_break(shown, text, out, start, end)
    unseen = sum(len(word[0]) for word in WORD.finditer(text) if _is_unseen(shown, word.start()))
    return "".join(out), unseen


def _moved_parts(shown: pypdfium2.PdfTextPage, text: str, run: re.Match[str]) -> list[tuple[int, int]]:
    """The parts of some figures that are smaller than what stands before them; the whole run may be."""
    for at in range(run.start(), run.end()):
        if at and not text[at - 1].isspace() and _size(shown, at) < SMALLER * _size(shown, at - 1):
            return [(at, run.end())]
    return []


def _place(shown: pypdfium2.PdfTextPage, at: int) -> int:
    """1 above the line, -1 below it, 0 on it."""
    rise = _height(shown, at) - _height(shown, at - 1)
    size = _size(shown, at - 1)
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
        and abs(_height(shown, after) - _height(shown, start - 1)) < OFF * _size(shown, start - 1)
    ):
        out[end:after] = [" ", *[""] * (after - end - 1)]


def _size(shown: pypdfium2.PdfTextPage, at: int) -> float:
    """The height of a character's type in points, whatever scales it."""
    matrix = raw.FS_MATRIX()
    scale = abs(matrix.d) if raw.FPDFText_GetMatrix(shown, at, matrix) and matrix.d else 1.0
    return float(raw.FPDFText_GetFontSize(shown, at)) * scale


def _height(shown: pypdfium2.PdfTextPage, at: int) -> float:
    across, height = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(shown, at, across, height)
    return height.value


def _is_unseen(shown: pypdfium2.PdfTextPage, at: int) -> bool:
    size = _size(shown, at)
    if 0 < size < TINY:
        return True
    part = raw.FPDFText_GetTextObject(shown, at)
    if part and raw.FPDFTextObj_GetTextRenderMode(part) == INVISIBLE:
        return True
    colours = [ctypes.c_uint() for _ in range(4)]
    return bool(raw.FPDFText_GetFillColor(shown, at, *colours)) and all(one.value >= WHITE for one in colours[:3])


def without_running_heads(pages: Sequence[str]) -> tuple[list[str], int]:
    """The pages without first and last lines that most of them have, but for their numbers; and how many lines that were."""
    written = [page.split("\n") for page in pages]
    taken = 0
    if len(pages) >= FEWEST_PAGES:
        for last in (False, True):
            lines = [_outermost(page, last=last) for page in written]
            counts = Counter(_pattern(page[at]) for page, at in zip(written, lines, strict=True) if at is not None)
            for page, at in zip(written, lines, strict=True):
                if (
                    at is not None
                    and counts[_pattern(page[at])] >= SHARE * len(pages)
                    and len(page[at]) <= LONGEST_HEAD
                ):
                    page[at] = ""
                    taken += 1
    return ["\n".join(page) for page in written], taken


def _outermost(lines: Sequence[str], *, last: bool) -> int | None:
    order = range(len(lines) - 1, -1, -1) if last else range(len(lines))
    return next((at for at in order if lines[at].strip()), None)


def _pattern(line: str) -> str:
    return FIGURES.sub("0", line.strip())
