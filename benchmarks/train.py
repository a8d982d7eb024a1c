"""Train the embedded checker and write `summarizer/judging/lexical/checker.json`.

    pip install -e '.[train]'
    python -m benchmarks.train TRAIN.jsonl.xz DEV.jsonl.xz [--cache FOLDER] [--out FILE]

Rows are objects, one a line: id, dataset, document, claim, label (1 supported, 0 not).
The trees and the table of stems see the training rows alone; the calibration, the band
and the figures that are printed come from the development rows. The same rows give the
same bytes. No text is written: stems with their counts, numbers, and names of features.
"""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np
from numpy.typing import NDArray

from benchmarks.calibration import Fit, calibrate, choose_band, cross_fitted, print_quality, strict_shares
from benchmarks.rows import SEED, Matrix, Row, matrix, read_rows, sample, table_of
from summarizer.judging.lexical.trees import FILE, VERSION

Array = NDArray[np.float64]

MOST = 5_000  # rows of one label of one data set; figures in docs/figures/checker.md
POWER = 0.5  # a data set weighs the square root of its rows: neither the largest nor the smallest rules
ROUNDS = 600
NOTHING = 1e-5  # below the last digit of a feature
# What tells the data sets apart and says nothing about a claim of another text.
LEFT_OUT = frozenset({"source_words", "source_sentences"})
SETTINGS = {
    "objective": "binary",
    "learning_rate": 0.025,
    "num_leaves": 15,
    "min_data_in_leaf": 40,
    "feature_fraction": 0.5,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambda_l2": 5.0,
    "verbose": -1,
    "num_threads": 1,  # more would add up in another order
    "deterministic": True,
    "force_row_wise": True,
    "seed": SEED,
}


def weights_of(rows: Sequence[Row]) -> Array:
    """Weigh rows so that both labels of a data set weigh the same, and data sets by the power of their size."""
    datasets = np.array([row.dataset for row in rows])
    labels = np.array([row.label for row in rows])
    weights = np.zeros(len(rows))
    for name in sorted(set(datasets)):
        own = datasets == name
        present = [label for label in (0, 1) if (own & (labels == label)).any()]
        for label in present:
            same = own & (labels == label)
            weights[same] = own.sum() ** POWER / len(present) / same.sum()
    return np.asarray(weights / weights.mean())


def grow(measured: Matrix, rows: Sequence[Row]) -> lightgbm.Booster:
    """Grow the trees on measured rows."""
    labels = np.array([row.label for row in rows])
    data = lightgbm.Dataset(columns(measured), labels, weight=weights_of(rows), feature_name=list(used(measured)))
    return lightgbm.train(SETTINGS, data, ROUNDS)


def used(measured: Matrix) -> tuple[str, ...]:
    return tuple(name for name in measured.names if name not in LEFT_OUT)


def columns(measured: Matrix) -> Array:
    kept = [at for at, name in enumerate(measured.names) if name not in LEFT_OUT]
    return measured.values[:, kept]


def scores(booster: lightgbm.Booster, measured: Matrix) -> Array:
    return np.asarray(booster.predict(columns(measured), raw_score=True), dtype=np.float64)


def trees_of(booster: lightgbm.Booster) -> list[dict[str, list[float]]]:
    """The trees of a booster in the form of `checker.json`."""
    return [_tree(one["tree_structure"]) for one in booster.dump_model()["tree_info"]]


def _tree(root: dict[str, Any]) -> dict[str, list[float]]:
    tree: dict[str, list[float]] = {"feature": [], "threshold": [], "left": [], "right": [], "leaf": []}

    def add(node: dict[str, Any]) -> int:
        if "leaf_value" in node:
            tree["leaf"].append(round(node["leaf_value"], 6))
            return -len(tree["leaf"])
        at = len(tree["feature"])
        tree["feature"].append(node["split_feature"])
        tree["threshold"].append(_between(node["threshold"]))
        tree["left"].append(0)
        tree["right"].append(0)
        tree["left"][at] = add(node["left_child"])
        tree["right"][at] = add(node["right_child"])
        return at

    add(root)
    return tree


def _between(threshold: float) -> float:
    """A threshold with few digits: features have four, so that the fifth tells them apart."""
    if abs(threshold) < NOTHING:  # the library's mark for "up to zero" and for "below zero"
        return 0.0 if threshold > 0 else -NOTHING
    return round(threshold, 5)


def written(
    booster: lightgbm.Booster, measured: Matrix, fit: Fit, rules: dict[str, float], facts: dict[str, Any]
) -> dict[str, Any]:
    table = facts.pop("table")
    return {
        "version": VERSION,
        "training": facts,
        "calibration": fit.points,
        "band": fit.band,
        "rules": rules,
        "features": list(used(measured)),
        "trees": trees_of(booster),
        "sentences": table.sentences,
        "stems": table.stems,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description="Train the embedded checker.")
    parser.add_argument("train", type=Path)
    parser.add_argument("dev", type=Path)
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--out", type=Path, default=FILE)
    given = parser.parse_args()

    every, dev = read_rows(given.train), read_rows(given.dev)
    table = table_of([row.document for row in every])
    rows = sample(every, MOST)
    booster = grow(matrix(rows, table, given.cache), rows)
    measured = matrix(dev, table, given.cache)
    raw = scores(booster, measured)
    honest = cross_fitted(raw, dev)
    print_quality(honest, dev)
    fit = Fit(calibrate(raw, dev), choose_band(honest, dev))
    facts = {
        "rows": len(rows),
        "datasets": len({row.dataset for row in rows}),
        "seed": SEED,
        "learner": f"lightgbm {lightgbm.__version__}",
        "table": table,
    }
    text = json.dumps(
        written(booster, measured, fit, strict_shares(dev), facts), ensure_ascii=False, separators=(",", ":")
    )
    given.out.write_text(text + "\n", encoding="utf-8")
    print(f"\nband: {fit.band}; {given.out.name}: {len(text.encode()):,} bytes, {len(rows):,} rows, {ROUNDS} trees")


if __name__ == "__main__":
    main()
