"""One judging of some claims: in groups with quoted words, or one by one with sentence numbers.

A group that is too much for one call is parted, and no claim is lost.
"""

from collections.abc import Sequence
from typing import Protocol

from summarizer.backends import Material
from summarizer.backends.model.asking import (
    Answer,
    CallError,
    Conversation,
    Request,
    Stage,
    TooLongError,
    side_by_side,
    with_more_room,
)
from summarizer.backends.model.blocks import block, one_line
from summarizer.backends.model.verdicts import (
    Faults,
    Shown,
    chance_of_support,
    faults_of,
    merged,
    pick_fault,
    to_draft,
    to_picked,
)
from summarizer.backends.model.wire import PickReply, VerdictsReply, Wire
from summarizer.drafts import VerdictDraft
from summarizer.errors import BudgetError, RefusedError
from summarizer.schema import Claim, Reason

ANSWER_PER_CLAIM = 220  # tokens: id, label, two quotes of a long sentence, a conflict
ANSWER_LEAST = 400
ANSWER_PICKED = 60  # tokens: a label and a few sentence numbers

Drafts = tuple[VerdictDraft, ...]


class Asks(Protocol):
    """Builds the request of a stage."""

    def __call__(
        self,
        stage: Stage,
        values: dict[str, str],
        reply: type[Wire],
        max_tokens: int,
        wanted: Sequence[str],
        *,
        prompt: str | None = None,
        mark: str | None = None,
    ) -> Request: ...


class Judging:
    """What stays the same for all groups of one job."""

    def __init__(self, talk: Conversation, asks: Asks, material: Material, passages: int, *, whole: bool) -> None:
        self.faults = Faults()
        self._talk = talk
        self._asks = asks
        self._material = material
        self._passages = passages
        self._whole = Shown.of(material.sentences) if whole else None
        self._mark = " ".join(document.sha256 for document in material.documents)

    async def group(self, claims: Sequence[Claim], *, narrow: bool = False) -> Drafts:
        """Drafts for some claims in one call; `narrow` shows their passages even where the whole source was to be."""
        shown = (None if narrow else self._whole) or Shown.narrow(claims, self._material, self._passages)
        values = {"source": shown.block, "claims": block("claims", {claim.id: claim.text for claim in claims})}
        room = ANSWER_LEAST + ANSWER_PER_CLAIM * len(claims)
        ids = [claim.id for claim in claims]
        request = self._asks("judge", values, VerdictsReply, room, ids, mark=self._mark)

        def fault(reply: VerdictsReply) -> tuple[str, str] | None:
            return faults_of(reply, claims, self._material.documents)

        try:
            if len(claims) == 1:
                replies = await with_more_room(self._talk, request, VerdictsReply, fault)
            else:
                replies = await self._talk.ask(request, VerdictsReply, fault=fault)
        except TooLongError:
            if self._whole and not narrow:
                return await self.group(claims, narrow=True)
            if len(claims) > 1:
                return await self._halves(claims, narrow=narrow)
            return _all(claims, Reason.TOO_LONG, "its passages do not fit into the model's context")
        except (BudgetError, RefusedError, CallError) as error:
            if isinstance(error, CallError) and error.reason is Reason.TRUNCATED and len(claims) > 1:
                return await self._halves(claims, narrow=narrow)
            return self._failed(claims, error)
        best = merged(replies, claims, self._material.documents, self.faults)
        return tuple(to_draft(best[claim.id], claim, shown) for claim in claims if claim.id in best)

    async def pick(self, claim: Claim) -> Drafts:
        """A draft for one claim by a label and sentence numbers: what a small model gets right more often."""
        shown = self._whole or Shown.narrow([claim], self._material, self._passages)
        # Tags derived from a hash cost a model of 1.5 billion parameters a fifth of its right answers.
        values = {"source": shown.lines, "claim": one_line(claim.text)}
        # The mark depends on the prompt alone: the examples come after it, and a server keeps them.
        request = self._asks("judge", values, PickReply, ANSWER_PICKED, [claim.id], prompt="pick", mark="")
        heard: list[Answer] = []
        try:
            replies = await with_more_room(
                self._talk,
                request._replace(chances=True),
                PickReply,
                lambda reply: pick_fault(reply, shown),
                heard.append,
            )
        except TooLongError:
            return _all([claim], Reason.TOO_LONG, "its passages do not fit into the model's context")
        except (BudgetError, RefusedError, CallError) as error:
            return self._failed([claim], error)
        return (to_picked(replies[-1], claim, shown, chance_of_support(heard[-1].chances)),)

    async def _halves(self, claims: Sequence[Claim], *, narrow: bool) -> Drafts:
        middle = len(claims) // 2
        halves = await side_by_side([self.group(half, narrow=narrow) for half in (claims[:middle], claims[middle:])])
        return (*halves[0], *halves[1])

    def _failed(self, claims: Sequence[Claim], error: BudgetError | RefusedError | CallError) -> Drafts:
        if isinstance(error, CallError):
            return _all(claims, error.reason, error.detail)
        if isinstance(error, RefusedError):
            self.faults.refused = error
            return _all(claims, Reason.UNAVAILABLE, str(error))
        return _all(claims, Reason.BUDGET, str(error))


def _all(claims: Sequence[Claim], reason: Reason, detail: str) -> Drafts:
    return tuple(VerdictDraft(claim=claim.id, outcome=reason, rationale=detail) for claim in claims)
