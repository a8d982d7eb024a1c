"""What a finding does to a verdict. Guards veto, they do not vote.

Only `supported` is looked at. A sure finding, one value against another of the
same thing in a sentence that tells what the claim tells, makes the claim
`contradicted`, with the pair as its words. Any other finding takes the verdict
away: `Unchecked(disputed)`. Nothing that a guard finds makes a claim supported.
`docs/guards.md` has the rules with examples.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from operator import attrgetter
from typing import NamedTuple

from summarizer.guards import Finding, compare, passage_of
from summarizer.guards.relevance import speaks_of
from summarizer.guards.tokens import is_told
from summarizer.reading.sentences import Sentence
from summarizer.schema import (
    Claim,
    Conflict,
    Document,
    Evidence,
    Label,
    Reason,
    Span,
    Unchecked,
    Verdict,
)


class Source(NamedTuple):
    """A source with its sentences in order."""

    document: Document
    sentences: Sequence[Sentence]


def veto(claim: Claim, verdict: Verdict, sources: Mapping[str, Source]) -> Verdict | Unchecked:
    """Return the verdict, or what the guards make of it; `sources` are by `Document.id`.

    Each document's evidence is compared by itself, in whole sentences, so that a
    quote cannot hide the "not" before it. One document that bears the claim out is
    enough.
    """
    if verdict.label is not Label.SUPPORTED:
        return verdict
    outcomes = []
    for name in dict.fromkeys(piece.document for piece in verdict.evidence):
        source = sources[name]
        evidence = _whole_sentences(verdict, source)
        passage = passage_of(evidence, source.document, source.sentences)
        findings = compare(claim.text, passage)
        if not findings and speaks_of(claim.text, passage):
            return verdict
        if findings:
            outcomes.append(_outcome(claim, verdict, findings, evidence, passage.text))
        else:
            detail = "the quoted words have little to do with the claim"
            outcomes.append(
                Unchecked(
                    reason=Reason.DISPUTED, detail=detail, nearest=verdict.evidence, confidence=verdict.confidence
                )
            )
    return next((one for one in outcomes if isinstance(one, Verdict)), outcomes[0])


def _whole_sentences(verdict: Verdict, source: Source) -> tuple[Sentence, ...]:
    every = source.sentences
    found: set[int] = set()
    for piece in verdict.evidence:
        if piece.document == source.document.id:
            first = bisect_right(every, piece.span.start, key=attrgetter("end"))
            found.update(range(first, bisect_left(every, piece.span.end, first, key=attrgetter("start"))))
    return tuple(every[position] for position in sorted(found))


def _outcome(
    claim: Claim, verdict: Verdict, findings: Sequence[Finding], evidence: Sequence[Sentence], text: str
) -> Verdict | Unchecked:
    pairs = tuple(pair for finding in findings if (pair := conflict_of(finding, evidence)))
    sure = [finding for finding in findings if is_sure(claim.text, finding, text)]
    notes = "; ".join(dict.fromkeys(finding.note for finding in findings))
    if sure and pairs:
        certain = tuple(pair for finding in sure if (pair := conflict_of(finding, evidence)))
        return Verdict(
            label=Label.CONTRADICTED,
            evidence=verdict.evidence,
            conflicts=certain,
            rationale=notes,
            confidence=verdict.confidence,
            judges=(*verdict.judges, "guards"),
        )
    return Unchecked(
        reason=Reason.DISPUTED,
        detail=notes,
        nearest=verdict.evidence,
        conflicts=pairs,
        confidence=verdict.confidence,
    )


def is_sure(claim: str, finding: Finding, text: str) -> bool:
    """Whether a finding is one value against another of the same thing, in the same proposition."""
    return finding.sure and finding.source is not None and is_told(claim, text, finding.source[0])


def conflict_of(finding: Finding, evidence: Sequence[Sentence]) -> Conflict | None:
    """The pair of a finding with offsets in claim and document; None where the source has nothing against it."""
    if finding.source is None:
        return None
    start, end = finding.source
    at = 0
    for sentence in sorted(evidence, key=lambda one: one.number):
        if at <= start and end <= at + len(sentence.text):
            span = Span(start=sentence.start + start - at, end=sentence.start + end - at)
            quote = sentence.text[start - at : end - at]
            piece = Evidence(document=sentence.document, span=span, quote=quote)
            return Conflict(kind=finding.kind, claim=Span(start=finding.start, end=finding.end), evidence=piece)
        at += len(sentence.text) + 1
    return None
