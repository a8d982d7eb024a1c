"""From sums of leaves to probabilities of support, and from where on they decide.

A point of the curve is fitted on all other data sets than the one it is used on, when
quality is printed; the curve that ships is fitted on all of them.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from benchmarks.rows import Row
from summarizer.judging.lexical.rules import decided
from summarizer.language.sentences import sentences
from summarizer.language.word_index import WordIndex
from summarizer.retrieval import Index
from summarizer.schema import Claim, Document, Kind, Label, Span

Array = NDArray[np.float64]

POINTS = 25  # of the calibration curve
BINS = 10


class Fit(NamedTuple):
    """What the development rows say about the sums of leaves."""

    points: list[tuple[float, float]]
    band: dict[str, float]


def each_dataset_alike(rows: Sequence[Row]) -> Array:
    """Weights under which every data set counts the same."""
    names, counts = np.unique([row.dataset for row in rows], return_counts=True)
    size = dict(zip(names.tolist(), counts.tolist(), strict=True))
    return np.array([1.0 / size[row.dataset] for row in rows])


def _labels(rows: Sequence[Row]) -> NDArray[np.int64]:
    return np.array([row.label for row in rows])


def _platt(raw: Array, rows: Sequence[Row]) -> LogisticRegression:
    """A logistic curve: two numbers, which sixteen small data sets can bear; steps would follow their noise."""
    model = LogisticRegression(C=1e6)
    return model.fit(raw.reshape(-1, 1), _labels(rows), sample_weight=each_dataset_alike(rows))


def _probability(model: LogisticRegression, raw: Array) -> Array:
    return np.asarray(model.predict_proba(raw.reshape(-1, 1))[:, 1], dtype=np.float64)


def cross_fitted(raw: Array, rows: Sequence[Row]) -> Array:
    """Probabilities of support, each from a curve that has not seen the claim's data set."""
    datasets = np.array([row.dataset for row in rows])
    found = np.zeros(len(rows))
    for name in sorted(set(datasets)):
        own = datasets == name
        others = [row for row in rows if row.dataset != name]
        found[own] = _probability(_platt(raw[~own], others), raw[own])
    return found


def calibrate(raw: Array, rows: Sequence[Row]) -> list[tuple[float, float]]:
    """Points of the curve over all rows."""
    at = np.linspace(raw.min() - 0.5, raw.max() + 0.5, POINTS)
    fitted = _probability(_platt(raw, rows), at)
    return [(round(float(x), 4), round(float(y), 4)) for x, y in zip(at, fitted, strict=True)]


SUPPORTED_FROM, NOT_IN_SOURCE_TO = 0.75, 0.25


def choose_band(probability: Array, rows: Sequence[Row]) -> dict[str, float]:
    """The band between the outcomes, and the choice that is forced; prints what the band does on these rows.

    Chosen on dev from the risk-coverage curve: a "supported" of the trees should be right nine times of ten, because
    a reader takes it at its word, and a "not in source" five times of six.
    """
    labels = np.array([bool(row.label) for row in rows])
    for name, chosen, right in (
        ("supported", probability >= SUPPORTED_FROM, labels),
        ("not in source", probability <= NOT_IN_SOURCE_TO, ~labels),
    ):
        share = float(right[chosen].mean()) if chosen.any() else float("nan")
        print(f"band: {int(chosen.sum())} of {len(rows)} claims {name}, {share:.3f} of them right")
    return {"not_in_source": NOT_IN_SOURCE_TO, "supported": SUPPORTED_FROM, "forced": 0.5}


def _weighted_quantile(values: Array, weights: Array, share: float) -> float:
    order = np.argsort(values, kind="stable")
    reached = np.cumsum(weights[order]) / weights.sum()
    return float(values[order][np.searchsorted(reached, share)])


def print_quality(probability: Array, rows: Sequence[Row]) -> None:
    """Brier score, expected calibration error, reliability, and share right by share decided."""
    labels, weights = _labels(rows), each_dataset_alike(rows)
    weights = weights / weights.sum()
    print(
        f"Brier {float(weights @ (probability - labels) ** 2):.3f} (0.250 says nothing), ECE {ece(probability, rows):.3f}"
    )
    print("\n| probability of support | share of claims | mean probability | supported |")
    print("| --- | --- | --- | --- |")
    for low in np.arange(0, 1, 1 / BINS):
        inside = (probability >= low) & (probability < low + 1 / BINS)
        mass = weights[inside].sum()
        if mass:
            mean, hit = weights[inside] @ probability[inside] / mass, weights[inside] @ labels[inside] / mass
            print(f"| {low:.1f} to {low + 1 / BINS:.1f} | {mass:.2f} | {mean:.2f} | {hit:.2f} |")
    print("\n| most confident share | right, data sets alike | right, claims alike | least confidence |")
    print("| --- | --- | --- | --- |")
    for share in (0.1, 0.25, 0.5, 0.75, 1.0):
        alike, pooled, edge = right_share(probability, rows, share)
        print(f"| {share:.2f} | {alike:.3f} | {pooled:.3f} | {edge:.3f} |")


def ece(probability: Array, rows: Sequence[Row]) -> float:
    labels, weights = _labels(rows), each_dataset_alike(rows)
    weights = weights / weights.sum()
    place = np.minimum((probability * BINS).astype(int), BINS - 1)
    return float(sum(abs(weights[place == one] @ (probability - labels)[place == one]) for one in range(BINS)))


def right_share(probability: Array, rows: Sequence[Row], share: float) -> tuple[float, float, float]:
    """How much of the most confident share is right, and the confidence at its edge."""
    labels, weights = _labels(rows), each_dataset_alike(rows)
    confidence = np.maximum(probability, 1 - probability)
    edge = -_weighted_quantile(-confidence, weights, min(share, 1 - 1e-9))
    decided = confidence >= edge
    right = ((probability >= 0.5) == (labels == 1)) & decided
    return float(weights[right].sum() / weights[decided].sum()), float(right.sum() / decided.sum()), edge


def strict_shares(rows: Sequence[Row]) -> dict[str, float]:
    """Share of supported claims among those that a strict rule decides, with one added on either side."""
    counts: dict[Label, list[int]] = {label: [1, 1] for label in Label}
    for row in rows:
        document = Document.of(row.document)
        passages = Index(WordIndex(sentences(document)), [row.claim]).search(row.claim)
        draft = decided(_claim(row.claim), passages, row.document)
        if draft and draft.label:
            counts[draft.label][row.label] += 1
    for label, (unsound, sound) in counts.items():
        print(f"strict rule, {label.value}: {sound - 1} supported, {unsound - 1} not")
    return {label.value: round(sound / (sound + unsound), 4) for label, (unsound, sound) in counts.items()}


def _claim(text: str) -> Claim:
    return Claim(id="c1", text=text, origin=Span(start=0, end=len(text)), kind=Kind.EVENT)
