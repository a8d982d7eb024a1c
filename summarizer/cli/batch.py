"""`summarizer batch`: many articles, each once in the output, whatever happens in between."""

import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from summarizer.cli.batch_told import FAIL_ON, drawn, status_of, told
from summarizer.cli.groups import CommandWithOthers
from summarizer.cli.options import (
    MODEL,
    QUIET,
    announced,
    chosen,
    files,
    options,
    refuse_inputs,
    refuse_writing,
    settings_of,
)
from summarizer.cli.stopping import STOP

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from summarizer.batch.job import Job
    from summarizer.batch.run import Sizes
    from summarizer.components import Components

EPILOG = """\b
The promise:
  The output holds each row once, in the order of the input. A run that was
  broken off, by kill -9 or a power cut too, goes on where it was when the
  same command is given again. Work may be repeated for at most workers x 64
  rows; a paid call that was under way at the moment of death may be paid
  twice. What is done is kept in OUT.parts, which you may delete at the end.

\b
Exit status:
  0  every row has a result, whatever its verdicts
  1  a row has a claim with an outcome that --fail-on names
  2  wrong usage, or input or output that cannot be used
  3  rows in error, claims without an answer, or the budget ended the run
  4  the provider refused key, quota or model
  5  the provider gave no answer
  130, 143  stopped by Ctrl-C or SIGTERM; the output has what was done by then
"""
AHEAD = 2  # of so many requests under way, one more article is read and split meanwhile


BATCH = [
    click.option("--check", is_flag=True, help="Check the summary of each row, instead of writing one."),
    click.option(
        "--sentences", type=click.IntRange(min=1), metavar="N", help="Length of each summary in sentences (default: 5)."
    ),
    click.option("--words", type=click.IntRange(min=1), metavar="N", help="Length of each summary in words."),
    click.option("--full", is_flag=True, help="Put the texts of the sources into the output."),
    click.option(
        "--root",
        type=click.Path(path_type=Path, exists=True, file_okay=False),
        metavar="DIR",
        help="Where the paths of rows count from, and which they may not leave (default: the folder of IN).",
    ),
    click.option("--encoding", metavar="NAME", help="Encoding of the files that rows name, where it is not UTF-8."),
]
"""What is done with the rows."""


def _files_or_commands(context: click.Context, parameter: click.Parameter, begun: str) -> "list[CompletionItem]":
    others = context.command.names(begun) if isinstance(context.command, CommandWithOthers) else []
    return [*others, *files(context, parameter, begun)]


@click.command(cls=CommandWithOthers, no_args_is_help=False, epilog=EPILOG)
@click.argument("rows", metavar="IN", type=click.Path(path_type=Path), shell_complete=_files_or_commands)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    metavar="OUT",
    help="Write the results to OUT, a .jsonl or .parquet file.",
)
@options(BATCH)
@click.option(
    "--workers",
    type=click.IntRange(1, 256),
    metavar="N",
    help="Processes side by side (default: one for each processor; one where a server is asked, see --concurrency).",
)
@click.option(
    "--engine",
    type=click.Choice(["local", "ray"]),
    default="local",
    show_default=True,
    help="Where: processes of this machine, or tasks of a Ray cluster.  [env: RAY_ADDRESS]",
)
@click.option(
    "--shard",
    metavar="I/N",
    help="Do only block I of N, from 0/N to N-1/N; the outputs of all blocks, joined in order, are those of one run.",
)
@click.option(
    "--retry-errors", is_flag=True, help="Do the rows again that ended in error, or with a claim that got no answer."
)
@FAIL_ON
@QUIET
@options(MODEL)
def batch(rows: Path, output: Path, **given: Any) -> None:  # fmt: skip
    """Summarise or check many articles: rows in, rows out.

    IN is a .jsonl, .csv or .parquet file of rows with id, source (a text or, in JSONL and Parquet, a list of texts)
    or source_path (a file, or a list), and with --check summary or summary_path; or a folder of files, where
    a.summary.txt is the summary of a.txt.

    \b
    Example:
      summarizer batch articles.jsonl -o summaries.jsonl
      summarizer batch pairs.jsonl -o checked.jsonl --check --workers 2
    """
    _look_ahead(rows, output, given)
    raise SystemExit(_run(rows, output, job_of(rows, given), given))


