"""Blocks of Markdown that are no running words: front matter and comments, which no reader is shown, and fenced code.

Told by their marks alone, in a text of any name: what comes from standard input or from a caller has none. What has no
such mark, or none at its end, is text.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

FENCE_LINE = re.compile(r"^[ \t]{0,12}(?P<fence>`{3,}|~{3,})(?P<info>[^\n`]*)$", re.MULTILINE)
INFO = re.compile(
    r"\A\s{0,9}[\w+#./-]{0,40}\s{0,9}(?:[{\[].*|[\w-]{1,40}=.*)?\Z"
)  # "python", "{r, echo=FALSE}", "js title='a'"
BLANK_LINE = re.compile(r"\n[ \t\r]*(?=\n|\Z)")
KEY = re.compile(r"\A[\"']?\w[\w .@/$-]{0,60}[\"']?:(?=\s|\Z)")
OTHER_LINE = re.compile(r"\A(?:\s|#|-(?=\s|\Z)|[\]}]|\Z)")  # of YAML: what a key has below it, a comment, nothing
USUAL_KEY = re.compile(r"\A(?:title|authors?|tags|categor(?:y|ies)|layout|slug|description|draft)\b", re.IGNORECASE)
FIELD = re.compile(r"\A(?P<name>title|author|date)[ \t]{0,9}[:=][ \t]{1,9}(?P<value>\S.*)", re.IGNORECASE)
QUOTED = re.compile(r"\A([\"'])(?P<words>.*)\1(?:\s{1,9}#.*)?\Z")
NO_PLAIN_VALUE = "\"'|>[{&*!%@`"
DEFINITION = re.compile(
    r"^ {0,3}\[[^\[\]\n]{1,60}\]: {1,4}(?:#|<#?>) {1,4}(?:\(.*\)|\".*\"|'.*')[ \t\r]*$", re.MULTILINE
)
SCRIPT = re.compile(r"^ {0,3}<(script|style|template)(?=[\s>])", re.MULTILINE | re.IGNORECASE)
SCRIPT_END = re.compile(r"</(script|style|template)>", re.IGNORECASE)
SIGN = re.compile(r"[^\r\n]")
LONGEST_CODE = 300  # code points of code within a line


class Fenced(NamedTuple):
    """A block of code; `text[start:inner]` and `text[inner_end:end]` are its fences."""

    start: int
    inner: int
    inner_end: int
    end: int
    """The same as `inner_end` where nothing closes the block, which then goes on to a blank line."""


class FrontMatter(NamedTuple):
    """The fields before a text."""

    end: int
    """Where they end, behind their closing line; 0 where there are none."""
    fields: dict[str, str]
    """Title, author and date, where each is a simple value on its line."""


def fenced(text: str) -> Iterator[Fenced]:
    r"""The blocks of code between lines of ``` or ~~~.

    >>> text = "Run this:\n```sh\nls\n```\nIt is done."
    >>> [text[one.inner : one.inner_end] for one in fenced(text)]
    ['\nls\n']
    """
    if "```" not in text and "~~~" not in text:
        return
    opening = None
    for line in FENCE_LINE.finditer(text):
        if opening is None:
            opening = line if _opens(line, text) else None
        elif _closes(line, opening, text):
            yield Fenced(opening.start(), opening.end(), line.start(), line.end())
            opening = None
    if opening is not None and opening[0].strip().strip("~"):
        blank = BLANK_LINE.search(text, opening.end())
        end = blank.start() if blank else len(text)
        yield Fenced(opening.start(), opening.end(), end, end)


def _opens(line: re.Match[str], text: str) -> bool:
    """Whether a line begins a block; one of ~~~ alone may be a rule between two parts, or stand under a title."""
    if not INFO.match(line["info"]):
        return False
    return line["fence"][0] == "`" or bool(line["info"].strip()) or bool(not _above(line, text) and _below(line, text))


def _closes(line: re.Match[str], opening: re.Match[str], text: str) -> bool:
    if not line["fence"].startswith(opening["fence"]) or line["info"].strip():
        return False
    return line["fence"][0] == "`" or bool(_above(line, text))


def _above(line: re.Match[str], text: str) -> str:
    return text[text.rfind("\n", 0, max(0, line.start() - 1)) + 1 : line.start()].strip()


def _below(line: re.Match[str], text: str) -> str:
    start = line.end() + 1
    return text[start : text.find("\n", start) + 1 or len(text)].strip()


