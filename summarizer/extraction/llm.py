"""A language model as the extractor: one call for each 25 sentences of a summary."""

from collections.abc import Mapping

from summarizer.drafts import ClaimDraft, ClaimDrafts
from summarizer.extraction.sentences import extract_claims
from summarizer.extraction.wire import ClaimsReply, to_claim
from summarizer.language.sentences import sentences as sentences_of
from summarizer.llm.asking import Conversation, with_more_room
from summarizer.llm.blocks import block, numbered
from summarizer.llm.dry_run import WORDS
from summarizer.llm.exchange import CallError, TooLongError
from summarizer.llm.model import ANSWER_LEAST, LanguageModel
from summarizer.llm.side_by_side import side_by_side
from summarizer.schema import Document, Reason

SENTENCES_PER_CALL = 25  # of a summary


class LlmExtractor:
    """Asks a model to split a summary into atomic claims."""

    def __init__(self, model: LanguageModel) -> None:
        self.about = model.component("llm", "extract")
        self.destination, self.remote = model.destination, model.remote
        self.language_model = model

    async def extract(self, summary: Document, proposed: tuple[ClaimDraft, ...] | None = None) -> ClaimDrafts:
        """Use the claims that came with the summary, or ask for them.

        Where the calls fail, the claims are the sentences, and a warning says so.
        """
        if proposed is not None:
            return ClaimDrafts(claims=proposed)
        talk = self.language_model.conversation()
        names = numbered(one.text for one in sentences_of(summary))
        parts = [
            dict(list(names.items())[at : at + SENTENCES_PER_CALL]) for at in range(0, len(names), SENTENCES_PER_CALL)
        ]
        try:
            replies = await side_by_side([self._read(talk, part) for part in parts])
        except CallError as error:
            warning = f"the claims are the sentences as written, because extracting them failed: {error.detail}"
            return ClaimDrafts(claims=extract_claims(summary), usage=talk.spent("extract"), warnings=(warning,))
        claims = [
            to_claim(claim, quote=names[claim.sentence], checkable=claim.checkable)
            for name in names
            for reply in replies
            for claim in reply.claims
            if claim.sentence == name and claim.text.strip()
        ]
        return ClaimDrafts(claims=tuple(claims), usage=talk.spent("extract"))

    async def close(self) -> None:
        await self.language_model.close()

    async def _read(self, talk: Conversation, names: Mapping[str, str]) -> ClaimsReply:
        room = max(ANSWER_LEAST, 4 * sum(self.language_model.counter.count(text) + 40 for text in names.values()))
        values = {"summary": block("summary", names)}
        claim = {"text": WORDS, "kind": "event", "speaker": None, "modality": "asserted", "checkable": True}
        stand_in = {"claims": [{"sentence": name, **claim} for name in names]}
        request = self.language_model.request("extract", values, ClaimsReply, room, list(names), stand_in=stand_in)

        def fault(reply: ClaimsReply) -> tuple[str, str] | None:
            strange = {claim.sentence for claim in reply.claims} - set(names)
            if reply.claims and not strange:
                return None
            return "it has no claims, or names sentences that there are not", ""

        try:
            replies = await with_more_room(talk, request, ClaimsReply, fault)
        except TooLongError:
            raise CallError(Reason.TOO_LONG, "the summary does not fit into the model's context") from None
        return replies[-1]
