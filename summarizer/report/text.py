"""`Report` for the terminal: the summary, then each claim with its words, then the counts."""

from collections.abc import Iterator

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from summarizer.reading.places import Places
from summarizer.report.console import printed
from summarizer.report.safe import one_line
from summarizer.report.tally import counts_line, outcome_words, usage_line
from summarizer.schema import Check, Conflict, Evidence, FindingKind, Label, Report, Unchecked, Verdict

SIDE_BY_SIDE = 80  # columns from which the two sides of a conflict stand beside each other
MARKS = {Label.SUPPORTED: "✓", Label.CONTRADICTED: "✗", Label.NOT_IN_SOURCE: "∅"}
STYLES = {Label.SUPPORTED: "green", Label.CONTRADICTED: "bold red", Label.NOT_IN_SOURCE: "magenta"}
PLAIN_MARKS = str.maketrans({"✓": "+", "✗": "x", "∅": "o", "“": '"', "”": '"', "…": "...", "—": "-", "·": "|"})


def to_text(report: Report, *, width: int = 80, color: bool = False, ascii_only: bool = False) -> str:
    """Return the report for people, wrapped to `width` columns; `ascii_only` keeps our own marks to ASCII."""
    text = printed(lambda console: _print(console, report), width=width, color=color)
    return text.translate(PLAIN_MARKS) if ascii_only else text


def _print(console: Console, report: Report) -> None:
    names = ", ".join(one_line(document.name) for document in report.documents)
    checked = report.run.command == "check"
    given = "standard input" if report.summary.name == "-" else one_line(report.summary.name)
    title = f"{given} against {names}" if checked else f"Summary of {names}"
    console.print(Text(title, style="bold"))
    console.print()
    for line in report.summary.text.splitlines():
        if line.strip():
            console.print(Padding(Text(one_line(line)), (0, 0, 0, 2)))
    console.print()
    places = {document.id: (document.name, Places(document)) for document in report.documents}
    for number, check in enumerate(report.checks, start=1):
        _print_check(console, number, check, places)
    for warning in _remarks(report, places):
        console.print(Text(f"Note: {one_line(warning)}", style="yellow"))
    if usage := usage_line(report):
        console.print(Text(one_line(usage), style="dim"))
    console.print(Text(counts_line(report), style="bold"))


def _remarks(report: Report, places: dict[str, tuple[str, Places]]) -> Iterator[str]:
    yield from report.run.warnings
    if report.run.misquotes:
        yield f"quotes that stand in no source and were not used: {report.run.misquotes}"
    if report.run.dropped_claims:
        yield f"claims that the summary does not make and that were dropped: {report.run.dropped_claims}"
    keys = report.coverage.key_sentences
    omitted = [key.evidence for key in keys if not key.covered]
    if keys:
        told = f"the summary tells {len(keys) - len(omitted)} of the {len(keys)} key sentences of the source"
        where = "; ".join(str(places[one.document][1].of(one.span)) for one in omitted)
        yield f"{told}, and not: {where}" if omitted else told


def _print_check(console: Console, number: int, check: Check, places: dict[str, tuple[str, Places]]) -> None:
    outcome = check.outcome
    label = outcome.label if isinstance(outcome, Verdict) else None
    mark = MARKS[label] if label else "?"
    head = Text(f"{mark} {number}. ", style=STYLES[label] if label else "yellow")
    head.append(outcome_words(check))
    if check.claim.speaker:
        head.append(f" · said by {one_line(check.claim.speaker)}", style="dim")
    console.print(head)
    _indented(console, Text(one_line(check.claim.text)))
    for conflict in outcome.conflicts:
        _print_pair(console, check, conflict)
    shown = outcome.evidence if isinstance(outcome, Verdict) else outcome.nearest
    reason = outcome.rationale if isinstance(outcome, Verdict) else outcome.detail
    decides = isinstance(outcome, Verdict) and outcome.label is not Label.NOT_IN_SOURCE
    if reason and (isinstance(outcome, Unchecked) or not decides):
        _indented(console, Text(one_line(reason), style="italic"))
    for evidence in shown:
        _print_evidence(console, evidence, places, nearest=not decides)
    console.print()


def _print_pair(console: Console, check: Check, conflict: Conflict) -> None:
    """The words of the claim beside those of the source, or above them where the terminal is narrow."""
    kind = "wording" if conflict.kind is FindingKind.OTHER else conflict.kind.value
    claimed = Text(f"the claim says “{one_line(conflict.claim.of(check.claim.text))}”", style="red")
    given = Text(f"the source says “{one_line(conflict.evidence.quote)}”", style="red")
    pair = Table.grid(padding=(0, 1, 0, 0))
    pair.add_column()
    if console.width < SIDE_BY_SIDE:
        pair.add_row(Text(f"{kind}:", style="red"), claimed)
        pair.add_row("", given)
    else:
        half = (console.width - 4) // 2
        pair.add_column(width=half - len(kind) - 3)  # so that the sides of all pairs stand in the same two columns
        pair.add_column(width=half)
        pair.add_row(Text(f"{kind}:", style="red"), claimed, given)
    console.print(Padding(pair, (0, 0, 0, 4)))


def _print_evidence(
    console: Console, evidence: Evidence, places: dict[str, tuple[str, Places]], *, nearest: bool
) -> None:
    name, place = places[evidence.document]
    line = Text(f"“{one_line(evidence.quote)}”", style="dim" if nearest else "cyan")
    _indented(console, line, by=6)
    where = f"{one_line(name)}, {place.of(evidence.span)}"
    _indented(console, Text(f"— nearest: {where}" if nearest else f"— {where}", style="dim"), by=6)


def _indented(console: Console, text: Text, *, by: int = 4) -> None:
    console.print(Padding(text, (0, 0, 0, by)))
