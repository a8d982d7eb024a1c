"""Which models a server offers: one GET of `/models`, with the key that was given for that very host and no other."""

import asyncio
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import urlsplit

from summarizer.errors import RefusedError, UnavailableError, UsageError
from summarizer.llm.remote.client import checked_url
from summarizer.llm.remote.connections import LARGEST_BODY, http_client
from summarizer.llm.remote.failures import Fault
from summarizer.llm.wire import BadReplyError, strict_json
from summarizer.settings import OPENAI, Settings, key_for

TIMEOUT = 15.0  # seconds for the whole list, by the wall


class Listing(NamedTuple):
    """What a server says that it has."""

    status: int
    headers: Mapping[str, str]
    names: tuple[str, ...] | None
    """In alphabetical order; None where the answer is not a list of models."""
    fault: Fault | None
    """What the server says where the status is not 200."""


def list_models(settings: Settings) -> tuple[str, ...]:
    """The names of the models at `base_url`, in alphabetical order.

    Raises a `RefusedError` where the server refuses the key, an `UnavailableError` where
    it does not answer or has no such list, and a `UsageError` for what is no base URL and
    for api.openai.com without a key.
    """
    base_url, key = checked_url(settings["base_url"]), key_for(settings)
    host = urlsplit(base_url).netloc
    if key is None and host == urlsplit(OPENAI).netloc:
        raise UsageError(f"{host} needs a key: set OPENAI_API_KEY, or name another server with --base-url")
    found = asyncio.run(fetch_models(settings))
    if found.fault and found.fault.is_key:
        hint = "check it, and for which host it is" if key else "none was sent, see `summarizer config show`"
        raise RefusedError(f"{host}: refuses the key {found.fault.with_hint(hint)}")
    if 300 <= found.status < 400:
        raise UnavailableError(f"{host}: redirects; redirects are not followed, name the right base URL")
    if found.status != 200:
        raise UnavailableError(f"{host}: lists no models (status {found.status}); does the base URL end in /v1?")
    if found.names is None:
        raise UnavailableError(f"{host}: its answer is not a list of models; does the base URL end in /v1?")
    return found.names


async def fetch_models(settings: Settings, *, timeout: float = TIMEOUT) -> Listing:
    """Ask once. Raises an `UnavailableError` where there is no answer of a bearable size within the time."""
    import httpx2  # noqa: PLC0415 (only when something is sent)

    base_url = checked_url(settings["base_url"])
    key = key_for(settings)
    headers = {"Accept-Encoding": "identity"} | ({"Authorization": f"Bearer {key.secret}"} if key else {})
    body = b""
    try:
        async with (
            asyncio.timeout(timeout),
            http_client(base_url, timeout=timeout) as client,
            client.stream("GET", f"{base_url}/models", headers=headers) as reply,
        ):
            async for chunk in reply.aiter_raw():
                body += chunk
                if len(body) > LARGEST_BODY:
                    raise UnavailableError(f"{base_url}: the list of models has more than {LARGEST_BODY:,} bytes")
    except (httpx2.HTTPError, httpx2.InvalidURL, TimeoutError) as error:
        words = f"{base_url} does not answer ({type(error).__name__}): is it running, is the URL right?"
        raise UnavailableError(words) from None
    status = reply.status_code
    fault = Fault.of_bytes(status, body, key.secret if key else None) if status != 200 else None
    return Listing(status, reply.headers, _names(body), fault)


def _names(body: bytes) -> tuple[str, ...] | None:
    try:
        listed = strict_json(body.decode("utf-8"))["data"]
        return tuple(sorted({one["id"] for one in listed if isinstance(one["id"], str)}))
    except (BadReplyError, UnicodeDecodeError, KeyError, TypeError):
        return None
