"""Numbers of the claim that stand nowhere in the source, whatever way they are written."""

import math
import re
from collections.abc import Sequence
from functools import partial

from summarizer.findings.alignment import aligned
from summarizer.findings.differences import Difference, Kind, Passage, absent
from summarizer.findings.nearest import beside
from summarizer.findings.sums import follows
from summarizer.language.lexicon import lexicon
from summarizer.language.numerals import listed_in, values
from summarizer.language.patterns import any_of
from summarizer.language.quantities import BOUNDS, SHARES, SIDE, Quantity, same_dimension, stated_quantities
from summarizer.language.units import UNITS
from summarizer.schema import FindingKind

CONVERSION = 0.04  # relative; newspapers round 5 miles to 8 km
ROUNDING = 0.1  # relative; "about 500" for 497
NEAR = 1.5  # per cent; "two-thirds" for 67 per cent
MINUS_WORDS = re.compile(rf"\b{any_of(lexicon('numbers', 'world')['minus']['words'])}\b(?!\s+to\b)", re.IGNORECASE)
SHARED_SIGNS = (
    frozenset({"USD", "AUD", "CAD", "HKD", "NZD", "SGD", "TWD"}),
    frozenset({"USD", "peso", "MXN", "PHP", "ARS", "CLP"}),  # each of them is written "$" at home
    frozenset({"INR", "PKR", "LKR"}),
    frozenset({"JPY", "CNY"}),
    frozenset({"CHF", "franc"}),
    frozenset({"crown", "SEK", "NOK", "DKK", "CZK", "ISK"}),
    frozenset({"lira", "TRY"}),
)
OPEN_SIGNS = frozenset({"USD", "JPY", "INR", "peso", "franc", "CHF", "crown", "lira"})
"""Those that stand for a bare sign or name, which may be of any of their family; "S$" and "HK$" are two currencies."""
UNITS_OF = frozenset(
    {"length", "area", "mass", "volume", "speed", "duration", "power", "energy", "bytes", "temperature"}
)
NAMED = re.compile(r"(?<![\w’'-])([A-Z][\w’'-]{1,30}),\s\Z")
REACH = 35  # code points before a number in which that stands
TELLING = 20  # a small number stands before one unit and another by chance
RATE_AFTER = re.compile(rf"\s(?:for\s)?(?:an?|per|each|every)\s({any_of(sorted(UNITS))})(?![^\W\d_])", re.IGNORECASE)
PAIR, SEVERAL = 2, 3  # digits; three are seldom those of another number by chance
BARE = frozenset({"count", "ordinal", "label"})
"""Dimensions of numbers without a unit."""
PARTS = {"percent": 1.0, "permille": 0.1}
"""What one is worth in per cent."""
OF_A_WHOLE = frozenset({"percent", "points", "permille"})


def find(claim: str, passage: Passage) -> list[Difference]:
    """Find the numbers that stand nowhere, each beside the one other number of its kind where there is one."""
    own = stated_quantities(claim)
    given = stated_quantities(passage.text) if own else ()
    found = []
    for quantity in own:
        if _is_known(quantity, claim, given, passage):
            found += _marked_otherwise(quantity, claim, own, given, passage)
        elif follows(quantity, own, given if _is_rough(quantity) else aligned(claim, passage.text, given)):
            alone = absent(FindingKind.NUMBER, claim, quantity, passage)
            found += [one._replace(reckoned=True) for one in alone]
        else:
            whose = _whose(claim, quantity)
            rivals = [
                other for other in given
                if _are_of_a_kind(quantity, other) or (whose and whose == _whose(passage.text, other))
                if not _is_claimed(other, own)
            ]  # fmt: skip
            nearest = beside(claim, quantity, passage.text, rivals, partial(same_unit, quantity))
            beyond = bool(nearest and quantity.bound) and all(_is_beyond(quantity, other) for other in nearest)
            differing = absent(FindingKind.NUMBER, claim, quantity, passage, nearest)
            found += [one._replace(beyond=beyond) for one in differing]
    return found


