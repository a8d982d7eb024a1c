"""The command line in this process: quicker than one of its own, where only what it says and writes is of interest."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from click.testing import CliRunner

from summarizer.cli import summarizer
from summarizer.errors import SummarizerError
from tests.cli.processes import environment


class Done(NamedTuple):
    """What came of a call."""

    status: int
    stdout: str
    stderr: str
    """Notes, and the line of an error."""


def call(*arguments: str | Path, cwd: Path, env: Mapping[str, str] | None = None, stdin: str = "") -> Done:
    """Call the command line in that folder, with no settings of this machine."""
    before = Path.cwd()
    ours = {name: None for name in os.environ if name not in environment()}
    os.chdir(cwd)
    try:
        done = CliRunner().invoke(
            summarizer, [*map(str, arguments)], prog_name="summarizer", env={**ours, **(env or {})}, input=stdin
        )
    finally:
        os.chdir(before)
    if isinstance(done.exception, SummarizerError):
        return Done(done.exception.exit_status, done.stdout, f"{done.stderr}{done.exception}\n")
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return Done(done.exit_code, done.stdout, done.stderr)
