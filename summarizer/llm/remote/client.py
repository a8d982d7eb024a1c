"""Send one request to an OpenAI-compatible server and bring back its answer, by a deadline that holds."""

import asyncio
import random
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

from summarizer.errors import RefusedError, UnavailableError, UsageError
from summarizer.llm.decisions.client import DecisionsForm, without_refused
from summarizer.llm.exchange import Answer, CallError, Request, TooLongError
from summarizer.llm.remote.chat import ChatForm, with_room_that_fits
from summarizer.llm.remote.connections import (
    LARGEST_BODY,
    Line,
    TooLargeError,
    client_for,
    closed_at_the_end,
    is_refused_here,
    is_this_machine,
    why,
)
from summarizer.llm.remote.failures import (
    Fault,
    TransientError,
    UnsupportedError,
    body_without_key,
    error_within,
    wait_of,
    without_key,
)
from summarizer.llm.remote.pace import Clock, Gate
from summarizer.schema import Reason
from summarizer.settings import shown_url

if TYPE_CHECKING:
    import tenacity

ATTEMPTS = 4  # HTTP requests for one call, at most, but for those that the server called too fast or too early
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 8.0  # seconds before the next attempt, where the server does not say how long
BELIEVED = 10  # attempts after which a wait that the server names is no longer believed to be enough


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
        return host_of(self.base_url)


def checked_url(url: str) -> str:
    """The base URL without its last slash. Raises a `UsageError` for what is no http or https URL."""
    parts = urlsplit(url)
    try:
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable or parts.query or parts.fragment or "@" in parts.netloc or any(ord(sign) <= 32 for sign in url):
        raise UsageError(
            f"{shown_url(url)}: not a base URL; it looks like https://host/v1, without user, query or fragment"
        )
    return url.rstrip("/")


def host_of(url: str) -> str:
    """The host of a URL that comes from outside, without its user; empty where it has none."""
    try:
        return urlsplit(url).netloc.rpartition("@")[2]
    except ValueError:
        return ""


class Asked(NamedTuple):
    """One attempt at a request."""

    server: Server
    request: Request
    dialect: Any
    """What is known of the server, as its form puts it."""


class Form(Protocol):
    """How one kind of request is put to a server, what of it may be left out, and how its reply is read."""

    tries: int
    """Most requests for one attempt, each without what the server did not understand of the one before."""

    def dialect(self, server: Server) -> Any:
        """What is known of the server so far."""

    def leave_out(self, server: Server, dialect: Any, part: str) -> None:
        """Note that the server does not understand a part of that dialect."""

    async def post(self, client: Any, asked: Asked, /) -> Any:
        """Send it once and return the HTTP response."""

    def fault(self, asked: Asked, fault: Fault, /) -> Exception | None:
        """What an error status means for this kind of request; None where it means what it does for all."""

    def answer(self, asked: Asked, body: bytes, /) -> Answer:
        """Read a reply of status 200. Raises an `EnvelopeError` for what is none."""


