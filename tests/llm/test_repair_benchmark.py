"""The measurement of repair records what a model proposes, and plays it again without one."""

import shutil
import sys
from pathlib import Path

import pytest

from benchmarks import repair
from summarizer.llm.replay import FORMAT
from tests.conftest import ROOT
from tests.llm.conftest import server

CASE = "museum-triptych-row"


@pytest.fixture
def suite(tmp_path: Path) -> Path:
    for part, ending in (("cases", "json"), ("articles", "txt")):
        (tmp_path / part).mkdir()
        shutil.copy(ROOT / "evals" / part / f"{CASE}.{ending}", tmp_path / part)
    return tmp_path


def measured(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], suite: Path, *options: str
) -> dict[str, str]:
    """The line that is printed, by its heads."""
    arguments = ["repair", "--suite", str(suite), "--split", "test", "--judge", "perfect", *options]
    monkeypatch.setattr(sys, "argv", arguments)
    repair.main()
    heads, _, cells = (line.strip("|").split("|") for line in capsys.readouterr().out.splitlines())
    return {head.strip(): cell.strip() for head, cell in zip(heads, cells, strict=True)}


def test_what_a_model_proposes_is_recorded_in_a_call_for_each_summary_and_played_again(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], suite: Path
) -> None:
    file = suite / "fixes.jsonl"
    with server() as at:
        live = measured(
            monkeypatch, capsys, suite, "--model", "honest", "--base-url", at.base_url, "--record", str(file)
        )
        calls = len([one for one in at.log if one.request])

    assert measured(monkeypatch, capsys, suite, "--replies", str(file)) == live
    assert calls == 1
    assert live["edits of the model restoring"] != "0 of 0"
    assert len(file.read_text(encoding="utf-8").splitlines()) == calls + 1
    assert FORMAT in file.read_text(encoding="utf-8")


def test_another_suite_than_the_recorded_one_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], suite: Path
) -> None:
    file = suite / "fixes.jsonl"
    file.write_text(f'{{"format": "{FORMAT}", "backend": "openai", "model": "m", "base_url": "http://127.0.0.1"}}\n')

    with pytest.raises(SystemExit, match=r"fixes\.jsonl: no recorded reply to this fix request"):
        measured(monkeypatch, capsys, suite, "--replies", str(file))


def test_a_model_that_nobody_names_is_asked_for(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], suite: Path
) -> None:
    with pytest.raises(SystemExit, match="name one with --model"):
        measured(monkeypatch, capsys, suite, "--judge", "model")
