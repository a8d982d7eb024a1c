"""Quantities in a text: numbers with what they count or measure.

"Nearly 2 million parcels", "€3.40 an hour", "a 34-mile line" and "two-thirds" get a value and
a dimension, so that a claim and its source can be compared whatever their words. Dates are
another module's.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from summarizer.language.names import POSSESSIVE
from summarizer.language.numerals import NUMBER, share_of, value_of
from summarizer.language.patterns import LETTERS, any_of, spelled
from summarizer.language.signs import COMPARISON, CURRENCY_SIGNS, MINUSES, plain_sign
from summarizer.language.time_expressions import time_expressions
from summarizer.language.units import CODES, CURRENCIES, FAHRENHEIT, NUMBERS, SPEEDS, UNITS
from summarizer.language.words import STOP_WORDS, stem

SIGNS = rf"(?:US|JP|AU|CA|NZ|HK|SG|NT|MX|CN|GB|A|C|S)?[{CURRENCY_SIGNS}](?:US|AU|CA|GB|HK|NZ)?"
CURRENCY_BEFORE = re.compile(
    rf"({SIGNS}|\b(?-i:{any_of(sorted(CODES))}|Rs|R\$|Fr|zł|[Kk]r|Kč)(?=[\s\u00a0\u202f.\d]|\Z)|R\$)\.?[\s\u00a0\u202f]?[{MINUSES}]?\Z",
    re.IGNORECASE,
)
UNIT_AFTER = re.compile(
    rf"[\s\u00a0\u202f-]{{0,2}}+(?=[%‰°a-zà-žµμ℃℉㎀-㏟円元{CURRENCY_SIGNS}])({any_of([*UNITS, *CURRENCIES])})(s?)(?![^\W\d_]|[²³]|[23](?!\d))",
    re.IGNORECASE,
)
SPEED_AFTER = re.compile(
    rf"(?:\s?/\s?|[\s-]{{1,3}}(?:per|an?(?=[\s-]{{1,3}}[hm]))[\s-]{{1,3}})({any_of(SPEEDS)})(?!\w)(?!\s(?:later|earlier|before|after|ago)\b)",
    re.IGNORECASE,
)
"""Behind a length. "A second" may be another one, and "an hour later" tells when."""
# The sign of a number: before it, with a currency between them or not. A dash with a space behind it begins an item of a list.
SIGN_BEFORE = re.compile(
    rf"(?P<sign>{COMPARISON.pattern}|(?<![\w.,)\]%’”])(?<!\d\s)(?:\u2212|[{MINUSES}](?![ \t\n])|(?<!\bor\s)[Mm]inus(?=\s)))\s?(?:[A-Z]{{0,3}}[{CURRENCY_SIGNS}]\s?)?(?P<more>[{MINUSES}])?\Z"
)
BOUNDS: dict[str, list[str]] = NUMBERS["bounds"]
"""Words that say how exact a number is, by what another one may be: `near`, `least`, `most`, `exact`."""
BOUND_BEFORE = re.compile(
    rf"\b(?=[a-z]{{2}}){any_of(word for words in BOUNDS.values() for word in words)}\s{{1,3}}(?:the\s{{1,3}}|an?\s{{1,3}})?(?:{SIGNS})?\Z",
    re.IGNORECASE,
)
PART_OF_UNIT = re.compile(rf"\s{{1,3}}(?:of\s{{1,3}})?an?\s{{1,3}}({any_of(sorted(UNITS))})(?![^\W\d_])", re.IGNORECASE)
"""Behind a fraction: "half an hour", "three quarters of a mile"."""
DEGREES = {"C": "°c", "F": "°f"}
"""What may be written onto a number of degrees: "180C"."""
REST_OF_WORD = re.compile(r"(?<=\d)[A-Za-zµμ]{1,8}(?![^\W_])")
"""What is written onto a number and is no unit that is known: "2.4p", "65W", "2yr"."""
AGE_AFTER = re.compile(r"[\s-]years?[\s-]olds?\b", re.IGNORECASE)
AGE_BEFORE = re.compile(r"\b(?:aged|age|at the age of)\s{1,3}\Z", re.IGNORECASE)
LABELLED = re.compile(r"(?<=\w )(?!(?:In|On|At|By|Of|The)\b)[A-Z][\w’'-]*[a-zA-Z][\s-]\Z|\b[Nn]o\.\s\Z|#\Z")
RANGE_AFTER = re.compile(r"\s{0,2}+(?:[–-]|(?:to|and|bis|und|à|et|a|y|e|en|tot|do|i)\s)\s?\d", re.IGNORECASE)
OTHER_SIDE = re.compile(r"[–-](\d{1,3})(?![\w–-])")
NO_DIGIT = re.compile(r"\D")
WITHIN_CLAUSE = re.compile(r"(?:\.?[ºª°]|\.(?= \w))?[^.,;:!?()\"“”\n]{0,60}")
SHARES = frozenset({"percent", "fraction"})
"""Dimensions of parts of a whole."""
WHOLE = 100.0  # per cent
BEFORE = 40  # code points in which a bound or a currency stands
SIDE = 1_000  # the first number of a score counts so much more than the second
SCORED = 3  # digits of one side of a score
COUNTED = 4  # content words behind a number that may be what it counts
PASSED_OVER = frozenset("of the more other new its their his her those these s".split())


class Quantity(NamedTuple):
    """A quantity in a text."""

    start: int
    end: int
    raw: float
    """The number as written, with its scale: 2,500,000 for "2.5 million"; in per cent for a fraction and for "nine in ten"; 3,002 for the score "3-2"."""
    base: float
    """The number in the first unit of its dimension."""
    dimension: str
    """`count`, `ordinal`, `fraction`, `age`, `score` ("3-2"), `label` ("Route 41"), `money:USD`, `percent`, `length`, `duration`, ..."""
    nouns: frozenset[str]
    """Stems of the content words that follow, and of the letters written onto the number: what is counted."""
    unit: str
    """The unit as written, in lower case."""
    bound: str
    """"more than", "about", "exactly": the words before it that say how exact it is."""
    digits: int
    """Significant digits as written; 0 for words."""
    sign: str = ""
    """"-", "<", "≥" and the like before it, one character for all that mean the same; a minus behind another comes last."""
    marked_from: int = 0
    """Where its sign begins; `start` where it has none."""
    begins_range: bool = False
    """Whether another number follows: "12 to 15"."""


@lru_cache(maxsize=512)
def stated_quantities(text: str) -> tuple[Quantity, ...]:
    """The quantities of a text that are no dates."""
    return quantities(text, tuple((moment.start, moment.end) for moment in time_expressions(text)))


@lru_cache(maxsize=512)
def quantities(text: str, taken: Sequence[tuple[int, int]] = ()) -> tuple[Quantity, ...]:
    """Return the quantities of a text in order, outside the spans already `taken` by dates.

    >>> [(q.base, q.dimension) for q in quantities("A 34-mile line cost £1.2m.")]
    [(54717.696, 'length'), (1200000.0, 'money:GBP')]
    """
    found: list[Quantity] = []
    spans = sorted(taken)
    for match in NUMBER.finditer(text):
        after = bisect_left(spans, match.end(), key=itemgetter(0))
        dated = after > 0 and spans[after - 1][1] > match.start()
        if not dated and not (found and match.start() < found[-1].end):  # "per cent" may hold a number
            found.append(_quantity(text, match))
    return tuple(found)


def _quantity(text: str, match: re.Match[str]) -> Quantity:
    """A number with whatever stands around it: currency, unit, age and bound."""
    value, dimension = value_of(match)
    start, end = match.span()
    raw = base = value
    before = text[max(0, start - BEFORE) : start]
    unit = ""
    if money := CURRENCY_BEFORE.search(before):
        dimension, start = f"money:{_currency(money[1])}", start - len(money[0])
    elif dimension == "count" and (age := AGE_AFTER.match(text, end)):
        dimension, end = "age", age.end()
    elif dimension == "count" and AGE_BEFORE.search(before):
        dimension = "age"
    elif dimension == "count" and (share := share_of(match)):
        raw = base = share[0]
        dimension, end = "fraction", share[1]
    elif match["digits"] and len(match[0]) <= SCORED and (other := OTHER_SIDE.match(text, end)):
        dimension, end = "score", other.end()
        raw = base = value * SIDE + float(other[1])
    elif measured := _measured(text, end, dimension):
        raw = value if dimension == "count" else value / WHOLE
        dimension, unit, worth, end = measured
        base = raw * worth
    elif match["digits"] == match[0] and LABELLED.search(before) and not POSSESSIVE.search(before.rstrip()):
        dimension = "label"
    rest = REST_OF_WORD.match(text, end)
    if rest and rest[0] in DEGREES and dimension == "count":
        dimension, unit = "temperature", DEGREES[rest[0]]
    nouns = frozenset({stem(rest[0].lower())} if rest else ()) | _nouns(text, end := rest.end() if rest else end)
    bound = BOUND_BEFORE.search(before)
    found = SIGN_BEFORE.search(before)
    sign, signed_from = _sign(found, match) if found else ("", start)
    if sign.startswith("-"):
        start = min(start, signed_from)
    if dimension == "temperature":
        base = _in_celsius(-value if sign.startswith("-") else value, unit)
    return Quantity(
        start, end, raw, base, dimension, nouns, unit,
        bound=spelled(bound[0]) if bound else "",
        digits=len(NO_DIGIT.sub("", match["digits"] or "").strip("0")),
        sign=sign,
        marked_from=min(start, signed_from),
        begins_range=RANGE_AFTER.match(text, end) is not None,
    )  # fmt: skip


def _measured(text: str, end: int, kind: str) -> tuple[str, str, float, int] | None:
    """The dimension of the unit behind a number or a fraction, that unit, what one is worth, and where it ends; None where there is none."""
    pattern = {"count": UNIT_AFTER, "fraction": PART_OF_UNIT}.get(kind)
    after = pattern.match(text, end) if pattern else None
    if after is None:
        return None
    unit = spelled(after[1])
    dimension, worth = UNITS.get(unit) or (f"money:{CURRENCIES[unit]}", 1.0)
    if dimension == "length" and (speed := SPEED_AFTER.match(text, after.end())):
        return "speed", unit, worth * SPEEDS[spelled(speed[1])], speed.end()
    return dimension, unit, worth, after.end()


def _sign(found: re.Match[str], number: re.Match[str]) -> tuple[str, int]:
    """The sign before a number, and where it begins; of a number in words it is a word too."""
    if number["digits"] is None and not found["sign"].isalpha():
        return "", number.start()
    sign = plain_sign(found["sign"])
    return sign + ("-" if found["more"] and sign != "-" else ""), number.start() - len(found[0])


def _in_celsius(degrees: float, unit: str) -> float:
    return (degrees - 32) / 1.8 if unit in FAHRENHEIT else degrees


def _currency(written: str) -> str:
    """The code of a currency, or its sign where no code is known."""
    form = spelled(written).rstrip(".")
    form = f"{form[1:]}{form[0]}" if form[1:].isalpha() and form[0] in CURRENCY_SIGNS else form  # "$US"
    return {"rs": "INR", "r$": "BRL", "fr": "CHF"}.get(form) or CURRENCIES.get(form, form)


def _nouns(text: str, end: int) -> frozenset[str]:
    """Stems of the next few content words, up to a mark or a word that carries no content."""
    found: list[str] = []
    window = WITHIN_CLAUSE.match(text, end)
    for word in LETTERS.findall(window[0] if window else ""):
        lower = word.lower()
        if lower in PASSED_OVER:
            continue
        if lower in STOP_WORDS or len(found) == COUNTED:
            break
        found.append(stem(word))
    return frozenset(found)


def same_dimension(one: Quantity, other: Quantity) -> bool:
    """Whether two quantities can be compared: both lengths, both sums of money, a percentage and a fraction."""
    return one.dimension == other.dimension or {one.dimension, other.dimension} == SHARES
