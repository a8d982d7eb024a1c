"""The seam of judging: claims and their sources in, a judgement for each out.

A judge proposes; grounding finds its quotes and `deciding` makes the outcome. Judges are looked up by name in
`registry`, where an installed package may add its own.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol, runtime_checkable

from summarizer.drafts import Judgements
from summarizer.language.sentences import Sentence
from summarizer.language.source_text import end_to_end
from summarizer.language.word_index import WordIndex
from summarizer.schema import Claim, Component, Document, Label


class Material(NamedTuple):
    """What a judge may look at."""

    documents: Sequence[Document]
    sentences: Sequence[Sentence]
    """Every sentence of the documents, in order."""
    passages: Mapping[str, Sequence[Sentence]]
    """For each `Claim.id` the sentences that share most of its rare words, best first."""
    controls: frozenset[str] = frozenset()
    """The ids of claims that are control questions: asked along with others, so that they cost no request."""
    words: WordIndex | None = None
    """The words of the sentences, where they have been read."""

    @property
    def source(self) -> str:
        """All documents from end to end, the same object each time."""
        return end_to_end(tuple(document.text for document in self.documents))

    def word_index(self) -> WordIndex:
        """The words of the sentences, read now where they have not been."""
        return self.words or WordIndex(self.sentences)


class Judge(Protocol):
    """Says of each claim what the sources say of it."""

    about: Component
    """Name, model and prompts, for the report."""
    destination: str
    """Where the text goes, for the reader: "the text stays on this machine", or a host."""
    remote: bool
    """Whether it waits for a network, so that it needs an event loop."""

    async def judge(self, claims: Sequence[Claim], material: Material) -> Judgements:
        """Judge some claims. A failure to answer is a judgement with its reason; a `BackendError` ends the run."""

    async def close(self) -> None:
        """Let go of connections and files; it may be used again afterwards."""


class Doubtful(NamedTuple):
    """A claim on which judge and witness are far apart."""

    claim: Claim
    label: Label
    """What the judge said."""
    support: float
    """The chance of support that the witness gives it."""

    @property
    def distance(self) -> float:
        return abs((self.label is Label.SUPPORTED) - self.support)


@runtime_checkable
class Reviewer(Protocol):
    """A judge that can be asked about one claim again."""

    async def review(self, doubts: Sequence[Doubtful], material: Material) -> Judgements:
        """Judge these claims anew, each by itself, told that a reader doubts the first answer."""
