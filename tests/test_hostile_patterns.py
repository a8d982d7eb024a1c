"""No text makes a regular expression slow: each stays linear on hostile input."""

import importlib
import pkgutil
import re
import time
from collections.abc import Iterator

import pytest

import summarizer

HOSTILE = {
    "one letter": "a",
    "one capital": "A",
    "a digit": "1",
    "spaces": " ",
    "lines": "\n",
    "stops": ". ",
    "abbreviations": "U.S. ",
    "quotes": '"',
    "curly quotes": "“a",
    "brackets": "([",
    "commas": "a, ",
    "hyphens": "a-",
    "names": "Ana Pell ",
    "lists": "Ana, Lee and ",
    "numbers": "1,000 and ",
    "number words": "twenty one hundred ",
    "money": "$1.2 million to ",
    "of the": "head of the ",
    "said": "he said and ",
    "apostrophes": "x’s ",
    "not": "did not ",
    "months": "early May 3 ",
    "put by": "was put by ",
    "ends": "a!",
}
LIMIT = 0.05  # seconds for 100 KB
GROWTH = 2.5  # times as long on twice as much
NOISE = 0.004  # seconds; below this a ratio says nothing


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    for module in pkgutil.walk_packages(summarizer.__path__, "summarizer."):
        if module.name.endswith("__main__"):
            continue
        for name, value in vars(importlib.import_module(module.name)).items():
            for number, pattern in enumerate(_in(value)):
                yield f"{module.name}.{name}.{number}", pattern


def _in(value: object) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, tuple | list):
        for item in value:
            yield from _in(item)


PATTERNS = {pattern.pattern: (name, pattern) for name, pattern in patterns()}


def seconds(pattern: re.Pattern[str], text: str, enough: float) -> float:
    """The best of five tries, because a busy machine is no slow pattern; one that is `enough` ends them."""
    best = float("inf")
    for _ in range(5):
        start = time.perf_counter()
        for _ in pattern.finditer(text):
            pass
        best = min(best, time.perf_counter() - start)
        if best <= enough:
            break
    return best


@pytest.mark.parametrize(("name", "pattern"), PATTERNS.values(), ids=[name for name, _ in PATTERNS.values()])
def test_a_pattern_is_linear_on_hostile_text(name: str, pattern: re.Pattern[str]) -> None:
    slow = {}
    for what, piece in HOSTILE.items():
        text = (piece * (100_000 // len(piece) + 1))[:100_000]
        once = seconds(pattern, text + "!", LIMIT / 2)
        twice = seconds(pattern, text * 2 + "!", GROWTH * once) if once > NOISE else 0.0
        if once > LIMIT or twice > GROWTH * once:
            slow[what] = (round(once, 3), round(twice, 3))

    assert slow == {}, name
