"""From results to scores: each with its n, its interval, and the claims that stayed unchecked beside it.

Scores of verdicts are over the claims that were decided, and `unchecked` says how
many of the same set were not. `balanced_accuracy_all` counts those as wrong, so
that a run cannot gain by leaving out what is hard.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from typing import NamedTuple, get_args

from summarizer.evaluation.cases import Difficulty
from summarizer.evaluation.scorecard import Bin, Metric, Result
from summarizer.evaluation.statistics import Interval, Ratios, bootstrap, resamples, score, wilson
from summarizer.schema import Label, Reason

BINS = 10
SUPPORTED, CONTRADICTED, NOT_IN_SOURCE = Label.SUPPORTED, Label.CONTRADICTED, Label.NOT_IN_SOURCE

FAILED = frozenset(
    {
        Reason.NO_ANSWER,
        Reason.BAD_REPLY,
        Reason.REFUSED,
        Reason.TRUNCATED,
        Reason.UNAVAILABLE,
        Reason.BUDGET,
        Reason.INTERRUPTED,
        Reason.TOO_LONG,
    }
)
"""Reasons of an unchecked claim that are a failure to answer, and no doubt."""

Test = Callable[[Result], bool]


class Share(NamedTuple):
    """Of the claims that are `of`, the share that are `hit`; `value` replaces the count where it is no yes or no."""

    of: Test
    hit: Test
    value: Callable[[Result], float] | None = None

    def ratio(self, results: Iterable[Result]) -> tuple[float, float]:
        base = [one for one in results if self.of(one)]
        if self.value:
            return math.fsum(self.value(one) for one in base), float(len(base))
        return float(sum(map(self.hit, base))), float(len(base))


def every(_: Result) -> bool:
    return True


def decided(one: Result) -> bool:
    return one.label is not None


def unsupported(one: Result) -> bool:
    return one.gold is not SUPPORTED


def flagged(one: Result) -> bool:
    """Said to be unsupported; unchecked says nothing."""
    return one.label in (CONTRADICTED, NOT_IN_SOURCE)


def measure(results: Sequence[Result]) -> tuple[Metric, ...]:
    """Every score that the results allow, in a fixed order; results that are ambiguous must be left out before."""
    clusters = [tuple(own) for _, own in groupby(results, key=lambda one: one.case)]
    draws = resamples(len(clusters))

    def mean(name: str, *shares: Share) -> Metric:
        ratios: list[Ratios] = [[share.ratio(own) for share in shares] for own in clusters]
        interval = bootstrap(ratios, draws)
        if interval and interval.low == interval.high and not any(share.value for share in shares):
            # Every article alike: drawing articles shows no spread, and the claims still are few.
            interval = _wide([share.ratio(results) for share in shares])
        return _metric(name, score(ratios), interval, results, shares)

    def plain(name: str, share: Share) -> Metric:
        top, bottom = share.ratio(results)
        value = top / bottom if bottom else None
        return _metric(name, value, wilson(round(top), round(bottom)), results, (share,))

    def both(only: Test) -> tuple[Share, Share]:
        return (
            Share(lambda one: only(one) and not unsupported(one), lambda one: one.label is SUPPORTED),
            Share(lambda one: only(one) and unsupported(one), flagged),
        )

    found = [
        mean("balanced_accuracy", *both(decided)),
        mean("balanced_accuracy_all", *both(every)),
        mean("recall_unsupported", Share(unsupported, flagged)),
        mean("false_alarms", Share(lambda one: not unsupported(one), flagged)),
        mean("false_support", Share(unsupported, lambda one: one.label is SUPPORTED)),
        mean("unchecked_rate", Share(every, lambda one: one.label is None)),
        mean("unanswered", Share(every, lambda one: one.reason in FAILED)),
        mean("accuracy_three_way", Share(decided, lambda one: one.right)),
        mean("accuracy_three_way_all", Share(every, lambda one: one.right)),
    ]
    found.append(mean("macro_f1", *(_f1(label) for label in Label)))
    for label in Label:
        found.append(mean(f"precision/{label}", Share(_said(label), _is(label))))
        found.append(mean(f"recall/{label}", Share(_both(decided, _is(label)), _said(label))))
        found.append(mean(f"f1/{label}", _f1(label)))
    for kind in sorted({one.error for one in results if one.error}):
        found.append(plain(f"recall_unsupported/{kind}", Share(_has("error", kind), flagged)))
    for difficulty in get_args(Difficulty):
        own = _both(decided, _has("difficulty", difficulty))
        found.append(plain(f"accuracy/{difficulty}", Share(own, lambda one: one.right)))
    found += [
        mean("evidence_precision", _known("evidence_precision")),
        mean("evidence_recall", _known("evidence_recall")),
        mean("span_f1", Share(lambda one: one.evidence_precision is not None, every, _span_f1)),
        mean("conflict_pairs", Share(lambda one: one.pair is not None, lambda one: bool(one.pair))),
        mean("extraction_recall", Share(every, lambda one: one.checks > 0)),
        mean("brier", Share(lambda one: one.confidence is not None, every, _squared_error)),
    ]
    return (*found, _calibration_error(results))


def reliability(results: Sequence[Result]) -> tuple[Bin, ...]:
    """Ten bins of equal width over the probability of support; empty where no run gave one."""
    sure = [one for one in results if one.confidence is not None]
    if not sure:
        return ()
    bins = []
    for number in range(BINS):
        own = [one for one in sure if min(int((one.confidence or 0) * BINS), BINS - 1) == number]
        bins.append(
            Bin(
                low=number / BINS,
                high=(number + 1) / BINS,
                n=len(own),
                mean=math.fsum(one.confidence or 0 for one in own) / len(own) if own else None,
                supported=sum(one.gold is SUPPORTED for one in own) / len(own) if own else None,
            )
        )
    return tuple(bins)


def counted(name: str, value: float | None, n: int) -> Metric:
    """A count or a sum, which has no interval."""
    return Metric(name=name, value=value, n=n)


def _metric(
    name: str, value: float | None, interval: Interval | None, results: Sequence[Result], shares: Sequence[Share]
) -> Metric:
    base = [one for one in results if any(share.of(one) for share in shares)]
    wide = [one for one in results if one.label is None and any(share.of(_as_decided(one)) for share in shares)]
    return Metric(
        name=name,
        value=value,
        low=interval.low if interval and value is not None else None,
        high=interval.high if interval and value is not None else None,
        n=len(base),
        unchecked=len(wide),
    )


def _wide(ratios: Ratios) -> Interval | None:
    """The mean of the Wilson intervals of some shares."""
    bounds = [wilson(round(top), round(bottom)) for top, bottom in ratios]
    known = [one for one in bounds if one is not None]
    if not known or len(known) < len(bounds):
        return None
    return Interval(math.fsum(one.low for one in known) / len(known), math.fsum(one.high for one in known) / len(known))


def _as_decided(one: Result) -> Result:
    """The claim as if it had been called what it is: whether it would have been in the base of a score."""
    return one.model_copy(update={"label": one.gold, "reason": None})


def _has(field: str, value: str) -> Test:
    return lambda one: getattr(one, field) == value


def _said(label: Label) -> Test:
    return lambda one: one.label is label


def _is(label: Label) -> Test:
    return lambda one: one.gold is label


def _both(first: Test, second: Test) -> Test:
    return lambda one: first(one) and second(one)


def _f1(label: Label) -> Share:
    """F1 is twice the hits over what was said and what is: a ratio of sums, so it can be drawn again."""

    def value(one: Result) -> float:
        return 2.0 * (one.label is label and one.gold is label)

    class _F1(Share):
        def ratio(self, results: Iterable[Result]) -> tuple[float, float]:
            base = [one for one in results if decided(one)]
            bottom = sum(one.label is label for one in base) + sum(one.gold is label for one in base)
            return math.fsum(map(value, base)), float(bottom)

    return _F1(lambda one: decided(one) and (one.label is label or one.gold is label), lambda _: True, value)


def _known(field: str) -> Share:
    return Share(
        lambda one: getattr(one, field) is not None, lambda _: True, lambda one: float(getattr(one, field) or 0)
    )


def _span_f1(one: Result) -> float:
    precision, recall = one.evidence_precision or 0.0, one.evidence_recall or 0.0
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _squared_error(one: Result) -> float:
    return ((one.confidence or 0.0) - (one.gold is SUPPORTED)) ** 2


def _calibration_error(results: Sequence[Result]) -> Metric:
    bins = [one for one in reliability(results) if one.n]
    n = sum(one.n for one in bins)
    error = math.fsum(one.n * abs((one.mean or 0) - (one.supported or 0)) for one in bins) / n if n else None
    return Metric(name="ece", value=error, n=n)
