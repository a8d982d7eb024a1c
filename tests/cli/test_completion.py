"""Shell completion in a real shell, and the scripts for the others."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.processes import environment, run


def in_bash(line: str, tmp_path: Path) -> list[str]:
    """What bash offers at the end of the line, by the script that we print."""
    shim = tmp_path / "bin"
    shim.mkdir(exist_ok=True)
    (shim / "summarizer").write_text(f'#!/bin/sh\nexec {sys.executable} -m summarizer "$@"\n', encoding="utf-8")
    (shim / "summarizer").chmod(0o755)
    words = line.split(" ")
    listed = " ".join(f"'{word}'" for word in words)
    script = (
        f'source <(summarizer completion bash)\nCOMP_WORDS=({listed})\nCOMP_CWORD={len(words) - 1}\n'
        '_summarizer_completion summarizer\nprintf "%s\\n" "${COMPREPLY[@]}"\n'
    )  # fmt: skip
    path = f"{shim}:{environment()['PATH']}"
    done = subprocess.run(
        ["bash", "-c", script], capture_output=True, text=True, check=True, cwd=tmp_path, env=environment(PATH=path)
    )
    return done.stdout.split()


def test_bash_completes_commands_options_and_choices(tmp_path: Path) -> None:
    assert in_bash("summarizer s", tmp_path) == ["schema", "show", "summarize"]
    assert in_bash("summarizer check --min-", tmp_path) == ["--min-faithfulness", "--min-coverage", "--min-confidence"]
    assert in_bash("summarizer check --format js", tmp_path) == ["json", "jsonl"]
    assert in_bash("summarizer eval c", tmp_path) == ["calibrate", "compare"]


@pytest.mark.parametrize("line", ["summarizer summarize ar", "summarizer check ar", "summarizer check x --source ar"])
def test_bash_completes_the_names_of_files(line: str) -> None:
    done = run("--help", COMP_WORDS=line, COMP_CWORD=str(line.count(" ")), _SUMMARIZER_COMPLETE="bash_complete")

    assert (done.returncode, done.stdout, done.stderr) == (0, "file,ar\n", "")


@pytest.mark.parametrize(
    ("shell", "first", "words"),
    [
        ("bash", "_summarizer_completion() {", "complete -o nosort -F _summarizer_completion summarizer"),
        ("zsh", "#compdef summarizer", "compdef _summarizer_completion summarizer"),
        ("fish", "function _summarizer_completion;", "complete --no-files --command summarizer"),
    ],
)
def test_each_shell_has_its_script(shell: str, first: str, words: str) -> None:
    done = run("completion", shell)

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.strip().startswith(first)
    assert words in done.stdout


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_zsh_and_fish_are_told_what_begins_so(shell: str) -> None:
    word = "mod" if shell == "fish" else "1"
    done = run(COMP_WORDS="summarizer mod", COMP_CWORD=word, _SUMMARIZER_COMPLETE=f"{shell}_complete")

    assert "models" in done.stdout
    assert "summarize" not in done.stdout


def test_a_shell_that_is_not_known_is_named() -> None:
    done = run("completion", "tcsh")

    assert (done.returncode, done.stdout) == (2, "")
    assert "'tcsh' is not one of 'bash', 'zsh', 'fish'" in done.stderr
