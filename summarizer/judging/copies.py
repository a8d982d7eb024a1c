"""Whether a claim stands in a sentence of the source word for word, in the same mood: then no model need read it."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from summarizer.language.datelines import without_dateline
from summarizer.language.signs import SIGN, asks, plain_sign
from summarizer.language.speakers import VERB
from summarizer.language.turning import is_retracted, limiting_words, takes_back, turning_words
from summarizer.language.words import WORD, stem, words

SHORTEST = 3  # words; two that stand together prove nothing
PRONOUNS = frozenset("he she it they him her them his hers its their theirs".split())
LONGEST_NAME = 6  # words that stand for a pronoun: "the mayor of Lower Feld"
MOST_TURNING = 3  # words that a piece may leave out in the middle, where one of them turns it
NEARBY = 60  # code points before a word in which its clause begins, where it begins with that word
# Where a clause may begin and end that says the same by itself. A bare comma is neither:
# "barring a late deal, ..." and "..., provided the pilots agree" take it back.
CLAUSE_START = re.compile(r"(?:^|[;:.!?“—–]|\b(?:and|but|while))\s{0,3}(?:(?:the|an?)\s{1,3})?\Z", re.IGNORECASE)
CLAUSE_END = re.compile(
    r"[\"”’)\]]{0,3}+(?:\s{0,3}+(?:[;:.!?—–]|$)|,?\s{1,3}(?:and|but|while|whereas)\b|,\s{1,3}(?:which|who)\b)",
    re.IGNORECASE,
)
# "Had he resigned, she would have won"
INVERTED = re.compile(r"^\W{0,3}(?:Had|Were|Should|Barring|Assuming|Supposing|Provided|Given|Without|Except|Despite)\b")


def says_the_same(claim: str, passage: str) -> bool:
    """Whether the claim stands in the passage: whole, or as a clause of its own, word after word.

    Nothing may be left out between its words but articles: what a reader would
    skip ("all but one", "a placebo and half were given") is what turns a sentence.
    """
    if is_copy(claim, passage):
        return True
    if asks(passage) and not asks(claim):
        return False
    wanted, given = _running(claim), _running(passage)
    if len(wanted) < SHORTEST:
        return False
    for start in _starts(wanted, given):
        first, last = given[start], given[start + len(wanted) - 1]
        whole = CLAUSE_START.search(passage[max(0, first.start - NEARBY) : first.start])
        signs = _signs(passage, max(0, first.start - 2), last.end + 1)
        if is_retracted(passage[last.end : last.end + NEARBY]):
            continue
        if whole and CLAUSE_END.match(passage, last.end) and signs == _signs(claim, 0, len(claim)):
            return turning_words(claim) == turning_words(passage) and _verbs(claim) == _verbs(passage)
    return False


def _starts(wanted: Sequence["_Running"], given: Sequence["_Running"]) -> Iterator[int]:
    """Where some running words stand in others."""
    own, theirs = [one.form for one in wanted], [one.form for one in given]
    start = -1
    while own[0] in theirs[start + 1 : len(theirs) - len(own) + 1]:
        start = theirs.index(own[0], start + 1)
        if theirs[start : start + len(own)] == own:
            yield start


def is_copy(claim: str, passage: str) -> bool:
    """Whether the claim is the passage, word after word and sign after sign, and neither alone is a question.

    Place and agency before the first sentence of a report may be left out.
    """
    if asks(claim) != asks(passage):
        return False
    bare = _bare(claim)
    return bare in (_bare(passage), _bare(without_dateline(passage)))


def cut_from_its_limit(claim: str, passage: str) -> bool:
    """Whether the claim is a piece of the passage, word after word, that leaves its condition or exception behind."""
    wanted, given = _running(claim), _running(passage)
    if not SHORTEST <= len(wanted) < len(given) or says_the_same(claim, passage):
        return False
    lost = limiting_words(passage) - limiting_words(claim)
    if not lost and not (INVERTED.match(passage) and not INVERTED.match(claim)):
        return False
    return next(_starts(wanted, given), None) is not None


def names_who_it_is(claim: str, passage: str) -> bool:
    """Whether the claim is the passage, word after word, with a name or the like for one pronoun of it."""
    own, theirs = ([one.form for one in _running(text)] for text in (claim, passage))
    same = 0
    while same < min(len(own), len(theirs)) and own[same] == theirs[same]:
        same += 1
    if same == len(theirs) or theirs[same] not in PRONOUNS:
        return False
    after = len(theirs) - same - 1
    return 0 < len(own) - same - after <= LONGEST_NAME and (not after or own[-after:] == theirs[-after:])


def leaves_its_turn_behind(claim: str, passage: str) -> bool:
    """Whether the claim is a piece of the passage, word after word, but for what turns it: "allegedly", "plans to", "almost".

    Or the passage only has somebody believe, fear or deny it. Endings do not count: "plans to hire" is "hired".
    """
    wanted, given = _running(claim), _running(passage)
    if not SHORTEST <= len(wanted) < len(given) or says_the_same(claim, passage):
        return False
    places = _in_order([stem(one.form) for one in wanted], [stem(one.form) for one in given])
    if places is None:
        return False
    first, last = given[places[0]], given[places[-1]]
    between = places[-1] - places[0] + 1 - len(places)
    lost = turning_words(passage[first.start : last.end]) - turning_words(claim)
    if lost and between <= MOST_TURNING:
        return True
    return between == 0 and _is_doubted(passage, first, last) and not takes_back(claim)


def is_taken_back(claim: str, passage: str) -> bool:
    """Whether the passage has the claim, word after word, only in a question or right beside words that deny or doubt it.

    Of a model that quotes the words of the claim and leaves "It is false that" before them out, it tells more than its quote.
    """
    wanted, given = _running(claim), _running(passage)
    if not SHORTEST <= len(wanted) <= len(given) or asks(claim):
        return False
    places = [(given[start], given[start + len(wanted) - 1]) for start in _starts(wanted, given)]
    return bool(places) and (asks(passage) or all(_is_doubted(passage, *one) for one in places))


def _is_doubted(passage: str, first: "_Running", last: "_Running") -> bool:
    """Whether what stands right before or behind some words takes them back."""
    before, behind = passage[max(0, first.start - NEARBY) : first.start], passage[last.end : last.end + NEARBY]
    return takes_back(before) or is_retracted(behind)


def _in_order(wanted: Sequence[str], given: Sequence[str]) -> list[int] | None:
    """The places of some words in others, in their order and as near together as the last of them allows; None where one is missing."""
    places: list[int] = []
    at = len(given)
    for word in reversed(wanted):
        at = next((place for place in range(at - 1, -1, -1) if given[place] == word), -1)
        if at < 0:
            return None
        places.append(at)
    return places[::-1]


class _Running(NamedTuple):
    """A word as it counts for matching; articles do not."""

    start: int
    end: int
    form: str


@lru_cache(maxsize=512)  # a sentence is a passage of many claims
def _running(text: str) -> tuple[_Running, ...]:
    return tuple(
        _Running(word.start, word.end, word.form.replace("’", "'").lower())
        for word in words(text)
        if word.form.lower() not in ("a", "an", "the")
    )


@lru_cache(maxsize=512)
def _bare(text: str) -> tuple[str, ...]:
    """The words and the signs that carry meaning, in order."""
    forms = [(match.start(), match[0].replace("’", "'").lower()) for match in WORD.finditer(text)]
    signs = [(match.start(), plain_sign(match[0])) for match in SIGN.finditer(text)]
    return tuple(form for _, form in sorted([*forms, *signs]))


def _signs(text: str, start: int, end: int) -> list[str]:
    return [plain_sign(match[0]) for match in SIGN.finditer(text, start, end)]


def _verbs(text: str) -> list[str]:
    return sorted(stem(match[0]) for match in VERB.finditer(text))
