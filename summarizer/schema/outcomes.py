"""What comes of a claim: a verdict, a doubt, or the reason why nothing was judged."""

from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from summarizer.schema.claims import Claim
from summarizer.schema.text import Evidence, Record, Span, Text


class FindingKind(StrEnum):
    """In what a claim and its source differ."""

    NUMBER = "number"
    DATE = "date"
    NAME = "name"
    OFFICE = "office"
    NEGATION = "negation"
    MODALITY = "modality"
    ATTRIBUTION = "attribution"
    QUOTATION = "quotation"
    OMISSION = "omission"
    """An exception, a condition or a denial beside the words of the source, and nowhere in the summary."""
    OTHER = "other"


class Finding(Record):
    """A remark: these words of the claim, and the words of the source against them. It changes no outcome by itself."""

    kind: FindingKind
    """In what they differ."""
    claim: Span
    """The words in `Claim.text`."""
    evidence: Evidence | None = None
    """The words in the source; null where the source has nothing of the kind."""
    note: str = ""
    """The reason in plain words; empty where the pair says it all."""
    found_by: Text = "comparison"
    """`comparison` where code compared the words, else the name of the judge that gave the pair."""


class Label(StrEnum):
    """What the source says of a claim."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    NOT_IN_SOURCE = "not_in_source"


Probability = Annotated[float, Field(ge=0, le=1)]


class Probabilities(Record):
    """How likely each label is, as the judge puts it; the three add up to 1."""

    supported: Probability
    """That the source says it."""
    contradicted: Probability
    """That the source says otherwise."""
    not_in_source: Probability
    """That the source says nothing of it."""

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        whole = self.supported + self.contradicted + self.not_in_source
        if not 0.998 <= whole <= 1.002:  # four decimals each
            raise ValueError(f"the probabilities add up to {whole:.4f}, not to 1")
        return self

    @classmethod
    def of(cls, supported: float, contradicted: float, not_in_source: float) -> Self:
        """Build them from three weights, scaled to add up to 1 and rounded to four decimals.

        >>> Probabilities.of(6, 1, 1).supported
        0.75
        """
        whole = supported + contradicted + not_in_source
        first, second = round(supported / whole, 4), round(contradicted / whole, 4)
        return cls(supported=first, contradicted=second, not_in_source=max(0.0, round(1 - first - second, 4)))

    def __getitem__(self, label: Label) -> float:
        return float(getattr(self, label.value))

    @property
    def leaning(self) -> Label:
        """The likeliest label; of equal ones the more cautious."""
        cautious = (Label.NOT_IN_SOURCE, Label.CONTRADICTED, Label.SUPPORTED)
        return max(cautious, key=lambda label: (self[label], -cautious.index(label)))


class Verdict(Record):
    """A decision, with the words that decide it."""

    kind: Literal["verdict"] = "verdict"
    """Tells the three outcomes apart."""
    label: Label
    """What the source says of the claim."""
    evidence: tuple[Evidence, ...] = ()
    """The deciding words; for `not_in_source` the nearest ones, which do not say it. Never empty otherwise."""
    findings: tuple[Finding, ...] = ()
    """Words that differ, as remarks; the label stands whatever they say."""
    rationale: str = ""
    """The reason in plain words."""
    probabilities: Probabilities | None = None
    """How likely each label is; null where the judge gives a label alone."""
    judges: tuple[Text, ...] = ()
    """Who decided, in order."""

    @model_validator(mode="after")
    def _shows_its_words(self) -> Self:
        if self.label is not Label.NOT_IN_SOURCE and not self.evidence:
            raise ValueError(f"{self.label} needs evidence")
        return self


class Doubt(StrEnum):
    """Why a claim that was judged is undecided."""

    NOT_SURE = "not_sure"
    LANGUAGE = "language"
    JUDGES_DISAGREE = "judges_disagree"


class Undecided(Record):
    """Judged, and not surely enough. Never counted as support."""

    kind: Literal["undecided"] = "undecided"
    """Tells the three outcomes apart."""
    reason: Doubt
    """Why it is undecided."""
    leaning: Label | None = None
    """The likeliest label; null where the judge gave neither label nor probabilities."""
    nearest: tuple[Evidence, ...] = ()
    """The words of the source that a person should look at; they decide nothing."""
    findings: tuple[Finding, ...] = ()
    """Words that differ, as remarks."""
    rationale: str = ""
    """The reason in plain words."""
    probabilities: Probabilities | None = None
    """How likely each label is."""
    judges: tuple[Text, ...] = ()
    """Who was asked, in order."""


class Reason(StrEnum):
    """Why a claim was not judged."""

    NO_ANSWER = "no_answer"
    BAD_REPLY = "bad_reply"
    MISQUOTE = "misquote"
    REFUSED = "refused"
    TRUNCATED = "truncated"
    UNAVAILABLE = "unavailable"
    BUDGET = "budget"
    INTERRUPTED = "interrupted"
    TOO_LONG = "too_long"
    NOT_CHECKABLE = "not_checkable"


class Unchecked(Record):
    """Not judged, and why. Never counted as support."""

    kind: Literal["unchecked"] = "unchecked"
    """Tells the three outcomes apart."""
    reason: Reason
    """Why there is no verdict."""
    detail: str = ""
    """The reason in plain words."""
    nearest: tuple[Evidence, ...] = ()
    """What of the judge's words does stand in the source; it decides nothing."""

    @property
    def states_nothing(self) -> bool:
        """Whether there was nothing to judge: a question or a heading, which is no failure."""
        return self.reason is Reason.NOT_CHECKABLE


