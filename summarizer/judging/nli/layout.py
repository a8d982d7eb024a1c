"""Which sentences of a source may be read together with a claim, as far as the layout of the text tells.

A caption, the head of an e-mail and a block of somebody's words are read by themselves, a note with the sentence that
has its mark. Numbers of pages and running heads are passed over, so that a sentence goes on behind them.
"""

from collections.abc import Sequence

from summarizer.judging.nli.said import Texts, speaker_of
from summarizer.language.labels import is_said_by
from summarizer.language.sentence_map import SentenceMap
from summarizer.language.sentences import Sentence
from summarizer.language.structure import Block, structure_of

FURTHEST = 6  # sentences over which one goes on behind page numbers and running heads
STOPS = '.!?…。！？:;"”’»)'


class Layout:
    """The blocks around the passages of a claim."""

    def __init__(self, claim: str, texts: Texts) -> None:
        self._texts = texts
        self._speaker = speaker_of(claim)

    def block(self, sentence: Sentence) -> Block | None:
        """The block that a sentence stands in; None in running text."""
        return structure_of(self._texts[sentence.document]).at(sentence.start)

    def is_text(self, sentence: Sentence) -> bool:
        """Whether a sentence is no page number, no running head and not struck out."""
        block = self.block(sentence)
        if block is not None and block.kind == "struck":
            return not block.holds(sentence.start, sentence.end)
        return block is None or block.kind != "page"

    def goes_with(self, first: Sentence, other: Sentence) -> bool:
        """Whether two sentences may be read together; what somebody says, with what leads to it, where a claim says who."""
        mine, theirs = self.block(first), self.block(other)
        if mine == theirs:
            return True
        kinds = {one.kind if one else None for one in (mine, theirs)}
        if "note" in kinds:
            return self._has_mark(first, theirs) or self._has_mark(other, mine)
        return kinds == {"quoted", None} and bool(self._speaker)

    def _has_mark(self, sentence: Sentence, note: Block | None) -> bool:
        return note is not None and sentence.start <= note.anchor <= sentence.end

    def beside(self, sentence: Sentence, distance: int, places: SentenceMap) -> Sentence | None:
        """The sentence so many before or behind another one, over what stands at the edges of pages; before a note that of its mark."""
        if distance < 0 and (block := self.block(sentence)) and block.kind == "note":
            return next(iter(places.over(sentence.document, block.anchor, block.anchor + 1)), None)
        number, step = sentence.number, 1 if distance > 0 else -1
        for _ in range(abs(distance)):
            number += step
            while (found := places.at(sentence.document, number)) and not self.is_text(found):
                number += step
        return places.at(sentence.document, number)

    def whole(self, sentence: Sentence, places: SentenceMap) -> tuple[Sentence, ...]:
        """A sentence with its other part on the page before or behind."""
        before, after = self.beside(sentence, -1, places), self.beside(sentence, 1, places)
        parts = [sentence]
        if before and _goes_on(before, sentence):
            parts.insert(0, before)
        if after and _goes_on(sentence, after):
            parts.append(after)
        return tuple(parts)

    def lead(self, sentences: Sequence[Sentence]) -> str:
        """What says whose words some sentences are, for a claim that names their writer; empty for any other."""
        writers = {structure_of(self._texts[one.document]).writer(one.start) for one in sentences}
        (writer,) = writers if len(writers) == 1 else ("",)
        return f"{writer} wrote: " if writer and self._speaker and is_said_by(self._speaker, writer) else ""


def _goes_on(one: Sentence, other: Sentence) -> bool:
    """Whether a sentence goes on behind the edge of a page."""
    return 1 < other.number - one.number <= FURTHEST and one.text[-1:] not in STOPS and other.text[:1].islower()
