"""Stand-ins for what does the work of a command: they note what it was given, for the walk over the options."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Self
from unittest import mock

from summarizer.components import Components
from summarizer.evaluation.benchmarks import Prediction
from summarizer.evaluation.metrics import ScoredRun, measure
from summarizer.evaluation.scorecard import RunFacts, Scorecard, SuiteFacts
from summarizer.repair import Mended
from summarizer.schema import Edit, EditKind, Label, Repair, Span
from tests.cli.walking import Stage, described
from tests.evaluation.results import JUDGE, UNDECIDED, result
from tests.reports import small_report

RESULTS = (result(1, Label.SUPPORTED, Label.SUPPORTED), result(11, Label.CONTRADICTED, UNDECIDED))
CARD = Scorecard(
    suite=SuiteFacts(name="a suite", sha256="0" * 64, cases=2, claims=2),
    run=RunFacts.model_validate({"version": "1", **JUDGE}),
    metrics=measure(ScoredRun(results=RESULTS, reports=[], rounds=[RESULTS])),
    results=RESULTS,
)
REPORT = small_report().model_copy(update={"checks": small_report().checks[3:]})


def used(components: Components, command: str) -> Any:
    """What of the components a command has a use for."""
    extractor = components.extractor
    parts = [
        components.deciding,
        components.controls,
        extractor,
        components.judge,
        components.witnesses,
        components.finder,
    ]
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
    return [
        remembered("summarizer.report.render", lambda report: repr([one.accepted for one in report.checks])),
        *cards,
        *matrix,
        *history,
    ]


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
        return SimpleNamespace(profile=SimpleNamespace(support=SimpleNamespace(witnesses={})))

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


def joined(stage: Stage) -> Callable[..., Any]:
    from summarizer.batch.joining import Totals

    def join(_run: Any, output: Path) -> Totals:
        stage.note("joined", str(output))
        totals = Totals()
        totals.counts["contradicted"] = 1
        return totals

    return join


def batched(stage: Stage) -> list[Any]:
    def facts(job: Any, settings: Any, components: Components) -> dict[str, str]:
        running = {name: settings[name] for name in ("timeout", "concurrency", "threads")}
        stage.note(job, used(components, job.command), running if components.remote else running["threads"])
        return {}

    def work(run: Any, start: Any, sizes: Any, **more: Any) -> None:
        stage.note(run._shard, start.options._replace(kept=None), sizes, more["retry_errors"])

    folder = mock.MagicMock()
    return [
        mock.patch("summarizer.batch.job.Job.facts", facts),
        mock.patch("summarizer.batch.folder.Folder", folder),
        mock.patch("summarizer.batch.run.BatchRun.work", work),
        mock.patch("summarizer.batch.run.BatchRun.join", joined(stage)),
        mock.patch("time.monotonic", return_value=0.0),
    ]


class Nothing(list[Any]):
    """What a server has to say where it has nothing to say."""

    files = held = ()


def to_send(stage: Stage) -> list[Any]:
    """A run over files of requests: one file is written, and the rows are looked at once more before it is sent."""
    return in_rounds(stage, "written", stale=True)


def under_way(stage: Stage) -> list[Any]:
    """The same, with another file sent, of which the server says nothing new."""
    return in_rounds(stage, "written", "sent")


def all_come(stage: Stage) -> list[Any]:
    """The same run, with every answer there."""
    return in_rounds(stage, "collected")


def in_rounds(stage: Stage, *statuses: str, stale: bool = False) -> list[Any]:
    from summarizer.batch.later import Looked
    from summarizer.batch.rounds import RequestFile, Rounds, RoundsFile
    from summarizer.llm.models import server_of

    shape = {"round": 1, "model": "m", "requests": 3, "size": 900, "input_tokens": 500, "output_tokens": 90}
    files = tuple(
        RequestFile.model_validate({"name": f"r001-{number:02}", "cost_usd": 0.5, "status": status, **shape})
        for number, status in enumerate(statuses)
    )
    state = Rounds(run="a run", learnt=True, files=files, stale=stale)

    def save(file: Any, change: Callable[[Rounds], Rounds]) -> None:
        file.state = change(file.state)
        stage.note(file.state)

    def look(_run: Any, sizes: Any, _changed: Any, _running: Any, *, retry_errors: bool = False) -> Looked:
        stage.note(sizes, retry_errors)
        return Looked(3, 2, 5, 0)

    def with_client(run: Any, _work: Any) -> Nothing:
        stage.note(server_of(run.kept.settings, model="m"), used(run.components, run.kept.job.command))
        return Nothing()

    def take_in(_run: Any, files: Any, paths: Any, server: Any, *, status: str) -> Any:
        stage.note(files, [str(path) for path in paths], server)
        return SimpleNamespace(file=files[0], status=status, answers=3, again=(), note="", strange=0)

    def sleep(seconds: float) -> None:
        stage.note("slept", seconds)
        raise SystemExit(130)

    return [
        *batched(stage),
        mock.patch("summarizer.batch.later.Folder", mock.MagicMock()),
        mock.patch("summarizer.batch.later.LaterRun.look", look),
        mock.patch("summarizer.batch.later.LaterRun.join", joined(stage)),
        mock.patch("summarizer.batch.jobfile.write_whole", lambda path, text: stage.note(str(path), text)),
        mock.patch("summarizer.batch.rounds._read", return_value=state),
        mock.patch.object(RoundsFile, "save", save),
        mock.patch("summarizer.cli.rounds.with_client", with_client),
        mock.patch("summarizer.batch.collecting.touched", return_value=files),
        mock.patch("summarizer.batch.collecting.take_in", take_in),
        mock.patch("time.sleep", sleep),
    ]


def labelled(stage: Stage) -> list[Any]:
    class Server:
        url = "http://127.0.0.1:1/#token"

        def __init__(self, store: Any, *, port: int) -> None:
            listed = store.listed()
            stage.note(type(store).__name__, listed.names, [line.word for line in listed.tasks], port)

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
