"""Scorecards over time: a table for a terminal, JSON, and one page with trends, claims and curves."""

from collections.abc import Iterable, Sequence
from html import escape

from summarizer.evaluation.cards import figures, svg
from summarizer.evaluation.cards.matrix import columns
from summarizer.evaluation.cards.page import STYLE
from summarizer.evaluation.cards.parts import cells_of, page, safe, section, table_of, text
from summarizer.evaluation.history import MOST, Line, Run, lines_of
from summarizer.evaluation.metrics.ranking import precision_recall
from summarizer.evaluation.scorecard import Metric, Result
from summarizer.report.safe import one_line, printable_json, without_commands

SHOWN = 20  # claims that changed, in the text
WIDE, TREND, HIGH, LEFT, TOP = 560, 240, 130, 48, 14  # of a curve, and of a trend
LEGEND = (
    "✓ right; ✗ called supported, and is not; ! another wrong verdict; ? undecided; – unchecked; · not in that run."
)
OWN_STYLE = """
select { font: inherit; }
fieldset label { display: inline-block; margin-right: 1rem; }
.trend { fill: none; stroke: var(--bar); stroke-width: 2; }
.trends { display: grid; grid-template-columns: repeat(auto-fit, minmax(18rem, 1fr)); gap: 0 1rem; }
.trends h3 { font-size: 1rem; margin: .6rem 0 0; }
.trends svg { width: 100%; }
.claims td { text-align: center; }
.said { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.claims th:first-child { width: 50%; }
"""
SCRIPT = """
"use strict";
const filters = Array.from(document.querySelectorAll("#filters select"));
const changed = document.getElementById("changed");
const shown = document.getElementById("shown");
const rows = Array.from(document.querySelectorAll("#claims tbody tr"));
function choose() {
  for (const row of rows) {
    const fits = filters.every((one) => one.value === "" || row.dataset[one.name] === one.value);
    row.hidden = !fits || (changed.checked && row.dataset.changed !== "yes");
  }
  shown.textContent = rows.filter((row) => !row.hidden).length + " of " + rows.length + " claims shown";
}
const box = document.getElementById("filters");
if (box) { box.hidden = false; box.addEventListener("change", choose); choose(); }
"""


def to_text(runs: Sequence[Run]) -> str:
    """A line for each run, and the claims whose outcome changed with the last one."""
    head = ("run", "date", "commit", "judge", *columns().values())
    rows = [head, *(_facts(run) for run in runs)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(head))]
    lines = [
        "  ".join(cell.ljust(width) if place < 4 else cell.rjust(width) for place, (cell, width) in enumerate(zip(row, widths, strict=True))).rstrip()
        for row in rows
    ]  # fmt: skip
    last = [one for one in lines_of(runs[-2:]) if one.changed] if len(runs) > 1 else []
    if last:
        lines += ["", f"Changed with the last run: {figures.count(len(last), 'claim')}"]
        lines += [
            f"  {one_line(one.claim)}: {' to '.join(_outcome(each) for each in one.results)}, is {figures.label_words(one.last.gold)}"
            for one in last[:SHOWN]
        ]
        if len(last) > SHOWN:
            lines.append(f"  and {len(last) - SHOWN} more; --format html has all")
    return without_commands("\n".join(lines) + "\n")


def to_json(runs: Sequence[Run]) -> str:
    """The metrics of every run, and every claim's outcome in each."""
    whole = {
        "runs": [
            {
                "name": run.name,
                "date": run.card.run.date,
                "commit": run.card.run.commit,
                "suite": run.card.suite.model_dump(mode="json"),
                "metrics": [one.model_dump(mode="json") for one in run.card.metrics],
            }
            for run in runs
        ],
        "claims": [
            {
                "claim": one.claim,
                "text": one.last.text,
                "gold": one.last.gold,
                "outcomes": [each and each.predicted for each in one.results],
            }
            for one in lines_of(runs)
        ],
    }
    return printable_json(whole, indent=1) + "\n"


def to_html(runs: Sequence[Run]) -> str:
    """One page that needs no network, complete without its script, which only filters the claims."""
    shown = runs[-MOST:]
    left = f" The first {len(runs) - MOST} are left out." if len(runs) > MOST else ""
    last = shown[-1].card
    body = [
        f"<h1>History</h1>\n<p>{safe(figures.suite_line(last))}</p>\n"
        f'<p class="soft">{figures.count(len(runs), "run")}, the newest last.{left}</p>\n',
        _runs(shown),
        _trends(shown),
        _claims(shown),
        _curve(last.counted()),
    ]
    if last.reliability:
        note = "Of the newest run: probability of support as it was given, and the share that is in fact supported."
        body.append(section("Reliability", svg.reliability(last.reliability), note))
    return page("History of scorecards", "".join(body), style=STYLE + OWN_STYLE, script=SCRIPT)


