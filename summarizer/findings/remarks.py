"""From differences to remarks: pairs with their places in claim and source. They change no verdict."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from operator import attrgetter
from typing import NamedTuple

from summarizer.findings import Difference, compare, passage_of
from summarizer.language.sentences import Sentence
from summarizer.language.source_text import end_to_end
from summarizer.schema import Claim, Document, Evidence, Finding, Span


class SplitDocument(NamedTuple):
    """A source with its sentences in order."""

    document: Document
    sentences: Sequence[Sentence]


def remarks(claim: Claim, shown: Sequence[Evidence], sources: Mapping[str, SplitDocument]) -> tuple[Finding, ...]:
    """What differs between a claim and the whole sentences around some words; `sources` are by `Document.id`.

    What stands in any of the sources is no difference. Words to put beside the claim's come from one document at a time.
    """
    whole = end_to_end(tuple(source.document.text for source in sources.values()))
    found: list[tuple[Finding, ...]] = []
    for name in dict.fromkeys(piece.document for piece in shown):
        source = sources[name]
        sentences = whole_sentences(shown, source)
        differences = compare(claim.text, passage_of(sentences, whole))
        found.append(tuple(_finding(one, sentences) for one in differences))
    return min(found, key=len, default=())


def whole_sentences(shown: Sequence[Evidence], source: SplitDocument) -> tuple[Sentence, ...]:
    """The sentences of a source that some words stand in, in order."""
    every = source.sentences
    found: set[int] = set()
    for piece in shown:
        if piece.document == source.document.id:
            first = bisect_right(every, piece.span.start, key=attrgetter("end"))
            found.update(range(first, bisect_left(every, piece.span.end, first, key=attrgetter("start"))))
    return tuple(every[position] for position in sorted(found))


def _finding(one: Difference, sentences: Sequence[Sentence]) -> Finding:
    """The remark of a difference, with offsets in claim and document."""
    evidence = _evidence(one, sentences)
    note = "" if evidence else one.note  # a pair says it all
    return Finding(kind=one.kind, claim=Span(start=one.start, end=one.end), evidence=evidence, note=note)


def _evidence(one: Difference, sentences: Sequence[Sentence]) -> Evidence | None:
    """The source's words of a difference; None where it has nothing against the claim's."""
    if one.source is None:
        return None
    start, end = one.source
    at = 0
    for sentence in sentences:  # each stands on a line of its own in the passage
        if at <= start and end <= at + len(sentence.text):
            span = Span(start=sentence.start + start - at, end=sentence.start + end - at)
            return Evidence(document=sentence.document, span=span, quote=sentence.text[start - at : end - at])
        at += len(sentence.text) + 1
    return None
