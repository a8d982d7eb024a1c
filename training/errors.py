"""Edits that make a sound sentence false, one error each. `others` are further sentences of the same text.

Each returns None where the sentence gives no hold for it. The kinds are those
that small judges let pass: the right words in the wrong places.
"""

import random
import re
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from training.rows import UNSUPPORTED
from training.wording import (
    ADJUNCT,
    DAYS,
    MONTHS,
    NUMBER,
    bare,
    exchanges,
    forms,
    lowered,
    names,
    raised,
    subject,
    words,
)

Edit = Callable[[str, Sequence[str], random.Random], str | None]

WORD = re.compile(r"[A-Za-z’']+")
JOINED = re.compile(r"^[\s,]*(?:and|or|of|in|the|at|for|from|to|’s|'s|&|,|\s)*$")
MUTUAL = re.compile(r"\b(?:met|meet|married|between|against|versus|vs|with|and|joined)\b", re.I)
AUXILIARY = re.compile(
    r"\b(was|were|is|are|will|would|can|could|has|have|had|should|must|did|does|do)\b(?! not|n’t|n't)"
)
DENIED = re.compile(r"\b(was|were|is|are|will|would|can|could|has|have|had|should|must|did|does|do) not ")
SAID = re.compile(r"\b(said|says|told|announced|warned|added|explained|according to)\b")
UNTIL = re.compile(
    r"\b(at least|at most|more than|less than|fewer than|up to|over|under|no more than|no fewer than)\b(?= [£$€]?\d)"
)
OTHER_BOUND = {
    "at least": "at most", "at most": "at least", "more than": "less than", "less than": "more than", "fewer than": "more than",
    "up to": "more than", "over": "under", "under": "over", "no more than": "more than", "no fewer than": "fewer than",
}  # fmt: skip
HOW_MANY = {
    "some": "all", "many": "all", "most": "all", "several": "all", "few": "most", "all": "none of", "every": "hardly any",
    "half": "all", "often": "always", "sometimes": "always", "usually": "never", "never": "often",
    "only": "also", "both": "neither of", "partly": "fully", "nearly": "more than", "almost": "more than",
}  # fmt: skip
CAUSES = (
    "{0} because {1}",
    "{0} as a result of the fact that {1}",
    "Because {1}, {0}",
    "{2}, which led to this: {0}",
    "{0}; the reason was that {1}",
)
PURPOSES = ("{0} so that {1}", "{0} in response: {1}", "{0}, which is why {1}")
RESULT = re.compile(
    r"\b(?:because|since|due to|result|caus|led to|lead to|reason|therefore|so that|after|owing|thus|hence|as)", re.I
)


def _swapped(text: str, match: re.Match[str], new: str) -> str:
    return text[: match.start()] + new + text[match.end() :]


def _replaced(kind: str) -> Edit:
    """Return an edit that exchanges one word of the lexicon."""

    def edit(text: str, _others: Sequence[str], rng: random.Random) -> str | None:
        held = exchanges(kind)
        found = [match for match in WORD.finditer(text) if match[0].lower() in held]
        if not found:
            return None
        match = rng.choice(found)
        new = rng.choice(held[match[0].lower()])
        return _swapped(text, match, new.capitalize() if match[0][0].isupper() else new)

    return edit


def other_subject(text: str, others: Sequence[str], rng: random.Random) -> str | None:
    """Put the subject of another sentence in front: words of two sentences, each true by itself."""
    mine = subject(text)
    found = [each for other in others if (each := subject(other)) and each != mine and each not in text]
    return rng.choice(found) + text[len(mine) :] if mine and found else None


def roles(text: str, _others: Sequence[str], rng: random.Random) -> str | None:
    """Exchange two names that stand in different roles."""
    found = names(text)
    choices = [
        (one, two)
        for one, two in pairwise(found)
        if not JOINED.match(text[one.end() : two.start()])
        and not MUTUAL.search(text[one.end() : two.start()])
        and one[0] not in two[0]
        and two[0] not in one[0]
    ]
    if not choices:
        return None
    one, two = rng.choice(choices)
    return text[: one.start()] + two[0] + text[one.end() : two.start()] + one[0] + text[two.end() :]


