"""A text laid out for a page: marks of Markdown left out, lines of a PDF joined, every offset kept."""

import re

from summarizer.language.line_breaks import WRAPPED_HYPHEN, Wraps

HIDDEN = "\uffff"  # a noncharacter, which no text has to show
BREAK = re.compile(r"(?<![^\S\n])[^\S\n]*+\n\s*+")
HEADING = re.compile(r"(?m)^#{1,6}[ \t]+(?=\S)")
STRONG = re.compile(
    r"(?<![\w*])(\*\*)(?=[^\s*])[^*\n]{1,300}(?<=\S)(\*\*)(?![\w*])|(?<![\w])(__)(?=[^\s_])[^_\n]{1,300}(?<=\S)(__)(?=[\s,;:!?)]|\.?(?:\s|$))"
)
LINK = re.compile(r"(?<!!)(\[)[^\[\]\n]{1,300}(\]\(https?://[^\s()]{1,500}\))")
BULLET = re.compile(r"(?m)^([ \t]{0,8})[*+-](?=[ \t]+\S)")


def level(text: str) -> str:
    """Return the text with every line end as a line feed, and of the same length, so that offsets hold."""
    return text.replace("\r\n", " \n").replace("\r", "\n")


def laid_out(text: str) -> str:
    """Return the text of the same length, with `HIDDEN` for whatever a reader is not shown.

    >>> laid_out("## A **bold** plan").replace(HIDDEN, "")
    'A bold plan'
    """
    return _joined(_without_marks(level(text)))


def _without_marks(text: str) -> str:
    text = HEADING.sub(lambda found: HIDDEN * len(found[0]), text)
    text = BULLET.sub(r"\1•", text)
    for pattern in (STRONG, LINK):
        text = pattern.sub(_hide_groups, text)
    return text


def _hide_groups(found: re.Match[str]) -> str:
    """What a pattern has found, without its groups."""
    out, at = [], found.start()
    for group in range(1, (found.re.groups or 0) + 1):
        if found[group] is not None:
            out += [found.string[at : found.start(group)], HIDDEN * len(found[group])]
            at = found.end(group)
    return "".join([*out, found.string[at : found.end()]])


def _joined(text: str) -> str:
    """Lines that a page width has broken, joined again; a hyphen at the end of one keeps its word together."""
    if "\n" not in text:
        return text
    wraps = Wraps(text)

    def join(found: re.Match[str]) -> str:
        if wraps.breaks(found.start(), found.end()):
            return found[0]
        hyphen = WRAPPED_HYPHEN.match(text, found.start() - 1) if found.start() else None
        return HIDDEN * len(found[0]) if hyphen else " " + HIDDEN * (len(found[0]) - 1)

    return BREAK.sub(join, text)
