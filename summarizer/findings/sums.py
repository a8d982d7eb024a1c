"""Numbers that follow from those of a passage: a sum, a difference, a share of one, what is left of a hundred."""

import math
from collections.abc import Collection, Iterator, Sequence
from itertools import combinations

from summarizer.language.quantities import SHARES, Quantity

UNCOUNTED = frozenset({"ordinal", "score", "age"})
"""Dimensions of numbers that nobody adds up."""
MOST = 8  # numbers of a passage; from more of them any number follows
RESTATED = 1  # of the numbers that one follows from; a claim with more of them has another number in its place
WHOLE = 100.0  # per cent
ROUNDED = 0.5  # per cent: what is left of "a third" is 67 per cent


def follows(own: Quantity, claimed: Sequence[Quantity], given: Sequence[Quantity]) -> bool:
    """Whether a number is a sum of given ones in a row, a difference of two, a share of one, or the rest of a whole.

    `claimed` are all numbers of its claim.
    """
    if own.dimension in UNCOUNTED:
        return False
    if own.dimension in SHARES:
        parts = [one.raw for one in given if one.dimension in SHARES]
        known = {one.raw for one in claimed if one.dimension in SHARES}
        left = (WHOLE - one for one in (*parts, *_sums(parts, known)))
        found = (*_sums(parts, known), *_differences(parts, known), *left)
        return any(math.isclose(own.raw, one, abs_tol=ROUNDED) for one in found)
    dimension = "count" if own.dimension == "label" else own.dimension  # "in Tarn 75 pupils"
    alike = [one.base for one in given if one.dimension == dimension]
    known = {one.base for one in claimed if one.dimension == dimension}
    shares = [one.raw / WHOLE for one in given if one.dimension in SHARES]
    found = (
        *_sums(alike, known),
        *_differences(alike, known),
        *(share * one.base for share in shares for one in given),
    )
    return any(math.isclose(own.base, one) for one in found)


def _sums(values: Sequence[float], known: Collection[float]) -> Iterator[float]:
    """The sums of two or more that stand in a row."""
    if len(values) > MOST:
        return
    for first, last in combinations(range(len(values) + 1), 2):
        row = values[first:last]
        if len(row) > 1 and _are_new(row, known):
            yield sum(row)


def _differences(values: Sequence[float], known: Collection[float]) -> Iterator[float]:
    pairs = combinations(values, 2) if len(values) <= MOST else ()
    return (abs(one - other) for one, other in pairs if _are_new((one, other), known))


def _are_new(values: Sequence[float], known: Collection[float]) -> bool:
    return sum(one in known for one in values) <= RESTATED
