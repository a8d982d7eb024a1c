"""`summarizer eval` as an engineer runs it: exit statuses, files, and what is said where."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from tests.cli import processes
from tests.evaluation.conftest import folder

assert folder  # a fixture of that module

EMBEDDED = {"SUMMARIZER_BACKEND": "embedded"}


def run(*arguments: str | Path, cwd: Path | None = None) -> "subprocess.CompletedProcess[str]":
    return processes.run("eval", *arguments, cwd=cwd)


def policy(tmp_path: Path, bars: str, digest: str, claims: int = 8) -> Path:
    path = tmp_path / "gate.toml"
    path.write_text(f'fewest = 2\n[suite]\nsha256 = "{digest}"\ncases = 2\nclaims = {claims}\n{bars}', encoding="utf-8")
    return path


def digest_of(folder: Path, tmp_path: Path) -> str:
    out = tmp_path / "card.json"
    assert run("--suite", folder, "-o", out).returncode == 0
    found: str = json.loads(out.read_text(encoding="utf-8"))["suite"]["sha256"]
    return found


def test_a_suite_of_ones_own_is_scored(folder: Path) -> None:
    done = run("--suite", folder)

    assert done.returncode == 0
    assert done.stdout.startswith(f"{folder.name}: 2 cases, 8 claims")
    assert "8 claims in" in done.stderr


def test_one_run_writes_every_form(folder: Path, tmp_path: Path) -> None:
    forms = {"json": "{", "markdown": "#", "junit": "<?xml", "html": "<!doctype html>"}
    also = [word for form in forms for word in ("--also", f"{form}={tmp_path / form}")]

    assert run("--suite", folder, "-q", *also).returncode == 0
    for form, start in forms.items():
        assert (tmp_path / form).read_text(encoding="utf-8").lstrip().lower().startswith(start)


def test_the_gate_decides_the_exit_status(folder: Path, tmp_path: Path) -> None:
    digest = digest_of(folder, tmp_path)
    met = run("--suite", folder, "--gate", policy(tmp_path, "[ceiling]\nfalse_support = 0.0\n", digest))
    missed = run("--suite", folder, "--gate", policy(tmp_path, "[floor]\nrecall_unsupported = { low = 0.9 }\n", digest))
    edited = run("--suite", folder, "--gate", policy(tmp_path, "[ceiling]\nfalse_support = 0.0\n", "0" * 64))

    assert (met.returncode, missed.returncode, edited.returncode) == (0, 1, 1)
    assert "gate passed: 5 of 5 bars met" in met.stderr
    assert "gate: FAILED recall_unsupported: " in missed.stderr
    assert "labels or inputs have changed" in edited.stderr


def test_a_scorecard_is_gated_pinned_and_compared_later(folder: Path, tmp_path: Path) -> None:
    digest = digest_of(folder, tmp_path)
    card = tmp_path / "card.json"
    held_to = policy(tmp_path, "[drop]\nfalse_support = 0.0\n[baseline]\nfalse_support = 0.5\n", digest)

    assert run("gate", card, held_to).returncode == 0
    assert run("pin", card, held_to).returncode == 0
    assert '"false_support" = 0.0' in held_to.read_text(encoding="utf-8")
    same = run("compare", card, card)
    assert same.returncode == 0
    assert same.stdout.startswith("card.json compared with card.json: inconclusive\n8 claims of 2 articles")


def test_rows_are_scored_and_predicted(tmp_path: Path) -> None:
    rows = tmp_path / "rows.jsonl"
    document = "Snow fell on the hills. The library will not close. Mayor Ana Pell spoke to 12 members on Monday."
    lines = [
        {"id": "a", "document": document, "claim": "Snow fell on the hills.", "label": 1},
        {"id": "b", "document": document, "claim": "Volcanoes erupted in Iceland.", "label": 0},
    ]
    rows.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")

    done = run("--jsonl", rows, "--predictions", tmp_path / "out.jsonl")

    assert done.returncode == 0
    found = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [(one["id"], one["label"]) for one in found] == [("a", "supported"), ("b", "not_in_source")]


def test_rows_without_a_label_are_told_and_nothing_is_scored_of_none_at_all(tmp_path: Path) -> None:
    document = "Snow fell on the hills. The library will not close. Mayor Ana Pell spoke to 12 members on Monday."
    labelled = {"id": "a", "document": document, "claim": "Snow fell on the hills.", "label": 1}
    slip = {"id": "b", "document": document, "claim": "Volcanoes erupted in Iceland.", "lable": 0}
    for name, lines in (("some", [labelled, slip]), ("none", [slip])):
        (tmp_path / f"{name}.jsonl").write_text("".join(json.dumps(one) + "\n" for one in lines), encoding="utf-8")
    (tmp_path / "theirs.jsonl").write_text('{"id": "b", "label": 0}\n', encoding="utf-8")

    some = run("--jsonl", "some.jsonl", cwd=tmp_path)
    none = run("--jsonl", "none.jsonl", cwd=tmp_path)
    theirs = [
        run("--jsonl", f"{name}.jsonl", "--predictions-in", "theirs.jsonl", cwd=tmp_path) for name in ("some", "none")
    ]
    written = run("--jsonl", "none.jsonl", "--predictions", "out.jsonl", cwd=tmp_path)

    words = "1 of 2 claims have no label and are in no score\n"
    assert (some.returncode, f"summarizer: warning: {words}" in some.stderr) == (0, True)
    assert (theirs[0].returncode, f"summarizer: {words}" in theirs[0].stderr) == (3, True)
    assert (none.returncode, theirs[1].returncode) == (2, 2)
    assert "none.jsonl: none of the 1 claims has a label, so that there is nothing to score" in none.stderr
    assert "none.jsonl: none of the 1 claims has a label, so that there is nothing to score" in theirs[1].stderr
    assert (written.returncode, (tmp_path / "out.jsonl").read_text(encoding="utf-8").count("\n")) == (0, 1)


def test_a_matrix_is_a_table_and_a_picture(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "matrix.toml"
    path.write_text('[[run]]\nname = "plain <b>"\n[[run]]\nname = "the same"\nbackend = "embedded"\n', encoding="utf-8")

    done = run("--suite", folder, "--matrix", path, "--also", f"html={tmp_path / 'm.html'}")

    assert done.returncode == 0
    assert re.search(r"^plain <b>\s+\d", done.stdout, re.MULTILINE)
    page = (tmp_path / "m.html").read_text(encoding="utf-8")
    assert "plain &lt;b&gt;" in page
    assert page.count("<circle") == 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--suite", "nowhere"], "nowhere: has no cases/*.json"),
        (["--gate", "nowhere.toml"], "nowhere.toml: No such file"),
        (["--also", "pdf=x"], "--also pdf=x: must be FORMAT=FILE"),
        (["--also", "json=x", "-o", "x"], "two formats would be written to one file"),
        (["--matrix", "nowhere.toml"], "nowhere.toml: No such file"),
        (["--jsonl", "nowhere.jsonl"], "nowhere.jsonl"),
        (["compare", "nowhere.json", "nowhere.json"], "nowhere.json: No such file"),
        (["--dry-run"], "--dry-run: not for eval"),
    ],
)
def test_wrong_usage_is_one_line_and_leaves_nothing(arguments: list[str], words: str, tmp_path: Path) -> None:
    done = run(*arguments, cwd=tmp_path)

    assert done.returncode == 2
    assert words in done.stderr
    assert done.stderr.count("\n") <= 1
    assert done.stdout == ""
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("option", ["-o", "--also"])
def test_no_scorecard_is_written_over_the_policy(option: str, folder: Path, tmp_path: Path) -> None:
    gate = policy(tmp_path, "", "0" * 64)
    before = gate.read_text(encoding="utf-8")

    done = run("--suite", folder, "--gate", gate, option, gate if option == "-o" else f"json={gate}")

    assert (done.returncode, done.stdout) == (2, "")
    assert "is one of the inputs" in done.stderr
    assert gate.read_text(encoding="utf-8") == before
