"""One question to a language model: what counts as an answer, and when it is asked again.

`ask` reads the answer in the one order that tells failures apart: cut off, refused, empty, not of the form.
"""

import re
from collections.abc import Callable
from typing import TypeVar

from summarizer.errors import BudgetError, RefusedError
from summarizer.llm.exchange import (
    NO_ANSWER,
    Answer,
    Caller,
    CallError,
    EnvelopeError,
    Message,
    Request,
    Stage,
    ThoughtError,
    TooLongError,
    Unanswered,
)
from summarizer.llm.templates import Prompt
from summarizer.llm.thinking import Thinking, cut_off_in_thought
from summarizer.llm.tokens import PER_MESSAGE, Budget, Endpoint, Reserved, Tariff, TokenCounter, price
from summarizer.llm.wire import BadReplyError, Reply, parse_reply
from summarizer.schema import Reason, StageUsage

WIDEN = 3  # times the room for an answer that was cut off
MOST_OF_A_TOKEN = 7  # code points, on the average of a text: English and Hindi have 4 to 5.5, Chinese fewer than 2
LEAST_READ = 1_000  # tokens; a context has more, and a lower count is none
PROSE_REFUSAL = re.compile(
    r"\A\s{0,5}(?:I['’]?m sorry|I am sorry|Sorry,|I can(?:['’]t|not)|I(?:['’]m| am) (?:unable|not able)|I (?:must|have to) decline)",
    re.IGNORECASE,
)
Result = TypeVar("Result")


