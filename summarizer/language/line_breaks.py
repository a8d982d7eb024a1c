"""Line breaks that end a paragraph, and those that an editor's line width made."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from summarizer.language.days import DAY, ITEM_NUMBER, numbers_before_months
from summarizer.language.lexicon import lexicon
from summarizer.language.lines import line_end
from summarizer.language.rows import MARKS_OF_CELLS, adjoin

BULLETS = "•‣·▪◦●○■□▸▶►➤➢➔✓✔✅☑☐❌✗✘🔹🔸"
LIST_ITEM = re.compile(rf"(?<!\S)(?:[-–—*+{BULLETS}]\ufe0f?|\(?(?:{ITEM_NUMBER}|(?:[A-Za-z]|[ivxIVX]{{1,4}})[.)]))\s")
NUMBER = r"\(?(\d{1,3})[.)]\s"
NUMBERED, NUMBERED_LINES = re.compile(NUMBER), re.compile(rf"^[ \t]{{0,8}}{NUMBER}", re.MULTILINE)
DATED_LINE = re.compile(rf"{DAY}(?:\.?,?\s\d{{4}})?\s?:")
ENDS_A_LINE = ".:;!?…|"
MARK_OF_BLOCK = re.compile(r"#{1,6}[ \t]|[ \t]{0,12}(?:`{3}|~{3})|\|[ \t:-]")
"""Markdown begins a heading, a fence or a row."""
MARKER = re.compile(rf"(?:[-–—•*‣·▪◦●○■□▸▶►➤➢]|\+(?=\s{{1,3}}[^\W\d])|\(?{ITEM_NUMBER}|\(?[A-Za-z]\))\s{{1,3}}(?=\S)")
WRAPPED_HYPHEN = re.compile(r"(?<=\w)-\r?\n[^\S\n]{0,20}(?=[a-z])")
BLANK_LINES = re.compile(r"\n\s*\n")
QUOTE_MARKS = re.compile(r"(?:>[ \t]?){1,6}")
LONGEST_WORD = 40
FIRST_WORD = re.compile(rf"\S{{1,{LONGEST_WORD}}}")
UNFINISHED = frozenset(lexicon("sentences")["unfinished"])
COLUMN = 25  # characters of the narrowest prose; what is narrower fills its lines by chance
SEVERAL = 3  # lines of a narrow column that end within a sentence
ADDRESSES = 1.5  # lines for each one of several words; with more addresses than that it is a list of them
INDENT = "> \t"
NO_PROSE = re.compile(r"\S(?:[ ]{3}|\t)|\A\W*\Z")  # cells, or nothing but a rule or a bracket


def unwrapped(text: str) -> str:
    """Return text on one line; a hyphen at a line end stays, without the space that the break would leave.

    >>> unwrapped("the low-\\nlying  land")
    'the low-lying land'
    """
    return " ".join(WRAPPED_HYPHEN.sub("-", text).split())


def without_marker(text: str) -> str:
    """Return a list item without its bullet or number; an initial ("J. Vance") is none.

    >>> without_marker("2. The night was - in part - calm"), without_marker("J. Vance won")
    ('The night was - in part - calm', 'J. Vance won')
    """
    marker = MARKER.match(text)
    return text[marker.end() :] if marker else text


class _Block(NamedTuple):
    """Lines between blank ones."""

    width: int
    wrapped: bool
    has_rows: bool
    """Whether some of them may be rows of a table."""


class Wraps:
    """Tells a line break that ends a paragraph from one that an editor's line width made.

    In hard-wrapped text the next word would not have fitted on the line; in
    a headline, a list or one-paragraph-a-line text it would have.
    """

    NARROWEST, WIDEST = 45, 100  # columns; prose is wrapped by hand within these, elsewhere only full lines are
    SLACK = 4  # columns; people wrap by eye

    def __init__(self, text: str) -> None:
        self._text = text
        self._block_starts: list[int] = []
        self._blocks: list[_Block] = []
        self._numbers = Counter(int(found[1]) for found in NUMBERED_LINES.finditer(text))
        self.before_months = numbers_before_months(text)
        at = 0
        for gap in BLANK_LINES.finditer(text):
            self._add(at, gap.start())
            at = gap.end()
        self._add(at, len(text))
        self._fill_columns()

    def _add(self, start: int, end: int) -> None:
        self._block_starts.append(start)
        text = self._text[start:end].rstrip()
        width, wrapped = self._measured(text.split("\n"))
        self._blocks.append(_Block(width, wrapped, any(mark in text for mark in MARKS_OF_CELLS)))

    def _measured(self, lines: Sequence[str]) -> tuple[int, bool]:
        """The width of some lines, and whether it is that of an editor."""
        widest = max(map(len, lines))
        usual = self._is_usual(widest)
        if usual and not any(_is_one_word(line) for line in lines if len(line) == widest):
            return widest, True
        running = [line for line in lines if not _is_one_word(line)]
        width = max(map(len, running)) if ADDRESSES * len(running) >= len(lines) else widest
        fewest = SEVERAL if width < self.NARROWEST else SEVERAL - 1
        goes_on = any(line.lstrip(INDENT)[:1].islower() for line in running[1:])
        if goes_on and (width < widest or not usual) and self._is_full(lines, width, fewest):
            return width, True
        return (widest if usual else width), usual

    def _is_usual(self, width: int) -> bool:
        return self.NARROWEST <= width <= self.WIDEST

    def _fill_columns(self) -> None:
        """Short paragraphs are wrapped as the longer ones of their text are."""
        column = max((one.width for one in self._blocks if one.wrapped and not self._is_usual(one.width)), default=0)
        ends = [*self._block_starts[1:], len(self._text)] if column else []
        for number, (start, end) in enumerate(zip(self._block_starts, ends, strict=False)):
            block = self._blocks[number]
            if not block.wrapped and block.width <= column:
                full = self._is_full(self._text[start:end].rstrip().split("\n"), column, fewest=1)
                self._blocks[number] = _Block(column, True, block.has_rows) if full else block

    def _is_full(self, lines: Sequence[str], width: int, fewest: int) -> bool:
        """Whether none of several lines that end within a sentence had room for the next word, as those of lists and verses have."""
        if width < COLUMN or any(map(NO_PROSE.search, lines)):
            return False
        bare = [line.strip(INDENT) for line in lines]
        pairs = [at for at in range(1, len(lines)) if " " in bare[at - 1] and " " in bare[at]]
        within = [at for at in pairs if _is_open(bare[at - 1], lines[at])]
        enough = len(within) >= max(fewest, (len(pairs) + 1) // 2)
        return enough and all(self._goes_on(lines[at - 1].rstrip(), bare[at], width) for at in within)

    def _goes_on(self, line: str, below: str, width: int) -> bool:
        """Whether there was no room on a line for the first word of the next, or the line ends in a word like "the"."""
        word = FIRST_WORD.match(below)
        full = len(line) + 1 + (len(word[0]) if word else 0) > width - min(self.SLACK, width // 10)
        return full or line.rpartition(" ")[2] in UNFINISHED

    def breaks(self, start: int, end: int) -> bool:
        """Whether the white space from `start` to `end`, which holds a line break, ends a paragraph."""
        text = self._text
        if end >= len(text) or text.count("\n", start, end) > 1:
            return True
        line_start = text.rfind("\n", 0, start) + 1
        if DATED_LINE.match(text, end):
            return True
        if LIST_ITEM.match(text, end) or end in self.before_months:
            if not self._ends_a_sentence(start, end):
                return True
            if start - line_start >= self.NARROWEST:
                return False
        if MARK_OF_BLOCK.match(text, end) or MARK_OF_BLOCK.match(text, line_start):
            return True
        if text[end] == ">" or text[line_start] == ">":  # the lines of a quoted block go on among themselves
            marks, before = QUOTE_MARKS.match(text, end), QUOTE_MARKS.match(text, line_start)
            if not marks or not before or marks[0].count(">") != before[0].count(">") or marks.end() >= len(text):
                return True
            end = marks.end()
        block = self._blocks[bisect_right(self._block_starts, start) - 1]
        if not block.wrapped and (not text[end].islower() or block.width > self.WIDEST):
            return True
        if block.has_rows and adjoin(text[line_start:start], self._line_of(end)):
            return True
        if text[end].islower():
            return False
        return not self._goes_on(text[line_start:start], text[end : end + LONGEST_WORD], block.width)

    def _line_of(self, at: int) -> str:
        return self._text[self._text.rfind("\n", 0, at) + 1 : line_end(self._text, at)]

    def _ends_a_sentence(self, start: int, end: int) -> bool:
        """Whether a number at the start of a line is the last word of a sentence: "has died aged" goes on in "78.".

        The line before is unfinished, and no list has a number beside that one.
        """
        found = NUMBERED.match(self._text, end)
        if not found or self._text[max(0, start - 20) : start].rstrip("\"'”’»)]*_ \t")[-1:] in ENDS_A_LINE:
            return False
        number = int(found[1])
        return self._numbers[number] == 1 and not self._numbers[number - 1] and not self._numbers[number + 1]


def _is_one_word(line: str) -> bool:
    """Whether nothing but a word or an address stands on a line, which no width can part; Chinese has no spaces."""
    return line.isascii() and len(line.strip(INDENT).split(maxsplit=1)) == 1


def _is_open(line: str, below: str) -> bool:
    """Whether a line ends in a word or a comma, and the next one begins no item, heading or row."""
    last, first = line.rstrip("\"'“”’«»)]*_` \t\r")[-1:], below.lstrip(INDENT)[:1]
    within = last.isalpha() or last in ",–—-" or (last.isdigit() and first.islower())
    return within and not LIST_ITEM.match(below.lstrip()) and not MARK_OF_BLOCK.match(below)
