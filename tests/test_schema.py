"""The wrong states cannot be built."""

from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from pydantic import ValidationError

from summarizer import check
from summarizer.report import render
from summarizer.report.formats.json import report_schema
from summarizer.schema import (
    Check,
    Claim,
    Component,
    Coverage,
    Document,
    Doubt,
    Evidence,
    Finding,
    FindingKind,
    Kind,
    Label,
    Probabilities,
    Reason,
    Report,
    Run,
    Span,
    Unchecked,
    Undecided,
    Verdict,
)

ARTICLE = Document.of("The mayor resigned on Monday.")
PUBLISHED = Path(__file__).parents[1] / "docs" / "report-schema.json"


def evidence(start: int, end: int, quote: str) -> Evidence:
    return Evidence(document="d1", span=Span(start=start, end=end), quote=quote)


def report(outcome: Verdict | Undecided, origin: Span | None = None) -> Report:
    summary = Document.of("The mayor quit.", id="summary")
    claim = Claim(id="c1", text="The mayor quit.", origin=origin or Span(start=0, end=15), kind=Kind.EVENT)
    part = Component(name="test")
    run = Run(version="0", command="check", extractor=part, judge=part)
    checks = (Check(claim=claim, outcome=outcome),)
    return Report(documents=(ARTICLE,), summary=summary, checks=checks, coverage=Coverage(), run=run)


def test_a_supported_verdict_needs_evidence() -> None:
    with pytest.raises(ValidationError, match="supported needs evidence"):
        Verdict(label=Label.SUPPORTED)


def test_a_contradicted_verdict_needs_evidence() -> None:
    with pytest.raises(ValidationError, match="contradicted needs evidence"):
        Verdict(label=Label.CONTRADICTED)


def test_a_supported_verdict_may_carry_findings_as_remarks() -> None:
    words = evidence(0, 9, "The mayor")
    finding = Finding(kind=FindingKind.NAME, claim=Span(start=0, end=9), evidence=words)

    verdict = Verdict(label=Label.SUPPORTED, evidence=(words,), findings=(finding,))

    assert report(verdict).checks[0].findings == (finding,)
    assert report(verdict).checks[0].shown == (words,)


def test_what_is_undecided_shows_the_nearest_words_and_needs_no_evidence() -> None:
    undecided = Undecided(reason=Doubt.NOT_SURE, nearest=(evidence(0, 9, "The mayor"),))

    assert report(undecided).checks[0].shown == undecided.nearest
    assert Undecided(reason=Doubt.JUDGES_DISAGREE).leaning is None


def test_only_a_claim_that_is_not_checkable_states_nothing() -> None:
    assert [reason for reason in Reason if Unchecked(reason=reason).states_nothing] == [Reason.NOT_CHECKABLE]


def test_probabilities_add_up_to_one() -> None:
    with pytest.raises(ValidationError, match=r"add up to 1\.1000, not to 1"):
        Probabilities(supported=0.5, contradicted=0.5, not_in_source=0.1)


def test_of_equal_probabilities_the_more_cautious_label_leads() -> None:
    assert Probabilities(supported=0.4, contradicted=0.4, not_in_source=0.2).leaning is Label.CONTRADICTED
    assert Probabilities(supported=0.4, contradicted=0.2, not_in_source=0.4).leaning is Label.NOT_IN_SOURCE


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


def test_a_finding_lies_within_its_claim() -> None:
    words = evidence(0, 9, "The mayor")
    finding = Finding(kind=FindingKind.NAME, claim=Span(start=0, end=99), evidence=words)
    with pytest.raises(ValidationError, match="a finding ends outside its text"):
        report(Verdict(label=Label.CONTRADICTED, evidence=(words,), findings=(finding,)))


def test_a_report_survives_the_way_to_json_and_back() -> None:
    before = check("The mayor resigned on Monday. Snow fell.", "The mayor resigned on Monday.\x1b\x9b\u202e")

    assert Report.model_validate_json(render(before, "json")) == before


def test_the_published_schema_is_the_one_in_code() -> None:
    assert PUBLISHED.read_text(encoding="utf-8") == report_schema(), "run: summarizer schema > docs/report-schema.json"


def test_the_published_schema_accepts_a_report_and_refuses_a_broken_one() -> None:
    import json

    validator = Draft202012Validator(json.loads(PUBLISHED.read_text(encoding="utf-8")))
    written = json.loads(
        render(check("The mayor resigned on Monday.", "The mayor resigned on Monday. Snow fell."), "json")
    )

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
