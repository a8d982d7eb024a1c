"""What a server's refusal means: try again, ask in another way, or stop.

No message holds a key, and no exception of the SDK leaves this package: its
request carries the key in plain text.
"""

import email.utils
import math
import re
from collections.abc import Collection, Mapping
from datetime import UTC
from typing import Any, NamedTuple

from summarizer.llm.wire import BadReplyError, loose_json, mended

QUOTA = ("insufficient_quota", "billing_hard_limit_reached", "billing_not_active", "access_terminated")
QUOTA_WORDS = re.compile(r"\b(?:quota|billing|credits?|(?:key|spending|usage) limit)\b", re.IGNORECASE)
FILTERED = ("content_filter", "content_policy_violation", "data_inspection_failed")
FILTER_WORDS = re.compile(
    r"\b(?:(?:content|input|message|prompt|request|text)s?\b[^.]{0,30}\bflagged|requires moderation|inappropriate content"
    r"|content exists risk|(?:content|safety|usage) (?:filters?|moderation|polic(?:y|ies)|system))\b",
    re.IGNORECASE,
)
KEYS = ("invalid_api_key", "authentication_error")
KEY_WORDS = re.compile(
    r"\bAPI[ _-]?key\b.{0,30}?\b(?:not valid|invalid|incorrect|expired|not found|missing|required)\b"
    r"|\b(?:invalid|incorrect|expired|missing|no)\b.{0,20}?\bAPI[ _-]?key\b",
    re.IGNORECASE,
)
GENERATION = ("json_validate_failed",)
GENERATION_WORDS = re.compile(
    r"\bfailed_generation\b|\bfail(?:ed|ure) to (?:generate|produce) (?:valid )?JSON\b", re.IGNORECASE
)
CONTEXT = ("context_length_exceeded", "exceed_context_size_error")
CONTEXT_WORDS = re.compile(
    r"context (?:length|window|size)|maximum context|too many tokens|token limit|reduce the length"
    r"|\b(?:maximum (?:prompt|input)|range of input) length|\binputs?\b[^.]{0,20}\bless than [\d,]{1,9} tokens"
    r"|\b(?:prompt|input|request)\b[^.]{0,30}\btoo (?:long|large)|\b(?:prompt|input)\b[^.]{0,60}\bexceed(?:s|ed)?\b",
    re.IGNORECASE,
)
TOO_LARGE = re.compile(r"\Arequest too large\b", re.IGNORECASE)  # for the tokens of a minute: waiting changes nothing
TOO_HIGH = re.compile(
    r"\bmax_(?:completion_|output_|new_)?tokens\b[^.]{0,80}?(?:too (?:large|high|big)|at most|less than|maximum|exceeds?|range|<=|> ?\d)"
    r"|\brange of max_tokens\b",
    re.IGNORECASE,
)
LIMIT = re.compile(r"(?:context (?:length|window|size)[^0-9]{1,40}|n_ctx[^0-9]{1,10})(\d{3,8})", re.IGNORECASE)
NOT_YET = re.compile(r"\b(?:loading|warming up)\b", re.IGNORECASE)
TAG = re.compile(r"<[^<>]{0,200}>")  # of a page that stands in for an error
WORDS = ("message", "msg", "error_msg")  # under which a server says what went wrong
STATUS = re.compile(r"[1-5][0-9]{2}")
ANSWERED = re.compile(rb'"(?:choices|answers)"\s{0,99}:\s{0,99}[\[{]\s{0,99}[^\s\]}]')  # a reply that is one
# What of a request can be left out, and what a refusal calls it; whole words, for access may be "restricted".
PARTS = {
    "temperature": re.compile(r"\btemperature\b"),
    "max_completion_tokens": re.compile(r"\bmax_completion_tokens\b"),
    "max_tokens": re.compile(r"\bmax_tokens\b"),
    "logprobs": re.compile(r"\b(?:top_)?logprobs\b"),
    "strict": re.compile(r"\bstrict\b"),
    "response_format": re.compile(r"response_format|schema|json_object|grammar"),
}
MOST_PLACES = 400  # of what is wrong with one request
LONGEST_WAIT = 86_400.0  # seconds; a header that asks for more is garbage
SHORTEST_KEY = 8  # characters; a shorter one, as "x" or "none", stands for no key, and is a piece of other words


