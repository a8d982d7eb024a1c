"""Models that think before they answer: the limit of a request is of the thought as well."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from summarizer import check, render
from summarizer.components import assemble, deferred_callers
from summarizer.llm.deferred import Deferral, Replies, answered
from summarizer.llm.exchange import Answer, AwaitedError
from summarizer.llm.models import RunOptions
from summarizer.schema import Label, Report, Unchecked, Verdict
from summarizer.settings import resolve
from tests import fault_server as faults
from tests.characters import honest
from tests.llm.conftest import ARTICLE, CLAIMS, asking, server

GOOD = [Label.SUPPORTED, Label.SUPPORTED, Label.NOT_IN_SOURCE]
ONE = "The library will not close."
Cut = Callable[[str], faults.Fault]
"""What comes where a thought takes all of the room, by what would have been the answer."""


def outcomes(report: Report) -> list[Any]:
    return [one.outcome.label if isinstance(one.outcome, Verdict) else one.outcome.reason for one in report.checks]


def told(content: str | None, *, reasoning: str = "", tokens: int = 0) -> faults.Fault:
    """A reply that was cut off, with what the server says of the thought."""
    message = {"role": "assistant", "content": content} | ({"reasoning_content": reasoning} if reasoning else {})
    details = {"completion_tokens_details": {"reasoning_tokens": tokens}} if tokens else {}
    usage = {"prompt_tokens": 900, "completion_tokens": 620, **details}
    choice = {"index": 0, "finish_reason": "length", "message": message}
    return faults.raw_json(json.dumps({"object": "chat.completion", "choices": [choice], "usage": usage}))


CUTS: dict[str, Cut] = {
    "nothing": lambda _: told(None),
    "an empty text": lambda _: told("", reasoning="Let me see."),
    "a marked thought": lambda _: told("<think>\nLet me see."),
    "a bare thought": lambda _: told("Okay, the first claim says {that} the library"),
    "a counted thought and half an answer": lambda answer: told(answer[:30], tokens=600),
    "a told thought and half an answer": lambda answer: told(answer[:30], reasoning="Let me see."),
}


def thinking(tokens: int, cut: Cut = CUTS["nothing"]) -> faults.FaultServer:
    """A server whose model thinks that long before each answer."""

    def fault(_: int, request: dict[str, Any]) -> faults.Fault | None:
        answer = honest(request)
        return cut(answer) if request["max_completion_tokens"] < tokens + len(answer) // 4 else None

    return server(fault_for=fault)


def limits(at: faults.FaultServer) -> list[int]:
    return [(one.request or {})["max_completion_tokens"] for one in at.log]


@pytest.mark.parametrize("cut", CUTS.values(), ids=CUTS)
def test_a_model_that_thinks_has_room_for_it_from_its_first_cut_off_on(cut: Cut) -> None:
    with thinking(2_000, cut) as at:
        backend = asking(at)
        first, second = (check(claims, ARTICLE, backend=backend) for claims in (ONE, CLAIMS))

    assert (outcomes(first), outcomes(second), limits(at)) == (GOOD[1:2], GOOD, [620, 8_620, 9_060])
    assert (first.run.usage.calls, second.run.usage.calls) == (2, 1)


def test_claims_of_one_call_are_not_parted_over_a_thought() -> None:
    with thinking(5_000) as at:
        assert outcomes(check(CLAIMS, ARTICLE, backend=asking(at))) == GOOD

    assert limits(at) == [1_060, 9_060]


def test_a_model_that_names_sentences_may_think_too() -> None:
    with thinking(800) as at:
        assert outcomes(check(ONE, ARTICLE, backend=asking(at, cite="sentences"))) == GOOD[1:2]

    assert limits(at) == [60, 8_060]


def test_where_the_room_is_not_enough_the_setting_for_it_is_named() -> None:
    with thinking(100_000) as at:
        report = check(ONE, ARTICLE, backend=asking(at))

    (only,) = report.checks
    assert isinstance(only.outcome, Unchecked)
    assert only.outcome.detail == (
        "the model thought before it answered, and was cut off at 8,620 tokens: "
        "raise SUMMARIZER_THINKING_TOKENS (8,000 now), or switch its thinking off"
    )
    assert limits(at) == [620, 8_620]


@pytest.mark.parametrize(("tokens", "sent"), [(20_000, [20_620]), (0, [620]), (500, [1_120])])
def test_the_setting_gives_the_room_from_the_first_and_no_more(tokens: int, sent: list[int]) -> None:
    with thinking(12_000) as at:
        report = check(ONE, ARTICLE, backend=asking(at, thinking_tokens=tokens))

    assert limits(at) == sent
    assert isinstance(report.checks[0].outcome, Verdict) == (tokens == 20_000)


SHORTER: dict[str, str] = {
    "OpenAI": "max_tokens is too large: 8620. This model supports at most 4096 completion tokens.",
    "Groq": "`max_completion_tokens` must be less than or equal to `4096`",
    "DeepSeek": "Invalid max_tokens value, the valid range of max_tokens is [1, 4096]",
    "vLLM": "This model's maximum context length is 4096 tokens. However, you requested 9060 tokens.",
    "in places": '{"detail": [{"loc": ["body", "max_tokens"], "msg": "Input should be less than or equal to 4096"}]}',
}


@pytest.mark.parametrize("words", SHORTER.values(), ids=SHORTER)
def test_a_model_with_less_room_is_given_less_and_never_none(words: str) -> None:
    body = words if words.startswith("{") else json.dumps({"error": {"message": words, "param": "max_tokens"}})

    def fault(_: int, request: dict[str, Any]) -> faults.Fault | None:
        limit = request["max_completion_tokens"]
        return faults.status(400, body) if limit > 4_096 else told(None) if limit < 1_500 else None

    with server(fault_for=fault) as at:
        backend = asking(at)
        found = [outcomes(check(ONE, ARTICLE, backend=backend)) for _ in range(2)]

    assert (found, limits(at)) == ([GOOD[1:2]] * 2, [620, 8_620, 2_620, 8_620, 2_620])


def test_a_budget_counts_the_room_for_a_thought_before_it_is_used() -> None:
    with thinking(2_000) as at:
        settings = resolve({"base_url": at.base_url, "model": "honest", "claims": "sentence", "witness": "none"})
        report = check(CLAIMS, ARTICLE, backend=assemble(settings, RunOptions(max_tokens=8_000)))

    assert limits(at) == [1_060]
    outcome = report.checks[0].outcome
    assert isinstance(outcome, Unchecked)
    assert outcome.reason.value == "budget"
    assert "the next call may take 1" in outcome.detail


@pytest.mark.parametrize("tokens", [2_000, 100_000], ids=["enough", "never enough"])
def test_a_run_of_a_model_that_thinks_replays_byte_for_byte(tokens: int, tmp_path: Path) -> None:
    path, settings = tmp_path / "replies.jsonl", {"claims": "sentence", "witness": "none"}
    with thinking(tokens) as at:
        recorded = resolve({"base_url": at.base_url, "model": "honest", **settings})
        backend = assemble(recorded, RunOptions(record=path))
        one, all_three = (render(check(claims, ARTICLE, backend=backend), "json") for claims in (ONE, CLAIMS))

    assert limits(at)[:3] == [620, 8_620, 9_060]
    replaying = assemble(resolve({"backend": "replay", **settings}), RunOptions(replies=path))
    assert render(check(CLAIMS, ARTICLE, backend=replaying), "json") == all_three
    assert render(check(ONE, ARTICLE, backend=replaying), "json") == one


def test_a_kept_reply_of_a_model_that_thinks_is_found_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    with thinking(2_000) as at:
        for _ in range(2):
            assert outcomes(check(CLAIMS, ARTICLE, backend=asking(at, cache=True))) == GOOD

    assert limits(at) == [1_060, 9_060]


def test_in_files_of_requests_what_was_cut_off_is_asked_for_in_the_next_round_and_nothing_twice(tmp_path: Path) -> None:
    replies, sent = tmp_path / "replies.sqlite", []
    settings = resolve({"base_url": "http://127.0.0.1:9/v1", "model": "m", "claims": "sentence", "witness": "none"})
    for file in ("round 1", "round 2"):
        components = assemble(settings, RunOptions(deferral=Deferral(replies)))
        for _ in range(2):  # a process that knows the answers so far asks for the same as one that does not
            with pytest.raises(AwaitedError):
                check(CLAIMS, ARTICLE, backend=components)
        (wanted,) = deferred_callers(components)[0].take()
        request = json.loads(wanted.body)
        sent.append((request["max_completion_tokens"], wanted.output_tokens))
        answer = (
            Answer(honest(request), "stop", None, 900, 90) if len(sent) > 1 else Answer("", "length", None, 900, 90)
        )
        Replies(replies).add(file, [(wanted.key, answered(answer))])

    report = check(CLAIMS, ARTICLE, backend=assemble(settings, RunOptions(deferral=Deferral(replies))))

    assert (outcomes(report), sent) == (GOOD, [(1_060, 1_060), (9_060, 9_060)])
    assert report.run.usage.output_tokens == 180
