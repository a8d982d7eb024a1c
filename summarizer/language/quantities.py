"""Quantities in a text: what is counted or measured, as an interval in one unit.

"Nearly 2 million parcels", "€3.40 an hour", "a 34-mile line", "two-thirds" and
"between 80 and 90" become intervals with a dimension, so that a claim and its
source can be compared whatever their words. Numbers that are part of a name
("Route 41", "BX-737") are no quantities, and dates are another module's.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from math import inf
from operator import itemgetter
from typing import NamedTuple

from summarizer.language.numerals import NUMBER, value_of
from summarizer.language.patterns import LETTERS, any_of, spelled
from summarizer.language.units import (
    CURRENCIES,
    EXACT,
    LOWER_BOUND,
    MODIFIERS,
    ONES,
    SCALES,
    SHORT_SCALES,
    UNITS,
    UPPER_BOUND,
)
from summarizer.language.verbs import stem
from summarizer.language.words import STOP_WORDS

TEMPERATURE = re.compile(
    r"\s{0,3}(?:°\s{0,3}|degrees?\s{1,3}|º\s{0,3})(C|F|celsius|centigrade|fahrenheit)\b|\s{0,3}(C|F)\b(?![\w’'-])",
    re.IGNORECASE,
)

SCALE_AFTER = re.compile(r"[\s-]?(hundred|thousand|million|billion|trillion|dozen|bn|mn|tn)\b", re.IGNORECASE)
OF_A_SCALE = re.compile(r"\s{1,3}of\s{1,3}an?\s{1,3}(hundred|thousand|million|billion|trillion)\b", re.IGNORECASE)
OLDEST = 120  # years
RATED = frozenset({"count", "barrel", "length", "volume", "mass"})  # what is told by the hour, the day, ...
UNIT_AFTER = re.compile(
    r"[\s\u00a0-]{0,2}(?=[%$£€¥₹a-z])(%|(?:US|A|C)?[$£€¥₹]|(?:percentage|basis)[\s-]+points?|per\s+cent|percent|pct|km/h|square\s+[a-z]+|nautical\s+miles?|(?:miles?|kilomet(?:re|er)s?)\s+(?:an|per)\s+hour|[A-Za-z]+)",
    re.IGNORECASE,
)
MODIFIER_BEFORE = re.compile(
    rf"\b(?=[a-z]{{2}})({any_of(MODIFIERS)})\s+(?:the\s+|an?\s+)?(?:US|A|C)?[$£€¥₹]?\Z",
    re.IGNORECASE,
)
CURRENCY_BEFORE = re.compile(r"((?:US|A|C)?[$£€¥₹]|\b(?:USD|EUR|GBP)\s?)\Z", re.IGNORECASE)
PER = re.compile(
    r"\s{1,3}+(?:[a-z]{1,20}+\s{1,3}+){0,2}?(?:for\s{1,3})?(?:an?|per|each|every)\s{1,3}(hour|day|week|month|year|night|minute|second|person|household|head|mile|kilometre|tonne|ton|barrel|share|litre|kilo|kilogram|kg|pound|square metre|acre|hectare)\b",
    re.IGNORECASE,
)
LABEL_BEFORE = re.compile(r"(?:\b[A-Z][\w’'-]*|\b[Nn]o\.|#)[\s-]\Z")
AGE_AFTER = re.compile(r"[\s-]years?[\s-]olds?\b|[\s-]year-old")
AGE_BEFORE = re.compile(r"\b(?:aged|age|at the age of)\s+\Z", re.IGNORECASE)
BY_NAME = re.compile(r"(?<![\w’'.-])[A-Z][\w’'.-]{1,40},\s{1,3}\Z")
NO_DIGIT = re.compile(r"\D")
TURNED = re.compile(r"\b(?:was|is|turned)\s{1,9}\Z")
WHEN = re.compile(r"\s{1,9}when\b|[.,;]")
CODE = re.compile(r"0\d")
HYPHENED = re.compile(r"[A-Za-z]-\Z")
PLURAL = re.compile(r"\s{1,9}([a-z]{1,40}s)\b")
OF_ONE = re.compile(r"\s{1,9}(?:of\s{1,9})?an?\s{1,9}")
WITHIN_CLAUSE = re.compile(r"[^.,;:!?()\"“”\n]{0,60}")
DASH, AND, TO = re.compile(r"[–-]"), re.compile(r"\s{1,9}and\s{1,9}"), re.compile(r"\s{1,9}to\s{1,9}")
UP_TO = re.compile(r"\s{0,9}[–—-]\s{0,9}(?:US)?[$£€¥]?")
VAGUE = {
    "dozens": (24, 240),
    "scores": (40, 400),
    "hundreds": (200, 2e3),
    "thousands": (2e3, 2e4),
    "tens of thousands": (2e4, 2e5),
    "millions": (2e6, 2e7),
    "billions": (2e9, 2e10),
}


class Quantity(NamedTuple):
    """A quantity in a text: an interval [low, high] in the base unit of its dimension."""

    start: int
    end: int
    low: float
    high: float
    base: float
    """The number itself, where `low` and `high` come from a word such as "about"."""
    dimension: str
    """`count`, `percent`, `money:USD`, `length`, `duration`, `ordinal`, ..."""
    nouns: frozenset[str]
    """Stems of the words that follow: what is counted."""
    per: str = ""
    """"hour" in "£1.80 an hour"."""
    bound: str = ""
    """`exact`, `lower` or `upper` where a word says so."""
    digits: int = 0
    """Significant digits as written; 0 for words."""
    raw: float = 0.0
    """The number as written, before its unit was turned into the base unit."""
    unit: str = ""
    """The unit as written, in lower case."""


@lru_cache(maxsize=512)
def quantities(text: str, taken: Sequence[tuple[int, int]] = ()) -> tuple[Quantity, ...]:
    """Return the quantities of a text in order, outside the spans already `taken` by dates.

    >>> [(q.low, q.dimension) for q in quantities("A 34-mile line cost £1.2m.")]
    [(54717.696, 'length'), (1200000.0, 'money:GBP')]
    """
    found: list[Quantity] = []
    spans = sorted(taken)
    passed = 0
    for match in NUMBER.finditer(text):
        while passed < len(spans) and spans[passed][1] <= match.start():
            passed += 1
        begun = bisect_left(spans, match.end(), passed, key=itemgetter(0))
        if any(end > match.start() for _, end in spans[passed:begun]):
            continue
        if found and match.start() < found[-1].end:  # the scale or unit of the number before
            continue
        found += list(_quantity(text, match))
    return tuple(_ranges(text, found))


def _quantity(text: str, match: re.Match[str]) -> Iterator[Quantity]:
    """The quantity that a match states, if it states one."""
    value, dimension = value_of(match)
    if dimension in ("vague", "decade of life", "one unit"):
        yield _worded(text, match, value, dimension)
        return
    before = text[max(0, match.start() - 40) : match.start()]
    if dimension == "count" and (_is_label(text, match, before) or _is_note(text, match)):
        return
    yield _measured(text, match, before)


def _worded(text: str, match: re.Match[str], value: float, dimension: str) -> Quantity:
    """ "Scores of sheep", "in her seventies", "a decade"."""
    start, end = match.start(), match.end()
    if dimension == "vague":
        low, high = VAGUE[spelled(match[0])]
        return Quantity(start, end, low, high, low, "count", _nouns(text, end), raw=low)
    if dimension == "decade of life":
        return Quantity(start, end, value, value + 9, value, "age", frozenset(), raw=value)
    unit = spelled(match["unit"] or match["hunit"])
    name, factor = UNITS[unit]
    worth = value * factor
    low, high, bound, start = _interval(text, start, worth)
    return Quantity(start, end, low, high, worth, name, frozenset(), bound=bound, raw=value, unit=unit)


def _measured(text: str, match: re.Match[str], before: str) -> Quantity:
    """A number with whatever stands around it: scale, currency, unit, age, rate and bound."""
    value, dimension = value_of(match)
    start, end = match.start(), match.end()
    if dimension == "fraction" and (scale := OF_A_SCALE.match(text, end)):  # "a quarter of a million"
        value, dimension, end = value / 100 * SCALES[spelled(scale[1])], "count", scale.end()
    elif dimension == "count" and match["digits"] and (scale := SCALE_AFTER.match(text, end)):
        word = spelled(scale[1])
        value, end = value * (SCALES.get(word) or SHORT_SCALES[word]), scale.end()
    money = CURRENCY_BEFORE.search(before)
    metres = bool(match["digits"]) and spelled(match["short"] or "") == "m" and money is None
    raw, unit_end = value / SHORT_SCALES["m"] if metres else value, end
    if money:
        dimension, start = f"money:{CURRENCIES[spelled(money[1])]}", start - len(money[1])
    elif dimension in ("count", "fraction"):
        dimension, value, unit_end = _unit(text, end, value, dimension)
    unit = "m" if metres else text[end:unit_end].strip(" -").lower().removesuffix("s")
    if dimension in ("count", "duration") and (age := AGE_AFTER.match(text, end)):
        dimension, value, unit_end = "age", value_of(match)[0], age.end()
    elif dimension == "count" and value < OLDEST and _is_age(before, text[end : end + 10]):
        dimension = "age"
    end = max(end, unit_end)
    rated = dimension.startswith("money") or dimension in RATED
    per = PER.match(text, end) if rated else None
    low, high, bound, start = _interval(text, start, value)
    return Quantity(
        start, end, low, high, value, dimension, _nouns(text, end),
        per=spelled(per[1]) if per else "",
        bound=bound,
        digits=len(NO_DIGIT.sub("", match["digits"] or "").strip("0")),
        raw=raw,
        unit=unit,
    )  # fmt: skip


def _is_age(before: str, after: str) -> bool:
    """Whether a bare number is somebody's age: "aged 34", "Holm, 34," or "was 34 when"."""
    if AGE_BEFORE.search(before):
        return True
    if BY_NAME.search(before):
        return after[:1] in (",", ".", ";")
    return bool(TURNED.search(before) and WHEN.match(after))


