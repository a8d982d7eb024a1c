"""`summarizer eval`: score a judge against labelled cases, compare runs, hold them to a policy."""

from pathlib import Path
from typing import Any

import click

from summarizer.cli import authoring, calibrating, scorecards
from summarizer.cli.cards import FORMS, SUITE, gated, write
from summarizer.cli.options import MODEL, announced, chosen, echo, further_forms, options, refuse_inputs

EPILOG = """\b
Exit status:
  0  scored; with --gate, every bar of the policy is met
  1  a bar is not met, or `compare` finds the second run worse
  2  wrong usage, or a case, scorecard or policy that cannot be used
  3  scored, but a failed call left claims unchecked; undecided is no failure
  4  the provider refused key, quota or model
  5  the provider gave no answer
  130, 143  stopped by Ctrl-C or SIGTERM; the card has what was done by then
"""


@click.group(name="eval", invoke_without_command=True, epilog=EPILOG)
@options(SUITE, MODEL)
@click.option(
    "--repeat", type=click.IntRange(1, 20), default=1, help="Run it N times, and say how many outcomes change."
)
@click.option(
    "--coverage", is_flag=True, help="Also write a summary of each article, and score which key sentences it covers."
)
@click.option(
    "--format", "form", type=click.Choice(FORMS), default="text", show_default=True, help="Format of the scorecard."
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
    """Score a judge against hand-labelled cases, with no key and no network by default.

    \b
    Example:
      summarizer eval --split test
      summarizer eval --gate gate.toml --also junit=report.xml --also markdown=summary.md
    """
    if context.invoked_subcommand:
        return
    from summarizer.errors import UsageError  # noqa: PLC0415 (quick --help)

    if given["dry_run"]:
        raise UsageError("--dry-run: not for eval; `summarizer check --dry-run` counts what one summary costs")
    if given["predictions"] and not given["jsonl"]:
        raise UsageError("--predictions goes with --jsonl")
    outputs = [given["output"], given["predictions"], *(path for _, path in further_forms(given, FORMS))]
    refuse_inputs(outputs, [given[name] for name in ("gate", "jsonl", "matrix", "replies")])
    if given["matrix"]:
        raise SystemExit(_matrix(given))
    raise SystemExit(_rows(given) if given["jsonl"] else _suite(given))


def _suite(given: dict[str, Any]) -> int:
    import time  # noqa: PLC0415 (quick --help)

    from summarizer.cli.progress import cut_short, evaluating  # noqa: PLC0415
    from summarizer.evaluation.cases import load_suite  # noqa: PLC0415
    from summarizer.evaluation.metrics import FAILED  # noqa: PLC0415
    from summarizer.evaluation.policy import load_policy  # noqa: PLC0415
    from summarizer.evaluation.run import evaluate  # noqa: PLC0415
    from summarizer.llm.ledger import Ledger  # noqa: PLC0415

    suite = load_suite(given["suite"], split=given["split"])
    policy = load_policy(given["gate"]) if given["gate"] else None
    targets = further_forms(given, FORMS)
    ledger = Ledger()
    components = chosen(given, ledger)
    if not given["quiet"]:
        click.echo(f"summarizer: {announced(components)}", err=True)
    begun = time.monotonic()
    with evaluating(ledger, given, suite) as progress:
        card = evaluate(
            suite,
            components,
            repeat=given["repeat"],
            coverage=given["coverage"],
            progress=progress,
            stopped=lambda: ledger.stopped,
        )
    if not given["quiet"]:
        click.echo(f"summarizer: {card.suite.claims} claims in {time.monotonic() - begun:.1f} s", err=True)
    write(card, given["form"], given["output"], targets)
    if ledger.stopped:  # a part of a run is held to no policy
        return cut_short(card)
    status = 3 if any(one.reason in FAILED for one in card.counted()) else 0
    return gated(card, policy) or status if policy else status


def _matrix(given: dict[str, Any]) -> int:
    """Score each set-up of a file; one table, and a picture in HTML."""
    from summarizer.cli.progress import evaluating, stopped  # noqa: PLC0415
    from summarizer.errors import UsageError  # noqa: PLC0415
    from summarizer.evaluation.cards import matrix as render  # noqa: PLC0415
    from summarizer.evaluation.cases import load_suite  # noqa: PLC0415
    from summarizer.evaluation.matrix import load_matrix, run_matrix  # noqa: PLC0415
    from summarizer.llm.ledger import Ledger  # noqa: PLC0415 (quick --help)
    from summarizer.output import write_whole  # noqa: PLC0415

    forms = {"text": render.to_text, "markdown": render.to_markdown, "html": render.to_html, "json": render.to_json}
    targets = [(given["form"], given["output"]), *further_forms(given, FORMS)]
    for form, _ in targets:
        if form not in forms:
            raise UsageError(f"--matrix cannot be written as {form}; use {', '.join(forms)}")
    set_ups, suite, ledger = load_matrix(given["matrix"]), load_suite(given["suite"], split=given["split"]), Ledger()
    with evaluating(ledger, given) as progress:
        rows = run_matrix(set_ups, suite, ledger=ledger, progress=progress)
    for form, path in targets:
        if path is None or str(path) == "-":
            echo(forms[form](rows))
        else:
            write_whole(path, forms[form](rows))
    return stopped(f"{len(rows)} of {len(set_ups)} set-ups are in the table") if ledger.stopped else 0


def _rows(given: dict[str, Any]) -> int:
    """Score one-claim-a-line data."""
    from summarizer.cli.progress import judging, stopped  # noqa: PLC0415
    from summarizer.errors import OutputError  # noqa: PLC0415
    from summarizer.evaluation.benchmarks import judge_rows, measure, read_rows, recorded, to_text  # noqa: PLC0415
    from summarizer.llm.ledger import Ledger  # noqa: PLC0415 (quick --help)

    ledger = Ledger()
    predictions = judge_rows(read_rows(given["jsonl"]), chosen(given, ledger))
    out: Path | None = given["predictions"]
    with judging(ledger, given, predictions) as judged:
        if out is None:
            scores = measure(judged)
        else:
            try:
                with out.open("w", encoding="utf-8", newline="\n") as file:
                    scores = measure(recorded(judged, file))
            except OSError as error:
                raise OutputError(f"{out}: cannot be written: {error.strerror or error}") from None
    echo(to_text(scores))
    return stopped("the scores are of the claims judged so far") if ledger.stopped else 0


for command in (
    scorecards.compare,
    scorecards.gate,
    scorecards.pin,
    scorecards.agreement,
    scorecards.metrics,
    scorecards.schema,
    authoring.label,
    authoring.mutate,
    calibrating.calibrate,
):
    evaluation.add_command(command)
