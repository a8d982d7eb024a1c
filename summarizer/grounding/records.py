"""Turn proposals into records, keeping only what is found where they say."""

from collections.abc import Sequence
from typing import NamedTuple

from summarizer.drafts import ClaimDraft, Judgement, PairDraft
from summarizer.grounding.locate import locate
from summarizer.grounding.opposed import opposed
from summarizer.grounding.speaking import belong_together, speaking
from summarizer.language.sentence_map import SentenceMap
from summarizer.language.sentences import Sentence
from summarizer.schema import Claim, Document, Evidence, Finding, Span


class Grounded(NamedTuple):
    """A judgement with the places of its quotes and pairs in the sources."""

    judgement: Judgement
    evidence: tuple[Evidence, ...]
    """Its quotes, where they stand."""
    pairs: tuple[Finding, ...]
    """Its pairs of words, where they stand."""
    misquotes: int
    """Its quotes that stand nowhere, or say nothing."""
    together: bool = True
    """Whether its quotes come from places that have to do with each other."""
    opposed: str = ""
    """What sets the claim apart from quotes that have its very words: a "not", another number; empty where nothing does."""


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


def ground_judgement(
    judgement: Judgement,
    claim: Claim,
    documents: Sequence[Document],
    sentences: SentenceMap,
    *,
    judge: str,
) -> Grounded:
    """Find every quote and every pair of a judgement in the documents; `judge` is named beside its pairs."""
    texts = {document.id: document.text for document in documents}
    found = [find_quote(quote.text, documents, sentences.get(quote.sentence or "")) for quote in judgement.quotes]
    misquotes = sum(not pieces for pieces in found)
    evidence = _distinct([piece for pieces in found for piece in pieces])
    pairs = [_pair(pair, claim, evidence, documents, sentences, judge=judge) for pair in judgement.pairs]
    together = belong_together(evidence, sentences, texts)
    apart = opposed(claim.text, [one.quote for one in evidence])
    return Grounded(judgement, evidence, tuple(pair for pair in pairs if pair), misquotes, together, apart)


def find_quote(text: str, documents: Sequence[Document], named: Sentence | None) -> tuple[Evidence, ...]:
    """The pieces of a quote that say something where they stand; none where none does.

    `named` is the sentence that it is said to come from.
    """
    texts = {document.id: document.text for document in documents}
    found = _find(text, documents, named)
    return tuple(grown for one in found if (grown := speaking(one, texts[one.document], named)))


def _find(text: str, documents: Sequence[Document], named: Sentence | None) -> tuple[Evidence, ...]:
    """The places of a quote: in the document of the sentence it names, else in the first that has it."""
    if named:
        own = [document for document in documents if document.id == named.document]
        near = (Span(start=named.start, end=named.end),)
        if found := next((pieces for document in own if (pieces := locate(text, document, near=near))), ()):
            return found
    return next((pieces for document in documents if (pieces := locate(text, document))), ())


def _pair(
    draft: PairDraft,
    claim: Claim,
    evidence: Sequence[Evidence],
    documents: Sequence[Document],
    sentences: SentenceMap,
    *,
    judge: str,
) -> Finding | None:
    """The pair with its places; None where it has none, which takes nothing from the verdict that it stands beside."""
    in_claim = locate(draft.claim_words, Document.of(claim.text))
    named = sentences.get(draft.source.sentence or "")
    in_source = _find(draft.source.text, documents, named) or _in_evidence(draft.source.text, evidence)
    if len(in_claim) != 1 or len(in_source) != 1:
        return None
    return Finding(kind=draft.kind, claim=in_claim[0].span, evidence=in_source[0], found_by=judge)


def _in_evidence(text: str, evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """The place of a word in what was quoted, whatever its case: a quote may begin with a capital that the source has not."""
    for piece in evidence:
        for own in locate(text, Document.of(piece.quote), ignore_case=True)[:1]:
            span = Span(start=piece.span.start + own.span.start, end=piece.span.start + own.span.end)
            return (Evidence(document=piece.document, span=span, quote=own.quote),)
    return ()


def _distinct(evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Evidence without repeats, in the order given."""
    return tuple(dict.fromkeys(evidence))
