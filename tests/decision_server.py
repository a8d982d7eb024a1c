"""A local decision server for both contracts, that misbehaves on request: `/v1/systemone` and `/v1/decisions`.

It answers as an honest model would: a claim that is a sentence of the source is supported, one that begins like a
sentence is contradicted by it, and any other is not in the source. Faults of HTTP are those of `FaultServer`; `spoils`
spoils the answers to single questions, and `whole` the body of every reply.
"""

import json
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

from tests.fault_server import Exchange, Fault, FaultServer, Reply

Json = dict[str, Any]
Wire = Literal["systemone", "openai"]
ROUTES: dict[Wire, str] = {"systemone": "/systemone", "openai": "/decisions"}
LABELS = ["supported", "contradicted", "not_in_source"]
SURE = 0.9


@dataclass
class Told:
    """An answer before it is put into the form of a wire."""

    question: str
    kind: str
    likely: dict[str, Any]
    choice: Any
    extra: Json = field(default_factory=dict)


def _numbers(told: Told, value: Any) -> Told:
    """The same with another number for the likeliest option."""
    told.likely[told.choice] = value
    return told


def _renamed(told: Told, name: str) -> Told:
    told.likely[name] = told.likely.pop(told.choice)
    return told


def _without_last(told: Told) -> Told:
    told.likely.pop(list(told.likely)[-1])
    return told


def _chosen(told: Told, choice: Any) -> Told:
    told.choice = choice
    return told


def _of_kind(told: Told, kind: Any) -> Told:
    told.kind = kind
    return told


SPOILS: dict[str, Callable[[Told], Any]] = {
    "nan": lambda told: _numbers(told, math.nan),
    "infinite": lambda told: _numbers(told, math.inf),
    "above one": lambda told: _numbers(told, 1.7),
    "below zero": lambda told: _numbers(told, -0.1),
    "a word": lambda told: _numbers(told, "high"),
    "true": lambda told: _numbers(told, True),
    "null": lambda told: _numbers(told, None),
    "huge": lambda told: _numbers(told, 10**400),
    "sum": lambda told: _numbers(told, 0.2),
    "option renamed": lambda told: _renamed(told, "perhaps"),
    "option missing": _without_last,
    "choice unlikely": lambda told: _chosen(told, list(told.likely)[-1]),
    "choice unknown": lambda told: _chosen(told, "perhaps"),
    "choice true": lambda told: _chosen(told, True),
    "choice missing": lambda told: _chosen(told, None),
    "type unknown": lambda told: _of_kind(told, "oracle"),
    "type missing": lambda told: _of_kind(told, None),
    "type predicate": lambda told: _of_kind(told, "predicate"),
    "refusal": lambda told: _of_kind(told, "refusal"),
    "html": lambda _: "<html>sign in</html>",
    "answer null": lambda _: None,
    "missing": lambda _: ...,
}
"""Each fault of one answer; what is no `Told` takes the place of the answer, and `...` leaves it out."""

NO_ANSWER = {"missing"}
REFUSED = {"refusal"}


def honest(question: str, options: list[str], source: Mapping[str, str], claim: str) -> Told:
    """The answer of an honest model to a question about a claim."""
    same = next((name for name, text in source.items() if text == claim), None)
    like = next((name for name, text in source.items() if text.split()[:2] == claim.split()[:2]), None)
    if options == LABELS:
        choice = "supported" if same else "contradicted" if like else "not_in_source"
    else:
        choice = next((one for one in (same, like) if one in options), "none")
    rest = (1 - SURE) / (len(options) - 1)
    return Told(question, "choice", {one: SURE if one == choice else rest for one in options}, choice)


