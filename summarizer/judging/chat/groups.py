"""One job of a chat model as the judge: claims in groups with quoted words, or one by one with sentence numbers.

A group that is too much for one call is parted, and no claim is lost.
"""

from collections.abc import Sequence

from summarizer.drafts import Judgement
from summarizer.errors import BudgetError, RefusedError
from summarizer.judging import Material
from summarizer.judging.chat.replies import (
    Faults,
    Sorted,
    faults_of,
    label_probabilities,
    pick_fault,
    sorted_out,
    to_judgement,
    to_picked,
    without_verdict,
)
from summarizer.judging.chat.wire import PickReply, VerdictsReply
from summarizer.judging.shown import Shown
from summarizer.language.detection import LOOKED_AT, languages_told
from summarizer.llm.asking import Conversation, with_more_room
from summarizer.llm.blocks import block, one_line
from summarizer.llm.dry_run import WORDS
from summarizer.llm.exchange import Answer, CallError, TooLongError, Unanswered
from summarizer.llm.model import ANSWER_LEAST, LanguageModel
from summarizer.llm.side_by_side import side_by_side
from summarizer.schema import Claim, Reason

ANSWER_PER_CLAIM = 220  # tokens: id, label, two quotes of a long sentence, a conflict
ANSWER_PICKED = 60  # tokens: a label and a few sentence numbers
STOPPED = "the run was stopped before this was answered"

Answers = tuple[Judgement, ...]


class Job:
    """What stays the same for all groups of one job."""

    def __init__(self, model: LanguageModel, material: Material, *, whole: bool) -> None:
        self.faults = Faults()
        self.talk = model.conversation()
        self._model = model
        self._material = material
        self._passages = model.options.passages
        self._whole = Shown.of(material.sentences) if whole else None
        self._mark = " ".join(document.sha256 for document in material.documents)
        self._source = "\n".join(document.text[:LOOKED_AT] for document in material.documents)

    def show_all(self) -> None:
        """Show the whole source from now on."""
        self._whole = Shown.of(self._material.sentences)

    async def group(self, claims: Sequence[Claim], *, narrow: bool = False, or_nothing: bool = False) -> Answers:
        """Judge some claims in one call; `narrow` shows their passages even where the whole source was to be.

        `or_nothing` says that what does not fit is not to be asked in another way.
        """
        if self._stopped():
            return _all(claims, Reason.INTERRUPTED, STOPPED)
        shown = (None if narrow else self._whole) or Shown.narrow(claims, self._material, self._passages)
        told = languages_told(self._source, " ".join(claim.text for claim in claims))
        values = {
            "source": f"{told}\n{shown.block}" if told else shown.block,
            "claims": block("claims", {claim.id: claim.text for claim in claims}),
        }
        room = ANSWER_LEAST + ANSWER_PER_CLAIM * len(claims)
        ids = [claim.id for claim in claims]
        stand_in = {"verdicts": [_stand_in(name) for name in ids]}
        request = self._model.request("judge", values, VerdictsReply, room, ids, stand_in=stand_in, mark=self._mark)
        request = request._replace(has_shorter=self._whole is not None and not narrow)

        found = Sorted({}, {})
        unanswered: list[Unanswered] = []

        def fault(reply: VerdictsReply) -> tuple[str, str] | None:
            nonlocal found
            self.faults.unknown_claims += sum(verdict.claim not in ids for verdict in reply.verdicts)
            found = found.and_then(sorted_out(reply, claims, self._material.documents, shown, self._go_on))
            return faults_of(found, claims)

        ask = with_more_room if len(claims) == 1 else Conversation.ask
        try:
            await ask(self.talk, request, VerdictsReply, fault=fault, unanswered=unanswered.append)
        except TooLongError as error:
            if or_nothing:
                return _all(claims, Reason.TOO_LONG, str(error))
            if self._whole and not narrow:
                return await self.group(claims, narrow=True)
            if len(claims) > 1:
                return await self._halves(claims, narrow=narrow)
            return _all(claims, Reason.TOO_LONG, "its passages do not fit into the model's context")
        except (BudgetError, RefusedError, CallError) as error:
            if isinstance(error, CallError) and error.reason is Reason.TRUNCATED and len(claims) > 1 and not or_nothing:
                return await self._halves(claims, narrow=narrow)
            unanswered.append(error)
        best = found.best
        judged = [to_judgement(best[claim.id], claim, shown) for claim in claims if claim.id in best]
        missing = [claim for claim in claims if claim.id not in best]
        failed = self._failed(missing, unanswered[0]) if unanswered else without_verdict(missing, found)
        return (*judged, *failed)

    async def pick(self, claim: Claim, *, doubt: str | None = None) -> Answers:
        """Judge one claim by a label and sentence numbers: what a small model gets right more often.

        With `doubt` it is judged again, told how two readers came to differ.
        """
        if self._stopped():
            return _all([claim], Reason.INTERRUPTED, STOPPED)
        shown = self._whole or Shown.narrow([claim], self._material, self._passages)
        told = languages_told(self._source, claim.text)
        # Tags derived from a hash cost a model of 1.5 billion parameters a fifth of its right answers.
        values = {"source": f"{told}\n{shown.lines}" if told else shown.lines, "claim": one_line(claim.text)} | (
            {"doubt": doubt} if doubt else {}
        )
        # The mark depends on the prompt alone: the examples come after it, and a server keeps them.
        stand_in = {"label": "not_in_source", "sentences": ["s1"]}
        request = self._model.request(
            "judge",
            values,
            PickReply,
            ANSWER_PICKED,
            [claim.id],
            stand_in=stand_in,
            prompt="review" if doubt else "pick",
            mark="",
        )
        heard: list[Answer] = []
        try:
            replies = await with_more_room(
                self.talk,
                request._replace(top_logprobs=True),
                PickReply,
                lambda reply: pick_fault(reply, shown),
                heard=heard.append,
            )
        except TooLongError:
            return _all([claim], Reason.TOO_LONG, "its passages do not fit into the model's context")
        except (BudgetError, RefusedError, CallError) as error:
            return self._failed([claim], error)
        return (to_picked(replies[-1], claim, shown, label_probabilities(heard[-1].top_logprobs)),)

    def _stopped(self) -> bool:
        return self._model.ledger is not None and self._model.ledger.stopped

    def _go_on(self) -> None:
        """Raise a `CallError` (interrupted) where the run is stopped: quotes in a book take long to look for."""
        if self._stopped():
            raise CallError(Reason.INTERRUPTED, STOPPED)

    async def _halves(self, claims: Sequence[Claim], *, narrow: bool) -> Answers:
        middle = len(claims) // 2
        halves = await side_by_side([self.group(half, narrow=narrow) for half in (claims[:middle], claims[middle:])])
        return (*halves[0], *halves[1])

    def _failed(self, claims: Sequence[Claim], error: Unanswered) -> Answers:
        if isinstance(error, CallError):
            return _all(claims, error.reason, error.detail)
        if isinstance(error, RefusedError):
            self.faults.refused = error
            return _all(claims, Reason.UNAVAILABLE, str(error))
        return _all(claims, Reason.BUDGET, str(error))


def _all(claims: Sequence[Claim], reason: Reason, detail: str) -> Answers:
    return tuple(Judgement(claim=claim.id, failure=reason, rationale=detail) for claim in claims)


def _stand_in(claim: str) -> dict[str, object]:
    return {
        "claim": claim,
        "evidence": [{"sentence": "s1", "quote": WORDS}],
        "label": "not_in_source",
        "conflict": None,
    }
