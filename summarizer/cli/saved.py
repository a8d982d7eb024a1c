"""`summarizer show` and `diff`: what saved reports say, and what has changed from one to another."""

import sys
from codecs import BOM_UTF8
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from summarizer.cli import results
from summarizer.cli.options import (
    RESULT,
    files,
    form_option,
    name_of,
    options,
    refuse_two_inputs,
)
from summarizer.cli.streams import echo, safe, terminal

if TYPE_CHECKING:
    from summarizer.schema import Report

SHOWN = ("form", "output", "sort", "also", "open_page", "color", "verbose")
"""The options of a result that are of use where nothing is run."""


@click.command()
@click.argument("report", metavar="REPORT", shell_complete=files)
@options([one for one in RESULT if name_of(one) in SHOWN])
def show(report: str, **given: Any) -> None:
    """Show REPORT, which --format json has written, in any format.

    Nothing is checked again, and nothing is sent. - stands for standard input. The exit
    status is 0 whatever the report says.

    \b
    Example:
      summarizer show report.json --format html -o report.html
      summarizer show report.json --open
    """
    results.look_ahead(given, [report])
    results.write(read_report(report), given, {})


@click.command()
@click.argument("before", metavar="BEFORE", shell_complete=files)
@click.argument("after", metavar="AFTER", shell_complete=files)
@form_option("text", "json", help="Format of the comparison.")
def diff(before: str, after: str, form: str) -> None:
    """Say which claims changed their outcome from one saved report to another, and why.

    BEFORE and AFTER were written with --format json. A claim that was reworded is
    compared with the one it comes from. The exit status is 1 where a claim changed its
    outcome, came or went, else 0.

    \b
    Example:
      summarizer diff before.json after.json
    """
    from summarizer.report.changes import compared, to_json, to_text  # noqa: PLC0415

    refuse_two_inputs((before, after))
    found = compared(read_report(before), read_report(after))
    width, _ = terminal()
    echo(to_json(found) if form == "json" else to_text(found, width=width), for_people=form == "text")
    raise SystemExit(1 if found.changes else 0)


def read_report(name: str) -> "Report":
    """The report of a file. Raises an `InputError` where it is none."""
    return report_in(data_of(name), name)


def data_of(name: str) -> bytes:
    """The bytes of a file, or of standard input, without byte order mark. Raises an `InputError`."""
    from summarizer.errors import InputError  # noqa: PLC0415 (quick --help)

    try:
        data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise InputError(f"{safe(name)}: cannot be read: {error.strerror or error}") from error
    return data.removeprefix(BOM_UTF8)


def report_in(data: bytes, name: str) -> "Report":
    """The report that these bytes are. Raises an `InputError` where they are none."""
    from pydantic import ValidationError  # noqa: PLC0415 (quick --help)

    from summarizer.errors import InputError  # noqa: PLC0415
    from summarizer.schema import Report  # noqa: PLC0415

    try:
        return Report.model_validate_json(data)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(map(str, first["loc"])) or "the file"
        raise InputError(
            f"{safe(name)}: is no report of this version ({safe(place)}: {safe(first['msg'])}); "
            "make one with `summarizer check ... --format json`"
        ) from error
