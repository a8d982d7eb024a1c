"""From trained weights to the file that ships: ONNX with int8 weights, and proof that it says the same.

Four ways to int8 are here so that they can be compared. `weights` keeps the
sums in float32 and unpacks each matrix as it is used. `dynamic` also rounds
what goes into each matrix, on one scale for all pairs of a batch, so that a
pair comes out differently in other company: score one pair at a time. Its
weights have seven bits: a processor without instructions for int8 (AVX2 alone)
adds two products of eight bits in sixteen, which overflow and are cut off
without a word, so that a pair came out differently from one machine to the
next. With seven bits the sum fits, and takes the same time.
`smoothed` is the same after `smoothing` has evened out what is rounded.
`blocks` rounds it too, but with a
scale for each few numbers of each piece, so that company changes nothing.
"""

import hashlib
import json
import time
import warnings
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, NamedTuple

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from torch import Tensor, nn

from summarizer.judging.nli.model import runtime, session
from training.batches import Encoded, Pieces
from training.model import CrossEncoder, load_model
from training.rows import read_pairs
from training.smoothing import smooth

How = Literal["smoothed", "blocks", "weights", "dynamic", "float"]
INPUTS = ("input_ids", "token_type_ids")
OUTPUT = "probabilities"
OPSET = 17
OF_ONNXRUNTIME = "com.microsoft"  # the domain of its own operators
BLOCK = 32  # numbers of a row that share a scale, in `blocks`
INT8_SUMS = 4  # the level of accuracy at which onnxruntime multiplies int8 by int8
EXAMPLES = 128  # pairs that show what goes into the matrices
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

    def forward(self, ids: Tensor, types: Tensor) -> Tensor:
        return self.model(ids, torch.ones_like(ids), types).softmax(-1)


class _Fused(torch.autograd.Function):
    """Attention as onnxruntime has it in one operator, which takes a fifth of the time of a pair less."""

    @staticmethod
    def forward(_: Any, query: Tensor, _key: Tensor, _value: Tensor, _heads: int) -> Tensor:
        return query  # only its shape counts: the exporter follows it

    @staticmethod
    def symbolic(graph: Any, query: Any, key: Any, value: Any, heads: int) -> Any:
        mixed = graph.op(f"{OF_ONNXRUNTIME}::MultiHeadAttention", query, key, value, num_heads_i=heads)
        return mixed.setType(query.type())


def _fused(query: Tensor, key: Tensor, value: Tensor, _mask: Tensor, heads: int) -> Tensor:
    mixed: Tensor = _Fused.apply(query, key, value, heads)
    return mixed


def export(weights: Path, out: Path, how: How, pieces: Pieces, examples: Sequence[Encoded]) -> None:
    """Write the ONNX file of weights; `examples` show what goes into the matrices, where that is asked.

    It reads pairs of one length only, without padding: a pair is scored alone anyway.
    """
    encoder = load_model(weights)
    if how == "smoothed":
        smooth(encoder, pieces, examples)
    for layer in encoder.layers:
        layer.attend = _fused
    model = _WithSoftmax(encoder).eval()
    example = torch.ones(2, 16, dtype=torch.long)
    plain = out.with_suffix(".float.onnx")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the older exporter, which needs no further package
        torch.onnx.export(
            model,
            (example, torch.zeros_like(example)),
            str(plain),
            input_names=list(INPUTS),
            output_names=[OUTPUT],
            dynamic_axes={name: {0: "pairs", 1: "pieces"} for name in INPUTS} | {OUTPUT: {0: "pairs"}},
            opset_version=OPSET,
            custom_opsets={OF_ONNXRUNTIME: 1},
            dynamo=False,
        )
    if how == "float":
        plain.replace(out)
        return
    if how in {"dynamic", "smoothed"}:
        runtime()  # first: it switches telemetry off
        from onnxruntime.quantization import QuantType, quantize_dynamic  # noqa: PLC0415  it imports half of onnx

        quantize_dynamic(
            str(plain),
            str(out),
            op_types_to_quantize=["MatMul"],
            weight_type=QuantType.QInt8,
            per_channel=True,
            reduce_range=True,  # seven bits
        )
        onnx.save(_packed(onnx.load(str(out)), _gathered), str(out))
    else:
        onnx.save(_packed(onnx.load(str(plain)), _gathered, _in_blocks if how == "blocks" else _unpacked), str(out))
    plain.unlink()


Replaced = tuple[list[onnx.NodeProto], list[onnx.TensorProto]]
Replace = Callable[[onnx.NodeProto, NDArray[np.float32]], Replaced]


def _packed(model: onnx.ModelProto, rows: Replace, product: Replace | None = None) -> onnx.ModelProto:
    """Replace the large tables (by `rows`) and matrices (by `product`) of a graph, and the nodes that read them."""
    graph = model.graph
    held = {each.name: numpy_helper.to_array(each) for each in graph.initializer}
    large = {
        name for name, value in held.items() if value.dtype == np.float32 and value.ndim == 2 and value.size >= LEAST
    }
    replacements = {"Gather": (0, rows), "MatMul": (1, product)}
    nodes: list[onnx.NodeProto] = []
    added: list[onnx.TensorProto] = []
    gone: set[str] = set()
    for node in graph.node:
        place, replace = replacements.get(node.op_type, (0, None))
        if replace is None or node.input[place] not in large:
            nodes.append(node)
            continue
        gone.add(node.input[place])
        more, own = replace(node, held[node.input[place]])
        nodes += more
        added += own
    kept = [each for each in graph.initializer if each.name not in gone]
    del graph.initializer[:], graph.node[:]
    graph.initializer.extend([*kept, *added])
    graph.node.extend(nodes)
    return model


