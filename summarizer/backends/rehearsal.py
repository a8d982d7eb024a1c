"""Answer every question with a stand-in, to see what a run would send: the dry run.

The run is the real one, so that calls and tokens are those of the real one; only
how many claims a model will make of a sentence has to be guessed.
"""

import json
from collections.abc import Mapping
from typing import NamedTuple

from summarizer.backends.model.asking import Answer, Request, Stage
from summarizer.backends.model.wire import ClaimsReply, PickReply, SummaryReply
from summarizer.tokens import PER_MESSAGE, TokenCounter

WORDS = "one or another of the things that the article tells is told here in a sentence of the usual length and ends"


class Rehearsed(NamedTuple):
    """One call that would be made."""

    stage: Stage
    input_tokens: int
    output_tokens: int
    """Of a plausible answer."""
    max_output_tokens: int


class RehearsalCaller:
    """A `Caller` that sends nothing."""

    remote = False
    destination = "nothing is sent: a dry run"

    def __init__(
        self, name: str, model: str | None, base_url: str | None, counter: TokenCounter, sentences: int
    ) -> None:
        self.name, self.model, self.base_url = name, model, base_url
        self.calls: list[Rehearsed] = []
        self._counter = counter
        self._sentences = sentences

    async def call(self, request: Request) -> Answer:
        text = json.dumps(self._stand_in(request))
        sent = self._counter.count(request.text) + PER_MESSAGE * len(request.messages)
        received = self._counter.count(text)
        self.calls.append(Rehearsed(request.stage, sent, received, request.max_tokens))
        return Answer(text, "stop", None, sent, received)

    async def accept(self, request: Request, answer: Answer) -> None:
        """Nothing is kept."""

    async def close(self) -> None:
        """Nothing is held."""

    def _stand_in(self, request: Request) -> Mapping[str, object]:
        if request.reply is PickReply:
            return {"label": "not_in_source", "sentences": ["s1"]}
        claim = {"kind": "event", "speaker": None, "modality": "asserted"}
        if request.reply is SummaryReply:
            texts = [f"{WORDS.capitalize()} {number}." for number in range(self._sentences)]
            return {"sentences": [{"text": text, "claims": [{"text": text, **claim}]} for text in texts]}
        if request.reply is ClaimsReply:
            return {
                "claims": [{"sentence": name, "text": WORDS, **claim, "checkable": True} for name in request.wanted]
            }
        return {
            "verdicts": [
                {
                    "claim": name,
                    "evidence": [{"sentence": "s1", "quote": WORDS}],
                    "label": "not_in_source",
                    "conflict": None,
                }
                for name in request.wanted
            ]
        }
