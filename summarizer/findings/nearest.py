"""Which of several values of a source stands where one of a claim does: "£15.4m" beside "£14.5m" and not beside "£9m"."""

import re
from collections.abc import Callable, Sequence
from itertools import zip_longest
from typing import NamedTuple

from summarizer.findings.alignment import aligned
from summarizer.findings.differences import P, Placed
from summarizer.language.words import stems

REACH = 120  # code points on either side of a value
PARTING = re.compile(r"[\d,;:.!?()“”\"\n—–]|\b(?:and|but|or|while|whereas)\b", re.IGNORECASE)
"""What parts the words of one value from those of another."""
CLAUSE = re.compile(r"[,;:!?()“”\"\n—–]|\.(?!\d)|\b(?:and|but|or|while|whereas)\b", re.IGNORECASE)
FEWEST = 2  # digits that may be another number's in another order


def beside(claim: str, own: Placed, text: str, others: Sequence[P], shared: Callable[[P], int]) -> list[P]:
    """Those of some values that lie in a sentence aligned with the claim, or with the clause of its value, and are most like it.

    Elsewhere those whose digits are the claim's in another order. The words beside them tell only where one has
    all that any other shares with the claim.
    """
    mine = _digits(claim, own)
    found = aligned(claim, text, others) or aligned(_clause(claim, own), text, others)
    found = found or [one for one in others if _are_turned(mine, _digits(text, one))]
    keys = {one: likeness(claim, own, text, one, shared(one)) for one in found}
    found = _most(found, lambda one: (keys[one].turned, keys[one].shared))
    every = frozenset[str]().union(*(keys[one].words for one in found))
    return _most([one for one in found if keys[one].words == every] or found, lambda one: (keys[one].slip,))


class Likeness(NamedTuple):
    """How like a value of a text is to one of a claim."""

    turned: bool
    """Whether its digits are the other's in another order."""
    shared: int
    """What they have in common of a unit or a date."""
    words: frozenset[str]
    """Stems of the words that stand beside both."""
    slip: bool
    """Whether a single digit differs."""

    @property
    def rank(self) -> tuple[int, ...]:
        """Greater for what is more alike."""
        return self.turned, self.shared, len(self.words), self.slip


def likeness(claim: str, own: Placed, text: str, other: Placed, shared: int) -> Likeness:
    """Compare a value of a claim with one of a text."""
    mine, theirs = _digits(claim, own), _digits(text, other)
    turned = _are_turned(mine, theirs)
    slips = sum(one != two for one, two in zip_longest(mine, theirs))
    slip = len(mine) == len(theirs) >= FEWEST and slips == 1
    return Likeness(turned, shared, _words_beside(claim, own) & _words_beside(text, other), slip)


def _digits(text: str, place: Placed) -> str:
    return re.sub(r"\D", "", text[place.start : place.end])


def _are_turned(mine: str, theirs: str) -> bool:
    """Whether digits are others in another order."""
    return len(mine) >= FEWEST and mine != theirs and sorted(mine) == sorted(theirs)


def _most(found: Sequence[P], key: Callable[[P], tuple[int, ...]]) -> list[P]:
    most = max(map(key, found), default=None)
    return [one for one in found if key(one) == most]


def _words_beside(text: str, place: Placed) -> frozenset[str]:
    """Stems of the words right before and behind a value; behind a mark alone, as in "Ana Pell, 43", those before the mark."""
    before = PARTING.split(text[max(0, place.start - REACH) : place.start])
    behind = PARTING.split(text[place.end : place.end + REACH], maxsplit=1)
    nearest = next((found for piece in reversed(before) if (found := stems(piece))), frozenset[str]())
    return nearest | stems(behind[0])


def _clause(text: str, place: Placed) -> str:
    """The words around a value, up to the next mark or conjunction."""
    before = CLAUSE.split(text[: place.start])[-1]
    return f"{before}{text[place.start : place.end]}{CLAUSE.split(text[place.end :], maxsplit=1)[0]}"
