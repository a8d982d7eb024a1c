"""Boosted trees read from a file of ours: plain JSON, plain Python.

`checker.json` is written by `benchmarks/train.py`. It holds the trees as arrays,
how rare each stem was in the texts that they learnt from, what turns their sum into
a probability, and from which probability on a verdict is given.
"""

import json
import math
from bisect import bisect_right
from collections.abc import Mapping
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError, model_validator

from summarizer.errors import BackendError
from summarizer.judging.lexical.forest import Forest
from summarizer.schema import Record

FILE = Path(__file__).with_name("checker.json")
VERSION = 1  # of the file's form; raised when a reader of the old form would go wrong
UNSEEN = 5  # sentences that a stem is taken to stand in where the table does not have it: it lists no rarer ones


class Tree(Record):
    """One tree: inner nodes as columns; a child below zero is the leaf `-child - 1`."""

    feature: tuple[int, ...]
    threshold: tuple[float, ...]
    left: tuple[int, ...]
    """Where to go with a value up to the threshold."""
    right: tuple[int, ...]
    leaf: tuple[float, ...]


class Band(Record):
    """From where on a probability of support is a verdict."""

    not_in_source: Annotated[float, Field(ge=0, le=1)]
    """At most this."""
    supported: Annotated[float, Field(ge=0, le=1)]
    """At least this."""
    forced: Annotated[float, Field(ge=0, le=1)]
    """Where a choice is forced: supported from here on."""


class Checker(Record):
    """What a file of trees holds."""

    version: int
    features: tuple[str, ...]
    """Names in the order of the columns."""
    trees: tuple[Tree, ...]
    calibration: tuple[tuple[float, float], ...]
    """Points (sum of the leaves, probability of support), both rising; straight lines between them."""
    band: Band
    rules: Mapping[str, float]
    """Share of supported claims among those that a strict rule calls `supported` and `contradicted`."""
    sentences: int
    """How many sentences the stems were counted in."""
    stems: Mapping[str, int]
    """In how many of them each stem stood."""
    training: Mapping[str, str | int | float]
    """What it was trained on, for the reader of the file."""

    @model_validator(mode="after")
    def _rises(self) -> "Checker":
        for column in zip(*self.calibration, strict=True):
            if list(column) != sorted(column):
                raise ValueError("the calibration does not rise")
        return self

    def rarity(self, key: str) -> float:
        """Inverse document frequency of a stem over the sentences of the training texts."""
        return math.log(1 + self.sentences / (1 + self.stems.get(key, UNSEEN)))

    def score(self, features: Mapping[str, float]) -> float:
        """Return the sum of the leaves: higher for what is more likely supported."""
        return math.fsum(self._forest.leaves([features[name] for name in self.features]))

    @cached_property
    def _forest(self) -> Forest:
        return Forest([(tree.feature, tree.threshold, tree.left, tree.right, tree.leaf) for tree in self.trees])

    def probability(self, score: float) -> float:
        """Return the calibrated probability that a claim of that score is supported."""
        scores = [point for point, _ in self.calibration]
        at = bisect_right(scores, score)
        if at in (0, len(scores)):
            return self.calibration[min(at, len(scores) - 1)][1]
        (low, below), (high, above) = self.calibration[at - 1 : at + 1]
        return below + (above - below) * (score - low) / (high - low)


@lru_cache(maxsize=1)
def checker() -> Checker:
    """Return the trees that come with the package, read once and only when asked for."""
    return read_checker(FILE)


def read_checker(file: Path) -> Checker:
    """Read a file of trees. Raises an `BackendError` where it is missing, broken or of another version."""
    again = "install summarizer again, or write it with benchmarks/train.py"
    try:
        raw = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BackendError(f"{file.name}: cannot be read; {again}") from error
    version = raw.get("version") if isinstance(raw, dict) else None
    if version != VERSION:
        raise BackendError(f"{file.name}: of version {version!r}, and this reads version {VERSION}; {again}")
    try:
        return Checker.model_validate(raw)
    except ValidationError as error:
        raise BackendError(f"{file.name}: broken at {error.errors()[0]['loc']}; {again}") from error
