"""Raised and lowered text as characters of its own, so that ten to the sixth is no hundred and six."""

RAISED = str.maketrans("0123456789+-−=()nix", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱˣ")
LOWERED = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")


def raised(text: str) -> str:
    """The text in raised characters where Unicode has all of them; letters such as "th" stay as they are.

    >>> raised("6"), raised("th")
    ('⁶', 'th')
    """
    return _moved(text, RAISED)


def lowered(text: str) -> str:
    """The same for text below the line.

    >>> lowered("2")
    '₂'
    """
    return _moved(text, LOWERED)


def _moved(text: str, table: dict[int, int]) -> str:
    has_figure = any(one.isdecimal() for one in text)
    return text.translate(table) if has_figure and all(ord(one) in table or one.isspace() for one in text) else text
