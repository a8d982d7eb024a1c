"""Quantities in a text: what is counted or measured, as an interval in one unit.

"Nearly 2 million parcels", "€3.40 an hour", "a 34-mile line", "two-thirds" and
"between 80 and 90" become intervals with a dimension, so that a claim and its
source can be compared whatever their words. Numbers that are part of a name
("Route 41", "BX-737") are no quantities, and dates are another module's.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from math import inf
from typing import NamedTuple

from summarizer.reading.patterns import any_of
from summarizer.reading.words import STOP_WORDS, stem

ONES = dict(
    zip(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split(),
        range(20),
        strict=True,
    )
)
TENS = dict(zip("twenty thirty forty fifty sixty seventy eighty ninety".split(), range(20, 100, 10), strict=True))
SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "dozen": 12.0}
SHORT_SCALES = {"k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "b": 1e9, "tn": 1e12}
ORDINALS = dict(
    zip(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
        "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth thirtieth".split(),
        [*range(1, 21), 30],
        strict=True,
    )
)
PARTS = {
    "half": 2,
    "halves": 2,
    "third": 3,
    "quarter": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
}

CURRENCIES = {
    "$": "USD", "us$": "USD", "usd": "USD", "dollar": "USD", "cent": "cent", "£": "GBP", "gbp": "GBP", "pound": "GBP", "pence": "GBP",
    "€": "EUR", "eur": "EUR", "euro": "EUR", "¥": "JPY", "yen": "JPY", "crown": "crown", "krone": "crown", "kronor": "crown",
    "franc": "CHF", "rouble": "RUB", "ruble": "RUB", "rupee": "INR", "₹": "INR", "peso": "peso", "mark": "mark", "yuan": "CNY", "zloty": "PLN",
    "a$": "AUD", "c$": "CAD", "dinar": "dinar", "lira": "lira", "won": "won",
}  # fmt: skip
# unit: (dimension, factor to its base)
UNITS: dict[str, tuple[str, float]] = {
    "%": ("percent", 1), "percent": ("percent", 1), "per cent": ("percent", 1), "pct": ("percent", 1), "percentage point": ("points", 1),
    "point": ("points", 1), "basis point": ("points", 0.01),
    "mm": ("length", 0.001), "millimetre": ("length", 0.001), "millimeter": ("length", 0.001), "cm": ("length", 0.01),
    "centimetre": ("length", 0.01), "centimeter": ("length", 0.01), "metre": ("length", 1), "meter": ("length", 1), "km": ("length", 1000),
    "kilometre": ("length", 1000), "kilometer": ("length", 1000), "mile": ("length", 1609.344), "yard": ("length", 0.9144),
    "foot": ("length", 0.3048), "feet": ("length", 0.3048), "ft": ("length", 0.3048), "inch": ("length", 0.0254), "inche": ("length", 0.0254),
    "nautical mile": ("length", 1852), "m": ("length", 1),
    "square metre": ("area", 1), "square meter": ("area", 1), "square foot": ("area", 0.0929), "square feet": ("area", 0.0929),
    "square mile": ("area", 2_589_988), "square kilometre": ("area", 1e6), "square kilometer": ("area", 1e6), "hectare": ("area", 1e4), "acre": ("area", 4046.86),
    "gram": ("mass", 0.001), "g": ("mass", 0.001), "mg": ("mass", 1e-6), "milligram": ("mass", 1e-6), "kg": ("mass", 1), "kilogram": ("mass", 1),
    "kilo": ("mass", 1), "lb": ("mass", 0.4536), "ounce": ("mass", 0.02835), "stone": ("mass", 6.35), "tonne": ("mass", 1000), "ton": ("mass", 1000),
    "litre": ("volume", 1), "liter": ("volume", 1), "ml": ("volume", 0.001), "gallon": ("volume", 3.785), "pint": ("volume", 0.568), "barrel": ("barrel", 1),
    "mph": ("speed", 1.609344), "km/h": ("speed", 1), "kph": ("speed", 1), "kmh": ("speed", 1), "knot": ("speed", 1.852),
    "mile an hour": ("speed", 1.609344), "mile per hour": ("speed", 1.609344), "kilometre an hour": ("speed", 1), "kilometer an hour": ("speed", 1),
    "kilometre per hour": ("speed", 1), "kilometer per hour": ("speed", 1),
    "second": ("duration", 1 / 86400), "minute": ("duration", 1 / 1440), "hour": ("duration", 1 / 24), "day": ("duration", 1), "week": ("duration", 7),
    "fortnight": ("duration", 14), "month": ("duration", 30.4375), "year": ("duration", 365.25), "decade": ("duration", 3652.5),
    "century": ("duration", 36525), "centurie": ("duration", 36525), "season": ("season", 1), "night": ("night", 1),
    "watt": ("power", 1), "kw": ("power", 1e3), "mw": ("power", 1e6), "megawatt": ("power", 1e6), "gigawatt": ("power", 1e9), "gw": ("power", 1e9),
    "kilowatt": ("power", 1e3), "volt": ("volt", 1), "megabyte": ("bytes", 1e6), "gigabyte": ("bytes", 1e9), "terabyte": ("bytes", 1e12),
    "mb": ("bytes", 1e6), "gb": ("bytes", 1e9), "tb": ("bytes", 1e12),
}  # fmt: skip
TEMPERATURE = re.compile(
    r"\s{0,3}(?:°\s{0,3}|degrees?\s{1,3}|º\s{0,3})(C|F|celsius|centigrade|fahrenheit)\b|\s{0,3}(C|F)\b(?![\w’'-])",
    re.IGNORECASE,
)

# Words before a number that make it an interval: factors of the number.
MODIFIERS: dict[str, tuple[float, float]] = {
    **dict.fromkeys(("about", "around", "roughly", "approximately", "some", "an estimated", "estimated", "circa"), (0.9, 1.1)),
    **dict.fromkeys(("nearly", "almost", "close to", "just under", "just below", "approaching"), (0.88, 1.0)),
    **dict.fromkeys(("just over", "just above", "slightly more than"), (1.0, 1.1)),
    **dict.fromkeys(("more than", "over", "above", "upwards of", "at least", "a minimum of", "no fewer than", "no less than", "not less than"), (1.0, 2.0)),
    **dict.fromkeys(("fewer than", "less than", "under", "below", "up to", "as many as", "as much as", "at most", "no more than", "a maximum of", "not more than"), (0.5, 1.0)),
    **dict.fromkeys(("exactly", "precisely"), (1.0, 1.0)),
}  # fmt: skip
EXACT, LOWER_BOUND, UPPER_BOUND = "exact", "lower", "upper"

NUMBER_WORD = any_of([*TENS, *ONES, "hundred", "thousand", "million", "billion", "trillion"])
ORDINAL_WORD = any_of(ORDINALS)
NUMBER = re.compile(
    r"(?<![A-Za-z])(?=[\dabdefhimnost])(?:"  # no number begins with another sign
    r"(?P<inof>\b(?P<top>\d{1,3}|one|two|three|four|five|six|seven|eight|nine)\s{1,3}(?:in|out of)\s{1,3}(?:every\s{1,3})?(?P<bottom>\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|twenty|hundred)\b(?!\s{1,3}(?:years?|days?|months?|weeks?|minutes?|hours?)))"
    r"|(?P<halved>\bhalf\s{1,3}an?\s{1,3}(?:hundred|thousand|million|billion|trillion|dozen)\b)"
    r"|(?P<unitword>\b(?:an?|one)\s{1,3}(?P<unit>minute|hour|day|week|fortnight|month|year|decade|century|mile|metre|kilometre|tonne)(?P<andhalf>\s{1,3}and\s{1,3}a\s{1,3}half)?\b)"
    r"|(?P<age>\b(?:in\s{1,3}(?:her|his|their)\s{1,3}(?:early\s{1,3}|mid-?|late\s{1,3})?)(?P<agetens>twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties)\b)"
    r"|(?P<fraction>\b(?:(?P<over>an?|one|two|three|four|five|seven|nine)[\s-](?P<part>half|halves|thirds?|quarters?|fifths?|sixths?|eighths?|tenths?)|half)\b)"
    r"|(?P<digits>(?<![\w.,])(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?![\d,])|\d+(?:\.\d+)?)(?P<ordinal>st|nd|rd|th)?(?:(?P<short>[kmbt]n?)\b)?(?P<dhalf>\s{1,3}and\s{1,3}a\s{1,3}half)?(?![A-Za-z_]{0,20}\d))"
    rf"|(?P<ordinalword>\b(?:{any_of(TENS)}-)?{ORDINAL_WORD}\b)"
    rf"|(?P<words>\b(?:an?\s{{1,3}}(?:hundred|thousand|million|billion|trillion|dozen|couple|score)|{NUMBER_WORD}(?:(?:\s{{1,3}}and\s{{1,3}}|[\s-]){NUMBER_WORD})*(?:\s{{1,3}}dozen)?(?P<whalf>\s{{1,3}}and\s{{1,3}}a\s{{1,3}}half)?)\b)"
    r"|(?P<times>\b(?:once|twice|thrice)\b)"
    r"|(?P<vague>\b(?:dozens|scores|hundreds|thousands|tens of thousands|millions|billions)\b))",
    re.IGNORECASE,
)
SCALE_AFTER = re.compile(r"[\s-]?(hundred|thousand|million|billion|trillion|dozen|bn|mn|tn)\b", re.IGNORECASE)
UNIT_AFTER = re.compile(
    r"[\s\u00a0-]{0,2}(?=[%$£€¥₹a-z])(%|(?:US|A|C)?[$£€¥₹]|(?:percentage|basis)[\s-]+points?|per\s+cent|percent|pct|km/h|square\s+[a-z]+|nautical\s+miles?|(?:miles?|kilomet(?:re|er)s?)\s+(?:an|per)\s+hour|[A-Za-z]+)",
    re.IGNORECASE,
)
MODIFIER_BEFORE = re.compile(
    r"(?:\b(" + "|".join(sorted(MODIFIERS, key=len, reverse=True)) + r"))\s+(?:the\s+|an?\s+)?(?:US|A|C)?[$£€¥₹]?\Z",
    re.IGNORECASE,
)
CURRENCY_BEFORE = re.compile(r"((?:US|A|C)?[$£€¥₹]|\b(?:USD|EUR|GBP)\s?)\Z", re.IGNORECASE)
PER = re.compile(
    r"\s{1,3}(?:[a-z]{1,20}\s{1,3}){0,2}?(?:for\s{1,3})?(?:an?|per|each|every)\s{1,3}(hour|day|week|month|year|night|minute|second|person|household|head|mile|kilometre|tonne|ton|barrel|share|litre|kilo|kilogram|kg|pound|square metre|acre|hectare)\b",
    re.IGNORECASE,
)
LABEL_BEFORE = re.compile(r"(?:\b[A-Z][\w’'-]*|\b[Nn]o\.|#)[\s-]\Z")
AGE_AFTER = re.compile(r"[\s-]years?[\s-]olds?\b|[\s-]year-old")
AGE_BEFORE = re.compile(r"\b(?:aged|age|at the age of)\s+\Z", re.IGNORECASE)
BY_NAME = re.compile(r"(?<![\w’'.-])[A-Z][\w’'.-]{1,40},\s{1,3}\Z")
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
    for match in NUMBER.finditer(text):
        if any(start < match.end() and match.start() < end for start, end in taken):
            continue
        if found and match.start() < found[-1].end:  # the scale or unit of the number before
            continue
        found += list(_quantity(text, match))
    return tuple(_ranges(text, found))


def _quantity(text: str, match: re.Match[str]) -> Iterator[Quantity]:
    value, dimension = _value(match)
    start, end = match.start(), match.end()
    if dimension == "vague":
        low, high = VAGUE[match[0].lower()]
        yield Quantity(start, end, low, high, low, "count", _nouns(text, end), raw=low)
        return
    if dimension == "decade of life":
        yield Quantity(start, end, value, value + 9, value, "age", frozenset(), raw=value)
        return
    if dimension == "one unit":
        name, factor = UNITS[match["unit"].lower()]
        yield Quantity(
            start,
            end,
            value * factor,
            value * factor,
            value * factor,
            name,
            frozenset(),
            raw=value,
            unit=match["unit"].lower(),
        )
        return
    before = text[max(0, start - 40) : start]
    if dimension == "count" and _is_label(text, match, before):
        return
    if dimension == "count" and (scale := SCALE_AFTER.match(text, end)) and match["digits"]:
        word = scale[1].lower()
        value, end = value * (SCALES.get(word) or SHORT_SCALES[word]), scale.end()
    money = CURRENCY_BEFORE.search(before)
    raw, unit_end = value, end
    metres = bool(match["digits"]) and (match["short"] or "").lower() == "m" and money is None
    if metres:
        raw = value / SHORT_SCALES["m"]
    if money:
        dimension, start = f"money:{CURRENCIES[money[1].strip().lower()]}", start - len(money[1])
    elif dimension in ("count", "fraction"):
        dimension, value, unit_end = _unit(text, end, value, dimension)
    unit = "m" if metres else text[end:unit_end].strip(" -").lower().removesuffix("s")
    if dimension in ("count", "duration") and (age := AGE_AFTER.match(text, end)):
        dimension, value, unit_end = "age", float(_value(match)[0]), age.end()
    elif dimension == "count" and value < 120 and _is_age(before, text[end : end + 10]):
        dimension = "age"
    end = max(end, unit_end)
    per = (
        PER.match(text, end)
        if dimension.startswith("money") or dimension in ("count", "barrel", "length", "volume", "mass")
        else None
    )
    low, high, bound, start = _interval(text, start, value)
    digits = len(re.sub(r"\D", "", match["digits"] or "").strip("0")) if match["digits"] else 0
    yield Quantity(
        start,
        end,
        low,
        high,
        value,
        dimension,
        _nouns(text, end),
        per[1].lower() if per else "",
        bound,
        digits,
        raw,
        unit,
    )


def _counts_on(match: re.Match[str]) -> bool:
    """Whether "a third" is the third of several, as in "a third monthly fall", and not a part."""
    after = re.match(r"\s+([a-z]+)", match.string[match.end() :])
    part = match["part"].lower()
    return bool(after) and part not in ("half", "quarter") and after[1] not in PART_FOLLOWED if after else False


PART_FOLLOWED = frozenset(
    "of less more fewer lower higher the in on since last during over from to and or were was are is had have by at as for larger smaller cheaper".split()
)


def _is_age(before: str, after: str) -> bool:
    """Whether a bare number is somebody's age: "aged 34", "Holm, 34," or "was 34 when"."""
    if AGE_BEFORE.search(before):
        return True
    if BY_NAME.search(before):
        return after[:1] in (",", ".", ";")
    return bool(re.search(r"\b(?:was|is|turned)\s+\Z", before) and re.match(r"\s+when\b|[.,;]", after))


