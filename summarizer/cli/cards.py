"""Write scorecards and hold them to a policy: what the commands of `eval` share."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from summarizer.cli.streams import echo, prints, safe, terminal

if TYPE_CHECKING:
    from summarizer.evaluation.scorecard import BarCheck, Scorecard

FORMS = ("text", "json", "markdown", "junit", "junit-claims", "html")
SUITE = [
    click.option("--suite", type=click.Path(path_type=Path), metavar="DIR", help="Folder with cases/ and articles/, instead of the built-in suite."),
    click.option("--split", type=click.Choice(["dev", "test"]), help="Only the articles to tune on (dev), or to report on (test); default: both."),
]  # fmt: skip


def inputs_of(given: Mapping[str, Any]) -> list[Path]:
    """The files that a run of `eval` reads: settings, prompts, suite, history, and what else its options name."""
    from summarizer.evaluation.case_files import files_of  # noqa: PLC0415 (quick --help)
    from summarizer.evaluation.history import cards_in  # noqa: PLC0415
    from summarizer.settings import settings_files  # noqa: PLC0415

    named = [given.get(name) for name in ("replies", "profile", "gate", "policy", "predictions_in", "matrix")]
    return [
        *settings_files(Path()),
        *(Path(given["prompts"]).glob("*.md") if given["prompts"] else ()),
        *(files_of(given["suite"]) if given["suite"] else ()),
        *(cards_in([given["history"]]) if given.get("history") else ()),
        *(Path(one) for one in (*named, *given.get("jsonl", ())) if one),
    ]


def write(card: "Scorecard", form: str, output: Path | None, targets: list[tuple[str, Path]]) -> None:
    from summarizer.output import write_whole  # noqa: PLC0415 (quick --help)

    if output is None or str(output) == "-":
        echo(_rendered(card, form, for_people=True), for_people=form == "text")
    else:
        write_whole(output, _rendered(card, form, for_people=False))
    for other, path in targets:
        write_whole(path, _rendered(card, other, for_people=False))


def _rendered(card: "Scorecard", form: str, *, for_people: bool) -> str:
    from summarizer.evaluation import cards  # noqa: PLC0415 (quick --help)

    if form == "text":
        width, color = terminal() if for_people else (80, False)
        return cards.to_text(card, width=width, color=color, ascii_only=for_people and not prints("✗─…"))
    forms: dict[str, Callable[[Scorecard], str]] = {
        "json": cards.to_json,
        "markdown": cards.to_markdown,
        "junit": cards.to_junit,
        "junit-claims": partial(cards.to_junit, claims=True),
        "html": cards.to_html,
    }
    return forms[form](card)


def gated(bars: "Sequence[BarCheck]", *, run: str = "") -> int:
    """Print the bars that are not met on standard error; 1 if there are any. `run` is the name of one of several."""
    of = f" of {safe(run)}" if run else ""
    for one in bars:
        if not one.passed:
            click.echo(f"summarizer: gate{of}: FAILED {safe(one.words)}", err=True)
    failed = sum(not one.passed for one in bars)
    verdict = "failed" if failed else "passed"
    click.echo(f"summarizer: gate{of} {verdict}: {len(bars) - failed} of {len(bars)} bars met", err=True)
    return 1 if failed else 0
