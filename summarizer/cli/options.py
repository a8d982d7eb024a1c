"""What the commands share: options of results and of backends, and what is refused of them."""

import math
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from summarizer.cli.streams import safe
from summarizer.report.formats import find_format, format_names

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from summarizer.components import Command, Components
    from summarizer.llm.ledger import Ledger
    from summarizer.llm.models import RunOptions
    from summarizer.settings import Settings


Decorated = TypeVar("Decorated", bound=Callable[..., Any])
ENDINGS = {
    ".json": "json",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".csv": "csv",
    ".jsonl": "jsonl",
    ".xml": "junit",
    ".sarif": "sarif",
}
"""The format that the name of a file asks for."""
UNWRITTEN = frozenset(".pdf .docx .doc .odt .epub .rtf .xlsx".split())
"""Endings of what no command writes."""


class Number(click.FloatRange):
    """A number of a range; neither nan, which is in none of them and compares as no bar and no limit, nor infinity."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        number = float(super().convert(value, param, ctx))
        if not math.isfinite(number):
            self.fail(f"{value!r} is not a finite number.", param, ctx)
        return number


class ReportFormat(click.Choice[str]):
    """The name of a format of the registry, as the registry is when the command is run."""

    def __init__(self) -> None:
        super().__init__(format_names())

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        self.choices = format_names()
        return super().convert(value, param, ctx)

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> "list[CompletionItem]":
        self.choices = format_names()
        return super().shell_complete(ctx, param, incomplete)


class FormatOption(click.Option):
    """`--format`; where it is not given, the ending of `-o` decides."""

    def consume_value(
        self, ctx: click.Context, opts: Mapping[str, click.Parameter]
    ) -> tuple[Any, click.core.ParameterSource]:
        value, source = super().consume_value(ctx, opts)
        form = ENDINGS.get(Path(str(opts.get("output", ""))).suffix.lower())
        by_itself = source is click.core.ParameterSource.DEFAULT
        if by_itself and isinstance(self.type, click.Choice) and form in self.type.choices:
            return form, source
        return value, source


class ReportFormatOption(FormatOption):
    """`--format` of a report, whose help lists every format of the registry."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        record = super().get_help_record(ctx)
        if record is None:
            return None
        width = max(map(len, format_names()))
        lines = "\n".join(f"{name:{width}}  {find_format(name).about}" for name in format_names())
        return record[0], f"{record[1]}\n\n\b\n{lines}"


def files(_context: click.Context, _parameter: click.Parameter, begun: str) -> "list[CompletionItem]":
    """Let the shell complete the names of files."""
    from click.shell_completion import CompletionItem  # noqa: PLC0415 (only for a shell)

    return [CompletionItem(begun, type="file")]


def name_of(option: Any) -> str:
    """The name of the parameter that an option is."""
    return str(click.command()(option(lambda: None)).params[0].name)


def setting(name: str, *, help: str, **attributes: Any) -> Any:
    """An option of a setting; its help names the variable that sets it as well."""
    variables = [f"SUMMARIZER_{name.removeprefix('--').replace('-', '_').upper()}"]
    if name == "--base-url":
        variables.append("OPENAI_BASE_URL")
    return click.option(name, help=f"{help}  [env: {', '.join(variables)}]", **attributes)


