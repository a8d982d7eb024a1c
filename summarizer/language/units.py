"""Words for numbers, units and currencies, with what they are worth."""

from summarizer.language.lexicon import lexicon

NUMBERS = lexicon("numbers")
ONES: dict[str, int] = NUMBERS["ones"]
TENS: dict[str, int] = NUMBERS["tens"]
SCALES: dict[str, float] = NUMBERS["scales"]
ORDINALS: dict[str, int] = NUMBERS["ordinals"]
CURRENCIES: dict[str, str] = lexicon("numbers", "world")["currencies"] | NUMBERS["currencies"]
UNITS: dict[str, tuple[str, float]] = {
    unit: (dimension, worth)
    for numbers in (lexicon("numbers", "world"), NUMBERS)
    for dimension, own in numbers["units"].items()
    for unit, worth in own.items()
}
"""Dimension of each unit, and what one is worth in the first unit of that dimension."""
