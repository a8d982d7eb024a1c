"""What a writer, an extractor or a judge proposes: untrusted until grounding has proven it.

Drafts name words, not offsets, because a language model cannot count code
points. They are plain records that a wire schema can express; `grounding` turns
them into the records of `schema`, or drops them and says so.
"""

from typing import Self

from pydantic import model_validator

from summarizer.schema import (
    Doubt,
    FindingKind,
    Kind,
    Label,
    Modality,
    Probabilities,
    Reason,
    Record,
    Setting,
    StageUsage,
)


class ClaimDraft(Record):
    """A statement that an extractor read out of the summary."""

    text: str
    """The statement, so that it stands alone."""
    quote: str
    """The words of the summary that it comes from, verbatim."""
    kind: Kind = Kind.EVENT
    speaker: str | None = None
    modality: Modality = Modality.ASSERTED
    checkable: bool = True


class QuoteDraft(Record):
    """Words that a judge says stand in a source."""

    text: str
    """The words, verbatim."""
    sentence: str | None = None
    """`Sentence.id` of the sentence that holds them, where the judge named one."""


class PairDraft(Record):
    """A pair of words that a judge says contradict each other."""

    kind: FindingKind
    claim_words: str
    """Words of the claim, verbatim."""
    source: QuoteDraft
    """Words of the source, verbatim."""


class Judgement(Record):
    """What a judge makes of one claim: a label, three probabilities, or both; or why it failed.

    A judge that gives probabilities alone leaves the label to `deciding` and its thresholds.
    """

    claim: str
    """`Claim.id` of the claim that this is about."""
    label: Label | None = None
    """What it decides; None where it gives probabilities alone, or failed."""
    probabilities: Probabilities | None = None
    """How likely each label is; None where it has none."""
    quotes: tuple[QuoteDraft, ...] = ()
    """The deciding words; where it does not decide, those that a reader should look at."""
    pairs: tuple[PairDraft, ...] = ()
    """Words that contradict each other."""
    rationale: str = ""
    """The reason in plain words, or what went wrong."""
    doubt: Doubt | None = None
    """Why it cannot tell, where it has neither label nor probabilities for that."""
    failure: Reason | None = None
    """Why it has no answer."""

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        answered = self.label is not None or self.probabilities is not None
        if [answered, self.doubt is not None, self.failure is not None].count(True) != 1:
            raise ValueError("a judgement has a label or probabilities, or else a doubt or a failure")
        return self


class SummaryDraft(Record):
    """A summary that a writer wrote."""

    text: str
    claims: tuple[ClaimDraft, ...] | None = None
    """Its claims, where the writer gave them along with the text."""
    settings: tuple[Setting, ...] = ()
    """Settings that the writer chose for itself."""
    usage: StageUsage = StageUsage(stage="write")
    warnings: tuple[str, ...] = ()


class ClaimDrafts(Record):
    """The claims that an extractor read out of a summary."""

    claims: tuple[ClaimDraft, ...]
    usage: StageUsage = StageUsage(stage="extract")
    warnings: tuple[str, ...] = ()


class Judgements(Record):
    """What a judge makes of some claims: one judgement for each."""

    judgements: tuple[Judgement, ...]
    usage: StageUsage = StageUsage(stage="judge")
    settings: tuple[Setting, ...] = ()
    """Settings that the judge chose for itself."""
    warnings: tuple[str, ...] = ()
