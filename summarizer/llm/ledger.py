"""What a run has asked and got so far, for whoever watches it, and how it is brought to an early end.

A run that is stopped loses nothing that it has: calls under way are given up, no
further one is made, and the claims that were to be judged by them are unchecked
(interrupted).
"""

import time
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    import asyncio

    from summarizer.schema import StageUsage

Result = TypeVar("Result")


GRACE = 1.2
"""Seconds of processor time after a stop in which what was answered is still looked at; a busy machine takes none away."""


class Ledger:
    """Counts of one run. A number that an answer does not state is None from then on."""

    def __init__(self, changed: Callable[[], None] = lambda: None) -> None:
        self.changed = changed
        """Called after each change, from the thread of the run."""
        self.stage = ""
        """`write`, `extract` or `judge`; nothing before the first call."""
        self.claims = 0
        """Claims that are to be judged, as far as is known."""
        self.judged = 0
        self.calls = 0
        self.tokens: int | None = 0
        """Sent and received."""
        self.cost_usd: float | None = 0.0
        self.stopped = False
        self._stopped_at: float | None = None
        self._under_way: set[asyncio.Task[Any]] = set()

    def expect(self, claims: int) -> None:
        self.claims += claims
        self.changed()

    def settle(self, claims: int) -> None:
        """So many of the expected claims have an outcome; one that was stopped has none."""
        self.judged += 0 if self.stopped else claims
        self.changed()

    def begin(self, stage: str) -> None:
        self.stage = stage
        self.changed()

    def answered(self, usage: "StageUsage") -> None:
        """One call was answered."""
        known = usage.input_tokens is not None and usage.output_tokens is not None
        taken = (usage.input_tokens or 0) + (usage.output_tokens or 0) if known else None
        self.calls += 1
        self.tokens = None if self.tokens is None or taken is None else self.tokens + taken
        self.cost_usd = None if self.cost_usd is None or usage.cost_usd is None else self.cost_usd + usage.cost_usd
        self.changed()

    def stop(self) -> None:
        """End the run early; may be called from a signal handler."""
        self._stopped_at = time.process_time()
        self.stopped = True
        for task in tuple(self._under_way):
            task.get_loop().call_soon_threadsafe(task.cancel)

    def is_overdue(self) -> bool:
        """Whether the run was stopped so long ago that what is left of it has to end."""
        return self._stopped_at is not None and time.process_time() - self._stopped_at > GRACE

    async def unless_stopped(self, call: Coroutine[Any, Any, Result]) -> Result | None:
        """Await a call that waits for a network; None as soon as the run is stopped."""
        import asyncio  # noqa: PLC0415 (only where something waits)

        task = asyncio.ensure_future(call)
        self._under_way.add(task)
        if self.stopped:  # a signal came in between
            task.cancel()
        try:
            return await task
        except asyncio.CancelledError:
            if self.stopped:
                return None
            raise
        finally:
            self._under_way.discard(task)
