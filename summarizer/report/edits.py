"""The edits of a repair in words, for the formats that show them."""

from collections.abc import Iterator
from typing import NamedTuple

from summarizer.report.safe import one_line
from summarizer.report.source_words import Sources
from summarizer.schema import Edit, EditKind, Report


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
        yield EditView(_what(edit), _why(edit, sources))


def _what(edit: Edit) -> str:
    before = f"“{one_line(edit.before)}”"
    return f"{before} is taken out" if edit.kind is EditKind.REMOVAL else f"{before} becomes “{one_line(edit.after)}”"


def _why(edit: Edit, sources: Sources) -> str:
    if not edit.evidence:
        return one_line(edit.reason)
    words = sources.words(edit.evidence[0])
    if edit.kind is EditKind.REMOVAL:
        return one_line(f"{edit.reason}; nearest: “{words.quote}” ({words.where})")
    return one_line(f"{edit.reason} ({words.where})")


def edits_line(report: Report) -> str | None:
    """`2 edits; 1 statement is left as written, for you to look at`; None where no repair was asked for."""
    if report.repair is None:
        return None
    count, left = len(report.repair.edits), len(report.repair.left_open)
    edits = "no edits" if not count else "1 edit" if count == 1 else f"{count:,} edits"
    if not left:
        return edits
    return (
        f"{edits}; {'1 statement is' if left == 1 else f'{left:,} statements are'} left as written, for you to look at"
    )
