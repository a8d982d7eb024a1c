"""How much room a model has to think before it answers.

The limit that travels with a request is of the thought as well, which may take many times the tokens of the answer. Room
for one is given where the settings say so or an answer was cut off for the lack of it: a model that does not think has no
use for it, and a budget counts it as spent until the answer is there.
"""

from summarizer.llm.exchange import Answer

ROOM = 8_000  # tokens; two or three thousand are usual for the claims of one call
ANSWER_BEGUN = ("{", "[", "```")


class Thinking:
    """The room of one model, in all its jobs."""

    def __init__(self, room: int | None = None, *, learns: bool = True) -> None:
        """`room` is in tokens; None where it is to be found out. `learns` says whether one answer counts for the next."""
        self._most = ROOM if room is None else room
        self._learns = learns
        self.room = room or 0
        """What a request has from the first."""

    def seen(self) -> int:
        """Note that the model thinks. Returns the room for it."""
        if self._learns:
            self.room = self._most
        return self._most


def cut_off_in_thought(answer: Answer) -> bool:
    """Whether an answer was cut off by a model that thinks, as the server says or what came instead of JSON shows."""
    text = (answer.text or "").lstrip("\ufeff \t\r\n")
    return answer.is_cut and (answer.thought or not text.startswith(ANSWER_BEGUN))
