"""`summarizer batch submit`, `status` and `collect` as their user runs them."""

import json
import os
import shlex
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from click.testing import CliRunner

from summarizer.batch.job import Job
from summarizer.batch.rows import Rows
from summarizer.batch.worker import RESULT, WAITING, Start, line_or_wanted
from summarizer.cli import submitting, summarizer
from summarizer.components import assemble
from summarizer.errors import SummarizerError
from summarizer.llm.deferred import Deferral, Replies, failed
from summarizer.llm.exchange import CallError
from summarizer.llm.models import RunOptions
from summarizer.schema import Reason
from summarizer.settings import resolve
from tests.batch.rows import pairs, results, write
from tests.batch_server import BatchServer, Fate
from tests.characters import honest

MODEL = ["--model", "m", "--witness", "none"]


def says(request: dict[str, Any]) -> str:
    return '{"ready": true}' if "Answer with this JSON" in request["messages"][-1]["content"] else honest(request)


def command(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "summarizer", "batch", *map(str, arguments), "--workers", "1"]


class Done(NamedTuple):
    status: int
    stdout: str
    stderr: str


def run(*arguments: str | Path) -> Done:
    """In this process, and with workers of its own, which is how long it takes."""
    one = ["--workers", "1"] if arguments[0] in ("submit", "collect") and len(arguments) > 1 else []
    done = CliRunner().invoke(summarizer, ["batch", *map(str, arguments), *one], prog_name="summarizer")
    if done.exception and not isinstance(done.exception, SystemExit):
        assert isinstance(done.exception, SummarizerError), done.exception
        return Done(done.exception.exit_status, done.stdout, done.stderr + str(done.exception))
    return Done(done.exit_code, done.stdout, done.stderr)


def test_a_check_takes_two_rounds_and_says_what_a_run_at_once_says(tmp_path: Path) -> None:
    rows, at, out = write(tmp_path / "in.jsonl", pairs(5)), tmp_path / "run", tmp_path / "out.jsonl"
    with BatchServer(responder=says) as server:
        base = ["--base-url", server.base_url]
        first = run("submit", at, rows, "--check", *MODEL, *base)
        middle = run("collect", at, *base, "-o", out)
        second = run("submit", at, *base)
        last = run("collect", at, *base, "-o", out)
        run(rows, "-o", tmp_path / "live.jsonl", "--check", *MODEL, *base)

    assert [one.status for one in (first, middle, second, last)] == [0, 3, 0, 0], last.stderr
    assert "sent r001-01: 5 requests to m, batch batch_1" in first.stderr
    assert f"round 2: 5 requests to send: summarizer batch submit {at} --base-url {server.base_url}\n" in middle.stderr
    assert out.read_bytes() == (tmp_path / "live.jsonl").read_bytes()
    assert set(server.paid.values()) == {1}
    assert len(server.paid) == 10
    assert not (at / "requests").exists()  # they quote the articles


def test_a_process_killed_between_create_and_save_pays_nothing_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(submitting, "POLL", 0.01)
    rows, at, out = write(tmp_path / "in.jsonl", pairs(3)), tmp_path / "run", tmp_path / "out.jsonl"
    running: list[subprocess.Popen[str]] = []

    def dies(_: BatchServer) -> None:
        running[0].send_signal(signal.SIGKILL)
        running[0].wait()

    with BatchServer(responder=says, fates=[Fate(reply=dies, looks=3)]) as server:
        base = ["--base-url", server.base_url]
        some = ["--check", "--claims", "sentence", *MODEL, *base]
        running.append(subprocess.Popen(command("submit", at, rows, *some), text=True, stderr=subprocess.DEVNULL))
        assert running[0].wait() == -signal.SIGKILL
        told = run("status", at, *base)
        again = run("submit", at, *base)
        done = run("collect", at, *base, "-o", out, "--wait")

    assert "sending: submit again" in told.stdout
    assert (again.status, done.status) == (0, 0), again.stderr + done.stderr
    assert (len(server.batches), set(server.paid.values())) == (1, {1})
    assert [one["status"] for one in results(out)] == ["ok"] * 3


def test_files_may_be_answered_elsewhere(tmp_path: Path) -> None:
    rows, at = write(tmp_path / "in.jsonl", pairs(2)), tmp_path / "a run"
    base = ["--base-url", "http://127.0.0.1:9/v1"]
    written = run("submit", at, rows, "--check", "--claims", "sentence", *MODEL, *base, "--no-send")
    lines = [json.loads(line) for line in (at / "requests" / "r001-01.jsonl").read_text().splitlines()]
    answers = [
        {"id": "x", "custom_id": one["custom_id"], "response": {"status_code": 200, "body": _completed(one)}}
        for one in lines
    ]
    (tmp_path / "answers.jsonl").write_text("".join(json.dumps(one) + "\n" for one in answers))
    told = next(line for line in written.stderr.splitlines() if " then: " in line).partition(" then: ")[2]
    done = run(*shlex.split(told.replace("answers.jsonl", str(tmp_path / "answers.jsonl")))[2:])

    assert f"vllm run-batch -i '{at}/requests/r001-01.jsonl' -o answers.jsonl --model m" in written.stderr
    assert done.status == 0, done.stderr
    assert [one["counts"]["supported"] for one in results(at / "results.jsonl")] == [1, 1]


