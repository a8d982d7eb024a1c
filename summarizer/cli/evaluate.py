"""`summarizer eval`: score a backend against labelled cases, compare runs, hold them to a policy."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from summarizer.cli.options import MODEL, chosen, echo, further_forms, options, prints, refuse_inputs, safe, terminal

if TYPE_CHECKING:
    from summarizer.scoring.cases import Suite
    from summarizer.scoring.scorecard import Scorecard

FORMS = ("text", "json", "markdown", "junit", "html")
EPILOG = """\b
Exit status:
  0  scored; with --gate, every bar of the policy is met
  1  a bar is not met, or `compare` finds the second run worse
  2  wrong usage, or a case, scorecard or policy that cannot be used
  3  scored, but a call of the backend failed, so that claims stayed unchecked
  4  the provider refused key, quota or model
  5  the provider gave no answer
"""
SUITE = [
    click.option("--suite", type=click.Path(path_type=Path), metavar="DIR", help="Folder with cases/ and articles/, instead of the built-in suite."),
    click.option("--split", type=click.Choice(["dev", "test"]), help="Only the articles to tune on, or to report on (default: both)."),
]  # fmt: skip


@click.group(name="eval", invoke_without_command=True, epilog=EPILOG)
@options(SUITE, MODEL)
@click.option("--repeat", type=click.IntRange(1, 20), default=1, help="Run it N times, and say how many labels flip.")
@click.option("--coverage", is_flag=True, help="Also write a summary of each article, and score what it tells.")
@click.option(
    "--format", "form", type=click.Choice(FORMS), default="text", show_default=True, help="Form of the scorecard."
)
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Write the scorecard to FILE.")
@click.option("--also", multiple=True, metavar="FORM=FILE", help="Write it in another form too; repeat it for several.")
@click.option("--gate", type=click.Path(path_type=Path), metavar="POLICY", help="Hold the run to a policy file.")
@click.option(
    "--jsonl",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Score one-claim-a-line data, or a file of a public benchmark.",
)
@click.option(
    "--predictions", type=click.Path(path_type=Path), metavar="OUT", help="With --jsonl: write a line for each claim."
)
@click.option(
    "--matrix", type=click.Path(path_type=Path), metavar="FILE", help="Score each set-up of a TOML file, side by side."
)
@click.option("-q", "--quiet", is_flag=True, help="No notes on standard error, only errors.")
@click.pass_context
def evaluation(context: click.Context, /, **given: Any) -> None:  # fmt: skip
    """Score a backend against hand-labelled cases, with no key and no network by default.

    \b
    summarizer eval --split test
    summarizer eval --gate gate.toml --also junit=report.xml --also markdown=summary.md
    summarizer eval compare before.json after.json
    """
    if context.invoked_subcommand:
        return
    from summarizer.errors import UsageError  # noqa: PLC0415 (quick --help)

    if given["dry_run"]:
        raise UsageError("--dry-run: eval has none; `summarizer check --dry-run` counts what one summary costs")
    if given["predictions"] and not given["jsonl"]:
        raise UsageError("--predictions goes with --jsonl")
    outputs = [given["output"], given["predictions"], *(path for _, path in further_forms(given, FORMS))]
    refuse_inputs(outputs, [given[name] for name in ("gate", "jsonl", "matrix", "replies")])
    if given["matrix"]:
        raise SystemExit(_matrix(given))
    raise SystemExit(_rows(given) if given["jsonl"] else _suite(given))


def _suite(given: dict[str, Any]) -> int:
    import time  # noqa: PLC0415 (quick --help)

    from summarizer.scoring.cases import load_suite  # noqa: PLC0415
    from summarizer.scoring.gate import load_policy  # noqa: PLC0415
    from summarizer.scoring.metrics import FAILED  # noqa: PLC0415
    from summarizer.scoring.run import evaluate  # noqa: PLC0415

    suite = load_suite(given["suite"], split=given["split"])
    policy = load_policy(given["gate"]) if given["gate"] else None
    targets = further_forms(given, FORMS)
    backend = chosen(given, 5)
    if not given["quiet"]:
        click.echo(f"summarizer: {backend.name} backend; {safe(backend.destination)}", err=True)
    begun = time.monotonic()
    card = evaluate(
        suite,
        backend,
        repeat=given["repeat"],
        coverage=given["coverage"],
        progress=_progress if sys.stderr.isatty() and not given["quiet"] else None,
    )
    if not given["quiet"]:
        click.echo(f"summarizer: {card.suite.claims} claims in {time.monotonic() - begun:.1f} s", err=True)
    _write(card, given["form"], given["output"], targets)
    status = 3 if any(one.reason in FAILED for one in card.counted()) else 0
    return _gated(card, policy) or status if policy else status


def _progress(done: int, whole: int) -> None:
    click.echo(f"\rsummarizer: {done} of {whole} summaries" + ("\n" if done == whole else ""), nl=False, err=True)


def _write(card: "Scorecard", form: str, output: Path | None, targets: list[tuple[str, Path]]) -> None:
    from summarizer.output import write_whole  # noqa: PLC0415 (quick --help)

    if output is None or str(output) == "-":
        echo(_rendered(card, form, for_people=True))
    else:
        write_whole(output, _rendered(card, form, for_people=False))
    for other, path in targets:
        write_whole(path, _rendered(card, other, for_people=False))


def _rendered(card: "Scorecard", form: str, *, for_people: bool) -> str:
    from summarizer.render import scorecard  # noqa: PLC0415 (quick --help)

    if form == "text":
        width, color = terminal() if for_people else (80, False)
        return scorecard.to_text(card, width=width, color=color, ascii_only=for_people and not prints("✓“…"))
    return {
        "json": scorecard.to_json,
        "markdown": scorecard.to_markdown,
        "junit": scorecard.to_junit,
        "html": scorecard.to_html,
    }[form](card)


def _gated(card: "Scorecard", policy: Any) -> int:
    """Print what the gate found on standard error; 1 where a bar is not met."""
    from summarizer.scoring.gate import judge_card  # noqa: PLC0415 (quick --help)

    findings = judge_card(card, policy)
    for finding in findings:
        if not finding.passed:
            click.echo(f"summarizer: gate: FAILED {safe(finding.words)}", err=True)
    failed = sum(not finding.passed for finding in findings)
    verdict = "failed" if failed else "passed"
    click.echo(f"summarizer: gate {verdict}: {len(findings) - failed} of {len(findings)} bars met", err=True)
    return 1 if failed else 0


def _matrix(given: dict[str, Any]) -> int:
    """Score each set-up of a file; one table, and a picture in HTML."""
    from summarizer.errors import UsageError  # noqa: PLC0415 (quick --help)
    from summarizer.output import write_whole  # noqa: PLC0415
    from summarizer.render.scorecard import matrix as render  # noqa: PLC0415
    from summarizer.scoring.cases import load_suite  # noqa: PLC0415
    from summarizer.scoring.matrix import load_matrix, run_matrix  # noqa: PLC0415

    forms = {"text": render.to_text, "markdown": render.to_markdown, "html": render.to_html, "json": render.to_json}
    targets = [(given["form"], given["output"]), *further_forms(given, FORMS)]
    for form, _ in targets:
        if form not in forms:
            raise UsageError(f"--matrix has no form {form}; it has {', '.join(forms)}")
    rows = run_matrix(load_matrix(given["matrix"]), load_suite(given["suite"], split=given["split"]))
    for form, path in targets:
        if path is None or str(path) == "-":
            echo(forms[form](rows))
        else:
            write_whole(path, forms[form](rows))
    return 0


def _rows(given: dict[str, Any]) -> int:
    """Score one-claim-a-line data."""
    from summarizer.errors import OutputError  # noqa: PLC0415 (quick --help)
    from summarizer.scoring.benchmarks import judge_rows, measure, read_rows, recorded, to_text  # noqa: PLC0415

    backend = chosen(given, 0)
    predictions = judge_rows(read_rows(given["jsonl"]), backend)
    out: Path | None = given["predictions"]
    if out is None:
        echo(to_text(measure(predictions)))
        return 0
    try:
        with out.open("w", encoding="utf-8", newline="\n") as file:
            scores = measure(recorded(predictions, file))
    except OSError as error:
        raise OutputError(f"{out}: cannot be written: {error.strerror or error}") from None
    echo(to_text(scores))
    return 0


@evaluation.command()
@click.argument("first", type=click.Path(path_type=Path))
@click.argument("second", type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def compare(first: Path, second: Path, form: str) -> None:
    """Say whether the run of scorecard SECOND is better or worse than that of FIRST.

    Scorecards are what `summarizer eval --format json -o FILE` writes. Exits with 1 where
    the second is worse.
    """
    from summarizer.render.scorecard.comparison import to_text  # noqa: PLC0415 (quick --help)
    from summarizer.scoring.compare import compare as compared  # noqa: PLC0415
    from summarizer.scoring.scorecard import load_card  # noqa: PLC0415

    found = compared(load_card(first), load_card(second), names=(first.name, second.name))
    echo(found.model_dump_json(indent=2) + "\n" if form == "json" else to_text(found))
    raise SystemExit(1 if found.verdict == "worse" else 0)


@evaluation.command()
@click.argument("card", type=click.Path(path_type=Path))
@click.argument("policy", type=click.Path(path_type=Path))
def gate(card: Path, policy: Path) -> None:
    """Hold the scorecard CARD, a JSON file, to POLICY."""
    from summarizer.scoring.gate import load_policy  # noqa: PLC0415 (quick --help)
    from summarizer.scoring.scorecard import load_card  # noqa: PLC0415

    raise SystemExit(_gated(load_card(card), load_policy(policy)))


@evaluation.command()
@click.argument("card", type=click.Path(path_type=Path))
@click.argument("policy", type=click.Path(path_type=Path))
@click.option("--allow-regression", is_flag=True, help="Pin it even where that lowers a bar.")
def pin(card: Path, policy: Path, allow_regression: bool) -> None:
    """Write suite and baseline of the scorecard CARD into POLICY; no bar is lowered unasked."""
    from summarizer.output import write_whole  # noqa: PLC0415 (quick --help)
    from summarizer.scoring.gate import load_policy, pinned, to_toml  # noqa: PLC0415
    from summarizer.scoring.scorecard import load_card  # noqa: PLC0415

    write_whole(policy, to_toml(pinned(load_card(card), load_policy(policy), allow_regression=allow_regression)))
    click.echo(f"summarizer: pinned {safe(str(policy))}", err=True)


@evaluation.command()
@options(SUITE)
def agreement(suite: Path | None, split: Any) -> None:
    """Print how far the annotators of a suite agree: Cohen's kappa, per label and per kind of error."""
    from summarizer.scoring.agreement import agreed, to_text  # noqa: PLC0415 (quick --help)
    from summarizer.scoring.cases import load_suite  # noqa: PLC0415

    echo(to_text(agreed(load_suite(suite, split=split))))


