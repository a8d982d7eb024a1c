"""How well probabilities of support put claims in order, whatever the thresholds are."""

import math
from collections.abc import Callable, Sequence
from itertools import groupby
from typing import NamedTuple

from summarizer.evaluation.intervals import jackknife, wilson_like
from summarizer.evaluation.metrics.definition import Compute, MetricDefinition, ScoredRun, with_interval
from summarizer.evaluation.scorecard import Metric, Result, RiskPoint
from summarizer.evaluation.statistics import Interval, auc

Pair = tuple[float, bool]
"""Probability of support, and whether the claim is supported."""
POINTS = 20  # of the risk-coverage curve


def _pairs(results: Sequence[Result]) -> list[Pair]:
    return [(one.support, one.gold == "supported") for one in results if one.support is not None]


def _average_precision(pairs: Sequence[Pair]) -> float | None:
    """Mean precision at each unsupported claim, by falling probability that it is unsupported; ties stand together."""
    wanted = sum(not gold for _, gold in pairs)
    if not wanted:
        return None
    total, seen, hits = 0.0, 0, 0
    for _, tied in groupby(sorted(pairs), key=lambda one: one[0]):
        golds = [gold for _, gold in tied]
        new = sum(not gold for gold in golds)
        seen, hits = seen + len(golds), hits + new
        total += new * hits / seen
    return total / wanted


class PrecisionRecall(NamedTuple):
    """A point of the precision-recall curve of unsupported claims."""

    support: float
    """Claims up to this probability of support are flagged."""
    precision: float
    recall: float


def precision_recall(results: Sequence[Result]) -> tuple[PrecisionRecall, ...]:
    """The curve, a point for each probability that the run gave; empty without any, or without unsupported claims."""
    pairs = sorted(_pairs(results))
    wanted = sum(not gold for _, gold in pairs)
    found, seen, hits = [], 0, 0
    for support, tied in groupby(pairs, key=lambda one: one[0]):
        golds = [gold for _, gold in tied]
        seen, hits = seen + len(golds), hits + sum(not gold for gold in golds)
        found.append((support, hits / seen, hits))
    return tuple(PrecisionRecall(support, precision, hits / wanted) for support, precision, hits in found if wanted)


def _risks(pairs: Sequence[Pair]) -> list[tuple[float, float]]:
    """For each claim, by falling certainty, the certainty and the share of errors up to there; ties share their mean."""
    found, seen, errors = [], 0, 0.0
    ordered = sorted(((max(p, 1 - p), (p >= 0.5) != gold) for p, gold in pairs), key=lambda one: -one[0])
    for certainty, tied in groupby(ordered, key=lambda one: one[0]):
        wrong = [error for _, error in tied]
        share = sum(wrong) / len(wrong)
        for _ in wrong:
            seen, errors = seen + 1, errors + share
            found.append((certainty, errors / seen))
    return found


def _area_of_risk(pairs: Sequence[Pair]) -> float | None:
    risks = _risks(pairs)
    return math.fsum(risk for _, risk in risks) / len(risks) if risks else None


def risk_coverage(results: Sequence[Result]) -> tuple[RiskPoint, ...]:
    """The risk-coverage curve at twenty shares of the claims; empty where the run gave no probabilities."""
    risks = _risks(_pairs(results))
    if not risks:
        return ()
    places = sorted({max(1, round(step * len(risks) / POINTS)) for step in range(1, POINTS + 1)})
    return tuple(
        RiskPoint(coverage=place / len(risks), certainty=risks[place - 1][0], risk=risks[place - 1][1])
        for place in places
    )


def _ranked(score: Callable[[Sequence[Pair]], float | None]) -> Compute:
    """A score of probabilities, with an interval from leaving out articles."""

    def compute(name: str, run: ScoredRun) -> Metric:
        articles = [pairs for own in run.articles if (pairs := _pairs(own))]
        pairs = [pair for own in articles for pair in own]
        value = score(pairs)
        spread = jackknife(articles, lambda left: score([pair for own in left for pair in own]))
        interval: Interval | None = None
        if value is not None and spread is not None:
            fewest = min(sum(gold for _, gold in pairs), sum(not gold for _, gold in pairs)) or len(pairs)
            interval = wilson_like(value, spread, fewest)
        return with_interval(name, value, interval, len(pairs), len(articles))

    return compute


METRICS = (
    MetricDefinition(
        "auroc",
        "area under the ROC curve",
        "probability that a supported claim gets a higher probability of support than an unsupported one; ties count half",
        "higher",
        "share",
        _ranked(auc),
        section="headline",
    ),
    MetricDefinition(
        "average_precision",
        "average precision",
        "mean precision at each unsupported claim, with the claims by falling probability of being unsupported",
        "higher",
        "share",
        _ranked(_average_precision),
        section="headline",
    ),
    MetricDefinition(
        "aurc",
        "risk-coverage area (AURC)",
        "mean share of errors among the surest claims, over all shares of them; sure is far from a probability of a half",
        "lower",
        "score",
        _ranked(_area_of_risk),
    ),
)
