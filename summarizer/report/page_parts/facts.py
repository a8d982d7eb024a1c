"""The foot of the page: how the report came about, and what it does not say."""

from collections.abc import Iterable, Sequence
from html import escape

from summarizer.report.claim_view import ClaimView
from summarizer.report.safe import one_line
from summarizer.report.tally import UNCHECKED, usage_line
from summarizer.schema import Document, Report, StageUsage

Rows = Iterable[tuple[str, str]]


def foot(report: Report, claims: Sequence[ClaimView]) -> str:
    """The run's facts as tables; a section without facts says so."""
    run = report.run
    sections = [
        _section("Notes", _notes(report)),
        _section("What was not checked", _open(claims)),
        _table("Run", _run(report)),
        _table("Cost by stage", [(one.stage, _stage(one)) for one in run.usage.stages]),
        _table("Prompts", [(one.name, f"sha256 {one.sha256}") for one in run.prompts]),
        _table("Settings", [(one.name, one.value) for one in run.settings]),
        _table("Texts", [_document(one) for one in (report.summary, *report.documents)]),
    ]
    return f"<footer>\n{''.join(sections)}</footer>\n"


def _run(report: Report) -> Rows:
    run = report.run
    return [
        ("version", f"summarizer {run.version}"),
        ("command", run.command),
        ("backend", run.backend),
        ("model", run.model or "none"),
        ("usage", usage_line(report) or "no model was asked"),
        ("quotes that stand in no source, not used", str(run.misquotes)),
        ("claims that the summary does not make, dropped", str(run.dropped_claims)),
    ]


def _stage(stage: StageUsage) -> str:
    counts = {
        "sent": stage.input_tokens,
        "of these kept by the server": stage.cached_tokens,
        "received": stage.output_tokens,
    }
    tokens = [
        f"{'tokens not known' if count is None else f'{count:,} tokens'} {name}" for name, count in counts.items()
    ]
    cost = "cost not known" if stage.cost_usd is None else f"{stage.cost_usd:.4f} USD"
    return ", ".join([f"{stage.calls:,} {'call' if stage.calls == 1 else 'calls'}", *tokens, cost])  # fmt: skip


def _document(document: Document) -> tuple[str, str]:
    return document.name, f"{len(document.text):,} characters, sha256 {document.sha256}"


def _notes(report: Report) -> str:
    items = "".join(f'<li dir="auto">{_line(one)}</li>\n' for one in report.run.warnings)
    return f"<ul>\n{items}</ul>\n" if items else "<p>None.</p>\n"


def _open(claims: Sequence[ClaimView]) -> str:
    items = "".join(
        f'<li><a href="#c{one.number}">claim {one.number}</a>: {one.words}'
        f"{f', <bdi>{_line(one.why)}</bdi>' if one.why else ''}</li>\n"
        for one in claims
        if one.outcome == UNCHECKED
    )
    return f"<ul>\n{items}</ul>\n" if items else "<p>Every claim has a verdict.</p>\n"


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
