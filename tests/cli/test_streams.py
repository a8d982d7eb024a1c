"""Standard streams: one that the caller has closed, and one in another encoding than UTF-8."""

import fcntl
import json
import os
import pty
import struct
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from tests.cli.processes import command, environment, run

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


def test_what_programs_read_is_utf_8_whatever_the_locale(tmp_path: Path) -> None:
    text = "Der Schnee fiel auf zwei Straßen in 日本. Die Bücherei schließt nicht.\n"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    (tmp_path / "s.txt").write_text("Der Schnee fiel auf zwei Straßen in 日本.\n", encoding="utf-8")

    def printed(*arguments: str) -> str:
        return run(*arguments, cwd=tmp_path, PYTHONIOENCODING="ascii").stdout

    checked = ("check", "s.txt", "-s", "a.txt", "-q", "--judge", "lexical", "--format")
    assert printed("repair", "s.txt", "-s", "a.txt", "-q") == (tmp_path / "s.txt").read_text(encoding="utf-8")
    assert json.loads(printed(*checked, "json"))["documents"][0]["text"] == text
    assert "Straßen in 日本" in printed(*checked, "junit")
    assert r"Stra\xdfen in \u65e5\u672c" in printed(*checked, "text")


@pytest.mark.parametrize(
    ("columns", "variable", "width"), [(0, "", "80"), (120, "", "120"), (120, "60", "60"), (20, "", "40")]
)
def test_a_terminal_has_the_width_that_it_or_its_user_says(columns: int, variable: str, width: str) -> None:
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))

    asked = [sys.executable, "-c", "from summarizer.cli.streams import terminal; print(*terminal('never'))"]
    subprocess.run(asked, stdout=theirs, check=True, env={**environment(), "COLUMNS": variable})

    assert os.read(ours, 100).split() == [width.encode(), b"False"]
    os.close(ours)
    os.close(theirs)
