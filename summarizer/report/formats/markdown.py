"""`Report` as Markdown, for a pull request, a wiki or a message."""

from summarizer.language.markdown import HIDDEN
from summarizer.report.claim_view import ClaimView, Order, claim_views
from summarizer.report.edits import edit_views, edits_line
from summarizer.report.layout import laid_out
from summarizer.report.outcomes import Look
from summarizer.report.safe import in_markdown
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


def render(report: Report, *, sort: Order = "text") -> str:
    """Return the report as Markdown in which text from outside stays text."""
    names = ", ".join(in_markdown(document.name) for document in report.documents)
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
        lines += [f"Note: {in_markdown(warning)}", ""]
    lines += [faithfulness_line(report), "", f"**{counts_line(report)}**", ""]
    if controls := controls_line(report):
        lines += [in_markdown(controls), ""]
    if usage := usage_line(report):
        lines += [in_markdown(usage), ""]
    lines.append(in_markdown(run_line(report.run)))
    return "\n".join(lines) + "\n"


def _text_lines(text: str) -> list[str]:
    """A text as a reader sees it, each of its lines a paragraph."""
    lines = laid_out(text).replace(HIDDEN, "").splitlines()
    return [written for line in lines if line.strip() for written in (in_markdown(line.strip()), "")]


def _claim_lines(one: ClaimView) -> list[str]:
    """A claim with its number, an item without one: Markdown would count the items anew in another order."""
    said = f" (said by {in_markdown(one.check.claim.speaker)})" if one.check.claim.speaker else ""
    lines = [f"- **{one.number}.** {one.look.sign} **{one.words}**{said}: {in_markdown(one.plain)}", ""]
    if one.accepted_line:
        lines += [f"  **{in_markdown(one.accepted_line)}**", ""]
    if one.look is Look.UNDECIDED and one.probability_line:
        lines += [f"  {one.probability_line}", ""]
    for remark in one.remark_lines:
        lines += [f"  {in_markdown(remark)}", ""]
    if one.reason and one.look is not Look.NOTHING_TO_CHECK:
        lines += [f"  _{in_markdown(one.reason)}_", ""]
    if one.copied and one.look is Look.SUPPORTED:
        return [*lines, "  > word for word", "  >", f"  > {in_markdown(one.evidence[one.best[0]].where)}", ""]
    for words in (one.evidence[at] for at in one.best):
        nearest = "" if one.decides else "nearest: "
        lines += [f"  > {in_markdown(words.plain)}", "  >", f"  > {nearest}{in_markdown(words.where)}", ""]
    return [*lines, f"  … and {one.more_line}", ""] if one.more_line else lines


def _edit_lines(report: Report) -> list[str]:
    line = edits_line(report)
    if line is None:
        return []
    items = [f"- {in_markdown(one.what)}: {in_markdown(one.why)}" for one in edit_views(report)]
    return ["## Edits", "", f"{line[0].upper()}{line[1:]}.", "", *items, *([""] if items else [])]


def _coverage_lines(report: Report) -> list[str]:
    line, absent = coverage_line(report), missing(report)
    if line is None:
        return []
    items = [f"- {one.status}: “{in_markdown(one.words.plain)}” ({in_markdown(one.words.where)})" for one in absent]
    return [f"{line}. What it leaves out:", "", *items, ""] if items else [line, ""]
