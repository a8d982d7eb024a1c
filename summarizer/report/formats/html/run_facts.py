"""The foot of the page: how the report came about, and what it does not say."""

from collections.abc import Iterable, Sequence
from html import escape

from summarizer.report.claim_view import ClaimView
from summarizer.report.outcomes import OPEN
from summarizer.report.safe import one_line
from summarizer.report.tally import components, omitted, usage_line
from summarizer.schema import Document, Report, StageUsage

Rows = Iterable[tuple[str, str]]


def foot(report: Report, claims: Sequence[ClaimView]) -> str:
    """The run's facts as tables, and lists of what nobody has decided or covered."""
    run = report.run
    prompts = dict.fromkeys(prompt for _, one in components(run) for prompt in one.prompts)
    sections = [
        _section("Notes", _list(_line(one) for one in run.warnings) or "<p>None.</p>\n"),
        _section("Undecided or unchecked", _list(_open(claims)) or "<p>Every claim has a verdict.</p>\n"),
        _omitted(report),
        _table("Run", _run(report)),
        _table("Cost by stage", [(one.stage, _stage(one)) for one in run.usage.stages]),
        _table("Prompts", [(one.name, f"sha256 {one.sha256}") for one in prompts]),
        _table("Settings", [(one.name, one.value) for one in run.settings]),
        _table("Texts", [_document(one) for one in (report.summary, *report.documents)]),
    ]
    return f"<footer>\n{''.join(sections)}</footer>\n"


def _run(report: Report) -> Rows:
    run = report.run
    return [
        ("version", f"summarizer {run.version}"),
        ("command", run.command),
        *((part, str(one)) for part, one in components(run)),
        ("usage", usage_line(report) or "no model was asked"),
        ("quotes that stand in no source, not used", str(run.misquotes)),
        ("claims that the summary does not make, dropped", str(run.dropped_claims)),
    ]


def _stage(stage: StageUsage) -> str:
    counts = {"sent": stage.input_tokens, "cached": stage.cached_tokens, "received": stage.output_tokens}
    tokens = [f"{name}: {'not known' if count is None else f'{count:,} tokens'}" for name, count in counts.items()]
    cost = "cost not known" if stage.cost_usd is None else f"{stage.cost_usd:.4f} USD"
    return ", ".join([f"{stage.calls:,} {'call' if stage.calls == 1 else 'calls'}", *tokens, cost])


def _document(document: Document) -> tuple[str, str]:
    return document.name, f"{len(document.text):,} characters, sha256 {document.sha256}"


def _open(claims: Sequence[ClaimView]) -> Iterable[str]:
    for one in claims:
        if one.look in OPEN:
            why = f", <bdi>{_line(one.why)}</bdi>" if one.why else ""
            yield f'<a href="#c{one.number}">claim {one.number}</a>: {one.words}{why}'


def _omitted(report: Report) -> str:
    items = _list(f"“<bdi>{_line(one.beginning)}</bdi>” (<bdi>{_line(one.where)}</bdi>)" for one in omitted(report))
    return _section("Key sentences that the summary omits", items) if items else ""


def _list(items: Iterable[str]) -> str:
    lines = "".join(f'<li dir="auto">{one}</li>\n' for one in items)
    return f"<ul>\n{lines}</ul>\n" if lines else ""


def _section(title: str, content: str) -> str:
    return f"<section>\n<h2>{title}</h2>\n{content}</section>\n"


def _table(title: str, rows: Rows) -> str:
    lines = "".join(
        f'<tr><th scope="row"><bdi>{_line(name)}</bdi></th><td><bdi>{_line(value)}</bdi></td></tr>\n'
        for name, value in rows
    )
    return _section(title, f"<table>\n<tbody>\n{lines}</tbody>\n</table>\n") if lines else ""


def _line(text: str) -> str:
    return escape(one_line(text))
