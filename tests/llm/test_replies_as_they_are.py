"""Servers as they are: answers in other places, thoughts half marked, errors inside a 200, limits, proxies, nobody there."""

import itertools
import json
import socket
import time
from collections.abc import Callable
from typing import Any

import pytest

from summarizer import check
from summarizer.components import openai_backend
from summarizer.errors import UnavailableError
from summarizer.llm.remote import client
from summarizer.llm.remote.client import ATTEMPTS
from summarizer.schema import Label, Verdict
from tests import fault_server as faults
from tests.characters import honest
from tests.fault_server import FaultServer
from tests.llm.conftest import ARTICLE, CLAIMS, KEY, asking, server

LABELS = [Label.SUPPORTED, Label.SUPPORTED, Label.NOT_IN_SOURCE]


def labels(report: Any) -> list[Any]:
    return [one.outcome.label if isinstance(one.outcome, Verdict) else one.outcome.reason for one in report.checks]


def message(text: str) -> dict[str, Any]:
    return {"role": "assistant", "content": text}


def answered(place: Callable[[str], dict[str, Any]]) -> FaultServer:
    """A server whose honest answer stands where `place` puts it."""

    def fault(_: int, request: dict[str, Any]) -> faults.Fault:
        choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant"} | place(honest(request))}
        return faults.raw_json(json.dumps({"id": "1", "object": "chat.completion", "choices": [choice]}))

    return server(fault_for=fault)


PLACES: dict[str, Callable[[str], dict[str, Any]]] = {
    "reasoning_content": lambda text: {"content": "", "reasoning_content": text},
    "reasoning": lambda text: {"content": None, "reasoning": text},
    "parts": lambda text: {"content": [{"type": "text", "text": text[:40]}, {"type": "text", "text": text[40:]}]},
    "parts with a thought": lambda text: {
        "content": [{"type": "thinking", "thinking": "Hm."}, {"type": "output_text", "text": text}]
    },
    "a tool call": lambda text: {"content": None, "tool_calls": [{"function": {"name": "x", "arguments": text}}]},
    "a tool call beside a thought": lambda text: {
        "content": None,
        "reasoning_content": "{}",
        "tool_calls": [{"function": {"name": "x", "arguments": text}}],
    },
    "content before reasoning": lambda text: {"content": text, "reasoning_content": "{}"},
}


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
def test_the_answer_is_read_where_it_stands(place: Callable[[str], dict[str, Any]]) -> None:
    with answered(place) as at:
        report = check(CLAIMS, ARTICLE, backend=asking(at))

    assert (labels(report), len(at.log)) == (LABELS, 1)


@pytest.mark.parametrize(
    "odd",
    [
        {"content": [7]},
        {"content": [{"type": "text"}]},
        {"content": {"text": "x"}},
        {"content": None, "tool_calls": [{"function": None}]},
        {"content": "", "reasoning_content": 7},
        {"content": "", "reasoning_content": "Let me think of it."},
    ],
)
def test_what_is_no_answer_in_any_place_is_a_bad_reply(odd: dict[str, Any]) -> None:
    with answered(lambda _: odd) as at:
        report = check(CLAIMS, ARTICLE, backend=asking(at))

    assert [one.value for one in labels(report)] == ["bad_reply"] * 3


@pytest.mark.parametrize("content", ["", None, [{"type": "thinking", "thinking": "Hm."}]])
@pytest.mark.parametrize("field", ["reasoning_content", "reasoning"])
@pytest.mark.parametrize("thought", ["Let me assume: {}\nBut wait, c2 is", "The answer is:\n{}", "{}\nOr not?"])
def test_a_draft_in_a_thought_is_no_answer(thought: str, field: str, content: Any) -> None:
    with answered(lambda text: {"content": content, field: thought.format(text)}) as at:
        report = check(CLAIMS, ARTICLE, backend=asking(at))

    assert ([one.value for one in labels(report)], len(at.log)) == (["bad_reply"] * 3, 2)


@pytest.mark.parametrize("half", [r"\ud800", r"\udc00", r"\ud83d"])
def test_half_a_sign_in_a_reply_ends_no_run(half: str) -> None:
    def broken(_: int, request: dict[str, Any]) -> faults.Fault:
        return faults.body(honest(request).replace("The library", f"The library{half}"))

    with server(fault_for=broken) as at:
        report = check(CLAIMS, ARTICLE, backend=asking(at))

    assert [one.value for one in labels(report)] == ["supported", "misquote", "not_in_source"]


