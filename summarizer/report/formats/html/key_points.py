"""What of the source the summary covers, covers in part, and leaves out, in the source's own words."""

from collections.abc import Iterable, Sequence
from html import escape

from summarizer.report.formats.html.marks import shown
from summarizer.report.safe import one_line
from summarizer.report.source_words import Sources, Words
from summarizer.report.tally import Missing, coverage_line, missing
from summarizer.schema import KeyStatus, Report

FIRST = 5  # that stand open; what is left out comes first
SAID = {KeyStatus.OMITTED: "◇ left out", KeyStatus.PARTLY: "◈ partly covered", KeyStatus.COVERED: "◆ covered"}


def key_points(report: Report) -> str:
    """The section of the page; empty where the source has no key sentences.

    What is covered, what the edits of a corrected summary take words from, and all after the first few is folded.
    """
    line = coverage_line(report)
    if line is None:
        return ""
    whose = ", not counting the edits" if report.repair and report.repair.edits else ""
    absent = missing(report)
    open_ = [one for one in absent if not one.mended]
    more = f"{len(open_) - FIRST:,} more"
    mended = [(one.number, one.words) for one in absent if one.mended]
    return (
        f'<h2 id="left-out">What the summary leaves out</h2>\n<p class="soft">{line}{whose}.</p>\n{_lists(open_[:FIRST])}'
        f"{_folded(more, _lists(open_[FIRST:]))}"
        f"{_folded('What the corrected summary takes words from', _list(mended, KeyStatus.PARTLY, 'used by the edits'))}"
        f"{_folded('What it covers', _list(_covered(report), KeyStatus.COVERED))}"
    )


def _lists(absent: Sequence[Missing]) -> str:
    """Those that are left out, then those that are covered in part."""
    return "".join(
        _list([(one.number, one.words) for one in absent if one.partly is partly], status)
        for status, partly in ((KeyStatus.OMITTED, False), (KeyStatus.PARTLY, True))
    )


def _covered(report: Report) -> list[tuple[int, Words]]:
    sources = Sources(report)
    keys = enumerate(report.coverage.key_sentences, start=1)
    return [(number, sources.words(key.evidence)) for number, key in keys if key.covered]


def _folded(line: str, items: str) -> str:
    return f"<details>\n<summary>{line}</summary>\n{items}</details>\n" if items else ""


def _list(found: Iterable[tuple[int, Words]], status: KeyStatus, said: str = "") -> str:
    items = []
    for number, words in found:
        where = f'<a href="#k{number}"><bdi>{escape(one_line(words.where))}</bdi></a>'
        items.append(
            f'<li><blockquote dir="auto">{shown(words.plain)}</blockquote>\n'
            f'<p class="where">{said or SAID[status]} · {where}</p></li>\n'
        )
    return f'<ul class="points {status.value}">\n{"".join(items)}</ul>\n' if items else ""
