"""Years, months, days and weekdays of the claim that stand nowhere in the source."""

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache, partial

from summarizer.findings.differences import Difference, Kind, Passage, absent
from summarizer.findings.nearest import beside
from summarizer.findings.vocabulary import folded, words_of
from summarizer.language.numerals import values
from summarizer.language.time_expressions import (
    ALL_WEEKDAYS,
    ALSO_WORDS,
    ENGLISH_WORDS,
    MONTHS,
    WORLD_MONTHS,
    TimeExpression,
    of_source,
    time_expressions,
)
from summarizer.schema import FindingKind

Part = tuple[str, int, int]
"""`year`, `month`, `day` or `weekday` with its number; of a day the month first. No day given is day 0."""
READ = frozenset({"date", "weekday", "year", "century"})
YEAR = 4  # digits
BOUND = re.compile(
    r"\b(?:(?P<earliest>since|from|before|by)|after|until|till)\s{1,3}(?:at\s{1,3}least\s{1,3})?(?:the\s{1,3})?\Z",
    re.IGNORECASE,
)
"""What leaves later dates open than the one behind it, or earlier ones."""
DAY_ALONE = re.compile(
    r"\bthe\s{1,3}(\d{1,2})(?:st|nd|rd|th)(?=[.,;:!?)\n]|\s{1,3}(?:at|for|and|to|when|but|or|because)\b|\Z)",
    re.IGNORECASE,
)
"""A day of a month that was named before: "Pack by 13 June; crates arrive on the 10th"."""
BEFORE = 24  # code points in which that stands
BESIDE = 3  # code points between a weekday and its date
PLAIN_MONTHS = {folded(month): number for month, number in WORLD_MONTHS.items() if month not in ENGLISH_WORDS}


def find(claim: str, passage: Passage) -> list[Difference]:
    """Find the dates of which some part stands nowhere, each beside the one other date of its kind."""
    own = [one for one in time_expressions(claim) if one.kind in READ]
    if not own:
        return []
    known, claimed = _parts_of(passage.source), frozenset[Part]().union(*map(_parts, own))
    given = [one for one in time_expressions(passage.text) if not _parts(one) <= claimed]
    found = []
    for moment in own:
        if (
            not _is_known(moment, known)
            and not _follows(moment, own)
            and not _is_a_number(moment, claim, passage.source)
        ):
            years = _years_of(given, passage.text) if moment.kind == "year" else []
            alike = [*(one for one in given if _sort(one) == _sort(moment)), *years]
            rivals = beside(claim, moment, passage.text, alike, partial(shared_parts, moment))
            beyond = bool(rivals) and all(_is_beyond(moment, other, claim) for other in rivals)
            found += [one._replace(beyond=beyond) for one in absent(FindingKind.DATE, claim, moment, passage, rivals)]
    return found


def _follows(weekday: TimeExpression, own: Sequence[TimeExpression]) -> bool:
    """Whether a weekday stands before or behind a whole date that falls on it, so that it says nothing more."""
    for one in own:
        near = min(abs(one.start - weekday.end), abs(weekday.start - one.end)) <= BESIDE
        if weekday.weekday is not None and near and one.year and one.month and one.day and one.year[0] == one.year[1]:
            try:
                return date(one.year[0], one.month[0], one.day[0]).weekday() == weekday.weekday
            except ValueError:  # the 31st of April
                return False
    return False


def _is_a_number(moment: TimeExpression, claim: str, source: str) -> bool:
    """Whether what reads as a year is a number of the source in another form: "1850" and "1,850"."""
    return moment.kind == "year" and values(claim[moment.start : moment.end]).counts <= values(source).counts


def _parts(moment: TimeExpression) -> frozenset[Part]:
    """What a date states."""
    found: set[Part] = set()
    if moment.year:
        found |= {("year", year, 0) for year in moment.year}
    if moment.month:
        found |= {("month", moment.month[0], 0), *(("day", moment.month[0], day) for day in moment.day or (0,))}
    if moment.weekday is not None:
        found.add(("weekday", moment.weekday, 0))
    return frozenset(found)


def shared_parts(one: TimeExpression, other: TimeExpression) -> int:
    """How many of its year, month, days and weekday a date has in common with another."""
    return len(_parts(one) & _parts(other))


def _is_beyond(moment: TimeExpression, other: TimeExpression, claim: str) -> bool:
    """Whether a date is none that the word before the claim's leaves open: "since the 1990s" for "since the 1980s"."""
    lead = BOUND.search(claim, max(0, moment.start - BEFORE), moment.start)
    if lead is None:
        return False
    return _is_earlier(moment, other) if lead["earliest"] else _is_earlier(other, moment)


def _is_earlier(one: TimeExpression, other: TimeExpression) -> bool:
    """Whether a date is surely earlier than another, as far as both go."""
    if one.year and other.year and one.year != other.year:
        return one.year[1] < other.year[0]
    ends = [(date.month[1], date.day[-1] if date.day else 0) for date in (one, other) if date.month]
    return len(ends) == 2 and (one.year is None) == (other.year is None) and ends[0] < ends[1]


def _years_of(dates: Sequence[TimeExpression], text: str) -> list[TimeExpression]:
    """The years that some dates of a text end with, each in the place of its four digits."""
    ending = [one for one in dates if one.month and one.year and text[one.end - YEAR : one.end] == str(one.year[0])]
    return [TimeExpression(one.end - YEAR, one.end, "year", one.year) for one in ending]


def _sort(moment: TimeExpression) -> str:
    return "month" if moment.month else "year" if moment.kind == "century" else moment.kind


def _is_known(moment: TimeExpression, known: frozenset[Part]) -> bool:
    """Whether a source has every part of a date: some year of a decade, and a day where it names the month alone."""
    first, last = moment.year or (0, 0)
    if moment.year and not any(("year", year, 0) in known for year in range(first, last + 1)):
        return False
    turned = moment.turned
    if turned and {("month", turned[0], 0), ("day", *turned)} <= known:
        return True
    return all(
        part in known or part[0] == "year" or (part[0] == "day" and (not part[2] or _names_no_day(part[1], known)))
        for part in _parts(moment)
    )


def _names_no_day(month: int, known: frozenset[Part]) -> bool:
    """Whether a source names a month, and none of its days."""
    return {day for kind, own, day in known if kind == "day" and own == month} == {0}


@lru_cache(maxsize=16)
def _parts_of(text: str) -> frozenset[Part]:
    """What the dates of a source state, and its months, weekdays and years as bare words."""
    found: set[Part] = set()
    for moment in of_source(text):
        found |= _parts(moment)
        if moment.turned:
            found |= {("month", moment.turned[0], 0), ("day", *moment.turned)}
        if moment.year:
            found |= {("year", year, 0) for year in range(moment.year[0], moment.year[1] + 1)}
    of_months = {month for kind, month, day in found if kind == "day" and day}
    found |= {("day", month, int(one[1])) for one in DAY_ALONE.finditer(text) for month in of_months}
    for word in words_of(text):
        if word in MONTHS and word not in ALSO_WORDS:
            found.add(("month", MONTHS[word], 0))
        elif word in PLAIN_MONTHS and word not in MONTHS:
            found.add(("month", PLAIN_MONTHS[word], 0))
        elif (day := ALL_WEEKDAYS.get(word, ALL_WEEKDAYS.get(word.removesuffix("s")))) is not None:
            found.add(("weekday", day, 0))
        elif len(word) == YEAR and word.isdecimal():
            found.add(("year", int(word), 0))
    return frozenset(found)


ENTRY = Kind("dates", "a year, month, day or weekday that stands nowhere in the source", find)
