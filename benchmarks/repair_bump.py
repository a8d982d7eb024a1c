"""What repair makes of summaries of which people changed one thing, where the sentence as it was is known.

    python -m benchmarks.repair_bump DEV.jsonl.xz [--show]

The rows are those of BUMP (Ma and others, 2023) that say a wrong thing and are nearest to a reference row of their
document. Each is checked as a summary of its own and mended. An edit gives the reference's words back where every word
with content that only the reference has stands in the mended text, and none that only the wrong row has is left.
"""

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from benchmarks.findings import rows as read_rows
from summarizer.api import check, run
from summarizer.components import Components, assemble
from summarizer.errors import InputError, RepairError
from summarizer.language.words import stems
from summarizer.repair import mend_report
from summarizer.repair.passages import is_problem
from summarizer.settings import resolve

ALIKE = 0.5  # share of the letters that a wrong row has in common with its reference, at least


def pairs(file: Path) -> Iterator[tuple[str, str, str]]:
    """Document, wrong text and the reference that it was made from."""
    by_document: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for row in read_rows(file):
        if row["dataset"].startswith("bump"):
            by_document[row["dataset"], row["document"]].append(row)
    for (_, document), own in by_document.items():
        references = [row["claim"] for row in own if row["label"] == 1]
        for wrong in (row["claim"] for row in own if row["label"] == 0):
            ratio, nearest = max(
                ((SequenceMatcher(None, wrong, one).ratio(), one) for one in references), default=(0.0, "")
            )
            if ratio > ALIKE:
                yield document, wrong, nearest


def gives_back(mended: str, wrong: str, reference: str) -> bool:
    return stems(reference) - stems(wrong) <= stems(mended) and not (stems(wrong) - stems(reference)) & stems(mended)


def outcome_of(document: str, wrong: str, reference: str, components: Components, *, show: bool) -> str:
    try:
        report = check(wrong, document, backend=components)
    except InputError:
        return "not read"
    if not any(map(is_problem, report.checks)):
        return "not flagged"
    try:
        repair = run(components, mend_report(report, components)).report.repair
    except RepairError:  # of one sentence nothing would be left
        return "taken out"
    if not repair or not repair.edits:
        return "left as it is"
    kinds = {edit.kind.value for edit in repair.edits}
    kind = "taken out" if "removal" in kinds else "sentence" if "sentence" in kinds else "swap"
    found = (
        kind if kind == "taken out" else f"{kind}, {'' if gives_back(repair.text, wrong, reference) else 'not '}back"
    )
    if show:
        print(f"{found}\n  wrong     {wrong}\n  reference {reference}\n  mended    {repair.text}")
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rows", type=Path)
    parser.add_argument("--show", action="store_true", help="print every text that was edited")
    options = parser.parse_args()
    components = assemble(resolve({"backend": "embedded"}))
    counts = Counter(outcome_of(*pair, components, show=options.show) for pair in pairs(options.rows))
    print("| what became of it | rows |\n| --- | --- |")
    for name, count in sorted(counts.items()):
        print(f"| {name} | {count} |")
    print(f"| all | {counts.total()} |")


if __name__ == "__main__":
    main()
