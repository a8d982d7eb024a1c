"""From a grounded judgement to an outcome: the only place where a label becomes a verdict.

The judge's label stands; where it gives probabilities alone, thresholds choose, and in the middle
the claim is undecided. Findings are shown beside the outcome and change nothing.
"""

from collections.abc import Sequence
from typing import NamedTuple

from summarizer.grounding import Grounded
from summarizer.schema import Doubt, Finding, Label, Probabilities, Reason, Unchecked, Undecided, Verdict

WORDS = {Label.SUPPORTED: "supported", Label.CONTRADICTED: "contradicted", Label.NOT_IN_SOURCE: "not in source"}


class DecisionOptions(NamedTuple):
    """What the user asks of a decision."""

    force: bool = False
    """Whether to take the likeliest label where the judge leaves the claim open."""
    min_confidence: float | None = None
    """Least probability of the label, from 0 to 1; a label less likely is undecided."""


DEFAULT = DecisionOptions()


def decide(
    grounded: Grounded, findings: Sequence[Finding], *, judge: str, options: DecisionOptions = DEFAULT
) -> Verdict | Undecided | Unchecked:
    """Make the outcome of one claim from what its judge proposed and what was found of its words."""
    judgement = grounded.judgement
    if judgement.failure is not None:
        return Unchecked(reason=judgement.failure, detail=judgement.rationale, nearest=grounded.evidence)
    label = _label(judgement.label, judgement.probabilities, options)
    remarks = _merged(grounded.pairs, findings)
    if label is None:
        leaning = judgement.label or (judgement.probabilities.leaning if judgement.probabilities else None)
        return Undecided(
            reason=Doubt.NOT_SURE,
            leaning=leaning,
            nearest=grounded.evidence,
            findings=remarks,
            rationale=judgement.rationale,
            probabilities=judgement.probabilities,
            judges=(judge,),
        )
    if label is not Label.NOT_IN_SOURCE and (grounded.misquotes or not grounded.evidence):
        detail = f"“{WORDS[label]}” came with words that do not stand in the source"
        if not judgement.quotes:
            detail = f"“{WORDS[label]}” came without any words of the source"
        return Unchecked(reason=Reason.MISQUOTE, detail=detail, nearest=grounded.evidence)
    return Verdict(
        label=label,
        evidence=grounded.evidence,
        findings=remarks,
        rationale=judgement.rationale,
        probabilities=judgement.probabilities,
        judges=(judge,),
    )


def _label(label: Label | None, probabilities: Probabilities | None, options: DecisionOptions) -> Label | None:
    """The label that is sure enough; None where none is."""
    chosen = label
    if chosen is None and options.force and probabilities:
        chosen = probabilities.leaning
    least = options.min_confidence
    if chosen and least is not None and probabilities and probabilities[chosen] < least and not options.force:
        return None
    return chosen


def _merged(pairs: Sequence[Finding], findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """The judge's pairs, and what code found in other words of the claim."""
    taken = [(pair.claim.start, pair.claim.end) for pair in pairs]
    others = [
        one for one in findings if not any(one.claim.start < end and start < one.claim.end for start, end in taken)
    ]
    return (*pairs, *others)
