"""Who speaks in a transcript: the names before its turns, as meeting software, messengers and magazines write them.

A name stands before the words ("Ana Pell (chair): ...", "[00:04] Ana Pell: ...", "12/02/2026, 14:02 - Ana Pell: ...") or
on a line above them ("Ana Pell:", "Ana Pell  00:04", "Ana Pell (00:04):", and as it is below a line with nothing but times).
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from summarizer.language.labels import OWN
from summarizer.language.lexicon import lexicon
from summarizer.language.patterns import any_of, spelled
from summarizer.language.sentences import Sentence
from summarizer.language.words import word_count
from summarizer.writing.standing import MOST_WORDS, NAME, TAGS, joined, told

LEXICON = lexicon("summaries")
OF_SENTENCES, OF_LINES = 0.15, 0.25  # share of either that begins a turn in a transcript
FEWEST = 2  # turns of a text that is none yet
FULL = 8  # words of an answer that can do without its question
TIME = (
    r"[\[(]?(?:\d{1,4}[./-]\d{1,2}[./-]\d{1,4},?[ T]\s?)?\d{1,2}(?:(?:[:.]\d{2}){1,2}|(?::\d{1,2}){2})(?:[.,]\d{1,3})?"
    r"(?:\s?[AaPp]\.?[Mm]\.?)?[\])]?"
)
CUE = re.compile(rf"\A{TIME}(?:\s-->\s{TIME})?\Z")
TIMED = re.compile(rf"\A{TIME}\s{{1,2}}(?:[-–—]\s)?(?=\S)")
INLINE = re.compile(rf"\A({NAME}{TAGS})(?:\s{{1,3}}{TIME})?:\s{{1,3}}(?=\S)")
IN_CHAT = re.compile(r"\A([\w+@~][\w.’'+ -]{0,40}):\s{1,3}(?=\S)")
HEAD = re.compile(rf"\A({NAME}{TAGS})(?:\s{{1,4}}{TIME}:?|:)\Z")
BARE = re.compile(rf"\A({NAME}{TAGS})\Z")
TIME_OF_NAME = re.compile(rf"\s{{1,3}}{TIME}\Z")
NO_SPEAKER = re.compile(
    rf"\A{any_of([*LEXICON['caption_starts'], *LEXICON['minutes'], *LEXICON['deciding']])}\b", re.IGNORECASE
)
ANSWER = frozenset(["a", "answer"])
LONGEST = 200  # code points up to the colon behind a speaker


class Turn(NamedTuple):
    """A sentence as it stands in the talk of several people."""

    speaker: str
    """Who begins to speak with it; empty where somebody goes on."""
    text: str
    """What is said; empty where a line has nothing but a name or a time."""
    in_chat: bool = False
    """Whether it is a message with its time before it: such a one needs no stop."""


def turns(sentences: Sequence[Sentence]) -> tuple[Turn, ...]:
    """Each of the sentences in the talk of several people; none where the text is no transcript."""
    read: list[Turn | None] = []  # None for a sentence that cannot begin a turn
    for one in sentences:
        after_time = bool(read) and read[-1] == Turn("", "")
        may_begin = after_time or ":" in one.text[:LONGEST] or one.text[:1] in "[(" or one.text[:1].isdigit()
        read.append(_turn(told(one.text), begins_line=_begins_line(one), after_time=after_time) if may_begin else None)
    if not _is_transcript(read, sentences):
        return ()
    return tuple(turn or Turn("", told(one.text)) for turn, one in zip(read, sentences, strict=True))


def _begins_line(sentence: Sentence) -> bool:
    return sentence.line_ends > 0 or not sentence.number


def _turn(text: str, *, begins_line: bool, after_time: bool) -> Turn:
    if begins_line and CUE.match(text):
        return Turn("", "")
    timed = TIMED.match(text) if begins_line else None
    line = text[timed.end() :] if timed else text
    found = INLINE.match(line) or (IN_CHAT.match(line) if timed else None)
    if not found and begins_line:
        found = HEAD.match(line) or (BARE.match(line) if timed or after_time else None)
    if not found or NO_SPEAKER.match(line) or spelled(found[1]) in OWN - ANSWER:
        return Turn("", text)
    return Turn(TIME_OF_NAME.sub("", found[1]), line[found.end() :], in_chat=timed is not None)


def _is_transcript(read: Sequence[Turn | None], sentences: Sequence[Sentence]) -> bool:
    """Whether several people speak, some of them more than once, and many of the sentences or lines begin a turn."""
    begun = [(turn.speaker, where) for turn, where in zip(read, sentences, strict=True) if turn and turn.speaker]
    speakers = [speaker for speaker, _ in begun]
    at_lines = sum(_begins_line(where) for _, where in begun)
    return 1 < len(set(speakers)) < len(speakers) and (
        len(speakers) > max(FEWEST, OF_SENTENCES * len(sentences))
        or at_lines > max(FEWEST, OF_LINES * sum(map(_begins_line, sentences)))
    )


class Talk:
    """What has been said in the turn so far, and by whom."""

    def __init__(self) -> None:
        self._speaker: str | None = ""  # empty before the first turn, None where it is not known any more
        self._said: list[str] = []
        self._named = False

    def break_off(self) -> None:
        """Once somebody has spoken, nothing tells who speaks behind a heading or a break for music."""
        if self._speaker:
            self._speaker = None

    def told(self, turn: Turn) -> tuple[str, int]:
        """What a summary tells of a sentence, and how many sentences that is; nothing where nobody knows who says it.

        It is the turn up to there, behind "A:" with its question; of a long turn it is who speaks, and the sentence.
        A short answer to somebody's question says nothing by itself.
        """
        if turn.speaker:
            self._speaker, self._named = turn.speaker, False
        if not turn.text or self._speaker is None:
            return "", 1
        if not self._speaker:
            return turn.text, 1
        by_name, asked = f"{self._speaker}: {turn.text}", bool(self._said) and self._said[-1].endswith("?")
        if not self._named and self._speaker.lower() not in ANSWER:
            self._said = []
        self._said = [*self._said, turn.text if self._named else by_name][: MOST_WORDS + 1]  # so many are too long
        self._named = True
        if asked and len(self._said) == 1 and word_count(turn.text) < FULL:
            return "", 1
        whole = joined(self._said)
        return (whole, len(self._said)) if word_count(whole) <= MOST_WORDS else (by_name, 1)
