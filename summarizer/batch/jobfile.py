"""What a run over files of requests is: its input, its command and its settings, kept so that a day later it is the same.

Where text and keys are sent is not in it, for a folder may come from somebody else: that is said anew each time.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from summarizer.batch.job import RUNNING, Job
from summarizer.errors import OutputError, SettingsError
from summarizer.output import write_whole
from summarizer.settings import SPECS, Settings, Value, resolve
from summarizer.writing import Length

JOB = "job.json"
SAID_ANEW = frozenset({"base_url", *RUNNING})  # `api_key_env` is among the latter
PATHS = ("prompts", "profile", "weights")


class KeptJob(NamedTuple):
    """A run as it was begun."""

    rows: Path
    job: Job
    settings: Settings


def keep(folder: Path, kept: KeptJob) -> None:
    """Write it beside the rounds."""
    rows, job, settings = kept
    whole = {
        "rows": str(rows),
        "command": job.command,
        "length": list(job.length),
        "full": job.full,
        "root": str(job.root) if job.root else None,
        "encoding": job.encoding,
        "settings": {name: list(one) for name, one in settings.values.items() if name not in SAID_ANEW},
    }
    write_whole(folder / JOB, json.dumps(whole, indent=1, sort_keys=True) + "\n")


def is_kept(folder: Path) -> bool:
    return (folder / JOB).is_file()


def kept_in(folder: Path, given: Mapping[str, Any]) -> KeptJob:
    """Read it; `given` are options that say where the server is. Raises an `OutputError` for a folder of something else."""
    try:
        whole = json.loads((folder / JOB).read_bytes())
        job = Job(
            "check" if whole["command"] == "check" else "summarize",
            Length(*whole["length"]),
            bool(whole["full"]),
            Path(whole["root"]) if whole["root"] else None,
            whole["encoding"],
        )
        return KeptJob(Path(whole["rows"]), job, _settings(whole["settings"], given))
    except FileNotFoundError:
        raise OutputError(
            f"{folder}: no run was begun there; begin one with `summarizer batch submit DIR IN`"
        ) from None
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise OutputError(f"{folder / JOB}: cannot be read ({type(error).__name__}); begin again elsewhere") from None


def in_full(settings: Settings) -> Settings:
    """The same, with paths that hold from any folder."""
    whole = {
        name: Value(str(Path(one.value).resolve()), one.origin) if name in PATHS and one.value else one
        for name, one in settings.values.items()
    }
    return Settings(whole)


def _settings(kept: Mapping[str, Any], given: Mapping[str, Any]) -> Settings:
    now = resolve({name: given.get(name) for name in SAID_ANEW if name in SPECS}, folder=Path())
    found = {}
    for name, spec in SPECS.items():
        if name in SAID_ANEW:
            found[name] = now.values[name]
            continue
        value, origin = kept[name]
        try:
            found[name] = Value(spec.default if value == spec.default else spec.parse(value), str(origin))
        except ValueError as error:
            raise SettingsError(f"{JOB}: {name} must be {error}") from None
    return Settings(found)
