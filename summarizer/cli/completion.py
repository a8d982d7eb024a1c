"""`summarizer completion`: what a shell needs to complete our commands and options."""

import click

from summarizer.cli.streams import say

SHELLS = ("bash", "zsh", "fish")
VARIABLE = "_SUMMARIZER_COMPLETE"  # the one that click looks at


@click.command()
@click.argument("shell", type=click.Choice(SHELLS))
def completion(shell: str) -> None:
    """Print the completion script for SHELL; the start file of the shell should read it.

    \b
    Example:
      summarizer completion bash >> ~/.bashrc
      summarizer completion zsh >> ~/.zshrc
      summarizer completion fish > ~/.config/fish/completions/summarizer.fish
    """
    from click.shell_completion import ShellComplete, get_completion_class  # noqa: PLC0415 (only for a shell)

    found = get_completion_class(shell)
    if found is None:
        raise click.UsageError(f"this version of click does not support {shell}")
    # Not its own `source`, which starts a bash to ask for its version.
    say(ShellComplete.source(found(click.Group(), {}, "summarizer", VARIABLE)))
