"""How good predictions are: for each dataset, and as the mean over datasets, with intervals by document."""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from summarizer.evaluation.benchmarks.judge import Prediction
from summarizer.evaluation.intervals import jackknife, share_interval, wilson_like
from summarizer.evaluation.scorecard import Metric, PredictedLabel, is_right
from summarizer.evaluation.statistics import Interval, Ratios, auc, score
from summarizer.schema import Label

OPEN = ("undecided", "unchecked")  # no verdict
FLAGGED = ("contradicted", "not_in_source")


class Judged(NamedTuple):
    """What counts of a prediction."""

    gold: bool | None
    label: PredictedLabel
    score: float | None
    verdict3: Label | None = None
    """The true label in three classes; None where it is not known."""

    @property
    def right(self) -> bool:
        return is_right(self.label, self.verdict3 or (Label.SUPPORTED if self.gold else "unsupported"))


Cluster = Sequence[Judged]
"""The claims of one document."""


class DatasetScores(NamedTuple):
    """The scores of one dataset, or the mean over all."""

    dataset: str
    n: int
    """Claims."""
    documents: int
    balanced_accuracy: Metric
    """Mean of the share of supported claims that are called supported and of the share of others that are flagged;
    an undecided or unchecked claim counts as wrong. Its `n`, like that of the others, counts claims, or data sets of a
    mean."""
    selective: Metric
    """Share of the claims with a verdict that have the right one of the three labels, or are rightly flagged where the
    label is only unsupported."""
    decided: Metric
    """Share of claims that have a verdict."""
    undecided: Metric
    """Share of claims that were judged and not decided, labelled or not."""
    unchecked: Metric
    """Share of claims that were not judged, labelled or not."""
    auc: Metric
    """Probability that a supported claim has a higher score than another one; null unless every claim has a score."""

    @property
    def metrics(self) -> tuple[Metric, ...]:
        return (self.balanced_accuracy, self.selective, self.decided, self.undecided, self.unchecked, self.auc)


class Scores(NamedTuple):
    """The scores of a benchmark."""

    datasets: tuple[DatasetScores, ...]
    """Sorted by name."""
    macro: DatasetScores
    """Unweighted means over the datasets that can be measured."""


class _Sample(NamedTuple):
    """A score; None where it cannot be measured."""

    value: float | None
    interval: Interval | None
    n: int
    undecided: int
    unchecked: int


def measure(predictions: Iterable[Prediction]) -> Scores:
    """Score predictions, keeping of each only its label, score and true label.

    A document that two datasets share counts as one in each.
    """
    held: dict[str, dict[str, list[Judged]]] = defaultdict(lambda: defaultdict(list))
    for one in predictions:
        verdict = one.row.verdict3 if one.row else None
        held[one.dataset][one.document].append(Judged(one.gold, one.label, one.score, verdict))
    samples: list[tuple[_Sample, ...]] = []
    datasets = []
    for name, documents in sorted(held.items()):
        clusters = [*documents.values()]
        n = sum(map(len, clusters))
        samples.append(_samples(clusters))
        datasets.append(DatasetScores(name, n, len(clusters), *_metrics(samples[-1], name)))
    means = [_mean([own[place] for own in samples]) for place in range(len(METRICS))]
    return Scores(
        tuple(datasets),
        DatasetScores(
            "macro mean",
            sum(one.n for one in datasets),
            sum(one.documents for one in datasets),
            *_metrics(means, "macro"),
        ),
    )


def _samples(clusters: Sequence[Cluster]) -> tuple[_Sample, ...]:
    return (
        _shares(clusters, _accuracy),
        _shares(clusters, lambda own: _right([one for one in own if one.label not in OPEN])),
        _shares(clusters, _decided),
        _shares(clusters, lambda own: _share_of(own, "undecided")),
        _shares(clusters, lambda own: _share_of(own, "unchecked")),
        _area(clusters),
    )


def _accuracy(own: Cluster) -> Ratios:
    """Right and all, of the supported claims and of the others."""
    supported = [one.label == "supported" for one in own if one.gold is True]
    others = [one.label in FLAGGED for one in own if one.gold is False]
    return [(sum(supported), len(supported)), (sum(others), len(others))]


def _right(own: Cluster) -> Ratios:
    known = [one for one in own if one.gold is not None]
    return [(sum(one.right for one in known), len(known))]


def _decided(own: Cluster) -> Ratios:
    return [(sum(one.label not in OPEN for one in own), len(own))]


def _share_of(own: Cluster, label: PredictedLabel) -> Ratios:
    return [(sum(one.label == label for one in own), len(own))]


def _shares(clusters: Sequence[Cluster], ratios: Callable[[Cluster], Ratios]) -> _Sample:
    counted = [ratios(own) for own in clusters]
    n = int(sum(bottom for own in counted for _, bottom in own))
    value = score(counted)
    return _Sample(value, share_interval(counted) if value is not None else None, n, *_left_open(clusters))


def _area(clusters: Sequence[Cluster]) -> _Sample:
    known = [[one for one in own if one.gold is not None] for own in clusters]
    pairs = [[(one.score, bool(one.gold)) for one in own if one.score is not None] for own in known]
    n = sum(map(len, pairs))
    value = auc(_flat(pairs)) if n == sum(map(len, known)) else None
    interval = None
    if value is not None and (found := jackknife([own for own in pairs if own], lambda left: auc(_flat(left)))):
        golds = [gold for _, gold in _flat(pairs)]
        interval = wilson_like(value, found, min(sum(golds), len(golds) - sum(golds)))
    return _Sample(value, interval, n, *_left_open(clusters))


def _flat(articles: Sequence[Sequence[tuple[float, bool]]]) -> list[tuple[float, bool]]:
    return [pair for own in articles for pair in own]


def _left_open(clusters: Sequence[Cluster]) -> tuple[int, int]:
    """How many claims are undecided, and how many unchecked."""
    labels = [one.label for own in clusters for one in own]
    return labels.count("undecided"), labels.count("unchecked")


def _mean(samples: Sequence[_Sample]) -> _Sample:
    """The mean over datasets, whose errors are independent; no interval where one of them has none."""
    own = [one for one in samples if one.value is not None]
    value = math.fsum(one.value or 0 for one in own) / len(own) if own else None
    intervals = [one.interval for one in own if one.interval]
    interval = None
    if value is not None and len(intervals) == len(own):
        # Each side on its own (Zou and Donner 2008): the intervals of shares are not symmetric.
        below, above = (
            math.sqrt(math.fsum((one.interval[side] - (one.value or 0)) ** 2 for one in own if one.interval)) / len(own)
            for side in (0, 1)
        )
        interval = Interval(max(0.0, value - below), min(1.0, value + above))
    undecided, unchecked = sum(one.undecided for one in samples), sum(one.unchecked for one in samples)
    return _Sample(value, interval, len(own), undecided, unchecked)


METRICS = ("balanced_accuracy", "selective_accuracy", "decision_coverage", "undecided_rate", "unchecked_rate", "auroc")


def _metrics(samples: Sequence[_Sample], dataset: str) -> tuple[Metric, ...]:
    return tuple(_metric(f"{name}/{dataset}", one) for name, one in zip(METRICS, samples, strict=True))


def _metric(name: str, sample: _Sample) -> Metric:
    low, high = sample.interval or (None, None)
    return Metric(
        name=name,
        value=sample.value,
        low=low,
        high=high,
        n=sample.n,
        undecided=sample.undecided,
        unchecked=sample.unchecked,
    )
