"""A body in full and by its initials: "the Southern African Development Community" and "the SADC", "the Ministry of Defence" and "the MoD"."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from summarizer.findings.differences import Placed
from summarizer.language.patterns import any_of

SHORT = re.compile(r"(?<![\w.])(?:(?:[A-Z]\.){2,6}|[A-Z][A-Za-z]{0,5}[A-Z](?!\w))")
SMALL = ("of", "the", "for", "and", "on", "in", "to", "de", "du", "des", "der")
"""Words of a name that its initials leave out."""
REST = r"[\w’']{0,30}"
GAP = rf"(?:\s{{1,3}}|-)(?:(?:{any_of(SMALL)})\s{{1,3}}){{0,2}}"
Place = tuple[int, int, str]
"""Where words of a text stand, and those of another that say the same."""


def in_full_or_short(text: str, other: str) -> Iterator[Place]:
    """The initials in a text that another has in full, and the names in full that it has by their initials.

    >>> list(in_full_or_short("The WHO met the Royal Automobile Club.", "The RAC met the World Health Organization."))
    [(4, 7, 'World Health Organization'), (16, 37, 'RAC')]
    """
    for match in SHORT.finditer(text):
        if full := _in_full(match[0], other):
            yield *match.span(), full[0]
    capitals = "".join(filter(str.isupper, text))
    for short in sorted(_shorts(other)):
        full = _in_full(short, text) if _follow(short, capitals) else None
        if full:
            yield *full.span(), short


def within(name: Placed, places: Iterable[Place]) -> bool:
    """Whether a name lies in one of some places of its text."""
    return any(start <= name.start and name.end <= end for start, end, _ in places)


@lru_cache(maxsize=16)
def _shorts(text: str) -> frozenset[str]:
    return frozenset(SHORT.findall(text))


def _follow(short: str, capitals: str) -> bool:
    """Whether the capitals of initials stand in that order among those of a text."""
    left = iter(capitals)
    return all(letter in left for letter in short if letter.isupper())


@lru_cache(maxsize=512)
def _in_full(short: str, text: str) -> re.Match[str] | None:
    """The first words of a text with those initials: a word for each capital, a small word for each small letter."""
    words = (rf"{letter}{REST}" for letter in short if letter != ".")
    return re.search(rf"(?<!\w){GAP.join(words)}(?!\w)", text)
