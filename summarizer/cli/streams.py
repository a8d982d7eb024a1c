"""The standard streams, which the caller may have closed, and whose readers may go away; and what is printed on them."""

import io
import os
import shutil
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


def prints(text: str) -> bool:
    try:
        text.encode(sys.stdout.encoding or "utf-8")
    except (LookupError, UnicodeEncodeError):
        return False
    return True


def echo(text: str, *, for_people: bool = True) -> None:
    """Print a result: for people in the encoding of the terminal, for programs and files in UTF-8 whatever the locale."""
    if not for_people:
        write_utf8()
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader has gone, as `| head` does; what was found stands, and so does its exit status
        drop_output()


def say(line: str) -> None:
    """Print one line of a result for people."""
    echo(f"{line}\n")


def safe(text: str) -> str:
    """Text from outside on one line of standard error, where neither a terminal nor a CI runner acts on it."""
    from summarizer.reading import printable_name  # noqa: PLC0415 (quick --help)
    from summarizer.report.safe import one_line, without_commands  # noqa: PLC0415

    return without_commands(one_line(printable_name(text)))


def terminal(color: str = "auto") -> tuple[int, bool]:
    """Columns of standard output, and whether it takes colours; a terminal that does not know its width has 80."""
    on_terminal = sys.stdout.isatty()
    width = shutil.get_terminal_size().columns if on_terminal else 80
    by_itself = on_terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return max(40, width), by_itself if color == "auto" else color == "always"


def _put(opened: int, number: int) -> None:
    if opened != number:
        os.dup2(opened, number)
        os.close(opened)
