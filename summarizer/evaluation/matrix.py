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
from summarizer.errors import CaseError, UnavailableError, UsageError
from summarizer.evaluation.scorecard import Scorecard
from summarizer.idle_options import ASKING
from summarizer.llm.ledger import Ledger
from summarizer.llm.models import RunOptions
from summarizer.reading import printable_name
from summarizer.settings import SPECS, Settings, Value, flag_of, resolve
from summarizer.toml import parse_toml

LARGEST = 200_000  # bytes
MOST = 50  # runs
COMMON = "all set-ups"
"""The origin of a setting that holds for every set-up."""


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
        found = parse_toml(data.decode("utf-8-sig"))
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
    if unknown := sorted(set(rest) - (set(SPECS) - {"accepted"})):
        raise CaseError(f"{file}: run {number}: no setting is called {unknown[0]!r}; there are: {', '.join(SPECS)}")
    replies = run.get("replies")
    if not isinstance(replies, (str, type(None))):
        raise CaseError(f"{file}: run {number}: replies must be the name of a file")
    return SetUp(run["name"], rest, folder / replies if replies else None)


def _assembled(
    set_up: SetUp, common: Mapping[str, Any], options: RunOptions, ledger: Ledger, *, asked: str | None = None
) -> Components:
    """The components of a set-up, which must have a use for the setting `asked`, as for those that it says itself."""
    found = resolve({"claims": "sentence", **common, **set_up.settings}, folder=Path())
    # What holds for all may be of use to some of them only; what a set-up says itself must be of use to it.
    others = [name for name in ("claims", *common) if name not in set_up.settings and name != asked]
    shared = {name: Value(found[name], COMMON) for name in others}
    run = options._replace(replies=set_up.replies or options.replies, ledger=ledger, shared=set_up.replies is None)
    return assemble(Settings({**found.values, **shared}), run)


def _refuse_ignored(set_ups: Sequence[SetUp], common: Mapping[str, Any], options: RunOptions, ledger: Ledger) -> None:
    """Raise a `UsageError` for the options that every set-up answers itself, or that no other one has a use for."""
    own = [name for name in common if all(name in one.settings for one in set_ups)]
    own += ["replies"] if options.replies and all(one.replies for one in set_ups) else []
    if own:
        names = ", ".join(flag_of(name) for name in own)
        raise UsageError(f"{names}: every set-up of the matrix names its own; leave it out here or there")
    for name in common:
        faults: list[UsageError] = []
        for one in (one for one in set_ups if name not in one.settings):
            try:
                _assembled(one, common, options, ledger, asked=name)
            except UsageError as error:
                faults.append(error)
            else:
                break
        else:
            raise faults[0]


def _refuse_idle(common: Mapping[str, Any], options: RunOptions) -> None:
    """Raise a `UsageError` for the first option that only counts where a model is asked."""
    limits = {"max_tokens": options.max_tokens, "max_cost": options.max_cost, "replies": options.replies}
    idle = [one for one in ASKING if one in common] + [one for one, value in limits.items() if value]
    if idle:
        raise UsageError(f"{flag_of(idle[0])}: no set-up of the matrix asks a model; leave it out")


def run_matrix(
    set_ups: Sequence[SetUp],
    score: Callable[[Components], Scorecard],
    *,
    ledger: Ledger | None = None,
    settings: Mapping[str, Any] | None = None,
    options: RunOptions | None = None,
    begun: Callable[[str, Components], None] = lambda _name, _components: None,
) -> tuple[Row, ...]:
    """Score each set-up in turn; once the run of `ledger` is stopped, those that were done by then.

    `settings` and `options` hold for every set-up that says nothing else and has a use for them. `begun` is called with
    the name of each set-up before any text goes anywhere.

    Raises an `UnavailableError` where none was, and a `UsageError` for an option that none has a use for or room for.
    """
    rows: list[Row] = []
    ledger, options = ledger or Ledger(), options or RunOptions()
    every = [_assembled(one, settings or {}, options, ledger) for one in set_ups]  # a fault in the last costs no run
    if not any(getattr(part, "language_model", None) for components in every for part in components.parts):
        _refuse_idle(settings or {}, options)
    _refuse_ignored(set_ups, settings or {}, options, ledger)
    for one, components in zip(set_ups, every, strict=True):
        begun(one.name, components)
        card = score(components)
        if ledger.stopped:
            break
        rows.append(Row(one.name, card))
    if not rows:
        raise UnavailableError("the run was stopped before a set-up was scored")
    return tuple(rows)
