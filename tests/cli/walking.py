"""Walk over the options of the commands: what each does by itself and beside each other one, without doing the work.

click reads each option by itself, so each is read once, and the commands are called with what two of them gave. What a
command would have judged, fetched, shown or sent is handed to a `Stage`, which notes what it was given: the components
as they would ask and decide, the texts, the files. Everything before and after that is the real code.
"""

import io
import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from functools import cached_property, lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock

import click

from summarizer.cli import summarizer
from summarizer.cli.groups import CommandWithOthers
from summarizer.errors import SummarizerError
from summarizer.llm.templates import Prompt
from summarizer.settings import Settings
from tests.cli.processes import fresh_environment

UNREAD = ("Ledger", "TokenCounter")
"""Classes whose objects say nothing of how a run goes."""


READ_ONCE = (
    "summarizer.llm.templates.load_prompts",
    "summarizer.calibration.load_profile",
    "summarizer.evaluation.case_files.load_suite",
)
"""Functions that read the same files at every call."""


def _read_once(name: str) -> Any:
    module, function = name.rsplit(".", 1)
    return mock.patch(name, lru_cache(maxsize=None)(getattr(import_module(module), function)))


class Outcome(NamedTuple):
    """What came of a command with some options."""

    status: int
    refused: str
    """The line that says why it does not run; empty where it does."""
    seen: str
    """Everything that it said, wrote and handed on."""


class Screen(io.StringIO):
    """Standard output; a terminal for a command that asks."""

    def __init__(self, *, terminal: bool) -> None:
        super().__init__()
        self._terminal = terminal

    def isatty(self) -> bool:
        return self._terminal


class Stage:
    """Where a command is called: a folder with its inputs, and stand-ins for what does the work."""

    def __init__(self, folder: Path, patches: "Callable[[Stage], Sequence[Any]]", *, terminal: bool = False) -> None:
        self.folder, self.terminal = folder, terminal
        self.noted: list[str] = []
        self._patches = patches

    def note(self, *facts: Any) -> None:
        self.noted.append(repr([described(fact) for fact in facts]))

    def _opened(self, url: str) -> bool:
        self.note("opened", url)
        return True

    @contextmanager
    def set(self) -> Iterator[None]:
        """Put the stand-ins in place, for all calls within."""
        before = Path.cwd()
        os.chdir(self.folder)
        patches = [
            *(_read_once(name) for name in READ_ONCE),
            mock.patch("summarizer.output.write_whole", lambda path, text: self.note("wrote", str(path), text)),
            mock.patch.dict(os.environ, {**fresh_environment(), "A_KEY": "k"}, clear=True),
            mock.patch("tempfile.mkdtemp", return_value="temporary"),  # so that no two calls differ by it alone
            mock.patch("webbrowser.open", self._opened),
            *self._patches(self),
        ]
        try:
            for one in patches:
                one.start()
            yield
        finally:
            mock.patch.stopall()
            os.chdir(before)

    def call(self, command: click.Command, context: click.Context, values: Mapping[str, Any]) -> Outcome:
        """Call the command with these values of its parameters."""
        self.noted = []
        there = {*Path().iterdir()}
        out, err = Screen(terminal=self.terminal), io.StringIO()
        status, refused = 0, ""
        assert command.callback is not None
        with redirect_stdout(out), redirect_stderr(err), context.scope(cleanup=False):
            try:
                command.callback(**values)
            except SystemExit as ended:
                status = int(ended.code or 0)
            except (SummarizerError, click.ClickException) as error:
                status, refused = getattr(error, "exit_status", 2), str(error)
        made = [(path.name, self._taken(path)) for path in sorted({*Path().iterdir()} - there)]
        return Outcome(status, refused, repr((status, out.getvalue(), err.getvalue(), self.noted, made)))

    def _taken(self, path: Path) -> str:
        if path.is_dir():
            names = sorted(str(one.relative_to(path)) for one in path.rglob("*"))
            shutil.rmtree(path)
            return repr(names)
        text = path.read_text(encoding="utf-8")
        path.unlink()
        return text


