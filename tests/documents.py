"""The commands and the output that our documents show, and a folder to run them in."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from tests.cli.processes import environment
from tests.cli.warm import AVAILABLE, WARM


class Shown(NamedTuple):
    """A command of a `console` block, and what the block says that it prints."""

    command: str
    output: str


def recipes(text: str) -> list[tuple[str, list[Shown]]]:
    """The `console` blocks of a document under their headings, in order."""
    found = []
    for part in re.split(r"^#+ ", text, flags=re.MULTILINE)[1:]:
        blocks = re.findall(r"```console\n(.*?)```", part, re.DOTALL)
        found.append((part.splitlines()[0], [shown for block in blocks for shown in _shown(block)]))
    return found


def _shown(block: str) -> list[Shown]:
    shown: list[Shown] = []
    for line in block.splitlines():
        if line.startswith("$ "):
            shown.append(Shown(line[2:], ""))
        elif line.startswith(">") and not shown[-1].output:
            shown[-1] = Shown(f"{shown[-1].command}\n{line[2:]}", "")
        else:
            shown[-1] = Shown(shown[-1].command, f"{shown[-1].output}{line}\n")
    return shown


def shell(command: str, folder: Path, tools: Path, **env: str) -> "subprocess.CompletedProcess[str]":
    """Run a command of a document in a folder, with `summarizer` and `python3` of this environment in `tools`."""
    tools.mkdir(exist_ok=True)
    for name, target in {"summarizer": "-P -m summarizer", "python3": "-P"}.items():
        (tools / name).write_text(f'#!/bin/sh\nexec {sys.executable} {target} "$@"\n', encoding="utf-8")
        (tools / name).chmod(0o755)
    if AVAILABLE:
        WARM.client(tools / "summarizer")
    path = f"{tools}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        ["bash", "-c", command], capture_output=True, text=True, check=False, cwd=folder, env=environment(PATH=path, **env)
    )  # fmt: skip