def _is_known(quantity: Quantity, claim: str, given: Sequence[Quantity], passage: Passage) -> bool:
    """Whether the source has the value: as a number, as a share, rounded where the claim says so, or in another unit."""
    own, known = values(claim[quantity.start : quantity.end]), values(passage.source)
    if quantity.dimension == "score":
        return own.counts <= known.counts
    if quantity.dimension == "fraction" and own.counts:  # "nine in ten": one of the two alone says nothing
        if own.counts <= known.counts:
            return True
        own = own._replace(counts=frozenset())
    if own.fractions and quantity.dimension not in SHARES:  # "half a mile" is no half of something else
        alike = [one for one in given if one.dimension == quantity.dimension]
        return any(math.isclose(one.base, quantity.base) or converted(quantity, one) for one in alike)
    listed = listed_in(claim[quantity.start : quantity.end])  # "3,4" is two numbers where the source has both
    if len(listed) > 1 and listed <= known.counts:
        return True
    if (own.counts - listed) & known.counts or own.fractions & known.fractions:
        return True
    others = known.fractions if quantity.dimension == "percent" else known.counts
    if quantity.dimension in SHARES and any(abs(value - quantity.raw) <= NEAR for value in others):
        return True
    rounded = (one for one in given if quantity.bound and _compare(quantity, one) and _is_near(quantity, one))
    if not all(_is_beyond(quantity, one) for one in rounded):
        return True
    if (part := PARTS.get(quantity.dimension)) and any(
        math.isclose(one.raw * PARTS[one.dimension], quantity.raw * part) for one in given if one.dimension in PARTS
    ):
        return True
    return any(converted(quantity, one) for one in given)


def converted(one: Quantity, other: Quantity) -> bool:
    """Whether a quantity is another in another unit, as newspapers round it: "26.2 miles" and "42.2 km"."""
    if one.dimension != other.dimension or one.dimension.startswith("money:"):  # one currency under two names is none
        return False
    # Nor is a percentage in signs and in words.
    in_one_unit = math.isclose(other.base * one.raw, one.base * other.raw)
    return not in_one_unit and abs(other.base - one.base) <= CONVERSION * abs(one.base)


def _compare(quantity: Quantity, other: Quantity) -> bool:
    """Whether two numbers measure the same, or both have no unit."""
    return same_dimension(quantity, other) or {quantity.dimension, other.dimension} <= BARE


def _is_rough(quantity: Quantity) -> bool:
    """Whether a number is "about" so much; the like may have been reckoned from any of the evidence."""
    return quantity.bound.startswith(tuple(BOUNDS["near"]))


def _is_near(quantity: Quantity, other: Quantity) -> bool:
    return abs(other.base - quantity.base) <= ROUNDING * abs(quantity.base)


def _is_beyond(quantity: Quantity, other: Quantity) -> bool:
    """Whether a number is none that the words before the claim's leave open, or has the same digits in another order."""
    if _is_turned(quantity, other, PAIR) or quantity.bound.startswith(tuple(BOUNDS["exact"])):
        return True
    if _is_rough(quantity):
        return not _is_near(quantity, other)
    least = quantity.bound.startswith(tuple(BOUNDS["least"]))
    return other.base < quantity.base if least else other.base > quantity.base


def same_unit(one: Quantity, other: Quantity) -> bool:
    """Whether two quantities have their unit or currency in common, not their dimension alone."""
    return one.dimension == other.dimension and one.unit == other.unit


def _are_of_a_kind(quantity: Quantity, other: Quantity) -> bool:
    """Whether two numbers measure the same, or count the same things."""
    if (
        "score" in (quantity.dimension, other.dimension) and quantity.dimension != other.dimension
    ):  # "12–15" and "12 to 15"
        low, high = next(_ends(one) for one in (quantity, other) if one.dimension == "score")
        return low < high and {quantity.dimension, other.dimension} & (BARE | {"duration", "length", "age"}) != set()
    if quantity.dimension in BARE:
        counted = not quantity.nouns.isdisjoint(other.nouns)
        nothing = quantity.dimension == other.dimension == "ordinal" and not (quantity.nouns and other.nouns)
        ranges = quantity.begins_range and other.begins_range
        return other.dimension in BARE and (counted or nothing or ranges or _is_turned(quantity, other, SEVERAL))
    both_money = quantity.dimension.startswith("money:") and other.dimension.startswith("money:")
    return both_money or same_dimension(quantity, other)


def _whose(text: str, quantity: Quantity) -> str:
    """The name right before a bare number, a comma between them, as before an age: "Pell" of "Ana Pell, 52"; empty where none is."""
    named = NAMED.search(text, max(0, quantity.start - REACH), quantity.start) if quantity.dimension in BARE else None
    return named[1].casefold() if named else ""


