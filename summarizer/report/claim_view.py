"""What every form of a report tells of a claim, as it stands in the report; each form makes it safe in its own way."""

from typing import Any, NamedTuple

from summarizer.reading.places import Places
from summarizer.report.lines import Lines, Region
from summarizer.report.tally import UNCHECKED, outcome_words
from summarizer.schema import Check, Conflict, Evidence, FindingKind, Label, Reason, Report, Span, Unchecked, Verdict

OUTCOMES = (*(label.value for label in Label), UNCHECKED)
"""What can come of a claim; `unchecked` is none of the labels."""
SIGNS = dict(zip(OUTCOMES, "✓✗∅?", strict=True))


class Words(NamedTuple):
    """Words of a source, with their place."""

    document: str
    name: str
    place: str
    span: Span
    quote: str

    @property
    def where(self) -> str:
        return f"{self.name}, {self.place}"

    def record(self) -> dict[str, Any]:
        return {
            "document": self.document, "name": self.name, "place": self.place,
            "start": self.span.start, "end": self.span.end, "quote": self.quote,
        }  # fmt: skip


class Pair(NamedTuple):
    """Words of the claim against words of the source."""

    kind: str
    claimed: str
    source: Words

    @property
    def line(self) -> str:
        """`date: the claim says “Tuesday”, the source says “Monday”`."""
        kind = "wording" if self.kind == FindingKind.OTHER else self.kind
        return f"{kind}: the claim says “{self.claimed}”, the source says “{self.source.quote}”"


class ClaimView(NamedTuple):
    """A claim with its outcome."""

    number: int
    check: Check
    outcome: str
    """One of `OUTCOMES`."""
    words: str
    """The outcome for people: `unchecked (uncertain)`."""
    why: str
    """The reason in plain words, or nothing."""
    evidence: tuple[Words, ...]
    decides: bool
    """Whether the evidence decides; otherwise it is the nearest that there is."""
    pairs: tuple[Pair, ...]
    region: Region
    """Where the claim stands in the summary."""

    @property
    def id(self) -> str:
        return self.check.claim.id

    @property
    def text(self) -> str:
        return self.check.claim.text

    @property
    def asks_for_a_look(self) -> bool:
        """Whether a reader should look at it: neither supported nor without anything to check."""
        outcome = self.check.outcome
        nothing_to_check = isinstance(outcome, Unchecked) and outcome.reason is Reason.NOT_CHECKABLE
        return self.outcome != Label.SUPPORTED and not nothing_to_check

    @property
    def confidence(self) -> float | None:
        outcome = self.check.outcome
        return outcome.confidence if isinstance(outcome, Verdict) else None

    @property
    def sign(self) -> str:
        return SIGNS[self.outcome]

    @property
    def verdict(self) -> str:
        """The outcome in words, without its reason: `not in source`."""
        return self.outcome.replace("_", " ")

    def record(self) -> dict[str, Any]:
        """The claim as one flat record for programs."""
        claim, outcome = self.check.claim, self.check.outcome
        verdict = outcome if isinstance(outcome, Verdict) else None
        return {
            "claim": claim.id,
            "verdict": self.outcome,
            "reason": outcome.reason.value if isinstance(outcome, Unchecked) else None,
            "text": claim.text,
            "kind": claim.kind.value,
            "speaker": claim.speaker,
            "modality": claim.modality.value,
            "line": self.region.start.line,
            "column": self.region.start.column,
            "start": claim.origin.start,
            "end": claim.origin.end,
            "conflicts": [
                {"kind": pair.kind, "claim": pair.claimed, "source": pair.source.record()} for pair in self.pairs
            ],
            "evidence": [words.record() for words in self.evidence],
            "evidence_decides": self.decides,
            "why": self.why,
            "confidence": self.confidence,
            "judges": list(verdict.judges) if verdict else [],
        }


def claim_views(report: Report) -> tuple[ClaimView, ...]:
    """Every claim of the report, in the order of the summary."""
    lines = Lines(report.summary.text)
    places = {document.id: (document.name, Places(document)) for document in report.documents}

    def words(evidence: Evidence) -> Words:
        name, own = places[evidence.document]
        return Words(evidence.document, name, str(own.of(evidence.span)), evidence.span, evidence.quote)

    def pair(check: Check, conflict: Conflict) -> Pair:
        return Pair(conflict.kind.value, conflict.claim.of(check.claim.text), words(conflict.evidence))

    def one(number: int, check: Check) -> ClaimView:
        outcome = check.outcome
        verdict = outcome if isinstance(outcome, Verdict) else None
        shown = outcome.evidence if isinstance(outcome, Verdict) else outcome.nearest
        return ClaimView(
            number=number,
            check=check,
            outcome=verdict.label.value if verdict else UNCHECKED,
            words=outcome_words(check),
            why=outcome.rationale if isinstance(outcome, Verdict) else outcome.detail,
            evidence=tuple(words(evidence) for evidence in shown),
            decides=verdict is not None and verdict.label is not Label.NOT_IN_SOURCE,
            pairs=tuple(pair(check, conflict) for conflict in outcome.conflicts),
            region=lines.region(check.claim.origin),
        )

    return tuple(one(number, check) for number, check in enumerate(report.checks, start=1))
