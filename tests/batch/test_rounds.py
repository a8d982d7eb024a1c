"""Requests in files: each is sent once and answered once, whatever the Batch API does with it."""

import asyncio
import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from summarizer.batch import collecting, submitting
from summarizer.batch.collecting import Brought, collect, take_in, touched
from summarizer.batch.filing import Filing, keys_of
from summarizer.batch.job import Job
from summarizer.batch.jobfile import KeptJob
from summarizer.batch.later import LaterRun
from summarizer.batch.submitting import learn, send
from summarizer.errors import BudgetError, OutputError, RefusedError, UnavailableError, UsageError
from summarizer.llm.deferred import Wanted
from summarizer.llm.exchange import Answer, CallError, TooLongError
from summarizer.llm.models import server_of
from summarizer.llm.remote import batches
from summarizer.llm.remote.batches import BatchClient
from summarizer.llm.remote.chat import SETTLED
from summarizer.settings import resolve
from tests.batch.rows import pairs, write
from tests.batch_server import EXPIRED, BatchServer, Fate, LineFate, failing
from tests.fault_server import FaultServer, Feature

SAID = '{"said": true}'
BROKEN = failing(500, "server_error", "The server had an error")


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """No pause of a second, and no parameter that another test has learnt."""
    monkeypatch.setattr(batches, "FIRST_PAUSE", 0.0)
    monkeypatch.setattr(batches, "SETTLING", 0.3)
    monkeypatch.setattr(batches, "LOOK_EVERY", 0.02)
    SETTLED.clear()


def run_at(tmp_path: Path, url: str, **settings: Any) -> LaterRun:
    named = {"base_url": url, "model": "m", "witness": "none", "claims": "sentence", **settings}
    rows = write(tmp_path / "in.jsonl", pairs(2))
    return LaterRun(tmp_path / "run", KeptJob(rows, Job("check"), resolve(named, environment={})))


@contextmanager
def begun(tmp_path: Path, server: FaultServer, requests: int = 4, **settings: Any) -> Iterator[LaterRun]:
    """A run with one round of requests that is written and not sent."""
    run = run_at(tmp_path, server.base_url, **settings)
    with run:
        file_round(run, requests)
        yield run


def file_round(run: LaterRun, requests: int, model: str = "m") -> None:
    with Filing(run.path, run.rounds.state.round + 1, run.base_url) as filing:
        filing.add(wanted(number, model) for number in range(requests))
        files = filing.finish()
    run.rounds.save(lambda old: old.model_copy(update={"files": (*old.files, *files), "stale": False}))


def key(number: int) -> str:
    return hashlib.sha256(str(number).encode()).hexdigest()


def wanted(number: int, model: str = "m") -> Wanted:
    body = {"model": model, "messages": [{"role": "user", "content": f"Say {number}."}], "max_completion_tokens": 20}
    return Wanted(key(number), model, json.dumps(body), 8, 20)


def sent(run: LaterRun) -> None:
    asyncio.run(_sent(run))


async def _sent(run: LaterRun) -> None:
    async with BatchClient(server_of(run.kept.settings, model="m")) as client:
        await send(run, client, lambda _: None)


def collected(run: LaterRun) -> list[Brought]:
    async def whole() -> list[Brought]:
        server = server_of(run.kept.settings, model="m")
        async with BatchClient(server) as client:
            return await collect(run, client, server)

    return asyncio.run(whole())


def answered(run: LaterRun, requests: int = 4) -> list[int]:
    return [number for number in range(requests) if isinstance(run.replies.find(key(number)), Answer)]


def in_turn(*fates: LineFate) -> Callable[[int], LineFate]:
    return lambda place: fates[place]


def serving(*fates: Fate, **options: Any) -> BatchServer:
    return BatchServer(responder=lambda _: SAID, fates=fates, **options)


def test_every_answer_is_kept_under_the_key_of_its_request_whatever_the_order(tmp_path: Path) -> None:
    with serving() as server, begun(tmp_path, server) as run:
        sent(run)
        brought = collected(run)

        assert [(one.answers, one.again) for one in brought] == [(4, ())]
        assert answered(run) == [0, 1, 2, 3]
        assert run.rounds.state.stale
        file = run.rounds.state.files[0]
        assert (file.status, file.spent_tokens) == ("collected", sum(_tokens(run, n) for n in range(4)))


def _tokens(run: LaterRun, number: int) -> int:
    found = run.replies.find(key(number))
    assert isinstance(found, Answer)
    return (found.input_tokens or 0) + (found.output_tokens or 0)


