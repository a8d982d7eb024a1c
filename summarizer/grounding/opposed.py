"""A quote that says a claim's own words with a "not" more or less, or with another number: it cannot bear the claim out.

Only the same words in the same order are compared, so that nothing is guessed of other ways to say it.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from summarizer.language.units import ONES, TENS
from summarizer.language.words import words

NEGATORS = frozenset({"not", "never", "no"})
SUPPORTING = frozenset({"do", "does", "did"})  # a verb that a negation brings with it
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
DIGITS = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")


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
            number = DIGITS.fullmatch(lower) or lower in ONES or lower in TENS
            keys.append(NUMBER if number else word.key)
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
    mine, theirs = _value(one), _value(other)
    if mine is None or theirs is None or mine == theirs:
        return False
    decimals = len(one.partition(".")[2])
    zeros = 0 if decimals else len(one) - len(one.rstrip("0"))
    return round(theirs, decimals or -zeros) != mine  # a rounded number is the same one


def _value(form: str) -> float | None:
    if DIGITS.fullmatch(form):
        return float(form.replace(",", "")) if len(form) < 20 else None
    return float(ONES.get(form, TENS.get(form, 0)))