def _is_label(text: str, match: re.Match[str], before: str) -> bool:
    """Whether the number belongs to a name: "Route 41", "BX-737", "No. 5"."""
    if not match["digits"] or match["short"] or "," in match["digits"]:
        return False
    if CODE.match(match["digits"]):  # a telephone number or a code
        return True
    if HYPHENED.search(before):
        return True
    label = LABEL_BEFORE.search(before)
    if not label or text[match.end() : match.end() + 1] in ("%", "-"):
        return False
    word = label[0].strip(" -")
    if word.endswith(("’s", "'s", "s’", "s'")):  # "Ardmoor's 14 staff"
        return False
    starts = not before[: label.start()].strip(" \"“‘'(") or before[: label.start()].rstrip()[-1:] in tuple(".!?:;,")
    known = word.lower() in CALENDAR_WORDS or (
        starts and word.lower() in STOP_WORDS | {"some", "nearly", "about", "around", "almost"}
    )
    plural = PLURAL.match(text, match.end())
    counted = bool(plural) and plural[1] not in STOP_WORDS if plural else False
    return not known and not counted and not _unit_follows(text, match.end())


CALENDAR_WORDS = frozenset(
    "january february march april may june july august september october november december monday tuesday wednesday "
    "thursday friday saturday sunday".split()
)


