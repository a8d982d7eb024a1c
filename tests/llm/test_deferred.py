"""Answers that come later: what is missing is known at once, and what has come is used."""

import asyncio
import json
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

from summarizer.errors import RepliesError
from summarizer.llm.deferred import Deferral, DeferredCaller, Replies, answered
from summarizer.llm.exchange import Answer, AwaitedError, CallError, Message, Request
from summarizer.llm.remote.chat import Dialect
from summarizer.llm.remote.client import Server
from summarizer.llm.remote.lines import Again, outcome_of
from summarizer.llm.side_by_side import side_by_side
from summarizer.llm.tokens import TokenCounter, price
from summarizer.llm.wire import Wire
from summarizer.schema import Reason, StageUsage

ANSWER = Answer("yes", "stop", None, 7, 1)


class Said(Wire):
    yes: bool


def request(text: str) -> Request:
    return Request("judge", (Message("user", text),), Said, 30, "\0", ())


def caller(path: Path, dialect: Dialect | None = None) -> DeferredCaller:
    server = Server("http://127.0.0.1:9/v1", "m", None)
    return DeferredCaller(server, Deferral(path, dialect or Dialect()), TokenCounter(exact=False))


def in_a_loop(work: Coroutine[Any, Any, Any]) -> Any:
    return asyncio.run(work)


def without_a_loop(work: Coroutine[Any, Any, Any]) -> Any:
    try:
        work.send(None)
    except StopIteration as end:
        return end.value
    raise AssertionError("nothing waits where there is no loop")


@pytest.mark.parametrize("run", [in_a_loop, without_a_loop])
def test_all_that_is_missing_is_known_at_once(tmp_path: Path, run: Callable[[Any], Any]) -> None:
    asked = caller(tmp_path / "replies")

    with pytest.raises(AwaitedError):
        run(side_by_side([asked.call(request("one")), side_by_side([asked.call(request("two"))])]))

    assert [one.input_tokens for one in asked.take()] == [6, 6]
    assert asked.take() == []


@pytest.mark.parametrize("run", [in_a_loop, without_a_loop])
def test_a_failure_is_not_hidden_by_an_answer_that_is_to_come(tmp_path: Path, run: Callable[[Any], Any]) -> None:
    async def fails() -> None:
        raise ValueError("a fault")

    with pytest.raises(ValueError, match="a fault"):
        run(side_by_side([caller(tmp_path / "replies").call(request("one")), fails()]))


def test_what_has_come_is_the_answer_and_is_not_asked_again(tmp_path: Path) -> None:
    path = tmp_path / "replies"
    asked = caller(path)
    Replies(path).add("f", [(asked.key(request("one")), answered(ANSWER))])

    assert without_a_loop(asked.call(request("one"))) == ANSWER
    assert asked.take() == []


def test_an_answer_that_is_there_stays(tmp_path: Path) -> None:
    replies = Replies(tmp_path / "replies")
    replies.add("f", [("k", answered(ANSWER))])
    replies.add("g", [("k", "the server failed"), ("k", answered(ANSWER._replace(text="no")))])

    assert replies.find("k") == ANSWER


def test_taking_one_file_in_again_counts_no_failure_twice(tmp_path: Path) -> None:
    replies = Replies(tmp_path / "replies")
    for _ in range(5):
        replies.add("f", [("k", "the server failed")])

    assert replies.find("k") is None
    replies.add("g", [("k", "the server failed")])
    replies.add("h", [("k", "the server failed")])
    assert isinstance(replies.find("k"), Exception)


def test_a_failure_can_be_forgotten_and_an_answer_cannot(tmp_path: Path) -> None:
    replies = Replies(tmp_path / "replies")
    for file in "fgh":
        replies.add(file, [("k", "the server failed"), ("other", answered(ANSWER))])

    replies.forget_failures()

    assert replies.find("k") is None
    assert replies.find("other") == ANSWER


def test_a_file_of_answers_that_was_spoiled_is_said(tmp_path: Path) -> None:
    path = tmp_path / "replies"
    path.write_bytes(b"SQLite it is not" * 100)

    with pytest.raises(RepliesError, match="replies: cannot be read"):
        Replies(path).find("k")


def test_the_dialect_of_the_server_is_in_the_line_and_not_in_its_key(tmp_path: Path) -> None:
    plain, told = caller(tmp_path / "a"), caller(tmp_path / "b", Dialect(left_out=frozenset({"temperature"})))
    for one in (plain, told):
        with pytest.raises(AwaitedError):
            without_a_loop(one.call(request("one")))

    (first,), (second,) = plain.take(), told.take()
    assert first.key == second.key
    assert '"temperature"' in first.body
    assert '"temperature"' not in second.body


def test_the_room_for_a_thought_is_in_the_line_in_its_key_and_in_what_it_may_cost(tmp_path: Path) -> None:
    asked = caller(tmp_path / "replies")
    for one in (request("one"), request("one")._replace(thinking=8_000)):
        with pytest.raises(AwaitedError):
            without_a_loop(asked.call(one))

    without, roomy = asked.take()
    assert without.key != roomy.key
    assert (without.output_tokens, roomy.output_tokens) == (30, 8_030)
    assert '"max_completion_tokens": 8030' in roomy.body


def test_a_batch_costs_half() -> None:
    usage = StageUsage(stage="judge", calls=1, input_tokens=1_000_000, output_tokens=100_000)
    at_once = price("gpt-5.4-mini", "https://api.openai.com/v1", usage)
    in_a_day = price("gpt-5.4-mini", "https://api.openai.com/v1", usage, "chat", "batch")

    assert at_once is not None
    assert in_a_day == at_once / 2


def test_a_line_whose_reply_the_server_could_not_read_is_sent_again() -> None:
    error = {"code": "json_validate_failed", "message": "Failed to generate JSON."}
    line = {"custom_id": "k1", "response": {"status_code": 400, "body": {"error": error}}, "error": None}

    found = outcome_of(json.dumps(line).encode(), Server("http://127.0.0.1:9/v1", "m", None))

    assert found == ("k1", Again("Failed to generate JSON."))


def test_a_line_whose_request_a_filter_held_back_is_a_refusal_and_not_sent_again() -> None:
    error = {"code": "content_filter", "message": "Your prompt was filtered."}
    line = {"custom_id": "k1", "response": {"status_code": 400, "body": {"error": error}}, "error": None}

    found = outcome_of(json.dumps(line).encode(), Server("http://127.0.0.1:9/v1", "m", None))

    assert found is not None
    key, outcome = found
    assert key == "k1"
    assert isinstance(outcome, CallError)
    assert outcome.reason is Reason.REFUSED
