"""Numbers as they are written: in digits, in words, as parts, and what they are worth.

Only the number itself; what it counts or measures is read around it by `quantities`.
"""

import re

from summarizer.language.patterns import any_of, spelled
from summarizer.language.units import ONES, ORDINALS, PARTS, SCALES, SHORT_SCALES, TENS

NUMBER_WORD = any_of([*TENS, *ONES, "hundred", "thousand", "million", "billion", "trillion"])
ORDINAL_WORD = any_of(ORDINALS)
NUMBER = re.compile(
    r"(?<![A-Za-z])(?=[\dbdefhimnost]|an?\s)(?:"  # no number begins with another sign
    r"(?P<inof>\b(?P<top>\d{1,3}|one|two|three|four|five|six|seven|eight|nine)\s{1,3}(?:in|out of)\s{1,3}(?:every\s{1,3})?(?P<bottom>\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|twenty|hundred)\b(?!\s{1,3}(?:years?|days?|months?|weeks?|minutes?|hours?)))"
    r"|(?P<halfunit>\bhalf[\s-]{1,3}(?:an?\s{1,3})?(?P<hunit>minute|hour|day|month|year|decade|century|mile|metre|kilometre|tonne)\b)"
    r"|(?P<halved>\bhalf\s{1,3}an?\s{1,3}(?:hundred|thousand|million|billion|trillion|dozen)\b)"
    r"|(?P<unitword>\b(?:an?|one)\s{1,3}(?P<unit>minute|hour|day|week|fortnight|month|year|decade|century|mile|metre|kilometre|tonne)(?P<andhalf>\s{1,3}and\s{1,3}a\s{1,3}half)?\b)"
    r"|(?P<age>\b(?:in\s{1,3}(?:her|his|their)\s{1,3}(?:early\s{1,3}|mid-?|late\s{1,3})?)(?P<agetens>twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties)\b)"
    r"|(?P<fraction>\b(?:(?P<over>an?|one|two|three|four|five|seven|nine)[\s-](?P<part>half|halves|thirds?|quarters?|fifths?|sixths?|eighths?|tenths?)|half)\b)"
    r"|(?P<digits>(?<![\w.,])(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?![\d,])|\d+(?:\.\d+)?)(?P<ordinal>st|nd|rd|th)?(?:(?P<short>[kmbt]n?)\b)?(?P<dhalf>\s{1,3}and\s{1,3}a\s{1,3}half)?(?![A-Za-z_]{0,20}\d))"
    rf"|(?P<ordinalword>\b(?:{any_of(TENS)}-)?{ORDINAL_WORD}\b)"
    rf"|(?P<words>\b(?:an?\s{{1,3}}(?:hundred|thousand|million|billion|trillion|dozen|couple|score)|{NUMBER_WORD}(?:(?:(?:(?<=hundred)|(?<=thousand)|(?<=million)|(?<=billion))\s{{1,3}}and\s{{1,3}}|[\s-]){NUMBER_WORD}){{0,12}}(?:\s{{1,3}}dozen)?(?P<whalf>\s{{1,3}}and\s{{1,3}}a\s{{1,3}}half)?)\b)"
    r"|(?P<times>\b(?:once|twice|thrice)\b)"
    r"|(?P<vague>\b(?:dozens|scores|hundreds|thousands|tens of thousands|millions|billions)\b))",
    re.IGNORECASE,
)

AND_A_HALF = re.compile(r"\s{1,9}and\s{1,9}a\s{1,9}half$")
NO_PART = re.compile(r"[,\s\u00a0\u202f]|st|nd|rd|th|[kmbt]n?$")  # separators and endings
JOINT = re.compile(r"[\s-]+")
NEXT_WORD = re.compile(r"\s{1,9}([a-z]+)")


def value_of(match: re.Match[str]) -> tuple[float, str]:
    """The number and what kind of word it is."""
    if match["digits"]:
        written = AND_A_HALF.sub("", spelled(match["digits"]))
        number = float(NO_PART.sub("", written)) + (0.5 if match["dhalf"] else 0.0)
        if match["ordinal"]:
            return number, "ordinal"
        return number * SHORT_SCALES.get(spelled(match["short"] or ""), 1.0), "count"
    if match["halved"]:
        return 0.5 * SCALES[spelled(match[0]).split()[-1]], "count"
    if match["halfunit"] or match["unitword"]:
        return 0.5 if match["halfunit"] else 1.5 if match["andhalf"] else 1.0, "one unit"
    if match["age"]:
        return float(TENS[spelled(match["agetens"]).replace("ies", "y")]), "decade of life"
    if match["inof"]:
        return 100 * _spoken(match["top"]) / _spoken(match["bottom"]), "fraction"
    if match["fraction"] and spelled(match["over"] or "") in ("a", "an") and _counts_on(match):
        return float(PARTS[spelled(match["part"])]), "ordinal"
    if match["fraction"]:
        over = spelled(match["over"] or "one")
        part = spelled(match["part"] or "half")
        top = 1 if over in ("a", "an") else ONES[over]
        return 100 * top / PARTS[part if part in PARTS else part.rstrip("s")], "fraction"
    if match["ordinalword"]:
        tens, _, ones = spelled(match["ordinalword"]).rpartition("-")
        return float(TENS.get(tens, 0) + ORDINALS[ones]), "ordinal"
    if match["times"]:
        return {"once": 1.0, "twice": 2.0, "thrice": 3.0}[spelled(match[0])], "count"
    if match["vague"]:
        return 0.0, "vague"
    half = match["whalf"] or ""
    return _spoken(match["words"].removesuffix(half)) + (0.5 if half else 0.0), "count"


def _spoken(words: str) -> float:
    """The value of a number in words, digits or both."""
    total = current = 0.0
    lower = spelled(words)
    if lower.isdigit():
        return float(lower)
    for word in JOINT.split(lower):
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


def _counts_on(match: re.Match[str]) -> bool:
    """Whether "a third" is the third of several, as in "a third monthly fall", and not a part."""
    after = NEXT_WORD.match(match.string, match.end())
    part = spelled(match["part"])
    return bool(after) and part not in ("half", "quarter") and after[1] not in PART_FOLLOWED if after else False


PART_FOLLOWED = frozenset(
    "of this that each every next with without less more fewer lower higher the in on since last during over from to and or were was are is had have by at as for larger smaller cheaper".split()
)
