"""A quote that says a claim's own words with a "not" more or less, or with another number: it cannot bear the claim out.

Only the same words in the same order are compared, so that nothing is guessed of other ways to say it.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from summarizer.language.numerals import NUMBER as NUMERAL
from summarizer.language.numerals import readings, value_of
from summarizer.language.units import SCALES
from summarizer.language.words import words

NEGATORS = frozenset({"not", "never", "no"})
SUPPORTING = frozenset({"do", "does", "did", "has", "have", "had", "yet"})  # what a negation brings with it
UNSURE = frozenset(
    "about above almost around approximately at below between by exceeding fewer least less like more most nearly of or "
    "over past roughly some than to under until up within".split()
)
"""Before a number they make it a bound, a guess, a range or a part: another number may say the same."""
FORMS = (
    (re.compile(r"\bcan(?:['’]t|not)\b", re.IGNORECASE), "can not"),
    (re.compile(r"\bwon['’]t\b", re.IGNORECASE), "will not"),
    (re.compile(r"n['’]t\b", re.IGNORECASE), " not"),
    (re.compile(r"\bno longer\b", re.IGNORECASE), "not"),
)
NUMBER = "#"
LEAST = 2  # words that have to be the same
LONGEST = 4_000  # code points that are compared; more is no statement and its quote
TAIL = re.compile(r"[.,](\d+)\Z")


class Said(NamedTuple):
    """A text as it is compared: its words without negators, and what stands before each."""

    keys: tuple[str, ...]
    """Stems; `NUMBER` for each number."""
    forms: tuple[str, ...]
    negated: tuple[str, ...]
    """The negator before each word, or nothing."""


def opposed(claim: str, quotes: Sequence[str]) -> str:
    """Return what sets a claim and quotes with its words apart; empty where nothing does, or one quote says the claim.

    >>> opposed("She was guilty.", ["The court found that she was not guilty."])
    'not'
    >>> opposed("Snow shut 120 roads.", ["Snow shut 12 roads."]), opposed("Over 10 died.", ["Over 12 died."])
    ('120 and 12', '')
    """
    own = _said(claim[:LONGEST])
    found = [what for quote in quotes for what in _differences(own, _said(quote[:LONGEST]))]
    return found[0] if found and all(found) else ""


def _said(text: str) -> Said:
    for form, plain in FORMS:
        text = form.sub(plain, text)
    keys, forms, negated, before = [], [], [], ""
    for word in words(text):
        lower = word.form.lower()
        if lower in NEGATORS:
            before = lower
        elif lower not in SUPPORTING:
            keys.append(NUMBER if _values(lower) else word.key)
            forms.append(lower)
            negated.append(before)
            before = ""
    return Said(tuple(keys), tuple(forms), tuple(negated))


def _differences(claim: Said, quote: Said) -> Iterator[str]:
    """What sets a claim apart from each place of a quote that has its words; empty for a place that says it."""
    count = len(claim.keys)
    for at in range(len(quote.keys) - count + 1) if count >= LEAST else ():
        if quote.keys[at : at + count] == claim.keys:
            own = Said(*(part[at : at + count] for part in quote))
            yield _negation(claim, own) or _number(claim, own, before=quote.forms[at - 1] if at else "")


def _negation(claim: Said, quote: Said) -> str:
    """The negation that one of them has and the other has not; more than one may say the same again."""
    pairs = list(zip(claim.negated, quote.negated, strict=True))
    # Of what stands before the first word only "no" belongs to it: "whether or not she was".
    first, *rest = pairs
    outer = [first] if set(first) <= {"", "no"} else []
    apart = [one or other for one, other in (*outer, *rest) if bool(one) != bool(other)]
    return apart[0] if len(apart) == 1 else ""


def _number(claim: Said, quote: Said, *, before: str) -> str:
    """Two numbers in one place of both that cannot be the same; nothing where a word before them leaves it open."""
    led = ((before, quote.forms[0]), *pairwise(quote.forms))
    for key, one, (lead, other) in zip(claim.keys, claim.forms, led, strict=True):
        if key == NUMBER and lead not in UNSURE and _differ(one, other):
            return f"{one} and {other}"
    return ""


def _differ(one: str, other: str) -> bool:
    """Whether no reading of a number is one of the other, or that one rounded: "1.234" has two."""
    theirs = _values(other)
    return not any(
        round(value, _places(one, mine)) == mine or value == mine for mine in _values(one) for value in theirs
    )


def _places(form: str, value: float) -> int:
    """To how many decimals a number is given; below nothing where it ends in zeros."""
    digits, tail = re.sub(r"\D", "", form), TAIL.search(form)
    if tail and float(digits) != value:
        return len(tail[1])
    return len(digits.rstrip("0")) - len(digits)


def _values(form: str) -> tuple[float, ...]:
    """What a word may be worth as a count; nothing of "million", which is part of the number before it."""
    found = None if form in SCALES else NUMERAL.fullmatch(form)
    return readings(found) if found and value_of(found)[1] == "count" else ()
