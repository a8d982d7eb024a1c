"""`Report` as Markdown, for a pull request, a wiki or a message."""

import re

from summarizer.reading.places import Places
from summarizer.report.safe import one_line
from summarizer.report.tally import counts_line, outcome_words, usage_line
from summarizer.schema import Check, Report, Verdict

SPECIAL = re.compile(r"([\\`*_{}\[\]()#+!|~$-])")
RUNNER_COMMAND = re.compile("^:(?=:)")  # a CI runner obeys a line that begins with `::`


def to_markdown(report: Report) -> str:
    """Return the report as Markdown in which text from outside stays text."""
    places = {document.id: (document.name, Places(document)) for document in report.documents}
    names = ", ".join(_plain(document.name) for document in report.documents)
    lines = [f"# Summary checked against {names}", "", _plain(report.summary.text), "", "## Claims", ""]
    for number, check in enumerate(report.checks, start=1):
        lines += _claim_lines(number, check, places)
    lines += [f"Note: {_plain(warning)}" for warning in report.run.warnings]
    lines += [f"**{counts_line(report)}**", ""]
    model = f", model {_plain(report.run.model)}" if report.run.model else ""
    if usage := usage_line(report):
        lines += [_plain(usage), ""]
    lines.append(f"summarizer {report.run.version}, backend {_plain(report.run.backend)}{model}")
    return "\n".join(lines) + "\n"


def _claim_lines(number: int, check: Check, places: dict[str, tuple[str, Places]]) -> list[str]:
    outcome = check.outcome
    said = f" (said by {_plain(check.claim.speaker)})" if check.claim.speaker else ""
    lines = [f"{number}. **{outcome_words(check)}**{said}: {_plain(check.claim.text)}", ""]
    for conflict in outcome.conflicts:
        claimed, given = conflict.claim.of(check.claim.text), conflict.evidence.quote
        lines += [f"   {conflict.kind.value}: “{_plain(claimed)}” against “{_plain(given)}” in the source", ""]
    reason = outcome.rationale if isinstance(outcome, Verdict) else outcome.detail
    if reason:
        lines += [f"   _{_plain(reason)}_", ""]
    for evidence in outcome.evidence if isinstance(outcome, Verdict) else outcome.nearest:
        name, place = places[evidence.document]
        lines += [f"   > {_plain(evidence.quote)}", "   >", f"   > {_plain(name)}, {place.of(evidence.span)}", ""]
    return lines


def _plain(text: str) -> str:
    """Escape everything that Markdown or HTML would read as more than text."""
    escaped = RUNNER_COMMAND.sub(r"\:", SPECIAL.sub(r"\\\1", one_line(text)))
    return escaped.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
