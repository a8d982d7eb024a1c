"""What of the source the summary covers, covers in part, and leaves out, in the source's own words."""

from html import escape

from summarizer.report.formats.html.marks import shown
from summarizer.report.layout import laid_out
from summarizer.report.safe import one_line
from summarizer.report.source_words import Sources
from summarizer.report.tally import coverage_line
from summarizer.schema import KeyStatus, Report

SAID = {KeyStatus.OMITTED: "◇ left out", KeyStatus.PARTLY: "◈ partly covered", KeyStatus.COVERED: "◆ covered"}


def key_points(report: Report) -> str:
    """The section of the page; empty where the source has no key sentences. What is covered is folded."""
    line = coverage_line(report)
    if line is None:
        return ""
    open_ = _list(report, KeyStatus.OMITTED) + _list(report, KeyStatus.PARTLY)
    covered = _list(report, KeyStatus.COVERED)
    folded = f"<details>\n<summary>What it covers</summary>\n{covered}</details>\n" if covered else ""
    return f'<h2 id="left-out">What the summary leaves out</h2>\n<p class="soft">{line}.</p>\n{open_}{folded}'


def _list(report: Report, status: KeyStatus) -> str:
    sources = Sources(report)
    items = []
    for number, key in enumerate(report.coverage.key_sentences, start=1):
        if key.status is status:
            words = sources.words(key.evidence)
            quote = shown(" ".join(laid_out(words.quote).split()))
            where = f'<a href="#k{number}"><bdi>{escape(one_line(words.where))}</bdi></a>'
            items.append(
                f'<li><blockquote dir="auto">{quote}</blockquote>\n<p class="where">{SAID[status]} · {where}</p></li>\n'
            )
    return f'<ul class="points {status.value}">\n{"".join(items)}</ul>\n' if items else ""
