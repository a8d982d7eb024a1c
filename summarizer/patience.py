"""Work of code that ends soon after a stop signal: what takes long asks now and then whether its time is over."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_over: ContextVar[Callable[[], bool] | None] = ContextVar("over", default=None)


class OutOfTimeError(Exception):
    """The run was stopped, and what it was given to come to an end has passed."""


@contextmanager
def limited(over: Callable[[], bool] | None) -> Iterator[None]:
    """Within this block, `go_on` raises once `over` is true; never, where nobody says when."""
    token = _over.set(over)
    try:
        yield
    finally:
        _over.reset(token)


def is_over() -> bool:
    """Whether the time of the block is over; never outside of one."""
    over = _over.get()
    return over is not None and over()


def go_on() -> None:
    """Raise an `OutOfTimeError` where the time of the block is over."""
    if is_over():
        raise OutOfTimeError
