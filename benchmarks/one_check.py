"""Check one summary by the command line, in this process, and print what that took; `benchmarks.size` calls it.

    python benchmarks/one_check.py KIND SUMMARY SOURCE

KIND is `stub` for a stub in place of the embedded model, or `real`. It is run as a file and imports nothing of the
benchmarks, so that PYTHONPATH says which version of the summarizer is measured: one that has no such model, or that
reads shorter texts, is measured as well.
"""

import importlib
import inspect
import json
import re
import resource
import sys
from pathlib import Path
from typing import Any

LONG = 64  # MB of text that are read here
LIMITS = ("MAX_BYTES", "MAX_TEXT")  # of a version without --max-text
READERS = ("summarizer.reading", "summarizer.reading.formats", "summarizer.reading.formats.extract")


def main(kind: str, summary: str, source: str) -> None:
    from summarizer.cli import main as summarizer

    if kind == "stub":
        _put_stub()
    output = Path(summary).with_suffix(".report")
    sys.argv = ["summarizer", "check", summary, "-s", source, "--exit-zero", "-q", "-o", str(output)]
    if Path(source).stat().st_size > 8 * 1024 * 1024:
        sys.argv += _long_texts()
    try:
        summarizer()
    except SystemExit as ended:
        if ended.code:
            raise
    usage = resource.getrusage(resource.RUSAGE_SELF)
    counts = re.findall(r"^(\d+) claims: ", output.read_text(encoding="utf-8"), re.MULTILINE)
    seconds = usage.ru_utime + usage.ru_stime
    print(json.dumps({"seconds": seconds, "megabytes": _peak(), "claims": int(counts[-1])}))


def _long_texts() -> list[str]:
    """Let a text be longer than 8 MB: the option for it, or else by lifting the limit of a version without one."""
    readers = [importlib.import_module(name) for name in READERS]
    if "max_text" in inspect.signature(readers[0].read).parameters:
        return ["--max-text", str(LONG)]
    for one in readers:
        for name in LIMITS:
            if hasattr(one, name):
                setattr(one, name, LONG * 1024 * 1024)
    return []


def _peak() -> float:
    """Megabytes at the peak of this program alone; `ru_maxrss` begins with those of the process that started it."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(re.findall(r"VmHWM:\s+(\d+)", status)[0]) / 1024


def _put_stub() -> None:
    try:
        model: Any = importlib.import_module("summarizer.judging.nli.model")
    except ImportError:
        return  # a version that judges by rules alone: they are what is measured

    def scored(_: Any, claim: str, evidence: str) -> Any:
        own, theirs = set(claim.lower().split()), set(evidence.lower().split())
        shared = len(own & theirs) / max(1, len(own))
        return model.Chances(shared * 0.9, (1 - shared) * 0.5 + 0.05, (1 - shared) * 0.5 + 0.05)

    model.CrossEncoder.scored = scored


if __name__ == "__main__":
    main(*sys.argv[1:])
