"""Line breaks that end a paragraph, and those that an editor's line width made."""

import re
from bisect import bisect_right
from collections import Counter

from summarizer.language.days import DAY, ITEM_NUMBER, numbers_before_months

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
FIRST_WORD = re.compile(r"\S{1,40}")


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


class Wraps:
    """Tells a line break that ends a paragraph from one that an editor's line width made.

    In hard-wrapped text the next word would not have fitted on the line; in
    a headline, a list or one-paragraph-a-line text it would have.
    """

    NARROWEST, WIDEST = 45, 100  # columns; prose is wrapped by hand within these
    SLACK = 4  # columns; people wrap by eye

    def __init__(self, text: str) -> None:
        self._text = text
        self._block_starts: list[int] = []
        self._block_widths: list[int] = []
        self._numbers = Counter(int(found[1]) for found in NUMBERED_LINES.finditer(text))
        self.before_months = numbers_before_months(text)
        at = 0
        for gap in BLANK_LINES.finditer(text):
            self._add(at, gap.start())
            self._add(*gap.span())
            at = gap.end()
        self._add(at, len(text))

    def _add(self, start: int, end: int) -> None:
        self._block_starts.append(start)
        self._block_widths.append(max(map(len, self._text[start:end].split("\n"))))

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
        width = self._block_widths[bisect_right(self._block_starts, start) - 1]
        if not self.NARROWEST <= width <= self.WIDEST:
            return not text[end].islower() or width > self.WIDEST
        line = start - (text.rfind("\n", 0, start) + 1)
        word = FIRST_WORD.match(text, end)
        if text[end].islower():
            return False
        return line + 1 + (len(word[0]) if word else 0) <= width - self.SLACK

    def _ends_a_sentence(self, start: int, end: int) -> bool:
        """Whether a number at the start of a line is the last word of a sentence: "has died aged" goes on in "78.".

        The line before is unfinished, and no list has a number beside that one.
        """
        found = NUMBERED.match(self._text, end)
        if not found or self._text[max(0, start - 20) : start].rstrip("\"'”’»)]*_ \t")[-1:] in ENDS_A_LINE:
            return False
        number = int(found[1])
        return self._numbers[number] == 1 and not self._numbers[number - 1] and not self._numbers[number + 1]
