"""What a project evaluates: the table [eval] of its summarizer.toml.

    [eval]
    suite = "evals"
    gate = "evals/gate.toml"
    card = "evals/card.json"
    history = "evals/history"

The file may have come with somebody else's articles, so each path stays in its folder.
"""

import tomllib
from pathlib import Path
from typing import Any, NamedTuple

from summarizer.errors import CaseError, SettingsError
from summarizer.evaluation.history import last_kept
from summarizer.evaluation.scorecard import load_card
from summarizer.settings import EVAL_TABLE, PROJECT_FILE
from summarizer.toml import parse_toml

KEYS = ("suite", "gate", "card", "history")


class Project(NamedTuple):
    """Where the parts of an evaluation are; None for what the file does not name."""

    suite: Path | None = None
    gate: Path | None = None
    card: Path | None = None
    history: Path | None = None
    """A folder in which each run is kept that says something new."""


def project_of(folder: Path) -> Project:
    """The project of a folder; without parts where its file has no table [eval]. Raises a `SettingsError`."""
    try:
        table = parse_toml((folder / PROJECT_FILE).read_text(encoding="utf-8-sig")).get(EVAL_TABLE, {})
    except FileNotFoundError:
        return Project()
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{PROJECT_FILE}: cannot be read: {error}") from None
    if not isinstance(table, dict):
        raise SettingsError(f"{PROJECT_FILE}: {EVAL_TABLE}: must be a table")
    if unknown := sorted(set(table) - set(KEYS)):
        raise SettingsError(f"{PROJECT_FILE}: {EVAL_TABLE}.{unknown[0][:40]}: no such key; there are {', '.join(KEYS)}")
    found = Project(**{name: _within(folder, name, table[name]) for name in table})
    _refuse_other_file(folder, found.card)
    return found


def gate_of(project: Project) -> Path | None:
    """The policy of a project of this folder; None where it names none. Raises a `SettingsError` where it is not there."""
    if project.gate and not project.gate.exists():
        raise SettingsError(
            f"{PROJECT_FILE}: {EVAL_TABLE}.gate: {project.gate} is not there; correct the name, "
            "or leave it out and write one with `summarizer eval pin CARD POLICY --init`"
        )
    return project.gate


def history_of(project: Project) -> Path | None:
    """The history of a project of this folder; None where it names none. Raises a `SettingsError` where nothing can be kept in it."""
    folder = project.history
    if folder and folder.exists() and not folder.is_dir():
        raise SettingsError(
            f"{PROJECT_FILE}: {EVAL_TABLE}.history: {folder}: is a file; name a folder, or move it away"
        )
    if folder and (kept := last_kept(folder)):
        _refuse_other_version(f"{PROJECT_FILE}: {EVAL_TABLE}.history: {kept}", kept)
    return folder


def _refuse_other_file(folder: Path, card: Path | None) -> None:
    """Raise a `SettingsError` where the scorecard would be written over something else."""
    if card is None:
        return
    where = f"{PROJECT_FILE}: {EVAL_TABLE}.card: {card}"
    if card.suffix != ".json":
        raise SettingsError(f"{where}: a scorecard is a .json file")
    if (folder / card).exists():
        _refuse_other_version(where, folder / card)


def _refuse_other_version(where: str, card: Path) -> None:
    """Raise a `SettingsError` for a file that cannot be read as a scorecard."""
    try:
        load_card(card)
    except CaseError:
        raise SettingsError(f"{where}: is there and no scorecard of this version; move it away") from None


def _within(folder: Path, name: str, value: Any) -> Path:
    where = f"{PROJECT_FILE}: {EVAL_TABLE}.{name}"
    if not isinstance(value, str) or not value.strip():
        raise SettingsError(f"{where}: must be a path in this folder, such as {'evals'!r}")
    path = Path(value)
    if path.is_absolute() or not (folder / path).resolve().is_relative_to(folder.resolve()):
        raise SettingsError(f"{where}: {value[:80]!r} leaves this folder; use an option of the command line instead")
    return path