class Conversation:
    """Asks, accepts or asks once more, and counts what one job has spent."""

    def __init__(
        self,
        caller: Caller,
        again: Prompt,
        counter: TokenCounter,
        budget: Budget,
        endpoint: Endpoint = "chat",
        *,
        tariff: Tariff = "standard",
        thinking: Thinking | None = None,
    ) -> None:
        self._caller = caller
        self._endpoint = endpoint
        self._thinking = thinking or Thinking()
        self._tariff = tariff
        self._again = again
        self._counter = counter
        self._budget = budget
        self._answers: list[Answer] = []
        self._cut: tuple[int, int, str] | None = None

    async def ask(
        self,
        request: Request,
        reply: type[Reply],
        *,
        fault: Callable[[Reply], tuple[str, str] | None] | None = None,
        heard: Callable[[Answer], None] | None = None,
        unanswered: Callable[[Unanswered], None] | None = None,
    ) -> tuple[Reply, ...]:
        """Return the reply, or the reply and the one to a second question. `fault` says what of a well-formed one is
        wrong or still missing, and what to ask for instead; `heard` is told each answer that is returned as a reply.

        One more question at most. Raises `CallError`, `TooLongError`, `BudgetError` and `RefusedError`, but where there
        is `unanswered`, a first reply is returned all the same, and that is told why the second question had no answer.
        """
        found: tuple[Reply, ...] = ()
        answer = NO_ANSWER
        try:
            answer = await self._answer(request)
            found = (parse_reply(answer.text or "", reply),)
            if heard:
                heard(answer)
            wrong = fault(found[0]) if fault else None
        except BadReplyError as error:
            if PROSE_REFUSAL.match(answer.text or ""):
                raise CallError(Reason.REFUSED, "the model refused to answer") from None
            wrong = (str(error), "")
        except EnvelopeError as error:
            wrong = (error.detail, "")
        if not wrong:
            await self._caller.accept(request, answer)
            return found
        once_more = self.corrected(request, answer.text or "", *wrong)
        try:
            second, corrected = await self._second(once_more, reply)
        except (CallError, BudgetError, RefusedError) as error:
            if not found or not (unanswered or isinstance(error, CallError)):
                raise
            if unanswered:
                unanswered(error)
            return found
        if heard:
            heard(second)
        if not (fault and fault(corrected)):
            if found:
                await self._caller.accept(request, answer)
            await self._caller.accept(once_more, second)
        return (*found, corrected)

    async def _second(self, request: Request, reply: type[Reply]) -> tuple[Answer, Reply]:
        """The answer to a question that is asked again, and its reply. Raises as `ask`, also where it does not fit."""
        try:
            answer = await self._answer(request)
            return answer, parse_reply(answer.text or "", reply)
        except (BadReplyError, TooLongError) as error:
            raise CallError(Reason.BAD_REPLY, f"the reply was unusable, even when asked again: {error}") from None

    async def ask_once(self, request: Request, read: Callable[[str], tuple[Result, bool]]) -> Result:
        """Return what `read` makes of the answer; it also says whether the answer is worth keeping. Nothing is asked again.

        Raises `CallError` and `TooLongError`.
        """
        answer = await self._answer(request)
        try:
            found, usable = read(answer.text or "")
        except BadReplyError as error:
            raise CallError(Reason.BAD_REPLY, f"the reply was unusable: {error}") from None
        if usable:
            await self._caller.accept(request, answer)
        return found

    def corrected(self, request: Request, text: str, fault: str, wanted: str) -> Request:
        """The question asked again: the reply so far, and what is wrong with it."""
        _, user = self._again.render({"fault": fault, "wanted": wanted})
        said = text[:20_000] or "(nothing)"
        messages = (*request.messages, Message("assistant", said), Message("user", user))
        return request._replace(messages=messages)

    def spent(self, stage: Stage) -> StageUsage:
        """What the answers so far have cost."""

        def add(values: list[int | None]) -> int | None:
            known = [value for value in values if value is not None]
            return sum(known) if known and len(known) == len(values) else None

        usage = StageUsage(
            stage=stage,
            calls=len(self._answers),
            input_tokens=add([answer.input_tokens for answer in self._answers]),
            output_tokens=add([answer.output_tokens for answer in self._answers]),
            cached_tokens=add([answer.cached_tokens for answer in self._answers]),
        )
        return usage.model_copy(update={"cost_usd": self._price(usage)})

    def warnings(self) -> tuple[str, ...]:
        """What the reader has to know of the server."""
        if not self._cut:
            return ()
        read, sent, came_of_it = self._cut
        return (
            f"the server read {read:,} tokens of a request of about {sent:,} and did not say so; {came_of_it}; "
            "give the model a longer context (Ollama: OLLAMA_CONTEXT_LENGTH)",
        )

    def _price(self, usage: StageUsage) -> float | None:
        return price(self._caller.model, self._caller.base_url, usage, self._endpoint, self._tariff)

    async def _answer(self, request: Request) -> Answer:
        """The answer; one that was cut off in a thought is asked for once more, with room for it."""
        thinking = 0 if request.questions else self._thinking.room
        answer = await self._called(request._replace(thinking=thinking))
        thinking = thinking or answer.thinking  # of a recording, whose run may have known more
        if cut_off_in_thought(answer) and not thinking and (thinking := self._thinking.seen()):
            answer = await self._called(request._replace(thinking=thinking))
        if cut_off_in_thought(answer):
            raise ThoughtError(request.max_tokens + thinking, thinking)
        if answer.is_cut:
            raise CallError(Reason.TRUNCATED, f"the reply was cut off at {request.max_tokens:,} tokens")
        if answer.finish == "content_filter":
            raise CallError(Reason.REFUSED, "the provider's filter held the reply back")
        if answer.refusal:
            raise CallError(Reason.REFUSED, "the model refused to answer")
        if request.canary in (answer.text or ""):
            raise CallError(Reason.BAD_REPLY, "the reply repeats the canary of the system message")
        return answer

    async def _called(self, request: Request) -> Answer:
        reserved = await self._reserve(request)
        answer = NO_ANSWER
        try:
            answer = await self._caller.call(request)
        finally:
            self._settle(reserved, request.stage, answer)
        self._answers.append(answer)
        self._refuse_a_part(request, answer.input_tokens)
        return answer

    def _refuse_a_part(self, request: Request, read: int | None) -> None:
        """Raise a `TooLongError` where the server left a part of the request out and less can be asked at a time."""
        if read is None or not LEAST_READ <= read < len(request.text) / MOST_OF_A_TOKEN:
            return
        came_of_it = (
            "it was asked less at a time" if request.has_shorter else "its answer rests on a part of the source"
        )
        self._cut = (read, self._counter.count(request.text), came_of_it)
        if request.has_shorter:
            raise TooLongError(read)

    async def _reserve(self, request: Request) -> Reserved | None:
        if not self._budget.limited or self._caller.has_kept(request):
            return None
        tokens = self._counter.count(request.text) + PER_MESSAGE * len(request.messages)
        most = StageUsage(stage=request.stage, input_tokens=tokens, output_tokens=request.room)
        return await self._budget.reserve_in_turn(tokens + request.room, self._price(most))

    def _settle(self, reserved: Reserved | None, stage: Stage, answer: Answer) -> None:
        if reserved is None:
            return
        known = answer.input_tokens is not None and answer.output_tokens is not None
        taken = (answer.input_tokens or 0) + (answer.output_tokens or 0) if known else None
        usage = StageUsage(stage=stage, input_tokens=answer.input_tokens, output_tokens=answer.output_tokens)
        self._budget.settle(reserved, taken, self._price(usage))


async def with_more_room(
    talk: Conversation,
    request: Request,
    reply: type[Reply],
    fault: Callable[[Reply], tuple[str, str] | None],
    *,
    heard: Callable[[Answer], None] | None = None,
    unanswered: Callable[[Unanswered], None] | None = None,
) -> tuple[Reply, ...]:
    """Ask; an answer that was cut off is asked for once more with room for `WIDEN` times as much."""
    try:
        return await talk.ask(request, reply, fault=fault, heard=heard, unanswered=unanswered)
    except CallError as error:
        if error.reason is not Reason.TRUNCATED or isinstance(error, ThoughtError):
            raise
    wider = request._replace(max_tokens=request.max_tokens * WIDEN)
    return await talk.ask(wider, reply, fault=fault, heard=heard, unanswered=unanswered)
