"""The options of `eval` together: rows and matrices are gated, written, repeated, split and limited like a suite."""

import json
import re
import time
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest

from summarizer.evaluation.metrics import ScoredRun, measure
from summarizer.evaluation.scorecard import RunFacts, Scorecard, SuiteFacts, load_card
from summarizer.schema import Label
from tests.cli.calls import Done, call
from tests.evaluation.conftest import ARTICLE, folder
from tests.evaluation.results import JUDGE, result
from tests.llm.conftest import server

assert folder  # a fixture of that module

LEXICAL = ("--judge", "lexical", "--decide")
CLAIMS = (("Snow fell on the hills in the night.", 1), ("Volcanoes erupted in Iceland.", 0))


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    """Six documents with two claims each; the first four are `dev`."""
    lines = [
        {"id": f"{n}-{label}", "document": f"{ARTICLE} {n}.", "claim": claim, "label": label, "split": split}
        for n, split in enumerate(("dev",) * 4 + ("test",) * 2)
        for claim, label in CLAIMS
    ]
    path = tmp_path / "rows.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


def scored(*arguments: str | Path, cwd: Path) -> Scorecard:
    done = call("eval", *LEXICAL, *arguments, "--format", "json", "-o", "card.json", cwd=cwd)
    assert done.status in (0, 1), done.stderr
    return load_card(cwd / "card.json")


def policy(card: Scorecard, path: Path, bars: str) -> Path:
    facts = card.suite
    pinned = f'fewest = 1\n[suite]\nsha256 = "{facts.sha256}"\ncases = {facts.cases}\nclaims = {facts.claims}\n'
    path.write_text(f"{pinned}{bars}", encoding="utf-8")
    return path


def failed_tests(junit: Path) -> int:
    return sum(case.find("failure") is not None for case in ET.parse(junit).iter("testcase"))  # noqa: S314 (our own)


def test_rows_are_split_limited_and_repeated(rows: Path, tmp_path: Path) -> None:
    card = scored("--jsonl", rows, "--split", "dev", "--limit", "3", "--repeat", "2", cwd=tmp_path)

    assert (card.suite.name, card.suite.cases, card.suite.claims) == ("rows.jsonl, dev, first 3", 3, 6)
    assert [one.claim for one in card.results] == ["0-1", "0-0", "1-1", "1-0", "2-1", "2-0"]
    assert (card.run.repeats, {one.split for one in card.results}) == (2, {"dev"})
    unchanged = card.metric("changed_outcomes")
    assert unchanged is None or unchanged.value == 0


def test_a_limit_counts_articles_and_not_the_files_or_rows_in_which_they_come(rows: Path, folder: Path) -> None:
    other = (folder / "cases" / "bay.json").read_text(encoding="utf-8").replace('"bay-', '"bay2-')
    (folder / "cases" / "bay2.json").write_text(other, encoding="utf-8")
    lines = rows.read_text(encoding="utf-8").splitlines(keepends=True)
    rows.write_text("".join([lines[0], lines[2], lines[1], lines[4], lines[3]]), encoding="utf-8")

    suite = scored("--suite", ".", "--limit", "1", cwd=folder)
    apart = scored("--jsonl", rows, "--limit", "2", cwd=folder)

    assert (suite.suite.cases, {one.case for one in suite.results}) == (2, {"bay", "bay2"})
    assert [one.claim for one in apart.results] == ["0-1", "0-0", "1-1"]


@pytest.mark.parametrize(
    "words", ["eval -o .", "eval --also json=.", "eval --predictions .", "check -s a.txt s.txt -o ."]
)
def test_a_directory_in_place_of_a_result_is_refused_before_anything_is_paid_for(words: str, folder: Path) -> None:
    (folder / "a.txt").write_text(ARTICLE, encoding="utf-8")
    (folder / "s.txt").write_text("Snow fell.", encoding="utf-8")
    with server() as at:
        model = ("--backend", "openai", "--model", "honest", "--base-url", at.base_url)
        suite = ("--suite", ".") if words.startswith("eval") else ()
        done = call(*words.split(), *suite, *model, cwd=folder)

    assert (done.status, done.stdout, at.log) == (2, "", [])
    assert done.stderr.splitlines()[-1] == ".: is a directory; name a file in it"


