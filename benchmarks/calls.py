"""What a job costs in requests, bytes and time beside the calls themselves, on a fault server with real latency.

    python benchmarks/calls.py

The server answers after 0.3 s and 10 ms for each token of its answer. Overhead is
the time of a job less the time in which a request was under way. The last line
runs 32 articles side by side.
"""

import asyncio
import json
import subprocess
import sys
import time
import urllib.request
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from summarizer import acheck, asummarize
from summarizer.components import Components, openai_backend
from summarizer.language.sentences import sentences
from summarizer.schema import Document, Report

ROOT = Path(__file__).parents[1]
SEED = ROOT / "seeds" / "000_ddc4e36fb49c3094.txt"
CLAIMS = 8


def log(base_url: str) -> list[dict[str, Any]]:
    with urllib.request.urlopen(base_url.removesuffix("/v1") + "/log") as reply:  # noqa: S310 (our own server)
        found: list[dict[str, Any]] = json.load(reply)
    return [one for one in found if one["path"].endswith("/completions")]


async def main(base_url: str) -> None:
    article = SEED.read_text(encoding="utf-8")
    summary = "\n\n".join(one.text for one in sentences(Document.of(article))[1 : CLAIMS + 1])
    jobs: dict[str, tuple[str, Callable[[Components, str], Awaitable[Report]]]] = {
        "check --claims sentence": ("sentence", lambda one, text: acheck(summary, text, backend=one)),
        "check": ("atomic", lambda one, text: acheck(summary, text, backend=one)),
        "summarize": ("atomic", lambda one, text: asummarize(text, backend=one, sentences=CLAIMS)),
    }
    single = 0.0
    for name, (claims, job) in jobs.items():
        for trial in ("cold", "warm"):  # cold: the client is imported and the first connection opened
            backend = openai_backend(model="honest", base_url=base_url, claims=claims, concurrency=32)
            before = len(log(base_url))
            started = time.perf_counter()
            report = await job(backend, article)
            took = time.perf_counter() - started
            await backend.close()
            own = log(base_url)[before:]
            waited = sum(one["end"] - one["start"] for one in own)
            print(
                f"{name} ({trial}): {len(own)} calls, {sum(one['body_length'] for one in own):,} bytes sent, "
                f"{len(report.checks)} claims, {took:.2f} s, overhead {took - waited:.3f} s"
            )
            single = took
    backend = openai_backend(model="honest", base_url=base_url, concurrency=32)
    started = time.perf_counter()
    job = jobs["summarize"][1]
    await asyncio.gather(*(job(backend, f"{article}\n\nThis is edition number {number}.") for number in range(32)))
    took = time.perf_counter() - started
    await backend.close()
    print(f"32 articles at concurrency 32: {took:.2f} s, {took / single:.2f} times one article")


if __name__ == "__main__":
    command = [
        sys.executable,
        "-m",
        "tests.fault_server",
        "--characters",
        "tests.characters:MODELS",
        "--base",
        "0.3",
        "--per-token",
        "0.01",
    ]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        if process.stdout is None or process.stdin is None:
            raise SystemExit("no pipe to the server")
        try:
            asyncio.run(main(process.stdout.readline().strip()))
        finally:
            process.stdin.close()
