"""Words of the source, made to fit the place in the summary where they are to stand."""

import re
from typing import NamedTuple

WORD = re.compile(r"[^\s]+")
ARTICLE = re.compile(r"(?<!\w)(an?)(\s+)\Z", re.IGNORECASE)
# By sound, as far as letters tell: "an hour", "an 8-year term", "a unit", "a one-off".
VOWEL = re.compile(
    r"(?:[aeioàáâäèéêëìíîïòóôö]|u(?!ni|se|su|ti|rop|k\b)|hour|honest|honou?r|heir|8|11(?!\d)|18(?!\d))", re.IGNORECASE
)
CONSONANT = re.compile(r"(?:one\b|once\b|eu|ewe)", re.IGNORECASE)


class Place(NamedTuple):
    """Words of the summary from `start` to `end`, and what is to stand there."""

    start: int
    end: int
    after: str


def fitted(text: str, start: int, end: int, words: str, *, opens: bool, name: bool) -> Place:
    """Fit `words` in the place of `text[start:end]`: its capital, the article before it, no word or unit twice.

    `opens` says that the words open a sentence of the source, so that their capital may be that of the sentence;
    `name` that they are a name, whose capital stays.

    >>> fitted("It ran 5 km.", 7, 8, "7 km", opens=False, name=False).after
    '7'
    >>> fitted("It was a success.", 9, 16, "error", opens=False, name=False)
    Place(start=7, end=16, after='an error')
    """
    after = _once(text, start, end, " ".join(words.split()))
    before = text[start:end]
    if before[:1].isupper() and _begins_sentence(text, start):
        after = after[:1].upper() + after[1:]
    elif opens and not name and before[:1].islower() and after[1:2].islower():
        after = after[:1].lower() + after[1:]
    article = ARTICLE.search(text, max(0, start - 8), start)
    if article and not re.match(r"(?:an?|the)\s", after, re.IGNORECASE):
        right = f"{article[1][0]}{'n' if _takes_an(after) else ''}"
        if right != article[1]:
            return Place(article.start(), end, f"{right}{article[2]}{after}")
    elif article:  # "a" before "the": the words bring their own
        return Place(article.start(), end, after)
    return Place(start, end, after)


def _once(text: str, start: int, end: int, words: str) -> str:
    """The words without those at their edges that stand beside the place already."""
    joined = re.match(r"-\w+", text[end:])  # "5" in "5-kilometre"
    if joined and words.lower().endswith(joined[0].lower()):
        words = words[: -len(joined[0])]
    parts = words.split(" ")
    for count in range(len(parts) - 1, 0, -1):
        if re.match(rf"[\s-]*{re.escape(' '.join(parts[-count:]))}(?!\w)", text[end:], re.IGNORECASE):
            parts = parts[:-count]
            break
    for count in range(len(parts) - 1, 0, -1):
        if re.search(rf"(?<!\w){re.escape(' '.join(parts[:count]))}\s*\Z", text[:start], re.IGNORECASE):
            parts = parts[count:]
            break
    return " ".join(parts)


def _begins_sentence(text: str, start: int) -> bool:
    before = text[:start].rstrip("\"'“‘«([*_-•– \t#")
    return not before or before[-1] in ".!?…:\n"


def _takes_an(words: str) -> bool:
    return bool(VOWEL.match(words)) and not CONSONANT.match(words)