def test_the_time_of_a_call_is_shared_among_the_calls_of_every_repeat(rows: Path, tmp_path: Path) -> None:
    with server(base=0.2) as at:
        model = ("--backend", "openai", "--model", "honest", "--base-url", at.base_url, "--witness", "none")
        begun = time.monotonic()
        done = call(
            "eval", "-q", *model, "--jsonl", rows, "--limit", "1", "--repeat", "4", "--format", "json", cwd=tmp_path
        )
        took = time.monotonic() - begun

    run = Scorecard.model_validate_json(done.stdout).run
    assert run.seconds_per_call is not None
    assert len(at.log) == 4 * run.usage.calls
    assert len(at.log) * run.seconds_per_call <= took


def test_rows_are_held_to_a_policy_and_written_in_every_form(rows: Path, tmp_path: Path) -> None:
    card = scored("--jsonl", rows, cwd=tmp_path)
    bars = "[floor]\nbalanced_accuracy = 0.9\n[ceiling]\nfalse_support = { high = 0.0 }\n"
    gate = policy(card, tmp_path / "gate.toml", bars)

    held = scored("--jsonl", rows, "--gate", gate, "--also", "junit=j.xml", "--also", "markdown=m.md", cwd=tmp_path)

    assert {one.name: one.passed for one in held.bars if one.name != "suite"} == {
        "balanced_accuracy": True,
        "false_support": False,
    }
    assert failed_tests(tmp_path / "j.xml") == 1
    assert re.search(
        r"high end of the interval 0\.\d+, ceiling 0\.000.*❌", (tmp_path / "m.md").read_text(encoding="utf-8")
    )


def test_the_gate_decides_the_exit_status_of_rows(rows: Path, tmp_path: Path) -> None:
    card = scored("--jsonl", rows, cwd=tmp_path)

    def status(bars: str) -> int:
        gate = policy(card, tmp_path / "gate.toml", bars)
        return call("eval", *LEXICAL, "--jsonl", rows, "--gate", gate, cwd=tmp_path).status

    assert status("[floor]\nbalanced_accuracy = 0.9\n") == 0
    assert status("[ceiling]\nfalse_support = { high = 0.0 }\n") == 1


def test_of_several_files_each_claim_is_named_after_its_own(rows: Path, tmp_path: Path) -> None:
    (tmp_path / "more.jsonl").write_text(rows.read_text(encoding="utf-8"), encoding="utf-8")

    card = scored("--jsonl", rows, "--jsonl", "more.jsonl", "--limit", "1", cwd=tmp_path)

    assert card.suite.name == "rows.jsonl, more.jsonl, first 1"
    assert [one.claim for one in card.results] == ["rows.jsonl/0-1", "rows.jsonl/0-0"]


@pytest.fixture
def matrix(tmp_path: Path) -> Path:
    path = tmp_path / "matrix.toml"
    path.write_text('[[run]]\nname = "sure"\n[[run]]\nname = "all"\ndecide = true\n', encoding="utf-8")
    return path


def laid(*arguments: str | Path, cwd: Path) -> Done:
    return call("eval", "--judge", "lexical", *arguments, cwd=cwd)


def test_each_set_up_of_a_matrix_is_held_to_the_policy(folder: Path, matrix: Path) -> None:
    card = scored("--suite", folder, cwd=folder)
    gate = policy(card, folder / "gate.toml", "[ceiling]\nundecided_rate = 0.0\n")

    done = laid("--suite", folder, "--matrix", matrix, "--gate", gate, "--also", "junit=j.xml", cwd=folder)

    assert done.status == 1
    assert "summarizer: gate of sure: FAILED undecided_rate: " in done.stderr
    assert "summarizer: gate of all passed: 5 of 5 bars met" in done.stderr
    assert failed_tests(folder / "j.xml") == 1


def test_a_matrix_is_split_limited_repeated_and_written_to_a_file(folder: Path, matrix: Path) -> None:
    options = ("--split", "dev", "--limit", "1", "--repeat", "2", "--format", "json", "-o", "m.json")

    done = laid("--suite", folder, "--matrix", matrix, *options, cwd=folder)

    assert (done.status, done.stdout) == (0, "")
    found = json.loads((folder / "m.json").read_text(encoding="utf-8"))
    assert [one["name"] for one in found] == ["sure", "all"]
    assert [(one["scorecard"]["suite"]["cases"], one["scorecard"]["run"]["repeats"]) for one in found] == [
        (1, 2),
        (1, 2),
    ]


