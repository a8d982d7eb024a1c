"""From trained weights to the file that ships: ONNX with int8 weights, and proof that it says the same.

Two ways to int8 are here so that they can be compared. `weights` keeps the
sums in float32 and unpacks each matrix as it is used; `dynamic` also rounds
what goes into each matrix, on a scale that depends on all pairs of a batch.
"""

import hashlib
import json
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, NamedTuple

import numpy as np
import onnx
import onnxruntime
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from torch import Tensor, nn

from training.batches import Encoded, Pieces
from training.model import CrossEncoder, load_model

How = Literal["weights", "dynamic", "float"]
INPUTS = ("input_ids", "attention_mask", "token_type_ids")
OUTPUT = "probabilities"
OPSET = 17
LEAST = 4096  # numbers of a matrix that is worth packing


class Judged(NamedTuple):
    """What a run over some pairs gave and took."""

    probabilities: NDArray[np.float32]
    milliseconds: float
    """Time of the processor for a pair."""


class _WithSoftmax(nn.Module):
    def __init__(self, model: CrossEncoder) -> None:
        super().__init__()
        self.model = model

    def forward(self, ids: Tensor, present: Tensor, types: Tensor) -> Tensor:
        return self.model(ids, present, types).softmax(-1)  # type: ignore[no-any-return]


def export(weights: Path, out: Path, how: How = "dynamic") -> None:
    """Write the ONNX file of weights."""
    model = _WithSoftmax(load_model(weights)).eval()
    example = torch.ones(2, 16, dtype=torch.long)
    plain = out.with_suffix(".float.onnx")
    torch.onnx.export(
        model,
        (example, example, torch.zeros_like(example)),
        str(plain),
        input_names=list(INPUTS),
        output_names=[OUTPUT],
        dynamic_axes={name: {0: "pairs", 1: "pieces"} for name in INPUTS} | {OUTPUT: {0: "pairs"}},
        opset_version=OPSET,
        dynamo=False,
    )
    if how == "float":
        plain.replace(out)
        return
    if how == "dynamic":
        from onnxruntime.quantization import QuantType, quantize_dynamic  # noqa: PLC0415  it imports half of onnx

        quantize_dynamic(str(plain), str(out), weight_type=QuantType.QInt8, per_channel=True)
    else:
        onnx.save(_packed(onnx.load(str(plain))), str(out))
    plain.unlink()


def _packed(graph: onnx.ModelProto) -> onnx.ModelProto:
    """Replace each large matrix by int8 and a scale for each of its outputs, with a node that multiplies them."""
    kept, nodes = [], []
    columns = {node.input[1] for node in graph.graph.node if node.op_type == "MatMul"}
    for held in graph.graph.initializer:
        value = numpy_helper.to_array(held)
        if value.ndim != 2 or value.dtype != np.float32 or value.size < LEAST:
            kept.append(held)
            continue
        axis = 1 if held.name in columns else 0  # x @ W has its outputs in columns; a table of words in rows
        scale = np.maximum(np.abs(value).max(1 - axis), 1e-8) / 127
        rounded = np.rint(value / (scale[None, :] if axis else scale[:, None])).astype(np.int8)
        kept.append(numpy_helper.from_array(rounded, held.name + ".int8"))
        kept.append(numpy_helper.from_array(scale.astype(np.float32), held.name + ".scale"))
        kept.append(numpy_helper.from_array(np.zeros(len(scale), np.int8), held.name + ".zero"))
        inputs = [held.name + part for part in (".int8", ".scale", ".zero")]
        nodes.append(onnx.helper.make_node("DequantizeLinear", inputs, [held.name], axis=axis))
    every = [*nodes, *graph.graph.node]
    del graph.graph.initializer[:], graph.graph.node[:]
    graph.graph.initializer.extend(kept)
    graph.graph.node.extend(every)
    return graph


def session(path: Path) -> Any:
    """Open an ONNX file for one thread."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def judge(opened: Any, pieces: Pieces, pairs: Sequence[Encoded], size: int = 1) -> Judged:
    """Return the probabilities of pairs, `size` at a time."""
    found: list[NDArray[np.float32]] = []
    began = time.process_time()
    for at in range(0, len(pairs), size):
        batch, _ = pieces.batch(pairs[at : at + size], stride=1)
        feed = dict(zip(INPUTS, (each.numpy() for each in batch), strict=True))
        found.append(opened.run([OUTPUT], feed)[0])
    return Judged(np.concatenate(found), (time.process_time() - began) * 1000 / max(1, len(pairs)))


def compare(weights: Path, pieces: Pieces, pairs: Sequence[Encoded], folder: Path) -> list[dict[str, Any]]:
    """Measure each way to int8 beside float32: size, speed, distance, and whether company changes a result."""
    lines: list[dict[str, Any]] = []
    exact: NDArray[np.float32] | None = None
    ways: tuple[How, ...] = ("float", "dynamic", "weights")
    for how in ways:
        path = folder / f"{how}.onnx"
        export(weights, path, how)
        began = time.perf_counter()
        opened = session(path)
        loaded = time.perf_counter() - began
        alone = judge(opened, pieces, pairs)
        again, together = judge(opened, pieces, pairs), judge(opened, pieces, pairs, 8)
        exact = alone.probabilities if exact is None else exact
        distance = np.abs(alone.probabilities - exact).max(axis=1)
        lines.append(
            {
                "how": how,
                "megabytes": round(path.stat().st_size / 1e6, 1),
                "load_seconds": round(loaded, 2),
                "ms_alone": round(alone.milliseconds, 1),
                "ms_in_eights": round(together.milliseconds, 1),
                "equal_again": bool((alone.probabilities == again.probabilities).all()),
                "equal_in_company": round(float((alone.probabilities == together.probabilities).all(1).mean()), 3),
                "moved_by_company": round(float(np.abs(alone.probabilities - together.probabilities).max()), 4),
                "from_float_mean": round(float(distance.mean()), 4),
                "from_float_most": round(float(distance.max()), 4),
            }
        )
    return lines


def write_card(out: Path, card: Mapping[str, Any]) -> None:
    """Write the figures of an exported file beside it, with its digest."""
    digest = hashlib.sha256(out.read_bytes()).hexdigest()
    text = json.dumps({"file": out.name, "sha256": digest, **card}, indent=2, ensure_ascii=False)
    out.with_suffix(".json").write_text(text + "\n", encoding="utf-8")
