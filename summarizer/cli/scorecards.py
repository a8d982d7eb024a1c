"""`summarizer eval compare`, `gate`, `pin`, `history`, `view`, `agreement`, `metrics` and `schema`: work with what is on file."""

from pathlib import Path
from typing import Any

import click

from summarizer.cli.cards import SUITE, gated
from summarizer.cli.options import files, form_option, options
from summarizer.cli.results import open_in_browser
from summarizer.cli.streams import echo, safe


@click.command()
@click.argument("first", type=click.Path(path_type=Path))
@click.argument("second", type=click.Path(path_type=Path))
@form_option("text", "json", help="Form of the result.")
@click.option(
    "--policy",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Take the score that decides and the margins of the guardrails from the table [compare] of this policy (default: that of summarizer.toml).",
)
def compare(first: Path, second: Path, form: str, policy: Path | None) -> None:
    """Say whether the run of scorecard SECOND is better or worse than that of FIRST.

    `summarizer eval --format json -o FILE` writes a scorecard. Exits with 1 if the second
    run is worse: by three-way accuracy, or by false support that rises beyond two points,
    whatever else it gains. A policy may name others.

    \b
    Example:
      summarizer eval compare before.json after.json
    """
    from summarizer.evaluation.cards.comparison import to_text  # noqa: PLC0415 (quick --help)
    from summarizer.evaluation.compare import compare as compared  # noqa: PLC0415
    from summarizer.evaluation.policy import load_policy  # noqa: PLC0415
    from summarizer.evaluation.scorecard import load_card  # noqa: PLC0415
    from summarizer.report.safe import printable_json  # noqa: PLC0415

    policy = policy or _of_project()
    rules = load_policy(policy).compare if policy else None
    found = compared(load_card(first), load_card(second), names=(first.name, second.name), rules=rules)
    shown = printable_json(found.model_dump(mode="json"), indent=2) + "\n" if form == "json" else to_text(found)
    echo(shown, for_people=form == "text")
    raise SystemExit(1 if found.verdict == "worse" else 0)


def _of_project() -> Path | None:
    """The policy that summarizer.toml names, where it names one."""
    from summarizer.evaluation.project import gate_of, project_of  # noqa: PLC0415 (quick --help)

    found = gate_of(project_of(Path()))
    if found:
        click.echo(f"summarizer: summarizer.toml: policy {safe(str(found))}", err=True)
    return found


@click.command()
@click.argument("card", type=click.Path(path_type=Path))
@click.argument("policy", type=click.Path(path_type=Path))
def gate(card: Path, policy: Path) -> None:
    """Check that the scorecard CARD, a JSON file, meets POLICY.

    \b
    Example:
      summarizer eval gate after.json gate.toml
    """
    from summarizer.evaluation.gate import with_bars  # noqa: PLC0415
    from summarizer.evaluation.policy import load_policy  # noqa: PLC0415 (quick --help)
    from summarizer.evaluation.scorecard import load_card  # noqa: PLC0415

    raise SystemExit(gated(with_bars(load_card(card), load_policy(policy)).bars))


@click.command()
@click.argument("card", type=click.Path(path_type=Path), required=False)
@click.argument("policy", type=click.Path(path_type=Path), required=False)
@click.option("--allow-regression", is_flag=True, help="Pin it even if that lowers a bar.")
@click.option("--init", is_flag=True, help="Write a new policy whose bars this run meets.")
def pin(card: Path | None, policy: Path | None, allow_regression: bool, init: bool) -> None:
    """Write suite and baseline of the scorecard CARD into POLICY; floors drop only with --allow-regression.

    Without CARD and POLICY, those that summarizer.toml names. With --init POLICY is a new
    file, with bars at the ends of the run's intervals.

    \b
    Example:
      summarizer eval pin
      summarizer eval pin after.json gate.toml
    """
    from summarizer.errors import OutputError, UsageError  # noqa: PLC0415 (quick --help)
    from summarizer.evaluation.gate import doubts, first_policy, pinned  # noqa: PLC0415
    from summarizer.evaluation.policy import load_policy, repinned, to_toml  # noqa: PLC0415
    from summarizer.evaluation.scorecard import load_card  # noqa: PLC0415
    from summarizer.output import write_whole  # noqa: PLC0415

    card, policy = _named(card, policy)
    if init and allow_regression:
        raise UsageError("--init and --allow-regression do not go together: a new policy has no bars to lower")
    if init:
        if policy.exists():
            raise OutputError(f"{safe(str(policy))}: already exists; leave out --init to pin it again")
        run = load_card(card)
        new = first_policy(run)
        write_whole(policy, to_toml(new))
        click.echo(f"summarizer: wrote {safe(str(policy))}", err=True)
    else:
        run = load_card(card)
        before = load_policy(policy, card=run)
        new = pinned(run, before, allow_regression=allow_regression)
        write_whole(policy, repinned(policy.read_text(encoding="utf-8-sig"), new))
        click.echo(f"summarizer: pinned {safe(str(policy))}", err=True)
    for doubt in doubts(run, new):
        click.echo(f"summarizer: warning: {safe(doubt)}", err=True)