def test_a_matrix_of_rows_says_what_runs_before_it_runs(rows: Path, matrix: Path, tmp_path: Path) -> None:
    done = laid("--jsonl", rows, "--matrix", matrix, cwd=tmp_path)

    assert done.status == 0
    assert [line.split(":")[1] for line in done.stderr.splitlines()] == [" sure", " all"]
    assert laid("--jsonl", rows, "--matrix", matrix, "-q", cwd=tmp_path).stderr == ""


def test_an_option_that_every_set_up_names_is_refused_and_where_some_do_the_others_take_it(folder: Path) -> None:
    every = '[[run]]\nname = "a"\njudge = "nli"\ndecide = true\n[[run]]\nname = "b"\njudge = "nli"\ndecide = false\n'
    (folder / "every.toml").write_text(every, encoding="utf-8")
    (folder / "one.toml").write_text('[[run]]\nname = "a"\njudge = "nli"\n[[run]]\nname = "b"\n', encoding="utf-8")

    refused = call("eval", "--suite", folder, "--matrix", "every.toml", "--judge", "lexical", "--decide", cwd=folder)
    taken = laid("--suite", folder, "--matrix", "one.toml", "--format", "json", cwd=folder)

    assert (refused.status, refused.stdout) == (2, "")
    assert refused.stderr == (
        "--judge, --decide: every set-up of the matrix names its own; leave it out here or there\n"
    )
    judges = [one["scorecard"]["run"]["judge"]["name"] for one in json.loads(taken.stdout)]
    assert judges == ["nli", "lexical"]


def test_an_option_that_no_other_set_up_has_a_use_for_is_refused(folder: Path) -> None:
    asked = '[[run]]\nname = "a"\nmodel = "m"\nbase_url = "http://127.0.0.1:9/v1"\ntimeout = 3.0\n[[run]]\nname = "b"\n'
    (folder / "m.toml").write_text(asked, encoding="utf-8")

    done = call("eval", "--suite", folder, "--matrix", "m.toml", "--timeout", "5", cwd=folder)

    assert (done.status, done.stdout) == (2, "")
    assert "--timeout: nothing here asks a model" in done.stderr


@pytest.mark.parametrize("part", [["--matrix", "matrix.toml"], ["--split", "dev"], ["--limit", "1"]])
def test_a_part_of_a_project_says_that_its_policy_is_not_asked(part: list[str], folder: Path, matrix: Path) -> None:
    table = '[eval]\nsuite = "."\ngate = "gate.toml"\n'
    (folder / "summarizer.toml").write_text(table, encoding="utf-8")
    card = scored("--suite", folder, cwd=folder)
    policy(card, folder / "gate.toml", "[floor]\nbalanced_accuracy = 1.0\n")

    done = call("eval", "--judge", "lexical", *part, cwd=folder)
    quiet = call("eval", "--judge", "lexical", *part, "-q", cwd=folder)
    named = call("eval", "--judge", "lexical", *part, "--gate", "gate.toml", cwd=folder)

    line = f"summarizer: the policy of summarizer.toml is not asked with {part[0]}: "
    assert (done.status, done.stderr.count(line)) == (0, 1)
    assert (quiet.status, quiet.stderr) == (0, "")
    assert (named.status, named.stderr.count(line)) == (1, 0)
    assert matrix.exists()


