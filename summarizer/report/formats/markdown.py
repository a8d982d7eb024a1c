"""`Report` as Markdown, for a pull request, a wiki or a message."""

import re

from summarizer.language.markdown import HIDDEN
from summarizer.report.claim_view import ClaimView, Order, claim_views
from summarizer.report.edits import edit_views, edits_line
from summarizer.report.layout import laid_out
from summarizer.report.outcomes import Look
from summarizer.report.safe import one_line
from summarizer.report.tally import (
    answer_line,
    controls_line,
    counts_line,
    coverage_line,
    faithfulness_line,
    missing,
    run_line,
    usage_line,
)
from summarizer.schema import Report

SPECIAL = re.compile(r"([\\`*_{}\[\]()#+!|~$-])")
RUNNER_COMMAND = re.compile("^:(?=:)")  # a CI runner obeys a line that begins with `::`


def render(report: Report, *, sort: Order = "text") -> str:
    """Return the report as Markdown in which text from outside stays text."""
    names = ", ".join(_plain(document.name) for document in report.documents)
    lines = [
        f"# Summary checked against {names}",
        "",
        f"**{answer_line(report)}**",
        "",
        *_text_lines(report.summary.text),
        "## Claims",
        "",
    ]
    for one in claim_views(report, sort):
        lines += _claim_lines(one)
    lines += _edit_lines(report)
    lines += _coverage_lines(report)
    for warning in report.run.warnings:
        lines += [f"Note: {_plain(warning)}", ""]
    lines += [faithfulness_line(report), "", f"**{counts_line(report)}**", ""]
    if controls := controls_line(report):
        lines += [_plain(controls), ""]
    if usage := usage_line(report):
        lines += [_plain(usage), ""]
    lines.append(_plain(run_line(report.run)))
    return "\n".join(lines) + "\n"


def _text_lines(text: str) -> list[str]:
    """A text as a reader sees it, each of its lines a paragraph."""
    lines = laid_out(text).replace(HIDDEN, "").splitlines()
    return [written for line in lines if line.strip() for written in (_plain(line.strip()), "")]


def _claim_lines(one: ClaimView) -> list[str]:
    """A claim with its number, an item without one: Markdown would count the items anew in another order."""
    said = f" (said by {_plain(one.check.claim.speaker)})" if one.check.claim.speaker else ""
    lines = [f"- **{one.number}.** {one.look.sign} **{one.words}**{said}: {_plain(one.plain)}", ""]
    if one.accepted_line:
        lines += [f"  **{_plain(one.accepted_line)}**", ""]
    if one.look is Look.UNDECIDED and one.probability_line:
        lines += [f"  {one.probability_line}", ""]
    for remark in one.remark_lines:
        lines += [f"  {_plain(remark)}", ""]
    if one.reason and one.look is not Look.NOTHING_TO_CHECK:
        lines += [f"  _{_plain(one.reason)}_", ""]
    if one.copied and one.look is Look.SUPPORTED:
        return [*lines, "  > word for word", "  >", f"  > {_plain(one.evidence[one.best[0]].where)}", ""]
    for words in (one.evidence[at] for at in one.best):
        nearest = "" if one.decides else "nearest: "
        lines += [f"  > {_plain(words.plain)}", "  >", f"  > {nearest}{_plain(words.where)}", ""]
    return [*lines, f"  … and {one.more_line}", ""] if one.more_line else lines


def _edit_lines(report: Report) -> list[str]:
    line = edits_line(report)
    if line is None:
        return []
    items = [f"- {_plain(one.what)}: {_plain(one.why)}" for one in edit_views(report)]
    return ["## Edits", "", f"{line[0].upper()}{line[1:]}.", "", *items, *([""] if items else [])]


def _coverage_lines(report: Report) -> list[str]:
    line, absent = coverage_line(report), missing(report)
    if line is None:
        return []
    items = [f"- {one.status}: “{_plain(one.words.plain)}” ({_plain(one.words.where)})" for one in absent]
    return [f"{line}. What it leaves out:", "", *items, ""] if items else [line, ""]


def _plain(text: str) -> str:
    """Escape everything that Markdown or HTML would read as more than text."""
    escaped = RUNNER_COMMAND.sub(r"\:", SPECIAL.sub(r"\\\1", one_line(text)))
    return escaped.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
