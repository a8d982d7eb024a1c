"""Words that a typesetter parted at a line end, made whole, from the words of the text itself.

In a text file a line end is the writer's, and stays; in a PDF it is the page's.
Over a page break nothing is joined here: `grounding.locate` reads both ways there.
"""

import re
from collections import Counter

PARTED = re.compile(r"(?<![^\W_])(?P<left>[^\W_]{1,40})-\n(?P<right>[^\W\d_]{1,40})")
WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


def joined(text: str) -> tuple[str, int]:
    r"""Return the text with parted words joined, and how many those were.

    A hyphen that belongs to the word stays: where the text has the word with it elsewhere, where both halves
    are words of the text and the whole is not, before a capital, and after a number.

    >>> joined("He resig-\nned after 20-\nyear rule. Low-\nlying land, and low lying fog.")
    ('He resigned after 20-year rule. Low-lying land, and low lying fog.', 3)
    """
    whole = Counter(match[0].lower() for match in WORD.finditer(PARTED.sub(" ", text)))

    def one(match: re.Match[str]) -> str:
        left, right = match["left"], match["right"]
        return f"{left}-{right}" if _belongs(left, right, whole) else left + right

    return PARTED.subn(one, text)


def _belongs(left: str, right: str, whole: Counter[str]) -> bool:
    with_hyphen, without = whole[f"{left}-{right}".lower()], whole[(left + right).lower()]
    if with_hyphen or without:
        return with_hyphen > without
    if left[-1].isdigit() or not right[0].islower():
        return True
    return bool(whole[left.lower()] and whole[right.lower()])
