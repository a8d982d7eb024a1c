"""The command line: parse, call, print, exit.

Results go to standard output or to `-o`, everything else to standard error.
Heavy imports wait until a command needs them, so that `--help` is quick.
"""

import os
import sys
import warnings
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NoReturn

import click

from summarizer._version import __version__
from summarizer.cli import (
    accepting,
    admin,
    batch,
    completion,
    evaluate,
    mending,
    results,
    saved,
    starting,
    streams,
    submitting,
)
from summarizer.cli.options import (
    ACCEPTED,
    MENDED,
    MODEL,
    RESULT,
    SOURCES,
    announced,
    chosen,
    files,
    options,
    refuse_two_inputs,
    refuse_writing,
)
from summarizer.cli.stopping import STOP, Stopped
from summarizer.cli.streams import echo, safe

if TYPE_CHECKING:
    from summarizer.components import Command, Components
    from summarizer.llm.ledger import Ledger
    from summarizer.reading import Reading
    from summarizer.schema import Report

EPILOG = """\b
Exit status:
  0  every claim is supported
  1  a claim is contradicted or not in the source, or a bar is not met
  2  wrong usage, or input that cannot be read
  3  nothing is wrong, but a claim is undecided or unchecked
  4  the provider refused key, quota or model
  5  the provider gave no answer
  130, 143  stopped by Ctrl-C or SIGTERM; the result has what was done by then
"""
ENVIRONMENT = """
\b
Environment:
  OPENAI_API_KEY      key for OPENAI_BASE_URL, or for api.openai.com
  SUMMARIZER_API_KEY  key for SUMMARIZER_BASE_URL, or for api.openai.com
  SUMMARIZER_...      each setting that `summarizer config show` lists
  NO_COLOR            no colours
  CI                  `summarizer eval` prints a line for each case
  GITHUB_WORKSPACE    where the file names of annotations count from
  XDG_CONFIG_HOME     holds summarizer/config.toml (default: ~/.config)
  TIKTOKEN_CACHE_DIR  holds the ranks for exact counts of tokens
Neither a key nor a summarizer.toml alone sends anything; a key is sent to that host only.
"""


@click.group(context_settings={"help_option_names": ["-h", "--help"]}, epilog=f"{EPILOG}{ENVIRONMENT}")
@click.version_option(__version__, prog_name="summarizer")
def summarizer() -> None:
    """Summarise an article, or check a summary, with the source's own words for every verdict.

    \b
    Example:
      summarizer summarize article.txt
      summarizer check summary.txt --source article.txt
    """
    from summarizer.settings import unknown_variables  # noqa: PLC0415 (quick --help)

    for unknown in unknown_variables(os.environ):
        _warn(unknown)


@summarizer.command(epilog=EPILOG)
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...", shell_complete=files)
@click.option(
    "--sentences", type=click.IntRange(min=1), metavar="N", help="Length of the summary in sentences (default: 5)."
)
@click.option("--words", type=click.IntRange(min=1), metavar="N", help="Length of the summary in words.")
@options(RESULT, MODEL)
def summarize(sources: tuple[str, ...], sentences: int | None, words: int | None, **given: Any) -> None:
    """Write a summary of SOURCE and check every statement of it.

    SOURCE is a text, HTML, PDF or Word file, - for standard input, or with --allow-url
    a web address; several are summarised together.

    \b
    Example:
      summarizer summarize article.txt --sentences 3
    """
    from summarizer import api  # noqa: PLC0415 (quick --help)
    from summarizer.cli.progress import running  # noqa: PLC0415
    from summarizer.llm.ledger import Ledger  # noqa: PLC0415

    results.look_ahead(given, sources)
    documents = _read(sources, given)
    ledger = Ledger()
    components = chosen(given, ledger)
    with running(components, ledger, given):
        report = api.summarize(
            documents,
            backend=components,
            sentences=sentences,
            words=words,
            on_start=_notice("summarize", documents, given, ledger),
        )
    ids = [document.id for document in report.documents]
    _finish(report, components, ledger, given, results.places(ids, sources, documents))


