"""Numbers as they are written, in digits or in words, and what they are worth.

Only the number itself; what it counts or measures is read around it by `quantities`.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from summarizer.language.lexicon import lexicon
from summarizer.language.patterns import any_of, spelled
from summarizer.language.units import ONES, ORDINALS, SCALES, TENS

PARTS: dict[str, int] = lexicon("numbers")["parts"]
SHORT_SCALES: dict[str, float] = lexicon("numbers")["short_scales"]
SCALE = any_of(SCALES)
SIMPLE = any_of([*TENS, *ONES, *(one for one in SCALES if one != "dozen")])
NUMBER = re.compile(
    r"(?<![A-Za-z])(?=[\dabdefhimnoqst])(?:"  # no number begins with another sign
    rf"(?P<part_of>\b(?:an?\s{{1,3}})?(?P<share>half|quarter|third)\s{{1,3}}(?:of\s{{1,3}})?an?\s{{1,3}}(?P<whole>{SCALE})\b)"
    rf"|(?P<fraction>\b(?:half|(?P<over>an?|{any_of(ONES)})[\s-](?P<part>{any_of(PARTS)})s?)\b)"
    r"|(?P<digits>(?<![\w.,])(?:\d{1,3}(?:,\d{3})+|\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?![\d,])|\d+)(?:\.\d+)?)"
    rf"(?:(?P<ordinal>st|nd|rd|th)\b|(?P<short>[kmbt]n?)\b|[\s-]?(?P<scale>{SCALE})\b)?"
    rf"|(?P<ordinalword>\b(?:{any_of(TENS)}-)?{any_of(ORDINALS)}\b)"
    rf"|(?P<words>\b(?:an?\s{{1,3}}{SCALE}|{SIMPLE}(?:(?:\s{{1,3}}and\s{{1,3}}|[\s-]){SIMPLE}){{0,12}}(?:\s{{1,3}}dozen)?)\b)"
    rf")(?P<half>\s{{1,3}}and\s{{1,3}}a\s{{1,3}}half\b(?:\s{{1,3}}(?P<halfscale>{SCALE})\b)?)?",
    re.IGNORECASE,
)
SEPARATOR = re.compile(r"[,\s]")
JOINT = re.compile(r"[\s-]+(?:and\s+)?")


def value_of(match: re.Match[str]) -> tuple[float, str]:
    """The number of a match of `NUMBER`, and whether it is a `count`, an `ordinal` or a `fraction` (in per cent).

    >>> [value_of(match) for match in NUMBER.finditer("Forty-eight, 2.5 million, the 3rd, two-thirds, half a million")]
    [(48.0, 'count'), (2500000.0, 'count'), (3.0, 'ordinal'), (66.66666666666667, 'fraction'), (500000.0, 'count')]
    """
    half, times = 0.5 if match["half"] else 0.0, SCALES.get(spelled(match["halfscale"] or ""), 1.0)
    if match["part_of"]:
        return SCALES[spelled(match["whole"])] / PARTS[spelled(match["share"])], "count"
    if match["fraction"]:
        over, part = spelled(match["over"] or "one"), spelled(match["part"] or "half")
        return 100 * ONES.get(over, 1) / PARTS[part], "fraction"
    if match["digits"]:
        number = float(SEPARATOR.sub("", match["digits"])) + half
        if match["ordinal"]:
            return number, "ordinal"
        scale = SHORT_SCALES.get(spelled(match["short"] or ""), SCALES.get(spelled(match["scale"] or ""), times))
        return number * scale, "count"
    if match["ordinalword"]:
        tens, _, ones = spelled(match["ordinalword"]).rpartition("-")
        return float(TENS.get(tens, 0) + ORDINALS[ones]), "ordinal"
    return (_spoken(match["words"]) + half) * times, "count"


def _spoken(words: str) -> float:
    """The value of a number in words."""
    total = current = 0.0
    for word in JOINT.split(spelled(words)):
        if word in SCALES:
            current = (current or 1) * SCALES[word]
            if SCALES[word] > 100:
                total, current = total + current, 0.0
        else:
            current += ONES.get(word, TENS.get(word, 0))
    return total + current


class Values(NamedTuple):
    """The numbers of a text, whatever they count; fractions, in per cent, apart from the others."""

    counts: frozenset[float]
    fractions: frozenset[float]


@lru_cache(maxsize=64)
def values(text: str) -> Values:
    """Return the numbers of a text; "140m" is 140 metres as well as 140 million."""
    counts, fractions = set(), set()
    for match in NUMBER.finditer(text):
        value, kind = value_of(match)
        if kind == "fraction":
            fractions.add(value)
        else:
            counts |= {value, value / SHORT_SCALES["m"]} if match["short"] else {value}
    return Values(frozenset(counts), frozenset(fractions))


def number_of(form: str) -> float | None:
    """The value of a word that is a number by itself; None for other words, and for "one", which counts nothing.

    >>> number_of("1,200"), number_of("twelve"), number_of("snow")
    (1200.0, 12.0, None)
    """
    if form[0].isdigit():
        try:
            return float(form.replace(",", ""))
        except ValueError:  # "1.2.3" and digits of other scripts
            return None
    return SPELLED.get(form.lower())


SPELLED = {
    **{word: float(value) for word, value in (ONES | TENS).items() if word not in ("zero", "one")},
    "hundred": 1e2,
    "dozen": 12.0,
}
