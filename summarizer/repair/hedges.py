"""What a source says is possible, planned or said to be: the words before a verb that a statement left out or made surer."""

import re
from collections.abc import Iterator, Sequence

from summarizer.language.words import STOP_WORDS, stem
from summarizer.repair.as_read import TOKEN

HEDGES = frozenset(
    "may might could plans plan planned hopes hope hoped intends intend intended aims aim aimed wants "
    "want wanted expects expect expected likely unlikely supposed possibly perhaps probably reportedly allegedly "
    "apparently nearly almost about".split()
)
BESIDE = HEDGES | frozenset(
    "will would shall should can must to be been being is are was were has have had not".split()
)
"""Words that may stand in one row before a verb."""


def hedges(claim: str, sentence: str) -> Iterator[tuple[int, int, int, int]]:
    """Where a claim says a word without the hedge that the sentence has before it: both places, with the word.

    >>> claim, sentence = "Averill left a book.", "She may have left a book."
    >>> [(claim[a:b], sentence[c:d]) for a, b, c, d in hedges(claim, sentence)]
    [('left', 'may have left')]
    """
    ours, theirs = list(TOKEN.finditer(claim)), list(TOKEN.finditer(sentence))
    own = {stem(one[0]): place for place, one in reversed(list(enumerate(ours))) if _is_content(one[0])}
    for there, word in enumerate(theirs):
        here = own.get(stem(word[0])) if _is_content(word[0]) else None
        if here is None:
            continue
        start, begin = _row_begins(claim, ours, here), _row_begins(sentence, theirs, there)
        said, hedged = _forms(ours[start:here]), _forms(theirs[begin:there])
        if HEDGES & (hedged - said):
            yield ours[start].start(), ours[here].end(), theirs[begin].start(), word.end()


def _is_content(word: str) -> bool:
    return word.casefold() not in STOP_WORDS | BESIDE


def _forms(tokens: Sequence[re.Match[str]]) -> set[str]:
    return {one[0].casefold() for one in tokens}


def _row_begins(text: str, tokens: Sequence[re.Match[str]], place: int) -> int:
    """The first of the words before a verb that go with it; nothing but white space stands between them."""
    while (
        place > 0
        and tokens[place - 1][0].casefold() in BESIDE
        and text[tokens[place - 1].end() : tokens[place].start()].isspace()
    ):
        place -= 1
    return place