def _value(match: re.Match[str]) -> tuple[float, str]:
    """The number and what kind of word it is."""
    if match["digits"]:
        written = re.sub(r"\s+and\s+a\s+half$", "", match["digits"].lower())
        number = float(re.sub(r"[,\s\u00a0\u202f]|st|nd|rd|th|[kmbt]n?$", "", written)) + (
            0.5 if match["dhalf"] else 0.0
        )
        if match["ordinal"]:
            return number, "ordinal"
        return number * SHORT_SCALES.get((match["short"] or "").lower(), 1.0), "count"
    if match["halved"]:
        return 0.5 * SCALES[match[0].lower().split()[-1]], "count"
    if match["unitword"]:
        return 1.5 if match["andhalf"] else 1.0, "one unit"
    if match["age"]:
        return float(TENS[match["agetens"].lower().replace("ies", "y")]), "decade of life"
    if match["inof"]:
        return 100 * _spoken(match["top"]) / _spoken(match["bottom"]), "fraction"
    if match["fraction"] and (match["over"] or "").lower() in ("a", "an") and _counts_on(match):
        return float(PARTS[match["part"].lower()]), "ordinal"
    if match["fraction"]:
        over = (match["over"] or "one").lower()
        part = (match["part"] or "half").lower()
        top = 1 if over in ("a", "an") else ONES[over]
        return 100 * top / PARTS[part if part in PARTS else part.rstrip("s")], "fraction"
    if match["ordinalword"]:
        tens, _, ones = match["ordinalword"].lower().rpartition("-")
        return float(TENS.get(tens, 0) + ORDINALS[ones]), "ordinal"
    if match["times"]:
        return {"once": 1.0, "twice": 2.0, "thrice": 3.0}[match[0].lower()], "count"
    if match["vague"]:
        return 0.0, "vague"
    half = match["whalf"] or ""
    return _spoken(match["words"].removesuffix(half)) + (0.5 if half else 0.0), "count"


