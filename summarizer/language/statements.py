"""A claim read once: its words and names, without marks of citation."""

import re
from typing import NamedTuple

from summarizer.language.line_breaks import unwrapped, without_marker
from summarizer.language.names import names_in
from summarizer.language.words import Word, key_of, words

CITATION = re.compile(r"\s{0,2}\[\d{1,3}(?:\s{0,2}[,;–-]\s{0,2}\d{1,3}){0,9}\]")


class Statement(NamedTuple):
    """A claim, read once."""

    text: str
    words: tuple[Word, ...]
    names: tuple[tuple[str, ...], ...]
    """The keys of the words of each name."""

    @property
    def content(self) -> dict[str, None]:
        """The distinct keys of the words that carry content, in order."""
        return dict.fromkeys(word.key for word in self.words if word.content)


def bare(text: str) -> str:
    """Return a claim without its citation marks, its bullet and its line breaks.

    >>> bare("- Rates fell again [1, 2].")
    'Rates fell again.'
    """
    return without_marker(unwrapped(CITATION.sub("", text)))


def read_statement(claim: str) -> Statement:
    """Read the words and names of a claim."""
    text = bare(claim)
    names = (tuple(key_of(part)[0] for part in name.tokens if part) for name in names_in(text))
    return Statement(text, tuple(words(text)), tuple(keys for keys in names if keys))
