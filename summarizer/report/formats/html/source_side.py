"""The source side: paragraphs as plain text, with marks only where a claim or a key sentence stands."""

from collections import deque
from collections.abc import Iterator, Sequence
from html import escape
from itertools import pairwise
from typing import NamedTuple

from summarizer.reading.places import Places
from summarizer.report.claim_view import ClaimView
from summarizer.report.formats.html.marks import Mark, Piece, Role, pieces, shown
from summarizer.report.layout import first_word, laid_out, struck
from summarizer.report.safe import one_line
from summarizer.schema import Document, Report, Span

LONG = 40_000  # code points; of a longer source only what is quoted is printed on paper
PART = 8_000  # code points laid out together; the browser leaves parts that are out of sight alone
CLASSES = {
    Role.EVIDENCE: "e",
    Role.FINDING: "x",
    Role.COVERED: "covered",
    Role.PARTLY: "partly",
    Role.OMITTED: "omitted",
    Role.CLAIM: "o",
    Role.STRUCK: "struck",
}
KEY_WORDS = {Role.COVERED: "◆ covered", Role.PARTLY: "◈ partly covered", Role.OMITTED: "◇ left out"}


def sources(report: Report, claims: Sequence[ClaimView]) -> str:
    """Every source of the report as HTML."""
    marks = _marks(report, claims)
    signs = {one.number: one for one in claims}
    return "".join(_document(document, marks[document.id], signs) for document in report.documents)


def anchors(one: ClaimView) -> list[str]:
    """What the page calls the places of a claim in the sources: its evidence, then findings outside of that."""
    return [mark.anchor for _, mark in _places(one) if mark.anchor]


def _places(one: ClaimView) -> Iterator[tuple[str, Mark]]:
    count, best = 0, one.best
    for at, words in enumerate(one.evidence):
        count += 1
        role = Role.EVIDENCE if at in best else Role.NEAR  # what a card folds is not marked until it is asked for
        yield words.document, Mark(*_edges(words.span), role, one.number, f"s{one.number}-{count}")
    for words in (remark.source for remark in one.remarks if remark.source):
        inside = any(
            own.document == words.document and own.span.start <= words.span.start and words.span.end <= own.span.end
            for own in one.evidence
        )
        count += not inside
        anchor = "" if inside else f"s{one.number}-{count}"
        yield words.document, Mark(*_edges(words.span), Role.FINDING, one.number, anchor)


def _edges(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _marks(report: Report, claims: Sequence[ClaimView]) -> dict[str, list[Mark]]:
    marks: dict[str, list[Mark]] = {document.id: [] for document in report.documents}
    for one in claims:
        for document, mark in _places(one):
            marks[document].append(mark)
    for number, key in enumerate(report.coverage.key_sentences, start=1):
        mark = Mark(*_edges(key.evidence.span), Role(key.status.value), anchor=f"k{number}")
        marks[key.evidence.document].append(mark)
    return marks


class Block(NamedTuple):
    """What stands in one element: a paragraph, or a part of one that is very long."""

    start: int
    end: int
    number: int
    """Of the paragraph; 0 for a further part of it."""


def _blocks(text: str, starts: Sequence[int]) -> Iterator[Block]:
    for number, (start, end) in enumerate(pairwise((*starts, len(text))), start=1):
        cuts = [start]
        while end - cuts[-1] > PART:
            cuts.append(text.rfind(" ", cuts[-1], cuts[-1] + PART) + 1 or cuts[-1] + PART)
        for at, (first, last) in enumerate(pairwise((*cuts, end))):
            yield Block(first, last, 0 if at else number)


def _document(document: Document, marks: Sequence[Mark], claims: dict[int, ClaimView]) -> str:
    text = laid_out(document.text)
    blocks = list(_blocks(text, Places(document).paragraphs))
    out = [Mark(one.start, one.end, Role.STRUCK) for one in struck(document.text)]
    own_words = [mark._replace(start=first_word(text, mark.start, mark.end)) for mark in marks]
    found = deque(pieces([*own_words, *out], [block.start for block in blocks]))
    parts = ['<div class="part">\n']
    size = 0
    for block in blocks:
        if size >= PART:
            parts.append('</div>\n<div class="part">\n')
            size = 0
        size += block.end - block.start
        own = []
        while found and found[0].start < block.end:
            own.append(found.popleft())
        number = f' data-p="{block.number}"' if block.number else ""
        parts.append(f'<p class="par" dir="auto"{number}>{_paragraph(text, block, own, claims)}</p>\n')
    name = escape(one_line(document.name))
    long = ' class="long"' if len(text) > LONG else ""
    return f"<article{long}>\n<h3><bdi>{name}</bdi></h3>\n{''.join(parts)}</div>\n</article>\n"


def _paragraph(text: str, block: Block, own: Sequence[Piece], claims: dict[int, ClaimView]) -> str:
    out, at = [], block.start
    for piece in own:
        out += [shown(text[at : piece.start]), _piece(text, piece, claims)]
        at = piece.end
    return "".join([*out, shown(text[at : block.end])]).rstrip()


def _piece(text: str, piece: Piece, claims: dict[int, ClaimView]) -> str:
    begun = [mark for mark in piece.marks if piece.begins(mark)]
    tags = "".join(_tag(mark, claims) for mark in begun)
    roles = dict.fromkeys(mark.role for mark in piece.marks)
    classes = " ".join(CLASSES[role] for role in roles if role is not Role.NEAR)
    named = f' class="{classes}"' if classes else ""
    numbers = _numbers(piece, "data-c", Role.EVIDENCE, Role.NEAR) + _numbers(piece, "data-x", Role.FINDING)
    element = "mark" if Role.FINDING in roles else "span"
    words = shown(text[piece.start : piece.end])
    return f"{tags}<{element}{named}{numbers}>{words}</{element}>"


def _tag(mark: Mark, claims: dict[int, ClaimView]) -> str:
    if mark.role in KEY_WORDS:
        return f'<span class="tag tag-{mark.role.value}" id="{mark.anchor}">{KEY_WORDS[mark.role]}</span> '
    if mark.role is Role.NEAR:
        return f'<span id="{mark.anchor}" tabindex="-1"></span>'
    return sign_link(claims[mark.number], mark.anchor) if mark.anchor else ""


def sign_link(one: ClaimView, anchor: str = "") -> str:
    """The sign and number of a claim, which lead to its card; `anchor` is the name of this place."""
    title, sign = f"claim {one.number}, {one.look.words}", f"{one.look.sign}{one.number}"
    place = f' id="{anchor}"' if anchor else ""
    return f'<a class="n {one.look.value}"{place} href="#c{one.number}" title="{title}">{sign}</a>'


def _numbers(piece: Piece, name: str, *roles: Role) -> str:
    numbers = sorted({mark.number for mark in piece.marks if mark.role in roles})
    return f' {name}="{" ".join(map(str, numbers))}"' if numbers else ""
