"""`summarizer init`: what a project needs to hold its summaries to labelled cases, in its own folder and in CI."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import click

from summarizer.cli.streams import safe


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), metavar="[DIR]", default=Path())
def init(folder: Path) -> None:
    """Write the files of an evaluation into DIR (default: this folder): settings, an example, a policy, a workflow.

    summarizer.toml, evals/ with an article, labelled claims and gate.toml, and
    .github/workflows/summarizer.yml. What is there already is never overwritten.

    \b
    Example:
      summarizer init
      summarizer eval
      summarizer eval pin
    """
    from summarizer.errors import OutputError  # noqa: PLC0415 (quick --help)
    from summarizer.evaluation.case_files import names_in  # noqa: PLC0415
    from summarizer.evaluation.project import project_of  # noqa: PLC0415
    from summarizer.evaluation.starter import EXAMPLE, POLICY, WORKFLOW, policy_of, text_of  # noqa: PLC0415
    from summarizer.output import write_whole  # noqa: PLC0415

    own, _ = names_in(folder / "evals" / "cases")
    texts: dict[str, Callable[[], str]] = {
        place: partial(text_of, name) for place, name in EXAMPLE.items() if not (own and place.startswith("evals/"))
    }
    texts[POLICY] = lambda: policy_of(folder / "evals")
    texts[WORKFLOW] = partial(text_of, "workflow.yml")
    for place, text in texts.items():
        path = folder / place
        if path.exists() or path.is_symlink():
            click.echo(f"summarizer: kept {safe(str(path))}, which is there already", err=True)
            continue
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OutputError(f"{safe(str(path.parent))}: cannot be made: {error.strerror or error}") from None
        write_whole(path, text())
        click.echo(f"summarizer: wrote {safe(str(path))}", err=True)
    if project_of(folder).suite is None:
        lines = text_of("summarizer.toml").partition("[eval]")
        click.echo(f"summarizer: summarizer.toml names no suite; add to it:\n\n{''.join(lines[1:])}", err=True)
    else:
        click.echo("summarizer: next: summarizer eval, then summarizer eval pin", err=True)
