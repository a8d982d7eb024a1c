"""Verdicts as a chat model writes them down."""

from typing import Annotated, Any, Literal

from pydantic import ValidationError, ValidatorFunctionWrapHandler, WrapValidator

from summarizer.llm.wire import Records, Spelling, Wire

FindingName = Annotated[
    Literal["number", "date", "name", "office", "negation", "modality", "attribution", "quotation", "other"], Spelling
]
LabelName = Annotated[Literal["supported", "contradicted", "not_in_source"], Spelling]


class WireEvidence(Wire):
    sentence: str
    quote: str


class WireConflict(Wire):
    kind: FindingName
    claim_words: str
    source_words: str


def _if_any(value: Any, validate: ValidatorFunctionWrapHandler) -> Any:
    """A conflict of the form, or none: it is shown beside a verdict and decides nothing."""
    try:
        return validate(value)
    except ValidationError:
        return None


class WireVerdict(Wire):
    claim: str
    evidence: list[WireEvidence]
    label: LabelName
    conflict: Annotated[WireConflict | None, WrapValidator(_if_any)]


class VerdictsReply(Wire):
    """Answers `judge.md`."""

    verdicts: Records[WireVerdict]


class PickReply(Wire):
    """Answers `pick.md`: one claim, a label and the sentences that decide it."""

    label: LabelName
    sentences: list[str]
