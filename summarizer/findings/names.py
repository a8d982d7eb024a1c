"""Names of the claim with a word that stands nowhere in the source."""

import re

from summarizer.findings.differences import Difference, Kind, Passage, absent
from summarizer.findings.equal import may_be_one, same_spelling
from summarizer.findings.initials import in_full_or_short, within
from summarizer.findings.vocabulary import START, WORDLIKE, has_words, spellings, starts_of, words_of
from summarizer.language.names import LEXICON, TITLES, Name, bearers, begins_in_short, names_in
from summarizer.language.quantities import stated_quantities
from summarizer.language.source_text import LONG
from summarizer.language.time_expressions import time_expressions
from summarizer.schema import FindingKind

INITIAL_FIRST = re.compile(r"(?P<letter>[A-ZÀ-ÖØ-Þ])\.\s(?:[A-ZÀ-ÖØ-Þ]\.\s)?(?P<rest>\S.*)")
ERAS = {"BC": "bce", "BCE": "bc", "AD": "ce", "CE": "ad"}
"""Each with its other name, as `words_of` has it."""
FULL = 2  # words of a full name, its small words and initials aside
NUMBERED = re.compile(r"[ivx]{1,5}|jr|sr")
"""The end of a name that tells it from another: "John Paul II", "World War I"."""
SMALL = frozenset(LEXICON["particles"]) | {"st", "saint", "san", "santa"}


def find(claim: str, passage: Passage) -> list[Difference]:
    """Find the names that the source lacks, each beside the full name that it has a half of."""
    own = names_in(claim)
    found = []
    for name in own:
        if others := _of_another_number(name, passage):
            found += absent(FindingKind.NAME, claim, name, passage, others)
            continue
        if name.initial or set(name.tokens) <= TITLES or _is_known(name, passage.source):
            continue
        if any(same_spelling(name, other) and not _spells_out(name, other) for other in names_in(passage.text)):
            continue
        if not _is_of_a_value(name, claim) and not _is_in_full_or_short(name, claim, passage):
            found += absent(FindingKind.NAME, claim, name, passage, _half_exchanged(name, own, passage.text))
    return found


def _is_known(name: Name, source: str) -> bool:
    """Whether each word of the name begins as some word of the source: "Dovarian" is known by "Dovaria"."""
    if ERAS.get(name.form, name.form) in words_of(source):
        return True
    if (short := INITIAL_FIRST.fullmatch(name.form)) and _is_of_an_initial(short["letter"], short["rest"], source):
        return True
    starts = starts_of(source)
    tokens = [token for token in name.tokens if len(token) > 1]
    return all(
        any(all(word[:START] in starts for word in WORDLIKE.findall(way.replace(".", ""))) for way in spellings(token))
        for token in (
            tokens if len(tokens) >= FULL else name.tokens
        )  # an initial between two names is left out at will
    )


def _spells_out(name: Name, other: Name) -> bool:
    """Whether a name has a word of which the other has the initial alone: what "J. Holm" stands for is not said."""
    if len(name.tokens) != len(other.tokens):
        return False
    return any(len(their) == 1 < len(own) for own, their in zip(name.tokens, other.tokens, strict=True))


def _is_in_full_or_short(name: Name, claim: str, passage: Passage) -> bool:
    """Whether the source, or the evidence of a long one, has a name or the body in it by its initials or in full: "UN Security Council"."""
    source = passage.source if len(passage.source) < LONG else passage.text
    places = list(in_full_or_short(claim, source))
    inner = (place for place in places if name.start <= place[0] and place[1] <= name.end)
    forms = (f"{claim[name.start : start]}{words}{claim[end : name.end]}" for start, end, words in inner)
    return within(name, places) or any(has_words(form, source) for form in forms)


def _of_another_number(name: Name, passage: Passage) -> list[Name]:
    """The names of the evidence that are this one but for its number or generation, where the source has no such one."""
    *whose, last = name.tokens
    if not whose or not NUMBERED.fullmatch(last):
        return []
    if re.search(rf"(?<!\w){re.escape(whose[-1])}\W{{1,3}}{re.escape(last)}(?!\w)", passage.source, re.IGNORECASE):
        return []
    return [
        other
        for other in names_in(passage.text)
        if other.tokens[:-1] == tuple(whose) and other.tokens[-1] != last and NUMBERED.fullmatch(other.tokens[-1])
    ]


def _is_of_an_initial(letter: str, rest: str, source: str) -> bool:
    """Whether the source has a name that begins with the letter and ends with the rest: "A. Holm" is "Anna Holm"."""
    return (
        re.search(rf"\b{letter}[\w’'-]{{1,30}}\s(?:[\w’'.-]{{1,30}}\s){{0,2}}{re.escape(rest)}(?!\w)", source)
        is not None
    )


def _is_of_a_value(name: Name, claim: str) -> bool:
    """Whether a word with a capital belongs to a number or a date: "5 Mio.", "6,6 Prozent", "XVIIe siècle"."""
    placed = [(one.start, one.end) for one in stated_quantities(claim)]
    placed += [
        (one.start, one.end) for one in time_expressions(claim) if claim[one.end : one.end + 1] != "-"
    ]  # "Jan-Willem"
    return any(start <= name.start < end for start, end in placed)


def _half_exchanged(name: Name, own: tuple[Name, ...], text: str) -> list[Name]:
    """The full names of the evidence that have one half of this one in its place, and that the claim does not name."""
    return [
        other
        for other in names_in(text)
        if _has_one_half(name, other) and not any(may_be_one(other, one) for one in own if not one.initial)
    ]


def _has_one_half(name: Name, other: Name) -> bool:
    """Whether exactly one of given name and family name is the other's; letters such as "PM" are no given name."""
    mine, theirs = map(_halves, bearers(name, other))
    same = [not spellings(one).isdisjoint(spellings(two)) for one, two in zip(mine, theirs, strict=False)]
    return sum(same) == 1 and (same[0] or not begins_in_short(name) or begins_in_short(other))


def _halves(words: tuple[str, ...]) -> tuple[str, ...]:
    """Given name and family name; nothing where that is not clear: "García de la Vega" is one family name, "York Times" is none."""
    full = [word for word in words if len(word) > 1 and word not in SMALL]
    if len(full) < FULL or (len(full) > FULL and SMALL.isdisjoint(words)):
        return ()
    return full[0], " ".join(full[1:])


ENTRY = Kind("names", "a name that stands nowhere in the source", find)
