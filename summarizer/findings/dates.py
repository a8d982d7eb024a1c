"""Guard: every date, weekday and time of a claim must be borne out by its evidence."""

import datetime
import re
from collections.abc import Sequence

from summarizer.findings.differences import Difference, Passage
from summarizer.findings.numbers import stated_quantities
from summarizer.language.clauses import is_aligned
from summarizer.language.time_expressions import TimeExpression, agrees, comparable, derived, time_expressions
from summarizer.schema import FindingKind

BESIDE_A_DATE = re.compile(r"\b(?:before|after|by|since|until|till|from)\s{1,3}(?:the\s{1,3})?\Z", re.IGNORECASE)


def dates(claim: str, passage: Passage) -> list[Difference]:
    """Compare the dates, weekdays and times of a claim with those of the evidence and its lead-in."""
    own = time_expressions(claim)
    if not own:
        return []
    given = time_expressions(passage.text)
    near = (*given, *derived(passage.context))
    findings = []
    for moment in own:
        if (
            any(agrees(moment, other) for other in near)
            or _weekday_of_date(moment, given)
            or _by_reckoning(moment, passage.text)
        ):
            continue
        rivals = [other for other in given if comparable(moment, other)]
        if not rivals and any(agrees(moment, other) for other in time_expressions(passage.before)):
            continue
        rival = rivals[0] if rivals else None
        if not rival and any(agrees(moment, other) for other in time_expressions(passage.document)):
            continue
        told = [other for other in rivals if is_aligned(claim, passage.text, other.start)]
        rival = told[0] if len(told) == 1 else rival
        words = claim[moment.start : moment.end]
        note = (
            f"“{words}” is “{passage.text[rival.start : rival.end]}” in the evidence"
            if rival
            else f"“{words}” does not stand in the evidence"
        )
        place = (rival.start, rival.end) if rival else None
        sure = len(told) == 1 and not BESIDE_A_DATE.search(claim, 0, moment.start)
        findings.append(Difference(FindingKind.DATE, moment.start, moment.end, place, sure, note))
    return findings


def _weekday_of_date(moment: TimeExpression, given: Sequence[TimeExpression]) -> bool:
    """Whether a full date of the evidence falls on the claim's weekday."""
    if not moment.weekday:
        return False
    for other in given:
        if other.year and other.month and other.day and other.day[0] == other.day[1] and other.year[0] == other.year[1]:
            try:
                day = datetime.date(other.year[0], other.month[0], other.day[0])
            except ValueError:
                continue
            if day.weekday() in moment.weekday:
                return True
    return False


def _by_reckoning(moment: TimeExpression, text: str) -> bool:
    """Years counted from others: "five years later", "the 20th anniversary"."""
    if not moment.year or moment.month or moment.year[0] != moment.year[1]:
        return False
    years = [other.year[0] for other in time_expressions(text) if other.year and other.year[0] == other.year[1]]
    spans = [
        quantity.base / 365.25 if quantity.dimension == "duration" else quantity.base
        for quantity in stated_quantities(text)
        if quantity.dimension in ("duration", "ordinal")
    ]
    return any(round(abs(year - moment.year[0]) - span, 6) == 0 for year in years for span in spans if span >= 1)
