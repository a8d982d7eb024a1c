"""Recorded and kept replies, and what a run may cost."""

import json
import sqlite3
import threading
from codecs import BOM_UTF8
from pathlib import Path
from typing import Any

import pytest

from summarizer import SummarizerError, check, render, summarize
from summarizer.components import Components, assemble
from summarizer.errors import BudgetError, RepliesError
from summarizer.extraction.wire import ClaimsReply
from summarizer.llm.cache import CachedCaller
from summarizer.llm.exchange import Answer, Message, Request
from summarizer.llm.ledger import Ledger
from summarizer.llm.models import RunOptions
from summarizer.settings import resolve
from summarizer.writing.llm import SummaryReply
from tests import fault_server as faults
from tests.characters import honest, lazy
from tests.llm.conftest import ARTICLE, CLAIMS, asking, server


def recording(at: faults.FaultServer, path: Path, **settings: Any) -> Components:
    return assemble(resolve({"base_url": at.base_url, "model": "honest", **settings}), RunOptions(record=path))


def replaying(path: Path, **settings: Any) -> Components:
    return assemble(resolve({"backend": "replay", **settings}), RunOptions(replies=path))


def test_a_recorded_run_replays_byte_for_byte(tmp_path: Path) -> None:
    path = tmp_path / "replies.jsonl"
    with server(faults.body("no JSON")) as at:  # a repair is part of what is recorded
        first = render(summarize(ARTICLE, backend=recording(at, path)), "json")

    assert len(at.log) == 3
    assert render(summarize(ARTICLE, backend=replaying(path)), "json") == first
    path.write_bytes(BOM_UTF8 + path.read_bytes())  # as some editors save it
    assert render(summarize(ARTICLE, backend=replaying(path)), "json") == first


def test_groups_of_claims_replay_without_an_event_loop(tmp_path: Path) -> None:
    path = tmp_path / "replies.jsonl"
    with server() as at:
        first = check(CLAIMS, ARTICLE, backend=recording(at, path, claims="sentence", claims_per_call=1))

    assert check(CLAIMS, ARTICLE, backend=replaying(path, claims="sentence", claims_per_call=1)) == first


def test_a_recording_is_never_added_to_another(tmp_path: Path) -> None:
    path = tmp_path / "replies.jsonl"
    path.write_text("{}\n", encoding="utf-8")

    with pytest.raises(RepliesError, match="already exists"):
        assemble(resolve({"model": "m", "base_url": "http://127.0.0.1:9"}), RunOptions(record=path))
    assert path.read_text(encoding="utf-8") == "{}\n"


def test_a_failure_replays_as_that_failure(tmp_path: Path) -> None:
    path = tmp_path / "replies.jsonl"
    with server(faults.finish("content_filter", None)) as at:
        first = check(CLAIMS, ARTICLE, backend=recording(at, path, claims="sentence"))

    assert check(CLAIMS, ARTICLE, backend=replaying(path, claims="sentence")) == first


