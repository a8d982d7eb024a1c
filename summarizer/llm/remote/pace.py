"""When a request may start: as many side by side as the server bears, none after it has refused us for good.

All clocks here are monotonic. Concurrency grows by one for each round of
successes and halves when the server says that we are too fast.
"""

import asyncio
import re
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from summarizer.errors import RefusedError

HEAD_START = 0.25  # seconds that the first request runs alone: a refusal of the key comes sooner than that
DURATION = re.compile(r"(?<!\d)(\d{1,9}+(?:\.\d{1,9}+)?+)(ms|h|m|s)")
SECONDS = {"h": 3600.0, "m": 60.0, "s": 1.0, "ms": 0.001}
LONGEST_PAUSE = 300.0  # seconds; a reset later than that is not waited for ahead of time


class Gate:
    """Lets requests through; bound to one event loop."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._window = float(most)
        self._running = 0
        self._changed = asyncio.Condition()
        self._pause_until = 0.0
        self._spacing = 0.0
        self._halved_at = 0.0
        self._first: asyncio.Event | None = None
        self._refused: str | None = None
        self.heard = False
        """Whether the server has answered a request."""

    @asynccontextmanager
    async def passed(self) -> AsyncIterator[None]:
        """Wait for a place. Raises a `RefusedError` once the server has refused key, quota or model."""
        await self._after_the_first()
        async with self._changed:
            while True:
                self.check()
                pause = self._pause_until - time.monotonic()
                if pause <= 0 and self._running < max(1, int(self._window)):
                    break
                try:
                    await asyncio.wait_for(self._changed.wait(), timeout=pause if pause > 0 else None)
                except TimeoutError:
                    continue
            self._running += 1
            if self._spacing:
                self._pause_until = max(self._pause_until, time.monotonic() + self._spacing)
        try:
            yield
        finally:
            if self._first:
                self._first.set()
            self._running -= 1
            async with self._changed:
                self._changed.notify_all()

    async def _after_the_first(self) -> None:
        """Give the very first request a head start, so that a wrong key costs one request and not thirty."""
        if self._first is None:
            self._first = asyncio.Event()
            return
        if not self._first.is_set():
            try:
                await asyncio.wait_for(self._first.wait(), timeout=HEAD_START)
            except TimeoutError:
                self._first.set()

    def check(self) -> None:
        if self._refused is not None:
            raise RefusedError(self._refused)

    def refuse(self, message: str) -> None:
        """Let nothing through any more."""
        self._refused = message

    def succeeded(self, headers: Mapping[str, str]) -> None:
        self.heard = True
        self._window = min(float(self._most), self._window + 1 / max(1.0, self._window))
        self._heed(headers)

    def too_fast(self, wait: float | None) -> None:
        """Halve the window, once for each round of replies, and start nothing before the wait is over."""
        now = time.monotonic()
        if now - self._halved_at > 1.0:
            self._window = max(1.0, self._window / 2)
            self._halved_at = now
        if wait is not None and wait <= LONGEST_PAUSE:
            self._pause_until = max(self._pause_until, now + wait)

    def _heed(self, headers: Mapping[str, str]) -> None:
        """Where the server says that no request, or no token, is left, start one at a time as its limit refills.

        The reset is when all of the limit is there again, so one more is there after that over the limit.
        """
        spacings = []
        for what in ("requests", "tokens"):
            left, limit = headers.get(f"x-ratelimit-remaining-{what}"), headers.get(f"x-ratelimit-limit-{what}", "")
            wait = seconds_of(headers.get(f"x-ratelimit-reset-{what}", ""))
            if left is not None and left.strip() == "0" and wait is not None and wait <= LONGEST_PAUSE:
                whole = int(limit) if what == "requests" and limit.isdecimal() and limit.isascii() and int(limit) else 1
                spacings.append(wait / whole)
        self._spacing = max(spacings, default=0.0)
        if self._spacing:
            self._pause_until = max(self._pause_until, time.monotonic() + self._spacing)


class Clock:
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


def seconds_of(text: str) -> float | None:
    """Read `1.2s`, `6m0s`, `20ms`.

    >>> seconds_of("6m0s"), seconds_of("20ms"), seconds_of("soon")
    (360.0, 0.02, None)
    """
    parts = DURATION.findall(text[:60])
    if not parts or "".join(number + unit for number, unit in parts) != text.strip():
        return None
    return sum(float(number) * SECONDS[unit] for number, unit in parts)
