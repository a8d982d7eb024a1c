"""Replace dates, times and weekdays."""

import re
from collections.abc import Iterator

from summarizer.language.time_expressions import WEEKDAYS, TimeExpression, time_expressions
from summarizer.mutation.context import Change, SentenceContext, is_open_ended, is_quoted, like_case
from summarizer.mutation.numbers import with_suffix

FULL_MONTHS = (
    "January February March April May June July August September October November December".split()
)  # fmt: skip
SHORT_MONTHS = "Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec".split()
WORKDAYS = tuple(name.capitalize() for name in WEEKDAYS)[:5]
DAY_NUMBER = re.compile(r"(?<!\d)(\d{1,2})(st|nd|rd|th)?(?![\d:.]?\d)")
MONTH_NAME = re.compile(rf"\b(?:{'|'.join(FULL_MONTHS)}|(?:{'|'.join(SHORT_MONTHS)})(?=\.|\b))")
CLOCK = re.compile(r"(?<!\d)\d{1,2}(?!\d)")
QUARTERS = ("first", "second", "third", "fourth")
QUARTER = re.compile(
    r"\b(first|second|third|fourth)(?=[\s-]quarter)|\bQ([1-4])\b|\b(first|second)(?=\s{1,3}half)", re.IGNORECASE
)
JOINED = re.compile(r"[/–-]\d|\d?[/–-]\Z")
NAMED = re.compile(r"(?<!\w)[A-Z][\w’'-]{1,30}\s{1,3}\Z")
LEAD_IN = re.compile(r"\b(?:In|By|Since|From|Until|Before|After|During|Between|Of|Early|Late|Mid)\s{1,3}\Z")
DAYS_APART = (-9, -6, -4, -3, -2, 2, 3, 4, 6, 9)
YEARS_APART = (-9, -7, -5, -4, -3, -2, 2, 3, 4)
HOURS_APART = (-3, -2, -1, 1, 2, 3)
LAST_DAY = 28  # every month has it


def weekday(context: SentenceContext) -> Iterator[Change]:
    """Another day of the week; a working day for a working day."""
    for found in time_expressions(context.text):
        old = context.text[found.start : found.end]
        if found.kind != "weekday" or "end" in old.lower() or is_quoted(context.text, found.start, found.end):
            continue
        plural = old[-1] if old.lower().endswith("days") else ""
        names = WORKDAYS if old.removesuffix("s").capitalize() in WORKDAYS else ("Saturday", "Sunday", "Friday")
        for name in names:
            if name.lower() != old.lower().removesuffix("s"):
                yield Change(found.start, found.end, like_case(name, old) + plural, (name, f"{name}s"))


def date(context: SentenceContext) -> Iterator[Change]:
    """Another day, month, year, quarter or hour in the same format."""
    for found in time_expressions(context.text):
        if is_quoted(context.text, found.start, found.end) or is_open_ended(context.text, found.start):
            continue
        if found.kind == "date":
            yield from _of_month(context.text, found)
        elif found.kind == "year":
            yield from _year(context, found)
        elif found.kind == "time":
            yield from _time(context.text, found)
        elif found.kind == "quarter":
            yield from _quarter(context.text, found)


def _of_month(text: str, found: TimeExpression) -> Iterator[Change]:
    words = text[found.start : found.end]
    month = MONTH_NAME.search(words)
    if not month or JOINED.match(text, found.end) or JOINED.search(text, max(0, found.start - 2), found.start):
        return
    day = DAY_NUMBER.search(words)
    if day and found.day and found.day[0] == found.day[1]:
        for step in DAYS_APART:
            if 1 <= (new := int(day[1]) + step) <= LAST_DAY:
                written = with_suffix(new) if day[2] else str(new)
                yield _within(text, found, day, written)
    names = FULL_MONTHS if month[0] in FULL_MONTHS else SHORT_MONTHS
    for name in names:
        if name[:3] != month[0][:3] and not (name == "May" and not day):
            yield _within(text, found, month, name)


def _within(text: str, found: TimeExpression, part: re.Match[str], new: str) -> Change:
    """A part of a date exchanged; what must not stand elsewhere is day and month, without the year."""
    start, end = found.start + part.start(), found.start + part.end()
    whole = text[found.start : start] + new + text[end : found.end]
    forms = {whole, re.sub(r",?\s\d{4}$", "", whole)}
    return Change(start, end, new, tuple(sorted(form for form in forms if form)))


def _year(context: SentenceContext, found: TimeExpression) -> Iterator[Change]:
    text = context.text
    old = re.fullmatch(r"((?:the\s{1,3})?)(\d{4})(s?)", text[found.start : found.end])
    before = text[max(0, found.start - 40) : found.start]
    if not old or JOINED.match(text, found.end) or JOINED.search(before[-2:]):
        return
    if NAMED.search(before) and not LEAD_IN.search(before):  # "Vision 2030"
        return
    year, start = int(old[2]), found.start + len(old[1])
    others = [one.year[0] for one in time_expressions(text) if one.year and one is not found]
    latest = max((one.year[1] for one in time_expressions(context.article) if one.year), default=year)
    for step in YEARS_APART:
        new = year + (10 * step if old[3] else step)
        in_order = all((new < other) == (year < other) and new != other for other in others)
        if in_order and new <= max(latest, year) and (new // 100 == year // 100 or not old[3]):
            yield Change(start, start + 4, str(new), (f"{new}{old[3]}",))


def _time(text: str, found: TimeExpression) -> Iterator[Change]:
    words = text[found.start : found.end]
    if words.lower() in ("noon", "midnight"):
        new = "midnight" if words.lower() == "noon" else "noon"
        yield Change(found.start, found.end, like_case(new, words), (new,))
        return
    clock = CLOCK.search(words)
    if not clock or clock.start() != 0:
        return
    top = 12 if re.search(r"[ap]\.?m|in\s{1,3}the", words) else 23
    for step in HOURS_APART:
        new = str(int(clock[0]) + step).zfill(len(clock[0]) if clock[0][0] == "0" else 1)
        if 1 <= int(new) <= top and len(new) == len(clock[0]):
            whole = new + words[clock.end() :]
            yield Change(found.start, found.start + clock.end(), new, (whole,))


def _quarter(text: str, found: TimeExpression) -> Iterator[Change]:
    match = QUARTER.search(text, found.start, found.end + 8)
    if not match:
        return
    at = match.start(match.lastindex or 0), match.end(match.lastindex or 0)
    names = "1234" if match[2] else QUARTERS[:2] if match[3] else QUARTERS
    for name in names:
        if name != text[slice(*at)].lower():
            new = like_case(name, text[slice(*at)])
            yield Change(*at, new, (text[match.start() : at[0]] + new + text[at[1] : found.end],))
