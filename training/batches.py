"""Word pieces of pairs, and batches drawn by share of each source."""

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from summarizer.judging.nli.model import CLAIM_PIECES, PIECES
from summarizer.judging.nli.pieces import read_pieces
from training.model import Batch
from training.rows import Pair

STRIDE = 16  # lengths are padded to multiples of this: torch keeps compiled code for each shape that it meets
POOL = 16  # batches whose pairs are sorted by length together
OTHER = "other"
TWIN = "twin"
SHARES: Mapping[str, float] = {
    "vitaminc": 0.04,
    "mnli": 0.02,
    "snli": 0.01,
    "fever_nli": 0.01,
    "edit": 0.03,
    "template": 0.02,
    "written": 0.13,
    "several": 0.12,
    "fused": 0.05,
    "twin": 0.46,  # most of them are drawn two by two, so that they are five eighths of the pairs
    OTHER: 0.11,
}
EVEN = 0.6  # a data set of the others weighs its size to this power: 1 would drown the small ones, 0 repeat them


class Encoded(NamedTuple):
    """A claim and one reading of its evidence as word pieces."""

    claim: list[int]
    evidence: list[int]
    target: int
    twin: bool = False
    """Whether the pair beside it in its batch is its twin, beside the same evidence: the sound one comes first."""

    @property
    def length(self) -> int:
        """Number of pieces, with the three that part them."""
        return len(self.claim) + len(self.evidence) + 3


class Pieces:
    """Word pieces as the judge reads them, cut to the lengths that the network reads."""

    def __init__(self, path: Path) -> None:
        self._words = read_pieces(path.read_bytes())
        self.start, self.end = self._words.start, self._words.end

    def encode(self, claim: str, evidence: str, target: int = 0) -> Encoded:
        """Return a pair as word pieces; the evidence is cut where both together are too long."""
        mine = self._words.encode(claim)[:CLAIM_PIECES]
        found = self._words.encode(evidence)[: PIECES - 3 - len(mine)]
        return Encoded(mine, found, target)

    def batch(self, chosen: Sequence[Encoded], stride: int = STRIDE) -> tuple[Batch, Tensor]:
        """Return pairs as one padded batch with its targets."""
        length = -(-max(pair.length for pair in chosen) // stride) * stride
        ids, present, types = (np.zeros((len(chosen), length), np.int64) for _ in range(3))
        for row, pair in enumerate(chosen):
            line = [self.start, *pair.claim, self.end, *pair.evidence, self.end]
            ids[row, : len(line)] = line
            present[row, : len(line)] = 1
            types[row, len(pair.claim) + 2 : len(line)] = 1
        targets = torch.tensor([pair.target for pair in chosen])
        return Batch(*(torch.from_numpy(each) for each in (ids, present, types))), targets


Unit = tuple[Pair, ...]
"""A pair, or a sound claim and its false twin."""


class Mixture:
    """Draws pairs by share of their source; within the others by data set, and half of them supported.

    A claim and its twin are drawn together, beside the same evidence, so that the loss can compare them.
    """

    def __init__(self, pairs: Iterable[Pair], shares: Mapping[str, float] = SHARES) -> None:
        self._pools: dict[tuple[str, bool], list[Unit]] = defaultdict(list)
        for unit in units(pairs):
            kind = unit[0].source.split(":")[0]  # "edit:number" is an edit
            name = kind if kind in shares else f"{OTHER}/{unit[0].source}"
            self._pools[name, unit[0].target == 0].append(unit)
        names = sorted({name for name, _ in self._pools})
        self._weights = {name: self._weight(name, names, shares) for name in names}

    def _size(self, name: str) -> int:
        return sum(len(self._pools.get((name, label), ())) for label in (False, True))

    def _weight(self, name: str, names: Sequence[str], shares: Mapping[str, float]) -> float:
        kind = name.split("/", maxsplit=1)[0]
        alike = [other for other in names if other.split("/")[0] == kind]
        size: float = self._size(name) ** EVEN / sum(self._size(other) ** EVEN for other in alike)
        return shares.get(kind, 0.0) * size

    def batches(self, size: int, pieces: Pieces, rng: random.Random) -> Iterator[list[Encoded]]:
        """Yield batches without end, each of pairs of like length; a pool is emptied before it is filled again.

        A batch has `size` pairs, or one more where a twin would be left behind; twins come first.
        """
        queues: dict[tuple[str, bool], list[Unit]] = {}
        names, weights = list(self._weights), list(self._weights.values())
        while True:
            drawn: list[list[Encoded]] = []
            for name in rng.choices(names, weights, k=size * POOL):
                key = (name, self._label(name, rng))
                if not queues.get(key):
                    queues[key] = rng.sample(self._pools[key], len(self._pools[key]))
                unit = queues[key].pop()
                evidence = rng.choice(unit[0].evidence)
                twin = len(unit) > 1
                drawn.append([pieces.encode(pair.claim, evidence, pair.target)._replace(twin=twin) for pair in unit])
            drawn.sort(key=lambda unit: max(pair.length for pair in unit))
            parts = list(_filled(drawn, size))
            rng.shuffle(parts)
            yield from parts

    def _label(self, name: str, rng: random.Random) -> bool:
        sizes = [len(self._pools.get((name, label), ())) for label in (False, True)]
        if not all(sizes):
            return sizes[1] > 0
        if name.startswith(f"{OTHER}/"):
            return rng.random() < 0.5
        return rng.random() < sizes[1] / sum(sizes)


def units(pairs: Iterable[Pair]) -> Iterator[Unit]:
    """Yield pairs, and twins that are decided by the same sentences together: places 2n and 2n + 1 of one passage."""
    waiting: dict[tuple[str, int], Pair] = {}
    for pair in pairs:
        passage, _, place = pair.id.partition("/")
        if not pair.source.startswith(f"{TWIN}:") or not place.isdecimal():
            yield (pair,)
            continue
        other = waiting.pop((passage, int(place) // 2), None)
        if other is None:
            waiting[passage, int(place) // 2] = pair
        elif other.evidence[0] != pair.evidence[0] or (other.target == 0) == (pair.target == 0):
            yield from ((other,), (pair,))
        else:
            yield (other, pair) if other.target == 0 else (pair, other)
    yield from ((pair,) for pair in waiting.values())


def _filled(drawn: Iterable[list[Encoded]], size: int) -> Iterator[list[Encoded]]:
    twins: list[Encoded] = []
    others: list[Encoded] = []
    for unit in drawn:
        (twins if len(unit) > 1 else others).extend(unit)
        if len(twins) + len(others) >= size:
            yield twins + others
            twins, others = [], []