@summarizer.command(epilog=EPILOG)
@click.argument("summary", metavar="SUMMARY", shell_complete=files)
@SOURCES
@click.option(
    "--fix",
    is_flag=True,
    help="Add the edits that put the summary right, each checked again (text, markdown, html and json).",
)
@options([ACCEPTED], RESULT, MODEL)
def check(summary: str, sources: tuple[str, ...], **given: Any) -> None:
    """Check every statement of SUMMARY against its source.

    SUMMARY and SOURCE are text, HTML, PDF or Word files; one of them may be - for
    standard input. With --allow-url they may be web addresses.

    \b
    Example:
      summarizer check summary.txt --source article.txt --also html=report.html
    """
    from summarizer import api  # noqa: PLC0415 (quick --help)
    from summarizer.cli.progress import running  # noqa: PLC0415
    from summarizer.llm.ledger import Ledger  # noqa: PLC0415

    results.look_ahead(given, [summary, *sources])
    if given["fix"]:
        mending.refuse_forms(given)
    else:
        refuse_writing(given, "a check writes no summary, and without --fix no edits")
    known = accepting.accepted_claims(given)
    text, *documents = _read((summary, *sources), given)
    ledger = Ledger()
    components = chosen(given, ledger)
    with running(components, ledger, given):
        command: Command = "repair" if given["fix"] else "check"
        report = api.check(text, documents, backend=components, on_start=_notice(command, documents, given, ledger))
        report = accepting.with_accepted(report, known)
        if given["fix"] and given["dry_run"]:
            mending.plan(report, components)
        elif given["fix"] and not STOP.signum:
            report = mending.with_edits(report, components)
    ids = ["summary", *(document.id for document in report.documents)]
    _finish(report, components, ledger, given, results.places(ids, (summary, *sources), (text, *documents)))


@summarizer.command(epilog=EPILOG)
@click.argument("summary", metavar="SUMMARY", shell_complete=files)
@SOURCES
@options([ACCEPTED], MENDED, MODEL)
def repair(summary: str, sources: tuple[str, ...], diff: bool, **given: Any) -> None:
    """Print SUMMARY with every wrong statement put right, or taken out.

    What is contradicted or not in the source gets the source's words where the same
    judge then calls it supported, and is taken out otherwise, or left for you where
    the next sentence leans on it. What is supported or undecided stays. Each edit, and
    each statement that is left for you, is a line on standard error. The mended summary
    is checked as a whole, and the exit status is that of this check; one that is worse
    than before is not printed.

    \b
    Example:
      summarizer repair summary.txt --source article.txt -o mended.txt
    """
    from summarizer import api  # noqa: PLC0415 (quick --help)
    from summarizer.cli.progress import running, stopped  # noqa: PLC0415
    from summarizer.llm.ledger import Ledger  # noqa: PLC0415

    mending.look_ahead(given, [summary, *sources])
    known = accepting.accepted_claims(given)
    text, *documents = _read((summary, *sources), given)
    ledger = Ledger()
    components = chosen(given, ledger)
    with running(components, ledger, given):
        report = api.check(text, documents, backend=components, on_start=_notice("repair", documents, given, ledger))
        report = accepting.with_accepted(report, known)
        if given["dry_run"]:
            mending.plan(report, components)
        done = None if given["dry_run"] or STOP.signum else api.mend(report, backend=components)
    if given["dry_run"]:
        _finish(report, components, ledger, given, {})
    if done is None or STOP.signum:
        raise SystemExit(stopped("nothing was written"))
    mending.write(done, given, diff=diff)
    raise SystemExit(mending.status(done, given))


@summarizer.command()
def schema() -> None:
    """Print the JSON Schema of the report that --format json writes.

    \b
    Example:
      summarizer schema > report-schema.json
    """
    from summarizer.report.formats.json import report_schema  # noqa: PLC0415 (quick --help)

    echo(report_schema(), for_people=False)


def _read(names: tuple[str, ...], given: dict[str, Any]) -> "tuple[Reading, ...]":
    from summarizer.reading import MAX_BYTES, read_all  # noqa: PLC0415

    refuse_two_inputs(names)
    limit = MAX_BYTES if given["max_text"] is None else int(given["max_text"] * 1024**2)
    return read_all(names, encoding=given["encoding"], allow_url=given["allow_url"], max_text=limit)


