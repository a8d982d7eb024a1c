"""What Ctrl-C and SIGTERM do: the first ends a run cleanly where there is something to keep, the next at once."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Protocol

WORDS = {signal.SIGINT: "interrupted", signal.SIGTERM: "terminated"}
AGAIN = 1.0  # seconds until a stop is raised once more: a callback during an import drops what is raised in it
AGAINST_LOSS = hasattr(signal, "setitimer")  # not on Windows


class Stopped(SystemExit):
    """A stop signal, as an exit with 130 or 143; nothing of the run is left."""

    def __init__(self, signum: int) -> None:
        super().__init__(128 + signum)
        self.status = 128 + signum
        self.words = WORDS[signal.Signals(signum)]


class Stoppable(Protocol):
    """A run that can end early and keep what it has."""

    def stop(self) -> None: ...


class Stop:
    """The stop signals of this process."""

    def __init__(self) -> None:
        self.signum: int | None = None
        """The signal that ended a run cleanly, if one did."""
        self._run: Stoppable | None = None
        self._raised: Stopped | None = None

    def listen(self) -> None:
        for signum in WORDS:
            signal.signal(signum, self._heard)

    def take(self) -> Stopped | None:
        """The stop that was raised last, if any; from here on it is not raised again."""
        if self._raised and AGAINST_LOSS:
            signal.setitimer(signal.ITIMER_REAL, 0)
        return self._raised

    @contextmanager
    def ends(self, run: Stoppable) -> Iterator[None]:
        """Within this block, the first signal ends `run` cleanly."""
        self._run = run
        try:
            yield
        finally:
            self._run = None

    @property
    def words(self) -> str:
        """`interrupted` or `terminated`."""
        return WORDS[signal.Signals(self.signum)] if self.signum else ""

    @property
    def status(self) -> int | None:
        return 128 + self.signum if self.signum else None

    def _heard(self, signum: int, _frame: FrameType | None) -> None:
        if self._run is None or self.signum is not None:
            self._raised = Stopped(signum)
            if AGAINST_LOSS:
                signal.signal(signal.SIGALRM, lambda *_: self._heard(signum, None))
                signal.setitimer(signal.ITIMER_REAL, AGAIN)
            raise self._raised
        self.signum = signum
        self._run.stop()


STOP = Stop()
