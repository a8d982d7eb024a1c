"""The formats of a report by name: one module each, and whatever the rest of the code must know of it.

The command line, `render` and the documentation read them from here; nothing else lists them. Looking up a name
imports no format, so that `--help` stays quick. A package adds one at run time:

    from summarizer.report import Format, register

    register(Format("shout", "the claims in capitals", lambda report: report.summary.text.upper()))
"""

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, get_args

from summarizer.errors import UsageError

if TYPE_CHECKING:
    from summarizer.schema import Report

Option = Literal["width", "color", "ascii_only", "files", "taken_from", "sort"]
"""What a format may ask of its caller: columns of the terminal, colour, marks in ASCII alone, the names of the files that
documents are and of those that they were taken out of, whose lines are others, and the order of the claims."""


class Format(NamedTuple):
    """A form of a report, found by its name."""

    name: str
    """What `--format` and `render` call it."""
    about: str
    """What it is, in at most 36 characters, for help and documentation."""
    render: Callable[..., str]
    """Takes a `Report`, and those of its `options` that the caller gives, by keyword; returns the whole text."""
    options: frozenset[Option] = frozenset()
    """What it can make use of."""
    edits: bool = False
    """Whether it shows how the summary can be put right."""


TERMINAL: frozenset[Option] = frozenset({"width", "color", "ascii_only", "sort"})
SORTED: frozenset[Option] = frozenset({"sort"})
FILES: frozenset[Option] = frozenset({"files", "taken_from"})


def _built_in(name: str, about: str, options: frozenset[Option] = frozenset(), *, edits: bool = False) -> Format:
    """A format of this package: the function `render` of the module of that name, imported when it is first used."""

    def render(report: "Report", **given: Any) -> str:
        written: str = import_module(f"{__name__}.{name}").render(report, **given)
        return written

    return Format(name, about, render, options, edits)


_FORMATS = {
    one.name: one
    for one in (
        _built_in("text", "for reading in a terminal", TERMINAL, edits=True),
        _built_in("json", "the whole report, for programs", edits=True),
        _built_in("markdown", "for a pull request or a message", SORTED, edits=True),
        _built_in("html", "one page, summary beside source", SORTED, edits=True),
        _built_in("csv", "a row per claim, for a spreadsheet", SORTED),
        _built_in("jsonl", "a JSON record per claim, for jq", SORTED),
        _built_in("junit", "a test case per claim, for CI"),
        _built_in("sarif", "for code scanning and editors", FILES),
        _built_in("github", "annotations for GitHub Actions", FILES),
    )
}


BUILT_IN = frozenset(_FORMATS)


def format_names() -> tuple[str, ...]:
    """The names of all formats, in the order in which help shows them."""
    return tuple(_FORMATS)


def find_format(name: str) -> Format:
    """Return the format of that name. Raises a `UsageError` where there is none."""
    if name not in _FORMATS:
        raise UsageError(f"no format is called {name!r}; there are: {', '.join(_FORMATS)}")
    return _FORMATS[name]


def register(one: Format) -> None:
    """Add a format. Raises a `UsageError` where its name is taken, or where it asks for an option that there is not."""
    if one.name in _FORMATS:
        raise UsageError(f"a format is already called {one.name!r}; choose another name")
    if unknown := sorted(one.options - set(get_args(Option))):
        raise UsageError(
            f"the format {one.name!r} asks for {', '.join(unknown)}; there are: {', '.join(get_args(Option))}"
        )
    _FORMATS[one.name] = one


def unregister(name: str) -> None:
    """Take out a format that was added. Raises a `UsageError` for one that there is not, or that is built in."""
    find_format(name)
    if name in BUILT_IN:
        raise UsageError(f"the format {name!r} is built in; only what was added can be taken out")
    del _FORMATS[name]
