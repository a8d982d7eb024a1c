"""Words of the source that could stand where words of a claim stand: a name for a name, a date for a date."""

from collections.abc import Iterator
from typing import NamedTuple

from summarizer.language.names import names_in
from summarizer.language.quantities import stated_quantities
from summarizer.language.time_expressions import time_expressions
from summarizer.schema import FindingKind

MOST = 6  # for each value of a claim
PRONOUN = "one"  # where it counts nothing: "the fault was one that nobody saw"


class Value(NamedTuple):
    """A name, a date or a quantity in a text."""

    kind: FindingKind
    sort: str
    """What of that kind: only values of one sort can stand for each other."""
    start: int
    end: int
    form: str
    nouns: frozenset[str] = frozenset()
    """Stems of what is counted."""


class Rival(NamedTuple):
    """A value of a claim that a sentence does not have, and one of the same sort that only the sentence has."""

    own: Value
    other: Value


def rivals(claim: str, sentence: str) -> Iterator[Rival]:
    """Every such pair, in the order of the claim; those that count the same things come first."""
    theirs = _values(sentence)
    for own in _values(claim):
        if own.form in sentence.casefold():
            continue
        alike = [other for other in theirs if own.sort == other.sort and other.form not in claim.casefold()]
        for other in sorted(alike, key=lambda one: -len(own.nouns & one.nouns))[:MOST]:
            yield Rival(own, other)


def _values(text: str) -> list[Value]:
    found = [Value(FindingKind.NAME, "name", name.start, name.end, name.form.casefold()) for name in names_in(text)]
    for date in time_expressions(text):
        sort = "date" if date.month else date.kind
        found.append(Value(FindingKind.DATE, sort, date.start, date.end, text[date.start : date.end].casefold()))
    for one in stated_quantities(text):
        form = text[one.start : one.end].casefold()
        if form == PRONOUN and not one.nouns:
            continue
        found.append(Value(FindingKind.NUMBER, f"quantity:{one.dimension}", one.start, one.end, form, one.nouns))
    return found
