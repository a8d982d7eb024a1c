"""From a report back to the labelled claims: what the run made of each of them."""

import math
import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from summarizer.evaluation.cases import Case, GoldClaim, GoldSummary
from summarizer.evaluation.scorecard import DIGITS, Result
from summarizer.grounding.locate import locate
from summarizer.schema import (
    Check,
    Document,
    Evidence,
    Label,
    Outcome,
    Probabilities,
    Reason,
    Report,
    Span,
    Unchecked,
    Undecided,
    Verdict,
)

NO_CLAIM = Unchecked(reason=Reason.NO_ANSWER, detail="the extractor made no claim of it")


class Aligned(NamedTuple):
    """A labelled claim and the checks of its words."""

    gold: GoldClaim
    checks: tuple[Check, ...]


def align(report: Report, summary: GoldSummary) -> tuple[Aligned, ...]:
    """Give each check to the labelled claim whose place it shares; every claim of the summary is there.

    A labelled claim is a paragraph of the summary, so its place decides, not its wording.
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
    evidence = [one for check in checks if isinstance(check.outcome, Verdict) for one in check.outcome.evidence]
    precision, recall, quotes = _overlap(evidence, gold, case.document)
    return result_of(
        checks,
        case=case.id,
        article=case.document.sha256[:DIGITS],
        claim=gold.id,
        text=gold.text,
        writer=summary.writer,
        split=case.split,
        gold=gold.label,
        error=gold.error,
        difficulty=gold.difficulty,
        modality=gold.modality,
        ambiguous=gold.ambiguous,
        gold_quotes=quotes,
        evidence_precision=precision,
        evidence_recall=recall,
        pair=_pair(checks, gold, case.document),
    )


def result_of(checks: Sequence[Check], **known: Any) -> Result:
    """What came of the parts of a claim, with what is known of it."""
    outcome = outcome_of(checks)
    return Result(
        **known,
        outcome=outcome.kind,
        label=outcome.label if isinstance(outcome, Verdict) else None,
        leaning=outcome.leaning if isinstance(outcome, Undecided) else None,
        doubt=outcome.reason if isinstance(outcome, Undecided) else None,
        reason=outcome.reason if isinstance(outcome, Unchecked) else None,
        detail=_detail(outcome),
        probabilities=of_all_parts(checks),
        quotes=tuple(dict.fromkeys(one.quote for check in checks for one in check.shown)),
        checks=len(checks),
    )


def outcome_of(checks: Sequence[Check]) -> Outcome:
    """The outcome of a claim from the checks of its parts: that of the worst part.

    Contradicted or not in the source if a part is. Otherwise an unchecked part leaves the whole unchecked, and an
    undecided part leaves it undecided: it is supported only if every part is that states something. No check at all
    is no answer.
    """
    return min((check.outcome for check in _stating(checks)), key=_rank, default=NO_CLAIM)


def _stating(checks: Sequence[Check]) -> Sequence[Check]:
    """The parts without questions and headings, where any of them states something."""
    return [check for check in checks if not check.states_nothing] or checks


def _rank(outcome: Outcome) -> tuple[int, int]:
    """Lowest for the worst part; of undecided parts, those that lean towards support come last."""
    worst_first = (Label.CONTRADICTED, Label.NOT_IN_SOURCE, None, Label.SUPPORTED)
    if isinstance(outcome, Unchecked):
        return 1, 0
    if isinstance(outcome, Undecided):
        return 2, worst_first.index(outcome.leaning)
    return (3, 0) if outcome.label is Label.SUPPORTED else (0, worst_first.index(outcome.label))


def of_all_parts(checks: Sequence[Check]) -> Probabilities | None:
    """The probabilities of a claim from those of its parts; None unless every part has some.

    What is not support is shared as in the least supported part.
    """
    outcomes = [check.outcome for check in _stating(checks)]
    given = [None if isinstance(one, Unchecked) else one.probabilities for one in outcomes]
    known = [one for one in given if one]
    if not known or len(known) < len(given):
        return None
    least = min(known, key=lambda one: one.supported)
    if len(known) == 1:
        return least
    support = together([one.supported for one in known])
    rest = least.contradicted + least.not_in_source
    share = least.contradicted / rest if rest else 0.0
    return Probabilities.of(support, (1 - support) * share, (1 - support) * (1 - share))


def together(chances: Sequence[float]) -> float:
    """How likely a claim is whose parts have these chances: their geometric mean.

    Parts of one claim go wrong together, so that their product calls long claims too unlikely, and the least of them
    says more of how many parts there are than of the claim (docs/decisions/0080).
    """
    return math.prod(chances) ** (1 / len(chances))


def _detail(outcome: Outcome) -> str:
    if isinstance(outcome, Verdict):
        return ""
    return outcome.rationale if isinstance(outcome, Undecided) else outcome.detail


def _shared(one: Span, other: Span) -> int:
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def _overlap(
    shown: Sequence[Evidence], gold: GoldClaim, document: Document
) -> tuple[float | None, float | None, tuple[str, ...]]:
    """Precision and recall of the shown words against the best minimal set, and that set.

    Counted in code points other than white space. None where either side has no words.
    """
    if not gold.evidence:
        return None, None, ()
    own = {at for one in shown for at in range(one.span.start, one.span.end) if not document.text[at].isspace()}
    best: tuple[float, float, float, tuple[str, ...]] | None = None
    for quotes in gold.evidence:
        wanted = set().union(*(_places(quote, document.text, own) for quote in quotes))
        held = len(own & wanted)
        precision, recall = (held / len(own) if own else 0.0), held / len(wanted)
        if best is None or precision + recall > best[0]:
            best = (precision + recall, precision, recall, quotes)
    if best is None or not own:
        return None, None, gold.evidence[0]
    return best[1], best[2], best[3]


def _places(quote: str, text: str, own: set[int]) -> set[int]:
    """Where the words of a quote stand; of several places that of which the run shows most."""
    starts = (one.start() for one in re.finditer(re.escape(quote), text))
    places = (range(start, start + len(quote)) for start in starts)
    return {at for at in max(places, key=lambda one: len(own.intersection(one))) if not text[at].isspace()}


def _pair(checks: Sequence[Check], gold: GoldClaim, document: Document) -> bool | None:
    """Whether a finding of the run touches both the claim's wrong words and the words of the source against them."""
    if gold.conflict is None:
        return None
    for check in checks:
        wrong = locate(gold.conflict.claim_words, Document.of(check.claim.text))
        for finding in check.findings:
            touches_claim = any(_shared(finding.claim, piece.span) for piece in wrong)
            shown = finding.evidence if touches_claim else None
            if shown and _stands_at(gold.conflict.source_words, shown.span, document.text):
                return True
    return False


def _stands_at(words: str, span: Span, text: str) -> bool:
    """Whether the words share a place with the span, at whichever of their places in the text."""
    reach = len(words) - 1
    return text.find(words, max(0, span.start - reach), span.end + reach) >= 0