def _spoken(words: str) -> float:
    """The value of a number in words, digits or both."""
    total = current = 0.0
    lower = words.lower()
    if lower.isdigit():
        return float(lower)
    for word in re.split(r"[\s-]+", lower):
        if word in ONES or word in TENS:
            current += ONES.get(word, TENS.get(word, 0))
        elif word == "couple":
            current = 2
        elif word == "score":
            current = 20
        elif word in SCALES:
            current = (current or 1) * SCALES[word]
            if SCALES[word] > 100:
                total, current = total + current, 0.0
    return total + current


def _is_label(text: str, match: re.Match[str], before: str) -> bool:
    """Whether the number belongs to a name: "Route 41", "BX-737", "No. 5"."""
    if not match["digits"] or match["short"] or "," in match["digits"]:
        return False
    if re.match(r"0\d", match["digits"]):  # a telephone number or a code
        return True
    if re.search(r"[A-Za-z]-\Z", before):
        return True
    label = LABEL_BEFORE.search(before)
    if not label or text[match.end() : match.end() + 1] in ("%", "-"):
        return False
    word = label[0].strip(" -")
    starts = not before[: label.start()].strip(" \"“‘'(") or before[: label.start()].rstrip()[-1:] in tuple(".!?:;,")
    known = word.lower() in CALENDAR_WORDS or (
        starts and word.lower() in STOP_WORDS | {"some", "nearly", "about", "around", "almost"}
    )
    plural = re.match(r"\s+([a-z]+s)\b", text[match.end() :])
    counted = bool(plural) and plural[1] not in STOP_WORDS if plural else False
    return not known and not counted and not _unit_follows(text, match.end())


