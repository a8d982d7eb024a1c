"""The words of a source, for looking up: folded, so that typography and accents make no difference."""

import re
import unicodedata
from functools import lru_cache

WORDLIKE = re.compile(r"[^\W_]+")
# Soft hyphens, zero-width characters and direction marks stand inside words; "U.S." is "US".
UNSEEN = dict.fromkeys([0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x2060, 0xFEFF])
DOTS = str.maketrans("", "", ".")
START = 4  # letters that "Dovaria" and "Dovarian", "minister" and "ministers" have in common


def folded(text: str) -> str:
    """A text in small letters of one form, without marks that nobody sees."""
    return unicodedata.normalize("NFKC", text.translate(UNSEEN)).casefold()


@lru_cache(maxsize=16)
def words_of(text: str) -> frozenset[str]:
    """The words of a text, folded; "U.S." stands as "us" too."""
    plain = folded(text)
    return frozenset(WORDLIKE.findall(plain)) | frozenset(WORDLIKE.findall(plain.translate(DOTS)))


@lru_cache(maxsize=16)
def starts_of(text: str) -> frozenset[str]:
    """The first letters of each word of a text."""
    return frozenset(word[:START] for word in words_of(text))