class TransientError(Exception):
    """Worth another attempt."""

    def __init__(self, detail: str, wait: float | None = None, *, limited: bool = False) -> None:
        super().__init__(detail)
        self.wait = wait
        """Seconds that the server asked for."""
        self.limited = limited
        """Whether the server said that we are too fast, or too early: that takes time, and is no failure."""


class UnsupportedError(Exception):
    """The server does not know a part of the request that can be left out."""

    def __init__(self, part: str, said: str, *, instead: Any = None) -> None:
        super().__init__(said)
        self.part = part
        self.instead = instead
        """The dialect for this request, where it is this one alone that is to be asked without the part."""


class Fault(NamedTuple):
    """An error reply, read defensively: every field may be anything."""

    status: int
    code: str
    parameter: str
    message: str
    limit: int | None
    """Tokens that fit, where the server says so."""
    places: tuple[tuple[str, str], ...] = ()
    """Parts of the request and what is wrong with each, where the server says so (422 with `detail`)."""

    @classmethod
    def of_bytes(cls, status: int, body: bytes, key: str | None = None) -> "Fault":
        """Read it from the body as it came."""
        text = body.decode("utf-8", "replace")
        try:
            return cls.of(status, loose_json(text), key)
        except BadReplyError:
            return cls.of(status, text, key)

    @classmethod
    def of(cls, status: int, body: Any, key: str | None = None) -> "Fault":
        """Read it, with the key taken out of every text before that is cut."""
        if isinstance(body, str):
            body = {"message": TAG.sub(" ", without_key(body, key))}
        error = _error_of(_object_of(body))
        places = _places(error.get("detail"), key) or _places(error.get("errors"), key)
        listed = "; ".join(f"{place}: {said}" if place else said for place, said in places[:3])
        message = shortened(next((error[name] for name in WORDS if error.get(name)), listed), key)
        code = shortened(error.get("code") or error.get("type") or "", key)
        kinds = f"{error.get('code')} {error.get('type')}"
        said = error.get("n_ctx") if isinstance(error.get("n_ctx"), int) else None
        found = LIMIT.search(message)
        code = next((one for one in (*QUOTA, *FILTERED, *KEYS, *GENERATION, *CONTEXT) if one in kinds), code)
        limit = said or (int(found[1]) if found else None)
        return cls(status, code, str(error.get("param") or ""), message, limit, places)

    @property
    def is_quota(self) -> bool:
        spent = self.status == 403 and bool(QUOTA_WORDS.search(self.message))
        return self.status == 402 or self.code in QUOTA or spent  # 402: payment required

    @property
    def is_filtered(self) -> bool:
        """Whether the provider's filter held the request back, which is no failure of the server."""
        return self.code in FILTERED or (self.status in (400, 403, 451) and bool(FILTER_WORDS.search(self.message)))

    @property
    def is_key(self) -> bool:
        """Whether the server refuses whoever asks, and with them every other request."""
        wrong_key = self.status == 400 and bool(KEY_WORDS.search(self.message))
        return self.status in (401, 403) or self.code in KEYS or wrong_key

    def with_hint(self, hint: str) -> str:
        """The status, the words of the server, and what to do."""
        told = f"{self.message.rstrip('. ')}; " if self.message else ""
        return f"({self.status}): {told}{hint}"

    @property
    def is_generation(self) -> bool:
        """Whether the model wrote what the server itself could not read, as may happen to any request."""
        return self.code in GENERATION or bool(GENERATION_WORDS.search(self.message))

    @property
    def is_not_yet(self) -> bool:
        """Whether the model is still being loaded, which takes a minute."""
        return self.status == 503 and bool(NOT_YET.search(self.message))

    @property
    def is_context(self) -> bool:
        """Whether the request, or the answer that it has room for, is longer than the model can take or give."""
        if self.status in (413, 429):
            return self.status == 413 or bool(TOO_LARGE.search(self.message))
        words = f"{self.parameter} {self.message}"
        too_long = self.code in CONTEXT or CONTEXT_WORDS.search(words) or TOO_HIGH.search(words)
        return self.status in (400, 422, 500) and bool(too_long)

    def unsupported_part(self, sent: Collection[str]) -> str | None:
        """The part of the request that the server refuses: one of those that were sent and can be left out."""
        if self.status not in (400, 403, 404, 415, 422, 500, 501):
            return None
        words = f"{self.parameter} {self.message}".lower()
        if self.status in (400, 403, 422, 501) or "grammar" in words or "response_format" in words:
            return next((part for part, named in PARTS.items() if part in sent and named.search(words)), None)
        return None


