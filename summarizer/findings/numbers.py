"""Guard: every number of a claim must be borne out by its evidence."""

import re
from collections.abc import Sequence
from functools import lru_cache

from summarizer.findings.arithmetic import is_listed, is_worked_out
from summarizer.findings.differences import Difference, Passage
from summarizer.language.quantities import Quantity, overlaps, quantities, same_dimension
from summarizer.language.time_expressions import time_expressions
from summarizer.language.units import EXACT, LOWER_BOUND, UPPER_BOUND
from summarizer.language.verbs import stem
from summarizer.schema import FindingKind

ROUNDING = 0.005  # relative; "2.0 million" for 1,996,000
CONVERSION = 0.04  # relative; newspapers round 5 miles to 8 km
# A number that says by how much: "1.8 million crowns more than reported", "1.7 metres deeper after the dredging".
DIFFERENCE = re.compile(r"(?:\s{1,3}(?!than\b)[\w’'-]{1,20}){0,3}?\s{1,3}(?:more|less|fewer|[a-z]{3,12}er)\b(?:\s{1,3}[\w’'-]{1,20}){0,8}?\s{1,3}than\b", re.IGNORECASE)  # fmt: skip
LASTING = re.compile(r"\b(?:for|nearly|almost|about|over|within)\s{1,9}\Z")
DEGREES = stem("degrees")
CONVERTED = frozenset({"length", "area", "mass", "volume", "speed", "temperature", "duration"})


def numbers(claim: str, passage: Passage) -> list[Difference]:
    """Compare the quantities of a claim with those of the evidence.

    A number that the evidence has for the same thing in another value is a
    conflict; one that it has not at all is absent.
    """
    own = stated_quantities(claim)
    given = stated_quantities(passage.text) if own else ()
    findings = []
    for quantity in own:
        if _borne_out(quantity, own, given, passage.text):
            clash = _same_value_other_bound(quantity, given)
        elif _is_idle(quantity, claim) or _counted_behind(quantity, given, passage.text):
            continue
        else:
            rival, sure = _rival(quantity, given, own)
            if not sure and _is_small_talk(quantity):
                continue
            if not sure and _stands_elsewhere(quantity, passage):
                continue
            sure = sure and not DIFFERENCE.match(claim, quantity.end)
            words = claim[quantity.start : quantity.end]
            note = (
                f"“{words}” does not stand in the evidence"
                if rival is None
                else f"“{words}” is “{passage.text[rival.start : rival.end]}” in the evidence"
            )
            place = (rival.start, rival.end) if rival else None
            findings.append(Difference(FindingKind.NUMBER, quantity.start, quantity.end, place, sure, note))
            continue
        if clash:
            place = (clash.start, clash.end)
            opposite = EXACT not in (quantity.bound, clash.bound)  # "exactly five" may still be "at least five"
            note = "the evidence sets another bound"
            findings.append(Difference(FindingKind.NUMBER, quantity.start, quantity.end, place, opposite, note))
    return findings


@lru_cache(maxsize=256)
def stated_quantities(text: str) -> tuple[Quantity, ...]:
    """The quantities of a text that are no dates."""
    return quantities(text, tuple((moment.start, moment.end) for moment in time_expressions(text)))


def _borne_out(quantity: Quantity, own: Sequence[Quantity], given: Sequence[Quantity], text: str) -> bool:
    matching = [other for other in given if _same(quantity, other)]
    if matching:
        return not _belongs_elsewhere(quantity, matching, given)
    return is_worked_out(quantity, own, given, text) or is_listed(quantity, text)


def _same(claim: Quantity, source: Quantity) -> bool:
    """Whether the two can be one quantity: the same dimension and a value in common."""
    if not same_dimension(claim, source):
        return _unit_left_out(claim, source)
    if claim.per and source.per and claim.per != source.per:
        return False
    if (claim.dimension == "percent" and source.dimension == "fraction") or (
        claim.dimension == "fraction" and source.dimension == "percent"
    ):
        return abs(claim.base - source.base) <= 1.5
    if claim.low == claim.high and source.low != source.high:
        return (
            claim.base in (source.low, source.high)
            or _close(claim, source)
            or (
                claim.low <= source.high
                and source.low <= claim.low
                and source.bound == ""
                and source.base != source.low
            )
        )
    if claim.low != claim.high:
        return overlaps(claim, source)
    return _close(claim, source)


