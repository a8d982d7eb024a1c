"""Sentences of a summary that the next one leans on: no edit may change whom that one speaks of."""

from collections.abc import Iterable, Mapping, Sequence

from summarizer.findings.vocabulary import words_of
from summarizer.language.headings import unmarked_headings
from summarizer.language.names import names_in
from summarizer.language.quotations import QUOTED
from summarizer.language.sentences import sentence_offsets
from summarizer.repair.as_read import as_read
from summarizer.repair.removals import HEADING
from summarizer.repair.sentences import OF_ANOTHER
from summarizer.schema import Document, Span
from summarizer.writing.standing import leans


def leaned_on(text: str, taken: Sequence[Span], instead: Mapping[int, str]) -> set[Span]:
    """Those of some statements to take out, in order, that a sentence which stays would lean on.

    `instead` is what will stand for the sentences that begin at a place.

    >>> text = "Ana left. Eve came. She sang. It rained."
    >>> leaned_on(text, [Span(start=10, end=19), Span(start=30, end=40)], {})
    {Span(start=10, end=19)}
    """
    needed: set[Span] = set()
    going: set[int | None] = {None}
    for place in reversed(taken):
        if leaning_after(text, place.end, instead) in going:
            going.add(place.start)
        else:
            needed.add(place)
    return needed


def leaning_after(text: str, at: int, instead: Mapping[int, str]) -> int | None:
    """Where the next sentence begins, a heading aside, if it leans on what stands before it."""
    unmarked = unmarked_headings(text)
    sentences = (
        place for place in sentence_offsets(text) if not HEADING.match(text[slice(*place)]) and place[0] not in unmarked
    )
    start, end = next((place for place in sentences if place[0] >= at), (len(text), len(text)))
    return start if _leans(instead.get(start) or as_read(text[start:end]).text) else None


def _leans(text: str) -> bool:
    """Whether a sentence needs the one before it; a quotation with the name of its speaker does not."""
    said = QUOTED.sub("", text)
    spoken = text[:1] != said[:1] and bool(names_in(said)) and not OF_ANOTHER.search(said)
    return leans(text) and not spoken


def names_another(before: str, after: str, documents: Iterable[Document]) -> bool:
    """Whether a new wording lacks the name that comes first in a sentence, which is one of the sources'."""
    first = next((name.tokens[-1] for name in names_in(as_read(before).text)), None)
    if first is None or first in words_of(after):
        return False
    return any(first in words_of(one.text) for one in documents)
