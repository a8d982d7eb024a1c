"""What is read together with a claim: two windows over the passages of one source, the second around the first.

The passages are the sentences that share most of the claim's rare words. The last window adds the sentences around
them, which say who "he" is and what came of it. Whether words of several sentences may be put together is what the
model was trained to tell. A verdict comes from one window, and only its sentences are shown. What other windows find
and cost is in docs/decisions/0077.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from summarizer.judging.nli.layout import Layout
from summarizer.language.rows import cells, is_header, is_row, with_header
from summarizer.language.sentence_map import SentenceMap
from summarizer.language.sentences import Sentence
from summarizer.language.statements import running
from summarizer.language.time_expressions import WEEKDAYS
from summarizer.language.words import stems, words

FIRST = 2  # passages of the window before the last, which holds it
AROUND = ((0, 0), (1, 0), (2, 0), (0, -1), (3, 0), (0, 1), (1, -1), (4, 0))
"""The last window in the order in which it takes sentences: the rank of a passage, and the distance from it."""
MOST_WORDS = 140  # of the last window
NEXT_LINE = 1  # code point between two lines that follow each other; a blank line parts tables and records
MOST_LABELS = 12  # of a record
LEAST_WORDS = 2  # content words of a sentence that is taken for its place alone


class Window(NamedTuple):
    """Some sentences of one document, in its order."""

    sentences: tuple[Sentence, ...]

    header: str = ""
    """Of the table whose row this is."""
    lead: str = ""
    """Who wrote it, where the claim says that somebody did."""

    @property
    def text(self) -> str:
        if self.header:
            return with_header(self.header, self.sentences[-1].text)
        return self.lead + " ".join(running(sentence.text) for sentence in self.sentences)


def windows(passages: Sequence[Sentence], places: SentenceMap, layout: Layout | None = None) -> tuple[Window, ...]:
    """The windows over the passages of a claim, which come best first, in the document of the best one."""
    own = [one for one in passages if one.document == passages[0].document]
    if own and is_row(own[0].text):
        return tuple(_row(one, places) for one in own if is_row(one.text))
    own = [one for one in own if not is_row(one.text) and (layout is None or layout.goes_with(own[0], one))]
    largest = tuple(_around(own, places, layout))
    few = own[:FIRST] if len(own[:FIRST]) < len(largest) else []
    if layout:
        few = [part for one in few for part in layout.whole(one, places)]
    found = tuple(map(window_of, [few, largest] if few else [largest]))
    return tuple(one._replace(lead=layout.lead(one.sentences)) for one in found) if layout else found


def _around(own: Sequence[Sentence], places: SentenceMap, layout: Layout | None) -> Iterator[Sentence]:
    taken, held = set[int](), 0
    for rank, distance in AROUND:
        passage = own[rank] if rank < len(own) else None
        found = passage and places.at(passage.document, passage.number + distance)
        if layout and passage and distance:
            found = layout.beside(passage, distance, places)
            found = found if found and layout.goes_with(own[0], found) else None
        if not found or found.number in taken or (distance and (is_row(found.text) or not _says_something(found))):
            continue
        length = len(found.text.split())
        if taken and held + length > MOST_WORDS:
            continue
        taken.add(found.number)
        held += length
        yield found


def strays(claim: str, window: Window, places: SentenceMap) -> bool:
    """Whether the window is a row, and a word of the claim stands in other rows of its document and not in this one."""
    if not window.sentences or not is_row(window.sentences[0].text):
        return False
    first = window.sentences[0]
    foreign = stems(claim) - stems(f"{window.header} {window.text}")
    return bool(foreign) and not foreign.isdisjoint(places.stems_of_rows(first.document))


def _row(row: Sentence, places: SentenceMap) -> Window:
    """A row by itself: under the header of its table, or with the other labels of its record."""
    block = _block(row, places)
    if len(cells(row.text)) > 1:
        return Window((row,), block[0].text if is_header(block[0].text, row.text) else "")
    labels = [one.text.partition(":")[0].strip() for one in block]
    is_record = len(block) <= MOST_LABELS and row.text.lstrip()[:1].isalnum() and not any(map(is_name_of_day, labels))
    return Window(tuple(block) if is_record else (row,))


def is_name_of_day(label: str) -> bool:
    """Whether a label is a day, whose value is of that day alone."""
    return label.strip("-*• ").lower() in WEEKDAYS


def _block(row: Sentence, places: SentenceMap) -> list[Sentence]:
    """The rows around a row, up to the next blank line."""
    block = [row]
    while (above := places.at(row.document, block[-1].number - 1)) and _adjoin(above, block[-1]):
        block.append(above)
    block.reverse()
    while (below := places.at(row.document, block[-1].number + 1)) and _adjoin(block[-1], below):
        block.append(below)
    return block


def _adjoin(one: Sentence, other: Sentence) -> bool:
    return other.start - one.end <= NEXT_LINE and is_row(one.text) and is_row(other.text)


def _says_something(sentence: Sentence) -> bool:
    """Whether a sentence has words enough to be shown as evidence."""
    return sum(word.content for word in words(sentence.text)) >= LEAST_WORDS


def window_of(sentences: Sequence[Sentence]) -> Window:
    """Sentences of one document in its order."""
    return Window(tuple(sorted(dict.fromkeys(sentences), key=lambda one: one.number)))
