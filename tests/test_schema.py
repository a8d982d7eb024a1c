"""The wrong states cannot be built."""

from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from pydantic import ValidationError

from summarizer.pipeline import check
from summarizer.report.json import report_schema, to_json
from summarizer.schema import (
    Check,
    Claim,
    Conflict,
    Coverage,
    Document,
    Evidence,
    FindingKind,
    Kind,
    Label,
    Report,
    Run,
    Span,
    Verdict,
)

ARTICLE = Document.of("The mayor resigned on Monday.")
PUBLISHED = Path(__file__).parents[1] / "docs" / "report-schema.json"


def evidence(start: int, end: int, quote: str) -> Evidence:
    return Evidence(document="d1", span=Span(start=start, end=end), quote=quote)


def report(outcome: Verdict, origin: Span | None = None) -> Report:
    summary = Document.of("The mayor quit.", id="summary")
    claim = Claim(id="c1", text="The mayor quit.", origin=origin or Span(start=0, end=15), kind=Kind.EVENT)
    run = Run(version="0", command="check", backend="test")
    checks = (Check(claim=claim, outcome=outcome),)
    return Report(documents=(ARTICLE,), summary=summary, checks=checks, coverage=Coverage(), run=run)


def test_a_supported_verdict_needs_evidence() -> None:
    with pytest.raises(ValidationError, match="supported needs evidence"):
        Verdict(label=Label.SUPPORTED)


def test_a_contradicted_verdict_needs_evidence() -> None:
    with pytest.raises(ValidationError, match="contradicted needs evidence"):
        Verdict(label=Label.CONTRADICTED)


def test_only_a_contradicted_verdict_has_conflicts() -> None:
    words = evidence(0, 9, "The mayor")
    conflict = Conflict(kind=FindingKind.NAME, claim=Span(start=0, end=9), evidence=words)
    with pytest.raises(ValidationError, match="supported cannot have conflicts"):
        Verdict(label=Label.SUPPORTED, evidence=(words,), conflicts=(conflict,))


def test_a_span_holds_at_least_one_code_point() -> None:
    with pytest.raises(ValidationError, match="empty span"):
        Span(start=3, end=3)


def test_a_document_is_the_text_that_its_digest_says() -> None:
    with pytest.raises(ValidationError, match="does not have this SHA-256"):
        Document(id="d1", name="-", text="other words", sha256=ARTICLE.sha256)


def test_records_cannot_be_changed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        ARTICLE.text = "changed"


def test_a_report_refuses_evidence_that_does_not_slice_back() -> None:
    with pytest.raises(ValidationError, match="evidence is not what d1 says"):
        report(Verdict(label=Label.SUPPORTED, evidence=(evidence(0, 9, "The Mayor"),)))


def test_a_report_refuses_evidence_from_an_unknown_document() -> None:
    stranger = Evidence(document="summary", span=Span(start=0, end=9), quote="The mayor")
    with pytest.raises(ValidationError, match="unknown document"):
        report(Verdict(label=Label.SUPPORTED, evidence=(stranger,)))


def test_a_report_refuses_a_claim_from_outside_the_summary() -> None:
    with pytest.raises(ValidationError, match="origin lies outside"):
        report(Verdict(label=Label.SUPPORTED, evidence=(evidence(0, 9, "The mayor"),)), Span(start=0, end=99))


def test_a_conflict_lies_within_its_claim() -> None:
    words = evidence(0, 9, "The mayor")
    conflict = Conflict(kind=FindingKind.NAME, claim=Span(start=0, end=99), evidence=words)
    with pytest.raises(ValidationError, match="a conflict ends outside its text"):
        report(Verdict(label=Label.CONTRADICTED, evidence=(words,), conflicts=(conflict,)))


def test_a_report_survives_the_way_to_json_and_back() -> None:
    before = check("The mayor resigned on Monday. Snow fell.", "The mayor resigned on Monday.\x1b\x9b\u202e")

    assert Report.model_validate_json(to_json(before)) == before


def test_the_published_schema_is_the_one_in_code() -> None:
    assert PUBLISHED.read_text(encoding="utf-8") == report_schema(), "run: summarizer schema > docs/report-schema.json"


def test_the_published_schema_accepts_a_report_and_refuses_a_broken_one() -> None:
    import json

    validator = Draft202012Validator(json.loads(PUBLISHED.read_text(encoding="utf-8")))
    written = json.loads(to_json(check("The mayor resigned on Monday.", "The mayor resigned on Monday. Snow fell.")))

    assert validator.is_valid(written)
    del written["checks"][0]["outcome"]["label"]
    assert not validator.is_valid(written)


def test_every_field_of_the_published_schema_is_described() -> None:
    import json

    schema = json.loads(PUBLISHED.read_text(encoding="utf-8"))
    records = [schema, *schema["$defs"].values()]
    bare = [
        f"{record.get('title')}.{name}"
        for record in records
        for name, field in record.get("properties", {}).items()
        if "description" not in field
    ]
    assert bare == []
