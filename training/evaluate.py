"""Measure weights on dev, by data set and half, with intervals by document, and on the probe.

A claim of several sentences is read twice: as a whole, and sentence by
sentence with the least of their probabilities, as the product reads it.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from sklearn.metrics import roc_auc_score

from summarizer.language.sentences import sentences
from summarizer.schema import Document
from training.batches import Encoded
from training.judges import Judge
from training.pairs import Source
from training.rows import Row, half

HONEST = ("bump_sent", "ragtruth_sub_sent", "storysumm", "summedits")
"""Data sets that word overlap does not solve; vitaminc, too, is one, but its other rows are trained on."""
ALSO_TRAINED = ("vitaminc", "snli", "mnli", "fever_nli")
RESAMPLES = 500


class Scored(NamedTuple):
    """P(supported) of one labelled claim."""

    id: str
    dataset: str
    document: str
    """Hash that stands for the document."""
    half: str
    supported: bool
    whole: float
    parts: float
    """The least over the sentences of the claim."""


def score_rows(judge: Judge, rows: Iterable[Row]) -> list[Scored]:
    """Score labelled claims against the sentences that retrieval finds."""
    by_document: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_document[row.document].append(row)
    pairs: list[Encoded] = []
    places: list[tuple[Row, int, int]] = []
    for document, own in by_document.items():
        parts = {row.id: [each.text for each in sentences(Document.of(row.claim, id="c", name="c"))] for row in own}
        source = Source(document, [*(row.claim for row in own), *(part for some in parts.values() for part in some)])
        for row in own:
            first = len(pairs)
            claims = [row.claim, *(parts[row.id] if len(parts[row.id]) > 1 else [])]
            pairs += [judge.pieces.encode(claim, source.readings(claim)[0]) for claim in claims]
            places.append((row, first, len(claims)))
    found = judge.score(pairs)[:, 0]
    return [
        Scored(
            row.id, row.dataset, hash_of(row.document), half(row.document), row.supported, float(found[at]),
            float(found[at + 1 : at + count].min() if count > 1 else found[at]),
        )
        for row, at, count in places
    ]  # fmt: skip


def hash_of(document: str) -> str:
    """Return a short name of a document that is the same on every run."""
    return hashlib.sha256(document.encode()).hexdigest()[:12]


def write_scores(scores: Iterable[Scored], path: Path) -> None:
    """Keep scores, so that two sets of weights can be compared claim by claim."""
    path.write_text("".join(json.dumps(score) + "\n" for score in scores), encoding="utf-8")


def auc(labels: Sequence[bool], chances: Sequence[float]) -> float | None:
    """Return the area under the curve; None where all labels are alike."""
    return float(roc_auc_score(labels, chances)) if len(set(labels)) == 2 else None


def balanced(labels: Sequence[bool], chances: Sequence[float], threshold: float = 0.5) -> float | None:
    """Return the balanced accuracy in per cent; None where all labels are alike."""
    if len(set(labels)) < 2:
        return None
    rates = [
        np.mean([(chance >= threshold) == label for chance, own in zip(chances, labels, strict=True) if own == label])
        for label in (True, False)
    ]
    return 100 * float(np.mean(rates))


def figures(
    scores: Sequence[Scored], *, field: str = "parts", threshold: float = 0.5
) -> dict[str, tuple[float, float]]:
    """Return AUC and balanced accuracy of each data set, of all alike ("macro") and of the honest ones ("honest")."""
    by_set: dict[str, list[Scored]] = defaultdict(list)
    for score in scores:
        by_set[score.dataset].append(score)
    found: dict[str, tuple[float, float]] = {}
    for name in sorted(by_set):
        labels = [score.supported for score in by_set[name]]
        chances = [getattr(score, field) for score in by_set[name]]
        area, accuracy = auc(labels, chances), balanced(labels, chances, threshold)
        if area is not None and accuracy is not None:
            found[name] = (area, accuracy)
    for name, members in (("honest", HONEST), ("macro", tuple(set(found) - set(ALSO_TRAINED)))):
        held = [found[member] for member in sorted(members) if member in found]
        if held:
            found[name] = (float(np.mean([each[0] for each in held])), float(np.mean([each[1] for each in held])))
    return found


def intervals(
    scores: Sequence[Scored], before: Sequence[Scored] | None = None, *, field: str = "parts", threshold: float = 0.5
) -> dict[str, dict[str, tuple[float, float]]]:
    """Return 95 % intervals by resampling documents: of "auc" and "balanced", or of their gain over `before`."""
    by_document: dict[str, list[int]] = defaultdict(list)
    for place, score in enumerate(scores):
        by_document[score.document].append(place)
    if before is not None:
        held = {score.id: score for score in before}
        before = [held[score.id] for score in scores]
    documents = sorted(by_document)
    rng = np.random.default_rng(0)
    drawn: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for _ in range(RESAMPLES):
        chosen = [
            place for at in rng.integers(0, len(documents), len(documents)) for place in by_document[documents[at]]
        ]
        now = figures([scores[place] for place in chosen], field=field, threshold=threshold)
        then = figures([before[place] for place in chosen], field=field, threshold=threshold) if before else {}
        for name, (area, accuracy) in now.items():
            old = then.get(name, (0.0, 0.0))
            drawn[name].append((area - old[0], accuracy - old[1]))
    ends = {name: np.percentile(np.array(values), [2.5, 97.5], axis=0) for name, values in drawn.items()}
    return {
        name: {kind: (float(end[0, at]), float(end[1, at])) for at, kind in enumerate(("auc", "balanced"))}
        for name, end in ends.items()
    }


def best_threshold(scores: Sequence[Scored], field: str = "parts") -> float:
    """Return the threshold with the highest macro balanced accuracy; choose it on half A only."""
    steps = [step / 50 for step in range(1, 50)]
    return max(steps, key=lambda step: figures(scores, field=field, threshold=step)["macro"][1])


def probe(judge: Judge, path: Path) -> dict[str, Any]:
    """Score the pairs of the probe, which nobody trains on."""
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    pairs = [judge.pieces.encode(line["claim"], line["evidence"]) for line in lines]
    chances = judge.score(pairs)[:, 0]
    labels = [line["label"] == 1 for line in lines]
    wrong = [
        {"kind": line["kind"], "claim": line["claim"], "label": line["label"], "supported": round(float(chance), 2)}
        for line, chance in zip(lines, chances, strict=True)
        if (chance >= 0.5) != (line["label"] == 1)
    ]
    false = [float(chance) for chance, label in zip(chances, labels, strict=True) if not label]
    true = [float(chance) for chance, label in zip(chances, labels, strict=True) if label]
    return {
        "auc": auc(labels, list(chances)),
        "false_supported": sum(chance >= 0.5 for chance in false) / len(false),
        "false_supported_at_0.8": sum(chance >= 0.8 for chance in false) / len(false),
        "true_supported": sum(chance >= 0.5 for chance in true) / len(true),
        "true_supported_at_0.8": sum(chance >= 0.8 for chance in true) / len(true),
        "wrong": wrong,
    }


def table(now: Mapping[str, tuple[float, float]], ends: Mapping[str, Mapping[str, tuple[float, float]]]) -> list[str]:
    """Return lines of a Markdown table of figures with their intervals."""
    lines = ["| data set | AUC | balanced accuracy |", "| --- | --- | --- |"]
    for name, (area, accuracy) in now.items():
        low, high = ends[name]["auc"]
        least, most = ends[name]["balanced"]
        lines.append(f"| {name} | {area:.3f} [{low:.3f}, {high:.3f}] | {accuracy:.1f} [{least:.1f}, {most:.1f}] |")
    return lines
