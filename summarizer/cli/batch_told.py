"""What a batch says on standard error, while it runs and at its end, and the exit status that its rows make."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from summarizer.cli.streams import safe

if TYPE_CHECKING:
    from summarizer.batch.joining import Totals
    from summarizer.batch.run import Progress

LINE_EVERY = 60.0  # seconds between two lines of progress where there is no terminal
OUTCOMES = ("contradicted", "not_in_source", "undecided", "unchecked")
FAIL_ON = click.option(
    "--fail-on",
    multiple=True,
    type=click.Choice(OUTCOMES),
    help="Exit with 1 where a claim has this outcome; repeat it for several (default: none).",
)


def told(
    totals: "Totals", output: Path, given: Mapping[str, Any], *, seconds: float | None = None, deaths: int = 0
) -> None:
    """The summary at the end."""
    if given["quiet"]:
        return
    kinds = ", ".join(f"{count:,} {kind}" for kind, count in sorted(totals.kinds.items()))
    statuses = [
        f"{totals.statuses['ok']:,} ok",
        f"{totals.statuses['error']:,} in error" + (f" ({kinds})" if kinds else ""),
    ]
    statuses += [f"{totals.statuses['interrupted']:,} not done"] if totals.statuses["interrupted"] else []
    took = "" if seconds is None else f", in {_duration(seconds)}"
    click.echo(
        f"summarizer: {totals.rows:,} {'row' if totals.rows == 1 else 'rows'}: {', '.join(statuses)}{took}",
        err=True,
    )
    for error in totals.first_errors:
        click.echo(f"summarizer: in error: {safe(error)}", err=True)
    if unsaid := totals.statuses["error"] - len(totals.first_errors):
        click.echo(f"summarizer: and {unsaid:,} more, as `error` of their rows", err=True)
    counts = ", ".join(f"{totals.counts[name]:,} {name.replace('_', ' ')}" for name in ("supported", *OUTCOMES))
    click.echo(f"summarizer: {totals.claims:,} claims: {counts}{_spent(totals)}", err=True)
    if totals.failed_calls:
        click.echo(f"summarizer: {totals.failed_calls:,} claims are unchecked because a call failed", err=True)
    if deaths:
        click.echo(f"summarizer: {deaths:,} worker processes died and were replaced", err=True)
    click.echo(f"summarizer: wrote {safe(str(output))}", err=True)


def _spent(totals: "Totals") -> str:
    if not totals.calls:
        return ""
    tokens = "tokens not known" if totals.tokens is None else f"{totals.tokens:,} tokens"
    cost = "cost not known" if totals.cost_usd is None else f"{totals.cost_usd:.4f} USD"
    return f"; {totals.calls:,} calls, {tokens}, {cost}"


def status_of(totals: "Totals", given: Mapping[str, Any], *, over_budget: bool) -> int:
    if over_budget:
        left = f"{totals.statuses['interrupted']:,} rows are left"
        click.echo(f"summarizer: the budget ended the run: {left}; give the same command with a higher limit", err=True)
    if over_budget or totals.statuses["error"] or totals.failed_calls:
        return 3
    return int(any(totals.counts[name] for name in given["fail_on"]))


def words(progress: "Progress") -> str:
    """`130 of 2,000 rows, 415 claims, 12.3 rows/s, 2 min 32 s left`."""
    return f"{progress.before + progress.rows:,} of {progress.whole:,} {_after_rows(progress)}"


def _after_rows(progress: "Progress") -> str:
    claims = f"rows, {progress.claims:,} claims"
    errors = f", {progress.errors:,} in error" if progress.errors else ""
    errors += f", {progress.waiting:,} wait for answers" if progress.waiting else ""
    cost = (
        ", cost not known"
        if progress.cost_usd is None
        else f", {progress.cost_usd:.4f} USD"
        if progress.cost_usd
        else ""
    )
    left = (
        f", {progress.rate:.1f} rows/s, {_duration(progress.seconds_left)} left"
        if progress.seconds_left is not None
        else ""
    )
    return f"{claims}{errors}{cost}{left}"


def _duration(seconds: float) -> str:
    """`1 h 02 min`, `2 min 05 s`, `7 s`."""
    whole = round(seconds)
    if whole >= 3600:
        return f"{whole // 3600} h {whole % 3600 // 60:02} min"
    return f"{whole // 60} min {whole % 60:02} s" if whole >= 60 else f"{whole} s"


@contextmanager
def drawn(given: Mapping[str, Any]) -> "Iterator[Callable[[Progress], None]]":
    """A function that shows how far a run is: a bar on a terminal, elsewhere a line each minute."""
    from summarizer.cli.progress import bar, draws  # noqa: PLC0415 (quick --help)

    if given["quiet"]:
        yield lambda _: None
        return
    if draws(given):
        with bar(given) as draw:
            yield lambda progress: draw(
                progress.before + progress.rows, progress.whole or None, _after_rows(progress), "judge"
            )
        return
    last = time.monotonic()

    def line(progress: "Progress") -> None:
        nonlocal last
        if time.monotonic() - last >= LINE_EVERY:
            last = time.monotonic()
            click.echo(f"summarizer: {words(progress)}", err=True)

    yield line
