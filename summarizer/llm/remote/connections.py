"""The connections of one event loop: opened with the first request, closed with the loop, and given up where a body is too large."""

import asyncio
import ipaddress
import os
import re
import zlib
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from summarizer.errors import UnavailableError, UsageError
from summarizer.llm.remote.pace import Gate
from summarizer.settings import is_meant_for

if TYPE_CHECKING:
    import openai

    from summarizer.llm.remote.client import Server

LARGEST_BODY = 4_000_000  # bytes
VARIABLES = {
    "OPENAI_ORG_ID": re.compile(r"[\t -~]*"),
    "OPENAI_PROJECT_ID": re.compile(r"[\t -~]*"),
    "OPENAI_CUSTOM_HEADERS": re.compile(r"[\t\n -~]*"),
}
"""What the SDK makes headers of, and what may stand in it."""


class Line(NamedTuple):
    """The connections of one event loop."""

    client: "openai.AsyncOpenAI"
    gate: Gate
    keeper: asyncio.Task[None]
    """Closes the client when it is cancelled, at the latest with the event loop."""


async def closed_at_the_end(client: "openai.AsyncOpenAI") -> None:
    try:
        await asyncio.Event().wait()
    finally:
        await client.close()


class TooLargeError(Exception):
    pass


class Unpacking:
    """Unpacks gzip, and deflate with the header of zlib or, as some servers send it, without."""

    def __init__(self) -> None:
        self._head = b""
        self._inner: Any = None

    def piece(self, chunk: bytes) -> bytes:
        """What a chunk unpacks to, one byte over the limit at most; itself where it is not packed as it says."""
        if self._inner is None:
            self._head += chunk
            if len(self._head) < 2:
                return b""
            first, second = chunk_head = self._head[:2]
            known = chunk_head == b"\x1f\x8b" or (first & 15 == 8 and (first * 256 + second) % 31 == 0)  # RFC 1950, 2.2
            self._inner = zlib.decompressobj(zlib.MAX_WBITS | 32 if known else -zlib.MAX_WBITS)
            chunk = self._head
        try:
            unpacked: bytes = self._inner.decompress(chunk, LARGEST_BODY + 1)
        except zlib.error:  # whoever reads it will find no reply
            return chunk
        return unpacked


def client_for(server: "Server") -> "openai.AsyncOpenAI":
    import httpx2  # noqa: PLC0415 (half a second; only when a request is about to be sent)

    class Capped(httpx2.AsyncByteStream):
        """A body that is given up once it is too large, packed or unpacked."""

        def __init__(self, inner: Any, *, packed: bool) -> None:
            self._inner = inner
            self._unpacking = Unpacking() if packed else None

        async def __aiter__(self) -> Any:
            taken = 0
            async for chunk in self._inner:
                piece = self._unpacking.piece(chunk) if self._unpacking else chunk
                taken += max(len(chunk), len(piece))
                if taken > LARGEST_BODY:
                    raise TooLargeError
                yield piece

        async def aclose(self) -> None:
            await self._inner.aclose()

    async def cap(response: Any) -> None:
        packed = response.headers.get("content-encoding", "").strip().lower() in ("gzip", "x-gzip", "deflate")
        response.stream = Capped(response.stream, packed=packed)
        response.headers.pop("content-encoding", None)  # it is unpacked here, or not at all

    limits = httpx2.Limits(max_connections=server.concurrency, max_keepalive_connections=server.concurrency)
    return sdk_client(server, headers={"Accept-Encoding": "identity"}, hooks={"response": [cap]}, limits=limits)


def sdk_client(
    server: "Server",
    *,
    headers: Mapping[str, str] = MappingProxyType({}),
    hooks: Mapping[str, Sequence[Any]] = MappingProxyType({}),
    **options: Any,
) -> "openai.AsyncOpenAI":
    """The SDK's client. It sends the key of the server, and no secret that the environment holds for another one.

    `hooks` and `options` are those of its `http_client`.
    """
    import openai  # noqa: PLC0415

    async def bare(request: Any) -> None:
        request.headers.pop("authorization", None)

    key = server.key or "none"
    own = {"Authorization": f"Bearer {key}", **headers}
    return openai.AsyncOpenAI(
        api_key=key,
        base_url=server.base_url,
        max_retries=0,  # a retry of its own has no deadline, and could begin a batch twice
        timeout=server.timeout,
        http_client=http_client(
            server.base_url,
            timeout=server.timeout,
            event_hooks={"request": [] if server.key else [bare], **hooks},
            **options,
        ),
        default_headers={**_not_for(server.base_url, own), **own},
    )


def _not_for(base_url: str, own: Mapping[str, str]) -> Mapping[str, Any]:
    """The headers that the SDK would add from variables meant for another server, left out; never our own.

    Raises a `UsageError` for variables meant for this server that no header can hold.
    """
    import openai  # noqa: PLC0415

    said = {name: os.environ.get(name, "") for name in VARIABLES}
    if is_meant_for(base_url, "OPENAI"):
        if wrong := next((name for name, form in VARIABLES.items() if not form.fullmatch(said[name])), None):
            raise UsageError(f"{wrong}: holds a character that no header takes; set it again, or unset it")
        return {}
    custom = [line.partition(":")[0].strip() for line in said["OPENAI_CUSTOM_HEADERS"].split("\n") if ":" in line]
    kept = {name.lower() for name in own}
    added = ("OpenAI-Organization", "OpenAI-Project", *custom)
    return {name: openai.Omit() for name in added if name.lower() not in kept}


def http_client(base_url: str, **options: Any) -> Any:
    """An HTTP client for one server: no redirects, and no proxy for this machine or where `NO_PROXY` says so.

    Raises an `UnavailableError` where the environment names a proxy that cannot be used.
    """
    import httpx2  # noqa: PLC0415

    parts = urlsplit(base_url)
    host, tls = parts.hostname or "", parts.scheme == "https"  # without TLS there is nothing to load certificates for
    limits = options.get("limits", httpx2.Limits())
    straight = is_this_machine(host) or bool(proxy_bypass(host))
    transport = httpx2.AsyncHTTPTransport(verify=tls, limits=limits) if straight else None
    try:
        return httpx2.AsyncClient(verify=tls, follow_redirects=False, transport=transport, **options)
    except (ImportError, ValueError, httpx2.InvalidURL) as error:
        need = ": a SOCKS proxy needs the package socksio" if isinstance(error, ImportError) else ""
        raise UnavailableError(
            f"{parts.netloc}: the proxy that the environment names cannot be used{need}; or set NO_PROXY={host}"
        ) from None


def is_this_machine(host: str | None) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host or "").is_loopback
    except ValueError:
        return False


def is_refused_here(error: Exception, base_url: str) -> bool:
    """Whether a connection to this machine was refused: nothing listens, and nothing will in a second."""
    cause: BaseException | None = error
    while cause is not None and not isinstance(cause, ConnectionRefusedError):
        cause = cause.__cause__ or cause.__context__
    return cause is not None and is_this_machine(urlsplit(base_url).hostname)


def why(error: Exception, base_url: str) -> str:
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
