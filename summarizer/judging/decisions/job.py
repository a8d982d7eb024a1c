"""One job of a decision model as the judge: the labels of all claims first, then the sentences for those decided.

What is too much for one request is parted, and no claim is lost.
"""

from collections.abc import Sequence
from typing import NamedTuple

from summarizer.drafts import Judgement, QuoteDraft
from summarizer.errors import BudgetError, RefusedError
from summarizer.judging import Material
from summarizer.judging.decisions.passages import covering
from summarizer.judging.decisions.questioning import NONE, Part, Questions, Subject
from summarizer.judging.shown import Shown
from summarizer.language.sentences import Sentence
from summarizer.llm.decisions.questions import DecisionsReply, Question, QuestionAnswer, read_reply
from summarizer.llm.exchange import CallError, TooLongError
from summarizer.llm.model import LanguageModel
from summarizer.llm.side_by_side import side_by_side
from summarizer.retrieval import Index
from summarizer.schema import Claim, Label, Probabilities, Reason

SURE = 0.8
"""Least probability of `supported`, or of the other two together, that is believed where no profile says otherwise.

At it a calibrated model is right eight times of ten where half of the claims are sound, and over nine times of ten
where four in five are: odds of 4 become 16.
"""


class Heard(NamedTuple):
    """What came of the question about one claim: how likely each answer is, or why there is none."""

    likely: dict[str, float]
    sentences: dict[str, Sentence]
    """Those that the answers may name."""
    failure: Reason | None = None
    detail: str = ""


class Job:
    """What stays the same for all requests of one job."""

    def __init__(self, model: LanguageModel, material: Material, *, most: int, whole: bool) -> None:
        self.talk = model.conversation("decisions")
        self.refused: RefusedError | None = None
        """Why the server answers nothing any more."""
        self._model = model
        self._material = material
        self._questions = Questions(model, material)
        self._most = most
        self._whole = Shown.of(material.sentences) if whole else None
        self._unasked = 0
        self._wires: set[str] = set()

    async def judge(self, claims: Sequence[Claim]) -> tuple[Judgement, ...]:
        """One judgement for each claim, in order."""
        ledger = self._model.ledger
        own = [claim for claim in claims if claim.id not in self._material.controls]
        if ledger:
            ledger.expect(len(own))
        labelled = await self._heard("decide", claims)
        decided = [claim for claim in own if _leaning(labelled[claim.id]) in (Label.SUPPORTED, Label.CONTRADICTED)]
        if ledger:
            ledger.settle(len(own) - len(decided))
        asks = self._model.options.cite != "passages"
        located = await self._heard("decide_evidence", decided) if decided and asks else {}
        taken = {} if asks else self._taken(decided)
        if ledger:
            ledger.settle(len(decided))
        return tuple(
            _with_passages(self._labelled(claim, labelled[claim.id]), taken[claim.id])
            if claim.id in taken
            else self._judgement(claim, labelled[claim.id], located.get(claim.id))
            for claim in claims
        )

    def wires(self) -> dict[str, str]:
        """The form in which the server was asked, for the report."""
        return {"decisions_wire": ", ".join(sorted(self._wires))} if self._wires else {}

    def warnings(self) -> tuple[str, ...]:
        if not self._unasked:
            return ()
        many = "an answer" if self._unasked == 1 else f"{self._unasked} answers"
        return (f"the model gave {many} to questions that it was not asked; dropped",)

    async def _heard(self, subject: Subject, claims: Sequence[Claim], *, narrow: bool = False) -> dict[str, Heard]:
        """What came of every claim; `narrow` shows passages even where the whole source was to be shown."""
        whole = self._whole is not None and not narrow
        parts = self._questions.packed(subject, claims, self._most, whole=whole)
        return _joined(await side_by_side([self._part(part) for part in parts]))

    async def _part(self, part: Part) -> dict[str, Heard]:
        """What came of the claims of one request."""
        shown = self._whole if part.whole and self._whole else self._questions.shown(part.claims)
        asked = [self._questions.question(part, one, shown) for one in part.claims]
        request = self._model.decision("judge", self._questions.content(part.subject, shown), asked)

        def read(text: str) -> tuple[DecisionsReply, bool]:
            reply = read_reply(text, asked)
            return reply, not any(one.fault for one in reply.answers)

        try:
            reply = await self.talk.ask_once(request, read)
        except TooLongError:
            return await self._smaller(part)
        except (BudgetError, RefusedError, CallError) as error:
            return self._failed(part.claims, error)
        self._unasked += reply.unasked
        self._wires |= {reply.wire} - {""}
        return {one.id: _told(one, answer, shown) for one, answer in zip(asked, reply.answers, strict=True)}

    async def _smaller(self, part: Part) -> dict[str, Heard]:
        """The same with less in each request: passages for the whole source, then half of the claims."""
        if part.whole:
            return await self._heard(part.subject, part.claims, narrow=True)
        if len(part.claims) == 1:
            detail = "its passages and the question do not fit into what the model takes"
            return {part.claims[0].id: Heard({}, {}, Reason.TOO_LONG, detail)}
        middle = len(part.claims) // 2
        halves = (part.claims[:middle], part.claims[middle:])
        return _joined(await side_by_side([self._part(part._replace(claims=half)) for half in halves]))

    def _failed(self, claims: Sequence[Claim], error: BudgetError | RefusedError | CallError) -> dict[str, Heard]:
        if isinstance(error, CallError):
            failure = Heard({}, {}, error.reason, error.detail)
        elif isinstance(error, RefusedError):
            self.refused = error
            failure = Heard({}, {}, Reason.UNAVAILABLE, str(error))
        else:
            failure = Heard({}, {}, Reason.BUDGET, str(error))
        return dict.fromkeys((claim.id for claim in claims), failure)

    def _taken(self, decided: Sequence[Claim]) -> dict[str, tuple[Sentence, ...]]:
        """The passages of each claim that stand for a sentence that the model was not asked for."""
        if not decided:
            return {}
        index = Index(self._material.word_index(), [claim.text for claim in decided])
        passages = self._material.passages
        return {one.id: covering(one.text, passages.get(one.id, ()), index) for one in decided}

    def _labelled(self, claim: Claim, labelled: Heard) -> Judgement:
        """What the model says of a claim, without a sentence for it."""
        if labelled.failure:
            return Judgement(claim=claim.id, failure=labelled.failure, rationale=labelled.detail)
        probabilities = _probabilities(labelled)
        label = sure(probabilities)
        why = "" if label else _unsure(probabilities)
        return Judgement(claim=claim.id, label=label, probabilities=probabilities, rationale=why)

    def _judgement(self, claim: Claim, labelled: Heard, located: Heard | None) -> Judgement:
        found = self._labelled(claim, labelled)
        if found.failure:
            return found
        if located is None or (located.failure and found.label is None):
            nearest = tuple(_quote(one) for one in self._material.passages.get(claim.id, ())[:1])
            return found.model_copy(update={"quotes": nearest})
        if located.failure:
            why = f"“{_probabilities(labelled).leaning.value}”, and no sentence for it: {located.detail}"
            return Judgement(claim=claim.id, failure=located.failure, rationale=why)
        likeliest = max(located.likely, key=lambda name: (located.likely[name], name == NONE))
        quotes = () if likeliest == NONE else (_quote(located.sentences[likeliest]),)
        return found.model_copy(update={"quotes": quotes})


