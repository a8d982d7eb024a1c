"""`summarizer eval mutate` and `label`: your own cases, made by code or by hand."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from summarizer.cli.cards import write
from summarizer.cli.options import (
    CHECKING,
    QUIET,
    announced,
    chosen,
    files,
    form_option,
    options,
    refuse_dry_run,
    refuse_two_inputs,
)
from summarizer.cli.scoring import status
from summarizer.cli.stopping import STOP, Stopped
from summarizer.cli.streams import echo, safe

LABELS = ("supported", "contradicted", "not_in_source", "unsupported")

if TYPE_CHECKING:
    from summarizer.evaluation.adding import Added
    from summarizer.evaluation.cases import Split, Suite


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option("--annotator", metavar="NAME", help="Whose labels these are (default: first).")
@click.option("--adjudicate", is_flag=True, help="Settle the claims on which the annotators NAME... disagree.")
@click.option(
    "--fewest",
    type=click.IntRange(min=2),
    metavar="N",
    help="With --adjudicate: settle claims that N of them have labelled (default: all of them).",
)
@click.option(
    "--alone", is_flag=True, help="There is no second annotator: write DIR/cases as soon as an article is labelled."
)
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Port on 127.0.0.1 (default: a free one).")
@click.option("--no-browser", is_flag=True, help="Only print the address.")
def label(
    folder: Path,
    names: tuple[str, ...],
    *,
    annotator: str | None,
    adjudicate: bool,
    fewest: int | None,
    alone: bool,
    port: int,
    no_browser: bool,
) -> None:
    """Label the claims of DIR by hand, in a page that only this machine can open.

    DIR holds articles/*.txt, and of each its claims: drafts/NAME.txt with one on each line,
    drafts/NAME.json, or a case to label anew. Labels are saved in DIR/labels/NAME after
    every key; once the annotators are done, --adjudicate writes DIR/cases/*.json, and
    where there is but one, --alone does. A case that was edited since stays as it is.
    Ctrl-C stops it.

    \b
    Example:
      summarizer eval label mine --alone
      summarizer eval label mine --annotator ana
      summarizer eval label mine --adjudicate ana ben
    """
    import threading  # noqa: PLC0415 (quick --help)
    import webbrowser  # noqa: PLC0415

    from summarizer.evaluation.label import Adjudication, Labelling, LabellingAlone, LabelServer, read_tasks  # noqa: PLC0415
    from summarizer.output import write_whole  # noqa: PLC0415

    _refuse_contraries(names, annotator=annotator, adjudicate=adjudicate, fewest=fewest, alone=alone)
    tasks = read_tasks(folder)
    own = LabellingAlone if alone else Labelling
    store = (
        Adjudication(folder, tasks, names=names, fewest=fewest, write=write_whole)
        if adjudicate
        else own(folder, tasks, annotator=annotator or "first", write=write_whole)
    )
    with LabelServer(store, port=port) as server:
        echo(f"{server.url}\n")
        for line in store.listed().tasks:
            if line.word:
                click.echo(f"summarizer: {safe(line.article)}: {safe(line.word)}", err=True)
        click.echo("summarizer: every decision is saved at once; Ctrl-C stops the page", err=True)
        if sys.stdout.isatty() and not no_browser:
            threading.Thread(
                target=webbrowser.open, args=(server.url,), daemon=True
            ).start()  # it may wait for an answer
        try:
            server.serve_forever()
        except Stopped as stopped:  # Ctrl-C is how it is meant to end
            STOP.take()
            if stopped.status != 130:
                raise
            click.echo(err=True)
        finally:
            click.echo(f"summarizer: stopped; {safe(server.stop())}", err=True)


def _refuse_contraries(
    names: tuple[str, ...], *, annotator: str | None, adjudicate: bool, fewest: int | None, alone: bool
) -> None:
    """Raise a `UsageError` for options of labelling and of adjudicating that do not go together."""
    from summarizer.errors import UsageError  # noqa: PLC0415 (quick --help)

    if annotator and adjudicate:
        raise UsageError("--annotator and --adjudicate do not go together: an adjudicator has no labels of their own")
    if adjudicate and len(names) < 2:
        raise UsageError("--adjudicate needs the names of two annotators or more after DIR")
    if not adjudicate and (names or fewest):
        raise UsageError(
            f"{safe(names[0]) if names else '--fewest'}: goes with --adjudicate; who labels is named by --annotator"
        )
    if alone and adjudicate:
        raise UsageError("--alone and --adjudicate do not go together: with one annotator there is nothing to settle")


@click.command()
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLE...", shell_complete=files)
@click.option(
    "--sentences",
    type=click.IntRange(1, 200),
    default=12,
    show_default=True,
    help="Sentences to take from each article, at most.",
)
@click.option("--seed", type=int, help="Choose other changes; the same number gives the same changes.")
@click.option(
    "--cases",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Also write articles and cases into DIR, to be edited and scored again.",
)
@options(CHECKING)
@form_option("text", "json", "markdown", help="Format of the scorecard.")
@QUIET
def mutate(articles: tuple[str, ...], sentences: int, seed: int | None, cases: Path | None, **given: Any) -> None:
    """Put errors into sentences of your own articles, and see which of them would be caught.

    ARTICLE is a text file, or - for standard input. Sentences as they are count as supported;
    mutated ones, each changed in one place by code, do not. No labels are needed. Read
    recall_unsupported by kind of error, and false_alarms for the unchanged sentences.

    \b
    Example:
      summarizer eval mutate report.txt minutes.txt
      summarizer eval mutate report.txt --cases mine && summarizer eval --suite mine
    """
    from summarizer.cli.progress import cut_short, evaluating  # noqa: PLC0415
    from summarizer.evaluation.mutated import mutated_suite  # noqa: PLC0415
    from summarizer.evaluation.run import evaluate  # noqa: PLC0415
    from summarizer.llm.ledger import Ledger  # noqa: PLC0415 (quick --help)
    from summarizer.mutation import SEED  # noqa: PLC0415
    from summarizer.reading import read_documents  # noqa: PLC0415

    refuse_dry_run(given)
    refuse_two_inputs(articles)
    suite = mutated_suite(read_documents(articles), claims=sentences, seed=SEED if seed is None else seed)
    if cases:
        _keep(suite, cases)
    ledger = Ledger()
    components = chosen(given, ledger)
    if not given["quiet"]:
        click.echo(f"summarizer: {announced(components)}", err=True)
    with evaluating(ledger, given, suite) as progress:
        card = evaluate(suite, components, progress=progress, stopped=lambda: ledger.stopped)
    write(card, given["form"], None, [])
    if ledger.stopped:
        raise SystemExit(cut_short(card))
    raise SystemExit(status([("", card)]))


@click.command()
@click.argument("file", metavar="FILE", shell_complete=files)
@click.option("--claim", metavar="ID", help="Of a report: the claim, as the report numbers it: c3.")
@click.option("--label", type=click.Choice(LABELS), help="What the source makes of it.")
@click.option("--error", metavar="KIND", help="The kind of error of an unsupported claim.")
@click.option("--quote", "evidence", metavar="WORDS", help="Words of the source that decide, letter by letter.")
@click.option("--note", metavar="TEXT", help="Why the label is what it is.")
@click.option("--split", type=click.Choice(["dev", "test"]), help="Of which part of the suite the article is.")
@click.option(
    "--suite", type=click.Path(path_type=Path), metavar="DIR", help="The suite (default: that of summarizer.toml)."
)
def add(file: str, *, claim: str | None, split: "Split | None", suite: Path | None, **given: str | None) -> None:
    """Add claims of a report to a labelled suite, under labels that a reader gives them.

    FILE is a report that was written with --format json, against one source, and needs
    --claim and --label; or the labels that a reader has saved from the HTML page of a
    report. The article and a table of claims, DIR/cases/NAME.csv, are made or added to; a
    claim that is there already gets what is not said of it yet. Where the other cases are
    of a split, a new article needs --split.

    \b
    Example:
      summarizer eval add report.json --claim c3 --label supported
      summarizer eval add summarizer-labels.json
    """
    from summarizer.cli.saved import data_of, report_in  # noqa: PLC0415 (quick --help)
    from summarizer.errors import UsageError  # noqa: PLC0415
    from summarizer.evaluation.adding import add as added  # noqa: PLC0415
    from summarizer.evaluation.adding import add_labels, labels_in  # noqa: PLC0415
    from summarizer.evaluation.project import project_of  # noqa: PLC0415
    from summarizer.output import write_whole  # noqa: PLC0415

    folder = suite or project_of(Path()).suite
    if folder is None:
        raise UsageError("name the suite with --suite, or under [eval] in summarizer.toml")
    data = data_of(file)
    labels = labels_in(data, safe(file))
    if labels:
        options = {"claim": claim, "quote": given.pop("evidence"), **given}
        if idle := next((name for name, value in options.items() if value), None):
            raise UsageError(f"--{idle}: {safe(file)} has the labels of its reader; leave it out")
        found, names = add_labels(labels, folder, write_whole, split=split), [one.id for one in labels.claims]
    elif claim and given["label"]:
        found, names = added(report_in(data, file), claim, {**given, "split": split}, folder, write_whole), [claim]
    else:
        raise UsageError("a report needs --claim and --label: which claim, and what the source makes of it")
    click.echo(f"summarizer: {safe(', '.join(names))} {_done(found, len(names))}", err=True)


def _done(found: "Added", claims: int) -> str:
    """What became of the claims: `added to evals/cases/storm.csv`."""
    table, there = safe(str(found.table)), claims - found.new - found.completed
    alike = {
        "added to": found.new,
        "completed in": found.completed,
        f"{'is' if claims == 1 else 'are'} there already in": there,
    }
    if what := next((words for words, count in alike.items() if count == claims), None):
        return f"{what} {table}"
    return f"are in {table}: {found.new} new, {found.completed} completed, {there} there already"


def _keep(suite: "Suite", folder: Path) -> None:
    """Write a suite as files; a file that is there already may hold somebody's labels, and stays."""
    from summarizer.errors import OutputError  # noqa: PLC0415 (quick --help)
    from summarizer.evaluation.mutated import case_files  # noqa: PLC0415
    from summarizer.output import write_whole  # noqa: PLC0415

    files = [(folder / path, text) for path, text in case_files(suite)]
    there = next((path for path, _ in files if path.exists()), None)
    if there:
        raise OutputError(f"{there}: already exists and is not overwritten; name a new folder")
    try:
        for path, _ in files:
            path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"{folder}: cannot be made: {error.strerror or error}") from None
    for path, text in files:
        write_whole(path, text)
