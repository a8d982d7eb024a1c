"""The body of a worker process: rows come in over a pipe, results go out over it. It ends when the pipe does."""

import asyncio
import json
import os
import queue
import signal
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import NamedTuple

from summarizer import api
from summarizer.batch.job import Job
from summarizer.batch.one import EndOfRunError, failed, result_of
from summarizer.batch.records import Row, RowResult
from summarizer.batch.rows import of_message
from summarizer.components import Components, assemble, deferred_callers
from summarizer.errors import SummarizerError
from summarizer.llm.exchange import AwaitedError
from summarizer.llm.models import RunOptions
from summarizer.settings import Settings

BEGUN, RESULT, WAITING, FATAL = b"b", b"r", b"w", b"f"


class Start(NamedTuple):
    """Everything that a worker needs to know."""

    settings: Settings
    options: RunOptions
    job: Job
    run_key: str


def work(pipe: "Connection[bytes, bytes]", start: Start) -> None:
    """Do the rows that come until the pipe is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the process that started us decides
    try:
        components = assemble(start.settings, start.options)
        if components.remote:
            asyncio.run(_side_by_side(pipe, start, components))
        else:
            _in_turn(pipe, start, components)
    except EndOfRunError as error:
        _fatal(pipe, error.error)
    except SummarizerError as error:
        _fatal(pipe, error)


def _in_turn(pipe: "Connection[bytes, bytes]", start: Start, components: Components) -> None:
    waiting: queue.SimpleQueue[Row] = queue.SimpleQueue()
    _listen(pipe, waiting.put)
    while True:
        row = waiting.get()
        _send(pipe, BEGUN, row)
        kind, line = line_or_wanted(row, start, components)
        _send(pipe, kind, row, line)


async def _side_by_side(pipe: "Connection[bytes, bytes]", start: Start, components: Components) -> None:
    """As many rows at a time as are sent: whoever sends them bounds them."""
    loop, waiting = asyncio.get_running_loop(), asyncio.Queue[Row]()

    def put(row: Row) -> None:
        loop.call_soon_threadsafe(waiting.put_nowait, row)

    _listen(pipe, put)

    async def one(row: Row) -> None:
        _send(pipe, RESULT, row, line_of(row, await result_of(row, start.job, components, start.run_key)))

    try:
        async with asyncio.TaskGroup() as tasks:
            while True:
                row = await waiting.get()
                _send(pipe, BEGUN, row)
                tasks.create_task(one(row))
    except ExceptionGroup as errors:
        raise errors.exceptions[0] from None


def _listen(pipe: "Connection[bytes, bytes]", put: Callable[[Row], None]) -> None:
    """Take rows out of the pipe at once, so that whoever sends never waits; end with whoever sends."""

    def listen() -> None:
        try:
            while True:
                put(of_message(pipe.recv_bytes()))
        except (EOFError, OSError):
            os._exit(0)  # nobody is left to hear of what is under way

    threading.Thread(target=listen, daemon=True).start()


def line_or_wanted(row: Row, start: Start, components: Components) -> tuple[bytes, bytes]:
    """`RESULT` and the line of a row, or `WAITING` and a list of the requests that it has no answers to."""
    try:
        line = line_of(row, api.run(components, result_of(row, start.job, components, start.run_key)))
    except AwaitedError:
        return WAITING, json.dumps([one for caller in deferred_callers(components) for one in caller.take()]).encode()
    for caller in deferred_callers(components):
        caller.take()
    return RESULT, line


def _send(pipe: "Connection[bytes, bytes]", kind: bytes, row: Row, line: bytes = b"") -> None:
    try:
        pipe.send_bytes(b"%s%d %s" % (kind, row.number, line))
    except OSError:
        os._exit(0)


def line_of(row: Row, result: RowResult) -> bytes:
    """The result as a line of JSON."""
    try:
        return result.model_dump_json().encode("utf-8") + b"\n"
    except ValueError as error:
        message = f"{type(error).__name__}: its result cannot be written as JSON; please report it"
        return failed(row, "internal", message).model_dump_json().encode("utf-8") + b"\n"


def as_fatal(error: SummarizerError) -> bytes:
    """An error that all rows would have, for whoever sent them."""
    return json.dumps({"error": type(error).__name__, "message": str(error)}).encode("utf-8")


def _fatal(pipe: "Connection[bytes, bytes]", error: SummarizerError) -> None:
    pipe.send_bytes(b"%s0 %s" % (FATAL, as_fatal(error)))
