"""Subtitles (SubRip and WebVTT): what is said, without numbers, time codes and marks.

A sentence goes on over several captions, and the name of a voice stands before what it says: that of its mark, or
what stands before a colon where a caption begins.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from summarizer.reading.decoding import decode
from summarizer.reading.formats.extract import Extract, cleaned, counted

CODE = r"(?:\d{1,3}:)?\d{1,2}:\d{2}[,.]\d{1,3}"
TIMES = re.compile(rf"(?<![ \t])[ \t]*+{CODE}[ \t]{{0,9}}-->[ \t]{{0,9}}{CODE}(?:[ \t][^\n]*)?")
BLANK_LINE = re.compile(r"\n[ \t]*+\n\s*+")
VOICE = re.compile(r"<v(?:\.[\w.]{1,40})?[ \t]([^<>\n]{1,80})>")
TAG = re.compile(r"</?[a-zA-Z][^<>\n]{0,80}>|<\d[\d:.]{0,20}>|\{\\[^{}\n]{1,80}\}")
ENTITIES = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&nbsp;": "\u00a0", "&lrm;": "", "&rlm;": ""}
ENTITY = re.compile("|".join(ENTITIES))
ENDED = re.compile(r"[.!?…。！？][\"'”’»)\]]{0,3}\Z")
TURN = re.compile(r"(?:[-–—][ \t]?|>>[ \t]?)(?=\S)")  # another voice within a caption
NAME = re.compile(
    r"\A((?:(?:Dr|Mr|Mrs|Ms|Prof)\. )?[^\W\d_a-z][\w’'-]{0,30}(?:[ .]{1,2}[^\W\d_a-z][\w’'-]{0,30}){0,4}\.?):[ \t](?=\S)"
)
SOUND = re.compile(r"\([^()\n]{1,80}\)|\[[^\[\]\n]{1,80}\]|[♪♫][^\n]{0,200}")


class _Caption(NamedTuple):
    voice: str
    text: str
    cue: int
    """The number of its times."""

    @property
    def name(self) -> str:
        """What stands before a colon where it begins, which may be a name; empty where nothing does."""
        named = NAME.match(TURN.sub("", self.text))
        return named[1] if named and not self.voice else ""


def read(data: bytes, *, name: str, encoding: str | None = None) -> Extract:
    """Return what is said, a paragraph for each voice. Raises an `InputError` for what is no text."""
    text = cleaned(decode(data, name=name, encoding=encoding))
    blocks = [block.split("\n") for block in BLANK_LINE.split(text.strip())]
    timed = [at for lines in blocks if (at := _times_at(lines)) is not None]
    if not timed:
        return Extract(text)
    spoken = [caption for cue, lines in enumerate(blocks) for caption in _captions(lines, cue)]
    warning = f"left out {counted(len(timed), 'time code')}; a sentence may stand in several captions"
    return Extract("".join(_joined(spoken)).strip(), (warning,))


def _times_at(lines: list[str]) -> int | None:
    """Which line of a block holds its times; None for a header, a note or a style."""
    return next((at for at, line in enumerate(lines[:3]) if TIMES.fullmatch(line)), None)


def _captions(lines: list[str], cue: int) -> Iterator[_Caption]:
    at = _times_at(lines)
    if at is None:
        return
    voice = ""
    for line in lines[at + 1 :]:
        if given := VOICE.search(line):
            voice = given[1].strip()
        bare = " ".join(ENTITY.sub(lambda one: ENTITIES[one[0]], TAG.sub("", line)).split())
        if bare:
            yield _Caption(voice, bare, cue)


def _joined(captions: list[_Caption]) -> Iterator[str]:
    """The captions with the breaks between them; a line that rolls on from one caption to the next is said once."""
    names = _names(captions)
    last, speaker = _Caption("", "", -1), ""
    for one in captions:
        if one[:2] == last[:2] and one.cue != last.cue:
            continue
        text = TURN.sub("", one.text)
        name = one.name if one.name in names else ""
        if name and name == speaker and text == one.text:
            yield f"{_break(last.text)}{text[len(name) + 1 :].lstrip()}"
        elif one.voice != last.voice and one.voice:
            yield f"\n\n{one.voice}: {text}"
        elif name or text != one.text or (last.text and one.voice != last.voice):
            yield f"\n\n{text}"
        else:
            yield f"{_break(last.text)}{text}"
        speaker = name or ("" if text != one.text else speaker)
        last = one


def _names(captions: list[_Caption]) -> frozenset[str]:
    """The words before colons that are names: of several words, all in capitals, or before more than one caption."""
    met = Counter(one.name for one in captions)
    return frozenset(name for name, count in met.items() if name and (" " in name or name.isupper() or count > 1))


def _break(before: str) -> str:
    return ("\n" if ENDED.search(before) or SOUND.fullmatch(before) else " ") if before else ""
