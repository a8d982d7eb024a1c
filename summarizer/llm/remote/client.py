"""Send one request to an OpenAI-compatible server and bring back its answer, by a deadline that holds."""

import asyncio
import ipaddress
import random
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass
from weakref import WeakKeyDictionary

from summarizer.errors import RefusedError, UsageError
from summarizer.llm.asking import (
    Answer,
    CallError,
    EnvelopeError,
    Request,
    TooLongError,
    TopLogprobs,
    top_logprobs_of,
)
from summarizer.llm.remote.failures import Fault, TransientError, UnsupportedError, wait_of
from summarizer.llm.remote.pace import Gate
from summarizer.llm.wire import BadReplyError, strict_json, wire_schema
from summarizer.schema import Reason

if TYPE_CHECKING:
    import openai
    import tenacity

ATTEMPTS = 4  # HTTP requests for one call, at most
LARGEST_BODY = 4_000_000  # bytes
TOP_LOGPROBS = 8  # other tokens to hear of, for each token of an answer
LOGPROB_TOKENS = 8  # tokens of an answer; a label is at its beginning
RESPONSE_FORMATS = ("strict", "json_schema", "json_object", "plain")
OPENAI = "https://api.openai.com/v1"
SETTLED: dict[str, "Dialect"] = {}  # by base URL, for the life of the process


class Dialect(NamedTuple):
    """What a server understands; found out once for each base URL."""

    rung: int = 0
    left_out: frozenset[str] = frozenset()


class Server(NamedTuple):
    """Where a model is and how to ask it."""

    base_url: str
    model: str
    key: str | None
    """Sent to the host of `base_url` and nowhere else."""
    timeout: float = 120.0
    """Seconds for one attempt, by the wall."""
    deadline: float = 300.0
    """Seconds for one call with all its attempts."""
    concurrency: int = 8
    temperature: float = 0.0

    @property
    def host(self) -> str:
        parts = urlsplit(self.base_url)
        return parts.netloc.rpartition("@")[2]


def checked_url(url: str) -> str:
    """The base URL without its last slash. Raises a `UsageError` for what is no http or https URL."""
    parts = urlsplit(url)
    try:
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable or parts.query or parts.fragment or parts.username or any(ord(sign) <= 32 for sign in url):
        raise UsageError(f"{url}: not a base URL; it looks like https://host/v1, without user, query or fragment")
    return url.rstrip("/")


def is_this_machine(host: str | None) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host or "").is_loopback
    except ValueError:
        return False