def _notice(
    command: "Command", readings: "Sequence[Reading]", given: dict[str, Any], ledger: "Ledger"
) -> "Callable[[Components], None]":
    """Say on standard error what runs and where the text goes, before it goes there; from then on there is a bar."""

    def say(components: "Components") -> None:
        if given["quiet"]:
            return
        told(components)
        ledger.changed()

    def told(components: "Components") -> None:
        click.echo(f"summarizer: {announced(components, command)}", err=True)
        if not components.remote and not given["backend"] and os.environ.get("OPENAI_API_KEY"):
            click.echo(
                "summarizer: OPENAI_API_KEY is set; --backend openai asks a model, and sends the text to it", err=True
            )
        if given["verbose"]:
            for reading in readings:
                facts = [f"{len(reading.document.text):,} characters", reading.title, reading.byline, reading.date]
                told = "; ".join(safe(fact) for fact in facts if fact)
                click.echo(f"summarizer: {safe(reading.document.name)}: {told}", err=True)

    return say


def _finish(
    report: "Report", components: "Components", ledger: "Ledger", given: dict[str, Any], places: "results.Places"
) -> NoReturn:
    if given["dry_run"]:
        from summarizer.report.plan import to_plan  # noqa: PLC0415 (quick --help)

        echo(to_plan(components))
        raise SystemExit(0)
    results.write(report, given, places)
    if STOP.signum:
        from summarizer.cli.progress import stopped  # noqa: PLC0415

        how_far = f"{ledger.judged:,} of {ledger.claims:,} claims were judged; the others are unchecked (interrupted)"
        raise SystemExit(stopped(how_far))
    raise SystemExit(results.status(report, given))


def _warn(message: Warning | str, *_: object) -> None:
    """A warning of ours, or of a library, as one line that names no place in the code."""
    click.echo(f"summarizer: warning: {safe(' '.join(str(message).split()))}", err=True)


def _fail(message: str, status: int) -> NoReturn:
    """Print one line on standard error and exit."""
    click.echo(f"summarizer: error: {safe(message)}", err=True)
    raise SystemExit(status)


for command in (
    admin.prompts,
    admin.config,
    admin.doctor,
    admin.models,
    starting.init,
    saved.show,
    saved.diff,
    accepting.accept,
    completion.completion,
    batch.batch,
    evaluate.evaluation,
):
    summarizer.add_command(command)


for command in (submitting.submit, submitting.status, submitting.collect):
    batch.batch.add_command(command)


def main() -> None:
    """Run the command line; the only place where an error becomes a message."""
    from summarizer.errors import SummarizerError  # noqa: PLC0415 (quick --help)

    STOP.listen()
    warnings.showwarning = _warn  # type: ignore[assignment]  # it takes what it needs
    streams.prepare()
    try:
        try:
            summarizer.main(prog_name="summarizer", complete_var=completion.VARIABLE, standalone_mode=False)
        finally:
            sys.stdout.flush()
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        raise SystemExit(2) from None
    except click.ClickException as error:
        where = error.ctx.command_path if isinstance(error, click.UsageError) and error.ctx else "summarizer"
        _fail(f"{error.format_message().rstrip('.')}; see {where} --help", 2)
    except SummarizerError as error:
        _fail_if_stopped()
        if STOP.status:
            _fail(f"{STOP.words}: {error}", STOP.status)
        _fail(str(error), error.exit_status)
    except Stopped:
        _fail_if_stopped()
    except (KeyboardInterrupt, click.Abort):
        _fail("interrupted; nothing more was written", 130)
    except BrokenPipeError:  # the reader of our output has gone, as `| head` does
        streams.drop_output()
        raise SystemExit(0) from None
    except OSError as error:  # standard output cannot take the result
        streams.drop_output()
        _fail(f"cannot write the result: {error.strerror or error}", 2)
    except Exception:
        _fail_if_stopped()  # what a stop within an import was turned into
        raise


def _fail_if_stopped() -> None:
    if stopped := STOP.take():
        _fail(f"{stopped.words}; nothing more was written", stopped.status)


if __name__ == "__main__":
    main()
