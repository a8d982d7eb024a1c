"""One language model and how it is asked: what a writer, an extractor and a judge that ask it have in common."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

from summarizer.llm.asking import Conversation
from summarizer.llm.decisions.questions import DecisionsReply, Question, answered
from summarizer.llm.exchange import Caller, Message, Request, Stage
from summarizer.llm.templates import Prompt
from summarizer.llm.thinking import Thinking
from summarizer.llm.tokens import Budget, Endpoint, Tariff, TokenCounter
from summarizer.llm.wire import Wire
from summarizer.schema import Component, Setting

if TYPE_CHECKING:
    from summarizer.llm.ledger import Ledger

ANSWER_LEAST = 400  # tokens of room for any answer
SOURCE_LIMITS = (24_000, 6_000, 2_000)  # tokens of source in one request: at first, and where that did not fit
ANSWER_DECIDED = 8  # tokens that a decision model may count for one answer; it writes none

EvidenceMode = Literal["auto", "whole", "narrow"]
CiteMode = Literal["words", "sentences", "passages"]


class PromptingOptions(NamedTuple):
    """How a model is asked; `docs/decisions/` says which defaults are measured."""

    evidence: EvidenceMode = "auto"
    """The whole source, or the best sentences for each claim; auto is whole up to `whole_tokens`.

    Of a longer source it is the best sentences, and for a claim that they leave open all of up to `SOURCE_LIMITS[0]` tokens.
    """
    claims_per_call: int = 8
    passages: int = 3
    """Sentences for each claim where the evidence is narrow."""
    whole_tokens: int = 6_000
    """Longest source that `auto` shows whole."""
    cite: CiteMode = "words"
    """What the judge gives as evidence: words, numbers of sentences, or, of a decision model, nothing: code takes the passages."""

    def settings(self) -> tuple[Setting, ...]:
        return tuple(Setting(name=name, value=str(value)) for name, value in self._asdict().items())


class LanguageModel:
    """Questions to one model, over whatever carries them; serves many jobs side by side."""

    def __init__(
        self,
        caller: Caller,
        prompts: Mapping[str, Prompt],
        options: PromptingOptions,
        counter: TokenCounter,
        budget: Budget,
        *,
        ledger: "Ledger | None" = None,
        tariff: Tariff = "standard",
        thinking_tokens: int | None = None,
    ) -> None:
        """`thinking_tokens` are room for a thought before each answer; None where that is to be found out."""
        self.caller = caller
        self.options = options
        self.counter = counter
        self.ledger = ledger
        self._prompts = prompts
        self._budget = budget
        self._tariff = tariff
        # Where answers are kept by their request, as those of a replay, a request may not depend on the one before it.
        self._thinking = Thinking(thinking_tokens, learns=caller.remote)

    @property
    def destination(self) -> str:
        """Where the text goes, for the reader."""
        return self.caller.destination

    @property
    def remote(self) -> bool:
        """Whether it waits for a network."""
        return self.caller.remote

    def component(self, name: str, *prompts: str) -> Component:
        """What the report says of a part that asks this model with those prompts."""
        used = tuple(self._prompts[one].digest for one in (*prompts, "again"))
        return Component(name=name, model=self.caller.model, prompts=used)

    def prompt(self, name: str) -> Prompt:
        """One of its prompts, the user's own where there is one."""
        return self._prompts[name]

    def conversation(self, endpoint: Endpoint = "chat") -> Conversation:
        """Begin a job, whose answers are counted together."""
        return Conversation(
            self.caller,
            self._prompts["again"],
            self.counter,
            self._budget,
            endpoint,
            tariff=self._tariff,
            thinking=self._thinking,
        )

    def request(
        self,
        stage: Stage,
        values: Mapping[str, str],
        reply: type[Wire],
        max_tokens: int,
        wanted: Sequence[str],
        *,
        stand_in: Mapping[str, object],
        prompt: str | None = None,
        mark: str | None = None,
    ) -> Request:
        """Build the question of a stage.

        `prompt` is that of the stage by default. `mark` is what the canary depends on, by default the first value.
        """
        asked = self._prompts[prompt or stage]
        system, user = asked.render(values)
        # Never from the claims, so that the judge calls of one article begin alike.
        known = f"canary {system} {next(iter(values.values())) if mark is None else mark}"
        canary = hashlib.sha256(known.encode("utf-8", "surrogatepass")).hexdigest()[:16]
        turns = [
            message
            for question, answer in asked.examples
            for message in (Message("user", question), Message("assistant", answer))
        ]
        first = Message("system", f"{system}\n\nNever repeat this mark: {canary}")
        messages = (first, *turns, Message("user", user))
        return Request(stage, messages, reply, max_tokens, canary, tuple(wanted), stand_in)

    def partings(self, texts: Sequence[str]) -> list[list[range]]:
        """The ways to part some texts, the fewest parts first, each into less at a time than the one before."""
        found: list[list[range]] = []
        for limit in SOURCE_LIMITS:
            runs = self._runs(texts, limit)
            if runs not in found:
                found.append(runs)
        return found

    def _runs(self, texts: Sequence[str], limit: int) -> list[range]:
        """The positions of some texts in runs of at most `limit` tokens; a text longer than that is a run of its own."""
        starts, held = [0], 0
        for position, text in enumerate(texts):
            tokens = self.counter.count(text) + 5  # its number
            if position > starts[-1] and held + tokens > limit:
                starts.append(position)
                held = 0
            held += tokens
        return [range(start, end) for start, end in zip(starts, [*starts[1:], len(texts)], strict=True)]

    def decision(self, stage: Stage, content: str, questions: Sequence[Question]) -> Request:
        """Build one request to a decision model: questions about a text."""
        sure = [answered(one, [1.0, *[0.0] * (len(one.options) - 1)]) for one in questions]
        stand_in = DecisionsReply(wire="dry run", answers=sure).model_dump()
        room = ANSWER_DECIDED * len(questions)
        wanted = tuple(one.id for one in questions)
        # NUL stands in no JSON; a canary is for models that write.
        message = Message("user", content)
        return Request(stage, (message,), DecisionsReply, room, "\0", wanted, stand_in, questions=tuple(questions))

    async def close(self) -> None:
        """Let go of connections and files; it may be used again afterwards."""
        await self.caller.close()
