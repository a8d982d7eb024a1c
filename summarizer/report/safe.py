"""Text from outside, made safe to show: nothing in it can steer a terminal or hide."""

import json
import re
from typing import Any

# What a terminal obeys or that reorders or hides what is read: C0 and C1 controls but tab and line feed, DEL, direction
# marks and overrides, line separators, blank letters, notes between lines, invisible tags, lone surrogates.
STEERING = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb"
    "\ud800-\udfff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"
)
# Marks upon a letter: no language has more than a few, and a hundred cover the lines above and below.
ACCENTS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0f71-\u0f84"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
)
MOST_ACCENTS = 8
# One of these says which picture or form of an ideograph is meant; a row of them is a hidden message.
VARIANTS, FORMS = "\ufe00-\ufe0f", "\U000e0100-\U000e01ef"
IDEOGRAPHS = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af"
CONTROLS = re.compile(
    f"[{STEERING}{ACCENTS}{VARIANTS}{FORMS}](?<!(?<![{ACCENTS}]{{{MOST_ACCENTS}}})[{ACCENTS}])"
    f"(?<!(?<![{VARIANTS}{FORMS}])[{VARIANTS}])(?<![{IDEOGRAPHS}][{FORMS}])"
)

# What the runners of CI systems take from a log as a command: `::name::` at the start of a line, and
# `##[name]`, `##vso[name]` or `##teamcity[name]` anywhere in one.
COMMANDS = re.compile(r"(?m)(^[^\S\n]*(?=::)|##\w*(?=\[))([:\[])")

# What Markdown, HTML and the tables, mathematics, mentions, references and links of GitHub are made of; at the start of
# a line a bullet, the number of an item and the command of a runner too.
MARKS = re.compile(
    r"(?P<number>\A[0-9]{1,9})[.)](?=\s|\Z)|\A(?:[+-]|:(?=:))"
    r"|(?P<live>(?<!\w)@(?=\w)|#(?=\d))|[\\`*_\[\]#|~$<>&@]|:(?=//)|(?i:(?<=www)\.)"
)


def visible(text: str) -> str:
    r"""Return the text with everything spelled out that steers or hides.

    >>> visible("red \x1b[31malert")
    'red \\x1b[31malert'
    """
    return CONTROLS.sub(lambda match: _escape(match[0]), text)


def one_line(text: str) -> str:
    """Return the text on one line, with single spaces and nothing that a terminal obeys."""
    return visible(" ".join(text.split()))


def in_markdown(text: str) -> str:
    """Return the text as one line of Markdown, or a part of one, that shows it and makes nothing of it.

    Signs are written as references, since a backslash stops no link. GitHub looks for mentions and issues in what is
    shown, so that a space of no width parts them.

    >>> in_markdown("3. Mai: *ask* @ana"), in_markdown("https://a.b")
    ('3&#46; Mai: &#42;ask&#42; &#64;&#8203;ana', 'https&#58;//a.b')
    """
    return MARKS.sub(_reference, one_line(text))


def _reference(found: re.Match[str]) -> str:
    return f"{found['number'] or ''}&#{ord(found[0][-1])};{'&#8203;' if found['live'] else ''}"


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
