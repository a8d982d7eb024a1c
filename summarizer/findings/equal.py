"""Values that are the same in other forms: "31,000" and "31000", "Mar. 5, 2024" and "2024-03-05", "Müller" and "Mueller".

A network that reads word pieces takes two forms of one value for two values, and believes that one contradicts the other.
So a claim is read in the words that its evidence has for the same value, and no value is put in the place of its equal.
"""

import math
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import Any

from summarizer.findings.initials import Place, in_full_or_short
from summarizer.findings.numbers import PARTS, converted
from summarizer.findings.vocabulary import WORDLIKE, spellings
from summarizer.language.listed_days import joined
from summarizer.language.names import Name, names_in, same_given_name, same_name, title_in_short
from summarizer.language.numerals import values
from summarizer.language.quantities import SHARES, Quantity, stated_quantities
from summarizer.language.time_expressions import TimeExpression, time_expressions

CLOCK = re.compile(r"(?P<hour>\d{1,2})(?:[.:](?P<minute>\d{2}))?\s*(?P<half>[ap])?", re.IGNORECASE)
NOON = 12  # hours
SHORTEST = 5  # letters of a name that may be written with spaces or without
DATES = ("date", "year", "century")
READ = (*DATES, "weekday", "time")


@lru_cache(maxsize=512)  # the pairs of one claim and its windows
def worded_as(claim: str, evidence: str) -> str:
    """The claim with the words of the evidence for each value that both have in different forms.

    >>> worded_as("31000 people met Jürgen at 3.30 pm.", "At 15:30 Juergen met 31,000 people.")
    '31,000 people met Juergen at 15:30.'
    """
    out, at = [], 0
    for start, end, words in sorted(_changes(claim, evidence)):
        if start >= at:
            out += [claim[at:start], words]
            at = end
    return "".join([*out, claim[at:]])


def _changes(claim: str, evidence: str) -> Iterator[Place]:
    yield from _without_weekdays(claim, evidence)
    yield from _of_kind(claim, evidence, time_expressions, same_moment)
    yield from _of_kind(claim, evidence, stated_quantities, same_quantity)
    yield from _bodies(claim, evidence)
    yield from _of_kind(claim, evidence, names_in, lambda one, other, *_: same_spelling(one, other))


def _bodies(claim: str, evidence: str) -> Iterator[Place]:
    """Bodies by their initials or in full; "PM" before a name is no body but a part of it."""
    for start, end, words in in_full_or_short(claim, evidence):
        if not any(name.start <= start and end < name.end for name in names_in(claim)):
            yield start, end, words


def _without_weekdays(claim: str, evidence: str) -> Iterator[Place]:
    """Dates with the day of the week that follows from them, where the evidence has the date alone."""
    own = time_expressions(claim)
    theirs = time_expressions(evidence) if own else ()
    for named, day in pairwise(own):
        if named.kind != "weekday" or claim[named.end : day.start].strip(", ") or _weekday(day) != named.weekday:
            continue
        alike = [one for one in theirs if same_moment(day, one, claim, evidence)]
        if alike and not any(one.weekday == named.weekday for one in theirs):
            yield named.start, day.end, " ".join(evidence[alike[0].start : alike[0].end].split())


def _weekday(moment: TimeExpression) -> int | None:
    """The day of the week of a date, Monday being 0; None where the date is not a single day."""
    parts = [part[0] for part in (moment.year, moment.month, moment.day) if part and part[0] == part[1]]
    with suppress(ValueError):
        return date(*parts).weekday() if len(parts) == 3 else None
    return None


def _of_kind(
    claim: str, evidence: str, read: Callable[[str], Sequence[Any]], same: Callable[[Any, Any, str, str], bool]
) -> Iterator[Place]:
    own = read(claim)
    theirs = read(evidence) if own else ()
    for one in own:
        words = claim[one.start : one.end]
        alike = [evidence[other.start : other.end] for other in theirs if same(one, other, claim, evidence)]
        if alike and words not in alike:
            stop = "." if words.endswith(".") and not alike[0].endswith(".") else ""  # "at 3 p.m." may end a sentence
            yield one.start, one.end, " ".join(alike[0].split()) + stop


