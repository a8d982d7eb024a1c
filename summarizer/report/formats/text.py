"""`Report` for the terminal: the answer, then each claim, problems in full and the rest in a line or two, then the figures."""

from collections.abc import Iterator

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from summarizer.language.markdown import HIDDEN
from summarizer.report.claim_view import ClaimView, Order, Remark, claim_views
from summarizer.report.console import PLAIN_MARKS, printed
from summarizer.report.edits import edit_views, edits_line
from summarizer.report.layout import laid_out
from summarizer.report.outcomes import PROBLEMS, Look
from summarizer.report.safe import one_line
from summarizer.report.source_words import Words
from summarizer.report.tally import (
    answer_line,
    controls_line,
    counts_line,
    coverage_line,
    faithfulness_line,
    missing,
    usage_line,
)
from summarizer.schema import Report

SIDE_BY_SIDE = 80  # columns from which the two sides of a remark stand beside each other
MOST_OMITTED = 5  # key sentences shown; JSON and the page have them all
SHORTEST = 24  # columns that a quote on one line has at least
STYLES = {
    Look.SUPPORTED: "green",
    Look.CONTRADICTED: "bold red",
    Look.NOT_IN_SOURCE: "magenta",
    Look.UNDECIDED: "cyan",
    Look.UNCHECKED: "yellow",
    Look.NOTHING_TO_CHECK: "dim",
}


def render(
    report: Report, *, width: int = 80, color: bool = False, ascii_only: bool = False, sort: Order = "text"
) -> str:
    """Return the report for people, wrapped to `width` columns; `ascii_only` keeps our own marks to ASCII."""
    text = printed(lambda console: _print(console, report, sort), width=width, color=color)
    return text.translate(PLAIN_MARKS) if ascii_only else text


def _print(console: Console, report: Report, sort: Order) -> None:
    console.print(Text(_title(report), style="dim"))
    console.print(Text(answer_line(report), style="bold"))
    console.print()
    if report.run.command == "summarize":  # a summary that was given is not printed again: its claims are
        for line in laid_out(report.summary.text).replace(HIDDEN, "").splitlines():
            if line.strip():
                _indented(console, Text(one_line(line)), by=2)
        console.print()
    quiet = first = True
    for one in claim_views(report, sort):
        if not quiet or (one.asks_for_a_look and not first):
            console.print()
        first = False
        _print_claim(console, one, several=len(report.documents) > 1)
        quiet = not one.asks_for_a_look
    console.print()
    for note in _notes(report):
        console.print(Text(f"Note: {one_line(note)}", style="yellow"))
    _print_edits(console, report)
    _print_coverage(console, report)
    if controls := controls_line(report):
        console.print(Text(one_line(controls), style="dim"))
    if usage := usage_line(report):
        console.print(Text(one_line(usage), style="dim"))
    console.print(Text(faithfulness_line(report)))
    console.print(Text(counts_line(report), style="bold"))


def _title(report: Report) -> str:
    names = ", ".join(one_line(document.name) for document in report.documents)
    given = "standard input" if report.summary.name == "-" else one_line(report.summary.name)
    return f"{given} against {names}" if report.run.command == "check" else f"Summary of {names}"


def _notes(report: Report) -> Iterator[str]:
    yield from report.run.warnings
    if report.run.misquotes:
        yield f"quotes of the judge that stand in no source and were not used: {report.run.misquotes}"
    if report.run.dropped_claims:
        yield f"claims that the summary does not make and that were dropped: {report.run.dropped_claims}"


def _print_edits(console: Console, report: Report) -> None:
    if line := edits_line(report):
        console.print(Text(f"Edits: {line}", style="bold"))
        for one in edit_views(report):
            _indented(console, Text(one.what), by=2)
            _indented(console, Text(one.why, style="dim"))
        console.print()


def _print_coverage(console: Console, report: Report) -> None:
    line, absent = coverage_line(report), missing(report)
    if line is None:
        return
    console.print(Text(f"{line}. What it leaves out:" if absent else line))
    for one in absent[:MOST_OMITTED]:
        said = f"{one.status}: “{one_line(one.words.plain)}” ({one.words.place})"
        _indented(console, Text(said, style="dim" if one.partly else "yellow"), by=2)
    if len(absent) > MOST_OMITTED:
        _indented(console, Text(f"… and {len(absent) - MOST_OMITTED} more", style="dim"), by=2)
    console.print()