def sure(probabilities: Probabilities) -> Label | None:
    """Return the label that a decision model is sure of: over half, so that none is near it; None where it is not.

    >>> sure(Probabilities.of(9, 1, 0)), sure(Probabilities.of(4, 4, 2))
    (<Label.SUPPORTED: 'supported'>, None)
    """
    label = probabilities.leaning
    believed = probabilities.supported if label is Label.SUPPORTED else 1 - probabilities.supported
    return label if believed >= SURE and probabilities[label] > 0.5 else None


def _with_passages(found: Judgement, taken: Sequence[Sentence]) -> Judgement:
    """A judgement with the passages that stand for its evidence; a label without any does not stand."""
    if found.label and not taken:
        why = f"“{found.label.value}”, and no passage with enough of its words; --cite sentences asks for one"
        return Judgement(claim=found.claim, failure=Reason.MISQUOTE, rationale=why)
    return found.model_copy(update={"quotes": tuple(map(_quote, taken))})


def _unsure(probabilities: Probabilities) -> str:
    leaning = probabilities.leaning
    said = leaning.value.replace("_", " ")
    return f"the model is not sure: it gives “{said}” a probability of {probabilities[leaning]:.2f}"


def _joined(found: Sequence[dict[str, Heard]]) -> dict[str, Heard]:
    return {claim: heard for part in found for claim, heard in part.items()}


def _told(question: Question, answer: QuestionAnswer, shown: Shown) -> Heard:
    if answer.fault or answer.probabilities is None:
        return Heard({}, {}, Reason(answer.fault or "no_answer"), answer.detail)
    return Heard(dict(zip(question.keys, answer.probabilities, strict=True)), shown.names)


def _leaning(heard: Heard) -> Label | None:
    return None if heard.failure else _probabilities(heard).leaning


def _probabilities(heard: Heard) -> Probabilities:
    return Probabilities.of(*(heard.likely[label.value] for label in Label))


def _quote(sentence: Sentence) -> QuoteDraft:
    """The sentence's own words: the model names a sentence and writes none."""
    return QuoteDraft(text=sentence.text, sentence=sentence.id)
