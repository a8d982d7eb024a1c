"""Worker processes with a pipe each. One that dies is replaced, and its rows are done again.

`multiprocessing.Pool` waits for ever and `ProcessPoolExecutor` gives up all of its work when a worker dies,
so the processes are our own.
"""

import json
import multiprocessing
from collections import Counter, deque
from collections.abc import Iterator
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import NamedTuple

from summarizer import errors
from summarizer.batch.one import failed
from summarizer.batch.records import Row
from summarizer.batch.rows import as_message
from summarizer.batch.worker import BEGUN, FATAL, WAITING, Start, line_of, work
from summarizer.errors import SummarizerError, UnavailableError

PATIENCE = 0.25  # seconds between two looks at whether the run was stopped
STRIKES = 2  # workers that a row may take with it
IDLE_DEATHS = 3  # workers in succession that died before they began a row


class Finished(NamedTuple):
    """One row that is done, as far as it can be."""

    number: int
    line: bytes
    waiting: bool = False
    """Whether it has no result yet; then the line is a list of the requests that it has no answers to."""


class _Worker:
    def __init__(self, start: Start) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe: Connection[bytes, bytes]
        self.pipe, theirs = context.Pipe()
        self.process: BaseProcess = context.Process(target=work, args=(theirs, start), daemon=True)
        self.process.start()
        theirs.close()
        self.rows: dict[int, Row] = {}
        """Sent and not finished."""
        self.begun: set[int] = set()
        self.alone = False
        """Whether its row may have killed a worker, so that it has no company."""

    def end(self) -> None:
        self.pipe.close()
        self.process.kill()
        self.process.join()


class Crew:
    """Does rows, any number of times over."""

    def __init__(self, start: Start, *, workers: int, width: int) -> None:
        self._start, self._most, self._width = start, workers, width
        self._workers: list[_Worker] = []
        self._suspects: deque[Row] = deque()
        self._returned: deque[Row] = deque()
        self._strikes: Counter[int] = Counter()
        self._idle_deaths = 0
        self.deaths = 0
        self.closing = False
        """Whether no further row is begun."""

    def work(self, rows: Iterator[Row]) -> Iterator[Finished | None]:
        """Do the rows; yields each as it is done, and None now and then.

        Raises what ends a worker for good: an error that all rows would have.
        """
        while True:
            self._send(rows)
            if not any(one.rows for one in self._workers):
                return
            ready = wait([one.pipe for one in self._workers], timeout=PATIENCE)
            for worker in [one for one in self._workers if one.pipe in ready]:
                yield from self._heard(worker)
            yield None

    def close(self) -> None:
        for worker in self._workers:
            worker.end()
        self._workers.clear()

    def _send(self, rows: Iterator[Row]) -> None:
        """Give every worker as much as it may hold."""
        if self.closing:
            return
        while len(self._workers) < self._most and (row := self._next(rows)):
            self._workers.append(_Worker(self._start))
            self._returned.appendleft(row)
            self._fill(self._workers[-1], rows)
        for worker in list(self._workers):
            self._fill(worker, rows)

    def _fill(self, worker: _Worker, rows: Iterator[Row]) -> None:
        if self._suspects and not worker.rows:
            worker.alone = True
            self._give(worker, self._suspects.popleft())
        while not worker.alone and len(worker.rows) < self._width and (row := self._next(rows)):
            self._give(worker, row)

    def _next(self, rows: Iterator[Row]) -> Row | None:
        return self._returned.popleft() if self._returned else next(rows, None)

    def _give(self, worker: _Worker, row: Row) -> None:
        worker.rows[row.number] = row
        try:
            worker.pipe.send_bytes(as_message(row))
        except OSError:  # it has died; its pipe says so in a moment
            return

    def _heard(self, worker: _Worker) -> Iterator[Finished]:
        """Everything that a worker has said."""
        try:
            while worker.pipe.poll():
                yield from self._message(worker, worker.pipe.recv_bytes())
        except (EOFError, OSError):
            yield from self._died(worker)

    def _message(self, worker: _Worker, message: bytes) -> Iterator[Finished]:
        kind, (head, _, rest) = message[:1], message[1:].partition(b" ")
        number = int(head)
        if kind == FATAL:
            raise error_of(rest)
        if kind == BEGUN:
            worker.begun.add(number)
            return
        worker.begun.discard(number)
        worker.alone = False
        self._idle_deaths = 0
        if worker.rows.pop(number, None) is not None:
            yield Finished(number, rest, waiting=kind == WAITING)

    def _died(self, worker: _Worker) -> Iterator[Finished]:
        worker.end()
        self._workers.remove(worker)
        self.deaths += 1
        self._idle_deaths += not worker.begun
        if self._idle_deaths >= IDLE_DEATHS:
            raise UnavailableError(
                f"{IDLE_DEATHS} worker processes ended before they began a row (exit code {worker.process.exitcode}); "
                "is there memory for them? Give fewer --workers"
            )
        for number, row in sorted(worker.rows.items(), reverse=True):
            if number not in worker.begun:
                self._returned.appendleft(row)
                continue
            self._strikes[number] += 1
            if self._strikes[number] < STRIKES:
                self._suspects.appendleft(row)
                continue
            message = f"{STRIKES} worker processes died over this row (exit code {worker.process.exitcode})"
            yield Finished(number, line_of(row, failed(row, "worker", message)))


def error_of(said: bytes) -> SummarizerError:
    """What a worker raised, as it raised it."""
    told = json.loads(said)
    kind = getattr(errors, told["error"], SummarizerError)
    return kind(told["message"]) if issubclass(kind, SummarizerError) else SummarizerError(told["message"])
