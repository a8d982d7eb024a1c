"""`Scorecard` for the terminal and the log of a CI job: numbers first, then the worst misses."""

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from summarizer.evaluation.cards import figures, misses
from summarizer.evaluation.cards.misses import Miss, MissKind
from summarizer.evaluation.scorecard import Scorecard
from summarizer.report.console import printed
from summarizer.report.safe import one_line

MOST_MISSES = 10
LONGEST_NAME = 32  # characters of a claim's id, so that it cannot push the outcome off the line
SHORT_DIGEST = 12  # digits of the suite's SHA-256: enough to notice another suite, and the line fits
PLAIN = str.maketrans({"✗": "x", "─": "-", "…": "..."})
STYLES = {MissKind.FALSE_SUPPORT: "bold red", MissKind.UNDECIDED: "yellow", MissKind.UNCHECKED: "yellow"}
OPEN = (MissKind.UNDECIDED, MissKind.UNCHECKED)


def to_text(card: Scorecard, *, width: int = 80, color: bool = False, ascii_only: bool = False) -> str:
    """Return the scorecard for people, wrapped to `width` columns; `ascii_only` keeps our own marks to ASCII."""
    text = printed(lambda console: _print(console, card), width=width, color=color)
    return text.translate(PLAIN) if ascii_only else text


def _print(console: Console, card: Scorecard) -> None:
    console.print(Text(one_line(figures.suite_line(card, digits=SHORT_DIGEST)), style="bold"))
    console.print(Text(one_line(figures.run_line(card))))
    if line := figures.circumstances_line(card):
        console.print(Text(one_line(line), style="dim"))
    first, *others = figures.tables(card)
    _print_metrics(console, first)
    console.print(Text(figures.note_on_direction(card), style="dim"))
    if note := figures.note_on_intervals(card):
        console.print(Text(note, style="dim"))
    _print_bars(console, card)
    _print_confusion(console, card)
    for other in others:
        _print_metrics(console, other)
    head, rows = figures.dataset_table(card)
    if rows:
        by_dataset = _table(*head)
        for row in rows:
            by_dataset.add_row(*(Text(one_line(cell)) for cell in row))
        _print_table(console, "By data set, per cent", by_dataset)
    for warning in card.run.warnings:
        console.print(Text(f"Note: {one_line(warning)}", style="yellow"))
    _print_misses(console, misses.misses(card))


def _print_bars(console: Console, card: Scorecard) -> None:
    if card.bars:
        console.print()
        console.print(
            Text(f"Bars of the policy, {sum(one.passed for one in card.bars)} of {len(card.bars)} met", style="bold")
        )
    for one in card.bars:
        _print_line(
            console, f"{figures.bar_mark(one.passed)}: {one.words}", indent=2, style="" if one.passed else "bold red"
        )


def _print_metrics(console: Console, metrics: figures.Table) -> None:
    table = _table(*figures.HEAD)
    for name, one in metrics.rows:
        table.add_row(*(Text(one_line(cell)) for cell in (name, *figures.cells(one))))
    _print_table(console, metrics.title, table)


def _print_confusion(console: Console, card: Scorecard) -> None:
    table = _table("true label", *map(figures.label_words, figures.PREDICTIONS), "n")
    for row in figures.confusion(card):
        table.add_row(figures.label_words(row.gold), *(f"{n:,}" for n in row.counts), f"{row.total:,}")
    _print_table(console, figures.CONFUSION, table)


def _table(first: str, *others: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0), header_style="dim")
    table.add_column(first)
    for other in others:
        table.add_column(other, justify="right")
    return table


def _print_table(console: Console, title: str, table: Table) -> None:
    console.print()
    console.print(Text(title, style="bold"))
    console.print(table)


def _print_misses(console: Console, found: tuple[Miss, ...]) -> None:
    worst = found[:MOST_MISSES]
    shown = f" (the {len(worst)} worst follow)" if len(worst) < len(found) else ""
    console.print()
    console.print(Text(f"{misses.summary_line(found)}{shown}", style="bold"))
    for place, miss in enumerate(worst, start=1):
        result = miss.result
        mark = "?" if miss.kind in OPEN else "✗"
        name = one_line(result.claim)[:LONGEST_NAME]
        head = f"{mark} {place}. {name}: {misses.outcome_words(result)}{misses.how_hard(result)}"
        _print_line(console, head, indent=0, style=STYLES.get(miss.kind, "red"))
        _print_line(console, result.text, indent=4)


def _print_line(console: Console, content: str, *, indent: int, style: str = "") -> None:
    """Print one line, however long the text; two cells are left for an ellipsis in ASCII."""
    text = Text(one_line(content), style=style)
    text.truncate(max(console.width - indent - 2, 2), overflow="ellipsis")
    console.print(Padding(text, (0, 0, 0, indent)))