def _is_note(text: str, match: re.Match[str]) -> bool:
    """Whether the number is the mark of a note: "[3]"."""
    return text[match.start() - 1 : match.start()] == "[" and text[match.end() : match.end() + 1] == "]"


def _unit_follows(text: str, end: int) -> bool:
    after = UNIT_AFTER.match(text, end)
    return bool(after) and _unit_name(after[1])[0] is not None if after else False


def _unit_name(word: str) -> tuple[str | None, float]:
    lower = spelled(word.replace("-", " "))
    for form in (
        lower,
        lower.removesuffix("s"),
        lower.replace("miles", "mile").replace("metres", "metre").replace("meters", "meter"),
    ):
        if form in UNITS:
            return UNITS[form]
        if form in CURRENCIES:
            return f"money:{CURRENCIES[form]}", 0.01 if form in ("cent", "pence") else 1.0
    return None, 1.0


def _unit(text: str, end: int, value: float, dimension: str) -> tuple[str, float, int]:
    """Dimension, value in its base unit, and the end of the unit's words."""
    if dimension == "count" and (degrees := TEMPERATURE.match(text, end)):
        scale = (degrees[1] or degrees[2])[0].upper()
        return "temperature", value if scale == "C" else (value - 32) / 1.8, degrees.end()
    of = OF_ONE.match(text, end) if dimension == "fraction" else None
    after = UNIT_AFTER.match(text, of.end() - 1 if of else end)
    if not after:
        return dimension, value, end
    name, factor = _unit_name(after[1])
    if name is None or (dimension == "fraction" and not of and name != "points"):
        return dimension, value, end
    if after[1] in ("m", "g", "C", "F") and text[end : end + 1] not in (" ", "\u00a0") and after[1] != "g":
        return dimension, value, end
    if dimension == "fraction":
        value /= 100
    return name, value * factor, after.end()


