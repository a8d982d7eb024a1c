"""What is read together with a claim: growing windows over the passages of one source.

The passages are the sentences that share most of the claim's rare words. Whether words of several sentences may
be put together is what the model was trained to tell (docs/decisions/0031 has what other windows cost). A verdict
comes from one window, and only its sentences are shown.
"""

from collections.abc import Sequence
from typing import NamedTuple

from summarizer.language.line_breaks import unwrapped
from summarizer.language.sentences import Sentence

SIZES = (1, 2, 3)  # sentences of a window; each holds the one before it


class Window(NamedTuple):
    """Some sentences of one document, in its order."""

    sentences: tuple[Sentence, ...]

    @property
    def text(self) -> str:
        return " ".join(unwrapped(sentence.text) for sentence in self.sentences)


def windows(passages: Sequence[Sentence]) -> tuple[Window, ...]:
    """Growing windows over the passages of a claim, which come best first, in the document of the best one."""
    own = [one for one in passages if one.document == passages[0].document]
    sizes = [size for size in SIZES if size < len(own)]
    return tuple(window_of(own[:size]) for size in (*sizes, min(len(own), SIZES[-1])))


def window_of(sentences: Sequence[Sentence]) -> Window:
    """Sentences of one document in its order."""
    return Window(tuple(sorted(sentences, key=lambda one: one.number)))
