"""`--help` is a manual: an example for each command that is a command, and the variable of each setting."""

import re
import shlex
from collections.abc import Iterator

import click
import pytest
from click.testing import CliRunner

from summarizer.cli import summarizer
from summarizer.settings import SPECS


def commands(group: click.Group = summarizer, path: str = "summarizer") -> Iterator[tuple[str, click.Command]]:
    yield path, group
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, f"{path} {name}")
        else:
            yield f"{path} {name}", command


COMMANDS = dict(commands())


def help_of(path: str) -> str:
    done = CliRunner().invoke(summarizer, [*path.split()[1:], "--help"], terminal_width=200, prog_name="summarizer")
    assert done.exit_code == 0
    return done.output


def examples(path: str) -> list[str]:
    """The lines under `Example:`, one command each."""
    found = re.search(r"^  Example:\n((?:    .+\n)+)", help_of(path), re.MULTILINE)
    assert found, path
    return [part.strip() for line in found[1].splitlines() for part in line.split("&&")]


def test_there_are_these_commands() -> None:
    assert " ".join(sorted(path.removeprefix("summarizer ") for path in COMMANDS)) == (
        "accept batch batch collect batch status batch submit check completion config config show diff doctor eval eval add eval agreement eval calibrate eval compare eval gate eval history eval label eval metrics eval mutate "
        "eval pin eval schema eval tune eval view init models prompts prompts diff prompts list prompts show repair schema show summarize summarizer"
    )


@pytest.mark.parametrize("path", COMMANDS)
def test_each_command_has_an_example_of_itself_that_parses(path: str) -> None:
    lines = examples(path)

    assert any(line.startswith(f"{path} ") or line == path for line in lines)
    for line in lines:
        words = shlex.split(re.split(r" >>? ", line)[0])[1:]
        command: click.Command = summarizer
        while isinstance(command, click.Group) and words and words[0] in command.commands:
            command, words = command.commands[words[0]], words[1:]
        command.make_context(line, words)  # raises what the command line would say of a wrong one


@pytest.mark.parametrize("path", COMMANDS)
def test_each_option_says_what_it_does(path: str) -> None:
    silent = [one.name for one in COMMANDS[path].params if isinstance(one, click.Option) and not one.help]

    assert silent == []


SETTING_OPTIONS = [
    (path, parameter)
    for path, command in COMMANDS.items()
    for parameter in command.params
    # `prompts list` and `prompts show` take a folder and no settings.
    if isinstance(parameter, click.Option) and parameter.opts[0][2:].replace("-", "_") in SPECS and "prompts" not in path
]  # fmt: skip


GIVEN = {"accepted"}
"""What goes with a summary that was given and may be checked again."""
SHOWN = {"key_sentences"}
"""What goes with a report that shows what a summary leaves out."""


def test_the_commands_that_judge_take_the_same_settings() -> None:
    of_command = {path: {option.name for own, option in SETTING_OPTIONS if own == path} for path in COMMANDS}
    judging = [of_command[f"summarizer {name}"] for name in ("summarize", "check", "repair", "eval", "eval mutate")]

    common = of_command["summarizer eval"]
    assert judging[:4] == [common | SHOWN, common | SHOWN | GIVEN, common | GIVEN, common]
    assert common - {"writer", "writer_model"} == judging[4]  # it writes nothing
    assert {"judge", "judge_model", "writer", "writer_model", "prior", "weights"} <= common <= set(SPECS)
    assert sorted(of_command["summarizer doctor"]) == ["api_key_env", "base_url", "model"]
    assert sorted(of_command["summarizer models"]) == ["api_key_env", "backend", "base_url"]


@pytest.mark.parametrize(("path", "option"), SETTING_OPTIONS, ids=lambda value: str(getattr(value, "name", value)))
def test_the_option_of_a_setting_shows_its_variable(path: str, option: click.Option) -> None:
    name = option.opts[0]
    line = next(line for line in help_of(path).split("\n  -") if line.lstrip("-").startswith(name.lstrip("-")))

    assert f"[env: SUMMARIZER_{name[2:].replace('-', '_').upper()}" in " ".join(line.split())


def test_help_fits_eighty_columns_but_for_examples() -> None:
    for path in COMMANDS:
        arguments = [*path.split()[1:], "--help"]
        lines = CliRunner().invoke(summarizer, arguments, terminal_width=80, prog_name="summarizer").output.splitlines()
        assert [line for line in lines if len(line) > 80 and "summarizer" not in line] == []
