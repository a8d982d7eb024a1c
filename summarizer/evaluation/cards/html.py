"""`Scorecard` as one HTML file that needs no network and obeys nothing that it shows."""

from collections import Counter
from collections.abc import Iterable, Sequence
from html import escape

from summarizer.evaluation.cards import figures, svg
from summarizer.evaluation.cards.figures import Confused, Miss, MissKind
from summarizer.evaluation.cards.page import SCRIPT, STYLE
from summarizer.evaluation.scorecard import Bin, Scorecard
from summarizer.report.policy import policy
from summarizer.report.safe import one_line
from summarizer.schema import Label

BARS = "Bars run from 0 to 100 per cent; the line across the end of a bar is the 95% interval."
MARKS = "✓ right label; ✗ called supported, and is not. An ambiguous claim is in no score."


def to_html(card: Scorecard) -> str:
    """Return the scorecard as a page that is complete without its script, which only filters the misses."""
    misses = figures.misses(card)
    first, *others = figures.tables(card)
    body = [_facts(card), _metrics(first, note=BARS), _confusion(figures.confusion(card)), *map(_metrics, others)]
    body += [_reliability(card.reliability)] if card.reliability else []
    body += [_misses(misses), _how(card)]
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy(STYLE, SCRIPT)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>Scorecard: {_safe(card.suite.name)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n"
        f"{''.join(body)}</main>\n<script>{SCRIPT}</script>\n</body>\n</html>\n"
    )


def _facts(card: Scorecard) -> str:
    suite, run = _safe(figures.suite_line(card)), _safe(figures.run_line(card))
    notes = "".join(f"<p>Note: {_safe(one)}</p>\n" for one in card.run.warnings)
    return f'<h1>Scorecard</h1>\n<p>{suite}</p>\n<p class="soft">{run}</p>\n{notes}'


def _metrics(table: figures.Table, *, note: str = "") -> str:
    lines = []
    for name, one in table.rows:
        better = ', <span class="soft">lower is better</span>' if one.name in figures.LOWER_IS_BETTER else ""
        picture = svg.bar(one) if figures.unit(one.name) == "%" else ""
        what = f'<th scope="row">{_safe(name)}{better}{picture}</th>'
        lines.append(what + _cells([figures.measure(one), f"{one.n:,}", f"{one.unchecked:,}"]))
    head = ("metric", "value (95% interval)", "n", "unchecked")
    return _section(table.title, _table(table.title, head, lines, "metrics"), note)


def _confusion(rows: Sequence[Confused]) -> str:
    lines = []
    for row in rows:
        cells = [_confused(row.gold, label, n) for label, n in zip(figures.OUTCOMES, row.counts, strict=True)]
        lines.append(f'<th scope="row">{figures.label_words(row.gold)}</th>{"".join(cells)}<td>{row.total:,}</td>')
    head = ("true label", *(figures.label_words(label) for label in figures.OUTCOMES), "all")
    title = "Claims by true label (rows) and by what the run said (columns)"
    return _section(title, _table(title, head, lines), MARKS)


def _confused(gold: Label, label: Label | None, n: int) -> str:
    if label is gold:
        return f'<td class="right">✓ {n:,}</td>'
    return f'<td class="wrong">✗ {n:,}</td>' if label is Label.SUPPORTED else f"<td>{n:,}</td>"


def _reliability(bins: Sequence[Bin]) -> str:
    lines = []
    for one in bins:
        head = f'<th scope="row">{100 * one.low:.0f} to {100 * one.high:.0f}</th>'
        lines.append(head + _cells([_share(one.mean), _share(one.supported), f"{one.n:,}"]))
    table = _table("Reliability", ("given, per cent", "mean given", "supported in truth", "n"), lines)
    note = "The probability of support that the run gave, and the share that is supported. Larger points, more claims."
    return _section("Reliability", f"{svg.reliability(bins)}\n{table}", note)


