"""What a guard says: these words of the claim against those, or against nothing, in the source."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from summarizer.schema import FindingKind


class Difference(NamedTuple):
    """A difference between a claim and its evidence."""

    kind: FindingKind
    start: int
    end: int
    """The claim's words: `claim[start:end]`."""
    source: tuple[int, int] | None
    """Offsets of the words against them in `Passage.text`; None where the evidence has nothing of the kind."""
    sure: bool
    """Whether the pair is unambiguous: one value against another, of the same thing."""
    note: str
    """The reason in plain words."""


@dataclass(frozen=True)
class Passage:
    """Evidence as a guard sees it."""

    text: str
    """The sentences that bear on the claim."""
    before: str = ""
    """A few sentences that come before them, for pronouns and anchors."""
    document: str = ""
    """The source, or of a book the part around the evidence, for full names, aliases and offices."""
    source: str = ""
    """The source from end to end, where `document` is only a part of it."""

    @property
    def context(self) -> str:
        """What precedes, and the evidence itself."""
        return f"{self.before}\n{self.text}" if self.before else self.text

    @property
    def whole(self) -> str:
        """The source as far as it is known."""
        return self.document or self.context


Guard = Callable[[str, Passage], list[Difference]]