def _unit_left_out(claim: Quantity, source: Quantity) -> bool:
    """ "Up to 20 years ... between six and eight": the second has no word for its unit."""
    if {claim.dimension, source.dimension} == {"ordinal", "count"}:  # "a seventh defeat in a row", "seven defeats"
        return claim.raw == source.raw and bool(claim.nouns & source.nouns)
    if "m" in (claim.unit, source.unit) and "length" in (claim.dimension, source.dimension):  # "140m" is metres too
        return claim.raw == source.raw
    if {claim.dimension, source.dimension} == {"count", "temperature"}:  # "minus 20 degrees"
        return claim.raw == source.raw and DEGREES in (claim.nouns | source.nouns)
    bare = source.dimension == "count" and not source.nouns and not source.unit
    if bare and claim.dimension.startswith("money"):  # "thirty-one million is small change"
        return claim.base == source.base
    if {claim.unit, source.unit} <= {"pound", "lb"} and claim.unit != source.unit:  # "30 pounds", "30lbs"
        return claim.raw == source.raw
    in_years = {claim.dimension, source.dimension} == {"age", "duration"}
    return ((bare and claim.dimension == "duration") or in_years) and source.raw == claim.raw


def _close(claim: Quantity, source: Quantity) -> bool:
    one, other = claim.base, source.base
    if one == other:
        return True
    difference = abs(one - other) / max(abs(one), abs(other))
    if claim.unit != source.unit and claim.dimension in CONVERTED:
        return difference <= CONVERSION
    return difference <= ROUNDING and claim.digits >= 2 and claim.raw < source.raw * 10


def _belongs_elsewhere(quantity: Quantity, matching: Sequence[Quantity], given: Sequence[Quantity]) -> bool:
    """Whether the value stands in the evidence only for another thing, and this thing has another value."""
    strict = [other for other in given if other.dimension == quantity.dimension]
    if quantity.dimension == "age" and strict and all(other.dimension != "age" for other in matching):
        return True
    if quantity.dimension not in ("count", "ordinal") or not quantity.nouns:
        return False
    exact = quantity.low == quantity.high and quantity.dimension == "count"
    if any(other.nouns & quantity.nouns or (exact and not other.nouns) for other in matching):
        return False
    return any(other.nouns & quantity.nouns for other in strict)


def _same_value_other_bound(quantity: Quantity, given: Sequence[Quantity]) -> Quantity | None:
    """A quantity of the evidence with the same number but a bound that excludes the claim's."""
    for other in given:
        if (
            other.dimension == quantity.dimension
            and other.base == quantity.base
            and quantity.bound
            and other.bound != quantity.bound
        ):
            opposite = {quantity.bound, other.bound} == {LOWER_BOUND, UPPER_BOUND}
            hardened = quantity.bound == EXACT and other.low != other.high
            if opposite or hardened:
                return other
    return None


def _is_idle(quantity: Quantity, claim: str) -> bool:
    """Words that look like numbers and state none: "one of them", "first", "a third party", "second"."""
    words = claim[quantity.start : quantity.end].lower()
    if (
        words in ("one", "once", "first")
        or (words == "half" and not claim[quantity.end :].startswith(" of"))
        or (words.startswith("one ") and quantity.dimension == "count")
    ):
        return True
    if quantity.dimension == "fraction" and words == "third":
        return True
    if (
        quantity.raw != 1
        or not words.startswith(("a ", "an ", "one "))
        or quantity.unit in ("decade", "fortnight", "century")
    ):
        return False
    lasting = LASTING.search(claim[: quantity.start])
    return not (lasting and quantity.dimension == "duration")


def _counted_behind(quantity: Quantity, given: Sequence[Quantity], text: str) -> bool:
    """ "The sixth week" against "week six"."""
    if quantity.dimension != "ordinal":
        return False
    before = (text[: other.start].split()[-1:] for other in given if other.raw == quantity.raw)
    return any(word and stem(word[0]) in quantity.nouns for word in before)


def _is_small_talk(quantity: Quantity) -> bool:
    """Whether the number is one that is said of anything: "two", "the second"."""
    return (quantity.dimension == "count" and quantity.raw == 2) or (
        quantity.dimension == "ordinal" and quantity.raw <= 3
    )


def _stands_elsewhere(quantity: Quantity, passage: Passage) -> bool:
    """Whether the source has the quantity in a sentence that is not among the evidence."""
    return any(_same(quantity, other) for other in stated_quantities(passage.document))


def _rival(quantity: Quantity, given: Sequence[Quantity], own: Sequence[Quantity]) -> tuple[Quantity | None, bool]:
    """The quantity of the evidence that this one conflicts with, and whether that is beyond doubt."""
    same_value = [other for other in given if quantity.raw in (other.base, other.raw)]
    kin = [other for other in given if same_dimension(quantity, other) and not any(_same(mine, other) for mine in own)]
    if quantity.dimension == "count":
        kin.sort(key=lambda other: -len(other.nouns & quantity.nouns))
        if kin and kin[0].nouns & quantity.nouns:
            return kin[0], True
        return (kin[0], False) if kin else (same_value[0], False) if same_value else (None, False)
    if kin:
        return kin[0], len(kin) == 1
    money = quantity.dimension.startswith("money")
    unit_changed = [other for other in same_value if other.dimension != "count" or money]
    return (unit_changed[0], True) if unit_changed else (None, False)
