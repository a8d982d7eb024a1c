"""The Batch API of OpenAI and of servers that have it too: files up, batches begun and looked up, results down.

Nothing here is sent twice by itself: what may have reached the server although no answer came is looked for by its tag.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, NamedTuple, Self, TypeVar

from summarizer.errors import BackendError, OutputError, RefusedError, UnavailableError
from summarizer.llm.remote.connections import sdk_client, why
from summarizer.llm.remote.failures import Fault, TransientError, shortened, wait_of
from summarizer.llm.remote.lines import ENDPOINT

if TYPE_CHECKING:
    from summarizer.llm.remote.client import Server

TAG = "summarizer"  # key of a batch's metadata
TRANSFER = 1_800.0  # seconds for a file of 200 MB on a slow line
ATTEMPTS = 4
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0  # seconds between two of them
SETTLING = 30.0  # seconds after which a batch that was begun is surely listed
LOOK_EVERY = 2.0  # seconds between two looks at the list
MOST_PAGES = 200  # of a list that is looked through, 100 batches each
LARGEST_RESULT = 8_000_000_000  # bytes
OVER = frozenset({"completed", "failed", "expired", "cancelled"})
LIMITS = ("token_limit", "too_many", "enqueued", "limit_exceeded", "rate_limit")
"""In the code or the words of a failure that says: not so much at a time."""
Result = TypeVar("Result")


class Remote(NamedTuple):
    """A batch as the server describes it, read defensively."""

    id: str
    status: str
    output_file: str | None
    error_file: str | None
    done: int
    failed: int
    total: int
    expires_at: int | None
    errors: tuple[tuple[str, str], ...]
    """Codes and words of why the whole batch failed."""

    @property
    def is_over(self) -> bool:
        return self.status in OVER

    @property
    def is_limited(self) -> bool:
        """Whether it failed for being too much at a time, which another time or a smaller file mends."""
        return any(word in f"{code} {said}".lower() for code, said in self.errors for word in LIMITS)

    @property
    def why(self) -> str:
        """What the server says of its failure."""
        return "; ".join(f"{code}: {said}" if code else said for code, said in self.errors[:3]) or self.status


class UnknownError(Exception):
    """Whether the server did what was asked is not known."""


class BatchClient:
    """Open it with `async with`."""

    def __init__(self, server: "Server") -> None:
        self._server = server
        self._client: Any = None
        self.pause: Callable[[float], Awaitable[None]] = asyncio.sleep

    async def __aenter__(self) -> Self:
        self._client = sdk_client(self._server)
        return self

    async def __aexit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        await self._client.close()

    async def upload(self, path: Path, name: str) -> str:
        """Send a file of requests; returns its id. A file that is there twice costs nothing."""

        async def send() -> str:
            with path.open("rb") as file:
                made = await self._client.files.create(file=(name, file), purpose="batch", timeout=TRANSFER)
            return _named(made)

        return await self._again(send)

    async def begin(self, file: str, tag: str, *, noted_at: float | None) -> str:
        """Begin a batch over an uploaded file and return its id, or that of the one that has the tag already.

        `noted_at` is when an earlier process noted that it was about to: then the server may know of it.
        """
        if noted_at is not None and (there := await self._settled(tag, noted_at)):
            return there
        for attempt in range(ATTEMPTS):
            begun_at = time.time()
            try:
                made = await self._once(
                    lambda: self._client.batches.create(
                        input_file_id=file, endpoint=ENDPOINT, completion_window="24h", metadata={TAG: tag}
                    )
                )
                return _named(made)
            except UnknownError as error:
                if there := await self._settled(tag, begun_at):
                    return there
                problem = str(error)
            except TransientError as error:
                problem = str(error)
                await self.pause(_pause(attempt, error))
        raise UnavailableError(f"{self._server.host}: {problem}; give the same command again")

    async def find(self, tag: str) -> str | None:
        """The batch that was begun with that tag."""

        async def look() -> str | None:
            page = await self._client.batches.list(limit=100)
            for _ in range(MOST_PAGES):
                for one in page.data or ():
                    metadata = getattr(one, "metadata", None)
                    if isinstance(metadata, Mapping) and metadata.get(TAG) == tag:
                        return _named(one)
                if not page.has_next_page():
                    return None
                page = await page.get_next_page()
            return None

        return await self._again(look)

    async def _settled(self, tag: str, begun_at: float) -> str | None:
        """Look for a batch until it would surely be listed."""
        while True:
            if there := await self.find(tag):
                return there
            left = begun_at + SETTLING - time.time()
            if not 0 < left <= SETTLING:
                return None
            await self.pause(min(left, LOOK_EVERY))

    async def look(self, batch: str) -> Remote:
        """How far a batch is."""

        async def ask() -> Remote:
            return _remote(await self._client.batches.retrieve(batch), self._server.key)

        return await self._again(ask)

    async def download(self, file: str, path: Path) -> None:
        """Bring the content of a file to `path`, whole or not at all."""
        draft = path.with_name(f"{path.name}.part")

        async def fetch() -> None:
            size = 0
            async with self._client.files.with_streaming_response.content(file, timeout=TRANSFER) as reply:
                with draft.open("wb") as target:
                    async for chunk in reply.iter_bytes():
                        size += len(chunk)
                        if size > LARGEST_RESULT:
                            raise UnavailableError(f"{self._server.host}: a result of over {LARGEST_RESULT:,} bytes")
                        target.write(chunk)

        try:
            await self._again(fetch)
            draft.replace(path)
        except OSError as error:
            raise OutputError(f"{path.name}: cannot write: {error.strerror or error}; make room") from error

    async def forget(self, file: str) -> None:
        """Delete a file at the server, where it lets us: it holds the articles, and we have what we need of it."""
        try:
            await self._once(lambda: self._client.files.delete(file))
        except (BackendError, TransientError, UnknownError):
            return

    async def _again(self, call: Callable[[], Awaitable[Result]]) -> Result:
        """Make a call that may be made twice, until it is answered."""
        for attempt in range(ATTEMPTS):
            try:
                return await self._once(call)
            except (TransientError, UnknownError) as error:
                problem = error
                if attempt < ATTEMPTS - 1:
                    await self.pause(_pause(attempt, error))
        raise UnavailableError(f"{self._server.host}: {problem}; give the same command again") from None

    async def _once(self, call: Callable[[], Awaitable[Result]]) -> Result:
        import httpx2  # noqa: PLC0415
        import openai  # noqa: PLC0415

        try:
            return await call()
        except openai.APIStatusError as error:
            raise self._refusal(error.status_code, error.body, error.response.headers) from None
        except (openai.APIConnectionError, httpx2.HTTPError) as error:
            raise UnknownError(why(error, self._server.base_url)) from None
        except openai.OpenAIError as error:
            raise UnknownError(f"an answer that is none ({type(error).__name__})") from None

    def _refusal(self, status: int, body: Any, headers: Mapping[str, str]) -> Exception:
        host, fault = self._server.host, Fault.of(status, body, self._server.key)
        if fault.is_quota:
            return RefusedError(f"{host}: the quota is used up ({fault.message}); add credit or use another key")
        if fault.is_key:
            return RefusedError(f"{host}: refuses the key {fault.with_hint('check it, and what it may be used for')}")
        if status in (404, 405, 501):
            said = f" ({fault.message})" if fault.message else ""
            return RefusedError(
                f"{host}: no Batch API there, or no such file or batch{said}; "
                "`summarizer batch IN -o OUT` asks a server at once"
            )
        if status == 429:
            return TransientError(f"too many requests (429): {fault.message}", wait_of(headers), limited=True)
        if status in (408, 409, 425) or status >= 500:
            return UnknownError(f"error {status}: {fault.message}")
        return RefusedError(f"{host}: refuses it ({status}): {fault.message}")


def _named(made: Any) -> str:
    name = getattr(made, "id", None)
    if not isinstance(name, str) or not name:
        raise UnknownError("an answer without an id")
    return name


def _remote(found: Any, key: str | None) -> Remote:
    """Every field may be anything: an empty text is no file, and a missing count none."""
    counts = getattr(found, "request_counts", None)
    listed = getattr(getattr(found, "errors", None), "data", None)
    errors = [
        (shortened(getattr(one, "code", "") or "", key), shortened(getattr(one, "message", "") or "", key))
        for one in (listed if isinstance(listed, list) else ())
    ]
    expires = getattr(found, "expires_at", None)
    done, bad, total = (_count(getattr(counts, name, None)) for name in ("completed", "failed", "total"))
    return Remote(
        id=_named(found),
        status=str(getattr(found, "status", "") or "unknown")[:40],
        output_file=_file(getattr(found, "output_file_id", None)),
        error_file=_file(getattr(found, "error_file_id", None)),
        done=done,
        failed=bad,
        total=total,
        expires_at=expires if isinstance(expires, int) else None,
        errors=tuple(errors),
    )


def _file(found: Any) -> str | None:
    return found if isinstance(found, str) and found.strip() else None


def _count(found: Any) -> int:
    return found if isinstance(found, int) and found >= 0 else 0


def _pause(attempt: int, error: Exception) -> float:
    asked = error.wait if isinstance(error, TransientError) else None
    return min(LONGEST_PAUSE, asked if asked is not None else FIRST_PAUSE * 4.0**attempt)
