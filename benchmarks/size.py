"""Processor time and memory of `check` on long sources and long summaries, with a stub in place of the embedded model.

    python -m benchmarks.size ARTICLES [ROW...] [--beside CHECKOUT]

Every row is a process of its own, from the start of the interpreter to its end. The text is a folder of articles,
joined again and again with every number moved; the claims are its sentences: a third as they are, a third with
another number or name in it, a third shortened. The stub scores a pair of texts by the words that they share, so
that everything but the network itself is the real thing. A plain check of one article with the real model stands
last, for comparison.

Seconds differ from machine to machine. CHECKOUT, a folder with another version of the project, is measured in turn on
the same texts, and the share of its seconds printed beside our own: `git worktree add FOLDER 0895d9c` is the first
version, which the bars were set beside (17.5 s for `book` and 23 s for `shelf`, so that they are 0.51 and 0.52 of it).
"""

import argparse
import json
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.book import book

ROOT = Path(__file__).resolve().parents[1]
ONE_CHECK = Path(__file__).with_name("one_check.py")
ROUNDS = 3  # where versions take turns
SEED = 17
MB = 1_000_000


class Row(NamedTuple):
    """One measurement."""

    name: str
    size: int
    """Characters of the source."""
    claims: int
    seconds: float | None = None
    """The bar on processor time."""
    megabytes: float | None = None
    """The bar on the peak of memory."""
    stub: bool = True


ROWS = (
    Row("book", 3_400_000, 384, seconds=9),
    Row("shelf", 20_000_000, 48, seconds=12, megabytes=350),
    Row("claims-125", 300_000, 125),
    Row("claims-250", 300_000, 250),
    Row("claims-500", 300_000, 500),
    Row("article", 6_000, 12),
    Row("article-judged", 6_000, 12, stub=False),
)


def summary_of(text: str, count: int) -> str:
    """Sentences of a text, one a line: as they are, with something exchanged, and shortened."""
    draw = random.Random(SEED)  # noqa: S311 (a sample, not a secret)
    found = [" ".join(line.split()) for line in re.split(r"(?<=[.!?])\s+", text) if 60 < len(line) < 250]
    chosen = found[:: max(1, len(found) // count)][:count]
    return "\n".join(_changed(line, number % 3, draw) for number, line in enumerate(chosen))


def _changed(line: str, way: int, draw: random.Random) -> str:
    if way == 1:
        return (
            re.sub(r"\d+", lambda match: str(int(match[0][:9]) + 7), line) if re.search(r"\d", line) else _named(line)
        )
    if way == 2:
        words = line.split()
        cut = draw.randrange(len(words) // 2, len(words))
        return " ".join(words[:cut]).rstrip(",;:.") + "."
    return line


def _named(line: str) -> str:
    """The sentence of somebody who is not in the text."""
    return re.sub(r"(?<= )[A-Z][a-z]+", "Oberwald", line, count=1)


class Used(NamedTuple):
    """What a check took."""

    seconds: float
    megabytes: float


def measured(row: Row, folder: Path, versions: Sequence[Path]) -> list[Used]:
    """What checks of one summary took with each version: the median of rounds in which they take turns."""
    with tempfile.TemporaryDirectory() as scratch:
        text = book(folder, row.size)
        source, summary = Path(scratch, "source.txt"), Path(scratch, "summary.txt")
        source.write_text(text, encoding="utf-8")
        summary.write_text(summary_of(text, row.claims), encoding="utf-8")
        rounds = [[_used(row, summary, source, one) for one in versions] for _ in range(ROUNDS if versions[1:] else 1)]
    return [Used(*(statistics.median(kind) for kind in zip(*own, strict=True))) for own in zip(*rounds, strict=True)]


def _used(row: Row, summary: Path, source: Path, version: Path) -> Used:
    command = [sys.executable, str(ONE_CHECK), "stub" if row.stub else "real", str(summary), str(source)]
    there = {**os.environ, "PYTHONPATH": str(version)}
    told = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=version, env=there)
    used = json.loads(told.stdout.splitlines()[-1])
    if used["claims"] < 0.95 * row.claims:
        raise SystemExit(f"{row.name}: {used['claims']} claims were checked, not {row.claims}")
    return Used(used["seconds"], used["megabytes"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path)
    parser.add_argument("rows", nargs="*", choices=[[], *(row.name for row in ROWS)])
    parser.add_argument("--beside", type=Path, help="folder with another version of the project")
    options = parser.parse_args()
    versions = [ROOT, *([options.beside.resolve()] if options.beside else [])]
    print(f"| Row | source | claims | processor seconds | bar | peak MB | bar |{' of theirs |' * len(versions[1:])}")
    print(f"| --- | --- | --- | --- | --- | --- | --- |{' --- |' * len(versions[1:])}")
    for row in ROWS:
        if options.rows and row.name not in options.rows:
            continue
        own, *other = measured(row, options.articles, versions)
        bars = (f"{row.seconds:g}" if row.seconds else "", f"{row.megabytes:g}" if row.megabytes else "")
        size = f"{row.size / MB:.3g} MB"
        share = "".join(f" {own.seconds / one.seconds:.2f} of {one.seconds:.2f} |" for one in other)
        print(
            f"| {row.name} | {size} | {row.claims} | {own.seconds:.2f} | {bars[0]} | {own.megabytes:.0f} | {bars[1]} |"
            f"{share}",
            flush=True,
        )


if __name__ == "__main__":
    main()
