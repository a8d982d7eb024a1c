"""All sources of a run as one text, in which each kind of thing is looked for once.

A book is read many times faster by what is rare in it: its distinct words are few, and a number or a date can only
begin at a digit or at one of some hundred words.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from string import ascii_letters

from summarizer.language.patterns import any_of

LONG = 20_000  # code points from which on a sieve pays
PIECE = 1 << 20  # code points that are parted at a time, so that a book never stands in memory as a list of words
SPACE = re.compile(r"\s")
LETTERS = frozenset(ascii_letters)  # behind one of them begins neither a number nor a date


@lru_cache(maxsize=4)
def end_to_end(texts: tuple[str, ...]) -> str:
    """Some texts from end to end: the same object for the same texts, so that what is known of it is found again.

    >>> end_to_end(("Snow fell.", "Rain fell."))
    'Snow fell.\\nRain fell.'
    """
    return "\n".join(texts)


def distinct_tokens(text: str) -> set[str]:
    """What stands between white space, each once.

    >>> sorted(distinct_tokens("no snow, no rain"))
    ['no', 'rain', 'snow,']
    """
    found: set[str] = set()
    start = 0
    while start < len(text):
        space = SPACE.search(text, min(len(text), start + PIECE))
        end = space.start() if space else len(text)
        found.update(text[start:end].split())
        start = end + 1
    return found


def sieve(words: Iterable[str], signs: str = "") -> re.Pattern[str]:
    """Where one of some words may begin, in any of the cases that people write, or one of some signs.

    A search that ignores case is three times slower than one for each case by itself.
    """
    forms = {form for word in words for form in (word, word.capitalize(), word.title(), word.upper())}
    return re.compile(rf"[{signs}]|{any_of(sorted(forms))}" if signs else any_of(sorted(forms)))


def sifted(
    pattern: re.Pattern[str], text: str, first: re.Pattern[str], lead: re.Pattern[str]
) -> Iterator[re.Match[str]]:
    """The matches of a pattern that begin where `first` matches, or at the words just before it that `lead` matches.

    The same as `pattern.finditer(text)` where every match begins so.
    """
    reached = 0
    for hit in first.finditer(text):
        if hit.start() < reached or text[hit.start() - 1 : hit.start()] in LETTERS:
            continue
        before = lead.search(text, max(reached, hit.start() - 12), hit.start())
        found = (before and pattern.match(text, before.start())) or pattern.match(text, hit.start())
        if found and found.end() > found.start():
            reached = found.end()
            yield found
