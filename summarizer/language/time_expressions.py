"""Dates and times in a text: years, months, days and weekdays, whatever way they are written.

Of a time of day and a quarter only the place is read.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from summarizer.language.lexicon import lexicon
from summarizer.language.listed_days import BEHIND_ANOTHER, JOINTS, WORLD_JOINTS, before, behind, days_of
from summarizer.language.patterns import any_of, spelled
from summarizer.language.source_text import Lead, sieve, sifted
from summarizer.language.units import ORDINALS, UNITS

CALENDAR = lexicon("calendar")
MONTHS: dict[str, int] = CALENDAR["months"]
WEEKDAYS: dict[str, int] = CALENDAR["weekdays"]
WORLD = lexicon("calendar", "world")
ALL_WEEKDAYS: dict[str, int] = WORLD["weekdays"] | WEEKDAYS
SHORT_WEEKDAYS: dict[str, int] = CALENDAR["short_weekdays"]
"""Read only before a date: "Sun" and "Wed" are words too."""
ALSO_WORDS = frozenset(CALENDAR["also_words"])
SHORT = {name for name in MONTHS if any(name != other and other.startswith(name) for other in MONTHS)}
MONTH = rf"(?:{any_of(MONTHS.keys() - SHORT)}\b|{any_of(SHORT)}\b\.?)"
DAY = r"(?:the\s{1,3})?\d{1,2}(?:st|nd|rd|th|\.(?=[ \u00a0]))?"
YEAR = r"(?:,?\s{1,3}(?P<y%s>\d{4})(?![^\W⁰¹²³⁴-⁹]))?"
WORLD_MONTHS: dict[str, int] = WORLD["months"]
ENGLISH_WORDS = frozenset(WORLD["english_words"])
"""Months of other languages that are words in English: "9 out of 10", "set 2030 as the target"."""
ENGLISH_NAMES = frozenset(WORLD["english_names"])
WORLD_MONTH = rf"(?:{any_of(sorted(WORLD_MONTHS.keys() - MONTHS.keys() - ENGLISH_WORDS - ENGLISH_NAMES))}|(?-i:{any_of(sorted(ENGLISH_NAMES))}))"
ENGLISH_WORD = any_of(sorted(ENGLISH_WORDS | ENGLISH_NAMES))
ANY_MONTH = any_of(sorted(WORLD_MONTHS))
CENTURY = "century|centuries|Jahrhunderts?|Jh\\b\\.?|siècles?|secolo|século|eeuw|wieku?|世紀|世纪"
COUNTED_UNITS = sorted(unit for unit in UNITS if unit.isascii() and len(unit) > 2 and UNITS[unit][0] != "duration")
"""What stands before one of them is no year: "1200 megawatts"."""
CENTURY_ORDINALS = tuple(word for word, number in ORDINALS.items() if number <= 21)
CENTURY_BEGINS = (
    "century",
    "centuries",
    "jahrhundert",
    "jh",
    "siècle",
    "secolo",
    "século",
    "eeuw",
    "wiek",
    "世紀",
    "世纪",
)
EXPRESSION = re.compile(
    r"(?<![A-Za-z\d])(?<!\d[,.])(?!\d{1,3},\d{3})(?=[\dadefhjlmnoqstwcgiklpuvwxyzś-ź\u0621-\u064a])"  # no date begins with another sign, or with thousands
    r"(?=\d|[^\W_]{2}|[IVX][.\s])(?:"  # nor with a single letter, but for the numbers of centuries
    r"(?P<iso>\d{4}-\d{2}-\d{2}\b)"
    r"|(?=\d)(?:(?P<slash>\d{1,2}(?P<mark>[/-])\d{1,2}(?P=mark)(?P<y0>\d{4})\b)"
    r"|(?P<dotted>\d{1,2}\.[\s\u00a0]?\d{1,2}\.[\s\u00a0]?\d{4}(?![.,]?\d))"
    r"|(?P<years_first>\d{4}(?:[年년]\s?\d{1,2}[月월](?:\s?\d{1,2}[日일])?|[/.]\d{1,2}[/.]\d{1,2}(?![./]?\d)))"
    r"|(?P<han_day>\d{1,2}月\s?\d{1,2}[日号號])"
    rf"|(?P<century>(?P<of>\d{{1,2}})(?:st|nd|rd|th|\.|e|ème|º|o)?[\s\u00a0-]{{0,2}}(?:{CENTURY}))"
    rf"|(?=\d)(?P<l4>{before(WORLD_JOINTS)})(?P<d4>\d{{1,2}})(?:\.|er|º|°)?[\s\u00a0]{{1,2}}(?:(?:de|di)\s(?P<m6>{ANY_MONTH})|(?P<m4>{WORLD_MONTH}|{ENGLISH_WORD}(?=\.?[\s\u00a0](?:del?\s)?\d{{4}}\b)))\b\.?"
    r"(?:[\s\u00a0](?:de\s|del\s)?(?P<y4>\d{4})\b)?)"
    rf"|(?=[efnst])(?P<worded_century>(?P<ordinal>{any_of(CENTURY_ORDINALS)})[\s-](?:century|centuries))"
    rf"|(?=[ivxs])(?P<roman_century>(?:siglo|século|secolo)\s(?P<roman>[IVX]{{1,6}})\b|(?P<roman2>[IVX]{{1,6}})(?:e|ème|th|st|nd|rd)?\.?\s(?:{CENTURY}))"
    rf"|(?=[a-zś-ź\u0621-\u064a][^\W\d_]{{2}})(?P<m5>{WORLD_MONTH}|{ENGLISH_WORD}(?=\.?[\s\u00a0]del?\s))\b\.?[\s\u00a0](?:de\s|del\s)?(?P<y5>\d{{4}})\b"
    rf"|(?=[\dt])(?P<l1>{before(JOINTS)})(?P<d1>{DAY})\s{{1,3}}(?:of\s{{1,3}})?(?P<m1>{MONTH}){YEAR % 1}"
    rf"|(?=[^\W\d_]{{3}})(?:(?P<m2>{MONTH})\s{{1,3}}(?P<d2>{DAY})\b(?!\d|[:.]\d)(?P<l2>{behind(MONTH)}){YEAR % 2}"
    rf"|(?P<m3>{MONTH})(?:,?\s{{1,3}}(?:of\s{{1,3}})?(?P<y3>\d{{4}})\b)?"
    rf"|(?P<weekday>{any_of(ALL_WEEKDAYS)})s?\b"
    rf"|(?P<short_weekday>(?-i:{any_of(SHORT_WEEKDAYS)}|{any_of(one.upper() for one in SHORT_WEEKDAYS)})\b)\.?(?=,?[ \u00a0]{{1,2}}(?:\d|{MONTH})))"
    r"|(?P<range_end>(?<=\d[–/-])(?<=(?:1\d|20)\d\d[–/-])\d\d(?![\w%–/-]|[.,:]\d))"
    r"|(?P<quarter>Q[1-4]\b|(?:first|second|third|fourth)[\s-]quarter\b|(?:first|second)\s{1,3}half\s{1,3}of\b)"
    r"|(?P<time>\d{1,2}(?:[.:]\d{2})?\s{0,3}[ap]\.?m\b\.?|(?:[01]?\d|2[0-3]):[0-5]\d\b|(?:noon|midday|midnight)\b)"
    r"|(?P<decade>(?:the\s{1,3})?(?P<first>(?:1\d|20)\d0)s\b)"
    rf"|(?P<year>(?<![$£€.,])(?<!(?<!(?:1\d|20)\d\d)-)(?:1[0-9]|20)\d\d(?![^\W⁰¹²³⁴-⁹])(?![,.]\d|\s{{0,3}}%|\s{{1,3}}{any_of([*CALENDAR['counted'], *COUNTED_UNITS])}s?\b|-(?!\d\d(?:\d\d)?(?![\w-]))\w)))",
    re.IGNORECASE,
)
LEADS_TO_A_DATE = re.compile(rf"\b{any_of(CALENDAR['leads_to_a_date'])}[\s-]{{1,3}}\Z", re.IGNORECASE)
LEADS_IN_SMALL_LETTERS = re.compile(rf"\b{any_of(CALENDAR['leads_in_small_letters'])}\s{{1,3}}\Z", re.IGNORECASE)
# "The port counted 1850 visitors": no year, unless a word before it leads to one.
COUNTED_AFTER = re.compile(r"[ \u00a0][a-zß-ÿ]{4,}(?:s|en|er|ers|i|es|ów|ci)\b")
LIKELY = (1950, 2050)  # what stands without a lead is a year
VERB_BEFORE = re.compile(r"(?<!\w)(?:\w{2,20}ed|had|has|have|with|about|over|than|nearly|some)\s\Z")
YEAR_BEFORE = re.compile(
    r"(?:\b(?:in|since|of|by|from|until|till|during|to|and|the|a|an|late|early|mid|year|after|before|between|through|for|its|his|their|this|next|last|[A-Z]\w+"
    r"|im|jahr|jahre|seit|von|bis|vor|nach|der|die|das|den|dem|en|de|del|el|la|le|les|dès|depuis|année|año|anno|ano|nel|dal|dei|il|em|desde|sinds|uit|tot|het|w|od|do|roku|z)\s|[,(–-]\s?|\A|[.!?]\s)\Z",
)
DIGITS = re.compile(r"\d+")
BEHIND_A_DAY = sorted(
    {
        form
        for word in (*MONTHS, *WORLD_MONTHS, *CENTURY_BEGINS, "of", "de", "di")
        for form in (word[:2].lower(), word[:2].capitalize(), word[:2].upper())
    }
)
"""How a word begins that may stand behind the number of a day or a century."""
DAY_OR_YEAR = rf"[0-9]{{4}}|(?<=[0-9][–/-])[0-9]{{2}}(?![0-9])|[0-9]{{1,2}}(?=[-/.月]|(?:st|nd|rd|th|er|e|ème|[º°o])?\.?(?:[\s\u00a0-]{{0,4}}{any_of(BEHIND_A_DAY)}|{BEHIND_ANOTHER}))"
CENTURY_BEFORE = Lead(
    re.compile(
        rf"(?<![A-Za-z\d])(?:[IVX]{{1,6}}(?:e|ème|th|st|nd|rd)?\.?\s|{any_of(CENTURY_ORDINALS)}[\s-])\Z", re.IGNORECASE
    ),
    frozenset(f"ivxIVXeE.{''.join({word[-1] for word in CENTURY_ORDINALS})}DHT"),
)
LAST_DAY = 31
REACH = 20  # code points before a month in which the word stands that leads to it


class TimeExpression(NamedTuple):
    """A date or time in a text. What it leaves open is None."""

    start: int
    end: int
    kind: str
    """`date`, `weekday`, `time`, `year`, `century` or `quarter`."""
    year: tuple[int, int] | None = None
    """First and last year that it may mean."""
    month: tuple[int, int] | None = None
    day: tuple[int, ...] | None = None
    """Its day twice, or all days that a range or a list names."""
    weekday: int | None = None
    """0 is Monday."""
    turned: tuple[int, int] | None = None
    """Month and day in the other order, where "03/04/2024" leaves that open."""


@lru_cache(maxsize=512)
def time_expressions(text: str) -> tuple[TimeExpression, ...]:
    """Return the dates and times of a text in order.

    >>> [(m.kind, m.month, m.day) for m in time_expressions("It closed on 3 May; on May 4, 2021 Augusta may march.")]
    [('date', (5, 5), (3, 3)), ('date', (5, 5), (4, 4))]
    """
    found = (_read(text, match) for match in EXPRESSION.finditer(text))
    return tuple(one for one in found if one)


def of_source(text: str) -> Iterator[TimeExpression]:
    """The dates of a whole source, without the quarters and the times of day; none of them is remembered."""
    matches = sifted(EXPRESSION, text, _begins(), CENTURY_BEFORE)
    return (one for match in matches if (one := _read(text, match)) and one.kind not in ("time", "quarter"))


@cache
def _begins() -> tuple[re.Pattern[str], ...]:
    return sieve(
        [*MONTHS, *WORLD_MONTHS, *ALL_WEEKDAYS, *SHORT_WEEKDAYS, *CENTURY_BEGINS, "siglo"], figures=DAY_OR_YEAR
    )


def _read(text: str, match: re.Match[str]) -> TimeExpression | None:
    start, end = match.span()
    if match["iso"]:
        year, month, day = (int(part) for part in match["iso"].split("-"))
        return TimeExpression(start, end, "date", (year, year), (month, month), (day, day))
    if match["slash"]:
        return _either_way(start, end, *(int(part) for part in DIGITS.findall(match["slash"])))
    if match["dotted"]:
        day, month, year = (int(part) for part in DIGITS.findall(match["dotted"]))
        return _dated(start, end, year, month, day)
    if match["years_first"]:
        year, month, *given = (int(part) for part in DIGITS.findall(match["years_first"]))
        return _dated(start, end, year, month, given[0] if given else None)
    if match["han_day"]:
        month, day = (int(part) for part in DIGITS.findall(match["han_day"]))
        return _dated(start, end, None, month, day)
    if match["worded_century"] or match["century"] or match["roman_century"]:
        number = (
            ORDINALS[spelled(match["ordinal"])]
            if match["ordinal"]
            else int(match["of"])
            if match["of"]
            else _roman(match["roman"] or match["roman2"])
        )
        return TimeExpression(start, end, "century", (number * 100 - 99, number * 100)) if number else None
    if name := match["m4"] or match["m5"] or match["m6"]:
        named, number = int(match["y4"] or match["y5"] or 0) or None, WORLD_MONTHS[spelled(name)]
        if not match["d4"]:
            return _dated(start, end, named, number, None)
        start, end, days = days_of(match, "4")
        return _dated(start, end, named, number, *days)
    if name := match["m1"] or match["m2"] or match["m3"]:
        return _of_month(text, match, spelled(name).rstrip("."))
    return _without_month(text, match)


def _without_month(text: str, match: re.Match[str]) -> TimeExpression | None:
    """A weekday, year, decade, quarter or time."""
    start, end = match.span()
    if match["weekday"]:
        return TimeExpression(start, end, "weekday", weekday=ALL_WEEKDAYS[spelled(match["weekday"])])
    if match["short_weekday"]:
        return TimeExpression(start, end, "weekday", weekday=SHORT_WEEKDAYS[match["short_weekday"].capitalize()])
    if match["range_end"]:
        return _end_of_range(text, start, end)
    if match["decade"]:
        return TimeExpression(start, end, "year", (int(match["first"]), int(match["first"]) + 9))
    if match["year"]:
        return None if _is_counted(text, start, end) else TimeExpression(start, end, "year", _years(match["year"]))
    return TimeExpression(start, end, "time" if match["time"] else "quarter")


def _end_of_range(text: str, start: int, end: int) -> TimeExpression | None:
    """The later year of "1984–87"; None where it would be none, as in "2021-05"."""
    first, last = text[start - 5 : start - 1], text[start:end]
    if last <= first[2:] or text[start - 6 : start - 5].isalnum():
        return None
    return TimeExpression(start, end, "year", _years(first[:2] + last))


def _is_counted(text: str, start: int, end: int) -> bool:
    """Whether what looks like a year says how many: "The port counted 1850 visitors"."""
    if COUNTED_AFTER.match(text, end) is None or YEAR_BEFORE.search(text, max(0, start - REACH), start):
        return False
    recent = LIKELY[0] <= int(text[start:end]) <= LIKELY[1]  # "euro 2016 qualifiers"
    return not recent or VERB_BEFORE.search(text, max(0, start - REACH), start) is not None


def _dated(start: int, end: int, year: int | None, month: int, day: int | None, *more: int) -> TimeExpression | None:
    """A date in numbers; None where no calendar has it."""
    if not 1 <= month <= 12 or not 1 <= (day or 1) <= LAST_DAY:
        return None
    years = (year, year) if year else None
    return TimeExpression(start, end, "date", years, (month, month), (day, *(more or (day,))) if day else None)


def _either_way(start: int, end: int, one: int, other: int, year: int) -> TimeExpression:
    """A date of which the first number may be the day or the month."""
    found = _dated(start, end, year, other, one) or _dated(start, end, year, one, other)
    if found is None:
        return TimeExpression(start, end, "date", (year, year))
    return found._replace(turned=(one, other)) if one <= 12 and other <= 12 and one != other else found


ROMAN = {"i": 1, "v": 5, "x": 10}


def _roman(form: str) -> int:
    """The value of a Roman numeral of small numbers."""
    worth = [ROMAN[letter] for letter in form.lower()]
    return sum(-one if one < following else one for one, following in zip(worth, [*worth[1:], 0], strict=True))


def _of_month(text: str, match: re.Match[str], name: str) -> TimeExpression | None:
    """A month with whatever day and year stand beside it; None for "may", the verb, and "June", the woman."""
    if match["m3"]:
        years = _years(match["y3"])
        led = name not in ALSO_WORDS or _is_led_to(text[max(0, match.start() - REACH) : match.start()], match["m3"])
        found = TimeExpression(*match.span(), "date", years, (MONTHS[name], MONTHS[name]))
        return found if years or led else None
    start, end, days = days_of(match, "1" if match["m1"] else "2")
    year = match["y1"] or match["y2"] if end == match.end() else None
    return _dated(start, end, int(year) if year else None, MONTHS[name], *days)


def _is_led_to(before: str, month: str) -> bool:
    leads = LEADS_TO_A_DATE if month[0].isupper() else LEADS_IN_SMALL_LETTERS
    return leads.search(before) is not None


def _years(digits: str | None) -> tuple[int, int] | None:
    return (int(digits), int(digits)) if digits else None
