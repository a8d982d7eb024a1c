"""What a summary states."""

from enum import StrEnum
from typing import Literal

from summarizer.schema.text import Record, Span, Text

ErrorKind = Literal[
    "number", "unit", "date", "weekday", "name", "role", "negation", "antonym", "quantifier", "modality",
    "attribution_swap", "dropped_attribution", "quotation", "invented_cause", "over_interpretation", "merged_facts",
    "wrong_referent", "misleading_omission", "plausible_addition", "world_knowledge",
]  # fmt: skip
"""In which way an unsupported claim is wrong."""


class Kind(StrEnum):
    """What sort of statement a claim is."""

    EVENT = "event"
    FIGURE = "figure"
    QUOTATION = "quotation"
    POSITION = "position"
    BACKGROUND = "background"


class Modality(StrEnum):
    """How firmly a claim is put."""

    ASSERTED = "asserted"
    REPORTED = "reported"
    HEDGED = "hedged"
    PLANNED = "planned"
    DENIED = "denied"


class Claim(Record):
    """One statement of the summary."""

    id: Text
    """`c1`, `c2`, ... in the order of the summary."""
    text: Text
    """The statement, so that it stands alone (decontextualised)."""
    origin: Span
    """The words of the summary that it comes from, as written there."""
    kind: Kind
    """What sort of statement it is."""
    speaker: str | None = None
    """Who said it, as the text says; null where the text names nobody."""
    modality: Modality = Modality.ASSERTED
    """How firmly the summary puts it."""
    checkable: bool = True
    """False for what states nothing about the source: a question, a heading, an opinion of the writer."""
