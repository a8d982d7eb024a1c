"""Answers that come hours later: what is there is used, and what is missing is noted, to be asked in a file of requests.

A run over such a caller goes as far as the answers reach and ends with an `AwaitedError`; when they are there it is
done again. Kept is whatever came back, usable or not: it is paid for, and the run itself says what it is worth.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from summarizer.errors import RepliesError
from summarizer.llm.exchange import Answer, AwaitedError, CallError, Request, kept_answer
from summarizer.llm.remote.chat import Dialect, body_of
from summarizer.llm.replay import described, failure_of
from summarizer.llm.tokens import PER_MESSAGE, TokenCounter
from summarizer.llm.wire import BadReplyError, strict_json
from summarizer.schema import Reason

if TYPE_CHECKING:
    from summarizer.llm.remote.client import Server

MOST_TRIES = 3  # times that one request is answered by a failure of the server, before that is its answer
TABLES = (
    "create table if not exists outcomes (key text primary key, outcome text not null) without rowid",
    "create table if not exists failures (key text, file text, primary key (key, file)) without rowid",
)
Outcome = Mapping[str, Any]
"""`answer` or `failure`, as a file of recorded replies has them."""


class Deferral(NamedTuple):
    """How a run whose answers come later is done."""

    replies: Path
    """File of those that have come; there need be none."""
    dialect: Dialect = Dialect()
    """What the server understands."""


class Wanted(NamedTuple):
    """One request that has no answer yet."""

    key: str
    """SHA-256 of what decides the answer; also the `custom_id` of its line."""
    model: str
    body: str
    """JSON, as the server takes it."""
    input_tokens: int
    output_tokens: int
    """At most."""


class Replies:
    """A file of answers and failures by the key of their request."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def find(self, key: str) -> Answer | Exception | None:
        """The answer, the failure that stands for it, or nothing. Raises a `RepliesError` for a spoiled file."""
        if not self._path.exists():
            return None
        try:
            with self._open() as connection:
                row = connection.execute("select outcome from outcomes where key = ?", (key,)).fetchone()
            if row is None:
                return None
            kept = strict_json(row[0])
            return kept_answer(kept["answer"]) if "answer" in kept else failure_of(kept["failure"])
        except (sqlite3.Error, BadReplyError, KeyError, TypeError, ValueError) as error:
            raise RepliesError(f"{self._path.name}: cannot be read ({type(error).__name__}: {error})") from None

    def add(self, file: str, found: Iterable[tuple[str, Outcome | str]]) -> None:
        """Keep what a file of results holds, all or nothing, any number of times over.

        A text in place of an outcome is a failure of the server, worth another try until there were `MOST_TRIES`.
        What has an answer keeps it.
        """
        try:
            with self._open() as connection:
                connection.execute("begin immediate")
                for key, outcome in found:
                    kept = outcome if not isinstance(outcome, str) else _tried(connection, key, file, outcome)
                    if kept is not None:
                        row = (key, json.dumps(kept, ensure_ascii=True))
                        connection.execute("insert or ignore into outcomes values (?, ?)", row)
                connection.execute("commit")
        except (sqlite3.Error, OSError) as error:
            raise RepliesError(f"{self._path.name}: cannot be written: {error}; make room and go on") from None

    def forget_failures(self) -> None:
        """Let every request that has a failure for an answer be asked again, as often as at first."""
        with self._open() as connection:
            connection.execute("begin immediate")
            connection.execute("delete from outcomes where outcome like '{\"failure\"%'")
            connection.execute("delete from failures")
            connection.execute("commit")

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self._path, timeout=30, isolation_level=None)) as connection:
            self._path.chmod(0o600)
            for table in TABLES:
                connection.execute(table)
            yield connection


def _tried(connection: sqlite3.Connection, key: str, file: str, why: str) -> Outcome | None:
    connection.execute("insert or ignore into failures values (?, ?)", (key, file))
    (tries,) = connection.execute("select count(*) from failures where key = ?", (key,)).fetchone()
    if tries < MOST_TRIES:
        return None
    return failed(CallError(Reason.UNAVAILABLE, f"failed {tries} times: {why}"))


def answered(answer: Answer) -> Outcome:
    return {"answer": answer._asdict()}


def failed(error: Exception) -> Outcome:
    """A failure that another try would not mend. It must be a `CallError` or a `TooLongError`."""
    return {"failure": described(error)}  # type: ignore[arg-type]


class DeferredCaller:
    """A `Caller` that answers from what has come, and notes what has not."""

    name = "openai"
    remote = False

    def __init__(self, server: "Server", deferral: Deferral, counter: TokenCounter) -> None:
        self.server = server
        self.model: str | None = server.model
        self.base_url: str | None = server.base_url
        self.destination = f"{server.model} at {server.host}; the text goes there in files"
        self._replies = Replies(deferral.replies)
        self._dialect = deferral.dialect
        self._counter = counter
        self._wanted: dict[str, Wanted] = {}

    def has_kept(self, request: Request) -> bool:  # noqa: ARG002 (what has come is paid for)
        return False

    async def call(self, request: Request) -> Answer:
        """Return the answer that has come, or raise what came in its place. Raises an `AwaitedError` where none has."""
        key = self.key(request)
        found = self._replies.find(key)
        if isinstance(found, Answer):
            return found
        if found is not None:
            raise found
        self._wanted[key] = Wanted(
            key,
            self.server.model,
            json.dumps(body_of(self.server, request, self._dialect), ensure_ascii=True),
            self._counter.count(request.text) + PER_MESSAGE * len(request.messages),
            request.room,
        )
        raise AwaitedError(f"no answer yet to this {request.stage} request")

    def key(self, request: Request) -> str:
        sampling = f"temperature={self.server.temperature}"
        more = {"thinking": request.thinking} if request.thinking else {}  # what was cut off without it has its answer
        return request.key(model=self.model, base_url=self.base_url, sampling=sampling, **more)

    def take(self) -> list[Wanted]:
        """What was missing since it was last asked for."""
        found = list(self._wanted.values())
        self._wanted.clear()
        return found

    async def accept(self, request: Request, answer: Answer) -> None:
        """It is kept already."""

    async def close(self) -> None:
        """Nothing is held."""
