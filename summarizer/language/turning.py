"""Words that turn a sentence round or take the writer's word out of it: negations, hedges, plans, quantifiers."""

import re
from collections import Counter
from functools import cache

from summarizer.language.lexicon import lexicon
from summarizer.language.patterns import any_of


def turning_words(text: str) -> Counter[str]:
    """How often each of them stands in a text, in lower case; `n't` counts as `not`."""
    found = (match[0].lower() for match in _pattern().finditer(text))
    return Counter("not" if word.startswith("n") and word.endswith("t") and len(word) == 3 else word for word in found)


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(rf"n['’]t\b|\b{any_of(lexicon('turning')['turning'])}\b", re.IGNORECASE)
