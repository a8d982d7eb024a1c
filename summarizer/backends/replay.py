"""Recorded replies: a run that can be played again, byte for byte, with no key and no network.

One JSON object a line. The first says what was asked: backend, model, server and
manner. Each other line is an answer under the key of its request, or the failure
that came in its place. An unknown request is an error, never a live call.
"""

import json
from collections import defaultdict
from pathlib import Path
from typing import Any, TextIO

from summarizer.backends.model.asking import (
    Answer,
    Caller,
    CallError,
    EnvelopeError,
    Request,
    TooLongError,
    chances_of,
)
from summarizer.backends.model.wire import BadReplyError, strict_json
from summarizer.errors import RepliesError
from summarizer.schema import Reason

FORMAT = "summarizer-replies-1"


class ReplayCaller:
    """A `Caller` that answers from a file. It bears the name and model of the run that was recorded."""

    remote = False

    def __init__(self, path: Path) -> None:
        head, lines = _read(path)
        self._path = path
        self.name = str(head["backend"])
        self.model: str | None = head["model"]
        self.base_url: str | None = head["base_url"]
        self.destination = f"recorded replies of {self.model}; the text stays on this machine"
        self._answers: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for line in lines:
            self._answers[line["key"]].append(line)

    async def call(self, request: Request) -> Answer:
        """Return the recorded answer. Raises a `RepliesError` for a request that was not recorded."""
        recorded = self._answers.get(request.key(model=self.model))
        if not recorded:
            raise RepliesError(
                f"{self._path.name}: no recorded reply to this {request.stage} request; "
                "article, summary, prompts or options are not those of the recording: record it again"
            )
        line = recorded.pop(0) if len(recorded) > 1 else recorded[0]
        if "answer" in line:
            answer = Answer(**line["answer"])
            return answer._replace(chances=chances_of(answer.chances))
        raise _failure(line["failure"])

    async def accept(self, request: Request, answer: Answer) -> None:
        """Nothing is kept here."""

    async def close(self) -> None:
        """Nothing is held."""


class Recorder:
    """A `Caller` that writes down what another one brings back, as it comes."""

    def __init__(self, inner: Caller, path: Path) -> None:
        self._inner = inner
        self._path = path
        self.name, self.model, self.base_url = inner.name, inner.model, inner.base_url
        self.destination, self.remote = inner.destination, inner.remote
        self._file: TextIO | None = None
        # Two runs in one file would replay as neither.
        if path.exists() and path.stat().st_size:
            raise RepliesError(f"{path}: is there already; record to another file, or remove it")

    async def call(self, request: Request) -> Answer:
        try:
            answer = await self._inner.call(request)
        except (CallError, TooLongError) as error:
            self._write(request, {"failure": _described(error)})
            raise
        self._write(request, {"answer": answer._asdict()})
        return answer

    async def accept(self, request: Request, answer: Answer) -> None:
        await self._inner.accept(request, answer)

    async def close(self) -> None:
        if self._file:
            self._file.close()
        await self._inner.close()

    def _write(self, request: Request, what: dict[str, Any]) -> None:
        if self._file is None or self._file.closed:
            try:
                fresh = not self._path.exists() or self._path.stat().st_size == 0
                self._file = self._path.open("a", encoding="utf-8", newline="\n")
            except OSError as error:
                raise RepliesError(f"{self._path}: cannot be written: {error.strerror}") from None
            if fresh:
                head = {"format": FORMAT, "backend": self.name, "model": self.model, "base_url": self.base_url}
                self._file.write(json.dumps(head) + "\n")
        line = {"key": request.key(model=self.model), "stage": request.stage, **what}
        self._file.write(json.dumps(line, ensure_ascii=True) + "\n")
        self._file.flush()


def _read(path: Path) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise RepliesError(f"{path}: cannot be read: {getattr(error, 'strerror', None) or error}") from None
    found = []
    for number, line in enumerate(lines, 1):
        try:
            found.append(strict_json(line))
            _refuse_other_forms(found[-1], first=number == 1)
        except (BadReplyError, KeyError, TypeError, AttributeError, ValueError):
            raise RepliesError(
                f"{path}: line {number}: not a recording of summarizer; make one with --record"
            ) from None
    if not found:
        raise RepliesError(f"{path}: empty; make a recording with --record")
    return found[0], found[1:]


def _refuse_other_forms(line: Any, *, first: bool) -> None:
    if first:
        if line["format"] != FORMAT or not all(isinstance(line[key], str) for key in ("backend", "model", "base_url")):
            raise ValueError
    elif "answer" in line:
        answer = Answer(**line["answer"])
        if not isinstance(line["key"], str) or not isinstance(answer.text, (str, type(None))):
            raise ValueError
    else:
        _failure(line["failure"])


def _described(error: CallError | TooLongError) -> dict[str, Any]:
    if isinstance(error, TooLongError):
        return {"kind": "too_long", "limit": error.limit}
    kind = "envelope" if isinstance(error, EnvelopeError) else "call"
    return {"kind": kind, "reason": error.reason.value, "detail": error.detail}


def _failure(recorded: dict[str, Any]) -> Exception:
    if recorded["kind"] == "too_long":
        return TooLongError(recorded["limit"])
    if recorded["kind"] == "envelope":
        return EnvelopeError(recorded["detail"])
    return CallError(Reason(recorded["reason"]), str(recorded["detail"]))