def job_of(rows: Path, given: Mapping[str, Any]) -> "Job":
    """What is done with each row. Raises a `UsageError` for options that do not fit together."""
    from summarizer.api import DEFAULT_LENGTH  # noqa: PLC0415 (quick --help)
    from summarizer.batch.job import Job  # noqa: PLC0415
    from summarizer.errors import UsageError  # noqa: PLC0415
    from summarizer.writing import Length  # noqa: PLC0415

    if given["sentences"] and given["words"]:
        raise UsageError("give the length in --sentences or in --words, not both")
    if given["check"] and (given["sentences"] or given["words"]):
        raise UsageError("--sentences, --words: a check writes no summary; leave them out, or leave out --check")
    if given["root"] and rows.is_dir():
        raise UsageError("--root: the rows of a folder are its files; leave it out")
    length = DEFAULT_LENGTH
    for unit in ("sentences", "words"):
        length = Length(given[unit], unit) if given[unit] else length
    root = given["root"] or (rows if rows.is_dir() else rows.parent)
    return Job("check" if given["check"] else "summarize", length, given["full"], root, given["encoding"])


def _look_ahead(rows: Path, output: Path, given: Mapping[str, Any]) -> None:
    """Refuse what does not fit together before anything is read."""
    from summarizer.batch.joining import refuse_unknown  # noqa: PLC0415 (quick --help)
    from summarizer.errors import UsageError  # noqa: PLC0415

    refuse_unknown(output)
    refuse_inputs([output], [rows])
    if given["check"]:
        refuse_writing(given, "a check writes no summary")
    for name in ("record", "dry_run"):
        if given[name]:
            raise UsageError(
                f"--{name.replace('_', '-')}: not for a batch; try it on one article with summarize or check"
            )


def _run(path: Path, output: Path, job: "Job", given: dict[str, Any]) -> int:
    from summarizer.batch.folder import Folder, kept_beside  # noqa: PLC0415 (quick --help)
    from summarizer.batch.job import digest  # noqa: PLC0415
    from summarizer.batch.rows import Rows  # noqa: PLC0415
    from summarizer.batch.run import BatchRun  # noqa: PLC0415
    from summarizer.batch.shard import Shard  # noqa: PLC0415
    from summarizer.batch.worker import Start  # noqa: PLC0415
    from summarizer.errors import SummarizerError  # noqa: PLC0415
    from summarizer.llm.models import RunOptions  # noqa: PLC0415

    components = chosen(given)
    settings = settings_of(given)
    sizes = sizes_of(components, given["workers"], settings["concurrency"])
    _refuse_engine(given["engine"], components, given["replies"])
    rows = Rows(path, output=output, command=job.command)
    survey = rows.survey()
    shard = Shard.read(given["shard"], survey.rows)
    facts = job.facts(settings, components)
    if not given["quiet"]:
        click.echo(f"summarizer: {announced(components, job.command)}", err=True)
    of_this_run = {"input": survey.sha256, "shard": f"{shard.block}/{shard.of}", "root": str(given["root"])}
    with Folder(kept_beside(output), {**of_this_run, **facts}, shard) as folder:
        kept = RunOptions(
            replies=given["replies"],
            max_tokens=given["max_tokens"],
            max_cost=given["max_cost"],
            writes=not given["check"],
            kept=folder.path if components.remote else None,
        )
        run = BatchRun(rows, folder, shard)
        begun = time.monotonic()
        failure = None
        try:
            with STOP.ends(run), drawn(given) as draw:
                run.work(
                    Start(settings, kept, job, digest(facts)),
                    sizes,
                    engine=given["engine"],
                    retry_errors=given["retry_errors"],
                    changed=draw,
                )
        except SummarizerError as error:
            failure = error
        totals = run.join(output)
        if not totals.statuses["interrupted"]:
            folder.forget_replies()
    told(totals, output, given, seconds=time.monotonic() - begun, deaths=run.deaths)
    if STOP.signum:
        from summarizer.cli.progress import stopped  # noqa: PLC0415 (quick --help)

        left = totals.statuses["interrupted"]
        return stopped(f"{totals.rows - left:,} of {totals.rows:,} rows are done; the same command does the others")
    if failure:
        raise failure
    return status_of(totals, given, over_budget=run.over_budget)


def _refuse_engine(engine: str, components: "Components", replies: Path | None) -> None:
    from summarizer.errors import UsageError  # noqa: PLC0415 (quick --help)

    if engine == "ray":
        if components.remote:
            raise UsageError("--engine ray: one process asks a server, so that its pace is that of all; leave it out")
        if replies:
            raise UsageError("--engine ray: its tasks have no file of replies; leave out one of --engine and --replies")
        from summarizer.batch.cluster import library  # noqa: PLC0415

        library()


def sizes_of(components: "Components", workers: int | None, concurrency: int) -> "Sizes":
    """How many processes, and how many rows each. One limiter paces a server, so one process asks it."""
    from summarizer.batch.run import Sizes  # noqa: PLC0415 (quick --help)
    from summarizer.errors import UsageError  # noqa: PLC0415

    if not components.remote:
        return Sizes(workers, 2)
    if (workers or 1) > 1:
        raise UsageError("--workers: one process asks a server, so that its pace is that of all; use --concurrency")
    return Sizes(1, concurrency + max(2, concurrency // AHEAD))