def same_quantity(one: Quantity, other: Quantity, text: str, others: str) -> bool:
    """Whether two quantities, each of its text, are one: with one sign, of one dimension, in whatever unit or notation."""
    if one.sign != other.sign or {one.dimension, other.dimension} & {"label", "score"}:
        return False
    both = {one.dimension, other.dimension}
    if both == PARTS.keys():
        return math.isclose(one.raw * PARTS[one.dimension], other.raw * PARTS[other.dimension])
    if len(both) > 1 and not both <= SHARES:
        return False
    if math.isclose(one.base, other.base) or converted(one, other):
        return True
    if one.unit != other.unit or "fraction" in both:
        return False
    mine, theirs = values(text[one.start : one.end]), values(others[other.start : other.end])
    return bool(mine.counts & theirs.counts)


def same_moment(one: TimeExpression, other: TimeExpression, text: str, others: str) -> bool:
    """Whether two dates or times, each of its text, are one; what can be read in two ways is so where a way is shared.

    The other one may have a year where the one has none.
    """
    if one.kind != other.kind or one.kind not in READ:
        return False
    if one.kind == "time":
        return not _minutes(text[one.start : one.end]).isdisjoint(_minutes(others[other.start : other.end]))
    if one.kind == "weekday":
        return one.weekday == other.weekday
    several = one.day is not None and one.day[0] != one.day[-1]
    if several and joined(text, one.start, one.end) != joined(others, other.start, other.end):
        return False  # "closed from 13 and 16 April"
    return one.year in (None, other.year) and not _ways(one).isdisjoint(_ways(other))


def is_told(one: TimeExpression, other: TimeExpression, text: str, others: str) -> bool:
    """Whether a date or time is the other one as far as it goes: its month, a day of its range, some year of its decade, or a year
    that only one names.
    """
    if same_moment(one, other, text, others):
        return True
    if one.kind != other.kind or one.kind not in DATES:
        return False
    years = not (one.year and other.year) or one.year[0] <= other.year[0] <= other.year[1] <= one.year[1]
    days = one.day is None or any(mine <= theirs for mine in _ways(one) for theirs in _ways(other))
    return years and one.month == other.month and days


def _ways(moment: TimeExpression) -> frozenset[frozenset[tuple[int | None, int | None]]]:
    """The days of a date, each with its month: in either order where nobody knows which is which."""
    month = moment.month[0] if moment.month else None
    days = frozenset((month, day) for day in moment.day or (None,))
    return frozenset({days, frozenset({moment.turned})} if moment.turned else {days})


def _minutes(clock: str) -> frozenset[int]:
    """The minutes of the day that a time of the clock may be."""
    found = CLOCK.match(clock)
    if not found:
        return frozenset({0 if clock.lower() == "midnight" else NOON * 60})
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    if found["half"]:
        hours = {hour % NOON + (NOON if found["half"] in "pP" else 0)}
    else:
        hours = {hour, hour + NOON} if 0 < hour < NOON else {hour}
    return frozenset(one * 60 + minute for one in hours)


def may_be_one(one: Name, other: Name) -> bool:
    """Whether two names may be of one bearer, in short, in full or in another spelling."""
    return same_name(one, other) or same_spelling(one, other)


def same_spelling(one: Name, other: Name) -> bool:
    """Whether two names are one word for word, but for accents, initials, titles, short forms and spaces."""
    mine, theirs = one.tokens, other.tokens
    if _agree(mine, theirs) or _agree(_without_initials(mine), _without_initials(theirs)) or _join(mine, theirs):
        return True
    return 1 in (title_in_short(one, other), title_in_short(other, one)) and same_name(one, other)


def _agree(mine: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether each word is the other's, its initial or short form; the last one is neither, but may be a number: "World War I"."""
    if len(mine) != len(theirs):
        return False
    last = len(mine) - 1
    return all(
        not spellings(own).isdisjoint(spellings(their))
        or (place < last and (own[0] == their[0] if 1 in (len(own), len(their)) else same_given_name(own, their)))
        for place, (own, their) in enumerate(zip(mine, theirs, strict=True))
    )


def _join(mine: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether both have the same letters and differ in spaces, hyphens or dots alone: "ExxonMobil", "Coca Cola"."""
    own, their = ("".join(WORDLIKE.findall("".join(words))) for words in (mine, theirs))
    return len(own) >= SHORTEST and not spellings(own).isdisjoint(spellings(their))


def _without_initials(tokens: Sequence[str]) -> Sequence[str]:
    """The words of a name without its initials, where two others are left."""
    words = [one for one in tokens[:-1] if len(one) > 1]
    return [*words, *tokens[-1:]] if words else tokens
