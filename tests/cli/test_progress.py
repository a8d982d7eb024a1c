"""Progress on standard error: a bar on a terminal, a line for each case in CI, nothing in a pipe."""

import re
from pathlib import Path

import pytest

from tests.characters import MODELS
from tests.cli.processes import run, run_on_terminal
from tests.evaluation.conftest import folder
from tests.fault_server import FaultServer

assert folder  # a fixture of that module

ARTICLE = "Snow fell on two roads. The library will not close. The ferry costs 40 crowns. A storm hit the school."
SUMMARY = "Snow fell on two roads. The ferry costs 40 crowns. A storm hit the school."
ESCAPE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


@pytest.fixture
def texts(tmp_path: Path) -> tuple[str, ...]:
    (tmp_path / "article.txt").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "summary.txt").write_text(SUMMARY, encoding="utf-8")
    return ("check", "summary.txt", "-s", "article.txt", "--claims", "sentence", "--claims-per-call", "1")


def seen(stderr: str) -> str:
    return ESCAPE.sub("", stderr)


def test_a_terminal_sees_claims_calls_tokens_and_cost(texts: tuple[str, ...], tmp_path: Path) -> None:
    with FaultServer(models=MODELS, base=0.3) as server:
        where = ("--base-url", server.base_url, "--model", "honest", "--concurrency", "1")
        done = run_on_terminal(*texts, *where, cwd=tmp_path)

    assert done.status == 0
    assert done.stdout.endswith("3 claims: 3 supported, 0 contradicted, 0 not in source, 0 undecided, 0 unchecked\n")
    first, rest = seen(done.stderr).split("\r\n", 1)
    assert first.startswith("summarizer: sentences, chat (honest), nli (cross-encoder-33m@")
    assert re.search(r"judging .* 0 of 3 claims +0:0\d:\d\d", rest)
    assert re.search(r"judging .* 2 of 3 claims, 2 calls, [\d,]{3,} tokens, cost not known", rest)
    assert done.stderr.rstrip("\r\n").endswith("\x1b[2K")  # the bar has been wiped away


def test_the_embedded_judge_has_a_bar_as_well(texts: tuple[str, ...], tmp_path: Path) -> None:
    done = run_on_terminal(*texts[:4], "--judge", "lexical", cwd=tmp_path)

    first, rest = seen(done.stderr).split("\r\n", 1)
    assert first.startswith("summarizer: sentences, lexical")
    assert re.search(r"starting .* 0:00:00", rest)
    assert done.stderr.rstrip("\r\n").endswith("\x1b[2K")


def test_a_pipe_sees_no_bar(texts: tuple[str, ...], tmp_path: Path) -> None:
    with FaultServer(models=MODELS) as server:
        done = run(*texts, "--base-url", server.base_url, "--model", "honest", cwd=tmp_path)

    assert done.returncode == 0
    assert done.stderr.count("\n") == 1
    assert "\x1b" not in done.stderr


@pytest.mark.parametrize(("options", "env"), [(("-q",), {}), ((), {"TERM": "dumb"})])
def test_no_bar_is_drawn_where_none_is_wanted(
    options: tuple[str, ...], env: dict[str, str], texts: tuple[str, ...], tmp_path: Path
) -> None:
    with FaultServer(models=MODELS) as server:
        done = run_on_terminal(
            *texts, *options, "--base-url", server.base_url, "--model", "honest", cwd=tmp_path, **env
        )

    assert done.status == 0
    assert "\x1b" not in done.stderr
    assert "judging" not in done.stderr


def test_an_eval_on_a_terminal_counts_its_summaries(folder: Path) -> None:
    done = run_on_terminal("eval", "--suite", folder)

    assert done.status == 0
    assert "2 of 2 summaries, 8 claims" in seen(done.stderr)


def test_an_eval_of_a_server_counts_its_calls_as_well(folder: Path) -> None:
    with FaultServer(models=MODELS, base=0.2) as server:
        done = run_on_terminal(
            "eval",
            "--suite",
            folder,
            "--base-url",
            server.base_url,
            "--model",
            "honest",
            "--claims",
            "sentence",
            "--witness",
            "none",
        )

    assert done.status == 0
    assert re.search(r"2 of 2 summaries, 8 claims, 2 calls, [\d,]+ tokens", seen(done.stderr))


def test_in_ci_an_eval_prints_a_line_for_each_case(folder: Path) -> None:
    done = run("eval", "--suite", folder, CI="true")

    lines = done.stderr.splitlines()
    found = [
        re.fullmatch(r"summarizer: case (\d) of 2: (\w+): (\d) right, (\d) wrong, (\d) undecided, (\d) unchecked", one)
        for one in lines[1:3]
    ]
    assert [(one[1], one[2]) for one in found if one] == [("1", "bay"), ("2", "cove")]
    assert [sum(map(int, one.groups()[2:])) for one in found if one] == [4, 4]
    assert (len(lines), "\x1b" in done.stderr) == (4, False)


@pytest.mark.parametrize(("options", "ci"), [((), ""), ((), "false"), (("-q",), "true")])
def test_elsewhere_there_are_no_such_lines(options: tuple[str, ...], ci: str, folder: Path) -> None:
    assert "case 1" not in run("eval", "--suite", folder, *options, CI=ci).stderr
