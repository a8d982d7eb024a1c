"""The summary side: the text as it was written, then a card for each claim."""

from collections.abc import Iterator, Sequence
from html import escape

from summarizer.report.claim_view import ClaimView, Pair
from summarizer.report.page_parts.marks import Mark, Piece, Role, level, pieces, shown
from summarizer.report.page_parts.source import anchors
from summarizer.report.safe import one_line
from summarizer.schema import Report

WORST_FIRST = ("contradicted", "not_in_source", "unchecked", "supported")


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
    for conflict in one.check.outcome.conflicts:
        words = conflict.claim.of(one.text)
        # A claim that was made to stand alone has offsets of its own: its words are shown where they stand once.
        at = conflict.claim.start if written == one.text else written.find(words) if written.count(words) == 1 else -1
        if at >= 0:
            yield Mark(origin.start + at, origin.start + at + len(words), Role.CONFLICT, one.number)


def _piece(text: str, piece: Piece, claims: dict[int, ClaimView]) -> str:
    own = [claims[mark.number] for mark in piece.marks if mark.role is Role.CLAIM]
    worst = min((one.outcome for one in own), key=WORST_FIRST.index)
    begun = [claims[mark.number] for mark in piece.marks if mark.role is Role.CLAIM and piece.begins(mark)]
    links = "".join(
        f'<a class="n {one.outcome}" href="#c{one.number}" title="claim {one.number}, {one.verdict}">'
        f"{one.sign}{one.number}</a>"
        for one in begun
    )
    conflict = any(mark.role is Role.CONFLICT for mark in piece.marks)
    element, lit = ("mark", " x") if conflict else ("span", "")
    numbers = " ".join(str(one.number) for one in own)
    words = shown(text[piece.start : piece.end])
    return f'{links}<{element} class="o {worst}{lit}" data-o="{numbers}">{words}</{element}>'


def cards(claims: Sequence[ClaimView]) -> str:
    """Every claim with its outcome, the words that decide it, and where they stand."""
    return f'<ol id="claims">\n{"".join(_card(one) for one in claims)}</ol>\n'


def _card(one: ClaimView) -> str:
    places = anchors(one)
    kinds = " ".join(dict.fromkeys(pair.kind for pair in one.pairs))
    facts = f'data-v="{one.outcome}" data-k="{one.check.claim.kind.value}" data-e="{kinds}" data-s="{" ".join(places)}"'
    reason = f'<p class="why" dir="auto">{_line(one.why)}</p>\n' if one.why else ""
    body = [_head(one), f'<p class="text" dir="auto">{_text(one)}</p>\n', _pairs(one.pairs), reason]
    body += [_evidence(one, at, place) for at, place in enumerate(places[: len(one.evidence)])]
    body += [_elsewhere(place) for place in places[len(one.evidence) :]]
    return f'<li id="c{one.number}" class="{one.outcome}" tabindex="-1" data-n="{one.number}" {facts}>\n{"".join(body)}</li>\n'


def _head(one: ClaimView) -> str:
    claim = one.check.claim
    said = f", said by <bdi>{_line(claim.speaker)}</bdi>" if claim.speaker else ""
    sure = f", probability of support {one.confidence:.2f}" if one.confidence is not None else ""
    facts = f"claim {one.number}, {claim.kind.value}, {claim.modality.value}{said}{sure}"
    return f'<p><strong class="v">{one.sign} {one.words}</strong> <span class="soft">{facts}</span></p>\n'


def _text(one: ClaimView) -> str:
    """The claim with its conflicting words marked."""
    text = level(one.text)
    out, at = [], 0
    for piece in pieces(Mark(edge.claim.start, edge.claim.end, Role.CONFLICT) for edge in one.check.outcome.conflicts):
        out += [shown(text[at : piece.start]), f'<mark class="x">{shown(text[piece.start : piece.end])}</mark>']
        at = piece.end
    return "".join([*out, shown(text[at:])])


def _pairs(pairs: Sequence[Pair]) -> str:
    items = "".join(
        f'<li>{pair.kind}: the claim says “<mark class="x" dir="auto">{_line(pair.claimed)}</mark>”, '
        f'the source says “<mark class="x" dir="auto">{_line(pair.source.quote)}</mark>”</li>\n'
        for pair in pairs
    )
    return f'<ul class="pairs">\n{items}</ul>\n' if items else ""


def _evidence(one: ClaimView, at: int, place: str) -> str:
    words = one.evidence[at]
    nearest = "" if one.decides else "nearest: "
    return (
        f'<blockquote dir="auto">{_line(words.quote)}</blockquote>\n'
        f'<p class="where">{nearest}<a href="#{place}"><bdi>{_line(words.where)}</bdi></a></p>\n'
    )


def _elsewhere(place: str) -> str:
    return f'<p class="where"><a href="#{place}">the conflicting words in the source</a></p>\n'


def _line(text: str) -> str:
    return escape(one_line(text))