CALENDAR_WORDS = frozenset(
    "january february march april may june july august september october november december monday tuesday wednesday "
    "thursday friday saturday sunday".split()
)


def _unit_follows(text: str, end: int) -> bool:
    after = UNIT_AFTER.match(text, end)
    return bool(after) and _unit_name(after[1])[0] is not None if after else False


def _unit_name(word: str) -> tuple[str | None, float]:
    lower = " ".join(word.lower().replace("-", " ").split())
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
    of = re.match(r"\s+(?:of\s+)?an?\s+", text[end:]) if dimension == "fraction" else None
    after = UNIT_AFTER.match(text, end + (of.end() - 1 if of else 0))
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
    word = modifier[1].lower()
    low, high = MODIFIERS[word]
    bound = EXACT if low == high else LOWER_BOUND if high == 2.0 else UPPER_BOUND if low == 0.5 else ""
    return value * low, value * high, bound, start - (len(modifier[0]) - modifier.start(1) + modifier.start())


def _nouns(text: str, end: int) -> frozenset[str]:
    """Stems of the next few content words, up to a comma or a verb-like stop."""
    window = re.match(r"[^.,;:!?()\"“”\n]{0,60}", text[end:])
    found = []
    for word in re.findall(r"[^\W\d_]+", window[0] if window else ""):
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
    return one.dimension == other.dimension == "count" and bool(re.fullmatch(r"[–-]", text[one.end : other.start]))


def _unit_scale(text: str, quantity: Quantity) -> float:
    """What one of the unit is in the base unit, read off the quantity itself."""
    number = NUMBER.search(text, quantity.start, quantity.end)
    value = _value(number)[0] if number else 0.0
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
    if re.fullmatch(r"\s*[–—-]\s*(?:US)?[$£€¥]?", between):
        plural = re.match(r"\s+[a-z]+s\b", text[other.end :])
        return measured or bool(plural)
    if re.fullmatch(r"\s+and\s+", between):
        return lead.endswith("between")
    if re.fullmatch(r"\s+to\s+", between):
        return not lead.endswith(("from", "by", "voted")) and (
            measured or bool(other.nouns) or text[other.end : other.end + 1] in ("", ".", ",")
        )
    return False


def overlaps(one: Quantity, other: Quantity) -> bool:
    """Whether two intervals have a value in common."""
    return one.low <= other.high and other.low <= one.high and one.high < inf
