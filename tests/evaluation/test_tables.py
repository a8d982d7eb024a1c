"""A table of claims is a case: a text and a label are enough, and everything else is used where it is given."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from summarizer.components import assemble
from summarizer.errors import CaseError
from summarizer.evaluation.case_files import load_suite
from summarizer.evaluation.run import evaluate
from summarizer.settings import resolve
from tests.evaluation.conftest import ARTICLE

SNOW = "Snow fell on the hills in the night and shut two roads."
BARE = [{"text": SNOW, "label": "1"}, {"text": "Volcanoes erupted in Iceland.", "label": "0"}]


def table(folder: Path, name: str, *claims: dict[str, Any], article: str = ARTICLE) -> Path:
    """A suite with one table of claims, in the form that the ending of its name says."""
    for part in ("articles", "cases"):
        (folder / part).mkdir(exist_ok=True)
    path = folder / "cases" / name
    (folder / "articles" / f"{path.stem}.txt").write_text(article, encoding="utf-8")
    if path.suffix.lower() in (".csv", ".tsv"):
        with path.open("w", encoding="utf-8", newline="") as file:
            columns = [*dict.fromkeys(key for one in claims for key in one)]
            writer = csv.DictWriter(file, columns, delimiter="," if path.suffix.lower() == ".csv" else "\t")
            writer.writeheader()
            writer.writerows(claims)
    elif path.suffix == ".parquet":
        import pyarrow
        from pyarrow import parquet

        write_table: Any = parquet.write_table
        write_table(pyarrow.Table.from_pylist([*claims]), path)
    else:
        path.write_text("".join(json.dumps(one) + "\n" for one in claims), encoding="utf-8")
    return folder


@pytest.mark.parametrize("ending", ["csv", "CSV", "tsv", "jsonl", "parquet"])
def test_a_text_and_a_label_are_enough_in_every_form(ending: str, tmp_path: Path) -> None:
    suite = load_suite(table(tmp_path, f"bay.{ending}", *BARE))

    assert [(one.id, one.text, one.label, one.difficulty) for one in suite.claims()] == [
        ("bay-1", SNOW, "supported", None),
        ("bay-2", "Volcanoes erupted in Iceland.", "unsupported", None),
    ]


@pytest.mark.parametrize("name", ["cove.xlsx", "cove.csv.gz", "cove.csv.orig", "cove.txt", "cove"])
def test_a_file_that_would_be_left_out_is_a_fault(name: str, tmp_path: Path) -> None:
    (table(tmp_path, "bay.csv", {**BARE[0], "label": "maybe"}) / "cases" / name).write_text("x", encoding="utf-8")

    with pytest.raises(CaseError) as error:
        load_suite(tmp_path)

    first, second = str(error.value).split("; ")
    ends = ".json, .csv, .tsv, .jsonl, .ndjson, .parquet"
    assert first == f"{name}: ends in none of {ends}: rename it, or move it out of cases"
    assert second.startswith("bay.csv: line 2: the label 'maybe' is none of")


@pytest.mark.parametrize("name", ["README", "readme.txt", "notes.MD", ".gitkeep", ".#bay.csv", "bay.csv~", "Thumbs.db"])
def test_notes_and_hidden_files_are_no_cases(name: str, tmp_path: Path) -> None:
    (table(tmp_path, "bay.csv", *BARE) / "cases" / name).write_text("x", encoding="utf-8")

    assert [case.name for case in load_suite(tmp_path).cases] == ["bay.csv"]


def test_a_suite_of_labels_is_scored(tmp_path: Path) -> None:
    suite = load_suite(table(tmp_path, "bay.csv", *BARE))

    card = evaluate(suite, assemble(resolve({"judge": "lexical", "decide": True})))

    metric = card.metric("balanced_accuracy")
    assert metric
    assert (metric.value, [one.gold for one in card.results]) == (1.0, ["supported", "unsupported"])
    absent = [card.metric(name) for name in ("evidence_precision", "recall_unsupported/number", "accuracy/medium")]
    assert all(one is None or one.value is None for one in absent)


def test_what_else_is_known_of_a_claim_is_used(tmp_path: Path) -> None:
    full = {
        "id": "mine",
        "text": "Mayor Ana Pell said 21 members had backed the new bridge.",
        "label": "contradicted",
        "error": "number",
        "evidence": "Mayor Ana Pell said 12 members had backed the new bridge.",
        "claim_words": "21",
        "source_words": "12",
        "difficulty": "easy",
        "note": "one digit turned",
        "split": "test",
        "kind": "council",
        "writer": "model",
    }
    parts = json.dumps(["Snow fell on the hills", "shut two roads"])

    suite = load_suite(table(tmp_path, "bay.csv", full, {"text": SNOW, "label": "supported", "evidence": parts}))

    (case,) = suite.cases
    first, second = case.claims()
    assert (first.id, first.error, first.difficulty, first.note) == ("mine", "number", "easy", "one digit turned")
    assert first.conflict
    assert (first.conflict.claim_words, first.conflict.source_words) == ("21", "12")
    assert (first.evidence, second.evidence) == (
        (("Mayor Ana Pell said 12 members had backed the new bridge.",),),
        (("Snow fell on the hills", "shut two roads"),),
    )
    assert (case.split, case.file.kind, case.file.summaries[0].writer) == ("test", "council", "model")


def test_every_fault_of_a_table_is_named_with_its_line(tmp_path: Path) -> None:
    faulty: list[dict[str, Any]] = [
        {"text": SNOW, "label": "maybe"},
        {"text": "", "label": "1"},
        {"text": SNOW, "label": ""},
        {"text": SNOW, "label": "1", "split": "dev"},
        {"text": SNOW, "label": "1", "split": "test"},
    ]

    with pytest.raises(CaseError) as error:
        load_suite(table(tmp_path, "bay.csv", *faulty))

    assert str(error.value).split("; ") == [
        "bay.csv: line 2: the label 'maybe' is none of 1, 0, true, false, supported, contradicted, not_in_source, unsupported",
        "line 3: the text is missing",
        "line 4: the label is missing",
        "line 6: the split is 'test', and 'dev' further up",
    ]


@pytest.mark.parametrize(
    ("claim", "fault"),
    [
        ({"text": SNOW, "label": "1", "lable": "1"}, "line 1: no column is called 'lable'; there are: "),
        ({"text": SNOW, "label": "1", "evidence": "Nowhere."}, "bay-1: evidence: these words are not in the article"),
        ({"text": SNOW, "label": "1", "evidence": " "}, "bay.jsonl: bay-1: evidence: has no words"),
        ({"text": SNOW, "label": "1", "evidence": '["Snow fell", "\\n"]'}, "bay-1: evidence: has no words"),
        ({"text": SNOW, "label": "1", "error": "number"}, "bay-1: a supported claim has neither error nor conflict"),
        ({"text": SNOW, "label": "0", "error": "numbers"}, "bay-1: error: "),
        ({"text": SNOW, "label": "1", "split": "train"}, "split: "),
        ({"text": SNOW, "label": "0", "claim_words": "two"}, "source_words: is missing"),
    ],
)
def test_what_is_wrong_is_named(claim: dict[str, Any], fault: str, tmp_path: Path) -> None:
    with pytest.raises(CaseError) as error:
        load_suite(table(tmp_path, "bay.jsonl", claim))

    assert str(error.value).startswith("bay.jsonl: ")
    assert fault in str(error.value)


def test_a_column_that_nobody_knows_is_named_once_for_all_rows(tmp_path: Path) -> None:
    with pytest.raises(CaseError) as error:
        load_suite(table(tmp_path, "bay.csv", *[{"text": SNOW, "label": "1", "Comment": "checked"}] * 300))

    assert str(error.value).startswith(
        "bay.csv: line 2, line 3, line 4, line 5, line 6 and 295 more: no column is called 'Comment'; there are: "
    )
    assert str(error.value).count("there are") == 1


def test_empty_rows_of_a_spreadsheet_are_no_claims(tmp_path: Path) -> None:
    folder = table(tmp_path, "bay.csv", *BARE)
    (folder / "cases" / "bay.csv").write_text(f"text,label\n,\n{SNOW},1\n,\n,\n", encoding="utf-8")

    assert [(one.id, one.text) for one in load_suite(folder).claims()] == [("bay-1", SNOW)]


@pytest.mark.parametrize("by", [";", "\t"])
def test_a_table_of_a_spreadsheet_may_part_its_columns_otherwise(by: str, tmp_path: Path) -> None:
    folder = table(tmp_path, "bay.csv", *BARE)
    written = f"\ufefftext{by}label\r\n{SNOW}{by}TRUE\r\nIce, they said.{by}FALSE\r\n"
    (folder / "cases" / "bay.csv").write_bytes(written.encode("utf-8"))

    assert [(one.text, one.label) for one in load_suite(folder).claims()] == [
        (SNOW, "supported"), ("Ice, they said.", "unsupported"),
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["", "text,label\n"])
def test_an_empty_table_is_named(text: str, tmp_path: Path) -> None:
    folder = table(tmp_path, "bay.csv", *BARE)
    (folder / "cases" / "bay.csv").write_text(text, encoding="utf-8")

    with pytest.raises(CaseError, match=r"bay\.csv: holds no claims; a table needs the columns text and label"):
        load_suite(folder)


def test_two_labels_of_one_claim_are_named_with_their_file(tmp_path: Path) -> None:
    twice = [{"text": SNOW, "label": "1"}, {"text": SNOW, "label": "0"}]

    with pytest.raises(CaseError, match=r"bay\.csv: bay-2: the same claim has two labels"):
        load_suite(table(tmp_path, "bay.csv", *twice))


def test_a_name_with_spaces_says_what_a_name_may_hold(tmp_path: Path) -> None:
    folder = table(tmp_path, "bay.csv", *BARE)
    for place in ("articles/bay.txt", "cases/bay.csv"):
        (folder / place).rename((folder / place).with_stem("the bay"))

    with pytest.raises(CaseError) as error:
        load_suite(folder)

    assert str(error.value) == (
        "the bay.csv: article: 'the bay.txt' is no name for it; "
        "rename it with letters, digits, hyphens and dots, and .txt at its end"
    )


def test_a_table_without_its_article_is_named(tmp_path: Path) -> None:
    (table(tmp_path, "bay.csv", *BARE) / "articles" / "bay.txt").unlink()

    with pytest.raises(CaseError, match=r"bay\.csv: article bay\.txt: No such file"):
        load_suite(tmp_path)


def test_the_digest_of_a_table_is_that_of_its_content_and_not_of_its_form(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()

    one = load_suite(table(tmp_path / "a", "bay.csv", *BARE))
    other = load_suite(table(tmp_path / "b", "bay.parquet", *BARE))

    assert one.sha256 == other.sha256
