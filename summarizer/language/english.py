"""Whether a text is English: what was trained on English alone has nothing to say of another language."""

from functools import lru_cache

from summarizer.language.source_text import distinct_tokens
from summarizer.language.words import STOP_WORDS, WORD

ENOUGH = 0.2  # share of English function words; German, French, Spanish and Dutch news stays under a tenth
FEWEST = 6  # words; a heading or a name alone is no sign of a language
LOOKED_AT = 20_000  # code points
SHARED = 0.5  # share of its words that a claim of the same language has in common with its source, at least

# Of each language some that no other has; German has "am" and "in" as well, but hardly a sentence without one of these.
SMALL_WORDS = {
    **dict.fromkeys("the and with from this that were his her their which been they would".split(), 1),
    **dict.fromkeys(
        "der das und ist nicht mit dem les et une est dans una il della che het een niet uma não się jest".split(),
        -1,
    ),
}


def small_words(text: str) -> int:
    """How many more small words of English a text has than of other languages; a headline has few of either.

    >>> small_words("Am 12. März wurde der Vertrag unterzeichnet."), small_words("Snow fell on the hills.")
    (-1, 1)
    """
    return sum(SMALL_WORDS.get(match[0].lower(), 0) for match in WORD.finditer(text))


def is_english(text: str) -> bool:
    """Whether a text is English, as far as its function words show; short ones pass."""
    return _is_english(text[:LOOKED_AT])


@lru_cache(maxsize=64)  # a source is asked about for each of its claims
def _is_english(shown: str) -> bool:
    words = [match[0].lower() for match in WORD.finditer(shown)]
    if len(words) < FEWEST:
        return all(word.isascii() or not word.isalpha() for word in words) or not words
    return sum(word in STOP_WORDS for word in words) >= ENOUGH * len(words)


def same_language(claim: str, source: str) -> bool:
    """Whether claim and source are both English or both not, as far as words can show.

    A short English claim may have hardly any function words; then it counts that the source has its words. A
    translation shares names and numbers alone.

    >>> same_language("Firefighters treated nine hikers.", "Nine hikers were treated by firefighters on the hill.")
    True
    """
    if is_english(claim) == is_english(source):
        return True
    return shared(claim, source) >= SHARED


def shared(claim: str, source: str) -> float:
    """Share of the words of a claim that its source has too; 1 where it has none.

    >>> shared("Nine hikers came home.", "Nine hikers were treated.")
    0.5
    """
    own = [match[0].lower() for match in WORD.finditer(claim)]
    known = _words(source)
    return sum(word in known for word in own) / len(own) if own else 1.0


@lru_cache(maxsize=4)
def _words(text: str) -> frozenset[str]:
    return frozenset(form.lower() for form in WORD.findall("\n".join(distinct_tokens(text))))
