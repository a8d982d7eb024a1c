"""Whether `summarizer batch submit` and `collect` lose a row or pay twice, at a server with every trap of the Batch API,
and with `kill -9` at random moments: python -m benchmarks.rounds.
"""

import argparse
import os
import random
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.batch import COMMAND
from benchmarks.batch_rows import pairs, write
from tests.batch_server import EXPIRED, BatchServer, Fate, LineFate, failing
from tests.characters import honest

MODEL = ("--model", "m", "--witness", "none", "--check")
MOST_BATCHES, MOST_RUNS, MOST_STEPS = 200, 30, 60
KILLS = 20


def says(request: dict[str, object]) -> str:
    """What the model answers."""
    return '{"ready": true}' if "Answer with this JSON" in str(request["messages"]) else honest(request)


def lines(chance: random.Random) -> Callable[[int], LineFate]:
    """Some requests of a batch fail in some way."""
    ways: list[LineFate] = [
        EXPIRED,
        failing(500, "server_error", "The server had an error"),
        failing(429, "rate_limit_exceeded", "Rate limit reached"),
    ]
    fates = {place: chance.choice(ways) for place in range(1_000) if chance.random() < 0.15}
    return lambda place: fates.get(place, "done")


def fates(chance: random.Random, running: list["subprocess.Popen[bytes]"]) -> Iterator[tuple[str, Fate]]:
    """Every trap at least once, then good batches."""

    def dies(_: BatchServer) -> None:
        running[-1].send_signal(signal.SIGKILL)
        running[-1].wait()

    every = failing(500, "server_error", "The server had an error")
    traps: list[tuple[str, Fate]] = [
        ("failed at a limit, which shows only when it is looked at", Fate(code="token_limit_exceeded")),
        ("the client dies between create and save", Fate(reply=dies)),
        ("the connection is reset after create", Fate(reset=True)),
        ("completed with no output file", Fate(line=lambda _: every)),
        ("an empty text as error_file_id", Fate(empty_error_file=True, looks=1)),
        ("expired in part", Fate(status="expired", line=lambda place: EXPIRED if place % 2 else "done")),
        ("cancelled in part", Fate(status="cancelled", lost=lambda place: place % 3 == 0)),
        ("some lines in neither file", Fate(lost=lambda place: place % 7 == 0)),
        ("duplicate_custom_id, which it is not", Fate(code="duplicate_custom_id")),
        ("model_mismatch, which it is not", Fate(code="model_mismatch")),
        ("too_many_tasks", Fate(code="too_many_tasks")),
        ("some lines fail", Fate(line=lines(chance), looks=1)),
    ]
    chance.shuffle(traps)
    yield from traps
    while True:
        yield "", Fate(looks=chance.randrange(2))


class Trial:
    """Runs one after the other at one server, until every trap was met and enough processes were killed."""

    def __init__(self, folder: Path, seed: int) -> None:
        self._folder = folder
        self._chance = random.Random(seed)  # noqa: S311 (the same traps each time)
        self._running: list[subprocess.Popen[bytes]] = []
        self.kills = self.commands = self.retried = 0
        planned = zip(range(MOST_BATCHES), fates(self._chance, self._running), strict=False)
        self.planned = [fate for _, fate in planned]

    def run(self, server: BatchServer, number: int, rows: Sequence[dict[str, Any]]) -> bool:
        """One run to its end; returns whether its output is that of a run which asks at once."""
        place = self._folder / f"run{number}"
        source = write(self._folder / f"in{number}.jsonl", iter(rows))
        output, live = self._folder / f"out{number}.jsonl", self._folder / f"live{number}.jsonl"
        for _ in range(MOST_STEPS):
            begun = (place / "job.json").exists()
            self._step(server, "submit", place, *(() if begun else (source, *MODEL)))
            if self._step(server, "collect", place, "-o", output) == 0:
                break
            if output.exists():  # rows in error, whose requests the server has failed three times
                self.retried += 1
                output.unlink()
                self._step(server, "submit", place, "--retry-errors")
        at_once = [*COMMAND, str(source), "-o", str(live), *MODEL, "--base-url", server.base_url]
        subprocess.run(at_once, capture_output=True, check=False)
        return output.exists() and output.read_bytes() == live.read_bytes()

    def _step(self, server: BatchServer, name: str, place: Path, *more: str | Path) -> int:
        command = [*COMMAND, name, str(place), *map(str, more), "--base-url", server.base_url]
        with (self._folder / "told").open("ab") as told:
            self._running.append(subprocess.Popen(command, stdout=told, stderr=told))
        if self._chance.random() < 0.4:
            time.sleep(self._chance.random() * 2.0)
            self.kills += self._running[-1].poll() is None
            self._running[-1].send_signal(signal.SIGKILL)
        self.commands += 1
        return self._running[-1].wait()


def measure(folder: Path, rows: int, seed: int) -> None:
    trial = Trial(folder, seed)
    kinds = {name for name, _ in trial.planned if name}
    listed = list(pairs(rows * MOST_RUNS))
    equal = runs = 0
    with BatchServer(responder=says, fates=[fate for _, fate in trial.planned], hides=3, page=2) as server:
        while runs < MOST_RUNS and (len(server.batches) < len(kinds) or trial.kills < KILLS):
            equal += trial.run(server, runs, listed[runs * rows : (runs + 1) * rows])
            runs += 1
        met = {name for (name, _), _ in zip(trial.planned, server.batches, strict=False) if name}
        twice = sum(count > 1 for count in server.paid.values())
        print(
            f"| {runs} runs of {rows} rows, {len(server.batches)} batches, {len(met)} of {len(kinds)} traps met, "
            f"{trial.kills} times `kill -9` in {trial.commands} commands, "
            f"{trial.retried} of them with --retry-errors after three failures | bytes equal to a run at once: {equal} of {runs}; "
            f"{len(server.paid)} requests answered, {twice} of them twice |"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=12)
    parser.add_argument("--seed", type=int, default=20)
    given = parser.parse_args()
    os.environ.pop("OPENAI_API_KEY", None)
    with tempfile.TemporaryDirectory() as folder:
        measure(Path(folder), given.rows, given.seed)


if __name__ == "__main__":
    main()
