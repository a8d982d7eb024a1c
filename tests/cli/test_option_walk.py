"""No option is ever ignored: each pair of options of each command changes what comes of it, or is refused."""

import itertools
import json
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple, Self
from unittest import mock

import click
import pytest

from summarizer.cli import summarizer
from summarizer.cli.options import MODEL, options
from summarizer.components import Components
from summarizer.evaluation.benchmarks import Prediction
from summarizer.evaluation.metrics import ScoredRun, measure
from summarizer.evaluation.scorecard import RunFacts, Scorecard, SuiteFacts
from summarizer.judging.nli import BUILT_IN
from summarizer.repair import Mended
from summarizer.schema import Edit, EditKind, Label, Repair, Span
from tests.cli.walking import Stage, Walk, described, every_command
from tests.conftest import ROOT
from tests.evaluation.conftest import ARTICLE, case_of
from tests.evaluation.results import JUDGE, UNDECIDED, result
from tests.reports import small_report

SERVER = ("--base-url", "http://127.0.0.1:9/v1", "--model", "m")
RESULTS = (result(1, Label.SUPPORTED, Label.SUPPORTED), result(11, Label.CONTRADICTED, UNDECIDED))
CARD = Scorecard(
    suite=SuiteFacts(name="a suite", sha256="0" * 64, cases=2, claims=2),
    run=RunFacts.model_validate({"version": "1", **JUDGE}),
    metrics=measure(ScoredRun(results=RESULTS, reports=[], rounds=[RESULTS])),
    results=RESULTS,
)
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
REPORT = small_report().model_copy(update={"checks": small_report().checks[3:]})

