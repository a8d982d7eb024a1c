"""The words of a source, for looking up: folded, so that typography and accents make no difference."""

import re
import unicodedata
from functools import lru_cache

WORDLIKE = re.compile(r"[^\W_]+")
# Soft hyphens, zero-width characters and direction marks stand inside words; "U.S." is "US".
UNSEEN = dict.fromkeys([0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x2060, 0xFEFF])
RAISED = dict.fromkeys(map(ord, "⁰¹²³⁴⁵⁶⁷⁸⁹"), " ")  # the mark of a note is no part of "1994³"
DOTS = str.maketrans("", "", ".")
START = 4  # letters that "Dovaria" and "Dovarian", "minister" and "ministers" have in common


# Letters that are written with two where a keyboard lacks them, and those that no decomposition takes apart.
TWO_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "æ": "ae", "œ": "oe"})
PLAIN_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"})


def folded(text: str) -> str:
    """A text in small plain letters of one form, without accents and marks that nobody sees."""
    small = unicodedata.normalize("NFKC", text.translate(UNSEEN | RAISED)).casefold()
    return small if small.isascii() else _plain(small)


def spellings(text: str) -> frozenset[str]:
    """The ways to write a text in plain letters: "Müller" is "muller" and "mueller"."""
    small = unicodedata.normalize("NFKC", text.translate(UNSEEN | RAISED)).casefold()
    return frozenset({small} if small.isascii() else {_plain(small), _plain(small.translate(TWO_LETTERS))})


def _plain(small: str) -> str:
    parts = unicodedata.normalize("NFKD", small.translate(PLAIN_LETTERS))
    return "".join(one for one in parts if not unicodedata.combining(one))


@lru_cache(maxsize=16)
def words_of(text: str) -> frozenset[str]:
    """The words of a text, folded; "U.S." stands as "us" too."""
    found = (words for plain in spellings(text) for words in (plain, plain.translate(DOTS)))
    return frozenset().union(*(WORDLIKE.findall(words) for words in found))


@lru_cache(maxsize=16)
def starts_of(text: str) -> frozenset[str]:
    """The first letters of each word of a text."""
    return frozenset(word[:START] for word in words_of(text))
