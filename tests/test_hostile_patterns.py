"""No text makes a regular expression slow: each stays linear on hostile input."""

import importlib
import inspect
import pkgutil
import re
import time
from collections.abc import Iterator, Mapping
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
SEARCH = 0.0025  # seconds that the search below takes there: a processor with AVX2 alone, as fast in adding, takes a quarter more
SPANS = re.compile(
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) (?:days|weeks|months|years)\b", re.IGNORECASE
)
EVENINGS = ("The council of Harwick met on nine evenings, once for eleven hours. " * 600)[:40_000]
ATTEMPTS = 12  # a shared machine halves its pace for a second at a time: pace is taken beside each time, growth on sums


def slowness() -> float:
    """How much slower this machine is at this moment than that one; never less than 1."""
    start = time.process_time()
    total = 0
    for number in range(100_000):
        total += number
    added = time.process_time() - start
    return max(1.0, added / LOOP, seconds(SPANS, EVENINGS) / SEARCH)


LIMIT = 0.05  # seconds for 100 KB
SHORT = 20_000  # a fifth: what takes a 25th of the limit there keeps it at full length even if it grows quadratically
GROWTH = 2.5  # times as long on twice as much
NOISE = 0.004  # seconds; below this a ratio says nothing


def patterns() -> dict[str, dict[str, re.Pattern[str]]]:
    """Every pattern of the package by module and name, each once: constants, and what cached functions compile."""
    found: dict[str, dict[str, re.Pattern[str]]] = {}
    seen = set()
    for module in pkgutil.walk_packages(summarizer.__path__, "summarizer."):
        if module.name.endswith("__main__"):
            continue
        for name, value in vars(importlib.import_module(module.name)).items():
            for number, pattern in enumerate(_in(value)):
                if pattern.pattern not in seen:
                    seen.add(pattern.pattern)
                    found.setdefault(module.name, {})[f"{name}.{number}"] = pattern
    return found


def _in(value: object) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, tuple | list):
        for item in value:
            yield from _in(item)
    elif isinstance(value, Mapping):
        yield from _in(list(value.values()))
    elif hasattr(value, "cache_info"):
        signature = inspect.signature(value)  # type: ignore[arg-type]
        if "Pattern" in str(signature.return_annotation) and not signature.parameters:
            yield from _in(value())  # type: ignore[operator]


PATTERNS = patterns()


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


@pytest.mark.parametrize("module", PATTERNS)
def test_the_patterns_of_a_module_are_linear_on_hostile_text(module: str) -> None:
    slow = {
        f"{name} on {what}": times
        for name, pattern in PATTERNS[module].items()
        for what, piece in HOSTILE.items()
        if (times := slow_times(pattern, (piece * (200_000 // len(piece) + 1))[:200_000]))
    }

    assert slow == {}


def test_every_reader_and_every_kind_of_finding_is_among_them() -> None:
    walked = {module for module, own in PATTERNS.items() if own}

    assert {
        "summarizer.language.numerals",
        "summarizer.language.time_expressions",
        "summarizer.language.names",
    } <= walked
    assert {"summarizer.findings.names", "summarizer.judging.lexical.cues"} <= walked


def slow_times(pattern: re.Pattern[str], text: str) -> tuple[float, float] | None:
    """Seconds at full length and growth where either breaks its bound; None where both hold."""
    if seconds(pattern, text[:SHORT] + "!") <= LIMIT / 25 or is_plainly_linear(pattern, text):
        return None
    scaled, once, twice = [], [], []
    for _ in range(ATTEMPTS):
        once.append(seconds(pattern, text[:100_000] + "!"))
        scaled.append(once[-1] / slowness())
        twice.append(seconds(pattern, text + "!"))
        if min(scaled) <= LIMIT and (sum(twice) <= GROWTH * sum(once) or min(scaled) <= NOISE):
            return None
    return round(min(scaled), 3), round(sum(twice) / sum(once), 1)
