"""Words of the source that could stand where words of a claim stand: a name for a name, a date for a date."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from summarizer.findings.dates import shared_parts
from summarizer.findings.equal import is_told, may_be_one, same_quantity, same_spelling
from summarizer.findings.initials import in_full_or_short, within
from summarizer.findings.nearest import likeness
from summarizer.findings.numbers import same_unit
from summarizer.findings.sums import follows
from summarizer.language.names import Name, names_in
from summarizer.language.offices import OFFICE_WORD
from summarizer.language.quantities import Quantity, stated_quantities
from summarizer.language.signs import PLAIN_HYPHENS
from summarizer.language.time_expressions import TimeExpression, time_expressions
from summarizer.schema import FindingKind

MOST = 6  # for each value of a claim
INDEFINITE = re.compile(r"\ban?\s\Z", re.IGNORECASE)
ARTICLE = 4  # code points in which that stands
PRONOUN = "one"  # where it counts nothing: "the fault was one that nobody saw"


class Value(NamedTuple):
    """A name, a date or a quantity in a text."""

    kind: FindingKind
    sort: str
    """What of that kind: only values of one sort can stand for each other."""
    read: Name | TimeExpression | Quantity
    form: str

    @property
    def start(self) -> int:
        return self.read.start

    @property
    def end(self) -> int:
        return self.read.end

    @property
    def nouns(self) -> frozenset[str]:
        """Stems of what is counted."""
        return self.read.nouns if isinstance(self.read, Quantity) else frozenset()


class Rival(NamedTuple):
    """A value of a claim that a sentence does not have, and one of the same sort that only the sentence has."""

    own: Value
    other: Value


def rivals(claim: str, sentence: str) -> Iterator[Rival]:
    """Every such pair, in the order of the claim; those that are most alike come first.

    A value that the sentence has in another form has no rival, and neither has a number that follows from its own.
    """
    mine, theirs = _values(claim), _values(sentence)
    claimed, numbers = _numbers(mine), _numbers(theirs)
    ours, given = _plain(claim), _plain(sentence)
    short, others_short = list(in_full_or_short(claim, sentence)), list(in_full_or_short(sentence, claim))
    others = [
        one for one in theirs
        if one.form not in ours and not _is_named(one, mine) and not within(one, others_short)
    ]  # fmt: skip
    for own in mine:
        if (
            own.form in given
            or within(own, short)
            or all(_is_told(one, theirs, claim, sentence) for one in _singly(own))
        ):
            continue
        if isinstance(own.read, Quantity) and follows(own.read, claimed, numbers):
            continue
        alike = [one for one in others if own.sort == one.sort and _stand_alike(own, claim, one, sentence)]
        for other in sorted(alike, key=lambda one: _rank(own, claim, one, sentence), reverse=True)[:MOST]:
            yield Rival(own, other)


def _stand_alike(own: Value, claim: str, other: Value, sentence: str) -> bool:
    """Whether a name may stand where another does: neither "an Australian" nor the "Finance" of a director is a person."""
    if not (isinstance(own.read, Name) and isinstance(other.read, Name)):
        return True
    sides = ((own.read, claim), (other.read, sentence))
    kinds = {INDEFINITE.search(text, max(0, name.start - ARTICLE), name.start) is None for name, text in sides}
    of_office = [OFFICE_WORD.match(text, name.end + 1) is not None for name, text in sides]
    apart = any(name.initial and has for (name, _), has in zip(sides, of_office, strict=True))
    return len(kinds) == 1 and (len(set(of_office)) == 1 or not apart)


def _rank(own: Value, claim: str, other: Value, sentence: str) -> tuple[int, ...]:
    """How like a value of a sentence is to one of a claim; of several, those that count the same things come first."""
    shared = 0
    match own.read, other.read:
        case TimeExpression(), TimeExpression():
            shared = shared_parts(own.read, other.read)
        case Quantity(), Quantity():
            shared = same_unit(own.read, other.read)
    return likeness(claim, own, sentence, other, shared + len(own.nouns & other.nouns)).rank


def _is_named(other: Value, mine: Sequence[Value]) -> bool:
    """Whether the claim names the bearer of a name too, by the surname, the full name or a short form."""
    names = [one.read for one in mine if isinstance(one.read, Name) and not one.read.initial]
    return isinstance(other.read, Name) and any(may_be_one(other.read, one) for one in names)


def _numbers(values: Sequence[Value]) -> list[Quantity]:
    return [one.read for one in values if isinstance(one.read, Quantity)]


def _singly(own: Value) -> Iterator[Value]:
    """A date on several days as one date for each, and everything else as it is."""
    days = own.read.day if isinstance(own.read, TimeExpression) else None
    for day in days or (None,):
        read = own.read._replace(day=(day, day)) if day and isinstance(own.read, TimeExpression) else own.read
        yield own._replace(read=read)


def _is_told(own: Value, theirs: Sequence[Value], claim: str, sentence: str) -> bool:
    return any(_is_same(own, other, claim, sentence) for other in theirs)


def _is_same(own: Value, other: Value, claim: str, sentence: str) -> bool:
    match own.read, other.read:
        case Name(), Name():
            return same_spelling(own.read, other.read)
        case TimeExpression(), TimeExpression():
            return is_told(own.read, other.read, claim, sentence)
        case Quantity(), Quantity():
            return same_quantity(own.read, other.read, claim, sentence)
    return False


def _values(text: str) -> list[Value]:
    found = [
        Value(FindingKind.NAME, "owner" if name.possessive else "name", name, _plain(name.form))
        for name in names_in(text)
    ]
    for date in time_expressions(text):
        sort = "date" if date.month else date.kind
        found.append(Value(FindingKind.DATE, sort, date, _plain(text[date.start : date.end])))
    for one in stated_quantities(text):
        form = _plain(text[one.start : one.end])
        if form == PRONOUN and not one.nouns:
            continue
        found.append(Value(FindingKind.NUMBER, f"quantity:{one.dimension}", one, form))
    return found


def _plain(text: str) -> str:
    """In small letters, with one hyphen for all."""
    return text.casefold().translate(PLAIN_HYPHENS)
