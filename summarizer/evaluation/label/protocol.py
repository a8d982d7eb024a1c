"""The requests of the page and their answers, without sockets.

    GET  /              the page; holds no text of the folder
    GET  /tasks         the list of articles
    GET  /tasks/SLUG    an article with its claims and decisions
    POST /decisions     one decision, to be kept at once

All but the page need the token of this start. A slug is looked up in a list and never
used as a path.
"""

import json
import secrets
from collections.abc import Mapping
from typing import NamedTuple, get_args
from urllib.parse import unquote

from pydantic import ValidationError

from summarizer.errors import CaseError, SummarizerError
from summarizer.evaluation.cases import Difficulty
from summarizer.evaluation.error_kinds import KINDS
from summarizer.evaluation.label.decisions import Decision
from summarizer.evaluation.label.page import page
from summarizer.evaluation.label.store import LabelStore
from summarizer.schema import Modality, Record

TOKEN = "x-label-token"  # noqa: S105 (the name of a header)
LARGEST_BODY = 1024 * 1024


class Head(NamedTuple):
    """A request without its body."""

    method: str
    path: str
    headers: Mapping[str, str]
    """Names in lower case."""


class Reply(NamedTuple):
    status: int
    kind: str
    body: str


class Refusal(Exception):  # noqa: N818 (not an error: an answer)
    """A request that is not served, with its status and a sentence for people."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


class RequestGuard(NamedTuple):
    """Accepts requests only from the page that this start has served."""

    token: str
    port: int

    def check(self, head: Head) -> None:
        """Raise a `Refusal` for a request from another page, under another name, or without the token."""
        hosts = (f"127.0.0.1:{self.port}", f"localhost:{self.port}")
        if head.headers.get("host") not in hosts:  # a name that resolves to this machine is not this page
            raise Refusal(421, f"ask for {hosts[0]}; this host name is not served")
        origin = head.headers.get("origin")
        if origin not in (None, *(f"http://{host}" for host in hosts)) or (origin is None and head.method == "POST"):
            raise Refusal(403, "this request comes from another page")
        if (head.method, head.path) == ("GET", "/"):
            return
        given = head.headers.get(TOKEN, "").encode("utf-8", "surrogateescape")
        if not secrets.compare_digest(given, self.token.encode("ascii")):
            raise Refusal(403, "the token is missing or old; open the address that the command has printed")


def body_length(head: Head) -> int:
    """How many bytes to read. Raises a `Refusal` for a body without a length, or with too many."""
    given = head.headers.get("content-length", "")
    if not (given.isascii() and given.isdigit()) or "transfer-encoding" in head.headers:
        raise Refusal(411, "a body needs its length")
    if len(given) > 12 or int(given) > LARGEST_BODY:
        raise Refusal(413, f"larger than {LARGEST_BODY:,} bytes")
    if head.headers.get("content-type") != "application/json":
        raise Refusal(415, "a decision is sent as application/json")
    return int(given)


class Sent(Record):
    """The body of a decision."""

    slug: str
    claim: str
    decision: Decision


def answer(head: Head, body: bytes, store: LabelStore) -> Reply:
    """Serve a request that the guard has accepted. Raises a `Refusal`."""
    try:
        if head.method == "POST":
            return _decide(head, body, store)
        return _show(head, store)
    except CaseError as error:
        raise Refusal(422, str(error)) from None
    except SummarizerError as error:
        raise Refusal(500, str(error)) from None


def _show(head: Head, store: LabelStore) -> Reply:
    if head.path == "/":
        return Reply(200, "text/html; charset=utf-8", page().text)
    if head.path == "/tasks":
        return _json({**store.listed().model_dump(mode="json"), "choices": _choices()})
    slug = unquote(head.path.removeprefix("/tasks/"))
    if not head.path.startswith("/tasks/") or slug not in store.slugs:
        raise Refusal(404, "there is nothing under this address")
    return _json(store.show(slug).model_dump(mode="json"))


def _choices() -> dict[str, list[str]]:
    return {
        "error": list(KINDS),
        "modality": [str(one.value) for one in Modality],
        "difficulty": list(get_args(Difficulty)),
    }


def _decide(head: Head, body: bytes, store: LabelStore) -> Reply:
    if head.path != "/decisions":
        raise Refusal(404, "there is nothing under this address")
    try:
        sent = Sent.model_validate_json(body)
    except ValidationError as error:
        first = error.errors()[0]
        raise Refusal(400, f"{'.'.join(map(str, first['loc'])) or 'the body'}: {first['msg']}") from None
    if sent.slug not in store.slugs:
        raise Refusal(404, "there is no such article; load the page again")
    return _json(store.decide(sent.slug, sent.claim, sent.decision).model_dump(mode="json"))


def _json(facts: object) -> Reply:
    return Reply(200, "application/json", json.dumps(facts, ensure_ascii=False))


def refused(refusal: Refusal) -> Reply:
    """The reply that says why not."""
    return _json({"error": str(refusal)})._replace(status=refusal.status)
