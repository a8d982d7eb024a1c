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
    from summarizer.api import Source, acheck, amend, asummarize, check, mend, summarize
    from summarizer.batch import Failed, Pair, check_many, summarize_many
    from summarizer.components import Components, assemble, openai_backend
    from summarizer.deciding import DecisionOptions
    from summarizer.drafts import ClaimDraft, ClaimDrafts, Judgement, Judgements, PairDraft, QuoteDraft, SummaryDraft
    from summarizer.errors import (
        BackendError,
        BudgetError,
        CaseError,
        InputError,
        OutputError,
        PromptError,
        RefusedError,
        RepairError,
        RepliesError,
        SettingsError,
        SummarizerError,
        UnavailableError,
        UsageError,
    )
    from summarizer.extraction import Extractor
    from summarizer.judging import Judge, Material
    from summarizer.judging.registry import JudgeContext
    from summarizer.llm.models import RunOptions
    from summarizer.reading import Reading, read
    from summarizer.report import render
    from summarizer.schema import (
        Check,
        Claim,
        Component,
        Coverage,
        Document,
        Doubt,
        Edit,
        EditKind,
        Evidence,
        Finding,
        FindingKind,
        Label,
        Probabilities,
        Reason,
        Repair,
        Report,
        Run,
        Span,
        Unchecked,
        Undecided,
        Usage,
        Verdict,
    )
    from summarizer.settings import Settings, resolve
    from summarizer.writing import Length, Writer

_HOMES = {
    "api": ("Source", "acheck", "amend", "asummarize", "check", "mend", "summarize"),
    "batch": ("Failed", "Pair", "check_many", "summarize_many"),
    "components": ("Components", "assemble", "openai_backend"),
    "deciding": ("DecisionOptions",),
    "drafts": ("ClaimDraft", "ClaimDrafts", "Judgement", "Judgements", "PairDraft", "QuoteDraft", "SummaryDraft"),
    "errors": (
        "BackendError", "BudgetError", "CaseError", "InputError", "OutputError", "PromptError", "RefusedError",
        "RepairError", "RepliesError", "SettingsError", "SummarizerError", "UnavailableError", "UsageError",
    ),
    "extraction": ("Extractor",),
    "judging": ("Judge", "Material"),
    "llm.models": ("RunOptions",),
    "judging.registry": ("JudgeContext",),
    "reading": ("Reading", "read"),
    "report": ("render",),
    "schema": (
        "Check", "Claim", "Component", "Coverage", "Document", "Doubt", "Edit", "EditKind", "Evidence", "Finding", "FindingKind", "Label",
        "Probabilities", "Reason", "Repair", "Report", "Run", "Span", "Unchecked", "Undecided", "Usage", "Verdict",
    ),
    "settings": ("Settings", "resolve"),
    "writing": ("Length", "Writer"),
}  # fmt: skip
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "BackendError",
    "BudgetError",
    "CaseError",
    "Check",
    "Claim",
    "ClaimDraft",
    "ClaimDrafts",
    "Component",
    "Components",
    "Coverage",
    "DecisionOptions",
    "Document",
    "Doubt",
    "Edit",
    "EditKind",
    "Evidence",
    "Extractor",
    "Failed",
    "Finding",
    "FindingKind",
    "InputError",
    "Judge",
    "JudgeContext",
    "Judgement",
    "Judgements",
    "Label",
    "Length",
    "Material",
    "OutputError",
    "Pair",
    "PairDraft",
    "Probabilities",
    "PromptError",
    "QuoteDraft",
    "Reading",
    "Reason",
    "RefusedError",
    "Repair",
    "RepairError",
    "RepliesError",
    "Report",
    "Run",
    "RunOptions",
    "Settings",
    "SettingsError",
    "Source",
    "Span",
    "SummarizerError",
    "SummaryDraft",
    "UnavailableError",
    "Unchecked",
    "Undecided",
    "Usage",
    "UsageError",
    "Verdict",
    "Writer",
    "__version__",
    "acheck",
    "amend",
    "assemble",
    "asummarize",
    "check",
    "check_many",
    "mend",
    "openai_backend",
    "read",
    "render",
    "resolve",
    "summarize",
    "summarize_many",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
