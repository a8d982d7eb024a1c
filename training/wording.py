"""Reading a sentence for the edits: names, numbers, forms of verbs, subjects. Small patterns, no parser."""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

NAME = re.compile(
    r"\b(?:[A-Z][\w’'-]*[a-z][\w’'-]*|[A-Z]{2,6})(?:\s(?:(?:of|de|van|von|the)\s)?(?:[A-Z][\w’'-]*[a-z]|[A-Z]{2,6})\b[\w’'-]*){0,4}"
)
NUMBER = re.compile(r"(?<![\w.,-])\d[\d,]*(?:\.\d+)?(?![\w-])")
ADJUNCT = re.compile(
    r"\s(in|at|near|from|on|for|by|to|with|during|after|before) ((?:the )?[A-Z][\w’' -]{2,30}?)(?=[,.;]|\s[a-z]|$)"
)
NOT_NAMES = frozenset(
    "The A An He She It They We I You This That These Those There But And Or In On At By For From To As If When While "
    "After Before Since Although However His Her Their Its Our My Your Some Many Most All No Not What Who Why How "
    "Where Which With Under Over Also Then Now So Yet Both Each Every One Two Three Mr Mrs Ms Dr Monday Tuesday "
    "Wednesday Thursday Friday Saturday Sunday".split()
)
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
MONTHS = "January February March April May June July August September October November December".split()
ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
TENS = "zero ten twenty thirty forty fifty sixty seventy eighty ninety".split()


@cache
def words() -> dict[str, Any]:
    """Return the lexicon beside this module."""
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))


def in_words(number: int) -> str:
    """Spell a number below 100.

    >>> in_words(31)
    'thirty-one'
    """
    if number < 20:
        return ONES[number]
    tens, ones = divmod(number, 10)
    return TENS[tens] + (f"-{ONES[ones]}" if ones else "")


@cache
def forms(verb: str) -> tuple[str, str, str, str, str]:
    """Return base, third person, past, participle and -ing form of a verb.

    >>> forms("rise")
    ('rise', 'rises', 'rose', 'risen', 'rising')
    """
    irregular = {line.split()[0]: line.split() for line in words()["verbs"]["irregular"]}
    stem = verb.removesuffix("e")
    doubled = verb + verb[-1] if re.fullmatch(r"[^aeiou]*[aeiou][bdgmnpt]|.*(?:[^l]mit|bel|cel)", verb) else verb
    third = verb + "es" if verb.endswith(("s", "sh", "ch", "x", "o")) else verb + "s"
    past = stem + "ed" if verb.endswith("e") else doubled + "ed"
    if verb.endswith("y") and verb[-2] not in "aeiou":
        third, past = verb[:-1] + "ies", verb[:-1] + "ied"
    _, simple, participle = irregular.get(verb, [verb, past, past])
    ing = (stem if verb.endswith("e") and not verb.endswith("ee") else doubled) + "ing"
    return verb, third, simple, participle, "dying" if verb == "die" else ing


def exchanges(kind: str) -> dict[str, tuple[str, ...]]:
    """Return, for each word or form, those that take its place: kind is "opposites", "alike", "apart" or "families"."""
    return _exchanges(kind)


@cache
def _exchanges(kind: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = {}
    for line in words()["verbs"].get(kind, []):
        groups = [forms(verb) for verb in line.split()]
        for group in groups:
            for place, form in enumerate(group):
                found.setdefault(form, set()).update(other[place] for other in groups if other is not group)
    for line in words()["others"].get(kind, []):
        for word in line.split():
            found.setdefault(word, set()).update(other for other in line.split() if other != word)
    return {word: tuple(sorted(others - {word})) for word, others in found.items()}


def names(text: str) -> list[re.Match[str]]:
    """Return the names of a sentence; a first word counts only where it is more than a capital at the start."""
    return [
        match
        for match in NAME.finditer(text)
        if match[0] not in NOT_NAMES and match[0].split()[0] not in NOT_NAMES and (match.start() or " " in match[0])
    ]


@cache
def _subjects() -> re.Pattern[str]:
    pasts = "|".join(line.split()[1] for line in words()["verbs"]["irregular"])
    return re.compile(
        r"^(?:(?:The|A|An|His|Her|Their|Its)\s(?:[\w’'-]+\s){0,2}?[\w’'-]+|[A-Z][\w’'.-]+(?:\s(?:of\s|the\s)*[A-Z][\w’'.-]+){0,4})"
        rf"(?=\s(?:was|were|is|are|has|have|had|will|would|can|could|may|might|did|does|[a-z]+ed|[a-z]{{3,}}s|{pasts})\s)"
    )


def subject(text: str) -> str | None:
    """Return the subject at the start of a sentence, where it is plain to see."""
    match = _subjects().match(text)
    if match is None or match[0] in NOT_NAMES or match[0].split()[0] in {"There", "It", "This", "In", "On", "At"}:
        return None
    return match[0]


def lowered(text: str) -> str:
    """Return a sentence so that it can stand inside another; a name keeps its capital."""
    first = text.split(" ", 1)[0]
    return text[0].lower() + text[1:] if first in NOT_NAMES - {"I"} and first not in DAYS else text


def raised(text: str) -> str:
    """Return a sentence with a capital at its start."""
    return text[:1].upper() + text[1:]


def bare(text: str) -> str:
    """Return a sentence without the stop at its end."""
    return text.rstrip().rstrip(".!?").rstrip()
