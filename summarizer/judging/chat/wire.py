"""Verdicts as a chat model writes them down."""

from typing import Literal

from summarizer.llm.wire import Wire

FindingName = Literal["number", "date", "name", "office", "negation", "modality", "attribution", "quotation", "other"]
LabelName = Literal["supported", "contradicted", "not_in_source"]


class WireEvidence(Wire):
    sentence: str
    quote: str


class WireConflict(Wire):
    kind: FindingName
    claim_words: str
    source_words: str


class WireVerdict(Wire):
    claim: str
    evidence: list[WireEvidence]
    label: LabelName
    conflict: WireConflict | None


class VerdictsReply(Wire):
    """Answers `judge.md`."""

    verdicts: list[WireVerdict]


class PickReply(Wire):
    """Answers `pick.md`: one claim, a label and the sentences that decide it."""

    label: LabelName
    sentences: list[str]