def test_both_result_files_are_read_and_what_failed_or_expired_is_asked_again(tmp_path: Path) -> None:
    fate = Fate(line=in_turn(EXPIRED, BROKEN, "done", "done"))
    with serving(fate) as server, begun(tmp_path, server) as run:
        sent(run)
        (brought,) = collected(run)

        assert answered(run) == [2, 3]
        assert [run.replies.find(key(number)) for number in (0, 1)] == [None, None]
        assert sum(count for _, count in brought.again) == 2


@pytest.mark.parametrize(
    ("fate", "kept"),
    [
        (Fate(line=lambda _: BROKEN), []),
        (Fate(empty_error_file=True), [0, 1, 2, 3]),
        (Fate(status="expired", line=lambda place: EXPIRED if place else "done"), [0]),
        (Fate(status="cancelled", lost=lambda place: place == 1), [0, 2, 3]),
        (Fate(lost=lambda place: place > 1), [0, 1]),
    ],
    ids=["completed with no output file", "an empty text as error_file_id", "expired", "cancelled", "lines lost"],
)
def test_a_batch_that_is_over_gives_what_it_has(tmp_path: Path, fate: Fate, kept: list[int]) -> None:
    with serving(fate) as server, begun(tmp_path, server) as run:
        sent(run)
        (brought,) = collected(run)
        fetched = [one.path for one in server.log if one.path.endswith("/content")]

        assert answered(run) == kept
        assert brought.answers == len(kept)
        assert sum(count for _, count in brought.again) == 4 - len(kept)
        assert "/v1/files//content" not in fetched
        assert run.rounds.state.of("sent") == ()


def test_a_batch_that_is_under_way_is_left_alone(tmp_path: Path) -> None:
    with serving(Fate(looks=1)) as server, begun(tmp_path, server) as run:
        sent(run)

        assert collected(run) == []
        assert len(collected(run)) == 1


def test_a_limit_that_shows_only_when_it_is_looked_at_makes_smaller_files_one_at_a_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(collecting, "SMALLEST", 2)
    with serving(most_under_way=2) as server, begun(tmp_path, server) as run:
        for _ in range(4):
            sent(run)
            collected(run)

        assert answered(run) == [0, 1, 2, 3]
        assert set(server.paid.values()) == {1}
        assert [one.status for one in server.batches] == ["failed", "completed", "completed"]


def test_a_file_that_fails_at_a_limit_beside_another_one_waits_as_it_is(tmp_path: Path) -> None:
    with serving(most_under_way=4) as server, begun(tmp_path, server) as run:
        with Filing(run.path, 2, run.base_url, known=map(key, range(4))) as filing:
            filing.add(map(wanted, range(8)))
            files = filing.finish()
        run.rounds.save(lambda old: old.model_copy(update={"files": (*old.files, *files)}))
        sent(run)
        collected(run)
        assert [file.requests for file in run.rounds.state.of("written")] == [4]
        sent(run)
        collected(run)

        assert answered(run, 8) == list(range(8))
        assert set(server.paid.values()) == {1}


