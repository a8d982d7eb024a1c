"""The days of a range or a list beside the one month that is named: "3 to 7 July", "July 3, 5 and 10", "24./25. Dezember"."""

import re
from itertools import pairwise
from typing import NamedTuple

from summarizer.language.lexicon import lexicon
from summarizer.language.patterns import any_of
from summarizer.language.signs import DASHES, HYPHENS

CALENDAR = lexicon("calendar")
JOINTS: list[str] = [*CALENDAR["list_joints"], *CALENDAR["range_joints"]]
WORLD_JOINTS: list[str] = lexicon("calendar", "world")["joints"]
DAY = r"(?:the\s{1,3})?(?:0?[1-9]|[12]\d|3[01])(?!\d)(?:st|nd|rd|th|\.(?=[ \u00a0/–-]))?"
COMMA = r",\s{1,3}"
DASH = rf"\s?[{HYPHENS}{DASHES}/]\s?"
COUNTED = rf"\s{{1,3}}(?:[a-z]{{3,20}}s|{any_of(CALENDAR['no_days'])})\b"
"""What follows a number that is no day: "on July 3 and 10 people"."""
NUMBER = re.compile(r"\d+")
BEHIND_ANOTHER = (
    rf"(?:{DASH}|,\s|,?\s{{1,3}}{any_of(form for word in (*JOINTS, *WORLD_JOINTS) for form in (word, word.upper()))}\s)"
)
"""What stands behind a day that is not the last one, in any of the cases that people write."""
PARTED = re.compile(
    rf"\d\D{{0,6}}(?:[,/]\s?|\s{any_of(CALENDAR['list_joints'])}\s)\D{{0,6}}\d{{1,2}}(?!\d)", re.IGNORECASE
)
"""In a list of days, but not in a range."""
BETWEEN = re.compile(r"\bbetween\s{1,3}\Z", re.IGNORECASE)
BEFORE = 12  # code points in which that stands


def _between(words: list[str]) -> str:
    return rf"(?:{DASH}|,?\s{{1,3}}{any_of(words)}\s{{1,3}})"


def before(words: list[str]) -> str:
    """A pattern of the days before the last one, with what stands between; a comma alone parts none from the last."""
    return rf"(?:(?:{DAY}(?:{COMMA}|{_between(words)})){{0,8}}{DAY}{_between(words)})?"


def behind(month: str) -> str:
    """A pattern of the days behind the first one, which no month and no other unit follows."""
    between = _between(JOINTS)
    last = rf"(?:{DASH}{DAY}\b|{between}{DAY}\b(?!{COUNTED}))"
    none = rf"[.,:]\d|[{HYPHENS}]\w|\s{{0,3}}%|\s{{1,3}}(?:[ap]\.?m\b|(?:of\s{{1,3}})?{month})"
    return rf"(?:(?:(?:{COMMA}|{between}){DAY}\b){{0,8}}{last}(?!{none}))?"


class Days(NamedTuple):
    """Where the date of a match begins and ends, and its days as `TimeExpression` has them."""

    start: int
    end: int
    days: tuple[int, ...]


def days_of(match: re.Match[str], group: str) -> Days:
    """The days of a match with one in the group `d` and others in the group `l` of that number: all, where each is later than the one before."""
    own, others = match[f"d{group}"], match[f"l{group}"] or ""
    follow = match.start(f"l{group}") > match.start(f"d{group}")
    numbers = tuple(map(int, NUMBER.findall(own + others if follow else others + own)))
    if all(one < other for one, other in pairwise(numbers)):
        return Days(*match.span(), numbers if len(numbers) > 1 else numbers * 2)
    start, end = (match.start(), match.end(f"d{group}")) if follow else (match.start(f"d{group}"), match.end())
    return Days(start, end, tuple(map(int, NUMBER.findall(own))) * 2)


def joined(text: str, start: int, end: int) -> str:
    """How a date of a text has several days: by themselves, as a "range", or as what lies "between" two.

    >>> [joined(text, 8, len(text)) for text in ("Open on 3 and 7 July", "It runs 3 to 7 July", "Between 3 and 7 July")]
    ['days', 'range', 'between']
    """
    if BETWEEN.search(text, max(0, start - BEFORE), start):
        return "between"
    return "days" if PARTED.search(text, start, end) else "range"
