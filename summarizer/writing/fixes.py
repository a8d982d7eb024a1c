"""A language model as the fixer: one call for all wrong statements of a summary, up to `STATEMENTS_PER_CALL`."""

from collections.abc import Sequence

from summarizer.llm.asking import Conversation, with_more_room
from summarizer.llm.blocks import block, one_line
from summarizer.llm.dry_run import WORDS
from summarizer.llm.exchange import CallError, TooLongError
from summarizer.llm.model import ANSWER_LEAST, LanguageModel
from summarizer.llm.side_by_side import side_by_side
from summarizer.llm.wire import Records, Wire
from summarizer.schema import Label, Reason
from summarizer.writing import Fixes, Wrong

STATEMENTS_PER_CALL = 25
WHAT_IS_WRONG = {
    Label.CONTRADICTED: "the source says something else",
    Label.NOT_IN_SOURCE: "the source does not say it",
}


class WireFix(Wire):
    statement: str
    text: str | None


class FixesReply(Wire):
    """Answers `fix.md`."""

    fixes: Records[WireFix]


class LlmFixer:
    """Asks a model for other words."""

    def __init__(self, model: LanguageModel) -> None:
        self.about = model.component("llm", "fix")
        self.destination, self.remote = model.destination, model.remote
        self.language_model = model

    async def fix(self, wrong: Sequence[Wrong]) -> Fixes:
        """Ask for all statements; those of a call that failed have no fix, and a warning says why."""
        talk = self.language_model.conversation()
        parts = [wrong[at : at + STATEMENTS_PER_CALL] for at in range(0, len(wrong), STATEMENTS_PER_CALL)]
        answers = await side_by_side([self._asked(talk, part) for part in parts])
        failed = [one for one in answers if isinstance(one, str)]
        texts = {
            fix.statement: one_line(fix.text)
            for reply in answers
            if isinstance(reply, FixesReply)
            for fix in reply.fixes
            if fix.text and fix.text.strip()
        }
        warnings = (f"the model proposed no words for some statements: {failed[0]}",) if failed else ()
        return Fixes(texts, self.about, talk.spent("fix"), warnings)

    async def close(self) -> None:
        await self.language_model.close()

    async def _asked(self, talk: Conversation, wrong: Sequence[Wrong]) -> FixesReply | str:
        try:
            return await self._read(talk, wrong)
        except CallError as error:
            return error.detail

    async def _read(self, talk: Conversation, wrong: Sequence[Wrong]) -> FixesReply:
        lines: dict[str, str] = {}
        for one in wrong:
            lines |= {one.id: one.text, f"{one.id} is wrong": WHAT_IS_WRONG[one.label]}
            lines |= {f"{one.id} source {number}": text for number, text in enumerate(one.sources, 1)}
        known = {one.id for one in wrong}
        room = max(ANSWER_LEAST, 2 * sum(self.language_model.counter.count(one.text) + 30 for one in wrong))
        stand_in = {"fixes": [{"statement": one.id, "text": WORDS} for one in wrong]}
        values = {"statements": block("statements", lines)}
        request = self.language_model.request("fix", values, FixesReply, room, sorted(known), stand_in=stand_in)

        def fault(reply: FixesReply) -> tuple[str, str] | None:
            strange = {one.statement for one in reply.fixes} - known
            if strange:
                return "it names statements that there are not", ""
            return (f"it is not of the form: {reply.left_out[0].fault}", "") if reply.left_out else None

        try:
            replies = await with_more_room(talk, request, FixesReply, fault)
        except TooLongError:
            raise CallError(Reason.TOO_LONG, "the statements do not fit into the model's context") from None
        kept = [one for one in replies[-1].fixes if one.statement in known]
        return FixesReply(fixes=kept)
