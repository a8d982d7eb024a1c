"""No option is ever ignored: each pair of options of each command changes what comes of it, or is refused."""

import itertools
import json
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock

import click
import pytest

from summarizer.accepted import AcceptedClaim, AcceptedFile, entry_of
from summarizer.batch.jobfile import SAID_ANEW
from summarizer.cli import summarizer
from summarizer.cli.options import MODEL, options
from summarizer.judging.nli import BUILT_IN
from summarizer.schema import Acceptance, Report
from summarizer.settings import resolve
from tests.cli.stages import (
    CARD,
    REPORT,
    all_come,
    asked,
    batched,
    judged,
    labelled,
    nothing,
    scored,
    to_send,
    under_way,
)
from tests.cli.walking import Stage, Walk, every_command
from tests.conftest import ROOT
from tests.evaluation.conftest import ARTICLE, case_of
from tests.reports import small_report

SERVER = ("--base-url", "http://127.0.0.1:9/v1", "--model", "m")
POLICY = f'fewest = 1\n[suite]\nsha256 = "{"0" * 64}"\ncases = 2\nclaims = 2\n[ceiling]\nfalse_support = 0.5\n[compare.margin]\nfalse_support = 0.1\n'
PROFILE = """version = 1
name = "p"
judge = "chat"
model = "m"
prior = 0.5
[support]
bias = 0.1
scale = 0.5
[contradiction]
bias = 0.1
scale = 0.5
[thresholds]
supported = 0.9
flagged = 0.5
"""

