"""The commands that look after the set-up: prompts, settings, and what the server offers and answers."""

from pathlib import Path
from typing import Any

import click

from summarizer.cli.options import BACKEND, SERVER, options, setting
from summarizer.cli.streams import echo, say


@click.group()
def prompts() -> None:
    """List, show and compare the prompts that a model gets.

    \b
    Example:
      summarizer prompts show judge
    """


@prompts.command(name="list")
@click.option("--prompts", "folder", type=click.Path(path_type=Path), metavar="DIR", help="With those of DIR.")
def list_prompts(folder: Path | None) -> None:
    """List the prompts with version, digest and purpose.

    \b
    Example:
      summarizer prompts list
    """
    from summarizer.llm.templates import load_prompts  # noqa: PLC0415 (quick --help)

    for prompt in load_prompts(folder).values():
        where = "built in" if prompt.where == "built in" else _safe(prompt.where)
        say(f"{prompt.name:8} {_safe(prompt.version):3} {prompt.digest.sha256[:12]}  {_safe(prompt.purpose)} ({where})")


@prompts.command()
@click.argument("name")
@click.option("--prompts", "folder", type=click.Path(path_type=Path), metavar="DIR", help="With those of DIR.")
def show(name: str, folder: Path | None) -> None:
    """Print the prompt NAME as it is in its file.

    \b
    Example:
      summarizer prompts show judge > prompts/judge.md
    """
    from summarizer.llm.templates import load_prompts  # noqa: PLC0415
    from summarizer.report.safe import visible  # noqa: PLC0415 (quick --help)

    found = load_prompts(folder)
    if name.removesuffix(".md") not in found:
        raise click.UsageError(f"no prompt is called {_safe(name)!r}; there are: {', '.join(found)}")
    echo(visible(found[name.removesuffix(".md")].source), for_people=False)


@prompts.command()
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
def diff(folder: Path) -> None:
    """Compare the prompts of DIR with the built-in ones; exit with 1 where they differ.

    \b
    Example:
      summarizer prompts diff prompts
    """
    import difflib  # noqa: PLC0415 (quick --help)

    from summarizer.llm.templates import load_prompts  # noqa: PLC0415
    from summarizer.report.safe import visible  # noqa: PLC0415

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
            say(visible(line))
    raise SystemExit(1 if differ else 0)


@click.group()
def config() -> None:
    """Look at the settings.

    \b
    Example:
      summarizer config show
    """


@config.command(name="show")
def show_config() -> None:
    """Print each setting and where it comes from: flag, environment, summarizer.toml, user file, default.

    The variable of a setting is SUMMARIZER_ and its name in capitals.

    \b
    Example:
      summarizer config show
    """
    from summarizer.settings import SPECS, key_for, resolve  # noqa: PLC0415 (quick --help)

    settings = resolve(folder=Path())
    for name, spec in SPECS.items():
        value = settings[name]
        shown = (
            "not set" if value is None else str(value).lower() if isinstance(value, bool) else spec.shown(str(value))
        )
        say(f"{name:16} {_safe(shown):28} {settings.origin(name):22} {spec.help}")
    key = key_for(settings)
    say(f"{'API key':16} {'set' if key else 'none for this base_url':28} {key.origin if key else '-':22} never shown")


@click.command()
@options([setting("--model", metavar="NAME", help="The model to ask for."), *SERVER])
def doctor(**flags: Any) -> None:
    """Check key, server, model, schema support, clock and settings, and say what to do.

    It sends one request of a few tokens, and only where you name a server or model,
    or have set a key.

    \b
    Example:
      summarizer doctor --base-url http://127.0.0.1:8080/v1 --model qwen
    """
    from summarizer.doctor import examine  # noqa: PLC0415 (quick --help)
    from summarizer.settings import resolve  # noqa: PLC0415

    findings = examine(resolve(flags, folder=Path()))
    for finding in findings:
        say(f"{finding.mark:5} {finding.subject:9} {_safe(finding.words)}")
    raise SystemExit(max((finding.exit_status for finding in findings), default=0))


@click.command()
@options([BACKEND, *SERVER])
def models(**flags: Any) -> None:
    """List the models that the server offers, one a line.

    It sends one request, with the key for that server where one is set, and only where
    you name a server or --backend openai; otherwise it says what judges without one.

    \b
    Example:
      summarizer models --base-url http://127.0.0.1:8080/v1
    """
    from summarizer.consent import named_by_user, names_a_model  # noqa: PLC0415 (quick --help)
    from summarizer.errors import UsageError  # noqa: PLC0415
    from summarizer.settings import resolve, shown_url  # noqa: PLC0415

    settings = resolve(flags, folder=Path())
    backend = settings["backend"]
    if backend == "replay":
        raise UsageError("--backend replay: recorded replies name their own model; ask a server with --base-url")
    asked = names_a_model(settings) or (backend == "openai" and named_by_user(settings, "backend"))
    if backend == "embedded" or not asked:
        say("embedded: a cross-encoder of 33 million parameters in this package; no language model, no key, no network")
        click.echo("summarizer: to list those of a server, add --base-url URL or --backend openai", err=True)
        return
    from summarizer.llm.remote.listing import list_models  # noqa: PLC0415 (only when something is sent)

    names = list_models(settings)
    for name in names:
        say(_safe(name))
    count = "1 model" if len(names) == 1 else f"{len(names)} models"
    click.echo(f"summarizer: {count} at {_safe(shown_url(settings['base_url']))}", err=True)


def _safe(text: str) -> str:
    from summarizer.report.safe import one_line, without_commands  # noqa: PLC0415 (quick --help)

    return without_commands(one_line(text))
