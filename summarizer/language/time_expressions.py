"""Dates and times in a text, as intervals, so that "early May" and "4 May" can be compared."""

import datetime
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from summarizer.language.patterns import spelled
from summarizer.language.units import ONES, ORDINALS

MONTHS = {
    name: number
    for number, names in enumerate(
        ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
         "september sept sep", "october oct", "november nov", "december dec"), start=1,
    )
    for name in names.split()
}  # fmt: skip
WEEKDAYS = dict(zip("monday tuesday wednesday thursday friday saturday sunday".split(), range(7), strict=True))
MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
DAY = r"(?:the\s+)?(?P<day{n}>\d{{1,2}})(?:st|nd|rd|th)?"
COUNTED = {**ONES, "a": 1, "an": 1, "one": 1}
DATE = re.compile(
    r"(?<![A-Za-z\d])(?<!\d[,.])(?=\d|a[tpu\s]|de|e[ail]|f[eirou]|h[a12]|j[au]|la|m[aio]|n[eio]|o[cnv]|q[u1-4]|s[aeiu]|t[ehuw]|we)(?:"  # no date begins with another sign
    r"(?P<iso>\b(?P<iy>\d{4})-(?P<im>\d{2})-(?P<id>\d{2})\b)"
    rf"|(?P<dm>\b{DAY.format(n=1)}\s{{1,3}}(?:of\s{{1,3}})?(?P<m1>{MONTH})(?:,?\s{{1,3}}(?P<y1>\d{{4}})\b)?)"
    rf"|(?P<md>\b(?P<m2>{MONTH})\s{{1,3}}{DAY.format(n=2)}\b(?!\d|[:.]\d)(?:,?\s{{1,3}}(?P<y2>\d{{4}})\b)?)"
    rf"|(?P<part>\b(?:(?P<which>early|mid|late)[\s-]+)?(?P<m3>{MONTH})(?:,?\s{{1,3}}(?:of\s{{1,3}})?(?P<y3>\d{{4}})\b)?)"
    r"|(?P<slash>\b(?P<sd>\d{1,2})/(?P<sm>\d{1,2})/(?P<syear>\d{4})\b)"
    r"|(?P<season>\b(?P<when>early|mid|late)[\s-]+(?:in\s{1,3})?(?P<sy>(?:19|20)\d\d)\b)"
    r"|(?P<weekday>\b(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)s?\b)"
    r"|(?P<weekend>\b(?:at|over|this|last|next)\s{1,3}(?:the\s{1,3})?weekend\b)"
    r"|(?P<quarter>\b(?:Q(?P<q>[1-4])|(?P<qword>first|second|third|fourth)[\s-]quarter|H(?P<h>[12])\b|(?P<hword>first|second)\s{1,3}half\s{1,3}of\s{1,3}(?=(?:the\s{1,3})?(?:\d{4}|year))|last three months of)(?:\s{1,3}(?:of\s{1,3})?(?P<qy>\d{4}))?)"
    r"|(?P<decade>(?<!\bin\sher\s)(?<!\bin\shis\s)(?<!\bin\stheir\s)\b(?:the\s{1,3})?(?:(?P<dc>1[0-9]|20)(?P<dd>\d)0s|(?P<dword>twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties))\b)"
    r"|(?P<century>\b(?:the\s{1,3})?(?P<cn>\d{1,2})(?:st|nd|rd|th)[\s-]century\b)"
    r"|(?P<time>\b(?:(?P<hour>\d{1,2})(?:[.:](?P<minute>\d{2}))?\s{0,3}(?P<ampm>[ap]\.?m\b\.?)|(?P<hour4>\d{1,2})(?:[.:](?P<minute4>\d{2}))?\s{1,3}in\s{1,3}the\s{1,3}(?P<daypart4>morning|afternoon|evening)\b|(?P<hour24>[01]?\d|2[0-3]):(?P<minute24>[0-5]\d)\b|(?P<word>noon|midday|midnight)\b|(?:(?P<past>half past|a quarter past|a quarter to|quarter past|quarter to)\s{1,3})?(?P<hword2>one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?:\s{1,3}o[’']clock)?\s{1,3}in\s{1,3}the\s{1,3}(?P<daypart>morning|afternoon|evening)\b|(?P<past2>half past|a quarter past|a quarter to|quarter past|quarter to)\s{1,3}(?P<hword3>one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b)(?:\s{0,3}(?P<zone>GMT|UTC|BST|CET|CEST|EST|EDT|ET|PST|PT|CST|CT|MST)\b)?)"
    r"|(?P<year>(?<![\w$£€.,-])(?:1[0-9]|20)\d\d\b(?![,.]\d|\s{0,3}(?:%|per\b|people|votes|jobs|tonnes|miles|km|metres|homes|signatures|houses)|-\w)))",
    re.IGNORECASE,
)  # fmt: skip
# "Tuesday's statements came a day after": a day counted from another one.
RELATIVE = re.compile(
    r"\b(?:(?P<n>a|an|one|two|three|four|five|six|seven|\d{1,2})\s+(?P<unit>days?|weeks?)\s+(?P<way>after|before|later|earlier)|the\s+(?P<next>next|following|previous)\s+day|(?P<last>last|next|this)\s+(?P<lastday>monday|tuesday|wednesday|thursday|friday|saturday|sunday))\b",
    re.IGNORECASE,
)
LEADS_TO_A_DATE = re.compile(
    r"\b(?:in|of|by|since|until|from|to|last|next|this|and|early|mid|late|on|for|before|after|between|during|every|each)\Z"
)
ZONES = {
    "gmt": 0,
    "utc": 0,
    "bst": 1,
    "cet": 1,
    "cest": 2,
    "est": -5,
    "edt": -4,
    "et": -5,
    "pst": -8,
    "pt": -8,
    "cst": -6,
    "ct": -6,
    "mst": -7,
}


