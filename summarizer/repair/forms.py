"""Words of the source, made to fit the place in the summary where they are to stand."""

import re
from typing import NamedTuple

from summarizer.language.sentences import sentence_offsets

CLOSING = "\"'”’»)]*_"
AN = 8  # code points in which an article stands before words
ARTICLE = re.compile(r"(?<!\w)(an?)(\s+)\Z", re.IGNORECASE)
# By sound, as far as letters tell: "an hour", "an 8-year term", "a unit", "a one-off".
VOWEL = re.compile(r"(?:[aeiouàáâäèéêëìíîïòóôö]|hour|honest|honou?r|heir|8|11(?!\d)|18(?!\d))", re.IGNORECASE)
CONSONANT = re.compile(r"(?:one\b|once\b|eu|ewe|u(?:ni(?![dmn])|se|su|ti|to|rop|k(?:r|\b)|gand))", re.IGNORECASE)
INITIALS = re.compile(r"(?:[A-Z]\.?){1,3}(?![^\W_]|\.\w)|(?:(?![AEIOUY])[A-Z]){4,}(?![^\W_])|[A-Z](?=\d)|U[A-Z]+")
"""Read letter by letter: "US", "MRI", "HTML", "A4", and "UNESCO" as far as its first one goes."""
VOWEL_LETTERS = "AEFHILMNORSX"
"""Whose names begin with a vowel: "an MP"."""


class Place(NamedTuple):
    """Words of the summary from `start` to `end`, and what is to stand there."""

    start: int
    end: int
    after: str


def fitted(text: str, start: int, end: int, words: str, *, opens: bool, name: bool, article: str = "") -> Place:
    """Fit `words` in the place of `text[start:end]`: its capital, its article, its full stop, no word or unit twice.

    `opens` says that the words open a sentence of the source, so that their capital may be that of the sentence;
    `name` that they are a name, whose capital stays; `article` is that before them in the source.

    >>> fitted("It ran 5 km.", 7, 8, "7 km", opens=False, name=False).after
    '7'
    >>> fitted("It was a success.", 9, 16, "error", opens=False, name=False)
    Place(start=7, end=16, after='an error')
    """
    words = " ".join(words.split())
    after = _once(text, start, end, words)
    before = text[start:end]
    right = article if after and words.startswith(after) else ""
    if after.endswith(".") and text[end : end + 1] == ".":
        after = after[:-1]
    elif after and before.endswith(".") and not after.endswith(".") and _ends_sentence(text, end):
        after += "."
    if before[:1].isupper() and _begins_sentence(text, start):
        after = with_capital(after)
    elif opens and not name and before[:1].islower() and after[1:2].islower():
        after = after[:1].lower() + after[1:]
    own = ARTICLE.search(text, max(0, start - AN), start)
    if own and not re.match(r"(?:an?|the)\s", after, re.IGNORECASE):
        right = own[1][0] + (right or ("an" if _takes_an(after) else "a"))[1:]
        if right != own[1]:
            return Place(own.start(), end, f"{right}{own[2]}{after}")
    elif own:  # "a" before "the": the words bring their own
        return Place(own.start(), end, after)
    return Place(start, end, after)


def with_capital(words: str) -> str:
    """Words as a sentence begins with them; "iPhone" keeps its small letter."""
    return words if words[1:2].isupper() else words[:1].upper() + words[1:]


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
    before = text[:start].rstrip("\"'“‘«([*_-+•–> \t#")
    return not before or before[-1] in ".!?…:\n"


def _ends_sentence(text: str, end: int) -> bool:
    """Whether nothing but quotation marks and brackets stands between a place and the end of its sentence."""
    return any(start < end <= stop and not text[end:stop].strip(CLOSING) for start, stop in sentence_offsets(text))


def _takes_an(words: str) -> bool:
    words = words.lstrip("£$€¥\"'“‘(")
    if INITIALS.match(words):
        return words[0] in VOWEL_LETTERS
    return bool(VOWEL.match(words)) and not CONSONANT.match(words)
