"""A command that has others beside it: `batch IN` is one, and `batch submit DIR` another."""

from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


class CommandWithOthers(click.Group):
    """The command itself, unless its first word is the name of one of the others."""

    allow_extra_args = False
    allow_interspersed_args = True

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and args[0] in self.commands:
            ctx.args = list(args)
            return ctx.args
        return click.Command.parse_args(self, ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        if not ctx.args:
            return click.Command.invoke(self, ctx)
        name, command, rest = self.resolve_command(ctx, ctx.args)
        if command is None:  # `resolve_command` fails by itself
            return None
        ctx.invoked_subcommand = name
        with command.make_context(name, rest, parent=ctx) as own:
            return command.invoke(own)

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """None for the others, whose path in a message is without the argument of this one."""
        return super().get_params(ctx) if ctx.command is self else []

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        return click.Command.collect_usage_pieces(self, ctx)

    def names(self, begun: str) -> "list[CompletionItem]":
        """The others that begin so, for a shell."""
        from click.shell_completion import CompletionItem  # noqa: PLC0415 (only for a shell)

        return [CompletionItem(name) for name in sorted(self.commands) if name.startswith(begun)]
