"""Every command of docs/reports.md runs, and does what the page says."""

import re
from pathlib import Path

import pytest

from summarizer import check
from summarizer.accepted import AcceptedFile, entry_of
from summarizer.report import render
from summarizer.report.outcomes import Look
from summarizer.schema import Acceptance, Document
from tests.conftest import ROOT
from tests.documents import shell

TEXT = (ROOT / "docs" / "reports.md").read_text(encoding="utf-8")
COMMANDS = [
    command
    for block in re.findall(r"```sh\n(.*?)```", TEXT, re.DOTALL)
    for command in re.split(r"\n(?=summarizer )", block.strip())
]
ARTICLE = "The mayor, Ana Pell, resigned on Monday. Snow fell on two roads in the north of the county.\n"
SUMMARY = "Snow fell on two roads in the north of the county. The mayor resigned on Tuesday.\n"
PRINTED = {  # the last line of standard output, for those whose output the page speaks of
    "'select(.outcome ==": "The mayor resigned on Tuesday.",
    "sort_by": "contradicted ",
    "--format github": "2 claims: 1 supported, 1 contradicted, 0 not in source, 0 undecided, 0 unchecked",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("reports")
    (path / "article.txt").write_text(ARTICLE, encoding="utf-8")
    (path / "summary.txt").write_text(SUMMARY, encoding="utf-8")
    made = check(SUMMARY, Document.of(ARTICLE, name="article.txt"))
    (path / "report.json").write_text(render(made, "json"), encoding="utf-8")
    tuesday = Acceptance(outcome="contradicted", note="The hospital confirmed it.", date="2026-11-29")
    file = AcceptedFile(claims=(entry_of(made, made.checks[1], tuesday),))
    (path / "summarizer-accepted.json").write_text(file.model_dump_json(), encoding="utf-8")
    return path


def test_the_page_has_commands() -> None:
    assert len(COMMANDS) == 12
    assert [one for one in PRINTED if not any(one in command for command in COMMANDS)] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_the_page_runs(command: str, folder: Path) -> None:
    done = shell(command, folder, folder.parent / "tools")

    if "jq" in command and done.returncode == 127:
        pytest.skip("jq is not installed")
    accepts = "--accepted" in command
    finds = command.startswith("summarizer check") and "jq" not in command and not accepts  # Tuesday is contradicted
    assert done.returncode == (1 if finds else 0), done.stderr
    assert "error:" not in done.stderr
    for words, printed in PRINTED.items():
        if words in command:
            assert done.stdout.splitlines()[-1].startswith(printed)
    for target in re.findall(r"--also \w+=(\S+)|-o (\S+)", command):
        assert (folder / next(filter(None, target))).stat().st_size > 0


def test_the_page_names_every_outcome_with_its_sign() -> None:
    rows = re.findall(r"(?m)^\| (\S) \| ([a-z ]+?) \|", TEXT)

    assert rows == [(look.sign, look.words) for look in Look]
