"""How far a run is, on standard error: a bar on a terminal, a line for each case in CI, nothing in a pipe."""

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from summarizer.cli.stopping import STOP
from summarizer.cli.streams import safe
from summarizer.llm.ledger import Ledger
from summarizer.schema import Reason

if TYPE_CHECKING:
    from summarizer.components import Components
    from summarizer.evaluation.benchmarks.judge import Prediction
    from summarizer.evaluation.cases import Suite
    from summarizer.evaluation.run import Step
    from summarizer.evaluation.scorecard import Scorecard

DOING = {"": "starting", "write": "writing", "extract": "reading", "judge": "judging"}


@contextmanager
def running(components: "Components", ledger: Ledger, given: Mapping[str, Any]) -> Iterator[None]:
    """A run with a bar and a clean end on a stop signal, which keeps what was judged."""
    from summarizer.consent import EMBEDDED_JUDGES  # noqa: PLC0415 (quick --help)

    if not components.remote and components.judge.about.name not in EMBEDDED_JUDGES:  # of a package: it counts nothing
        yield
        return
    with STOP.ends(ledger), bar(given) as draw:
        ledger.changed = lambda: draw(ledger.judged, ledger.claims or None, f"claims{spent(ledger)}", ledger.stage)
        yield


@contextmanager
def evaluating(
    ledger: Ledger, given: Mapping[str, Any], suite: "Suite | None" = None
) -> "Iterator[Callable[[Step], None]]":
    """A run over cases; it gives a function to be called after each step."""
    lines = _case_lines(suite) if suite and _in_ci() and not given["quiet"] else None
    done, whole, claims = 0, 0, 0
    with STOP.ends(ledger), bar(given) as draw:

        def changed() -> None:
            draw(done, whole or None, f"summaries, {claims:,} claims{spent(ledger)}", ledger.stage or "judge")

        def advanced(step: "Step") -> None:
            nonlocal done, whole, claims
            done, whole, claims = step.done, step.whole, claims + len(step.results)
            changed()
            if lines:
                lines(step)

        ledger.changed = changed
        yield advanced


def spent(ledger: Ledger) -> str:
    """`, 2 calls, 1,094 tokens, 0.0057 USD`; nothing before the first call, and no number that is not known."""
    if not ledger.calls:
        return ""
    parts = ["1 call" if ledger.calls == 1 else f"{ledger.calls:,} calls"]
    parts.append("tokens not known" if ledger.tokens is None else f"{ledger.tokens:,} tokens")
    parts.append("cost not known" if ledger.cost_usd is None else f"{ledger.cost_usd:.4f} USD")
    return f", {', '.join(parts)}"


@contextmanager
def judging(
    ledger: Ledger, given: Mapping[str, Any], predictions: "Iterator[Prediction]"
) -> "Iterator[Iterator[Prediction]]":
    """A run over rows, which gives those that were judged before it was stopped."""
    count = 0
    with STOP.ends(ledger), bar(given) as draw:

        def judged() -> "Iterator[Prediction]":
            nonlocal count
            for one in predictions:
                if ledger.stopped:  # it may be unchecked for no other reason
                    return
                count += 1
                draw(0, None, f"rows, {count:,} claims{spent(ledger)}", ledger.stage or "judge")
                yield one

        yield judged()


def cut_short(card: "Scorecard") -> int:
    """Say how far a run over cases came that was stopped, and return its exit status."""
    left = sum(one.reason is Reason.INTERRUPTED for one in card.results)
    done, whole = len(card.results) - left, len(card.results)
    return stopped(f"{done:,} of {whole:,} claims were judged; the others are unchecked (interrupted)")


def stopped(how_far: str) -> int:
    """Say in one line that the run was stopped and how far it came, and return its exit status."""
    click.echo(f"summarizer: {STOP.words}: {how_far}", err=True)
    return STOP.status or 0


def _in_ci() -> bool:
    """Whether this runs in a CI system: all of them set CI."""
    return os.environ.get("CI", "").lower() not in ("", "0", "false")


def draws(given: Mapping[str, Any]) -> bool:
    """Whether standard error is a terminal that can draw a bar, and one is wanted."""
    return not given["quiet"] and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"


@contextmanager
def bar(given: Mapping[str, Any]) -> Iterator[Callable[[int, int | None, str, str], None]]:
    """A function that draws a bar, or does nothing where standard error is not a terminal that can draw one."""
    if not draws(given):
        yield lambda _done, _whole, _words, _stage: None
        return
    from rich.console import Console  # noqa: PLC0415 (only on a terminal)
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn  # noqa: PLC0415

    columns = (
        TextColumn("{task.fields[doing]}", markup=False),
        BarColumn(bar_width=20),
        TextColumn("{task.fields[words]}", markup=False),
        TimeElapsedColumn(),
    )
    console = Console(stderr=True, highlight=False)
    progress = Progress(*columns, console=console, transient=True, redirect_stdout=False, redirect_stderr=False)
    task = progress.add_task("", total=None, doing=DOING[""], words="")

    def draw(done: int, whole: int | None, words: str, stage: str) -> None:
        progress.start()  # with the first news, after the notes
        count = f"{done:,} of {whole:,} {words}" if whole is not None else words.partition(", ")[2]
        progress.update(task, completed=done, total=whole, doing=DOING[stage], words=count)

    try:
        yield draw
    finally:
        progress.stop()


def _case_lines(suite: "Suite") -> "Callable[[Step], None]":
    """What prints a line for each case, once all of its summaries are done; of several rounds in the first."""
    left = {case.id: len(case.file.summaries) for case in suite.cases}
    found: dict[str, list[str]] = {}

    def advanced(step: "Step") -> None:
        outcomes = found.setdefault(step.case, [])
        outcomes += [one.outcome if not one.decided else "right" if one.right else "wrong" for one in step.results]
        left[step.case] -= 1
        if left[step.case] == 0:
            counts = ", ".join(
                f"{outcomes.count(word)} {word}" for word in ("right", "wrong", "undecided", "unchecked")
            )
            done = sum(not one for one in left.values())
            click.echo(f"summarizer: case {done} of {len(left)}: {safe(step.case)}: {counts}", err=True)

    return advanced
