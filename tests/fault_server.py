"""A local OpenAI-compatible server that misbehaves on request, for testing clients.

``FaultServer`` is a context manager that serves from threads of the test process. Run as a script, it serves
until stdin closes and prints its base URL on the first line of stdout; ``GET /log`` then returns the log.

    with FaultServer(faults=[rate_limited(2), None, reset_mid_body()]) as server:
        client = Client(base_url=server.base_url)

What the models say comes from outside (``responder`` or ``models``): the server knows no prompt format.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib
import json
import math
import re
import select
import socket
import struct
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import suppress
from dataclasses import dataclass, field, replace
from email.utils import formatdate
from functools import partial
from http.client import responses
from http.server import BaseHTTPRequestHandler
from socketserver import ThreadingTCPServer
from types import TracebackType
from typing import Any, ClassVar, Literal, Self
from urllib.parse import unquote

Json = dict[str, Any]
Responder = Callable[[Json], str]
"""Gives the text of the model's message for a request body."""
Feature = Literal[
    "json_schema_strict",
    "json_schema",
    "json_object",
    "temperature",
    "seed",
    "max_completion_tokens",
    "max_tokens",
    "logprobs",
]

_TICK = 0.05  # how often a held exchange looks whether its client is still there
_DEEP = 12  # nesting from which a recursive schema is brought to an end
_LOG_FIELDS = ("number", "path", "status", "start", "end", "body_length", "completion_tokens", "in_flight")


@dataclass
class Exchange:
    """One request and what became of it. Times are ``time.monotonic()``."""

    number: int
    """Position in the log, from 0."""
    call: int | None
    """Position among the chat calls, from 0: the index into ``faults``. None for any other request."""
    method: str
    path: str
    headers: dict[str, str]
    """The request's headers, names in lower case."""
    body_length: int
    body_sha256: str
    request: Json | None
    """The body, if it was a JSON object."""
    in_flight: int
    """Requests under way on arrival, this one included."""
    start: float
    end: float = math.inf
    """Just before the last bytes of the reply; infinite while under way."""
    status: int = 0
    """The status answered; 0 if none was."""
    completion_tokens: int = 0
    fault: str = ""
    """The name of the fault played."""


@dataclass(frozen=True)
class Answer:
    """What the model says."""

    content: str | None
    refusal: str | None = None
    finish_reason: str = "stop"

    @property
    def tokens(self) -> int:
        """The estimated number of completion tokens."""
        return max(1, len(self.content or "") // 4)


@dataclass(frozen=True)
class Reply:
    """An HTTP reply. Header names are in lower case; ``answer`` is set for an ordinary completion only."""

    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)
    answer: Answer | None = None

    def head(self, length: int | None) -> bytes:
        """Return the status line and headers; without a length, the end of the connection ends the body."""
        framing = {"connection": "close"} if length is None else {"content-length": str(length)}
        defaults = {"date": formatdate(usegmt=True), "content-type": "application/json"}
        lines = [f"HTTP/1.1 {self.status} {_phrase(self.status)}"]
        lines += [f"{name}: {value}" for name, value in {**defaults, **framing, **self.headers}.items()]
        return "\r\n".join([*lines, "", ""]).encode("latin-1")


class GoneError(ConnectionError):
    """The client left, or the server is stopping."""


