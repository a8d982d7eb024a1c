"""Rows of our own for batches, and what runs a batch as its user does."""

import json
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tests.cli.processes import command as in_a_process
from tests.cli.processes import run

LEXICAL = ("--check", "--judge", "lexical")
"""A check of rows by the words alone, which loads no weights."""
TOWNS = ("Arle", "Brack", "Colm", "Dunfell", "Esker")


def pair(number: int) -> dict[str, Any]:
    """A source, and a summary with one sentence of it and one that is wrong."""
    town = TOWNS[number % len(TOWNS)]
    source = (
        f"The council of {town} voted {number + 4} to 3 on Tuesday to repair the harbour wall. "
        f"The work will cost {number + 20} million crowns. The mayor said that it would begin in May."
    )
    summary = f"The work will cost {number + 20} million crowns. The council of {town} closed the harbour."
    return {"id": f"r{number}", "source": source, "summary": summary}


def pairs(count: int) -> list[dict[str, Any]]:
    return [pair(number) for number in range(count)]


def write(path: Path, rows: Iterable[Any]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def command(*arguments: str | Path) -> list[str]:
    return in_a_process("batch", *LEXICAL, *arguments)


def batch(*arguments: str | Path, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    return run("batch", *LEXICAL, *arguments, cwd=None, stdin="", **(env or {}))


def results(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
