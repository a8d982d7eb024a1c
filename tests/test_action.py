"""The steps of action.yml are run as a runner would run them, against a GitHub of our own; the pre-commit hooks too."""

import json
import os
import re
import runpy
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextvars import ContextVar
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from summarizer.evaluation.starter import text_of
from tests.cli.calls import call
from tests.cli.processes import environment
from tests.conftest import ROOT

ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
HOOKS: list[dict[str, Any]] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
EXPRESSION = re.compile(r"\$\{\{\s*(.*?)\s*\}\}")
MARK = "<!-- summarizer: one comment, kept up to date -->"


class GitHub(ThreadingHTTPServer):
    """The comments of a pull request."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.comments: list[dict[str, Any]] = [{"id": 1, "body": "Looks good."}]
        self.asked: list[str] = []
        self.may_write = True


class Handler(BaseHTTPRequestHandler):
    server: GitHub

    def do_GET(self) -> None:
        self._answer(200, self.server.comments)

    def do_POST(self) -> None:
        self._write(lambda body: self.server.comments.append({"id": 7, **body}))

    def do_PATCH(self) -> None:
        number = int(self.path.rsplit("/", 1)[1])
        self._write(lambda body: next(one for one in self.server.comments if one["id"] == number).update(body))

    def _write(self, change: Any) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.server.may_write and self.headers["Authorization"] == "Bearer secret":
            change(body)
            self._answer(200, {})
        else:
            self._answer(403, {})

    def _answer(self, status: int, value: Any) -> None:
        self.server.asked.append(f"{self.command} {self.path}")
        data = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: Any) -> None: ...


@pytest.fixture
def github() -> Iterator[GitHub]:
    server = GitHub()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


class Ran(NamedTuple):
    """A run of the action."""

    status: int
    log: str
    outputs: dict[str, str]


def run_action(project: Path, github: GitHub, event: str = "pull_request", *, only: str = "", **inputs: str) -> Ran:
    """Every step but the first, which installs what this environment has already; or `only` one."""
    temp = project.parent / "runner"
    temp.mkdir(exist_ok=True)
    for name in ("output", "summary"):
        (temp / name).write_text("", encoding="utf-8")
    (temp / "event.json").write_text(json.dumps({"pull_request": {"number": 12}}), encoding="utf-8")
    (temp / "python").write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n', encoding="utf-8")
    (temp / "python").chmod(0o755)
    given = {name: str(one["default"]) for name, one in ACTION["inputs"].items()} | {"token": "secret"} | inputs
    runner = environment(
        PATH=f"{temp}{os.pathsep}{os.environ['PATH']}",
        RUNNER_TEMP=str(temp),
        GITHUB_ACTION_PATH=str(ROOT),
        GITHUB_OUTPUT=str(temp / "output"),
        GITHUB_STEP_SUMMARY=str(temp / "summary"),
        GITHUB_EVENT_PATH=str(temp / "event.json"),
        GITHUB_REPOSITORY="ana/storms",
        GITHUB_API_URL=f"http://127.0.0.1:{github.server_port}",
    )
    known = {f"inputs.{name}": value for name, value in given.items()} | {"github.event_name": event}
    status, log = 0, ""
    for step in ACTION["runs"]["steps"][1:]:
        if not holds(step.get("if", ""), known) or only not in ("", step["name"]):
            continue
        own = {name: filled(value, known) for name, value in step.get("env", {}).items()}
        folder = project / filled(step.get("working-directory", "."), known)
        done = subprocess.run(
            ["bash", "-e", "-o", "pipefail", "-c", step["run"]],
            cwd=folder, env={**runner, **own}, capture_output=True, text=True, check=False,
        )  # fmt: skip
        log += done.stdout + done.stderr
        status = done.returncode
        lines = (temp / "output").read_text(encoding="utf-8").splitlines()
        outputs = dict(line.split("=", 1) for line in lines)
        known |= {f"steps.{step.get('id')}.outputs.{name}": value for name, value in outputs.items()}
    return Ran(status, log, outputs)


def filled(text: str, known: dict[str, str]) -> str:
    return EXPRESSION.sub(lambda match: known[match[1]], text)


def holds(condition: str, known: dict[str, str]) -> bool:
    """Whether all comparisons of a condition hold: it knows `==` and `&&`, and no more."""
    parts = [part.split("==") for part in EXPRESSION.sub(r"\1", condition).split("&&") if part.strip()]
    return all(known[name.strip()] == value.strip().strip("'") for name, value in parts)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "evals").mkdir()
    assert call("init", cwd=folder).status == 0
    (folder / "summarizer.toml").write_text(
        'judge = "lexical"\n' + (folder / "summarizer.toml").read_text(encoding="utf-8"), encoding="utf-8"
    )
    assert call("eval", cwd=folder).status == 0
    assert call("eval", "pin", cwd=folder).status == 0
    return folder


def test_one_comment_is_written_and_from_then_on_changed(project: Path, github: GitHub) -> None:
    first = run_action(project, github)
    second = run_action(project, github, arguments="--decide")

    assert (first.status, first.outputs["verdict"]) == (0, "inconclusive")
    assert second.status == 1  # what is decided at any price supports what is wrong
    assert [one.split()[0] for one in github.asked] == ["GET", "POST", "GET", "PATCH"]
    assert github.asked[-1] == "PATCH /repos/ana/storms/issues/comments/7"
    assert github.comments[0]["body"] == "Looks good."
    body = github.comments[1]["body"]
    assert body.startswith(f"{MARK}\n\n### summarizer: the policy does not hold")
    assert "gate: FAILED false_support: 0.500, ceiling 0.200" in body
    assert "compared with summarizer-before.json: " in body
    assert "<summary>Scorecard</summary>" in body
    assert (project.parent / "runner" / "summary").read_text(encoding="utf-8").startswith(MARK)


def test_a_token_that_may_not_write_fails_no_job(tmp_path: Path, github: GitHub) -> None:
    github.may_write = False
    (tmp_path / "project").mkdir()
    (tmp_path / "runner").mkdir()
    (tmp_path / "runner" / "summarizer-comment.md").write_text(MARK, encoding="utf-8")

    done = run_action(tmp_path / "project", github, only="Comment")

    assert done.status == 0
    assert "::warning::summarizer could not comment (status 403)" in done.log
    assert len(github.comments) == 1


def test_a_push_is_not_commented_on_and_wrong_usage_is_said(project: Path, github: GitHub) -> None:
    done = run_action(project, github, "push", arguments="--matrix\nnowhere.toml")

    assert (done.status, github.asked) == (2, [])
    summary = (project.parent / "runner" / "summary").read_text(encoding="utf-8")
    assert "### summarizer: no result" in summary
    assert "nowhere.toml: No such file" in summary


@pytest.mark.parametrize("names", [("words",), ("words", "surely")])
def test_set_ups_side_by_side_are_compared_with_no_baseline(
    names: tuple[str, ...], project: Path, github: GitHub
) -> None:
    set_ups = "".join(f'[[run]]\nname = "{name}"\njudge = "lexical"\n' for name in names)
    (project / "set-ups.toml").write_text(set_ups, encoding="utf-8")

    done = run_action(project, github, "push", arguments="--matrix\nset-ups.toml")

    summary = (project.parent / "runner" / "summary").read_text(encoding="utf-8")
    assert (done.status, done.outputs["verdict"]) == (0, "")
    assert summary.startswith(f"{MARK}\n\n### summarizer: no policy was asked\n\n<details><summary>Scorecard</summary>")


@pytest.mark.parametrize(
    ("arguments", "table"),
    [("--limit\n1", ""), ("", 'judge = "lexical"\n[eval]\nsuite = "gate-error"\n')],
    ids=["a part of the suite", "a suite of that name"],
)
def test_where_no_policy_is_asked_the_comment_says_so(
    arguments: str, table: str, project: Path, github: GitHub
) -> None:
    (project / "evals").rename(project / "gate-error")
    settings = (project / "summarizer.toml").read_text(encoding="utf-8").replace('"evals', '"gate-error')
    (project / "summarizer.toml").write_text(table or settings, encoding="utf-8")

    done = run_action(project, github, "push", arguments=arguments)

    summary = (project.parent / "runner" / "summary").read_text(encoding="utf-8")
    assert (done.status, done.outputs["verdict"]) == (0, "")
    assert "summarizer: summarizer.toml: suite gate-error" in done.log
    assert summary.startswith(f"{MARK}\n\n### summarizer: no policy was asked\n\n<details><summary>Scorecard</summary>")


@pytest.mark.parametrize(
    ("ran", "asked", "words"),
    [
        (0, True, "the policy holds, and the run is **worse** than the baseline"),
        (1, True, "the policy does not hold, and the run is **worse**"),
        (3, True, "the policy holds, but some claims could not be checked, and"),
        (0, False, "no policy was asked, and the run is **worse**"),
        (1, False, "no result"),  # a crash of Python ends with 1 as well
        (2, False, "no result"),
    ],
)
def test_the_comment_says_of_policy_and_comparison_each_its_own(ran: int, asked: bool, words: str) -> None:
    score = runpy.run_path(str(ROOT / "action" / "score.py"))

    whole = score["comment"](ran, "" if words == "no result" else "worse", "", [], "", asked=asked)

    assert whole.splitlines()[2].startswith(f"### summarizer: {words}")


def test_no_input_stands_in_a_command_line() -> None:
    for step in ACTION["runs"]["steps"]:
        assert "${{" not in step["run"], step["name"]


def test_the_hooks_name_commands_that_are_there(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "storm.txt").write_text("Snow fell on two roads. The ferry costs 40 crowns.", encoding="utf-8")
    (project / "storm.summary.txt").write_text("The ferry costs 60 crowns.", encoding="utf-8")
    check = next(one for one in HOOKS if one["id"] == "summarizer-check")
    evaluate = next(one for one in HOOKS if one["id"] == "summarizer-eval")
    module = check["entry"].split()[-1]
    monkeypatch.setattr("summarizer.pytest.hook.SESSION", ContextVar("SESSION", default=None))
    monkeypatch.setattr("summarizer.pytest.SESSION", sys.modules["summarizer.pytest.hook"].SESSION)

    monkeypatch.chdir(project)
    status = import_module(module).main(["storm.summary.txt", "none.summary.txt"])

    said = capsys.readouterr().out
    assert status == 2
    assert said.splitlines()[:2] == [
        "storm.summary.txt: 1 of 1 claim is contradicted by the source",
        "  contradicted: The ferry costs 60 crowns.",
    ]
    assert "none.summary.txt: no source none.txt (or .md" in said
    report = ("check", "storm.summary.txt", "-s", "storm.txt", "-o", "report.json", "--format", "json")
    assert call(*report, cwd=project).status == 1
    assert call("accept", "report.json", "--claim", "c1", "--note", "From May on.", cwd=project).status == 0
    settings = (project / "summarizer.toml").read_text(encoding="utf-8")
    (project / "summarizer.toml").write_text(f'accepted = "summarizer-accepted.json"\n{settings}', encoding="utf-8")
    assert import_module(module).main(["storm.summary.txt"]) == 0  # by the settings of the folder
    assert re.search(check["files"], "texts/a.summary.md")
    assert re.search(evaluate["files"], "evals/cases/a.csv")
    assert call(*evaluate["entry"].split()[1:], cwd=project).status == 0


def test_the_workflow_that_init_writes_runs_the_eval_and_shows_it() -> None:
    workflow = yaml.safe_load(text_of("workflow.yml"))
    steps = workflow["jobs"]["eval"]["steps"]

    assert all(("uses" in step) != ("run" in step) for step in steps)
    assert [step["run"].split()[:2] for step in steps if "run" in step][:2] == [
        ["pip", "install"],
        ["summarizer", "eval"],
    ]
    assert workflow["permissions"] == {"contents": "read"}
    assert "always()" in steps[-1]["if"]
