"""What a backend proposes: untrusted until grounding has proven it.

Drafts name words, not offsets, because a language model cannot count code
points. They are plain records that a wire schema can express; `grounding` turns
them into the records of `schema`, or drops them and says so.
"""

from summarizer.schema import ConflictKind, Kind, Label, Modality, Reason, Record, Setting, StageUsage


class ClaimDraft(Record):
    """A statement that a backend read out of the summary."""

    text: str
    """The statement, so that it stands alone."""
    quote: str
    """The words of the summary that it comes from, verbatim."""
    kind: Kind = Kind.EVENT
    speaker: str | None = None
    modality: Modality = Modality.ASSERTED
    checkable: bool = True


class QuoteDraft(Record):
    """Words that the backend says stand in a source."""

    text: str
    """The words, verbatim."""
    sentence: str | None = None
    """`Sentence.id` of the sentence that holds them, where the backend named one."""


class ConflictDraft(Record):
    """A pair of words that the backend says contradict each other."""

    kind: ConflictKind
    claim_words: str
    """Words of the claim, verbatim."""
    source: QuoteDraft
    """Words of the source, verbatim."""


class VerdictDraft(Record):
    """What a backend makes of one claim: a label, or the reason why there is none."""

    claim: str
    """`Claim.id` of the claim that this is about."""
    outcome: Label | Reason
    """The proposed label, or why the backend gives none."""
    quotes: tuple[QuoteDraft, ...] = ()
    """The deciding words."""
    conflicts: tuple[ConflictDraft, ...] = ()
    rationale: str = ""
    confidence: float | None = None
    """Probability that the source supports the claim, whatever the outcome."""


class SummaryDraft(Record):
    """A summary that a backend wrote."""

    text: str
    claims: tuple[ClaimDraft, ...] | None = None
    """Its claims, where the backend gave them along with the text."""
    settings: tuple[Setting, ...] = ()
    """Settings that the backend chose for itself."""
    usage: StageUsage = StageUsage(stage="write")
    warnings: tuple[str, ...] = ()


class ClaimDrafts(Record):
    """The claims that a backend read out of a summary."""

    claims: tuple[ClaimDraft, ...]
    usage: StageUsage = StageUsage(stage="extract")
    warnings: tuple[str, ...] = ()


class VerdictDrafts(Record):
    """The verdicts that a backend proposes."""

    verdicts: tuple[VerdictDraft, ...]
    usage: StageUsage = StageUsage(stage="judge")
    settings: tuple[Setting, ...] = ()
    warnings: tuple[str, ...] = ()