def _gathered(node: onnx.NodeProto, value: NDArray[np.float32]) -> Replaced:
    """Look up rows in int8, then scale them."""
    name, out = node.input[0], node.output[0]
    scale = np.maximum(np.abs(value).max(1, keepdims=True), 1e-8) / 127
    rounded = np.rint(value / scale).astype(np.int8)
    row, number = (
        onnx.helper.make_node("Gather", [name + end, node.input[1]], [out + end]) for end in (".int8", ".scale")
    )
    cast = onnx.helper.make_node("Cast", [out + ".int8"], [out + ".float"], to=onnx.TensorProto.FLOAT)
    product = onnx.helper.make_node("Mul", [out + ".float", out + ".scale"], [out])
    held = [(rounded, name + ".int8"), (scale.astype(np.float32), name + ".scale")]
    return [row, number, cast, product], [numpy_helper.from_array(*each) for each in held]


def _unpacked(node: onnx.NodeProto, value: NDArray[np.float32]) -> Replaced:
    """Unpack a matrix as it is used; a scale for each output."""
    name = node.input[1]
    scale = (np.maximum(np.abs(value).max(0), 1e-8) / 127).astype(np.float32)
    parts = {".int8": np.rint(value / scale).astype(np.int8), ".scale": scale, ".zero": np.zeros(len(scale), np.int8)}
    unpack = onnx.helper.make_node("DequantizeLinear", [name + part for part in parts], [name], axis=1)
    return [unpack, node], [numpy_helper.from_array(held, name + part) for part, held in parts.items()]


def _in_blocks(node: onnx.NodeProto, value: NDArray[np.float32]) -> Replaced:
    """Multiply by a matrix in blocks: outputs by blocks by numbers, 128 standing for zero."""
    name = node.input[1]
    inner, outer = value.shape
    split = value.T.reshape(outer, inner // BLOCK, BLOCK)
    scale = np.maximum(np.abs(split).max(2), 1e-8) / 127
    parts = {".int8": (np.rint(split / scale[:, :, None]) + 128).astype(np.uint8), ".scale": scale.astype(np.float32)}
    multiply = onnx.helper.make_node(
        "MatMulNBits", [node.input[0], *(name + part for part in parts)], list(node.output), domain=OF_ONNXRUNTIME,
        K=inner, N=outer, bits=8, block_size=BLOCK, accuracy_level=INT8_SUMS,
    )  # fmt: skip
    return [multiply], [numpy_helper.from_array(held, name + part) for part, held in parts.items()]


def judge(opened: Any, pieces: Pieces, pairs: Sequence[Encoded]) -> Judged:
    """Return the probabilities of pairs, each scored alone."""
    found: list[NDArray[np.float32]] = []
    began = time.process_time()
    for pair in pairs:
        batch, _ = pieces.batch([pair], stride=1)
        found.append(opened.run([OUTPUT], dict(zip(INPUTS, (batch.ids.numpy(), batch.types.numpy()), strict=True)))[0])
    return Judged(np.concatenate(found), (time.process_time() - began) * 1000 / max(1, len(pairs)))


def examples_of(pairs: Sequence[Path], pieces: Pieces, count: int = EXAMPLES) -> list[Encoded]:
    """Return pairs from all over the files of the training part, the same on every run."""
    every = [pair for path in pairs for pair in read_pairs(path)]
    return [pieces.encode(pair.claim, pair.evidence[0]) for pair in every[:: max(1, len(every) // count)]]


def compare(
    weights: Path, pieces: Pieces, pairs: Sequence[Encoded], folder: Path, examples: Sequence[Encoded]
) -> list[dict[str, Any]]:
    """Measure each way to int8 beside float32: size, speed, and distance."""
    lines: list[dict[str, Any]] = []
    exact: NDArray[np.float32] | None = None
    ways: tuple[How, ...] = ("float", "dynamic", "smoothed", "weights", "blocks")
    for how in ways:
        path = folder / f"{how}.onnx"
        export(weights, path, how, pieces, examples)
        began = time.perf_counter()
        opened = session(path.read_bytes())
        loaded = time.perf_counter() - began
        alone = judge(opened, pieces, pairs)
        again = judge(opened, pieces, pairs)
        exact = alone.probabilities if exact is None else exact
        distance = np.abs(alone.probabilities - exact).max(axis=1)
        lines.append(
            {
                "how": how,
                "megabytes": round(path.stat().st_size / 1e6, 1),
                "load_seconds": round(loaded, 2),
                "ms_alone": round(alone.milliseconds, 1),
                "equal_again": bool((alone.probabilities == again.probabilities).all()),
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