# The samples differ from the defaults, and from what the contexts give.
SAMPLES: dict[str, Sequence[str]] = {
    "--accepted": ("accepted.json",),
    "--also": ("json=also.json",),
    "--annotator": ("ana",),
    "--api-key-env": ("A_KEY",),
    "--backend": ("openai",),
    "--base-url": ("http://127.0.0.1:8/v1",),
    "--cases": ("mine",),
    "--claims": ("sentence",),
    "--claims-per-call": ("3",),
    "--cite": ("sentences",),
    "--color": ("always",),
    "--concurrency": ("3",),
    "--claim": ("c1",),
    "--error": ("number",),
    "--quote": ("Snow 🌨️",),
    "--fewest": ("2",),
    "--label": ("contradicted",),
    "--note": ("why",),
    "--encoding": ("cp1252",),
    "--engine": ("ray",),
    "--evidence": ("narrow",),
    "--fail-on": ("contradicted",),
    "--format": ("json",),
    "--gate": ("policy.toml",),
    "--judge": ("lexical",),
    "--key-sentences": ("llm",),
    "--judge-model": ("j",),
    "--limit": ("1",),
    "--matrix": ("matrix.toml",),
    "--max-cost": ("2",),
    "--max-tokens": ("9000",),
    "--max-text": ("16",),
    "--min-confidence": ("0.7",),
    "--min-coverage": ("0.9",),
    "--min-faithfulness": ("0.9",),
    "--model": ("other",),
    "--name": ("mine",),
    "--of": ("scorecard",),
    "--predictions-in": ("answers.jsonl",),
    "--policy": ("policy.toml",),
    "--port": ("8123",),
    "--predictions": ("out.jsonl",),
    "--prior": ("0.6",),
    "--profile": ("profile.toml",),
    "--prompts": ("prompts",),
    "--record": ("record.jsonl",),
    "--repeat": ("2",),
    "--replies": ("replies.jsonl",),
    "--results": ("answers.jsonl",),
    "--root": (".",),
    "--seed": ("7",),
    "--sentences": ("2",),
    "--shard": ("0/2",),
    "--sort": ("risk",),
    "--split": ("dev",),
    "--suite": ("other",),
    "--threads": ("2",),
    "--timeout": ("7",),
    "--weights": ("weights",),
    "--witness": ("none",),
    "--words": ("30",),
    "--workers": ("2",),
    "--writer": ("extractive",),
    "--writer-model": ("w",),
    "--jsonl": ("rows.jsonl",),
    "--output": ("out.jsonl",),
    "--source": ("more.txt",),
}
OF_THE_RUN_TO_COME = "a dry run is given the command line of the run to come, and says what that would send"
OF_THE_SENDING = "says how a server is asked, and the command that sends may be given it as well"
PERMITS = "a permission: it counts where there is something to permit"
PASSES_ONCE = "either lets a run pass, which passes but once"
FAILS_ONCE = "either can fail a run, which fails but once"
ANYWAY = "says what is so anyway"
IDLE_BESIDE: dict[tuple[str, str], str] = {
    **dict.fromkeys(
        [
            ("--dry-run", one)
            for one in (
                *("--format", "--output", "--sort", "--also", "--open", "--fail-on", "--min-faithfulness", "--color"),
                *("--min-coverage", "--exit-zero", "--weights", "--threads", "--timeout", "--concurrency", "--cache"),
                *("--record", "--replies", "--api-key-env", "--diff", "--workers", "--quiet", "--accepted"),
            )
        ],
        OF_THE_RUN_TO_COME,
    ),
    ("--min-faithfulness", "--fail-on"): FAILS_ONCE,
    ("--min-coverage", "--fail-on"): FAILS_ONCE,
    ("--accepted", "--fail-on"): PASSES_ONCE,
    ("--accepted", "--exit-zero"): PASSES_ONCE,
    ("--matrix", "--claims"): ANYWAY,
    ("--no-send", "--api-key-env"): OF_THE_SENDING,
    ("--no-send", "--timeout"): OF_THE_SENDING,
    ("--results", "--api-key-env"): "answers from elsewhere are read, and no server is asked",
    ("--wait", "--quiet"): "--wait says nothing of its own while there is nothing to say",
}
"""Beside the first option the second counts for nothing, and why that is meant."""
IDLE_ALONE: dict[tuple[str, str], str] = {
    ("check", "--allow-url"): PERMITS,
    ("summarize", "--allow-url"): PERMITS,
    ("repair", "--allow-url"): PERMITS,
    ("summarize", "--max-text"): PERMITS,
    ("check", "--max-text"): PERMITS,
    ("repair", "--max-text"): PERMITS,
    ("eval pin", "--allow-regression"): PERMITS,
    ("show", "--verbose"): "says which files were written",
    ("batch", "--claims"): ANYWAY,
    ("check", "--claims"): ANYWAY,
    ("summarize", "--claims"): ANYWAY,
    ("repair", "--claims"): ANYWAY,
    ("eval", "--claims"): ANYWAY,
    ("eval mutate", "--claims"): ANYWAY,
}
"""By itself the option of the command may count for nothing, and why that is meant."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every file that an argument or a sample names."""
    root = tmp_path_factory.mktemp("walk")
    for name in ("cases", "articles"):
        (root / "suite" / name).mkdir(parents=True)
    for name in ("bay", "cove"):
        annotated = json.loads(json.dumps(case_of(name, split="dev" if name == "bay" else "test")))
        for claim in annotated["summaries"][0]["claims"]:
            claim["annotations"] = [claim["label"], claim["label"]]
        (root / "suite" / "cases" / f"{name}.json").write_text(json.dumps(annotated), encoding="utf-8")
        (root / "suite" / "articles" / f"{name}.txt").write_text(f"{ARTICLE} {name}.", encoding="utf-8")
    rows = [
        {"id": str(n), "document": f"{ARTICLE} {n}.", "claim": "Snow fell.", "label": n % 2, "split": split}
        for n, split in enumerate(("dev", "dev", "test"))
    ]
    texts = {
        "article.txt": f"{ARTICLE} Ménage.",
        "more.txt": "The ferry sails at noon.",
        "summary.txt": "Snow fell on the hills. Ménage.",
        "rows.jsonl": "".join(json.dumps(row) + "\n" for row in rows),
        "articles.jsonl": "".join(json.dumps({"id": row["id"], "source": row["document"]}) + "\n" for row in rows),
        "card.json": CARD.model_dump_json(),
        "other.json": CARD.model_dump_json(),
        "report.json": REPORT.model_dump_json(),
        "small.json": small_report().model_dump_json(),
        "policy.toml": POLICY,
        "matrix.toml": '[[run]]\nname = "one"\n[[run]]\nname = "two"\nmodel = "m"\nbase_url = "http://127.0.0.1:9/v1"\n',
        "answers.jsonl": '{"id": "bay-1", "label": 1}\n',
        "other-answers.jsonl": '{"id": "bay-1", "label": 0}\n',
        "other.toml": '[[run]]\nname = "only"\nmodel = "m"\nbase_url = "http://127.0.0.1:9/v1"\n',
        "own.toml": "".join(
            f'[[run]]\nname = "{name}"\njudge = "nli"\nthreads = {name}\ndecide = true\nprior = 0.7\n'
            for name in (1, 3)
        ),
        "replies.jsonl": '{"format": "summarizer-replies-1", "backend": "openai", "model": "m", "base_url": "http://127.0.0.1:9/v1"}\n',
        "profile.toml": PROFILE,
        "accepted.json": AcceptedFile(claims=every_flagged(REPORT)).model_dump_json(),
    }
    for name, text in texts.items():
        (root / name).write_text(text, encoding="utf-8")
    (root / "run").mkdir()
    (root / "run" / "job.json").write_text(json.dumps(kept_job(root / "articles.jsonl")), encoding="utf-8")
    (root / "prompts").mkdir()
    (root / "prompts" / "judge.md").write_text(own_prompt("judge"), encoding="utf-8")
    (root / "prompts" / "pick.md").write_text(own_prompt("pick"), encoding="utf-8")
    (root / "weights").mkdir()
    for name in ("model.toml", "profile.toml"):
        shutil.copy(BUILT_IN / name, root / "weights" / name)
    shutil.copytree(root / "suite", root / "other")
    (root / "other" / "articles" / "bay.txt").write_text(f"{ARTICLE} Other.", encoding="utf-8")
    disputed = json.loads((root / "other" / "cases" / "bay.json").read_text(encoding="utf-8"))
    disputed["summaries"][0]["claims"][0] |= {"annotations": ["supported", "not_in_source"], "note": "A reason."}
    (root / "other" / "cases" / "bay.json").write_text(json.dumps(disputed), encoding="utf-8")
    return root


