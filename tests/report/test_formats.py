"""Every format of one report: nothing left out, in its own syntax, and on the right line and column."""

import csv
import html
import io
import json
import re
import warnings
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from typing import Any

import pytest

from summarizer import check
from summarizer.report import format_names, render
from summarizer.report.lines import Lines
from summarizer.report.tally import counts_line, exit_status, faithfulness, faithfulness_line
from summarizer.schema import Coverage, Doubt, Label, Reason, Report, Span, Unchecked, Undecided
from tests.reports import DIGEST, small_report

FILES = {"summary": "texts/my summary.txt", "d1": "texts/article.txt"}
CLAIMS = [
    "Snow fell 🌨️ on two roads.",
    "The mayor 👩‍💼 resigned on Tuesday.",
    "Volcanoes erupted in Iceland.",
    "Rain is likely.",
    "All 32 members voted.",
    "Is it so?",
]
QUOTES = [
    "Snow fell on two roads.",
    "The mayor resigned on Monday.",
    "Hail may fall.",
    "Most of the 31 members voted.",
]


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
        self.words += [" "] if tag in ("p", "li", "th", "td", "dt", "dd") else []

    def handle_data(self, data: str) -> None:
        self.words += [] if self._silent else [data]


def said(form: str, report: Report) -> str:
    """What a format says, read as its readers read it, on one line."""
    written = render(report, form)
    if form in ("json", "sarif"):
        written = "\n".join(strings(json.loads(written)))
    elif form == "jsonl":
        written = "\n".join(strings([json.loads(line) for line in written.splitlines()]))
    elif form == "html":
        written = "".join(Words(written).words)
    elif form == "junit":
        written = "\n".join(strings([[*one.attrib.values(), one.text or ""] for one in parsed(written).iter()]))
    elif form == "markdown":
        written = html.unescape(written).replace("\u200b", "")
    return " ".join(written.replace("%0A", " ").replace("_", " ").split())


def parsed(xml: str) -> ET.Element:
    return ET.fromstring(xml)  # noqa: S314 (our own)


@pytest.mark.parametrize("form", format_names())
def test_every_format_states_each_claim_outcome_evidence_and_finding(form: str) -> None:
    written = said(form, small_report())

    outcomes = ["supported", "contradicted", "not in source", "undecided", "unchecked", "bad reply"]
    wanted = [*CLAIMS, *QUOTES, *outcomes, "date", "number", "only one is named", "one more", "502"]
    assert [one for one in wanted if one not in written] == []
    if form != "json":  # which has the offsets of both
        assert written.index("Tuesday") < written.rindex("Monday")
        assert re.search(r"perhaps supported \(0\.71\)|undecided.*0\.71", written)


@pytest.mark.parametrize("form", ["text", "markdown", "html", "csv", "junit", "github"])
def test_a_finding_on_a_supported_claim_is_a_note(form: str) -> None:
    written = said(form, small_report())

    assert "Note - wording: the claim says “two roads” (only one is named)" in written
    assert "Note - date" not in written
    assert "Note - number" not in written


def test_the_page_shows_the_words_of_both_sides_beside_each_other() -> None:
    written = said("html", small_report())

    assert "number in the summary “32” in the source “31” one more" in re.sub(r" ?\n ?", " ", written)


@pytest.mark.parametrize("form", ["text", "markdown", "csv", "junit", "sarif", "github"])
def test_a_finding_shows_the_words_of_both_sides(form: str) -> None:
    written = said(form, small_report())

    assert re.search("number: the claim says “32”,? the source says “31” \\(one more\\)", written)


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_an_omitted_key_sentence_is_shown_by_its_words(form: str) -> None:
    written = said(form, small_report())

    assert "The summary covers 1 of 2 key sentences of the source" in written
    if form == "html":
        assert re.search(
            "What the summary leaves out.*A school stays shut. ◇ left out · article.txt, paragraph 2", written
        )
    else:
        assert re.search(r"omitted: “A school stays shut.” \((article.txt, )?paragraph 2, sentence 3\)", written)


@pytest.mark.parametrize("form", format_names())
def test_the_same_report_gives_the_same_bytes(form: str) -> None:
    again = Report.model_validate_json(small_report().model_dump_json())

    assert render(again, form) == render(small_report(), form)


@pytest.mark.parametrize("form", format_names())
def test_a_report_without_claims_has_every_format(form: str) -> None:
    empty = small_report().model_copy(update={"checks": (), "coverage": Coverage()})

    written = render(empty, form)

    assert written.endswith("\n") or (form == "jsonl" and not written)


