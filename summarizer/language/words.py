"""Words with offsets, their stems, and which of them carry content."""

import re
from functools import lru_cache
from typing import NamedTuple

import Stemmer  # type: ignore[import-not-found]

from summarizer.language.lexicon import lexicon

# A number with its separators, a word with its inner apostrophes, or one character of a script without spaces.
WORD = re.compile(
    r"\d+(?:[.,]\d+)*"
    r"|[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]"
    r"|[^\W\d_\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]+(?:['’][^\W\d_]+)*"
)
# Words that say nothing of what a sentence is about, negations, modals and quantifiers among
# them: they do not help to find a passage.
STOP_WORDS = frozenset(lexicon("words")["stop_words"])


class Word(NamedTuple):
    """A word of a text; `text[start:end] == form`."""

    start: int
    end: int
    form: str
    key: str
    """What it is looked up by: its stem, or its lower-case form where it carries no content."""
    content: bool
    """Whether it says something of what the sentence is about."""

    @property
    def capital(self) -> bool:
        """Whether it is written with a capital inside the text."""
        return self.start > 0 and self.form[0].isupper()


def words(text: str) -> list[Word]:
    """Return the words of a text in order.

    >>> [word.form for word in words("Macron’s 1,200 troops")]
    ['Macron’s', '1,200', 'troops']
    """
    return [Word(*match.span(), match[0], *key_of(match[0])) for match in WORD.finditer(text)]


def word_count(text: str) -> int:
    """How many words a text has."""
    return len(WORD.findall(text))


@lru_cache(maxsize=65_536)
def key_of(form: str) -> tuple[str, bool]:
    """What a word is looked up by, and whether it carries content."""
    lower = form.lower()
    return (lower, False) if lower in STOP_WORDS else (stem(form), True)


@lru_cache(maxsize=65_536)
def stem(form: str) -> str:
    """Return the lower-case English stem of a word, without a possessive ending.

    Porter's second stemmer, from Snowball's own C code: other languages keep their endings.

    >>> stem("Macron’s"), stem("agreements"), stem("denied")
    ('macron', 'agreement', 'deni')
    """
    lower = form.lower().replace("’", "'")
    lower = lower.removesuffix("'s").removesuffix("'")
    # One of its own: a stemmer works on a buffer, and two threads that shared one would spoil each other's words.
    return str(Stemmer.Stemmer("english", 0).stemWord(lower))


def content_stems(text: str) -> list[str]:
    """Return the stems of the words of a text that carry content, in order."""
    return [stem(form) for form in WORD.findall(text) if form.lower() not in STOP_WORDS]


@lru_cache(maxsize=512)
def stems(text: str) -> frozenset[str]:
    """The distinct stems of the words of a text that carry content."""
    return frozenset(content_stems(text))
