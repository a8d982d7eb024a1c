"""`Report` as SARIF 2.1.0 (OASIS, March 2020): a result for each claim that a reader must look at.

A supported claim is no result: code hosts show every result as an alert, whatever its kind.
All claims stand in `properties.claims` of the run.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from summarizer.report.claim_view import ClaimView, Words, claim_views
from summarizer.report.json import printable_json
from summarizer.report.lines import Lines, Region
from summarizer.report.safe import one_line
from summarizer.report.tally import UNCHECKED
from summarizer.schema import Document, Label, Report

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
RULES = {
    Label.CONTRADICTED.value: ("error", "The source says otherwise.", "Compare the claim with the words of the source that stand beside it, and correct the claim."),
    Label.NOT_IN_SOURCE.value: ("warning", "The source does not say this.", "Take the claim out, or give the source that says it."),
    UNCHECKED: ("note", "This claim has no verdict.", "Read the claim against the source yourself: nothing has decided it."),
}  # fmt: skip
RANK = list(RULES)


def to_sarif(report: Report, *, files: Mapping[str, str] | None = None) -> str:
    """Return the report as SARIF; columns are code points.

    `files` names the file of a document, as the repository knows it, by `Document.id`. A document
    without one is held in the report itself.
    """
    claims = claim_views(report)
    artifacts = _Artifacts(report, files or {})
    results = [_result(one, artifacts) for one in claims if one.asks_for_a_look]
    run = {
        "tool": {"driver": _driver(report)},
        "columnKind": "unicodeCodePoints",
        "artifacts": artifacts.records,
        "invocations": [_invocation(report)],
        "results": results,
        "properties": {"claims": [one.record() for one in claims]},
    }
    return printable_json({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _driver(report: Report) -> dict[str, Any]:
    rules = [
        {
            "id": name,
            "name": name.title().replace("_", ""),
            "shortDescription": {"text": short},
            "help": {"text": helps},
            "defaultConfiguration": {"level": level},
        }
        for name, (level, short, helps) in RULES.items()
    ]
    return {"name": "summarizer", "semanticVersion": report.run.version, "rules": rules}


def _invocation(report: Report) -> dict[str, Any]:
    notes = [{"level": "note", "message": {"text": one_line(warning)}} for warning in report.run.warnings]
    facts = {"backend": report.run.backend, "model": report.run.model, "command": report.run.command}
    return {"executionSuccessful": True, "toolExecutionNotifications": notes, "properties": facts}


def _result(one: ClaimView, artifacts: "_Artifacts") -> dict[str, Any]:
    # A claim without a verdict is "open", and then SARIF lets a result have no level of its own.
    kind: dict[str, str] = (
        {"kind": "open"} if one.outcome == UNCHECKED else {"kind": "fail", "level": RULES[one.outcome][0]}
    )
    return {
        "ruleId": one.outcome,
        "ruleIndex": RANK.index(one.outcome),
        **kind,
        "message": {"text": _message(one)},
        "locations": [artifacts.in_summary(one)],
        "relatedLocations": [
            *(artifacts.in_source(number, words, "evidence" if one.decides else "nearest") for number, words in enumerate(one.evidence, start=1)),
            *(artifacts.in_source(number, pair.source, pair.line) for number, pair in enumerate(one.pairs, start=1 + len(one.evidence))),
        ],
        "partialFingerprints": {"claim/v1": one_line(one.text)},
    }  # fmt: skip


def _message(one: ClaimView) -> str:
    lines = [f"{one.words}: {one.text}", *(pair.line for pair in one.pairs), *([one.why] if one.why else [])]
    lines += [f"{'evidence' if one.decides else 'nearest'}: “{words.quote}” ({words.where})" for words in one.evidence]
    return "\n".join(_plain(line) for line in lines)


class _Artifacts:
    """The documents of a report as SARIF knows them."""

    def __init__(self, report: Report, files: Mapping[str, str]) -> None:
        documents = [report.summary, *report.documents]
        self._index = {document.id: index for index, document in enumerate(documents)}
        self._lines = {document.id: Lines(document.text) for document in documents}
        self._files = files
        self._summary = report.summary.id
        self.records = [self._record(document) for document in documents]

    def _record(self, document: Document) -> dict[str, Any]:
        file = self._files.get(document.id)
        held = {"location": {"uri": quote(file)}} if file is not None else {"contents": {"text": document.text}}
        return {**held, "description": {"text": one_line(document.name)}, "hashes": {"sha-256": document.sha256}}

    def in_summary(self, one: ClaimView) -> dict[str, Any]:
        return {"physicalLocation": self._place(self._summary, one.region)}

    def in_source(self, number: int, words: Words, said: str) -> dict[str, Any]:
        place = self._place(words.document, self._lines[words.document].region(words.span))
        return {"id": number, "physicalLocation": place, "message": {"text": _plain(f"{said}: {words.where}")}}

    def _place(self, document: str, region: Region) -> dict[str, Any]:
        file = self._files.get(document)
        where = {"index": self._index[document], **({"uri": quote(file)} if file is not None else {})}
        (line, column), (end_line, end_column) = region
        return {
            "artifactLocation": where,
            "region": {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column},
        }


def _plain(text: str) -> str:
    """One line that makes no link: `[words](place)` would, also in plain text."""
    return one_line(text).replace("](", "] (")