@evaluation.command()
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option("--annotator", metavar="NAME", help="Whose labels these are (default: first).")
@click.option("--adjudicate", nargs=2, metavar="FIRST SECOND", help="Settle what these two annotators differ on.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Port on 127.0.0.1 (default: a free one).")
@click.option("--no-browser", is_flag=True, help="Only print the address.")
def label(folder: Path, annotator: str | None, adjudicate: tuple[str, str] | None, port: int, no_browser: bool) -> None:
    """Label the claims of DIR by hand, in a page that this machine alone can open.

    DIR holds articles/*.txt, and drafts/*.json or cases/*.json with their claims. Labels
    are kept in DIR/labels/NAME after every key; once two annotators are done, --adjudicate
    writes DIR/cases/*.json. Ctrl-C stops it.

    \b
    summarizer eval label mine --annotator ana
    summarizer eval label mine --adjudicate ana ben
    """
    import threading  # noqa: PLC0415 (quick --help)
    import webbrowser  # noqa: PLC0415

    from summarizer.errors import UsageError  # noqa: PLC0415
    from summarizer.output import write_whole  # noqa: PLC0415
    from summarizer.scoring.label import Adjudication, Labelling, LabelServer, read_tasks  # noqa: PLC0415

    if annotator and adjudicate:
        raise UsageError("--annotator and --adjudicate do not go together; who adjudicates has no labels of their own")
    tasks = read_tasks(folder)
    desk = (
        Adjudication(folder, tasks, first=adjudicate[0], second=adjudicate[1], write=write_whole)
        if adjudicate
        else Labelling(folder, tasks, annotator=annotator or "first", write=write_whole)
    )
    with LabelServer(desk, port=port) as server:
        echo(f"{server.url}\n")
        click.echo("summarizer: every decision is saved at once; Ctrl-C stops the page", err=True)
        if sys.stdout.isatty() and not no_browser:
            threading.Thread(
                target=webbrowser.open, args=(server.url,), daemon=True
            ).start()  # it may wait for an answer
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            click.echo(err=True)
        finally:
            click.echo(f"summarizer: stopped; {safe(server.stop())}", err=True)


