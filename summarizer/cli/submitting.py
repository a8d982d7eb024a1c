"""`summarizer batch submit|status|collect`: many articles through the Batch API, at half the price and within days."""

import time
from pathlib import Path
from typing import Any

import click

from summarizer.cli import rounds
from summarizer.cli.batch import BATCH
from summarizer.cli.batch_told import FAIL_ON
from summarizer.cli.options import (
    MODEL,
    QUIET,
    SERVER,
    announced,
    files,
    name_of,
    options,
    refuse_inputs,
)
from summarizer.cli.stopping import STOP
from summarizer.cli.streams import safe, say

ROUNDS = """\b
Rounds:
  A round is what can be asked by now. A check has two, claims and verdicts,
  or one with --claims sentence; a summary has two. Second questions (none
  with --witness none), replies that have to be asked for again, and requests
  that expired or failed make further ones. Each takes up to 24 hours.
"""
PROMISE = """\b
The promise:
  No row is lost, and no answered request is asked again. What was sent is
  noted in DIR before it is sent, and looked for at the server before it is
  sent again. DIR holds the articles, as does the provider, until all is done.

\b
Exit status:
  0  done
  2  wrong usage, or input or output that cannot be used
  3  rows in error or answers still to come, or the limit would be passed
  4  the provider refused key, quota, model or file
  5  the provider gave no answer
  130, 143  stopped by Ctrl-C or SIGTERM; the same command goes on
"""
UNUSED = ("concurrency", "cache", "record", "replies", "dry_run")  # of a run that asks at once
POLL = 60.0  # seconds between two looks at the server with --wait
folder = click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False), shell_complete=files)
workers = click.option(
    "--workers",
    type=click.IntRange(1, 256),
    metavar="N",
    help="Processes side by side (default: one for each processor).",
)
OF_MODEL = [one for one in MODEL if name_of(one) not in UNUSED]


@click.command(epilog=PROMISE)
@folder
@click.argument("rows", metavar="[IN]", required=False, type=click.Path(path_type=Path), shell_complete=files)
@options(BATCH)
@workers
@click.option(
    "--dry-run", is_flag=True, help="Print requests, tokens and the most that they may cost, and send nothing."
)
@click.option(
    "--retry-errors",
    is_flag=True,
    help="Do the rows again that ended in error, or with a claim that got no answer; what was answered is not asked again.",
)
@click.option("--no-send", is_flag=True, help="Write the files of requests and send none; for `vllm run-batch`.")
@QUIET
@options(OF_MODEL)
def submit(folder: Path, rows: Path | None, **given: Any) -> None:
    """Send requests to the Batch API: half the price, within 24 hours.

    The first time name IN, as for `summarizer batch`, and what is to be done with it; DIR is made and keeps it. Later
    rounds need DIR alone, and --base-url where the server is not that of the environment. One short question is asked
    at once, at the full price, so that no round fails over a parameter that the model does not take.

    \b
    Example:
      summarizer batch submit run/ pairs.jsonl --check --model gpt-5.4-mini --max-cost 5
      summarizer batch status run/
      summarizer batch collect run/ -o checked.jsonl
      summarizer batch submit run/
    """
    from summarizer.batch.jobfile import is_kept, keep  # noqa: PLC0415 (quick --help)
    from summarizer.errors import UsageError  # noqa: PLC0415

    beside = next((name for name in ("no_send", "retry_errors") if given[name]), "")
    if given["dry_run"] and beside:
        raise UsageError(
            f"--{beside.replace('_', '-')}: a dry run writes no file and tries no row; leave out one of the two"
        )
    run = rounds.begun(folder, rows, given)
    if given["dry_run"]:
        raise SystemExit(rounds.plan_round(run, given))
    with run:
        if rows or not is_kept(folder):
            keep(folder, run.kept)
        run.rounds.save(lambda old: old.model_copy(update=rounds.limits(given)))
        if not given["quiet"]:
            click.echo(f"summarizer: {announced(run.components, run.kept.job.command)}", err=True)
        raise SystemExit(rounds.write_round(run, given) if given["no_send"] else rounds.send_round(run, given))


@click.command(epilog=ROUNDS)
@folder
@options(SERVER)
def status(folder: Path, **given: Any) -> None:
    """Say how far each file of a run is, and what was spent.

    \b
    Example:
      summarizer batch status run/
    """
    from summarizer.batch.collecting import look  # noqa: PLC0415 (quick --help)

    run = rounds.kept(folder, given)
    state = run.rounds.state
    found = rounds.with_client(run, lambda client: look(run, client)) if state.of("sent") else []
    here = [(file, None) for file in state.of("written", "sending")] if not found else []
    for file, remote in [*((file, None) for file in state.of("collected")), *found, *here]:
        say(rounds.line_of(file, remote))
    money = "not known" if state.cost_usd is None else f"{state.cost_usd:.4f} USD"
    under_way = sum(file.requests for file in state.files if file.under_way)
    say(f"at most {state.tokens:,} tokens, {money}; {rounds.count(under_way, 'request')} under way")


@click.command(epilog=f"{ROUNDS}\n{PROMISE}")
@folder
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="OUT",
    help="Write the results to OUT, a .jsonl or .parquet file (default: results.jsonl in DIR).",
)
@click.option(
    "--results",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    shell_complete=files,
    help="Take in results from elsewhere, as `vllm run-batch` writes them; repeat it for several.",
)
@click.option("--wait", is_flag=True, help="Go on until all is done: look each minute, and send further rounds.")
@workers
@FAIL_ON
@QUIET
@options(SERVER)
def collect(folder: Path, output: Path | None, **given: Any) -> None:  # fmt: skip
    """Take in answers, and write the results when none is missing.

    Where answers are missing, their requests are written as the next round, which `summarizer batch submit DIR` sends.

    \b
    Example:
      summarizer batch collect run/ -o checked.jsonl
      summarizer batch collect run/ -o checked.jsonl --wait
      summarizer batch collect run/ --results answers.jsonl
    """
    from summarizer.batch.joining import refuse_unknown  # noqa: PLC0415 (quick --help)
    from summarizer.errors import UsageError  # noqa: PLC0415

    if given["wait"] and given["results"]:
        raise UsageError("--wait: looks at the server; leave it out with --results")
    run, output = rounds.kept(folder, given), output or folder / "results.jsonl"
    refuse_inputs([output], [run.kept.rows])
    _refuse_among(run.kept.rows, folder, output)
    refuse_unknown(output)
    with run:
        while not rounds.is_done(run, given):
            if STOP.signum or not given["wait"]:
                raise SystemExit(rounds.say_what_is_to_come(run, given))
            time.sleep(POLL)
        raise SystemExit(rounds.finish(run, output, given))


def _refuse_among(rows: Path, folder: Path, output: Path) -> None:
    """Refuse an output that would be an article of the folder of articles from then on."""
    from summarizer.errors import OutputError  # noqa: PLC0415 (quick --help)

    place = output.resolve()
    if rows.is_dir() and place.is_relative_to(rows.resolve()) and not place.is_relative_to(folder.resolve()):
        raise OutputError(f"{safe(str(output))}: lies among the articles of the run; write it to another folder")
