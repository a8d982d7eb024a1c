"""Values of a statement that its source has in another form: to be reckoned from it, or within it.

A judge that compares words takes them for wrong: "on Monday" for "Tuesday's statements came a day after", "in February"
for "Feb. 9", "1.8 million more" for two sums that differ by that. Nothing is put in their place; a reader decides.
"""

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise

from summarizer.findings.sums import follows
from summarizer.language.quantities import Quantity, stated_quantities
from summarizer.language.sentences import Sentence
from summarizer.language.time_expressions import TimeExpression, time_expressions
from summarizer.schema import Check, Finding, FindingKind

WEEK = 7  # days
DAYS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
DAYS_APART = re.compile(
    rf"\b(?:(?P<count>{'|'.join(DAYS)}) days? (?:after|before|earlier|later|ago)"
    r"|(?:next|following|previous) day|the day (?:after|before)|yesterday|tomorrow)\b",
    re.IGNORECASE,
)
COMPARES = re.compile(
    r"\b(?:more|less|fewer|higher|lower|by|up|down|total|all|together|combined|altogether|difference|sum|extra|another)\b",
    re.IGNORECASE,
)
"""Without one of these a number is no sum and no difference of numbers that stand in two sentences."""
YEAR = 2001  # for days of a year that nobody names; it is no leap year
VALUES = (FindingKind.DATE, FindingKind.NUMBER)


def is_reckoned(check: Check, sentences: Mapping[str, Sequence[Sentence]], near: Sequence[Sentence]) -> bool:
    """Whether every value of a statement that differs from the source's follows from it, and nothing else differs.

    `near` are the sentences that the statement was judged by.
    """
    differing = [one for one in check.findings if one.kind is not FindingKind.OMISSION]
    if not differing or any(one.kind not in VALUES for one in differing):
        return False
    return all(_follows(one, check.claim.text, sentences, near) for one in differing)


def _follows(
    finding: Finding, claim: str, sentences: Mapping[str, Sequence[Sentence]], near: Sequence[Sentence]
) -> bool:
    start, end = finding.claim.start, finding.claim.end
    if finding.kind is FindingKind.DATE:
        own = [one for one in time_expressions(claim) if one.start < end and one.end > start]
        return any(_is_told(one, claim, sentence.text) for one in own for sentence in near)
    claimed, given = stated_quantities(claim), [stated_quantities(sentence.text) for sentence in near]
    numbers = [one for one in claimed if one.start < end and one.end > start]
    if any(follows(one, claimed, of_sentence) for one in numbers for of_sentence in given):
        return True
    every = [one for document in {one.document for one in near} for one in _numbers(sentences[document])]
    parts = [quantity for of_sentence in given for quantity in of_sentence]
    return COMPARES.search(claim) is not None and any(_adds_up(one, parts, every) for one in numbers)


def _numbers(sentences: Iterable[Sentence]) -> Iterator[Quantity]:
    return (quantity for one in sentences for quantity in stated_quantities(one.text))


def _adds_up(own: Quantity, parts: Sequence[Quantity], every: Sequence[Quantity]) -> bool:
    """Whether a number is the sum or the difference of one that is near and another of the source."""
    return any(
        math.isclose(own.base, total, rel_tol=1e-9)
        for part in parts
        if part.dimension == own.dimension
        for other in every
        if other.dimension == own.dimension
        for total in (part.base + other.base, abs(part.base - other.base))
    )


def _is_told(own: TimeExpression, claim: str, sentence: str) -> bool:
    theirs = time_expressions(sentence)
    if own.weekday is not None and own.day is None:
        apart = {DAYS.get((one["count"] or "one").lower(), 1) for one in DAYS_APART.finditer(sentence)}
        return any(other.weekday is not None and _days_between(own.weekday, other.weekday) & apart for other in theirs)
    return any(_is_within(own, other) for other in theirs) or _is_that_weekday(own, claim, theirs)


def _days_between(one: int, other: int) -> set[int]:
    """How far two days of the week are apart, forwards and backwards."""
    return {(one - other) % WEEK, (other - one) % WEEK}


def _is_within(own: TimeExpression, other: TimeExpression) -> bool:
    """Whether one of two dates is the month of the other, of no other year."""
    years = own.year is None or other.year is None or own.year == other.year
    return own.month is not None and own.month == other.month and (own.day is None) != (other.day is None) and years


def _is_that_weekday(own: TimeExpression, claim: str, theirs: Sequence[TimeExpression]) -> bool:
    """Whether a date is the day of the week beside it, counted from a date and its day of the week in the source."""
    beside = [_weekday_and_day(pair) for pair in pairwise(time_expressions(claim)) if own in pair]
    known = [_weekday_and_day(pair) for pair in pairwise(theirs)]
    return any(
        mine and there and (mine[1] - there[1] - mine[0] + there[0]) % WEEK == 0 for mine in beside for there in known
    )


def _weekday_and_day(pair: tuple[TimeExpression, TimeExpression]) -> tuple[int, int] | None:
    """A day of the week and the date after it, as a number of days: "Friday, July 18"."""
    first, second = pair
    if first.weekday is None or not second.month or not second.day or second.start - first.end > len(", the "):
        return None
    try:
        return first.weekday, date(YEAR, second.month[0], second.day[0]).toordinal()
    except ValueError:  # a 30 February
        return None
