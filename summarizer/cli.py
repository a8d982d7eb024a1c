"""The command line: parse, call, print, exit.

Results go to standard output or to `-o`, everything else to standard error.
Heavy imports wait until a command needs them, so that `--help` is quick.
"""

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any, NoReturn

import click

from summarizer import commands
from summarizer._version import __version__

if TYPE_CHECKING:
    from summarizer.backends import Backend
    from summarizer.schema import Document, Report

EPILOG = """\b
Exit status:
  0  every claim is supported
  1  a claim is contradicted or not in the source
  2  wrong usage, or input that cannot be read
  3  nothing is wrong, but a claim stayed unchecked
  4  the provider refused key, quota or model
  5  the provider gave no answer
"""

COMMON = [
    click.option(
        "--format", "form", type=click.Choice(["text", "json", "markdown"]), default="text", show_default=True,
        help="Form of the result.",
    ),
    click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Write the result to FILE, whole or not at all."),
    click.option("--encoding", metavar="NAME", help="Encoding of the input, where it is not UTF-8: cp1252, utf-16, ..."),
    click.option("--exit-zero", is_flag=True, help="Exit with 0 whatever was found; errors still exit with theirs."),
    click.option("-q", "--quiet", is_flag=True, help="No notes on standard error, only errors."),
    click.option("-v", "--verbose", is_flag=True, help="More notes on standard error."),
    click.option(
        "--backend", type=click.Choice(["auto", "embedded", "openai", "replay"]),
        help="What writes and judges. embedded needs no key and no network; auto (the default) is embedded unless you name a model or a server.",
    ),
    click.option("--model", metavar="NAME", help="Ask this model."),
    click.option("--base-url", metavar="URL", help="OpenAI-compatible server: http://127.0.0.1:8080/v1, ..."),
    click.option("--api-key-env", metavar="NAME", help="Variable that holds the key for that server."),
    click.option("--claims", type=click.Choice(["atomic", "sentence"]), help="Let the model part sentences into claims (atomic), or judge them as written."),
    click.option("--evidence", type=click.Choice(["auto", "whole", "narrow"]), help="Show the judge the whole source, or the best passages."),
    click.option("--claims-per-call", type=int, metavar="N", help="Claims judged in one call."),
    click.option("--timeout", type=float, metavar="SECONDS", help="Longest wait for one answer."),
    click.option("--concurrency", type=int, metavar="N", help="Requests side by side."),
    click.option("--prompts", metavar="DIR", help="Use the prompts of DIR instead of the built-in ones of the same name."),
    click.option("--cache", is_flag=True, default=None, help="Keep replies in the cache folder, and use those kept."),
    click.option("--record", type=click.Path(path_type=Path), metavar="FILE", help="Write every reply to FILE, to be replayed."),
    click.option("--replies", type=click.Path(path_type=Path), metavar="FILE", help="Replay the replies of FILE; no key, no network."),
    click.option("--max-tokens", type=click.IntRange(min=1), metavar="N", help="Stop before a call that could pass N tokens in all."),
    click.option("--max-cost", type=click.FloatRange(min=0, min_open=True), metavar="USD", help="Stop before a call that could pass that cost."),
    click.option("--dry-run", is_flag=True, help="Print calls, tokens and cost, and send nothing."),
]  # fmt: skip


