"""What a batch does with each row: the command, its length, what it keeps; and the digests that name it."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from summarizer._version import __version__
from summarizer.api import DEFAULT_LENGTH
from summarizer.batch.records import Command
from summarizer.components import Components
from summarizer.settings import Settings
from summarizer.writing import Length

RUNNING = frozenset({"api_key_env", "cache", "concurrency", "deadline", "threads", "timeout"})
"""Settings that say how a run goes and decide nothing of its results."""


class Job(NamedTuple):
    """The same for every row."""

    command: Command
    length: Length = DEFAULT_LENGTH
    full: bool = False
    """Whether the output holds the texts of the sources."""
    root: Path | None = None
    """Where the paths of rows count from, and which they may not leave; None where rows may name no file."""
    encoding: str | None = None

    def facts(self, settings: Settings, components: Components) -> dict[str, str]:
        """Everything but the row that decides a line of the output, as text."""
        named = {f"setting {name}": str(settings[name]) for name in settings.values if name not in RUNNING}
        length = {"length": str(self.length)} if self.command == "summarize" else {}
        parts = [part.about.model_dump(mode="json") for part in components.at_work(self.command)]
        profile = components.deciding.profile
        return {
            "version": __version__,
            "command": self.command,
            **length,
            "encoding": str(self.encoding),
            "full": str(self.full),
            "models and prompts": json.dumps(parts, sort_keys=True),
            "profile": digest(profile.model_dump(mode="json")) if profile else "none",
            **named,
        }


def digest(value: Mapping[str, Any] | list[Any]) -> str:
    """SHA-256 of a value that JSON can hold."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()