def every_flagged(report: Report) -> tuple[AcceptedClaim, ...]:
    """Everything that asks for a person in the report, as accepted."""
    return tuple(
        entry_of(report, one, Acceptance(outcome=one.flag, note="Read by hand.", date="2026-11-29"))
        for one in report.checks
        if one.flag
    )


def kept_job(rows: Path) -> dict[str, Any]:
    """A run over files of requests, as it was begun."""
    settings = {
        name: [value, "option"]
        for name, (value, _) in resolve(
            {"model": "m", "base_url": "http://127.0.0.1:9/v1"}, folder=Path()
        ).values.items()
        if name not in SAID_ANEW
    }
    whole = {"command": "check", "length": [3, "sentences"], "full": False, "root": None, "encoding": None}
    return {"rows": str(rows), **whole, "settings": settings}


def own_prompt(name: str) -> str:
    return (ROOT / "prompts" / f"{name}.md").read_text(encoding="utf-8") + "Be brief.\n"


class Case(NamedTuple):
    """A command in one of the ways in which it is used."""

    command: str
    patches: Callable[[Stage], Sequence[Any]] = nothing
    arguments: tuple[str, ...] = ()
    settings: bool = True
    """Whether the pairs of settings are walked here: what a run is made of is the same for every command."""
    terminal: bool = False
    own: Mapping[str, Sequence[str]] = {}
    """Samples that differ from the usual ones."""
    idle: Mapping[str, str] = {}
    """Options that count for nothing in this way of using it, and why that is meant."""

    def __str__(self) -> str:
        return " ".join((self.command, *self.arguments))


TEXTS, SUITE, BATCH = ("summary.txt", "-s", "article.txt"), ("--suite", "suite"), ("articles.jsonl", "-o", "out.jsonl")
ASKED = {"--backend": ("embedded",)}
WRITTEN = {"--writer": ("llm",)}
LATER, ASKS = SERVER[:2], ("--wait", "--base-url", "--api-key-env", "--timeout", "--workers")
OUTPUTS = ("--output", "--workers", "--fail-on")
ROWS = {"--output": ("other.jsonl",), "--workers": ("200",), "--root": ("suite",)}
OTHER_ANSWERS = {"--predictions-in": ("other-answers.jsonl",)}
CASES = (
    Case("check", judged, TEXTS),
    Case("check", judged, (*TEXTS, *SERVER), own=ASKED),
    Case("check", judged, (*TEXTS, *SERVER, "--fix"), settings=False, own=ASKED),
    Case("repair", judged, TEXTS, settings=False, own=WRITTEN),
    Case("repair", judged, (*TEXTS, *SERVER), settings=False, own=ASKED),
    Case("summarize", judged, ("article.txt",), settings=False, own=WRITTEN),
    Case("summarize", judged, ("article.txt", *SERVER), settings=False, own=ASKED),
    Case("eval", scored, SUITE, settings=False),
    Case("eval", scored, (*SUITE, *SERVER), settings=False, own=ASKED),
    Case("eval", scored, ("--jsonl", "rows.jsonl"), settings=False, own={"--predictions-in": ("rows.jsonl",)}),
    Case("eval", scored, (*SUITE, "--predictions-in", "answers.jsonl"), settings=False, own=OTHER_ANSWERS),
    Case(
        "eval",
        scored,
        (*SUITE, "--matrix", "matrix.toml"),
        settings=False,
        own={"--claims": ("atomic",), "--matrix": ("other.toml",)},
    ),
    Case("eval", scored, (*SUITE, "--matrix", "own.toml"), settings=False, own={"--matrix": ("other.toml",)}),
    Case("eval mutate", scored, ("article.txt",), settings=False),
    Case("eval calibrate", scored, (*SUITE, *SERVER, "-o", "new.toml"), settings=False, own=ASKED),
    Case("eval tune", scored, (*SUITE, *SERVER, "-o", "new.toml"), settings=False, own=ASKED),
    Case("batch", batched, BATCH, settings=False, own=ROWS | WRITTEN),
    Case("batch", batched, (*BATCH, *SERVER, "--check"), settings=False, own=ROWS | ASKED),
    Case("batch submit", to_send, ("new", "articles.jsonl", *SERVER), settings=False, own=ROWS | ASKED),
    Case("batch submit", to_send, ("run", *LATER), settings=False),
    Case("batch status", under_way, ("run", *LATER)),
    Case("batch collect", under_way, ("run", *LATER), idle=dict.fromkeys(OUTPUTS, "not every answer has come")),
    Case("batch collect", all_come, ("run", *LATER), idle=dict.fromkeys(ASKS, "every answer has come")),
    Case("show", arguments=("report.json",)),
    Case(
        "accept",
        arguments=("small.json", "--claim", "c2", "--note", "x"),
        own={"--accepted": ("new.json",), "--claim": ("c3",)},
    ),
    Case("doctor", asked),
    Case("models", asked, ("--base-url", "http://127.0.0.1:9/v1")),
    Case("eval label", labelled, ("suite",), terminal=True),
    Case("eval label", labelled, ("suite", "ana", "ben", "cas", "--adjudicate"), terminal=True),
    Case("eval compare", arguments=("card.json", "other.json")),
    Case("eval pin", arguments=("card.json", "policy.toml")),
    Case("eval agreement", arguments=SUITE),
    Case("eval add", arguments=("small.json", "--claim", "c2", "--label", "unsupported", "--split", "dev", *SUITE)),
    Case("eval history", arguments=("card.json", "other.json")),
    Case("eval view", arguments=("card.json", "other.json")),
    Case("eval metrics", own={"--format": ("markdown",)}),
    Case("eval schema"),
    Case("diff", arguments=("report.json", "report.json")),
    Case("prompts list"),
    Case("prompts show", arguments=("judge",)),
)
COMMON = {option.opts[-1] for option in click.command()(options(MODEL)(lambda: None)).params}