class Wire:
    """The server's end of a connection, for one exchange."""

    def __init__(self, connection: socket.socket, stopping: threading.Event, ended: Callable[[], None]) -> None:
        """Write to ``connection``; call ``ended`` (any number of times) when the exchange ends."""
        self.closed = False
        self._connection = connection
        self._stopping = stopping
        self._ended = ended

    def send(self, data: bytes) -> None:
        """Send some of the reply."""
        self._connection.sendall(data)

    def finish(self, data: bytes) -> None:
        """Send the last of the reply. The log shows the end first, so that no client is ahead of the log."""
        self._ended()
        self.send(data)

    def hold(self, seconds: float = math.inf) -> None:
        """Wait; raise ``Gone`` as soon as the client leaves or the server stops."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            if self._stopping.wait(min(left, _TICK)) or self._client_left():
                raise GoneError

    def close(self) -> None:
        """Close the connection in an orderly way once the exchange is over."""
        self._ended()
        self.closed = True

    def reset(self) -> None:
        """Cut the connection at once with a TCP reset."""
        self.close()
        self._connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        socket.close(self._connection.detach())

    def _client_left(self) -> bool:
        readable, _, _ = select.select([self._connection], [], [], 0)
        return bool(readable) and not self._connection.recv(1, socket.MSG_PEEK)


@dataclass(frozen=True)
class Fault:
    """Something that goes wrong with one call. What a fault leaves at its default happens as usual."""

    name: str
    reply: Callable[[Exchange], Reply] | None = None
    """Makes the whole reply; the checks of the request and the rate limit are skipped."""
    answer: Callable[[Answer], Answer] | None = None
    """Changes what the model says."""
    send: Callable[[Wire, Reply], None] | None = None
    """Puts the reply on the wire."""
    late: float = 0.0
    """Seconds to wait on top of the latency."""
    silent: bool = False
    """Whether ``send`` never gets to a status line."""


# ---------------------------------------------------------------- faults: error replies


def status(code: int, error_body: Json | str | None = None, headers: Mapping[str, str] | None = None) -> Fault:
    """Answer with a status; without a body, with an error in OpenAI's form."""
    if error_body is None:
        error_body = _error_body(_phrase(code), "server_error" if code >= 500 else "invalid_request_error")
    kind = {"content-type": "text/plain"} if isinstance(error_body, str) else {}
    data = error_body.encode() if isinstance(error_body, str) else _dump(error_body)
    reply = Reply(code, data, kind | {name.lower(): value for name, value in (headers or {}).items()})
    return Fault(f"status {code}", reply=lambda _: reply)


def rate_limited(
    retry_after: float | str | None = 1, *, ms: bool = False, http_date_offset: float | None = None
) -> Fault:
    """Answer 429 with Retry-After: a number, any text as it is, or no header if None.

    ``ms`` sends retry-after-ms instead. ``http_date_offset`` sends an HTTP-date, from a server whose clock
    (the Date header) is that many seconds ahead.
    """

    def reply(_: Exchange) -> Reply:
        headers = _retry_headers(retry_after, ms, http_date_offset)
        message = "Rate limit reached. Please try again later."
        return _error(429, message, "requests", code="rate_limit_exceeded", headers=headers)

    return Fault("rate_limited", reply=reply)


def quota() -> Fault:
    """Answer 429 insufficient_quota, which no retry mends."""
    message = "You exceeded your current quota, please check your plan and billing details."
    return Fault("quota", reply=lambda _: _error(429, message, "insufficient_quota", code="insufficient_quota"))


def unauthorized(*, echo_key: bool = True) -> Fault:
    """Answer 401, with the request's key in the message if ``echo_key``."""

    def reply(exchange: Exchange) -> Reply:
        key = exchange.headers.get("authorization", "").removeprefix("Bearer ")
        return _error(401, f"Incorrect API key provided: {key if echo_key else '***'}.", code="invalid_api_key")

    return Fault("unauthorized", reply=reply)


def not_found_model() -> Fault:
    """Answer 404 model_not_found."""
    return Fault("not_found_model", reply=lambda exchange: _no_model((exchange.request or {}).get("model")))


def bad_param(name: str) -> Fault:
    """Answer 400 because of a parameter."""
    return Fault("bad_param", reply=lambda _: _unsupported(name))


def context_length(limit: int) -> Fault:
    """Answer 400 context_length_exceeded."""
    return Fault("context_length", reply=lambda exchange: _too_long(limit, _prompt_tokens(exchange.request or {})))


def server_error(code: int = 500) -> Fault:
    """Answer 500, 502, 503, 529 or the like."""
    return replace(status(code), name=f"server_error {code}")


def redirect(location: str, code: int = 307) -> Fault:
    """Send the client elsewhere."""
    return Fault("redirect", reply=lambda _: Reply(code, b"", {"location": location}))


# ---------------------------------------------------------------- faults: on the wire


def reset_before_headers() -> Fault:
    """Reset the connection before any byte of the reply."""
    return Fault("reset_before_headers", send=lambda wire, _: wire.reset(), silent=True)


