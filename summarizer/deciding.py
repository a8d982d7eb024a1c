"""From a grounded judgement to an outcome: the only place where a label becomes a verdict.

A label that the judge gives stands, unless it is `supported` and a witness is all but sure of the opposite, or does not
bear out a judge that failed its control questions, or its words are the claim's own but for a "not" or a number, or
stand in places that have nothing to do with each other, or are questions. Where the judge gives probabilities alone, or
has a calibration profile that weighs its labels too, the profile says what they are worth, with witnesses and findings
beside them, and from where on a label is sure enough; in the middle the claim is undecided. A finding is shown beside
the outcome and decides nothing by itself, but where no witness can read the claim: there another number or date of the
source leaves support open.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from summarizer.calibration import USUAL_PRIOR, CalibrationProfile, certain
from summarizer.drafts import Judgement
from summarizer.grounding import Grounded
from summarizer.schema import (
    Claim,
    Doubt,
    Finding,
    FindingKind,
    Label,
    Outcome,
    Probabilities,
    Reason,
    Unchecked,
    Undecided,
    Verdict,
)

WORDS = {Label.SUPPORTED: "supported", Label.CONTRADICTED: "contradicted", Label.NOT_IN_SOURCE: "not in source"}
WITNESS_FLOOR = 0.0015  # chance of support, as a witness has it, below which `supported` of a judge does not stand
WITNESS_ENOUGH = 0.4  # the same for a judge that failed its control questions (docs/decisions/0082)


class DecisionOptions(NamedTuple):
    """How decisions are made in a run."""

    force: bool = False
    """Whether to take the likeliest label where the judge leaves the claim open."""
    min_confidence: float | None = None
    """Least probability of the label, from 0 to 1; a label less likely is undecided."""
    prior: float = USUAL_PRIOR
    """Share of sound claims in the text that is checked, for calibrated probabilities."""
    profile: CalibrationProfile | None = None
    """That of the judge; None where there is none."""


class Testimony(NamedTuple):
    """All that the outcome of a claim is made from."""

    claim: Claim
    grounded: Grounded
    findings: tuple[Finding, ...]
    witnesses: Mapping[str, Probabilities]


class Decision(NamedTuple):
    """A label that is sure enough, or None, and the probabilities that it rests on."""

    label: Label | None
    probabilities: Probabilities | None


DEFAULT = DecisionOptions()
VALUES = frozenset({FindingKind.NUMBER, FindingKind.DATE})
ASKED = "the source only asks, denies or doubts it, or gives it as what others say"
SCATTERED = "the words that are to decide stand in places that have nothing to do with each other"
NOBODY: Mapping[str, Probabilities] = MappingProxyType({})


def decide(
    grounded: Grounded,
    findings: Sequence[Finding],
    witnesses: Mapping[str, Probabilities] = NOBODY,
    *,
    judge: str,
    options: DecisionOptions = DEFAULT,
    trusted: bool = True,
    alone: bool = False,
    only_asked: bool = False,
) -> Outcome:
    """Make the outcome of one claim from what its judge proposed, what was found of its words, and what witnesses say.

    A judge that is not trusted failed its control questions; one that is alone has no witness that could read the claim.
    `only_asked` says that its evidence asks what the claim says.
    """
    judgement = grounded.judgement
    if judgement.failure is not None:
        return Unchecked(reason=judgement.failure, detail=judgement.rationale, nearest=grounded.evidence)
    remarks = merged(grounded.pairs, findings)
    label, probabilities = _decision(grounded, remarks, witnesses, options)
    against = _against(judgement.label, witnesses, options, trusted=trusted)
    if alone and label is Label.SUPPORTED and not against:
        against = _other_value(remarks)
    turned = _turned(judgement, label, witnesses)
    if turned and label is not Label.NOT_IN_SOURCE and not grounded.evidence:
        label, against = None, turned
    if label is Label.SUPPORTED and grounded.opposed:
        against = f"the judge says supported; the quoted words are those of the claim, but for “{grounded.opposed}”"
    scattered = label is Label.SUPPORTED and not grounded.together
    asked = label is Label.SUPPORTED and only_asked
    if label is None or scattered or asked or against:
        return Undecided(
            reason=Doubt.JUDGES_DISAGREE if against else judgement.doubt or Doubt.NOT_SURE,
            leaning=judgement.label or (probabilities.leaning if probabilities else None),
            nearest=grounded.evidence,
            findings=remarks,
            rationale=against or (SCATTERED if scattered else ASKED if asked else judgement.rationale),
            probabilities=probabilities,
            judges=(judge, *witnesses) if against else (judge,),
        )
    if label is not Label.NOT_IN_SOURCE and (grounded.misquotes or not grounded.evidence):
        detail = f"“{WORDS[label]}” came with words that do not stand in the source, or say nothing there"
        if not judgement.quotes:
            detail = f"“{WORDS[label]}” came without any words of the source"
        return Unchecked(reason=Reason.MISQUOTE, detail=detail, nearest=grounded.evidence)
    return Verdict(
        label=label,
        evidence=grounded.evidence,
        findings=remarks,
        rationale=turned or judgement.rationale,
        probabilities=probabilities,
        judges=(judge, *witnesses) if turned else (judge,),
    )


def _decision(
    grounded: Grounded, remarks: Sequence[Finding], witnesses: Mapping[str, Probabilities], options: DecisionOptions
) -> Decision:
    judgement, profile = grounded.judgement, options.profile
    label, probabilities = judgement.label, judgement.probabilities
    raw = raw_of(judgement)
    if raw and profile and profile.weighs(label):
        probabilities = profile.calibrated(raw, remarks, witnesses, prior=options.prior)
        label = _sure(probabilities, profile)
    if label is None and options.force and probabilities:
        label = probabilities.leaning
    least = options.min_confidence
    if label and least is not None and probabilities and probabilities[label] < least and not options.force:
        label = None
    return Decision(label, probabilities)


def raw_of(judgement: Judgement) -> Probabilities | None:
    """The probabilities of a judgement as the equations read them; a bare label counts as certain. None for a failure or a doubt."""
    return judgement.probabilities or (certain(judgement.label) if judgement.label else None)


def _turned(judgement: Judgement, label: Label | None, witnesses: Mapping[str, Probabilities]) -> str:
    """What to say where weighing turned the label of the judge; empty where it did not."""
    if judgement.label is None or label is None or (label is Label.SUPPORTED) == (judgement.label is Label.SUPPORTED):
        return ""
    beside = f" with what {', '.join(sorted(witnesses))} says" if witnesses else ""
    return f"the judge alone says {WORDS[judgement.label]}; weighed{beside}, by its calibration profile, it is {WORDS[label]}"


def _against(
    label: Label | None, witnesses: Mapping[str, Probabilities], options: DecisionOptions, *, trusted: bool
) -> str:
    """Why a label `supported` of the judge does not stand; empty where it does."""
    if label is not Label.SUPPORTED or options.profile:
        return ""
    surest = min(witnesses.items(), key=lambda one: one[1].supported, default=None)
    if surest is None:
        return ""
    name, probabilities = surest
    if probabilities.supported < WITNESS_FLOOR:
        why = f"the witness {name} reads the quoted words and the best passages otherwise"
    elif not trusted and probabilities.supported < WITNESS_ENOUGH:
        why = f"it failed its control questions, and the witness {name} does not bear it out"
    else:
        return ""
    return f"the judge says supported; {why} ({probabilities.supported:.3f})"


def _other_value(remarks: Sequence[Finding]) -> str:
    """Why support does not stand that nobody else could look at: the source has another number or date there."""
    other = next((one for one in remarks if one.kind in VALUES and one.evidence), None)
    if other is None or other.evidence is None:
        return ""
    quote = " ".join(other.evidence.quote.split())
    return f"the judge says supported; the source has “{quote}” there, and no second judge reads this claim"


def _sure(probabilities: Probabilities, profile: CalibrationProfile) -> Label | None:
    """The label that the profile's thresholds let pass; None where none is sure enough."""
    if probabilities.supported >= profile.thresholds.supported:
        return Label.SUPPORTED
    if 1 - probabilities.supported < profile.thresholds.flagged:
        return None
    return max((Label.NOT_IN_SOURCE, Label.CONTRADICTED), key=lambda label: probabilities[label])


def merged(pairs: Sequence[Finding], findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """The judge's pairs, and what code found in other words of the claim."""
    taken = [(pair.claim.start, pair.claim.end) for pair in pairs]
    others = [
        one for one in findings if not any(one.claim.start < end and start < one.claim.end for start, end in taken)
    ]
    return (*pairs, *others)