Outcome = Annotated[Verdict | Undecided | Unchecked, Field(discriminator="kind")]


Flag = Literal["contradicted", "not_in_source", "undecided", "unchecked"]
"""An outcome that asks for a person."""


class Acceptance(Record):
    """That a person has read a flagged claim beside its source and lets it stand. It is no support."""

    outcome: Flag
    """What had come of the claim then."""
    note: Text
    """Why it may stand."""
    date: Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]
    """The day, in UTC."""


class Check(Record):
    """A claim and what came of it."""

    claim: Claim
    """The statement that was checked."""
    outcome: Outcome
    """A verdict with its words, a doubt with both sides, or the reason why nothing was judged."""
    accepted: Annotated[Acceptance | None, Field(exclude_if=lambda value: value is None)] = None
    """That a person lets the claim stand all the same; it fails no check then, and counts in every figure as before."""

    @model_validator(mode="after")
    def _only_what_is_flagged_is_accepted(self) -> Self:
        if self.accepted and not self.flag:
            raise ValueError(f"claim {self.claim.id}: is not flagged, so there is nothing to accept")
        return self

    @model_validator(mode="after")
    def _findings_lie_in_the_claim(self) -> Self:
        for finding in self.findings:
            if finding.claim.end > len(self.claim.text):
                raise ValueError(f"claim {self.claim.id}: a finding ends outside its text")
        return self

    @property
    def states_nothing(self) -> bool:
        """Whether there was nothing to judge: a question or a heading."""
        return isinstance(self.outcome, Unchecked) and self.outcome.states_nothing

    @property
    def flag(self) -> Flag | None:
        """The outcome, where it asks for a person; None for what is supported or states nothing."""
        if isinstance(self.outcome, Unchecked):
            return None if self.outcome.states_nothing else "unchecked"
        if isinstance(self.outcome, Undecided):
            return "undecided"
        if self.outcome.label is Label.SUPPORTED:
            return None
        return "contradicted" if self.outcome.label is Label.CONTRADICTED else "not_in_source"

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Words that differ; none where nothing was judged."""
        return () if isinstance(self.outcome, Unchecked) else self.outcome.findings

    @property
    def shown(self) -> tuple[Evidence, ...]:
        """The words of the source that go with the outcome: deciding ones, or the nearest."""
        return self.outcome.evidence if isinstance(self.outcome, Verdict) else self.outcome.nearest
