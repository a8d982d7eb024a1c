"""A claim as the features see it: its words, names and numbers, without marks of citation."""

import re
from functools import lru_cache
from typing import NamedTuple

from summarizer.language.line_breaks import unwrapped, without_marker
from summarizer.language.names import names_in
from summarizer.language.units import ONES, SCALES, TENS
from summarizer.language.words import STOP_WORDS, WORD, stem

CITATION = re.compile(r"\s{0,2}\[\d{1,3}(?:\s{0,2}[,;–-]\s{0,2}\d{1,3}){0,9}\]")
SPELLED = {**{word: float(value) for word, value in (ONES | TENS).items()}, "hundred": 1e2, "dozen": SCALES["dozen"]}
IDLE = frozenset({"one", "zero"})  # "one of them" counts nothing


class Token(NamedTuple):
    """A word of a claim."""

    form: str
    key: str
    """What it is looked up by: its stem, or its lower-case form where it carries no content."""
    content: bool
    number: float | None
    """Its value, where it is a number."""
    capital: bool
    """Whether it is written with a capital inside the sentence."""


class Statement(NamedTuple):
    """A claim, read once."""

    text: str
    tokens: tuple[Token, ...]
    names: tuple[tuple[str, ...], ...]
    """The keys of the words of each name."""

    @property
    def content(self) -> dict[str, None]:
        """The distinct keys of the words that carry content, in order."""
        return dict.fromkeys(token.key for token in self.tokens if token.content)


def bare(text: str) -> str:
    """Return a claim without its citation marks, its bullet and its line breaks.

    >>> bare("- Rates fell again [1, 2].")
    'Rates fell again.'
    """
    return without_marker(unwrapped(CITATION.sub("", text)))


def read_statement(claim: str) -> Statement:
    """Read the words, names and numbers of a claim."""
    text = bare(claim)
    found = []
    for match in WORD.finditer(text):
        form = match[0]
        key, content = key_of(form)
        inside = form[0].isupper() and match.start() > 0
        found.append(Token(form, key, content, number_of(form), inside))
    names = tuple(keys for name in names_in(text) if (keys := tuple(key_of(part)[0] for part in name.tokens if part)))
    return Statement(text, tuple(found), names)


@lru_cache(maxsize=65_536)
def key_of(form: str) -> tuple[str, bool]:
    """What a word is looked up by, and whether it carries content."""
    lower = form.lower()
    return (lower, False) if lower in STOP_WORDS else (stem(form), True)


def number_of(form: str) -> float | None:
    """The value of a number in digits or in one word; None for other words.

    >>> number_of("1,200"), number_of("twelve"), number_of("snow")
    (1200.0, 12.0, None)
    """
    if form[0].isdigit():
        try:
            return float(form.replace(",", ""))
        except ValueError:  # "1.2.3" and digits of other scripts
            return None
    lower = form.lower()
    return None if lower in IDLE else SPELLED.get(lower)
