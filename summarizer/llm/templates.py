"""Load and render prompts: Markdown with a TOML header and `${name}` placeholders.

Rendering is one pass of plain substitution. A value is put in as it is and never
looked at again, so an article that holds `${source}` or `{{7*7}}` stays text.
"""

import hashlib
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from summarizer.errors import PromptError
from summarizer.schema import PromptDigest
from summarizer.shipped import shipped
from summarizer.toml import parse_toml

NAMES = ("write", "extract", "judge", "pick", "review", "fix", "key", "again", "decide", "decide_evidence")
PLACEHOLDER = re.compile(r"\$\{([a-z_]{1,40})\}")
HEADER = re.compile(r"\A\+\+\+\n(.{0,4000}?)\n\+\+\+\n", re.DOTALL)
PARTS = re.compile(r"^# (System|User|Assistant)$\n", re.MULTILINE)
LONGEST = 64_000  # code points of a prompt file; more is not a prompt


class Prompt(NamedTuple):
    """One prompt: a system message that never changes, and a user message about this article."""

    name: str
    purpose: str
    version: str
    variables: tuple[str, ...]
    """Names of the placeholders, each used at least once."""
    reply: str
    """Name of the reply model that reads the answer."""
    system: str
    examples: tuple[tuple[str, str], ...]
    """Example turns (question, answer) before the real question; they have no placeholders."""
    user: str
    source: str
    """The whole file."""
    where: str
    """Where it was read from, for people: `built in` or a path."""
    options: tuple[tuple[str, str], ...] = ()
    """The answers that a decision model may choose from, each with its meaning; a chat model has none."""

    @property
    def digest(self) -> PromptDigest:
        return PromptDigest(name=f"{self.name}.md", sha256=hashlib.sha256(self.source.encode("utf-8")).hexdigest())

    def render(self, values: Mapping[str, str]) -> tuple[str, str]:
        """Return the system and the user message; `values` holds every variable and nothing else."""
        if set(values) != set(self.variables):
            raise PromptError(f"{self.name}.md: takes {_listed(self.variables)}, was given {_listed(values)}")
        system, user = (PLACEHOLDER.sub(lambda match: values[match[1]], part) for part in (self.system, self.user))
        return system, user


def load_prompts(folder: Path | None = None) -> dict[str, Prompt]:
    """Read the prompts; a file of `folder` stands in for the built-in one of its name.

    Raises a `PromptError` that names file and fault.
    """
    if folder is not None and not any((folder / f"{name}.md").is_file() for name in NAMES):
        raise PromptError(f"{folder}: has none of {', '.join(f'{name}.md' for name in NAMES)}")
    built_in = {name: load_prompt(name) for name in NAMES}
    if folder is None:
        return built_in
    own = {name: folder / f"{name}.md" for name in NAMES}
    return {
        name: parse_prompt(name, _read(path), str(path), like=built_in[name]) if path.is_file() else built_in[name]
        for name, path in own.items()
    }


def load_prompt(name: str) -> Prompt:
    """Read one built-in prompt."""
    text = (shipped("prompts") / f"{name}.md").read_text(encoding="utf-8")
    return parse_prompt(name, text, "built in")


def parse_prompt(name: str, text: str, where: str, *, like: Prompt | None = None) -> Prompt:
    """Read a prompt from its text; `like` gives the variables and the reply that it must have."""
    text = text.replace("\r\n", "\n")
    header = HEADER.match(text)
    if not header:
        raise PromptError(f"{where}: no TOML header between two lines of +++")
    try:
        facts = parse_toml(header[1])
    except tomllib.TOMLDecodeError as error:
        raise PromptError(f"{where}: header: {error}") from None
    wanted = {"purpose": str, "version": str, "variables": list, "reply": str}
    wrong = [key for key, kind in wanted.items() if not isinstance(facts.get(key), kind)]
    options = facts.pop("options", {})
    if not isinstance(options, dict) or not all(isinstance(one, str) and one.strip() for one in options.values()):
        raise PromptError(f"{where}: options must be a table of answers, each with its meaning")
    if wrong or set(facts) - set(wanted):
        raise PromptError(f"{where}: the header must have {_listed(wanted)} and nothing else")
    pieces = PARTS.split(text[header.end() :])
    headings, bodies = pieces[1::2], [piece.strip() for piece in pieces[2::2]]
    if headings[:1] != ["System"] or headings[1:] != [*["User", "Assistant"] * (len(headings) // 2 - 1), "User"]:
        raise PromptError(
            f"{where}: needs the headings '# System' and '# User', in this order; "
            "examples stand between them, as '# User' and '# Assistant' in turn"
        )
    prompt = Prompt(
        name=name,
        purpose=facts["purpose"],
        version=facts["version"],
        variables=tuple(str(one) for one in facts["variables"]),
        reply=facts["reply"],
        system=bodies[0],
        examples=tuple(zip(bodies[1:-1:2], bodies[2:-1:2], strict=True)),
        user=bodies[-1],
        source=text,
        where=where,
        options=tuple(options.items()),
    )
    used = set(PLACEHOLDER.findall(prompt.system + prompt.user))
    if used != set(prompt.variables):
        raise PromptError(f"{where}: declares {_listed(prompt.variables)} and uses {_listed(used)}")
    if like and (used != set(like.variables) or prompt.reply != like.reply):
        raise PromptError(
            f"{where}: must use {_listed(like.variables)} and reply with {like.reply}, as the built-in does"
        )
    if like and [key for key, _ in prompt.options] != [key for key, _ in like.options]:
        raise PromptError(
            f"{where}: must have these options, in this order, as the built-in does: "
            f"{', '.join(key for key, _ in like.options) or 'none'}"
        )
    if like and like.options and PLACEHOLDER.findall(prompt.system) != PLACEHOLDER.findall(like.system):
        raise PromptError(f"{where}: under '# System' stands what all questions share: {_listed(like.variables[:1])}")
    return prompt


def _read(path: Path) -> str:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise PromptError(f"{path}: cannot be read: {error}") from None
    if len(text) > LONGEST:
        raise PromptError(f"{path}: {len(text):,} characters; a prompt has at most {LONGEST:,}")
    return text


def _listed(names: object) -> str:
    return ", ".join(sorted(str(name) for name in names)) or "nothing"  # type: ignore[attr-defined]
