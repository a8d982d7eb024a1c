"""The command line: parse, call, print, exit.

Results go to standard output or to `-o`, everything else to standard error.
Heavy imports wait until a command needs them, so that `--help` is quick.
"""

import os
import signal
import sys
from collections.abc import Callable, Sequence
from types import FrameType
from typing import TYPE_CHECKING, Any, NoReturn

import click

from summarizer._version import __version__
from summarizer.cli import evaluate, results, upkeep
from summarizer.cli.options import MODEL, RESULT, chosen, echo, options, safe

if TYPE_CHECKING:
    from summarizer.backends import Backend
    from summarizer.reading import Reading
    from summarizer.schema import Report

EPILOG = """\b
Exit status:
  0  every claim is supported
  1  a claim is contradicted or not in the source, or a bar is not met
  2  wrong usage, or input that cannot be read
  3  nothing is wrong, but a claim stayed unchecked
  4  the provider refused key, quota or model
  5  the provider gave no answer
"""


@click.group(context_settings={"help_option_names": ["-h", "--help"]}, epilog=EPILOG)
@click.version_option(__version__, prog_name="summarizer")
def summarizer() -> None:
    """Summarise an article, or check a summary, with the source's own words for every verdict.

    \b
    summarizer summarize article.txt
    summarizer check summary.txt --source article.txt
    """


@summarizer.command(epilog=EPILOG)
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option(
    "--sentences", type=click.IntRange(min=1), metavar="N", help="Length of the summary in sentences (default: 5)."
)
@click.option("--words", type=click.IntRange(min=1), metavar="N", help="Length of the summary in words.")
@options(RESULT, MODEL)
def summarize(sources: tuple[str, ...], sentences: int | None, words: int | None, **given: Any) -> None:
    """Write a summary of SOURCE and check every statement of it.

    SOURCE is a text, HTML, PDF or Word file, - for standard input, or with --allow-url
    a web address; several are summed up together.

    \b
    summarizer summarize article.txt --sentences 3
    """
    from summarizer import pipeline  # noqa: PLC0415 (quick --help)

    results.look_ahead(given, sources)
    documents = _read(sources, given)
    backend = chosen(given, sentences or (words or 125) // 25 or 1)
    report = pipeline.summarize(
        documents, backend=backend, sentences=sentences, words=words, on_start=_notice(documents, given)
    )
    names = dict(zip([document.id for document in report.documents], sources, strict=True))
    _finish(report, backend, given, results.files(names))


@summarizer.command(epilog=EPILOG)
@click.argument("summary", metavar="SUMMARY")
@click.option(
    "-s",
    "--source",
    "sources",
    multiple=True,
    required=True,
    metavar="SOURCE",
    help="The text to check against; repeat it for several.",
)
@options(RESULT, MODEL)
def check(summary: str, sources: tuple[str, ...], **given: Any) -> None:
    """Check every statement of SUMMARY against its source.

    SUMMARY and SOURCE are text, HTML, PDF or Word files; one of them may be - for
    standard input. With --allow-url they may be web addresses.

    \b
    summarizer check summary.txt --source article.txt
    """
    from summarizer import pipeline  # noqa: PLC0415 (quick --help)

    results.look_ahead(given, [summary, *sources])
    text, *documents = _read((summary, *sources), given)
    backend = chosen(given, 0)
    report = pipeline.check(text, documents, backend=backend, on_start=_notice(documents, given))
    names = {"summary": summary, **dict(zip([document.id for document in report.documents], sources, strict=True))}
    _finish(report, backend, given, results.files(names))


@summarizer.command()
def schema() -> None:
    """Print the JSON Schema of the report that --format json writes."""
    from summarizer.render.json import report_schema  # noqa: PLC0415 (quick --help)

    click.echo(report_schema(), nl=False)


def _read(names: tuple[str, ...], given: dict[str, Any]) -> "tuple[Reading, ...]":
    from summarizer.errors import UsageError  # noqa: PLC0415 (quick --help)
    from summarizer.reading import read_all  # noqa: PLC0415

    if names.count("-") > 1:
        raise UsageError("- stands for standard input, which can be read only once; name files for the others")
    return read_all(names, encoding=given["encoding"], allow_url=given["allow_url"])


def _notice(readings: "Sequence[Reading]", given: dict[str, Any]) -> "Callable[[Backend], None]":
    """Say on standard error which backend runs and where the text goes, before it goes there."""

    def say(backend: "Backend") -> None:
        if given["quiet"]:
            return
        click.echo(f"summarizer: {backend.name} backend; {safe(backend.destination)}", err=True)
        if backend.name == "embedded" and not given["backend"] and os.environ.get("OPENAI_API_KEY"):
            click.echo(
                "summarizer: OPENAI_API_KEY is set; --backend openai asks a model, and sends the text to it", err=True
            )
        if given["verbose"]:
            for reading in readings:
                facts = [f"{len(reading.document.text):,} characters", reading.title, reading.byline, reading.date]
                told = "; ".join(safe(fact) for fact in facts if fact)
                click.echo(f"summarizer: {safe(reading.document.name)}: {told}", err=True)

    return say


def _finish(report: "Report", backend: "Backend", given: dict[str, Any], files: dict[str, str]) -> NoReturn:
    if given["dry_run"]:
        from summarizer.render.plan import to_plan  # noqa: PLC0415 (quick --help)

        echo(to_plan(backend))
        raise SystemExit(0)
    results.write(report, given, files)
    raise SystemExit(results.status(report, given))


def _fail(message: str, status: int) -> NoReturn:
    """Print one line on standard error and exit."""
    from summarizer.render.safe import one_line  # noqa: PLC0415 (quick --help)

    click.echo(f"summarizer: error: {one_line(message)}", err=True)
    raise SystemExit(status)


def _stop(signum: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit(128 + signum)


summarizer.add_command(upkeep.prompts)
summarizer.add_command(upkeep.config)
summarizer.add_command(upkeep.doctor)
summarizer.add_command(evaluate.evaluation)


def main() -> None:
    """Run the command line; the only place where an error becomes a message."""
    from summarizer.errors import SummarizerError  # noqa: PLC0415 (quick --help)

    signal.signal(signal.SIGTERM, _stop)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        try:
            summarizer.main(standalone_mode=False)
        finally:
            sys.stdout.flush()
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        raise SystemExit(2) from None
    except click.ClickException as error:
        where = error.ctx.command_path if isinstance(error, click.UsageError) and error.ctx else "summarizer"
        _fail(f"{error.format_message().rstrip('.')}; see {where} --help", 2)
    except SummarizerError as error:
        _fail(str(error), error.exit_status)
    except (KeyboardInterrupt, click.Abort):
        _fail("interrupted", 130)
    except BrokenPipeError:  # the reader of our output has gone, as `| head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(0) from None
    except OSError as error:  # standard output cannot take the result
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        _fail(f"cannot write the result: {error.strerror or error}", 2)


if __name__ == "__main__":
    main()
