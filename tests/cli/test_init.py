"""From nothing to a red job in three commands: `summarizer init`, `summarizer eval`, `summarizer eval pin`."""

import json
import re
import tomllib
from codecs import BOM_UTF8
from pathlib import Path

import pytest

from summarizer.evaluation.project import project_of
from tests.cli.calls import call

CARD = json.dumps(
    {
        "suite": {"name": "a suite", "sha256": "0" * 64, "cases": 1, "claims": 0},
        "run": {"version": "1", "extractor": {"name": "sentences"}, "judge": {"name": "lexical"}},
        "metrics": [],
        "results": [],
    }
)
"""The smallest scorecard."""
WRITTEN = [
    ".github/workflows/summarizer.yml",
    "evals/articles/example.txt",
    "evals/cases/example.csv",
    "evals/gate.toml",
    "summarizer.toml",
]


def files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


@pytest.fixture
def pinned(tmp_path: Path) -> Path:
    """A fresh folder after the three commands."""
    for words in (("init",), ("eval",), ("eval", "pin")):
        done = call(*words, cwd=tmp_path)
        assert done.status == 0, done
    return tmp_path


def test_three_commands_lead_from_an_empty_folder_to_a_job_that_can_turn_red(pinned: Path) -> None:
    (kept,) = (pinned / "evals" / "history").iterdir()
    assert re.fullmatch(r"0001-[0-9a-f]{8}\.json", kept.name)
    assert files(pinned) == sorted([*WRITTEN, "evals/card.json", f"evals/history/{kept.name}"])
    job = re.findall(r"- run: summarizer (.*)", (pinned / WRITTEN[0]).read_text(encoding="utf-8"))[0].split()

    green = call(*job, cwd=pinned)
    worse = call(*job, "--judge", "lexical", cwd=pinned)

    assert (green.status, worse.status) == (0, 1)
    assert "summarizer: gate passed: 10 of 10 bars met" in green.stderr
    assert "summarizer: gate: FAILED balanced_accuracy: 0.333, baseline 0.833" in worse.stderr
    assert {"eval.md", "eval.xml"} <= {*files(pinned)}


def test_a_run_that_misses_a_bar_leaves_the_scorecard_of_one_that_meets_it(pinned: Path) -> None:
    card, policy = pinned / "evals/card.json", pinned / "evals/gate.toml"
    before, held_to = card.read_bytes(), policy.read_bytes()

    worse = call("eval", "--judge", "lexical", "--format", "json", "-o", "worse.json", cwd=pinned)
    quiet = call("eval", "--judge", "lexical", "-q", cwd=pinned)
    compared = call("eval", "compare", "evals/card.json", "worse.json", cwd=pinned)
    pin = call("eval", "pin", cwd=pinned)

    line = "summarizer: evals/card.json stays as it is: it meets the policy, and this run does not; --format json -o FILE writes this one\n"
    assert (worse.status, quiet.status, worse.stderr.count(line), quiet.stderr.count(line)) == (1, 1, 1, 0)
    assert "three-way accuracy, all     83.3 ->  33.3  -50.0" in compared.stdout
    assert (pin.status, card.read_bytes(), policy.read_bytes()) == (0, before, held_to)
    assert call("eval", "pin", "worse.json", "evals/gate.toml", "--allow-regression", cwd=pinned).status == 0
    assert call("eval", "--judge", "lexical", cwd=pinned).status == 0  # the policy is that of this run now
    assert card.read_bytes() != before


def test_a_checkout_with_other_line_ends_meets_the_policy(pinned: Path) -> None:
    for path in pinned.rglob("*.*"):
        if path.is_file():
            path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))

    done = call("eval", cwd=pinned)

    assert (done.status, "gate passed: 10 of 10 bars met" in done.stderr) == (0, True)


def test_a_byte_order_mark_in_every_file_of_a_project_changes_nothing(pinned: Path) -> None:
    (pinned / "set-ups.toml").write_text('[[run]]\nname = "words"\njudge = "lexical"\n', encoding="utf-8")
    (pinned / "summary.txt").write_text("The ferry sails again from 14 May.", encoding="utf-8")
    source = ("check", "summary.txt", "--source", "evals/articles/example.txt")
    assert call(*source, "--format", "json", "-o", "report.json", cwd=pinned).status == 1
    for path in pinned.rglob("*.*"):
        if path.is_file():
            path.write_bytes(BOM_UTF8 + path.read_bytes())

    whole, history = call("eval", cwd=pinned), call("eval", "history", cwd=pinned)
    (pinned / "evals/card.json").write_bytes(BOM_UTF8 + (pinned / "evals/card.json").read_bytes())
    pin, matrix = call("eval", "pin", cwd=pinned), call("eval", "--matrix", "set-ups.toml", cwd=pinned)
    checked, shown = call(*source, cwd=pinned), call("show", "report.json", cwd=pinned)
    added = call("eval", "add", "report.json", "--claim", "c1", "--label", "contradicted", cwd=pinned)

    assert (whole.status, "gate passed: 10 of 10 bars met" in whole.stderr) == (0, True)
    assert [one.status for one in (history, pin, matrix, checked, shown, added)] == [0, 0, 0, 1, 0, 0]
    assert added.stderr == "summarizer: c1 added to evals/cases/example.csv\n"