def _share(value: float | None) -> str:
    return figures.NOT_MEASURABLE if value is None else f"{100 * value:.1f}"


def _misses(misses: Sequence[Miss]) -> str:
    title = f"<p>{figures.misses_line(tuple(misses))}</p>\n"
    if not misses:
        return _section("Misses", title)
    items = "".join(_miss(one) for one in misses)
    return _section("Misses", f'{title}{_choice(misses)}<ol id="misses" class="misses">\n{items}</ol>\n')


def _choice(misses: Sequence[Miss]) -> str:
    """The filter; hidden until the script that serves it runs."""
    counts = Counter(one.kind for one in misses)
    options = [("all", f"all ({len(misses):,})", " checked")]
    options += [(kind, f"{figures.MISS_WORDS[kind]} ({counts[kind]:,})", "") for kind in MissKind if counts[kind]]
    inputs = "".join(
        f'<label><input type="radio" name="kind" value="{value}"{checked}> {words}</label>\n'
        for value, words, checked in options
    )
    told = '<p id="told" role="status"></p>\n'
    return f'<fieldset id="choice" hidden>\n<legend>Show</legend>\n{inputs}{told}</fieldset>\n'


def _miss(miss: Miss) -> str:
    result = miss.result
    state = "wrong" if miss.kind is MissKind.FALSE_SUPPORT else "plain"
    sure = "" if result.confidence is None else f", {100 * result.confidence:.1f}% support given"
    facts = f"<code>{_safe(result.claim)}</code>, {result.difficulty}, {result.modality.value}{sure}"
    why = f"<dt>Why unchecked</dt><dd>{_text(result.detail)}</dd>" if result.label is None and result.detail else ""
    return (
        f'<li data-kind="{miss.kind.value}"><p><strong class="{state}">{figures.verdict_words(result)}</strong></p>\n'
        f'<p class="soft">{facts}</p>\n<dl><dt>Claim</dt><dd>{_text(result.text)}</dd>\n'
        f"<dt>The words the run shows</dt><dd>{_quotes(result.quotes)}</dd>\n"
        f"<dt>The words that decide</dt><dd>{_quotes(result.gold_quotes)}</dd>{why}</dl></li>\n"
    )


def _quotes(quotes: Sequence[str]) -> str:
    return "".join(f"<blockquote>{_text(one)}</blockquote>" for one in quotes) or "none"


def _how(card: Scorecard) -> str:
    settings = [(one.name, one.value) for one in card.run.settings]
    rows = settings + [(one.name, f"sha256 {one.sha256}") for one in card.run.prompts]
    if not rows:
        return ""
    lines = [f'<th scope="row">{_safe(name)}</th><td>{_text(value)}</td>' for name, value in rows]
    return _section("Settings and prompts", _table("Settings and prompts", ("name", "value"), lines, "settings"))


def _section(title: str, content: str, note: str = "") -> str:
    told = f'<p class="soft">{note}</p>\n' if note else ""
    return f"<section>\n<h2>{title}</h2>\n{told}{content}\n</section>\n"


def _table(title: str, head: Sequence[str], lines: Iterable[str], name: str = "plain") -> str:
    """A table that the keyboard can scroll where it is wider than the screen."""
    columns = "".join(f'<th scope="col">{one}</th>' for one in head)
    rows = "".join(f"<tr>{line}</tr>\n" for line in lines)
    table = f'<table class="{name}">\n<thead><tr>{columns}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>'
    return f'<div class="scroll" role="group" aria-label="{title}" tabindex="0">\n{table}\n</div>'


def _cells(cells: Iterable[str]) -> str:
    return "".join(f"<td>{one}</td>" for one in cells)


def _text(text: str) -> str:
    """Words in the direction of their own script, whatever stands around them."""
    return f'<span dir="auto">{_safe(text)}</span>'


def _safe(text: str) -> str:
    return escape(one_line(text))
