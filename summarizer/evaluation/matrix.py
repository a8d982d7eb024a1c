"""Several set-ups over one suite: judges, models, prompts and settings, side by side.

    [[run]]
    name = "embedded"

    [[run]]
    name = "a small model, by sentence"
    replies = "replies.jsonl"
    cite = "sentences"

A run's keys are settings of `summarizer config show`, and `replies` for a recording,
looked for beside the file.
"""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from summarizer.components import Components, assemble
from summarizer.errors import CaseError, UnavailableError
from summarizer.evaluation.scorecard import Scorecard
from summarizer.llm.ledger import Ledger
from summarizer.llm.models import RunOptions
from summarizer.reading import printable_name
from summarizer.settings import SPECS, resolve

LARGEST = 200_000  # bytes
MOST = 50  # runs


class SetUp(NamedTuple):
    """One row of the matrix to come."""

    name: str
    settings: Mapping[str, Any]
    replies: Path | None


class Row(NamedTuple):
    """One row of the matrix."""

    name: str
    card: Scorecard

    @property
    def price(self) -> float | None:
        """US dollars per thousand claims; 0 where no model was asked, None where the price is unknown."""
        usage = self.card.run.usage
        if not usage.calls:
            return 0.0
        return None if usage.cost_usd is None else 1_000 * usage.cost_usd / len(self.card.results)

    @property
    def tokens(self) -> float | None:
        """Tokens per claim, sent and received; 0 where no model was asked."""
        usage = self.card.run.usage
        if not usage.calls:
            return 0.0
        if usage.input_tokens is None or usage.output_tokens is None:
            return None
        return (usage.input_tokens + usage.output_tokens) / len(self.card.results)


def load_matrix(path: Path) -> tuple[SetUp, ...]:
    """Read the set-ups. Raises a `CaseError` that names file, run and fault."""
    name = printable_name(path)
    try:
        data = path.read_bytes()
        if len(data) > LARGEST:
            raise CaseError(f"{name}: is larger than {LARGEST:,} bytes")
        found = tomllib.loads(data.decode("utf-8"))
    except OSError as error:
        raise CaseError(f"{name}: {error.strerror or 'cannot be read'}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CaseError(f"{name}: is not TOML: {error}") from None
    runs = found.get("run")
    if set(found) != {"run"} or not isinstance(runs, list) or not 1 <= len(runs) <= MOST:
        raise CaseError(f"{name}: needs one to {MOST} tables [[run]] and nothing else")
    set_ups = [_set_up(name, number, run, path.parent) for number, run in enumerate(runs, 1)]
    if len({one.name for one in set_ups}) < len(set_ups):
        raise CaseError(f"{name}: two runs have the same name")
    return tuple(set_ups)


def _set_up(file: str, number: int, run: Any, folder: Path) -> SetUp:
    if not isinstance(run, dict) or not isinstance(run.get("name"), str) or not run["name"].strip():
        raise CaseError(f"{file}: run {number}: needs a name")
    rest = {key: value for key, value in run.items() if key not in ("name", "replies")}
    if unknown := sorted(set(rest) - set(SPECS)):
        raise CaseError(f"{file}: run {number}: no setting is called {unknown[0]!r}; there are: {', '.join(SPECS)}")
    replies = run.get("replies")
    if not isinstance(replies, (str, type(None))):
        raise CaseError(f"{file}: run {number}: replies must be the name of a file")
    return SetUp(run["name"], rest, folder / replies if replies else None)


def run_matrix(
    set_ups: Sequence[SetUp],
    score: Callable[[Components], Scorecard],
    *,
    ledger: Ledger | None = None,
    settings: Mapping[str, Any] | None = None,
    options: RunOptions | None = None,
) -> tuple[Row, ...]:
    """Score each set-up in turn; once the run of `ledger` is stopped, those that were done by then.

    `settings` and `options` hold for every set-up that says nothing else.

    Raises an `UnavailableError` where none was.
    """
    rows: list[Row] = []
    ledger = ledger or Ledger()
    for one in set_ups:
        own = resolve({"claims": "sentence", **(settings or {}), **one.settings}, folder=Path())
        run = options or RunOptions()
        card = score(assemble(own, run._replace(replies=one.replies or run.replies, ledger=ledger)))
        if ledger.stopped:
            break
        rows.append(Row(one.name, card))
    if not rows:
        raise UnavailableError("the run was stopped before a set-up was scored")
    return tuple(rows)
