"""Text from outside, made safe for XML 1.0."""

import re

from summarizer.report.safe import one_line

NONCHARACTERS = re.compile("[\ufffe\uffff]")  # XML 1.0 forbids them too; `one_line` has spelled out the others


def xml_line(text: str) -> str:
    """Return the text on one line, with nothing that XML forbids or a terminal obeys; `ElementTree` does the escaping."""
    return NONCHARACTERS.sub(lambda match: f"\\u{ord(match[0]):04x}", one_line(text))