class RemoteCaller:
    """A `Caller` that asks a server."""

    name = "openai"
    remote = True

    def __init__(self, server: Server) -> None:
        self.server = server
        self.model: str | None = server.model
        self.base_url: str | None = server.base_url
        where = (
            "a server on this machine" if is_this_machine(urlsplit(server.base_url).hostname) else "the text goes there"
        )
        self.destination = f"{server.model} at {server.host}; {where}"
        self.requests = 0
        """HTTP requests sent so far, retries included."""
        self._lines: WeakKeyDictionary[asyncio.AbstractEventLoop, _Line] = WeakKeyDictionary()

    async def call(self, request: Request) -> Answer:
        """Ask until there is an answer, the deadline is near, or it is plain that there will be none."""
        import tenacity  # noqa: PLC0415 (only when a request is about to be sent)

        line = self._open()
        clock = _Clock(self.server.deadline)
        retrying = tenacity.AsyncRetrying(
            retry=tenacity.retry_if_exception_type(TransientError),
            stop=lambda state: state.attempt_number >= ATTEMPTS or clock.runs_out(state.upcoming_sleep),
            wait=_pause,
            sleep=asyncio.sleep,
            reraise=True,
        )
        try:
            answer: Answer = await retrying(self._in_its_dialect, line, request, clock)
        except TransientError as error:
            raise CallError(Reason.UNAVAILABLE, f"{self.server.host}: {error}") from None
        return answer

    async def accept(self, request: Request, answer: Answer) -> None:
        """Nothing is kept here."""

    async def close(self) -> None:
        """Close the connections of this event loop, and of no other."""
        line = self._lines.pop(asyncio.get_running_loop(), None)
        if line:
            line.keeper.cancel()
            await asyncio.gather(line.keeper, return_exceptions=True)

    def _open(self) -> "_Line":
        """The connections of this event loop: they cannot outlive it, so they are closed where it ends."""
        loop = asyncio.get_running_loop()
        if loop not in self._lines:
            client = _client(self.server)
            keeper = loop.create_task(_closed_at_the_end(client))
            self._lines[loop] = _Line(client, Gate(self.server.concurrency), keeper)
        return self._lines[loop]

    async def _in_its_dialect(self, line: "_Line", request: Request, clock: "_Clock") -> Answer:
        """One attempt; what the server does not understand is left out, once for each base URL."""
        for _ in range(len(RESPONSE_FORMATS) + 3):
            async with line.gate.passed():
                clock.start()
                dialect = SETTLED.get(self.server.base_url, Dialect())
                try:
                    return await self._attempt(line, request, dialect, clock.left())
                except UnsupportedError as error:
                    if SETTLED.get(self.server.base_url, Dialect()) == dialect:
                        SETTLED[self.server.base_url] = _without(error.part, dialect)
        raise CallError(Reason.UNAVAILABLE, f"{self.server.host}: refuses every form of the request")

    async def _attempt(self, line: "_Line", request: Request, dialect: Dialect, left: float) -> Answer:
        import httpx2  # noqa: PLC0415
        import openai  # noqa: PLC0415

        line.gate.check()
        self.requests += 1
        seconds = min(self.server.timeout, max(0.01, left))
        try:
            async with asyncio.timeout(seconds):
                create = line.client.chat.completions.with_raw_response.create
                reply = await create(**_parameters(self.server, request, dialect))
                body, headers = reply.http_response.content, reply.headers
        except TimeoutError:
            raise TransientError(f"no answer within {seconds:.0f} s") from None
        except openai.APIStatusError as error:
            raise self._named(line, error) from None
        except openai.APIConnectionError as error:
            raise TransientError(_why(error, self.server.base_url)) from None
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:
            raise TransientError(_why(error, self.server.base_url)) from None
        except _TooLargeError:
            raise CallError(
                Reason.BAD_REPLY, f"{self.server.host}: the reply has more than {LARGEST_BODY:,} bytes"
            ) from None
        line.gate.succeeded(headers)
        return self._answer(body)

    def _named(self, line: "_Line", error: "openai.APIStatusError") -> Exception:
        """What an error status means for this call, for all calls, or for the form of the request."""
        status, headers = error.status_code, error.response.headers
        fault = Fault.of(status, error.body)
        said = self._without_key(fault.message)
        host, model = self.server.host, self.server.model
        if fault.is_quota:
            return self._refused(line, f"{host}: the quota is used up ({said}); add credit or use another key")
        if status in (401, 403):
            return self._refused(line, f"{host}: refuses the key ({status}): {self._key_hint()}")
        if fault.is_context:
            return TooLongError(fault.limit)
        if part := fault.unsupported_part():
            return UnsupportedError(part)
        if status == 404:
            hint = f"no model {model!r} there, or no API under this base URL; `summarizer doctor` lists its models"
            return self._refused(line, f"{host}: {hint}" + (f" ({said})" if said else ""))
        if 300 <= status < 400:
            target = urlsplit(headers.get("location", "")).netloc or "elsewhere"
            return self._refused(line, f"{host}: redirects to {target}; redirects are not followed, name that base URL")
        if status == 429:
            wait = wait_of(headers)
            line.gate.too_fast(wait)
            return TransientError(f"too many requests (429): {said}", wait, limited=True)
        if status in (408, 409, 425) or status >= 500:
            return TransientError(f"error {status}: {said}", wait_of(headers))
        return CallError(Reason.UNAVAILABLE, f"{host}: refuses the request ({status}): {said}")

    def _refused(self, line: "_Line", message: str) -> RefusedError:
        line.gate.refuse(message)
        return RefusedError(message)

    def _key_hint(self) -> str:
        if self.server.key:
            return "check it, and what it may be used for"
        return "none was sent, because none was given for this host; see `summarizer config show`"

    def _answer(self, body: bytes) -> Answer:
        """Read the envelope; what is none is a bad reply, whatever its status said."""
        try:
            whole = strict_json(body.decode("utf-8"))
            choice = whole["choices"][0]
            message = choice["message"]
            text, refusal = message.get("content"), message.get("refusal")
            if not isinstance(text, (str, type(None))) or not isinstance(refusal, (str, type(None))):
                raise TypeError
        except (BadReplyError, UnicodeDecodeError, KeyError, IndexError, TypeError, AttributeError):
            raise EnvelopeError(f"{self.server.host}: not an OpenAI-style reply") from None
        usage = whole.get("usage") if isinstance(whole.get("usage"), Mapping) else {}
        details = usage.get("prompt_tokens_details")
        cached = details.get("cached_tokens") if isinstance(details, Mapping) else None
        finish = choice.get("finish_reason")
        return Answer(
            text=text,
            finish=finish if isinstance(finish, str) else None,
            refusal=refusal,
            input_tokens=_count(usage.get("prompt_tokens")),
            output_tokens=_count(usage.get("completion_tokens")),
            cached_tokens=_count(cached),
            top_logprobs=_top_logprobs(choice.get("logprobs")),
        )

    def _without_key(self, text: str) -> str:
        return text.replace(self.server.key, "[key]") if self.server.key else text