def test_an_unknown_request_is_a_named_error(tmp_path: Path) -> None:
    path = tmp_path / "replies.jsonl"
    with server() as at:
        check(CLAIMS, ARTICLE, backend=recording(at, path, claims="sentence"))

    with pytest.raises(RepliesError, match=r"replies\.jsonl: no recorded reply to this judge request"):
        check(CLAIMS, ARTICLE + " More.", backend=replaying(path, claims="sentence"))


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", '{"format": "summarizer-replies-1"}', "no json", '{"format": 2}\n', "\x00", '{"a": NaN}']
)
def test_a_file_that_is_no_recording_is_named(text: str, tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(RepliesError, match=r"x\.jsonl"):
        replaying(path)


class Counting:
    """A caller that answers the same every time, and counts."""

    name = "counting"
    model: str | None = "m"
    base_url: str | None = "http://a/v1"
    destination = "nowhere"
    remote = False

    def __init__(self, **changes: Any) -> None:
        self.calls = 0
        for name, value in changes.items():
            setattr(self, name, value)

    def has_kept(self, request: Request) -> bool:
        assert request.messages
        return False

    async def call(self, request: Request) -> Answer:
        self.calls += 1
        return Answer('{"claims": []}', "stop", None, len(request.text), 2)

    async def accept(self, request: Request, answer: Answer) -> None:
        """Nothing is kept."""

    async def close(self) -> None:
        """Nothing is held."""


BASE = Request("extract", (Message("system", "prompt"), Message("user", "article")), ClaimsReply, 400, "mark", ("s1",))


def asked(path: Path, request: Request = BASE, *, sampling: str = "t=0", **changes: Any) -> int:
    """How many calls a request costs, its answer being of use."""
    import asyncio

    counting = Counting(**changes)
    cached = CachedCaller(counting, path, sampling=sampling)

    async def ask() -> None:
        await cached.accept(request, await cached.call(request))
        await cached.close()

    asyncio.run(ask())
    return counting.calls


def test_a_kept_reply_costs_nothing(tmp_path: Path) -> None:
    assert [asked(tmp_path / "c.sqlite") for _ in range(3)] == [1, 0, 0]


def test_f25_a_change_of_anything_is_a_miss(tmp_path: Path) -> None:
    path = tmp_path / "c.sqlite"
    assert asked(path) == 1
    changed: list[dict[str, Any]] = [
        {"model": "other"},
        {"base_url": "http://b/v1"},
        {"sampling": "t=1"},
        {"request": BASE._replace(messages=(Message("system", "prompt 2"), BASE.messages[1]))},
        {"request": BASE._replace(messages=(BASE.messages[0], Message("user", "article 2")))},
        {"request": BASE._replace(reply=SummaryReply)},
        {"request": BASE._replace(max_tokens=401)},
    ]

    assert [asked(path, **one) for one in changed] == [1] * len(changed)
    assert asked(path) == 0


@pytest.mark.parametrize("row", ["", "null", "{}", '["', "[1, 2]", "[null, null, null, null, null, null]"])
def test_f24_a_broken_row_is_a_miss_and_one_warning(row: str, tmp_path: Path) -> None:
    path = tmp_path / "c.sqlite"
    asked(path)
    with sqlite3.connect(path) as connection:
        connection.execute("update replies_1 set answer = ?", (row,))
    connection.close()

    with pytest.warns(UserWarning, match="the cache c.sqlite is of no use"):
        assert asked(path) == 1
    assert asked(path) == 0


def test_f24_a_file_that_is_no_database_is_a_miss_and_one_warning(tmp_path: Path) -> None:
    path = tmp_path / "c.sqlite"
    path.write_bytes(b"garbage" * 1000)

    with pytest.warns(UserWarning, match="going on without it") as caught:
        assert asked(path) == 1
    assert len(caught) == 1


def test_f24_two_writers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("summarizer.llm.cache.PATIENCE", 9.0)  # twelve at once on a loaded machine
    path = tmp_path / "c.sqlite"
    threads = [
        threading.Thread(target=asked, args=(path, BASE._replace(max_tokens=400 + number))) for number in range(12)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [asked(path, BASE._replace(max_tokens=400 + number)) for number in range(12)] == [0] * 12


def test_f24_a_reply_of_no_use_is_never_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    with server(faults.body("{}"), faults.body("{}")) as at:
        settings = {"base_url": at.base_url, "model": "honest", "claims": "sentence", "cache": True}
        for expected in (2, 3, 3):  # two of no use, one of use, one kept
            report = check(CLAIMS, ARTICLE, backend=assemble(resolve(settings)))
            assert len(at.log) == expected
    assert report.checks[0].outcome.kind == "verdict"


def test_a_kept_reply_costs_no_tokens_and_stands_in_no_budget(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    ledger = Ledger()
    with server() as at:
        settings = resolve({"base_url": at.base_url, "model": "honest", "claims": "sentence", "cache": True})
        paid = check(CLAIMS, ARTICLE, backend=assemble(settings))
        kept = check(CLAIMS, ARTICLE, backend=assemble(settings, RunOptions(max_tokens=500, ledger=ledger)))
        recorded = RunOptions(max_tokens=500, record=tmp_path / "replies.jsonl")
        check(CLAIMS, ARTICLE, backend=assemble(settings, recorded))

    assert len(at.log) == 1
    assert [one.outcome for one in kept.checks] == [one.outcome for one in paid.checks]
    assert paid.run.usage.input_tokens
    assert (kept.run.usage.input_tokens, kept.run.usage.output_tokens, ledger.tokens) == (0, 0, 0)


def test_what_a_run_that_is_gone_on_with_has_paid_counts_once(tmp_path: Path) -> None:
    with server() as at:
        settings = resolve({"base_url": at.base_url, "model": "honest", "claims": "sentence"})
        first, again = (
            check(CLAIMS, ARTICLE, backend=assemble(settings, RunOptions(max_tokens=4_000, kept=tmp_path)))
            for _ in range(2)
        )

    assert (len(at.log), again) == (1, first)
    spent = int((tmp_path / "spent").read_text(encoding="ascii").split()[0])
    assert spent == (first.run.usage.input_tokens or 0) + (first.run.usage.output_tokens or 0)


@pytest.mark.parametrize("cite", ["words", "sentences"])
def test_replies_that_are_still_at_fault_when_asked_again_are_not_kept(
    cite: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    with server() as at:
        for expected in (2, 4):
            report = check("The library will not close.", ARTICLE, backend=asking(at, "liar", cite=cite, cache=True))
            assert len(at.log) == expected
    assert [one.outcome.kind for one in report.checks] == ["unchecked"]


def test_two_replies_that_are_whole_together_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))

    def hasty(request: dict[str, Any]) -> str:
        return (honest if len(request["messages"]) > 2 else lazy)(request)

    with faults.FaultServer(models={"hasty": hasty}) as at:
        for _ in range(2):
            report = check(CLAIMS, ARTICLE, backend=asking(at, "hasty", cache=True))

    assert len(at.log) == 2
    assert [one.outcome.kind for one in report.checks] == ["verdict"] * 3


def test_a_budget_stops_before_it_is_passed() -> None:
    with server() as at:
        settings = resolve(
            {"base_url": at.base_url, "model": "honest", "claims": "sentence", "claims_per_call": 1, "concurrency": 1}
        )
        enough = assemble(settings, RunOptions(max_tokens=100_000))
        little = assemble(settings, RunOptions(max_tokens=3_500))
        assert [one.outcome.kind for one in check(CLAIMS, ARTICLE, backend=enough).checks] == ["verdict"] * 3
        sent = len(at.log)
        report = check(CLAIMS, ARTICLE, backend=little)

    reasons = [getattr(one.outcome, "reason", None) for one in report.checks]
    assert "budget" in reasons
    assert len(at.log) < 2 * sent
    assert (report.run.usage.input_tokens or 0) + (report.run.usage.output_tokens or 0) <= 3_500


def test_a_call_that_a_budget_has_no_room_for_beside_others_waits_for_them() -> None:
    with server() as at:
        settings = {"claims": "sentence", "witness": "none", "claims_per_call": 1, "thinking_tokens": 8_000}
        resolved = resolve({"base_url": at.base_url, "model": "honest", **settings})
        report = check(CLAIMS, ARTICLE, backend=assemble(resolved, RunOptions(max_tokens=15_000)))

    assert [one.outcome.kind for one in report.checks] == ["verdict"] * 3
    assert [one.in_flight for one in at.log] == [1, 1, 1]


def test_a_cost_that_is_not_known_is_not_nothing() -> None:
    with server() as at:
        settings = resolve({"base_url": at.base_url, "model": "honest"})
        with pytest.raises(BudgetError, match="the price of this model is not known"):
            summarize(ARTICLE, backend=assemble(settings, RunOptions(max_cost=1.0)))

    assert at.log == []


def test_an_error_of_ours_is_one_line() -> None:
    with (
        server(always=faults.status(400, {"error": {"message": "a\nb\x1b[31m"}})) as at,
        pytest.raises(SummarizerError) as caught,
    ):
        check(CLAIMS, ARTICLE, backend=asking(at))

    assert "\n" not in str(caught.value)
    assert json.dumps(str(caught.value))