def _interval(text: str, start: int, value: float) -> tuple[float, float, str, int]:
    modifier = MODIFIER_BEFORE.search(text[max(0, start - 40) : start])
    if not modifier:
        return value, value, "", start
    word = spelled(modifier[1])
    low, high = MODIFIERS[word]
    bound = EXACT if low == high else LOWER_BOUND if high == 2.0 else UPPER_BOUND if low == 0.5 else ""
    return value * low, value * high, bound, start - (len(modifier[0]) - modifier.start(1) + modifier.start())


def _nouns(text: str, end: int) -> frozenset[str]:
    """Stems of the next few content words, up to a comma or a verb-like stop."""
    window = WITHIN_CLAUSE.match(text, end)
    found = []
    for word in LETTERS.findall(window[0] if window else ""):
        lower = word.lower()
        if (
            lower
            in ("of", "the", "more", "other", "new", "its", "their", "his", "her", "those", "these", "people's", "s")
            or lower in ONES
        ):
            continue
        if lower in STOP_WORDS:
            break
        found.append(stem(word))
        if len(found) == 4:
            break
    return frozenset(found)


def _ranges(text: str, found: list[Quantity]) -> Iterator[Quantity]:
    """Join "between 80 and 90", "20-25 storeys" and "10 to 15 minutes" into intervals, and "3-2" into scores."""
    position = 0
    while position < len(found):
        one = found[position]
        other = found[position + 1] if position + 1 < len(found) else None
        if other and _is_range(text, one, other):
            scaled = (one.base, one.base * _unit_scale(text, other))
            low = max((low for low in scaled if low < other.high), default=other.high)
            yield other._replace(start=one.start, low=low, high=other.high, base=low)
            position += 2
        elif other and _is_score(text, one, other):
            pair = one.raw * 1000 + other.raw
            yield other._replace(start=one.start, low=pair, high=pair, base=pair, dimension="score", nouns=frozenset())
            position += 2
        else:
            yield one
            position += 1


def _is_score(text: str, one: Quantity, other: Quantity) -> bool:
    return one.dimension == other.dimension == "count" and bool(DASH.fullmatch(text, one.end, other.start))


def _unit_scale(text: str, quantity: Quantity) -> float:
    """What one of the unit is in the base unit, read off the quantity itself."""
    number = NUMBER.search(text, quantity.start, quantity.end)
    value = value_of(number)[0] if number else 0.0
    return quantity.base / value if value else 1.0


def _is_range(text: str, one: Quantity, other: Quantity) -> bool:
    between = text[one.end : other.start]
    if (
        one.dimension not in ("count", other.dimension)
        or one.dimension in ("ordinal", "fraction")
        or one.raw >= other.raw
    ):
        return False
    measured = other.dimension != "count"
    lead = text[max(0, one.start - 12) : one.start].lower().rstrip()
    if UP_TO.fullmatch(between):
        plural = PLURAL.match(text, other.end)
        return measured or bool(plural)
    if AND.fullmatch(between):
        return lead.endswith("between")
    if TO.fullmatch(between):
        return not lead.endswith(("from", "by", "voted")) and (
            measured or bool(other.nouns) or text[other.end : other.end + 1] in ("", ".", ",")
        )
    return False


def same_dimension(claim: Quantity, source: Quantity) -> bool:
    """Whether two quantities can be compared: both lengths, both sums of money, a percentage and a fraction."""
    if claim.dimension == source.dimension:
        return True
    pair = {claim.dimension, source.dimension}
    if pair == {"age", "count"}:  # "Holm (34)"
        return not (claim.nouns if claim.dimension == "count" else source.nouns)
    if "money:cent" in pair:
        return all(one.startswith("money") for one in pair)
    return pair == {"percent", "fraction"}


def overlaps(one: Quantity, other: Quantity) -> bool:
    """Whether two intervals have a value in common."""
    return one.low <= other.high and other.low <= one.high and one.high < inf
