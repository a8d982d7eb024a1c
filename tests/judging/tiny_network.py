"""A network of a few numbers in the place of real weights: what a word of the evidence weighs, summed up."""

import hashlib
import json
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

WORDS = ["[UNK]", "[CLS]", "[SEP]", "yes", "no", "perhaps"]
# A row a word: supported, contradicted, not in source.
WEIGHTS = [[0, 0, 0], [0, 0, 0], [0, 0, 0], [4, 0, 0], [0, 4, 0], [0, 0, 4]]


def write(folder: Path) -> Path:
    """Write weights, tokenizer and `model.toml` into a folder, as training does."""
    folder.mkdir(exist_ok=True)
    write_pieces(folder / "tokenizer.json", {word: number for number, word in enumerate(WORDS)})
    onnx.save(_network(), folder / "nli.onnx")
    facts = "".join(
        f'\n[{table}]\nfile = "{name}"\nsha256 = "{hashlib.sha256((folder / name).read_bytes()).hexdigest()}"\n'
        for table, name in (("model", "nli.onnx"), ("tokenizer", "tokenizer.json"))
    )
    (folder / "model.toml").write_text(f'name = "tiny"\n{facts}', encoding="utf-8")
    return folder


def write_pieces(path: Path, vocabulary: dict[str, int]) -> None:
    """Write a `tokenizer.json` of these word pieces."""
    facts = {
        "normalizer": {"type": "BertNormalizer", "lowercase": True},
        "pre_tokenizer": {"type": "BertPreTokenizer"},
        "model": {"type": "WordPiece", "vocab": vocabulary},
    }
    path.write_text(json.dumps(facts), encoding="utf-8")


def _network() -> onnx.ModelProto:
    """Of each word of the evidence its row, summed; then a softmax."""
    nodes = [
        helper.make_node("Gather", ["table", "input_ids"], ["rows"]),
        helper.make_node("Cast", ["token_type_ids"], ["types"], to=TensorProto.FLOAT),
        helper.make_node("Unsqueeze", ["types", "last"], ["mask"]),
        helper.make_node("Mul", ["rows", "mask"], ["own"]),
        helper.make_node("ReduceSum", ["own", "pieces"], ["sums"], keepdims=0),
        helper.make_node("Softmax", ["sums"], ["probabilities"], axis=-1),
    ]
    inputs = [
        helper.make_tensor_value_info(name, TensorProto.INT64, ["pairs", "pieces"])
        for name in ("input_ids", "attention_mask", "token_type_ids")
    ]
    outputs = [helper.make_tensor_value_info("probabilities", TensorProto.FLOAT, ["pairs", 3])]
    constants = [
        numpy_helper.from_array(np.array(WEIGHTS, np.float32), "table"),
        numpy_helper.from_array(np.array([2], np.int64), "last"),
        numpy_helper.from_array(np.array([1], np.int64), "pieces"),
    ]
    graph = helper.make_graph(nodes, "tiny", inputs, outputs, constants)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
