"""Dates and times in a text: years, months, days and weekdays, whatever way they are written.

Of a time of day and a quarter only the place is read.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from summarizer.language.lexicon import lexicon
from summarizer.language.patterns import any_of, spelled

CALENDAR = lexicon("calendar")
MONTHS: dict[str, int] = CALENDAR["months"]
WEEKDAYS: dict[str, int] = CALENDAR["weekdays"]
ALSO_WORDS = frozenset(CALENDAR["also_words"])
SHORT = {name for name in MONTHS if any(name != other and other.startswith(name) for other in MONTHS)}
MONTH = rf"(?:{any_of(MONTHS.keys() - SHORT)}\b|{any_of(SHORT)}\b\.?)"
DAY = r"(?:the\s{1,3})?\d{1,2}(?:st|nd|rd|th)?"
YEAR = r"(?:,?\s{1,3}(?P<y%s>\d{4})\b)?"
EXPRESSION = re.compile(
    r"(?<![A-Za-z\d])(?<!\d[,.])(?=[\dadefhjlmnoqstw])(?:"  # no date begins with another sign
    r"(?P<iso>\d{4}-\d{2}-\d{2}\b)"
    r"|(?P<slash>\d{1,2}/\d{1,2}/(?P<y0>\d{4})\b)"
    rf"|(?P<d1>{DAY})\s{{1,3}}(?:of\s{{1,3}})?(?P<m1>{MONTH}){YEAR % 1}"
    rf"|(?P<m2>{MONTH})\s{{1,3}}(?P<d2>{DAY})\b(?!\d|[:.]\d){YEAR % 2}"
    rf"|(?P<m3>{MONTH})(?:,?\s{{1,3}}(?:of\s{{1,3}})?(?P<y3>\d{{4}})\b)?"
    rf"|(?P<weekday>{any_of(WEEKDAYS)})s?\b"
    r"|(?P<quarter>Q[1-4]\b|(?:first|second|third|fourth)[\s-]quarter\b|(?:first|second)\s{1,3}half\s{1,3}of\b)"
    r"|(?P<time>\d{1,2}(?:[.:]\d{2})?\s{0,3}[ap]\.?m\b\.?|(?:[01]?\d|2[0-3]):[0-5]\d\b|(?:noon|midday|midnight)\b)"
    r"|(?P<decade>(?:the\s{1,3})?(?P<first>(?:1\d|20)\d0)s\b)"
    rf"|(?P<year>(?<![$£€.,-])(?:1[0-9]|20)\d\d\b(?![,.]\d|\s{{0,3}}%|\s{{1,3}}{any_of(CALENDAR['counted'])}\b|-\w)))",
    re.IGNORECASE,
)
LEADS_TO_A_DATE = re.compile(rf"\b{any_of(CALENDAR['leads_to_a_date'])}[\s-]{{1,3}}\Z", re.IGNORECASE)
LEADS_IN_SMALL_LETTERS = re.compile(rf"\b{any_of(CALENDAR['leads_in_small_letters'])}\s{{1,3}}\Z", re.IGNORECASE)
DIGITS = re.compile(r"\d+")
LAST_DAY = 31
REACH = 20  # code points before a month in which the word stands that leads to it


class TimeExpression(NamedTuple):
    """A date or time in a text. What it leaves open is None."""

    start: int
    end: int
    kind: str
    """`date`, `weekday`, `time`, `year` or `quarter`."""
    year: tuple[int, int] | None = None
    """First and last year that it may mean."""
    month: tuple[int, int] | None = None
    day: tuple[int, int] | None = None
    weekday: int | None = None
    """0 is Monday."""


@lru_cache(maxsize=512)
def time_expressions(text: str) -> tuple[TimeExpression, ...]:
    """Return the dates and times of a text in order.

    >>> [(m.kind, m.month, m.day) for m in time_expressions("It closed on 3 May; on May 4, 2021 Augusta may march.")]
    [('date', (5, 5), (3, 3)), ('date', (5, 5), (4, 4))]
    """
    found = (_read(text, match) for match in EXPRESSION.finditer(text))
    return tuple(one for one in found if one)


def _read(text: str, match: re.Match[str]) -> TimeExpression | None:
    start, end = match.span()
    if match["iso"]:
        year, month, day = (int(part) for part in match["iso"].split("-"))
        return TimeExpression(start, end, "date", (year, year), (month, month), (day, day))
    if match["slash"]:  # day or month first: only the year is sure
        return TimeExpression(start, end, "date", _years(match["y0"]))
    if name := match["m1"] or match["m2"] or match["m3"]:
        return _of_month(text, match, spelled(name).rstrip("."))
    if match["weekday"]:
        return TimeExpression(start, end, "weekday", weekday=WEEKDAYS[spelled(match["weekday"])])
    if match["decade"]:
        return TimeExpression(start, end, "year", (int(match["first"]), int(match["first"]) + 9))
    if match["year"]:
        return TimeExpression(start, end, "year", _years(match["year"]))
    return TimeExpression(start, end, "time" if match["time"] else "quarter")


def _of_month(text: str, match: re.Match[str], name: str) -> TimeExpression | None:
    """A month with whatever day and year stand beside it; None for "may", the verb, and "June", the woman."""
    years = _years(match["y1"] or match["y2"] or match["y3"])
    written = match["d1"] or match["d2"]
    day = int(DIGITS.findall(written)[0]) if written else None
    if day is not None and not 1 <= day <= LAST_DAY:
        return None
    before = text[max(0, match.start() - REACH) : match.start()]
    if name in ALSO_WORDS and not day and not years and not _is_led_to(before, match["m3"]):
        return None
    return TimeExpression(
        match.start(), match.end(), "date", years, (MONTHS[name], MONTHS[name]), (day, day) if day else None
    )


def _is_led_to(before: str, month: str) -> bool:
    leads = LEADS_TO_A_DATE if month[0].isupper() else LEADS_IN_SMALL_LETTERS
    return leads.search(before) is not None


def _years(digits: str | None) -> tuple[int, int] | None:
    return (int(digits), int(digits)) if digits else None
