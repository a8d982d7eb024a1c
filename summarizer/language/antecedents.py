"""Whose name a sentence's "he" or "she" stands for, where that is certain.

Only the subject is looked at, and only within a paragraph. The sentence before names one person as its subject, or goes
on with the same pronoun from one that does; the text shows that the person is "he" or "she"; and nobody else whom the
pronoun could mean has been in the paragraph. Whatever is in doubt has no answer.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from summarizer.language.lexicon import lexicon
from summarizer.language.names import Name, names_in
from summarizer.language.patterns import any_of
from summarizer.language.people import (
    BEHIND_HER,
    ENDS_THERE,
    OPENERS,
    PEOPLE,
    Sex,
    head_of,
    is_balanced,
    may_be_person,
    own_tokens,
    unquoted,
)
from summarizer.language.persons import Person, Persons
from summarizer.language.speakers import INVERTING, SAYING, UNDER_PREPOSITION

FURTHEST = 4  # sentences back
FEWEST = 5  # words of a sentence that says something without the one before: "He did not."
SUBJECT = re.compile(r"\A(?P<pronoun>He|She)\s(?!(?:and|or|who|himself|herself)\b)")
FRONTED = re.compile(
    r"\A(?:In|On|At|By|After|Before|During|Until|For|From|Under|Last|Earlier|Of|To)\s(?P<front>[^,;:“”\"()]{1,80}?),?\s(?P<pronoun>he|she)\s(?!and\b|who\b)"
)
TAG = re.compile(rf"[”\"]\s(?P<pronoun>he|she)\s(?P<verb>{SAYING})\b")
SAID_WITHIN = re.compile(rf",\s(?P<pronoun>he|she)\s(?P<verb>{SAYING})(?=[,.;]|\Z)")
PRONOUNS: dict[Sex, re.Pattern[str]] = {
    "he": re.compile(r"\b(?:he|him|his|himself)\b", re.IGNORECASE),
    "she": re.compile(r"\b(?:she|her|hers|herself)\b", re.IGNORECASE),
}
OBJECT: dict[Sex, re.Pattern[str]] = {
    "he": re.compile(r"\bhim\b", re.IGNORECASE),
    "she": re.compile(rf"\bher(?:(?=\s{BEHIND_HER}\b)|(?!\s\w))\b", re.IGNORECASE),
}
MANY = re.compile(r"\b(?:they|them|their|theirs|themselves)\b", re.IGNORECASE)
SEVERAL = re.compile(
    r"\b(?:people|police|(?!(?:says?|was|is|has|does|his|its|this|as|us|yes|always|perhaps|less|across|unless|towards|besides|thus)\b)[a-z]{3,30}s)\b"
)
IT = re.compile(
    rf"\bit(?:s|self)?\b(?!\s(?:is|was|has\sbeen)\s(?:not\s)?{any_of(lexicon('summaries')['after_it'])}\b)",
    re.IGNORECASE,
)
THING = re.compile(r"\b(?:the|an?|any|every|each)\s[^\W\d_][\w’'-]{0,30}")
HANGING = re.compile(
    rf"\b{any_of(lexicon('persons')['hanging'])}\b"
    r"|\bthere\b(?!\s(?:is|are|was|were|will|would|had|has|have|may|might|could|can|should|must)\b)"
    r"|\b(?:day|week|month|year|hour|minute|decade|season|moment)s?\s(?:later|earlier|before|afterwards)\b",
    re.IGNORECASE,
)
ELLIPTIC = re.compile(r"\b(?:did|does|do|would|will|had|has|is|was|could|should|might|can|not|so|to)[.!]\Z")
QUOTE = re.compile(r"\A[“\"]\0+[”\"]")
DETERMINER = r"(?:(?:[Tt]he|[Aa]n?|[Ii]ts|[Tt]heir|[Hh]is|[Hh]er|One|[A-Z][\w-]{0,30}[’']s?)\s)"
LONGEST_TITLE = 80  # code points before the name of who says something
LEAD = re.compile(rf"\A{DETERMINER}?(?:[\w’'-]{{1,30}}\s){{0,8}}(?P<last>[\w’'-]{{2,30}})\s\Z")
LEAD_COMMA = re.compile(rf"\A(?P<phrase>{DETERMINER}(?:[\w’'&-]{{1,30}}\s){{0,9}}[\w’'&-]{{1,30}}),\s\Z")
AHEAD = re.compile(
    r"\A(?:(?:In|On|At|By|After|Before|During|Since|Until|For|Under|Last|Earlier)\s[^,;:“”\"()]{1,80},|(?:Last|In|On|Earlier|Late|Early)\s[A-Za-z0-9 ]{1,30}|Yesterday|Today)\s\Z"
)
APPOSITION = re.compile(
    rf",\s(?!{SAYING}\b|[a-z]{{2,20}}ed\s|(?:and|but|was|is|has|had|works?)\b)(?P<phrase>[^,;:“”\"]{{1,120}}),(?=\s)"
)
GOES_ON = re.compile(r"\s(?P<word>[a-z’']{2,30})\b")
DONE = re.compile(
    rf"\b(?:{SAYING}|(?!retired\b)[a-z]{{2,20}}ed|was|were|is|are|had|has|met|saw|left|by|with|to)\s", re.IGNORECASE
)
"""A verb before the title of a name: that is no subject."""
SAYS = re.compile(rf"\s{SAYING}\b")
SAYS_LAST = re.compile(rf"\s{SAYING}\.\Z")
NO_VERB = frozenset("and or nor but with alongside along together plus versus".split())
ASKS = re.compile(r"\?|\bask(?:s|ed)\b(?!\sfor\b)")
OPENS_SINGLE = re.compile(r"(?:\A|[\s(])['‘](?=\w)")


class Slot(NamedTuple):
    """The pronoun of a sentence that a name may stand for."""

    start: int
    end: int
    sex: Sex


class Antecedent(NamedTuple):
    """The person whom a pronoun means, and which of the sentences before names that person."""

    person: Person
    form: str
    """The name as it is put in, with a title that the text has right before it."""
    place: int


def slot_of(text: str) -> Slot | None:
    """The "he" or "she" that is the subject of a sentence, or of "he said" in it.

    >>> slot_of("She left."), slot_of("“No,” he said."), slot_of("We saw her.")
    (Slot(start=0, end=3, sex='she'), Slot(start=6, end=8, sex='he'), None)
    """
    bare = unquoted(text)
    found = SUBJECT.match(bare) or FRONTED.match(bare) or TAG.search(bare) or SAID_WITHIN.search(bare)
    if not found or any(pattern.search(bare, 0, found.start("pronoun")) for pattern in PRONOUNS.values()):
        return None
    start, end = found.span("pronoun")
    return Slot(start, end, "he" if found["pronoun"].lower() == "he" else "she")


def antecedent(text: str, before: Sequence[str], earlier: Sequence[str], persons: Persons) -> Antecedent | None:
    """Whom the pronoun of a sentence means; `before` are the sentences of its paragraph up to it, `earlier` those before that.

    >>> before = ["Ana Pell, 43, leads the party."]
    >>> antecedent("She left.", before, [], Persons(before)).form
    'Ana Pell'
    """
    slot = slot_of(text)
    if slot is None or any(OPENS_SINGLE.search(one) or not is_balanced(one) for one in (*before, text)):
        return None
    place = len(before) - 1
    while place >= 0 and _goes_on(before[place], slot.sex):
        place -= 1
    subject = subject_of(before[place]) if max(0, len(before) - FURTHEST) <= place else None
    person = persons.of(subject) if subject else None
    if not subject or not person or not person.known or person.sex != slot.sex:
        return None
    if any(ASKS.search(one) for one in before[place:]):
        return None  # the next who speaks may be the one who is asked
    if any(persons.names(one, person) for one in (*before[place + 1 :], text)):
        return None  # "He said Fox was wrong" is not said by Fox
    if any(persons.others(one, person, slot.sex) for one in (*before, text[: slot.start])):
        return None
    if not _means_its_subject(before[place], slot.sex):
        return None
    if PRONOUNS[slot.sex].search(before[place]) and any(persons.others(one, person, slot.sex) for one in earlier):
        return None
    return Antecedent(person, as_named(subject, person), place)


def stands_with_a_name(text: str, person: Person, persons: Persons) -> bool:
    """Whether all of a sentence is said once the name stands in the place of its pronoun."""
    slot = slot_of(text)
    if slot is None or len(text.split()) < FEWEST:
        return False
    bare, behind = unquoted(text), unquoted(text)[slot.end :]
    quoted = "".join(sign if mark == "\0" else " " for sign, mark in zip(text, bare, strict=True))
    other: Sex = "she" if slot.sex == "he" else "he"
    if PRONOUNS[other].search(bare) or OBJECT[slot.sex].search(behind):
        return False
    if any(pattern.search(quoted) for pattern in (*PRONOUNS.values(), MANY)):
        return False
    if PRONOUNS[slot.sex].search(behind) and persons.others(text[slot.end :].lstrip(), person, slot.sex):
        return False
    if not (has_its_noun(MANY, SEVERAL, behind) and has_its_noun(IT, THING, behind)):
        return False
    return not (HANGING.search(bare) or ELLIPTIC.search(bare))


def has_its_noun(pronoun: re.Pattern[str], noun: re.Pattern[str], text: str) -> bool:
    """Whether a text has nothing that a pattern finds, or a noun for it before."""
    found = pronoun.search(text)
    return found is None or any(one.end() <= found.start() for one in noun.finditer(text))


def _goes_on(text: str, sex: Sex) -> bool:
    """Whether a sentence has the same pronoun as its subject, or is somebody's words alone, and is about nobody else."""
    if not _means_its_subject(text, sex):
        return False
    slot = slot_of(text)
    return slot.sex == sex if slot else QUOTE.fullmatch(unquoted(text)) is not None


