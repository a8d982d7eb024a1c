"""Where each sentence stands in its text: how early, under which heading, and whether the text is over.

News begins with what matters. A page with menus begins where its first prose does, a paper says what it found in its
abstract and under its conclusion, and the comments or the references behind a text do not count.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby, zip_longest
from typing import Literal, NamedTuple

from summarizer.language.lexicon import lexicon
from summarizer.language.line_breaks import MARKER, without_marker
from summarizer.language.patterns import any_of
from summarizer.language.sentences import Sentence
from summarizer.language.statements import HEADING
from summarizer.language.words import word_count, words
from summarizer.writing.standing import (
    ENDS,
    Genre,
    goes_on,
    goes_on_quoting,
    in_own_voice,
    is_prose,
    joined,
    told,
)
from summarizer.writing.turns import Talk, turns

LEXICON = lexicon("summaries")
HEADING_WORDS = 9  # a line without a stop that has more is no heading
NOTE_MARKS = re.compile(r"(?:\[\w{1,4}\]|[*†‡§¹²³⁰⁴-⁹]){1,8}\s{0,3}\Z")
CLOSING = 6  # sentences under "Conclusion" that count as what the text comes to
PARAGRAPH = 2  # ends of lines before one
TOGETHER = 3  # sentences of prose: fewer between two cells are a caption
MOST_REPORTED = 3  # sentences of one report
QUOTED = 8  # sentences of one quotation; a mark that nobody closes is a slip
PART = 5  # sentences of prose that make the text under a title a part of its own
PARTS = 3  # titles of a page with articles below each other; where there are more, they are headings
NUMBERED = r"\A\W{0,6}(?:\d{1,2}(?:\.\d{1,2}){0,2}\.?\s|[IVXivx]{1,4}\.\s)?"
PAPER = re.compile(
    rf"{NUMBERED}{any_of([*LEXICON['paper_headings'], *LEXICON['method_headings'], *LEXICON['closing_headings']])}\W{{0,3}}\Z",
    re.IGNORECASE,
)
METHODS = re.compile(rf"{NUMBERED}{any_of(LEXICON['method_headings'])}\W{{0,3}}\Z", re.IGNORECASE)
CLOSES = re.compile(
    rf"{NUMBERED}{any_of(LEXICON['closing_headings'])}(?:\W{{0,3}}\Z|\s(?:on|of|and)\s[^\n]{{1,60}}\Z)", re.IGNORECASE
)
TAIL = re.compile(
    rf"\A\W{{0,6}}(?:{any_of(LEXICON['tail_openings'])}\b[^\n]{{0,20}}\Z"
    rf"|{any_of(LEXICON['tail_headings'])}(?:\s(?:and|&)\s[^\n]{{1,20}}|\s{{0,2}}\[\s?edit)?\W{{0,4}}\Z)",
    re.IGNORECASE,
)
PAPER_TAIL = re.compile(rf"{NUMBERED}{any_of(LEXICON['paper_tail_headings'])}\W{{0,3}}\Z", re.IGNORECASE)
CREDIT = re.compile(rf"\A\(?{any_of(LEXICON['credits'])}[^.\n]{{0,80}}\)?\Z", re.IGNORECASE)
ANSWERS = re.compile(
    r"\A\W{0,6}(?:\d{1,4}\s(?:comments?|responses?|replies|thoughts?)\s(?:to|on|so)\b"
    r"|comments\W{0,3}\d{0,5}\W{0,3}\Z|leave\sa\s(?:reply|comment)\b[^\n]{0,20}\Z)",
    re.IGNORECASE,
)
HEAD = 12  # sentences and lines in which minutes say what they are
MINUTES = re.compile(rf"\A\W{{0,4}}{any_of(LEXICON['minutes'])}\s?(?::|of\b|from\b)", re.IGNORECASE)
UNMARKED = 7  # the level of a heading without marks
BULLET = re.compile(r"\A[-–—•*‣·▪◦]\s")
FIRST_WORD = re.compile(r"\W{0,9}([^\W\d_]{1,40})")
FINISHED = re.compile(r"[.!?？…।۔؟。！][\"'“”’«»)\]」』]{0,3}\Z")
MARKS = re.compile(r"\A#{1,6}(?=\s)")
TITLE = re.compile(r"\A#\s")
Behind = Literal["", "links", "comments"]


class Place(NamedTuple):
    """One sentence of prose and where it stands."""

    sentence: Sentence
    text: str
    """As a summary would have it."""
    rank: int
    """Sentences of prose before it in its part of the text."""
    first: bool
    """Whether it is the first below a heading."""
    closing: bool
    """Whether it stands in an abstract, a summary or a conclusion."""
    method: bool
    """Whether it stands under a heading like "Methods"."""
    group: int = 0
    """Headings and cells before it: prose of one group stands together."""
    quoted: bool = False
    """Whether a quotation that began before it is still open: then somebody else speaks."""
    alone: bool = False
    """Whether it stands nearly alone between cells, as a caption does, on a page that is full of them."""
    sentences: int = 1
    """How many its text has: more within a turn of a transcript."""
    behind: Behind = ""
    """Whether it stands below a heading that a page has behind its text."""


class Outline(NamedTuple):
    """The prose of the sources."""

    places: tuple[Place, ...]
    titles: tuple[str, ...]
    genre: Genre
    """A paper and minutes have the headings of one; speech is a transcript, or most sentences say "I", "we" or "you"."""
    going_on: frozenset[str] = frozenset()
    """`Sentence.id` of what goes on a line above it, and may say the opposite alone."""
    speakers: frozenset[str] = frozenset()
    """`Word.key` of the names before the turns of a transcript: they are told with every turn and tell nothing of it."""


def outline(sentences: Sequence[Sentence], *, fewest: int) -> Outline:
    """Find the prose of the sources, with sentences of so many words at least."""
    readers = [_Reader(list(own), fewest) for _, own in groupby(sentences, key=lambda sentence: sentence.document)]
    places = tuple(place for reader in readers for place in reader.places())
    titles = tuple(title for reader in readers for title in reader.titles)
    going_on = frozenset[str]().union(*(one.going_on for one in readers))
    names = {turn.speaker for reader in readers for turn in reader.turns}
    return Outline(
        places, titles, _genre(places, readers), going_on, frozenset(word.key for name in names for word in words(name))
    )


def _genre(places: Sequence[Place], readers: Sequence["_Reader"]) -> Genre:
    if any(reader.paper_headings > 1 for reader in readers):
        return "paper"
    if any(reader.minutes_lines > 1 for reader in readers):
        return "minutes"
    if readers and all(reader.turns for reader in readers):
        return "speech"
    return "speech" if 2 * sum(in_own_voice(place.text) for place in places) > len(places) else "article"


class _Reader:
    """Goes through one document."""

    def __init__(self, sentences: Sequence[Sentence], fewest: int) -> None:
        self._fewest = fewest
        self.titles: list[str] = []
        self.paper_headings = 0
        self.minutes_lines = sum(MINUTES.match(sentence.text) is not None for sentence in sentences[:HEAD])
        self.going_on = frozenset(_going_on(sentences))
        self._headings = 0
        self.turns = turns(sentences)
        self._talk = Talk()
        self._report: list[str] = []
        self._parts: list[list[Place]] = []
        for part in self._split(sentences):
            self._parts.append(_without_tail(part, sum(map(len, self._parts))))

    def places(self) -> Iterator[Place]:
        """Its prose, ranked within the text under one title."""
        together = Counter(place.group for part in self._parts for place in part)
        broken = 2 * self._headings > together.total()
        for part in self._parts:
            for rank, place in enumerate(part):
                yield place._replace(rank=rank, alone=broken and together[place.group] < TOGETHER)

    def _split(self, sentences: Sequence[Sentence]) -> Iterator[list[Place]]:
        """The prose below each title; short parts belong to the one before."""
        titled = sum(TITLE.match(sentence.text) is not None for sentence in sentences)
        if not titled and len(sentences) > 1 and is_heading(sentences[0].text):
            self.titles.append(sentences[0].text)
        part: list[Place] = []
        for place in self._prose(sentences):
            if place:
                part.append(place)
            elif titled <= PARTS and len(part) >= PART:
                yield part
                part = []
        yield part

    def _prose(self, sentences: Sequence[Sentence]) -> Iterator[Place | None]:
        """Each sentence of prose, and None for each title."""
        tail, first, method, closing, quoted = _Tail(), False, False, 0, 0
        for sentence, below, turn in zip_longest(sentences, sentences[1:], self.turns):
            within = 0 < quoted <= QUOTED
            quoted = quoted + 1 if goes_on_quoting(sentence.text, within=within) else 0
            if below and below.line_ends < PARAGRAPH and CREDIT.match(below.text):
                continue  # a caption
            text, told_with = self._talk.told(turn) if turn else self._reported(sentence)
            if turn and not turn.text:
                continue  # a name or a time
            item = (turn is not None and turn.in_chat) or (
                BULLET.match(sentence.text) is not None and is_prose(text, fewest=self._fewest, in_list=True)
            )
            if ANSWERS.match(sentence.text) and not ENDS.search(sentence.text):
                tail = tail.below(sentence.text, "comments")
            elif not item and is_heading(sentence.text):
                kind = self._tail_of(sentence.text)
                tail = tail.below(sentence.text, kind)
                closing = CLOSING if CLOSES.match(sentence.text) else 0
                first = True
                self._headings += 1
                self._talk.break_off()
                if PAPER.match(sentence.text):
                    self.paper_headings += 1
                    method = METHODS.match(sentence.text) is not None
                if TITLE.match(sentence.text) and not kind:
                    self.titles.append(sentence.text)
                    yield None
            elif is_prose(text, fewest=self._fewest, in_list=item) and sentence.id not in self.going_on:
                place = Place(sentence, text, 0, first, closing > 0, method, self._headings, within)
                yield place._replace(sentences=told_with, behind=tail.kind)
                first, closing = False, closing - 1

    def _reported(self, sentence: Sentence) -> tuple[str, int]:
        """What a summary tells of a sentence: with the report or the motion before it that it goes on; and how many sentences that is."""
        text = told(sentence.text)
        same = sentence.line_ends < PARAGRAPH and 0 < len(self._report) <= MOST_REPORTED
        follows = same and goes_on(text, self._report[0])
        self._report = [*self._report, text] if follows else [text]
        return joined(self._report), len(self._report)

    def _tail_of(self, heading: str) -> Behind:
        """Whether a heading is one of those behind a text; some are that of a paper alone."""
        return "links" if TAIL.match(heading) or (self.paper_headings and PAPER_TAIL.match(heading)) else ""


class _Tail(NamedTuple):
    """What stands behind a text, up to the next heading of its level."""

    kind: Behind = ""
    level: int = 0
    """Marks of its heading; one without any ends at the next that has one."""

    def below(self, heading: str, kind: Behind) -> "_Tail":
        """What stands below the next heading, which is of some kind itself."""
        marks = MARKS.match(heading)
        level = len(marks[0]) if marks else UNMARKED
        if self.kind and (level > self.level or not (marks or (kind and self.kind == "links"))):
            return self
        return _Tail(kind, level)


def _without_tail(part: Sequence[Place], before: int) -> list[Place]:
    """A part without its tail; what is longer than the text of the part is none, unless the readers wrote it."""
    text: list[Place] = []
    for kind, places in groupby(part, key=lambda place: place.behind):
        own = list(places)
        if not kind or before + len(text) < TOGETHER or (kind == "links" and len(own) > len(text)):
            text += own
    return text


def _going_on(sentences: Sequence[Sentence]) -> Iterator[str]:
    """The items of lists that go on a lead-in like "It rejects plans to:", and what else goes on in small letters.

    A heading is none: what stands below it can be read without it.
    """
    prose = [one.text for one in sentences if ENDS.search(one.text) and not MARKER.match(one.text)]
    small_letters = 2 * sum(map(_begins_small, prose)) > len(prose)
    above: Sentence | None = None
    in_item = goes_on = False
    for one in sentences:
        item = MARKER.match(one.text) is not None
        in_item = item or (in_item and not one.line_ends)
        if item or not in_item:
            small = not small_letters and _begins_small(one.text)
            goes_on = above is not None and (small or (item and _is_lead_in(above))) and not _is_label(above)
        if goes_on:
            yield one.id
        elif not in_item or one.text.endswith(":"):
            above = one


def _begins_small(text: str) -> bool:
    """Whether the first word is in small letters, unlike that of "iPads sold well"."""
    word = FIRST_WORD.match(without_marker(text))
    return word is not None and word[1].islower()


def _is_label(sentence: Sentence) -> bool:
    return HEADING.match(sentence.text) is not None or CLOSES.match(told(sentence.text)) is not None


def _is_lead_in(sentence: Sentence) -> bool:
    """Whether it is unfinished: with a colon, or without a stop where it is no heading on a line of its own."""
    text = told(sentence.text)
    if text.endswith(":") or not is_heading(text):
        return FINISHED.search(text) is None
    own_line = sentence.line_ends or not sentence.number
    return not own_line or any(not word.content for word in words(text)[-1:])


def is_heading(text: str, most: int = HEADING_WORDS) -> bool:
    """Whether a line of a source is a heading: of at most `most` words and without a stop, or marked as one.

    >>> is_heading("Warm nights, smaller colonies"), is_heading("Snow fell."), is_heading("## Snow")
    (True, False, True)
    >>> is_heading("Snow fell.[1]"), is_heading("#Snow is a tag."), is_heading("बर्फ गिरी।")
    (False, False, False)
    """
    if HEADING.match(text):
        return True
    text = NOTE_MARKS.sub("", text)
    return text.rstrip("\"'“”’«»)]:")[-1:] not in (*"?？;,…।۔؟",) and not ENDS.search(text) and word_count(text) <= most
