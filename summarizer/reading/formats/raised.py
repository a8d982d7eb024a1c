"""Raised and lowered text as characters of its own, so that ten to the sixth is no hundred and six."""

import re

RAISED = str.maketrans("0123456789+-−=()nix", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱˣ")
LOWERED = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")

# A fraction that is set with a raised and a lowered figure: "3¹/₂".
SET_FRACTION = re.compile(r"(?<![^\W\d_])(?<![⁰¹²³⁴-⁹])(?P<above>[⁰¹²³⁴-⁹]{1,3})[/⁄](?P<below>[₀-₉]{1,3})(?![₀-₉])")
PLAIN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉", "0123456789" * 2)

STOPS = ".,;:!?…)]%\"'”’»"  # a mark of a note may stand right behind them
LONGEST_MARK = 3  # figures


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


def is_mark_of_note(number: str, before: str) -> bool:
    """Whether a number that is a link within its text is the mark of a note: no space parts it from the words before.

    >>> is_mark_of_note("2", "in 2024"), is_mark_of_note("2", "see Figure "), is_mark_of_note("2", "Eq. (")
    (True, False, False)
    """
    behind = before[-1:].isalnum() or before[-1:] in STOPS
    return bool(before) and behind and number.isdecimal() and len(number) <= LONGEST_MARK


def _moved(text: str, table: dict[int, int]) -> str:
    has_figure = any(one.isdecimal() for one in text)
    return text.translate(table) if has_figure and all(ord(one) in table or one.isspace() for one in text) else text


def with_plain_fractions(text: str) -> str:
    """The text with fractions in plain figures, apart from the whole number before them.

    >>> with_plain_fractions("3¹/₂ miles")
    '3 1/2 miles'
    """

    def plain(found: re.Match[str]) -> str:
        gap = " " if text[found.start() - 1 : found.start()].isdecimal() else ""
        return f"{gap}{found['above']}/{found['below']}".translate(PLAIN)

    return SET_FRACTION.sub(plain, text)
