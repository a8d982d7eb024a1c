"""Lines of a text, by place."""

import re
from collections.abc import Iterator

OPENING = 4_000  # code points in which what begins a text ends


def matching(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, re.Match[str]]]:
    """The matches of a pattern that begins with a line break, with what to add to their places; the first line has none."""
    at = 0
    if found := pattern.match("\n" + text[:OPENING]):
        at = found.end() - 1
        yield -1, found
    for match in pattern.finditer(text, at):
        yield 0, match


def line_end(text: str, at: int) -> int:
    """Where the line ends that holds a place."""
    end = text.find("\n", at)
    return len(text) if end < 0 else end
