"""Whose words a quotation is, where the text says so beyond doubt: right behind it, right before it, or as an interview."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from summarizer.language.antecedents import antecedent, as_named, gives_the_word, slot_of, subject_of
from summarizer.language.names import Name, names_in
from summarizer.language.people import may_be_person
from summarizer.language.persons import Persons
from summarizer.language.speakers import SAYING, VERB

QUOTATION = re.compile(r"“([^“”]{2,2000})”|\"([^\"]{2,2000})\"")
STAND_IN = "“\0\0,” "
"""Of a quotation before the words that say whose it is."""
STOP = re.compile(r"[.!?](?=\s|\Z)")
LEADS_IN = re.compile(
    rf"(?:\A|[.!?]\s{{1,3}})(?P<words>[^\n“”\".!?:]{{1,160}}?\b(?:told(?:\s[\w’'-]{{1,30}}){{1,3}}|{SAYING})"
    r"(?:\s(?:on|in|at|after|before)(?:\s[\w’'-]{1,30}){1,4})?)[:,]\s\Z"
)
OF_ANOTHER = re.compile(r"\b(?:quot\w{1,4}|read(?:s|ing)?|cit(?:es|ed|ing)|words of|as saying)\b", re.IGNORECASE)
"""Says that somebody gives the words of somebody else."""
LONGEST_QUESTION = 600  # code points
LONGEST_TAG = 200  # code points behind a quotation that say whose it is
ADDRESSED = re.compile(r"\A(?P<first>[^,?]{3,60}),\s[a-z]|,\s(?P<last>[^,?]{3,60})\?\s*\Z")
TO_SOMEBODY = re.compile(r"\?\s*\Z|\byour?\b")
FEWEST_ANSWERS = 3  # of an interview


class Spoken(NamedTuple):
    """Words between quotation marks: `paragraph[start:end]`."""

    start: int
    end: int


class Told(NamedTuple):
    """What stands before a paragraph and in it, as sentences."""

    before: Sequence[tuple[int, str]]
    """Those of the paragraph, each with where it ends there."""
    earlier: Sequence[str]
    """Those before the paragraph."""
    persons: Persons

    def up_to(self, place: int) -> list[str]:
        return [text for end, text in self.before if end <= place]


def spoken_in(paragraph: str) -> tuple[Spoken, ...]:
    """The quotations of a paragraph, in order; none where a mark has no other half."""
    rest = QUOTATION.sub("", paragraph)
    if any(sign in rest for sign in '“”"«»'):
        return ()
    return tuple(Spoken(one.start() + 1, one.end() - 1) for one in QUOTATION.finditer(paragraph))


def speaker_of(paragraph: str, number: int, told: Told) -> str | None:
    """The name of who says the quotation of that number in a paragraph, by the words around it.

    >>> text = "“I stay,” said Ana Pell, 43. “So I vote.”"
    >>> [speaker_of(text, number, Told([], [], Persons([text]))) for number in (0, 1)]
    ['Ana Pell', 'Ana Pell']
    """
    quotations = spoken_in(paragraph)
    own, last = quotations[number], quotations[number - 1] if number else None
    behind = _behind(paragraph, quotations, number)
    if behind:
        return _by(STAND_IN + behind + ".", own.start - 1, told)
    if lead := LEADS_IN.search(paragraph, last.end + 1 if last else 0, own.start - 1):
        return _by(lead["words"] + ".", lead.start("words"), told)
    between = _behind(paragraph, quotations, number - 1) if last else ""
    if last and between and paragraph[last.end + 1 : own.start - 1].strip(" .,\n") == between.strip(" .,\n"):
        name = _by(STAND_IN + between + ".", last.start - 1, told)
        return name if name and _is_of_one(STAND_IN + between) else None
    return None


def _behind(paragraph: str, quotations: Sequence[Spoken], number: int) -> str:
    """The words of the sentence that goes on behind a quotation."""
    start = quotations[number].end + 1
    end = quotations[number + 1].start - 1 if number + 1 < len(quotations) else len(paragraph)
    behind = paragraph[start : min(end, start + LONGEST_TAG)]
    stop = STOP.search(behind)
    tag = behind[: stop.start() if stop else len(behind)].rstrip(" ,\n")
    if not tag[:1].isspace():
        return ""
    goes_on = tag[1:2].islower() or (paragraph[start - 2] in ",?!" and VERB.search(tag))
    return tag[1:] if goes_on else ""


def _by(words: str, place: int, told: Told) -> str | None:
    """Whom words such as "she said" or "said Ana Pell" give the word."""
    if len(VERB.findall(words)) != 1 or OF_ANOTHER.search(words):
        return None
    subject = subject_of(words)
    person = told.persons.of(subject) if subject else None
    if subject:
        return as_named(subject, person) if person and person.known and gives_the_word(words, subject) else None
    if slot_of(words) is None:
        return None
    found = antecedent(words, told.up_to(place), told.earlier, told.persons)
    return found.form if found else None


def _is_of_one(words: str) -> bool:
    """Whether words between two quotations bring no second speaker."""
    return len(VERB.findall(words)) == 1 and sum(may_be_person(words, name) for name in names_in(words)) <= 1


class Interview(NamedTuple):
    """The answers of an interview, and the names by which its questions address somebody."""

    answers: frozenset[int]
    """Which paragraphs they are: wholly quoted, each right behind one that asks somebody and is not."""
    addressed: tuple[Name | None, ...]
    """None where a question addresses somebody by other words than a name."""

    def answerer(self, persons: Persons) -> str | None:
        """Who gives the answers; None where nobody or several are addressed.

        >>> asked = "Ms Pell, are you happy?", "“I am.”", "Why?", "“I won.”", "And now?", "“I rest.”"
        >>> interview_of(asked).answerer(Persons(["Ana Pell has won.", *asked]))
        'Ana Pell'
        """
        people = {persons.of(name) if name else None for name in self.addressed}
        person = people.pop() if len(people) == 1 and len(self.answers) >= FEWEST_ANSWERS else None
        return person.form if person and person.known else None


def interview_of(paragraphs: Sequence[str]) -> Interview:
    """The questions and answers of a text, given as its paragraphs."""
    quoted = [QUOTATION.fullmatch(one.strip()) is not None for one in paragraphs]
    answers = [
        at for at in range(1, len(paragraphs)) if quoted[at] and not quoted[at - 1] and TO_SOMEBODY.search(paragraphs[at - 1])
    ]  # fmt: skip
    asked = (" ".join(paragraphs[at - 1].split()) for at in answers)
    found = [ADDRESSED.search(one) for one in asked if one.endswith("?") and len(one) <= LONGEST_QUESTION]
    names = dict.fromkeys((one["first"] or one["last"]).strip() for one in found if one)
    return Interview(frozenset(answers), tuple(map(_one_name, names)))


def _one_name(words: str) -> Name | None:
    found = names_in(words)
    return found[0] if len(found) == 1 and found[0].form == words else None
