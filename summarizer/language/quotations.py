"""Words inside quotation marks."""

import re

QUOTED = re.compile(
    r"“([^“”]{2,600})”|\"([^\"]{2,600})\"|«([^«»]{2,600})»"
    r"|(?<![\w’'])‘([^‘’]{2,600}(?:’\w[^‘’]{0,300}){0,4})’(?!\w)"
)
LETTER = re.compile(r"(?<!\w)\[([^\W\d_])\](?=[^\W\d_])")
"""The first letter of a word, in brackets because its case is the editor's: "[i]t was"."""
