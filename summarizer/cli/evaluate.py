"""`summarizer eval`: score a judge against labelled cases, compare runs, hold them to a policy."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from summarizer.cli import authoring, calibrating, scorecards
from summarizer.cli.cards import FORMS, SUITE, inputs_of, write
from summarizer.cli.options import (
    MODEL,
    QUIET,
    announced,
    chosen,
    form_option,
    further_forms,
    name_of,
    options,
    refuse_dry_run,
    refuse_inputs,
    refuse_writing,
)
from summarizer.cli.scoring import name_of_rows, policy, scorer, status, suite
from summarizer.cli.streams import echo, safe

if TYPE_CHECKING:
    from summarizer.components import Components
    from summarizer.evaluation.policy import Policy
    from summarizer.evaluation.scorecard import Scorecard

EPILOG = """\b
Exit status:
  0  scored; with --gate, every bar of the policy is met
  1  a bar is not met, or `compare` finds the second run worse
  2  wrong usage, or a case, scorecard or policy that cannot be used
  3  scored, but claims are unchecked: a call failed, was refused, the budget
     ran out, or the claim was too long; undecided is no failure
  4  the provider refused key, quota or model
  5  the provider gave no answer
  130, 143  stopped by Ctrl-C or SIGTERM; the result has what was done by then
