"""What templates are made with: scenes, and the names and things that fill them."""

import random
import tomllib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from training.wording import in_words


class Scene(NamedTuple):
    """A text in parts, with claims that it bears out and claims that it does not."""

    text: str
    sound: tuple[str, ...]
    false: tuple[str, ...]


Template = Callable[["Filler"], Scene]


@cache
def _stock() -> dict[str, list[str]]:
    return tomllib.loads(Path(__file__).with_name("stock.toml").read_text(encoding="utf-8"))


class Filler:
    """Draws the things of a scene, no two alike."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng

    def some(self, kind: str, count: int) -> list[str]:
        """Draw things of a kind."""
        return self.rng.sample(_stock()[kind], count)

    def one(self, *choices: str) -> str:
        """Draw one wording."""
        return self.rng.choice(choices)

    def numbers(self, count: int, low: int = 3, high: int = 95) -> list[int]:
        """Draw numbers."""
        return self.rng.sample(range(low, high), count)

    def told(self, number: int) -> str:
        """Write a number in digits or in words."""
        return str(number) if number > 99 or self.rng.random() < 0.5 else in_words(number)

    def deeds(self) -> list[str]:
        """Draw two things that companies did."""
        towns, numbers = self.some("towns", 2), self.numbers(2)
        filled = zip(self.some("deeds", 2), towns, numbers, strict=True)
        return [deed.format(town=town, n=number) for deed, town, number in filled]
