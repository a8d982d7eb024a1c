"""Words in quotation marks that nobody said so, and the ones in the source's quotation that are nearest to them."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from summarizer.language.quotations import QUOTED
from summarizer.repair.as_read import TOKEN

FEWEST = 4  # words between the marks: of fewer nobody can say which of the source's they were
ALIKE = 0.7  # of the words that both quotations have
UNLIKE = 2  # words that one of them may have more
Place = tuple[int, int, int, int]
"""Where words stand in a claim, and where those that take their place stand in a sentence."""


def misquoted(claim: str, sentence: str) -> Iterator[Place]:
    """The words of a claim's quotations that differ from a quotation in a sentence of the source.

    >>> claim, sentence = 'She said they "agree on facts, not on the aims".', "“We agree on aims, not on the facts,” she said."
    >>> [(claim[a:b], sentence[c:d]) for a, b, c, d in misquoted(claim, sentence)]
    [('facts, not on the aims', 'aims, not on the facts')]
    """
    there = list(TOKEN.finditer(sentence))
    for quotation in QUOTED.finditer(claim):
        here = list(TOKEN.finditer(claim, quotation.start() + 1, quotation.end() - 1))
        if len(here) < FEWEST:
            continue
        window = _nearest(here, there, sentence)
        if window and _keys(here) != _keys(window):
            yield _differing(here, window)


def _keys(tokens: Sequence[re.Match[str]]) -> list[str]:
    return [one[0].casefold() for one in tokens]


def _nearest(
    here: Sequence[re.Match[str]], there: Sequence[re.Match[str]], sentence: str
) -> Sequence[re.Match[str]] | None:
    """The words in a row of a sentence's quotations that have the most of the claim's."""
    own, best, most = Counter(_keys(here)), None, ALIKE
    for size in range(max(FEWEST, len(here) - UNLIKE), len(here) + UNLIKE + 1):
        for at in range(len(there) - size + 1):
            window = there[at : at + size]
            alike = (own & Counter(_keys(window))).total() / max(size, len(here))
            if alike > most and _is_quoted(sentence, window[0].start(), window[-1].end()):
                best, most = window, alike
    return best


def _is_quoted(sentence: str, start: int, end: int) -> bool:
    """Whether words stand between quotation marks, one of which may stand in the sentence before or behind."""
    before, within, behind = sentence[:start], sentence[start:end], sentence[end:]
    if any(mark in within for mark in '“”"«»'):
        return False
    straight = before.count('"'), behind.count('"')
    if any(straight):
        return straight[0] % 2 == 1 or (straight[0] == 0 and straight[1] % 2 == 1)
    opened = before.count("“") - before.count("”")
    return opened == 1 or (opened == 0 and "“" not in before and behind.count("”") > behind.count("“"))


def _differing(here: Sequence[re.Match[str]], there: Sequence[re.Match[str]]) -> Place:
    """Both without the words that they begin and end alike with; one of those stays where a side would have none."""
    ours, theirs, shortest = _keys(here), _keys(there), min(len(here), len(there)) - 1
    first = 0
    while first < shortest and ours[first] == theirs[first]:
        first += 1
    last = 0
    while last < shortest - first and ours[-1 - last] == theirs[-1 - last]:
        last += 1
    a, b = here[first : len(here) - last], there[first : len(there) - last]
    return a[0].start(), a[-1].end(), b[0].start(), b[-1].end()
