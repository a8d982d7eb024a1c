"""Replace a word by its opposite."""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from summarizer.language.patterns import any_of
from summarizer.mutation.context import Change, SentenceContext, is_quoted
from summarizer.mutation.lexicon import ANTONYMS, ANTONYMS_BEFORE_A_VALUE, ANTONYMS_OF_MEASURES

OPPOSITE = re.compile(
    rf"(?<![\w’'-]){any_of({**ANTONYMS, **ANTONYMS_OF_MEASURES, **ANTONYMS_BEFORE_A_VALUE})}(?![\w’'-])"
)
DENIES = re.compile(
    r"\b(?=[bcdfhnrw])(?:not|never|no|cannot|neither|nor|without|hardly|barely|denied|denies|rather\s{1,3}than|failed|refused)\b|n[’']t\b",
    re.IGNORECASE,
)
BY_FIGURE_AFTER = re.compile(
    r"(?<=\w)(?!\w)(?:\s{1,3}(?:sharply|slightly|steeply|again|further|nearly|almost|about|more|steadily|only|just|a\s{1,3}further|another))?"
    r"(?:\s{1,3}(?:in|of)\s{1,3}[\w’'-]{1,20}(?:\s{1,3}[\w’'-]{1,20}){0,4})?\s{1,3}(?:(?:by|to|from|of|at)\s{1,3})?(?:(?:a|an|about|some|nearly|almost|more\s{1,3}than|around|just)\s{1,3}){0,2}[$£€]?\d"
)
SEASON_BEFORE = re.compile(
    r"\b(?:last|next|this|every|gave|give|each)\s{1,3}\Z", re.IGNORECASE
)  # "last fall", "gave rise"
TO_FIGURE_AFTER = re.compile(
    r"(?<=ed)(?:\s{1,3}(?!and\b|but\b)[\w’'-]{1,20}){0,6}\s{1,3}(?:to|by|from)\s{1,3}(?:(?:about|some|nearly|almost|a|an)\s{1,3})?[$£€]?\d"
)
PARTICLE_AFTER = re.compile(r"(?<=\w)\s{1,3}(?:out|up|off|over|apart|behind|short|through|into|down|back|known|selling|interests?|bidder|man|woman|and|or|himself|herself|themselves)\b")  # fmt: skip
OTHER_PARTY = re.compile(r"\s(?:to|from)\s")  # "sold to", "bought from"
BOTH_SIDES = re.compile(
    r"\b(?:men and women|women and men|north and south|profit and loss|sooner|former)\b", re.IGNORECASE
)
IN_TIME = re.compile(
    r"\s{1,3}(?:the|his|her|its|their)\s{1,3}(?!(?:day|days|week|weeks|month|months|year|years|hour|hours|minute|minutes|court|judge|board|committee|council|tribunal|magistrates|jury|house|camera|name)\b)[a-z]"
)
IDIOM_BEFORE = re.compile(
    r"\b(?:named|look|looks|looked|looking|called|sought|go|goes|went|take|takes|took|put|brought|appeared|appear|came|modelled|a|day|immediately|soon|shortly|long|even|only|just)\s{1,3}\Z",
    re.IGNORECASE,
)
BESIDE_A_NAME = re.compile(r"\s{1,3}[A-Z]")


class Frame(NamedTuple):
    """What has to stand, or must not stand, right beside a word for its opposite to be English."""

    words: frozenset[str]
    side: Literal["before", "after"]
    wanted: bool
    pattern: re.Pattern[str]


FRAMES = (
    Frame(frozenset(("before", "after")), "after", True, IN_TIME),
    Frame(frozenset(("before", "after")), "before", False, IDIOM_BEFORE),
    Frame(frozenset(("bought", "sold")), "after", False, OTHER_PARTY),
    Frame(frozenset(("north", "south")), "after", False, BESIDE_A_NAME),
    Frame(frozenset(("inside", "outside")), "after", True, re.compile(r"\A\s{1,3}(?:the|an?|his|her|its|their)\b")),
    Frame(frozenset(("legal", "illegal", "lawful", "unlawful", "guilty")), "before", True, re.compile(r"\b(?:is|was|are|were|be|been|pleaded|found)\s{1,3}\Z")),
    Frame(frozenset(("best", "worst", "better", "worse")), "after", False, re.compile(r"\A\s{1,3}(?:of|off|than)\b")),
    Frame(frozenset(("reduce", "win", "lose")), "before", False, re.compile(r"\b(?:an?|the)\s{1,3}\Z")),
    Frame(frozenset(("longer",)), "before", False, re.compile(r"\bno\s{1,3}\Z")),
    Frame(frozenset(("up", "down")), "after", False, re.compile(r"\A\s{1,3}to\b")),
    Frame(frozenset(("won", "lost", "opposed", "wins", "win", "lose")), "after", True, re.compile(r"\A\s{1,3}(?:the|an?|by|all|\d|his|her|its|their)\b")),
)  # fmt: skip


def antonym(context: SentenceContext) -> Iterator[Change]:
    """A word exchanged for its opposite, where nothing denies it and no fixed phrase holds it."""
    text = context.text
    if BOTH_SIDES.search(text):
        return
    for match in OPPOSITE.finditer(text):
        word = match[0]
        new = ANTONYMS_OF_MEASURES.get(word) or ANTONYMS_BEFORE_A_VALUE.get(word) or ANTONYMS[word]
        if is_quoted(text, *match.span()) or DENIES.search(text, max(0, match.start() - 50), match.start()):
            continue
        if _is_fixed(text, match) or re.search(rf"\b{new}\b", text):
            continue
        if word.startswith("criti") or new.startswith("criti"):
            new = new.replace("ised", "ized") if re.search(r"\w{3}ized\b", context.article) else new
        yield Change(match.start(), match.end(), new)


def _is_fixed(text: str, match: re.Match[str]) -> bool:
    """Whether the word is part of a phrase in which its opposite would be nonsense."""
    word, end = match[0], match.end()
    before = text[max(0, match.start() - 20) : match.start()]
    if PARTICLE_AFTER.match(text, end) or text[end : end + 1] == "-":
        return True
    if word in ANTONYMS_OF_MEASURES and (SEASON_BEFORE.search(before) or not BY_FIGURE_AFTER.match(text, end)):
        return True
    if word in ANTONYMS_BEFORE_A_VALUE and not TO_FIGURE_AFTER.match(text, end):
        return True
    return any(
        word in one.words and bool(one.pattern.search(before if one.side == "before" else text[end:])) is not one.wanted
        for one in FRAMES
    )
