"""Claims as a language model writes them down: in `extract.md` of a summary, in `write.md` along with its own."""

from typing import Annotated, Literal

from summarizer.drafts import ClaimDraft
from summarizer.llm.blocks import one_line
from summarizer.llm.wire import Records, Spelling, Wire
from summarizer.schema import Kind, Modality

KindName = Annotated[Literal["event", "figure", "quotation", "position", "background"], Spelling]
ModalityName = Annotated[Literal["asserted", "reported", "hedged", "planned", "denied"], Spelling]


class WireStatement(Wire):
    text: str
    kind: KindName
    speaker: str | None
    modality: ModalityName


class WireClaim(Wire):
    sentence: str
    text: str
    kind: KindName
    speaker: str | None
    modality: ModalityName
    checkable: bool


class ClaimsReply(Wire):
    """Answers `extract.md`."""

    claims: Records[WireClaim]


def to_claim(claim: WireStatement | WireClaim, *, quote: str, checkable: bool = True) -> ClaimDraft:
    """The draft of a claim whose words in the summary are `quote`."""
    return ClaimDraft(
        text=one_line(claim.text),
        quote=quote,
        kind=Kind(claim.kind),
        speaker=claim.speaker or None,
        modality=Modality(claim.modality),
        checkable=checkable,
    )
