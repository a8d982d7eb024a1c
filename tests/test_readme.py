"""What the README shows is what happens."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONSOLE = re.findall(r"```console\n\$ (.*?)\n(.*?)```", README, re.DOTALL)
PYTHON = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
TOLD = [path for folder in ("docs", "benchmarks", "evals") for path in (ROOT / folder).rglob("*.md")]
SHELL = re.findall(r"```sh\n(.*?)\n```", README, re.DOTALL)


def test_there_is_something_to_run() -> None:
    assert (len(CONSOLE), len(PYTHON), len(SHELL)) == (1, 1, 2)


@pytest.mark.parametrize(("command", "shown"), CONSOLE)
def test_the_shown_output_is_the_real_one(command: str, shown: str) -> None:
    real = command.replace("summarizer ", f"{shlex.quote(sys.executable)} -m summarizer ", 1)
    if "|" in command:
        first, second = command.split("|", 1)
        real = first + "|" + second.replace("summarizer ", f"{shlex.quote(sys.executable)} -m summarizer ", 1)
    done = subprocess.run(["bash", "-c", real], cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.stdout == shown


@pytest.mark.parametrize("code", PYTHON)
def test_the_python_block_runs(code: str) -> None:
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)


def test_ci_runs_the_test_command_of_the_readme() -> None:
    assert SHELL[1].split("&&")[-1].strip().split("/")[-1] == "python -m pytest -n 2"
    assert "-m pytest -n 2" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_every_link_leads_somewhere() -> None:
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", README) if "://" not in link]

    assert [link for link in links if not (ROOT / link).exists()] == []


def test_a_script_that_a_document_runs_by_its_path_needs_nothing_of_its_folder() -> None:
    documents = "".join(path.read_text(encoding="utf-8") for path in TOLD)
    scripts = {*re.findall(r"python (benchmarks/\w+\.py)", documents)}
    lines = {one: (ROOT / one).read_text(encoding="utf-8") for one in scripts}

    assert len(scripts) > 5
    assert [
        one
        for one in sorted(scripts)
        if re.search(r"^ *from (?:benchmarks|tests|training)\b", lines[one], re.MULTILINE)
    ] == []