def test_a_fault_in_the_last_set_up_costs_no_run(folder: Path) -> None:
    (folder / "m.toml").write_text('[[run]]\nname = "a"\n[[run]]\nname = "b"\njudge = "nobody"\n', encoding="utf-8")

    done = call("eval", "--suite", folder, "--matrix", "m.toml", cwd=folder)

    assert (done.status, done.stdout) == (2, "")
    assert done.stderr.startswith("no judge is called 'nobody'")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--matrix", "matrix.toml", "--timeout", "3"], "--timeout: no set-up of the matrix asks a model"),
        (["--matrix", "matrix.toml", "--max-cost", "3"], "--max-cost: no set-up of the matrix asks a model"),
        (["--matrix", "matrix.toml", "--format", "junit-claims"], "--matrix cannot be written as junit-claims"),
        (["--matrix", "matrix.toml", "--gate", "/nonexistent.toml"], "nonexistent.toml: No such file"),
        (["--gate", "/nonexistent.toml"], "nonexistent.toml: No such file"),
        (["--writer", "extractive"], "--writer: only --coverage has summaries written"),
        (
            ["--claims", "sentence", "--model", "m", "--base-url", "http://127.0.0.1:9/v1"],
            "--model: nothing here asks a model",
        ),
        (["--timeout", "3"], "--timeout: nothing here asks a model"),
        (["--max-tokens", "300"], "--max-tokens: nothing here asks a model"),
        (["--cite", "sentences"], "--cite: the nli judge asks no model"),
        (["--cite", "sentences", "--claims-per-call", "3", "--model", "m"], "--claims-per-call: --cite sentences asks"),
    ],
)
def test_an_option_that_has_no_use_is_refused(arguments: list[str], words: str, folder: Path, matrix: Path) -> None:
    judge = () if "--cite" in arguments else ("--judge", "lexical")

    done = call("eval", "--suite", folder, *judge, *arguments, cwd=folder, env={"OPENAI_API_KEY": "k"})

    assert (done.status, done.stdout) == (2, "")
    assert words in done.stderr
    assert done.stderr.count("\n") == 1
    assert matrix.exists()


def test_a_missing_policy_is_an_error_for_rows_too(rows: Path, tmp_path: Path) -> None:
    done = call("eval", "--jsonl", rows, "--gate", "/nonexistent.toml", cwd=tmp_path)

    assert (done.status, done.stdout) == (2, "")
    assert "nonexistent.toml: No such file" in done.stderr


def test_a_policy_from_a_run_is_met_by_that_run_and_never_overwritten(folder: Path) -> None:
    scored("--suite", folder, cwd=folder)

    made = call("eval", "pin", "card.json", "gate.toml", "--init", cwd=folder)
    met = call("eval", *LEXICAL, "--suite", folder, "--gate", "gate.toml", cwd=folder)
    again = call("eval", "pin", "card.json", "gate.toml", "--init", cwd=folder)
    both = call("eval", "pin", "card.json", "other.toml", "--init", "--allow-regression", cwd=folder)

    assert (made.status, made.stderr) == (0, "summarizer: wrote gate.toml\n")
    assert (met.status, again.status, both.status) == (0, 2, 2)
    assert "already exists; leave out --init to pin it again" in again.stderr
    assert "--init and --allow-regression do not go together" in both.stderr
    assert not (folder / "other.toml").exists()


def card_of(*said: tuple[int, Label, Label]) -> Scorecard:
    results = tuple(result(*one) for one in said)
    facts: dict[str, Any] = {"version": "1", **JUDGE}
    return Scorecard(
        suite=SuiteFacts(name="a suite", sha256="0" * 64, cases=20, claims=len(results)),
        run=RunFacts.model_validate(facts),
        metrics=measure(ScoredRun(results=results, reports=[], rounds=[results])),
        results=results,
    )


def test_compare_takes_margins_and_the_deciding_score_from_a_policy(tmp_path: Path) -> None:
    # In each of twenty articles the second run wins one claim of ten and wrongly supports another.
    yes, no = Label.SUPPORTED, Label.NOT_IN_SOURCE
    before = [(n, yes if n % 10 < 8 else no, no if n % 10 in (0, 1) else yes if n % 10 < 8 else no) for n in range(200)]
    after = [(n, gold, yes if n % 10 < 9 else said) for n, gold, said in before]
    for name, said in (("before.json", before), ("after.json", after)):
        (tmp_path / name).write_text(card_of(*said).model_dump_json(), encoding="utf-8")
    policy(
        card_of(*before), tmp_path / "lax.toml", "[ceiling]\nfalse_support = 1\n[compare.margin]\nfalse_support = 1\n"
    )

    usual = call("eval", "compare", "before.json", "after.json", cwd=tmp_path)
    lax = call("eval", "compare", "before.json", "after.json", "--policy", "lax.toml", cwd=tmp_path)
    missing = call("eval", "compare", "before.json", "after.json", "--policy", "nowhere.toml", cwd=tmp_path)

    assert (usual.status, usual.stdout.splitlines()[0]) == (1, "after.json compared with before.json: worse")
    assert (lax.status, lax.stdout.splitlines()[0]) == (0, "after.json compared with before.json: better")
    assert (missing.status, missing.stdout) == (2, "")
