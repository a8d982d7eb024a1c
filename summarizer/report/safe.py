"""Text from outside, made safe to show: nothing in it can steer a terminal or hide."""

import json
import re
from typing import Any

# Everything that a terminal obeys or that reorders or hides what is read: C0 and
# C1 controls but tab and line feed, DEL, direction marks and overrides, line
# separators, invisible tags, lone surrogates.
CONTROLS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff"
    "\U000e0000-\U000e007f]"
)

# What the runners of CI systems take from a log as a command: `::name::` at the start of a line, and
# `##[name]`, `##vso[name]` or `##teamcity[name]` anywhere in one.
COMMANDS = re.compile(r"(?m)(^[^\S\n]*(?=::)|##\w*(?=\[))([:\[])")


def visible(text: str) -> str:
    r"""Return the text with every control character spelled out.

    >>> visible("red \x1b[31malert")
    'red \\x1b[31malert'
    """
    return CONTROLS.sub(lambda match: _escape(match[0]), text)


def one_line(text: str) -> str:
    """Return the text on one line, with single spaces and nothing that a terminal obeys."""
    return visible(" ".join(text.split()))


def without_commands(text: str) -> str:
    r"""Return printed lines with everything spelled out that a CI runner would obey.

    >>> without_commands("  ::error::x")
    '  \\x3a:error::x'
    """
    return COMMANDS.sub(lambda match: f"{match[1]}{_escape(match[2])}", text)


def printable_json(value: Any, *, indent: int | None = None) -> str:
    """Return JSON for people and programs: other scripts as they are, control characters as escapes."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return CONTROLS.sub(lambda match: _json_escape(match[0]), text)


def _json_escape(character: str) -> str:
    """The JSON escape of a character: it can only stand inside a string."""
    units = character.encode("utf-16-be", "surrogatepass").hex()
    return re.sub(r"(.{4})", r"\\u\1", units)


def _escape(character: str) -> str:
    code = ord(character)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