def _named(card: Path | None, policy: Path | None) -> tuple[Path, Path]:
    """What is to be pinned into what. Raises a `UsageError` where neither the command line nor the project says."""
    from summarizer.errors import UsageError  # noqa: PLC0415 (quick --help)
    from summarizer.evaluation.project import project_of  # noqa: PLC0415

    if card and policy:
        return card, policy
    project = project_of(Path())
    if card or not (project.card and project.gate):
        raise UsageError("name CARD and POLICY, or neither where summarizer.toml has them under [eval]")
    if not project.card.exists():
        raise UsageError(f"{safe(str(project.card))}: no run is there to be pinned; start one with `summarizer eval`")
    return project.card, project.gate


@click.command()
@click.argument("cards", nargs=-1, type=click.Path(path_type=Path), metavar="[CARD...]", shell_complete=files)
@form_option("text", "html", "json", help="Form of the result, where the ending of -o chooses none.")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Write the result to FILE.")
@click.option(
    "--open",
    "open_page",
    is_flag=True,
    help="Open the page in the browser too; it is kept where -o names a file for it.",
)
def history(cards: tuple[Path, ...], *, form: str, output: Path | None, open_page: bool) -> None:
    """Show scorecards over time: every run, what moved, and each claim's answers from run to run.

    CARD is a scorecard, or a folder of them, in order; without any, the folder that
    summarizer.toml names under [eval] history, where `summarizer eval` keeps each run that
    says something new. The page has trends, curves and filters, and needs no network.

    \b
    Example:
      summarizer eval history
      summarizer eval history before.json after.json --format html -o history.html
    """
    _shown(cards, form=form, output=output, open_page=open_page)


@click.command()
@click.argument("cards", nargs=-1, type=click.Path(path_type=Path), metavar="[CARD...]", shell_complete=files)
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Keep the page in FILE.")
def view(cards: tuple[Path, ...], *, output: Path | None) -> None:
    """Open the page of `eval history` in the browser: runs over time, and each claim's answers.

    CARD is a scorecard, or a folder of them; without any, those that summarizer.toml names.

    \b
    Example:
      summarizer eval view
      summarizer eval view card.json
    """
    _shown(cards, form="html", output=output, open_page=True, on_screen=False)


def _shown(cards: tuple[Path, ...], *, form: str, output: Path | None, open_page: bool, on_screen: bool = True) -> None:
    from summarizer.cli.options import refuse_inputs  # noqa: PLC0415 (quick --help)
    from summarizer.errors import UsageError  # noqa: PLC0415
    from summarizer.evaluation.cards import history as render  # noqa: PLC0415
    from summarizer.evaluation.history import cards_in, load_history  # noqa: PLC0415
    from summarizer.evaluation.project import project_of  # noqa: PLC0415
    from summarizer.output import write_whole  # noqa: PLC0415
    from summarizer.settings import settings_files  # noqa: PLC0415

    project = project_of(Path())
    shown = cards or ([project.history] if project.history else [])
    if not shown:
        raise UsageError("name scorecards, or a folder of them under [eval] history in summarizer.toml")
    refuse_inputs([output], [*cards_in(shown), project.card, project.gate, *settings_files(Path())])
    runs = load_history(shown)
    forms = {"text": render.to_text, "html": render.to_html, "json": render.to_json}
    kept_in = None if output is None or str(output) == "-" else output
    if kept_in:
        write_whole(kept_in, forms[form](runs))
    elif on_screen or output:
        echo(forms[form](runs), for_people=form == "text")
    if open_page:
        open_in_browser(render.to_html(runs), kept_in if form == "html" else None)


@click.command()
@options(SUITE)
def agreement(suite: Path | None, split: Any) -> None:
    """Print the agreement of the annotators of a suite, per label and per kind of error.

    Cohen's kappa of two annotators; of more, Krippendorff's alpha, which allows for claims
    that not everybody labelled, and the kappa of each two. Intervals are over articles.

    \b
    Example:
      summarizer eval agreement --suite mine
    """
    from summarizer.evaluation.agreement import agreements, to_text  # noqa: PLC0415 (quick --help)
    from summarizer.evaluation.case_files import load_suite  # noqa: PLC0415

    echo(to_text(agreements(load_suite(suite, split=split))))


@click.command()
@form_option("text", "markdown", help="Form of the list.")
def metrics(form: str) -> None:
    """List every metric that a scorecard can have and a policy may name, with unit, direction and meaning.

    \b
    Example:
      summarizer eval metrics
    """
    from summarizer.evaluation.cards import definitions  # noqa: PLC0415 (quick --help)

    echo(definitions.to_markdown() if form == "markdown" else definitions.to_text(), for_people=form == "text")


@click.command()
@click.option(
    "--of",
    type=click.Choice(["case", "scorecard"]),
    default="case",
    show_default=True,
    help="A file that people label, or a scorecard.",
)
def schema(of: str) -> None:
    """Print the JSON Schema of a case file or of a scorecard.

    \b
    Example:
      summarizer eval schema > case-schema.json
    """
    from summarizer.evaluation.cases import case_schema  # noqa: PLC0415 (quick --help)
    from summarizer.evaluation.scorecard import card_schema  # noqa: PLC0415

    echo(case_schema() if of == "case" else card_schema(), for_people=False)
