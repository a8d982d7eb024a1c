"""Words that a typesetter parted at a line end, made whole, from the words of the text itself.

The line ends behind the word, with the stop or comma on it: lines stay as long as they were, which tells those that a
sentence goes on over from those that end a paragraph. In a text file a line end is the writer's, and stays; in a PDF it is the page's.
Over a page break nothing is joined here: `grounding.locate` reads both ways there.
"""

import re
from collections import Counter

# In place of a line end behind which the same line of the text goes on, and of the end of such a page; no text that is read has them.
INNER, NEXT_PAGE = "\x1f", "\x1e"
GOES_ON = {"\n": "\n", INNER: " ", NEXT_PAGE: " \f"}
PARTED = re.compile(
    r"(?<![^\W_])(?P<left>[^\W_]{1,40})-(?P<end>[\n\x1f\x1e])(?P<right>[^\W\d_]{1,40})(?P<rest>[^\s\x1f\x1e-]{0,40})(?P<space>[ \x1f]?)"
)
WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


def joined(text: str) -> tuple[str, int]:
    r"""Return the text with parted words joined, and how many those were.

    A hyphen that belongs to the word stays: where the text has the word with it elsewhere, where both halves
    are words of the text and the whole is not, before a capital, and after a number.

    >>> joined("He resig-\nned after 20-\nyear rule. Low-\nlying land, and low lying fog.")
    ('He resigned\nafter 20-year\nrule. Low-lying\nland, and low lying fog.', 3)
    """
    whole = Counter(match[0].lower() for match in WORD.finditer(PARTED.sub(" ", text)))

    def one(match: re.Match[str]) -> str:
        left, right = match["left"], match["right"]
        word = f"{left}-{right}" if _belongs(left, right, whole) else left + right
        needed = match["space"] or match["end"] == NEXT_PAGE
        return f"{word}{match['rest']}{GOES_ON[match['end']] if needed else ''}"

    text, count = PARTED.subn(one, text)
    return text.replace(INNER, " ").replace(NEXT_PAGE, GOES_ON[NEXT_PAGE]), count


def _belongs(left: str, right: str, whole: Counter[str]) -> bool:
    with_hyphen, without = whole[f"{left}-{right}".lower()], whole[(left + right).lower()]
    if with_hyphen or without:
        return with_hyphen > without
    if left[-1].isdigit() or not right[0].islower():
        return True
    return bool(whole[left.lower()] and whole[right.lower()])
