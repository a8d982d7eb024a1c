"""The words of a source, for looking up: folded, so that typography and accents make no difference."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from summarizer.grounding import stands_in
from summarizer.grounding.folding import UNSPACED
from summarizer.language.lookalikes import with_plain_letters
from summarizer.language.source_text import distinct_tokens

WORDLIKE = re.compile(r"[^\W_]+")
# Soft hyphens, zero-width characters and direction marks stand inside words; "U.S." is "US".
UNSEEN = dict.fromkeys([0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x2060, 0xFEFF])
FORMAT = dict.fromkeys(  # the other signs without a shape, which a search for words passes over too
    [
        *range(0x600, 0x606),
        0x61C,
        0x6DD,
        0x70F,
        0x180E,
        *range(0x2061, 0x2070),
        *range(0xFFF9, 0xFFFC),
        *range(0xE0000, 0xE0080),
    ]
)
PARTING = dict.fromkeys([*UNSEEN, *FORMAT], " ")
RAISED = dict.fromkeys(map(ord, "⁰¹²³⁴⁵⁶⁷⁸⁹"), " ")  # the mark of a note is no part of "1994³"
DOTS = str.maketrans("", "", ".")
LINE_END = re.compile(r"[-‐\u00ad][^\S\n]*+\r?\n\s*+")
WORD_BEFORE = re.compile(r"(?<![^\W_])[^\W_]++\Z")
LONGEST = 40  # code points of half a word
START = 4  # letters that "Dovaria" and "Dovarian", "minister" and "ministers" have in common


# Letters that are written with two where a keyboard lacks them, and those that no decomposition takes apart.
TWO_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "æ": "ae", "œ": "oe"})
PLAIN_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"})


def folded(text: str) -> str:
    """A text in small plain letters of one form, without accents and marks that nobody sees."""
    small = unicodedata.normalize("NFKC", with_plain_letters(text.translate(UNSEEN | RAISED))).casefold()
    return small if small.isascii() else _plain(small)


def spellings(text: str) -> frozenset[str]:
    """The ways to write a text in plain letters: "Müller" is "muller" and "mueller", and "Mueller" is too."""
    small = unicodedata.normalize("NFKC", with_plain_letters(text.translate(UNSEEN | RAISED))).casefold()
    plain = {small} if small.isascii() else {_plain(small), _plain(small.translate(TWO_LETTERS))}
    return frozenset(plain | {one_letter(one) for one in plain})


def one_letter(small: str) -> str:
    """Plain letters with "oe" and the like as the one letter that others leave of an umlaut: "Mueller" and "Muller"."""
    return small.replace("oe", "o").replace("ae", "a").replace("ue", "u").replace("aa", "a")


def _plain(small: str) -> str:
    parts = unicodedata.normalize("NFKD", small.translate(PLAIN_LETTERS))
    return "".join(one for one in parts if not unicodedata.combining(one))


@lru_cache(maxsize=16)
def words_of(text: str) -> frozenset[str]:
    """The words of a text, folded; "U.S." stands as "us" too, and a word that a line end parts as the whole."""
    tokens = distinct_tokens(text)
    plain = "\n".join(one for one in tokens if one.isascii()).casefold()
    others = "\n".join(one for one in tokens if not one.isascii())
    marked = spellings(others) | spellings(others.translate(FORMAT)) | spellings(others.translate(PARTING))
    joined = folded("\n".join(_joined(text)))
    written = others.casefold()  # a sign that is a letter once it is normalised parts words as it stands: "B㆖"
    found = frozenset(word for one in (plain, written, *marked, joined) for word in WORDLIKE.findall(one))
    dotted = "\n".join(word for one in (plain, *marked) for word in one.split() if "." in word)
    return found.union(WORDLIKE.findall(dotted.translate(DOTS)))


def _joined(text: str) -> Iterator[str]:
    """The words that a hyphen at a line end parts, in one."""
    for end in LINE_END.finditer(text):
        before = WORD_BEFORE.search(text, max(0, end.start() - LONGEST), end.start())
        after = WORDLIKE.match(text, end.end(), end.end() + LONGEST)
        if before and after:
            yield before[0] + after[0]


def has_words(words: str, text: str) -> bool:
    """Whether some words stand in a source, but for case and typography; most that do not lack a word of it altogether."""
    if words_of(text).issuperset(WORDLIKE.findall(folded(words))) or UNSPACED.search(words) or _is_unspaced(text):
        return stands_in(words, text)
    return False


@lru_cache(maxsize=16)
def _is_unspaced(text: str) -> bool:
    """Whether a text has letters that stand beside words with no space between."""
    return UNSPACED.search(text) is not None


@lru_cache(maxsize=16)
def starts_of(text: str) -> frozenset[str]:
    """The first letters of each word of a text, with those of umlauts in both ways."""
    words = words_of(text)
    return frozenset(word[:START] for word in words) | {
        word[:START] for word in one_letter("\n".join(words)).split("\n")
    }
