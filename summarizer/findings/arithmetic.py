"""What follows from the numbers of the evidence by plain arithmetic: sums, differences, shares, days between dates, lists."""

import calendar
import re
from collections.abc import Sequence

from summarizer.language.quantities import Quantity, same_dimension
from summarizer.language.time_expressions import TimeExpression, time_expressions

LIST_END = re.compile(r"[.;:()]")
LIST_JOINT = re.compile(r",\s{1,3}and\s{1,3}|,\s{1,3}|\s{1,3}and\s{1,3}")
HALF_A_POINT = 0.5  # newspapers round percentages to whole points
ITEM = 60  # code points that a thing in a list may take
SMALL = 12  # counts up to here are told by listing things
PAIR_OF_NAMES = re.compile(r"(?<![\w’'-])[A-Z][\w’'-]{1,30}(?:,[^,.;]{1,60},)? and (?:the )?[A-Z]")
# What joins two numbers that may be added up: "31 hens and 12 ducks", "31 million. The engines cost a further 12 million".
AND = re.compile(r"\band\b", re.IGNORECASE)
MORE = re.compile(r"\b(?:further|another|additional|plus)\W{1,10}\Z", re.IGNORECASE)
APART = 120  # code points between two numbers that may be added up
BOTH = re.compile(r"\b(?:both|pair|couple|twice|double)\b", re.IGNORECASE)
HALF_YEAR = re.compile(r"\b(?:first|second)\s{1,3}half\b|\bhalf\s{1,3}(?:a|of\s{1,3}the)\s{1,3}year\b", re.IGNORECASE)
ANY_YEAR = 2025  # for the days of a month: no leap year


def is_worked_out(quantity: Quantity, own: Sequence[Quantity], given: Sequence[Quantity], text: str) -> bool:
    """Plain arithmetic over the evidence: a difference, a sum of neighbours, a share or a multiple of a number."""
    if quantity.dimension == "score":
        return {divmod(quantity.base, 1000)[0], quantity.base % 1000} <= {other.raw for other in given}
    if quantity.dimension == "duration" and quantity.unit == "month" and quantity.raw == 6 and HALF_YEAR.search(text):
        return True
    if quantity.dimension in ("duration", "age") and _elapsed(quantity, text):
        return True
    for position, first in enumerate(given):
        for second in given[position + 1 : position + 4]:
            one, other = _in_one_unit(first, second)
            if not _adds_up_in(quantity, one, other):
                continue
            joined = _are_added(text[first.end : second.start])
            results = (abs(other.base - one.base), one.base + other.base if joined else 0.0)
            if any(result and abs(result - quantity.base) <= 1e-6 * max(1.0, result) for result in results):
                return True
    counts = [other for other in (*own, *given) if other.dimension == "count" and other.base > 1]
    if quantity.dimension == "percent" and _grown(quantity, given):
        return True
    if quantity.dimension in ("fraction", "percent"):
        return any(
            _is_share(quantity, part.base, whole.base)
            for whole in counts
            for part in given
            if part.dimension == "count"
        )
    return False


def _is_share(quantity: Quantity, part: float, whole: float) -> bool:
    """Whether "a third" or "fewer than half" may be said of so many out of so many."""
    if part == whole:
        return False
    if quantity.low == quantity.high:
        return abs(whole * quantity.base / 100 - part) < 0.5
    return part < whole and quantity.low < 100 * part / whole < quantity.high


def _grown(quantity: Quantity, given: Sequence[Quantity]) -> bool:
    """Whether one number of the evidence is that many per cent more or less than another of its kind."""
    return any(
        abs(100 * abs(one.base - other.base) / other.base - quantity.base) < HALF_A_POINT
        for one in given
        for other in given
        if one.dimension == other.dimension and one.nouns == other.nouns and other.base and one.base != other.base
    )


def _elapsed(quantity: Quantity, text: str) -> bool:
    """Whether two times or years of the evidence lie as far apart as a duration says."""
    known = time_expressions(text)
    minutes = [one.minute for one in known if one.minute is not None]
    years = [one.year[0] for one in known if one.year and one.year[0] == one.year[1]]
    apart = {abs(one - other) / 1440 for one in minutes for other in minutes}
    apart |= _days_apart(known)
    apart |= {abs(one - other) * (1 if quantity.dimension == "age" else 365.25) for one in years for other in years}
    if quantity.low != quantity.high:  # "more than two weeks" for 20 February to 9 March
        return any(quantity.low <= days <= quantity.high for days in apart if days)
    return any(days and abs(days - quantity.base) <= 1e-6 * days for days in apart)


def _days_apart(known: Sequence[TimeExpression]) -> set[float]:
    """Days between the dates of one month or of two in a row: from 20 February to 9 March."""
    dated = [
        (one.month[0], one.day[0])
        for one in known
        if one.month and one.day and one.month[0] == one.month[1] and one.day[0] == one.day[1]
    ]
    return {
        float(other - day + (calendar.monthrange(ANY_YEAR, month)[1] if later == month + 1 else 0))
        for month, day in dated
        for later, other in dated
        if later in (month, month + 1)
    }


def _are_added(between: str) -> bool:
    """Whether the words between two numbers put them together."""
    if len(between) > APART or ";" in between or ":" in between:
        return False
    return bool(MORE.search(between)) or ("." not in between and AND.search(between) is not None)


def _in_one_unit(first: Quantity, second: Quantity) -> tuple[Quantity, Quantity]:
    """ "From 50 to 30 kilometres per hour", "420 tonnes ... a further 300": a bare number takes its neighbour's unit."""
    if _is_bare(first) and second.raw:
        return second._replace(raw=first.raw, base=first.raw * second.base / second.raw), second
    if _is_bare(second) and first.raw:
        return first, first._replace(raw=second.raw, base=second.raw * first.base / first.raw)
    return first, second


def _is_bare(quantity: Quantity) -> bool:
    return quantity.dimension == "count" and not quantity.nouns and not quantity.unit


def _adds_up_in(quantity: Quantity, first: Quantity, second: Quantity) -> bool:
    """Whether the sum or difference of two quantities of the evidence may be told as this one."""
    if first.dimension != second.dimension or first.dimension in ("ordinal", "score", "age", "fraction"):
        return False
    if first.dimension == "percent":
        return quantity.dimension == "points"
    return same_dimension(quantity, first)


def is_listed(quantity: Quantity, text: str) -> bool:
    """Whether the evidence lists that many things."""
    if quantity.dimension != "count" or not 2 <= quantity.base <= SMALL or quantity.base != int(quantity.base):
        return False
    if quantity.base == 2 and BOTH.search(text):
        return True
    sizes = _list_sizes(text)
    if quantity.base == 2 and max(sizes, default=0) <= 2 and PAIR_OF_NAMES.search(text):
        return True
    return int(quantity.base) in sizes


def _list_sizes(text: str) -> set[int]:
    """How many things the lists of a text have: "Sorn, Telby, Marrow and Little Ash" has four."""
    sizes = set()
    for clause in LIST_END.split(text):
        run, start = 0, 0
        for joint in LIST_JOINT.finditer(clause):
            run = run + 1 if joint.start() - start <= ITEM else 0
            start = joint.end()
            if "and" in joint[0] and run:
                sizes.add(run + 1)
                run = 0
    return sizes
