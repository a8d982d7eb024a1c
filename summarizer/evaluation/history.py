"""Scorecards over time: a folder of JSON files that git can keep, in the order of their names.

    evals/history/0001-3fa9c1d2.json
    evals/history/0002-88b01c7e.json

A run that says the same as the last one kept is not kept again: only date, commit and time tell them apart.
"""

import hashlib
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from summarizer.errors import CaseError
from summarizer.evaluation.scorecard import Result, Scorecard, load_card
from summarizer.evaluation.twins import result_twins
from summarizer.reading import printable_name

KEPT = re.compile(r"(\d{4,9})-[0-9a-f]{8}\.json")
MOST = 30  # runs on a page; of more the last


class Run(NamedTuple):
    """A scorecard under the name that a reader sees."""

    name: str
    card: Scorecard


class Line(NamedTuple):
    """One claim and what each run made of it."""

    claim: str
    results: tuple[Result | None, ...]
    """In the order of the runs; None where a run did not have the claim, or had it with another text or label."""

    @property
    def last(self) -> Result:
        """The newest result."""
        return next(one for one in reversed(self.results) if one is not None)

    @property
    def changed(self) -> bool:
        """Whether the outcome is not the same in every run that had the claim."""
        return len({one.predicted for one in self.results if one is not None}) > 1


def keep(card: Scorecard, folder: Path, write: Callable[[Path, str], None]) -> Path | None:
    """Write the card as the next of the folder; None where it says what the last one says. Raises an `OutputError`."""
    kept = last_kept(folder)
    if kept and _bare(load_card(kept)) == _bare(card):
        return None
    number = _number(kept) + 1 if kept else 1
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{number:04}-{hashlib.sha256(_bare(card).encode('utf-8')).hexdigest()[:8]}.json"
    write(path, card.model_dump_json(indent=1) + "\n")
    return path


def last_kept(folder: Path) -> Path | None:
    """The scorecard of the newest run that was kept; None where none was."""
    return next((path for path in reversed(_files(folder)) if _number(path)), None)


def load_history(paths: Sequence[Path]) -> tuple[Run, ...]:
    """The runs of files in the order given, and of folders by name. Raises a `CaseError` where there is none."""
    files = cards_in(paths)
    if not files:
        raise CaseError(f"{', '.join(printable_name(path) for path in paths)}: no scorecard is kept there yet")
    return tuple(Run(printable_name(file.stem), load_card(file)) for file in files)


def cards_in(paths: Sequence[Path]) -> list[Path]:
    """The scorecards that these are, or hold where they are folders."""
    return [file for path in paths for file in (_files(path) if path.is_dir() else [path])]


def lines_of(runs: Sequence[Run]) -> tuple[Line, ...]:
    """Every claim of the runs, in the order of the newest that has it."""
    newest: list[Result] = []
    found: list[list[Result | None]] = []
    for place, run in enumerate(reversed(runs)):
        same = [*result_twins(newest, run.card.counted())]
        for line, last, one in zip(found, newest, same, strict=True):
            line.append(one if one and one.gold == last.gold else None)
        known = {one.claim for one in (*newest, *same) if one}
        new = [one for one in run.card.counted() if one.claim not in known]
        newest += new
        found += [[*([None] * place), one] for one in new]
    return tuple(Line(last.claim, tuple(reversed(own))) for last, own in zip(newest, found, strict=True))


def _files(folder: Path) -> list[Path]:
    """The cards of a folder: those that were put there by hand by name, then those that were kept, by number."""
    found = [path for path in folder.glob("*.json") if path.is_file()] if folder.is_dir() else []
    return sorted(found, key=lambda path: (_number(path), path.name))


def _number(path: Path) -> int:
    """The number of a card that was kept; 0 for any other file."""
    found = KEPT.fullmatch(path.name)
    return int(found[1]) if found else 0


def _bare(card: Scorecard) -> str:
    """The card without what differs from run to run by itself."""
    run = card.run.model_copy(update={"date": None, "commit": None, "seconds_per_call": None})
    return card.model_copy(update={"run": run, "bars": ()}).model_dump_json()
