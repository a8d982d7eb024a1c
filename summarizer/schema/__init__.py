"""The records that flow: frozen, deep, and unbuildable in a wrong state.

`Report` is the whole: what a command prints, what a file holds, and what the
eval harness scores. These modules know pydantic and nothing else of ours.
"""

from summarizer.schema.claims import Claim, ErrorKind, Kind, Modality
from summarizer.schema.outcomes import (
    Acceptance,
    Check,
    Doubt,
    Finding,
    FindingKind,
    Flag,
    Label,
    Outcome,
    Probabilities,
    Probability,
    Reason,
    Unchecked,
    Undecided,
    Verdict,
)
from summarizer.schema.repair import Edit, EditKind, Repair, distance_of, edited, moved
from summarizer.schema.report import (
    Component,
    Coverage,
    KeySentence,
    KeyStatus,
    PromptDigest,
    Report,
    Run,
    Setting,
    StageUsage,
    Usage,
)
from summarizer.schema.text import Document, Evidence, Record, Span, Text

__all__ = [
    "Acceptance",
    "Check",
    "Claim",
    "Component",
    "Coverage",
    "Document",
    "Doubt",
    "Edit",
    "EditKind",
    "ErrorKind",
    "Evidence",
    "Finding",
    "FindingKind",
    "Flag",
    "KeySentence",
    "KeyStatus",
    "Kind",
    "Label",
    "Modality",
    "Outcome",
    "Probabilities",
    "Probability",
    "PromptDigest",
    "Reason",
    "Record",
    "Repair",
    "Report",
    "Run",
    "Setting",
    "Span",
    "StageUsage",
    "Text",
    "Unchecked",
    "Undecided",
    "Usage",
    "Verdict",
    "distance_of",
    "edited",
    "moved",
]
