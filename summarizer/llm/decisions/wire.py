"""The two forms of a decision request, and how their replies are read: nothing that a server sends is taken on trust.

A fault of one answer is an answer of its own. Only a reply that is no reply at all is an `EnvelopeError`.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal, NamedTuple

from summarizer.llm.decisions.questions import (
    HAIR,
    BadAnswerError,
    DecisionsReply,
    Question,
    QuestionAnswer,
    answered,
    distribution,
    failed,
    probability,
)

WireName = Literal["systemone", "openai"]
Kind = Literal["choice", "noul"]

Json = dict[str, Any]
LEAST_YES = 0.5  # that the yes to each option of a question must come to: one of them is true


class Dialect(NamedTuple):
    """What a server understands."""

    wire: WireName = "systemone"
    kind: Kind = "choice"
    """Whether System One is asked for a choice, or for a yes or no (`noul`) to each of its options."""

    def asked(self, questions: Sequence[Question]) -> int:
        """Questions that the server sees."""
        return sum(len(one.options) for one in questions) if self.kind == "noul" else len(questions)


def body_of(model: str, content: str, questions: Sequence[Question], dialect: Dialect) -> Json:
    """The body of a request."""
    if dialect.wire == "openai":
        return {"model": model, "input": content, "questions": [_openai_question(one) for one in questions]}
    form = _nouls if dialect.kind == "noul" else _choice
    return {"model": model, "state": content, "questions": {k: v for one in questions for k, v in form(one).items()}}


def _openai_question(question: Question) -> Json:
    choices = [{"value": key} | ({"description": meaning} if meaning else {}) for key, meaning in question.options]
    return {"type": "choice", "name": question.id, "instructions": question.text, "choices": choices}


def _choice(question: Question) -> Json:
    return {question.id: {"type": "choice", "instructions": question.text, "criteria": dict(question.options)}}


def _nouls(question: Question) -> Json:
    return {
        _part(question, at): {"type": "noul", "instructions": f"{question.text}\n{meaning or key}"}
        for at, (key, meaning) in enumerate(question.options)
    }


def _part(question: Question, at: int) -> str:
    """Name of the yes-or-no question for one option."""
    return f"{question.id}.{at + 1}"


def reply_of(whole: Any, questions: Sequence[Question], dialect: Dialect) -> DecisionsReply:
    """Read the body of a reply. Raises a `TypeError` or a `KeyError` for what has no answers at all."""
    nouls = dialect.wire == "systemone" and dialect.kind == "noul"
    wanted = [name for one in questions for name in (_nouls(one) if nouls else (one.id,))]
    found, strange = (_listed if dialect.wire == "openai" else _mapped)(whole["answers"], wanted)
    values = _openai_values if dialect.wire == "openai" else _systemone_values
    answers = [_of_nouls(one, found) if nouls else _answer(one, found[one.id], values) for one in questions]
    return DecisionsReply(wire=dialect.wire, answers=answers, unasked=strange)


Found = dict[str, list[Any]]
"""Answers by the name of the question that they are given to."""


def _mapped(given: Any, wanted: Sequence[str]) -> tuple[Found, int]:
    """The answers of a map, and how many of them nobody asked for."""
    if not isinstance(given, dict):
        raise TypeError
    return {name: [given[name]] if name in given else [] for name in wanted}, len(set(given) - set(wanted))


def _listed(given: Any, wanted: Sequence[str]) -> tuple[Found, int]:
    """The answers of a list. Their order is not relied on: a name says which question was answered, a place does not."""
    if not isinstance(given, list):
        raise TypeError
    found: Found = {name: [] for name in wanted}
    strange = 0
    for answer in given:
        name = answer.get("name") if isinstance(answer, dict) else None
        if isinstance(name, str) and name in found:
            found[name].append(answer)
        else:
            strange += 1
    return found, strange


def _answer(
    question: Question, found: Sequence[Any], values: Callable[[Question, Mapping[str, Any]], list[Any]]
) -> QuestionAnswer:
    """What came of one question: exactly one answer counts."""
    if not found:
        return failed(question, "no_answer", "the model gave no answer to it")
    if len(found) > 1:
        return failed(question, "bad_reply", f"the model gave {len(found)} answers to it")
    answer = found[0]
    try:
        if not isinstance(answer, dict):
            raise BadAnswerError("the answer is not of the form")
        if answer.get("type") == "refusal":
            return failed(question, "refused", "the model refused to answer")
        if answer.get("type") != "choice":
            raise BadAnswerError("the answer is of another type than its question")
        return answered(question, _likeliest_is_chosen(question, answer.get("choice"), values(question, answer)))
    except BadAnswerError as error:
        return failed(question, "bad_reply", str(error))


def _openai_values(question: Question, answer: Mapping[str, Any]) -> list[Any]:
    """The probabilities of a list of values, in the order of the options."""
    found: dict[str, Any] = {}
    listed = answer.get("probabilities")
    for one in listed if isinstance(listed, list) else ():
        value = one.get("value") if isinstance(one, dict) else None
        if not isinstance(value, str) or value in found:  # true and "true" are two values
            raise BadAnswerError("an option has no name, or is there twice")
        found[value] = one.get("probability")
    return _in_order(question, found)


def _systemone_values(question: Question, answer: Mapping[str, Any]) -> list[Any]:
    found = answer.get("probabilities")
    return _in_order(question, found if isinstance(found, dict) else {})


def _in_order(question: Question, found: Mapping[str, Any]) -> list[Any]:
    if set(found) != set(question.keys):
        raise BadAnswerError("the options of the answer are not those of the question")
    return [found[key] for key in question.keys]


def _likeliest_is_chosen(question: Question, chosen: Any, values: Sequence[Any]) -> list[float]:
    """The probabilities, where the answer that the server names is the likeliest of them."""
    found = distribution(values)
    if not isinstance(chosen, str) or chosen not in question.keys:
        raise BadAnswerError("the choice is none of the options")
    if found[question.keys.index(chosen)] < max(found) - HAIR:
        raise BadAnswerError("the choice is not the likeliest option")
    return found


def _of_nouls(question: Question, given: Found) -> QuestionAnswer:
    """One answer from the yes or no to each option: how likely each yes is, and no likelier than the model said."""
    found: list[float] = []
    for at in range(len(question.options)):
        answers = given[_part(question, at)]
        if not answers:
            return failed(question, "no_answer", "the model gave no answer to one of its options")
        answer = answers[0]
        if not isinstance(answer, dict) or answer.get("type") != "noul":
            return failed(question, "bad_reply", "the answer is of another type than its question")
        try:
            found.append(probability(answer.get("noul")))
        except BadAnswerError as error:
            return failed(question, "bad_reply", str(error))
    whole = math.fsum(found)
    if whole < LEAST_YES:
        return failed(question, "bad_reply", f"it gives all options together a probability of {whole:.2f}")
    missing = max(0.0, 1 - whole) / len(found)  # shared by all: scaled up, a "perhaps" would be a "surely"
    return answered(question, [round((one + missing) / max(1.0, whole), 6) for one in found])
