"""Whether a processor multiplies bfloat16 itself; where it does not, torch takes tens of times as long as in float32."""

import time

import torch

SIDE = 384  # of the matrices multiplied, the width of the network
ROUNDS = 3


def multiplies_bfloat16() -> bool:
    """Say whether a product of two matrices takes no longer in bfloat16 than in float32, by doing both."""
    return _seconds(torch.bfloat16) <= _seconds(torch.float32)


def _seconds(kind: torch.dtype) -> float:
    matrix = torch.ones(SIDE, SIDE, dtype=kind)
    taken = []
    for _ in range(ROUNDS):
        began = time.process_time()
        _ = matrix @ matrix
        taken.append(time.process_time() - began)
    return min(taken)