def other_name(text: str, others: Sequence[str], rng: random.Random) -> str | None:
    """Put a name of another sentence in place of one of this."""
    mine = names(text)
    found = sorted({match[0] for other in others for match in names(other) if match[0] not in text})
    return _swapped(text, rng.choice(mine), rng.choice(found)) if mine and found else None


def other_adjunct(text: str, others: Sequence[str], rng: random.Random) -> str | None:
    """Take the place or time of another sentence: rain in the hills, a mayor of Tarn, so rain in Tarn."""
    mine = list(ADJUNCT.finditer(text))
    found = [match for other in others for match in ADJUNCT.finditer(other) if match[2] not in text]
    alike = [(one, two) for one in mine for two in found if one[1] == two[1]] or [
        (one, two) for one in mine for two in found
    ]
    if alike:
        one, two = rng.choice(alike)
        return _swapped(text, one, f" {one[1] if one[1] == 'in' else two[1]} {two[2]}")
    places = [match for match in found if match[1] in {"in", "at", "near", "on"}]
    if not places or len(text.split()) not in range(3, 17):
        return None
    place = rng.choice(places)
    return f"{bare(text)} {place[1]} {place[2]}."


def number(text: str, others: Sequence[str], rng: random.Random) -> str | None:
    """Put another number of the text, or a number near by, in place of one."""
    mine = list(NUMBER.finditer(text))
    if not mine:
        return None
    match = rng.choice(mine)
    held = sorted({each[0] for other in others for each in NUMBER.finditer(other) if each[0] not in text})
    if held and rng.random() < 0.6:
        return _swapped(text, match, rng.choice(held))
    digits = [at for at, letter in enumerate(match[0]) if letter.isdigit()]
    at = rng.choice(digits)
    new = rng.choice([digit for digit in "123456789" if digit != match[0][at]])
    return _swapped(text, match, match[0][:at] + new + match[0][at + 1 :])


def date(text: str, _others: Sequence[str], rng: random.Random) -> str | None:
    """Put another weekday or month in place of one."""
    found = [match for match in WORD.finditer(text) if match[0] in DAYS or (match[0] in MONTHS and match[0] != "May")]
    if not found:
        return None
    match = rng.choice(found)
    kind = DAYS if match[0] in DAYS else MONTHS
    return _swapped(text, match, rng.choice([other for other in kind if other != match[0]]))


def negation(text: str, _others: Sequence[str], rng: random.Random) -> str | None:
    """Deny what is said, or say what is denied."""
    denied = DENIED.search(text)
    if denied:
        return _swapped(text, denied, denied[1] + " ")
    found = list(AUXILIARY.finditer(text))
    if found:
        match = found[0] if rng.random() < 0.8 else rng.choice(found)
        return _swapped(text, match, match[0] + " not")
    return None


def hedge(text: str, _others: Sequence[str], rng: random.Random) -> str | None:
    """Drop what made it less than certain: may, reportedly, plans to."""
    lexicon = words()["hedges"]
    modal = re.search(rf"(?<!in )(?<=[a-z] )(?:{'|'.join(lexicon['modal'].split())})\b(?! not)(?= [a-z])", text)
    if modal:
        return _swapped(text, modal, "will")
    adverb = re.search(rf"\b(?:{'|'.join(lexicon['adverbs'].split())}) ", text)
    if adverb:
        return _swapped(text, adverb, "")
    plan = re.search(rf"\b({'|'.join(lexicon['plans'])}) ([a-z]+)\b", text)
    if plan:
        return _swapped(text, plan, forms(plan[2])[2] if rng.random() < 0.6 else f"has {forms(plan[2])[3]}")
    future = re.search(r"\bwill ([a-z]{4,})\b(?<!not)", text)
    return (
        _swapped(text, future, forms(future[1])[2]) if future and future[1] not in {"have", "also", "never"} else None
    )


def unsaid(text: str, _others: Sequence[str], _rng: random.Random) -> str | None:
    """Drop the speaker of what is only claimed, feared or alleged."""
    doubted = "|".join(words()["hedges"]["doubted"].split())
    match = re.match(rf"^[^,;]{{3,60}}? (?:{doubted}) that (.{{20,}})$", text)
    return raised(match[1]) if match else None


