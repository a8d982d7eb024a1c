"""Every form of one report: nothing left out, in its own syntax, and on the right line and column."""

import csv
import io
import json
import re
import warnings
import xml.etree.ElementTree as ET
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

import pytest

from summarizer.pipeline import check
from summarizer.report import (
    to_csv,
    to_github,
    to_html,
    to_json,
    to_jsonl,
    to_junit,
    to_markdown,
    to_sarif,
)
from summarizer.report.lines import Lines
from summarizer.report.tally import exit_status, faithfulness
from summarizer.schema import Coverage, Reason, Report, Span, Unchecked
from tests.reports import DIGEST, FORMS, small_report

FILES = {"summary": "texts/my summary.txt", "d1": "texts/article.txt"}
CLAIMS = [
    "Snow fell 🌨️ on two roads.",
    "The mayor 👩‍💼 resigned on Tuesday.",
    "Volcanoes erupted in Iceland.",
    "Rain is likely.",
]
QUOTES = ["Snow fell on two roads.", "The mayor resigned on Monday.", "Hail may fall."]


def strings(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [one for part in value.values() for one in strings(part)]
    return [one for part in value for one in strings(part)] if isinstance(value, list) else [str(value)]


class Words(HTMLParser):
    """The text that a page shows."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self._silent = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 (its signature)
        self._silent = tag in ("style", "script")
        self.words += [" "] if tag in ("p", "li", "th", "td") else []

    def handle_data(self, data: str) -> None:
        self.words += [] if self._silent else [data]


def said(form: Callable[[Report], str], report: Report) -> str:
    """What a form says, read as its readers read it, on one line."""
    written = form(report)
    if form in (to_json, to_sarif):
        written = "\n".join(strings(json.loads(written)))
    elif form is to_jsonl:
        written = "\n".join(strings([json.loads(line) for line in written.splitlines()]))
    elif form is to_html:
        written = "".join(Words(written).words)
    elif form is to_junit:
        written = "\n".join(strings([[*one.attrib.values(), one.text or ""] for one in parsed(written).iter()]))
    elif form is to_markdown:
        written = re.sub(r"\\(.)", r"\1", written)
    return " ".join(written.replace("%0A", " ").replace("_", " ").split())


def parsed(xml: str) -> ET.Element:
    return ET.fromstring(xml)  # noqa: S314 (our own)


@pytest.mark.parametrize("form", FORMS)
def test_every_form_states_each_claim_verdict_evidence_and_conflict(form: Callable[[Report], str]) -> None:
    written = said(form, small_report())

    wanted = [*CLAIMS, *QUOTES, "supported", "contradicted", "not in source", "unchecked", "bad reply", "date", "502"]
    assert [one for one in wanted if one not in written] == []
    if form is not to_json:  # which has the offsets of both
        assert written.index("Tuesday") < written.rindex("Monday")


@pytest.mark.parametrize("form", FORMS)
def test_the_same_report_gives_the_same_bytes(form: Callable[[Report], str]) -> None:
    again = Report.model_validate_json(small_report().model_dump_json())

    assert form(again) == form(small_report())


@pytest.mark.parametrize("form", FORMS)
def test_a_report_without_claims_has_every_form(form: Callable[[Report], str]) -> None:
    empty = small_report().model_copy(update={"checks": (), "coverage": Coverage()})

    written = form(empty)

    assert written.endswith("\n") or (form is to_jsonl and not written)


def test_a_position_counts_lines_and_code_points_from_one() -> None:
    lines = Lines("\tone\r\ntwo 👩‍💼 three\r\n\r\nfour")

    assert lines.region(Span(start=1, end=4)) == ((1, 2), (1, 5))
    assert lines.region(Span(start=14, end=19)) == ((2, 9), (2, 14))
    assert lines.region(Span(start=6, end=27)) == ((2, 1), (4, 5))
    assert Lines("no end").region(Span(start=0, end=6)) == ((1, 1), (1, 7))


def test_jsonl_has_a_flat_record_for_each_claim() -> None:
    records = [json.loads(line) for line in to_jsonl(small_report()).splitlines()]

    assert [(one["claim"], one["verdict"], one["reason"]) for one in records] == [
        ("c1", "supported", None), ("c2", "contradicted", None), ("c3", "not_in_source", None), ("c4", "unchecked", "bad_reply"),
    ]  # fmt: skip
    assert [(one["line"], one["column"]) for one in records] == [(1, 2), (2, 1), (2, 36), (3, 1)]
    article = small_report().documents[0].text
    for one in records:
        for words in one["evidence"]:
            assert article[words["start"] : words["end"]] == words["quote"]
    assert [one["evidence_decides"] for one in records] == [True, True, False, False]
    assert records[1]["conflicts"][0]["source"]["quote"] == "Monday"


def test_csv_has_a_row_for_each_claim_and_lines_within_a_cell() -> None:
    rows = list(csv.DictReader(io.StringIO(to_csv(small_report()))))

    assert [row["verdict"] for row in rows] == ["supported", "contradicted", "not_in_source", "unchecked"]
    assert rows[1]["conflicts"] == "date: the claim says “Tuesday”, the source says “Monday”"
    assert rows[1]["places"] == "article.txt, paragraph 1, sentence 1"
    assert (rows[0]["confidence"], rows[1]["confidence"]) == ("0.75", "")


def test_junit_fails_findings_and_skips_what_is_unchecked() -> None:
    root = parsed(to_junit(small_report()))

    cases = {str(case.get("name"))[:2]: [child.tag for child in case] for case in root.iter("testcase")}
    assert cases == {"c1": ["system-out"], "c2": ["failure"], "c3": ["failure"], "c4": ["skipped", "system-out"]}
    for element in (root, root[0]):
        assert [element.get(name) for name in ("tests", "failures", "errors", "skipped")] == ["4", "2", "0", "1"]
    failure = root.findall(".//failure")[0]
    assert failure.text == (
        "contradicted: The mayor 👩‍💼 resigned on Tuesday.\nin the summary: line 2, column 1\n"
        "date: the claim says “Tuesday”, the source says “Monday”\nanother day\n"
        "evidence: “The mayor resigned on Monday.” (article.txt, paragraph 1, sentence 1)"
    )


def test_github_annotates_the_claim_where_it_stands_in_the_summary_file() -> None:
    lines = to_github(small_report(), files=FILES).splitlines()

    assert lines[0].startswith("c1 supported: Snow fell 🌨️ on two roads.; evidence: “Snow fell on two roads.”")
    assert lines[1] == (
        "::error file=texts/my summary.txt,line=2,endLine=2,col=1,endColumn=35,title=c2 contradicted::"
        "The mayor 👩‍💼 resigned on Tuesday.%0Adate: the claim says “Tuesday”, the source says “Monday”%0Aanother day"
        "%0Aevidence: “The mayor resigned on Monday.” (article.txt, paragraph 1, sentence 1)"
    )
    assert lines[2].startswith("::warning file=texts/my summary.txt,line=2,endLine=2,col=36,")
    assert lines[3].startswith("::notice file=texts/my summary.txt,line=3,endLine=3,col=1,")
    assert lines[4:] == [
        "note: the price may be old",
        "4 claims: 1 supported, 1 contradicted, 1 not in source, 1 unchecked",
    ]


def test_github_has_no_columns_for_a_claim_over_several_lines_and_no_place_without_a_file() -> None:
    report = check("Snow fell\non two roads.", "The mayor resigned on Monday. Hail fell there.")

    assert "line=1,endLine=2,col=1,title=" in to_github(report, files=FILES)
    assert "file=" not in to_github(report)


def test_github_escapes_what_would_end_a_property_or_a_message() -> None:
    report = small_report()

    written = to_github(report, files={"summary": "a,b:c%d\n::x.txt"}).splitlines()

    assert written[1].startswith("::error file=a%2Cb%3Ac%25d %3A%3Ax.txt,line=2,")


def test_sarif_lands_on_line_and_column_and_shows_the_evidence() -> None:
    run = json.loads(to_sarif(small_report(), files=FILES))["runs"][0]

    results = run["results"]
    assert [(one["ruleId"], one["kind"], one.get("level")) for one in results] == [
        ("contradicted", "fail", "error"), ("not_in_source", "fail", "warning"), ("unchecked", "open", None),
    ]  # fmt: skip
    regions = [one["locations"][0]["physicalLocation"]["region"] for one in results]
    assert [tuple(region.values()) for region in regions] == [(2, 1, 2, 35), (2, 36, 2, 66), (3, 1, 3, 17)]
    place = results[0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert place == {"index": 0, "uri": "texts/my%20summary.txt"}
    related = results[0]["relatedLocations"]
    assert [tuple(one["physicalLocation"]["region"].values()) for one in related] == [(1, 1, 1, 31), (1, 24, 1, 30)]
    assert [one["id"] for one in related] == [1, 2]
    assert [run["tool"]["driver"]["rules"][one["ruleIndex"]]["id"] for one in results] == [
        one["ruleId"] for one in results
    ]
    assert run["properties"]["claims"][0]["verdict"] == "supported"


def test_sarif_holds_the_texts_that_have_no_file() -> None:
    run = json.loads(to_sarif(small_report()))["runs"][0]

    assert run["artifacts"][0]["contents"]["text"] == small_report().summary.text
    assert run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"] == {"index": 0}


def test_sarif_lists_no_alert_for_what_states_nothing_to_check() -> None:
    report = small_report()
    silent = report.checks[3].model_copy(update={"outcome": Unchecked(reason=Reason.NOT_CHECKABLE)})

    written = json.loads(to_sarif(report.model_copy(update={"checks": (report.checks[0], silent)})))

    assert written["runs"][0]["results"] == []
    assert len(written["runs"][0]["properties"]["claims"]) == 2


def test_sarif_has_the_properties_of_the_official_schema_and_all_that_it_requires() -> None:
    """The classes of sarif-om are generated from the schema of SARIF 2.1.0."""
    attr = pytest.importorskip("attr", reason="attrs is not installed (pip install 'summarizer[test]')")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        om = pytest.importorskip("sarif_om", reason="sarif-om is not installed (pip install 'summarizer[test]')")
    kinds = {
        "runs": om.Run, "tool": om.Tool, "driver": om.ToolComponent, "rules": om.ReportingDescriptor,
        "shortDescription": om.MultiformatMessageString, "help": om.MultiformatMessageString,
        "defaultConfiguration": om.ReportingConfiguration, "artifacts": om.Artifact, "contents": om.ArtifactContent,
        "description": om.Message, "location": om.ArtifactLocation, "invocations": om.Invocation,
        "toolExecutionNotifications": om.Notification, "message": om.Message, "results": om.Result,
        "locations": om.Location, "relatedLocations": om.Location, "physicalLocation": om.PhysicalLocation,
        "artifactLocation": om.ArtifactLocation, "region": om.Region,
    }  # fmt: skip
    seen = set()

    def look(kind: Any, value: dict[str, Any]) -> None:
        fields = {field.metadata["schema_property_name"]: field for field in attr.fields(kind)}
        assert set(value) <= set(fields), f"{kind.__name__} has no {set(value) - set(fields)}"
        assert {name for name, field in fields.items() if field.default is attr.NOTHING} <= set(value), kind.__name__
        seen.add(kind)
        for name, part in value.items():
            inner = part if isinstance(part, list) else [part]
            if name in ("properties", "partialFingerprints", "hashes") or not inner or not isinstance(inner[0], dict):
                continue
            for one in inner:
                look(kinds[name], one)

    for files in ({}, FILES):
        look(om.SarifLog, json.loads(to_sarif(small_report(), files=files)))
    assert seen == {om.SarifLog, *kinds.values()}


def test_html_states_the_run_and_what_was_not_checked() -> None:
    written = said(to_html, small_report())

    wanted = [
        "openai", "a-model", "judge.md", DIGEST, "evidence whole", "1,234 tokens sent, 56 received, 0.0123 USD",
        "judge 3 calls, tokens not known sent", "the price may be old", "claim 4: unchecked (bad reply), the server said 502",
        "not used 2", "The summary tells 1 of the 2 key sentences", "◆ told", "◇ omitted",
    ]  # fmt: skip
    assert [one for one in wanted if one not in written] == []


def test_faithfulness_counts_the_unchecked_as_not_supported_and_leaves_out_what_states_nothing() -> None:
    report = small_report()
    silent = report.checks[3].model_copy(update={"outcome": Unchecked(reason=Reason.NOT_CHECKABLE)})

    assert faithfulness(report) == 0.25
    assert faithfulness(report.model_copy(update={"checks": (*report.checks[:3], silent)})) == 1 / 3
    assert faithfulness(report.model_copy(update={"checks": (silent,)})) is None


@pytest.mark.parametrize(
    ("kept", "fail_on", "status"),
    [
        ((0, 1, 2, 3), ("contradicted",), 1), ((0, 2, 3), ("contradicted",), 0), ((0, 2, 3), ("not_in_source",), 1),
        ((0, 1, 2), ("unchecked",), 0), ((0, 1, 2, 3), ("unchecked",), 3), ((0, 1, 2, 3), ("unchecked", "contradicted"), 1),
        ((0, 1, 2, 3), (), 0), ((0,), ("contradicted", "not_in_source", "unchecked"), 0),
    ],
)  # fmt: skip
def test_the_exit_status_is_of_the_outcomes_to_fail_on(
    kept: tuple[int, ...], fail_on: tuple[str, ...], status: int
) -> None:
    report = small_report()
    chosen = report.model_copy(update={"checks": tuple(report.checks[at] for at in kept)})

    assert exit_status(chosen, fail_on=fail_on) == status