def test_a_label_that_is_changed_or_a_case_that_is_added_turns_the_job_red_until_it_is_pinned(tmp_path: Path) -> None:
    pinned = tmp_path
    call("init", cwd=pinned)
    (pinned / "summarizer.toml").write_text(
        'judge = "lexical"\n[eval]\nsuite = "evals"\ngate = "evals/gate.toml"\ncard = "evals/card.json"\n',
        encoding="utf-8",
    )
    call("eval", cwd=pinned)
    call("eval", "pin", cwd=pinned)
    (pinned / "evals/articles/mine.txt").write_text("Snow fell on two roads. The school stays open.", encoding="utf-8")
    (pinned / "evals/cases/mine.csv").write_text("text,label\nSnow fell on two roads.,1\n", encoding="utf-8")

    red = call("eval", cwd=pinned)
    pin = call("eval", "pin", cwd=pinned)
    green = call("eval", cwd=pinned)

    assert (red.status, pin.status, green.status) == (1, 0, 0)
    assert "suite: 2 cases, 13 claims; pinned: 1 cases, 12 claims" in red.stderr
    assert "labels or inputs have changed" in red.stderr
    policy = tomllib.loads((pinned / "evals/gate.toml").read_text(encoding="utf-8"))
    assert (policy["suite"]["cases"], policy["suite"]["claims"]) == (2, 13)


def test_nothing_that_is_there_is_overwritten(tmp_path: Path) -> None:
    call("init", cwd=tmp_path)
    for name in WRITTEN:
        (tmp_path / name).write_text(f"mine: {name}" if name != "summarizer.toml" else 'judge = "nli"\n', "utf-8")

    again = call("init", cwd=tmp_path)

    assert again.status == 0
    assert (tmp_path / "evals/gate.toml").read_text(encoding="utf-8") == "mine: evals/gate.toml"
    assert files(tmp_path) == WRITTEN
    assert "kept evals/gate.toml, which is there already" in again.stderr
    assert 'names no suite; add to it:\n\n[eval]\nsuite = "evals"' in again.stderr


def test_own_cases_get_a_policy_and_no_example(tmp_path: Path) -> None:
    for name, text in (
        ("articles/mine.txt", "Snow fell on two roads."),
        ("cases/mine.csv", "text,label\nSnow fell.,1\n"),
    ):
        (tmp_path / "evals" / name).parent.mkdir(parents=True)
        (tmp_path / "evals" / name).write_text(text, encoding="utf-8")

    assert call("init", cwd=tmp_path).status == 0
    assert "evals/cases/example.csv" not in files(tmp_path)
    policy = tomllib.loads((tmp_path / "evals/gate.toml").read_text(encoding="utf-8"))
    assert policy["suite"]["claims"] == 1


def test_the_policy_of_the_project_says_how_runs_are_compared(pinned: Path) -> None:
    path = pinned / "evals" / "gate.toml"
    before = tomllib.loads(path.read_text(encoding="utf-8"))["compare"]
    path.write_text(
        path.read_text(encoding="utf-8").replace('"accuracy_three_way_all"', '"false_alarms"'), encoding="utf-8"
    )

    done = call("eval", "compare", "evals/card.json", "evals/card.json", "--format", "json", cwd=pinned)

    assert before == {"primary": "accuracy_three_way_all", "margin": {"false_support": 0.02}}
    assert (done.status, json.loads(done.stdout)["primary"]) == (0, "false_alarms")
    assert done.stderr == "summarizer: summarizer.toml: policy evals/gate.toml\n"


def test_a_policy_that_is_named_and_not_there_is_an_error_and_no_green_run(tmp_path: Path) -> None:
    call("init", cwd=tmp_path)
    (tmp_path / "evals/gate.toml").rename(tmp_path / "evals/gates.toml")
    words = (
        "summarizer.toml: eval.gate: evals/gate.toml is not there; correct the name, "
        "or leave it out and write one with `summarizer eval pin CARD POLICY --init`\n"
    )

    whole = call("eval", "--judge", "lexical", cwd=tmp_path)
    part = call("eval", "--judge", "lexical", "--limit", "1", "--format", "json", "-o", "part.json", cwd=tmp_path)
    compared = call("eval", "compare", "part.json", "part.json", cwd=tmp_path)
    by_hand = call("eval", "compare", "part.json", "part.json", "--policy", "evals/gates.toml", cwd=tmp_path)

    assert (whole.status, whole.stdout, whole.stderr) == (2, "", words)
    assert (compared.status, compared.stdout, compared.stderr) == (2, "", words)
    assert (part.status, by_hand.status) == (0, 0)


def test_it_may_be_another_folder(tmp_path: Path) -> None:
    assert call("init", "new/project", cwd=tmp_path).status == 0
    assert files(tmp_path / "new" / "project") == WRITTEN


