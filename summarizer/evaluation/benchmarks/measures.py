"""How good predictions are: for each dataset, and as the mean over datasets, with intervals by document."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from summarizer.evaluation.benchmarks.judge import Prediction
from summarizer.evaluation.scorecard import Metric, PredictedLabel
from summarizer.evaluation.statistics import RESAMPLES, SEED, Ratios, percentiles, resamples, score

OPEN = ("undecided", "unchecked")  # no verdict
FEWEST_RESAMPLES = 200
DRAWN = 1_500_000  # claims in all resamples of a dataset: some seconds, and some tens of megabytes


class Judged(NamedTuple):
    """What counts of a prediction."""

    gold: bool | None
    label: PredictedLabel
    score: float | None


Cluster = Sequence[Judged]
"""The claims of one document."""


class DatasetScores(NamedTuple):
    """The scores of one dataset, or the mean over all."""

    dataset: str
    n: int
    """Claims."""
    documents: int
    balanced_accuracy: Metric
    """Mean of the share of supported claims that are called supported and of the share of others that are not;
    an undecided or unchecked claim is not called supported. Its `n`, like that of the others, counts claims, or data
    sets of a mean."""
    decided: Metric
    """The same over the claims that have a verdict."""
    undecided: Metric
    """Share of claims that were judged and not decided, labelled or not."""
    unchecked: Metric
    """Share of claims that were not judged, labelled or not."""
    auc: Metric
    """Probability that a supported claim has a higher score than another one; null unless every claim has a score."""

    @property
    def metrics(self) -> tuple[Metric, ...]:
        return (self.balanced_accuracy, self.decided, self.undecided, self.unchecked, self.auc)


class Scores(NamedTuple):
    """The scores of a benchmark."""

    datasets: tuple[DatasetScores, ...]
    """Sorted by name."""
    macro: DatasetScores
    """Unweighted means over the datasets that can be measured."""


class _Sample(NamedTuple):
    """A score, and what it would have been in each resample; None where it cannot be measured."""

    value: float | None
    draws: Sequence[float | None]
    n: int
    undecided: int
    unchecked: int
    varies: bool
    """Whether it rests on several documents."""


def measure(predictions: Iterable[Prediction]) -> Scores:
    """Score predictions, keeping of each only its label, score and true label.

    A document that two datasets share counts as one in each.
    """
    held: dict[str, dict[str, list[Judged]]] = defaultdict(lambda: defaultdict(list))
    for one in predictions:
        held[one.dataset][one.document].append(Judged(one.gold, one.label, one.score))
    samples: list[tuple[_Sample, ...]] = []
    datasets = []
    for position, (name, documents) in enumerate(sorted(held.items())):
        clusters = [*documents.values()]
        n = sum(map(len, clusters))
        samples.append(_samples(clusters, n, seed=SEED + position))
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


def auc(scores: Sequence[tuple[float, bool]], weights: Sequence[int] | None = None) -> float | None:
    """Area under the ROC curve; equal scores count half. None where one of the classes is empty.

    >>> auc([(0.9, True), (0.4, True), (0.4, False), (0.1, False)])
    0.875
    """
    weighted = sorted(zip(scores, weights or [1] * len(scores), strict=True), key=_by_score)
    won = below = 0.0
    above = 0
    for _, tied in groupby(weighted, key=_by_score):
        true = false = 0
        for (_, gold), weight in tied:
            true, false = (true + weight, false) if gold else (true, false + weight)
        won += true * (below + false / 2)
        below += false
        above += true
    return won / (above * below) if above and below else None


def _by_score(one: tuple[tuple[float, bool], int]) -> float:
    return one[0][0]


def _samples(clusters: Sequence[Cluster], n: int, *, seed: int) -> tuple[_Sample, ...]:
    times = max(FEWEST_RESAMPLES, min(RESAMPLES, DRAWN // n))
    draws = resamples(len(clusters), times=times, seed=seed)
    return (
        _shares(clusters, draws, _accuracy),
        _shares(clusters, draws, lambda own: _accuracy([one for one in own if one.label not in OPEN])),
        _shares(clusters, draws, lambda own: _share_of(own, "undecided")),
        _shares(clusters, draws, lambda own: _share_of(own, "unchecked")),
        _areas(clusters, draws),
    )


def _accuracy(own: Cluster) -> Ratios:
    """Found and all, of the supported claims and of the others."""
    supported = [one.label == "supported" for one in own if one.gold is True]
    others = [one.label != "supported" for one in own if one.gold is False]
    return [(sum(supported), len(supported)), (sum(others), len(others))]


def _share_of(own: Cluster, label: PredictedLabel) -> Ratios:
    return [(sum(one.label == label for one in own), len(own))]


def _shares(
    clusters: Sequence[Cluster], draws: Sequence[Sequence[int]], ratios: Callable[[Cluster], Ratios]
) -> _Sample:
    counted = [ratios(own) for own in clusters]
    n = int(sum(bottom for own in counted for _, bottom in own))
    holding = sum(any(bottom for _, bottom in own) for own in counted)
    value = score(counted)
    found = [] if value is None else [score(counted, weights) for weights in draws]
    return _Sample(value, found, n, *_left_open(clusters), varies=holding > 1)


def _areas(clusters: Sequence[Cluster], draws: Sequence[Sequence[int]]) -> _Sample:
    known = [(place, one) for place, own in enumerate(clusters) for one in own if one.gold is not None]
    scored = [(one.score, bool(one.gold), place) for place, one in known if one.score is not None]
    if len(scored) < len(known):
        return _Sample(None, [], len(scored), *_left_open(clusters), varies=False)
    scored.sort()  # once: sorting what is sorted is quick
    pairs = [(own, gold) for own, gold, _ in scored]
    value = auc(pairs)
    found = [] if value is None else [auc(pairs, [weights[place] for *_, place in scored]) for weights in draws]
    several = len({place for *_, place in scored}) > 1
    return _Sample(value, found, len(pairs), *_left_open(clusters), varies=several)


def _left_open(clusters: Sequence[Cluster]) -> tuple[int, int]:
    """How many claims are undecided, and how many unchecked."""
    labels = [one.label for own in clusters for one in own]
    return labels.count("undecided"), labels.count("unchecked")


def _mean(samples: Sequence[_Sample]) -> _Sample:
    """The mean over datasets, resample by resample: documents are drawn within their dataset."""
    own = [one for one in samples if one.value is not None]
    drawn = [
        [value for value in values if value is not None] for values in zip(*(one.draws for one in own), strict=False)
    ]
    return _Sample(
        sum(one.value or 0 for one in own) / len(own) if own else None,
        [sum(values) / len(own) if len(values) == len(own) else None for values in drawn],
        len(own),
        sum(one.undecided for one in samples),
        sum(one.unchecked for one in samples),
        varies=any(one.varies for one in own),
    )


METRICS = ("balanced_accuracy", "balanced_accuracy_decided", "undecided", "unchecked", "auc")


def _metrics(samples: Sequence[_Sample], dataset: str) -> tuple[Metric, ...]:
    return tuple(_metric(f"{name}/{dataset}", one) for name, one in zip(METRICS, samples, strict=True))


def _metric(name: str, sample: _Sample) -> Metric:
    values = [value for value in sample.draws if value is not None]
    enough = sample.varies and 2 * len(values) > len(sample.draws)  # few claims of a class: most resamples lack it
    low, high = percentiles(values) if enough else (None, None)
    return Metric(
        name=name,
        value=sample.value,
        low=low,
        high=high,
        n=sample.n,
        undecided=sample.undecided,
        unchecked=sample.unchecked,
    )


HEADER = ("dataset", "claims", "documents", "balanced accuracy", "of the decided", "undecided", "unchecked", "AUC")
NOTES = """\
Per cent, with 95 per cent bootstrap intervals over documents; - means not measurable.
balanced accuracy: undecided and unchecked claims count as not supported; of the decided: they are left out.
"""


def to_text(scores: Scores) -> str:
    """Return the scores as a plain table, a line for each dataset and one for their mean."""
    rows = [HEADER, *(_cells(one) for one in scores.datasets), _cells(scores.macro, of=len(scores.datasets))]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADER))]
    lines = [
        "  ".join(
            [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]
        )
        for row in rows
    ]
    return "\n".join([*lines, "", NOTES + _unlabelled(scores)])


def _cells(scores: DatasetScores, *, of: int | None = None) -> tuple[str, ...]:
    name = scores.dataset if scores.dataset.isprintable() else ascii(scores.dataset)
    return (name, f"{scores.n:,}", f"{scores.documents:,}", *(_cell(one, of) for one in scores.metrics))


def _cell(metric: Metric, of: int | None) -> str:
    """`61.2 [58.0, 64.3]`, and for a mean over fewer datasets than there are ` of 15`."""
    if metric.value is None:
        return "-"
    interval = f" [{metric.low:.1%}, {metric.high:.1%}]" if metric.low is not None and metric.high is not None else ""
    fewer = f" of {metric.n}" if of is not None and metric.n < of else ""
    return f"{metric.value:.1%}{interval}{fewer}".replace("%", "")


def _unlabelled(scores: Scores) -> str:
    count = scores.macro.n - sum(one.balanced_accuracy.n for one in scores.datasets)
    if not count:
        return ""
    return f"{count:,} {'claim has' if count == 1 else 'claims have'} no label and {'is' if count == 1 else 'are'} in no accuracy.\n"
