"""Guard: a name of the claim must stand in the source, and not where its evidence has another."""

import re
from functools import lru_cache
from itertools import pairwise

from summarizer.findings.differences import Difference, Passage
from summarizer.findings.numbers import stated_quantities
from summarizer.language.clauses import closest, stems
from summarizer.language.names import ALIASES, Name, names_in, plain, same_name
from summarizer.language.offices import OFFICE_WORD
from summarizer.language.patterns import WORDLIKE, has_any
from summarizer.language.speakers import SAYING
from summarizer.language.time_expressions import time_expressions
from summarizer.language.verbs import stem
from summarizer.language.words import STOP_WORDS
from summarizer.schema import FindingKind

PRONOUN = re.compile(
    r"\b(?:he|she|his|her|him|hers|himself|herself|who|they|their|the (?:man|woman|minister|president|manager|club|company|firm|group|party|player))\b",
    re.IGNORECASE,
)
AS_SUBJECT = re.compile(r"\s(?:is|was|has|had|will|would|says|said|and)\b")
MAIN = 0.1  # share of the names of an article that make one person what it is about
PREPOSITIONS = frozenset("in at of from by to for with on near under".split())
JOINED = re.compile(r"(?:,[^,.;:]{1,50})?,?\s{1,3}and\s{1,3}(?:the\s{1,3}|a\s{1,3})?|,\s{1,3}")
FORM = re.compile(r"[^\W\d_][\w.’'-]*")
SMALL_FORM = re.compile(r"(?<![\w’'])[a-zà-ž][\w’'-]*")
BEHIND = re.compile(r"(?:,\s{1,9}who)?\s{1,9}(\w+)")
VERB_OF_SAYING = re.compile(SAYING)
FORMED = re.compile(r"(?:n|ans?|ians?|ese|ish|is?|ers?)\Z")  # "Dovarian" of "Dovaria"


def names(claim: str, passage: Passage) -> list[Difference]:
    """Find names of the claim that the source lacks, and names that its evidence gives otherwise."""
    findings = []
    own = names_in(claim)
    measured = _measured(claim) if own else []
    for name in own:
        if any(start < name.end and name.start < end for start, end in measured):  # "Q3", "30C"
            continue
        if name.initial and _is_common_word(name, claim, passage.whole):
            continue
        if not _is_known(name, passage.whole) and not _stands_far_off(name, passage.source):
            note = f"“{name.form}” does not stand in the source"
            bearer = _half_exchanged(name, claim, passage.text)
            place = (bearer.start, bearer.end) if bearer else None
            findings.append(Difference(FindingKind.NAME, name.start, name.end, place, bearer is not None, note))
        elif (
            rival := _rival(name, claim, passage)
            or _exchanged(name, claim, passage.text)
            or _out_of_place(name, claim, passage.text)
            or _not_spoken_of(name, claim, passage)
        ):
            note = f"the evidence names {rival.form}"
            findings.append(Difference(FindingKind.NAME, name.start, name.end, (rival.start, rival.end), False, note))
    return findings


def _measured(claim: str) -> list[tuple[int, int]]:
    """Where the claim has dates and quantities."""
    return [(one.start, one.end) for one in time_expressions(claim)] + [
        (one.start, one.end) for one in stated_quantities(claim)
    ]


