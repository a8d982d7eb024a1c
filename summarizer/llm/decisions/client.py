"""How a decision request is put to a server: which of the two forms it knows, and what its refusals mean.

api.openai.com is asked at `/decisions`. Any other server is asked at `/systemone` first, and at `/decisions` where it
has no such place; what was found out is kept for each base URL.
"""

import re
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from summarizer.errors import RefusedError
from summarizer.llm.decisions.questions import MOST_QUESTIONS, DecisionsReply, failed
from summarizer.llm.decisions.wire import Dialect, body_of, reply_of
from summarizer.llm.exchange import Answer, CallError, EnvelopeError, Request, TooLongError
from summarizer.llm.remote.chat import count
from summarizer.llm.remote.failures import Fault, UnsupportedError
from summarizer.llm.wire import BadReplyError, loose_json
from summarizer.schema import Reason

if TYPE_CHECKING:
    from summarizer.llm.remote.client import Asked, Server

SETTLED: dict[str, Dialect] = {}  # by base URL, for the life of the process
HOSTED = "api.openai.com"
NOT_THERE = (404, 405, 501)
REFUSED = (400, 413, 422)
TOO_MANY = re.compile(
    r"(?:at most|no more than|up to|maximum|too many|fit in)[^.]{0,80}?"
    r"(?:options?|choices?|criteria|questions?|items|labels?|context|batch)"
    r"|(?:options?|choices?|criteria|questions?)[^.]{0,80}?(?:at most|no more than|maximum|too (?:many|large|long)|do not fit)",
    re.IGNORECASE,
)
NO_CHOICE = re.compile(r"\bchoice\b[^.]{0,60}?(?:not|un)[ -]?(?:supported|known|implemented)", re.IGNORECASE)
PLACE = re.compile(r"\bquestions\.[\w.]{1,60}")  # in the words of llama.cpp: `questions.c1: "criteria" must be ...`
MOST_ROUNDS = 3  # requests without the questions that the server refused


class RefusedQuestionsError(Exception):
    """The server refuses some questions of a request, which may be left out."""

    def __init__(self, refused: dict[str, str]) -> None:
        super().__init__(", ".join(refused))
        self.refused = refused
        """By the id of the question, what the server said of it."""


class DecisionsForm:
    """The `Form` of a decision request."""

    tries = 4

    def dialect(self, server: "Server") -> Dialect:
        hosted = urlsplit(server.base_url).hostname == HOSTED
        return SETTLED.get(server.base_url, Dialect("openai" if hosted else "systemone"))

    def leave_out(self, server: "Server", dialect: Dialect, part: str) -> None:
        if self.dialect(server) == dialect:
            SETTLED[server.base_url] = Dialect("openai") if part == "systemone" else dialect._replace(kind="noul")

    async def post(self, client: Any, asked: "Asked") -> Any:
        import httpx2  # noqa: PLC0415 (only when a request is about to be sent)

        request, dialect = asked.request, asked.dialect
        if dialect.asked(request.questions) > MOST_QUESTIONS:
            raise TooLongError(None)
        content = "\n\n".join(message.text for message in request.messages)
        body = body_of(asked.server.model, content, request.questions, dialect)
        if dialect.wire == "openai":
            return (await client.decisions.with_raw_response.create(**body)).http_response
        return await client.post("/systemone", body=body, cast_to=httpx2.Response)

    def fault(self, asked: "Asked", fault: Fault) -> Exception | None:
        server, dialect = asked.server, asked.dialect
        if fault.status in NOT_THERE and fault.code != "model_not_found":
            if dialect.wire == "systemone":
                return UnsupportedError("systemone", fault.message)
            SETTLED.pop(server.base_url, None)  # it may learn, and has another model to be asked for
            said = f" ({fault.message})" if fault.message else ""
            hint = f"{server.model!r} is not a decision model there ({fault.status}): use --judge chat"
            return RefusedError(f"{server.host}: {hint}{said}")
        if fault.status not in REFUSED:
            return None
        if dialect == Dialect("systemone", "choice") and NO_CHOICE.search(fault.message):
            return UnsupportedError("choice", fault.message)
        if TOO_MANY.search(fault.message):
            return TooLongError(fault.limit)
        refused = _refused(fault, asked.request)
        return RefusedQuestionsError(refused) if refused else None

    def answer(self, asked: "Asked", body: bytes) -> Answer:
        try:
            whole = loose_json(body.decode("utf-8"))
            reply = reply_of(whole, asked.request.questions, asked.dialect)
        except (BadReplyError, UnicodeDecodeError, KeyError, IndexError, TypeError, AttributeError):
            raise EnvelopeError(f"{asked.server.host}: not the reply of a decision model") from None
        usage = whole.get("usage") if isinstance(whole.get("usage"), dict) else {}
        details = usage.get("input_tokens_details")
        return Answer(
            text=reply.model_dump_json(),
            finish="stop",
            refusal=None,
            input_tokens=count(usage.get("input_tokens")),
            output_tokens=count(usage.get("output_tokens")),
            cached_tokens=count(details.get("cached_tokens")) if isinstance(details, dict) else None,
        )


def _refused(fault: Fault, request: Request) -> dict[str, str]:
    """The questions of a request that the server finds fault with, each with its words: by id, or by place in a list."""
    parameter = fault.parameter.replace("[", ".").replace("]", "")
    within = [(place, fault.message) for place in PLACE.findall(fault.message)]
    found: dict[str, str] = {}
    for place, said in (*fault.places, (parameter, fault.message), *within):
        for at, one in enumerate(request.questions):
            if f".{one.id}." in f".{place}." or f".questions.{at}." in f".{place}.":
                found.setdefault(one.id, said)
    return found


async def without_refused(call: Callable[[Request], Awaitable[Answer]], request: Request) -> Answer:
    """The answer to a request; questions that the server refuses are left out and have that as their outcome."""
    refused: dict[str, str] = {}
    left = request
    for _ in range(MOST_ROUNDS):
        try:
            answer = await call(left)
        except RefusedQuestionsError as error:
            refused |= error.refused
            left = request._replace(questions=tuple(one for one in request.questions if one.id not in refused))
            if left.questions:
                continue
            answer = Answer(DecisionsReply(wire="", answers=[]).model_dump_json(), "stop", None, 0, 0)
        return _completed(answer, request, refused) if refused else answer
    said = next(iter(refused.values()))
    raise CallError(Reason.UNAVAILABLE, f"the server refuses question after question: {said}")


def _completed(answer: Answer, request: Request, refused: dict[str, str]) -> Answer:
    """The answer, with what the server said of the questions that were left out."""
    reply = DecisionsReply.model_validate_json(answer.text or "")
    faults = [
        failed(one, "unavailable", f"the server refuses the question: {refused[one.id]}")
        for one in request.questions
        if one.id in refused
    ]
    return answer._replace(text=reply.model_copy(update={"answers": [*reply.answers, *faults]}).model_dump_json())
