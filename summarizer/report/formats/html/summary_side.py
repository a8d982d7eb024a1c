"""The summary side: the text as it was written, and a card for each claim, loud where something is wrong."""

from collections.abc import Iterator, Sequence
from html import escape

from summarizer.report.claim_view import ClaimView, Remark
from summarizer.report.formats.html.marks import Mark, Piece, Role, pieces, shown
from summarizer.report.formats.html.source_side import anchors, sign_link
from summarizer.report.layout import as_read, first_word, laid_out, struck
from summarizer.report.outcomes import WORST_FIRST, Look
from summarizer.report.safe import one_line
from summarizer.schema import Report

LONG = 2_500  # code points of a summary: two screens of a telephone
MANY = 40  # code points of conflicting words, from which on they stand above each other on a narrow page
WIDE = 11  # code points of a word that half of a narrow page cannot hold in large letters


def prose(report: Report, claims: Sequence[ClaimView]) -> str:
    """The summary, with the words of each claim marked by what came of it; folded where the corrected one has them."""
    text = laid_out(report.summary.text)
    by_number = {one.number: one for one in claims}
    out, at = [], 0
    out_of_it = [Mark(one.start, one.end, Role.STRUCK) for one in struck(report.summary.text)]
    marks = [mark for one in claims for mark in _marks(one, report.summary.text, text)]
    for piece in pieces([*marks, *out_of_it]):
        out += [shown(text[at : piece.start]), _piece(text, piece, by_number)]
        at = piece.end
    written = f'<p class="prose" dir="auto">{"".join([*out, shown(text[at:])]).strip()}</p>\n'
    if report.repair and report.repair.edits:  # the corrected summary has all of it
        return f'<details class="before">\n<summary id="summary">The summary as it was</summary>\n{written}</details>\n'
    return f'<h2 id="summary">Summary</h2>\n{folded_text(written, text)}'


def folded_text(prose: str, text: str) -> str:
    """A text of the page; a long one folds, so that what comes after it is not out of reach."""
    return _details(f"All {len(text.split()):,} words", prose) if len(text) > LONG else prose


def _marks(one: ClaimView, summary: str, laid: str) -> Iterator[Mark]:
    origin = one.check.claim.origin
    yield Mark(first_word(laid, origin.start, origin.end), origin.end, Role.CLAIM, one.number, f"o{one.number}")
    written = origin.of(summary)
    for remark in differing(one):
        words = remark.claimed
        # A claim that was made to stand alone has offsets of its own: its words are shown where they stand once.
        at = remark.span.start if written == one.text else written.find(words) if written.count(words) == 1 else -1
        if at >= 0:
            yield Mark(origin.start + at, origin.start + at + len(words), Role.FINDING, one.number)


def differing(one: ClaimView) -> list[Remark]:
    """The remarks on words of the claim itself."""
    return [remark for remark in one.remarks if not remark.goes_on]


def _piece(text: str, piece: Piece, claims: dict[int, ClaimView]) -> str:
    own = [claims[mark.number] for mark in piece.marks if mark.role is Role.CLAIM]
    gone = " struck" if any(mark.role is Role.STRUCK for mark in piece.marks) else ""
    words = shown(text[piece.start : piece.end])
    if not own:
        return f'<span class="{gone.strip()}">{words}</span>'
    worst = min((one.look for one in own), key=WORST_FIRST.index)
    begun = [claims[mark.number] for mark in piece.marks if mark.role is Role.CLAIM and piece.begins(mark)]
    links = "".join(map(sign_link, begun))
    finding = any(mark.role is Role.FINDING for mark in piece.marks)
    element, lit = ("mark", " x") if finding else ("span", "")
    numbers = " ".join(str(one.number) for one in own)
    return f'{links}<{element} class="o {worst.value}{lit}{gone}" data-o="{numbers}">{words}</{element}>'


def cards(claims: Sequence[ClaimView], name: str) -> str:
    """Claims with their outcome, the words that decide it, and where they stand."""
    return f'<ol class="claims" id="{name}">\n{"".join(_card(one) for one in claims)}</ol>\n'


def _card(one: ClaimView) -> str:
    places = anchors(one)
    kinds = " ".join(dict.fromkeys(remark.kind for remark in one.remarks))
    look = one.look.value
    best = [places[at] for at in one.best]  # a click leads to what the card shows before it leads to what it folds
    turns = " ".join(dict.fromkeys([*best, *places]))
    facts = f'data-v="{look}" data-e="{kinds}" data-s="{turns}"'
    text = f'<p class="text" dir="auto">{_text(one)}</p>\n'
    if one.look is Look.SUPPORTED:
        body = f"{text}{_head(one)}{_remarks(one)}{_folded(one, places)}"
    elif one.look is Look.NOTHING_TO_CHECK:
        body = f"{text}{_head(one)}"
    else:
        reason = f'<p class="why" dir="auto">{_line(one.reason)}</p>\n' if one.reason else ""
        accepted = f'<p class="accepted" dir="auto">{_line(one.accepted_line)}</p>\n' if one.accepted_line else ""
        body = f"{_head(one)}{text}{accepted}{_remarks(one)}{reason}{_quotes(one, places)}{_how_sure(one)}"
    return f'<li id="c{one.number}" class="{look}" tabindex="-1" data-n="{one.number}" {facts}>\n{body}</li>\n'


