"""All trees at once: which leaves are left, as bits of one long number.

Every tree has a slot of bits, one for each leaf from left to right. A node whose value is
above its threshold rules out the leaves to its left; the first leaf that is left is the one
that a walk down the tree would reach (QuickScorer: Lucchese et al., SIGIR 2015). Long
numbers are fast in plain Python, and walks are not: a fifth of the time.
"""

import struct
from bisect import bisect_left
from collections.abc import Sequence
from operator import getitem
from typing import NamedTuple

Columns = tuple[Sequence[int], Sequence[float], Sequence[int], Sequence[int], Sequence[float]]
"""A tree: feature, threshold, left, right, leaf."""
FORMATS = {16: "H", 32: "I", 64: "Q"}  # bits of a slot, as `struct` calls them


class _Feature(NamedTuple):
    """What the value of one feature rules out."""

    column: int
    thresholds: tuple[float, ...]
    """Rising."""
    left: tuple[int, ...]
    """The leaves that are left where the value is above so many thresholds, less one."""


class Forest:
    """Trees that are asked together. A tree has at most 64 leaves."""

    def __init__(self, trees: Sequence[Columns]) -> None:
        most = max((len(tree[4]) for tree in trees), default=1)
        self._width = next((width for width in FORMATS if most <= width), 0)
        if not self._width:
            raise ValueError(f"a tree with {most} leaves; the most is {max(FORMATS)}")
        self._form = f"<{len(trees)}{FORMATS[self._width]}"
        self._ones = sum(1 << slot * self._width for slot in range(len(trees)))
        self._all = sum(((1 << len(tree[4])) - 1) << slot * self._width for slot, tree in enumerate(trees))
        self._leaves: list[dict[int, float]] = []
        nodes: list[list[tuple[float, int, int]]] = [
            [] for _ in range(1 + max((max(t[0], default=0) for t in trees), default=0))
        ]
        for slot, tree in enumerate(trees):
            self._leaves.append(_read(tree, slot, nodes))
        self._features = tuple(self._feature(column, own) for column, own in enumerate(nodes) if own)

    def _feature(self, column: int, nodes: list[tuple[float, int, int]]) -> _Feature:
        nodes.sort()
        left, slots, width = self._all, [-1] * len(self._leaves), self._width
        masks: dict[float, int] = {}
        for threshold, slot, leaves in nodes:
            gone = slots[slot] & leaves
            if gone:
                left ^= gone << slot * width
                slots[slot] ^= gone
            masks[threshold] = left
        return _Feature(column, tuple(masks), tuple(masks.values()))

    def leaves(self, values: Sequence[float]) -> list[float]:
        """Return the leaf of each tree that the features lead to; left is a value up to the threshold."""
        left = self._all
        for column, thresholds, masks in self._features:
            above = bisect_left(thresholds, values[column])
            if above:
                left &= masks[above - 1]
        first = left & ~(left - self._ones)  # the lowest bit of each slot
        slots = struct.unpack(self._form, first.to_bytes(struct.calcsize(self._form), "little"))
        return list(map(getitem, self._leaves, slots))


def _read(tree: Columns, slot: int, nodes: Sequence[list[tuple[float, int, int]]]) -> dict[int, float]:
    """Return the leaves of a tree by their bits; add its inner nodes, with the bits of the leaves to their left."""
    features, thresholds, lefts, rights, leaf = tree
    order: list[int] = []

    def leaves(node: int) -> int:
        left, right = lefts[node], rights[node]
        if left < 0:
            below = 1 << len(order)
            order.append(left)
        else:
            below = leaves(left)
        nodes[features[node]].append((thresholds[node], slot, below))
        if right >= 0:
            return below | leaves(right)
        order.append(right)
        return below | 1 << len(order) - 1

    if features:
        leaves(0)
    else:
        order.append(-1)
    return {1 << rank: leaf[-child - 1] for rank, child in enumerate(order)}