def without_key(text: str, key: str | None) -> str:
    return text.replace(key, "[key]") if key and len(key) >= SHORTEST_KEY else text


def body_without_key(body: bytes, key: str | None) -> bytes:
    """The body of a reply without the key: an answer that repeats it would be kept in caches and recordings."""
    return body.replace(key.encode(), b"[key]") if key and len(key) >= SHORTEST_KEY else body


def shortened(text: Any, key: str | None = None) -> str:
    """Words of a server on one line, without the key, cut to what a message has room for."""
    return " ".join(without_key(str(mended(text)), key).split())[:300]


def error_within(body: bytes) -> tuple[int, Any] | None:
    """The status and the body of an error that a server sends with status 200; None where there is none."""
    if b'"error"' not in body and ANSWERED.search(body):
        return None
    try:
        whole = _object_of(loose_json(body.decode("utf-8")))
    except (BadReplyError, UnicodeDecodeError):
        return None
    choices = whole.get("choices")
    first = choices[0] if isinstance(choices, list) and choices else None
    for place in (first, whole):
        error = place.get("error") if isinstance(place, Mapping) else None
        if error and isinstance(error, (str, Mapping)):
            return _status_of(error), {"error": error}
    if not choices and "answers" not in whole and any(whole.get(key) for key in (*WORDS, "detail", "errors")):
        return _status_of(_error_of(whole)), whole
    return None


def _status_of(error: Any) -> int:
    """The status that an error names, else that of an error of the server."""
    code = error.get("code") if isinstance(error, Mapping) else None
    number = int(code) if isinstance(code, int) or (isinstance(code, str) and STATUS.fullmatch(code)) else 0
    return number if 400 <= number <= 599 else 500


def _object_of(body: Any) -> Mapping[str, Any]:
    """The object of a body, which some servers (Gemini) put into a list; empty where there is none."""
    first = body[0] if isinstance(body, list) and body else body
    return first if isinstance(first, Mapping) else {}


def _error_of(body: Mapping[str, Any]) -> Mapping[str, Any]:
    """The object that says what went wrong: `error`, `detail`, or the whole body."""
    for key in ("error", "detail"):
        if isinstance(body.get(key), Mapping):
            return body[key]  # type: ignore[no-any-return]
    error = body.get("error")
    return {"message": error} if error and not isinstance(error, bool) else body


def _places(detail: Any, key: str | None) -> tuple[tuple[str, str], ...]:
    """Read `detail` or `errors` as servers give them: some text, or a list of texts or of places with what is wrong."""
    if isinstance(detail, str):
        return (("", shortened(detail, key)),)
    found = []
    for one in detail[:MOST_PLACES] if isinstance(detail, list) else ():
        own = one if isinstance(one, Mapping) else {"message": one}
        said = next((own[name] for name in WORDS if isinstance(own.get(name), str)), None)
        if said:
            place = own.get("loc")
            parts = [str(part) for part in place] if isinstance(place, (list, tuple)) else []
            found.append((shortened(".".join(parts), key), shortened(said, key)))
    return tuple(found)


def wait_of(headers: Mapping[str, str]) -> float | None:
    """Seconds to wait by `retry-after-ms` or `retry-after`, a date being read against the server's own clock.

    None for what is no such time: garbage, a negative or endless one, a date
    without the server's date.
    """
    if (milliseconds := _number(headers.get("retry-after-ms"))) is not None:
        return milliseconds / 1000
    value = headers.get("retry-after")
    if value is None or (seconds := _number(value)) is not None:
        return seconds if value is not None else None
    until, now = date_of(value), date_of(headers.get("date"))
    if until is None or now is None:
        return None
    return until - now if 0 <= until - now <= LONGEST_WAIT else None


def _number(value: str | None) -> float | None:
    try:
        number = float(value) if value is not None else math.nan
    except ValueError:
        return None
    return number if 0 < number < math.inf else None


def date_of(value: str | None) -> float | None:
    try:
        found = email.utils.parsedate_to_datetime(value) if value else None
        if found is None:
            return None
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError, TypeError, IndexError):
        return None