@evaluation.command()
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLE...")
@click.option(
    "--sentences",
    type=click.IntRange(1, 200),
    default=12,
    show_default=True,
    help="Sentences to take from each article, at most.",
)
@click.option("--seed", type=int, help="Choose other changes; the same number makes the same ones.")
@click.option(
    "--cases",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Also write articles and cases into DIR, to be edited and scored again.",
)
@options(MODEL)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "markdown"]),
    default="text",
    show_default=True,
    help="Form of the scorecard.",
)
@click.option("-q", "--quiet", is_flag=True, help="No notes on standard error, only errors.")
def mutate(articles: tuple[str, ...], sentences: int, seed: int | None, cases: Path | None, **given: Any) -> None:
    """Break sentences of your own articles, and see which of the errors would be caught.

    ARTICLE is a text file, or - for standard input. Sentences as they are count as supported,
    and broken ones, each changed in one place by code, do not; no labels are needed. Read
    recall_unsupported by kind of error, and false_alarms for the unbroken.

    \b
    summarizer eval mutate report.txt minutes.txt
    summarizer eval mutate report.txt --cases mine && summarizer eval --suite mine
    """
    from summarizer.errors import UsageError  # noqa: PLC0415 (quick --help)
    from summarizer.reading import read_documents  # noqa: PLC0415
    from summarizer.scoring.metrics import FAILED  # noqa: PLC0415
    from summarizer.scoring.mutate import SEED, planted  # noqa: PLC0415
    from summarizer.scoring.run import evaluate  # noqa: PLC0415

    if given["dry_run"]:
        raise UsageError("--dry-run: eval has none; `summarizer check --dry-run` counts what one summary costs")
    if articles.count("-") > 1:
        raise UsageError("- stands for standard input, which can be read only once; name files for the others")
    suite = planted(read_documents(articles), claims=sentences, seed=SEED if seed is None else seed)
    if cases:
        _keep(suite, cases)
    backend = chosen(given, 5)
    if not given["quiet"]:
        click.echo(f"summarizer: {backend.name} backend; {safe(backend.destination)}", err=True)
    card = evaluate(suite, backend, progress=_progress if sys.stderr.isatty() and not given["quiet"] else None)
    _write(card, given["form"], None, [])
    raise SystemExit(3 if any(one.reason in FAILED for one in card.counted()) else 0)


def _keep(suite: "Suite", folder: Path) -> None:
    """Write a suite as files; a file that is there already may hold somebody's labels, and stays."""
    from summarizer.errors import OutputError  # noqa: PLC0415 (quick --help)
    from summarizer.output import write_whole  # noqa: PLC0415
    from summarizer.scoring.mutate import case_files  # noqa: PLC0415

    files = [(folder / path, text) for path, text in case_files(suite)]
    there = next((path for path, _ in files if path.exists()), None)
    if there:
        raise OutputError(f"{there}: is there already, and is not overwritten; name a new folder")
    try:
        for path, _ in files:
            path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"{folder}: cannot be made: {error.strerror or error}") from None
    for path, text in files:
        write_whole(path, text)


@evaluation.command()
def schema() -> None:
    """Print the JSON Schema of a case file."""
    from summarizer.scoring.cases import case_schema  # noqa: PLC0415 (quick --help)

    click.echo(case_schema(), nl=False)