@pytest.mark.parametrize("form", format_names())
def test_a_judge_that_gives_no_probabilities_and_no_leaning_has_every_format(form: str) -> None:
    report = small_report()
    undecided = Undecided(reason=Doubt.JUDGES_DISAGREE)
    check_five = report.checks[4].model_copy(update={"outcome": undecided})

    written = said(form, report.model_copy(update={"checks": (check_five,)}))

    assert re.search("undecided.*(judges )?disagree", written)
    assert "None" not in re.sub("<p>None.</p>|Notes None|None\\.", "", written) or form in ("json", "jsonl", "sarif")


def test_a_position_counts_lines_and_code_points_from_one() -> None:
    lines = Lines("\tone\r\ntwo 👩‍💼 three\r\n\r\nfour")

    assert lines.region(Span(start=1, end=4)) == ((1, 2), (1, 5))
    assert lines.region(Span(start=14, end=19)) == ((2, 9), (2, 14))
    assert lines.region(Span(start=6, end=27)) == ((2, 1), (4, 5))
    assert Lines("no end").region(Span(start=0, end=6)) == ((1, 1), (1, 7))


def test_jsonl_has_a_flat_record_for_each_claim() -> None:
    records = [json.loads(line) for line in render(small_report(), "jsonl").splitlines()]

    assert [(one["claim"], one["outcome"], one["reason"], one["leaning"]) for one in records] == [
        ("c1", "supported", None, None), ("c2", "contradicted", None, None), ("c3", "not_in_source", None, None),
        ("c4", "unchecked", "bad_reply", None), ("c5", "undecided", "not_sure", "supported"), ("c6", "unchecked", "not_checkable", None),
    ]  # fmt: skip
    assert [(one["line"], one["column"]) for one in records] == [(1, 2), (2, 1), (2, 36), (3, 1), (3, 18), (3, 41)]
    assert [one["p_supported"] for one in records] == [0.75, None, None, None, 0.71, None]
    assert (records[4]["p_contradicted"], records[4]["p_not_in_source"], records[4]["judges"]) == (0.09, 0.2, ["chat"])
    article = small_report().documents[0].text
    for one in records:
        for words in one["evidence"]:
            assert article[words["start"] : words["end"]] == words["quote"]
    assert [one["evidence_decides"] for one in records] == [True, True, False, False, False, False]
    assert records[1]["findings"][0]["source"]["quote"] == "Monday"
    finding = records[0]["findings"][0]
    assert (finding["kind"], finding["claim"], finding["source"]) == ("other", "two roads", None)
    assert (finding["note"], finding["found_by"]) == ("only one is named", "comparison")
    assert CLAIMS[0][finding["start"] : finding["end"]] == "two roads"


def test_csv_has_a_row_for_each_claim_and_lines_within_a_cell() -> None:
    rows = list(csv.DictReader(io.StringIO(render(small_report(), "csv"))))

    assert [row["outcome"] for row in rows] == [
        "supported", "contradicted", "not_in_source", "unchecked", "undecided", "unchecked",
    ]  # fmt: skip
    assert rows[1]["findings"] == "date: the claim says “Tuesday”, the source says “Monday”"
    assert rows[1]["places"] == "article.txt, paragraph 1, sentence 1"
    assert [rows[4][f"p_{label}"] for label in Label] == ["0.71", "0.09", "0.2"]
    assert (rows[1]["p_supported"], rows[4]["leaning"]) == ("", "supported")


def test_junit_fails_problems_and_skips_what_has_no_verdict() -> None:
    root = parsed(render(small_report(), "junit"))

    cases = {str(case.get("name"))[:2]: [child.tag for child in case] for case in root.iter("testcase")}
    assert cases == {
        "c1": ["properties", "system-out"], "c2": ["failure"], "c3": ["failure"], "c4": ["skipped", "system-out"],
        "c5": ["properties", "skipped", "system-out"], "c6": ["skipped", "system-out"],
    }  # fmt: skip
    for element in (root, root[0]):
        assert [element.get(name) for name in ("tests", "failures", "errors", "skipped")] == ["6", "2", "0", "3"]
    assert [one.get("message") for one in root.iter("skipped")] == [
        "unchecked: bad reply: the server said 502",
        "undecided: perhaps supported (0.71), but the number differs: not all of them",
        "nothing to check: a question",
    ]
    failure = root.findall(".//failure")[0]
    assert failure.text == (
        "contradicted: The mayor 👩‍💼 resigned on Tuesday.\nin the summary: line 2, column 1\n"
        "date: the claim says “Tuesday”, the source says “Monday”\nanother day\n"
        "evidence: “The mayor resigned on Monday.” (article.txt, paragraph 1, sentence 1)"
    )