def test_a_part_of_the_suite_is_held_to_no_policy_and_leaves_no_card(tmp_path: Path) -> None:
    call("init", cwd=tmp_path)

    done = call("eval", "--limit", "1", "--judge", "lexical", cwd=tmp_path)
    quiet = call("eval", "--limit", "1", "--judge", "lexical", "-q", cwd=tmp_path)

    assert done.stderr.splitlines()[0] == "summarizer: summarizer.toml: suite evals"
    assert (done.status, quiet.stderr, files(tmp_path)) == (0, "", WRITTEN)
    first = call("eval", "pin", cwd=tmp_path)
    assert (first.status, first.stderr) == (
        2,
        "evals/card.json: no run is there to be pinned; start one with `summarizer eval`\n",
    )


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ('suite = "../evals"', "eval.suite: '../evals' leaves this folder"),
        ('suite = "/etc"', "eval.suite: '/etc' leaves this folder"),
        ("suite = 3", "eval.suite: must be a path in this folder"),
        ('suit = "evals"', "eval.suit: no such key; there are suite, gate, card, history"),
        ('suite = "evals"\ncard = "README.md"', "eval.card: README.md: a scorecard is a .json file"),
        ('suite = "evals"\ncard = "package.json"', "eval.card: package.json: is there and no scorecard"),
        ('suite = "evals"\nhistory = "package.json"', "eval.history: package.json: is a file; name a folder"),
        ('suite = "evals"\nhistory = "runs"', "eval.history: runs/0007-0123abcd.json: is there and no scorecard"),
    ],
)
def test_a_project_file_reaches_no_other_file(table: str, words: str, tmp_path: Path) -> None:
    call("init", cwd=tmp_path)
    (tmp_path / "runs").mkdir()
    for place in ("package.json", "runs/0007-0123abcd.json"):
        (tmp_path / place).write_text("{}", encoding="utf-8")
    (tmp_path / "summarizer.toml").write_text(f"[eval]\n{table}\n", encoding="utf-8")

    done = call("eval", cwd=tmp_path)

    assert (done.status, done.stdout) == (2, "")
    assert words in done.stderr
    assert (tmp_path / "package.json").read_text(encoding="utf-8") == "{}"


def test_a_project_file_that_was_saved_with_a_byte_order_mark_names_its_suite(tmp_path: Path) -> None:
    (tmp_path / "summarizer.toml").write_text('[eval]\nsuite = "evals"\n', encoding="utf-8-sig")

    assert project_of(tmp_path).suite == Path("evals")


@pytest.mark.parametrize(
    ("command", "name"),
    [
        ("eval -o {}", "summarizer.toml"),
        ("eval --predictions {}", "evals/cases/example.csv"),
        ("eval --also markdown={}", "evals/articles/example.txt"),
        ("eval --limit 1 --predictions {}", "evals/gate.toml"),
        ("eval --suite evals -o {}", "evals/articles/../cases/example.csv"),
        ("eval -o {}", "evals/history/0001-00000000.json"),
        ("eval --suite evals --profile mine.toml -o {}", "mine.toml"),
        ("eval --suite evals --prompts prompts -o {}", "prompts/judge.md"),
        ("eval -o {}", "user/summarizer/config.toml"),
        ("eval calibrate --suite evals -o {}", "evals/cases/example.csv"),
        ("eval tune --suite evals -o {}", "summarizer.toml"),
        ("eval history -o {}", "evals/card.json"),
        ("eval history -o {}", "evals/history/0001-00000000.json"),
        ("eval history evals -o {}", "evals/gate.toml"),
        ("eval history evals/history -o {}", "summarizer.toml"),
    ],
)
def test_no_result_is_written_over_what_an_evaluation_reads(command: str, name: str, tmp_path: Path) -> None:
    call("init", cwd=tmp_path)
    for place in ("evals/card.json", "evals/history/0001-00000000.json", "mine.toml", "prompts/judge.md"):
        (tmp_path / place).parent.mkdir(exist_ok=True)
        (tmp_path / place).write_text(CARD if place.endswith(".json") else "", encoding="utf-8")
    (tmp_path / "user" / "summarizer").mkdir(parents=True)
    (tmp_path / "user" / "summarizer" / "config.toml").write_text('judge = "lexical"\n', encoding="utf-8")
    before = (tmp_path / name).read_bytes()

    done = call(*command.format(name).split(), cwd=tmp_path, env={"XDG_CONFIG_HOME": str(tmp_path / "user")})

    assert (done.status, done.stdout) == (2, "")
    assert done.stderr.splitlines()[-1] == f"{name}: is one of the inputs; write the result to another file"
    assert (tmp_path / name).read_bytes() == before


def test_card_and_policy_are_named_together(tmp_path: Path) -> None:
    done = call("eval", "pin", "card.json", cwd=tmp_path)

    assert done.status == 2
    assert done.stderr == "name CARD and POLICY, or neither where summarizer.toml has them under [eval]\n"
