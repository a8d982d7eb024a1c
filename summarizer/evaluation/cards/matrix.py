"""Several scorecards as one table, and in HTML a picture of score against cost."""

import xml.etree.ElementTree as ET
from collections.abc import Sequence
from html import escape

from summarizer.evaluation.cards import figures
from summarizer.evaluation.cards.junit import to_junit as card_junit
from summarizer.evaluation.cards.markdown import code
from summarizer.evaluation.cards.page import STYLE
from summarizer.evaluation.cards.parts import cells_of, page, safe, section, table_of
from summarizer.evaluation.matrix import Row
from summarizer.evaluation.metrics import definitions
from summarizer.report.safe import one_line, printable_json, without_commands
from summarizer.report.xml import xml_line

SCORE = "balanced_accuracy"  # over cost, in the picture
COST = ("tokens per claim", "USD per 1,000 claims")
WIDE, HIGH, LEFT, TOP = 560, 300, 60, 20  # of the picture


def columns() -> dict[str, str]:
    """The metrics of the table and their heads, from the registry."""
    return {one.name: one.column for one in definitions().values() if one.column}


def head() -> tuple[str, ...]:
    return (*columns().values(), *COST)


def legend(rows: Sequence[Row]) -> str:
    """What the figures are, and of how many claims."""
    facts = rows[0].card.suite
    low = [column for name, column in columns().items() if figures.better(name)]
    return (
        f"Per cent of {figures.count(facts.claims, 'claim')} of {figures.count(facts.cases, 'case')}; undecided and "
        f"unchecked claims count as wrong. Lower is better: {', '.join(low)}."
    )


def to_text(rows: Sequence[Row]) -> str:
    """A plain table, a line for each run, with the intervals of the first score below it."""
    names = [one_line(row.name)[:40] for row in rows]
    width = max(len("run"), *map(len, names))
    lines = ["  ".join(["run".ljust(width), *head()])]
    for name, row in zip(names, rows, strict=True):
        cells = [cell.rjust(len(title)) for cell, title in zip(_cells(row), head(), strict=True)]
        lines.append("  ".join([name.ljust(width), *cells]))
    lines += ["", legend(rows)]
    for name, row in zip(names, rows, strict=True):
        metric = row.card.metric(SCORE)
        value = figures.measure(metric) if metric else figures.NOT_MEASURABLE
        lines.append(f"{name.ljust(width)}  {figures.words(SCORE)}: {value}")
    return without_commands("\n".join(lines) + "\n")


def to_markdown(rows: Sequence[Row]) -> str:
    """The same as a table for a pull request."""
    lines = [f"| run | {' | '.join(head())} |", "|---" * (len(head()) + 1) + "|"]
    for row in rows:
        lines.append(f"| {code(row.name)} | {' | '.join(_cells(row))} |")
    lines += ["", legend(rows)]
    return "\n".join(lines) + "\n"


def to_json(rows: Sequence[Row]) -> str:
    """The scorecards under the names of their runs."""
    whole = [{"name": row.name, "scorecard": row.card.model_dump(mode="json")} for row in rows]
    return printable_json(whole, indent=2) + "\n"


def to_junit(rows: Sequence[Row]) -> str:
    """The bars of every run, a suite for each."""
    root = ET.Element("testsuites")
    for row in rows:
        suite = next(iter(ET.fromstring(card_junit(row.card))))  # noqa: S314 (our own)
        suite.set("name", xml_line(row.name))
        root.append(suite)
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def to_html(rows: Sequence[Row]) -> str:
    """One page with the table and the picture; no script, no network."""
    lines = [
        f'<th scope="row">{number}. {safe(row.name)}</th>{cells_of(map(escape, _cells(row)))}'
        for number, row in enumerate(rows, 1)
    ]
    facts = rows[0].card.suite
    title = f"{figures.count(len(rows), 'run')} over {figures.count(facts.claims, 'claim')}"
    table = table_of("Runs", ("run", *map(escape, head())), lines)
    body = f"<h1>{title}</h1>\n<p>{escape(legend(rows))}</p>\n{table}\n{section('Score against cost', _picture(rows))}"
    return page("Score against cost", body, style=STYLE, script="")


def _cells(row: Row) -> list[str]:
    metrics = [row.card.metric(name) for name in columns()]
    shares = ["-" if one is None or one.value is None else figures.number(one.name, one.value) for one in metrics]
    tokens = "unknown" if row.tokens is None else f"{row.tokens:,.0f}"
    price = "unknown" if row.price is None else f"{row.price:.3f}"
    return [*shares, tokens, price]


def _picture(rows: Sequence[Row]) -> str:
    """Balanced accuracy over what a claim costs: dollars where all prices are known, else tokens."""
    priced = all(row.price is not None for row in rows) and any(row.price for row in rows)
    points = []
    for number, row in enumerate(rows, 1):
        metric, cost = row.card.metric(SCORE), row.price if priced else row.tokens
        if metric and metric.value is not None and cost is not None:
            points.append((number, cost, metric.value, metric.low, metric.high))
    if not points:
        return f"<p>{figures.NOT_MEASURABLE}</p>"
    most = max(cost for _, cost, *_ in points) or 1.0
    unit = "US dollars per 1,000 claims" if priced else "tokens per claim"
    drawn = [
        f'<rect class="frame" x="{LEFT}" y="{TOP}" width="{WIDE}" height="{HIGH}"/>',
        *(_words(LEFT - 8, TOP + HIGH * (1 - at / 100) + 4, str(at), "end") for at in (0, 25, 50, 75, 100)),
        *(_words(LEFT + WIDE * at, TOP + HIGH + 18, f"{_amount(most * at)}", "middle") for at in (0, 0.5, 1)),
        _words(LEFT + WIDE / 2, TOP + HIGH + 40, unit, "middle"),
    ]
    for number, cost, value, low, high in points:
        x, y = LEFT + WIDE * cost / most, TOP + HIGH * (1 - value)
        if low is not None and high is not None:
            top, bottom = TOP + HIGH * (1 - high), TOP + HIGH * (1 - low)
            drawn.append(
                f'<rect class="interval" x="{x - 1:.1f}" y="{top:.1f}" width="2" height="{bottom - top:.1f}"/>'
            )
        drawn.append(f'<circle class="point" cx="{x:.1f}" cy="{y:.1f}" r="6"/>')
        drawn.append(_words(x + 10, y - 8, str(number), "start"))
    label = "; ".join(f"{number}: {100 * value:.1f} at {_amount(cost)}" for number, cost, value, *_ in points)
    size = f'viewBox="0 0 {LEFT + WIDE + 30} {TOP + HIGH + 50}"'
    return (
        f'<svg role="img" aria-label="Balanced accuracy, per cent, over {unit}. {label}" {size}>{"".join(drawn)}</svg>'
    )


def _amount(cost: float) -> str:
    """Tokens in whole numbers, dollars to a tenth of a cent.

    >>> _amount(1234.6), _amount(0.0512)
    ('1,235', '0.051')
    """
    return f"{cost:,.0f}" if cost >= 100 else f"{cost:.3f}".rstrip("0").rstrip(".")


def _words(x: float, y: float, text: str, anchor: str) -> str:
    return f'<text class="axis" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>'
