"""What a finding says: these words of the claim stand nowhere in the source, which has those instead."""

from collections.abc import Callable, Sequence
from typing import NamedTuple, Protocol, TypeVar

from summarizer.findings.vocabulary import has_words
from summarizer.schema import FindingKind


class Passage(NamedTuple):
    """What a claim is compared with."""

    text: str
    """The evidence: the sentences that bear on the claim, each on a line."""
    document: str = ""
    """All sources from end to end; empty where there is only the evidence."""

    @property
    def source(self) -> str:
        """Everything that is known of the sources."""
        return self.document or self.text


class Difference(NamedTuple):
    """A difference between a claim and its source."""

    kind: FindingKind
    start: int
    end: int
    """The claim's words: `claim[start:end]`."""
    source: tuple[int, int] | None
    """Offsets of the words to put beside them in `Passage.text`; None where there is no one candidate."""
    note: str
    """The reason in plain words."""
    reckoned: bool = False
    """Whether it is a number that follows from others of the passage, so that it stands against none of them."""
    beyond: bool = False
    """Whether the source's number is none that the words before the claim's leave open: "a quarter" for "more than a third"."""


class Kind(NamedTuple):
    """A kind of finding, and what the rest must know of it."""

    name: str
    """Of its module, and in tables."""
    compares: str
    """What it finds, for documentation."""
    find: Callable[[str, Passage], list[Difference]]


class Placed(Protocol):
    """Anything with a place in a text."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


P = TypeVar("P", bound=Placed)


def absent(
    kind: FindingKind, claim: str, place: Placed, passage: Passage, rivals: Sequence[Placed] = ()
) -> list[Difference]:
    """The difference for words that were found nowhere by value; none where they stand in the source as they are."""
    words = claim[place.start : place.end]
    if has_words(words, passage.source):
        return []
    rival = only(rivals, passage.text)
    if rival is None:
        return [Difference(kind, place.start, place.end, None, f"{_quoted(words)} does not appear in the source")]
    note = f"the source says {_quoted(passage.text[rival.start : rival.end])}"
    return [Difference(kind, place.start, place.end, (rival.start, rival.end), note)]


def only(candidates: Sequence[P], text: str) -> P | None:
    """The candidate from whose words no other differs, on one line; None where several could be meant."""
    candidates = [one for one in candidates if "\n" not in text[one.start : one.end]]
    forms = {" ".join(text[one.start : one.end].casefold().split()) for one in candidates}
    return candidates[0] if len(forms) == 1 else None


def _quoted(words: str) -> str:
    return f"“{' '.join(words.split())}”"
