"""`Report` as SARIF 2.1.0 (OASIS, March 2020): a result for each claim that a reader must look at.

A supported claim is no result: code hosts show every result as an alert, whatever its kind.
All claims stand in `properties.claims` of the run, and what the summary leaves out in the notes of its invocation.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import quote

from summarizer.report.claim_view import ClaimView, claim_views
from summarizer.report.lines import Lines, Region
from summarizer.report.outcomes import Look
from summarizer.report.safe import one_line, printable_json
from summarizer.report.source_words import Words
from summarizer.report.tally import components, counts_line, coverage_line, faithfulness, missing, omitted_lines
from summarizer.schema import Document, Report

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


class Rule(NamedTuple):
    """What SARIF says of an outcome."""

    kind: str
    """`fail` for a problem, `review` where a person must decide, `open` where nothing was decided (3.27.9)."""
    level: str
    """`none` unless the kind is `fail` (3.27.10)."""
    short: str
    help: str


RULES = {
    Look.CONTRADICTED: Rule("fail", "error", "The source says otherwise.", "Compare the claim with the words of the source that stand beside it, and correct the claim."),
    Look.NOT_IN_SOURCE: Rule("fail", "warning", "The source does not say this.", "Take the claim out, or give the source that says it."),
    Look.UNDECIDED: Rule("review", "none", "The judge is not sure of this claim.", "Read the claim against the words of the source that stand beside it, and decide."),
    Look.UNCHECKED: Rule("open", "none", "This claim was not judged.", "Read the claim against the source yourself: nothing has decided it."),
}  # fmt: skip
RANK = list(RULES)


def render(
    report: Report, *, files: Mapping[str, str] | None = None, taken_from: Mapping[str, str] | None = None
) -> str:
    """Return the report as SARIF; columns are code points.

    `files` names the file of a document, as the repository knows it, by `Document.id`, and `taken_from` the one that its
    text was taken out of, in which no place has a line. A document with neither is held in the report itself.
    """
    claims = claim_views(report)
    artifacts = _Artifacts(report, files or {}, taken_from or {})
    results = [_result(one, artifacts) for one in claims if one.asks_for_a_look]
    run = {
        "tool": {"driver": _driver(report)},
        "columnKind": "unicodeCodePoints",
        "artifacts": artifacts.records,
        "invocations": [_invocation(report, artifacts)],
        "results": results,
        "properties": {
            "counts": counts_line(report),
            "faithfulness": faithfulness(report),
            "coverage": report.coverage.share,
            "claims": [one.record() for one in claims],
        },
    }
    return printable_json({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _driver(report: Report) -> dict[str, Any]:
    rules = [
        {
            "id": look.value,
            "name": look.value.title().replace("_", ""),
            "shortDescription": {"text": rule.short},
            "help": {"text": rule.help},
            "defaultConfiguration": {"level": rule.level},
        }
        for look, rule in RULES.items()
    ]
    return {"name": "summarizer", "semanticVersion": report.run.version, "rules": rules}


def _invocation(report: Report, artifacts: "_Artifacts") -> dict[str, Any]:
    notes: list[dict[str, Any]] = [
        {"level": "note", "message": {"text": one_line(warning)}} for warning in report.run.warnings
    ]
    if line := coverage_line(report):
        notes.append({"level": "note", "message": {"text": _plain(line)}})
    for one, said in zip(missing(report), omitted_lines(report), strict=True):
        place = {"physicalLocation": artifacts.of(one.words)}
        notes.append({"level": "note", "message": {"text": _plain(said)}, "locations": [place]})
    facts = {"command": report.run.command, **{part: str(one) for part, one in components(report.run)}}
    return {"executionSuccessful": True, "toolExecutionNotifications": notes, "properties": facts}


def _result(one: ClaimView, artifacts: "_Artifacts") -> dict[str, Any]:
    rule = RULES[one.look]
    shown = [(words, one.role) for words in one.evidence]
    shown += [(remark.source, remark.line) for remark in one.remarks if remark.source]
    return {
        "ruleId": one.look.value,
        "ruleIndex": RANK.index(one.look),
        "kind": rule.kind,
        "level": rule.level,
        "message": {"text": "\n".join(_plain(line) for line in (f"{one.words}: {one.plain}", *one.details()))},
        "locations": [artifacts.in_summary(one)],
        "relatedLocations": [
            artifacts.in_source(number, words, said) for number, (words, said) in enumerate(shown, start=1)
        ],
        "partialFingerprints": {"claim/v1": one_line(one.text)},
        **({"suppressions": [_suppression(one)]} if one.accepted_line else {}),
    }


def _suppression(one: ClaimView) -> dict[str, Any]:
    """What was accepted by hand (3.35): still a result, which a code host does not raise again."""
    return {"kind": "external", "status": "accepted", "justification": _plain(one.accepted_line)}


class _Artifacts:
    """The documents of a report as SARIF knows them."""

    def __init__(self, report: Report, files: Mapping[str, str], taken_from: Mapping[str, str]) -> None:
        documents = [report.summary, *report.documents]
        self._index = {document.id: index for index, document in enumerate(documents)}
        self._lines = {document.id: Lines(document.text) for document in documents}
        self._files, self._taken_from = {**files, **taken_from}, taken_from
        self._summary = report.summary.id
        self.records = [self._record(document) for document in documents]

    def _record(self, document: Document) -> dict[str, Any]:
        file = self._files.get(document.id)
        held = {"location": {"uri": quote(file)}} if file is not None else {"contents": {"text": document.text}}
        hashes = {} if document.id in self._taken_from else {"hashes": {"sha-256": document.sha256}}
        return {**held, "description": {"text": one_line(document.name)}, **hashes}

    def in_summary(self, one: ClaimView) -> dict[str, Any]:
        return {"physicalLocation": self._place(self._summary, one.region)}

    def in_source(self, number: int, words: Words, said: str) -> dict[str, Any]:
        return {"id": number, "physicalLocation": self.of(words), "message": {"text": _plain(f"{said}: {words.where}")}}

    def of(self, words: Words) -> dict[str, Any]:
        """Where words of a source stand."""
        return self._place(words.document, self._lines[words.document].region(words.span))

    def _place(self, document: str, region: Region) -> dict[str, Any]:
        file = self._files.get(document)
        where = {"index": self._index[document], **({"uri": quote(file)} if file is not None else {})}
        if document in self._taken_from:
            return {"artifactLocation": where}
        (line, column), (end_line, end_column) = region
        return {
            "artifactLocation": where,
            "region": {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column},
        }


def _plain(text: str) -> str:
    """One line that makes no link: `[words](place)` would, also in plain text."""
    return one_line(text).replace("](", "] (")