def common(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that all of them have."""
    for option in reversed(COMMON):
        command = option(command)
    return command


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
@common
def summarize(sources: tuple[str, ...], sentences: int | None, words: int | None, **options: Any) -> None:
    """Write a summary of SOURCE and check every statement of it.

    SOURCE is a text file, or - for standard input; several are summed up together.

    \b
    summarizer summarize article.txt --sentences 3
    """
    from summarizer import pipeline  # noqa: PLC0415 (quick --help)

    documents = _read(sources, options["encoding"])
    chosen = _chosen(options, sentences or (words or 125) // 25 or 1)
    report = pipeline.summarize(
        documents, backend=chosen, sentences=sentences, words=words, on_start=_notice(documents, options)
    )
    _finish(report, chosen, [*sources], options)


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
@common
def check(summary: str, sources: tuple[str, ...], **options: Any) -> None:
    """Check every statement of SUMMARY against its source.

    SUMMARY and SOURCE are text files; one of them may be - for standard input.

    \b
    summarizer check summary.txt --source article.txt
    """
    from summarizer import pipeline  # noqa: PLC0415 (quick --help)

    given = _read((summary, *sources), options["encoding"])
    documents = given[1:]
    chosen = _chosen(options, 0)
    report = pipeline.check(given[0], documents, backend=chosen, on_start=_notice(documents, options))
    _finish(report, chosen, [summary, *sources], options)


@summarizer.command()
def schema() -> None:
    """Print the JSON Schema of the report that --format json writes."""
    from summarizer.render.json import report_schema  # noqa: PLC0415 (quick --help)

    click.echo(report_schema(), nl=False)


def _read(names: tuple[str, ...], encoding: str | None) -> "tuple[Document, ...]":
    from summarizer.errors import UsageError  # noqa: PLC0415 (quick --help)
    from summarizer.reading import read_documents  # noqa: PLC0415

    if names.count("-") > 1:
        raise UsageError("- stands for standard input, which can be read only once; name files for the others")
    return read_documents(names, encoding=encoding)


SETTINGS = (
    "backend", "model", "base_url", "api_key_env", "claims", "evidence", "claims_per_call", "timeout", "concurrency",
    "prompts", "cache",
)  # fmt: skip


def _chosen(options: dict[str, Any], sentences: int) -> "Backend":
    """The backend of the options; for a dry run the same one with nothing behind it."""
    from summarizer.backends.choose import Extras, choose, rehearsal  # noqa: PLC0415 (quick --help)
    from summarizer.settings import resolve  # noqa: PLC0415

    settings = resolve({name: options[name] for name in SETTINGS}, folder=Path())
    if options["dry_run"]:
        return rehearsal(settings, sentences)
    extras = Extras(options["record"], options["replies"], options["max_tokens"], options["max_cost"])
    return choose(settings["backend"], settings, extras)


def _notice(documents: "tuple[Document, ...]", options: dict[str, Any]) -> "Callable[[Backend], None]":
    """Say on standard error which backend runs and where the text goes, before it goes there."""

    def say(backend: "Backend") -> None:
        if options["quiet"]:
            return
        click.echo(f"summarizer: {backend.name} backend; {_safe(backend.destination)}", err=True)
        if backend.name == "embedded" and not options["backend"] and os.environ.get("OPENAI_API_KEY"):
            click.echo(
                "summarizer: OPENAI_API_KEY is set; --backend openai asks a model, and sends the text to it", err=True
            )
        if options["verbose"]:
            for document in documents:
                click.echo(f"summarizer: {_safe(document.name)}: {len(document.text):,} characters", err=True)

    return say


def _finish(report: "Report", backend: "Backend", inputs: list[str], options: dict[str, Any]) -> NoReturn:
    from summarizer.render.tally import exit_status  # noqa: PLC0415 (quick --help)

    if options["dry_run"]:
        from summarizer.render.plan import to_plan  # noqa: PLC0415

        _echo(to_plan(backend))
        raise SystemExit(0)
    output: Path | None = options["output"]
    if output is None or str(output) in ("-", "/dev/stdout"):
        _echo(_rendered(report, options["form"], sys.stdout.isatty()))
    else:
        from summarizer.errors import OutputError  # noqa: PLC0415
        from summarizer.output import write_whole  # noqa: PLC0415

        if any(name != "-" and output.exists() and output.samefile(name) for name in inputs):
            raise OutputError(f"{_safe(str(output))}: is one of the inputs; write the result to another file")
        write_whole(output, _rendered(report, options["form"], on_terminal=False))
        if options["verbose"]:
            click.echo(f"summarizer: wrote {_safe(str(output))}", err=True)
    raise SystemExit(0 if options["exit_zero"] else exit_status(report))


def _rendered(report: "Report", form: str, on_terminal: bool) -> str:
    from summarizer.render import to_json, to_markdown, to_text  # noqa: PLC0415 (quick --help)

    if form == "json":
        return to_json(report)
    if form == "markdown":
        return to_markdown(report)
    width = os.get_terminal_size(sys.stdout.fileno()).columns if on_terminal else 80
    color = on_terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return to_text(report, width=max(40, width), color=color, ascii_only=not _prints("✓“…"))


def _prints(text: str) -> bool:
    try:
        text.encode(sys.stdout.encoding or "utf-8")
    except (LookupError, UnicodeEncodeError):
        return False
    return True


def _echo(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


def _safe(text: str) -> str:
    from summarizer.reading import printable_name  # noqa: PLC0415 (quick --help)
    from summarizer.render.safe import one_line  # noqa: PLC0415

    return one_line(printable_name(text))


def _fail(message: str, status: int) -> NoReturn:
    """Print one line on standard error and exit."""
    from summarizer.render.safe import one_line  # noqa: PLC0415 (quick --help)

    click.echo(f"summarizer: error: {one_line(message)}", err=True)
    raise SystemExit(status)


def _stop(signum: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit(128 + signum)


summarizer.add_command(commands.prompts)
summarizer.add_command(commands.config)
summarizer.add_command(commands.doctor)


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
