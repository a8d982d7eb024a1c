"""Words that turn a sentence round or take the writer's word out of it: negations, hedges, plans, quantifiers, limits."""

import re
from collections import Counter
from functools import cache

from summarizer.language.lexicon import lexicon
from summarizer.language.patterns import any_of


def turning_words(text: str) -> Counter[str]:
    """How often each of them stands in a text, in lower case; `n't` counts as `not`."""
    found = (match[0].lower() for match in _pattern().finditer(text))
    return Counter("not" if word in ("n't", "n’t") else word for word in found)


def limiting_words(text: str) -> Counter[str]:
    """How often words stand in a text that bound what the rest of it says: exceptions and conditions."""
    return Counter(match[0].lower() for match in _limits().finditer(text))


def takes_back(before: str) -> bool:
    """Whether words before a clause doubt it, deny it, ask it or only hold it to be so: "Police believe that"."""
    return _believing().search(before) is not None


def is_retracted(behind: str) -> bool:
    """Whether words behind a clause take it back: ", which is not true".

    >>> is_retracted(" (this is a lie)."), is_retracted(", which is a mill.")
    (True, False)
    """
    return _retracting().match(behind) is not None


@cache
def _retracting() -> re.Pattern[str]:
    words = any_of(lexicon("turning")["retracting"])
    return re.compile(
        rf"\W{{1,5}}(?:but\s)?(?:which|this|that|it)\s(?:is|was)\s(?:simply\s|entirely\s)?{words}\b", re.IGNORECASE
    )


@cache
def _believing() -> re.Pattern[str]:
    words = lexicon("turning")
    return re.compile(
        rf"\b(?:{any_of(words['believing'])}\b[^.;:!?]{{0,24}}|{any_of(words['supposing'])}\s(?:that\s)?(?:the\s|an?\s)?)\Z",
        re.IGNORECASE,
    )


@cache
def _limits() -> re.Pattern[str]:
    return re.compile(rf"\b{any_of(lexicon('turning')['limiting'])}\b", re.IGNORECASE)


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(rf"n['’]t\b|\b{any_of(lexicon('turning')['turning'])}\b", re.IGNORECASE)
