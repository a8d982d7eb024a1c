"""A batch on a cluster: the same lines as on one machine, whatever of the cluster dies."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from summarizer.batch.cluster import RayCrew, as_json, do_rows, of_json
from summarizer.batch.job import Job
from summarizer.batch.records import Row
from summarizer.batch.rows import Rows, as_message, of_message
from summarizer.batch.worker import RESULT, Start
from summarizer.errors import UnavailableError, UsageError
from summarizer.llm.models import RunOptions
from summarizer.settings import resolve
from tests.batch.rows import batch, command, pairs, results, write

START = Start(resolve({"judge": "lexical"}, environment={}), RunOptions(), Job("check"), "key")
Body = Callable[[str, list[bytes]], Any]


class RayError(Exception):
    pass


class RayTaskError(RayError):
    cause = None


class FakeRay:
    """Runs each task where it is asked for; `body` may raise what a cluster would."""

    exceptions = SimpleNamespace(RayError=RayError, RayTaskError=RayTaskError)

    def __init__(self, body: Body) -> None:
        self._body = body
        self.asked: list[list[int]] = []

    def init(self, **options: Any) -> None:
        assert options["address"] == "local"

    def cluster_resources(self) -> dict[str, float]:
        return {"CPU": 2.0}

    def remote(self, **options: Any) -> Callable[[Any], Any]:
        assert options == {"max_retries": 0, "num_cpus": 1}
        return lambda _: SimpleNamespace(remote=self._begin)

    def _begin(self, start: str, messages: list[bytes]) -> "FakeTask":
        self.asked.append([of_message(one).number for one in messages])
        return FakeTask(lambda: self._body(start, messages))

    def wait(self, tasks: Sequence[Any], **_: Any) -> tuple[list[Any], list[Any]]:
        return [tasks[0]], list(tasks[1:])

    def get(self, task: "FakeTask") -> Any:
        return task.body()

    def cancel(self, _task: Any, **_options: Any) -> None:
        """Nothing is under way here."""

    def shutdown(self) -> None:
        """Nothing is held here."""


class FakeTask:
    def __init__(self, body: Callable[[], Any]) -> None:
        self.body = body


@pytest.fixture
def rows(tmp_path: Path) -> list[Row]:
    return list(Rows(write(tmp_path / "in.jsonl", pairs(70))).read())


def crew(monkeypatch: pytest.MonkeyPatch, body: Body) -> tuple[RayCrew, FakeRay]:
    monkeypatch.delenv("RAY_ADDRESS", raising=False)
    monkeypatch.setenv("RAY_USAGE_STATS_ENABLED", "1")
    fake = FakeRay(body)
    monkeypatch.setitem(sys.modules, "ray", fake)
    return RayCrew(START, workers=None), fake


def told(_: str, messages: list[bytes]) -> list[tuple[bytes, int, bytes]]:
    return [(RESULT, of_message(one).number, b"{}\n") for one in messages]


def test_a_task_says_of_its_rows_what_a_worker_says(rows: list[Row], tmp_path: Path) -> None:
    assert batch(tmp_path / "in.jsonl", "-o", tmp_path / "out.jsonl").returncode == 0
    lines = results(tmp_path / "out.jsonl")

    found = do_rows(as_json(START), [as_message(row) for row in rows[:3]])

    assert [kind for kind, _, _ in found] == [RESULT] * 3
    for (_, number, line), expected in zip(found, lines, strict=False):
        assert json.loads(line) | {"key": ""} == expected | {"key": ""}
        assert rows[number].id == expected["id"]


def test_what_a_task_is_told_is_what_a_worker_is_told(tmp_path: Path) -> None:
    start = START._replace(job=Job("check", full=True, root=tmp_path, encoding="cp1252"))

    again = of_json(as_json(start))

    assert (again.job, again.options, again.run_key) == (start.job, start.options, start.run_key)
    assert again.settings.values == start.settings.values


def test_a_task_is_what_is_missing_of_a_part(monkeypatch: pytest.MonkeyPatch, rows: list[Row]) -> None:
    made, fake = crew(monkeypatch, told)

    done = [one for one in made.work(row for row in rows if row.number not in (3, 66)) if one]

    assert fake.asked == [[n for n in range(64) if n != 3], [64, 65, 67, 68, 69]]
    assert sorted(one.number for one in done) == [n for n in range(70) if n not in (3, 66)]


def test_a_row_that_kills_its_process_twice_is_an_error_and_no_other_is_lost(
    monkeypatch: pytest.MonkeyPatch, rows: list[Row]
) -> None:
    def body(start: str, messages: list[bytes]) -> Any:
        if 5 in [of_message(one).number for one in messages]:
            raise RayError("The worker died unexpectedly")
        return told(start, messages)

    made, _ = crew(monkeypatch, body)
    done = {one.number: one.line for one in made.work(iter(rows)) if one}

    assert sorted(done) == list(range(70))
    assert json.loads(done[5])["error"]["kind"] == "worker"
    assert [number for number, line in done.items() if b"error" in line] == [5]
    assert made.deaths == 3


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (RayError("no memory"), "20 tasks of the cluster ended in succession without a result: no memory"),
        (RayTaskError("No module named 'summarizer'"), "is the same version of summarizer installed"),
    ],
)
def test_a_cluster_that_does_nothing_ends_the_run(
    monkeypatch: pytest.MonkeyPatch, rows: list[Row], error: Exception, said: str
) -> None:
    def body(_start: str, _messages: list[bytes]) -> Any:
        raise error

    made, _ = crew(monkeypatch, body)

    with pytest.raises(UnavailableError, match=said):
        list(made.work(iter(rows)))


def test_an_error_that_all_rows_would_meet_ends_the_run_as_it_does_here(
    monkeypatch: pytest.MonkeyPatch, rows: list[Row]
) -> None:
    made, _ = crew(monkeypatch, do_rows)
    made._start = as_json(START._replace(settings=resolve({"judge": "nobody"}, environment={})))

    with pytest.raises(UsageError, match="nobody"):
        list(made.work(iter(rows)))


def test_a_cluster_that_is_not_there_is_said_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", FakeRay(told))
    monkeypatch.setenv("RAY_ADDRESS", "127.0.0.1:9")

    with pytest.raises(UnavailableError, match=r"RAY_ADDRESS 127.0.0.1:9: nothing answers there"):
        RayCrew(START, workers=1)


def test_without_ray_the_engine_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)

    with pytest.raises(UsageError, match=r"pip install 'checked-summarizer\[ray\]'"):
        RayCrew(START, workers=1)


def test_the_real_ray_survives_the_death_of_the_process_that_sends_the_rows(tmp_path: Path) -> None:
    pytest.importorskip("ray", reason="Ray is an extra of 430 MB that CI does not install: pip install '.[ray]'")
    source, out = write(tmp_path / "in.jsonl", pairs(200)), tmp_path / "out.jsonl"
    env = {name: value for name, value in os.environ.items() if name != "RAY_ADDRESS"}
    assert batch(source, "-o", tmp_path / "whole.jsonl").returncode == 0

    process = subprocess.Popen(command(source, "-o", out, "--engine", "ray"), stderr=subprocess.DEVNULL, env=env)
    while not list(tmp_path.glob("out.jsonl.parts/0*.jsonl")) and process.poll() is None:
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.wait()
    done = batch(source, "-o", out, "--engine", "ray", env=env)

    assert done.returncode == 0, done.stderr
    assert out.read_bytes() == (tmp_path / "whole.jsonl").read_bytes()