class _Clock:
    """The deadline of one call. It runs from the first request on: waiting for a place in our own queue is no fault
    of the server, and a slow one with many claims to judge has a long queue.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._until: float | None = None

    def start(self) -> None:
        if self._until is None:
            self._until = time.monotonic() + self._seconds

    def left(self) -> float:
        return self._seconds if self._until is None else self._until - time.monotonic()

    def runs_out(self, wait: float) -> bool:
        """Whether an attempt after that many seconds would begin too late."""
        return self.left() <= wait


class _Line(NamedTuple):
    """The connections of one event loop."""

    client: "openai.AsyncOpenAI"
    gate: Gate
    keeper: asyncio.Task[None]
    """Closes the client when it is cancelled, at the latest with the event loop."""


async def _closed_at_the_end(client: "openai.AsyncOpenAI") -> None:
    try:
        await asyncio.Event().wait()
    finally:
        await client.close()


class _TooLargeError(Exception):
    pass


def _client(server: Server) -> "openai.AsyncOpenAI":
    import httpx2  # noqa: PLC0415 (half a second; only when a request is about to be sent)
    import openai  # noqa: PLC0415

    class Capped(httpx2.AsyncByteStream):
        """A body that is given up once it is too large."""

        def __init__(self, inner: Any) -> None:
            self._inner = inner

        async def __aiter__(self) -> Any:
            taken = 0
            async for chunk in self._inner:
                taken += len(chunk)
                if taken > LARGEST_BODY:
                    raise _TooLargeError
                yield chunk

        async def aclose(self) -> None:
            await self._inner.aclose()

    async def cap(response: Any) -> None:
        response.stream = Capped(response.stream)

    async def bare(request: Any) -> None:
        request.headers.pop("authorization", None)

    return openai.AsyncOpenAI(
        api_key=server.key or "none",
        base_url=server.base_url,
        organization=None,
        project=None,
        max_retries=0,
        timeout=server.timeout,
        http_client=httpx2.AsyncClient(
            timeout=server.timeout,
            follow_redirects=False,
            verify=server.base_url.startswith("https:"),  # without TLS there is nothing to load certificates for
            limits=httpx2.Limits(max_connections=server.concurrency, max_keepalive_connections=server.concurrency),
            event_hooks={"request": [] if server.key else [bare], "response": [cap]},
        ),
        default_headers={"Accept-Encoding": "identity"},
    )


def _parameters(server: Server, request: Request, dialect: Dialect) -> dict[str, Any]:
    """The arguments of the call, in the dialect of the server."""
    messages = [{"role": message.role, "content": message.text} for message in request.messages]
    schema = wire_schema(request.reply)
    name = request.reply.__name__
    rung = RESPONSE_FORMATS[dialect.rung]
    arguments: dict[str, Any] = {"model": server.model, "messages": messages}
    if rung in ("strict", "json_schema"):
        body = {"name": name, "schema": schema} | ({"strict": True} if rung == "strict" else {})
        arguments["response_format"] = {"type": "json_schema", "json_schema": body}
    elif rung == "json_object":
        arguments["response_format"] = {"type": "json_object"}
    if "temperature" not in dialect.left_out:
        arguments["temperature"] = server.temperature
    if request.top_logprobs and "logprobs" not in dialect.left_out:
        arguments |= {"logprobs": True, "top_logprobs": TOP_LOGPROBS}
    limit = "max_tokens" if "max_completion_tokens" in dialect.left_out else "max_completion_tokens"
    arguments[limit] = request.max_tokens
    return arguments


def _without(part: str, dialect: Dialect) -> Dialect:
    if part == "strict":
        return dialect._replace(rung=max(dialect.rung, RESPONSE_FORMATS.index("json_schema")))
    if part == "response_format":
        # Two refusals are enough: a server that took neither form of the schema is asked in plain words.
        after = "json_object" if RESPONSE_FORMATS[dialect.rung] == "strict" else "plain"
        return dialect._replace(rung=RESPONSE_FORMATS.index(after))
    return dialect._replace(left_out=dialect.left_out | {part})


def _pause(state: "tenacity.RetryCallState") -> float:
    """What the server asked for and up to a tenth more, else from half a second doubling to eight, with jitter."""
    error = state.outcome.exception() if state.outcome else None
    asked = error.wait if isinstance(error, TransientError) else None
    spread = random.random()  # noqa: S311 (jitter, no secret)
    if asked is not None:
        return asked * (1 + spread / 10)
    return min(8.0, 0.5 * 2.0 ** (state.attempt_number - 1)) * (0.75 + spread / 2)


def _why(error: Exception, base_url: str) -> str:
    cause = error.__cause__ or error
    return f"no connection ({type(cause).__name__}){_through_a_proxy(base_url)}"


def _through_a_proxy(base_url: str) -> str:
    """A hint where the environment sends requests for this server to a proxy; whose address may hold a password."""
    parts = urlsplit(base_url)
    host = parts.hostname or ""
    set_here = {parts.scheme, "all"} & getproxies().keys()
    if not set_here or proxy_bypass(host):
        return ""
    return f"; the request went to the proxy of {min(set_here).upper()}_PROXY: for a server without one, set NO_PROXY={host}"


def _top_logprobs(found: Any) -> TopLogprobs:
    """The log-probabilities of an answer; None where they are not there or not of the form, which loses nothing else."""
    try:
        places = [place["top_logprobs"][:TOP_LOGPROBS] for place in found["content"][:LOGPROB_TOKENS]]
        return top_logprobs_of([[(one["token"], round(one["logprob"], 4)) for one in place] for place in places])
    except (KeyError, TypeError):
        return None


def _count(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None
