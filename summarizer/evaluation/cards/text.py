"""`Scorecard` for the terminal and the log of a CI job: numbers first, then the worst misses."""

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from summarizer.evaluation.cards import figures
from summarizer.evaluation.cards.figures import Miss, MissKind
from summarizer.evaluation.scorecard import Scorecard
from summarizer.report.console import PLAIN_MARKS, printed
from summarizer.report.safe import one_line

MOST_MISSES = 10
LONGEST_NAME = 32  # characters of a claim's id, so that it cannot push the verdict off the line
SHORT_DIGEST = 12  # digits of the suite's SHA-256: enough to notice another suite, and the line fits
PLAIN = {**PLAIN_MARKS, ord("─"): "-"}
STYLES = {MissKind.FALSE_SUPPORT: "bold red", MissKind.UNCHECKED: "yellow"}


def to_text(card: Scorecard, *, width: int = 80, color: bool = False, ascii_only: bool = False) -> str:
    """Return the scorecard for people, wrapped to `width` columns; `ascii_only` keeps our own marks to ASCII."""
    text = printed(lambda console: _print(console, card), width=width, color=color)
    return text.translate(PLAIN) if ascii_only else text


def _print(console: Console, card: Scorecard) -> None:
    console.print(Text(one_line(figures.suite_line(card, digits=SHORT_DIGEST)), style="bold"))
    console.print(Text(one_line(figures.run_line(card))))
    first, *others = figures.tables(card)
    _print_metrics(console, first)
    console.print(Text(figures.NOTE_LOWER, style="dim"))
    _print_confusion(console, card)
    for other in others:
        _print_metrics(console, other)
    for warning in card.run.warnings:
        console.print(Text(f"Note: {one_line(warning)}", style="yellow"))
    _print_misses(console, figures.misses(card))


def _print_metrics(console: Console, metrics: figures.Table) -> None:
    table = _table("metric", "value (95% interval)", "n", "unchecked")
    for name, one in metrics.rows:
        cells = (name, figures.measure(one), f"{one.n:,}", f"{one.unchecked:,}")
        table.add_row(*(Text(one_line(cell)) for cell in cells))
    _print_table(console, metrics.title, table)


def _print_confusion(console: Console, card: Scorecard) -> None:
    table = _table("true label", *(figures.label_words(label) for label in figures.OUTCOMES), "all")
    for row in figures.confusion(card):
        table.add_row(figures.label_words(row.gold), *(f"{n:,}" for n in row.counts), f"{row.total:,}")
    _print_table(console, "Claims by true label (rows) and by what the run said (columns)", table)


def _table(first: str, *others: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, header_style="dim")
    table.add_column(first)
    for other in others:
        table.add_column(other, justify="right")
    return table


def _print_table(console: Console, title: str, table: Table) -> None:
    console.print()
    console.print(Text(title, style="bold"))
    console.print(table)


def _print_misses(console: Console, misses: tuple[Miss, ...]) -> None:
    worst = misses[:MOST_MISSES]
    shown = f" (the {len(worst)} worst follow)" if len(worst) < len(misses) else ""
    console.print()
    console.print(Text(f"{figures.misses_line(misses)}{shown}", style="bold"))
    for place, miss in enumerate(worst, start=1):
        result = miss.result
        mark = "?" if miss.kind is MissKind.UNCHECKED else "✗"
        name = one_line(result.claim)[:LONGEST_NAME]
        head = f"{mark} {place}. {name}: {figures.verdict_words(result)}, {result.difficulty}"
        _print_line(console, head, indent=0, style=STYLES.get(miss.kind, "red"))
        _print_line(console, result.text, indent=4)


def _print_line(console: Console, content: str, *, indent: int, style: str = "") -> None:
    """One line whatever the text is long; the room of two cells is for an ellipsis in ASCII."""
    text = Text(one_line(content), style=style)
    text.truncate(max(console.width - indent - 2, 2), overflow="ellipsis")
    console.print(Padding(text, (0, 0, 0, indent)))
