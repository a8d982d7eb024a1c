"""Numbers of the source with the words that agree with them: "one councillor has" for "two councillors have"."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import product

from summarizer.language.numerals import NUMBER, share_of, value_of
from summarizer.language.quantities import SHARES, Quantity, stated_quantities
from summarizer.language.words import STOP_WORDS, stem
from summarizer.repair.as_read import TOKEN
from summarizer.schema import Span

SINGULAR = {"is": "are", "was": "were", "has": "have", "does": "do"}
"""Verbs, each with its plural."""
UNCOUNTED = frozenset({"ordinal", "label", "score", "fraction", "percent"})
UNIT = re.compile(r"(?P<gap>[\s-])(?P<unit>years?[\s-]olds?|[^\W\d_]{1,20})\Z")
OF = re.compile(r"\s{1,3}of(?:\s{1,3}(?:the|all|its|their))?\s{1,3}", re.IGNORECASE)
NEAR = 4  # words behind a number among which its noun is
LONGEST = 6  # words behind a number that go with it
Pair = tuple[Span, Span]


def agreeing(claim: str, ours: Span, sentence: str, theirs: Span) -> Pair | None:
    """The places of two wordings, those of numbers with the noun and the verb that agree, or without their unit.

    None where the sentence does not have the words of the claim in the form that goes with its number.

    >>> claim, sentence = "Two councillors have resigned.", "One councillor has resigned, he said."
    >>> both = agreeing(claim, Span(start=0, end=3), sentence, Span(start=0, end=3))
    >>> [one.of(text) for one, text in zip(both, (claim, sentence))]
    ['Two councillors have', 'One councillor has']
    """
    if both := _with_of(claim, ours, sentence, theirs):
        return both
    own, other = _quantity(claim, ours), _quantity(sentence, theirs)
    if own is None or other is None:
        return ours, theirs
    mine, others = UNIT.search(ours.of(claim)), UNIT.search(theirs.of(sentence))
    if mine and others and (mine["gap"] == "-") != (others["gap"] == "-"):
        return _numbers_alone(ours, mine, theirs, others) if 1 not in (own.raw, other.raw) else None
    if (own.raw == 1) == (other.raw == 1):
        return ours, theirs
    return _in_number(claim, ours, sentence, theirs, noun=own.dimension == "count")


def _with_of(claim: str, ours: Span, sentence: str, theirs: Span) -> Pair | None:
    """The places of two shares of the same, of which one goes with an "of": "90% of nurses" for "eight in ten nurses"."""
    mine, others = OF.match(claim, ours.end), OF.match(sentence, theirs.end)
    if bool(mine) == bool(others) or not (_is_share(claim, ours) and _is_share(sentence, theirs)):
        return None
    here, there = mine.end() if mine else ours.end + 1, others.end() if others else theirs.end + 1
    next_words = [word and word[0].casefold() for word in (TOKEN.match(claim, here), TOKEN.match(sentence, there))]
    if next_words[0] is None or next_words[0] != next_words[1]:
        return None
    return Span(start=ours.start, end=here - 1), Span(start=theirs.start, end=there - 1)


def _is_share(text: str, place: Span) -> bool:
    return any(one.dimension in SHARES for one in _of_place(text, place))


def _quantity(text: str, place: Span) -> Quantity | None:
    for one in _of_place(text, place):
        first = NUMBER.match(text, one.start)
        if first and one.dimension == "fraction" and share_of(first):  # "one in five walks"
            return one._replace(raw=value_of(first)[0])
        if one.dimension not in UNCOUNTED:
            return one
    return None


def _of_place(text: str, place: Span) -> Iterator[Quantity]:
    return (one for one in stated_quantities(text) if (one.start, one.end) == (place.start, place.end))


def _numbers_alone(ours: Span, mine: re.Match[str], theirs: Span, others: re.Match[str]) -> Pair | None:
    """The numbers of "two days" and "three-day"; None where the units are not the same."""
    if stem(re.split(r"[\s-]", mine["unit"])[0].lower()) != stem(re.split(r"[\s-]", others["unit"])[0].lower()):
        return None
    return (
        Span(start=ours.start, end=ours.start + mine.start()),
        Span(start=theirs.start, end=theirs.start + others.start()),
    )


def _in_number(claim: str, ours: Span, sentence: str, theirs: Span, *, noun: bool) -> Pair | None:
    """The places with all that agrees where one is "one" and the other more; `noun` says that a noun has to."""
    mine, others = _behind(claim, ours.end), _behind(sentence, theirs.end)
    last = _last_in_other_number(_forms(mine), _forms(others))
    if last is not None:
        ours = Span(start=ours.start, end=mine[last[0]].end())
        theirs = Span(start=theirs.start, end=others[last[1]].end())
    elif noun and _forms(others)[: len(own := _noun(_forms(mine)))] != own:
        return None
    rest = _forms(TOKEN.finditer(claim, ours.end))
    apart = any(_is_plural_of(*pair) or _is_plural_of(*pair[::-1]) for pair in product(rest, _forms(others)))
    return None if apart else (ours, theirs)


def _behind(text: str, at: int) -> list[re.Match[str]]:
    """The words that follow without a mark between them."""
    found: list[re.Match[str]] = []
    for word in TOKEN.finditer(text, at):
        if not text[at : word.start()].isspace() or len(found) == LONGEST:
            break
        found.append(word)
        at = word.end()
    return found


def _forms(words: Iterable[re.Match[str]]) -> list[str]:
    return [word[0].casefold() for word in words]


def _noun(words: Sequence[str]) -> Sequence[str]:
    """The words up to the first that carries no content: a noun, with what stands before it."""
    count = next((place for place, word in enumerate(words) if word in STOP_WORDS), len(words))
    return words[: min(count, NEAR)]


def _last_in_other_number(mine: Sequence[str], others: Sequence[str]) -> tuple[int, int] | None:
    """The places, in two rows of words, of the last one in a row that both have and that differs in its form."""
    differing = [
        (here, there)
        for here, own in enumerate(mine[:NEAR])
        for there, other in enumerate(others[:NEAR])
        if own != other and _base(own) == _base(other)
    ]
    if not differing:
        return None
    last = here, there = min(differing, key=sum)
    for own, other in zip(mine[here:], others[there:], strict=False):
        if _base(own) != _base(other):
            break
        last = (here, there) if own != other else last
        here, there = here + 1, there + 1
    return last


def _is_plural_of(word: str, other: str) -> bool:
    """Whether a noun or a verb is another one in the plural or, as verbs have it, in the singular."""
    return SINGULAR.get(other) == word or word == f"{other}s"


def _base(word: str) -> str:
    return SINGULAR.get(word) or stem(word)
