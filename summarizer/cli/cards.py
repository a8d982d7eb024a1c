"""Where scorecards go, and what a policy makes of them: what the commands of `eval` share."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from summarizer.cli.options import echo, prints, safe, terminal

if TYPE_CHECKING:
    from summarizer.evaluation.scorecard import Scorecard

FORMS = ("text", "json", "markdown", "junit", "html")
SUITE = [
    click.option("--suite", type=click.Path(path_type=Path), metavar="DIR", help="Folder with cases/ and articles/, instead of the built-in suite."),
    click.option("--split", type=click.Choice(["dev", "test"]), help="Only the articles to tune on, or to report on (default: both)."),
]  # fmt: skip


def write(card: "Scorecard", form: str, output: Path | None, targets: list[tuple[str, Path]]) -> None:
    from summarizer.output import write_whole  # noqa: PLC0415 (quick --help)

    if output is None or str(output) == "-":
        echo(_rendered(card, form, for_people=True))
    else:
        write_whole(output, _rendered(card, form, for_people=False))
    for other, path in targets:
        write_whole(path, _rendered(card, other, for_people=False))


def _rendered(card: "Scorecard", form: str, *, for_people: bool) -> str:
    from summarizer.report import scorecard  # noqa: PLC0415 (quick --help)

    if form == "text":
        width, color = terminal() if for_people else (80, False)
        return scorecard.to_text(card, width=width, color=color, ascii_only=for_people and not prints("✓“…"))
    return {
        "json": scorecard.to_json,
        "markdown": scorecard.to_markdown,
        "junit": scorecard.to_junit,
        "html": scorecard.to_html,
    }[form](card)


def gated(card: "Scorecard", policy: Any) -> int:
    """Print what the gate found on standard error; 1 where a bar is not met."""
    from summarizer.evaluation.gate import judge_card  # noqa: PLC0415 (quick --help)

    findings = judge_card(card, policy)
    for finding in findings:
        if not finding.passed:
            click.echo(f"summarizer: gate: FAILED {safe(finding.words)}", err=True)
    failed = sum(not finding.passed for finding in findings)
    verdict = "failed" if failed else "passed"
    click.echo(f"summarizer: gate {verdict}: {len(findings) - failed} of {len(findings)} bars met", err=True)
    return 1 if failed else 0
