"""A language model as the writer: one call, or one for each part of a source that does not fit and one for the whole."""

from collections.abc import Sequence

from summarizer.drafts import SummaryDraft
from summarizer.errors import UnavailableError
from summarizer.extraction.wire import WireStatement, to_claim
from summarizer.language.detection import languages_told
from summarizer.language.sentences import Sentence
from summarizer.llm.asking import Conversation, with_more_room
from summarizer.llm.blocks import block, numbered, one_line
from summarizer.llm.dry_run import WORDS
from summarizer.llm.exchange import CallError, TooLongError
from summarizer.llm.model import ANSWER_LEAST, SOURCE_LIMITS, LanguageModel
from summarizer.llm.side_by_side import side_by_side
from summarizer.llm.wire import Records, Wire
from summarizer.schema import Reason
from summarizer.writing import Length

WORDS_A_SENTENCE = 30  # at most, for the room that an answer needs
TOKENS_A_WORD = 10  # of an answer: the text, the same again in claims with their fields, in any language and layout


class WireSentence(Wire):
    text: str
    claims: Records[WireStatement]


class SummaryReply(Wire):
    """Answers `write.md`."""

    sentences: list[WireSentence]


class LlmWriter:
    """Asks a model for a summary; its claims come along with the text."""

    takes_sentences = False

    def __init__(self, model: LanguageModel) -> None:
        self.about = model.component("llm", "write")
        self.destination, self.remote = model.destination, model.remote
        self.language_model = model

    async def write(self, sentences: Sequence[Sentence], length: Length) -> SummaryDraft:
        """Write a summary; a source that does not fit is summarised in parts, and the parts together.

        Raises an `UnavailableError` where no summary came back.
        """
        talk = self.language_model.conversation()
        try:
            reply, parts = await self._written(talk, [one.text for one in sentences], length)
        except CallError as error:
            raise UnavailableError(f"no summary: {error.detail}") from None
        texts = [one_line(sentence.text) for sentence in reply.sentences]
        claims = tuple(
            to_claim(claim, quote=text)
            for text, sentence in zip(texts, reply.sentences, strict=True)
            for claim in sentence.claims
        )
        in_parts = f"the source was read in {parts} parts, because it does not fit into one request"
        warnings = (*([in_parts] if parts > 1 else []), *talk.warnings())
        return SummaryDraft(text=" ".join(texts), claims=claims, usage=talk.spent("write"), warnings=warnings)

    async def close(self) -> None:
        await self.language_model.close()

    async def _written(self, talk: Conversation, texts: Sequence[str], length: Length) -> tuple[SummaryReply, int]:
        partings = self.language_model.partings(texts)
        for runs in partings:
            more = runs is not partings[-1]
            parts = [[texts[at] for at in run] for run in runs]
            try:
                if len(parts) == 1:
                    return await self._summary(talk, texts, length, has_shorter=more), 1
                notes = await side_by_side([self._summary(talk, one, length, has_shorter=more) for one in parts])
                lines = [sentence.text for note in notes for sentence in note.sentences]
                return await self._summary(talk, lines, length, has_shorter=more), len(parts)
            except TooLongError:
                continue
        detail = f"the source does not fit into the model's context, even in parts of {SOURCE_LIMITS[-1]:,} tokens"
        raise CallError(Reason.TOO_LONG, detail)

    async def _summary(
        self, talk: Conversation, texts: Sequence[str], length: Length, *, has_shorter: bool
    ) -> SummaryReply:
        told = languages_told(" ".join(texts))  # a summary is in the language of its source
        values = {"source": f"{told}\n{block('source', numbered(texts))}".lstrip(), "length": str(length)}
        words = length.amount if length.unit == "words" else WORDS_A_SENTENCE * length.amount
        room = max(ANSWER_LEAST, words * TOKENS_A_WORD)
        request = self.language_model.request("write", values, SummaryReply, room, (), stand_in=_stand_in(length))
        request = request._replace(has_shorter=has_shorter)

        def fault(reply: SummaryReply) -> tuple[str, str] | None:
            if all(sentence.text.strip() for sentence in reply.sentences) and reply.sentences:
                return None
            return "it has no sentences, or an empty one", ""

        replies = await with_more_room(talk, request, SummaryReply, fault)
        if fault(replies[-1]):
            raise CallError(Reason.BAD_REPLY, "the reply has no sentences, even when asked again")
        return replies[-1]


def _stand_in(length: Length) -> dict[str, object]:
    """A summary of about that length, a claim for each sentence."""
    sentences = length.amount if length.unit == "sentences" else max(1, length.amount // 25)
    texts = [f"{WORDS.capitalize()} {number}." for number in range(sentences)]
    claim = {"kind": "event", "speaker": None, "modality": "asserted"}
    return {"sentences": [{"text": text, "claims": [{"text": text, **claim}]} for text in texts]}