# fmt: off
OUTPUT = click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Write the result to FILE, whole or not at all.")
ENCODING = click.option("--encoding", metavar="NAME", help="Encoding of the input, where it is not UTF-8: cp1252, utf-16, ...")
MAX_TEXT = click.option("--max-text", type=Number(8, 1024), metavar="MB", help="Read plain text up to this size (default: 8); every other format keeps its limit.")
ALLOW_URL = click.option("--allow-url", is_flag=True, help="Fetch sources that are http or https addresses; only from the public internet.")
EXIT_ZERO = click.option("--exit-zero", is_flag=True, help="Exit with 0 whatever was found; errors keep their own exit status.")
QUIET = click.option("-q", "--quiet", is_flag=True, help="No notes on standard error, only errors.")
VERBOSE = click.option("-v", "--verbose", is_flag=True, help="More notes on standard error.")
# fmt: on
SOURCES = click.option(
    "-s",
    "--source",
    "sources",
    multiple=True,
    required=True,
    metavar="SOURCE",
    shell_complete=files,
    help="The text to check against; repeat it for several.",
)  # fmt: skip
RESULT = [
    click.option(
        "--format", "form", cls=ReportFormatOption, type=ReportFormat(), default="text", metavar="FORMAT",
        help="Format of the result (default: that of the ending of -o, such as .html, else text).",
    ),
    OUTPUT,
    click.option("--sort", type=click.Choice(["text", "risk"]), help="Claims in the order of the summary (text, the default), or those that are likeliest wrong first (risk, the default of html); for text, markdown, html, csv and jsonl."),
    click.option("--also", multiple=True, metavar="FORMAT=FILE", help="Write it in another format too; repeat it for several."),
    click.option("--open", "open_page", is_flag=True, help="Open the HTML page in the browser; it is kept where -o or --also names a file for it."),
    ENCODING,
    MAX_TEXT,
    click.option(
        "--fail-on", multiple=True, type=click.Choice(["contradicted", "not_in_source", "undecided", "unchecked"]),
        help="Fail only on claims with this outcome; repeat it for several (default: all four).",
    ),
    click.option("--min-faithfulness", type=Number(0, 1), metavar="SHARE", help="Fail below that share of supported claims (0 to 1), instead of on the first that is not."),
    click.option("--min-coverage", type=Number(0, 1), metavar="SHARE", help="Fail below that share of the source's key sentences covered (0 to 1)."),
    setting("--key-sentences", type=click.Choice(["extractive", "llm"]), help="Which sentences of the source the summary should cover: those that the embedded writer thinks most of (extractive, the default), or those that the model names in one more call (llm)."),
    ALLOW_URL,
    EXIT_ZERO,
    click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", show_default=True, help="Colours of the text on standard output; auto respects NO_COLOR.  [env: NO_COLOR]"),
    QUIET,
    VERBOSE,
]  # fmt: skip


MENDED = [
    OUTPUT,
    click.option("--diff", is_flag=True, help="Print what changes as a unified diff instead of the mended summary."),
    ENCODING,
    MAX_TEXT,
    ALLOW_URL,
    EXIT_ZERO,
    QUIET,
    VERBOSE,
]