def _in_quotes(text: str, sex: Sex) -> bool:
    """Whether somebody's words have the pronoun: whom they mean the text does not say."""
    bare = unquoted(text)
    return any(bare[one.start()] == "\0" for one in PRONOUNS[sex].finditer(text))


def _means_its_subject(text: str, sex: Sex) -> bool:
    """Whether the pronouns of a sentence can mean the one whom it is about: "replaced her" and somebody's words cannot."""
    return not (OBJECT[sex].search(text) or _in_quotes(text, sex))


def subject_of(text: str) -> Name | None:
    """The name that is the subject of a sentence, or of the words that say whose quotation it is.

    >>> [subject_of(text).form for text in ("The council's head of transport, Ana Pell, left.", "“No,” said mayor Lee Fox.")]
    ['Ana Pell', 'Lee Fox']
    """
    bare = unquoted(text)
    quote = QUOTE.match(bare)
    at = quote.end() + 1 if quote else 0
    for name in names_in(bare):
        if name.possessive or name.start < at or not may_be_person(bare, name):
            continue
        lead = bare[at : name.start]
        if quote:
            verb, _, rest = lead.partition(" ")
            inverted = verb in INVERTING
            lead = rest if inverted else lead
            if _leads_to(lead, bare, name) and (inverted or _says(bare, name)):
                return name
            if len(lead) > LONGEST_TITLE:
                return None
            continue
        if _leads_to(lead, bare, name) or (AHEAD.match(lead) and not UNDER_PREPOSITION.search(lead)):
            return name if _goes_on_with_a_verb(bare, name) else None
        break
    return _said_at_the_end(bare)