PARTS_OF_YEAR = {"early": (1, 5), "mid": (4, 9), "late": (8, 12)}
PARTS_OF_MONTH = {"early": (1, 11), "mid": (10, 20), "late": (20, 31)}


class _MonthForm(NamedTuple):
    """Names of the groups of one way to write a month."""

    whole: str
    day: str
    month: str
    year: str


MONTH_FORMS = (
    _MonthForm("dm", "day1", "m1", "y1"),
    _MonthForm("md", "day2", "m2", "y2"),
    _MonthForm("part", "", "m3", "y3"),
)


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
    weekday: frozenset[int] | None = None
    """0 is Monday."""
    minute: int | None = None
    """Minutes after midnight, in UTC where `zoned`."""
    zoned: bool = False


@lru_cache(maxsize=512)
def time_expressions(text: str) -> tuple[TimeExpression, ...]:
    """Return the dates and times of a text in order.

    >>> [(m.kind, m.month, m.day) for m in time_expressions("It closed on 3 May; on May 4, 2021 it rained.")]
    [('date', (5, 5), (3, 3)), ('date', (5, 5), (4, 4))]
    """
    found = (_moment(text, match) for match in DATE.finditer(text))
    return tuple(moment for moment in found if moment)


def _moment(text: str, match: re.Match[str]) -> TimeExpression | None:
    start, end = match.start(), match.end()
    if match["iso"]:
        return TimeExpression(start, end, "date", _one(match["iy"]), _one(match["im"]), _one(match["id"]))
    for form in MONTH_FORMS:
        if match[form.whole]:
            return _of_month(text, match, form)
    if match["slash"]:  # day or month first: either may be meant
        pair = sorted((int(match["sd"]), int(match["sm"])))
        months = (pair[0], min(pair[1], 12)) if pair[1] <= 12 else (pair[0], pair[0])
        return TimeExpression(
            start, end, "date", _one(match["syear"]), months, (pair[0] if pair[1] <= 12 else pair[1], pair[1])
        )
    if match["season"]:
        return TimeExpression(start, end, "date", _one(match["sy"]), PARTS_OF_YEAR[spelled(match["when"])])
    if match["weekday"]:
        return TimeExpression(start, end, "weekday", weekday=frozenset({WEEKDAYS[spelled(match[0]).rstrip("s")]}))
    if match["weekend"]:
        return TimeExpression(start, end, "weekday", weekday=frozenset({5, 6}))
    if match["quarter"]:
        return _quarter(match)
    return _time(match) if match["time"] else _years(match)


def _years(match: re.Match[str]) -> TimeExpression:
    if match["decade"]:
        words = "twenties thirties forties fifties sixties seventies eighties nineties".split()
        first = (
            1920 + 10 * words.index(spelled(match["dword"]))
            if match["dword"]
            else int(match["dc"]) * 100 + int(match["dd"]) * 10
        )
        return TimeExpression(match.start(), match.end(), "year", (first, first + 9))
    if match["century"]:
        last = int(match["cn"]) * 100
        return TimeExpression(match.start(), match.end(), "year", (last - 100, last))
    return TimeExpression(match.start(), match.end(), "year", _one(match["year"]))


def _one(digits: str) -> tuple[int, int]:
    return int(digits), int(digits)


def _of_month(text: str, match: re.Match[str], form: _MonthForm) -> TimeExpression | None:
    name = match[form.month]
    if not name[0].isupper() or (not form.day and name == "May" and _is_modal(text, match)):
        return None
    days = _one(match[form.day]) if form.day else PARTS_OF_MONTH.get(spelled(match["which"] or ""))
    if days and days[0] > 31:
        return None
    number = MONTHS[spelled(name).rstrip(".")]
    years = _one(match[form.year]) if match[form.year] else None
    if years and not 1000 <= years[0] <= 2199:
        years = None
    return TimeExpression(match.start(), match.end(), "date", years, (number, number), days)


def _is_modal(text: str, match: re.Match[str]) -> bool:
    """Whether "May" is the verb, or a name, rather than the month."""
    before = text[: match.start()].rstrip()
    return not before or before[-1] in '.!?"“' or not LEADS_TO_A_DATE.search(before)


