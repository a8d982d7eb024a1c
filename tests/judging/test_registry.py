"""Judges by name: ours, and those of packages that are installed beside us."""

import json
import os
import subprocess
import sys
from collections.abc import Generator, Sequence
from pathlib import Path

import pytest

from summarizer import (
    BackendError,
    Claim,
    Component,
    Components,
    Judgements,
    Material,
    UsageError,
    assemble,
    check,
    resolve,
    summarize,
)
from summarizer.judging.registry import BUILT_IN, judge_names

PLUGIN = """
from summarizer import Component, Judgement, Judgements, Label, QuoteDraft

class Parrot:
    about = Component(name="parrot")
    destination = "the text stays on this machine"
    remote = False

    async def judge(self, claims, material):
        first = material.sentences[0]
        quote = QuoteDraft(text=first.text, sentence=first.id)
        return Judgements(judgements=tuple(
            Judgement(claim=claim.id, label=Label.SUPPORTED, quotes=(quote,), rationale="whatever you say")
            for claim in claims
        ))

    async def close(self):
        pass

def make_judge(context):
    if context.settings["judge_model"]:
        context.language_model()
    return Parrot()

def broken(context):
    raise RuntimeError("no feathers")

def mute(context):
    return object()
"""
PROJECT = """
[build-system]
requires = ["setuptools>=77"]
build-backend = "setuptools.build_meta"

[project]
name = "parrot-judge"
version = "1.0"

[project.entry-points."summarizer.judges"]
parrot = "parrot_judge:make_judge"
broken = "parrot_judge:broken"
mute = "parrot_judge:mute"
lexical = "parrot_judge:make_judge"

[tool.setuptools]
py-modules = ["parrot_judge"]
"""


@pytest.fixture(scope="module")
def plugins(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a tiny package of judges in it, installed as pip installs any other."""
    project, target = tmp_path_factory.mktemp("parrot"), tmp_path_factory.mktemp("site")
    (project / "parrot_judge.py").write_text(PLUGIN, encoding="utf-8")
    (project / "pyproject.toml").write_text(PROJECT, encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--target",
        str(target),
    ]
    subprocess.run([*command, str(project)], check=True, capture_output=True)
    return target


def run(plugins: Path, tmp_path: Path, *options: str) -> subprocess.CompletedProcess[str]:
    (tmp_path / "article.txt").write_text("Snow fell on Monday. The library will not close.\n", encoding="utf-8")
    (tmp_path / "summary.txt").write_text("The library will close.\n", encoding="utf-8")
    command = [sys.executable, "-m", "summarizer", "check", "summary.txt", "--source", "article.txt", *options]
    # Beside what is set: the checkout under test may be found through it.
    path = os.pathsep.join([str(plugins), *filter(None, [os.environ.get("PYTHONPATH")])])
    environment = {**os.environ, "PYTHONPATH": path}
    return subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.slow
def test_a_judge_of_an_installed_package_is_used_from_the_command_line(plugins: Path, tmp_path: Path) -> None:
    done = run(plugins, tmp_path, "--judge", "parrot")

    assert (done.returncode, "“Snow fell on Monday.”" in done.stdout) == (0, True), done.stderr
    assert "sentences, parrot; the text stays on this machine" in done.stderr


@pytest.mark.slow
@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--judge", "broken"], "the judge 'broken' of parrot_judge:broken cannot be made: RuntimeError: no feathers"),
        (["--judge", "mute"], "is not a judge: it lacks about, destination, remote, judge, close"),
        (
            ["--judge", "parot"],
            "no judge is called 'parot'; there are: broken, chat, decisions, lexical, mute, nli, parrot",
        ),
        (["--judge", "chat"], "needs a key"),
        (["--judge", "lexical", "--judge-model", "m"], "--judge-model: the lexical judge asks no model"),
    ],
)
def test_a_judge_that_cannot_be_made_is_one_line(
    plugins: Path, tmp_path: Path, options: list[str], message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    done = run(plugins, tmp_path, *options)

    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1), done.stderr
    assert message in done.stderr


@pytest.mark.slow
def test_a_name_of_ours_cannot_be_taken_by_another(plugins: Path, tmp_path: Path) -> None:
    done = run(plugins, tmp_path, "--judge", "lexical")

    assert "whatever you say" not in done.stdout
    assert done.returncode != 0


class Faulty:
    """A judge of another package, on its first day."""

    about = Component(name="faulty")
    destination = "the text stays on this machine"
    remote = False

    def __init__(self, way: str) -> None:
        self.way = way

    async def judge(self, _claims: Sequence[Claim], _material: Material) -> Judgements:
        if self.way == "waits":
            await Waiting()
        return json.loads(self.way)  # type: ignore[no-any-return]

    async def close(self) -> None: ...


class Waiting:
    def __await__(self) -> Generator[None, None, None]:
        yield


def with_judge(way: str) -> Components:
    return assemble(resolve({"judge": "lexical"}))._replace(judge=Faulty(way))


@pytest.mark.parametrize(
    ("way", "told"),
    [
        ("half", r"the judge 'faulty' failed in test_registry\.py, line \d+: JSONDecodeError: Expecting value"),
        ("null", "the judge 'faulty' must return Judgements, not NoneType$"),
    ],
)
def test_a_judge_that_fails_is_named_with_the_place(way: str, told: str) -> None:
    with pytest.raises(BackendError, match=told):
        check("Snow fell.", "Snow fell on Monday.", backend=with_judge(way))

    report = summarize("Snow fell on Monday. The library stays open.", backend=with_judge(way), sentences=1)
    assert report.checks[0].flag == "unchecked"
    assert report.run.warnings[0].startswith("nothing could be checked: the judge 'faulty'")


def test_a_judge_that_waits_says_so_beforehand() -> None:
    with pytest.raises(UsageError, match="waited for something: set remote = True in it"):
        check("Snow fell.", "Snow fell on Monday.", backend=with_judge("waits"))


def test_our_own_judges_are_always_there() -> None:
    assert set(BUILT_IN) <= set(judge_names())


def test_an_unknown_judge_is_named_in_python_too() -> None:
    with pytest.raises(UsageError, match="no judge is called 'oracle'"):
        assemble(resolve({"judge": "oracle"}))


def test_a_judge_of_ones_own_needs_no_registry() -> None:
    from tests.fakes import scripted

    report = check("Snow fell.", "Snow fell. It was cold.", backend=scripted())

    assert report.run.judge.name == "scripted"
