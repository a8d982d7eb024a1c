"""Processor time and memory of `check` on long sources and long summaries, with a stub in place of the embedded model.

    python -m benchmarks.size ARTICLES [ROW...]

Every row is a process of its own, from the start of the interpreter to its end. The text is a folder of articles,
joined again and again with every number moved; the claims are its sentences: a third as they are, a third with
another number or name in it, a third shortened. The stub scores a pair of texts by the words that they share, so
that everything but the network itself is the real thing. A plain check of one article with the real model stands
last, for comparison.
"""

import json
import random
import re
import resource
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.book import book

ROOT = Path(__file__).resolve().parents[1]
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


def measured(row: Row, folder: Path) -> tuple[float, float]:
    """Seconds of processor time and megabytes at the peak, of a process that checks one summary."""
    with tempfile.TemporaryDirectory() as scratch:
        text = book(folder, row.size)
        source, summary = Path(scratch, "source.txt"), Path(scratch, "summary.txt")
        source.write_text(text, encoding="utf-8")
        summary.write_text(summary_of(text, row.claims), encoding="utf-8")
        kind = "stub" if row.stub else "real"
        command = [sys.executable, "-m", "benchmarks.size", "--one", kind, str(summary), str(source)]
        told = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    used = json.loads(told.stdout.splitlines()[-1])
    if used["claims"] < 0.95 * row.claims:
        raise SystemExit(f"{row.name}: {used['claims']} claims were checked, not {row.claims}")
    return used["seconds"], used["megabytes"]


def check_one(kind: str, summary: str, source: str) -> None:
    """Check a summary by the command line, and print what that took."""
    from summarizer.cli import main

    if kind == "stub":
        _put_stub()
    output = Path(summary).with_suffix(".report")
    more = ["--max-text", "64"] if Path(source).stat().st_size > 8 * 1024 * 1024 else []
    sys.argv = ["summarizer", "check", summary, "-s", source, "--exit-zero", "-q", "-o", str(output), *more]
    try:
        main()
    except SystemExit as ended:
        if ended.code:
            raise
    usage = resource.getrusage(resource.RUSAGE_SELF)
    counts = re.findall(r"^(\d+) claims: ", output.read_text(encoding="utf-8"), re.MULTILINE)
    facts = {
        "seconds": usage.ru_utime + usage.ru_stime,
        "megabytes": _peak(),
        "claims": int(counts[-1]),
    }
    print(json.dumps(facts))


def _peak() -> float:
    """Megabytes at the peak of this program alone; `ru_maxrss` begins with those of the process that started it."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(re.findall(r"VmHWM:\s+(\d+)", status)[0]) / 1024


def _put_stub() -> None:
    from summarizer.judging.nli.model import Chances, CrossEncoder

    def scored(_: CrossEncoder, claim: str, evidence: str) -> Chances:
        own, theirs = set(claim.lower().split()), set(evidence.lower().split())
        shared = len(own & theirs) / max(1, len(own))
        return Chances(shared * 0.9, (1 - shared) * 0.5 + 0.05, (1 - shared) * 0.5 + 0.05)

    CrossEncoder.scored = scored  # type: ignore[method-assign, assignment]


def main(arguments: Sequence[str]) -> None:
    if arguments[:1] == ["--one"]:
        check_one(*arguments[1:])
        return
    folder, wanted = Path(arguments[0]), arguments[1:]
    print("| Row | source | claims | processor seconds | bar | peak MB | bar |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for row in ROWS:
        if wanted and row.name not in wanted:
            continue
        seconds, megabytes = measured(row, folder)
        bars = (f"{row.seconds:g}" if row.seconds else "", f"{row.megabytes:g}" if row.megabytes else "")
        size = f"{row.size / MB:.3g} MB"
        print(f"| {row.name} | {size} | {row.claims} | {seconds:.2f} | {bars[0]} | {megabytes:.0f} | {bars[1]} |")


if __name__ == "__main__":
    main(sys.argv[1:])