@dataclass(kw_only=True, eq=False)
class DecisionServer(FaultServer):
    """A decision server on a local port; `calls` has what was asked."""

    calls_at: ClassVar[frozenset[str]] = frozenset(ROUTES.values())

    wires: tuple[Wire, ...] = ("systemone", "openai")
    """Those that it serves."""
    absent: int = 404
    """The status of the others."""
    spoils: Mapping[str, str] = field(default_factory=dict)
    """By question, the name of what is wrong with its answer: `c2`, or `c2:evidence` for which sentence decides it."""
    whole: Callable[[Json], Any] | None = None
    """Changes the body of every reply; what is bytes is sent as it is."""
    most_options: int = 255
    most_questions: int = 400
    nouls_only: bool = False

    def called(self, exchange: Exchange, fault: Fault) -> Reply:
        del fault
        wire: Wire = "openai" if exchange.path.endswith("/decisions") else "systemone"
        body = exchange.request or {}
        if wire not in self.wires:
            return _error(self.absent, "no such place")
        asked = _asked(wire, body)
        if complaint := self._refuses(asked, body):
            return complaint
        source = dict(re.findall(r"^(s\d+): (.*)$", str(body.get("state") or body.get("input")), re.MULTILINE))
        answers = [self._told(one, source) for one in asked]
        told = _listed(answers) if wire == "openai" else _mapped(answers)
        usage = {"input_tokens": 100 + len(asked), "output_tokens": len(asked)}
        reply = {"model": body.get("model"), "answers": told, "usage": usage}
        changed = self.whole(reply) if self.whole else reply
        return Reply(200, changed if isinstance(changed, bytes) else json.dumps(changed).encode())

    def _refuses(self, asked: list[Json], body: Json) -> Reply | None:
        """The reply to a request that asks for too much, or for what it does not know."""
        if self.nouls_only and any(one["type"] == "choice" for one in asked):
            return _error(422, "questions of the type choice are not supported by this model")
        if len(asked) > self.most_questions:
            return _error(413, f"The request has {len(asked)} questions, the maximum is {self.most_questions}")
        for one in asked:
            if len(one["options"]) > self.most_options:
                said = f"too many options ({len(one['options'])}), this model supports at most {self.most_options}"
                return _error(400, f"questions.{one['id']}: {said}")
        if self.n_ctx and len(json.dumps(body)) // 4 > self.n_ctx:
            said = f"request exceeds the available context size ({self.n_ctx} tokens)"
            return Reply(400, json.dumps({"error": {"message": said, "type": "exceed_context_size_error"}}).encode())
        return None

    def _told(self, one: Json, source: Mapping[str, str]) -> Any:
        claim = one["text"].partition("Claim: ")[2].partition("\n")[0]
        if one["type"] == "noul":
            return one["id"], {"type": "noul", "noul": self._yes(one, source, claim)}
        told = honest(one["id"], one["options"], source, claim)
        name = self.spoils.get(one["id"] if one["options"] == LABELS else f"{one['id']}:evidence")
        return one["id"], SPOILS[name](told) if name else told

    def _yes(self, one: Json, source: Mapping[str, str], claim: str) -> Any:
        """The answer to a yes-or-no question, whose last line is what is to be true."""
        named = one["text"].splitlines()[-1]
        said = "says all of it" if claim in source.values() else "leaves it open"
        spoiled = self.spoils.get(one["id"])
        if spoiled:
            return SPOILS[spoiled](Told("", "", {"x": 0.5}, "x")).likely["x"]
        return 0.8 if said in named or named == claim else 0.1


def _error(status: int, message: str) -> Reply:
    return Reply(status, json.dumps({"error": {"message": message, "type": "invalid_request_error"}}).encode())


def _asked(wire: Wire, body: Json) -> list[Json]:
    """The questions of a request, in one form for both wires."""
    if wire == "openai":
        return [
            {"id": one["name"], "type": one["type"], "text": one["instructions"], "options": _values(one)}
            for one in body["questions"]
        ]
    return [
        {"id": name, "type": one["type"], "text": one["instructions"], "options": list(one.get("criteria") or {})}
        for name, one in body["questions"].items()
    ]


def _values(question: Json) -> list[str]:
    return [choice["value"] for choice in question["choices"]]


def _listed(answers: list[Any]) -> list[Any]:
    return [_in_list(name, told) for name, told in answers if told is not ...]


def _in_list(name: str, told: Any) -> Any:
    if not isinstance(told, Told):
        return told
    if told.kind == "refusal":
        return {"type": "refusal", "name": name}
    listed = [{"value": value, "probability": likely} for value, likely in told.likely.items()]
    return {"type": told.kind, "name": name, "choice": told.choice, "probabilities": listed, "confidence": 0.5}


def _mapped(answers: list[Any]) -> Json:
    return {name: _in_map(told) for name, told in answers if told is not ...}


def _in_map(told: Any) -> Any:
    if not isinstance(told, Told):
        return told
    return {"type": told.kind, "choice": told.choice, "probabilities": told.likely, "confidence": 0.5}
