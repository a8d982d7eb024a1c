"""Compare extracted claims with the summary: no claim says more than its sentence, and no sentence is skipped."""

from collections.abc import Sequence

from summarizer.extraction.sentences import extract_claims
from summarizer.findings import Passage, dates, names, numbers
from summarizer.grounding import ground_claims
from summarizer.language.sentences import sentences as sentences_of
from summarizer.schema import Claim, Document

LONGEST_CLAIM = 1_000  # code points; nothing longer is one statement


def own_claims(claims: Sequence[Claim], summary: Document) -> list[Claim]:
    """The claims that say no more than the summary sentence that they come from."""
    split = sentences_of(summary)
    kept = []
    for claim in claims:
        origin = [one.text for one in split if one.start < claim.origin.end and claim.origin.start < one.end]
        if len(claim.text) > LONGEST_CLAIM or excess(claim.text, " ".join(origin), summary.text) is None:
            kept.append(claim)
    return kept


def every_sentence(claims: Sequence[Claim], summary: Document) -> tuple[tuple[Claim, ...], int]:
    """The claims, and for each sentence of the summary that has none the sentence itself: nothing goes unread.

    Returns how many sentences that were.
    """
    added = [
        claim
        for claim in ground_claims(extract_claims(summary), summary)
        if not any(own.origin.start < claim.origin.end and claim.origin.start < own.origin.end for own in claims)
    ]
    if not added:
        return tuple(claims), 0
    every = sorted([*claims, *added], key=lambda claim: claim.origin.start)
    numbered = tuple(claim.model_copy(update={"id": f"c{number}"}) for number, claim in enumerate(every, 1))
    return numbered, sum(claim.checkable for claim in added)


def excess(text: str, origin: str, summary: str) -> str | None:
    """Say what a claim adds to the summary, or None.

    Numbers and dates must stand in the sentence that the claim comes from; a name
    may come from elsewhere in the summary, where it stood for a pronoun.
    """
    own = Passage(text=origin)
    whole = Passage(text=origin, document=summary)
    found = (*numbers.find(text, own), *dates.find(text, own), *names.find(text, whole))
    return next((text[one.start : one.end] for one in found), None)
