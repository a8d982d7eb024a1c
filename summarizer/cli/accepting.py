"""`summarizer accept`, and the accepted claims that `check` and `repair` read."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from summarizer.cli.options import ACCEPTED, files, options, settings_of
from summarizer.cli.streams import safe

if TYPE_CHECKING:
    from summarizer.accepted import AcceptedClaim
    from summarizer.schema import Acceptance, Check, Report


@click.command()
@click.argument("report", metavar="REPORT", shell_complete=files)
@click.option(
    "--claim",
    "claims",
    multiple=True,
    required=True,
    metavar="ID",
    help="The claim, as the report numbers it: c3; repeat it for several.",
)
@click.option("--note", required=True, metavar="TEXT", help="Why the claim may stand; every report shows it.")
@options([ACCEPTED])
def accept(report: str, *, claims: tuple[str, ...], note: str, **given: Any) -> None:
    """Accept flagged claims of REPORT, so that they are not flagged again for the same texts.

    REPORT was written with --format json. FILE (summarizer-accepted.json, unless you name
    another) is made or added to; keep it beside your texts. `check` and `repair` read what
    the same option names; they and the pytest plugin what the setting `accepted` names.

    An accepted claim keeps its verdict, is shown with your note and counts as supported
    nowhere; it only fails nothing. It is flagged again where its words, the sentence
    before it or a source change, or its verdict gets worse. To take it back, delete its
    entry.

    \b
    Example:
      summarizer accept report.json --claim c3 --note "The minister confirmed it."
      summarizer check summary.txt --source article.txt --accepted summarizer-accepted.json
    """  # fmt: skip
    from summarizer.accepted import FILE, added, entry_of, load  # noqa: PLC0415 (quick --help)
    from summarizer.cli.saved import read_report  # noqa: PLC0415
    from summarizer.errors import UsageError  # noqa: PLC0415
    from summarizer.output import write_whole  # noqa: PLC0415

    if not note.strip():
        raise UsageError("--note: say why the claim may stand")
    path = Path(settings_of(given)["accepted"] or FILE)
    found = read_report(report)
    checks = [_check(found, name) for name in dict.fromkeys(claims)]
    known = load(path) if path.exists() else ()
    more = [entry_of(found, one, _accepted_now(one, note)) for one in checks]
    write_whole(path, _text(added(known, more)))
    for one in checks:
        click.echo(f"summarizer: {safe(one.claim.id)}, {_flag(one)}, is accepted in {safe(str(path))}", err=True)


def accepted_claims(given: Mapping[str, Any]) -> "tuple[AcceptedClaim, ...]":
    """What the option or the setting names; read before anything is sent or paid for."""
    file = settings_of(given)["accepted"]
    if not file:
        return ()
    from summarizer.accepted import load  # noqa: PLC0415 (quick --help)

    return load(Path(file))


def with_accepted(report: "Report", known: "Sequence[AcceptedClaim]") -> "Report":
    """The report with its accepted claims marked."""
    if not known:
        return report
    from summarizer.accepted import applied  # noqa: PLC0415 (quick --help)

    return applied(report, known)


def _check(report: "Report", name: str) -> "Check":
    from summarizer.errors import UsageError  # noqa: PLC0415 (quick --help)

    found = next((one for one in report.checks if one.claim.id == name), None)
    if found is None:
        raise UsageError(f"--claim {safe(name)}: the report has no such claim; it has {len(report.checks)}, from c1 on")
    if not found.flag:
        raise UsageError(f"--claim {safe(name)}: is not flagged, so there is nothing to accept")
    return found


def _flag(check: "Check") -> str:
    return (check.flag or "").replace("_", " ")


def _accepted_now(check: "Check", note: str) -> "Acceptance":
    from summarizer.evaluation.circumstances import circumstances  # noqa: PLC0415 (quick --help)
    from summarizer.schema import Acceptance  # noqa: PLC0415

    date = circumstances().date or datetime.now(UTC).isoformat()
    return Acceptance.model_validate({"outcome": check.flag, "note": " ".join(note.split()), "date": date[:10]})


def _text(claims: "tuple[AcceptedClaim, ...]") -> str:
    from summarizer.accepted import AcceptedFile  # noqa: PLC0415 (quick --help)
    from summarizer.report.safe import printable_json  # noqa: PLC0415

    return printable_json(AcceptedFile(claims=claims).model_dump(mode="json"), indent=1) + "\n"