def _facts(run: Run) -> tuple[str, ...]:
    facts = run.card.run
    shares = (_short(run.card.metric(name), name) for name in columns())
    known = (run.name, (facts.date or "-")[:10], (facts.commit or "-")[:9], str(facts.judge))
    return (*map(one_line, known), *shares)


def _short(metric: Metric | None, name: str) -> str:
    return "-" if metric is None or metric.value is None else figures.number(name, metric.value)


def _runs(runs: Sequence[Run]) -> str:
    lines = []
    before: Run | None = None
    for run in runs:
        name, date, commit, judge, *_ = _facts(run)
        moved = [_moved(run, before, metric) for metric in columns()]
        other = "" if before is None or before.card.suite.sha256 == run.card.suite.sha256 else " (another suite)"
        lines.append(
            f'<th scope="row">{safe(name)}{other}</th>{cells_of([safe(date), safe(commit), safe(judge), *moved])}'
        )
        before = run
    low = [column for name, column in columns().items() if figures.better(name)]
    note = f"Per cent, with the change from the run before. Lower is better: {safe(', '.join(low))}."
    return section("Runs", table_of("Runs", ("run", "date", "commit", "judge", *columns().values()), lines), note)


def _moved(run: Run, before: Run | None, name: str) -> str:
    now, then = run.card.metric(name), before.card.metric(name) if before else None
    shown = _short(now, name)
    if not (now and then) or now.value is None or then.value is None or now.value == then.value:
        return shown
    return f'{shown} <span class="soft">({figures.change(name, now.value - then.value)})</span>'


def _trends(runs: Sequence[Run]) -> str:
    if len(runs) < 2:
        return ""
    pictures = [f"<div><h3>{escape(figures.words(name))}</h3>\n{_trend(runs, name)}</div>\n" for name in columns()]
    return section(
        "Trends",
        f'<div class="trends">{"".join(pictures)}</div>\n',
        "The line across a point is the 95% interval, where there is one.",
    )


def _trend(runs: Sequence[Run], name: str) -> str:
    points = []
    for place, run in enumerate(runs):
        metric = run.card.metric(name)
        if metric and metric.value is not None:
            points.append((LEFT + TREND * place / (len(runs) - 1), metric))
    if not points:
        return f"<p>{figures.NOT_MEASURABLE}</p>"
    drawn = [f'<rect class="frame" x="{LEFT}" y="{TOP}" width="{TREND}" height="{HIGH}"/>']
    drawn += [_axis(LEFT - 8, _up(share) + 4, f"{100 * share:.0f}", "end") for share in (0.0, 0.5, 1.0)]
    path = " ".join(f"{x:.1f},{_up(one.value or 0):.1f}" for x, one in points)
    drawn.append(f'<polyline class="trend" points="{path}"/>')
    for x, one in points:
        if one.low is not None and one.high is not None:
            top, height = _up(one.high), _up(one.low) - _up(one.high)
            drawn.append(f'<rect class="interval" x="{x - 1:.1f}" y="{top:.1f}" width="2" height="{height:.1f}"/>')
        drawn.append(f'<circle class="point" cx="{x:.1f}" cy="{_up(one.value or 0):.1f}" r="4"/>')
    words = ", ".join(figures.number(name, one.value) for _, one in points)
    return _svg(f"{figures.words(name)}, from the oldest run to the newest: {words}", drawn, HIGH + 2 * TOP, wide=TREND)


def _up(share: float) -> float:
    return TOP + HIGH * (1 - min(1.0, max(0.0, share)))


def _axis(x: float, y: float, words: str, anchor: str) -> str:
    return f'<text class="axis" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{words}</text>'


def _svg(label: str, drawn: Iterable[str], height: int, *, wide: int = WIDE) -> str:
    box = f'viewBox="0 0 {LEFT + wide + 16} {height}"'
    return f'<svg class="reliability" {box} role="img" aria-label="{escape(label)}">{"".join(drawn)}</svg>'


