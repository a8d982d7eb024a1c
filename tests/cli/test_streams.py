"""A standard stream that the caller has closed: no traceback, and no status that means something else."""

import subprocess
from pathlib import Path

import pytest

from tests.cli.processes import command, environment

NOT_WRITTEN = "summarizer: error: cannot write the result: Bad file descriptor"


@pytest.mark.parametrize(
    ("arguments", "closed", "status", "said"),
    [
        (["summarize", "a.txt"], "2>&-", 0, ""),
        (["summarize", "a.txt", "-q", "-o", "b.json", "--format", "json"], ">&-", 0, ""),
        (["summarize", "a.txt", "-q"], ">&-", 2, NOT_WRITTEN),
        (["schema"], ">&- 2>&-", 2, ""),
        (["check", "-", "--source", "a.txt", "-q"], "<&-", 2, "summarizer: error: -: empty: there is no text in it"),
    ],
)
def test_a_closed_stream_is_no_verdict(
    arguments: list[str], closed: str, status: int, said: str, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text("Snow fell on two roads. The library will not close.\n")

    done = subprocess.run(
        ["sh", "-c", f'"$@" {closed}', "sh", *command(*arguments)],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        env=environment(),
        stdin=subprocess.DEVNULL,
    )

    assert done.returncode == status
    assert done.stderr.startswith(said)
    assert len(done.stderr.splitlines()) == bool(said)
    assert ("Snow fell" in done.stdout) == (closed == "2>&-")
    assert (tmp_path / "b.json").exists() == ("b.json" in arguments)
