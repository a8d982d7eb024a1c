"""Answer every question with a stand-in, to see what a run would send: the dry run.

The run is the real one, so that calls and tokens are those of the real one; only
how many claims a model will make of a sentence has to be guessed.
"""

import json
from typing import NamedTuple

from summarizer.llm.exchange import Answer, Request, Stage
from summarizer.llm.tokens import PER_MESSAGE, Endpoint, TokenCounter

WORDS = "one or another of the things that the article tells is told here in a sentence of the usual length and ends"
"""A claim or quote of the usual length, for stand-ins."""


class PlannedCall(NamedTuple):
    """One call that would be made."""

    stage: Stage
    input_tokens: int
    output_tokens: int
    """Of a plausible answer."""
    max_output_tokens: int
    endpoint: Endpoint = "chat"


class DryRunCaller:
    """A `Caller` that sends nothing."""

    remote = False
    destination = "nothing is sent: a dry run"

    def __init__(self, name: str, model: str | None, base_url: str | None, counter: TokenCounter) -> None:
        self.name, self.model, self.base_url = name, model, base_url
        self.calls: list[PlannedCall] = []
        self.counter = counter

    def has_kept(self, request: Request) -> bool:  # noqa: ARG002 (nothing is kept)
        return False

    async def call(self, request: Request) -> Answer:
        text = json.dumps(dict(request.stand_in))
        sent = self.counter.count(request.text) + PER_MESSAGE * len(request.messages)
        received = min(self.counter.count(text), request.room)
        self.calls.append(PlannedCall(request.stage, sent, received, request.room, request.endpoint))
        return Answer(text, "stop", None, sent, received)

    async def accept(self, request: Request, answer: Answer) -> None:
        """Nothing is kept."""

    async def close(self) -> None:
        """Nothing is held."""
