"""A sentence in its article, a change to it, and the changes to refuse: true ones, and those that are not English."""

import re
from functools import lru_cache
from typing import NamedTuple

from summarizer.language.quotations import QUOTED
from summarizer.language.words import WORD, content_stems
from summarizer.schema import ErrorKind

SAME_CONTENT = (
    0.5  # share of the content words of the shorter sentence; with more in common, two sentences state the same
)
ARTICLE_BEFORE = re.compile(r"(?<![\w'’-])([Aa])(n?)\s{1,3}\Z")
VOWEL_SOUND = re.compile(r"(?:8|1[18](?![\d,])|(?!one\b|once\b|un[ai]|us[aeiu]|eu)[aeiou])", re.IGNORECASE)
SOUNDED_U = re.compile(r"un(?:i[mn]|a)", re.IGNORECASE)  # "unimportant", "unable"
RECORD = re.compile(
    r"\b(?:[a-z]{2,12}est|first|last|most|least|best|worst|record|no|none|not|never|nothing|nobody|without|neither)\b|n[’']t\b",
    re.IGNORECASE,
)
SPANNING = re.compile(
    r"\b(?:for|in|since|within|than)\s{1,3}(?:(?:the|about|some|nearly|almost|more|just)\s{1,3}){0,2}\Z", re.IGNORECASE
)
KEPT = 4_096  # sentences of an article whose words are remembered: each of its mutants is held against each of them
LOOK_BACK = 8  # code points in which "an" and its space stand


class Mutant(NamedTuple):
    """A sentence of an article with one error in it."""

    kind: ErrorKind
    text: str
    claim_words: str
    """Words of `text` that are wrong, and if need be their neighbours."""
    source_words: str
    """Words of the article against them, verbatim; their first place in the article is in the sentence."""


class Change(NamedTuple):
    """What takes the place of `text[start:end]`."""

    start: int
    end: int
    new: str
    forms: tuple[str, ...] = ()
    """Forms of the new value that must not occur in the sentence, nor in one that states the same."""


class SentenceContext(NamedTuple):
    """A sentence on one line with the article around it."""

    text: str
    article: str
    others: tuple[str, ...]
    """The other sentences of the article, each on one line."""


def is_quoted(text: str, start: int, end: int) -> bool:
    """Whether a place lies in quotation marks, in part at least."""
    return any(match.start() < end and start < match.end() for match in QUOTED.finditer(text))


def stands(form: str, text: str) -> bool:
    """Whether a text has these words as whole words, ignoring case."""
    return bool(_whole(form).search(text))


@lru_cache(maxsize=512)
def _whole(form: str) -> re.Pattern[str]:
    before = r"(?<![\w.,])" if form[:1].isdigit() else r"(?<!\w)"
    after = r"(?![\w])(?![.,]\d)" if form[-1:].isdigit() else r"(?!\w)"
    return re.compile(before + re.escape(form) + after, re.IGNORECASE)


def could_be_true(change: Change, context: SentenceContext) -> bool:
    """Whether the new value occurs in the sentence too, or in another one that states much the same."""
    if any(stands(form, context.text) for form in change.forms):
        return True
    kept = frozenset(content_stems(context.text[: change.start] + " " + context.text[change.end :]))
    for other in context.others:
        if any(stands(form, other) for form in change.forms):
            own = frozenset(content_stems(other)) - frozenset(content_stems(change.new))
            if len(kept & own) >= SAME_CONTENT * max(1, min(len(kept), len(own))):
                return True
    return False


def is_open_ended(text: str, start: int) -> bool:
    """Whether a value closes a span, so that other values are true as well: the wettest for 16 years is so for ten.

    "None since 1998" holds since 2005, and "never higher than 40 centimetres" of 50.
    """
    spanning = SPANNING.search(text, max(0, start - 30), start)
    return bool(
        spanning and ("than" in spanning[0] or "within" in spanning[0] or RECORD.search(text, 0, spanning.start()))
    )


def fitted(text: str, change: Change) -> Change:
    """The change with the "a" or "an" before it corrected."""
    article = ARTICLE_BEFORE.search(text, max(0, change.start - LOOK_BACK), change.start)
    wants_n = has_vowel_sound(change.new)
    if not article or bool(article[2]) == wants_n or not change.new:
        return change
    gap = text[article.end(2) : change.start]
    return change._replace(start=article.start(), new=f"{article[1]}{'n' if wants_n else ''}{gap}{change.new}")


def has_vowel_sound(word: str) -> bool:
    return bool(VOWEL_SOUND.match(word) or SOUNDED_U.match(word))


def like_case(new: str, old: str) -> str:
    """The new words with the capitals of the old ones: "Health Minister", "HEALTH", "Health minister", "health"."""
    if old.isupper() and len(old) > 1:
        return new.upper()
    first = old.split()
    if len(first) > 1 and all(word[:1].isupper() for word in first):
        return new.title()
    return new[:1].upper() + new[1:] if old[:1].isupper() else new


def same_sentence(one: str, other: str) -> bool:
    """Whether two texts have the same words."""
    return _words(one) == _words(other)


@lru_cache(maxsize=KEPT)
def _words(text: str) -> tuple[str, ...]:
    return tuple(match[0].lower() for match in WORD.finditer(text))
