"""`summarizer eval compare`, `gate`, `pin`, `agreement`, `metrics` and `schema`: work with scorecards and suites on file."""

from pathlib import Path
from typing import Any

import click

from summarizer.cli.cards import SUITE, gated
from summarizer.cli.options import echo, options, safe


@click.command()
@click.argument("first", type=click.Path(path_type=Path))
@click.argument("second", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Form of the result.",
)
def compare(first: Path, second: Path, form: str) -> None:
    """Say whether the run of scorecard SECOND is better or worse than that of FIRST.

    `summarizer eval --format json -o FILE` writes a scorecard. Exits with 1 if the second
    run is worse.

    \b
    Example:
      summarizer eval compare before.json after.json
    """
    from summarizer.evaluation.cards.comparison import to_text  # noqa: PLC0415 (quick --help)
    from summarizer.evaluation.compare import compare as compared  # noqa: PLC0415
    from summarizer.evaluation.scorecard import load_card  # noqa: PLC0415

    found = compared(load_card(first), load_card(second), names=(first.name, second.name))
    echo(found.model_dump_json(indent=2) + "\n" if form == "json" else to_text(found))
    raise SystemExit(1 if found.verdict == "worse" else 0)


@click.command()
@click.argument("card", type=click.Path(path_type=Path))
@click.argument("policy", type=click.Path(path_type=Path))
def gate(card: Path, policy: Path) -> None:
    """Check that the scorecard CARD, a JSON file, meets POLICY.

    \b
    Example:
      summarizer eval gate after.json gate.toml
    """
    from summarizer.evaluation.policy import load_policy  # noqa: PLC0415 (quick --help)
    from summarizer.evaluation.scorecard import load_card  # noqa: PLC0415

    raise SystemExit(gated(load_card(card), load_policy(policy)))


@click.command()
@click.argument("card", type=click.Path(path_type=Path))
@click.argument("policy", type=click.Path(path_type=Path))
@click.option("--allow-regression", is_flag=True, help="Pin it even if that lowers a bar.")
def pin(card: Path, policy: Path, allow_regression: bool) -> None:
    """Write suite and baseline of the scorecard CARD into POLICY; floors drop only with --allow-regression.

    \b
    Example:
      summarizer eval pin after.json gate.toml
    """
    from summarizer.evaluation.gate import pinned  # noqa: PLC0415
    from summarizer.evaluation.policy import load_policy, repinned  # noqa: PLC0415
    from summarizer.evaluation.scorecard import load_card  # noqa: PLC0415
    from summarizer.output import write_whole  # noqa: PLC0415 (quick --help)

    before = load_policy(policy)
    new = pinned(load_card(card), before, allow_regression=allow_regression)
    write_whole(policy, repinned(policy.read_text(encoding="utf-8"), new))
    click.echo(f"summarizer: pinned {safe(str(policy))}", err=True)


@click.command()
@options(SUITE)
def agreement(suite: Path | None, split: Any) -> None:
    """Print the agreement of the annotators of a suite: Cohen's kappa, per label and per kind of error.

    \b
    Example:
      summarizer eval agreement --suite mine
    """
    from summarizer.evaluation.agreement import agreements, to_text  # noqa: PLC0415 (quick --help)
    from summarizer.evaluation.cases import load_suite  # noqa: PLC0415

    echo(to_text(agreements(load_suite(suite, split=split))))


@click.command()
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown"]),
    default="text",
    show_default=True,
    help="Form of the list.",
)
def metrics(form: str) -> None:
    """List every metric that a scorecard can have and a policy may name, with unit, direction and meaning.

    \b
    Example:
      summarizer eval metrics
    """
    from summarizer.evaluation.cards import definitions  # noqa: PLC0415 (quick --help)

    echo(definitions.to_markdown() if form == "markdown" else definitions.to_text())


@click.command()
def schema() -> None:
    """Print the JSON Schema of a case file.

    \b
    Example:
      summarizer eval schema > case-schema.json
    """
    from summarizer.evaluation.cases import case_schema  # noqa: PLC0415 (quick --help)

    click.echo(case_schema(), nl=False)