"""


@click.group(name="eval", invoke_without_command=True, epilog=EPILOG)
@options(SUITE, MODEL)
@click.option(
    "--repeat",
    type=click.IntRange(1, 20),
    default=1,
    help="Run it N times, and say how many outcomes change; scores, calls and cost are of the first time.",
)
@click.option(
    "--coverage", is_flag=True, help="Also write a summary of each article, and score which key sentences it covers."
)
@form_option(*FORMS, help="Format of the scorecard, where the ending of -o chooses none.")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Write the scorecard to FILE.")
@click.option("--also", multiple=True, metavar="FORM=FILE", help="Write it in another form too; repeat it for several.")
@click.option(
    "--gate",
    type=click.Path(path_type=Path),
    metavar="POLICY",
    help="Hold the run, or every set-up of --matrix, to a policy file.",
)
@click.option(
    "--jsonl",
    type=click.Path(path_type=Path),
    multiple=True,
    metavar="FILE",
    help="Score one-claim-a-line data, or a file of a public benchmark, instead of a suite; repeat it for several.",
)
@click.option(
    "--limit", type=click.IntRange(min=1), metavar="N", help="Only the first N articles, or documents of --jsonl."
)
@click.option(
    "--predictions",
    type=click.Path(path_type=Path),
    metavar="OUT",
    help="Write a line for each claim: true label, label, probabilities, evidence, cost.",
)
@click.option(
    "--predictions-in",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Judge nothing, and score the answers of another system: id with label, score or both, a line for each claim.",
)
@click.option(
    "--matrix",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Score each set-up of a TOML file, side by side; settings given here hold for those that do not name their own.",
)
@QUIET
@click.pass_context
def evaluation(context: click.Context, /, **given: Any) -> None:  # fmt: skip
    """Score a judge against hand-labelled cases, with no key and no network by default.

    In a folder whose summarizer.toml has a table [eval], as `summarizer init` writes it,
    its suite is scored, its policy held to and its scorecard written, unless that of a run
    that met the policy would give way to one that does not. Elsewhere the suite is the
    built-in one.

    \b
    Example:
      summarizer eval --split test
      summarizer eval --gate gate.toml --also junit=report.xml --also markdown=summary.md
    """
    if context.invoked_subcommand:
        return

    _refuse(given)
    given |= _of_project(given)
    outputs = [given["output"], given["card"], given["predictions"], *(path for _, path in further_forms(given, FORMS))]
    refuse_inputs(outputs, inputs_of(given))
    run = _answered if given["predictions_in"] else _matrix if given["matrix"] else _single
    raise SystemExit(run(given))


def _of_project(given: dict[str, Any]) -> dict[str, Any]:
    """What the project file says of a run that names no data of its own: suite, and of a whole run policy and card.

    `policy` is the one that it names, whether the run is held to it or not.
    """
    from summarizer.evaluation.project import gate_of, history_of, project_of  # noqa: PLC0415 (quick --help)

    if given["suite"] or given["jsonl"] or (project := project_of(Path())).suite is None:
        return {"card": None, "history": None}
    found: dict[str, Any] = {"suite": project.suite, "card": None, "history": None, "policy": project.gate}
    part = next((name for name in ("matrix", "split", "limit") if given[name]), None)
    if not part:
        found["gate"] = given["gate"] or gate_of(project)
        if not given["predictions_in"]:
            found |= {"card": project.card, "history": history_of(project)}
    if not given["quiet"]:
        held = f", policy {safe(str(found['gate']))}" if found.get("gate") else ""
        click.echo(f"summarizer: summarizer.toml: suite {safe(str(project.suite))}{held}", err=True)
        if part and project.gate and not given["gate"]:
            why = "it is for one set-up" if part == "matrix" else "it is for the whole suite"
            click.echo(
                f"summarizer: the policy of summarizer.toml is not asked with --{part}: {why}; --gate names one",
                err=True,
            )
    return found


def _refuse(given: dict[str, Any]) -> None:
    """No option is ignored: what does not go together is an error before anything is read."""
    from summarizer.errors import UsageError  # noqa: PLC0415 (quick --help)

    refuse_dry_run(given)
    if not given["coverage"]:
        refuse_writing(given, "only --coverage has summaries written")
    together = {
        "--jsonl and --suite": (given["jsonl"] and given["suite"], "both say what is scored; give one of them"),
        "--jsonl and --coverage": (given["jsonl"] and given["coverage"], "rows have no key sentences to be covered"),
        "--matrix and --predictions": (
            given["matrix"] and given["predictions"],
            "the lines of several set-ups would mix",
        ),
        "--matrix and --record": (given["matrix"] and given["record"], "the replies of several set-ups would mix"),
        "--record and --replies": (given["record"] and given["replies"], "what is replayed is recorded already"),
    }
    for names, (both, why) in together.items():
        if both:
            raise UsageError(f"{names} do not go together: {why}")
    idle = [*(name_of(one) for one in MODEL), "coverage", "predictions", "matrix"]
    if given["predictions_in"] and (given["repeat"] > 1 or any(given[name] not in (None, False) for name in idle)):
        first = next((name for name in idle if given[name] not in (None, False)), "repeat")
        raise UsageError(f"--{first.replace('_', '-')}: with --predictions-in nothing is judged; leave it out")


def _single(given: dict[str, Any]) -> int:
    import time  # noqa: PLC0415 (quick --help)

    from summarizer.cli.progress import cut_short, stopped  # noqa: PLC0415
    from summarizer.evaluation.gate import with_bars  # noqa: PLC0415
    from summarizer.llm.ledger import Ledger  # noqa: PLC0415

    ledger = Ledger()
    held_to = policy(given)
    targets = further_forms(given, FORMS)
    score = scorer(given, ledger)
    components = chosen(given, ledger)
    if not given["quiet"]:
        click.echo(f"summarizer: {announced(components)}", err=True)
    begun = time.monotonic()
    card = score(components)
    if components.remote and ledger.calls:  # of anything else the same input gives the same bytes
        facts = card.run.model_copy(update={"seconds_per_call": (time.monotonic() - begun) / ledger.calls})
        card = card.model_copy(update={"run": facts})
    if not given["quiet"]:
        click.echo(f"summarizer: {card.suite.claims} claims in {time.monotonic() - begun:.1f} s", err=True)
    if held_to and not ledger.stopped:  # a part of a run is held to no policy
        card = with_bars(card, held_to)
    if given["card"]:
        why = "the run was cut short" if ledger.stopped else _why_kept(card, given["card"], held_to)
        if not why:
            targets.append(("json", given["card"]))
        elif not given["quiet"]:
            shown = safe(str(given["card"]))
            click.echo(f"summarizer: {shown} stays as it is: {why}; --format json -o FILE writes this one", err=True)
    write(card, given["form"], given["output"], targets)
    if given["history"] and not ledger.stopped:
        _keep(card, given)
    if ledger.stopped:
        return stopped("the scores are of the claims judged so far") if given["jsonl"] else cut_short(card)
    return status([("", card)])


def _why_kept(card: "Scorecard", path: Path, held_to: "Policy | None") -> str:
    """Why the scorecard of the project is not that of this run; empty where it is."""
    from summarizer.evaluation.gate import takes_place  # noqa: PLC0415 (quick --help)
    from summarizer.evaluation.scorecard import load_card  # noqa: PLC0415

    if held_to is None or not path.exists() or takes_place(card, load_card(path), held_to):
        return ""
    return "it meets the policy, and this run does not"


def _keep(card: "Scorecard", given: dict[str, Any]) -> None:
    from summarizer.evaluation.history import keep  # noqa: PLC0415 (quick --help)
    from summarizer.output import write_whole  # noqa: PLC0415

    kept = keep(card, given["history"], write_whole)
    if kept and not given["quiet"]:
        click.echo(f"summarizer: kept {safe(str(kept))}", err=True)


def _answered(given: dict[str, Any]) -> int:
    """Score the answers of another system."""
    from summarizer.evaluation.answers import read_answers, score_rows, score_suite  # noqa: PLC0415 (quick --help)
    from summarizer.evaluation.benchmarks import rows_of  # noqa: PLC0415
    from summarizer.evaluation.gate import with_bars  # noqa: PLC0415

    held_to, targets, source = policy(given), further_forms(given, FORMS), given["predictions_in"]
    answers = read_answers(source)
    if given["jsonl"]:
        rows = rows_of(given["jsonl"], split=given["split"], limit=given["limit"])
        card = score_rows(rows, answers, source, name=name_of_rows(given))
    else:
        card = score_suite(suite(given), answers, source)
    if not given["quiet"]:
        for warning in card.run.warnings:
            click.echo(f"summarizer: {safe(warning)}", err=True)
    card = with_bars(card, held_to) if held_to else card
    write(card, given["form"], given["output"], targets)
    return status([("", card)])


def _matrix(given: dict[str, Any]) -> int:
    """Score each set-up of a file; one table, and a picture in HTML."""
    from summarizer.cli.options import run_options  # noqa: PLC0415 (quick --help)
    from summarizer.cli.progress import stopped  # noqa: PLC0415
    from summarizer.errors import UsageError  # noqa: PLC0415
    from summarizer.evaluation.cards import matrix as render  # noqa: PLC0415
    from summarizer.evaluation.gate import with_bars  # noqa: PLC0415
    from summarizer.evaluation.matrix import load_matrix, run_matrix  # noqa: PLC0415
    from summarizer.llm.ledger import Ledger  # noqa: PLC0415
    from summarizer.output import write_whole  # noqa: PLC0415
    from summarizer.settings import SPECS  # noqa: PLC0415

    forms = {
        "text": render.to_text,
        "markdown": render.to_markdown,
        "html": render.to_html,
        "json": render.to_json,
        "junit": render.to_junit,
    }
    targets = [(given["form"], given["output"]), *further_forms(given, FORMS)]
    for form, _ in targets:
        if form not in forms:
            raise UsageError(f"--matrix cannot be written as {form}; use {', '.join(forms)}")
    held_to = policy(given)
    set_ups, ledger = load_matrix(given["matrix"]), Ledger()
    settings = {name: value for name, value in given.items() if name in SPECS and value is not None}

    def begun(name: str, components: "Components") -> None:
        if not given["quiet"]:
            click.echo(f"summarizer: {safe(name)}: {announced(components)}", err=True)

    rows = run_matrix(
        set_ups,
        scorer(given, ledger),
        ledger=ledger,
        settings=settings,
        options=run_options(given, ledger),
        begun=begun,
    )
    if held_to and not ledger.stopped:
        rows = tuple(row._replace(card=with_bars(row.card, held_to)) for row in rows)
    for form, path in targets:
        if path is None or str(path) == "-":
            echo(forms[form](rows), for_people=form == "text")
        else:
            write_whole(path, forms[form](rows))
    if ledger.stopped:
        return stopped(f"{len(rows)} of {len(set_ups)} set-ups are in the table")
    return status([(row.name, row.card) for row in rows])


for command in (
    scorecards.compare,
    scorecards.gate,
    scorecards.pin,
    scorecards.history,
    scorecards.view,
    scorecards.agreement,
    scorecards.metrics,
    scorecards.schema,
    authoring.add,
    authoring.label,
    authoring.mutate,
    calibrating.calibrate,
    calibrating.tune,
):
    evaluation.add_command(command)
