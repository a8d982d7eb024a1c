"""`Scorecard` as one HTML file that needs no network and runs nothing that it shows."""

from collections import Counter
from collections.abc import Iterable, Sequence
from html import escape

from summarizer.evaluation.cards import figures, misses, svg
from summarizer.evaluation.cards.figures import Confused
from summarizer.evaluation.cards.misses import Miss, MissKind
from summarizer.evaluation.cards.page import SCRIPT, STYLE
from summarizer.evaluation.cases import GoldLabel
from summarizer.evaluation.metrics import definition_of
from summarizer.evaluation.scorecard import Bin, PredictedLabel, RiskPoint, Scorecard
from summarizer.report.policy import policy
from summarizer.report.safe import one_line

BARS = "Bars run from 0 to 100 per cent; the line across the end of a bar is the 95% interval."
MARKS = "✓ right label; ✗ called supported, and is not. Ambiguous claims are in no score."


def to_html(card: Scorecard) -> str:
    """Return the scorecard as a page that is complete without its script, which only filters the misses."""
    first, *others = figures.tables(card)
    body = [
        _facts(card),
        _bars(card),
        _metrics(first, note=f"{BARS} {figures.note_on_intervals(card)}".strip()),
        _confusion(figures.confusion(card)),
        *map(_metrics, others),
    ]
    body += [_reliability(card.reliability)] if card.reliability else []
    body += [_curve(card.risk_coverage), _datasets(card), _misses(misses.misses(card)), _how(card)]
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


def _bars(card: Scorecard) -> str:
    if not card.bars:
        return ""
    lines = [
        f'<th scope="row">{_safe(one.words)}</th><td class="{"right" if one.passed else "wrong"}">'
        f"{'✓' if one.passed else '✗'} {figures.bar_mark(one.passed)}</td>"
        for one in card.bars
    ]
    return _section("Bars of the policy", _table("Bars of the policy", ("bar", "result"), lines))


def _datasets(card: Scorecard) -> str:
    head, rows = figures.dataset_table(card)
    if not rows:
        return ""
    lines = [f'<th scope="row">{_safe(row[0])}</th>{_cells(row[1:])}' for row in rows]
    return _section("By data set, per cent", _table("By data set, per cent", head, lines))


def _curve(points: Sequence[RiskPoint]) -> str:
    if not points:
        return ""
    lines = [
        f'<th scope="row">{100 * one.coverage:.0f}</th>{_cells([f"{one.certainty:.3f}", f"{100 * one.risk:.1f}"])}'
        for one in points
    ]
    head = ("surest claims, per cent", "probability from", "errors, per cent")
    note = "What deciding only the surest claims would cost in errors; sure is far from a probability of a half."
    return _section("Risk and coverage", _table("Risk and coverage", head, lines), note)


def _metrics(table: figures.Table, *, note: str = "") -> str:
    lines = []
    for name, one in table.rows:
        better = f', <span class="soft">{figures.better(one.name)}</span>' if figures.better(one.name) else ""
        picture = svg.bar(one) if figures.is_share(one.name) else ""
        what = f'<th scope="row">{_safe(name)}{better}{_meaning(one.name)}{picture}</th>'
        lines.append(what + _cells(figures.cells(one)))
    return _section(table.title, _table(table.title, figures.HEAD, lines, "metrics"), note)


def _meaning(name: str) -> str:
    """What a metric counts, in small print."""
    definition = definition_of(name)
    return f' <span class="soft meaning">{escape(definition.meaning)}</span>' if definition else ""


def _confusion(rows: Sequence[Confused]) -> str:
    lines = []
    for row in rows:
        cells = [_confused(row.gold, label, n) for label, n in zip(figures.PREDICTIONS, row.counts, strict=True)]
        lines.append(f'<th scope="row">{figures.label_words(row.gold)}</th>{"".join(cells)}<td>{row.total:,}</td>')
    head = ("true label", *map(figures.label_words, figures.PREDICTIONS), "n")
    return _section(figures.CONFUSION, _table(figures.CONFUSION, head, lines), MARKS)


def _confused(gold: GoldLabel, predicted: PredictedLabel, n: int) -> str:
    if predicted == gold:
        return f'<td class="right">✓ {n:,}</td>'
    return f'<td class="wrong">✗ {n:,}</td>' if predicted == "supported" else f"<td>{n:,}</td>"


def _reliability(bins: Sequence[Bin]) -> str:
    lines = []
    for one in bins:
        head = f'<th scope="row">{100 * one.low:.0f} to {100 * one.high:.0f}</th>'
        lines.append(head + _cells([_share(one.mean), _share(one.supported), f"{one.n:,}"]))
    table = _table("Reliability", ("probability, per cent", "mean", "in fact supported", "n"), lines)
    note = "Probability of support as the run gave it, and the share that is in fact supported. Larger points: more claims."
    return _section("Reliability", f"{svg.reliability(bins)}\n{table}", note)


def _share(value: float | None) -> str:
    return figures.NOT_MEASURABLE if value is None else f"{100 * value:.1f}"


def _misses(found: Sequence[Miss]) -> str:
    title = f"<p>{misses.summary_line(tuple(found))}</p>\n"
    if not found:
        return _section("Misses", title)
    items = "".join(_miss(one) for one in found)
    return _section("Misses", f'{title}{_choice(found)}<ol id="misses" class="misses">\n{items}</ol>\n')


def _choice(found: Sequence[Miss]) -> str:
    """The filter; hidden until the script that serves it runs."""
    counts = Counter(one.kind for one in found)
    options = [("all", f"all ({len(found):,})", " checked")]
    options += [(kind, f"{misses.WORDS[kind]} ({counts[kind]:,})", "") for kind in MissKind if counts[kind]]
    inputs = "".join(
        f'<label><input type="radio" name="kind" value="{value}"{checked}> {words}</label>\n'
        for value, words, checked in options
    )
    status = '<p id="shown" role="status"></p>\n'
    return f'<fieldset id="choice" hidden>\n<legend>Show</legend>\n{inputs}{status}</fieldset>\n'


def _miss(miss: Miss) -> str:
    result = miss.result
    state = "wrong" if miss.kind is MissKind.FALSE_SUPPORT else "plain"
    sure = "" if result.support is None else f", probability of support {100 * result.support:.1f}%"
    facts = f"<code>{_safe(result.claim)}</code>{misses.how_hard(result)}, {result.modality.value}{sure}"
    why = f"<dt>Why {result.outcome}</dt><dd>{_text(result.detail)}</dd>" if result.detail else ""
    return (
        f'<li data-kind="{miss.kind.value}"><p><strong class="{state}">{misses.outcome_words(result)}</strong></p>\n'
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
    remark = f'<p class="soft">{note}</p>\n' if note else ""
    return f"<section>\n<h2>{title}</h2>\n{remark}{content}\n</section>\n"


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
