"""One run of a batch: what is missing is done, kept, and joined to the output."""

import json
import os
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Literal, NamedTuple, Protocol

from summarizer.batch.crew import Crew, Finished
from summarizer.batch.filing import InOrder
from summarizer.batch.folder import Done, Folder
from summarizer.batch.joining import Totals, join
from summarizer.batch.records import Row, added, claims_in, wants_another_try
from summarizer.batch.rows import Rows
from summarizer.batch.shard import Shard
from summarizer.batch.worker import Start
from summarizer.errors import UnavailableError
from summarizer.llm.deferred import Wanted

MOST_UNAVAILABLE = 20  # rows in succession without an answer; then there is none to be had


EngineName = Literal["local", "ray"]


class Engine(Protocol):
    """Whatever does the rows: processes of this machine, or a cluster."""

    deaths: int
    """Processes that died over rows, so far."""
    closing: bool
    """Whether no further row is begun."""

    def work(self, rows: Iterator[Row]) -> Iterator[Finished | None]:
        """Do the rows; yields each as it is done, and None now and then. Raises what all rows would meet."""

    def close(self) -> None:
        """Let go of what is under way."""


class Sizes(NamedTuple):
    """How much is done side by side."""

    workers: int | None
    """None is as many as there are processors, wherever they are."""
    width: int
    """Rows that a worker holds: those under way, and for one without a network the next one."""


class Progress:
    """How far a run is."""

    def __init__(self, whole: int, before: int) -> None:
        self.whole, self.before = whole, before
        """Rows of the run, and those that an earlier one has done."""
        self.rows = self.errors = self.claims = self.waiting = 0
        self.cost_usd: float | None = 0.0
        self._begun = time.monotonic()

    @property
    def rate(self) -> float:
        """Rows a second of this run."""
        return self.rows / max(1e-9, time.monotonic() - self._begun)

    @property
    def seconds_left(self) -> float | None:
        left = self.whole - self.before - self.rows
        return left / self.rate if self.rows else None

    def pass_over(self) -> None:
        """Count a row that waits for answers."""
        self.rows += 1
        self.waiting += 1

    def count(self, result: Mapping[str, Any]) -> None:
        self.rows += 1
        self.errors += result["status"] == "error"
        self.claims += claims_in(result["counts"])
        usage = result["usage"]
        if usage["calls"]:
            self.cost_usd = added(self.cost_usd, usage["cost_usd"])


class BatchRun:
    """Does the rows of one shard. `stop` ends it early; what is done by then is kept."""

    def __init__(self, rows: Rows, folder: Folder, shard: Shard, *, later: InOrder | None = None) -> None:
        """`later` takes the requests of rows whose answers are still to come."""
        self._rows, self._folder, self._shard, self._later = rows, folder, shard, later
        self.stopped = False
        self.over_budget = False
        self._unavailable = 0
        self.deaths = 0

    def stop(self) -> None:
        self.stopped = True

    def work(
        self,
        start: Start,
        sizes: Sizes,
        *,
        engine: EngineName = "local",
        retry_errors: bool = False,
        changed: Callable[[Progress], None] = lambda _: None,
    ) -> Progress:
        """Do what is missing. Raises what no row could get round, after keeping what was done."""
        done = self._folder.resume(anew=wants_another_try if retry_errors else None)
        self._folder.settle()
        progress = Progress(len(self._shard.numbers), sum(number in done for number in self._shard.numbers))
        changed(progress)
        if progress.before == progress.whole:
            return progress
        crew = _crew(engine, start, sizes, progress.whole - progress.before)
        try:
            for finished in crew.work(self._missing(done)):
                if self.stopped:
                    break
                if finished:
                    self._keep(finished, crew, progress)
                changed(progress)
        finally:
            self.deaths = crew.deaths
            crew.close()
        return progress

    def join(self, output: Path) -> Totals:
        """Write the output. Rows that are not done are in it as interrupted."""
        return join(self._folder, self._shard, self._rows, output)

    def _missing(self, done: Done) -> Iterator[Row]:
        numbers = self._shard.numbers
        for row in self._rows.read(lambda number: number in numbers and number not in done):
            if self._later:
                self._later.begin(row.number)
            yield row

    def _keep(self, finished: Finished, crew: Engine, progress: Progress) -> None:
        if self._later:
            self._later.end(finished.number, _wanted(finished))
        if finished.waiting:
            progress.pass_over()
            return
        result = json.loads(finished.line)
        if result["status"] == "interrupted":  # its budget is spent: what is under way may end, and no more begins
            self.over_budget = crew.closing = True
            return
        self._folder.add(finished.number, finished.line)
        progress.count(result)
        unavailable = result["status"] == "error" and result["error"]["kind"] == "unavailable"
        self._unavailable = self._unavailable + 1 if unavailable else 0
        if self._unavailable >= MOST_UNAVAILABLE:
            raise UnavailableError(
                f"no answer for {MOST_UNAVAILABLE} rows in succession: {result['error']['message']}; "
                "give the same command with --retry-errors when there is one"
            )


def _wanted(finished: Finished) -> list[Wanted]:
    return [Wanted(*one) for one in json.loads(finished.line)] if finished.waiting else []


def _crew(engine: EngineName, start: Start, sizes: Sizes, rows: int) -> Engine:
    if engine == "ray":
        from summarizer.batch.cluster import RayCrew  # noqa: PLC0415 (an optional library)

        return RayCrew(start, workers=sizes.workers)
    return Crew(start, workers=min(sizes.workers or processors(), rows), width=sizes.width)


def processors() -> int:
    """Those that this process may use."""
    return (len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()) or 1