BACKEND = setting(
    "--backend",
    type=click.Choice(["auto", "embedded", "openai", "replay"]),
    help="What writes, splits and judges. embedded needs no key and no network; auto (the default) is embedded unless you name a model or a server.",
)
ACCEPTED = setting("--accepted", type=click.Path(), metavar="FILE", help="Claims accepted by hand, which fail nothing and are shown as what they are; `summarizer accept` writes FILE.")  # fmt: skip
"""For a command that checks a summary that was given."""
SERVER = [
    setting("--base-url", metavar="URL", help="OpenAI-compatible server: http://127.0.0.1:8080/v1, ..."),
    setting("--api-key-env", metavar="NAME", help="Variable that holds the key for that server."),
]  # fmt: skip
MODEL = [
    BACKEND,
    setting("--model", metavar="NAME", help="Ask this model for everything."),
    setting("--writer", type=click.Choice(["auto", "extractive", "llm"]), help="What writes the summary."),
    setting("--writer-model", metavar="NAME", help="Ask this model to write."),
    setting("--judge", metavar="NAME", help="What judges: nli (the embedded cross-encoder), lexical (words alone), chat (a language model), decisions (a decision model at /v1/systemone or /v1/decisions), or one from an installed package."),
    setting("--judge-model", metavar="NAME", help="Ask this model to judge."),
    *SERVER,
    setting("--claims", type=click.Choice(["auto", "atomic", "sentence"]), help="Let a model split sentences into claims (atomic), or judge them as written."),
    setting("--evidence", type=click.Choice(["auto", "whole", "narrow"]), help="Show the judge the whole source, or the best passages."),
    setting("--claims-per-call", type=int, metavar="N", help="Claims judged in one call."),
    setting("--cite", type=click.Choice(["words", "sentences", "passages"]), help="What the model gives as evidence: words, or (for small models) numbers of sentences, one claim a call. A decision model is asked for the sentence (sentences), or not, which halves the requests: then the passages that share most of the claim's rare words are shown (passages)."),
    setting("--decide", is_flag=True, default=None, help="Take the likeliest label where the judge is not sure, instead of leaving the claim undecided; not with --min-confidence."),
    setting("--min-confidence", type=Number(0, 1), metavar="P", help="Leave a claim undecided whose label is less likely than P (0 to 1)."),
    setting("--profile", type=click.Path(), metavar="FILE", help="Calibration profile of the judge, a TOML file; nli brings its own."),
    setting("--prior", type=Number(0.01, 0.99), metavar="SHARE", help="Share of sound claims in what you check, for calibrated probabilities (default: 0.8)."),
    setting("--witness", type=click.Choice(["auto", "nli", "none"]), help="What else is heard beside a judge that asks a model: the embedded one (auto, nli), or nothing. Where the two are far apart, the model is asked again about one claim in five at most; a few control questions, false by construction, show whether it looks."),
    setting("--weights", type=click.Path(), metavar="DIR", help="Other weights for the nli judge."),
    setting("--threads", type=click.IntRange(1, 64), metavar="N", help="Processor threads of the nli judge."),
    setting("--timeout", type=float, metavar="SECONDS", help="Longest wait for one answer."),
    setting("--concurrency", type=int, metavar="N", help="Requests side by side."),
    setting("--prompts", type=click.Path(), metavar="DIR", help="Use the prompts of DIR instead of the built-in ones of the same name."),
    setting("--cache", is_flag=True, default=None, help="Keep replies in the cache folder, and use those kept."),
    click.option("--record", type=click.Path(path_type=Path), metavar="FILE", help="Write every reply to FILE, to be replayed."),
    click.option("--replies", type=click.Path(path_type=Path), metavar="FILE", help="Replay the replies of FILE; no key, no network."),
    click.option("--max-tokens", type=click.IntRange(min=1), metavar="N", help="Stop before a call that could pass N tokens in all."),
    click.option("--max-cost", type=Number(min=0, min_open=True), metavar="USD", help="Stop before a call that could pass that cost."),
    click.option("--dry-run", is_flag=True, help="Print calls, tokens and cost, and send nothing."),
]  # fmt: skip


WRITING = ("writer", "writer_model")
CHECKING = [one for one in MODEL if name_of(one) not in WRITING]
"""The same for a command that writes no summary."""


def form_option(*forms: str, help: str) -> Callable[[Decorated], Decorated]:
    """`--format` of a result that has a few forms of its own; the first is the default."""
    return click.option(
        "--format", "form", cls=FormatOption, type=click.Choice(forms), default=forms[0], show_default=True, help=help
    )


def refuse_dry_run(given: Mapping[str, Any]) -> None:
    """Raise a `UsageError` for `--dry-run`, which counts what one summary costs and no suite."""
    from summarizer.errors import UsageError  # noqa: PLC0415 (quick --help)

    if given["dry_run"]:
        raise UsageError("--dry-run: not for eval; `summarizer check --dry-run` counts what one summary costs")


def refuse_quiet_and_verbose(given: Mapping[str, Any]) -> None:
    """Raise a `UsageError` where both are asked for."""
    from summarizer.errors import UsageError  # noqa: PLC0415 (quick --help)

    if given.get("quiet") and given["verbose"]:
        raise UsageError("-q and -v do not go together: fewer notes, or more?")


def refuse_writing(given: Mapping[str, Any], why: str) -> None:
    """Raise a `UsageError` for what says who writes, where nothing is written."""
    from summarizer.errors import UsageError  # noqa: PLC0415 (quick --help)

    if idle := next((one for one in WRITING if given[one]), None):
        raise UsageError(f"--{idle.replace('_', '-')}: {why}; leave it out")


