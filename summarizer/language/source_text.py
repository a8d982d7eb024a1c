"""All sources of a run as one text, in which each kind of thing is looked for once.

A book is read many times faster by what is rare in it: its distinct words are few, and a number or a date can only
begin at a digit or at one of some hundred words.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import chain
from operator import methodcaller
from string import ascii_letters
from typing import NamedTuple

from summarizer.language.markdown_blocks import blanked
from summarizer.language.patterns import ALIKE, any_of

LONG = 20_000  # code points from which on a sieve pays
PIECE = 1 << 20  # code points that are parted at a time, so that a book never stands in memory as a list of words
LEAD = 14  # code points of the words before a word that belong to it
LONGEST_WORD = 40  # of those that a sieve looks for
SPACE = re.compile(r"\s")
GAP = " \t\n\r\f\v\u00a0\u2002\u2003\u2007\u2009\u202f\u3000-"  # between such a word and what it belongs to
LETTERS = frozenset(ascii_letters)  # behind one of them begins neither a number nor a date


@lru_cache(maxsize=4)
def end_to_end(texts: tuple[str, ...]) -> str:
    """What some texts show, from end to end: the same object for the same texts, so that what is known of it is found again.

    >>> end_to_end(("Snow fell.", "Rain fell."))
    'Snow fell.\\nRain fell.'
    """
    return "\n".join(map(blanked, texts))


def distinct_tokens(text: str) -> frozenset[str]:
    """What stands between white space, each once.

    >>> sorted(distinct_tokens("no snow, no rain"))
    ['no', 'rain', 'snow,']
    """
    return _distinct_of_source(text) if len(text) >= LONG else frozenset(text.split())


@lru_cache(maxsize=1)  # asked twice of the sources
def _distinct_of_source(text: str) -> frozenset[str]:
    found = set[str]()
    for piece in _parted(text, PIECE):
        found.update(piece)
    return frozenset(found)


def running_words(text: str) -> Iterator[str]:
    """What stands between white space, in order, without a list of all of it.

    >>> list(running_words("no snow, no rain"))
    ['no', 'snow,', 'no', 'rain']
    """
    return chain.from_iterable(_parted(text, PIECE >> 4))


def _parted(text: str, size: int) -> Iterator[list[str]]:
    start = 0
    while start < len(text):
        space = SPACE.search(text, min(len(text), start + size))
        end = space.start() if space else len(text)
        yield text[start:end].split()
        start = end + 1


def sieve(words: Iterable[str], signs: str = "", figures: str = "[0-9]+") -> tuple[re.Pattern[str], ...]:
    """Where figures, one of some words in any of the cases that people write, or one of some signs may begin.

    Several plain searches: one for all of them, or one that ignores case, takes three times as long. The words are
    looked for with the sign before them, which is no letter: that halves the time again.
    """
    forms = {form for word in words for form in (word, word.lower(), word.capitalize(), word.title(), word.upper())}
    plain, others = (any_of(sorted(one for one in forms if one[0].isascii() is ours)) for ours in (True, False))
    found = (
        figures,
        plain != "(?:)" and f"[^A-Za-z](?P<word>{plain})",
        others != "(?:)" and others,
        signs and f"[{signs}]",
    )
    return tuple(re.compile(one) for one in found if one)


def _hits(text: str, patterns: Sequence[re.Pattern[str]]) -> Iterator[int]:
    """Where some patterns match, in order; a piece at a time, so that they never stand in memory all together."""
    for start in range(0, len(text), PIECE):
        end = start + PIECE
        found = set[int]()
        for one in patterns:
            group = 1 if one.groups else 0
            if group and not start and (first := one.match(f" {text[:LONGEST_WORD]}")):
                found.add(first.start(group) - 1)
            found.update(map(methodcaller("start", group), one.finditer(text, max(0, start - 1), end + LONGEST_WORD)))
        yield from sorted(at for at in found if start <= at < end)


@cache
def _unusual() -> re.Pattern[str]:
    """What a sieve lets through: figures that are not ours, and letters that a search that ignores case takes for plain ones."""
    foreign = "".join(chr(code) for code in range(0x80, 0x10000) if chr(code).isdecimal())
    return re.compile(f"[{foreign}{''.join(map(chr, ALIKE))}]")


@lru_cache(maxsize=2)  # of a long text, which is asked about for its numbers and for its dates
def _is_unusual(text: str) -> bool:
    return _unusual().search(text) is not None


SHORT_CURRENCIES = ("Rs", "Kr", "kr")
"""Letters of a currency that stand right before figures: "Rs500"; others are capitals or no plain letters."""


class Lead(NamedTuple):
    """Words that may stand before what a sieve looks for and belong to it; none stands before figures."""

    pattern: re.Pattern[str]
    """Matches up to the end of what it searches."""
    last: frozenset[str]
    """The letters that they may end with, told in a tenth of the time."""


def sifted(
    pattern: re.Pattern[str], text: str, first: Sequence[re.Pattern[str]], lead: Lead
) -> Iterator[re.Match[str]]:
    """The same as `pattern.finditer(text)` for a pattern whose matches begin where `first` matches, or at a `lead` before it."""
    if len(text) < LONG or _is_unusual(text):
        yield from pattern.finditer(text)
        return
    reached = 0
    for at in _hits(text, first):
        if at < reached or (
            text[at - 1 : at] in LETTERS
            and not (
                text[at].isdigit()
                and (text[max(0, at - 3) : at].isupper() or text[max(0, at - 2) : at] in SHORT_CURRENCIES)
            )
        ):
            continue
        before, behind = None, max(reached, at - LEAD)
        if not text[at].isdigit() and text[behind:at].rstrip(GAP)[-1:] in lead.last:
            before = lead.pattern.search(text, behind, at)
        found = (before and pattern.match(text, before.start())) or pattern.match(text, at)
        if found and found.end() > found.start():
            reached = found.end()
            yield found