def _leads_to(lead: str, text: str, name: Name) -> bool:
    """Whether words before a name are none, or say what its bearer is: "Election commissioner", "The club's coach, "."""
    if not lead:
        return True
    if (direct := LEAD.match(lead)) and direct["last"].lower() in PEOPLE:
        return not DONE.search(lead)
    ahead = LEAD_COMMA.match(lead)
    return ahead is not None and ENDS_THERE.match(text, name.end) is not None and head_of(ahead["phrase"]) in PEOPLE


def _behind_appositions(text: str, name: Name) -> int:
    at = name.end
    while found := APPOSITION.match(text, at):
        at = found.end() - 1
    return at + (text[at : at + 1] == ",")


def _goes_on_with_a_verb(text: str, name: Name) -> bool:
    found = GOES_ON.match(text, _behind_appositions(text, name))
    return found is not None and found["word"] not in NO_VERB


def gives_the_word(text: str, subject: Name) -> bool:
    """Whether the verb of a subject that stands before or behind it is one of saying."""
    before = text[: subject.start]
    return _says(text, subject) or any(verb in INVERTING for verb in before.split())


def _says(text: str, name: Name) -> bool:
    return SAYS.match(text, _behind_appositions(text, name)) is not None


def _said_at_the_end(text: str) -> Name | None:
    """ "The vote was close, Ana Pell said."""
    for name in names_in(text):
        if text[: name.start].endswith(", ") and SAYS_LAST.match(text, name.end):
            return None if name.possessive else name
    return None


def as_named(subject: Name, person: Person) -> str:
    """The name as it stands in a sentence, with its title, or in full where it stands there short."""
    parts = subject.form.split()
    stands = own_tokens(subject) == person.tokens and parts[0].lower() not in OPENERS
    return subject.form if stands else person.form