class Walk:
    """One command on its stage, with the arguments that every call has."""

    def __init__(self, name: str, stage: Stage, arguments: Sequence[str], samples: Mapping[str, Sequence[str]]) -> None:
        self.name, self.stage = name, stage
        self.command, self._context = found(name)
        self._samples = samples
        self._base = self._read(arguments)
        self._given = [*arguments]
        self._known: dict[tuple[str, ...], Outcome] = {}

    @cached_property
    def options(self) -> dict[str, dict[str, Any]]:
        """For each option what its sample changes among the parameters."""
        named = {}
        for option in self.command.params:
            if isinstance(option, click.Option):
                words = self._samples.get(option.opts[-1], () if option.is_flag else None)
                assert words is not None, f"{self.name} {option.opts[-1]}: give it a sample"
                read = self._read([*self._given, option.opts[-1], *words])
                named[option.opts[-1]] = {str(option.name): read[str(option.name)]}
        return named

    def outcome(self, *options: str) -> Outcome:
        """What comes of the command with the samples of these options."""
        key = tuple(sorted(options))
        if key not in self._known:
            values = dict(self._base)
            for option in key:
                values |= self.options[option]
            self._known[key] = self.stage.call(self.command, self._context, values)
        return self._known[key]

    def ignored(self, first: str, second: str) -> str | None:
        """Which of the two changes something by itself and nothing beside the other; None where both count."""
        both, base = self.outcome(first, second), self.outcome()
        if both.refused:
            return None
        for one, other in ((first, second), (second, first)):
            alone = self.outcome(one)
            if not alone.refused and alone != base and both == self.outcome(other):
                return one
        return None

    def _read(self, arguments: Sequence[str]) -> dict[str, Any]:
        return self.command.make_context(self.name, [*arguments], parent=self._context.parent).params


def found(name: str) -> tuple[click.Command, click.Context]:
    """The command of that name, `eval compare`, and a context to call it in."""
    command: click.Command = summarizer
    context = click.Context(command, info_name="summarizer")
    for word in name.split():
        assert isinstance(command, click.Group)
        command = command.commands[word]
        context = click.Context(command, info_name=word, parent=context)
    return command, context


def is_one_itself(group: click.Group) -> bool:
    """Whether a command has others beside it, and is called by its own name too."""
    return isinstance(group, CommandWithOthers)


def every_command() -> dict[str, click.Command]:
    """Each command that can be called, by its words."""

    def within(group: click.Group, words: str) -> Iterator[tuple[str, click.Command]]:
        for name, command in group.commands.items():
            whole = f"{words} {name}".strip()
            if not isinstance(command, click.Group) or command.invoke_without_command or is_one_itself(command):
                yield whole, command
            if isinstance(command, click.Group):
                yield from within(command, whole)

    return dict(within(summarizer, ""))


def described(thing: Any, seen: "dict[int, Any] | None" = None) -> Any:
    """What decides how a thing acts, as plain values: its class and attributes, those of what it holds as well.

    The settings are left out: a setting counts where something is made from it.
    """
    seen = {} if seen is None else seen
    if thing is None or isinstance(thing, (bool, int, float, str, bytes)):
        return thing
    if isinstance(thing, Path):
        return str(thing)
    if isinstance(thing, Prompt):
        return str(thing.digest)
    if isinstance(thing, Settings) or type(thing).__name__ in UNREAD:
        return ""
    if id(thing) in seen:
        return type(thing).__name__
    seen[id(thing)] = thing  # kept, so that no other thing gets its id
    if isinstance(thing, Mapping):
        return sorted((str(key), repr(described(value, seen))) for key, value in thing.items())
    if hasattr(thing, "model_dump_json"):
        return repr(thing)
    if isinstance(thing, tuple) and hasattr(thing, "_asdict"):
        return [type(thing).__name__, described(thing._asdict(), seen)]
    if isinstance(thing, (tuple, list, frozenset, set)):
        return [
            described(one, seen) for one in (sorted(thing, key=repr) if isinstance(thing, (set, frozenset)) else thing)
        ]
    if type(thing).__module__.startswith("summarizer."):
        own = {name: one for name, one in vars(thing).items() if not _is_reckoned(type(thing), name)}
        return [type(thing).__name__, described(own, seen)]
    return type(thing).__name__


def _is_reckoned(kind: type, name: str) -> bool:
    """Whether an attribute is made of others when it is first asked for, as the vocabulary of a loaded model is."""
    return isinstance(getattr(kind, name, None), cached_property)
