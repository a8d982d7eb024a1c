"""What gives probabilities to pairs: weights in float32, or an exported file, one pair at a time."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from training.batches import Encoded, Pieces
from training.model import load_model
from training.rows import LABELS

Score = Callable[[Sequence[Encoded]], NDArray[np.float64]]
SIZE = 16


class Judge:
    """A way to score encoded pairs, with the tokenizer that encodes them."""

    def __init__(self, pieces: Pieces, score: Score) -> None:
        self.pieces = pieces
        self.score = score


def judge_of(path: Path, pieces: Pieces) -> Judge:
    """Open an ONNX file, or weights."""
    return Judge(pieces, _of_file(path, pieces) if path.suffix == ".onnx" else _of_weights(path, pieces))


def _of_weights(path: Path, pieces: Pieces) -> Score:
    model = load_model(path).eval()

    def score(pairs: Sequence[Encoded]) -> NDArray[np.float64]:
        found = np.zeros((len(pairs), len(LABELS)))
        order = sorted(range(len(pairs)), key=lambda place: pairs[place].length)
        with torch.inference_mode():
            for at in range(0, len(order), SIZE):
                chosen = order[at : at + SIZE]
                batch, _ = pieces.batch([pairs[place] for place in chosen])
                found[chosen] = model(*batch).float().softmax(-1).numpy()
        return found

    return score


def _of_file(path: Path, pieces: Pieces) -> Score:
    from summarizer.judging.nli.model import session  # noqa: PLC0415
    from training.export import judge  # noqa: PLC0415  weights are measured without onnxruntime

    opened = session(path.read_bytes())
    return lambda pairs: judge(opened, pieces, pairs).probabilities.astype(np.float64)