def test_a_file_has_each_request_once_and_one_model_and_no_more_than_it_may(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("summarizer.batch.filing.MOST_REQUESTS", 3)
    with serving(most_requests=3) as server, begun(tmp_path, server, requests=0) as run:
        with Filing(run.path, 1, run.base_url) as filing:
            for number in range(4):
                filing.add([wanted(number), wanted(number), wanted(number + 10, "other")])
            files = filing.finish()
        run.rounds.save(lambda old: old.model_copy(update={"files": files}))
        sent(run)
        collected(run)

        assert sorted(file.requests for file in files) == [1, 1, 3, 3]
        assert all(one.errors == [] for one in server.batches)
        assert len(server.paid) == 8


@pytest.mark.parametrize("code", ["duplicate_custom_id", "model_mismatch", "invalid_json_line"])
def test_a_batch_that_fails_as_a_whole_is_asked_again_but_not_for_ever(tmp_path: Path, code: str) -> None:
    with serving(*[Fate(code=code)] * 3) as server, begun(tmp_path, server, requests=1) as run:
        for _ in range(3):
            assert run.replies.find(key(0)) is None
            sent(run)
            (brought,) = collected(run)
            assert code in brought.note
            file_round(run, 1)

        found = run.replies.find(key(0))
        assert isinstance(found, CallError)
        assert f"failed 3 times: {code}" in found.detail
        assert server.paid == {}


@pytest.mark.parametrize("hides", [0, 2])
def test_a_batch_whose_beginning_was_not_answered_is_found_by_its_tag(tmp_path: Path, hides: int) -> None:
    with serving(Fate(reset=True), hides=hides, page=1) as server, begun(tmp_path, server) as run:
        sent(run)
        collected(run)

        assert len(server.batches) == 1
        assert answered(run) == [0, 1, 2, 3]


def test_a_submission_that_was_noted_and_not_saved_is_looked_for_before_it_is_sent_again(tmp_path: Path) -> None:
    class DiedError(Exception):
        pass

    def dies(_: object) -> None:
        raise DiedError

    with serving() as server, begun(tmp_path, server) as run:
        whole, run.rounds.update = run.rounds.update, _until(run.rounds.update, "batch_id", dies)  # type: ignore[method-assign]
        with pytest.raises(DiedError):
            sent(run)
        run.rounds.update = whole  # type: ignore[method-assign]
        assert run.rounds.state.of("sending")
        sent(run)
        collected(run)

        assert (len(server.batches), len(server.names)) == (1, 1)
        assert answered(run) == [0, 1, 2, 3]


def _until(update: Callable[..., Any], field: str, dies: Callable[[object], None]) -> Callable[..., Any]:
    def saved(file: Any, **fields: object) -> Any:
        if field in fields:
            dies(file)
        return update(file, **fields)

    return saved


def test_another_run_is_not_mistaken_for_this_one(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    with serving() as server, begun(tmp_path, server) as one, begun(tmp_path / "b", server) as other:
        sent(one)
        sent(other)

        assert len({one.metadata["summarizer"] for one in server.batches}) == 2


def test_nothing_is_uploaded_that_could_pass_the_budget(tmp_path: Path) -> None:
    with serving() as server, begun(tmp_path, server) as run:
        run.rounds.save(lambda old: old.model_copy(update={"max_tokens": 4 * 28 - 1}))
        with pytest.raises(BudgetError, match="with 4 requests more it may come to 112 tokens"):
            sent(run)
        assert server.log == []
        run.rounds.save(lambda old: old.model_copy(update={"max_tokens": 4 * 28}))
        sent(run)
        collected(run)
        file_round(run, 4)
        assert run.rounds.state.tokens < 4 * 28
        with pytest.raises(BudgetError):
            sent(run)


def test_a_price_that_is_not_known_is_within_no_budget_of_dollars(tmp_path: Path) -> None:
    with serving() as server, begun(tmp_path, server) as run:
        run.rounds.save(lambda old: old.model_copy(update={"max_cost": 100.0}))

        with pytest.raises(BudgetError, match="the price of this model is not known"):
            sent(run)


def test_what_another_try_would_not_mend_is_the_answer(tmp_path: Path) -> None:
    too_long = failing(400, "context_length_exceeded", "maximum context length is 900 tokens", "messages")
    refused = failing(400, "invalid_prompt", "This prompt is not allowed")
    fate = Fate(line=in_turn(too_long, refused, (200, {"no": "completion"}), "done"))
    with serving(fate) as server, begun(tmp_path, server) as run:
        sent(run)
        collected(run)
        found = [run.replies.find(key(number)) for number in range(4)]

        assert isinstance(found[0], TooLongError)
        assert found[0].limit == 900
        assert isinstance(found[1], CallError)
        assert "refuses the request (400): This prompt is not allowed" in found[1].detail
        assert isinstance(found[2], CallError)
        assert "not an OpenAI-style reply" in found[2].detail
        assert isinstance(found[3], Answer)


def test_a_parameter_that_the_model_does_not_take_is_learnt_before_a_round_of_a_day_is_lost(tmp_path: Path) -> None:
    rejects: frozenset[Feature] = frozenset({"temperature", "logprobs"})
    with (
        BatchServer(responder=lambda _: '{"ready": true}', rejects=rejects) as server,
        begun(tmp_path, server) as run,
    ):
        asyncio.run(learn(run, [server_of(run.kept.settings, model="m")]))

        assert run.rounds.state.left_out == ("logprobs", "temperature")
        assert run.rounds.state.of("written") == ()  # to be written again, without them
        assert run.rounds.state.stale
        assert run.rounds.state.asked_tokens > 0


def test_a_parameter_that_a_round_was_refused_over_is_left_out_of_the_next(tmp_path: Path) -> None:
    refused = failing(400, "unsupported_value", "Unsupported value: 'temperature' does not support 0", "temperature")
    with serving(Fate(line=lambda _: refused)) as server, begun(tmp_path, server) as run:
        sent(run)
        collected(run)

        assert run.rounds.state.left_out == ("temperature",)
        assert run.replies.find(key(0)) is None


def test_lines_that_answer_nothing_that_was_asked_change_nothing(tmp_path: Path) -> None:
    good = json.dumps({"custom_id": key(0), "response": {"status_code": 200, "body": _completion("first")}})
    strange = [
        "{", "[]", "null", '{"custom_id": 7}', '{"custom_id": "x", "response": null, "error": null}',
        good.replace("first", "second"), json.dumps({"custom_id": key(9), "response": {"status_code": 200, "body": _completion("x")}}),
        json.dumps({"custom_id": key(1), "response": {"status_code": "high", "body": [1]}}), "\x00\xff",
    ]  # fmt: skip
    results = tmp_path / "results.jsonl"
    results.write_text("\n".join([good, *strange]) + "\n", encoding="utf-8")
    with serving() as server, begun(tmp_path, server) as run:
        brought = take_in(
            run, touched(run, [results]), [results], server_of(run.kept.settings, model="m"), status="completed"
        )
        found = run.replies.find(key(0))

        assert isinstance(found, Answer)
        assert found.text == "first"
        assert brought.answers == 1
        assert brought.strange == 8
        assert run.replies.find(key(1)) is None


def _completion(text: str) -> dict[str, Any]:
    choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": "stop"}
    return {"choices": [choice], "usage": {"prompt_tokens": 3, "completion_tokens": 2}}


def test_a_quota_that_is_used_up_is_no_failure_of_a_request(tmp_path: Path) -> None:
    spent = failing(429, "insufficient_quota", "You exceeded your current quota")
    with serving(*[Fate(line=lambda _: spent)] * 3) as server, begun(tmp_path, server, requests=1) as run:
        for _ in range(3):
            sent(run)
            collected(run)
            file_round(run, 1)

        assert run.replies.find(key(0)) is None


def test_a_state_that_names_other_files_is_refused(tmp_path: Path) -> None:
    with serving() as server, begun(tmp_path, server, requests=1) as run:
        state = run.path / "rounds.json"
        state.write_text(state.read_text().replace("r001-01", "../../secret"))

    with pytest.raises(OutputError, match=r"rounds.json: cannot be read"):
        run_at(tmp_path, server.base_url)


def test_what_was_taken_in_is_deleted_at_the_server(tmp_path: Path) -> None:
    with serving(Fate(line=lambda place: BROKEN if place else "done")) as server, begun(tmp_path, server) as run:
        sent(run)
        collected(run)

        assert server.files == {}
        assert len(server.deleted) == 3


def test_a_server_without_the_api_and_one_that_refuses_the_key_say_so(tmp_path: Path) -> None:
    with (
        FaultServer() as server,
        begun(tmp_path, server) as run,
        pytest.raises(RefusedError, match="no Batch API there"),
    ):
        sent(run)

    with begun(tmp_path / "run", server) as run, pytest.raises(UnavailableError, match="give the same command again"):
        sent(run)  # nothing listens there any more


def test_a_file_of_requests_is_the_one_of_the_api_and_of_vllm(tmp_path: Path) -> None:
    with serving() as server, begun(tmp_path, server, requests=1) as run:
        line = json.loads((run.path / "requests" / "r001-01.jsonl").read_text())

        assert list(keys_of(run.path / "requests" / "r001-01.jsonl")) == [key(0)]
        assert {name: line[name] for name in ("method", "url")} == {"method": "POST", "url": "/v1/chat/completions"}
        assert line["body"]["model"] == "m"
        assert len(line["custom_id"]) == 64  # the most that the API takes


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"judge": "decisions"}, "the Batch API has no decisions"),
        ({"judge": "nli", "backend": "embedded", "witness": None}, "nothing here asks a model"),
        ({"model": None}, "which model of http://127.0.0.1:9/v1"),
    ],
)
def test_what_cannot_be_asked_in_files_is_refused(tmp_path: Path, settings: dict[str, Any], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        run_at(tmp_path, "http://127.0.0.1:9/v1", **settings)


def test_files_wait_for_their_turn_where_the_server_takes_one_at_a_time(tmp_path: Path) -> None:
    with serving(Fate(looks=1)) as server, begun(tmp_path, server) as run:
        run.rounds.save(lambda old: old.model_copy(update={"paced": True}))
        sent(run)
        file_round(run, 1)
        sent(run)

        assert len(server.batches) == 1
        assert submitting.worth(run.rounds.state.of("written")) == (1, 8, 20, None)
