"""Rows of a batch as tasks of a Ray cluster. One process alone writes, so parts, manifest and promise are those of any batch.

A task takes the rows of one part that are missing, as JSON, and gives back their lines. One whose process died is parted
into its rows, so that the row which killed it is known when it does it again.
"""

import json
import os
import socket
from collections import Counter, deque
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any

from summarizer.batch.crew import PATIENCE, STRIKES, Finished, error_of
from summarizer.batch.job import Job
from summarizer.batch.one import EndOfRunError, failed
from summarizer.batch.records import Row
from summarizer.batch.rows import as_message, of_message
from summarizer.batch.shard import PART
from summarizer.batch.worker import FATAL, WAITING, Start, as_fatal, line_of, line_or_wanted
from summarizer.components import Components, assemble
from summarizer.errors import SummarizerError, UnavailableError, UsageError
from summarizer.llm.models import RunOptions
from summarizer.settings import Settings, Value
from summarizer.writing import Length

CONNECT = 5.0  # seconds to reach a cluster
DEATHS = 20  # in succession, after which it is not the rows
Message = tuple[bytes, int, bytes]
"""What it is, the number of the row, and its line."""


class RayCrew:
    """Does rows on a cluster: that of `RAY_ADDRESS`, or one on this machine for as long as it is open."""

    def __init__(self, start: Start, *, workers: int | None) -> None:
        self._ray = library()
        self._start = as_json(start)
        self._tasks: dict[Any, list[Row]] = {}
        self._alone: deque[Row] = deque()
        self._strikes: Counter[int] = Counter()
        self._in_succession = 0
        self.deaths = 0
        self.closing = False
        self._connect(workers)
        self._most = workers or max(1, int(self._ray.cluster_resources().get("CPU", 1)))
        self._task = self._ray.remote(max_retries=0, num_cpus=1)(do_rows)

    def work(self, rows: Iterator[Row]) -> Iterator[Finished | None]:
        """Do the rows; yields each as it is done, and None now and then."""
        parts = (list(part) for _, part in groupby(rows, lambda row: row.number // PART))
        while True:
            while not self.closing and len(self._tasks) < self._most and (part := self._next(parts)):
                self._tasks[self._task.remote(self._start, [as_message(row) for row in part])] = part
            if not self._tasks:
                return
            ready, _ = self._ray.wait(list(self._tasks), num_returns=1, timeout=PATIENCE)
            for task in ready:
                yield from self._ended(task, self._tasks.pop(task))
            yield None

    def close(self) -> None:
        for task in self._tasks:
            self._ray.cancel(task, force=True)
        self._ray.shutdown()

    def _connect(self, workers: int | None) -> None:
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # it would tell its makers of each run
        named = os.environ.get("RAY_ADDRESS")
        if named:
            _refuse_silent(named)
        more = {} if named else {"num_cpus": workers, "include_dashboard": False}
        try:
            self._ray.init(address=named or "local", log_to_driver=False, logging_level="ERROR", **more)
        except (ConnectionError, RuntimeError, ValueError) as error:
            hint = "; where it wants a token, set RAY_AUTH_MODE=token" if named else ""
            raise UnavailableError(f"no Ray cluster at {named or 'this machine'}: {_first_line(error)}{hint}") from None

    def _next(self, parts: Iterator[list[Row]]) -> list[Row] | None:
        return [self._alone.popleft()] if self._alone else next(parts, None)

    def _ended(self, task: Any, rows: list[Row]) -> Iterator[Finished]:
        exceptions = self._ray.exceptions
        try:
            messages: list[Message] = self._ray.get(task)
        except exceptions.RayTaskError as error:
            raise UnavailableError(
                f"a task of the cluster failed: {_first_line(error.cause or error)}; is the same version of summarizer "
                "installed on each of its machines?"
            ) from None
        except exceptions.RayError as error:
            yield from self._died(rows, _first_line(error))
            return
        self._in_succession = 0
        for kind, number, line in messages:
            if kind == FATAL:
                raise error_of(line)
            yield Finished(number, line, waiting=kind == WAITING)

    def _died(self, rows: list[Row], why: str) -> Iterator[Finished]:
        self.deaths += 1
        self._in_succession += 1
        if self._in_succession >= DEATHS:
            raise UnavailableError(f"{DEATHS} tasks of the cluster ended in succession without a result: {why}")
        if len(rows) > 1:
            self._alone.extend(rows)
            return
        (row,) = rows
        self._strikes[row.number] += 1
        if self._strikes[row.number] < STRIKES:
            self._alone.appendleft(row)
            return
        yield Finished(
            row.number, line_of(row, failed(row, "worker", f"{STRIKES} worker processes died over this row"))
        )


def library() -> Any:
    """Ray. Raises a `UsageError` where it is not installed."""
    try:
        import ray  # noqa: PLC0415 (an optional library)
    except ImportError:
        raise UsageError("--engine ray: needs Ray: pip install 'checked-summarizer[ray]'") from None
    return ray


def _refuse_silent(address: str) -> None:
    """Raise an `UnavailableError` where nothing listens at `host:port`: Ray itself would try for many minutes."""
    host, _, port = address.removeprefix("ray://").rpartition(":")
    if not (host and port.isdecimal() and port.isascii()):
        return  # `auto`, or a name that Ray will look up
    try:
        socket.create_connection((host, int(port)), timeout=CONNECT).close()
    except (OSError, OverflowError) as error:
        why = getattr(error, "strerror", None) or error
        raise UnavailableError(f"RAY_ADDRESS {address}: nothing answers there ({why}); is the cluster up?") from None


def do_rows(start: str, messages: list[bytes]) -> list[Message]:
    """The body of a task: the lines of some rows, with the components of the process it runs in."""
    done: list[Message] = []
    try:
        begun, components = _ready(start)
        for row in map(of_message, messages):
            kind, line = line_or_wanted(row, begun, components)
            done.append((kind, row.number, line))
    except EndOfRunError as error:
        return [(FATAL, 0, as_fatal(error.error))]
    except SummarizerError as error:
        return [(FATAL, 0, as_fatal(error))]
    return done


@lru_cache(maxsize=1)
def _ready(start: str) -> tuple[Start, Components]:
    """What a process needs for the rows of a run; it serves many tasks, so the weights are read once."""
    begun = of_json(start)
    return begun, assemble(begun.settings, begun.options)


def as_json(start: Start) -> str:
    """What a task needs to know, for a run whose components use no network."""
    job = start.job._replace(root=str(start.job.root) if start.job.root else None)  # type: ignore[arg-type]
    return json.dumps([start.settings.values, list(job), start.run_key], sort_keys=True)


def of_json(text: str) -> Start:
    values, (command, length, full, root, encoding), run_key = json.loads(text)
    settings = Settings({name: Value(*one) for name, one in values.items()})
    job = Job(command, Length(*length), full, Path(root).resolve() if root else None, encoding)
    return Start(settings, RunOptions(), job, run_key)


def _first_line(error: BaseException) -> str:
    return " ".join(str(error).split())[:300] or type(error).__name__
