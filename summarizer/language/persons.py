"""Who in a text is a person, and whether that person is "he" or "she", as far as the text shows it.

A name alone shows neither. What does: a title or an office beside it, an age, "who" behind it, the surname used alone;
"Mrs", "her brother", a first name that only men or only women have. Where nothing does, nobody knows, and callers leave it.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from summarizer.language.names import Name, names_in
from summarizer.language.people import (
    NOT_OF_PEOPLE,
    OWN,
    SEX_OF_NAME,
    SEX_OF_WORD,
    THE,
    Mention,
    Sex,
    is_of_thing,
    is_shown_a_person,
    may_be_person,
    own_tokens,
    person_words,
    sex_beside,
    unquoted,
)

OPENING = 20  # sentences
MOST_BEARERS = 50  # names with one word in common; of more nobody can say which is meant
SMALL = re.compile(r"\b[a-z][a-z'’-]+")
ANY_PRONOUN = re.compile(r"\b(?:he|she|him|her|hers|his|himself|herself)\b", re.IGNORECASE)


class Person(NamedTuple):
    """What a text shows of the bearer of a name."""

    tokens: tuple[str, ...]
    """The words of the fullest form of the name."""
    form: str
    """That form as it is written, without titles."""
    known: bool
    """Whether it is a person for sure."""
    sex: Sex | None


class Persons:
    """The persons of a text, given as its sentences in order."""

    def __init__(self, sentences: Sequence[str], *, opens: bool = True) -> None:
        """`opens` says whether the first of them is that of the whole text."""
        self._opening = sentences[:OPENING] if opens else ()
        self._mentions: dict[tuple[str, ...], list[Mention]] = defaultdict(list)
        self._full: dict[str, set[tuple[str, ...]]] = defaultdict(set)
        self._surnames: set[str] = set()
        for mention in (Mention(text, name) for text in sentences for name in names_in(text)):
            tokens = own_tokens(mention.name)
            self._mentions[tokens].append(mention)
            if len(tokens) > 1 and not NOT_OF_PEOPLE.intersection(tokens):
                self._full[tokens[0]].add(tokens)
                self._full[tokens[-1]].add(tokens)
                if may_be_person(*mention):
                    self._surnames.add(tokens[-1])
        self._of: dict[tuple[str, ...], list[Mention]] | None = None
        self._people: dict[tuple[str, ...], Person] = {}
        self._things: dict[tuple[str, ...], bool] = {}
        self._fullest: dict[tuple[str, ...], tuple[str, ...] | None] = {}
        self._small = {match[0] for text in sentences for match in SMALL.finditer(text)}

    def of(self, name: Name) -> Person | None:
        """The person of a name; None where nobody can say which of several it is."""
        tokens = self._tokens(name)
        if tokens is None:
            return None
        if tokens not in self._people:
            self._people[tokens] = self._looked_up(tokens, name)
        return self._people[tokens]

    def others(self, text: str, own: Person, sex: Sex) -> bool:
        """Whether a sentence has somebody else in it, named or not, who may be "he" or "she" as well."""
        for name in names_in(text):
            if self._may_be(text, name):
                person = self.of(name)
                if person is None or (
                    person.tokens != own.tokens and person.sex in (None, sex) and self._is_one(person)
                ):
                    return True
        return any(SEX_OF_WORD.get(word, sex) == sex for word in person_words(text))

    def names(self, text: str, own: Person) -> bool:
        """Whether a sentence has the name of a person, or one that may be theirs."""
        found = (self.of(name) for name in names_in(text) if set(own_tokens(name)) & set(own.tokens))
        return any(person is None or person.tokens == own.tokens for person in found)

    def _may_be(self, text: str, name: Name) -> bool:
        """Whether a name may be that of a person, also as the first word of a sentence."""
        if name.initial and own_tokens(name)[-1] in self._surnames:
            return True
        return may_be_person(text, name) and not (name.initial and self._is_word(name))

    def _is_one(self, person: Person) -> bool:
        """Whether a name may be that of a person, as far as the whole text shows: "in Tarn", "Lodestar's shares" are of none."""
        if person.tokens not in self._things:
            own = self._mentions.get(person.tokens, [])
            self._things[person.tokens] = not person.known and any(map(is_of_thing, own))
        return not self._things[person.tokens]

    def _is_word(self, name: Name) -> bool:
        """Whether the first word of a sentence is written without a capital elsewhere."""
        return own_tokens(name)[0] in self._small

    def _tokens(self, name: Name) -> tuple[str, ...] | None:
        """The fullest form that a name may stand for."""
        return self._fullest_of(own_tokens(name))

    def _fullest_of(self, tokens: tuple[str, ...]) -> tuple[str, ...] | None:
        if tokens not in self._fullest:
            near = self._full.get(tokens[-1], set())
            fuller = [one for one in near if set(tokens) <= set(one)] if len(near) <= MOST_BEARERS else []
            longest = max(fuller, key=len, default=tokens if len(near) <= MOST_BEARERS else ())
            self._fullest[tokens] = longest if longest and all(set(one) <= set(longest) for one in fuller) else None
        return self._fullest[tokens]

    def _all_of(self, tokens: tuple[str, ...]) -> list[Mention]:
        """Every mention that may be of the bearer of a full name."""
        if self._of is None:
            self._of = defaultdict(list)
            for own, found in self._mentions.items():
                if full := self._fullest_of(own):
                    self._of[full] += found
        return self._of.get(tokens, [])

    def _looked_up(self, tokens: tuple[str, ...], name: Name) -> Person:
        own = self._all_of(tokens)
        full = next((one for one in own if own_tokens(one.name) == tokens), Mention(name.form, name))
        form = " ".join(full.name.form.split()[-len(tokens) :])
        shown = {sex for one in own if (sex := sex_beside(one))}
        if first := SEX_OF_NAME.get(tokens[0]) if len(tokens) > 1 else None:
            shown.add(first)
        if not shown and (agreed := self._agreed(tokens)):
            shown.add(agreed)
        alone = len(tokens) > 1 and any(_is_surname(one, tokens) for one in own)
        named = len(tokens) > 1 and tokens[0] in SEX_OF_NAME and not NOT_OF_PEOPLE.intersection(tokens)
        known = alone or named or any(map(is_shown_a_person, own))
        return Person(tokens, form, known, shown.pop() if len(shown) == 1 else None)

    def _agreed(self, tokens: tuple[str, ...]) -> Sex | None:
        """The sex that "his" and "her" show where a text begins with a person, before somebody else is in it."""
        found: set[Sex] = set()
        for text in self._opening:
            names = [name for name in names_in(text) if self._may_be(text, name)]
            if any(self._tokens(name) != tokens for name in names):
                break
            if any(person_words(text)):
                break
            bare = unquoted(text)
            sexes: set[Sex] = {"he" if match["his"] else "she" for match in OWN.finditer(bare)}
            pronouns = {match[0].lower() for match in ANY_PRONOUN.finditer(bare)}
            mixed = pronouns & {"he", "him", "his"} and pronouns & {"she", "her", "hers"}
            if names and sexes and not mixed and not names[0].possessive:
                found |= sexes
        return found.pop() if len(found) == 1 else None


def _is_surname(mention: Mention, tokens: tuple[str, ...]) -> bool:
    """Whether the last word of a name stands alone, as the names of people do and those of bodies do not."""
    text, name = mention
    return own_tokens(name) == tokens[-1:] and not THE.search(text, 0, name.start)
