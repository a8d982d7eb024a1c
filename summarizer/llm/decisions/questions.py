"""One neutral question for every decision model, and its answer: checked, whoever gave it.

A reply is kept as text of this form, so that recorded and cached replies know nothing of the server's own form.
"""

import math
from collections.abc import Mapping, Sequence
from typing import Any, Literal, NamedTuple

from summarizer.llm.wire import Wire, parse_reply

MOST_QUESTIONS = 400  # of one request
MOST_OPTIONS = 255  # of one question
SLACK = 0.02  # that probabilities of two decimals may be off in their sum, for up to four options
MOST_SLACK = 0.1
HAIR = 1e-6

FaultName = Literal["no_answer", "bad_reply", "refused", "unavailable"]
"""Why one question has no answer, as `Reason` names it."""


class Question(NamedTuple):
    """A question and the answers that it may have."""

    id: str
    """Name within the request."""
    text: str
    options: tuple[tuple[str, str | None], ...]
    """Each answer, with its meaning where the name does not say it; 2 to `MOST_OPTIONS`."""

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(key for key, _ in self.options)

    @property
    def said(self) -> str:
        """All that is sent of it, for counting."""
        return "\n".join([self.id, self.text, *(f"{key}: {meaning or ''}" for key, meaning in self.options)])


class BadAnswerError(ValueError):
    """An answer that is not one to its question; the message names the fault."""


class QuestionAnswer(Wire):
    """What came of one question: probabilities, or a fault."""

    question: str
    probabilities: list[float] | None
    """In the order of the question's options; they add up to 1."""
    fault: FaultName | None = None
    detail: str = ""


class DecisionsReply(Wire):
    """Answers to the questions of one request."""

    wire: str
    """The form in which the server was asked."""
    answers: list[QuestionAnswer]
    unasked: int = 0
    """Answers to questions that nobody asked."""


def answered(question: Question, probabilities: Sequence[float]) -> QuestionAnswer:
    return QuestionAnswer(question=question.id, probabilities=list(probabilities))


def failed(question: Question, fault: FaultName, detail: str) -> QuestionAnswer:
    return QuestionAnswer(question=question.id, probabilities=None, fault=fault, detail=detail)


def probability(value: Any) -> float:
    """A probability that comes from outside. Raises a `BadAnswerError` for NaN, 1.7, "high", true."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise BadAnswerError("a probability is not a number")
    if not -HAIR <= value <= 1 + HAIR:  # not true of NaN either
        raise BadAnswerError("a probability is not between 0 and 1")
    return min(1.0, max(0.0, float(value)))


def distribution(values: Sequence[Any]) -> list[float]:
    """Probabilities of all options of one question, scaled to add up to 1. Raises a `BadAnswerError`."""
    found = [probability(value) for value in values]
    whole = math.fsum(found)
    if abs(whole - 1) > min(MOST_SLACK, max(SLACK, len(found) * SLACK / 4)):
        raise BadAnswerError(f"the probabilities add up to {whole:.4f}, not to 1")
    return [round(one / whole, 6) for one in found]


def read_reply(text: str, questions: Sequence[Question]) -> DecisionsReply:
    """Read a reply of the neutral form, one answer for each question in their order; it may come from a file.

    Raises a `BadReplyError` for what is not of the form.
    """
    reply = parse_reply(text, DecisionsReply)
    given: dict[str, list[QuestionAnswer]] = {}
    for one in reply.answers:
        given.setdefault(one.question, []).append(one)
    answers = [_sole(question, given) for question in questions]
    return reply.model_copy(update={"answers": answers})


def _sole(question: Question, given: Mapping[str, Sequence[QuestionAnswer]]) -> QuestionAnswer:
    """The one sound answer to a question, or the fault in its place."""
    found = given.get(question.id, ())
    if len(found) != 1:
        many = "no answer" if not found else f"{len(found)} answers"
        return failed(question, "no_answer" if not found else "bad_reply", f"the reply has {many} to it")
    answer = found[0]
    if answer.fault or answer.probabilities is None:
        return failed(question, answer.fault or "no_answer", answer.detail)
    if len(answer.probabilities) != len(question.options):
        return failed(question, "bad_reply", "the reply has another number of options")
    try:
        return answered(question, distribution(answer.probabilities))
    except BadAnswerError as error:
        return failed(question, "bad_reply", str(error))
