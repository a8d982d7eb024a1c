"""A chat completion: how it is put to a server, rung by rung of what the server understands, and how its reply is read."""

from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple

from summarizer.llm.exchange import Answer, EnvelopeError, Request, TooLongError, TopLogprobs, top_logprobs_of
from summarizer.llm.remote.failures import Fault, UnsupportedError
from summarizer.llm.wire import BadReplyError, is_json, strict_json, wire_schema
from summarizer.providers import left_out_at

if TYPE_CHECKING:
    from summarizer.llm.remote.client import Asked, Server

MOST_TOKENS = 10**12  # of one call, as a server counts them; more is garbage
TOP_LOGPROBS = 8  # other tokens to hear of, for each token of an answer
LOGPROB_TOKENS = 8  # tokens of an answer; a label is at its beginning
LIMITS = ("max_completion_tokens", "max_tokens")
"""A server that does not know the first is sent the second, and may know neither."""
RESPONSE_FORMATS = ("strict", "json_schema", "json_object", "plain")
SETTLED: dict[str, "Dialect"] = {}  # by base URL, for the life of the process


class Dialect(NamedTuple):
    """What a server understands; found out once for each base URL."""

    rung: int = 0
    left_out: frozenset[str] = frozenset()


class ChatForm:
    """The `Form` of a chat completion."""

    tries = len(RESPONSE_FORMATS) + 4

    def dialect(self, server: "Server") -> Dialect:
        return SETTLED.get(server.base_url, Dialect(left_out=left_out_at(server.base_url)))

    def leave_out(self, server: "Server", dialect: Dialect, part: str) -> None:
        if self.dialect(server) == dialect:
            SETTLED[server.base_url] = without(part, dialect)

    async def post(self, client: Any, asked: "Asked") -> Any:
        arguments = parameters(asked.server, asked.request, asked.dialect)
        reply = await client.chat.completions.with_raw_response.create(**arguments)
        return reply.http_response

    def fault(self, asked: "Asked", fault: Fault) -> Exception | None:
        sent = _optional(asked.request, asked.dialect)
        if fault.is_generation:
            if "response_format" not in sent:
                return EnvelopeError(f"{asked.server.host}: {fault.message}")
            freer = without("response_format", asked.dialect)
            return UnsupportedError("response_format", fault.message, instead=freer)
        part = fault.unsupported_part(sent)
        return UnsupportedError(part, fault.message) if part else None

    def answer(self, asked: "Asked", body: bytes) -> Answer:
        """Read the envelope; what is none is a bad reply, whatever its status said."""
        try:
            whole = strict_json(body.decode("utf-8"))
            choice = whole["choices"][0]
            message = choice["message"]
            text, refusal = _said(message), message.get("refusal")
            if not isinstance(refusal, (str, type(None))):
                raise TypeError
        except (BadReplyError, UnicodeDecodeError, KeyError, IndexError, TypeError, AttributeError):
            raise EnvelopeError(f"{asked.server.host}: not an OpenAI-style reply") from None
        usage = whole.get("usage") if isinstance(whole.get("usage"), Mapping) else {}
        details = usage.get("prompt_tokens_details")
        cached = details.get("cached_tokens") if isinstance(details, Mapping) else None
        finish = choice.get("finish_reason")
        return Answer(
            text=text,
            finish=finish if isinstance(finish, str) else None,
            refusal=refusal,
            input_tokens=count(usage.get("prompt_tokens")),
            output_tokens=count(usage.get("completion_tokens")),
            cached_tokens=count(cached),
            top_logprobs=_top_logprobs(choice.get("logprobs")),
            thought=_thought(message, usage),
        )


def _said(message: Mapping[str, Any]) -> str | None:
    """The answer, wherever the server puts it: as text, in parts, or beside an empty text. Raises a `TypeError`.

    A thought is no answer, whatever drafts it has; some servers put an answer, and it alone, in the place of one.
    """
    content = message.get("content")
    if isinstance(content, list):
        parts = [part for part in content if part.get("type", "text") in ("text", "output_text")]
        content = "".join(part["text"] for part in parts)
    if not isinstance(content, (str, type(None))):
        raise TypeError
    if content and content.strip():
        return content
    calls = message.get("tool_calls")
    called = calls[0]["function"]["arguments"] if isinstance(calls, list) and calls else None
    if isinstance(called, str) and called.strip():
        return called
    thoughts = (message.get("reasoning_content"), message.get("reasoning"))
    return next((one for one in thoughts if isinstance(one, str) and is_json(one.strip())), content)