def test_junit_carries_the_probabilities_of_a_claim_as_properties() -> None:
    root = parsed(render(small_report(), "junit"))

    (case,) = [one for one in root.iter("testcase") if str(one.get("name")).startswith("c5")]
    assert [(one.get("name"), one.get("value")) for one in case.iter("property")] == [
        ("summarizer.p_supported", "0.7100"), ("summarizer.p_contradicted", "0.0900"),
        ("summarizer.p_not_in_source", "0.2000"), ("summarizer.judge", "chat"),
    ]  # fmt: skip


def test_what_the_summary_leaves_out_stands_in_the_forms_for_programs() -> None:
    report = small_report()
    words, place = "A school stays shut.", "article.txt, paragraph 2, sentence 3"

    records = [json.loads(line) for line in render(report, "jsonl").splitlines()]
    run = json.loads(render(report, "sarif"))["runs"][0]
    notes = [one for one in run["invocations"][0]["toolExecutionNotifications"] if one.get("locations")]

    assert [(one["coverage"], [left["quote"] for left in one["left_out"]]) for one in records] == [
        (0.5, ["A school  stays shut."])
    ] * len(records)
    assert run["properties"]["coverage"] == 0.5
    assert [one["message"]["text"] for one in notes] == [f"omitted: “{words}” ({place})"]
    assert notes[0]["locations"][0]["physicalLocation"]["region"]["startLine"] == 4
    assert f'name="summarizer.left_out" value="omitted: “{words}” ({place})"' in render(report, "junit")


def test_github_annotates_the_claim_where_it_stands_in_the_summary_file() -> None:
    lines = render(small_report(), "github", files=FILES).splitlines()

    assert lines[0] == (
        "c1 supported: Snow fell 🌨️ on two roads.; Note - wording: the claim says “two roads” (only one is named); "
        "evidence: “Snow fell on two roads.” (article.txt, paragraph 2, sentence 1)"
    )
    assert lines[1] == (
        "::error file=texts/my summary.txt,line=2,endLine=2,col=1,endColumn=35,title=c2 contradicted::"
        "The mayor 👩‍💼 resigned on Tuesday.%0Adate: the claim says “Tuesday”, the source says “Monday”%0Aanother day"
        "%0Aevidence: “The mayor resigned on Monday.” (article.txt, paragraph 1, sentence 1)"
    )
    assert lines[2].startswith("::warning file=texts/my summary.txt,line=2,endLine=2,col=36,")
    assert lines[3].startswith("::notice file=texts/my summary.txt,line=3,endLine=3,col=1,")
    assert lines[4].startswith(
        "::notice file=texts/my summary.txt,line=3,endLine=3,col=18,endColumn=40,"
        "title=c5 undecided%3A perhaps supported (0.71)%2C but the number differs::All 32 members voted.%0Aprobabilities: supported 0.71,"
    )
    assert lines[5:] == [
        "c6 nothing to check: Is it so?",
        "note: the price may be old",
        "The summary covers 1 of 2 key sentences of the source",
        "omitted: “A school stays shut.” (article.txt, paragraph 2, sentence 3)",
        "Faithfulness 0.20: 1 of 5 claims supported",
        "5 claims: 1 supported, 1 contradicted, 1 not in source, 1 undecided, 1 unchecked (and 1 with nothing to check)",
    ]


def test_github_has_no_columns_for_a_claim_over_several_lines_and_no_place_without_a_file() -> None:
    report = check("Snow fell\non two roads.", "The mayor resigned on Monday. Hail fell there.")

    assert "line=1,endLine=2,col=1,title=" in render(report, "github", files=FILES)
    assert "file=" not in render(report, "github")


def test_github_escapes_what_would_end_a_property_or_a_message() -> None:
    report = small_report()

    written = render(report, "github", files={"summary": "a,b:c%d\n::x.txt"}).splitlines()

    assert written[1].startswith("::error file=a%2Cb%3Ac%25d %3A%3Ax.txt,line=2,")


