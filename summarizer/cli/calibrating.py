"""`summarizer eval calibrate` and `tune`: fit a calibration profile of a judge on labelled cases."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from summarizer.cli.cards import SUITE, inputs_of, write
from summarizer.cli.options import (
    CHECKING,
    QUIET,
    announced,
    chosen,
    options,
    refuse_dry_run,
    refuse_inputs,
)
from summarizer.cli.scoring import status
from summarizer.cli.streams import echo

if TYPE_CHECKING:
    from summarizer.calibration import CalibrationProfile
    from summarizer.components import Components
    from summarizer.evaluation.calibrating import Fit, Quality
    from summarizer.evaluation.cases import Suite

DECIDING = ("decide", "min_confidence", "profile", "prior")
"""Settings that say what is made of probabilities: there is nothing to fit where they are given."""


PROFILE = [
    click.option(
        "-o",
        "--output",
        type=click.Path(path_type=Path),
        metavar="FILE",
        required=True,
        help="Write the profile to FILE.",
    ),
    click.option("--name", metavar="NAME", help="Name of the profile in reports (default: judge and model)."),
]


@click.command()
@options(SUITE, CHECKING, PROFILE)
@click.option(
    "--test", "and_test", is_flag=True, help="Fit on the split dev, then score the split test with the profile."
)
@QUIET
def calibrate(name: str | None, *, output: Path, and_test: bool, **given: Any) -> None:
    """Fit a calibration profile: how far this judge, with this model and prompt, is to be believed.

    Labelled claims say what its labels and probabilities are worth beside the embedded judge and what else is found,
    and from where on they are sure enough. Fit on one part of the cases and report on the other: --test does both,
    and prints the scorecard of the split that had no part in the fit.

    \b
    Example:
      summarizer eval calibrate --test --model gpt-5.4-mini -o mini.toml
      summarizer check summary.txt --source article.txt --model gpt-5.4-mini --profile mini.toml
    """
    from summarizer.errors import UsageError  # noqa: PLC0415 (quick --help)
    from summarizer.evaluation.case_files import load_suite  # noqa: PLC0415

    _refuse(given, output)
    if and_test and given["split"]:
        raise UsageError("--split and --test do not go together: with --test the profile is fitted on dev")
    if and_test and (silent := next((one.id for one in load_suite(given["suite"]).cases if not one.split), None)):
        raise UsageError(
            f"{silent}: does not say of which split it is, as --test needs; `eval tune` parts the suite itself"
        )
    suite = load_suite(given["suite"], split="dev" if and_test else given["split"])
    unseen = load_suite(given["suite"], split="test") if and_test else None
    raise SystemExit(_fitted(suite, unseen, name, output, given))


@click.command()
@options(SUITE[:1], CHECKING, PROFILE)
@QUIET
def tune(name: str | None, *, output: Path, **given: Any) -> None:
    """Pick thresholds and calibration of a judge on the split dev, and report on the split test.

    That is `eval calibrate --test`, for a suite without splits too: there every third article
    is kept for the report. The profile holds both, and `--profile FILE` uses them.

    \b
    Example:
      summarizer eval tune --suite mine --model gpt-5.4-mini -o mini.toml
    """
    from summarizer.evaluation.case_files import load_suite  # noqa: PLC0415 (quick --help)
    from summarizer.evaluation.cases import parted  # noqa: PLC0415 (quick --help)

    _refuse(given, output)
    suite, unseen = parted(load_suite(given["suite"]))
    raise SystemExit(_fitted(suite, unseen, name, output, given))


def _refuse(given: dict[str, Any], output: Path) -> None:
    """No option is ignored: what has no use here is an error before anything is read."""
    from summarizer.errors import UsageError  # noqa: PLC0415 (quick --help)

    refuse_dry_run(given)
    if idle := next((one for one in DECIDING if given[one] is not None), None):
        raise UsageError(f"--{idle.replace('_', '-')}: has no use here, because the profile says what is sure enough")
    refuse_inputs([output], inputs_of(given))


def _fitted(suite: "Suite", unseen: "Suite | None", name: str | None, output: Path, given: dict[str, Any]) -> int:
    """Fit on the suite, score what is unseen, and only then write the profile; the exit status."""
    from summarizer.calibration import to_toml  # noqa: PLC0415 (quick --help)
    from summarizer.cli.progress import cut_short, evaluating, stopped  # noqa: PLC0415
    from summarizer.evaluation.calibrating import fit, observe  # noqa: PLC0415
    from summarizer.evaluation.run import evaluate  # noqa: PLC0415
    from summarizer.llm.ledger import Ledger  # noqa: PLC0415
    from summarizer.output import write_whole  # noqa: PLC0415

    ledger = Ledger()
    components = chosen(given, ledger)
    if not given["quiet"]:
        click.echo(f"summarizer: {announced(components)}", err=True)
    with evaluating(ledger, given, suite) as progress:
        observed = observe(suite, components, progress=progress, stopped=lambda: ledger.stopped)
    if ledger.stopped:
        return stopped("no profile was written")
    about = components.judge.about
    weighs = components.deciding.profile is None or components.deciding.profile.weighs_labels
    fitted = fit(
        observed.observations,
        about,
        name=name or ", ".join(filter(None, (about.name, about.model))),
        data=suite.name,
        weighs_labels=weighs,
    )
    card = None
    if unseen:
        profiled = _with_profile(components, fitted.profile)
        with evaluating(ledger, given, unseen) as progress:
            card = evaluate(unseen, profiled, progress=progress, stopped=lambda: ledger.stopped)
    write_whole(output, to_toml(fitted.profile, command="summarizer eval calibrate"))
    echo(_told(fitted, observed.left_out))
    if card is None:
        return 0
    echo("\nThe split test, which had no part in the profile:\n\n")
    write(card, "text", None, [])
    if ledger.stopped:
        return cut_short(card)
    return status([("", card)])


def _with_profile(components: "Components", profile: "CalibrationProfile") -> "Components":
    """The same components as `--profile` puts together: with the witnesses that earned a weight alone."""
    heard = tuple(one for one in components.witnesses if one.about.name in profile.support.witnesses)
    return components._replace(
        deciding=components.deciding._replace(profile=profile), witnesses=heard, controls=False
    )  # fmt: skip


def _told(fitted: "Fit", left_out: int) -> str:
    from summarizer.calibration import USUAL_PRIOR  # noqa: PLC0415 (quick --help)

    profile, chosen = fitted.profile, fitted.chosen
    beside = [f"{name} {weight:g}" for name, weight in profile.support.witnesses.items()]
    found = [f"{kind.value} {weight:g}" for kind, weight in profile.support.findings.items()]
    lines = [
        f"{profile.fitted['claims']} claims of {profile.fitted['articles']} articles; {left_out} left out, without an answer to weigh",
        f"weights in log-odds: judge {profile.support.scale:g}; "
        f"witnesses: {', '.join(beside) or 'none helps'}; findings: {', '.join(found) or 'none helps'}",
        f"supported from {chosen.supported:.2f} on, flagged from {chosen.flagged:.2f} on",
        "",
        f"{'on articles that it has not seen':34}decided      right        false support  sound ones flagged",
        *([_line("the judge's labels alone", fitted.alone)] if fitted.alone.decided else []),
        _line("with the profile", fitted.unseen),
        "",
        f"calibration error at {USUAL_PRIOR:.0%} sound {fitted.error:.3f}, log-loss {fitted.loss:.3f} (0.693 knows nothing)",
    ]
    if not chosen.supported_holds:
        lines.append("no probability is right often enough for `supported`: with this profile nearly nothing will be")
    if not chosen.flagged_holds:
        lines.append("no probability is right often enough to flag a claim: with this profile nearly nothing will be")
    return "".join(f"{line}\n" for line in lines)


def _line(title: str, one: "Quality") -> str:
    parts = (
        f"{one.decided} of {one.claims}", f"{one.right} of {one.claims}",
        f"{one.false_support} of {one.unsound}", f"{one.accused} of {one.sound}",
    )  # fmt: skip
    return f"{title:34}{parts[0]:13}{parts[1]:13}{parts[2]:15}{parts[3]}"
