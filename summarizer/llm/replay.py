"""Recorded replies: a run that can be played again, byte for byte, with no key and no network.

One JSON object a line. The first says what was asked: backend, model and server.
Each other line is an answer under the key of its request, or the failure that came
in its place; it names its model where that is another one. An unknown request is an
error, never a live call; a line that somebody spoiled costs the answer to its own request.
"""

import json
import warnings
from codecs import BOM_UTF8
from collections import defaultdict
from pathlib import Path
from typing import Any

from summarizer.errors import RepliesError
from summarizer.llm.exchange import Answer, Caller, CallError, EnvelopeError, Request, TooLongError, kept_answer
from summarizer.llm.wire import BadReplyError, strict_json
from summarizer.schema import Reason

FORMAT = "summarizer-replies-1"


class ReplayCaller:
    """A `Caller` that answers from a file. It bears the name and model of the run that was recorded.

    `model` picks one of several that were recorded together.
    """

    remote = False

    def __init__(self, path: Path, *, model: str | None = None) -> None:
        head, lines, self._spoiled = _read(path)
        self._path = path
        self.name = str(head["backend"])
        others = {line["model"] for line in lines if "model" in line}
        self.model: str | None = model if model in others else head["model"]
        self.base_url: str | None = head["base_url"]
        self.destination = f"recorded replies of {self.model}; the text stays on this machine"
        self._answers: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for line in lines:
            self._answers[line["key"]].append(line)
        self._warned = not self._spoiled

    def has_kept(self, request: Request) -> bool:  # noqa: ARG002 (a replay costs what the recorded run did)
        return False

    async def call(self, request: Request) -> Answer:
        """Return the recorded answer. Raises a `RepliesError` for a request that was not recorded.

        Where lines of the file are spoiled it may have been, so that the request has a bad reply.
        """
        self._warn()
        recorded = self._answers.get(request.key(model=self.model))
        if not recorded and self._spoiled:
            where = f"{self._path.name}, line {self._spoiled[0]}"
            raise CallError(Reason.BAD_REPLY, f"no recorded reply that can be read ({where}): record it again")
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

    def _warn(self) -> None:
        if self._warned:
            return
        self._warned = True
        many = "1 line is" if len(self._spoiled) == 1 else f"{len(self._spoiled)} lines are"
        warnings.warn(
            f"{self._path.name}: {many} no recorded reply, line {self._spoiled[0]} first; what they answered is missing",
            stacklevel=2,
        )


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

    def has_kept(self, request: Request) -> bool:
        return self._inner.has_kept(request)

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


def _read(path: Path) -> tuple[dict[str, Any], list[dict[str, Any]], list[int]]:
    """The first line of a recording, the others, and the numbers of those that are spoiled. Raises a `RepliesError`."""
    try:
        lines = path.read_bytes().removeprefix(BOM_UTF8).splitlines()
    except OSError as error:
        raise RepliesError(f"{path}: cannot be read: {error.strerror or error}") from None
    if not lines:
        raise RepliesError(f"{path}: empty; make a recording with --record")
    found: list[dict[str, Any]] = []
    spoiled: list[int] = []
    for number, line in enumerate(lines, 1):
        try:
            one = strict_json(line.decode("utf-8"))
            _refuse_other_forms(one, first=number == 1)
            found.append(one)
        except (BadReplyError, KeyError, TypeError, AttributeError, ValueError):
            if number == 1:
                raise RepliesError(f"{path}: line 1: not a recording of summarizer; make one with --record") from None
            spoiled.append(number)
    return found[0], found[1:], spoiled


def _refuse_other_forms(line: Any, *, first: bool) -> None:
    if not isinstance(line.get("model"), (str, type(None))):
        raise TypeError
    if first:
        if line["format"] != FORMAT or not all(isinstance(line[key], str) for key in ("backend", "model", "base_url")):
            raise ValueError
    elif not isinstance(line["key"], str):
        raise TypeError
    elif "answer" in line:
        kept_answer(line["answer"])
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