def _completed(line: dict[str, Any]) -> dict[str, Any]:
    message = {"role": "assistant", "content": says(line["body"])}
    return {"choices": [{"index": 0, "message": message, "finish_reason": "stop"}], "usage": {}}


def test_a_later_round_of_another_server_or_of_nothing_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows, at = write(tmp_path / "in.jsonl", pairs(1)), tmp_path / "run"
    base = ["--base-url", "http://127.0.0.1:9/v1"]
    run("submit", at, rows, "--check", *MODEL, *base, "--no-send")
    monkeypatch.setenv("SUMMARIZER_BASE_URL", "http://127.0.0.1:10/v1")

    other = run("submit", at)
    options = run("submit", at, "--check", *base)
    nothing = run("collect", tmp_path / "nowhere")

    assert "setting base_url differ; add the --base-url that it was begun with, or" in other.stderr
    assert "--check: belongs to IN" in options.stderr
    assert "no run was begun there; begin one with `summarizer batch submit DIR IN`" in nothing.stderr
    assert "base_url" not in (at / "job.json").read_text()
    assert "api_key" not in (at / "job.json").read_text()


def test_a_dry_run_sends_nothing_and_leaves_nothing(tmp_path: Path) -> None:
    rows = write(tmp_path / "in.jsonl", pairs(2))
    base = ["--base-url", "http://127.0.0.1:9/v1"]
    planned = run("submit", tmp_path / "run", rows, "--check", *MODEL, *base, "--dry-run", "--max-tokens", "100")

    assert "round 1: 2 requests in 1 file" in planned.stdout
    assert planned.status == 3
    assert "more than --max-tokens 100" in planned.stderr
    assert not (tmp_path / "run").exists()


def test_a_refused_key_sends_no_file(tmp_path: Path) -> None:
    rows = write(tmp_path / "in.jsonl", pairs(1))
    with BatchServer(responder=says, always=None, fault_for=lambda *_: _unauthorized()) as server:
        done = run("submit", tmp_path / "run", rows, "--check", *MODEL, "--base-url", server.base_url)

    assert done.status == 4
    assert "refuses the key" in done.stderr
    assert server.names == []


def _unauthorized() -> Any:
    from tests.fault_server import unauthorized

    return unauthorized()


def test_requests_that_fail_for_good_leave_a_row_in_error(tmp_path: Path) -> None:
    settings = {"model": "m", "base_url": "http://127.0.0.1:9/v1", "claims": "sentence", "witness": "none"}
    deferral = Deferral(tmp_path / "replies")
    start = Start(resolve(settings, environment={}), RunOptions(deferral=deferral), Job("check"), "key")
    components = assemble(start.settings, start.options)
    row = next(Rows(write(tmp_path / "in.jsonl", pairs(1))).read())
    kind, line = line_or_wanted(row, start, components)
    ((name, *_),) = json.loads(line)
    failure = CallError(Reason.UNAVAILABLE, "failed 3 times: 500: The server had an error")
    Replies(deferral.replies).add("f", [(name, failed(failure))])

    assert kind == WAITING
    kind, line = line_or_wanted(row, start, components)
    assert kind == RESULT
    assert "failed 3 times" in json.loads(line)["error"]["message"]


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs a shell")
@pytest.mark.parametrize(("begun", "offered"), [("su", "plain,submit"), ("co", "plain,collect"), ("ro", "")])
def test_a_shell_offers_the_others_and_files(begun: str, offered: str) -> None:
    words = {"COMP_WORDS": f"summarizer batch {begun}", "COMP_CWORD": "2", "_SUMMARIZER_COMPLETE": "bash_complete"}
    done = subprocess.run(
        [sys.executable, "-m", "summarizer"], capture_output=True, text=True, check=False, env={**os.environ, **words}
    )

    assert done.stdout.split() == [*([offered] if offered else []), f"file,{begun}"]


def test_a_file_that_is_called_as_a_command_is_named_with_its_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    assert "no such file or folder" in run("./submit", "-o", "out.jsonl").stderr
    assert run("submit").status == 2
    assert "Missing argument 'DIR'" in run("submit").stderr
    assert "Missing option '-o'" in run("in.jsonl").stderr
    assert "Missing argument 'IN'" in run("-q").stderr