@lru_cache(maxsize=8)
def _vocabulary(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """The words of a text in lower case: all of them, and those that it writes with a small letter somewhere."""
    forms = [plain(match[0]) for match in FORM.finditer(text)]
    small = frozenset(plain(match[0]) for match in SMALL_FORM.finditer(text))
    return frozenset(part for form in forms for part in (form, *form.split("-"))), small


@lru_cache(maxsize=8)
def _stemmed(words: frozenset[str]) -> frozenset[str]:
    return frozenset(stem(word) for word in words)


def _is_common_word(name: Name, claim: str, source: str) -> bool:
    """Whether the capital is only that of a sentence's first word."""
    token = name.tokens[0]
    seen, small = _vocabulary(source)
    if token in small:
        return True
    if token not in seen and stem(token) in _stemmed(small):
        return True
    if token not in seen and AS_SUBJECT.match(claim, name.end) and not token.endswith("s"):
        return False
    return not any(token in other.tokens and not other.initial for other in names_in(source))


def _is_known(name: Name, source: str) -> bool:
    seen, _ = _vocabulary(source)
    tokens = [part for token in name.tokens for part in token.split("-") if part]
    if all(token in seen or _alias_in(token, seen) or _is_formed_of(token, seen) for token in tokens):
        return not _mixes_bearers(name, source)
    if any(same_name(name, other) for other in names_in(source)):
        return True
    joined = " ".join(name.tokens)
    return any(joined in group and any(seen.issuperset(other.split()) for other in group) for group in ALIASES)


def _stands_far_off(name: Name, source: str) -> bool:
    """Whether a book has the name outside the part around the evidence."""
    return bool(source) and all(
        re.search(rf"(?<!\w){re.escape(token)}(?!\w)", source, re.IGNORECASE) for token in name.tokens
    )


def _alias_in(token: str, seen: frozenset[str]) -> bool:
    return any(token in group and group & seen for group in ALIASES)


def _is_formed_of(token: str, seen: frozenset[str]) -> bool:
    """Whether the source has the word in another form: "Dovarian" of "Dovaria", "ministers" of "minister"."""
    if stem(token) in _stemmed(seen):
        return True
    if not FORMED.search(token):
        return False
    return any(
        len(word) >= 4
        and abs(len(word) - len(token)) <= 4
        and _common_start(word, token) >= max(4, min(len(word), len(token)) - 2)
        for word in seen
        if word[:3] == token[:3]
    )


def _common_start(one: str, other: str) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (left, right) in pairs if left != right), min(len(one), len(other)))


def _mixes_bearers(name: Name, source: str) -> bool:
    """Whether a full name joins the first name of one bearer with the surname of another."""
    if len(name.tokens) != 2:
        return False
    full = [other.tokens for other in names_in(source) if len(other.tokens) >= 2]
    first, last = name.tokens
    joined = any(first in tokens and last in tokens for tokens in full)
    return not joined and any(tokens[0] == first for tokens in full) and any(tokens[-1] == last for tokens in full)


def _half_exchanged(name: Name, claim: str, text: str) -> Name | None:
    """The one full name of the evidence that has a half of this one and another other half."""
    if len(name.tokens) != 2:
        return None
    kept = [other for other in names_in(text) if len(other.tokens) == 2 and len({*name.tokens} & {*other.tokens}) == 1]
    apart = [other for other in kept if any(one == two for one, two in zip(name.tokens, other.tokens, strict=True))]
    bearers = {other.tokens for other in apart}
    stated = any(same_name(other, one) for other in apart for one in names_in(claim) if one is not name)
    return apart[0] if len(bearers) == 1 and not stated else None


def _rival(name: Name, claim: str, passage: Passage) -> Name | None:
    """A name of the evidence that stands where the claim has another one."""
    given = names_in(passage.text)
    if name.possessive or any(same_name(name, other) for other in given) or _is_known(name, passage.text):
        return None
    person = _is_surname(name, passage.whole)
    if person and PRONOUN.search(passage.text) and _is_talked_of(name, passage):
        return None
    mine = names_in(claim)
    for other in given:
        if other.possessive or other.initial or any(same_name(other, one) for one in mine):
            continue
        if (person and _is_surname(other, passage.whole)) or (
            not person and _same_slot(name, claim, other, passage.text)
        ):
            return other
    return None


def _exchanged(name: Name, claim: str, text: str) -> Name | None:
    """A member of a list of the evidence that this name has taken the place of: "A and B" against "A and C"."""
    for mine in _lists(claim):
        if name not in mine or any(
            all(any(same_name(one, other) for other in theirs) for one in mine) for theirs in _lists(text)
        ):
            continue
        for theirs in _lists(text):
            shared = [one for one in mine if any(same_name(one, other) for other in theirs)]
            if shared and not any(same_name(name, other) for other in theirs):
                left = [other for other in theirs if not any(same_name(one, other) for one in mine)]
                if left:
                    return left[0]
    return None


@lru_cache(maxsize=128)
def _lists(text: str) -> tuple[tuple[Name, ...], ...]:
    """Names joined by commas and "and", with appositions between them."""
    known = names_in(text)
    groups: list[list[Name]] = []
    for one, other in pairwise(known):
        if not JOINED.fullmatch(text[one.end : other.start]):
            continue
        if groups and groups[-1][-1] is one:
            groups[-1].append(other)
        else:
            groups.append([one, other])
    return tuple(tuple(group) for group in groups)


