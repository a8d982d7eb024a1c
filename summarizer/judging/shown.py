"""What a model is shown of the sources: numbered sentences, all of them or the best passages of some claims."""

from collections.abc import Sequence
from typing import NamedTuple, Self

from summarizer.judging import Material
from summarizer.language.sentences import Sentence
from summarizer.llm.blocks import block, listed
from summarizer.llm.model import EvidenceMode, LanguageModel
from summarizer.schema import Claim

LETTERS = 8  # more than a token has in prose


class Shown(NamedTuple):
    """The sentences that a model sees, under the ids that it sees."""

    names: dict[str, Sentence]

    @classmethod
    def of(cls, sentences: Sequence[Sentence]) -> Self:
        """All of the source."""
        return cls({f"s{number}": sentence for number, sentence in enumerate(sentences, 1)})

    @classmethod
    def narrow(cls, claims: Sequence[Claim], material: Material, passages: int) -> Self:
        """The best passages of some claims, in the order of the source."""
        best = {one for claim in claims for one in material.passages.get(claim.id, ())[:passages]}
        # A claim that shares no word with the source is asked about its beginning: an empty source is no question.
        best = best or set(material.sentences[:passages])
        return cls.of([sentence for sentence in material.sentences if sentence in best])

    @property
    def text(self) -> str:
        return "\n".join(sentence.text for sentence in self.names.values())

    @property
    def block(self) -> str:
        return block("source", {name: sentence.text for name, sentence in self.names.items()})

    @property
    def lines(self) -> str:
        """The same without the tags."""
        return listed({name: sentence.text for name, sentence in self.names.items()})


def evidence_mode(model: LanguageModel, material: Material) -> EvidenceMode:
    """Whether a model is shown the whole source or passages: as its options say, or whole where that is short enough."""
    options = model.options
    if options.evidence != "auto":
        return options.evidence
    return "whole" if has_at_most(options.whole_tokens, model, material) else "narrow"


def has_at_most(tokens: int, model: LanguageModel, material: Material) -> bool:
    """Whether the source has no more tokens."""
    text = Shown.of(material.sentences).text
    begun = text[: LETTERS * tokens]  # of a book that is enough to tell, and a second is not spent on it
    if model.counter.count(begun) > tokens:
        return False
    return len(begun) == len(text) or model.counter.count(text) <= tokens
