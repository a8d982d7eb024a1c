"""Whether one run is better than another: paired by claim, clustered by article.

The verdict rests on the articles, because claims of one article depend on each other: the signs of the differences
per article are flipped at random (Fisher's randomisation test), and the intervals are bootstrapped over articles.
McNemar's exact test over claims is given as well, as the field expects it. Which scores are compared, and which way
is better, is in the registry of metrics.
"""

from collections.abc import Sequence
from itertools import groupby
from typing import Literal

from summarizer.errors import CaseError
from summarizer.evaluation.metrics import DEFINITIONS, MetricDefinition
from summarizer.evaluation.scorecard import PredictedLabel, Result, Scorecard
from summarizer.evaluation.statistics import (
    LEVEL,
    RESAMPLES,
    Interval,
    Ratios,
    bootstrap,
    mcnemar,
    minimum_detectable_effect,
    percentiles,
    resamples,
    score,
    sign_flip,
)
from summarizer.schema import Label, Record

ACCURACY = "accuracy_three_way_all"  # the score that the verdict rests on


class Difference(Record):
    """How a score changed from the first run to the second."""

    name: str
    """Name of the metric."""
    first: float | None
    """Value in the first run; null where it cannot be measured."""
    second: float | None
    """Value in the second run."""
    low: float | None = None
    """Lower bound of the 95 per cent interval of the difference."""
    high: float | None = None
    """Upper bound."""

    @property
    def value(self) -> float | None:
        """Second less first."""
        return None if self.first is None or self.second is None else self.second - self.first


class Change(Record):
    """A claim on which the runs differ."""

    case: str
    """Id of the case."""
    claim: str
    """Id of the claim."""
    text: str
    """The claim."""
    gold: Label
    """Its true label."""
    first: PredictedLabel
    """What the first run made of it."""
    second: PredictedLabel
    """What the second run made of it."""

    @property
    def gained(self) -> bool:
        """Whether the second run is right where the first was not."""
        return self.second == self.gold

    @property
    def lost(self) -> bool:
        """Whether the first run is right where the second is not."""
        return self.first == self.gold


class Comparison(Record):
    """Two runs over the same claims."""

    first: str
    """Name of the first run."""
    second: str
    """Name of the second run."""
    claims: int
    """Claims that both runs have."""
    cases: int
    """Articles that they come from."""
    only_first: int
    """Claims that only the first run gets right."""
    only_second: int
    """Claims that only the second run gets right."""
    mcnemar: float
    """p of McNemar's exact test over claims."""
    p: float
    """p over articles, on which the verdict rests."""
    minimum_detectable_effect: float
    """Smallest difference in accuracy that these articles would show with a power of 80 per cent."""
    differences: tuple[Difference, ...]
    """The scores that are compared, in the order of the registry."""
    changes: tuple[Change, ...]
    """Claims on which the runs differ."""
    warnings: tuple[str, ...] = ()
    """What a reader should know before trusting the verdict."""
    verdict: Literal["better", "worse", "inconclusive"]
    """What the second run is, compared with the first."""


def compare(
    first: Scorecard, second: Scorecard, *, names: tuple[str, str] = ("first", "second"), times: int = RESAMPLES
) -> Comparison:
    """Compare two scorecards claim by claim; undecided and unchecked are not right. `times` is the number of resamples.

    Raises a `CaseError` where they share no claims, or give one of them two true labels.
    """
    pairs, warnings = _paired(first, second)
    clusters = [tuple(own) for _, own in groupby(pairs, key=lambda pair: pair[0].case)]
    gains = [float(sum(b.right - a.right for a, b in own)) for own in clusters]
    draws = resamples(len(clusters), times=times)
    differences = tuple(_difference(one, clusters, draws) for one in DEFINITIONS.values() if one.compared)
    p = sign_flip(gains)
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
        minimum_detectable_effect=minimum_detectable_effect(gains, len(pairs)),
        differences=differences,
        changes=tuple(
            Change(case=a.case, claim=a.claim, text=a.text, gold=a.gold, first=a.predicted, second=b.predicted)
            for a, b in pairs
            if a.predicted != b.predicted
        ),
        warnings=warnings,
        verdict=_verdict(next(one for one in differences if one.name == ACCURACY), p),
    )


def _verdict(accuracy: Difference, p: float) -> Literal["better", "worse", "inconclusive"]:
    """Better or worse where test and interval agree that accuracy has changed."""
    if p <= 1 - LEVEL and accuracy.low is not None and accuracy.high is not None:
        if accuracy.low > 0:
            return "better"
        if accuracy.high < 0:
            return "worse"
    return "inconclusive"


Pair = tuple[Result, Result]


def _paired(first: Scorecard, second: Scorecard) -> tuple[list[Pair], tuple[str, ...]]:
    others = {one.claim: one for one in second.counted()}
    pairs = [(one, others[one.claim]) for one in first.counted() if one.claim in others]
    if not pairs:
        raise CaseError("the two scorecards share no claims; compare runs of the same suite")
    for a, b in pairs:
        if a.gold is not b.gold or a.text != b.text:
            raise CaseError(f"{a.claim}: has another label or wording in the second scorecard; run both again")
    alone = len(first.counted()) + len(second.counted()) - 2 * len(pairs)
    words = "claim is in only one of the two, and is" if alone == 1 else "claims are in only one of the two, and are"
    warnings = (f"{alone} {words} left out",) if alone else ()
    return pairs, warnings


def _difference(
    metric: MetricDefinition, clusters: Sequence[Sequence[Pair]], draws: Sequence[Sequence[int]]
) -> Difference:
    before, after = (
        [[share.ratio([pair[side] for pair in own]) for share in metric.compared] for own in clusters]
        for side in (0, 1)
    )
    interval = _interval(before, after, draws)
    return Difference(
        name=metric.name,
        first=score(before),
        second=score(after),
        low=interval.low if interval else None,
        high=interval.high if interval else None,
    )


def _interval(before: Sequence[Ratios], after: Sequence[Ratios], draws: Sequence[Sequence[int]]) -> Interval | None:
    """The interval of a difference over draws of articles; None for fewer than two articles."""
    bases = [[(a[1], b[1]) for a, b in zip(old, new, strict=True)] for old, new in zip(before, after, strict=True)]
    if all(a == b for own in bases for a, b in own):
        # The same claims count in both runs: the mean of ratios is linear in their numerators, so one bootstrap does.
        both: list[Ratios] = [
            [(b[0] - a[0], a[1]) for a, b in zip(old, new, strict=True)] for old, new in zip(before, after, strict=True)
        ]
        return bootstrap(both, draws)
    if sum(any(a or b for a, b in own) for own in bases) < 2:
        return None
    scores = [(score(before, weights), score(after, weights)) for weights in draws]
    values = [second - first for first, second in scores if first is not None and second is not None]
    return percentiles(values) if values else None