# The samples differ from the defaults, and from what the contexts give.
SAMPLES: dict[str, Sequence[str]] = {
    "--adjudicate": ("ana", "ben"),
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
    "--label": ("contradicted",),
    "--note": ("why",),
    "--encoding": ("cp1252",),
    "--engine": ("ray",),
    "--evidence": ("narrow",),
    "--fail-on": ("contradicted",),
    "--format": ("json",),
    "--gate": ("policy.toml",),
    "--judge": ("lexical",),
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
PERMITS = "a permission: it counts where there is something to permit"
FAILS_ONCE = "either can fail a run, which fails but once"
ANYWAY = "says what is so anyway"
IDLE_BESIDE: dict[tuple[str, str], str] = {
    **dict.fromkeys(
        [
            ("--dry-run", one)
            for one in (
                *("--format", "--output", "--sort", "--also", "--open", "--fail-on", "--min-faithfulness", "--color"),
                *("--min-coverage", "--exit-zero", "--weights", "--threads", "--timeout", "--concurrency", "--cache"),
                *("--record", "--replies", "--api-key-env", "--diff"),
            )
        ],
        OF_THE_RUN_TO_COME,
    ),
    ("--min-faithfulness", "--fail-on"): FAILS_ONCE,
    ("--min-coverage", "--fail-on"): FAILS_ONCE,
    ("--matrix", "--claims"): ANYWAY,
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


def used(components: Components, command: str) -> Any:
    """What of the components a command has a use for."""
    extractor = components.extractor
    parts = [components.deciding, components.controls, extractor, components.judge, components.witnesses]
    parts += [components.writer] if command == "summarize" else []
    parts += [settings_of(components.entails or components.reads_summary)]
    return [described(one) for one in parts]


def settings_of(entails: Any) -> Any:
    """What the embedded judge is made of where it reads the summary."""
    settings = [cell.cell_contents for cell in entails.__closure__] if entails else []
    return [(one["weights"], one["threads"]) for one in settings]


def judged(stage: Stage) -> list[Any]:
    def check(summary: Any, source: Any, *, backend: Components, on_start: Callable[[Components], None]) -> Any:
        on_start(backend)
        stage.note(summary.document.text, [one.document.text for one in source], used(backend, "check"))
        return REPORT.model_copy(update={"documents": REPORT.documents * len(source)})

    def summarize(source: Any, *, backend: Components, on_start: Callable[[Components], None], **length: Any) -> Any:
        on_start(backend)
        stage.note([one.document.text for one in source], used(backend, "summarize"), length)
        return REPORT

    def mend(report: Any, *, backend: Components) -> Mended:
        stage.note("mended", report.summary.text, described(backend.fixer))
        first = report.summary.text.split()[0]
        edit = Edit(
            claim="c1",
            kind=EditKind.SWAP,
            span=Span(start=0, end=len(first)),
            before=first,
            after="Sleet",
            reason="a test",
        )
        text = f"Sleet{report.summary.text[len(first) :]}"
        return Mended(report.model_copy(update={"repair": Repair(edits=(edit,), text=text)}), report)

    return [
        mock.patch("summarizer.api.check", check),
        mock.patch("summarizer.api.summarize", summarize),
        mock.patch("summarizer.api.mend", mend),
        *once(),
    ]


def once() -> list[Any]:
    """The real renderers, each asked once for the same thing."""

    def remembered(name: str, of: Callable[[Any], str]) -> Any:
        module, function = name.rsplit(".", 1)
        real, known = getattr(import_module(module), function), {}

        def render(thing: Any, *rest: Any, **options: Any) -> str:
            key = of(thing), repr(rest), repr(sorted(options.items()))
            if key not in known:
                known[key] = real(thing, *rest, **options)
            return str(known[key])

        return mock.patch(name, render)

    forms = ("text", "json", "markdown", "html", "junit")
    history = [
        remembered(f"summarizer.evaluation.cards.history.to_{form}", lambda runs: repr([run.name for run in runs]))
        for form in ("text", "html", "json")
    ]
    matrix = [remembered(f"summarizer.evaluation.cards.matrix.to_{form}", described_rows) for form in forms]
    cards = [
        remembered(
            f"summarizer.evaluation.cards.to_{form}", lambda card: repr((card.suite, card.bars, card.run.warnings))
        )
        for form in forms
    ]
    return [remembered("summarizer.report.render", lambda _: "the report"), *cards, *matrix, *history]


def described_rows(rows: Any) -> str:
    return repr([(row.name, row.card.bars) for row in rows])


def scored(stage: Stage) -> list[Any]:
    def evaluate(suite: Any, components: Components, *, coverage: bool = False, **more: Any) -> Scorecard:
        command = "summarize" if coverage else "check"
        stage.note(suite.name, suite.sha256, used(components, command), coverage, more.get("repeat"))
        return CARD

    def evaluate_rows(read: Any, components: Components, *, name: str, repeat: int, watch: Any, **_: Any) -> Scorecard:
        rows = [*read()]
        stage.note(name, repeat, [row.id for row in rows], used(components, "check"))
        [*watch(Prediction(row.id, row.dataset, "supported", 0.9, row.label, "0", row) for row in rows)]
        return CARD

    def observe(suite: Any, components: Components, **_: Any) -> Any:
        stage.note(suite.sha256, used(components, "check"))
        return SimpleNamespace(observations=(), left_out=0)

    def fit(_observations: Any, about: Any, **more: Any) -> Any:
        stage.note(about, more)
        return SimpleNamespace(profile=None)

    return [
        mock.patch("summarizer.evaluation.run.evaluate", evaluate),
        mock.patch("summarizer.evaluation.benchmarks.evaluate_rows", evaluate_rows),
        mock.patch("summarizer.evaluation.calibrating.observe", observe),
        mock.patch("summarizer.evaluation.calibrating.fit", fit),
        mock.patch("summarizer.cli.calibrating._told", return_value=""),
        mock.patch("summarizer.calibration.to_toml", return_value="a profile"),
        mock.patch("time.monotonic", return_value=0.0),
        *once(),
    ]


def batched(stage: Stage) -> list[Any]:
    from summarizer.batch.joining import Totals

    def facts(job: Any, settings: Any, components: Components) -> dict[str, str]:
        running = {name: settings[name] for name in ("timeout", "concurrency", "threads")}
        stage.note(job, used(components, job.command), running if components.remote else running["threads"])
        return {}

    def work(run: Any, start: Any, sizes: Any, **more: Any) -> None:
        stage.note(run._shard, start.options._replace(kept=None), sizes, more["retry_errors"])

    def join(_run: Any, output: Path) -> Totals:
        stage.note("joined", str(output))
        totals = Totals()
        totals.counts["contradicted"] = 1
        return totals

    folder = mock.MagicMock()
    return [
        mock.patch("summarizer.batch.job.Job.facts", facts),
        mock.patch("summarizer.batch.folder.Folder", folder),
        mock.patch("summarizer.batch.run.BatchRun.work", work),
        mock.patch("summarizer.batch.run.BatchRun.join", join),
        mock.patch("time.monotonic", return_value=0.0),
    ]


def labelled(stage: Stage) -> list[Any]:
    class Server:
        url = "http://127.0.0.1:1/#token"

        def __init__(self, store: Any, *, port: int) -> None:
            stage.note(type(store).__name__, store.listed().names, port)

        def __enter__(self) -> Self:
            return self

        def __exit__(self, *_: object) -> None: ...

        def serve_forever(self) -> None: ...

        def stop(self) -> str:
            return "all saved"

    class AtOnce:
        def __init__(self, *, target: Callable[..., Any], args: tuple[Any, ...], **_: Any) -> None:
            self.start = lambda: target(*args)

    return [mock.patch("summarizer.evaluation.label.LabelServer", Server), mock.patch("threading.Thread", AtOnce)]


def asked(stage: Stage) -> list[Any]:
    def examine(settings: Any) -> list[Any]:
        stage.note({name: settings[name] for name in settings.values})
        return []

    def list_models(settings: Any) -> list[str]:
        stage.note({name: settings[name] for name in settings.values})
        return ["m"]

    return [
        mock.patch("summarizer.doctor.examine", examine),
        mock.patch("summarizer.llm.remote.listing.list_models", list_models),
    ]


def nothing(_: Stage) -> list[Any]:
    return once()


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
        "replies.jsonl": '{"format": "summarizer-replies-1", "backend": "openai", "model": "m", "base_url": "http://127.0.0.1:9/v1"}\n',
        "profile.toml": PROFILE,
    }
    for name, text in texts.items():
        (root / name).write_text(text, encoding="utf-8")
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

    def __str__(self) -> str:
        return " ".join((self.command, *self.arguments))


TEXTS, SUITE, BATCH = ("summary.txt", "-s", "article.txt"), ("--suite", "suite"), ("articles.jsonl", "-o", "out.jsonl")
ASKED = {"--backend": ("embedded",)}
WRITTEN = {"--writer": ("llm",)}
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
    Case("eval mutate", scored, ("article.txt",), settings=False),
    Case("eval calibrate", scored, (*SUITE, *SERVER, "-o", "new.toml"), settings=False, own=ASKED),
    Case("batch", batched, BATCH, settings=False, own=ROWS | WRITTEN),
    Case("batch", batched, (*BATCH, *SERVER, "--check"), settings=False, own=ROWS | ASKED),
    Case("show", arguments=("report.json",)),
    Case("doctor", asked),
    Case("models", asked, ("--base-url", "http://127.0.0.1:9/v1")),
    Case("eval label", labelled, ("suite",), terminal=True),
    Case("eval compare", arguments=("card.json", "other.json")),
    Case("eval pin", arguments=("card.json", "policy.toml")),
    Case("eval agreement", arguments=SUITE),
    Case("eval add", arguments=("small.json", "--claim", "c2", "--label", "unsupported", *SUITE)),
    Case("eval history", arguments=("card.json", "other.json")),
    Case("eval metrics", own={"--format": ("markdown",)}),
    Case("eval schema"),
    Case("diff", arguments=("report.json", "report.json")),
    Case("prompts list"),
    Case("prompts show", arguments=("judge",)),
)
UNWALKED = dict.fromkeys(
    ("batch submit", "batch status", "batch collect"),
    "their job and settings are read by the code of batch; what is theirs alone is tested with the rounds of a run",
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

    assert found == []


@pytest.mark.parametrize("case", CASES, ids=str)
def test_each_option_by_itself_counts_or_is_refused(case: Case, folder: Path) -> None:
    walk = walks(case, folder)
    with walk.stage.set():
        base = walk.outcome()
        found = [
            one
            for one in walk.options
            if one not in case.arguments and (case.command, one) not in IDLE_ALONE
            if not walk.outcome(one).refused and walk.outcome(one) == base
        ]

    assert base.refused == ""
    assert found == []


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

    assert {case.command for case in CASES} | UNWALKED.keys() == with_options