def test_half_a_sign_in_an_error_message_ends_no_run() -> None:
    with (
        server(always=faults.status(400, '{"error": {"message": "no \\ud800 here"}}')) as at,
        pytest.raises(UnavailableError, match="no \ufffd here"),
    ):
        check(CLAIMS, ARTICLE, backend=asking(at))


LIMIT = {"message": "Provider returned error: model overloaded", "code": 529}
WITHIN: dict[str, Any] = {
    "the whole": {"error": LIMIT},
    "beside no choices": {"choices": [], "error": LIMIT},
    "a choice": {"choices": [{"message": message(""), "finish_reason": "error", "error": LIMIT}]},
    "its code as text": {"error": LIMIT | {"code": "529"}},
    "a list": [{"error": LIMIT}],
}


@pytest.mark.parametrize("body", WITHIN.values(), ids=WITHIN)
def test_an_error_inside_a_200_is_told_in_the_words_of_the_server(
    body: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "FIRST_PAUSE", 0.1)
    with (
        server(always=faults.raw_json(json.dumps(body))) as at,
        pytest.raises(UnavailableError, match=r"529.*model overloaded"),
    ):
        check(CLAIMS, ARTICLE, backend=asking(at))

    assert len(at.log) == ATTEMPTS
    assert all(one.start - other.end >= 0.06 for other, one in zip(at.log, at.log[1:], strict=False))


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"detail": "model crashed"}, "error 500: model crashed"),
        ({"detail": {"message": "model crashed"}}, "error 500: model crashed"),
        ({"object": "error", "message": "engine is dead", "code": 503}, "error 503: engine is dead"),
        ({"success": False, "errors": ["no credit left"]}, "error 500: no credit left"),
        ({"success": False, "errors": [{"code": 1, "message": "no credit"}], "result": None}, "error 500: no credit"),
        ({"error": True, "message": "it broke"}, "error 500: it broke"),
        ({"error_code": 17, "error_msg": "it broke"}, "error 500: it broke"),
        ({"choices": [], "detail": [{"loc": ["gpu"], "msg": "gone"}]}, "error 500: gpu: gone"),
    ],
)
def test_an_error_body_of_any_kind_inside_a_200_is_one_of_the_server(body: dict[str, Any], words: str) -> None:
    with server(always=faults.raw_json(json.dumps(body))) as at, pytest.raises(UnavailableError, match=words):
        check(CLAIMS, ARTICLE, backend=asking(at))

    assert len(at.log) == ATTEMPTS


def test_an_error_body_inside_a_200_that_refuses_the_request_is_not_sent_again() -> None:
    told = faults.raw_json('{"object": "error", "message": "no such task", "code": 418}')
    with server(always=told) as at, pytest.raises(UnavailableError, match=r"refuses the request \(418\): no such task"):
        check(CLAIMS, ARTICLE, backend=asking(at))

    assert len(at.log) == 1


def test_an_error_without_a_code_is_one_of_the_server_and_passes() -> None:
    with server(faults.error_200()) as at:
        report = check(CLAIMS, ARTICLE, backend=asking(at))

    assert (labels(report), len(at.log)) == (LABELS, 2)


def test_an_answer_that_speaks_of_errors_is_none() -> None:
    with answered(lambda text: {"content": text, "error": "none", "note": '{"error": "x"}'}) as at:
        assert labels(check(CLAIMS, ARTICLE, backend=asking(at))) == LABELS


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("the model is being loaded", "the model is being loaded"),
        ("<html><body><h1>502 Bad Gateway</h1></body></html>", "502 Bad Gateway"),
        ('{"detail": [{"loc": ["body", "messages"], "msg": "too many"}]}', "body.messages: too many"),
        ('{"detail": "Not allowed today"}', "Not allowed today"),
        ('{"message": "loading"}', "loading"),
        ('[{"error": {"code": 418, "message": "Short and stout", "status": "TEAPOT"}}]', "Short and stout"),
    ],
)
def test_an_error_body_of_any_kind_is_told(body: str, words: str) -> None:
    with server(always=faults.status(418, body)) as at, pytest.raises(UnavailableError, match=words):
        check(CLAIMS, ARTICLE, backend=asking(at))


