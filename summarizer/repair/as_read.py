"""A text as its reader sees it, without the marks of Markdown, of notes and of lists, with the place of each character.

Words of the source that come into a summary are those that a reader sees, and their evidence is the text as it stands.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from summarizer.language.line_breaks import MARKER, WRAPPED_HYPHEN
from summarizer.language.statements import CITATION, LINE_START, QUOTE_MARKS, TRAILING_MARK

ADDRESS = r"(?:https?://|www\.|mailto:)[^\s<>()\[\]“”\"]{1,2000}"
"""Of a page or a mailbox: a reader sees one thing, and no words in it."""
TOKEN = re.compile(rf"{ADDRESS}|[£$€¥]?[^\W_]+(?:(?:[.,:’'-]|_{{1,3}})[^\W_]+)*%?", re.IGNORECASE)
PICTURE = re.compile(r"!\[[^\[\]\n]{0,300}\]\([^()\n]{0,1000}\)")
LINK = re.compile(r"\[(?P<seen>[^\[\]\n]{1,300})\](?:\([^()\n]{0,1000}\)|\[[^\[\]\n]{0,100}\])")
AUTOLINK = re.compile(rf"<(?P<seen>{ADDRESS})>")
TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9-]{0,20}(?:\s[^<>\n]{0,200})?/?>")
ESCAPE = re.compile(r"\\(?P<seen>[!-/:-@\[-`{-~])")
EMPHASIS = re.compile(
    r"(?<![\w*_~`])(?P<mark>\*{1,3}|_{1,3}|~~|`{1,2})(?=[^\s*_~`])(?P<seen>[^\n]{1,1000}?)(?<=[^\s])(?P=mark)(?![\w*`])"
)
LOOSE = re.compile(r"\*\*|(?<![^\W_])__|__(?![^\W_])|~~|`")
"""Half of a pair, whose other half stands in another sentence."""
NESTED = 3  # bold within italics within a link


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
    for start, end in _at_the_edges(text):
        gone[start:end] = b"\1" * (end - start)
    for pattern in (PICTURE, AUTOLINK, LINK, CITATION, TAG, ESCAPE, *[EMPHASIS] * NESTED, LOOSE, WRAPPED_HYPHEN):
        text_left, places = _left(text, gone)
        for match in pattern.finditer(text_left):
            for start, end in _marks(match):
                for place in places[start:end]:
                    gone[place] = 1
    return AsRead(*_left(text, gone))


def _at_the_edges(text: str) -> Iterator[tuple[int, int]]:
    """A bullet, a sign of a heading or a note, and the signs of a quoted block at every line."""
    for match in QUOTE_MARKS.finditer(text):
        yield match.start() + match[0].startswith("\n"), match.end()
    start = LINE_START.match(text)
    marker = MARKER.match(text, start.end() if start else 0)
    yield 0, marker.end() if marker else start.end() if start else 0
    if trailing := TRAILING_MARK.search(text):
        yield trailing.span()


def _marks(match: re.Match[str]) -> Iterator[tuple[int, int]]:
    """What of a match no reader sees."""
    if match.re is WRAPPED_HYPHEN:
        yield match.start() + 1, match.end()
    elif "seen" in match.re.groupindex:
        yield match.start(), match.start("seen")
        yield match.end("seen"), match.end()
    else:
        yield match.span()


def _left(text: str, gone: bytearray) -> tuple[str, tuple[int, ...]]:
    places = tuple(place for place in range(len(text)) if not gone[place])
    return "".join(text[place] for place in places), places
