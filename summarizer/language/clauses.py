"""Words of a text with their clauses: what a cue such as "not" or "may" reaches."""

import re
from bisect import bisect_left, bisect_right
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

from summarizer.language.sentences import sentence_offsets
from summarizer.language.verbs import stem
from summarizer.language.words import STOP_WORDS, WORD

_start, _end = attrgetter("start"), attrgetter("end")
CLAUSE_END = re.compile(
    r"(?=[;:.!?,bwah\n])(?:[;:.!?]\s|,[”’\x22\x27]\s|,\s(?:and|but|while|although|though|because|since|if|unless|despite|which|who|whose|where|when|as|saying|adding|according|said|says|its|his|her|their|he|she|it|they)\b|\bbut\b|\bwhile\b|\balthough\b|\bhowever\b|\band\sthat\b|[\n])"
)


class Token(NamedTuple):
    """A word; `text[start:end] == form`."""

    start: int
    end: int
    form: str
    stem: str
    content: bool
    clause: int
    """Number of the clause that it stands in, counted from 0."""


class Cue(NamedTuple):
    """A word that turns or weakens what it reaches."""

    start: int
    end: int
    form: str
    targets: tuple[str, ...]
    """Stems of the content words that it reaches, nearest first."""


@lru_cache(maxsize=512)
def tokens(text: str) -> tuple[Token, ...]:
    """Return the words of a text with their clauses."""
    ends = [match.start() for match in CLAUSE_END.finditer(text)]
    found, clause = [], 0
    for match in WORD.finditer(text):
        while clause < len(ends) and ends[clause] < match.start():
            clause += 1
        start, end = match.span()
        found.append(Token(start, end, *_read(match[0]), clause))
    return tuple(found)


@lru_cache(maxsize=16_384)
def _read(form: str) -> tuple[str, str, bool]:
    return form, stem(form), form.lower() not in STOP_WORDS


@lru_cache(maxsize=512)
def stems(text: str) -> frozenset[str]:
    """The stems of the content words of a text."""
    read = (_read(form) for form in WORD.findall(text))
    return frozenset(known for _, known, content in read if content)


@lru_cache(maxsize=1_024)
def cues(text: str, pattern: re.Pattern[str], *, reach: int = 4) -> tuple[Cue, ...]:
    """Return the places of a pattern, each with the content words that follow it in its clause."""
    found = []
    for match in pattern.finditer(text):
        words = tokens(text)
        at = bisect_right(words, match.start(), key=_end)
        clause = words[at].clause if at < len(words) else None
        after: list[str] = []
        for token in words[bisect_left(words, match.end(), at, key=_start) :]:
            if token.clause != clause or len(after) == reach:
                break
            if token.content:
                after.append(token.stem)
        found.append(Cue(match.start(), match.end(), match[0].lower(), tuple(after)))
    return tuple(found)


@lru_cache(maxsize=256)
def _sentences(text: str) -> tuple[tuple[int, int], ...]:
    return sentence_offsets(text)


@lru_cache(maxsize=256)
def aligned_sentences(claim: str, text: str) -> tuple[tuple[int, int], ...]:
    """Offsets of the sentences of a text that tell what the claim tells, as far as shared words can show it."""
    wanted = stems(claim)
    found = []
    before = False
    for start, end in _sentences(text):
        own = stems(text[start:end])
        shared = len(wanted & own)
        told = shared >= 2 and (shared >= TOLD * len(wanted) or shared >= WHOLE * len(own))
        brief = (len(own) <= BRIEF and shared >= WHOLE * len(own)) or (len(own) <= 2 * BRIEF and SHE.match(text, start))
        if wanted and (told or (before and shared and brief)):
            found.append((start, end))
        before = told
    return tuple(found)


BRIEF = 3  # content words of a sentence that says one thing more of what the sentence before it told
SHE = re.compile(r"(?:He|She|[“\"](?:I|We))\b")
PART = 0.25  # share of its own content words that a sentence must have in common to be about the same thing at all
TOLD = 0.3  # share of the claim's content words that a sentence must have to tell the same thing
WHOLE = 0.5  # or share of the sentence's own, where the claim puts several together


def closest(claim: str, text: str) -> list[tuple[int, int]]:
    """The sentences that tell what the claim tells as well as any other does."""
    told = aligned_sentences(claim, text)
    wanted = stems(claim)
    shared = {place: len(wanted & stems(text[slice(*place)])) for place in told}
    return [place for place in told if shared[place] == max(shared.values())]


def is_touched_on(claim: str, text: str, at: int) -> bool:
    """Whether the sentence at an offset of the text has three content words of the claim, whatever else either has."""
    wanted = stems(claim)
    for start, end in _sentences(text):
        if start <= at < end:
            own = stems(text[start:end])
            return len(wanted & own) >= max(3, PART * len(own))
    return False


def is_aligned(claim: str, text: str, at: int) -> bool:
    """Whether the sentence at an offset of the text tells what the claim tells."""
    return any(start <= at < end for start, end in aligned_sentences(claim, text))
