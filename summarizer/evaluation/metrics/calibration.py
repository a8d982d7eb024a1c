"""Whether probabilities mean what they say. All of them are of support."""

import math
from collections.abc import Sequence

from summarizer.evaluation.metrics.definition import MetricDefinition, ScoredRun, Share, always, mean, with_interval
from summarizer.evaluation.scorecard import Bin, Metric, Result
from summarizer.schema import Label

BINS = 10


def reliability(results: Sequence[Result]) -> tuple[Bin, ...]:
    """Ten bins of equal width over the probability of support; empty where the run gave no probabilities."""
    known = [(one.support, one.gold is Label.SUPPORTED) for one in results if one.support is not None]
    return tuple(_bin(number, known) for number in range(BINS)) if known else ()


def _bin(number: int, known: Sequence[tuple[float, bool]]) -> Bin:
    own = [(support, gold) for support, gold in known if min(int(support * BINS), BINS - 1) == number]
    return Bin(
        low=number / BINS,
        high=(number + 1) / BINS,
        n=len(own),
        mean=math.fsum(support for support, _ in own) / len(own) if own else None,
        supported=sum(gold for _, gold in own) / len(own) if own else None,
    )


def _squared_error(one: Result) -> float:
    return ((one.support or 0.0) - (one.gold is Label.SUPPORTED)) ** 2


def _calibration_error(name: str, run: ScoredRun) -> Metric:
    n = sum(one.support is not None for one in run.results)
    # No interval: the error is never negative, so that leaving out articles shows a spread around too high a value.
    return with_interval(name, _error(run.results), None, n)


def _error(results: Sequence[Result]) -> float | None:
    bins = [one for one in reliability(results) if one.n]
    n = sum(one.n for one in bins)
    return math.fsum(one.n * abs((one.mean or 0) - (one.supported or 0)) for one in bins) / n if n else None


METRICS = (
    MetricDefinition(
        "brier",
        "Brier score",
        "mean squared difference between the probability of support and the truth (1 or 0)",
        "lower",
        "score",
        mean(Share(lambda one: one.support is not None, always, _squared_error)),
    ),
    MetricDefinition(
        "ece",
        "calibration error (ECE)",
        "mean difference between probability of support and share supported, over ten bins of equal width",
        "lower",
        "score",
        _calibration_error,
    ),
)