def speaker(text: str, others: Sequence[str], rng: random.Random) -> str | None:
    """Give the words to somebody else."""
    if not SAID.search(text):
        return None
    said = SAID.search(text)
    mine = names(text)
    found = sorted(
        {match[0] for other in others if SAID.search(other) for match in names(other) if match[0] not in text}
    )
    if not mine or not found or said is None:
        return None
    return _swapped(text, min(mine, key=lambda match: abs(match.start() - said.start())), rng.choice(found))


def condition(text: str, _others: Sequence[str], _rng: random.Random) -> str | None:
    """Lose the "if"."""
    first = re.match(r"^(?:If|Unless) [^,]{5,80}, (?:then )?(.{15,})$", text)
    if first:
        return raised(first[1])
    last = re.match(r"^(.{20,}?),? (?:if|unless|provided that|as long as|on condition that) .{8,}$", text)
    return f"{last[1]}." if last and "whether" not in last[1] else None


def bound(text: str, _others: Sequence[str], rng: random.Random) -> str | None:
    """Turn "at least" into "at most", "over" into "under"."""
    found = list(UNTIL.finditer(text))
    if not found:
        return None
    match = rng.choice(found)
    return _swapped(text, match, OTHER_BOUND[match[0]])


def how_many(text: str, _others: Sequence[str], rng: random.Random) -> str | None:
    """Make some of them all of them."""
    found = [match for match in WORD.finditer(text) if match[0].lower() in HOW_MANY]
    if not found:
        return None
    match = rng.choice(found)
    new = HOW_MANY[match[0].lower()]
    return _swapped(text, match, new.capitalize() if match[0][0].isupper() else new)


def exception(text: str, _others: Sequence[str], rng: random.Random) -> str | None:
    """Lose the exception, or count it in."""
    marks = "|".join(words()["exceptions"]["marks"])
    match = re.search(rf",? (?:{marks}) ([^,.;]{{3,60}})(?=[,.;]|$)", text)
    if match is None:
        return None
    return _swapped(text, match, rng.choice(["", f", including {match[1]}", f" and {match[1]}"]))


def cause(text: str, others: Sequence[str], rng: random.Random) -> str | None:
    """Make a cause of two facts that stand side by side."""
    found = [
        other for other in others[:2] if 5 <= len(other.split()) <= 18 and not RESULT.search(other) and "?" not in other
    ]
    if not found or len(text.split()) not in range(3, 19) or RESULT.search(text) or "“" in text or '"' in text:
        return None
    other = bare(rng.choice(found))
    form = rng.choice(CAUSES + PURPOSES)
    one, two = bare(text), lowered(other)
    return raised(form.format(one if form.startswith("{0}") else lowered(one), two, other)) + "."


def joined_wrongly(text: str, others: Sequence[str], rng: random.Random) -> str | None:
    """Give the predicate of another sentence to the subject of this."""
    return other_subject(rng.choice(others), [text], rng) if others else None


ERRORS: Mapping[str, tuple[Edit, int]] = {
    "subject": (other_subject, UNSUPPORTED),
    "predicate": (joined_wrongly, UNSUPPORTED),
    "roles": (roles, UNSUPPORTED),
    "name": (other_name, UNSUPPORTED),
    "adjunct": (other_adjunct, UNSUPPORTED),
    "number": (number, UNSUPPORTED),
    "date": (date, 1),
    "opposite": (_replaced("opposites"), 1),
    "apart": (_replaced("apart"), UNSUPPORTED),
    "family": (_replaced("families"), UNSUPPORTED),
    "negation": (negation, 1),
    "hedge": (hedge, UNSUPPORTED),
    "unsaid": (unsaid, UNSUPPORTED),
    "speaker": (speaker, UNSUPPORTED),
    "condition": (condition, UNSUPPORTED),
    "bound": (bound, UNSUPPORTED),
    "how_many": (how_many, UNSUPPORTED),
    "exception": (exception, 1),
    "cause": (cause, UNSUPPORTED),
}
