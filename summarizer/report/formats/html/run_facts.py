"""The foot of the page: how the report came about, with what a reader should know of it."""

from collections.abc import Iterable
from html import escape

from summarizer.report.safe import one_line
from summarizer.report.tally import components, controls_line, faithfulness_line, usage_line
from summarizer.schema import Document, Report, StageUsage

Rows = Iterable[tuple[str, str]]


def notes(report: Report) -> str:
    """What a reader should know before trusting the page."""
    known = [*report.run.warnings, *filter(None, [controls_line(report)])]
    items = _list(_line(one) for one in known)
    return f'<aside aria-label="Notes">\n{items}</aside>\n' if items else ""


def foot(report: Report) -> str:
    """The run's facts as tables, folded: they are for whoever wants to know how the report came about."""
    run = report.run
    prompts = dict.fromkeys(prompt for _, one in components(run) for prompt in one.prompts)
    sections = [
        _table("Run", _run(report)),
        _table("Cost by stage", [(one.stage, _stage(one)) for one in run.usage.stages]),
        _table("Prompts", [(one.name, f"sha256 {one.sha256}") for one in prompts]),
        _table("Settings", [(one.name.replace("_", " "), one.value) for one in run.settings]),
        _table("Texts", [_document(one) for one in (report.summary, *report.documents)]),
    ]
    return f"<footer>\n<details>\n<summary>How this was checked</summary>\n{''.join(sections)}</details>\n</footer>\n"


def _run(report: Report) -> Rows:
    run = report.run
    return [
        ("version", f"summarizer {run.version}"),
        ("command", run.command),
        ("result", faithfulness_line(report)),
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
