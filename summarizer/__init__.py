"""Summarise an article and check every statement against it, with the words that decide.

    from summarizer import check, summarize

    report = check("Rain fell on Tuesday.", "On Tuesday rain fell in the hills.")
    report.checks[0].outcome.kind

The names below are imported when they are first used: `import summarizer` costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from summarizer._version import __version__

if TYPE_CHECKING:
    from summarizer.backends.choose import openai_backend
    from summarizer.errors import (
        BackendError,
        InputError,
        OutputError,
        RefusedError,
        SummarizerError,
        UnavailableError,
        UsageError,
    )
    from summarizer.pipeline import acheck, asummarize, check, summarize
    from summarizer.schema import Claim, Document, Evidence, Label, Report, Unchecked, Verdict

__all__ = [
    "BackendError",
    "Claim",
    "Document",
    "Evidence",
    "InputError",
    "Label",
    "OutputError",
    "RefusedError",
    "Report",
    "SummarizerError",
    "UnavailableError",
    "Unchecked",
    "UsageError",
    "Verdict",
    "__version__",
    "acheck",
    "asummarize",
    "check",
    "openai_backend",
    "summarize",
]

_HOMES = {
    "acheck": "pipeline",
    "asummarize": "pipeline",
    "check": "pipeline",
    "openai_backend": "backends.choose",
    "summarize": "pipeline",
}
_RECORDS = frozenset({"Claim", "Document", "Evidence", "Label", "Report", "Unchecked", "Verdict"})


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    home = "schema" if name in _RECORDS else _HOMES.get(name, "errors")
    return getattr(import_module(f"{__name__}.{home}"), name)


def __dir__() -> list[str]:
    return __all__
