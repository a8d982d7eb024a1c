"""`Report` as workflow commands of GitHub Actions: annotations on the claim in the summary file.

Syntax: docs.github.com, "Workflow commands for GitHub Actions". A runner shows ten annotations of each
level in a step; the log has them all.
"""

from collections.abc import Mapping

from summarizer.report.claim_view import ClaimView, claim_views
from summarizer.report.outcomes import Look
from summarizer.report.safe import one_line, without_commands
from summarizer.report.tally import counts_line, coverage_line, faithfulness_line, omitted_lines
from summarizer.schema import Report

LEVELS = {
    Look.CONTRADICTED: "error", Look.NOT_IN_SOURCE: "warning", Look.UNDECIDED: "notice", Look.UNCHECKED: "notice",
}  # fmt: skip


def render(
    report: Report, *, files: Mapping[str, str] | None = None, taken_from: Mapping[str, str] | None = None
) -> str:
    """Return a command for each claim that asks for a look, and a plain line for every other and for accepted ones.

    `files` names the file of a document, as the repository knows it, by `Document.id`, and `taken_from` the one that its
    text was taken out of, which is named without a line; a summary with neither is annotated without a place.
    """
    file, whole = (files or {}).get(report.summary.id), (taken_from or {}).get(report.summary.id)
    lines = [_command(one, file, whole) if one.flagged else _plain(one) for one in claim_views(report)]
    lines += [_plain_line(f"note: {one}") for one in report.run.warnings]
    lines += _left_out(report)
    return "\n".join([*lines, faithfulness_line(report), counts_line(report)]) + "\n"


def _left_out(report: Report) -> list[str]:
    """What the summary leaves out, in plain lines: it has no place in the summary to be annotated."""
    known = [coverage_line(report), *omitted_lines(report)]
    return [_plain_line(line) for line in known if line]


def _command(one: ClaimView, file: str | None, whole: str | None) -> str:
    start, end = one.region
    given: dict[str, str | int] = {"file": whole} if whole is not None else {}
    if file is not None:
        given |= {"file": file, "line": start.line, "endLine": end.line, "col": start.column}
        given |= {"endColumn": end.column} if start.line == end.line else {}  # columns go with one line only
    given["title"] = f"{one.id} {one.words}"
    place = ",".join(f"{name}={_property(str(value))}" for name, value in given.items())
    return f"::{LEVELS[one.look]} {place}::{_message(one)}"


def _message(one: ClaimView) -> str:
    return "%0A".join(_escaped(line) for line in (one.plain, *one.details()))


def _plain(one: ClaimView) -> str:
    accepted = [one.accepted_line] if one.accepted_line else []
    return _plain_line(
        "; ".join([f"{one.id} {one.words}: {one.plain}", *accepted, *one.remark_lines, *one.evidence_lines])
    )


def _plain_line(text: str) -> str:
    return without_commands(one_line(text))


def _escaped(text: str) -> str:
    return without_commands(one_line(text)).replace("%", "%25")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")
