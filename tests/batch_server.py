"""A local server with OpenAI's Batch API, as it is and not as one would wish it: a real one over HTTP, on a free port.

A batch is worked on when it is looked at, so that no test waits. What becomes of each is told by `fates`; who has
asked for what, and which request was answered (and charged) how often, is in `files`, `batches` and `paid`.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.fault_server import Exchange, Fault, FaultServer, Reply, Wire

Json = dict[str, Any]
DONE, EXPIRED = "done", "expired"
LineFate = str | tuple[int, Json]
"""`done`, `expired`, or the status and body of a failed line."""


@dataclass(frozen=True)
class Fate:
    """What becomes of one batch."""

    status: str = "completed"
    looks: int = 0
    """Times that it is looked at before it is over."""
    code: str | None = None
    """Of the failure of the whole, which shows only when it is looked at."""
    line: Callable[[int], LineFate] = lambda _: DONE
    """By the place of a request in its file."""
    lost: Callable[[int], bool] = lambda _: False
    """Whether a request is in none of the result files."""
    empty_error_file: bool = False
    """Whether the id of a missing file of errors is an empty text."""
    reply: Callable[["BatchServer"], None] | None = None
    """Called when it has begun, and before that is answered: a client may die there."""
    reset: bool = False
    """Whether the connection is reset in place of the answer."""


@dataclass
class Batch:
    """One that was begun."""

    id: str
    input: str
    metadata: Json
    fate: Fate
    status: str = "validating"
    looks: int = 0
    errors: list[Json] = field(default_factory=list)
    output: str | None = None
    error: str | None = None
    counts: Json = field(default_factory=lambda: {"completed": 0, "failed": 0, "total": 0})

    def as_json(self) -> Json:
        """As the API describes it."""
        return {
            "id": self.id,
            "object": "batch",
            "endpoint": "/v1/chat/completions",
            "completion_window": "24h",
            "created_at": 1_790_000_000,
            "expires_at": 1_790_086_400,
            "input_file_id": self.input,
            "status": self.status,
            "output_file_id": self.output,
            "error_file_id": self.error,
            "errors": {"object": "list", "data": self.errors} if self.errors else None,
            "request_counts": self.counts,
            "metadata": self.metadata,
        }


@dataclass(kw_only=True, eq=False)
class BatchServer(FaultServer):
    """An OpenAI-compatible server that has files and batches too."""

    fates: Sequence[Fate] = ()
    """By the number of the batch; one after the last is completed."""
    most_requests: int = 50_000
    most_under_way: int | None = None
    """Requests that may be enqueued at a time."""
    page: int = 100
    """Batches on one page of the list, whatever was asked for."""
    hides: int = 0
    """Looks at the list before a new batch is on it."""

    files: dict[str, bytes] = field(init=False, default_factory=dict)
    names: list[str] = field(init=False, default_factory=list)
    deleted: list[str] = field(init=False, default_factory=list)
    batches: list[Batch] = field(init=False, default_factory=list)
    paid: Counter[str] = field(init=False, default_factory=Counter)
    """How often each `custom_id` was answered with a completion."""
    _bodies: dict[int, bytes] = field(init=False, default_factory=dict)

    def arrive(self, method: str, path: str, headers: dict[str, str], data: bytes, start: float) -> Exchange:
        """Keep the body, for a file is no JSON."""
        exchange = super().arrive(method, path, headers, data, start)
        self._bodies[exchange.number] = data
        return exchange

    def _reply(self, exchange: Exchange, fault: Fault) -> Reply:
        split = urlsplit(exchange.path)
        route, query = self._route(split.path) or "", parse_qs(split.query)
        data = self._bodies.pop(exchange.number, b"")
        if exchange.method == "POST" and route == "/files":
            return _json(self._uploaded(exchange, data))
        if exchange.method == "POST" and route == "/batches":
            return self._begun(exchange)
        if exchange.method == "GET" and route == "/batches":
            return _json(self._listed(query))
        if exchange.method == "GET" and (found := re.fullmatch(r"/batches/(\w+)", route)):
            return self._looked(found[1])
        if found := re.fullmatch(r"/files/([\w-]+)/content", route):
            kept = self.files.get(found[1])
            return _missing() if kept is None else Reply(200, kept, {"content-type": "application/octet-stream"})
        if exchange.method == "DELETE" and (found := re.fullmatch(r"/files/([\w-]+)", route)):
            self.files.pop(found[1], None)
            self.deleted.append(found[1])
            return _json({"id": found[1], "object": "file", "deleted": True})
        return super()._reply(exchange, fault)

    def _uploaded(self, exchange: Exchange, data: bytes) -> Json:
        boundary = exchange.headers["content-type"].partition("boundary=")[2].encode()
        parts = [part.partition(b"\r\n\r\n") for part in data.split(b"--" + boundary)]
        head, _, body = next(part for part in parts if b'name="file"' in part[0])
        assert any(b'name="purpose"' in one and rest.strip() == b"batch" for one, _, rest in parts)
        name = re.search(rb'filename="([^"]*)"', head)
        self.names.append(name[1].decode() if name else "")
        return self._file(body.removesuffix(b"\r\n"))

    def _file(self, data: bytes) -> Json:
        number = len(self.files) + len(self.deleted) + 1
        self.files[f"file-{number}"] = data
        return {"id": f"file-{number}", "object": "file", "bytes": len(data), "created_at": 1, "filename": "x",
                "purpose": "batch", "status": "processed"}  # fmt: skip

    def _begun(self, exchange: Exchange) -> Reply:
        asked = exchange.request or {}
        assert asked["endpoint"] == "/v1/chat/completions"
        assert asked["completion_window"] == "24h"
        if asked["input_file_id"] not in self.files:
            return _missing()
        number = len(self.batches)
        fate = self.fates[number] if number < len(self.fates) else Fate()
        batch = Batch(f"batch_{number + 1}", asked["input_file_id"], asked.get("metadata") or {}, fate)
        batch.errors = self._complaints(batch)
        self.batches.append(batch)
        if fate.reply:
            fate.reply(self)
        return _json(batch.as_json())

    def play(self, exchange: Exchange, wire: Wire) -> None:
        """A batch that has begun may be all that comes of a request: the connection is reset."""
        begun = len(self.batches)
        if exchange.method == "POST" and exchange.path.endswith("/batches"):
            fate = self.fates[begun] if begun < len(self.fates) else Fate()
            if fate.reset:
                self._reply(exchange, Fault(""))
                wire.reset()
                return
        super().play(exchange, wire)

    def _complaints(self, batch: Batch) -> list[Json]:
        """What the server finds wrong with a file; it says so only when the batch is looked at."""
        lines = [json.loads(line) for line in self.files[batch.input].splitlines()]
        codes = [batch.fate.code] if batch.fate.code else []
        if len({line["custom_id"] for line in lines}) < len(lines):
            codes.append("duplicate_custom_id")
        if len({line["body"]["model"] for line in lines}) > 1:
            codes.append("model_mismatch")
        if len(lines) > self.most_requests:
            codes.append("too_many_tasks")
        under_way = [one for one in self.batches if one.status in ("validating", "in_progress")]
        enqueued = sum(self.files[one.input].count(b"\n") for one in under_way if not one.errors)
        if self.most_under_way is not None and enqueued + len(lines) > self.most_under_way:
            codes.append("token_limit_exceeded")
        return [{"code": code, "message": f"a message of {code}", "line": None, "param": None} for code in codes]

    def _listed(self, query: Mapping[str, list[str]]) -> Json:
        shown = self.batches[: len(self.batches) - 1] if self.hides else self.batches
        self.hides = max(0, self.hides - 1)
        newest = [one.as_json() for one in reversed(shown)]
        after = query.get("after", [None])[0]
        at = next((place + 1 for place, one in enumerate(newest) if one["id"] == after), 0)
        page = newest[at : at + self.page]
        return {
            "object": "list",
            "data": page,
            "first_id": page[0]["id"] if page else None,
            "last_id": page[-1]["id"] if page else None,
            "has_more": at + self.page < len(newest),
        }

    def _looked(self, name: str) -> Reply:
        batch = next((one for one in self.batches if one.id == name), None)
        if batch is None:
            return _missing()
        batch.looks += 1
        if batch.status in ("validating", "in_progress"):
            if batch.errors:
                batch.status = "failed"
            elif batch.looks > batch.fate.looks:
                self._work(batch)
            else:
                batch.status = "in_progress"
        return _json(batch.as_json())

    def _work(self, batch: Batch) -> None:
        good: list[Json] = []
        bad: list[Json] = []
        lines = [json.loads(line) for line in self.files[batch.input].splitlines()]
        for place, line in enumerate(lines):
            whole = {"id": f"batch_req_{place}", "custom_id": line["custom_id"], "response": None, "error": None}
            fate = batch.fate.line(place)
            if batch.fate.lost(place):
                continue
            if fate == EXPIRED:
                whole["error"] = {"code": "batch_expired", "message": "This request could not be executed in time."}
                bad.append(whole)
                continue
            status, body = fate if isinstance(fate, tuple) else self._completed(line["body"])
            whole["response"] = {"status_code": status, "request_id": f"req_{place}", "body": body}
            if status == 200:
                self.paid[line["custom_id"]] += 1
            (good if status == 200 else bad).append(whole)
        good.reverse()  # the order is not that of the requests
        batch.status = batch.fate.status
        batch.counts = {"completed": len(good), "failed": len(bad), "total": len(lines)}
        batch.output = self._file(_lines(good))["id"] if good else None
        batch.error = self._file(_lines(bad))["id"] if bad else "" if batch.fate.empty_error_file else None

    def _completed(self, body: Json) -> tuple[int, Json]:
        exchange = Exchange(-1, 0, "POST", "/chat/completions", {}, 0, "", body, 0, 0.0)
        reply = self.called(exchange, Fault(""))
        return reply.status, json.loads(reply.body)


def _lines(records: Sequence[Json]) -> bytes:
    return "".join(json.dumps(one) + "\n" for one in records).encode()


def _json(value: Json) -> Reply:
    return Reply(200, json.dumps(value).encode())


def _missing() -> Reply:
    error = {"message": "No such object", "type": "invalid_request_error", "param": "id", "code": None}
    return Reply(404, json.dumps({"error": error}).encode())


def failing(status: int, code: str, message: str, param: str | None = None) -> tuple[int, Json]:
    """How a line fails."""
    return status, {"error": {"message": message, "type": "invalid_request_error", "param": param, "code": code}}
