"""The summary put right: what goes struck out, what comes underlined, and why under it."""

from html import escape

from summarizer.report.edits import edit_views, edits_line
from summarizer.report.formats.html.layout import laid_out
from summarizer.report.formats.html.marks import shown
from summarizer.report.safe import one_line
from summarizer.schema import Report


def mended(report: Report) -> str:
    """The whole summary with its edits marked word by word; nothing where no repair was asked for."""
    line = edits_line(report)
    if line is None or report.repair is None:
        return ""
    text = laid_out(report.summary.text)
    out, at = [], 0
    for edit in report.repair.edits:
        start, end = edit.span.start, edit.span.end
        comes = f" <ins>{shown(edit.after)}</ins>" if edit.after else ""
        out += [shown(text[at:start]), f"<del>{shown(text[start:end])}</del>{comes}"]
        at = end
    prose = f'<p class="prose" dir="auto">{"".join([*out, shown(text[at:])]).strip()}</p>\n' if out else ""
    whys = "".join(
        f'<li><bdi>{escape(one_line(one.what))}</bdi> <span class="soft"><bdi>{escape(one_line(one.why))}</bdi></span></li>\n'
        for one in edit_views(report)
    )
    reasons = f"<details>\n<summary>Why</summary>\n<ul>\n{whys}</ul>\n</details>\n" if whys else ""
    return (
        f'<h2 id="mended">Put right</h2>\n<p class="soft">{escape(line[0].upper() + line[1:])}.</p>\n{prose}{reasons}'
    )
