"""Keep usable replies in SQLite, under a key of everything that determines them.

Only valid replies are kept, never an error. Whatever is wrong with
the file is a miss and one warning; it never costs a run.
"""

import json
import os
import sqlite3
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from summarizer.llm.exchange import Answer, Caller, Request, kept_answer
from summarizer.llm.wire import BadReplyError, strict_json

PATIENCE = 0.2  # seconds for another process that writes; the event loop waits as well
TABLE = "create table if not exists replies_1 (key text primary key, answer text not null) without rowid"


def cache_folder() -> Path:
    """The user's cache folder for this program."""
    if sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    elif os.name == "nt":
        base = Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local"))
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "summarizer"


class CachedCaller:
    """A `Caller` that asks another one only for what it has not kept.

    `paid` says that the run itself paid for what is kept, so that its tokens count; those of another run do not.
    """

    def __init__(self, inner: Caller, path: Path, *, sampling: str, paid: bool = False) -> None:
        self._inner = inner
        self._path = path
        self._sampling = sampling
        self._paid = paid
        self._warned = self._given_up = False
        self.name, self.model, self.base_url = inner.name, inner.model, inner.base_url
        self.destination, self.remote = inner.destination, inner.remote

    def has_kept(self, request: Request) -> bool:
        return self._kept(self._key(request)) is not None or self._inner.has_kept(request)

    async def call(self, request: Request) -> Answer:
        """Return the kept answer, at no tokens where another run paid for it, or ask."""
        kept = self._kept(self._key(request))
        if kept is None:
            return await self._inner.call(request)
        return kept if self._paid else kept._replace(input_tokens=0, output_tokens=0, cached_tokens=0)

    async def accept(self, request: Request, answer: Answer) -> None:
        """Keep the answer: it was usable."""
        await self._inner.accept(request, answer)
        if self._given_up:
            return
        try:
            with self._open() as connection:
                row = (self._key(request), json.dumps(answer))
                connection.execute("insert or replace into replies_1 values (?, ?)", row)
        except (sqlite3.Error, OSError) as error:
            self._warn(error)

    async def close(self) -> None:
        await self._inner.close()

    def _key(self, request: Request) -> str:
        return request.key(model=self.model, base_url=self.base_url, sampling=self._sampling)

    def _kept(self, key: str) -> Answer | None:
        if self._given_up:
            return None
        try:
            with self._open() as connection:
                row = connection.execute("select answer from replies_1 where key = ?", (key,)).fetchone()
            if row is None:
                return None
            answer = kept_answer(dict(zip(Answer._fields, strict_json(row[0]), strict=False)))
            if answer.text is None:
                raise TypeError("no text")
        except (sqlite3.Error, OSError) as error:
            self._warn(error)
            self._given_up = True
            return None
        except (BadReplyError, TypeError) as error:  # a row that somebody spoiled, and that the next answer replaces
            self._warn(error)
            return None
        return answer

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """A connection for one look: nothing is held between two, so there is nothing that a caller must close."""
        self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        connection = sqlite3.connect(self._path, timeout=PATIENCE, isolation_level=None)
        try:
            self._path.chmod(0o600)
            connection.execute(TABLE)
            yield connection
        finally:
            connection.close()

    def _warn(self, error: Exception) -> None:
        if not self._warned:
            self._warned = True
            warnings.warn(
                f"the cache {self._path.name} is of no use ({type(error).__name__}: {error}); going on without it",
                stacklevel=2,
            )
