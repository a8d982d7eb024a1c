"""Take statements out of a text with all that belongs to them: a bullet, an empty line, a heading over nothing."""

import re
from collections.abc import Sequence

from summarizer.language.headings import unmarked_headings
from summarizer.language.rows import is_rule

BULLET = re.compile(r"(?<![^\S\n])[^\S\n]*+(?:[-*+•–>]|\(?\d{1,3}[.)]|\(?[a-z][.)])[^\S\n]+")
HEADING = re.compile(r"(?<![^\S\n])[^\S\n]*+#{1,6}[^\S\n]")
LEADS_IN = re.compile(r":[*_]*\s*\Z")


def widened(text: str, taken: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The places to cut for some statements that are taken out, one for each; in order, and none overlaps another.

    >>> text = "# Rain\\n\\n- It fell.\\n- It froze.\\n"
    >>> [text[start:end] for start, end in widened(text, [(10, 18)])]
    ['- It fell.\\n']
    """
    gone = bytearray(len(text))
    for start, end in taken:
        gone[start:end] = b"\1" * (end - start)
    _with_spaces(text, taken, gone)
    _with_lines(text, gone)
    return _shared_out(taken, gone)


def _with_spaces(text: str, taken: Sequence[tuple[int, int]], gone: bytearray) -> None:
    """The spaces after a statement go with it, or those before it at the end of a line."""
    for start, end in reversed(taken):  # so that what goes at the end of a line is known
        after = re.compile(r"[^\S\n]*").match(text, end)
        stop = after.end() if after else end
        before, line_end = start, stop
        while line_end < len(text) and gone[line_end] and text[line_end] != "\n":
            line_end += 1
        if line_end == len(text) or text[line_end] == "\n":
            while before > 0 and text[before - 1] in " \t\u00a0":
                before -= 1
            if (
                before > 0
                and text[before - 1] != "\n"
                and not gone[before - 1]
                and BULLET.fullmatch(text, text.rfind("\n", 0, before) + 1, start)
            ):
                before = start
            gone[before:start] = b"\1" * (start - before)
        gone[end:stop] = b"\1" * (stop - end)


def _with_lines(text: str, gone: bytearray) -> None:
    """Lines of which nothing is left, the empty lines that they leave, and headings over nothing."""
    lines, at = [], 0
    for line in text.splitlines(keepends=True) if "\x0b" not in text else text.split("\n"):
        lines.append((at, at + len(line)))
        at += len(line)
    emptied = [place for place, (start, end) in enumerate(lines) if _is_emptied(text, start, end, gone)]
    for place in emptied:
        _cut(lines[place], gone)
    headings = _headings(text, lines)
    for place in reversed(range(len(lines))):
        start, end = lines[place]
        if all(gone[start:end]) or not (place in headings or LEADS_IN.search(text[start:end])):
            continue
        if _over_nothing(text, lines, place, gone, headings):
            _cut(lines[place], gone)
            if _is_underlined(text, lines, place, headings):
                _cut(lines[place + 1], gone)
    _blank_lines(text, lines, gone)


def _is_emptied(text: str, start: int, end: int, gone: bytearray) -> bool:
    if not any(gone[start:end]):
        return False
    left = "".join(text[at] for at in range(start, end) if not gone[at])
    return not left.strip() or bool(BULLET.fullmatch(left.rstrip("\n\r") + " "))


def _headings(text: str, lines: Sequence[tuple[int, int]]) -> frozenset[int]:
    """Which lines are headings, with a mark or without."""
    unmarked = unmarked_headings(text)
    return frozenset(
        place
        for place, (start, end) in enumerate(lines)
        if HEADING.match(text[start:end]) or (text[start:end].strip() and start + _indent(text[start:end]) in unmarked)
    )


def _is_underlined(text: str, lines: Sequence[tuple[int, int]], place: int, headings: frozenset[int]) -> bool:
    return place in headings and place + 1 < len(lines) and is_rule(text[slice(*lines[place + 1])])


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _over_nothing(
    text: str, lines: Sequence[tuple[int, int]], place: int, gone: bytearray, headings: frozenset[int]
) -> bool:
    """Whether all that stood under a line is gone, and something was."""
    own = text[slice(*lines[place])]
    something = False
    for below in range(place + 1 + _is_underlined(text, lines, place, headings), len(lines)):
        start, end = lines[below]
        if all(gone[start:end]):
            something = True
            continue
        line = text[start:end]
        if not line.strip():
            if place not in headings and something:
                return True
            continue
        beside = BULLET.match(own) is not None and _indent(line) <= _indent(own)
        return something and (below in headings or beside or (place not in headings and not BULLET.match(line)))
    return something


def _blank_lines(text: str, lines: Sequence[tuple[int, int]], gone: bytearray) -> None:
    """Where lines were cut between two empty ones, or at either end of the text, one empty line at most is left."""
    previous_blank, cut = True, False  # the text begins as after an empty line
    last_kept = None
    for start, end in lines:
        if all(gone[start:end]):
            cut = True
            continue
        blank = not text[start:end].strip()
        if blank and previous_blank and cut:
            _cut((start, end), gone)
            continue
        if not blank:
            cut, last_kept = False, (start, end)
        previous_blank = blank
    if cut and last_kept:  # nothing but white space is left after it
        start = last_kept[1] - 1 if text[last_kept[1] - 1] == "\n" and not text.endswith("\n") else last_kept[1]
        _cut((start, len(text)), gone)


def _cut(line: tuple[int, int], gone: bytearray) -> None:
    gone[line[0] : line[1]] = b"\1" * (line[1] - line[0])


def _shared_out(taken: Sequence[tuple[int, int]], gone: bytearray) -> list[tuple[int, int]]:
    """Give what is gone to the statements: each has what goes on around it up to the next."""
    found: list[tuple[int, int]] = []
    for place, (start, end) in enumerate(taken):
        first = start
        floor = found[-1][1] if found else 0
        while first > floor and gone[first - 1]:
            first -= 1
        following = taken[place + 1][0] if place + 1 < len(taken) else len(gone)
        last = end
        while last < following and gone[last]:
            last += 1
        found.append((first, last))
    return found
