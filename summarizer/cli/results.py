"""Where the results of `summarize` and `check` go, and the exit status that they make."""

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from summarizer.cli.options import further_forms, refuse_inputs, refuse_quiet_and_verbose
from summarizer.cli.streams import echo, prints, safe, terminal
from summarizer.report.formats import find_format, format_names

if TYPE_CHECKING:
    from summarizer.reading import Reading
    from summarizer.schema import Report

Places = dict[str, dict[str, str]]
"""`files` and `taken_from`, which formats are told, see `Option`."""
STANDARD_OUTPUT = (None, "-", "/dev/stdout")


def look_ahead(given: Mapping[str, Any], inputs: Iterable[str]) -> None:
    """Refuse impossible outputs before anything is read, sent or paid for."""
    targets = further_forms(given, format_names())
    _refuse_contraries(given)
    _refuse_order(given["sort"], [given["form"], *(form for form, _ in targets)])
    outputs = [given["output"], given.get("record"), *(path for _, path in targets)]
    refuse_inputs(outputs, [*inputs, given.get("replies")])


def _refuse_contraries(given: Mapping[str, Any]) -> None:
    """No option is ignored: of two that contradict each other, neither is."""
    from summarizer.errors import UsageError  # noqa: PLC0415 (quick --help)

    refuse_quiet_and_verbose(given)
    if given.get("exit_zero") and given["fail_on"]:
        raise UsageError("--exit-zero and --fail-on do not go together: nothing fails with --exit-zero")
    on_screen = given["output"] is None or str(given["output"]) in STANDARD_OUTPUT
    if given["color"] == "always" and not (on_screen and "color" in find_format(given["form"]).options):
        raise UsageError("--color always: only text on standard output has colours; leave it out")


def _refuse_order(sort: str | None, forms: Iterable[str]) -> None:
    """No option is ignored: an order is refused where none of the forms keeps it."""
    if sort == "risk" and not any("sort" in find_format(form).options for form in forms):
        from summarizer.errors import UsageError  # noqa: PLC0415 (quick --help)

        keeping = [form for form in format_names() if "sort" in find_format(form).options]
        raise UsageError(f"--sort {sort}: only {', '.join(keeping)} can be sorted")


def places(ids: Sequence[str], names: Sequence[str], readings: "Sequence[Reading]") -> Places:
    """The files of the documents, by `Document.id`, as a repository knows them; no folder of this machine.

    Annotations count from the root of the repository, which GitHub Actions names in GITHUB_WORKSPACE.
    """
    from summarizer.reading.formats import Format  # noqa: PLC0415 (quick --help)

    root = os.environ.get("GITHUB_WORKSPACE") or str(Path.cwd())
    found: Places = {"files": {}, "taken_from": {}}
    for document, name, reading in zip(ids, names, readings, strict=True):
        path = _within(name, root) if Path(name).is_file() else None
        if path is not None:
            found["files" if reading.format is Format.TEXT else "taken_from"][document] = path
    return found


def _within(name: str, root: str) -> str | None:
    from summarizer.reading import printable_name  # noqa: PLC0415 (quick --help)

    path = Path(os.path.abspath(name))  # noqa: PTH100 (a link keeps its name)
    if path.is_relative_to(root):
        return printable_name(path.relative_to(root).as_posix())
    return None if Path(name).is_absolute() else printable_name(Path(name).as_posix())


def write(report: "Report", given: Mapping[str, Any], places: Places) -> None:
    """Write every form that was asked for; one that cannot be written keeps no other back."""
    from summarizer.errors import OutputError  # noqa: PLC0415 (quick --help)
    from summarizer.output import write_whole  # noqa: PLC0415

    targets = further_forms(given, format_names())
    on_screen = given["output"] is None or str(given["output"]) in STANDARD_OUTPUT
    if not on_screen:
        targets.insert(0, (given["form"], given["output"]))
    failures = []
    for form, path in targets:
        try:
            write_whole(path, _rendered(report, form, places, sort=given["sort"]))
        except OutputError as error:
            failures.append(error)
            continue
        if given.get("verbose"):
            click.echo(f"summarizer: wrote {safe(str(path))}", err=True)
    if on_screen:
        shown = _rendered(report, given["form"], places, sort=given["sort"], color=given["color"])
        echo(shown, for_people=given["form"] == "text")
    if failures:
        raise failures[0]
    if given["open_page"]:
        _open(report, [path for form, path in targets if form == "html"], places, sort=given["sort"])


def _open(report: "Report", written: Sequence[Path], places: Places, *, sort: str | None) -> None:
    """Show the page in the browser: the file that was asked for, or else one in the folder for temporary files."""
    open_in_browser("" if written else _rendered(report, "html", places, sort=sort), written[0] if written else None)


def open_in_browser(page: str, there: Path | None) -> None:
    """Open the file that is there already, or else a page written to the folder for temporary files."""
    import tempfile  # noqa: PLC0415 (quick --help)
    import webbrowser  # noqa: PLC0415

    from summarizer.output import write_whole  # noqa: PLC0415

    path = there or Path(tempfile.mkdtemp(prefix="summarizer-")) / "report.html"
    if there is None:
        write_whole(path, page)
    if not webbrowser.open(path.resolve().as_uri()):
        click.echo(f"summarizer: no browser could be started; the page is {safe(str(path))}", err=True)


def _rendered(report: "Report", form: str, places: Places, *, sort: str | None, color: str | None = None) -> str:
    """The report in one format; `color` is that of the screen, None for a file."""
    from summarizer.report import render  # noqa: PLC0415 (quick --help)

    wanted = find_format(form).options
    options: dict[str, Any] = {**places, **({"sort": sort} if sort else {})}
    if color:
        options["width"], options["color"] = terminal(color)
        options["ascii_only"] = not prints("✓“…")
    return render(report, form, **{name: value for name, value in options.items() if name in wanted})


def status(report: "Report", given: Mapping[str, Any]) -> int:
    """The exit status; what fell below a bar is said on standard error."""
    from summarizer.report.tally import FAIL_ON, exit_status, faithfulness  # noqa: PLC0415 (quick --help)

    bars = {"faithfulness": faithfulness(report), "coverage": report.coverage.share}
    missed = [name for name, share in bars.items() if _misses(name, share, given[f"min_{name}"])]
    if given["exit_zero"]:
        return 0
    # A bar for the share of supported claims says how many may fail; without one, none may.
    all_or_none = FAIL_ON if given["min_faithfulness"] is None else ()
    return 1 if missed else exit_status(report, fail_on=given["fail_on"] or all_or_none)


def _misses(name: str, share: float | None, bar: float | None) -> bool:
    """Whether a bar is missed; a value that cannot be measured misses it."""
    if bar is None or (share is not None and share >= bar):
        return False
    value = "not measurable" if share is None else f"{share:.3f}"
    click.echo(f"summarizer: {name} is {value}; --min-{name} wants {bar:g}", err=True)
    return True
