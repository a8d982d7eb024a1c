"""How a summary was put right: each edit with its words, and what was left as it was."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from summarizer.schema.text import Evidence, Record, Span, Text


class EditKind(StrEnum):
    """What is done to the words of the summary."""

    SWAP = "swap"
    SENTENCE = "sentence"
    REMOVAL = "removal"


class Edit(Record):
    """Words of the summary, and what stands there afterwards."""

    claim: Text
    """`Claim.id` of the statement that is put right."""
    kind: EditKind
    """Whether words of the source take their place, a whole sentence of it, or nothing."""
    span: Span
    """Where the words stand in the summary."""
    before: Text
    """The words as they were, with the white space or the heading that goes with them."""
    after: str
    """What stands there now; empty for a removal."""
    reason: Text
    """Why, in plain words."""
    evidence: tuple[Evidence, ...] = ()
    """The words of the source that it rests on; for a removal the nearest ones."""

    @model_validator(mode="after")
    def _does_what_it_says(self) -> Self:
        if (self.kind is EditKind.REMOVAL) != (not self.after):
            raise ValueError(f"claim {self.claim}: a removal leaves nothing, and a swap something")
        if self.after == self.before:
            raise ValueError(f"claim {self.claim}: an edit that changes nothing: {self.before!r}")
        return self


class Repair(Record):
    """The edits of a summary and the text that they make."""

    edits: tuple[Edit, ...] = ()
    """In the order of the summary; none overlaps another."""
    text: Text
    """The summary with every edit made."""
    distance: int = Field(default=0, ge=0)
    """The edit distance between the summary and that text: how many words were put in, left out or exchanged."""
    left_open: tuple[Text, ...] = ()
    """`Claim.id` of what was not put right: undecided, unchecked, or wrong in words that others need."""


def words_apart(before: str, after: str) -> int:
    """The edit distance of two texts in words: how many are put in, left out or exchanged.

    >>> words_apart("It cost 54 million euros.", "It cost about 45 million euros.")
    2
    """
    ours, theirs = before.split(), after.split()
    row = list(range(len(theirs) + 1))
    for number, word in enumerate(ours, 1):
        last, row[0] = row[0], number
        for place, other in enumerate(theirs, 1):
            last, row[place] = row[place], min(row[place] + 1, row[place - 1] + 1, last + (word != other))
    return row[-1]


def distance_of(edits: Iterable[Edit]) -> int:
    """How many words edits put in, leave out or exchange: `Repair.distance`, and what reports say."""
    return sum(words_apart(one.before, one.after) for one in edits)


def edited(text: str, edits: tuple[Edit, ...]) -> str:
    """Make the edits in a text. Raises a `ValueError` where they do not fit it."""
    parts, at = [], 0
    for edit in edits:
        if edit.span.start < at or edit.span.of(text) != edit.before:
            raise ValueError(f"claim {edit.claim}: an edit of words that are not there: {edit.before!r}")
        parts += [text[at : edit.span.start], edit.after]
        at = edit.span.end
    return "".join([*parts, text[at:]])


def moved(span: Span, edits: tuple[Edit, ...]) -> Span:
    """Where words of a text stand once the edits are made, with all that was put in at their edges.

    Raises a `ValueError` where nothing of them is left.
    """
    return Span(start=_moved(span.start, edits, past=False), end=_moved(span.end, edits, past=True))


def _moved(at: int, edits: tuple[Edit, ...], *, past: bool) -> int:
    """Where a place is, or within an edit the start or the end (`past`) of what it puts in."""
    shift = 0
    for edit in edits:
        if edit.span.end > at:
            inside = edit.span.start < at
            return shift + (edit.span.start + len(edit.after) * past if inside else at)
        shift += len(edit.after) - len(edit.before)
    return at + shift
