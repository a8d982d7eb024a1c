"""What an annotator says of a claim, as it grows, and as the claim of a case once it is whole."""

from collections.abc import Sequence
from typing import Annotated

from pydantic import Field, ValidationError

from summarizer.errors import CaseError
from summarizer.evaluation.cases import Difficulty, GoldClaim, GoldConflict, Later
from summarizer.evaluation.error_kinds import ErrorName
from summarizer.evaluation.label.tasks import Statement
from summarizer.schema import Label, Modality, Record, Text


class Passage(Record):
    """Words of the article, and where they were selected."""

    start: Annotated[int, Field(ge=0)]
    """First code point, counted from 0."""
    end: Annotated[int, Field(gt=0)]
    """One past the last code point."""
    quote: Text
    """The words, letter by letter."""


class Decision(Record):
    """All that is said of one claim so far; nothing need be there until it is done."""

    label: Label | None = None
    error: ErrorName | None = None
    evidence: tuple[Annotated[tuple[Passage, ...], Field(min_length=1)], ...] = ()
    """Minimal sets, each of which alone decides."""
    claim_words: str = ""
    """Words of the claim that something of the article stands against."""
    source_words: Passage | None = None
    """What of the article stands against them."""
    speaker: str = ""
    modality: Modality = Modality.ASSERTED
    difficulty: Difficulty = "medium"
    ambiguous: bool = False
    note: Annotated[str, Field(max_length=10_000)] = ""
    done: bool = False
    """Whether the annotator has finished with it; if not, it counts as not labelled."""


class Labelled(Record):
    """A claim with its decision; the words of the claim are kept, so that a changed claim is seen."""

    claim: Statement
    decision: Decision


class LabelFile(Record):
    """The decisions of one annotator on one article, as their file holds them."""

    annotator: Text
    article: Text
    """File name of the article."""
    article_sha256: str
    """SHA-256 of its text, so that a changed article is seen."""
    labels: tuple[Labelled, ...] = ()
    """In the order of the claims; a claim that was never touched is left out."""
    case_sha256: Later = ""
    """SHA-256 of the case as it was last written from these labels, so that one that was edited since is seen."""


def check_words(decision: Decision, claim: Statement, article: str) -> None:
    """Raise a `CaseError` where a quote does not stand where the decision says that it does."""
    passages = [one for own in decision.evidence for one in own]
    for one in [*passages, decision.source_words] if decision.source_words else passages:
        if article[one.start : one.end] != one.quote:
            shown = one.quote if len(one.quote) <= 80 else one.quote[:79] + "…"
            raise CaseError(
                f"{claim.id}: these words are not in the article at characters {one.start} to {one.end}: {shown!r}; select them again"
            )
    for words, what in ((decision.claim_words, "conflict"), (decision.speaker, "speaker")):
        if words not in claim.text:
            raise CaseError(f"{claim.id}: {what}: the claim does not hold the words {words[:80]!r}; select them again")


def missing(decision: Decision) -> str:
    """What the decision needs before it is done, as a sentence for the annotator; empty if nothing."""
    if decision.label is None:
        return "Choose a label first: 1, 2 or 3."
    if decision.label is not Label.NOT_IN_SOURCE and not decision.evidence:
        return "Select the words of the source that decide, and press e."
    if decision.label is not Label.SUPPORTED and decision.error is None:
        return "Choose the kind of error (t)."
    if decision.label is Label.CONTRADICTED and not (decision.claim_words and decision.source_words):
        return "Give the pair that shows the conflict: words of the claim (c) and of the source (s)."
    return ""


def gold(decision: Decision, claim: Statement, *, annotations: Sequence[Label | None] = ()) -> GoldClaim:
    """Build the claim of a case from a whole decision; what its label has no use for is left out.

    An annotator who has changed the label keeps what was selected before, in case
    it is changed back. Raises a `CaseError` where something is missing.
    """
    if words := missing(decision):
        raise CaseError(f"{claim.id}: {words}")
    contradicted = decision.label is Label.CONTRADICTED
    conflict = (
        GoldConflict(claim_words=decision.claim_words, source_words=decision.source_words.quote)
        if contradicted and decision.source_words
        else None
    )
    quotes = tuple(dict.fromkeys(tuple(one.quote for one in own) for own in decision.evidence))
    try:
        return GoldClaim.model_validate(
            {
                "id": claim.id,
                "text": claim.text,
                "label": decision.label,
                "error": None if decision.label is Label.SUPPORTED else decision.error,
                "evidence": () if decision.label is Label.NOT_IN_SOURCE else quotes,
                "conflict": conflict,
                "speaker": decision.speaker,
                "modality": decision.modality,
                "difficulty": decision.difficulty,
                "annotations": tuple(annotations),
                "ambiguous": decision.ambiguous,
                "note": decision.note.strip(),
            }
        )
    except ValidationError as error:
        raise CaseError(f"{claim.id}: {error.errors()[0]['msg'].removeprefix('Value error, ')}") from None
