"""The edits of a repair in words, for the formats that show them."""

from collections.abc import Iterator
from typing import NamedTuple

from summarizer.report.layout import as_read, as_read_in
from summarizer.report.safe import one_line
from summarizer.report.source_words import Sources
from summarizer.schema import Edit, EditKind, Report, distance_of


class EditView(NamedTuple):
    """What is done, and why."""

    what: str
    """`“Tuesday” becomes “Monday”`."""
    why: str
    """`date: the source says “Monday” (article.txt, paragraph 1, sentence 1)`."""


def edit_views(report: Report) -> Iterator[EditView]:
    """Every edit of the repair, in the order of the summary; none where no repair was asked for."""
    sources = Sources(report)
    for edit in report.repair.edits if report.repair else ():
        yield EditView(_what(edit, report.summary.text), _why(edit, sources))


def _what(edit: Edit, summary: str) -> str:
    before, after = (
        f"“{_plain(as_read_in(summary, edit.span), edit.before)}”",
        f"“{_plain(as_read(edit.after), edit.after)}”",
    )
    if edit.kind is EditKind.REMOVAL:
        return f"{before} is taken out"
    return f"{before} becomes {'the source’s ' if edit.kind is EditKind.SENTENCE else ''}{after}"


def _plain(words: str, written: str) -> str:
    """The words as a reader sees them, or to the letter where nothing of them is seen."""
    return one_line(words) or one_line(written)


def _why(edit: Edit, sources: Sources) -> str:
    reason = as_read(edit.reason)
    if not edit.evidence:
        return one_line(reason)
    words = sources.words(edit.evidence[0])
    if edit.kind is EditKind.REMOVAL:
        return one_line(f"{reason}; nearest: “{words.plain}” ({words.where})")
    if words.quote in edit.reason or edit.kind is EditKind.SENTENCE:
        return one_line(f"{reason} ({words.where})")
    return one_line(f"{reason}; the source says “{words.plain}” ({words.where})")


def edits_line(report: Report) -> str | None:
    """`2 edits change 3 words; 1 statement is still for you to check`; None where none were asked for."""
    if report.repair is None:
        return None
    count, left = len(report.repair.edits), len(report.repair.left_open)
    words = distance_of(report.repair.edits)
    edits = "1 edit changes" if count == 1 else f"{count:,} edits change"
    line = f"{edits} {words:,} word{'' if words == 1 else 's'}" if count else "no edits"
    if not left:
        return line
    return f"{line}; {'1 statement is' if left == 1 else f'{left:,} statements are'} still for you to check"