def _out_of_place(name: Name, claim: str, text: str) -> Name | None:
    """A name of the evidence that stands before or behind the very words that this one does in the claim."""
    if OFFICE_WORD.search(name.form):
        return None
    given = names_in(text)
    own = _slots(claim, name)
    if any(same_name(name, other) for other in given):
        own = frozenset(slot for slot in own if slot[0])
    for other in given if own else ():
        if OFFICE_WORD.search(other.form):
            continue
        shared = own & _slots(text, other)
        if not shared or same_name(name, other) or any(same_name(other, one) for one in names_in(claim)):
            continue
        if not any(same_name(name, third) and shared & _slots(text, third) for third in given):
            return other
    return None


def _not_spoken_of(name: Name, claim: str, passage: Passage) -> Name | None:
    """A name of the sentence that tells all the rest, where this one stands neither there nor shortly before it."""
    if name.initial or name.form.isupper() or has_any(passage.text, name.tokens):
        return None
    own = names_in(claim)
    wanted = stems(claim) - {known for other in own for known in stems(other.form)}
    for start, end in closest(claim, passage.text)[:1]:
        sentence = passage.text[start:end]
        if not wanted or len(wanted & stems(sentence)) < TOLD_BY * len(wanted):
            return None
        at = passage.document.find(sentence)
        near = "\n".join((passage.document[max(0, at - SHORTLY) : max(0, at)], passage.context))
        seen, _ = _vocabulary(near)
        if any(same_name(name, other) for other in names_in(near)) or any(
            token in seen or _alias_in(token, seen) or any(word[:KIN] == token[:KIN] for word in seen)
            for token in name.tokens
        ):
            return None
        return next(
            (
                one
                for one in names_in(passage.text)
                if start <= one.start < end and not one.initial and not any(same_name(one, other) for other in own)
            ),
            None,
        )
    return None


TOLD_BY = 0.5  # share of the claim's content words, names apart, that one sentence must have
SHORTLY = 1_200  # code points before it in which a pronoun's name stands
KIN = 4  # letters that "Dovaria" and "Dovarian" have in common


@lru_cache(maxsize=512)
def _slots(text: str, name: Name) -> frozenset[tuple[str, ...]]:
    """The word pairs right before and behind a name: ("based", "in") and ("", "pleaded")."""
    left = [word for word in WORDLIKE.findall(text[max(0, name.start - 40) : name.start].lower()) if word != "the"]
    found: set[tuple[str, ...]] = set()
    if len(left) > 1 and left[-1] in PREPOSITIONS and left[-2] not in STOP_WORDS:
        found.add((stem(left[-2]), left[-1]))
    if left and left[-1] in ("near", "against", "outside"):
        found.add((left[-1],))
    right = BEHIND.match(text[name.end : name.end + 40])
    if (
        right
        and right[1].islower()
        and right[1] not in STOP_WORDS
        and not name.possessive
        and not VERB_OF_SAYING.fullmatch(right[1])
    ):
        found.add(("", stem(right[1])))
    return frozenset(found)


def _is_surname(name: Name, source: str) -> bool:
    """Whether the source goes on to use the last word of the name alone, as it does of people."""
    last = name.tokens[-1]
    alone = any(other.tokens == (last,) for other in names_in(source))
    full = any(len(other.tokens) > 1 and other.tokens[-1] == last for other in names_in(source))
    return full and alone


def _is_talked_of(name: Name, passage: Passage) -> bool:
    """Whether a pronoun of the evidence may mean this person: named shortly before, or whom the article is about."""
    if any(same_name(name, other) for other in names_in(passage.before)):
        return True
    every = names_in(passage.whole)
    return sum(same_name(name, other) for other in every) > MAIN * len(every)


def _same_slot(name: Name, claim: str, other: Name, text: str) -> bool:
    """Whether one name stands where the other may: a word in common, or the same word beside them."""
    if set(name.tokens) & set(other.tokens):
        return True
    mine, theirs = _neighbours(claim, name), _neighbours(text, other)
    return any(one and one == two and one not in STOP_WORDS for one, two in zip(mine, theirs, strict=True))


def _neighbours(text: str, name: Name) -> tuple[str, str]:
    left = WORDLIKE.findall(text[max(0, name.start - 30) : name.start])
    right = WORDLIKE.findall(text[name.end : name.end + 30])
    return (left[-1].lower() if left else ""), (right[0].lower() if right else "")
