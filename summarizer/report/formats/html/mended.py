"""The corrected summary: what goes struck out, what comes underlined, what is still to be checked marked, and why."""

from collections.abc import Mapping, Sequence
from html import escape

from summarizer.report.claim_view import ClaimView
from summarizer.report.edits import edit_views, edits_line
from summarizer.report.formats.html.marks import Mark, Piece, Role, pieces, shown
from summarizer.report.formats.html.source_side import sign_link
from summarizer.report.formats.html.summary_side import folded_text
from summarizer.report.layout import first_word, laid_out, level
from summarizer.report.safe import one_line
from summarizer.schema import Edit, Report


def mended(report: Report, claims: Sequence[ClaimView]) -> str:
    """The whole summary with its edits marked word by word; nothing where no repair was asked for."""
    line = edits_line(report)
    if line is None or report.repair is None:
        return ""
    text, edits = laid_out(report.summary.text), report.repair.edits
    still = [one for one in claims if one.check.claim.id in report.repair.left_open]
    out, at = [], 0
    signs = _signs(edits, claims)
    for piece in pieces([*_edited(edits), *_open(still, text)]):
        out += [shown(text[at : piece.start]), _piece(text, piece, edits, still, signs)]
        at = piece.end
    prose = f'<p class="prose" dir="auto">{"".join([*out, shown(text[at:])]).strip()}</p>\n' if edits else ""
    said = f'<span class="soft">{escape(line[0].upper() + line[1:])}.</span>'
    button = '<button class="copy" type="button" aria-label="Copy the corrected summary">Copy</button>' if edits else ""
    return (
        f'<section aria-labelledby="mended">\n<h2 id="mended">Corrected summary</h2>\n<p class="head">{said}{button}</p>\n'
        f"{folded_text(prose, text)}{_alone(report.repair.text) if edits else ''}{_reasons(report)}</section>\n"
    )


def _alone(text: str) -> str:
    """The corrected text to the letter, for whoever takes it from the page."""
    words = f'<p class="prose" id="corrected" dir="auto">{shown(level(text)).strip()}</p>\n'
    return f'<details class="alone">\n<summary>The corrected text alone</summary>\n{words}</details>\n'


def _edited(edits: Sequence[Edit]) -> list[Mark]:
    return [Mark(one.span.start, one.span.end, Role.FINDING, number) for number, one in enumerate(edits)]


def _signs(edits: Sequence[Edit], claims: Sequence[ClaimView]) -> dict[int, str]:
    """The sign of each claim that is put right, for the first of its edits: it leads to the card that says why."""
    by_id = {one.check.claim.id: one for one in claims}
    first = {edit.claim: number for number, edit in reversed(list(enumerate(edits)))}
    return {number: sign_link(by_id[claim]) for claim, number in first.items() if claim in by_id}


def _open(claims: Sequence[ClaimView], text: str) -> list[Mark]:
    origins = [one.check.claim.origin for one in claims]
    return [
        Mark(first_word(text, one.start, one.end), one.end, Role.CLAIM, number) for number, one in enumerate(origins)
    ]


def _piece(text: str, piece: Piece, edits: Sequence[Edit], still: Sequence[ClaimView], signs: Mapping[int, str]) -> str:
    words = shown(text[piece.start : piece.end])
    for mark in piece.marks:
        if mark.role is Role.FINDING:
            ends = piece.end == mark.end  # a claim that begins within the words cuts them in two
            after = edits[mark.number].after if ends else ""
            gone = words.rstrip()
            sign = signs.get(mark.number, "") if piece.begins(mark) else ""
            come = f" <ins>{shown(laid_out(after))}</ins>" if after else ""
            return f"{sign}<del>{gone}</del>{come}{words[len(gone) :]}"
    one = still[piece.marks[0].number]
    begins = sign_link(one) if piece.begins(piece.marks[0]) else ""
    return f'{begins}<span class="o {one.look.value}">{words}</span>'


def _reasons(report: Report) -> str:
    whys = "".join(
        f'<li><bdi>{escape(one_line(one.what))}</bdi>: <span class="soft"><bdi>{escape(one_line(one.why))}</bdi></span></li>\n'
        for one in edit_views(report)
    )
    return f"<details>\n<summary>Why these edits</summary>\n<ul>\n{whys}</ul>\n</details>\n" if whys else ""
