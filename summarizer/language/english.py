"""Whether a text is English: what was trained on English alone has nothing to say of another language."""

from summarizer.language.words import STOP_WORDS, WORD

ENOUGH = 0.2  # share of English function words; German, French, Spanish and Dutch news stays under a tenth
FEWEST = 6  # words; a heading or a name alone is no sign of a language
LOOKED_AT = 20_000  # code points


def is_english(text: str) -> bool:
    """Whether a text is English, as far as its function words show; short ones pass."""
    words = [match[0].lower() for match in WORD.finditer(text[:LOOKED_AT])]
    if len(words) < FEWEST:
        return all(word.isascii() or not word.isalpha() for word in words) or not words
    return sum(word in STOP_WORDS for word in words) >= ENOUGH * len(words)