def _is_turned(quantity: Quantity, other: Quantity, fewest: int) -> bool:
    """Whether two numbers of so many digits have the same ones in another order: "475" and "457"."""
    own, theirs = (sorted(f"{one.raw:.12g}") for one in (quantity, other))
    return own == theirs and quantity.raw != other.raw and min(quantity.digits, other.digits) >= fewest


def _marked_otherwise(
    quantity: Quantity, claim: str, own: Sequence[Quantity], given: Sequence[Quantity], passage: Passage
) -> list[Difference]:
    """The difference where the evidence has the same number with another sign before it, in another unit or currency."""
    same = aligned(claim, passage.text, [one for one in given if _same_value(claim, quantity, passage.text, one)])
    if not same or any(_agree(quantity, one, claim, passage.text) for one in same):
        return []
    if any(_agree(mine, one, claim, passage.text) for one in same for mine in own if _alike(mine, one)):
        return []
    other = same[0]
    words = passage.text[other.marked_from : other.end]
    if "\n" in words:
        return []
    start, place = min(quantity.marked_from, quantity.start), (min(other.marked_from, other.start), other.end)
    return [Difference(FindingKind.NUMBER, start, quantity.end, place, f"the source says “{' '.join(words.split())}”")]


def _same_value(claim: str, quantity: Quantity, text: str, other: Quantity) -> bool:
    if (quantity.dimension in SHARES) != (other.dimension in SHARES):  # "half" is no 50 milligrams
        return {quantity.dimension, other.dimension} <= OF_A_WHOLE and quantity.raw == other.raw
    if quantity.raw == other.raw:
        return True
    mine, theirs = values(claim[quantity.start : quantity.end]), values(text[other.start : other.end])
    return bool(mine.counts & theirs.counts)


def _agree(one: Quantity, other: Quantity, claim: str, text: str) -> bool:
    """Whether sign, unit and currency are the same, as far as they can be known."""
    if _exchanged(one.dimension, other.dimension) or _measured_otherwise(one, other):
        return False
    mine, theirs = _rate(one, claim), _rate(other, text)
    if mine and theirs and mine != theirs:
        return False
    if one.sign == other.sign or one.bound or other.bound:
        return True
    worded = any(MINUS_WORDS.search(whole) for whole in (claim, text))
    return worded if "-" in one.sign or "-" in other.sign else not (one.sign and other.sign)


def _alike(mine: Quantity, other: Quantity) -> bool:
    """Whether a number of the claim is that of the source, with the same sign and of the same dimension."""
    return (mine.raw, mine.sign, mine.dimension) == (other.raw, other.sign, other.dimension)


def _rate(quantity: Quantity, text: str) -> tuple[str, float] | None:
    """What a sum is paid for: "£7 a day", "£18 for each kilogram"."""
    found = RATE_AFTER.match(text, quantity.end)
    return UNITS.get(found[1].lower()) if found else None


def _measured_otherwise(one: Quantity, other: Quantity) -> bool:
    """Whether the same number stands before two units that are not the same: "30 miles" and "30 kilometres"."""
    if one.dimension != other.dimension and {one.dimension, other.dimension} <= OF_A_WHOLE:
        return True
    if one.dimension not in UNITS_OF or other.dimension not in UNITS_OF:
        return False
    if one.dimension == other.dimension:
        return abs(one.base - other.base) > ROUNDING * max(abs(one.base), abs(other.base))  # a ton is near a tonne
    return one.raw >= TELLING and other.raw >= TELLING


def _exchanged(one: str, other: str) -> bool:
    """Whether two sums are of different currencies; a sign that several countries have is any of theirs."""
    if not (one.startswith("money:") and other.startswith("money:")) or one == other:
        return False
    both = {one[6:], other[6:]}
    return not (both & OPEN_SIGNS and any(both <= family for family in SHARED_SIGNS))


def _is_claimed(other: Quantity, own: Sequence[Quantity]) -> bool:
    """Whether the claim has a number of the evidence too, by itself or as an end of "12–15"."""
    return any(other.raw in (one.raw, *_ends(one)) for one in own)


def _ends(one: Quantity) -> tuple[float, ...]:
    return divmod(one.raw, SIDE) if one.dimension == "score" else ()


ENTRY = Kind("numbers", "a number that stands nowhere in the source, in digits or in words", find)
