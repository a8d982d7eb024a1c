"""Numbers as they are written, in digits or in words, and what they are worth.

Only the number itself; what it counts or measures is read around it by `quantities`.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from summarizer.language.lexicon import lexicon
from summarizer.language.patterns import any_of, spelled
from summarizer.language.source_text import LONG, Lead, sieve, sifted
from summarizer.language.units import CODES, ONES, ORDINALS, SCALES, TENS, UNITS

PARTS: dict[str, int] = lexicon("numbers")["parts"]
SHORT_SCALES: dict[str, float] = lexicon("numbers")["short_scales"]
WORLD_SCALES: dict[str, float] = lexicon("numbers", "world")["scales"]
CODE = "|".join(sorted(CODES))
SCALE = any_of(SCALES)
SIMPLE = any_of([*TENS, *ONES, *(one for one in SCALES if one != "dozen")])
HAN_DIGITS = {
    sign: value
    for value, signs in enumerate(("〇零", "一", "二两両", "三", "四", "五", "六", "七", "八", "九"))
    for sign in signs
}
HAN_TENS = {"十": 10, "百": 100, "千": 1000}
HAN_SCALES = {"万": 1e4, "萬": 1e4, "億": 1e8, "亿": 1e8, "兆": 1e12}
CIRCLED = "①-⑳❶-❿⓫-⓴"
HAN = "".join([*HAN_TENS, *HAN_SCALES])
GROUPED = (
    r"\d{1,2}(?:,\d{2})+,\d{3}(?!\d)|\d{1,3}(?:,\d{3})+(?!\d)"  # 12,34,567; 1,234,567
    r"|\d{1,3}(?:\.\d{3}){2,}(?!\d)|\d{1,3}\.\d{3}(?=,\d{1,2}(?!\d))"  # 1.234.567; 1.234,50
    r"|\d{1,3}(?:['’]\d{3})+(?!\d)|\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d|,(?!\d{1,2}(?!\d)))|\d+"
)
DECIMALS = r"\.\d+|,(?:\d{1,2}|\d{4,})(?!\d|[.,]\d)"
VULGAR = "¼½¾⅐-⅞"
NUMBER = re.compile(
    rf"(?:(?<![A-Za-z])|(?<=[A-Z])(?<=\b(?-i:{CODE})|[$£](?-i:US|GB|CA|AU))(?=\d)|(?=\d)(?<=[rs])(?<=\b(?-i:Rs|[Kk]r)))(?=[\dbdefhimnoqst{VULGAR}{CIRCLED}{HAN}{''.join(HAN_DIGITS)}]|an?[\s-]\s{{0,2}}[bdefhmnqst])(?:"  # no number begins otherwise
    rf"(?P<han>(?<![{HAN}])(?:[\d{''.join(HAN_DIGITS)}][\d.,{''.join(HAN_DIGITS)}]{{0,24}}[{HAN}]|[十百千])[\d{''.join(HAN_DIGITS)}{HAN}]{{0,24}})"
    rf"|(?P<part_of>\b(?:an?\s{{1,3}})?(?P<share>half|quarter|third)\s{{1,3}}(?:of\s{{1,3}})?an?\s{{1,3}}(?P<whole>{SCALE})\b)"
    rf"|(?P<fraction>\b(?:half|(?P<over>an?|{any_of(ONES)})[\s-](?P<part>{any_of(PARTS)})s?)\b)"
    rf"|(?P<digits>(?=[\d{VULGAR}])(?:(?<![^\W_])(?<![.,])|(?<=[A-Z])(?<=\b(?-i:{CODE})|[$£](?-i:US|GB|CA|AU))|(?<=\b(?-i:Rs|[Kk]r|zł|Kč)))(?<!\d['’])(?:{GROUPED})(?:{DECIMALS})?|(?<![^\W_])(?<![.,])(?=[{VULGAR}]))"
    rf"(?P<vulgar>[\s\u2044]?[{VULGAR}]|[ \u00a0]\d{{1,2}}[/⁄]\d{{1,2}}(?![\d/⁄]))?"
    r"(?:(?P<power>(?:\s?[×x·]\s?10)?(?:(?<=10)[⁻⁰¹²³⁴-⁹]+|(?<=10)\^-?\d{1,3}(?!\d)))"
    r"|(?P<ordinal>st|nd|rd|th|\.?[ºª]|(?:ème|ère|er|de|e)(?= [^\W\d_]|[.,;:](?:\s|\Z)))(?!\w)|(?P<short>[kmbt]n?|[ \u00a0\u202f](?:bn|mn|tn))\b|(?P<roman_million>[ \u00a0](?-i:M)(?=[ \u00a0](?-i:[a-zß-ÿ$€£])|\Z))"
    rf"|[\s\u00a0\u202f-]?(?P<scale>{SCALE})\b|[\s\u00a0\u202f]?(?P<world>{any_of(WORLD_SCALES)})(?:\b\.?))?"
    rf"|(?P<ordinalword>\b(?:{any_of(TENS)}-)?{any_of(ORDINALS)}\b)"
    rf"|(?P<circled>[{CIRCLED}])"
    rf"|(?P<words>\b(?:an?\s{{1,3}}{SCALE}|{SIMPLE}(?:(?:\s{{1,3}}and\s{{1,3}}|[\s-]){SIMPLE}){{0,12}}(?:\s{{1,3}}dozen)?)\b)"
    rf")(?P<half>\s{{1,3}}and\s{{1,3}}a\s{{1,3}}half\b(?:\s{{1,3}}(?P<halfscale>{SCALE})\b)?)?",
    re.IGNORECASE,
)
JOINT = re.compile(r"[\s-]+(?:and\s+)?")
COMMA_PAIR = re.compile(r"(?<![\d.,])\d{1,3},\d{1,2}(?![\d.,])")
ONE_GROUP = re.compile(r"\d{1,3}([.,])\d{3}")
OUT_OF = re.compile(r"\s{1,3}(?:out\s{1,3}of|(?P<within>in))\s{1,3}(?:(?:every|each)\s{1,3})?", re.IGNORECASE)
DURATION = any_of(sorted(unit for unit, (dimension, _) in UNITS.items() if dimension == "duration"))
TIME = re.compile(rf"(?<=\d{{4}})(?<!\d{{5}})(?!\d)|[\s-]{{1,3}}{DURATION}s?\b", re.IGNORECASE)
"""What ends a year or follows a span of time: "two in 2019", "three in ten minutes"."""
ARTICLE = Lead(re.compile(r"\ban?[\s-]{1,3}\Z", re.IGNORECASE), frozenset("aAnN"))
RAISED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


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
    if match["circled"]:
        return unicodedata.numeric(match["circled"]), "count"
    if match["han"]:
        return _in_han(match["han"]), "count"
    if match["digits"] is not None:
        number = _written(match["digits"])[0] + _vulgar(match["vulgar"]) + half
        if match["ordinal"]:
            return number, "ordinal"
        return number * _scale(match, times), "count"
    if match["ordinalword"]:
        tens, _, ones = spelled(match["ordinalword"]).rpartition("-")
        return float(TENS.get(tens, 0) + ORDINALS[ones]), "ordinal"
    return (_spoken(match["words"]) + half) * times, "count"


def share_of(match: re.Match[str]) -> tuple[float, int] | None:
    """What a match of `NUMBER` is of the number behind it, in per cent, and where that one ends; None where it is no share.

    >>> [share_of(match) for match in NUMBER.finditer("Nine in ten, 2 out of every 8, but 2 in 2019 and 3 in 10 days")]
    [(90.0, 11), None, (25.0, 29), None, None, None, None, None]
    """
    joint = OUT_OF.match(match.string, match.end())
    whole = NUMBER.match(match.string, joint.end()) if joint else None
    if joint is None or whole is None or (joint["within"] and TIME.match(match.string, whole.end())):
        return None
    (part, kind), (every, other) = value_of(match), value_of(whole)
    return (100 * part / every, whole.end()) if {kind, other} == {"count"} and 0 < part < every else None


def readings(match: re.Match[str]) -> tuple[float, ...]:
    """Every value that a match of `NUMBER` may have: a group of three behind one mark is read differently in two countries.

    >>> [readings(match) for match in NUMBER.finditer("2.500 and 5,8")]
    [(2.5, 2500.0), (5.8,)]
    """
    value, kind = value_of(match)
    if match["world"] and spelled(match["world"]) == "mi":  # millions in Portuguese, miles in English
        return value, value / 1e6
    if kind != "count" or match["digits"] is None or not ONE_GROUP.fullmatch(match["digits"]):
        return (value,)
    scale = _scale(match, SCALES.get(spelled(match["halfscale"] or ""), 1.0))
    return tuple((one + _vulgar(match["vulgar"])) * scale for one in _written(match["digits"]))


def _written(digits: str) -> tuple[float, ...]:
    """The value of digits with their marks, the likelier one first; both where the marks allow two."""
    plain = re.sub(r"['’\s]", "", digits) or "0"
    if one := ONE_GROUP.fullmatch(plain):
        whole, parted = float(plain.replace(one[1], "")), float(plain.replace(",", "."))
        return (whole,) if one[1] == "," else (parted, whole)  # "5,300" with three decimals is rare anywhere
    last = max(plain.rfind("."), plain.rfind(","))
    if last < 0:
        return (float(plain),)
    mark, tail = plain[last], plain[last + 1 :]
    if plain.count(mark) > 1 or (mark == "," and len(tail) == 3):
        return (float(re.sub(r"[.,]", "", plain)),)
    return (float(re.sub(r"[.,]", "", plain[:last]) + "." + tail),)


def _vulgar(form: str | None) -> float:
    """A fraction behind a whole number: "½", "1/2"."""
    bare = (form or "").strip().strip("\u2044")
    if not bare:
        return 0.0
    if len(bare) == 1:
        return unicodedata.numeric(bare)
    over, under = re.split("[/⁄]", bare)
    return int(over) / int(under) if int(under) else 0.0


def _scale(match: re.Match[str], otherwise: float) -> float:
    if match["power"]:
        exponent = int(re.sub(r".*10|\^", "", match["power"], flags=re.DOTALL).translate(RAISED))
        own = 1.0 if "10" in match["power"] else 0.1  # "10⁶" is the ten itself
        return own * 10.0 ** max(-300, min(300, exponent))
    if match["roman_million"]:
        return 1e6
    if match["world"]:
        return WORLD_SCALES[spelled(match["world"])]
    return SHORT_SCALES.get(spelled(match["short"] or ""), SCALES.get(spelled(match["scale"] or ""), otherwise))


def _in_han(form: str) -> float:
    """The value of a number with Chinese or Japanese signs: "3億5000万", "三百"."""
    total = section = 0.0
    digits = ""
    for sign in form:
        if sign in HAN_DIGITS or sign.isdecimal() or sign in ".,":
            digits += str(HAN_DIGITS[sign]) if sign in HAN_DIGITS else sign
            continue
        number = float(digits.replace(",", "")) if digits.strip(".,") else 1.0 if sign in HAN_TENS else 0.0
        digits = ""
        section += number * HAN_TENS.get(sign, 1)
        if sign in HAN_SCALES:
            total, section = total + (section or 1.0) * HAN_SCALES[sign], 0.0
    return (
        total
        + section
        + (
            float(digits.replace(",", ""))
            if digits.strip(".,").replace(",", "").replace(".", "", 1).isdecimal()
            else 0.0
        )
    )


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


def values(text: str) -> Values:
    """Return the numbers of a text; "140m" is 140 metres as well as 140 million."""
    return _values(text) if len(text) < LONG else _values_of_source(text)


@lru_cache(maxsize=256)
def _values(text: str) -> Values:
    return _collected(NUMBER.finditer(text))


@lru_cache(maxsize=4)
def _values_of_source(text: str) -> Values:
    return _collected(sifted(NUMBER, text, _begins(), ARTICLE))


@cache
def _begins() -> tuple[re.Pattern[str], ...]:
    return sieve(
        [*ONES, *TENS, *SCALES, *ORDINALS, *PARTS, "half"], f"¼½¾⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞{CIRCLED}{HAN}{''.join(HAN_DIGITS)}"
    )


def _collected(matches: Iterator[re.Match[str]]) -> Values:
    counts, fractions, known = set(), set(), set()
    for match in matches:
        if share := share_of(match):
            fractions.add(share[0])
        if match[0] in known:
            continue
        known.add(match[0])
        value, kind = value_of(match)
        if kind == "fraction":
            fractions.add(value)
        else:
            counts |= set(readings(match))
            if (match["short"] or "").lower() == "m":
                counts.add(value / SHORT_SCALES["m"])
            if match["vulgar"] and not match["digits"]:
                fractions.add(100 * value)
            counts |= listed_in(match["digits"] or "")
    return Values(frozenset(counts), frozenset(fractions))


def listed_in(digits: str) -> frozenset[float]:
    """The numbers of a pair that a bare comma parts, which may be one number elsewhere.

    >>> sorted(listed_in("3,4")), sorted(listed_in("1,200"))
    ([3.0, 4.0], [])
    """
    pair = COMMA_PAIR.search(digits)
    return frozenset(float(part) for part in re.findall(r"\d+", pair[0])) if pair else frozenset()


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
