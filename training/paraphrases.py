"""Edits that leave a sentence sound: other words, another order, less of it. They stand beside the errors,

so that no edit by itself tells sound from false.
"""

import random
import re
from collections.abc import Mapping, Sequence

from training.errors import RESULT, WORD, Edit
from training.wording import DAYS, MONTHS, NUMBER, bare, exchanges, forms, in_words, lowered, names, raised, words

TRIM = re.compile(
    r",? (?:which|who|of which|where|including|along with|as well as|while|according to|adding that|after|as) [^.;]{8,}$"
)
ASIDE = re.compile(r", (?:who|which|a|an|the|aged|now|then|and) [^,]{4,60},(?= [a-z])")
WHEN = re.compile(
    rf" on (?:{'|'.join(DAYS)})(?: \d+ (?:{'|'.join(MONTHS)}))?(?=\.?$)| in (?:{'|'.join(MONTHS)})?\s?(?:19|20)\d\d(?=\.?$)"
)
FRONTED = re.compile(r"^((?:On|In|At|By|During|After|Before) [^,]{3,30}), ([^,]+)$")
SHORT_FORMS = (
    (" did not ", " didn’t "), (" was not ", " wasn’t "), (" were not ", " weren’t "), (" will not ", " won’t "),
    (" is not ", " isn’t "), (" has not ", " hasn’t "), (" cannot ", " can’t "), (" are not ", " aren’t "),
)  # fmt: skip
SAME_BOUND = {
    "more than": "over", "over": "more than", "at least": "no fewer than", "at most": "no more than", "fewer than": "under",
    "up to": "at most", "less than": "below", "about": "roughly", "around": "about", "almost": "nearly", "nearly": "almost",
}  # fmt: skip
SAME_EXCEPTION = ("except for", "apart from", "with the exception of", "but not")
TURNED = re.compile(
    r"^((?:The |An? )?[\w’' -]{2,40}?) ([a-z]+) ((?:the |an? )?[\w’' -]{2,40}?)((?: (?:in|on|at|for|after|before|during|by|because|over|with)\b.*)?)\.?$"
)


def alike(text: str, _others: Sequence[str], rng: random.Random) -> str | None:
    """Put one to three words of like meaning."""
    held = exchanges("alike")
    found = [match for match in WORD.finditer(text) if match[0] in held]
    for match in sorted(rng.sample(found, min(len(found), rng.randint(1, 3))), key=lambda match: -match.start()):
        text = text[: match.start()] + rng.choice(held[match[0]]) + text[match.end() :]
    return text if found else None


def passive(text: str, _others: Sequence[str], _rng: random.Random, *, wrongly: bool = False) -> str | None:
    """Turn "A sued B" into "B was sued by A"; `wrongly` leaves both in their places."""
    past = {forms(verb)[2]: forms(verb)[3] for verb in words()["verbs"]["turned"].split()}
    match = TURNED.match(bare(text))
    if match is None or match[2] not in past or not names(f"x {match[1]} {match[3]}"):
        return None
    actor, object_ = match[1], match[3]
    several = re.search(r"\band\b|[^s]s$", actor if wrongly else object_) is not None
    first, second = (actor, object_) if wrongly else (object_, actor)
    second = lowered(second)
    return f"{raised(first)} {'were' if several else 'was'} {past[match[2]]} by {second}{match[4]}."


def passive_wrongly(text: str, others: Sequence[str], rng: random.Random) -> str | None:
    """Turn "A sued B" into "A was sued by B"."""
    return passive(text, others, rng, wrongly=True)


def trimmed(text: str, _others: Sequence[str], _rng: random.Random) -> str | None:
    """Leave out what only adds: the clause at the end."""
    match = TRIM.search(bare(text))
    return f"{text[: match.start()]}." if match and match.start() > 25 else None


def without_aside(text: str, _others: Sequence[str], _rng: random.Random) -> str | None:
    """Leave out what stands between two commas."""
    match = ASIDE.search(text)
    return text[: match.start()] + text[match.end() :] if match and match.start() > 5 else None


def fronted(text: str, _others: Sequence[str], _rng: random.Random) -> str | None:
    """Move the time to the front, or from there to the end."""
    when = WHEN.search(text)
    if when and len(text) - when.end() <= 1 and "," not in text:
        return f"{raised(when[0].strip())}, {lowered(text[: when.start()])}."
    match = FRONTED.match(bare(text))
    return f"{raised(match[2])} {lowered(match[1])}." if match else None


def spelled(text: str, _others: Sequence[str], rng: random.Random) -> str | None:
    """Spell a small number, or write a spelled one in digits."""
    spoken = {in_words(number): str(number) for number in range(2, 100)}
    found = [match for match in NUMBER.finditer(text) if match[0].isdigit() and 1 < int(match[0]) < 100]
    found = [
        match for match in found if not text[: match.start()].endswith(("$", "£", "€", *(f"{m} " for m in MONTHS)))
    ]
    if found:
        match = rng.choice(found)
        return raised(text[: match.start()] + in_words(int(match[0])) + text[match.end() :])
    written = [match for match in re.finditer(r"[A-Za-z]+(?:-[a-z]+)?", text) if match[0].lower() in spoken]
    if not written:
        return None
    match = rng.choice(written)
    return text[: match.start()] + spoken[match[0].lower()] + text[match.end() :]


