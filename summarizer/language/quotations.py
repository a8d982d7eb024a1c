"""Words inside quotation marks."""

import re

QUOTED = re.compile(
    r"“([^“”]{2,600})”|\"([^\"]{2,600})\"|«([^«»]{2,600})»"
    r"|(?<![\w’'])‘([^‘’]{2,600}(?:’\w[^‘’]{0,300}){0,4})’(?!\w)"
)
LETTER = re.compile(r"(?<!\w)\[([^\W\d_])\](?=[^\W\d_])")
"""The first letter of a word, in brackets because its case is the editor's: "[i]t was"."""
MARKS = re.compile(r"[„“”«»]")
# “ and « open, but for those behind a word, and ” and » close, but for those before one; „ is on no other end.
OPENING = re.compile(r"„|(?<![^\s(\[])[“«]|(?<=[’'])«|[“«](?![\s,.;:!?)\]-]|\Z)|(?<![^\s(\[])[”»](?=[\w…])")


def still_open(text: str) -> int:
    """How many more quotations begin in a text than end there, by the marks of any language but the straight ones.

    >>> [still_open(text) for text in ("„Es schneit“", "»Det sner«", "”Det snöar”", "« Il neige »", "“It snows.", "It rains,” he said.")]
    [0, 0, 0, 0, 1, -1]
    """
    return 2 * len(OPENING.findall(text)) - len(MARKS.findall(text))
