"""What is asked of a language model and what comes back: a request, an answer, why there was none, and who carries both.

A `Caller` carries a request to wherever the model is (a server, a file of recorded replies) and knows nothing of what it
means.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, Literal, NamedTuple, Protocol

from summarizer.errors import BudgetError, RefusedError
from summarizer.llm.decisions.questions import Question
from summarizer.llm.tokens import Endpoint
from summarizer.llm.wire import Wire, is_json, wire_schema
from summarizer.schema import Reason

WIRE_VERSION = 1  # of the reply models; part of every key

Stage = Literal["write", "extract", "judge", "fix", "key"]
Role = Literal["system", "user", "assistant"]


class Message(NamedTuple):
    """One message of the conversation."""

    role: Role
    text: str


class Request(NamedTuple):
    """What is asked; everything that decides the answer but model and server."""

    stage: Stage
    messages: tuple[Message, ...]
    reply: type[Wire]
    max_tokens: int
    """Most tokens of the answer."""
    canary: str
    """Canary of the system message, which no honest answer repeats."""
    wanted: tuple[str, ...]
    """Ids that the answer should cover, in order."""
    stand_in: Mapping[str, object] = MappingProxyType({})
    """A plausible answer, for a dry run; it is never sent."""
    top_logprobs: bool = False
    """Whether to ask the server how likely each token was; decides nothing of the answer itself."""
    questions: tuple[Question, ...] = ()
    """What a decision model is to answer about the messages; a chat model is asked none."""
    thinking: int = 0
    """Tokens of room for a thought before the answer; decides nothing of the answer itself."""
    has_shorter: bool = False
    """Whether less is asked at a time where this does not fit."""

    @property
    def room(self) -> int:
        """Most tokens that may come back."""
        return self.max_tokens + self.thinking

    @property
    def endpoint(self) -> Endpoint:
        """What kind of model answers it."""
        return "decisions" if self.questions else "chat"

    def key(self, **more: str | float | None) -> str:
        """SHA-256 of everything that decides the answer; `more` is what the caller adds: model, server, sampling."""
        whole = {
            "wire": WIRE_VERSION,
            "messages": [list(message) for message in self.messages],
            "schema": wire_schema(self.reply),
            "max_tokens": self.max_tokens,
            **({"questions": self.questions} if self.questions else {}),
            **more,
        }
        text = json.dumps(whole, sort_keys=True, ensure_ascii=True)
        return hashlib.sha256(text.encode("ascii")).hexdigest()

    @property
    def text(self) -> str:
        """All that is sent, for counting."""
        return "\n".join([*(message.text for message in self.messages), *(one.said for one in self.questions)])


TopLogprobs = Sequence[Sequence[tuple[str, float]]] | None
"""Tokens with their log-probabilities, most likely first, for each place of an answer."""


class Answer(NamedTuple):
    """What came back, before it was validated."""

    text: str | None
    finish: str | None
    """`stop`, `length`, `content_filter`, ..."""
    refusal: str | None
    input_tokens: int | None
    output_tokens: int | None
    cached_tokens: int | None = None
    """Those of the input that the server had kept."""
    top_logprobs: TopLogprobs = None
    """For each token of the answer what else might have stood there; None where the server does not say."""
    thought: bool = False
    """Whether the server says that the model thought before it answered."""
    thinking: int = 0
    """The room for a thought that it was asked for with."""

    @property
    def is_cut(self) -> bool:
        """Whether the limit cut it, and not only the blanks behind a whole object, which some models go on with."""
        text = (self.text or "").lstrip("\ufeff \t\r\n")
        return self.finish == "length" and not (text[-1:].isspace() and is_json(text.rstrip()))


def top_logprobs_of(found: Any) -> TopLogprobs:
    """Read top_logprobs that come from outside; anything malformed counts as missing."""
    try:
        return tuple(tuple((str(token), float(logarithm)) for token, logarithm in place) for place in found)
    except (TypeError, ValueError):
        return None


def kept_answer(fields: Mapping[str, Any]) -> Answer:
    """An answer that was kept in a file, which anybody may have changed. Raises a `TypeError` for what is none."""
    answer = Answer(**fields)
    texts = (answer.text, answer.finish, answer.refusal)
    counts = (answer.input_tokens, answer.output_tokens, answer.cached_tokens, answer.thinking)
    if not all(isinstance(one, (str, type(None))) for one in texts):
        raise TypeError("no text")
    if any(one is not None and (type(one) is not int or one < 0) for one in counts):
        raise TypeError("no number of tokens")
    return answer._replace(top_logprobs=top_logprobs_of(answer.top_logprobs), thought=answer.thought is True)


NO_ANSWER = Answer(None, None, None, None, None)


class CallError(Exception):
    """A question that got no usable answer; a value to the pipeline, not a crash."""

    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail


class ThoughtError(CallError):
    """An answer was cut off in the thought before it."""

    def __init__(self, limit: int, thinking: int) -> None:
        super().__init__(
            Reason.TRUNCATED,
            f"the model thought before it answered, and was cut off at {limit:,} tokens: "
            f"raise SUMMARIZER_THINKING_TOKENS ({thinking:,} now), or switch its thinking off",
        )


class EnvelopeError(CallError):
    """What came back is no chat completion at all."""

    def __init__(self, detail: str) -> None:
        super().__init__(Reason.BAD_REPLY, detail)


class TooLongError(Exception):
    """The request does not fit into the model's context."""

    def __init__(self, limit: int | None) -> None:
        super().__init__(f"more than {limit or '?'} tokens")
        self.limit = limit
        """Tokens that fit, where the server said so."""


Unanswered = CallError | BudgetError | RefusedError
"""Why a question had no answer, though the run goes on."""


class AwaitedError(Exception):
    """The answer is still to come, in hours: nothing that depends on it can be done before."""


class Caller(Protocol):
    """Carries requests to a model."""

    name: str
    """Name of the backend for the report."""
    model: str | None
    base_url: str | None
    """Where the model is, for its price and for the key of an answer."""
    destination: str
    remote: bool
    """Whether it waits for a network."""

    def has_kept(self, request: Request) -> bool:
        """Whether the answer is kept here, so that nothing is sent and paid for it."""

    async def call(self, request: Request) -> Answer:
        """Return the answer. Raises `CallError`, `TooLongError`, a `BackendError` that ends the run, or `AwaitedError`."""

    async def accept(self, request: Request, answer: Answer) -> None:
        """Note that the answer was usable, so that it may be kept."""

    async def close(self) -> None:
        """Let go of connections and files."""