def _head(one: ClaimView) -> str:
    button = f'<button class="copy" type="button" aria-label="Copy claim {one.number}">Copy</button>'
    words = f'<strong class="v">{one.look.sign} {one.words}</strong>'
    return (
        f'<p class="head"><span>{words} <span class="soft">claim {one.number}{_said(one)}</span></span>{button}</p>\n'
    )


def _said(one: ClaimView) -> str:
    """Who says it, where the claim itself does not name them."""
    speaker = one.check.claim.speaker
    return f", said by <bdi>{_line(speaker)}</bdi>" if speaker and speaker not in one.text else ""


def _text(one: ClaimView) -> str:
    """The claim with the words marked that findings are about."""
    text = laid_out(one.text) if as_read(one.text) else one.text  # a line that only draws is shown as it is
    out, at = [], 0
    for piece in pieces(Mark(remark.span.start, remark.span.end, Role.FINDING) for remark in differing(one)):
        out += [shown(text[at : piece.start]), f'<mark class="x">{shown(text[piece.start : piece.end])}</mark>']
        at = piece.end
    return "".join([*out, shown(text[at:])])


def _remarks(one: ClaimView) -> str:
    """The words that differ: side by side and large, or as a note on a claim that is supported all the same."""
    if one.look is Look.SUPPORTED:
        return "".join(f'<p class="soft">{_line(line)}</p>\n' for line in one.remark_lines)
    return "".join(_pair(remark) for remark in one.remarks)


def _pair(remark: Remark) -> str:
    source = (
        f"“{_marked(remark.source.plain)}”"
        if remark.source
        else f'<span class="soft">{_line(remark.note) or "nothing like it"}</span>'
    )
    note = f'<p class="soft"><bdi>{_line(remark.note)}</bdi></p>\n' if remark.note and remark.source else ""
    if remark.goes_on:
        return f'<dl class="pair alone">\n<div class="given"><dt>left out; the source goes on</dt><dd>{source}</dd></div>\n</dl>\n'
    sides = [remark.plain, remark.source.plain if remark.source else ""]
    long = " many" if any(len(side) > MANY or max(map(len, side.split()), default=0) > WIDE for side in sides) else ""
    return (
        f'<dl class="pair{long}">\n<div class="said"><dt>{remark.topic} in the summary</dt>'
        f"<dd>“{_marked(remark.plain)}”</dd></div>\n"
        f'<div class="given"><dt>in the source</dt><dd>{source}</dd></div>\n</dl>\n{note}'
    )


def _marked(words: str) -> str:
    return f'<mark class="x" dir="auto">{shown(words)}</mark>'


def _quotes(one: ClaimView, places: Sequence[str]) -> str:
    best = one.best
    rest = [at for at in range(len(one.evidence)) if at not in best]
    shown_first = "".join(_quote(one, at, places[at]) for at in best)
    more = "".join(_quote(one, at, places[at]) for at in rest)
    folded = _details(one.more_line, more, "near") if rest else ""
    return f"{shown_first}{folded}{''.join(map(_elsewhere, places[len(one.evidence) :]))}"


def _folded(one: ClaimView, places: Sequence[str]) -> str:
    """The words that support a claim: one line until a reader asks for them."""
    line = "Word for word" if one.copied else "The source’s words"
    return _details(line, f'{_quotes(one, places)}<div class="facts">{_facts(one)}</div>\n')


def _details(line: str, content: str, name: str = "") -> str:
    """A fold of the page; `name` says what it holds, for what is printed."""
    named = f' class="{name}"' if name else ""
    return f"<details{named}>\n<summary>{line}</summary>\n{content}</details>\n"


def _how_sure(one: ClaimView) -> str:
    facts = _facts(one)
    return _details("How sure is that?", facts, "sure") if facts else ""


def _facts(one: ClaimView) -> str:
    lines = [one.probability_line] if one.probability_line else []
    lines += [f"judged by {one_line(', '.join(one.judges))}"] if one.judges else []
    return "".join(f'<p class="soft"><bdi>{_line(line)}</bdi></p>\n' for line in lines)


def _quote(one: ClaimView, at: int, place: str) -> str:
    words = one.evidence[at]
    nearest = "" if one.decides else "nearest · "
    return (
        f'<blockquote dir="auto">{shown(words.plain)}</blockquote>\n'
        f'<p class="where">{nearest}<a href="#{place}"><bdi>{_line(words.where)}</bdi></a></p>\n'
    )


def _elsewhere(place: str) -> str:
    return f'<p class="where"><a href="#{place}">where the source has these words</a></p>\n'


def _line(text: str) -> str:
    return escape(one_line(text))