def front_matter(text: str) -> FrontMatter:
    r"""The fields between two lines of --- (YAML) or +++ (TOML) at the very beginning of a text.

    A rule that happens to stand there begins none: between the lines is nothing but fields, and one key at least is a
    usual one or in small letters, unlike "From" before an e-mail or "Note".

    >>> front_matter("---\ntitle: Snow\ntags: [ice]\n---\nIt fell.")
    FrontMatter(end=32, fields={'title': 'Snow'})
    """
    nothing = FrontMatter(0, {})
    mark, at = text[:3], text.find("\n") + 1
    if mark not in ("---", "+++") or text[:at].strip() != mark:
        return nothing
    fields: dict[str, str] = {}
    has_key = False
    while at < len(text):
        end = text.find("\n", at) + 1 or len(text)
        line = text[at:end].rstrip()
        if line in (mark, "...") and has_key:
            return FrontMatter(end, fields)
        is_key = KEY.match(line) is not None or (mark == "+++" and "=" in line)
        if not is_key and mark == "---" and not OTHER_LINE.match(line):
            return nothing
        has_key = has_key or (is_key and (not line.lstrip("\"'")[:1].isupper() or USUAL_KEY.match(line) is not None))
        if (found := FIELD.match(line)) and (value := _plain_value(found["value"])):
            fields[found["name"].lower()] = value
        at = end
    return nothing


def _plain_value(written: str) -> str:
    """A value on one line, without its quotes or the comment behind it; empty for a list and for what goes on below."""
    if quoted := QUOTED.match(written):
        return quoted["words"].replace("''", "'").replace('\\"', '"').strip()
    return "" if written[0] in NO_PLAIN_VALUE else written.split(" #", maxsplit=1)[0].strip()


def comments(text: str, start: int = 0) -> Iterator[tuple[int, int]]:
    """Where the comments of HTML and of Markdown, scripts and styles stand from a place on, but for those in code, which are shown.

    >>> [*comments("It snowed. <!-- Did it? --> It froze.")]
    [(11, 27)]
    >>> [*comments("It snowed.\\n[//]: # (Did it?)")]
    [(11, 28)]
    """
    begun = start
    for found in sorted([*_html_comments(text, start), *_definitions(text, start), *_scripts(text, start)]):
        if found[0] >= begun:
            yield found
            begun = found[1]


def _definitions(text: str, start: int) -> Iterator[tuple[int, int]]:
    """Lines that define a link to nowhere, by whose title people write what nobody is shown."""
    marked = "]: #" in text or "]: <" in text
    code = [*fenced(text)] if marked else []
    for found in DEFINITION.finditer(text, start) if marked else ():
        if not _end_of_code(text, start, found.start(), code):
            yield found.span()


def _scripts(text: str, start: int) -> Iterator[tuple[int, int]]:
    """Scripts and styles that begin a line and end somewhere."""
    marked = "<s" in text or "<S" in text or "<t" in text
    code = [*fenced(text)] if marked else []
    closed = {found[1].lower(): found.end() for found in SCRIPT_END.finditer(text, start)} if marked else {}
    at = start
    while marked and (found := SCRIPT.search(text, at)):
        at, tag = found.end(), found[1].lower()
        if at > closed.get(tag, 0) or _end_of_code(text, start, found.start(), code):
            continue
        end = next(one.end() for one in SCRIPT_END.finditer(text, at) if one[1].lower() == tag)
        yield found.start(), end
        at = end


def _html_comments(text: str, start: int) -> Iterator[tuple[int, int]]:
    at = text.find("<!--", start)
    code = [*fenced(text)] if at >= 0 else []
    while at >= 0 and (end := text.find("-->", at + len("<!")) + len("-->")) >= len("-->"):
        if behind := _end_of_code(text, start, at, code):
            at = text.find("<!--", behind)
            continue
        yield at, end
        start, at = end, text.find("<!--", end)


def _end_of_code(text: str, start: int, at: int, code: Sequence[Fenced]) -> int:
    """Where the code ends that begins behind `start` and has a place in it; 0 where the place is in none."""
    number = bisect_right(code, at, key=lambda one: one.start) - 1
    if number >= 0 and code[number].start >= start and at < code[number].end:
        return code[number].end
    line = max(0, at - LONGEST_CODE)
    return at + 1 if text.count("`", text.rfind("\n", line, at) + 1 or line, at) % 2 else 0


def unshown(text: str) -> tuple[tuple[int, int], ...]:
    """Where front matter and comments stand, in order."""
    begun = front_matter(text).end
    return (*([(0, begun)] if begun else []), *comments(text, begun))


def blanked(text: str) -> str:
    r"""The text with blanks for what its reader is not shown; every line and every offset stays.

    Where nothing is left it is the text as it is, so that a text never is without a sentence.

    >>> blanked("It snowed. <!-- Did it? -->\nIt froze.")
    'It snowed.                 \nIt froze.'
    """
    out, at = [], 0
    for start, end in unshown(text):
        out += [text[at:start], SIGN.sub(" ", text[start:end])]
        at = end
    left = "".join([*out, text[at:]]) if out else text
    return left if left.strip() else text