def walks(case: Case, folder: Path) -> Walk:
    stage = Stage(folder, case.patches, terminal=case.terminal)
    return Walk(case.command, stage, case.arguments, {**SAMPLES, **case.own})


def pairs(walk: Walk, case: Case) -> Iterator[tuple[str, str]]:
    for pair in itertools.combinations(walk.options, 2):
        if case.settings or not COMMON.issuperset(pair):
            yield pair


@pytest.mark.parametrize("case", CASES, ids=str)
def test_each_pair_of_options_counts_or_is_refused(case: Case, folder: Path) -> None:
    walk = walks(case, folder)
    with walk.stage.set():
        found = [
            f"beside {other}, {idle} is ignored"
            for first, second in pairs(walk, case)
            if (idle := walk.ignored(first, second))
            and (other := second if idle == first else first, idle) not in IDLE_BESIDE
        ]

    assert found == [], found


@pytest.mark.parametrize("case", CASES, ids=str)
def test_each_option_by_itself_counts_or_is_refused(case: Case, folder: Path) -> None:
    walk = walks(case, folder)
    with walk.stage.set():
        base = walk.outcome()
        found = [
            one
            for one in walk.options
            if one not in case.arguments and (case.command, one) not in IDLE_ALONE and one not in case.idle
            if not walk.outcome(one).refused and walk.outcome(one) == base
        ]

    assert base.refused == ""
    assert found == [], found


def test_an_option_that_counts_for_nothing_beside_another_is_found(folder: Path) -> None:
    @click.command()
    @click.option("--name", default="nobody")
    @click.option("--seed", default="0")
    @click.option("--limit", default="1")
    def planted(name: str, seed: str, limit: str) -> None:
        if limit == "1":
            click.echo(f"{name} is at fault")
        if name == "mine" and seed != "0":
            raise click.UsageError("--name and --seed do not go together")
        click.echo(f"{seed}, {limit}")

    with mock.patch.dict(summarizer.commands, planted=planted):
        walk = Walk("planted", Stage(folder, nothing), (), {**SAMPLES, "--limit": ("2",)})
    with walk.stage.set():
        found = {pair: walk.ignored(*pair) for pair in itertools.combinations(walk.options, 2)}

    assert found == {("--name", "--seed"): None, ("--name", "--limit"): "--name", ("--seed", "--limit"): None}


def test_every_command_with_options_is_walked() -> None:
    with_options = {
        name
        for name, command in every_command().items()
        if any(isinstance(one, click.Option) for one in command.params)
    }

    assert {case.command for case in CASES} == with_options
