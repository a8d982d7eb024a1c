"""The lines of a batch: a request as a line of a file, and what a line of the results means for it."""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from summarizer.llm.exchange import Answer, CallError, EnvelopeError, Request, TooLongError
from summarizer.llm.remote.chat import ChatForm, Dialect
from summarizer.llm.remote.failures import PARTS, Fault, error_within
from summarizer.llm.wire import BadReplyError, Wire, strict_json
from summarizer.schema import Reason

if TYPE_CHECKING:
    from summarizer.llm.remote.client import Server

ENDPOINT = "/v1/chat/completions"
NOT_DONE = ("batch_expired", "batch_cancelled")  # codes of a line that nobody worked on, and nobody charges
REFUSED_FOR_GOOD = (400, 413, 422)  # statuses that the same request meets again
_CHAT = ChatForm()


class Again(NamedTuple):
    """The request is to be sent once more."""

    why: str
    charged: bool = True
    """Whether it counts as a try."""
    part: str | None = None
    """What of the request the server does not understand and that can be left out."""


def request_line(key: str, body: str) -> bytes:
    """One request as a line of a file; `body` is JSON."""
    return b'{"custom_id": "%s", "method": "POST", "url": "%s", "body": %s}\n' % (
        key.encode("ascii"),
        ENDPOINT.encode("ascii"),
        body.encode("ascii"),
    )


def key_of(line: bytes) -> str | None:
    """The key of a line of results; None for what is no such line."""
    try:
        key = strict_json(line.decode("utf-8"))["custom_id"]
    except (BadReplyError, UnicodeDecodeError, KeyError, TypeError):
        return None
    return key if isinstance(key, str) else None


def outcome_of(line: bytes, server: "Server") -> tuple[str, Answer | CallError | TooLongError | Again] | None:
    """The key of a line of results and what came of its request; None for what is no such line."""
    try:
        whole = strict_json(line.decode("utf-8"))
        key = whole["custom_id"]
        response, error = whole.get("response"), whole.get("error")
        if not isinstance(key, str):
            raise TypeError
    except (BadReplyError, UnicodeDecodeError, KeyError, TypeError, AttributeError):
        return None
    if isinstance(response, Mapping):
        return key, _of_response(response, server)
    fault = Fault.of(0, {"error": error} if isinstance(error, Mapping) else {}, server.key)
    return key, Again(fault.message or fault.code or "no response", charged=fault.code not in NOT_DONE)


def _of_response(response: Mapping[str, Any], server: "Server") -> Answer | CallError | TooLongError | Again:
    status, body = response.get("status_code"), response.get("body")
    data = json.dumps(body).encode("utf-8")
    if status in (200, "200"):
        within = error_within(data)
        if not within:
            try:
                return _CHAT.answer(_asked(server), data)
            except EnvelopeError as error:
                return error
        status, body = within
    number = status if isinstance(status, int) else 0
    fault = Fault.of(number, body, server.key)
    said = fault.message or fault.code or f"status {number}"
    if fault.is_filtered:
        return CallError(Reason.REFUSED, f"{server.host}: the provider's filter held the request back ({said})")
    if fault.is_generation:
        return Again(said)
    if fault.is_context:
        return TooLongError(fault.limit)
    if part := fault.unsupported_part(PARTS):
        return Again(f"the model does not take {part}", charged=False, part=part)
    if number in REFUSED_FOR_GOOD:
        return CallError(Reason.UNAVAILABLE, f"{server.host}: refuses the request ({number}): {said}")
    return Again(f"{number}: {said}" if number else said, charged=not fault.is_quota)


def _asked(server: "Server") -> Any:
    from summarizer.llm.remote.client import Asked  # noqa: PLC0415 (it knows this package's forms)

    return Asked(server, Request("judge", (), Wire, 0, "", ()), Dialect())
