"""No text makes a regular expression slow: each stays linear on hostile input."""

import importlib
import pkgutil
import re
import time
from collections.abc import Iterator
from typing import Any

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
LOOP = 0.004  # seconds that a hundred thousand additions take on a machine for which the limit is meant
ATTEMPTS = 12  # a shared machine halves its pace for a second at a time: pace is taken beside each time, growth on sums


def slowness() -> float:
    """How much slower this machine is at this moment than that one; never less than 1."""
    start = time.process_time()
    total = 0
    for number in range(100_000):
        total += number
    return max(1.0, (time.process_time() - start) / LOOP)


LIMIT = 0.05  # seconds for 100 KB
SHORT = 20_000  # a fifth: what takes a 25th of the limit there keeps it at full length even if it grows quadratically
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


def seconds(pattern: re.Pattern[Any], text: str) -> float:
    """Processor time of one search through all of the text."""
    subject: Any = text.encode() if isinstance(pattern.pattern, bytes) else text
    start = time.process_time()
    for _ in pattern.finditer(subject):
        pass
    return time.process_time() - start


def is_plainly_linear(pattern: re.Pattern[Any], text: str) -> bool:
    """Whether a fifth of the length shows already that neither bound can be broken at full length.

    Let it take a x + b x^2 for x times `SHORT`. Where 2 `SHORT` take at most 2.125 times as long as one, b is at most a / 15; then
    five take at most 6.25 times as long, and ten at most 2.5 times as long as five.
    """
    once = seconds(pattern, text[:SHORT] + "!")
    twice = seconds(pattern, text[: 2 * SHORT] + "!")
    return twice <= 2.125 * once and 6.25 * once / slowness() <= LIMIT


@pytest.mark.parametrize(("name", "pattern"), PATTERNS.values(), ids=[name for name, _ in PATTERNS.values()])
def test_a_pattern_is_linear_on_hostile_text(name: str, pattern: re.Pattern[str]) -> None:
    slow = {}
    for what, piece in HOSTILE.items():
        text = (piece * (200_000 // len(piece) + 1))[:200_000]
        if seconds(pattern, text[:SHORT] + "!") <= LIMIT / 25 or is_plainly_linear(pattern, text):
            continue
        scaled, once, twice = [], [], []
        for _ in range(ATTEMPTS):
            once.append(seconds(pattern, text[:100_000] + "!"))
            scaled.append(once[-1] / slowness())
            twice.append(seconds(pattern, text + "!"))
            if min(scaled) <= LIMIT and (sum(twice) <= GROWTH * sum(once) or min(scaled) <= NOISE):
                break
        else:
            slow[what] = (round(min(scaled), 3), round(sum(twice) / sum(once), 1))

    assert slow == {}, name