def parameters(server: "Server", request: Request, dialect: Dialect) -> dict[str, Any]:
    """The arguments of the call, in the dialect of the server."""
    messages = [{"role": message.role, "content": message.text} for message in request.messages]
    schema = wire_schema(request.reply)
    name = request.reply.__name__
    rung = RESPONSE_FORMATS[dialect.rung]
    arguments: dict[str, Any] = {"model": server.model, "messages": messages}
    answer_as: dict[str, Any] = {}
    if rung in ("strict", "json_schema"):
        body = {"name": name, "schema": schema} | ({"strict": True} if rung == "strict" else {})
        answer_as = {"response_format": {"type": "json_schema", "json_schema": body}}
    elif rung == "json_object":
        answer_as = {"response_format": {"type": "json_object"}}
    if "temperature" not in dialect.left_out:
        arguments["temperature"] = server.temperature
    if request.top_logprobs and "logprobs" not in dialect.left_out:
        arguments |= {"logprobs": True, "top_logprobs": TOP_LOGPROBS}
    limits = [one for one in LIMITS if one not in dialect.left_out]
    arguments |= dict.fromkeys(limits[:1], request.room)
    # As part of the body, for the client walks through its own arguments node by node: 3 ms for a schema.
    return arguments | {"extra_body": answer_as}


def _optional(request: Request, dialect: Dialect) -> set[str]:
    """The parts of a call that are sent and can be left out."""
    limits = [one for one in LIMITS if one not in dialect.left_out][:1]
    plain = {"temperature", *limits, *(["logprobs"] if request.top_logprobs else [])} - dialect.left_out
    rung = RESPONSE_FORMATS[dialect.rung]
    return plain | ({"strict"} if rung == "strict" else set()) | (set() if rung == "plain" else {"response_format"})


def body_of(server: "Server", request: Request, dialect: Dialect) -> dict[str, Any]:
    """The body of the call, as it stands in a file of calls."""
    arguments = parameters(server, request, dialect)
    return {**{name: one for name, one in arguments.items() if name != "extra_body"}, **arguments["extra_body"]}


async def with_room_that_fits(call: Callable[[Request], Awaitable[Answer]], request: Request) -> Answer:
    """The answer to a request; where it does not fit, less room for a thought is tried before that is said."""
    for thinking in (request.thinking, request.thinking // 4):
        if thinking:
            with suppress(TooLongError):
                return await call(request._replace(thinking=thinking))
    return await call(request._replace(thinking=0))


def without(part: str, dialect: Dialect) -> Dialect:
    """The dialect of a server that does not understand a part of this one."""
    if part == "strict":
        return dialect._replace(rung=max(dialect.rung, RESPONSE_FORMATS.index("json_schema")))
    if part == "response_format":
        # Two refusals are enough: a server that took neither form of the schema is asked in plain words.
        after = "json_object" if RESPONSE_FORMATS[dialect.rung] == "strict" else "plain"
        return dialect._replace(rung=RESPONSE_FORMATS.index(after))
    return dialect._replace(left_out=dialect.left_out | {part})


def _thought(message: Mapping[str, Any], usage: Mapping[str, Any]) -> bool:
    details = usage.get("completion_tokens_details")
    counted = count(details.get("reasoning_tokens")) if isinstance(details, Mapping) else None
    told = (message.get("reasoning_content"), message.get("reasoning"))
    return bool(counted) or any(isinstance(one, str) and one.strip() for one in told)


def _top_logprobs(found: Any) -> TopLogprobs:
    """The log-probabilities of an answer; None where they are not there or not of the form, which loses nothing else."""
    try:
        places = [place["top_logprobs"][:TOP_LOGPROBS] for place in found["content"][:LOGPROB_TOKENS]]
        return top_logprobs_of([[(one["token"], round(one["logprob"], 4)) for one in place] for place in places])
    except (KeyError, TypeError):
        return None


def count(value: Any) -> int | None:
    """A number of tokens that comes from outside; None where it is none."""
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST_TOKENS else None
