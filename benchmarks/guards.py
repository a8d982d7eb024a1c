"""Score the guards alone on the labelled pairs and on the table of quantities.

    python benchmarks/guards.py [BENCHMARK.jsonl.xz DATASET...]

A broken claim is caught where any guard finds something against it with the gold
evidence; a supported one that any guard finds something against is a false alarm.
`dev` was looked at while the rules were written, `test` only counted, `held_out` and `held_out2` were
written after them and only counted; `dev2` to `dev5` were counted once before they were looked at. With a benchmark
of human labels (one object a line: dataset, document, claim, label) the evidence
is the five passages that retrieval finds.
"""

import json
import lzma
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from summarizer.findings import GUARDS, Passage, compare, passage_of
from summarizer.findings.dates import dates
from summarizer.findings.numbers import numbers
from summarizer.language.sentences import sentences
from summarizer.retrieval import Index
from summarizer.schema import Document

EVALS = Path(__file__).parents[1] / "evals"


class Trial(NamedTuple):
    """One claim with its evidence, and whether it is broken."""

    kind: str
    claim: str
    passage: Passage
    broken: bool


def pairs(split: str) -> Iterator[Trial]:
    for file in sorted((EVALS / "pairs").glob("*.json")):
        labelled = json.loads(file.read_text(encoding="utf-8"))
        if labelled["split"] != split:
            continue
        document = Document.of((EVALS / "articles" / labelled["article"]).read_text(encoding="utf-8"))
        every = sentences(document)
        for pair in labelled["pairs"]:
            evidence = [
                one for one in every if any(one.text in quote or quote in one.text for quote in pair["evidence"])
            ]
            passage = passage_of(evidence, document, every)
            yield Trial(pair["error"], pair["supported"], passage, broken=False)
            yield Trial(pair["error"], pair["broken"], passage, broken=True)


def table(split: str) -> None:
    caught: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    alarms: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    trials = list(pairs(split))
    start = time.perf_counter()
    for trial in trials:
        tally = caught if trial.broken else alarms
        found = bool(compare(trial.claim, trial.passage))
        for name in (trial.kind, "all"):
            tally[name][0] += found
            tally[name][1] += 1
    milliseconds = (time.perf_counter() - start) / len(trials) * 1000
    print(f"\n{split}: {len(trials) // 2} pairs, {milliseconds:.1f} ms a claim\n")
    print("| Kind | caught | recall | false alarms | rate |")
    print("| --- | --- | --- | --- | --- |")
    for kind, (hit, of) in caught.items():
        wrong, right = alarms[kind]
        print(f"| {kind} | {hit} of {of} | {hit / of:.2f} | {wrong} of {right} | {wrong / right:.2f} |")


def quantity_table() -> None:
    print("\n| Quantities and dates | wrong or absent: caught | agreeing: false alarms |")
    print("| --- | --- | --- |")
    for file in sorted((EVALS / "quantities").glob("*.json")):
        counts = {True: [0, 0], False: [0, 0]}
        for case in json.loads(file.read_text(encoding="utf-8")):
            passage = Passage(text=case["evidence"])
            found = bool(numbers(case["claim"], passage) or dates(case["claim"], passage))
            counts[case["expect"] != "agree"][0] += found
            counts[case["expect"] != "agree"][1] += 1
        wrong, right = counts[True], counts[False]
        print(
            f"| {file.stem} | {wrong[0]} of {wrong[1]} ({wrong[0] / wrong[1]:.2f}) | {right[0]} of {right[1]} ({right[0] / right[1]:.2f}) |"
        )


def rows(file: Path) -> Iterator[dict[str, Any]]:
    with lzma.open(file, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def benchmark(file: Path, dataset: str) -> None:
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    total = [0, 0]
    for row in rows(file):
        if row["dataset"] != dataset:
            continue
        document = Document.of(row["document"])
        every = sentences(document)
        evidence = Index({document.id: document.text}, every, [row["claim"]]).search(row["claim"])
        passage = passage_of(evidence, document, every)
        unsupported = int(not row["label"])
        total[unsupported] += 1
        fired = [guard.__name__ for guard in GUARDS if guard(row["claim"], passage)]
        for name in (*fired, *(["any"] if fired else [])):
            counts[name][unsupported] += 1
    print(f"\n{dataset}: {total[0]} supported, {total[1]} unsupported\n")
    print("| Guard | false alarms | rate | caught | recall |")
    print("| --- | --- | --- | --- | --- |")
    for name, (wrong, hit) in sorted(counts.items(), key=lambda item: -item[1][1]):
        print(f"| {name} | {wrong} | {wrong / total[0]:.2f} | {hit} | {hit / total[1]:.2f} |")


def main() -> None:
    for split in ("dev", "test", "held_out", "dev2", "held_out2", "dev3", "dev4", "dev5"):
        table(split)
    quantity_table()
    for dataset in sys.argv[2:]:
        benchmark(Path(sys.argv[1]), dataset)


if __name__ == "__main__":
    main()