def reset_mid_body() -> Fault:
    """Reset the connection half way through the body."""

    def send(wire: Wire, reply: Reply) -> None:
        wire.send(reply.head(len(reply.body)) + reply.body[: len(reply.body) // 2])
        wire.hold(_TICK)  # lets the client read the half
        wire.reset()

    return Fault("reset_mid_body", send=send)


def wrong_content_length(excess: int = 100) -> Fault:
    """Promise more bytes than are sent, then close."""

    def send(wire: Wire, reply: Reply) -> None:
        wire.finish(reply.head(len(reply.body) + excess) + reply.body)
        wire.close()

    return Fault("wrong_content_length", send=send)


def garbage(data: bytes = b"\x16\x03\x01\x00\xff\xfe\x00garbage\r\n\r\n") -> Fault:
    """Answer with bytes that are not HTTP, then close."""

    def send(wire: Wire, _: Reply) -> None:
        wire.finish(data)
        wire.close()

    return Fault("garbage", send=send, silent=True)


def stall() -> Fault:
    """Never answer."""
    return Fault("stall", send=lambda wire, _: wire.hold(), silent=True)


def drip(seconds_between: float = 0.5, *, head: bool = False) -> Fault:
    """Send the body one byte at a time; with ``head``, the status line and headers too."""

    def send(wire: Wire, reply: Reply) -> None:
        start = reply.head(len(reply.body))
        wire.send(b"" if head else start)
        data = start + reply.body if head else reply.body
        for byte in data[:-1]:
            wire.send(bytes([byte]))
            wire.hold(seconds_between)
        wire.finish(data[-1:])

    return Fault("drip", send=send)


def late(seconds: float) -> Fault:
    """Answer well, but later than usual."""
    return Fault("late", late=seconds)


def sse_cut(then: Literal["close", "garbage", "stall"] = "close") -> Fault:
    """Answer with an event stream that breaks off before the finish_reason, asked for or not.

    After half of the events the connection closes, at once or after a chunk that is no JSON, or stays silent.
    """

    def send(wire: Wire, reply: Reply) -> None:
        answer = reply.answer or Answer("")
        text = answer.content or ""
        cut = replace(answer, content=text[: len(text) // 2])
        data = b"".join(_event({"choices": [choice]}) for choice in _deltas(cut))
        start = replace(reply, headers={**reply.headers, "content-type": "text/event-stream"}).head(None)
        wire.send(start + data + (b'data: {"choices": [{"del\n\n' if then == "garbage" else b""))
        if then == "stall":
            wire.hold()
        wire.close()

    return Fault("sse_cut", send=send)


# ---------------------------------------------------------------- faults: status 200, wrong body


def html_200() -> Fault:
    """Answer 200 with a web page, as a captive portal does."""
    page = b"<!DOCTYPE html><html><head><title>Sign in</title></head><body><h1>Sign in</h1></body></html>"
    return Fault("html_200", reply=lambda _: Reply(200, page, {"content-type": "text/html; charset=utf-8"}))


def error_200() -> Fault:
    """Answer 200 with an error object."""
    data = _dump(_error_body("The upstream provider failed.", "server_error"))
    return Fault("error_200", reply=lambda _: Reply(200, data))


def missing_choices() -> Fault:
    """Answer with a completion that lacks ``choices``."""

    def reply(exchange: Exchange) -> Reply:
        whole = _completion(exchange, Answer(""))
        return Reply(200, _dump({name: value for name, value in whole.items() if name != "choices"}))

    return Fault("missing_choices", reply=reply)


def finish(reason: str, content: str | None = None, refusal: str | None = None) -> Fault:
    """Answer with this finish_reason, content and refusal."""
    return Fault(f"finish {reason}", answer=lambda _: Answer(content, refusal, reason))


def body(content: str) -> Fault:
    """Answer with this text as the message's content."""
    return Fault("body", answer=lambda answer: replace(answer, content=content))


def big_body(megabytes: float) -> Fault:
    """Answer with a well-formed completion of this size; its length adds nothing to the latency."""

    def reply(exchange: Exchange) -> Reply:
        return Reply(200, _dump(_completion(exchange, Answer("x" * int(megabytes * 1_000_000)))))

    return Fault("big_body", reply=reply)


def raw_json(text: str) -> Fault:
    """Answer 200 with this text as the whole body, JSON or not."""
    return Fault("raw_json", reply=lambda _: Reply(200, text.encode()))


# ---------------------------------------------------------------- the default model


def from_schema(request: Json) -> str:
    """Answer with a minimal instance of the request's JSON schema, or ``{}`` if there is none."""
    schema = _response_format(request).get("json_schema", {}).get("schema")
    return "{}" if schema is None else json.dumps(_instance(schema, schema))


def _instance(schema: Json, root: Json, depth: int = 0) -> Any:
    """Return a minimal instance of a schema; past a depth, what may be null or empty is."""
    schema = _resolved(schema, root)
    if "const" in schema:
        return schema["const"]
    if "enum" in schema:
        return schema["enum"][0]
    options = schema.get("anyOf") or schema.get("oneOf")
    if options is None and isinstance(schema.get("type"), list):
        options = [{**schema, "type": kind} for kind in schema["type"]]
    if options is not None:
        return _instance(_chosen(options, depth), root, depth + 1)
    if schema.get("type") == "object" or "properties" in schema:
        return {name: _instance(part, root, depth + 1) for name, part in schema.get("properties", {}).items()}
    if schema.get("type") == "array":
        count = max(schema.get("minItems", 0), 0 if depth > _DEEP else 1)
        return [_instance(schema.get("items", {}), root, depth + 1) for _ in range(count)]
    return _scalar(schema)


def _resolved(schema: Json, root: Json) -> Json:
    """Follow ``$ref`` and merge ``allOf``."""
    while "$ref" in schema:
        target: Any = root
        for key in schema["$ref"].removeprefix("#").split("/")[1:]:
            target = target[key.replace("~1", "/").replace("~0", "~")]
        schema = target
    for part in schema.get("allOf", ()):
        schema = {**_resolved(part, root), **schema}
    return schema


def _chosen(options: Sequence[Json], depth: int) -> Json:
    """Return the first option that is not null, or, past a depth, the null one."""
    nulls = [option for option in options if option.get("type") == "null"]
    others = [option for option in options if option.get("type") != "null"]
    return (nulls + others if depth > _DEEP else others + nulls)[0]


def _scalar(schema: Json) -> Any:
    """Return a minimal string, number, boolean or null."""
    match schema.get("type"):
        case "integer" | "number":
            low = max(schema.get("minimum", 0), schema.get("exclusiveMinimum", -1) + 1)
            return min(low, schema.get("maximum", low))
        case "boolean":
            return False
        case "null":
            return None
        case _:
            return "x" * max(1, schema.get("minLength", 1))


# ---------------------------------------------------------------- building replies


def _dump(value: Json) -> bytes:
    """Return JSON in UTF-8; a lone surrogate becomes its escape, which is valid inside a JSON string."""
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "backslashreplace")


def _phrase(code: int) -> str:
    return responses.get(code, "Unknown")


def _error_body(message: str, kind: str, param: str | None = None, code: str | None = None) -> Json:
    return {"error": {"message": message, "type": kind, "param": param, "code": code}}


def _error(
    number: int,
    message: str,
    kind: str = "invalid_request_error",
    *,
    param: str | None = None,
    code: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> Reply:
    """Return an error reply in OpenAI's form."""
    return Reply(number, _dump(_error_body(message, kind, param, code)), headers or {})


def _no_model(name: object) -> Reply:
    message = f"The model `{name}` does not exist or you do not have access to it."
    return _error(404, message, param="model", code="model_not_found")


def _unsupported(param: str) -> Reply:
    message = f"Unsupported parameter: '{param}' is not supported with this model."
    return _error(400, message, param=param, code="unsupported_parameter")


def _too_long(limit: int, tokens: int) -> Reply:
    message = (
        f"This model's maximum context length is {limit} tokens. However, your messages resulted in "
        f"{max(tokens, limit + 1)} tokens. Please reduce the length of the messages."
    )
    return _error(400, message, param="messages", code="context_length_exceeded")


def _retry_headers(retry_after: float | str | None, ms: bool, offset: float | None) -> dict[str, str]:
    now = int(time.time() + (offset or 0))
    headers = {} if offset is None else {"date": formatdate(now, usegmt=True)}
    name = "retry-after-ms" if ms else "retry-after"
    match retry_after:
        case None:
            return headers
        case str():
            return headers | {name: retry_after}
        case _ if offset is not None:
            return headers | {name: formatdate(now + retry_after, usegmt=True)}
        case _:
            value = float(retry_after * (1000 if ms else 1))
            return headers | {name: str(int(value) if value.is_integer() else value)}


def _completion(exchange: Exchange, answer: Answer, *, usage: bool = True) -> Json:
    """Return the body of a chat completion."""
    message = {"role": "assistant", "content": answer.content, "refusal": answer.refusal}
    logprobs = _logprobs(answer.content) if (exchange.request or {}).get("logprobs") else None
    choice = {"index": 0, "message": message, "logprobs": logprobs, "finish_reason": answer.finish_reason}
    return {
        "id": f"chatcmpl-{exchange.number}",
        "object": "chat.completion",
        "created": int(time.time()),
        "model": (exchange.request or {}).get("model"),
        "choices": [choice],
        **({"usage": _usage(exchange, answer)} if usage else {}),
    }


def _logprobs(content: str | None) -> Json:
    """Return the log-probabilities of an answer in three tokens: the second is the label, at 80 per cent."""
    found = re.match(r'(\{"label": ")(\w+)(.*)', content or "", re.DOTALL)
    begun, label, rest = found.groups() if found else (content or "", "", "")
    other = "contr" if label == "supported" else "supported"

    def place(token: str) -> Json:
        top = [(token, math.log(0.8)), (other, math.log(0.2))] if token == label else [(token, 0.0)]
        named = [{"token": word, "logprob": value, "bytes": None} for word, value in top]
        return {**named[0], "top_logprobs": named}

    return {"content": [place(token) for token in (begun, label, rest)], "refusal": None}


def _usage(exchange: Exchange, answer: Answer) -> Json:
    prompt = _prompt_tokens(exchange.request or {})
    return {"prompt_tokens": prompt, "completion_tokens": answer.tokens, "total_tokens": prompt + answer.tokens}


def _stream(exchange: Exchange, answer: Answer, usage: bool) -> bytes:
    """Return a whole chat completion as an event stream."""
    whole = _completion(exchange, answer, usage=False) | {"object": "chat.completion.chunk"}
    last = {"index": 0, "delta": {}, "finish_reason": answer.finish_reason}
    events = [_event(whole | {"choices": [choice]}) for choice in [*_deltas(answer), last]]
    if usage and ((exchange.request or {}).get("stream_options") or {}).get("include_usage"):
        events.append(_event(whole | {"choices": [], "usage": _usage(exchange, answer)}))
    return b"".join([*events, b"data: [DONE]\n\n"])


def _deltas(answer: Answer) -> Iterator[Json]:
    """Yield the choices of the streamed chunks up to, not including, the one with the finish_reason."""
    key = "content" if answer.refusal is None else "refusal"
    text = answer.refusal or answer.content or ""
    pieces = [text[start : start + 16] for start in range(0, len(text), 16)]
    for delta in ({"role": "assistant", key: ""}, *({key: piece} for piece in pieces)):
        yield {"index": 0, "delta": delta, "finish_reason": None}


def _event(chunk: Json) -> bytes:
    return b"data: " + _dump(chunk) + b"\n\n"


def _send_whole(wire: Wire, reply: Reply) -> None:
    wire.finish(reply.head(len(reply.body)) + reply.body)


# ---------------------------------------------------------------- reading requests


def _parsed(data: bytes) -> Json | None:
    try:
        value = json.loads(data)
    except ValueError:
        return None
    return value if isinstance(value, dict) else None


def _prompt_tokens(request: Json) -> int:
    """Estimate the tokens of the messages: a quarter of their characters."""
    return sum(len(text) for message in request.get("messages") or [] for text in _texts(message.get("content"))) // 4


def _texts(content: str | Sequence[Json] | None) -> list[str]:
    return [content] if isinstance(content, str) else [part.get("text") or "" for part in content or ()]


def _response_format(request: Json) -> Json:
    value = request.get("response_format")
    return value if isinstance(value, dict) else {}


def _features(request: Json) -> dict[Feature, str]:
    """Return the features that a request uses, each with the parameter it is asked for by."""
    used: dict[Feature, str] = {}
    wanted = _response_format(request)
    if wanted.get("type") == "json_schema":
        if wanted.get("json_schema", {}).get("strict"):
            used["json_schema_strict"] = "response_format.json_schema.strict"
        used["json_schema"] = "response_format"
    if wanted.get("type") == "json_object":
        used["json_object"] = "response_format"
    plain: tuple[Feature, ...] = ("temperature", "seed", "max_completion_tokens", "max_tokens", "logprobs")
    return used | {name: name for name in plain if request.get(name) is not None}


# ---------------------------------------------------------------- rate limits


class _Bucket:
    """A token bucket that holds a minute's worth and refills evenly."""

    def __init__(self, per_minute: int) -> None:
        self.capacity = per_minute
        self._level = float(per_minute)
        self._at = time.monotonic()

    @property
    def level(self) -> float:
        now = time.monotonic()
        self._level = min(self.capacity, self._level + (now - self._at) * self.capacity / 60)
        self._at = now
        return self._level

    def wait(self, amount: float) -> float:
        """Return the seconds until there is room; more than fits at all needs a full bucket."""
        return max(0.0, (min(amount, self.capacity) - self.level) * 60 / self.capacity)

    def take(self, amount: float) -> None:
        self._level = self.level - amount


class _Limiter:
    """Limits of requests and tokens per minute. Tokens of the answer are charged when they are known."""

    def __init__(self, rpm: int | None, tpm: int | None) -> None:
        limits = {"requests": rpm, "tokens": tpm}
        self._buckets = {name: _Bucket(limit) for name, limit in limits.items() if limit is not None}
        self._lock = threading.Lock()

    def admit(self, prompt_tokens: int) -> tuple[str, float]:
        """Take one request if it fits; return the limit that is short and the seconds to wait, 0 if none."""
        costs = {"requests": 1, "tokens": prompt_tokens}
        with self._lock:
            waits = {name: bucket.wait(costs[name]) for name, bucket in self._buckets.items()}
            short = max(waits, key=waits.__getitem__, default="requests")
            if not any(waits.values()):
                for name, bucket in self._buckets.items():
                    bucket.take(costs[name])
        return short, waits.get(short, 0.0)

    def charge(self, tokens: int) -> None:
        """Take the tokens of an answer, below zero if need be."""
        with self._lock:
            if "tokens" in self._buckets:
                self._buckets["tokens"].take(tokens)

    def headers(self) -> dict[str, str]:
        """Return the x-ratelimit headers of this moment."""
        headers: dict[str, str] = {}
        with self._lock:
            for name, bucket in self._buckets.items():
                headers[f"x-ratelimit-limit-{name}"] = str(bucket.capacity)
                headers[f"x-ratelimit-remaining-{name}"] = str(max(0, int(bucket.level)))
                headers[f"x-ratelimit-reset-{name}"] = f"{round(bucket.wait(bucket.capacity), 3):g}s"
        return headers


# ---------------------------------------------------------------- the server


@dataclass(kw_only=True, eq=False)
class FaultServer:
    """A server on a local port, from ``__enter__`` to ``__exit__``.

    The fault of chat call n is ``fault_for(n, request)`` if given, else ``faults[n]``, and after the end of
    ``faults``, ``always``. A 200 takes ``base + per_token * completion tokens`` seconds, any other status none.
    """

    host: str = "127.0.0.1"
    port: int = 0
    prefix: str = "/v1"
    responder: Responder = from_schema
    """Answers for every model name, unless ``models`` is given."""
    models: Mapping[str, Responder] | None = None
    """The models there are, each with who answers for it; any other name is a 404."""
    faults: Sequence[Fault | None] = ()
    always: Fault | None = None
    fault_for: Callable[[int, Json], Fault | None] | None = None
    base: float = 0.0
    per_token: float = 0.0
    usage: bool = True
    rejects: AbstractSet[Feature] = frozenset()
    """What the server does not support: a request that uses one is a 400 that names the parameter."""
    rpm: int | None = None
    tpm: int | None = None
    n_ctx: int | None = None
    """The longest prompt, in estimated tokens."""
    cuts: bool = False
    """Whether a longer one is cut to half of that without a word, as Ollama does, in place of refused."""

    calls_at: ClassVar[frozenset[str]] = frozenset({"/chat/completions"})
    """The routes below the prefix that are asked of a model."""

    log: list[Exchange] = field(init=False, default_factory=list)
    """All requests in order of arrival (but ``GET /log``)."""
    calls: list[Exchange] = field(init=False, default_factory=list)
    """The chat calls among them: ``calls[n]`` is the one that ``faults[n]`` is for."""
    stopping: threading.Event = field(init=False, default_factory=threading.Event)
    _in_flight: int = field(init=False, default=0)
    _changed: threading.Condition = field(init=False, default_factory=threading.Condition)

    def __post_init__(self) -> None:
        """Set up the limits; the port is not open yet."""
        self.prefix = "/" + self.prefix.strip("/") if self.prefix.strip("/") else ""
        self._limiter = _Limiter(self.rpm, self.tpm)
        self._listener: _Listener | None = None

    def __enter__(self) -> Self:
        """Open the port and serve."""
        self._listener = _Listener(self)
        serve = partial(self._listener.serve_forever, poll_interval=0.02)
        threading.Thread(target=serve, name="fault-server", daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Stop: release the exchanges under way and close every connection."""
        assert self._listener is not None
        self.stopping.set()
        self._listener.stop()
        with self._changed:
            self._changed.wait_for(lambda: self._in_flight == 0, timeout=0.3)

    @property
    def base_url(self) -> str:
        """The URL for a client, once the server runs: ``http://127.0.0.1:PORT/v1``."""
        assert self._listener is not None, "the server has not been started"
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self._listener.server_address[1]}{self.prefix}"

    def arrive(self, method: str, path: str, headers: dict[str, str], data: bytes, start: float) -> Exchange:
        """Log a request that has been read."""
        is_call = method == "POST" and self._route(path) in self.calls_at
        with self._changed:
            self._in_flight += 1
            exchange = Exchange(
                number=len(self.log),
                call=len(self.calls) if is_call else None,
                method=method,
                path=path,
                headers=headers,
                body_length=len(data),
                body_sha256=hashlib.sha256(data).hexdigest(),
                request=_parsed(data),
                in_flight=self._in_flight,
                start=start,
            )
            self.log.append(exchange)
            if is_call:
                self.calls.append(exchange)
        return exchange

    def leave(self, exchange: Exchange) -> None:
        """Log the end of an exchange; only the first time counts."""
        with self._changed:
            if exchange.end == math.inf:
                exchange.end = time.monotonic()
                self._in_flight -= 1
                self._changed.notify_all()

    def play(self, exchange: Exchange, wire: Wire) -> None:
        """Answer an exchange, with its fault if it has one."""
        fault = self._fault(exchange) or Fault("")
        exchange.fault = fault.name
        reply = fault.reply(exchange) if fault.reply else self._reply(exchange, fault)
        reply = replace(reply, headers={**self._limiter.headers(), **reply.headers})
        exchange.completion_tokens = reply.answer.tokens if reply.answer else 0
        latency = self.base + self.per_token * exchange.completion_tokens if reply.status == 200 else 0.0
        wire.hold((latency if exchange.call is not None else 0.0) + fault.late)
        exchange.status = 0 if fault.silent else reply.status
        (fault.send or _send_whole)(wire, reply)

    def dump_log(self) -> bytes:
        """Return the log as a JSON list, without bodies and headers; ``end`` is null while under way."""
        with self._changed:
            rows = [{name: getattr(exchange, name) for name in _LOG_FIELDS} for exchange in self.log]
        return json.dumps([row | {"end": None} if row["end"] == math.inf else row for row in rows]).encode()

    def _route(self, path: str) -> str | None:
        """Return the path below the prefix, or None if it is not below."""
        path = path.partition("?")[0]
        return path.removeprefix(self.prefix) if path.startswith(self.prefix + "/") else None

    def _fault(self, exchange: Exchange) -> Fault | None:
        number = exchange.call
        if number is None:
            return None
        if self.fault_for is not None:
            return self.fault_for(number, exchange.request or {})
        return self.faults[number] if number < len(self.faults) else self.always

    def _reply(self, exchange: Exchange, fault: Fault) -> Reply:
        """Return the reply to a request, good or bad."""
        route = self._route(exchange.path)
        if exchange.call is not None:
            return self.called(exchange, fault)
        if exchange.method == "GET" and route == "/models":
            return Reply(200, _dump({"object": "list", "data": [_model(name) for name in self.models or ["model"]]}))
        if exchange.method == "GET" and route and route.startswith("/models/"):
            name = unquote(route.removeprefix("/models/"))
            return Reply(200, _dump(_model(name))) if self.models is None or name in self.models else _no_model(name)
        return _error(404, f"Invalid URL ({exchange.method} {exchange.path})")

    def called(self, exchange: Exchange, fault: Fault) -> Reply:
        """Return the reply to a chat call: a complaint or a completion."""
        request = exchange.request
        if request is None:
            return _error(400, "We could not parse the JSON body of your request.")
        responder = self.responder if self.models is None else self.models.get(str(request.get("model")))
        if responder is None:
            return _no_model(request.get("model"))
        if complaint := self._complaint(request):
            return complaint
        cut = self.cuts and self.n_ctx is not None and _prompt_tokens(request) > self.n_ctx
        answer = Answer(from_schema(request) if cut else responder(request))
        self._limiter.charge(answer.tokens)
        answer = fault.answer(answer) if fault.answer else answer
        if request.get("stream"):
            return Reply(200, _stream(exchange, answer, self.usage), {"content-type": "text/event-stream"}, answer)
        whole = _completion(exchange, answer, usage=self.usage)
        if cut and self.n_ctx is not None:
            whole["usage"]["prompt_tokens"] = self.n_ctx // 2 + 2
        return Reply(200, _dump(whole), answer=answer)

    def _complaint(self, request: Json) -> Reply | None:
        """Return the reply to a request that asks for too much."""
        for feature, param in _features(request).items():
            if feature in self.rejects:
                return _unsupported(param)
        tokens = _prompt_tokens(request)
        if self.n_ctx is not None and tokens > self.n_ctx and not self.cuts:
            return _too_long(self.n_ctx, tokens)
        short, seconds = self._limiter.admit(tokens)
        if seconds == 0:
            return None
        message = f"Rate limit reached for {short}. Please try again in {seconds:.3f}s."
        headers = {"retry-after": str(math.ceil(seconds))}
        return _error(429, message, short, code="rate_limit_exceeded", headers=headers)


def _model(name: str) -> Json:
    return {"id": name, "object": "model", "created": 0, "owned_by": "fault-server"}


class _Listener(ThreadingTCPServer):
    """The listening socket, and the connections it has accepted."""

    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, owner: FaultServer) -> None:
        self.address_family = socket.AF_INET6 if ":" in owner.host else socket.AF_INET
        self.owner = owner
        self._connections: set[Any] = set()
        super().__init__((owner.host, owner.port), _Handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        self._connections.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        self._connections.discard(request)
        super().shutdown_request(request)

    def stop(self) -> None:
        """Accept no more, and end the connections there are, idle ones too."""
        self.shutdown()
        self.server_close()
        for connection in self._connections.copy():
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)


class _Handler(BaseHTTPRequestHandler):
    """Reads requests from one connection and has the server play them."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Listener

    def handle(self) -> None:
        with suppress(ConnectionError):
            super().handle()

    def do_GET(self) -> None:
        if self.path == "/log":
            _send_whole(self._wire(lambda: None), Reply(200, self.server.owner.dump_log()))
        else:
            self._play()

    def do_POST(self) -> None:
        self._play()

    def do_DELETE(self) -> None:
        self._play()

    def _play(self) -> None:
        owner, start = self.server.owner, time.monotonic()
        data = self.rfile.read(int(self.headers.get("content-length", 0)))
        headers = {name.lower(): value for name, value in self.headers.items()}
        exchange = owner.arrive(self.command, self.path, headers, data, start)
        wire = self._wire(partial(owner.leave, exchange))
        try:
            owner.play(exchange, wire)
        finally:
            owner.leave(exchange)
        self.close_connection = self.close_connection or wire.closed

    def _wire(self, ended: Callable[[], None]) -> Wire:
        return Wire(self.connection, self.server.owner.stopping, ended)

    def log_message(self, format: str, *args: Any) -> None:
        """Keep stderr clean."""


# ---------------------------------------------------------------- the script


def _characters(name: str) -> dict[str, Any]:
    """Import MODULE:NAME, a responder or a mapping of model names to responders."""
    module, _, attribute = name.partition(":")
    value = getattr(importlib.import_module(module), attribute)
    return {"models" if isinstance(value, Mapping) else "responder": value}


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until stdin closes; the first line of stdout is the base URL."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--prefix", default="/v1")
    parser.add_argument("--base", type=float, default=0.0, help="seconds for any answer")
    parser.add_argument("--per-token", type=float, default=0.0, help="seconds more for each completion token")
    parser.add_argument("--rpm", type=int, help="requests per minute")
    parser.add_argument("--tpm", type=int, help="tokens per minute")
    parser.add_argument("--n-ctx", type=int, help="longest prompt in tokens")
    parser.add_argument("--characters", type=_characters, default={}, metavar="MODULE:NAME", help=_characters.__doc__)
    options = vars(parser.parse_args(arguments))
    characters = options.pop("characters")
    with FaultServer(**options, **characters) as server:
        sys.stdout.write(f"{server.base_url}\n")
        sys.stdout.flush()
        sys.stdin.read()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