def short_form(text: str, _others: Sequence[str], _rng: random.Random) -> str | None:
    """Write "didn’t" for "did not", and back."""
    for long, short in SHORT_FORMS:
        for old, new in ((long, short), (short, long), (short.replace("’", "'"), long)):
            if old in text:
                return text.replace(old, new)
    return None


def same_bound(text: str, _others: Sequence[str], _rng: random.Random) -> str | None:
    """Say the same limit in other words."""
    match = re.search(rf"\b({'|'.join(SAME_BOUND)})\b(?= [£$€]?\d)", text)
    return text[: match.start()] + SAME_BOUND[match[0]] + text[match.end() :] if match else None


def same_hedge(text: str, _others: Sequence[str], rng: random.Random) -> str | None:
    """Hedge in other words."""
    match = re.search(r"\b(may|might|could)\b", text)
    if match:
        new = rng.choice([word for word in ("may", "might", "could") if word != match[0]])
        return text[: match.start()] + new + text[match.end() :]
    match = re.search(r"\b(reportedly|allegedly)\b", text)
    new = "allegedly" if match and match[0] == "reportedly" else "reportedly"
    return text[: match.start()] + new + text[match.end() :] if match else None


def same_exception(text: str, _others: Sequence[str], rng: random.Random) -> str | None:
    """Except in other words."""
    match = re.search(rf"\b(?:{'|'.join(words()['exceptions']['marks'])})(?= [a-zA-Z])", text)
    if match is None:
        return None
    return (
        text[: match.start()] + rng.choice([mark for mark in SAME_EXCEPTION if mark != match[0]]) + text[match.end() :]
    )


def according(text: str, _others: Sequence[str], _rng: random.Random) -> str | None:
    """Turn "X said that S" into "According to X, S"."""
    match = re.match(r"^([^,;“\"]{3,60}?) (?:said|stated|announced|explained)(?: that)? ([^“\"]{20,})$", text)
    return f"According to {lowered(match[1])}, {lowered(match[2])}" if match else None


def both(text: str, others: Sequence[str], rng: random.Random) -> str | None:
    """Join two facts that stand side by side, with no cause between them."""
    found = [
        other for other in others[:2] if 5 <= len(other.split()) <= 18 and not RESULT.search(other) and "?" not in other
    ]
    if not found or len(text.split()) not in range(3, 19) or "“" in text or '"' in text:
        return None
    other = bare(rng.choice(found))
    form = rng.choice(("{0}, and {1}.", "{0}; {1}.", "{2}, and {3}.", "{0}, while {1}."))
    return form.format(bare(text), lowered(other), other, lowered(bare(text)))


def _titled(text: str) -> tuple[str, str] | None:
    nouns = "|".join(words()["titles"]["nouns"].split())
    match = re.search(
        rf"\b((?:[A-Z][\w-]+ |[a-z]+ )?(?:[A-Z][a-z]+ )?(?i:{nouns})),? ((?:[A-Z][\w’'-]+ ){{1,2}}[A-Z][\w’'-]+)\b",
        text,
    )
    if match is None or match[1].split()[0].lower() in {
        "the",
        "a",
        "an",
        "and",
        "of",
        "by",
        "to",
        "with",
        "for",
        "said",
    }:
        return None
    return match[1], match[2]


def office(text: str, _others: Sequence[str], rng: random.Random) -> str | None:
    """State the office that stands before a name: "Mayor Ann Lee said" bears out "Ann Lee is the mayor"."""
    found = _titled(text)
    return f"{found[1]} is {rng.choice(['the', 'a'])} {found[0]}." if found else None


def office_of_another(text: str, others: Sequence[str], rng: random.Random) -> str | None:
    """Give the office to somebody else of the text."""
    found = _titled(text)
    rest = sorted({match[0] for other in others for match in names(other) if " " in match[0] and match[0] not in text})
    return f"{rng.choice(rest)} is {rng.choice(['the', 'a'])} {found[0]}." if found and rest else None


SOUND: Mapping[str, Edit] = {
    "alike": alike, "passive": passive, "trimmed": trimmed, "without_aside": without_aside, "fronted": fronted,
    "spelled": spelled, "short_form": short_form, "same_bound": same_bound, "same_hedge": same_hedge,
    "same_exception": same_exception, "according": according, "both": both, "office": office,
}  # fmt: skip
TWISTED: Mapping[str, Edit] = {"passive_wrongly": passive_wrongly, "office_of_another": office_of_another}
"""Errors that are made by the same patterns."""
