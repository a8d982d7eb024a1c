"""Where each sentence stands in its text: how early, under which heading, and whether the text is over.

News begins with what matters. A page with menus begins where its first prose does, a paper says what it found in its
abstract and under its conclusion, and behind the comments or the references nothing counts.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from summarizer.language.lexicon import lexicon
from summarizer.language.patterns import any_of
from summarizer.language.sentences import Sentence
from summarizer.language.statements import HEADING
from summarizer.language.words import words
from summarizer.writing.standing import ENDS, MOST_WORDS, SPEAKER, Genre, goes_on_quoting, in_own_voice, is_prose, told

LEXICON = lexicon("summaries")
HEADING_WORDS = 9  # a line without a stop that has more is no heading
NOTE_MARKS = re.compile(r"(?:\[\w{1,4}\]|[*†‡§¹²³⁰⁴-⁹]){1,8}\s{0,3}\Z")
CLOSING = 6  # sentences under "Conclusion" that count as what the text comes to
PARAGRAPH = 2  # ends of lines before one
TOGETHER = 3  # sentences of prose: fewer between two cells are a caption
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
TAIL = re.compile(rf"\A\W{{0,6}}{any_of(LEXICON['tail_headings'])}\b[^\n]{{0,20}}\Z", re.IGNORECASE)
CREDIT = re.compile(rf"\A\(?{any_of(LEXICON['credits'])}[^.\n]{{0,80}}\)?\Z", re.IGNORECASE)
ANSWERS = re.compile(r"\A\W{0,6}\d{1,4}\s(?:comments?|responses?|replies|thoughts?)\s(?:to|on|so)\b", re.IGNORECASE)
HEAD = 12  # sentences and lines in which minutes say what they are
MINUTES = re.compile(rf"\A\W{{0,4}}{any_of(LEXICON['minutes'])}\s?(?::|of\b|from\b)", re.IGNORECASE)
ANSWER = re.compile(r"A(?:nswer)?:\s")
TURNS = 0.15  # share of the sentences of a transcript that begin a turn
NO_SPEAKER = re.compile(
    rf"\A{any_of([*LEXICON['caption_starts'], *LEXICON['minutes'], *LEXICON['deciding']])}\b", re.IGNORECASE
)
BULLET = re.compile(r"\A[-–—•*‣·▪◦]\s")
TITLE = re.compile(r"\A#\s")


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


class Outline(NamedTuple):
    """The prose of the sources."""

    places: tuple[Place, ...]
    titles: tuple[str, ...]
    genre: Genre
    """A paper and minutes have the headings of one; in speech most sentences say "I", "we" or "you"."""


def outline(sentences: Sequence[Sentence], *, fewest: int) -> Outline:
    """Find the prose of the sources, with sentences of so many words at least."""
    readers = [_Reader(list(own), fewest) for _, own in groupby(sentences, key=lambda sentence: sentence.document)]
    places = tuple(place for reader in readers for place in reader.places())
    titles = tuple(title for reader in readers for title in reader.titles)
    return Outline(places, titles, _genre(places, readers))


def _genre(places: Sequence[Place], readers: Sequence["_Reader"]) -> Genre:
    if any(reader.paper_headings > 1 for reader in readers):
        return "paper"
    if any(reader.minutes_lines > 1 for reader in readers):
        return "minutes"
    return "speech" if 2 * sum(in_own_voice(place.text) for place in places) > len(places) else "article"


class _Reader:
    """Goes through one document."""

    def __init__(self, sentences: Sequence[Sentence], fewest: int) -> None:
        self._fewest = fewest
        self.titles: list[str] = []
        self.paper_headings = 0
        self.minutes_lines = sum(MINUTES.match(sentence.text) is not None for sentence in sentences[:HEAD])
        self._headings = 0
        self._in_turns = _is_transcript(sentences)
        self._turn: list[str] = []
        self._parts = list(self._split(sentences))

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
        over, first, method, closing, quoted = False, False, False, 0, 0
        for sentence, below in zip(sentences, [*sentences[1:], None], strict=True):
            within = 0 < quoted <= QUOTED
            quoted = quoted + 1 if goes_on_quoting(sentence.text, within=within) else 0
            if below and below.line_ends < PARAGRAPH and CREDIT.match(below.text):
                continue  # a caption
            item = BULLET.match(sentence.text) is not None and is_prose(
                told(sentence.text), fewest=self._fewest, in_list=True
            )
            if ANSWERS.match(sentence.text):
                over = True
            elif not item and is_heading(sentence.text):
                titled = TITLE.match(sentence.text) is not None
                over = TAIL.match(sentence.text) is not None or (over and not titled)
                closing = CLOSING if CLOSES.match(sentence.text) else 0
                first = True
                self._headings += 1
                if PAPER.match(sentence.text):
                    self.paper_headings += 1
                    method = METHODS.match(sentence.text) is not None
                if titled:
                    self.titles.append(sentence.text)
                    yield None
            elif not over and is_prose(text := self._said(told(sentence.text)), fewest=self._fewest, in_list=item):
                told_with = max(1, len(self._turn))
                yield Place(sentence, text, 0, first, closing > 0, method, self._headings, within, sentences=told_with)
                first, closing = False, closing - 1

    def _said(self, text: str) -> str:
        """A sentence; within a turn of a transcript with those before it, for the first one names who speaks, or asks."""
        if not self._in_turns:
            return text
        begins = SPEAKER.match(text) and not ANSWER.match(text)
        self._turn = [text] if begins else [*self._turn, text][: MOST_WORDS + 1]  # so many are too long to be told
        return " ".join(self._turn)


def _is_transcript(sentences: Sequence[Sentence]) -> bool:
    """Whether it is the talk of several people, each turn of which begins with who speaks."""
    speakers = [found[0] for one in sentences if (found := SPEAKER.match(one.text)) and not NO_SPEAKER.match(one.text)]
    several = len(set(speakers)) > 1 and len(set(speakers)) < len(speakers)
    return several and len(speakers) > max(2, TURNS * len(sentences))


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
    return text.rstrip("\"'“”’«»)]:")[-1:] not in (*"?？;,…।۔؟",) and not ENDS.search(text) and len(words(text)) <= most
