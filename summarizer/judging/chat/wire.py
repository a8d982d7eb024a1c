"""Verdicts as a chat model writes them down."""

import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, ValidationError, ValidatorFunctionWrapHandler, WrapValidator

from summarizer.llm.wire import Records, Spelling, Wire

FindingName = Annotated[
    Literal["number", "date", "name", "office", "negation", "modality", "attribution", "quotation", "other"], Spelling
]
LabelName = Annotated[Literal["supported", "contradicted", "not_in_source"], Spelling]
LINE_NUMBER = re.compile(r"(?:\A\s{0,9}+|\s)(?:s\d{1,6}:|\[s\d{1,6}\]:?)(?=\s)")


def _without_numbers(quote: str) -> str:
    """The words of a quote that was copied with the numbers that its lines have in the prompt."""
    return LINE_NUMBER.sub(" ", quote).strip() if LINE_NUMBER.match(quote) else quote


Quote = Annotated[str, AfterValidator(_without_numbers)]


class WireEvidence(Wire):
    sentence: str
    quote: Quote


class WireConflict(Wire):
    kind: FindingName
    claim_words: str
    source_words: Quote


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
