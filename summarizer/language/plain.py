"""A text as a model reads it that was trained on English alone: the numbers, dates and signs of the world in English.

Word pieces of such a model know no "½", "12,34,567", "3 lakh", "10⁶", "12.03.2024", "≥" or "[i]t". What is shown to people and
quoted stays as it is.
"""

import re
from functools import lru_cache

from summarizer.language.lookalikes import with_plain_letters
from summarizer.language.numerals import NUMBER, VULGAR, readings, values
from summarizer.language.quotations import LETTER
from summarizer.language.signs import COMPARING, COMPARISON, CURRENCY_SIGNS, MINUSES
from summarizer.language.time_expressions import EXPRESSION, time_expressions

FOREIGN = re.compile(
    rf"[{VULGAR}⁻⁰¹²³⁴-⁹\u2212≤≥<>±百千万萬億亿兆]|\d[.,'’]\d|[+-]\d|\b(?:lakh|lac|crore|mio|mrd)|\d\.? \w{{1,20}} \d{{4}}|\d[ \u00a0]\d",
    re.IGNORECASE,
)
ENGLISH = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
FOREIGN_DATES = ("dotted", "years_first", "han_day", "m4", "m5", "m6")
"""Groups of `EXPRESSION`."""
MONTH_NAMES = "January February March April May June July August September October November December".split()
SPOKEN = {"<": "less than", ">": "more than", "≤": "at most", "≥": "at least", "±": "plus or minus", "≪": "much less than", "≫": "much more than"}  # fmt: skip
MINUS = re.compile(rf"(?<![\w.,)\]%’”])(?<!\d\s)[{MINUSES}](?=[{CURRENCY_SIGNS}]?\d)")
BETWEEN = re.compile(rf"({COMPARISON.pattern})\s{{0,2}}(?=[{CURRENCY_SIGNS}]?\d)")


def plain(text: str, beside: str = "") -> str:
    """The text in English forms; where a number can be read in two ways, as the text beside it has it.

    >>> plain("It cost 3 lakh on 12.03.2024 (p ≤ 1½)."), plain("It paid 2.500 euros.", "It paid 2,500 euros.")
    ('It cost 300,000 on 12 March 2024 (p at most 1.5).', 'It paid 2,500 euros.')
    """
    text = LETTER.sub(r"\1", with_plain_letters(text))
    if not FOREIGN.search(text):
        return text
    taken = _dates(text)
    changes = [*taken]
    for match in NUMBER.finditer(text):
        if not any(start < match.end() and match.start() < end for start, end, _ in taken):
            changes += _number(match, beside)
    out, at = [], 0
    for start, end, form in sorted(changes):
        out += [text[at:start], form]
        at = end
    told = "".join([*out, text[at:]])
    return BETWEEN.sub(lambda one: SPOKEN.get(COMPARING[one[1]], one[1]) + " ", MINUS.sub("minus ", told))


@lru_cache(maxsize=512)  # a passage is read with many claims
def _dates(text: str) -> list[tuple[int, int, str]]:
    """The dates in a form of other countries, with what an English writer would write."""
    forms = {match.end(): match for match in EXPRESSION.finditer(text)}
    found = []
    for one in time_expressions(text):
        match = forms.get(one.end)
        if match and one.month and any(match[name] for name in FOREIGN_DATES):
            parts = (one.day and one.day[-1], MONTH_NAMES[one.month[0] - 1], one.year and one.year[0])
            start = match.start("d4") if match["d4"] else one.start  # the last of several days
            found.append((start, one.end, " ".join(str(part) for part in parts if part)))
    return found


def _number(match: re.Match[str], beside: str) -> list[tuple[int, int, str]]:
    if match["digits"] is None and not match["han"]:
        return []
    foreign = match["han"] or match["vulgar"] or match["power"] or match["world"]
    every = readings(match)
    if not foreign and len(every) == 1 and ENGLISH.fullmatch(match["digits"] or ""):
        return []
    if len(every) > 1:
        known = values(beside).counts
        chosen = next((one for one in every if one in known), None)
        if chosen is None or (chosen == every[0] and not foreign):
            return []
    else:
        chosen = every[0]
    if match["scale"] or match["short"] or match["ordinal"] or match["half"]:
        return []
    return [(match.start(), match.end(), _spelled_out(chosen, beside))]


def _spelled_out(value: float, beside: str) -> str:
    """A value in English, as the text beside it has it where that has it in digits: "1,250,000", else "1.25 million"."""
    if abs(value) < 1e15 and re.search(rf"(?<![\d.,]){re.escape(f'{value:,.0f}')}(?![\d.,]?\d)", beside):
        return f"{value:,.0f}"
    for name, worth in (("trillion", 1e12), ("billion", 1e9), ("million", 1e6)):
        if abs(value) >= worth and (value / worth * 100).is_integer():
            return f"{value / worth:g} {name}"
    return f"{value:,.10g}" if abs(value) < 1e10 else f"{value:,.0f}"
