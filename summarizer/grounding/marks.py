"""What in a text is no word of it: marks of Markdown, of notes, of quoted lines and of quotation.

Who copies the words may leave them out, or write others. They are hidden and not removed, so that every other character
keeps its place.
"""

import re
from functools import lru_cache

from summarizer.grounding.folding import SAME
from summarizer.language.markdown import HIDDEN, hidden_in, laid_bare

NOTE = re.compile(r"(?<=\S[.,;:!?”’])(\[\d{1,3}(?:\s?[,;–-]\s?\d{1,3}){0,9}\])(?!\()|(?<=\S)(\[\^[\w-]{1,20}\])(?!:)")
"""Of a note; behind a word, "[1]" may be code."""
QUOTED_LINE = re.compile(r"(?<=\n)([ \t]{0,3}(?:>[ \t]?){1,6})(?=[^\W\d]|[\"'(*_`\[])")
"""Before each line that an e-mail quotes; before a number it may mean "more than"."""
PAIR = re.compile(r"(?<![^\W_])([\"'])[^\"'\n]{1,80}(?<=[^\W_])(\1)(?![^\W_])")
QUOTATION = re.compile(r"((?<![^\W_\"'])\\?[\"']+|(?<=[^\W\d_]{2})\\?[\"']+(?![^\W_]))")
"""By itself: neither an apostrophe within a word nor a sign of feet, inches or minutes."""
PARTING = re.compile(rf"(?<=[^\W_]){HIDDEN}+(?=[^\W_])|(?<=[.,]){HIDDEN}+(?=\d)")
"""Without it two words or two numbers were one."""


def without_marks(text: str) -> str:
    """The text, of the same length, with `HIDDEN` for marks; those of words that are struck out stay.

    >>> without_marks('**Snow** shut ["two" roads](https://a.b).').replace(HIDDEN, "")
    'Snow shut two roads.'
    """
    bare = laid_bare(text)
    if "~~" in text:
        bare = "".join(sign if sign == "~" else left for sign, left in zip(text, bare, strict=True))
    bare = hidden_in(bare.translate(SAME), NOTE, QUOTED_LINE, PAIR, QUOTATION)
    bare = "".join(HIDDEN if left == HIDDEN else sign for sign, left in zip(text, bare, strict=True))
    return PARTING.sub(lambda found: text[found.start() : found.end()], bare)


without_marks_of_document = lru_cache(maxsize=8)(without_marks)  # one document is searched for many quotes
