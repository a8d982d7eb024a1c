"""A text as its reader sees it, without the marks of Markdown, of notes and of lists, with the place of each character.

Words of the source that come into a summary are those that a reader sees, and their evidence is the text as it stands.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from summarizer.language.line_breaks import MARKER, WRAPPED_HYPHEN
from summarizer.language.markdown import HIDDEN, laid_bare
from summarizer.language.signs import DASHES, HYPHENS
from summarizer.language.statements import CITATION, LINE_START, QUOTE_MARKS, TRAILING_MARK

ADDRESS = r"(?:https?://|www\.|mailto:)[^\s<>()\[\]“”\"]{1,2000}"
"""Of a page or a mailbox: a reader sees one thing, and no words in it."""
PART = r"[£$€¥]?[^\W_]+%?"
TOKEN = re.compile(
    rf"{ADDRESS}|{PART}(?:(?:[{HYPHENS}.,:’']|(?<=[\d%])[{DASHES}](?=[£$€¥]?\d)|_{{1,3}}){PART})*", re.IGNORECASE
)
TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9-]{0,20}(?:\s[^<>\n]{0,200})?/?>")
EDGES = re.compile(r"\A\s{0,3}\|\s{0,20}|(?<=\S)\s{0,20}\|\s{0,3}\Z")
"""Of a row of a table."""


class AsRead(NamedTuple):
    """What a reader sees of a text."""

    text: str
    places: tuple[int, ...]
    """Of each character of `text` where it stands in the text as written."""

    def written(self, start: int, end: int) -> tuple[int, int]:
        """Where `text[start:end]` stands in the text as written, from its first character to its last."""
        return self.places[start], self.places[end - 1] + 1


@lru_cache(maxsize=512)  # a sentence is laid beside every statement that is near to it
def as_read(text: str) -> AsRead:
    """A text without its marks.

    >>> as_read("- Mayor `Elena Brandt` came on [12 *March*](https://x.org).[^1]").text
    'Mayor Elena Brandt came on 12 March.'
    """
    gone = bytearray(len(text))
    for hidden in (_edges, _citations, laid_bare, _tags_and_breaks):
        left, places = _left(text, gone)
        for place, character in zip(places, hidden(left), strict=True):
            gone[place] |= character == HIDDEN
    return AsRead(*_left(text, gone))


def _edges(text: str) -> str:
    return _without(text, [*_at_the_edges(text), *(match.span() for match in EDGES.finditer(text))])


def _citations(text: str) -> str:
    return _without(text, [match.span() for match in CITATION.finditer(text)])


def _tags_and_breaks(text: str) -> str:
    breaks = [(match.start() + 1, match.end()) for match in WRAPPED_HYPHEN.finditer(text)]
    return _without(text, [*breaks, *(match.span() for match in TAG.finditer(text))])


def _at_the_edges(text: str) -> Iterator[tuple[int, int]]:
    """A bullet, a sign of a heading or a note, and the signs of a quoted block at every line."""
    for match in QUOTE_MARKS.finditer(text):
        yield match.start() + match[0].startswith("\n"), match.end()
    start = LINE_START.match(text)
    marker = MARKER.match(text, start.end() if start else 0)
    yield 0, marker.end() if marker else start.end() if start else 0
    if trailing := TRAILING_MARK.search(text):
        yield trailing.span()


def _without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    hidden = list(text)
    for start, end in spans:
        hidden[start:end] = HIDDEN * (end - start)
    return "".join(hidden)


def _left(text: str, gone: bytearray) -> tuple[str, tuple[int, ...]]:
    places = tuple(place for place in range(len(text)) if not gone[place])
    return "".join(text[place] for place in places), places
