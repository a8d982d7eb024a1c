"""The standard streams, which the caller may have closed, and whose readers may go away."""

import io
import os
import sys

CLOSED = ((0, "stdin", os.O_RDONLY), (1, "stdout", os.O_RDONLY), (2, "stderr", os.O_WRONLY))
"""What stands in for a closed stream, by the way in which it is opened: what is read is empty, a result cannot be written
and says so, and messages go nowhere. Without it the next file that is opened would take the number of the stream."""


def prepare() -> None:
    """Open what is closed, and let no character end a run that the encoding of the terminal has not."""
    for number, name, way in CLOSED:
        if getattr(sys, name) is None:
            _put(os.open(os.devnull, way), number)
            setattr(sys, name, open(number, "w" if number else "r", encoding="utf-8"))  # noqa: PTH123, SIM115 (for the run)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def write_utf8() -> None:
    """From here on standard output is UTF-8, as a file that `-o` writes is."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")


def drop_output() -> None:
    """Forget what standard output could not take, so that nothing is said of it once more at the end."""
    _put(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _put(opened: int, number: int) -> None:
    if opened != number:
        os.dup2(opened, number)
        os.close(opened)
