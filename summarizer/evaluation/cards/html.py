"""`Scorecard` as one HTML file that needs no network and runs nothing that it shows."""

from collections import Counter
from collections.abc import Sequence
from html import escape

from summarizer.evaluation.cards import figures, misses, svg
from summarizer.evaluation.cards.figures import Confused
from summarizer.evaluation.cards.misses import Miss, MissKind
from summarizer.evaluation.cards.page import SCRIPT, STYLE
from summarizer.evaluation.cards.parts import cells_of, page, safe, section, table_of, text
from summarizer.evaluation.cases import GoldLabel
from summarizer.evaluation.metrics import definition_of
from summarizer.evaluation.scorecard import Bin, PredictedLabel, RiskPoint, Scorecard

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
    return page(f"Scorecard: {card.suite.name}", "".join(body), style=STYLE, script=SCRIPT)


def _facts(card: Scorecard) -> str:
    suite, run = safe(figures.suite_line(card)), safe(figures.run_line(card))
    notes = "".join(f"<p>Note: {safe(one)}</p>\n" for one in card.run.warnings)
    line = figures.circumstances_line(card)
    circumstances = f'<p class="soft">{safe(line)}</p>\n' if line else ""
    return f'<h1>Scorecard</h1>\n<p>{suite}</p>\n<p class="soft">{run}</p>\n{circumstances}{notes}'


def _bars(card: Scorecard) -> str:
    if not card.bars:
        return ""
    lines = [
        f'<th scope="row">{safe(one.words)}</th><td class="{"right" if one.passed else "wrong"}">'
        f"{'✓' if one.passed else '✗'} {figures.bar_mark(one.passed)}</td>"
        for one in card.bars
    ]
    return section("Bars of the policy", table_of("Bars of the policy", ("bar", "result"), lines))


def _datasets(card: Scorecard) -> str:
    head, rows = figures.dataset_table(card)
    if not rows:
        return ""
    lines = [f'<th scope="row">{safe(row[0])}</th>{cells_of(row[1:])}' for row in rows]
    return section("By data set, per cent", table_of("By data set, per cent", head, lines))


def _curve(points: Sequence[RiskPoint]) -> str:
    if not points:
        return ""
    lines = [
        f'<th scope="row">{100 * one.coverage:.0f}</th>{cells_of([f"{one.certainty:.3f}", f"{100 * one.risk:.1f}"])}'
        for one in points
    ]
    head = ("surest claims, per cent", "probability from", "errors, per cent")
    note = "What deciding only the surest claims would cost in errors; sure is far from a probability of a half."
    return section("Risk and coverage", table_of("Risk and coverage", head, lines), note)


def _metrics(table: figures.Table, *, note: str = "") -> str:
    lines = []
    for name, one in table.rows:
        better = f', <span class="soft">{figures.better(one.name)}</span>' if figures.better(one.name) else ""
        picture = svg.bar(one) if figures.is_share(one.name) else ""
        what = f'<th scope="row">{safe(name)}{better}{_meaning(one.name)}{picture}</th>'
        lines.append(what + cells_of(figures.cells(one)))
    return section(table.title, table_of(table.title, figures.HEAD, lines, "metrics"), note)


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
    return section(figures.CONFUSION, table_of(figures.CONFUSION, head, lines), MARKS)


def _confused(gold: GoldLabel, predicted: PredictedLabel, n: int) -> str:
    if predicted == gold:
        return f'<td class="right">✓ {n:,}</td>'
    return f'<td class="wrong">✗ {n:,}</td>' if predicted == "supported" else f"<td>{n:,}</td>"


def _reliability(bins: Sequence[Bin]) -> str:
    lines = []
    for one in bins:
        head = f'<th scope="row">{100 * one.low:.0f} to {100 * one.high:.0f}</th>'
        lines.append(head + cells_of([_share(one.mean), _share(one.supported), f"{one.n:,}"]))
    table = table_of("Reliability", ("probability, per cent", "mean", "in fact supported", "n"), lines)
    note = "Probability of support as the run gave it, and the share that is in fact supported. Larger points: more claims."
    return section("Reliability", f"{svg.reliability(bins)}\n{table}", note)


def _share(value: float | None) -> str:
    return figures.NOT_MEASURABLE if value is None else f"{100 * value:.1f}"


def _misses(found: Sequence[Miss]) -> str:
    title = f"<p>{misses.summary_line(tuple(found))}</p>\n"
    if not found:
        return section("Misses", title)
    items = "".join(_miss(one) for one in found)
    return section("Misses", f'{title}{_choice(found)}<ol id="misses" class="misses">\n{items}</ol>\n')


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
    facts = f"<code>{safe(result.claim)}</code>{misses.how_hard(result)}, {result.modality.value}{sure}"
    why = f"<dt>Why {result.outcome}</dt><dd>{text(result.detail)}</dd>" if result.detail else ""
    return (
        f'<li data-kind="{miss.kind.value}"><p><strong class="{state}">{misses.outcome_words(result)}</strong></p>\n'
        f'<p class="soft">{facts}</p>\n<dl><dt>Claim</dt><dd>{text(result.text)}</dd>\n'
        f"<dt>The words the run shows</dt><dd>{_quotes(result.quotes)}</dd>\n"
        f"<dt>The words that decide</dt><dd>{_quotes(result.gold_quotes)}</dd>{why}</dl></li>\n"
    )


def _quotes(quotes: Sequence[str]) -> str:
    return "".join(f"<blockquote>{text(one)}</blockquote>" for one in quotes) or "none"


def _how(card: Scorecard) -> str:
    settings = [(one.name, one.value) for one in card.run.settings]
    rows = settings + [(one.name, f"sha256 {one.sha256}") for one in card.run.prompts]
    if not rows:
        return ""
    lines = [f'<th scope="row">{safe(name)}</th><td>{text(value)}</td>' for name, value in rows]
    return section("Settings and prompts", table_of("Settings and prompts", ("name", "value"), lines, "settings"))
