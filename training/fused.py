"""Sentences of two facts, made of two written claims about one text.

A sentence of a real summary brings several places of its source together. It is sound where both of its parts are;
with one false part it is false as that part is, and beside the evidence of one part alone it is not borne out. What
is joined was written by itself, so that the seam gives nothing away: sound and false parts are joined alike.
"""

import random
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from summarizer.language.sentences import Sentence
from summarizer.language.word_index import WordIndex
from summarizer.retrieval import Index
from training.rows import UNSUPPORTED, Pair, text_of

SEAMS = ("; ", ", and ", ", while ", ", and ", "; ", ", but ")
MOST_WORDS = 45  # of a fused claim
MOST_EVIDENCE = 130  # words
LITTLE = 0.5  # share of a part's words that evidence may hold which does not bear it out
SOUND, LEFT_OUT = 0.7, 0.6  # so that about as many come out sound as false: a seam must be no cue
ONE_ONLY = 0.25  # share of the sound ones that are also laid beside the evidence of one part
SMALL = frozenset({"a", "an", "the", "he", "she", "it", "they", "this", "these", "in", "on", "at", "after", "before",
                   "some", "no", "one", "two", "his", "her", "their", "its", "all", "both", "for", "by"})  # fmt: skip


class Part(NamedTuple):
    """A written claim with the sentences that decide it."""

    text: str
    target: int
    needed: frozenset[Sentence]


def joined(first: str, second: str, seam: str) -> str:
    """Two sentences as one."""
    word = second.partition(" ")[0]
    lower = word.lower() if word.lower() in SMALL else word
    return f"{first.rstrip('. ')}{seam}{lower}{second[len(word) :]}"


def target_of(first: int, second: int) -> int:
    """What a sentence of two parts is: false as its false part is, contradicted where one part is."""
    return max(first, second) if 0 in {first, second} else min(first, second)


def fused_pairs(name: str, parts: Sequence[Part], own: Sequence[Sentence]) -> Iterator[Pair]:
    """Yield sentences of two parts each: a claim beside another that fits, the same ones each time for a name."""
    rng = random.Random(name)  # noqa: S311  a seed that can be repeated
    index = Index(WordIndex(tuple(own)), [part.text for part in parts])
    sound = [part for part in parts if part.target == 0]
    for place, first in enumerate(parts):
        if first.target and rng.random() < LEFT_OUT:
            continue
        others = [one for one in (sound if first.target or rng.random() < SOUND else parts) if _fit(first, one)]
        if not others:
            continue
        one, other = rng.sample((first, rng.choice(others)), 2)
        claim = joined(one.text, other.text, rng.choice(SEAMS))
        evidence = text_of(one.needed | other.needed)
        target = target_of(one.target, other.target)
        yield Pair(f"{name}/{place}", "fused:false" if target else "fused:sound", claim, (evidence,), target)
        if target == 0 and rng.random() < ONE_ONLY and (alone := _alone(one, other, index)):
            yield Pair(f"{name}/{place}/one", "fused:one", claim, (alone,), UNSUPPORTED)


def _fit(one: Part, other: Part) -> bool:
    """Whether two claims make one sentence; claims on the same sentences are often twins of each other."""
    return (
        one.needed != other.needed
        and len(one.text.split()) + len(other.text.split()) <= MOST_WORDS
        and len(text_of(one.needed | other.needed).split()) <= MOST_EVIDENCE
    )


def _alone(one: Part, other: Part, index: Index) -> str | None:
    """The evidence of one part, where it says little of the other."""
    for mine, theirs in ((one, other), (other, one)):
        if not theirs.needed <= mine.needed and (index.covered(theirs.text, mine.needed) or 0.0) < LITTLE:
            return text_of(mine.needed)
    return None
