"""Write `tests/judging/golden_trees.json`: a few small trees with what the library says of some claims.

    python -m benchmarks.golden

The claims and articles are the invented ones of `evals/`. The test holds our reading of
the trees against the library's answers; it needs no library.
"""

import json
from pathlib import Path

import lightgbm
import numpy as np

from benchmarks.rows import Matrix, Row, Table, matrix
from benchmarks.train import SETTINGS, trees_of

ROOT = Path(__file__).parents[1]
GOLDEN = ROOT / "tests" / "judging" / "golden_trees.json"
CLAIMS, KEPT = 300, 20
COLUMNS = ("best_1", "best_5", "run", "absent_sum", "aligned", "numbers_absent", "not_shift", "quoted", "told")


def invented() -> list[Row]:
    found = []
    for file in sorted((ROOT / "evals" / "pairs").glob("*.json")):
        labelled = json.loads(file.read_text(encoding="utf-8"))
        article = (ROOT / "evals" / "articles" / labelled["article"]).read_text(encoding="utf-8")
        for pair in labelled["pairs"]:
            found += [
                Row("", "pairs", article, pair[side], int(side == "supported")) for side in ("supported", "broken")
            ]
    return found[:CLAIMS]


def main() -> None:
    rows = invented()
    measured: Matrix = matrix(rows, Table(1_000, {}), None)
    values = measured.values[:, [measured.names.index(name) for name in COLUMNS]]
    settings = SETTINGS | {"num_leaves": 5, "min_data_in_leaf": 10}
    booster = lightgbm.train(settings, lightgbm.Dataset(values, np.array([row.label for row in rows])), 6)
    said = np.asarray(booster.predict(values[:KEPT], raw_score=True))
    golden = {
        "features": COLUMNS,
        "trees": trees_of(booster),
        "rows": values[:KEPT].tolist(),
        "scores": [round(float(score), 6) for score in said],
    }
    GOLDEN.write_text(json.dumps(golden, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
