"""Whether one run is better than another: paired by claim, clustered by article.

The verdict rests on the articles, because claims of one article rise and fall
together: signs of the differences per article are flipped at random (Fisher),
and the interval is drawn over articles. McNemar's exact test on the claims stands
beside it, as the field expects it.
"""

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Literal

from summarizer.errors import CaseError
from summarizer.evaluation.metrics import flagged, unsupported
from summarizer.evaluation.scorecard import Result, Scorecard
from summarizer.evaluation.statistics import (
    LEVEL,
    RESAMPLES,
    Ratios,
    bootstrap,
    mcnemar,
    resamples,
    score,
    sign_flip,
    smallest_visible,
)
from summarizer.schema import Label, Record


class Difference(Record):
    """How a score changed from the first run to the second."""

    name: str
    first: float | None
    second: float | None
    low: float | None = None
    """Lower bound of the 95 per cent interval of the difference."""
    high: float | None = None

    @property
    def value(self) -> float | None:
        """Second less first."""
        return None if self.first is None or self.second is None else self.second - self.first


class Change(Record):
    """A claim on which the runs differ."""

    case: str
    claim: str
    text: str
    gold: Label
    first: Label | None
    second: Label | None

    @property
    def gained(self) -> bool:
        """Whether the second run is right where the first was not."""
        return self.second is self.gold


class Comparison(Record):
    """Two runs over the same claims."""

    first: str
    """Name of the first run."""
    second: str
    claims: int
    """Claims that both runs have."""
    cases: int
    only_first: int
    """Claims that only the first run gets right."""
    only_second: int
    mcnemar: float
    """Exact p over claims."""
    p: float
    """p over articles, on which the verdict rests."""
    visible: float
    """Smallest difference in accuracy that these articles would have shown with a power of 80 per cent."""
    differences: tuple[Difference, ...]
    changes: tuple[Change, ...]
    warnings: tuple[str, ...] = ()
    verdict: Literal["better", "worse", "no evidence"]
    """What the second run is, against the first."""


def compare(
    first: Scorecard, second: Scorecard, *, names: tuple[str, str] = ("first", "second"), times: int = RESAMPLES
) -> Comparison:
    """Compare two scorecards claim by claim; unchecked is not right. `times` is how often articles are drawn.

    Raises a `CaseError` where they share no claims, or give one of them two true labels.
    """
    pairs, warnings = _paired(first, second)
    clusters = [tuple(own) for _, own in groupby(pairs, key=lambda pair: pair[0].case)]
    gains = [float(sum(b.right - a.right for a, b in own)) for own in clusters]
    draws = resamples(len(clusters), times=times)
    differences = tuple(_difference(name, clusters, draws) for name in SCORES)
    p = sign_flip(gains)
    accuracy = differences[0]
    clear = p <= 1 - LEVEL and accuracy.low is not None and accuracy.high is not None
    verdict: Literal["better", "worse", "no evidence"] = "no evidence"
    if clear and (accuracy.low or 0.0) > 0:
        verdict = "better"
    if clear and (accuracy.high or 0.0) < 0:
        verdict = "worse"
    only_first = sum(a.right and not b.right for a, b in pairs)
    only_second = sum(b.right and not a.right for a, b in pairs)
    return Comparison(
        first=names[0],
        second=names[1],
        claims=len(pairs),
        cases=len(clusters),
        only_first=only_first,
        only_second=only_second,
        mcnemar=mcnemar(only_first, only_second),
        p=p,
        visible=smallest_visible(gains, len(pairs)),
        differences=differences,
        changes=tuple(
            Change(case=a.case, claim=a.claim, text=a.text, gold=a.gold, first=a.label, second=b.label)
            for a, b in pairs
            if a.label is not b.label
        ),
        warnings=warnings,
        verdict=verdict,
    )


Pair = tuple[Result, Result]


def _paired(first: Scorecard, second: Scorecard) -> tuple[list[Pair], tuple[str, ...]]:
    others = {one.claim: one for one in second.counted()}
    pairs = [(one, others[one.claim]) for one in first.counted() if one.claim in others]
    if not pairs:
        raise CaseError("the two scorecards share no claims; compare runs of the same suite")
    for a, b in pairs:
        if a.gold is not b.gold or a.text != b.text:
            raise CaseError(f"{a.claim}: is labelled or worded otherwise in the second scorecard; run both again")
    alone = len(first.counted()) + len(second.counted()) - 2 * len(pairs)
    warnings = (f"{alone} claims are in one of the two only, and are left out",) if alone else ()
    return pairs, warnings


def _right(one: Result) -> list[tuple[float, float]]:
    return [(float(one.right), 1.0)]


def _balanced(one: Result) -> list[tuple[float, float]]:
    """Unchecked is wrong for either class."""
    hit = float(flagged(one) if unsupported(one) else one.label is Label.SUPPORTED)
    return [(hit, 1.0), (0.0, 0.0)] if unsupported(one) else [(0.0, 0.0), (hit, 1.0)]


def _of_unsupported(hit: bool, one: Result) -> list[tuple[float, float]]:
    return [(float(hit), 1.0)] if unsupported(one) else [(0.0, 0.0)]


SCORES: dict[str, Callable[[Result], list[tuple[float, float]]]] = {
    "accuracy_three_way_all": _right,
    "balanced_accuracy_all": _balanced,
    "recall_unsupported": lambda one: _of_unsupported(flagged(one), one),
    "false_support": lambda one: _of_unsupported(one.label is Label.SUPPORTED, one),
    "unchecked_rate": lambda one: [(float(one.label is None), 1.0)],
}


def _difference(name: str, clusters: Sequence[Sequence[Pair]], draws: Sequence[Sequence[int]]) -> Difference:
    of = SCORES[name]

    def ratios(side: int) -> list[Ratios]:
        return [_added([of(pair[side]) for pair in own]) for own in clusters]

    before, after = ratios(0), ratios(1)
    # Numerators of both runs over one denominator: the mean of ratios is linear in them, so one bootstrap does.
    both: list[Ratios] = [
        [(b[0] - a[0], a[1]) for a, b in zip(old, new, strict=True)] for old, new in zip(before, after, strict=True)
    ]
    interval = bootstrap(both, draws)
    return Difference(
        name=name,
        first=score(before),
        second=score(after),
        low=interval.low if interval else None,
        high=interval.high if interval else None,
    )


def _added(ratios: Sequence[Sequence[tuple[float, float]]]) -> Ratios:
    return [(sum(one[0] for one in column), sum(one[1] for one in column)) for column in zip(*ratios, strict=True)]