CHAT, DECISIONS = ChatForm(), DecisionsForm()


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
        self._lines: WeakKeyDictionary[asyncio.AbstractEventLoop, Line] = WeakKeyDictionary()

    def has_kept(self, request: Request) -> bool:  # noqa: ARG002 (nothing is kept here)
        return False

    async def call(self, request: Request) -> Answer:
        """Ask until there is an answer, the deadline is near, or it is plain that there will be none."""
        if request.questions:
            return await without_refused(self._call, request)
        answer = await with_room_that_fits(self._call, request)
        return answer._replace(thinking=request.thinking)

    async def _call(self, request: Request) -> Answer:
        import tenacity  # noqa: PLC0415 (only when a request is about to be sent)

        line = self._open()
        clock, faults = Clock(self.server.deadline), 0
        too_fast: TransientError | None = None

        def is_over(state: "tenacity.RetryCallState") -> bool:
            """A server that is asked too fast, or too early, has not failed: that takes time, but no attempt."""
            nonlocal faults, too_fast
            error = state.outcome.exception() if state.outcome else None
            if isinstance(error, TransientError) and error.limited:
                too_fast = error
            else:
                faults += 1
            return faults >= ATTEMPTS or clock.runs_out(state.upcoming_sleep)

        retrying = tenacity.AsyncRetrying(
            retry=tenacity.retry_if_exception_type(TransientError),
            stop=is_over,
            wait=_pause,
            sleep=asyncio.sleep,
            reraise=True,
        )
        try:
            answer: Answer = await retrying(self._in_its_dialect, line, request, clock)
        except TransientError as error:
            # The last try before the deadline has no time for an answer: what kept the run from one was the pauses.
            told = too_fast if too_fast and faults <= 1 and clock.runs_out(0) else error
            raise CallError(Reason.UNAVAILABLE, f"{self.server.host}: {told}") from None
        return answer

    async def accept(self, request: Request, answer: Answer) -> None:
        """Nothing is kept here."""

    async def close(self) -> None:
        """Close the connections of this event loop, and of no other."""
        line = self._lines.pop(asyncio.get_running_loop(), None)
        if line:
            line.keeper.cancel()
            await asyncio.gather(line.keeper, return_exceptions=True)

    def _open(self) -> Line:
        """The connections of this event loop: they cannot outlive it, so they are closed where it ends."""
        loop = asyncio.get_running_loop()
        if loop not in self._lines:
            client = client_for(self.server)
            keeper = loop.create_task(closed_at_the_end(client))
            self._lines[loop] = Line(client, Gate(self.server.concurrency), keeper)
        return self._lines[loop]

    async def _in_its_dialect(self, line: Line, request: Request, clock: Clock) -> Answer:
        """One attempt; what the server does not understand is left out, once for each base URL."""
        form: Form = DECISIONS if request.questions else CHAT
        said, own = "", None
        for _ in range(form.tries):
            async with line.gate.passed():
                clock.start()
                asked = Asked(self.server, request, own or form.dialect(self.server))
                try:
                    return await self._attempt(line, form, asked, clock.left())
                except UnsupportedError as error:
                    said, own = str(error), error.instead
                    if own is None:
                        form.leave_out(self.server, asked.dialect, error.part)
        raise CallError(Reason.UNAVAILABLE, f"{self.server.host}: refuses every form of the request: {said}")

    async def _attempt(self, line: Line, form: Form, asked: Asked, left: float) -> Answer:
        import httpx2  # noqa: PLC0415
        import openai  # noqa: PLC0415

        line.gate.check()
        self.requests += 1
        seconds = min(self.server.timeout, max(0.01, left))
        try:
            async with asyncio.timeout(seconds):
                reply = await form.post(line.client, asked)
                body, headers = body_without_key(reply.content, self.server.key), reply.headers
        except TimeoutError:
            raise TransientError(f"no answer within {seconds:.0f} s") from None
        except openai.APIStatusError as error:
            raise self._named(line, form, asked, error.status_code, error.body, error.response.headers) from None
        except openai.APIConnectionError as error:
            if is_refused_here(error, self.server.base_url) and not line.gate.heard:
                raise UnavailableError(f"{self.server.host}: nothing listens there; is it running?") from None
            raise TransientError(why(error, self.server.base_url)) from None
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:
            raise TransientError(why(error, self.server.base_url)) from None
        except TooLargeError:
            raise CallError(
                Reason.BAD_REPLY, f"{self.server.host}: the reply has more than {LARGEST_BODY:,} bytes"
            ) from None
        if within := error_within(body):
            raise self._named(line, form, asked, *within, headers)
        line.gate.succeeded(headers)
        return form.answer(asked, body)

    def _named(  # noqa: PLR0917 (all that a server says)
        self, line: Line, form: Form, asked: Asked, status: int, body: Any, headers: Mapping[str, str]
    ) -> Exception:
        """What an error status means for this call, for all calls, or for the form of the request."""
        fault = Fault.of(status, body, self.server.key)
        own = form.fault(asked, fault)
        said = fault.message
        host, model = self.server.host, self.server.model
        if fault.is_filtered:
            return CallError(Reason.REFUSED, f"{host}: the provider's filter held the request back ({said})")
        if fault.is_quota:
            return self._refused(line, f"{host}: the quota is used up ({said}); add credit or use another key")
        if fault.is_context:
            return TooLongError(fault.limit)
        if isinstance(own, RefusedError):
            return self._refused(line, str(own))
        if own:
            return own
        if status == 403 and line.gate.heard:  # whoever was answered before is not refused for the key
            return CallError(Reason.REFUSED, f"{host}: refuses this request (403): {said}")
        if fault.is_key:
            return self._refused(line, f"{host}: refuses the key {fault.with_hint(self._key_hint())}")
        if status == 404:
            hint = f"no model {model!r} there, or no API under this base URL; `summarizer doctor` lists its models"
            return self._refused(line, f"{host}: {hint}" + (f" ({said})" if said else ""))
        if 300 <= status < 400:
            target = host_of(without_key(headers.get("location", ""), self.server.key)) or "elsewhere"
            return self._refused(line, f"{host}: redirects to {target}; redirects are not followed, name that base URL")
        if status == 429:
            wait = wait_of(headers)
            line.gate.too_fast(wait)
            return TransientError(f"too many requests (429): {said}", wait, limited=True)
        if status in (408, 409, 425) or status >= 500:
            return TransientError(f"error {status}: {said}", wait_of(headers), limited=fault.is_not_yet)
        return CallError(Reason.UNAVAILABLE, f"{host}: refuses the request ({status}): {said}")

    def _refused(self, line: Line, message: str) -> RefusedError:
        line.gate.refuse(message)
        return RefusedError(message)

    def _key_hint(self) -> str:
        if self.server.key:
            return "check it, and what it may be used for"
        return "none was sent, because none was given for this host; see `summarizer config show`"


def _pause(state: "tenacity.RetryCallState") -> float:
    """Seconds: what the server asked for and up to a tenth more, else from the first pause doubling, with jitter."""
    error = state.outcome.exception() if state.outcome else None
    asked = error.wait if isinstance(error, TransientError) else None
    spread = random.random()  # noqa: S311 (jitter, no secret)
    own = min(LONGEST_PAUSE, FIRST_PAUSE * 2.0 ** (state.attempt_number - 1)) * (0.75 + spread / 2)
    if asked is None:
        return own
    return max(asked * (1 + spread / 10), own if state.attempt_number > BELIEVED else 0.0)
