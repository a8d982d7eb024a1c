"""Requests that have no answer yet become files, as large as the Batch API takes them, each to one model."""

import contextlib
import json
import os
from collections import deque
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, Self

from summarizer.batch.folder import sync_folder
from summarizer.batch.rounds import REQUESTS, RequestFile, cost_of
from summarizer.errors import OutputError
from summarizer.llm.deferred import Wanted
from summarizer.llm.remote.lines import request_line
from summarizer.llm.tokens import PER_MESSAGE, TokenCounter

MOST_REQUESTS = 50_000  # in a file
MOST_BYTES = 190_000_000  # of the 200 MB that a file may have; whether these are binary is not documented
LONGEST_LINE = 32_000_000  # bytes


class _Draft:
    """A file that is being written."""

    def __init__(self, path: Path, name: str, number: int, model: str) -> None:
        self.path, self.name, self.round, self.model = path, name, number, model
        self.requests = self.size = self.input_tokens = self.output_tokens = 0
        self._file: BinaryIO = path.with_suffix(".part").open("wb")

    def has_room(self, line: bytes) -> bool:
        return self.requests < MOST_REQUESTS and self.size + len(line) <= MOST_BYTES

    def add(self, line: bytes, input_tokens: int, output_tokens: int) -> None:
        self._file.write(line)
        self.requests += 1
        self.size += len(line)
        self.input_tokens += input_tokens
        self.output_tokens += output_tokens

    def finish(self, base_url: str | None) -> RequestFile:
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        self.path.with_suffix(".part").replace(self.path)
        return RequestFile(
            name=self.name,
            round=self.round,
            model=self.model,
            requests=self.requests,
            size=self.size,
            input_tokens=self.input_tokens,
            output_tokens=self.output_tokens,
            cost_usd=cost_of(self.model, base_url, self.input_tokens, self.output_tokens),
        )

    def give_up(self) -> None:
        with contextlib.suppress(OSError):
            self._file.close()
        self.path.with_suffix(".part").unlink(missing_ok=True)


class Filing:
    """The files of one round. Open it with `with`: what is not finished is gone at the end."""

    def __init__(self, folder: Path, number: int, base_url: str | None, known: Iterable[str] = ()) -> None:
        """`known` are keys of requests that are under way already."""
        self._folder = folder / REQUESTS
        self._round = number
        self._base_url = base_url
        self._keys = set(known)
        self._open: dict[str, _Draft] = {}
        self._full: list[_Draft] = []
        self._made = 0

    def __enter__(self) -> Self:
        with _faults(self._folder):
            self._folder.mkdir(exist_ok=True, mode=0o700)
        return self

    def __exit__(self, *_: object) -> None:
        for draft in (*self._full, *self._open.values()):
            draft.give_up()

    def add(self, wanted: Iterable[Wanted]) -> None:
        """Take up requests; one that is there or under way is left out."""
        with _faults(self._folder):
            for one in wanted:
                if one.key not in self._keys:
                    self._keys.add(one.key)
                    line = request_line(one.key, one.body)
                    self._draft(one.model, line).add(line, one.input_tokens, one.output_tokens)

    def finish(self) -> tuple[RequestFile, ...]:
        """The files, on the disk."""
        with _faults(self._folder):
            made = tuple(draft.finish(self._base_url) for draft in (*self._full, *self._open.values()))
            sync_folder(self._folder)
        self._full.clear()
        self._open.clear()
        return tuple(sorted(made, key=lambda file: file.name))

    def _draft(self, model: str, line: bytes) -> _Draft:
        draft = self._open.get(model)
        if draft is None or not draft.has_room(line):
            if draft:
                self._full.append(draft)
            self._made += 1
            name = f"r{self._round:03}-{self._made:02}"
            draft = self._open[model] = _Draft(self._folder / f"{name}.jsonl", name, self._round, model)
        return draft


class InOrder:
    """Takes the requests of rows as they come, and gives them on in the order of the rows."""

    def __init__(self, filing: Filing) -> None:
        self._filing = filing
        self._begun: deque[int] = deque()
        self._ready: dict[int, list[Wanted]] = {}

    def begin(self, number: int) -> None:
        self._begun.append(number)

    def end(self, number: int, wanted: list[Wanted]) -> None:
        self._ready[number] = wanted
        while self._begun and self._begun[0] in self._ready:
            self._filing.add(self._ready.pop(self._begun.popleft()))


def keys_of(path: Path) -> Iterator[str]:
    """The keys of the requests of a file. Raises an `OutputError`."""
    for line in lines_of(path):
        yield json.loads(line)["custom_id"]


def lines_of(path: Path) -> Iterator[bytes]:
    """The lines of a file of requests or of answers; one that is too long comes in pieces. Raises an `OutputError`."""
    try:
        with path.open("rb") as file:
            yield from iter(lambda: file.readline(LONGEST_LINE), b"")
    except OSError as error:
        raise OutputError(f"{path}: cannot be read: {error.strerror or error}; put it back from a copy") from None


def halves(file: RequestFile, folder: Path, base_url: str | None, counter: TokenCounter) -> tuple[RequestFile, ...]:
    """The same requests in two files."""
    made = []
    with _faults(folder / REQUESTS):
        lines = lines_of(folder / REQUESTS / f"{file.name}.jsonl")
        for half, share in (("a", file.requests // 2), ("b", file.requests)):
            name = f"{file.name}{half}"
            draft = _Draft(folder / REQUESTS / f"{name}.jsonl", name, file.round, file.model)
            for line in lines:
                draft.add(line, *_tokens(json.loads(line)["body"], counter))
                if half == "a" and draft.requests >= share:
                    break
            made.append(draft.finish(base_url))
    return tuple(made)


def _tokens(body: dict[str, Any], counter: TokenCounter) -> tuple[int, int]:
    text = "\n".join(message["content"] for message in body["messages"])
    most = body.get("max_completion_tokens") or body.get("max_tokens") or 0
    return counter.count(text) + PER_MESSAGE * len(body["messages"]), most


@contextlib.contextmanager
def _faults(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise OutputError(
            f"{folder}: cannot write: {error.strerror or error}; make room and give the same command again"
        ) from error
