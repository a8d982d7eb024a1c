"""A batch that asks a server: its pace, its faults, its budget, and what is paid for twice."""

import asyncio
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.fake_model import FakeModel
from summarizer import Components, Pair, check_many, openai_backend, summarize_many
from summarizer.batch import Failed
from summarizer.schema import Report
from tests.batch.rows import batch, command, pairs, results, write

ASKING = ["--model", "fake", "--judge", "chat", "--claims", "sentence", "--witness", "none"]


def at(model: FakeModel, *more: str) -> list[str]:
    return [*ASKING, "--base-url", model.url, *more]


def test_no_article_is_lost_to_faults_and_limits(tmp_path: Path) -> None:
    rows = write(tmp_path / "in.jsonl", pairs(16))
    with FakeModel(latency=0.05, failing=0.1, a_minute=600) as model:
        done = batch(rows, "-o", tmp_path / "out.jsonl", *at(model, "--concurrency", "16"))

    found = results(tmp_path / "out.jsonl")
    assert done.returncode == 0, done.stderr
    assert {one["counts"]["not_in_source"] for one in found} == {2}
    assert model.count(500) > 0
    assert model.count(429) > 0
    assert model.count(200) == 16


def test_articles_are_begun_in_order_and_never_more_requests_than_allowed(tmp_path: Path) -> None:
    rows = write(tmp_path / "in.jsonl", pairs(12))
    with FakeModel(latency=0.05) as model:
        batch(rows, "-o", tmp_path / "out.jsonl", *at(model, "--concurrency", "3"))

    asked = [
        next(number for number in range(12) if f"cost {number + 20} million" in text) for _, _, text in model.asked
    ]
    assert 2 <= model.most_under_way <= 3
    assert all(abs(place - number) < 5 for place, number in enumerate(asked))


def test_a_budget_holds_over_a_death_and_a_higher_one_goes_on(tmp_path: Path) -> None:
    rows, out = write(tmp_path / "in.jsonl", pairs(14)), tmp_path / "out.jsonl"
    with FakeModel(latency=0.1) as model:
        small = at(model, "--concurrency", "2", "--max-tokens", "12000")
        process = subprocess.Popen(command(rows, "-o", out, *small), stderr=subprocess.DEVNULL)
        while len(model.asked) < 3:
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
        process.wait()
        broke = batch(rows, "-o", out, *small)
        taken, asked = model.billed, len(model.asked)
        left = sum(one["status"] == "interrupted" for one in results(out))
        on = batch(rows, "-o", out, *at(model, "--concurrency", "8", "--max-tokens", "1000000"))

    assert (broke.returncode, on.returncode) == (3, 0), broke.stderr + on.stderr
    assert taken <= 12_000
    assert f"the budget ended the run: {left} rows are left" in broke.stderr
    assert left > 0
    assert len(model.asked) - asked == left  # nothing that was answered is asked again
    assert {one["status"] for one in results(out)} == {"ok"}


def test_a_key_that_is_refused_ends_the_run_with_4(tmp_path: Path) -> None:
    rows = write(tmp_path / "in.jsonl", pairs(5))
    with FakeModel(refusing=True) as model:
        done = batch(rows, "-o", tmp_path / "out.jsonl", *at(model))

    assert done.returncode == 4
    assert "refuses the key" in done.stderr


def test_a_server_that_is_not_there_ends_the_run_with_5(tmp_path: Path) -> None:
    rows = write(tmp_path / "in.jsonl", pairs(21))

    done = batch(
        rows, "-o", tmp_path / "out.jsonl", *ASKING, "--base-url", "http://127.0.0.1:9/v1", "--concurrency", "1"
    )

    assert done.returncode == 5
    assert "no answer for 20 rows in succession" in done.stderr


def test_one_process_asks_a_server(tmp_path: Path) -> None:
    rows = write(tmp_path / "in.jsonl", pairs(1))
    with FakeModel() as model:
        done = batch(rows, "-o", tmp_path / "out.jsonl", *at(model, "--workers", "2"))

    assert done.returncode == 2
    assert "one process asks a server" in done.stderr


@pytest.fixture
def asked() -> Iterator[tuple[FakeModel, Components]]:
    with FakeModel(latency=0.02) as model:
        yield model, openai_backend(model="fake", base_url=model.url, judge="chat", claims="sentence", witness="none")


def test_many_are_checked_in_order_and_a_bad_one_ends_nothing(asked: tuple[FakeModel, Components]) -> None:
    model, components = asked
    given = [Pair(row["summary"], row["source"]) for row in pairs(9)]
    given[4] = Pair("The same text.", "The same text.")
    given[6] = Pair("Half a sign \ud83d.", given[6].source)
    given[7] = tuple(given[7])  # type: ignore[call-overload]

    async def whole() -> list[Report | Failed]:
        try:
            return [one async for one in check_many(given, backend=components, at_a_time=3)]
        finally:
            await components.close()

    found = asyncio.run(whole())

    assert [isinstance(one, Failed) for one in found] == [number in (4, 6, 7) for number in range(9)]
    assert [one.summary.text for one in found if isinstance(one, Report)] == [
        one.summary for number, one in enumerate(given) if number not in (4, 6, 7)
    ]
    assert 2 <= model.most_under_way <= 3


def test_many_are_summarised_as_they_are_needed() -> None:
    from summarizer import assemble

    taken = []

    def sources() -> Iterator[str]:
        for row in pairs(6):
            taken.append(row["id"])
            yield row["source"]

    async def first() -> Report | Failed:
        many = summarize_many(sources(), backend=assemble(), sentences=1, at_a_time=2)
        found = await anext(many)
        await many.aclose()
        return found

    assert isinstance(asyncio.run(first()), Report)
    assert taken == ["r0", "r1"]
