"""Heads and feet that run on from page to page."""

import re
from collections import Counter
from collections.abc import Sequence

FEWEST_PAGES = 3
SHARE = 0.6  # of the pages that have a line, its numbers aside, first or last
MOST_DIGITS = 5  # of the number of a page
MOST_LINES = 3  # of a head or a foot
LONGEST_HEAD = 120  # code points
FIGURES = re.compile(r"\d+")
BARE = re.compile(r"\d{1,5}")
NUMBER = re.compile(r"[+-]\d+")
MOMENT = r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4},?\s{1,4}\d{1,2}[:.]\d{2}"
PRINTED_HEAD = re.compile(rf"\A(?:{MOMENT}(?:\s|\Z)|\S[^\n]{{0,300}}\s(?:https?|file)://\S{{1,2000}}\Z)")
PRINTED_FOOT = re.compile(
    rf"(?:https?|file)://\S{{1,2000}}\s{{1,4}}(\d{{1,5}})/(\d{{1,5}})|(\d{{1,5}})\sof\s(\d{{1,5}})\s{{1,4}}{MOMENT}.{{0,10}}"
)


def running_heads(pages: Sequence[Sequence[str]]) -> list[set[int]]:
    """Which lines of each page are its head and its foot, from the lines of the pages from the top down.

    >>> running_heads([[f"Tarn, page {number}", name, ""] for number, name in enumerate(("One.", "Two.", "Three."))])
    [{0}, {0}, {0}]
    """
    left = [[at for at, line in enumerate(page) if line.strip()] for page in pages]
    found: list[set[int]] = [set() for _ in pages]
    numbers: set[str] = set()
    if len(pages) < FEWEST_PAGES:
        return _printed(pages, left)
    for last in (-1, 0):
        for _ in range(MOST_LINES):
            outermost = [pages[number][own[last]] if own else "" for number, own in enumerate(left)]
            taken, forms = _repeated(outermost)
            numbers |= {form for form in forms if NUMBER.fullmatch(form)}
            for number in taken:
                found[number].add(left[number].pop(last))
            if not taken:
                break
    for number, own in enumerate(left):  # a first page often has its number elsewhere
        for last in (-1, 0):
            if (
                own
                and BARE.fullmatch(line := pages[number][own[last]].strip())
                and f"{int(line) - number:+}" in numbers
            ):
                found[number].add(own.pop(last))
    return found


def _printed(pages: Sequence[Sequence[str]], left: Sequence[Sequence[int]]) -> list[set[int]]:
    """What a browser prints over and under its pages: date and title, address and "1/2"; few pages have no repetition to go by."""
    for number, (page, own) in enumerate(zip(pages, left, strict=True), start=1):
        foot = PRINTED_FOOT.fullmatch(page[own[-1]].strip()) if own else None
        if not foot or (foot[1] or foot[3], foot[2] or foot[4]) != (str(number), str(len(pages))):
            return [set() for _ in pages]
    return [
        {own[-1], *([own[0]] if PRINTED_HEAD.match(page[own[0]].strip()) else [])}
        for page, own in zip(pages, left, strict=True)
    ]


def _repeated(lines: Sequence[str]) -> tuple[list[int], frozenset[str]]:
    """The pages whose first or last line, one for each page, is that of most pages, and by which forms."""
    forms = [
        _forms(line, number) if line and len(line) <= LONGEST_HEAD else frozenset[str]()
        for number, line in enumerate(lines)
    ]
    counts = Counter(form for own in forms for form in own)
    most = frozenset(form for form, count in counts.items() if count >= max(FEWEST_PAGES, SHARE * len(lines)))
    return [number for number, own in enumerate(forms) if own & most], most


def _forms(line: str, page: int) -> frozenset[str]:
    """What a line is but for the number of its page: as it stands, with each number that counts on with the pages, and that number alone.

    The last is for heads that name the chapter or, on every other page, the writer.
    """
    bare = line.strip()
    found = {bare}
    for figures in FIGURES.finditer(bare):
        if len(figures[0]) <= MOST_DIGITS:
            counted_on = f"{int(figures[0]) - page:+}"
            found.add(f"{bare[: figures.start()]}{counted_on}{bare[figures.end() :]}")
            if _is_apart(bare, *figures.span()):
                found.add(counted_on)
    return frozenset(found)


def _is_apart(line: str, start: int, end: int) -> bool:
    """Whether figures are the first or the last word of a line."""
    return (start == 0 and line[end : end + 1] in ("", " ")) or (end == len(line) and line[start - 1] == " ")
