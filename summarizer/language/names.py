"""Names of people, places and bodies in a text, found by their capitals.

No list of names and no model: a name is a run of capitalised words. The first word of a
sentence is marked, because its capital may be that of the sentence.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from summarizer.language.lexicon import lexicon
from summarizer.language.patterns import any_of
from summarizer.language.signs import PLAIN_HYPHENS
from summarizer.language.time_expressions import ALL_WEEKDAYS, MONTHS
from summarizer.language.words import STOP_WORDS

LEXICON = lexicon("names")
TITLES = frozenset(LEXICON["titles"]) | frozenset(lexicon("names", "world")["titles"])
STARTERS = frozenset(lexicon("sentences")["starters"])
CALENDAR = frozenset(MONTHS) | frozenset(ALL_WEEKDAYS)
GENERATIONS = frozenset({"jr", "sr"})
"""Behind a name; before one "Sr." is a title in Spanish."""
NUMBERS = frozenset(LEXICON["numbers"])
LETTER = "A-ZÀ-ÖØ-ÞĀ-ŽА-ЯⅠ-Ⅿ"
INSIDE = "\u00ad\u0300-\u036f\u200b-\u200f\u202a-\u202e\u2060\ufeff"  # combining accents, and what nobody sees
REST = rf"[\w’'{INSIDE}\u2010\u2011-]*"
PREFIX = r"(?:[dDlLO][’']|(?:al|el|ad|ar|as|ash|at)-)?"
CAPITAL = rf"(?:{any_of(LEXICON['abbreviated_titles'])}\.|[A-Z]\.(?:[A-Z]\.)*|{PREFIX}[{LETTER}]{REST}(?:–(?=[{LETTER}]){REST}){{0,4}})"
RUN = re.compile(
    rf"(?<![\w{INSIDE}])(?=[{LETTER}](?!\]\w)|[dl][’']|[ae][a-z]{{1,2}}-)(?:{CAPITAL})"  # "[T]he" is one word
    rf"(?:[^\S\n]+(?:{any_of(LEXICON['particles'])}[^\S\n]+){{0,2}}{CAPITAL})*"
)
POSSESSIVE = re.compile(r"['’]s?\Z")
INITIAL = re.compile(r"[A-Z]\.\Z")
PART = re.compile(r"\S+")
ROMAN = re.compile("[ⅰ-ⅿ]")  # "Magnus Ⅳ" is Magnus IV


class Name(NamedTuple):
    """A name in a text; `text[start:end] == form`."""

    start: int
    end: int
    form: str
    possessive: bool
    initial: bool
    """Whether it is a single word at the start of a sentence, so that it may be no name at all."""

    @property
    def tokens(self) -> tuple[str, ...]:
        """The words of the name in lower case, without titles."""
        return _without_titles(self.form)


@lru_cache(maxsize=4_096)
def _without_titles(form: str) -> tuple[str, ...]:
    parts = [plain(part) for part in form.split()]
    kept = (part for at, part in enumerate(parts) if part not in TITLES or (part in GENERATIONS and at > 0))
    return tuple(kept) or tuple(parts)


@lru_cache(maxsize=16_384)
def plain(part: str) -> str:
    """A word of a name in lower case, without its possessive ending, its dashes as hyphens."""
    own = POSSESSIVE.sub("", part).strip(".,").lower().translate(PLAIN_HYPHENS)
    return unicodedata.normalize("NFKC", own) if ROMAN.search(own) else own


@lru_cache(maxsize=256)
def names_in(text: str) -> tuple[Name, ...]:
    """Return the names in a text in order.

    >>> [name.form for name in names_in("On Tuesday Olaf Scholz met NATO’s Jens Stoltenberg in Paris.")]
    ['Olaf Scholz', 'NATO', 'Jens Stoltenberg', 'Paris']
    """
    return tuple(name for match in RUN.finditer(text) for name in _parts(text, match.start(), match.end()))


def _parts(text: str, start: int, end: int) -> Iterator[Name]:
    """Split a run at possessives; leave out calendar words and the capital of a sentence's first word."""
    group: list[tuple[int, int]] = []
    for match in PART.finditer(text, start, end):
        word, at = match[0], match.start()
        alone = not group and at + len(word) >= end
        numbered = word == "I" and len(group) > 1  # "World War I", "John Paul I"
        if (_is_no_name(word, first=not group) and not numbered) or (
            word in STARTERS and not word.isupper() and (alone or _begins(text, at))
        ):
            yield from _name(text, group, possessive=False)
            group = []
            continue
        owner = POSSESSIVE.sub("", word)
        group.append((at, at + len(owner)))
        if owner != word:
            yield from _name(text, group, possessive=True)
            group = []
    yield from _name(text, group, possessive=False)


def _is_no_name(word: str, *, first: bool) -> bool:
    known = plain(word)
    if all(part in CALENDAR for part in known.split("-")) or word in ("I", "A"):
        return True
    return (known in STOP_WORDS and not word.isupper()) or (first and known in NUMBERS)


def _name(text: str, group: list[tuple[int, int]], *, possessive: bool) -> Iterator[Name]:
    if not group:
        return
    start, end = group[0][0], group[-1][1]
    if text[start:end].endswith(".") and not INITIAL.search(text[start:end]):
        end -= 1
    initial = len(group) == 1 and _begins(text, start) and not text[start:end].isupper()
    yield Name(start, end, text[start:end], possessive, initial)


def _begins(text: str, start: int) -> bool:
    before = text[max(0, start - 4) : start].rstrip(" \t\"'“‘«([-–—•*")
    return not before or before[-1] in ".!?:;\n…"


def same_name(one: Name, other: Name) -> bool:
    """Whether two names may be of one bearer: a surname and the full name."""
    return set(one.tokens) <= set(other.tokens) or set(other.tokens) <= set(one.tokens)
