"""A language model as the finder of key sentences: it names their numbers, so that their words are the source's own."""

from collections.abc import Sequence

from summarizer.coverage import Found, wanted
from summarizer.language.sentences import Sentence
from summarizer.llm.asking import Conversation, with_more_room
from summarizer.llm.blocks import block, numbered
from summarizer.llm.exchange import CallError, TooLongError
from summarizer.llm.model import ANSWER_LEAST, SOURCE_LIMITS, LanguageModel
from summarizer.llm.side_by_side import side_by_side
from summarizer.llm.wire import Wire
from summarizer.schema import Reason


class KeyReply(Wire):
    """Answers `key.md`."""

    sentences: list[str]


class LlmFinder:
    """Asks a model which sentences of a source a good summary would cover."""

    def __init__(self, model: LanguageModel) -> None:
        self.about = model.component("llm", "key")
        self.destination, self.remote = model.destination, model.remote
        self.language_model = model

    async def find(self, sentences: Sequence[Sentence], number: int) -> Found:
        """Ask once; a source that does not fit is read in parts, and what they bring is chosen from once more."""
        talk = self.language_model.conversation()
        try:
            positions = await self._found(talk, [one.text for one in sentences], number)
        except CallError as error:
            why = f"the model named no key sentences, so the extractive writer chose them: {error.detail}"
            return Found((), talk.spent("key"), (why,))
        return Found(tuple(positions), talk.spent("key"), talk.warnings())

    async def close(self) -> None:
        await self.language_model.close()

    async def _found(self, talk: Conversation, texts: Sequence[str], number: int) -> list[int]:
        partings = self.language_model.partings(texts)
        for parts in partings:
            more = parts is not partings[-1]
            try:
                if len(parts) == 1:
                    return await self._asked(talk, texts, parts[0], number, has_shorter=more)
                asked = [self._asked(talk, texts, part, wanted(part), has_shorter=more) for part in parts]
                found = [at for part in await side_by_side(asked) for at in part]
                return await self._asked(talk, texts, found, number, has_shorter=more)
            except TooLongError:
                continue
        detail = f"the source does not fit into the model's context, even in parts of {SOURCE_LIMITS[-1]:,} tokens"
        raise CallError(Reason.TOO_LONG, detail)

    async def _asked(
        self, talk: Conversation, texts: Sequence[str], offered: Sequence[int], number: int, *, has_shorter: bool
    ) -> list[int]:
        """The positions that the model names among those offered, in the order of the source."""
        lines = numbered([texts[at] for at in offered])
        places = dict(zip(lines, offered, strict=True))
        values = {"source": block("article", lines), "number": str(number)}
        stand_in = {"sentences": list(lines)[:number]}
        room = max(ANSWER_LEAST, 10 * number)
        request = self.language_model.request("key", values, KeyReply, room, (), stand_in=stand_in)
        request = request._replace(has_shorter=has_shorter)

        def fault(reply: KeyReply) -> tuple[str, str] | None:
            if not reply.sentences:
                return "it names no sentence", ""
            strange = next((one for one in reply.sentences if one not in places), None)
            return None if strange is None else ("it names sentences that there are not", "")

        replies = await with_more_room(talk, request, KeyReply, fault)
        named = list(dict.fromkeys(places[one] for one in replies[-1].sentences if one in places))
        if not named:
            raise CallError(Reason.BAD_REPLY, "the reply names no sentence of the source, even when asked again")
        return sorted(named[:number])
