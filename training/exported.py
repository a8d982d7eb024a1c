"""Weights to train on from a file that `export` wrote: int8 matrices become float32, smoothed ones what they were.

So training goes on from what ships where its checkpoints are gone. What rounding to int8 took stays lost: on a pair
it is 0.02 of a probability, and the first steps make up for it.
"""

from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from torch import Tensor

MATRICES = ("query", "key_value", "attended", "wide", "narrow")  # of a layer, in the order in which they are used
TABLES = ("words", "places")


def from_exported(path: Path) -> dict[str, Tensor]:
    """Read the weights of an exported file under the names of `CrossEncoder`. Raises a `ValueError` for other files."""
    held = {each.name: numpy_helper.to_array(each) for each in onnx.load(str(path)).graph.initializer}
    layers = len({name.split(".")[2] for name in held if name.startswith("model.layers.")})
    packed = sorted(
        (name.removesuffix("_quantized") for name in held if name.startswith("onnx::") and name.endswith("_quantized")),
        key=lambda name: int(name.rsplit("_", 1)[1]),
    )
    if not layers or len(packed) != layers * len(MATRICES):
        message = (
            f"{path.name}: not a file that `training export --how smoothed` or `dynamic` wrote, or one of before the "
            "matrices of query and of key and value were parted (docs/decisions/0086)"
        )
        raise ValueError(message)
    found = {f"{name}.weight": _rows(held, f"model.{name}.weight") for name in TABLES}
    found["head.weight"] = _matrix(held, "model.head.weight_Transposed")
    found |= {name.removeprefix("model."): value for name, value in held.items() if _is_plain(name)}
    places = [f"layers.{number}.{name}" for number in range(layers) for name in MATRICES]
    for place, name in zip(places, packed, strict=True):
        inverse = held.get(f"model.{place}.inverse")
        matrix = _matrix(held, name)
        found[f"{place}.weight"] = matrix if inverse is None else matrix * inverse
    return {
        name.replace(".linear.", "."): torch.from_numpy(np.array(value, np.float32)) for name, value in found.items()
    }


def _is_plain(name: str) -> bool:
    return name.startswith("model.") and name.endswith((".bias", "norm.weight", "types.weight"))


def _rows(held: dict[str, NDArray[np.float32]], name: str) -> NDArray[np.float32]:
    if name in held:  # too small to be packed
        return held[name]
    return held[name + ".int8"].astype(np.float32) * held[name + ".scale"]


def _matrix(held: dict[str, NDArray[np.float32]], name: str) -> NDArray[np.float32]:
    """Outputs by inputs, as torch has it."""
    zero = held[name + "_zero_point"].astype(np.float32)
    return ((held[name + "_quantized"].astype(np.float32) - zero) * held[name + "_scale"]).T
