"""The commands that look after the set-up: prompts, settings, and whether the server answers."""

from pathlib import Path
from typing import Any

import click


@click.group()
def prompts() -> None:
    """List, show and compare what a model is told."""


@prompts.command(name="list")
@click.option("--prompts", "folder", type=click.Path(path_type=Path), metavar="DIR", help="With those of DIR.")
def list_prompts(folder: Path | None) -> None:
    """List the prompts with version, digest and purpose."""
    from summarizer.templates import load_prompts  # noqa: PLC0415 (quick --help)

    for prompt in load_prompts(folder).values():
        where = "built in" if prompt.where == "built in" else _safe(prompt.where)
        click.echo(
            f"{prompt.name:8} {_safe(prompt.version):3} {prompt.digest.sha256[:12]}  {_safe(prompt.purpose)} ({where})"
        )


@prompts.command()
@click.argument("name")
@click.option("--prompts", "folder", type=click.Path(path_type=Path), metavar="DIR", help="With those of DIR.")
def show(name: str, folder: Path | None) -> None:
    """Print the prompt NAME as it is in its file."""
    from summarizer.render.safe import visible  # noqa: PLC0415 (quick --help)
    from summarizer.templates import load_prompts  # noqa: PLC0415

    found = load_prompts(folder)
    if name.removesuffix(".md") not in found:
        raise click.UsageError(f"no prompt is called {_safe(name)!r}; there are: {', '.join(found)}")
    click.echo(visible(found[name.removesuffix(".md")].source), nl=False)


@prompts.command()
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
def diff(folder: Path) -> None:
    """Compare the prompts of DIR with the built-in ones; exit with 1 where they differ."""
    import difflib  # noqa: PLC0415 (quick --help)

    from summarizer.render.safe import visible  # noqa: PLC0415
    from summarizer.templates import load_prompts  # noqa: PLC0415

    built_in, own = load_prompts(), load_prompts(folder)
    differ = False
    for name, prompt in own.items():
        lines = difflib.unified_diff(
            built_in[name].source.splitlines(),
            prompt.source.splitlines(),
            f"built in/{name}.md",
            _safe(prompt.where),
            lineterm="",
        )
        for line in lines:
            differ = True
            click.echo(visible(line))
    raise SystemExit(1 if differ else 0)


@click.group()
def config() -> None:
    """Look at the settings."""


@config.command(name="show")
def show_config() -> None:
    """Print each setting and where it comes from: flag, environment, summarizer.toml, user file, default."""
    from summarizer.settings import SPECS, key_for, resolve  # noqa: PLC0415 (quick --help)

    settings = resolve(folder=Path())
    for name, spec in SPECS.items():
        value = settings[name]
        shown = "not set" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
        click.echo(f"{name:16} {_safe(shown):28} {settings.origin(name):22} {spec.help}")
    key = key_for(settings)
    click.echo(
        f"{'API key':16} {'set' if key else 'none for this base_url':28} {key.origin if key else '-':22} never shown"
    )


@click.command()
@click.option("--base-url", metavar="URL", help="The server to look at.")
@click.option("--model", metavar="NAME", help="The model to ask for.")
@click.option("--api-key-env", metavar="NAME", help="Variable that holds the key for that server.")
def doctor(**flags: Any) -> None:
    """Check key, server, model, schema support and clock, and say what to do.

    It sends one request of a few tokens, and only where you name a server or model,
    or have set a key.
    """
    from summarizer.backends.examination import examine  # noqa: PLC0415 (quick --help)
    from summarizer.settings import resolve  # noqa: PLC0415

    findings = examine(resolve(flags, folder=Path()))
    for finding in findings:
        click.echo(f"{finding.mark:5} {finding.subject:9} {_safe(finding.words)}")
    raise SystemExit(max((finding.exit_status for finding in findings), default=0))


def _safe(text: str) -> str:
    from summarizer.render.safe import one_line  # noqa: PLC0415 (quick --help)

    return one_line(text)
