"""What is read together with a claim: a few sentences of one source that belong together.

The best sentence by shared rare words, and around it ever more of the others that are tied to it: next to
it, or naming what it names. Words of unrelated sentences never add up to a verdict.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from summarizer.language.line_breaks import unwrapped
from summarizer.language.names import names_in
from summarizer.language.sentences import Sentence

SIZES = (1, 2, 3, 5)  # sentences of a window; each holds the one before it


class Window(NamedTuple):
    """Some sentences of one document, in its order."""

    sentences: tuple[Sentence, ...]

    @property
    def text(self) -> str:
        return " ".join(unwrapped(sentence.text) for sentence in self.sentences)


def windows(passages: Sequence[Sentence]) -> tuple[Window, ...]:
    """Growing windows over the passages of a claim, which come best first; none where there are no passages."""
    if not passages:
        return ()
    tied = [passages[0]]
    for other in passages[1:]:
        if any(are_tied(one, other) for one in tied):
            tied.append(other)
    found = [_window(tied[:size]) for size in SIZES if size <= len(tied)]
    if SIZES[len(found) - 1] < len(tied) < SIZES[-1]:
        found.append(_window(tied))
    return tuple(found)


def are_tied(one: Sentence, other: Sentence) -> bool:
    """Whether two sentences belong together: next to each other, or with a name in common."""
    if one.document != other.document:
        return False
    return abs(one.number - other.number) == 1 or bool(_named(one.text) & _named(other.text))


def _window(sentences: Sequence[Sentence]) -> Window:
    return Window(tuple(sorted(sentences, key=lambda one: one.number)))


@lru_cache(maxsize=1_024)
def _named(text: str) -> frozenset[str]:
    return frozenset(token for name in names_in(text) if not name.initial for token in name.tokens)
