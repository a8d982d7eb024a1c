"""Recorded replies: a run that can be played again, byte for byte, with no key and no network.

One JSON object a line. The first says what was asked: backend, model and server.
Each other line is an answer under the key of its request, or the failure that came
in its place; it names its model where that is another one. An unknown request is an
error, never a live call.
"""

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

from summarizer.errors import RepliesError
from summarizer.llm.asking import (
    Answer,
    Caller,
    CallError,
    EnvelopeError,
    Request,
    TooLongError,
    kept_answer,
)
from summarizer.llm.wire import BadReplyError, strict_json
from summarizer.schema import Reason

FORMAT = "summarizer-replies-1"


class ReplayCaller:
    """A `Caller` that answers from a file. It bears the name and model of the run that was recorded.

    `model` picks one of several that were recorded together.
    """

    remote = False

    def __init__(self, path: Path, *, model: str | None = None) -> None:
        head, lines = _read(path)
        self._path = path
        self.name = str(head["backend"])
        others = {line["model"] for line in lines if "model" in line}
        self.model: str | None = model if model in others else head["model"]
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
            return kept_answer(line["answer"])
        raise failure_of(line["failure"])

    async def accept(self, request: Request, answer: Answer) -> None:
        """Nothing is kept here."""

    async def close(self) -> None:
        """Nothing is held."""


class Recording:
    """A file of replies that is being written, by one caller or by several; it is open only while a line is added."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._model: str | None = None
        # Two runs in one file would replay as neither.
        if path.exists() and path.stat().st_size:
            raise RepliesError(f"{path}: already exists; record to another file, or remove it")

    def write(self, caller: Caller, request: Request, what: dict[str, Any]) -> None:
        """Write down what came back for a request of that caller. Raises a `RepliesError`."""
        try:
            with self._path.open("a", encoding="utf-8", newline="\n") as file:
                if file.tell() == 0:
                    self._model = caller.model
                    head = {
                        "format": FORMAT,
                        "backend": caller.name,
                        "model": caller.model,
                        "base_url": caller.base_url,
                    }
                    file.write(json.dumps(head) + "\n")
                own = {} if caller.model == self._model else {"model": caller.model}
                line = {"key": request.key(model=caller.model), "stage": request.stage, **own, **what}
                file.write(json.dumps(line, ensure_ascii=True) + "\n")
        except OSError as error:
            raise RepliesError(f"{self._path}: cannot be written: {error.strerror}") from None


class Recorder:
    """A `Caller` that writes down what another one brings back, as it comes."""

    def __init__(self, inner: Caller, recording: Recording) -> None:
        self._inner = inner
        self._recording = recording
        self.name, self.model, self.base_url = inner.name, inner.model, inner.base_url
        self.destination, self.remote = inner.destination, inner.remote

    async def call(self, request: Request) -> Answer:
        try:
            answer = await self._inner.call(request)
        except (CallError, TooLongError) as error:
            self._recording.write(self._inner, request, {"failure": described(error)})
            raise
        self._recording.write(self._inner, request, {"answer": answer._asdict()})
        return answer

    async def accept(self, request: Request, answer: Answer) -> None:
        await self._inner.accept(request, answer)

    async def close(self) -> None:
        await self._inner.close()


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
    if not isinstance(line.get("model"), (str, type(None))):
        raise TypeError
    if first:
        if line["format"] != FORMAT or not all(isinstance(line[key], str) for key in ("backend", "model", "base_url")):
            raise ValueError
    elif "answer" in line:
        kept_answer(line["answer"])
        if not isinstance(line["key"], str):
            raise TypeError
    else:
        failure_of(line["failure"])


def described(error: CallError | TooLongError) -> dict[str, Any]:
    """A failure as a file of replies holds it."""
    if isinstance(error, TooLongError):
        return {"kind": "too_long", "limit": error.limit}
    kind = "envelope" if isinstance(error, EnvelopeError) else "call"
    return {"kind": kind, "reason": error.reason.value, "detail": error.detail}


def failure_of(recorded: dict[str, Any]) -> Exception:
    """The failure that a file of replies holds."""
    if recorded["kind"] == "too_long":
        return TooLongError(recorded["limit"])
    if recorded["kind"] == "envelope":
        return EnvelopeError(recorded["detail"])
    return CallError(Reason(recorded["reason"]), str(recorded["detail"]))