def options(*groups: list[Any]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Give a command the options of these groups, in order."""

    def give(command: Callable[..., Any]) -> Callable[..., Any]:
        for option in reversed([one for group in groups for one in group]):
            command = option(command)
        return command

    return give


def chosen(options: dict[str, Any], ledger: "Ledger | None" = None) -> "Components":
    """The components of the options, which enter their calls in `ledger`; for a dry run with nothing behind them."""
    from summarizer.components import assemble  # noqa: PLC0415 (quick --help)

    return assemble(settings_of(options), run_options(options, ledger))


def settings_of(options: Mapping[str, Any]) -> "Settings":
    """The settings of a run in this folder: what the options say, else the environment and files."""
    from summarizer.settings import SPECS, resolve  # noqa: PLC0415 (quick --help)

    return resolve({name: value for name, value in options.items() if name in SPECS}, folder=Path())


def run_options(options: Mapping[str, Any], ledger: "Ledger | None" = None) -> "RunOptions":
    """What of the options is of one run and no setting."""
    from summarizer.llm.models import RunOptions  # noqa: PLC0415 (quick --help)

    return RunOptions(
        record=options["record"],
        replies=options["replies"],
        max_tokens=options["max_tokens"],
        max_cost=options["max_cost"],
        dry_run=options["dry_run"],
        ledger=ledger,
        writes="writer" in options
        and not options.get("check")
        and all(options.get(one, True) for one in ("coverage", "fix")),
        finds="key_sentences" in options,
    )


def announced(components: "Components", command: "Command" = "check") -> str:
    """What runs and where the text goes, in one line."""
    parts = components.at_work(command)
    names = dict.fromkeys(str(part.about) for part in parts)
    # Replies that were recorded, and those of a dry run, come from no network; a reader wants to know of them all the same.
    asking = [part for part in parts if part.remote] or [part for part in parts if hasattr(part, "language_model")]
    places = dict.fromkeys(part.destination for part in asking or [components.judge])
    return f"{safe(', '.join(names))}; {safe('; '.join(places))}"


def further_forms(given: Mapping[str, Any], forms: Sequence[str]) -> list[tuple[str, Path]]:
    """The forms and files of `--also`, looked at before anything is run."""
    from summarizer.errors import UsageError  # noqa: PLC0415 (quick --help)

    targets = []
    for one in given["also"]:
        form, _, name = one.partition("=")
        if form not in forms or name in ("", "-"):
            raise UsageError(f"--also {one}: must be FORMAT=FILE, with one of {', '.join(forms)}")
        targets.append((form, Path(name)))
    outputs = [path for _, path in targets] + ([given["output"]] if given["output"] else [])
    files = [os.path.realpath(path) for path in outputs]  # `resolve` raises an error for a link to itself
    if len(set(files)) < len(files):
        raise UsageError("two formats would be written to one file; name a file for each")
    return targets


def refuse_two_inputs(names: Sequence[str]) -> None:
    """Raise a `UsageError` where two files are to be standard input."""
    from summarizer.errors import UsageError  # noqa: PLC0415 (quick --help)

    if names.count("-") > 1:
        raise UsageError("- stands for standard input, which can be read only once; name files for the others")


def refuse_inputs(outputs: Iterable[Path | None], inputs: Iterable[str | Path | None]) -> None:
    """Raise `OutputError` where a result would be written over what it is made from or another result, nowhere, or as what it is not."""
    from summarizer.errors import OutputError, UsageError  # noqa: PLC0415 (quick --help)

    there = [name for name in inputs if name is not None and str(name) != "-" and os.path.exists(name)]  # noqa: PTH110 (of any length)
    named = [
        output for output in outputs if output is not None and str(output) not in ("-", "/dev/stdout", "/dev/null")
    ]
    places = [os.path.realpath(output) for output in named]
    twice = next((one for at, one in enumerate(named) if places[at] in places[:at]), None)
    if twice:
        raise UsageError(f"{safe(str(twice))}: named for two results; give each a file of its own")
    for output in named:
        if _exists(output) and any(output.samefile(path) for path in there):
            raise OutputError(f"{safe(str(output))}: is one of the inputs; write the result to another file")
        if output.is_dir():
            raise OutputError(f"{safe(str(output))}: is a directory; name a file in it")
        if output.suffix.lower() in UNWRITTEN:
            raise OutputError(f"{safe(str(output))}: no result is written so; name a .html, .md or .txt file")
        if not output.parent.is_dir():
            raise OutputError(f"{safe(str(output.parent))}: no such directory; make it first")


def _exists(output: Path) -> bool:
    from summarizer.errors import OutputError  # noqa: PLC0415 (quick --help)

    try:
        return output.exists()
    except OSError as error:
        raise OutputError(f"{safe(str(output))}: cannot be written: {error.strerror}; choose another name") from error
