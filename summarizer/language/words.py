"""Words with offsets, their stems, and which of them carry content."""

import re
from functools import lru_cache
from typing import NamedTuple

import Stemmer  # type: ignore[import-not-found]

# A number with its separators, a word with its inner apostrophes, or one character of a script without spaces.
WORD = re.compile(
    r"\d+(?:[.,]\d+)*"
    r"|[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]"
    r"|[^\W\d_\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]+(?:['’][^\W\d_]+)*"
)

# Words that say nothing of what a sentence is about. Negations, modals and
# quantifiers are here too: they do not help to find a passage, and the guards
# look at them by name.
STOP_WORDS = frozenset(
    "a an the this that these those it its he him his she her hers they them their theirs we us our ours you your yours "
    "i me my mine who whom whose which what when where why how whether there here and or but nor so yet if then than as while "
    "because although though until unless since of in on at by for from with without to into onto over under about "
    "after before between among against during through up down out off again also both either neither each "
    "is am are was were be been being do does did done doing have has had having will would shall should can could may "
    "might must not no never none nor only just very more most less least much many some any all every other another "
    "such own same too s t re ve ll d m said say says told according".split()
)


class Word(NamedTuple):
    """A word of a text; `text[start:end] == form`."""

    start: int
    end: int
    form: str

    @property
    def stem(self) -> str:
        return stem(self.form)


def words(text: str) -> list[Word]:
    """Return the words of a text in order.

    >>> [word.form for word in words("Macron’s 1,200 troops")]
    ['Macron’s', '1,200', 'troops']
    """
    return [Word(match.start(), match.end(), match[0]) for match in WORD.finditer(text)]


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
    """Return the stems of the words of `text` that carry content, in order."""
    return [stem(match[0]) for match in WORD.finditer(text) if match[0].lower() not in STOP_WORDS]
