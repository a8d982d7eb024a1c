"""What the pages of a print leave in a text that runs on over them: their numbers and their running heads."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from summarizer.language.lines import line_end, matching

# The pattern begins with the line break before its line, as `matching` has it.
NUMBER_LINE = re.compile(
    r"\n[ \t\f]*(?:[-–—][ \t]?(?P<dashed>\d{1,4})[ \t]?[-–—]|[\[{(]?(?:[Pp]age|PAGE|[Pp]g\.?|p\.|Seite|S\.)[ \t](?P<named>\d{1,4})(?:[ \t](?:of|von|/)[ \t]\d{1,4})?[\]})]?"
    r"|(?P<bare>\d{1,4}))[ \t]*(?=\n|\Z)"
)
NUMBER_BESIDE = re.compile(r"   (?:[Pp]age|PAGE|p\.|Seite|S\.)[ ](?P<number>\d{1,4})[ \t]*(?=\n|\Z)")
DIGITS = re.compile(r"\d+")
PAGES = 3  # numbers that count on, so that they are those of pages
LEAST_APART = 80  # code points between two of them
LONGEST_LINE = 120  # of a running head
NEAR_NUMBER = 4  # lines from a page number or a form feed in which a running head stands


def page_marks(text: str) -> Iterator[tuple[int, int]]:
    """Numbers of pages, which count on, and the lines beside them that come again and again."""
    found = [
        (one.start() + 1 + shift, one.end() + shift, int(one["dashed"] or one["named"] or one["bare"]))
        for shift, one in matching(NUMBER_LINE, text)
    ]
    found += [
        (text.rfind("\n", 0, one.start()) + 1, one.end(), int(one["number"])) for one in NUMBER_BESIDE.finditer(text)
    ]
    pages = dict(_counting_on(sorted(found)))
    yield from pages.items()
    places = sorted(pages.keys() | {match.start() for match in re.finditer("\f", text)})
    if len(places) >= PAGES - 1:
        yield from _running_heads(text, places, pages)


def _counting_on(numbers: Sequence[tuple[int, int, int]]) -> Iterator[tuple[int, int]]:
    """The places of numbers that count on by one from page to page."""
    run: list[tuple[int, int, int]] = []
    for start, end, number in numbers:
        apart = not run or start - run[-1][1] >= LEAST_APART
        if run and not (apart and number == run[-1][2] + 1):
            if not apart:
                continue
            if len(run) >= PAGES:
                yield from ((one[0], one[1]) for one in run)
            run = []
        run.append((start, end, number))
    if len(run) >= PAGES:
        yield from ((one[0], one[1]) for one in run)


def _running_heads(text: str, places: Sequence[int], numbers: Mapping[int, int]) -> Iterator[tuple[int, int]]:
    """Short lines beside the breaks of pages that most of them have, but for their numbers."""
    beside: dict[int, tuple[int, str]] = {}
    looked_at = set[int]()
    for place in places:
        for start, end in _around(text, place):
            if start in looked_at:  # many breaks may stand in one line
                continue
            looked_at.add(start)
            line = " ".join(DIGITS.sub("#", text[start:end]).split())
            if start not in numbers and 0 < len(line) <= LONGEST_LINE and any(one.isalpha() for one in line):
                beside[start] = (end, line)
    counts = Counter(line for _, line in beside.values())
    for start, (end, line) in beside.items():
        if counts[line] >= max(PAGES - 1, len(places) // 2):
            yield start, end


def _around(text: str, place: int) -> Iterator[tuple[int, int]]:
    """The lines around a place."""
    start = end = place
    for _ in range(NEAR_NUMBER):
        start = text.rfind("\n", 0, max(0, start - 1)) + 1
        end = line_end(text, end + 1)
    at = start
    while at < end:
        stop = line_end(text, at)
        yield at, stop
        at = stop + 1
