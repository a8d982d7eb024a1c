"""Text for a terminal, a pipe and the log of a CI job, from whatever is printed on one console."""

from collections.abc import Callable

from rich.console import Console

from summarizer.report.safe import without_commands

WIDEST = 100  # columns; longer lines are hard to read
PLAIN_MARKS = str.maketrans(
    {"✓": "+", "✗": "x", "∅": "o", "≈": "~", "–": "-", "“": '"', "”": '"', "…": "...", "—": "-", "·": "|"}
)
"""Our own marks in ASCII, for a terminal that has nothing else."""


def printed(show: Callable[[Console], None], *, width: int, color: bool) -> str:
    """Return what `show` prints, wrapped to `width` columns, with nothing in it that a CI runner would obey."""
    console = Console(
        width=min(width, WIDEST),
        force_terminal=color,
        color_system="standard" if color else None,  # the one that every terminal has, whatever TERM says
        no_color=not color,
        highlight=False,
        markup=False,
        emoji=False,
        soft_wrap=False,
        legacy_windows=False,
    )
    with console.capture() as capture:
        show(console)
    return without_commands("\n".join(line.rstrip() for line in capture.get().splitlines()) + "\n")
