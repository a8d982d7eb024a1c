"""Letters of other alphabets, and figures, that stand in Latin words and look like their letters.

Somebody who puts a Cyrillic letter into a word hides it from every comparison, and so does poor text recognition.
Words are folded before they are compared; what is shown and quoted stays as it is.
"""

import re
from collections.abc import Iterator

from summarizer.language.patterns import any_of
from summarizer.language.units import UNITS

ALIKE = str.maketrans(
    "АВЕЅІЈКМНОРСТХаеѕіјорсухһԁԛԝѵΑΒΕΖΗΙΚΜΝΟΡΤΥΧαοινυρＡＢＣ",
    "ABESIJKMHOPCTXaesijopcyxhdqwvABEZHIKMNOPTYXaoivupABC",
)
OTHERS = re.compile("[\u0370-\u03ff\u0400-\u052f]")
WORD = re.compile(r"[^\W\d_]{2,}")
LATIN = re.compile("[A-Za-z]")
FIGURES = re.compile(r"(?<![\w.,-])[A-Za-z]?[a-z]{1,20}(?:0{1,2}|1{1,2})[a-z]{1,20}(?![\w.,-]*\d)(?!\w)")
FIRST = re.compile(r"(?<![\w.,-])0[a-z]{4,20}(?!\w)")
UNIT = re.compile(rf"0{any_of(one for one in UNITS if len(one) > 2)}s?")  # "0hours" is a number with its unit
LETTERS = str.maketrans("01", "ol")
TOKEN = re.compile(r"(?<![\w.,-])(?:[A-Za-z]{0,21}[01][a-zO01]{1,40}|\d[\d.,]{0,15}O[\dO.,]{0,9}(?<![.,]))(?!\w)")
NUMBERS = re.compile(r"(?<![\w.,-])\d[\d.,]{0,15}O[\dO.,]{0,9}(?<![.,])(?!\w)")


def with_plain_letters(text: str) -> str:
    """The text with Latin letters for those that only look like them.

    >>> with_plain_letters("The m\\u0430yor b0ught 5O h0uses."), with_plain_letters("Мэр купил дом.")
    ('The mayor bought 50 houses.', 'Мэр купил дом.')
    """
    if OTHERS.search(text):
        text = WORD.sub(lambda match: match[0].translate(ALIKE) if _is_mixed(match[0]) else match[0], text)
    if "0" in text or "1" in text:
        text = FIGURES.sub(lambda match: match[0].translate(LETTERS), text)
        text = FIRST.sub(lambda match: match[0] if UNIT.fullmatch(match[0]) else f"o{match[0][1:]}", text)
    return NUMBERS.sub(lambda match: match[0].replace("O", "0"), text) if "O" in text else text


def mixed_words(text: str) -> Iterator[str]:
    """The words of a text that have Latin letters and such as only look like them."""
    if OTHERS.search(text):
        yield from (match[0] for match in WORD.finditer(text) if _is_mixed(match[0]))


def words_with_figures(text: str) -> Iterator[str]:
    """The words of a text that have figures in place of letters, and its numbers with letters in place of figures.

    >>> list(words_with_figures("He 0pened 5O sh0ps in 2010."))
    ['0pened', '5O', 'sh0ps']
    """
    for word in TOKEN.findall(text):
        if with_plain_letters(word) != word and not OTHERS.search(word):
            yield word


def _is_mixed(word: str) -> bool:
    """Whether a word has Latin letters and others, all of which look like Latin ones."""
    return bool(LATIN.search(word) and OTHERS.search(word) and not OTHERS.search(word.translate(ALIKE)))
