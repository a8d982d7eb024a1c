"""The command line in a process of its own: piped, or with its standard error on a terminal."""

import os
import pty
import select
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

from tests.cli.warm import WARM, as_at_start

OURS = ("OPENAI_", "SUMMARIZER_", "NO_COLOR", "GITHUB_", "CI", "TERM", "COLUMNS")


def environment(**more: str) -> dict[str, str]:
    """The variables of this process without those that change what we print, and some more."""
    return {name: value for name, value in os.environ.items() if not name.startswith(OURS)} | more


def fresh_environment(**more: str) -> dict[str, str]:
    """The same without `PYTHONPATH`, which would put a checkout before what is installed."""
    return {name: value for name, value in environment(**more).items() if name != "PYTHONPATH"}


def command(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "summarizer", *map(str, arguments)]


def run(
    *arguments: str | Path, cwd: Path | None = None, stdin: str | bytes = "", **env: str
) -> "subprocess.CompletedProcess[str]":
    """Run the command line in a process of its own, and wait for its end."""
    given, whole = stdin.encode() if isinstance(stdin, str) else stdin, environment(**env)
    if as_at_start(whole):
        done = WARM.run([*map(str, arguments)], stdin=given, cwd=cwd, env=whole, timeout=60)
    else:
        done = subprocess.run(
            command(*arguments), input=given, capture_output=True, check=False, timeout=60, cwd=cwd, env=whole
        )
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


class OnTerminal(NamedTuple):
    """What a process wrote whose standard error was a terminal."""

    status: int
    stdout: str
    stderr: str


def run_on_terminal(*arguments: str | Path, cwd: Path | None = None, **env: str) -> OnTerminal:
    """Standard error is a terminal of 100 columns, standard output a pipe."""
    ours, theirs = pty.openpty()
    whole = environment(**{"TERM": "xterm-256color", "COLUMNS": "100", **env})
    with subprocess.Popen(command(*arguments), stdout=subprocess.PIPE, stderr=theirs, cwd=cwd, env=whole) as process:
        os.close(theirs)
        said = b""
        until = time.monotonic() + 60
        while time.monotonic() < until:
            readable, _, _ = select.select([ours], [], [], 0.1)
            try:
                said += os.read(ours, 65536) if readable else b""
            except OSError:  # the process has closed its end
                break
        assert process.stdout is not None
        out = process.stdout.read().decode()
        status = process.wait(timeout=10)
    os.close(ours)
    return OnTerminal(status, out, said.decode())
