"""Stems: the same for every thread that asks."""

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from summarizer.language.words import stem

WORDS = ["agreements", "relational", "happiness", "denied", "organizations", "generously", "Macron’s", "1,200", "été"]
STEMS = ["agreement", "relat", "happi", "deni", "organiz", "generous", "macron", "1,200", "été"]


@contextmanager
def many_switches() -> Iterator[None]:
    """Threads that take turns as often as they can."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        yield
    finally:
        sys.setswitchinterval(usual)


def test_stems_are_those_of_porters_second_stemmer() -> None:
    assert [stem(word) for word in WORDS] == STEMS


def test_threads_do_not_spoil_each_others_stems() -> None:
    uncached = stem.__wrapped__

    def stems(turn: int) -> bool:
        order = [(turn + step) % len(WORDS) for step in range(len(WORDS))]
        return all(uncached(WORDS[at]) == STEMS[at] for _ in range(300) for at in order)

    with many_switches(), ThreadPoolExecutor(8) as pool:
        assert all(pool.map(stems, range(8)))
