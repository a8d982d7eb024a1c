"""Turn what a backend proposed into records, keeping only what stands where it says."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from summarizer.drafts import ClaimDraft, ConflictDraft, QuoteDraft, VerdictDraft
from summarizer.grounding.locate import locate
from summarizer.reading.sentences import Sentence
from summarizer.schema import Claim, Conflict, Document, Evidence, Label, Reason, Span, Unchecked, Verdict


class GroundedVerdict(NamedTuple):
    """An outcome whose every quote was found, and how many were not."""

    outcome: Verdict | Unchecked
    misquotes: int


def ground_claims(drafts: Sequence[ClaimDraft], summary: Document) -> tuple[Claim, ...]:
    """Give each draft its place in the summary; a draft whose words do not stand there is left out.

    Drafts are expected in the order of the summary, so that of two equal
    sentences each claim gets its own.
    """
    claims: list[Claim] = []
    reached = 0
    for draft in drafts:
        ahead = (Span(start=reached, end=len(summary.text)),) if reached < len(summary.text) else ()
        found = locate(draft.quote, summary, near=ahead)
        if not found or not draft.text.strip():
            continue
        origin = Span(start=found[0].span.start, end=found[-1].span.end)
        reached = max(reached, origin.end)
        claims.append(
            Claim(
                id=f"c{len(claims) + 1}",
                text=draft.text,
                origin=origin,
                kind=draft.kind,
                speaker=draft.speaker,
                modality=draft.modality,
                checkable=draft.checkable,
            )
        )
    return tuple(claims)


def ground_verdict(
    draft: VerdictDraft,
    claim: Claim,
    documents: Sequence[Document],
    sentences: Mapping[str, Sentence],
    *,
    judge: str,
) -> GroundedVerdict:
    """Find every quote of a draft in the documents.

    A supported or contradicted draft with a quote that stands nowhere becomes
    `Unchecked(misquote)`: a judge that invents its evidence is not believed.
    """
    found = [_find(quote, documents, sentences) for quote in draft.quotes]
    evidence = _distinct([piece for pieces in found for piece in pieces])
    pairs = [_pair(conflict, claim, documents, sentences) for conflict in draft.conflicts]
    conflicts = tuple(pair for pair in pairs if pair)
    unfounded = sum(not pieces for pieces in found)
    misquotes = unfounded + sum(pair is None for pair in pairs)
    if isinstance(draft.outcome, Reason):
        return GroundedVerdict(
            Unchecked(
                reason=draft.outcome,
                detail=draft.rationale,
                nearest=evidence,
                conflicts=conflicts,
                confidence=draft.confidence,
            ),
            misquotes,
        )
    decided = draft.outcome is not Label.NOT_IN_SOURCE
    if decided and (misquotes or not evidence):
        detail = f"the {draft.outcome.value} verdict came with words that do not stand in the source"
        if not draft.quotes:
            detail = f"the {draft.outcome.value} verdict came without any words of the source"
        return GroundedVerdict(Unchecked(reason=Reason.MISQUOTE, detail=detail, nearest=evidence), misquotes)
    return GroundedVerdict(
        Verdict(
            label=draft.outcome,
            evidence=evidence,
            conflicts=conflicts if draft.outcome is Label.CONTRADICTED else (),
            rationale=draft.rationale,
            confidence=draft.confidence,
            judges=(judge,),
        ),
        misquotes,
    )


def _find(quote: QuoteDraft, documents: Sequence[Document], sentences: Mapping[str, Sentence]) -> tuple[Evidence, ...]:
    """The places of a quote: in the document of the sentence it names, else in the first that has it."""
    named = sentences.get(quote.sentence or "")
    if named:
        own = [document for document in documents if document.id == named.document]
        near = (Span(start=named.start, end=named.end),)
        if found := next((pieces for document in own if (pieces := locate(quote.text, document, near=near))), ()):
            return found
    return next((pieces for document in documents if (pieces := locate(quote.text, document))), ())


def _pair(
    draft: ConflictDraft, claim: Claim, documents: Sequence[Document], sentences: Mapping[str, Sentence]
) -> Conflict | None:
    in_claim = locate(draft.claim_words, Document.of(claim.text))
    in_source = _find(draft.source, documents, sentences)
    if len(in_claim) != 1 or len(in_source) != 1:
        return None
    return Conflict(kind=draft.kind, claim=in_claim[0].span, evidence=in_source[0])


def _distinct(evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Evidence without repeats, in the order given."""
    return tuple(dict.fromkeys(evidence))