def _print_claim(console: Console, one: ClaimView, *, several: bool) -> None:
    if not one.asks_for_a_look:
        _print_quietly(console, one, several=several)
        return
    head = Text(f"{one.look.sign} {one.number}. ", style=STYLES[one.look])
    head.append(one.words)
    if one.check.claim.speaker:
        head.append(f" · said by {one_line(one.check.claim.speaker)}", style="dim")
    if len(one.judges) > 1:
        head.append(f" · judged by {one_line(', '.join(one.judges))}", style="dim")
    console.print(head)
    _indented(console, Text(one_line(one.plain)))
    if one.accepted_line:
        _indented(console, Text(one_line(one.accepted_line), style="bold"))
    if one.look is Look.UNDECIDED and one.probability_line:
        _indented(console, Text(one.probability_line, style="dim"))
    for remark in one.remarks:
        _print_remark(console, one, remark)
    if one.reason and _needs_its_reason(one):
        _indented(console, Text(one_line(one.reason), style="italic"))
    for at in one.best:
        _print_evidence(console, one.evidence[at], nearest=not one.decides)
    if one.more_line:
        _indented(console, Text(f"… and {one.more_line}, in --format json", style="dim"), by=6)


def _print_quietly(console: Console, one: ClaimView, *, several: bool) -> None:
    """A claim that needs nobody's eyes: one line, and under it the source's words where they are not its own."""
    line = Text(f"{one.look.sign} {one.number}. ", style=STYLES[one.look])
    line.append(one_line(one.plain))
    if one.copied:
        line.append(f" ({one_line(one.evidence[0].where)}, word for word)", style="dim")
    _hanging(console, line)
    if one.look is Look.NOTHING_TO_CHECK and one.why:
        _indented(console, Text(one_line(one.why), style="dim"))
    for remark in one.remarks:
        _print_remark(console, one, remark)
    if not one.copied:
        _print_cut_evidence(console, one, several=several)


def _print_cut_evidence(console: Console, one: ClaimView, *, several: bool) -> None:
    """The words that support a claim best, on one line, with their source where there are `several`."""
    for at in one.best[:1]:
        words, more = one.evidence[at], len(one.evidence) - 1
        where = Text(f" ({one_line(words.where if several else words.place)}{f', and {more:,} more' if more else ''})")
        quote = Text(f"“{one_line(words.plain)}”")
        if quote.cell_len > (room := max(SHORTEST, console.width - 4 - where.cell_len)):
            quote.truncate(room - 2)
            quote = Text(f"{quote.plain[: quote.plain.rfind(' ')] if ' ' in quote.plain else quote.plain}…”")
        _indented(console, Text.assemble(quote, where, style="dim"))


def _needs_its_reason(one: ClaimView) -> bool:
    """Whether the words alone leave a reader asking why."""
    return one.asks_for_a_look and not (one.decides and one.remarks)


def _print_remark(console: Console, one: ClaimView, remark: Remark) -> None:
    """The words of the claim beside those of the source, or above them where the two have no room on one line."""
    style = "red" if one.look in PROBLEMS else "yellow"
    if remark.source is None or remark.goes_on:
        _indented(console, Text(one_line(f"{one.remark_prefix}{remark.line}"), style=style))
        return
    topic = f"{one.remark_prefix}{remark.topic}:"
    claimed = Text(f"the claim says “{one_line(remark.plain)}”", style=style)
    given = Text(f"the source says “{one_line(remark.source.plain)}”", style=style)
    pair = Table.grid(padding=(0, 1, 0, 0))
    pair.add_column()
    half = (console.width - 4) // 2
    room = half - len(topic) - 2  # so that the sides of all pairs stand in the same two columns
    if console.width < SIDE_BY_SIDE or claimed.cell_len > room or given.cell_len > half:
        pair.add_row(Text(topic, style=style), claimed)
        pair.add_row("", given)
    else:
        pair.add_column(width=room)
        pair.add_column(width=half)
        pair.add_row(Text(topic, style=style), claimed, given)
    console.print(Padding(pair, (0, 0, 0, 4)))
    if remark.note:
        _indented(console, Text(f"({one_line(remark.note)})", style="italic"), by=6)


def _print_evidence(console: Console, words: Words, *, nearest: bool) -> None:
    _indented(console, Text(f"“{one_line(words.plain)}”", style="dim" if nearest else "cyan"), by=6)
    where = one_line(words.where)
    _indented(console, Text(f"— nearest: {where}" if nearest else f"— {where}", style="dim"), by=6)


def _indented(console: Console, text: Text, *, by: int = 4) -> None:
    console.print(Padding(text, (0, 0, 0, by)))


def _hanging(console: Console, text: Text) -> None:
    """Print a paragraph whose further lines stand under its words."""
    lines = text.wrap(console, max(20, console.width - 4))
    for at, line in enumerate(lines):
        console.print(Padding(line, (0, 0, 0, 4 if at else 0)))
