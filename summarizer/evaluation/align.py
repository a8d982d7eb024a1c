"""From a report back to the labelled claims: what the run made of each of them."""

from collections.abc import Sequence
from typing import NamedTuple

from summarizer.evaluation.cases import Case, GoldClaim, GoldSummary
from summarizer.evaluation.scorecard import Result
from summarizer.grounding.locate import locate
from summarizer.schema import Check, Document, Evidence, Label, Reason, Report, Span, Unchecked, Verdict


class Aligned(NamedTuple):
    """A labelled claim and the checks that speak of it."""

    gold: GoldClaim
    checks: tuple[Check, ...]


def align(report: Report, summary: GoldSummary) -> tuple[Aligned, ...]:
    """Give each check to the labelled claim that it shares most words with; every claim of the summary is there.

    A labelled claim is a paragraph of the summary, so that the place decides and not a likeness.
    """
    parts = by_place(report.checks, summary.spans)
    return tuple(Aligned(gold, checks) for gold, checks in zip(summary.claims, parts, strict=True))


def by_place(checks: Sequence[Check], spans: Sequence[Span]) -> tuple[tuple[Check, ...], ...]:
    """For each span of a summary the checks that share most of their place with it."""
    own: list[list[Check]] = [[] for _ in spans]
    for check in checks:
        shared = [_shared(check.claim.origin, span) for span in spans]
        own[shared.index(max(shared))].append(check)
    return tuple(tuple(one) for one in own)


def to_result(case: Case, summary: GoldSummary, aligned: Aligned) -> Result:
    """One labelled claim with what came of it."""
    gold, checks = aligned
    label, reason, detail = outcome_of(checks)
    shown = [one for check in checks if isinstance(check.outcome, Verdict) for one in check.outcome.evidence]
    precision, recall, quotes = _overlap(shown, gold, case.document)
    return Result(
        case=case.id,
        claim=gold.id,
        text=gold.text,
        writer=summary.writer,
        split=case.split,
        gold=gold.label,
        error=gold.error,
        difficulty=gold.difficulty,
        modality=gold.modality,
        ambiguous=gold.ambiguous,
        label=label,
        reason=reason,
        detail=detail,
        confidence=_confidence(checks),
        quotes=tuple(dict.fromkeys(one.quote for one in shown)),
        gold_quotes=quotes,
        evidence_precision=precision,
        evidence_recall=recall,
        pair=_pair(checks, gold, case.document),
        checks=len(checks),
    )


def outcome_of(checks: Sequence[Check]) -> tuple[Label | None, Reason | None, str]:
    """The label of a claim from the checks of its parts: wrong if a part is, supported only if every part is.

    A part that stayed unchecked keeps the whole from being supported. No check at all is no answer.
    """
    verdicts = {check.outcome.label for check in checks if isinstance(check.outcome, Verdict)}
    unchecked = [check.outcome for check in checks if isinstance(check.outcome, Unchecked)]
    for label in (Label.CONTRADICTED, Label.NOT_IN_SOURCE):
        if label in verdicts:
            return label, None, ""
    if unchecked:
        return None, unchecked[0].reason, unchecked[0].detail
    if not checks:
        return None, Reason.NO_ANSWER, "the run made no claim of it"
    return Label.SUPPORTED, None, ""


def _shared(one: Span, other: Span) -> int:
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def _confidence(checks: Sequence[Check]) -> float | None:
    given = [check.outcome.confidence for check in checks]
    known = [one for one in given if one is not None]
    return min(known) if known and len(known) == len(given) else None


def _overlap(
    shown: Sequence[Evidence], gold: GoldClaim, document: Document
) -> tuple[float | None, float | None, tuple[str, ...]]:
    """Precision and recall of the shown words by the best minimal set, and that set.

    Counted in code points that are no white space. None where one of both sides has no words.
    """
    if not gold.evidence:
        return None, None, ()
    own = {at for one in shown for at in range(one.span.start, one.span.end) if not document.text[at].isspace()}
    best: tuple[float, float, float, tuple[str, ...]] | None = None
    for quotes in gold.evidence:
        wanted = _places(quotes, document)
        held = len(own & wanted)
        precision, recall = (held / len(own) if own else 0.0), held / len(wanted)
        if best is None or precision + recall > best[0]:
            best = (precision + recall, precision, recall, quotes)
    if best is None or not own:
        return None, None, gold.evidence[0]
    return best[1], best[2], best[3]


def _places(quotes: Sequence[str], document: Document) -> set[int]:
    found: set[int] = set()
    for quote in quotes:
        start = document.text.index(quote)
        found |= {at for at in range(start, start + len(quote)) if not document.text[at].isspace()}
    return found


def _pair(checks: Sequence[Check], gold: GoldClaim, document: Document) -> bool | None:
    """Whether a conflict of the run touches both the claim's wrong words and the words against them."""
    if gold.conflict is None:
        return None
    there = document.text.index(gold.conflict.source_words)
    source = Span(start=there, end=there + len(gold.conflict.source_words))
    for check in checks:
        wrong = locate(gold.conflict.claim_words, Document.of(check.claim.text))
        for conflict in check.outcome.conflicts:
            touches = any(_shared(conflict.claim, piece.span) for piece in wrong)
            if touches and _shared(conflict.evidence.span, source):
                return True
    return False