def test_sarif_lands_on_line_and_column_and_shows_the_evidence() -> None:
    run = json.loads(render(small_report(), "sarif", files=FILES))["runs"][0]

    results = run["results"]
    assert [(one["ruleId"], one["kind"], one["level"]) for one in results] == [
        ("contradicted", "fail", "error"), ("not_in_source", "fail", "warning"), ("unchecked", "open", "none"),
        ("undecided", "review", "none"),
    ]  # fmt: skip
    regions = [one["locations"][0]["physicalLocation"]["region"] for one in results]
    assert [tuple(region.values()) for region in regions] == [
        (2, 1, 2, 35),
        (2, 36, 2, 66),
        (3, 1, 3, 17),
        (3, 18, 3, 40),
    ]
    place = results[0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert place == {"index": 0, "uri": "texts/my%20summary.txt"}
    related = results[0]["relatedLocations"]
    assert [tuple(one["physicalLocation"]["region"].values()) for one in related] == [(1, 1, 1, 31), (1, 24, 1, 30)]
    assert [one["id"] for one in related] == [1, 2]
    assert [run["tool"]["driver"]["rules"][one["ruleIndex"]]["id"] for one in results] == [
        one["ruleId"] for one in results
    ]
    assert run["properties"]["claims"][0]["outcome"] == "supported"
    assert run["properties"]["faithfulness"] == 0.2


def test_sarif_holds_the_texts_that_have_no_file() -> None:
    run = json.loads(render(small_report(), "sarif"))["runs"][0]

    assert run["artifacts"][0]["contents"]["text"] == small_report().summary.text
    assert run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"] == {"index": 0}


def test_sarif_lists_no_alert_for_what_states_nothing_to_check() -> None:
    report = small_report()
    silent = report.checks[3].model_copy(update={"outcome": Unchecked(reason=Reason.NOT_CHECKABLE)})

    written = json.loads(render(report.model_copy(update={"checks": (report.checks[0], silent)}), "sarif"))

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
        look(om.SarifLog, json.loads(render(small_report(), "sarif", files=files)))
    assert seen == {om.SarifLog, *kinds.values()}


def test_html_states_the_run_and_what_is_undecided_or_unchecked() -> None:
    written = said("html", small_report())

    wanted = [
        "writer llm (a-writer)", "extractor sentences", "judge chat (a-model)", "judge.md", DIGEST, "evidence whole", "1,234 tokens sent, 56 received, 0.0123 USD",
        "judge 3 calls, sent: not known", "the price may be old", "unchecked: bad reply", "the server said 502",
        "undecided: perhaps supported (0.71), but the number differs", "not all of them", "judged by chat, nli",
        "probabilities: supported 0.71, contradicted 0.09, not in source 0.20",
        "not used 2", "◆ covered", "◇ left out",
    ]  # fmt: skip
    assert [one for one in wanted if one not in written] == []


def test_faithfulness_counts_what_has_no_verdict_and_leaves_out_what_states_nothing() -> None:
    report = small_report()

    def of(*numbers: int) -> Report:
        return report.model_copy(update={"checks": tuple(report.checks[number - 1] for number in numbers)})

    assert faithfulness(report) == 0.2
    assert faithfulness(of(1, 5)) == 0.5
    assert faithfulness(of(1, 6)) == 1
    assert faithfulness(of(6)) is None
    assert faithfulness_line(of(1, 4, 5)) == "Faithfulness 0.33: 1 of 3 claims supported"
    assert faithfulness_line(of(6)) == "Faithfulness not measurable: there is no claim to check"


def test_the_counts_show_each_part_and_what_states_nothing_beside_them() -> None:
    report = small_report()

    assert counts_line(report.model_copy(update={"checks": report.checks[4:5]})) == (
        "1 claim: 0 supported, 0 contradicted, 0 not in source, 1 undecided, 0 unchecked"
    )
    assert counts_line(report) == (
        "5 claims: 1 supported, 1 contradicted, 1 not in source, 1 undecided, 1 unchecked (and 1 with nothing to check)"
    )


def test_what_states_nothing_fails_no_run() -> None:
    report = small_report()

    assert exit_status(report.model_copy(update={"checks": (report.checks[0], report.checks[5])})) == 0


@pytest.mark.parametrize(
    ("claims", "fail_on", "status"),
    [
        ((1, 2, 3, 4, 5), ("contradicted",), 1), ((1, 3, 4), ("contradicted",), 0), ((1, 3, 4), ("not_in_source",), 1),
        ((1, 2, 3), ("unchecked",), 0), ((1, 2, 3, 4), ("unchecked",), 3), ((1, 2, 3, 4), ("unchecked", "contradicted"), 1),
        ((1, 2, 3, 4), ("undecided",), 0), ((1, 2, 5), ("undecided",), 3), ((4, 5), ("undecided", "unchecked"), 3),
        ((1, 2, 3, 4, 5), (), 0),
    ],
)  # fmt: skip
def test_the_exit_status_is_of_the_outcomes_to_fail_on(
    claims: tuple[int, ...], fail_on: tuple[str, ...], status: int
) -> None:
    report = small_report()
    chosen = report.model_copy(update={"checks": tuple(report.checks[number - 1] for number in claims)})

    assert exit_status(chosen, fail_on=fail_on) == status


@pytest.mark.parametrize(
    ("claims", "status"), [((1,), 0), ((1, 2), 1), ((1, 3), 1), ((1, 4), 3), ((1, 5), 3), ((2, 5), 1)]
)
def test_by_default_every_outcome_but_support_fails(claims: tuple[int, ...], status: int) -> None:
    report = small_report()

    assert exit_status(report.model_copy(update={"checks": tuple(report.checks[at - 1] for at in claims)})) == status
