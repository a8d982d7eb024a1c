"""Letters of other alphabets, and figures, that stand in Latin words and look like their letters.

Somebody who puts a Cyrillic letter into a word hides it from every comparison, and so does poor text recognition.
Words are folded before they are compared; what is shown and quoted stays as it is.
"""

import re
from collections.abc import Iterator

ALIKE = str.maketrans(
    "АВЕЅІЈКМНОРСТХаеѕіјорсухһԁԛԝѵΑΒΕΖΗΙΚΜΝΟΡΤΥΧαοινυρＡＢＣ",
    "ABESIJKMHOPCTXaesijopcyxhdqwvABEZHIKMNOPTYXaoivupABC",
)
OTHERS = re.compile("[\u0370-\u03ff\u0400-\u052f]")
WORD = re.compile(r"[^\W\d_]{2,}")
LATIN = re.compile("[A-Za-z]")
FIGURES = re.compile(r"(?<![\w.,-])[A-Za-z]?[a-z]{1,20}(?:0{1,2}|1{1,2})[a-z]{1,20}(?![\w.,-]*\d)(?!\w)")
LETTERS = str.maketrans("01", "ol")


def with_plain_letters(text: str) -> str:
    """The text with Latin letters for those that only look like them.

    >>> with_plain_letters("The m\\u0430yor b0ught a house."), with_plain_letters("Мэр купил дом.")
    ('The mayor bought a house.', 'Мэр купил дом.')
    """
    if OTHERS.search(text):
        text = WORD.sub(lambda match: match[0].translate(ALIKE) if _is_mixed(match[0]) else match[0], text)
    return FIGURES.sub(lambda match: match[0].translate(LETTERS), text) if "0" in text or "1" in text else text


def mixed_words(text: str) -> Iterator[str]:
    """The words of a text that have Latin letters and such as only look like them."""
    if OTHERS.search(text):
        yield from (match[0] for match in WORD.finditer(text) if _is_mixed(match[0]))


def _is_mixed(word: str) -> bool:
    """Whether a word has Latin letters and others, all of which look like Latin ones."""
    return bool(LATIN.search(word) and OTHERS.search(word) and not OTHERS.search(word.translate(ALIKE)))
