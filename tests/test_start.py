"""The newcomer's path, walked from an empty folder with a fresh environment."""

import re
import subprocess
from pathlib import Path

import pytest

from tests.cli.processes import fresh_environment
from tests.conftest import ROOT

COMMANDS = re.findall(r"```sh\n(.*?)\n```", (ROOT / "docs" / "start.md").read_text(encoding="utf-8"), re.DOTALL)
pytestmark = pytest.mark.slow


def clone(to: Path) -> Path:
    """What git would bring of this repository."""
    names = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.splitlines()  # fmt: skip
    if not names:
        pytest.skip("not a git checkout: nothing says which files belong to the project")
    for name in names:
        if (ROOT / name).is_file():
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            (to / name).write_bytes((ROOT / name).read_bytes())
    return to


def test_each_step_is_one_command_and_does_what_is_written(tmp_path: Path) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()
    where = fresh_environment(
        CLONE=str(clone(tmp_path / "clone")), PIP_COMPILE="0"
    )  # the first start compiles what it needs

    done = [
        subprocess.run(["bash", "-c", command], cwd=folder, env=where, capture_output=True, text=True, check=False)
        for command in COMMANDS
    ]

    assert ["\n" in command for command in COMMANDS] == [False] * 5
    assert [one.returncode for one in done] == [0, 0, 1, 0, 1], [one.stderr for one in done]
    _, summary, check, page, job = (one.stdout for one in done)
    assert (
        summary.splitlines()[-1] == "2 claims: 2 supported, 0 contradicted, 0 not in source, 0 undecided, 0 unchecked"
    )
    assert "the claim says “32”           the source says “31”" in check
    assert page == ""
    assert (folder / "report.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert job.startswith("::error file=summary.txt,line=1,endLine=1,col=1,endColumn=61,title=c1 contradicted::")
    assert {line.split(":")[0] for one in done[1:] for line in one.stderr.splitlines()} == {"summarizer"}
    assert sorted(path.name for path in folder.iterdir()) == [".venv", "report.html", "summary.txt"]
