"""What the embedded backend makes of claims from end to end.

    python benchmarks/embedded.py [BENCHMARK.jsonl.xz]

Every labelled claim is checked against its whole article, as a user would. With a
benchmark of human labels (one object a line: document, claim, label) it is asked too.
"""

import json
import lzma
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from summarizer.api import check
from summarizer.errors import InputError
from summarizer.schema import Verdict

EVALS = Path(__file__).parents[1] / "evals"
OUTCOMES = ("supported", "contradicted", "not_in_source", "undecided", "unchecked")


def pairs(split: str) -> Iterator[tuple[str, str, bool]]:
    for file in sorted((EVALS / "pairs").glob("*.json")):
        labelled = json.loads(file.read_text(encoding="utf-8"))
        article = (EVALS / "articles" / labelled["article"]).read_text(encoding="utf-8")
        for pair in labelled["pairs"] if labelled["split"] == split else ():
            yield pair["supported"], article, True
            yield pair["broken"], article, False


def rows(file: Path) -> Iterator[tuple[str, str, bool]]:
    with lzma.open(file, "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            yield row["claim"], row["document"], bool(row["label"])


def table(title: str, claims: Iterator[tuple[str, str, bool]]) -> None:
    counts: Counter[tuple[str, bool]] = Counter()
    for claim, article, sound in claims:
        try:
            report = check(claim, article)
        except InputError:  # a claim that is its own source
            continue
        for one in report.checks:
            outcome = one.outcome
            counts[outcome.label.value if isinstance(outcome, Verdict) else outcome.kind, sound] += 1
    print(f"\n| {title} | claims that are sound | claims that are not |")
    print("| --- | --- | --- |")
    for name in OUTCOMES:
        print(f"| {name} | {counts[name, True]} | {counts[name, False]} |")


def main() -> None:
    table("pairs, dev", pairs("dev"))
    table("pairs, test", pairs("test"))
    if len(sys.argv) > 1:
        table(Path(sys.argv[1]).name, rows(Path(sys.argv[1])))


if __name__ == "__main__":
    main()
