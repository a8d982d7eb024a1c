"""How far the labels of the suite agree with a tenth of them labelled again from scratch.

python benchmarks/audit.py
"""

import json
from pathlib import Path

from summarizer.evaluation.case_files import load_suite
from summarizer.evaluation.statistics import kappa


def main() -> None:
    again = json.loads((Path(__file__).parents[1] / "evals" / "audit.json").read_text(encoding="utf-8"))
    labels = {claim.id: str(claim.label) for case in load_suite().cases for claim in case.claims()}
    found = kappa([(labels[name], label) for name, label in again.items()])
    shown = "not measurable" if found.value is None else f"{found.value:.3f}"
    print(f"kappa {shown}, {found.alike} of {found.n} alike")


if __name__ == "__main__":
    main()