def _claims(runs: Sequence[Run]) -> str:
    found = lines_of(runs)
    lines = [_claim(one) for one in found]
    names = [f'<th scope="col">{safe(run.name)}</th>' for run in runs]
    titles = "".join(names)
    head = f'<thead><tr><th scope="col">claim</th>{titles}</tr></thead>'
    body = "".join(lines)
    table = f'<table id="claims" class="claims">\n{head}\n<tbody>\n{body}</tbody>\n</table>'
    whole = f'<div class="scroll" role="group" aria-label="Claims" tabindex="0">\n{table}\n</div>'
    return section("Claims", f"{_filters(found)}{whole}", LEGEND)


def _filters(found: Sequence[Line]) -> str:
    """What the claims can be filtered by; hidden until the script that serves it runs."""
    kept = {
        "gold": sorted({str(one.last.gold) for one in found}),
        "kind": sorted({str(one.last.error) for one in found if one.last.error}),
        "split": sorted({one.last.split for one in found if one.last.split}),
        "difficulty": sorted({str(one.last.difficulty) for one in found if one.last.difficulty}),
    }
    titles = {"gold": "label", "kind": "kind of error", "split": "split", "difficulty": "difficulty"}
    choices = []
    for name, values in kept.items():
        if len(values) > 1:
            options = "".join(
                f'<option value="{safe(one)}">{safe(figures.label_words(one))}</option>' for one in values
            )
            choices.append(
                f'<label>{titles[name]} <select name="{name}"><option value="">all</option>{options}</select></label>\n'
            )
    only = '<label><input type="checkbox" id="changed"> only those that changed</label>\n'
    status = '<p id="shown" role="status"></p>\n'
    return f'<fieldset id="filters" hidden>\n<legend>Show</legend>\n{"".join(choices)}{only}{status}</fieldset>\n'


def _claim(line: Line) -> str:
    last = line.last
    data = {"gold": last.gold, "kind": last.error, "split": last.split, "difficulty": last.difficulty}
    marks = "".join(f' data-{name}="{safe(str(value))}"' for name, value in data.items() if value)
    changed = ' data-changed="yes"' if line.changed else ""
    facts = ", ".join(
        filter(None, (figures.label_words(last.gold), last.error and figures.label_words(last.error), last.difficulty))
    )
    what = f'<th scope="row">{text(last.text)} <span class="soft meaning">{safe(line.claim)}: {safe(facts)}</span></th>'
    return f"<tr{marks}{changed}>{what}{''.join(map(_cell, line.results))}</tr>\n"


def _cell(one: Result | None) -> str:
    if one is None:
        return "<td>·</td>"
    sign, name = _sign(one)
    words = safe(_outcome(one))
    return f'<td class="{name}" title="{words}"><span aria-hidden="true">{sign}</span><span class="said">{words}</span></td>'


def _sign(one: Result) -> tuple[str, str]:
    if one.right:
        return "✓", "right"
    if one.outcome != "verdict":
        return ("?", "open") if one.outcome == "undecided" else ("–", "open")
    return ("✗", "wrong") if one.predicted == "supported" else ("!", "wrong")


def _outcome(one: Result | None) -> str:
    return "not there" if one is None else figures.label_words(one.predicted)


def _curve(results: Sequence[Result]) -> str:
    points = precision_recall(results)
    if not points:
        return ""
    path = " ".join(f"{LEFT + WIDE * one.recall:.1f},{_up(one.precision):.1f}" for one in points)
    drawn = [
        f'<rect class="frame" x="{LEFT}" y="{TOP}" width="{WIDE}" height="{HIGH}"/>',
        *(_axis(LEFT - 8, _up(share) + 4, f"{100 * share:.0f}", "end") for share in (0.0, 0.5, 1.0)),
        *(_axis(LEFT + WIDE * share, TOP + HIGH + 18, f"{100 * share:.0f}", "middle") for share in (0.0, 0.5, 1.0)),
        f'<polyline class="trend" points="{path}"/>',
        _axis(LEFT + WIDE / 2, TOP + HIGH + 38, "recall of unsupported claims, %", "middle"),
    ]
    chosen = [
        point for place, point in enumerate(points) if place % max(1, len(points) // 10) == 0 or point is points[-1]
    ]
    rows = [
        f'<th scope="row">{one.support:.3f}</th>{cells_of([f"{100 * one.precision:.1f}", f"{100 * one.recall:.1f}"])}'
        for one in chosen
    ]
    head = ("probability of support up to", "precision, per cent", "recall, per cent")
    label = "Precision over recall of unsupported claims; the table below has the figures"
    note = "Of the newest run: the claims that it gives the least probability of support, flagged first."
    return section(
        "Precision and recall", _svg(label, drawn, HIGH + 60) + table_of("Precision and recall", head, rows), note
    )
