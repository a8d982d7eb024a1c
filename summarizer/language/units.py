"""Words for numbers, units and currencies, with what they are worth."""

from summarizer.language.lexicon import lexicon

NUMBERS = lexicon("numbers")
ONES: dict[str, int] = NUMBERS["ones"]
TENS: dict[str, int] = NUMBERS["tens"]
SCALES: dict[str, float] = NUMBERS["scales"]
ORDINALS: dict[str, int] = NUMBERS["ordinals"]
NAMES: dict[str, str] = lexicon("numbers", "world")["currencies"] | NUMBERS["currencies"]
CODES = frozenset(code for code in NAMES.values() if len(code) == 3 and code.isupper())
WORDS_TOO = frozenset({"TRY"})
CURRENCIES = {code.lower(): code for code in CODES - WORDS_TOO} | NAMES
"""Signs, names and codes of currencies in small letters, with the code, or a word where several countries have it."""
FAHRENHEIT = frozenset(
    unit for unit in lexicon("numbers", "world")["units"]["temperature"] if unit.endswith(("f", "fahrenheit", "℉"))
)
UNITS: dict[str, tuple[str, float]] = {
    unit: (dimension, worth)
    for numbers in (lexicon("numbers", "world"), NUMBERS)
    for dimension, own in numbers["units"].items()
    for unit, worth in own.items()
}
"""Dimension of each unit, and what one is worth in the first unit of that dimension."""
SPEEDS: dict[str, float] = NUMBERS["speeds"]
"""Units of time behind a length, with the kilometres an hour that a metre in that time is."""