def _quarter(match: re.Match[str]) -> TimeExpression:
    year = _one(match["qy"]) if match["qy"] else None
    if match["q"] or match["qword"]:
        number = int(match["q"]) if match["q"] else ORDINALS[spelled(match["qword"])]
        return TimeExpression(match.start(), match.end(), "quarter", year, (3 * number - 2, 3 * number))
    if match["h"] or match["hword"]:
        number = int(match["h"]) if match["h"] else ORDINALS[spelled(match["hword"])]
        return TimeExpression(match.start(), match.end(), "quarter", year, (6 * number - 5, 6 * number))
    return TimeExpression(match.start(), match.end(), "quarter", year, (10, 12))


def _time(match: re.Match[str]) -> TimeExpression:
    minute = 0
    if match["word"]:
        hour = 0 if spelled(match["word"]) == "midnight" else 12
    elif match["hour"]:
        hour, minute = int(match["hour"]) % 12, int(match["minute"] or 0)
        hour += 12 if spelled(match["ampm"]).startswith("p") else 0
    elif match["hour4"]:
        hour, minute = int(match["hour4"]) % 12, int(match["minute4"] or 0)
        hour += 0 if spelled(match["daypart4"]) == "morning" else 12
    elif match["hour24"]:
        hour, minute = int(match["hour24"]), int(match["minute24"])
    else:
        hour, minute = _spoken_time(match)
    total = hour * 60 + minute
    zone = match["zone"]
    if zone:
        total = (total - 60 * ZONES[spelled(zone)]) % 1440
    return TimeExpression(match.start(), match.end(), "time", minute=total, zoned=bool(zone))


def _spoken_time(match: re.Match[str]) -> tuple[int, int]:
    hour = ONES[spelled(match["hword2"] or match["hword3"])] % 12
    past = spelled(match["past"] or match["past2"] or "")
    minute = 30 if "half" in past else 15 if "past" in past else 0
    if past.endswith("to"):
        hour, minute = hour - 1, 45
    if spelled(match["daypart"] or "") in ("afternoon", "evening"):
        hour += 12
    return hour, minute


def derived(text: str) -> Iterator[TimeExpression]:
    """Days that a text counts from others: "Tuesday's statements came a day after" means Monday too.

    Both directions are given, because which clause the day belongs to is not parsed.
    """
    known = time_expressions(text)
    for match in RELATIVE.finditer(text):
        if match["lastday"]:
            yield from (day for anchor in known if (day := _weekday_near(match, anchor)))
            continue
        count = COUNTED.get(spelled(match["n"] or "one")) or (
            int(match["n"]) if match["n"] and match["n"].isdigit() else 1
        )
        count *= 7 if spelled(match["unit"] or "").startswith("week") else 1
        for anchor in known:
            for step in (count, -count):
                moved = _moved(anchor, step)
                if moved:
                    yield moved._replace(start=match.start(), end=match.end())


def _weekday_near(match: re.Match[str], anchor: TimeExpression) -> TimeExpression | None:
    """ "Last Friday" counted from a full date of the same text."""
    if not (anchor.year and anchor.month and anchor.day and anchor.day[0] == anchor.day[1]):
        return None
    try:
        day = datetime.date(anchor.year[0], anchor.month[0], anchor.day[0])
    except ValueError:
        return None
    wanted = WEEKDAYS[spelled(match["lastday"])]
    if spelled(match["last"]) == "last":
        day -= datetime.timedelta((day.weekday() - wanted - 1) % 7 + 1)
    else:
        day += datetime.timedelta((wanted - day.weekday() - 1) % 7 + 1)
    return TimeExpression(
        match.start(), match.end(), "date", (day.year, day.year), (day.month, day.month), (day.day, day.day)
    )


def _moved(anchor: TimeExpression, days: int) -> TimeExpression | None:
    if anchor.kind == "weekday" and anchor.weekday and len(anchor.weekday) == 1:
        return anchor._replace(weekday=frozenset({(next(iter(anchor.weekday)) + days) % 7}))
    if anchor.kind == "date" and anchor.day and anchor.day[0] == anchor.day[1] and 1 <= anchor.day[0] + days <= 31:
        return anchor._replace(day=(anchor.day[0] + days, anchor.day[0] + days))
    return None


def agrees(claim: TimeExpression, source: TimeExpression) -> bool:
    """Whether the two can be the same: nothing that both state differs."""
    if claim.minute is not None or source.minute is not None:
        if claim.minute is None or source.minute is None:
            return False
        same = claim.minute == source.minute
        return same if claim.zoned == source.zoned else (claim.minute - source.minute) % 60 == 0 and same
    pairs = ((claim.year, source.year), (claim.month, source.month), (claim.day, source.day))
    stated = [(one, other) for one, other in pairs if one and other]
    if claim.weekday and source.weekday:
        return bool(claim.weekday & source.weekday)
    return bool(stated) and all(one[0] <= other[1] and other[0] <= one[1] for one, other in stated)


def comparable(claim: TimeExpression, source: TimeExpression) -> bool:
    """Whether the two state the same sort of thing, so that a difference is a conflict."""
    if claim.kind == "time" or source.kind == "time":
        return claim.kind == source.kind
    if claim.weekday or source.weekday:
        return bool(claim.weekday and source.weekday)
    return bool((claim.month and source.month) or (claim.year and source.year))