def test_a_refusal_in_a_list_leads_down_to_what_the_server_takes() -> None:
    """As Gemini's does, which names `strict` and takes no schema."""
    message = "Invalid JSON payload received. Unknown name \"strict\" at 'response_format': Cannot find field."

    def refusing(_: int, request: dict[str, Any]) -> faults.Fault | None:
        refuses = request.get("response_format", {}).get("type") == "json_schema"
        return faults.status(400, json.dumps([{"error": {"code": 400, "message": message}}])) if refuses else None

    with server(fault_for=refusing) as at:
        assert labels(check(CLAIMS, ARTICLE, backend=asking(at))) == LABELS

    assert [one.status for one in at.log] == [400, 400, 200]


def test_being_told_to_wait_uses_up_no_attempt() -> None:
    waits = [faults.rate_limited(0.05, ms=True)] * (ATTEMPTS + 2)
    with server(*waits) as at:
        report = check(CLAIMS, ARTICLE, backend=asking(at))

    assert (labels(report), len(at.log)) == (LABELS, ATTEMPTS + 3)


@pytest.mark.parametrize("value", [None, 0, "soon"])
def test_being_asked_too_fast_uses_up_no_attempt(value: Any) -> None:
    with server(*[faults.rate_limited(value)] * (ATTEMPTS + 2)) as at:
        report = check(CLAIMS, ARTICLE, backend=asking(at))

    assert (labels(report), len(at.log)) == (LABELS, ATTEMPTS + 3)


def test_pauses_grow_up_to_a_limit_where_a_server_is_asked_too_fast(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "FIRST_PAUSE", 0.1)
    monkeypatch.setattr(client, "LONGEST_PAUSE", 0.4)
    with server(*[faults.rate_limited(None)] * 6) as at:
        assert labels(check(CLAIMS, ARTICLE, backend=asking(at))) == LABELS

    gaps = [later.start - earlier.end for earlier, later in itertools.pairwise(at.log)]
    for gap, pause in zip(gaps, (0.1, 0.2, 0.4, 0.4, 0.4, 0.4), strict=True):
        assert 0.75 * pause <= gap <= 1.25 * pause + 0.25


def test_being_asked_too_fast_for_ever_ends_by_the_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "LONGEST_PAUSE", 0.3)
    begun = time.monotonic()
    with (
        server(always=faults.rate_limited(0.01, ms=True)) as at,
        pytest.raises(UnavailableError, match="too many requests"),
    ):
        check(CLAIMS, ARTICLE, backend=asking(at, deadline=2.0))

    assert time.monotonic() - begun < 4
    assert ATTEMPTS < len(at.log) < 40  # a wait that is never enough is not believed for ever


def test_a_server_that_knows_no_limit_is_sent_none() -> None:
    with server(rejects={"max_completion_tokens", "max_tokens"}) as at:
        assert labels(check(CLAIMS, ARTICLE, backend=asking(at))) == LABELS

    sent = [{"max_completion_tokens", "max_tokens"} & set(one.request or {}) for one in at.log]
    assert sent == [{"max_completion_tokens"}, {"max_tokens"}, set()]


def test_where_nobody_listens_on_this_machine_is_said_at_once() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    backend = openai_backend(model="m", base_url=f"http://127.0.0.1:{port}/v1", api_key=KEY, deadline=600.0)

    with pytest.raises(UnavailableError, match=rf"127\.0\.0\.1:{port}: nothing listens there; is it running\?"):
        check(CLAIMS, ARTICLE, backend=backend)


@pytest.mark.parametrize("proxy", ["socks5h://127.0.0.1:9", "http://127.0.0.1:9", "no proxy at all"])
def test_a_server_on_this_machine_is_asked_past_any_proxy(proxy: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", proxy)
    with server() as at:
        assert labels(check(CLAIMS, ARTICLE, backend=asking(at))) == LABELS


def test_a_proxy_that_cannot_be_used_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", "socks5h://user:secret@127.0.0.1:9")
    backend = openai_backend(model="m", base_url="http://model.invalid/v1", api_key=KEY)

    with pytest.raises(UnavailableError, match="a SOCKS proxy needs the package socksio") as caught:
        check(CLAIMS, ARTICLE, backend=backend)

    assert "secret" not in str(caught.value)
