"""Claims in the order of the summary, or those that are likeliest wrong first; no order is asked for in vain."""

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from summarizer.cli import summarizer as command
from summarizer.errors import UsageError
from summarizer.report import render
from summarizer.report.claim_view import GOES_ON, READ_FIRST, claim_views
from summarizer.report.outcomes import OPEN, Look
from summarizer.schema import Edit, EditKind, Evidence, Repair, Span, edited
from tests.reports import small_report

REPORT = small_report()


def test_every_look_has_its_place_among_those_that_are_read_first() -> None:
    assert sorted(look for looks in READ_FIRST for look in looks) == sorted(Look)


def test_problems_come_before_what_is_open_and_that_before_what_is_supported() -> None:
    places = [
        next(place for place, looks in enumerate(READ_FIRST) if one.look in looks)
        for one in claim_views(REPORT, "risk")
    ]

    assert places == sorted(places)
    assert len(set(places)) > 2


def test_among_its_like_the_least_supported_claim_comes_first() -> None:
    found = [one for one in claim_views(REPORT, "risk") if one.probabilities and not one.remarks]
    for looks in READ_FIRST:
        supported = [one.probabilities.supported for one in found if one.look in looks and one.probabilities]
        assert supported == sorted(supported)


def test_an_open_claim_that_stands_before_likelier_ones_says_why() -> None:
    opened = [one for one in claim_views(REPORT, "risk") if one.look in OPEN and one.probabilities]

    lifted = [one for one in opened if one.check.findings]

    assert lifted
    assert all("differ" in one.words or GOES_ON in one.words for one in lifted)


def test_the_words_of_an_edit_are_a_pair_where_no_finding_has_them() -> None:
    check, text = REPORT.checks[2], REPORT.summary.text  # not in source, without a finding
    source = REPORT.documents[0].text
    start, there = text.index("Volcanoes"), source.index("Hail")
    hail = Evidence(document="d1", span=Span(start=there, end=there + 4), quote="Hail")
    edit = Edit(
        claim=check.claim.id, kind=EditKind.SWAP, span=Span(start=start, end=start + 9), before="Volcanoes", after="Hail",
        reason="the source says “Hail”", evidence=(hail,),
    )  # fmt: skip
    mended = REPORT.model_copy(update={"repair": Repair(edits=(edit,), text=edited(text, (edit,)))})

    one = claim_views(mended)[2]

    assert one.remark_lines == ["wording: the claim says “Volcanoes”, the source says “Hail”"]
    assert one.remarks[0].span.of(one.text) == "Volcanoes"
    assert claim_views(mended)[1].remarks == claim_views(REPORT)[1].remarks


def test_a_claim_keeps_its_number_and_none_is_lost() -> None:
    by_text, by_risk = claim_views(REPORT), claim_views(REPORT, "risk")

    assert [one.number for one in by_text] == list(range(1, len(by_text) + 1))
    assert by_text != by_risk
    assert sorted(by_text, key=lambda one: one.number) == sorted(by_risk, key=lambda one: one.number)


def test_every_format_that_takes_the_order_keeps_it() -> None:
    wanted = [one.id for one in claim_views(REPORT, "risk")]

    assert [json.loads(line)["claim"] for line in render(REPORT, "jsonl", sort="risk").splitlines()] == wanted
    assert [
        row["claim"] for row in csv.DictReader(render(REPORT, "csv", sort="risk").splitlines(keepends=True))
    ] == wanted
    numbers = [one.number for one in claim_views(REPORT, "risk")]
    for form in ("text", "markdown"):
        text = render(REPORT, form, sort="risk")
        heads = [text.index(f"**{one.number}.** {one.look.sign}" if form == "markdown" else f"{one.look.sign} {one.number}. ")
                 for one in claim_views(REPORT, "risk")]  # fmt: skip
        assert heads == sorted(heads), f"{form}: {numbers}"


@pytest.mark.parametrize(("form", "kept"), [("csv", True), ("html", True), ("json", False), ("sarif", False)])
def test_an_order_that_no_format_of_the_run_keeps_is_refused(
    form: str, kept: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "article.txt").write_text("The mayor resigned on Monday. Snow fell on two roads.", encoding="utf-8")
    (tmp_path / "summary.txt").write_text("Snow fell on two roads.", encoding="utf-8")
    asked = ["check", "summary.txt", "-s", "article.txt", "-q", "--sort", "risk", "--format", form]

    done = CliRunner().invoke(command, asked)

    refused = isinstance(done.exception, UsageError)
    assert (refused, bool(done.stdout)) == (not kept, kept)
    assert kept or str(done.exception) == "--sort risk: only text, markdown, html, csv, jsonl can be sorted"
