"""The command line in a process of its own: piped, or with its standard error on a terminal."""

import os
import pty
import select
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from tests.cli.warm import WARM, as_at_start, ended

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
    whole = environment(**{"TERM": "xterm-256color", "COLUMNS": "100", **env})
    ours, theirs = pty.openpty()
    read, written = os.pipe()
    with Path(os.devnull).open("rb") as nothing:
        end = _begun([*map(str, arguments)], (nothing.fileno(), written, theirs), cwd=cwd, env=whole)
    os.close(theirs)
    os.close(written)
    said = b""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        readable, _, _ = select.select([ours], [], [], 0.1)
        try:
            said += os.read(ours, 65536) if readable else b""
        except OSError:  # the process has closed its end
            break
    with os.fdopen(read, "rb") as out:
        printed = out.read().decode()
    os.close(ours)
    return OnTerminal(end(10), printed, said.decode())


def _begun(
    arguments: list[str], streams: tuple[int, int, int], *, cwd: Path | None, env: dict[str, str]
) -> Callable[[float], int]:
    """Begin the command line on three open streams. What is returned waits for its exit status, for so many seconds."""
    if not as_at_start(env):
        given, out, err = streams
        return subprocess.Popen(command(*arguments), stdin=given, stdout=out, stderr=err, cwd=cwd, env=env).wait
    asked = WARM.begun(arguments, streams, cwd=cwd, env=env)

    def wait(timeout: float) -> int:
        with asked:
            return ended(asked, timeout)

    return wait
