"""Answers of another system are scored like those of a judge of ours."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from summarizer.errors import CaseError
from summarizer.evaluation.answers import Answer, read_answers, score_rows, score_suite
from summarizer.evaluation.benchmarks import Row
from summarizer.evaluation.compare import compare
from summarizer.evaluation.scorecard import load_card
from summarizer.schema import Label
from tests.cli.calls import call
from tests.evaluation.conftest import ARTICLE, folder, suite_of

assert folder  # a fixture of that module


def answers(path: Path, *lines: dict[str, Any]) -> Path:
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


def test_a_label_a_score_or_both_are_an_answer(tmp_path: Path) -> None:
    path = answers(
        tmp_path / "a.jsonl",
        {"id": "a", "label": "contradicted", "score": 0.25},
        {"id": "b", "label": 1},
        {"id": "c", "label": "0"},
        {"id": "d", "score": 0.5},
        {"id": "e", "score": 0.4},
        {"id": "f", "label": "undecided"},
        {"id": "g", "label": "unchecked", "evidence": ["not read"]},
    )

    assert read_answers(path) == {
        "a": Answer("contradicted", 0.25),
        "b": Answer("supported", None, binary=True),
        "c": Answer("not_in_source", None, binary=True),
        "d": Answer("supported", 0.5, binary=True),
        "e": Answer("not_in_source", 0.4, binary=True),
        "f": Answer("undecided"),
        "g": Answer("unchecked"),
    }


def test_every_fault_is_named_at_once(tmp_path: Path) -> None:
    faulty: Sequence[dict[str, Any]] = (
        {"label": 1},
        {"id": "a"},
        {"id": "b", "label": "perhaps"},
        {"id": "c", "score": 1.5},
        {"id": "d", "label": 1},
        {"id": "d", "label": 1},
    )

    with pytest.raises(CaseError) as error:
        read_answers(answers(tmp_path / "a.jsonl", *faulty))

    places = [fault.split(": ")[-2:] for fault in str(error.value).split("; ")]
    assert [place for place, _ in places] == ["line 1", "line 2", "line 3", "line 4", "line 6"]
    with pytest.raises(CaseError, match="holds no predictions"):
        read_answers(answers(tmp_path / "b.jsonl"))


@pytest.mark.parametrize(("flagged", "right"), [("not_in_source", 0.5), (0, 1.0)])
def test_the_scores_of_a_data_set_go_by_as_many_classes_as_those_of_the_whole(flagged: str | int, right: float) -> None:
    """Both data sets have a claim that is contradicted, and it is called not in the source, or unsupported alone."""
    rows = [
        Row(f"{dataset}{claim}", dataset, ARTICLE, claim, label is Label.SUPPORTED, label)
        for dataset in ("ice", "snow")
        for claim, label in (("a", Label.SUPPORTED), ("b", Label.CONTRADICTED))
    ]
    given = {
        row.id: Answer("supported" if row.label else "not_in_source", binary=not (row.label or flagged)) for row in rows
    }

    card = score_rows(rows, given, Path("a.jsonl"), name="rows")

    whole = card.metric("selective_accuracy")
    assert whole is not None
    assert whole.value == right
    assert [one.metrics[1].value for one in card.datasets] == [right] * 3


def test_a_suite_is_scored_and_what_has_no_answer_is_unchecked() -> None:
    given = {"bay-1": Answer("supported", 0.9), "bay-2": Answer("supported", 0.7), "bay-3": Answer("undecided", 0.5)}

    card = score_suite(suite_of("bay"), given, Path("a.jsonl"))

    assert [one.predicted for one in card.results] == ["supported", "supported", "undecided", "unchecked"]
    false_support, three = card.metric("false_support"), card.metric("accuracy_three_way_all")
    assert false_support
    assert three
    assert (false_support.value, three.value) == (0.5, 0.25)
    assert card.run.judge.model == "a.jsonl"
    assert card.metric("extraction_recall") is None  # nothing was extracted, and that is no score of 0
    assert card.run.warnings == ("1 of 4 claims have no answer in a.jsonl and are unchecked",)


def test_an_answer_of_two_classes_is_scored_on_two() -> None:
    given = {f"bay-{number}": Answer("not_in_source", None, binary=True) for number in (1, 2, 3, 4)}

    card = score_suite(suite_of("bay"), given, Path("a.jsonl"))

    assert [(one.gold, one.right) for one in card.results] == [
        ("supported", False), ("unsupported", True), ("unsupported", True), ("supported", False),
    ]  # fmt: skip
    assert card.run.warnings == (
        "4 of 4 answers say no more than supported or unsupported; every claim is scored on two classes, "
        "and what needs all three labels is not measurable",
    )


@pytest.mark.parametrize(
    "said", [(1, 1, 0, 1), (0.9, 0.8, 0.1, 0.7), (1, 1, 1, 1)], ids=["labels", "scores", "no flag"]
)
def test_what_answers_of_two_classes_miss_is_measured_on_two_classes_too(
    said: tuple[float, ...], tmp_path: Path
) -> None:
    field = "score" if 0.9 in said else "label"
    lines = [{"id": f"bay-{number}", field: one} for number, one in enumerate(said, 1)]

    card = score_suite(suite_of("bay"), read_answers(answers(tmp_path / "a.jsonl", *lines)), Path("a.jsonl"))

    assert [one.gold for one in card.results] == ["supported", "unsupported", "unsupported", "supported"]
    found = {one.name: one.value for one in card.metrics}
    assert found["false_support"] == (1.0 if said == (1, 1, 1, 1) else 0.5)
    assert found["precision/supported"] == pytest.approx(2 / 4 if said == (1, 1, 1, 1) else 2 / 3)
    for name in ("macro_f1", "precision/*", "recall/*", "f1/*"):
        for label in ("contradicted", "not_in_source") if "*" in name else ("",):
            assert found[name.replace("*", label)] is None, name


def test_answers_that_tell_all_three_labels_are_measured_on_three() -> None:
    labels = ("supported", "contradicted", "not_in_source", "supported")
    given = {f"bay-{number}": Answer(label, binary=label == "supported") for number, label in enumerate(labels, 1)}  # type: ignore[arg-type]

    card = score_suite(suite_of("bay"), given, Path("a.jsonl"))

    assert card.run.warnings == ()
    found = {one.name: one.value for one in card.metrics}
    assert (found["macro_f1"], found["recall/contradicted"], found["precision/not_in_source"]) == (1.0, 1.0, 1.0)


@pytest.mark.parametrize(("bar", "status"), [("unanswered", 3), ("false_support", 1)])
def test_claims_without_an_answer_end_with_the_status_of_a_run_that_has_no_answer(
    bar: str, status: int, folder: Path
) -> None:
    answers(folder / "a.jsonl", {"id": "bay-2", "label": "supported"})
    suite = ("--suite", folder, "--predictions-in", "a.jsonl")
    call("eval", *suite, "--format", "json", "-o", "card.json", cwd=folder)
    facts = load_card(folder / "card.json").suite
    (folder / "gate.toml").write_text(
        f'fewest = 1\n[suite]\nsha256 = "{facts.sha256}"\ncases = 2\nclaims = 8\n[ceiling]\n{bar} = '
        f"{1.0 if status == 3 else 0.0}\n",
        encoding="utf-8",
    )

    alone = call("eval", *suite, cwd=folder)
    held = call("eval", *suite, "--gate", "gate.toml", cwd=folder)

    assert (alone.status, held.status) == (3, status)
    assert "7 of 8 claims have no answer in a.jsonl and are unchecked" in alone.stderr


def test_a_system_of_two_classes_is_compared_with_one_of_three() -> None:
    suite = suite_of("bay", "cove")
    ids = [one.id for one in suite.claims()]
    right = {name: Answer(str(one.label)) for name, one in zip(ids, suite.claims(), strict=True)}  # type: ignore[arg-type]
    binary = {name: Answer("not_in_source", None, binary=True) for name in ids}

    found = compare(score_suite(suite, right, Path("a")), score_suite(suite, binary, Path("b")))

    assert (found.claims, found.only_first, found.only_second) == (8, 4, 0)
    assert found.warnings == ("4 claims are compared on two classes: one run says no more than unsupported there",)


def test_answers_to_other_claims_are_refused() -> None:
    with pytest.raises(CaseError, match="1 answers are for claims that are not scored here, such as 'cove-1'"):
        score_suite(suite_of("bay"), {"cove-1": Answer("supported")}, Path("a.jsonl"))


def test_what_is_written_of_a_suite_is_read_and_scored_the_same(folder: Path) -> None:
    form = ("--suite", folder, "--format", "json", "-o")

    made = call("eval", *form, "made.json", "--repeat", "2", "--predictions", "p.jsonl", cwd=folder)
    read = call("eval", *form, "read.json", "--predictions-in", "p.jsonl", cwd=folder)
    no_place = call("eval", *form, "made.json", "--predictions", "none/p.jsonl", cwd=folder)

    assert (made.status, read.status, no_place.status) == (0, 0, 2)
    assert no_place.stderr.endswith("none: no such directory; make it first\n")
    lines = [json.loads(line) for line in (folder / "p.jsonl").read_text(encoding="utf-8").splitlines()]
    cards = [load_card(folder / name) for name in ("made.json", "read.json")]
    assert [line["id"] for line in lines] == [one.claim for one in cards[0].results]
    assert {line["dataset"] for line in lines} == {cards[0].suite.name}
    assert {line["cost_usd"] for line in lines} == {0.0}
    assert [line["gold"] for line in lines] == [one.gold for one in cards[0].results]
    assert [tuple(line["evidence"]) for line in lines] == [one.quotes for one in cards[0].results]
    assert set(lines[0]["probabilities"]) == {"supported", "contradicted", "not_in_source"}
    assert [one.predicted for one in cards[0].results] == [one.predicted for one in cards[1].results]
    assert cards[0].metric("auroc") == cards[1].metric("auroc")


def test_what_is_written_is_read_and_scored_the_same(tmp_path: Path) -> None:
    rows = [
        {"id": f"{n}-{label}", "document": f"{ARTICLE} {n}.", "claim": claim, "label": label, "dataset": "d"}
        for n in range(3)
        for claim, label in (("Snow fell on the hills in the night.", 1), ("Volcanoes erupted in Iceland.", 0))
    ]
    answers(tmp_path / "rows.jsonl", *rows)
    json_card = ("--format", "json", "-o")

    made = call(
        "eval", "--jsonl", "rows.jsonl", "--judge", "lexical", "--decide", "--predictions", "p.jsonl", *json_card,
        "made.json", cwd=tmp_path,
    )  # fmt: skip
    read = call("eval", "--jsonl", "rows.jsonl", "--predictions-in", "p.jsonl", *json_card, "read.json", cwd=tmp_path)

    assert (made.status, read.status, read.stderr) == (0, 0, "")
    first = json.loads((tmp_path / "p.jsonl").read_text(encoding="utf-8").splitlines()[0])
    assert (first["id"], first["dataset"], first["gold"], first["label"]) == ("0-1", "d", "supported", "supported")
    assert first["evidence"][0] in ARTICLE
    assert first["probabilities"]["supported"] == first["score"]
    assert first["cost_usd"] == 0.0
    cards = [load_card(tmp_path / name) for name in ("made.json", "read.json")]
    for name in ("balanced_accuracy", "false_support", "auroc", "ece"):
        assert cards[0].metric(name) == cards[1].metric(name), name
    assert cards[0].suite == cards[1].suite


@pytest.mark.parametrize(
    ("option", "refused"),
    [
        (("--judge", "lexical"), "--judge"),
        (("--repeat", "2"), "--repeat"),
        (("--coverage",), "--coverage"),
        (("--decide",), "--decide"),
    ],
)
def test_with_answers_of_another_system_nothing_is_judged(option: tuple[str, ...], refused: str, folder: Path) -> None:
    answers(folder / "a.jsonl", {"id": "bay-1", "label": 1})

    done = call("eval", "--suite", folder, "--predictions-in", "a.jsonl", *option, cwd=folder)

    assert (done.status, done.stdout) == (2, "")
    assert done.stderr == f"{refused}: with --predictions-in nothing is judged; leave it out\n"
