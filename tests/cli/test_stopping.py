"""Ctrl-C and SIGTERM: what was done is kept and shown, the rest is unchecked, the status says which signal it was."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.characters import MODELS
from tests.cli.processes import command, environment
from tests.evaluation.conftest import folder
from tests.fault_server import Fault, FaultServer, stall

assert folder  # a fixture of that module

SIGNALS = [(signal.SIGINT, 130, "interrupted"), (signal.SIGTERM, 143, "terminated")]
ARTICLE = "Snow fell on two roads. The library will not close. The ferry costs 40 crowns. A storm hit the school."
SUMMARY = "Snow fell on two roads. The ferry costs 40 crowns. A storm hit the school."


def after(calls: int) -> Callable[[int, dict[str, Any]], Fault | None]:
    """A server that answers so many calls and then keeps everybody waiting."""
    return lambda number, _: stall() if number >= calls else None


def stopped(
    arguments: list[str | Path], server: FaultServer, signum: int, *, calls: int, cwd: Path, **env: str
) -> "subprocess.CompletedProcess[str]":
    """A run that is sent the signal once the server has been asked so often."""
    whole = [*arguments, "--base-url", server.base_url, "--model", "honest", "--concurrency", "1"]
    with subprocess.Popen(
        command(*whole), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=cwd, env=environment(**env)
    ) as process:
        until = time.monotonic() + 30
        while len(server.calls) < calls and time.monotonic() < until:
            time.sleep(0.02)
        process.send_signal(signum)
        out, err = process.communicate(timeout=20)
    return subprocess.CompletedProcess(whole, process.returncode, out, err)


@pytest.fixture
def texts(tmp_path: Path) -> list[str | Path]:
    (tmp_path / "article.txt").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "summary.txt").write_text(SUMMARY, encoding="utf-8")
    return ["check", "summary.txt", "-s", "article.txt", "--claims", "sentence", "--claims-per-call", "1"]


@pytest.mark.parametrize(("signum", "status", "word"), SIGNALS)
def test_a_check_that_is_stopped_shows_what_was_judged(
    texts: list[str | Path], signum: int, status: int, word: str, tmp_path: Path
) -> None:
    with FaultServer(models=MODELS, fault_for=after(2)) as server:
        done = stopped([*texts, "--also", "json=r.json"], server, signum, calls=3, cwd=tmp_path)

    assert done.returncode == status
    assert done.stderr.splitlines()[1:] == [
        f"summarizer: {word}: 2 of 3 claims were judged; the others are unchecked (interrupted)"
    ]
    outcomes = [one["outcome"] for one in json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))["checks"]]
    assert [one.get("label") or one["reason"] for one in outcomes] == ["supported", "supported", "interrupted"]
    assert "3 claims: 2 supported, 0 contradicted, 0 not in source, 0 undecided, 1 unchecked" in done.stdout
    assert len(server.calls) == 3


def test_a_summary_that_was_written_is_shown_unchecked(tmp_path: Path) -> None:
    (tmp_path / "article.txt").write_text(ARTICLE, encoding="utf-8")
    with FaultServer(models=MODELS, fault_for=after(1)) as server:
        done = stopped(["summarize", "article.txt"], server, signal.SIGINT, calls=2, cwd=tmp_path)

    assert done.returncode == 130
    assert "unchecked: interrupted" in done.stdout
    assert " 0 supported" in done.stdout


def test_before_there_is_a_summary_nothing_is_written_but_the_line(tmp_path: Path) -> None:
    (tmp_path / "article.txt").write_text(ARTICLE, encoding="utf-8")
    with FaultServer(models=MODELS, fault_for=after(0)) as server:
        done = stopped(["summarize", "article.txt", "-o", "out.txt"], server, signal.SIGTERM, calls=1, cwd=tmp_path)

    assert (done.returncode, done.stdout) == (143, "")
    assert done.stderr.splitlines()[1:] == [
        "summarizer: error: terminated: no summary: the run was stopped before this was answered"
    ]
    assert not (tmp_path / "out.txt").exists()


def test_what_was_answered_is_in_the_recording(texts: list[str | Path], tmp_path: Path) -> None:
    with FaultServer(models=MODELS, fault_for=after(2)) as server:
        stopped([*texts, "--record", "replies.jsonl"], server, signal.SIGINT, calls=3, cwd=tmp_path)

    lines = (tmp_path / "replies.jsonl").read_text(encoding="utf-8").splitlines()
    assert [sorted(json.loads(line)) for line in lines[1:]] == [["answer", "key", "stage"]] * 2


@pytest.mark.parametrize(("signum", "status", "word"), SIGNALS)
def test_an_eval_that_is_stopped_leaves_a_scorecard_and_is_held_to_no_policy(
    folder: Path, signum: int, status: int, word: str, tmp_path: Path
) -> None:
    arguments: list[str | Path] = ["eval", "--suite", folder, "--claims", "sentence", "--claims-per-call", "4", "--format", "json", "-o", "card.json"]  # fmt: skip
    with FaultServer(models=MODELS, fault_for=after(1)) as server:
        done = stopped(arguments, server, signum, calls=2, cwd=tmp_path, CI="1")

    assert done.returncode == status
    assert done.stderr.splitlines()[-1] == (
        f"summarizer: {word}: 4 of 8 claims were judged; the others are unchecked (interrupted)"
    )
    card = json.loads((tmp_path / "card.json").read_text(encoding="utf-8"))
    assert [one["reason"] for one in card["results"]].count("interrupted") == 4


def test_an_eval_that_is_stopped_leaves_the_scorecard_of_the_project(folder: Path) -> None:
    (folder / "summarizer.toml").write_text('[eval]\nsuite = "."\ncard = "card.json"\n', encoding="utf-8")
    with FaultServer(models=MODELS, fault_for=after(1)) as server:
        done = stopped(["eval", "--claims", "sentence"], server, signal.SIGINT, calls=2, cwd=folder)

    assert done.returncode == 130
    assert "summarizer: card.json stays as it is: the run was cut short; " in done.stderr
    assert not (folder / "card.json").exists()


def test_rows_that_were_judged_are_predicted_and_scored(tmp_path: Path) -> None:
    rows = [
        {"id": str(n), "document": f"{ARTICLE} {n}.", "claim": "Snow fell on two roads.", "label": 1} for n in range(4)
    ]
    (tmp_path / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    arguments: list[str | Path] = [
        "eval",
        "--jsonl",
        "rows.jsonl",
        "--predictions",
        "out.jsonl",
        "--claims",
        "sentence",
    ]
    with FaultServer(models=MODELS, fault_for=after(2)) as server:
        done = stopped(arguments, server, signal.SIGINT, calls=3, cwd=tmp_path)

    assert done.returncode == 130
    assert done.stderr.splitlines()[-1] == "summarizer: interrupted: the scores are of the claims judged so far"
    found = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [(one["id"], one["label"]) for one in found] == [("0", "supported"), ("1", "supported")]


@pytest.mark.parametrize(("signum", "status", "word"), SIGNALS)
def test_a_run_with_nothing_to_keep_ends_at_once_with_one_line(
    tmp_path: Path, signum: int, status: int, word: str
) -> None:
    (tmp_path / "summary.txt").write_text(SUMMARY, encoding="utf-8")
    with subprocess.Popen(
        command("check", "summary.txt", "-s", "-"), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True, cwd=tmp_path, env=environment(),
    ) as process:  # fmt: skip
        time.sleep(1.5)  # it waits for its source on standard input
        process.send_signal(signum)
        process.wait(timeout=10)
        assert process.stdout is not None
        assert process.stderr is not None
        said = (process.stdout.read(), process.stderr.read())

    assert (process.returncode, *said) == (status, "", f"summarizer: error: {word}; nothing more was written\n")


def test_a_second_signal_ends_it_at_once() -> None:
    from summarizer.cli.stopping import Stop, Stopped

    class Run:
        stops = 0

        def stop(self) -> None:
            self.stops += 1

    stop, run = Stop(), Run()
    with stop.ends(run):
        stop._heard(signal.SIGTERM, None)
        with pytest.raises(Stopped) as second:
            stop._heard(signal.SIGINT, None)
        assert stop.take() is second.value

    assert (run.stops, stop.words, stop.status, second.value.code) == (1, "terminated", 143, 130)


DROPS = """
import signal, time
from summarizer import cli
from summarizer.cli.stopping import STOP

class Dropped:
    def __del__(self):
        signal.raise_signal(signal.SIGTERM)

def run(**_):
    del dropped[0]
    time.sleep(20)

dropped = [Dropped()]
cli.summarizer.main = run
cli.main()
"""


def test_a_stop_whose_exception_was_dropped_ends_the_run_a_moment_later() -> None:
    done = subprocess.run([sys.executable, "-c", DROPS], capture_output=True, text=True, timeout=15, check=False)

    assert done.returncode == 143
    assert done.stderr.endswith("summarizer: error: terminated; nothing more was written\n")


TURNED = DROPS.replace("signal.raise_signal(signal.SIGTERM)", "pass").replace(
    "time.sleep(20)",
    """try:
        signal.raise_signal(signal.SIGTERM)
    except BaseException as error:
        raise ImportError("numpy could not be imported") from error""",
)


def test_a_stop_that_an_import_turned_into_its_own_error_is_told_as_a_stop() -> None:
    done = subprocess.run([sys.executable, "-c", TURNED], capture_output=True, text=True, timeout=15, check=False)

    assert (done.returncode, done.stderr) == (143, "summarizer: error: terminated; nothing more was written\n")
