"""The summary side: the text as it was written, then a card for each claim."""

from collections.abc import Iterator, Sequence
from html import escape

from summarizer.report.claim_view import ClaimView, Remark
from summarizer.report.formats.html.marks import Mark, Piece, Role, level, pieces, shown
from summarizer.report.formats.html.source_side import anchors
from summarizer.report.outcomes import WORST_FIRST
from summarizer.report.safe import one_line
from summarizer.schema import Report


def prose(report: Report, claims: Sequence[ClaimView]) -> str:
    """The summary, with the words of each claim marked by what came of it."""
    text = level(report.summary.text)
    by_number = {one.number: one for one in claims}
    out, at = [], 0
    for piece in pieces(mark for one in claims for mark in _marks(one, report.summary.text)):
        out += [shown(text[at : piece.start]), _piece(text, piece, by_number)]
        at = piece.end
    return f'<p class="prose" dir="auto">{"".join([*out, shown(text[at:])]).strip()}</p>\n'


def _marks(one: ClaimView, summary: str) -> Iterator[Mark]:
    origin = one.check.claim.origin
    yield Mark(origin.start, origin.end, Role.CLAIM, one.number, f"o{one.number}")
    written = origin.of(summary)
    for remark in one.remarks:
        words = remark.claimed
        # A claim that was made to stand alone has offsets of its own: its words are shown where they stand once.
        at = remark.span.start if written == one.text else written.find(words) if written.count(words) == 1 else -1
        if at >= 0:
            yield Mark(origin.start + at, origin.start + at + len(words), Role.FINDING, one.number)


def _piece(text: str, piece: Piece, claims: dict[int, ClaimView]) -> str:
    own = [claims[mark.number] for mark in piece.marks if mark.role is Role.CLAIM]
    worst = min((one.look for one in own), key=WORST_FIRST.index)
    begun = [claims[mark.number] for mark in piece.marks if mark.role is Role.CLAIM and piece.begins(mark)]
    links = "".join(
        f'<a class="n {one.look.value}" href="#c{one.number}" title="claim {one.number}, {one.look.words}">'
        f"{one.look.sign}{one.number}</a>"
        for one in begun
    )
    finding = any(mark.role is Role.FINDING for mark in piece.marks)
    element, lit = ("mark", " x") if finding else ("span", "")
    numbers = " ".join(str(one.number) for one in own)
    words = shown(text[piece.start : piece.end])
    return f'{links}<{element} class="o {worst.value}{lit}" data-o="{numbers}">{words}</{element}>'


def cards(claims: Sequence[ClaimView]) -> str:
    """Every claim with its outcome, the words that decide it, and where they stand."""
    return f'<ol id="claims">\n{"".join(_card(one) for one in claims)}</ol>\n'


def _card(one: ClaimView) -> str:
    places = anchors(one)
    kinds = " ".join(dict.fromkeys(remark.kind for remark in one.remarks))
    look = one.look.value
    facts = f'data-v="{look}" data-k="{one.check.claim.kind.value}" data-e="{kinds}" data-s="{" ".join(places)}"'
    reason = f'<p class="why" dir="auto">{_line(one.why)}</p>\n' if one.why else ""
    body = [_head(one), f'<p class="text" dir="auto">{_text(one)}</p>\n', _remarks(one), reason]
    body += [_evidence(one, at, place) for at, place in enumerate(places[: len(one.evidence)])]
    body += [_elsewhere(place) for place in places[len(one.evidence) :]]
    return f'<li id="c{one.number}" class="{look}" tabindex="-1" data-n="{one.number}" {facts}>\n{"".join(body)}</li>\n'


def _head(one: ClaimView) -> str:
    claim = one.check.claim
    said = f", said by <bdi>{_line(claim.speaker)}</bdi>" if claim.speaker else ""
    judged = f", judged by <bdi>{_line(', '.join(one.judges))}</bdi>" if one.judges else ""
    facts = f"claim {one.number}, {claim.kind.value}, {claim.modality.value}{said}{judged}"
    head = f'<p><strong class="v">{one.look.sign} {one.words}</strong> <span class="soft">{facts}</span></p>\n'
    line = f'<p class="soft">{one.probability_line}</p>\n' if one.probability_line else ""
    return head + line


def _text(one: ClaimView) -> str:
    """The claim with the words marked that findings are about."""
    text = level(one.text)
    out, at = [], 0
    for piece in pieces(Mark(remark.span.start, remark.span.end, Role.FINDING) for remark in one.remarks):
        out += [shown(text[at : piece.start]), f'<mark class="x">{shown(text[piece.start : piece.end])}</mark>']
        at = piece.end
    return "".join([*out, shown(text[at:])])


def _remarks(one: ClaimView) -> str:
    items = "".join(f"<li>{one.remark_prefix}{_remark(remark)}</li>\n" for remark in one.remarks)
    return f'<ul class="pairs">\n{items}</ul>\n' if items else ""


def _remark(remark: Remark) -> str:
    words = f"{remark.topic}: the claim says “{_marked(remark.claimed)}”"
    if remark.source is not None:
        words += f", the source says “{_marked(remark.source.quote)}”"
    return f"{words} (<bdi>{_line(remark.note)}</bdi>)" if remark.note else words


def _marked(words: str) -> str:
    return f'<mark class="x" dir="auto">{_line(words)}</mark>'


def _evidence(one: ClaimView, at: int, place: str) -> str:
    words = one.evidence[at]
    nearest = "" if one.decides else "nearest: "
    return (
        f'<blockquote dir="auto">{_line(words.quote)}</blockquote>\n'
        f'<p class="where">{nearest}<a href="#{place}"><bdi>{_line(words.where)}</bdi></a></p>\n'
    )


def _elsewhere(place: str) -> str:
    return f'<p class="where"><a href="#{place}">the words of this finding in the source</a></p>\n'


def _line(text: str) -> str:
    return escape(one_line(text))
