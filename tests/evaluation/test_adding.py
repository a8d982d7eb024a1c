"""A claim of a report becomes a labelled claim of a suite, or nothing is written."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from summarizer.api import check
from summarizer.components import assemble
from summarizer.errors import CaseError, InputError
from summarizer.evaluation.adding import add, add_labels, labels_in
from summarizer.evaluation.case_files import load_suite
from summarizer.output import write_whole
from summarizer.report import render
from summarizer.schema import Document, Report
from summarizer.settings import resolve
from tests.cli.calls import call

ARTICLE = "Snow fell on two roads. The library will not close. The ferry costs 40 crowns."
LEXICAL = assemble(resolve({"judge": "lexical"}))


def report_on(article: str = ARTICLE, name: str = "../Harbour news.txt") -> Report:
    document = Document.of(article, id="d1", name=name)
    return check("Snow fell on two roads. The ferry costs 60 crowns.", document, backend=LEXICAL)


def added(suite: Path, claim: str, label: str, report: Any = None, **more: Any) -> Path:
    return add(report or report_on(), claim, {"label": label, **more}, suite, write_whole).table


def rows(table: Path) -> list[dict[str, str]]:
    with table.open(encoding="utf-8", newline="") as file:
        return [*csv.DictReader(file)]


def test_article_and_claim_are_in_the_suite_afterwards(tmp_path: Path) -> None:
    added(tmp_path, "c1", "supported", evidence="Snow fell on two roads.")
    table = added(tmp_path, "c2", "contradicted", error="number", note="60 for 40")

    (case,) = load_suite(tmp_path).cases
    assert (table.name, case.document.text) == ("Harbour-news.csv", ARTICLE)
    assert [(one.text, one.label, one.error, one.note) for one in case.claims()] == [
        ("Snow fell on two roads.", "supported", None, ""),
        ("The ferry costs 60 crowns.", "contradicted", "number", "60 for 40"),
    ]


def test_a_claim_is_added_once_and_never_under_two_labels(tmp_path: Path) -> None:
    table = added(tmp_path, "c2", "contradicted")
    before = table.read_bytes()

    assert add(report_on(), "c2", {"label": "contradicted"}, tmp_path, write_whole).new == 0
    with pytest.raises(CaseError, match="has this claim under another label; change it there"):
        added(tmp_path, "c2", "supported")
    assert table.read_bytes() == before


def test_a_claim_gets_what_is_not_said_of_it_yet(tmp_path: Path) -> None:
    table = added(tmp_path, "c2", "contradicted", note="60 for 40")
    given = {"error": "number", "evidence": "The ferry costs 40 crowns.", "note": "60 for 40"}

    found = add(report_on(), "c2", {"label": "contradicted", **given}, tmp_path, write_whole)

    assert (found.new, found.completed) == (0, 1)
    assert rows(table) == [{"text": "The ferry costs 60 crowns.", "label": "contradicted", **given}]
    assert add(report_on(), "c2", {"label": "contradicted", **given}, tmp_path, write_whole) == (table, 0, 0)


@pytest.mark.parametrize(
    ("more", "column"),
    [({"error": "date"}, "error"), ({"note": "x"}, "note"), ({"evidence": "Snow fell on two roads."}, "evidence")],
)
def test_what_is_said_of_a_claim_otherwise_is_refused(more: dict[str, str], column: str, tmp_path: Path) -> None:
    said = {"error": "number", "note": "60 for 40", "evidence": "The ferry costs 40 crowns."}
    before = added(tmp_path, "c2", "contradicted", **said).read_bytes()

    with pytest.raises(CaseError, match=rf"Harbour-news\.csv: has this claim with another {column}; change it there"):
        added(tmp_path, "c2", "contradicted", **more)
    assert (tmp_path / "cases" / "Harbour-news.csv").read_bytes() == before


@pytest.mark.parametrize(("held", "label"), [("1", "supported"), ("TRUE", "supported"), ("0", "unsupported")])
def test_a_label_is_compared_by_what_it_means(held: str, label: str, tmp_path: Path) -> None:
    table = added(tmp_path, "c1", label)
    table.write_text(f"text,label\nSnow fell on two roads.,{held}\n", encoding="utf-8")

    assert add(report_on(), "c1", {"label": label}, tmp_path, write_whole) == (table, 0, 0)
    with pytest.raises(CaseError, match="has this claim under another label"):
        added(tmp_path, "c1", "contradicted")


def test_a_table_of_a_spreadsheet_keeps_its_form(tmp_path: Path) -> None:
    table = added(tmp_path, "c1", "supported")
    table.write_bytes(b"\xef\xbb\xbflabel;text\r\n1;The library, they say, will not close.\r\n")

    added(tmp_path, "c2", "contradicted", error="number")

    assert table.read_bytes() == (
        b"\xef\xbb\xbflabel;text;error\r\n1;The library, they say, will not close.;\r\n"
        b"contradicted;The ferry costs 60 crowns.;number\r\n"
    )


def test_nothing_is_written_that_stands_against_another_case(tmp_path: Path) -> None:
    first = added(tmp_path, "c1", "supported")
    claims = [{"id": "harbour-1", "text": "The ferry costs 60 crowns.", "label": "not_in_source"}]
    file = {"article": "Harbour-news.txt", "claims": claims}
    (tmp_path / "cases" / "first.json").write_text(json.dumps(file), encoding="utf-8")
    (tmp_path / "cases" / "other.csv").write_text("text,label\nHail fell.,maybe\n", encoding="utf-8")
    before = first.read_bytes()

    with pytest.raises(
        CaseError, match=r"^first\.json: harbour-1: the same claim has two labels, the other in Harbour-ne"
    ):
        added(tmp_path, "c2", "contradicted")
    assert first.read_bytes() == before
    added(tmp_path, "c2", "not_in_source")  # what is wrong with another case is no reason to refuse


def test_the_split_of_a_new_article_is_asked_for_where_the_others_have_one(tmp_path: Path) -> None:
    added(tmp_path, "c1", "supported", split="dev")
    other = report_on(f"{ARTICLE} A storm hit the school.")

    with pytest.raises(
        CaseError, match=r"^Harbour-news-2\.csv: does not say of which split it is, .*; --split says it$"
    ):
        added(tmp_path, "c1", "supported", other)
    assert not (tmp_path / "articles" / "Harbour-news-2.txt").exists()
    added(tmp_path, "c1", "supported", other, split="test")
    added(tmp_path, "c2", "contradicted", other)  # of an article whose split is known

    assert [case.split for case in load_suite(tmp_path).cases] == ["test", "dev"]
    with pytest.raises(CaseError, match="the split is 'dev', and 'test' further up"):
        added(tmp_path, "c2", "contradicted", other, split="dev")


def test_no_split_is_said_where_the_others_have_none(tmp_path: Path) -> None:
    added(tmp_path, "c1", "supported")

    with pytest.raises(CaseError, match=r"no other case says of which split it is; leave out --split"):
        added(tmp_path, "c1", "supported", report_on(f"{ARTICLE} A storm hit the school."), split="dev")


def test_another_text_of_the_same_name_is_another_article(tmp_path: Path) -> None:
    added(tmp_path, "c1", "supported")
    added(tmp_path, "c1", "supported", report_on(f"{ARTICLE} A storm hit the school."))
    added(tmp_path, "c2", "unsupported")

    assert sorted(path.name for path in (tmp_path / "cases").iterdir()) == ["Harbour-news-2.csv", "Harbour-news.csv"]
    assert [row["label"] for row in rows(tmp_path / "cases" / "Harbour-news.csv")] == ["supported", "unsupported"]


def test_line_ends_make_no_other_article(tmp_path: Path) -> None:
    added(tmp_path, "c1", "supported", report_on(ARTICLE.replace(". ", ".\n")))
    report = report_on(ARTICLE.replace(". ", ".\r\n"))

    added(tmp_path, "c2", "contradicted", report, evidence="will not close.\r\nThe ferry costs 40 crowns.")

    (case,) = load_suite(tmp_path).cases
    assert [one.label for one in case.claims()] == ["supported", "contradicted"]


@pytest.mark.parametrize(
    ("claim", "more", "words"),
    [
        ("c9", {}, "the report has no claim 'c9'; there are c1, c2"),
        ("c2", {"evidence": "Hail fell."}, "evidence: these words are not in the article: 'Hail fell.'"),
        ("c2", {"error": "numbers"}, "error: "),
    ],
)
def test_what_would_break_the_case_is_not_written(claim: str, more: dict[str, str], words: str, tmp_path: Path) -> None:
    with pytest.raises((CaseError, InputError)) as error:
        added(tmp_path, claim, "contradicted", **more)

    assert words in str(error.value)
    assert [*tmp_path.iterdir()] == []


def test_a_case_in_another_form_is_left_alone(tmp_path: Path) -> None:
    added(tmp_path, "c1", "supported")
    (tmp_path / "cases" / "Harbour-news.csv").rename(tmp_path / "cases" / "Harbour-news.jsonl")

    with pytest.raises(CaseError, match="is the case of this article; add the claim there by hand"):
        added(tmp_path, "c2", "unsupported")


def saved(*claims: tuple[str, str, str], **more: Any) -> bytes:
    """What the page of a report saves for its reader."""
    labels = [
        {"id": f"c{at}", "text": text, "label": label, "note": note} for at, (text, label, note) in enumerate(claims, 1)
    ]
    file = {"format": "summarizer-labels-1", "article": {"name": "bay.txt", "text": ARTICLE}, "claims": labels}
    return json.dumps(file | more).encode()


def test_what_a_reader_saved_from_the_page_becomes_a_case(tmp_path: Path) -> None:
    snow, ferry = ("Snow fell on two roads.", "supported", ""), ("The ferry costs 60 crowns.", "contradicted", "40")
    file, more = labels_in(saved(snow), "x"), labels_in(saved(snow, ferry), "x")
    assert file
    assert more

    assert add_labels(file, tmp_path, write_whole).new == 1
    assert add_labels(more, tmp_path, write_whole).new == 1

    (case,) = load_suite(tmp_path).cases
    assert (case.id, case.document.text) == ("bay", ARTICLE)
    assert [(one.text, one.label, one.note) for one in case.claims()] == [snow, ferry]


def test_of_a_file_of_labels_all_or_nothing_is_added(tmp_path: Path) -> None:
    file = labels_in(saved(("Hail fell.", "supported", ""), ("Hail fell.", "contradicted", "")), "x")
    assert file

    with pytest.raises(CaseError, match="has this claim under another label"):
        add_labels(file, tmp_path, write_whole)

    assert [*tmp_path.iterdir()] == []


def test_a_report_is_no_file_of_labels_and_a_broken_one_is_named() -> None:
    assert labels_in(render(report_on(), "json").encode(), "x") is None
    assert labels_in(b"[", "x") is None
    with pytest.raises(InputError, match=r"x: is no file of labels: claims: Tuple should have at least 1 item"):
        labels_in(saved(), "x")
    with pytest.raises(InputError, match="x: is no file of labels: format: "):
        labels_in(saved(format="summarizer-labels-9"), "x")


def test_the_command_adds_to_the_suite_of_the_project(tmp_path: Path) -> None:
    call("init", cwd=tmp_path)
    (tmp_path / "report.json").write_text(render(report_on(), "json"), encoding="utf-8")

    done = call("eval", "add", "report.json", "--claim", "c2", "--label", "contradicted", "--quote", "", cwd=tmp_path)
    more = ("--claim", "c2", "--label", "contradicted", "--note", "40")
    again = [call("eval", "add", "report.json", *more, cwd=tmp_path).stderr for _ in range(2)]
    (tmp_path / "summarizer.toml").unlink()
    nowhere = call("eval", "add", "report.json", "--claim", "c2", "--label", "contradicted", cwd=tmp_path)
    (tmp_path / "labels.json").write_bytes(saved(("Snow fell.", "supported", "")))
    labels = call("eval", "add", "labels.json", "--suite", "x", cwd=tmp_path)
    twice = call("eval", "add", "labels.json", "--suite", "x", "--note", "y", cwd=tmp_path)
    (tmp_path / "labels.json").write_bytes(
        saved(("Snow fell.", "supported", "So."), ("Hail fell.", "not_in_source", ""))
    )
    mixed = call("eval", "add", "labels.json", "--suite", "x", cwd=tmp_path)
    bare = call("eval", "add", "report.json", "--suite", "x", "--claim", "c1", cwd=tmp_path)
    (tmp_path / "report.json").write_text(json.dumps({}), encoding="utf-8")
    broken = call("eval", "add", "report.json", "--claim", "c2", "--label", "supported", "--suite", "x", cwd=tmp_path)

    assert (done.status, done.stderr) == (0, "summarizer: c2 added to evals/cases/Harbour-news.csv\n")
    assert (nowhere.status, nowhere.stderr) == (
        2,
        "name the suite with --suite, or under [eval] in summarizer.toml\n",
    )
    assert (broken.status, "is no report of this version" in broken.stderr) == (2, True)
    assert (labels.status, labels.stderr) == (0, "summarizer: c1 added to x/cases/bay.csv\n")
    assert again == [
        f"summarizer: c2 {what} in evals/cases/Harbour-news.csv\n" for what in ("completed", "is there already")
    ]
    assert mixed.stderr == "summarizer: c1, c2 are in x/cases/bay.csv: 1 new, 1 completed, 0 there already\n"
    assert (twice.status, twice.stderr) == (2, "--note: labels.json has the labels of its reader; leave it out\n")
    assert (bare.status, bare.stderr.partition(":")[0]) == (2, "a report needs --claim and --label")
