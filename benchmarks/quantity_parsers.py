"""How far ready-made parsers of numbers and dates get on the labelled quantity pairs.

    pip install -e '.[study]'
    python benchmarks/quantity_parsers.py

Each labelled pair gives two pieces of text and says whether they state the same
value. A parser is right where it reads both and its values are equal or different
as the label says; `unread` counts the pairs of which it cannot read a side. Ours
is asked the same, with the pieces alone: no nouns, no context.
"""

import json
import time
from collections.abc import Callable
from pathlib import Path

from summarizer.findings import Passage, dates, numbers
from summarizer.language.quantities import quantities
from summarizer.language.time_expressions import time_expressions

EVALS = Path(__file__).parents[1] / "evals" / "quantities"
DATES = frozenset({"weekdays", "relative-dates", "months-days", "quarters", "years", "times-of-day"})
Verdict = bool | None


def by_value(parse: Callable[[str], object]) -> Callable[[str, str], Verdict]:
    """Two pieces are the same where a parser gives them equal values."""

    def same(one: str, other: str) -> Verdict:
        try:
            left, right = parse(one), parse(other)
        except (ValueError, TypeError, KeyError, IndexError, AttributeError):
            return None
        return None if left is None or right is None else left == right

    return same


def our_numbers(one: str, other: str) -> Verdict:
    if not quantities(one) or not quantities(other):
        return None
    return not numbers.find(one, Passage(other))


def our_dates(one: str, other: str) -> Verdict:
    if not time_expressions(one) or not time_expressions(other):
        return None
    return not dates.find(one, Passage(other))


def number_parsers() -> dict[str, Callable[[str, str], Verdict]]:
    from price_parser import Price
    from quantulum3 import parser
    from text_to_num import alpha2digit
    from word2number import w2n

    def quantulum(text: str) -> object:
        found = parser.parse(text)
        return (found[0].value, found[0].unit.name) if found else None

    def text2num(text: str) -> object:
        digits = [word for word in alpha2digit(text, "en").replace(",", "").split() if word.replace(".", "").isdigit()]
        return float(digits[0]) if digits else None

    def price(text: str) -> object:
        found = Price.fromstring(text)
        return (found.amount, found.currency) if found.amount is not None else None

    return {
        "ours": our_numbers,
        "quantulum3": by_value(quantulum),
        "text2num": by_value(text2num),
        "word2number": by_value(w2n.word_to_num),
        "price-parser": by_value(price),
    }


def date_parsers() -> dict[str, Callable[[str, str], Verdict]]:
    import dateparser

    return {"ours": our_dates, "dateparser": by_value(dateparser.parse)}


def table(title: str, parsers: dict[str, Callable[[str, str], Verdict]], pairs: list[tuple[str, str, bool]]) -> None:
    print(f"\n| {title}: {len(pairs)} pairs | right | wrong | unread | ms a pair |")
    print("| --- | --- | --- | --- | --- |")
    for name, same in parsers.items():
        same(*pairs[0][:2])
        start = time.perf_counter()
        said = [same(one, other) for one, other, _ in pairs]
        each = (time.perf_counter() - start) / len(pairs) * 1000
        right = sum(
            verdict is not None and verdict == label for verdict, (_, _, label) in zip(said, pairs, strict=True)
        )
        unread = said.count(None)
        print(f"| {name} | {right} | {len(pairs) - right - unread} | {unread} | {each:.2f} |")


def main() -> None:
    cases = [
        case for part in ("dev", "test") for case in json.loads((EVALS / f"{part}.json").read_text(encoding="utf-8"))
    ]
    cases = [case for case in cases if case["claim_words"] and case["source_words"]]
    split = {True: [], False: []}  # type: dict[bool, list[tuple[str, str, bool]]]
    for case in cases:
        split[case["topic"] in DATES].append((case["claim_words"], case["source_words"], case["expect"] == "agree"))
    table("Numbers", number_parsers(), split[False])
    table("Dates and times", date_parsers(), split[True])


if __name__ == "__main__":
    main()
