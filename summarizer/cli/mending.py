"""What `repair` and `check --fix` print: the mended summary or what changes in it, and a line for each edit."""

import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from difflib import unified_diff
from typing import TYPE_CHECKING, Any

import click

from summarizer.cli.options import (
    ENDINGS,
    UNWRITTEN,
    further_forms,
    refuse_inputs,
    refuse_quiet_and_verbose,
)
from summarizer.cli.results import STANDARD_OUTPUT
from summarizer.cli.streams import echo, safe
from summarizer.report.formats import find_format, format_names

if TYPE_CHECKING:
    from summarizer.components import Components
    from summarizer.repair import Mended
    from summarizer.schema import Report

OF_OTHER_FORMATS = UNWRITTEN | (ENDINGS.keys() - {".md", ".markdown"}) | {".xhtml", ".srt", ".vtt"}
LINE = re.compile(r"[^\n]*\n|[^\n]+")


def look_ahead(given: Mapping[str, Any], inputs: Iterable[str]) -> None:
    """Refuse impossible outputs before anything is read, sent or paid for."""
    refuse_quiet_and_verbose(given)
    if given["output"] and given["output"].suffix.lower() in OF_OTHER_FORMATS:
        from summarizer.errors import UsageError  # noqa: PLC0415 (quick --help)

        raise UsageError(f"-o {safe(str(given['output']))}: the mended summary is plain text; name a .txt or .md file")
    refuse_inputs([given["output"], given["record"]], [*inputs, given["replies"]])


def refuse_forms(given: Mapping[str, Any]) -> None:
    """No option is ignored: `--fix` is refused where none of the forms shows edits."""
    forms = [given["form"], *(form for form, _ in further_forms(given, format_names()))]
    if not any(find_format(form).edits for form in forms):
        from summarizer.errors import UsageError  # noqa: PLC0415 (quick --help)

        showing = ", ".join(name for name in format_names() if find_format(name).edits)
        raise UsageError(f"--fix: only {showing} show edits; name one of them with --format or --also")


def with_edits(report: "Report", components: "Components") -> "Report":
    """The report with its edits; without them, and a note why, where there are none: what was judged is not lost."""
    from summarizer import api  # noqa: PLC0415 (quick --help)
    from summarizer.errors import BackendError, BudgetError, RepairError  # noqa: PLC0415

    try:
        return api.mend(report, backend=components).report
    except (RepairError, BackendError, BudgetError) as error:
        why = f"no edits: {error}"
        click.echo(f"summarizer: {safe(why)}", err=True)
        run = report.run.model_copy(update={"warnings": (*report.run.warnings, why)})
        return report.model_copy(update={"run": run})


def plan(report: "Report", components: "Components") -> None:
    """Enter what is asked for words in a dry run, and say what the plan leaves out: it depends on what is found."""
    from summarizer.api import run  # noqa: PLC0415 (quick --help)
    from summarizer.repair import plan_fixes  # noqa: PLC0415

    run(components, plan_fixes(report, components))
    asked = " and a proposal for every statement, as if all were wrong" if components.fixer else ""
    click.echo(
        f"summarizer: the plan has the first check{asked}; the checks of the edits and of the mended summary come on top",
        err=True,
    )


def write(done: "Mended", given: Mapping[str, Any], *, diff: bool) -> None:
    """Write the mended summary or what changes in it, whole, and then say what was done."""
    from summarizer.output import write_whole  # noqa: PLC0415 (quick --help)

    report = done.report
    mended = report.repair.text if report.repair else report.summary.text
    text = as_diff(report.summary.text, mended, report.summary.name) if diff else mended
    if given["output"] is None or str(given["output"]) in STANDARD_OUTPUT:
        echo(_shown(text), for_people=sys.stdout.isatty())
    else:
        write_whole(given["output"], text)
    for line in () if given["quiet"] else _told(report):
        click.echo(f"summarizer: {safe(line)}", err=True)


def _told(report: "Report") -> Iterator[str]:
    """What was done, and what is left to the reader, a line each."""
    from summarizer.report.claim_view import claim_views  # noqa: PLC0415 (quick --help)
    from summarizer.report.edits import edit_views, edits_line  # noqa: PLC0415

    views, left = tuple(claim_views(report)), report.repair.left_open if report.repair else ()
    yield from report.run.warnings
    yield from (f"“{view.text}” stays, {view.words}: {view.accepted_line}" for view in views if view.accepted_line)
    yield from (f"{one.what}: {one.why}" for one in edit_views(report))
    for view in views:
        if view.id in left:
            where = f"; see {view.evidence[view.best[0]].where}" if view.best else ""
            yield f"“{view.plain}” stays for you to check: {view.words}{where}"
    yield edits_line(report) or "no edits"


def _shown(text: str) -> str:
    """The text as it is; on a terminal with nothing in it that steers one, and with an end to its last line."""
    if not sys.stdout.isatty():
        return text
    from summarizer.report.safe import visible  # noqa: PLC0415 (quick --help)

    shown = visible(text.replace("\r\n", "\n"))
    return shown if not shown or shown.endswith("\n") else f"{shown}\n"


def as_diff(before: str, after: str, name: str) -> str:
    """A unified diff that `patch` takes; empty where nothing changed."""
    shown = safe("summary" if name == "-" else name)
    return "".join(_ended(unified_diff(_lines(before), _lines(after), shown, shown)))


def _lines(text: str) -> list[str]:
    """The lines as `patch` counts them: only a line feed ends one."""
    return LINE.findall(text)


def _ended(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def status(done: "Mended", given: Mapping[str, Any]) -> int:
    """The exit status of the mended summary."""
    from summarizer.report.tally import FAIL_ON, exit_status  # noqa: PLC0415 (quick --help)

    return 0 if given["exit_zero"] else exit_status(done.after, fail_on=FAIL_ON)
