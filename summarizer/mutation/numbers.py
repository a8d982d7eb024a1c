"""Replace numbers and units."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from summarizer.language.patterns import any_of
from summarizer.language.quantities import Quantity, stated_quantities
from summarizer.language.units import ONES, ORDINALS, SCALES, TENS
from summarizer.mutation.context import KEPT, Change, SentenceContext, is_open_ended, is_quoted
from summarizer.mutation.lexicon import CURRENCY_SIGNS, UNITS_EXCHANGED

DIGITS = re.compile(
    r"(?<![\w.,/])\d{1,3}(?:,\d{3}){1,4}(?:\.\d{1,6})?(?![\w/])|(?<![\w.,/])\d{1,9}(?:\.\d{1,6})?(?![\d/])"
)
SPELLED = re.compile(
    rf"(?<!\w)(?=[efnst])(?:(?<!-){any_of(TENS)}-{any_of(list(ONES)[1:10])}|{any_of([*TENS, *list(ONES)[2:]])})(?!\w)",
    re.IGNORECASE,
)
SCALE = re.compile(rf"(?<![\w]){any_of([one for one in SCALES if one != 'dozen'])}(?!\w)")
UNIT = re.compile(rf"(?<![A-Za-z]){any_of(UNITS_EXCHANGED)}(?![\w’'])", re.IGNORECASE)
SIGN = re.compile(r"(?<![A-Z])[$£€]")
FIXED = re.compile(r"\b(?:or|one|and a|to|[–-])\s{0,2}\Z")  # "one or two", the end of a range
FIXED_AFTER = re.compile(r"[\s-](?:of\s{1,3}(?:them|us|which|whom)\b|party|or\b|to\b|in\s{1,3}(?:a|every)\b)|[–/]|-\d")
FACTORS = (0.6, 0.7, 0.8, 1.2, 1.3, 1.4, 1.6, 1.7)
NEAREST, FARTHEST = 0.1, 2.5  # how much the new number differs at least; how many times as large at most
SMALLEST_ORDINAL = 3  # "first" and "second" are said of anything
ORDINAL_NAMES = {int(value): name for name, value in ORDINALS.items()}


def number(context: SentenceContext) -> Iterator[Change]:
    """Another number of like size in the same format; no bound, since "more than 900" may hold of more."""
    taken = {one.raw for one in stated_quantities(context.text)}
    for quantity in _quantities(context.text):
        if quantity.bound or quantity.dimension in ("fraction", "label"):
            continue
        found = _figures(context.text, quantity)
        if quantity.dimension == "score":
            yield from _score(context.text, quantity)
        elif quantity.dimension == "ordinal":
            yield from _ordinal(context.text, quantity)
        elif len(found) == 1 and not _is_fixed(context.text, found[0]):
            forms = _like_digits(context, found[0], quantity) if found[0][0][0].isdigit() else like_words(found[0][0])
            for new in forms:
                value = _value(new)
                if value not in taken:
                    yield Change(found[0].start(), found[0].end(), new, _forms(new))


def unit(context: SentenceContext) -> Iterator[Change]:
    """Another unit, currency or scale for the same number."""
    for quantity in _quantities(context.text):
        words = context.text[quantity.start : quantity.end]
        if quantity.dimension in ("age", "ordinal", "score", "fraction") or len(_figures(context.text, quantity)) != 1:
            continue
        for match in (*UNIT.finditer(context.text, quantity.start, quantity.end), *_signs(context.text, quantity)):
            for new in UNITS_EXCHANGED.get(match[0].lower()) or CURRENCY_SIGNS[match[0]]:
                spelt = _spelt_like(new, context.article)
                at = match.start() - quantity.start
                value = words[:at] + spelt + words[at + len(match[0]) :]
                yield Change(match.start(), match.end(), spelt, (value.strip(),))


def spelled(text: str) -> Sequence[re.Match[str]]:
    """The numbers in words, from two to ninety-nine."""
    return tuple(SPELLED.finditer(text))


def _quantities(text: str) -> Iterator[Quantity]:
    """The quantities outside quotations of which another value would be another statement."""
    for one in stated_quantities(text):
        if not is_quoted(text, one.start, one.end) and not is_open_ended(text, one.start):
            yield one


def _figures(text: str, quantity: Quantity) -> list[re.Match[str]]:
    """The numbers within a quantity, without its scale: a range has two."""
    digits = list(DIGITS.finditer(text, quantity.start, quantity.end))
    return digits or list(SPELLED.finditer(text, quantity.start, quantity.end))


def _signs(text: str, quantity: Quantity) -> Iterator[re.Match[str]]:
    yield from SIGN.finditer(text, quantity.start, quantity.end)
    if quantity.digits or SPELLED.search(text, quantity.start, quantity.end):
        yield from SCALE.finditer(text, quantity.start, quantity.end)


def _is_fixed(text: str, figure: re.Match[str]) -> bool:
    before = text[max(0, figure.start() - 8) : figure.start()]
    return bool(FIXED.search(before) or FIXED_AFTER.match(text, figure.end())) or _value(figure[0]) < 2


def _value(figure: str) -> float:
    if figure[0].isdigit():
        return float(figure.replace(",", ""))
    tens, _, ones = figure.lower().rpartition("-")
    return float(TENS.get(tens, 0) + ONES.get(ones, TENS.get(ones, 0)))


def _forms(figure: str) -> tuple[str, ...]:
    """A number as digits and, where it is small, in words."""
    value = _value(figure)
    words = [name for name, worth in {**ONES, **TENS}.items() if worth == value]
    return (figure, *(words if figure[0].isdigit() else [str(int(value))]))


def like_words(figure: str) -> Iterator[str]:
    """ "Thirty-eight" for "thirty-one", "fourteen" for "twelve", "forty" for "sixty", "six" for "four"."""
    value = _value(figure)
    tens, dash, ones = figure.lower().rpartition("-")
    names = (
        [f"{tens}-{name}" for name in list(ONES)[2:10] if name != ones]
        if dash
        else list(TENS)
        if value >= 20
        else list(ONES)[10:]
        if value >= 10
        else list(ONES)[2:10]
    )
    for name in names:
        if _is_like(_value(name), value) or (dash and name != figure.lower()):
            yield name[:1].upper() + name[1:] if figure[0].isupper() else name


def _like_digits(context: SentenceContext, figure: re.Match[str], quantity: Quantity) -> Iterator[str]:
    """Numbers with as many digits: worked out, and those that the article has of another thing in the same unit."""
    old, value = figure[0], _value(figure[0])
    decimals = len(old.partition(".")[2])
    zeros = len(old.replace(",", "")) - len(old.replace(",", "").rstrip("0")) if not decimals and value >= 10 else 0
    steps = (value * factor for factor in FACTORS) if value >= 10 else (value + step for step in (-3, -2, -1, 1, 2, 3))
    worked = [round(one / 10**zeros) * 10**zeros if zeros else round(one, decimals) for one in steps]
    known = [
        _value(match[0])
        for other in context.others
        for one in _stated(other)
        if (one.dimension, one.unit, one.bound) == (quantity.dimension, quantity.unit, "")
        and not is_quoted(other, one.start, one.end)
        for match in DIGITS.finditer(other, one.start, one.end)
    ]
    for new in dict.fromkeys([*worked, *known]):
        written = f"{new:,.{decimals}f}" if "," in old else f"{new:.{decimals}f}"
        possible = new <= 100 or quantity.dimension != "percent" or value > 100
        if len(written) == len(old) and _value(written) == new and _is_like(new, value) and possible and new >= 2:
            yield written


_stated = lru_cache(maxsize=KEPT)(stated_quantities)  # its own memory is smaller than a long article


def _is_like(new: float, old: float) -> bool:
    return new != old and abs(new - old) >= NEAREST * old and 1 / FARTHEST <= new / old <= FARTHEST


def _score(text: str, quantity: Quantity) -> Iterator[Change]:
    """Another score with the same winner."""
    figures = list(re.finditer(r"\d{1,3}", text[quantity.start : quantity.end]))
    if len(figures) != 2:
        return
    one, other = (int(figure[0]) for figure in figures)
    side = 0 if one >= other else 1
    at = quantity.start + figures[side].start(), quantity.start + figures[side].end()
    for step in (1, 2):
        if one != other:
            new = str(max(one, other) + step)
            whole = f"{new}{text[at[1] : quantity.end]}" if side == 0 else f"{text[quantity.start : at[0]]}{new}"
            yield Change(*at, new, (whole,))
        else:
            joint = text[quantity.start + figures[0].end() : quantity.start + figures[1].start()]
            drawn = f"{one + step}{joint}{one + step}"
            yield Change(quantity.start + figures[0].start(), quantity.start + figures[1].end(), drawn, (drawn,))


def _ordinal(text: str, quantity: Quantity) -> Iterator[Change]:
    """Another place in a row: "the fifth" for "the third", "the 16th" for "the 14th"."""
    old = text[quantity.start : quantity.end]
    value = int(quantity.raw)
    if value < SMALLEST_ORDINAL or FIXED_AFTER.match(text, quantity.end):
        return
    for new in (value - 2, value - 1, value + 1, value + 2, value + 3):
        if new < SMALLEST_ORDINAL:
            continue
        if re.fullmatch(r"\d{1,3}(?:st|nd|rd|th)", old):
            yield Change(quantity.start, quantity.end, with_suffix(new), (with_suffix(new),))
        elif old.lower() == ORDINAL_NAMES.get(value) and new in ORDINAL_NAMES:
            name = ORDINAL_NAMES[new]
            yield Change(quantity.start, quantity.end, name.capitalize() if old[0].isupper() else name, (name,))


def with_suffix(value: int) -> str:
    """ "1st", "2nd", "11th", "23rd"."""
    teen = 10 <= value % 100 <= 20
    return f"{value}{'th' if teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(value % 10, 'th')}"


def _spelt_like(unit: str, article: str) -> str:
    """A unit as the article would spell it: "kilometers" and "percent" where it writes so."""
    if re.search(r"\b(?:kilo|centi|milli)?meters?\b|\bliters?\b|\bcolor|\bcenter\b", article):
        unit = unit.replace("metre", "meter").replace("litre", "liter")
    return unit.replace("per cent", "percent") if re.search(r"\bpercent\b", article) else unit
