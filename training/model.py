"""The cross-encoder: a BERT encoder that reads claim and evidence together, with a head of three classes.

Input is `[CLS] claim [SEP] evidence [SEP]`; the head reads the vector of
`[CLS]` and the mean over the pieces of the claim. In the last layers the claim
alone is computed, and the evidence stays as the layer before them left it: a
fifth of the time less, at no loss that could be measured. Left out on purpose:
dropout inside the layers, whose masks cost a tenth of a step on a processor.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import NamedTuple

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor, nn
from torch.nn import functional

from training.rows import LABELS, UNSUPPORTED

SCALE = ".scale"  # suffix of the scales of an int8 matrix in a packed file
EXACT = 1e-12  # the epsilon of BERT's layer norms
CLAIM_ALONE = 5 / 12  # share of the layers, the last ones, that compute the claim alone (docs/decisions/0086)


@dataclass(frozen=True)
class Shape:
    """Sizes of an encoder."""

    words: int = 30522
    places: int = 512
    width: int = 384
    layers: int = 12
    heads: int = 12
    inner: int = 1536

    @property
    def both(self) -> int:
        """How many layers compute claim and evidence; those after them compute the claim alone."""
        return self.layers - round(self.layers * CLAIM_ALONE)


class Batch(NamedTuple):
    """Encoded pairs, padded on the right; each tensor is pairs by pieces."""

    ids: Tensor
    present: Tensor
    """1 where a piece stands, 0 where the row is padded."""
    types: Tensor
    """0 in the claim, 1 in the evidence, 0 in the padding."""


Attend = Callable[[Tensor, Tensor, Tensor, Tensor, int], Tensor]
"""Query, key and value (pairs by pieces by width; the query may be of fewer pieces), the mask and the number of heads, to what is mixed."""


def written_out(query: Tensor, key: Tensor, value: Tensor, mask: Tensor, heads: int) -> Tensor:
    """Attention in plain steps: the fused one of torch takes 40 % of a step of training on a processor, this 15 %."""
    rows, length, width = query.shape
    deep = width // heads
    query, key, value = (one.view(rows, -1, heads, deep).transpose(1, 2) for one in (query, key, value))
    scores = (query * deep**-0.5) @ key.transpose(2, 3) + mask
    return (scores.softmax(-1) @ value).transpose(1, 2).reshape(rows, length, width)


class Layer(nn.Module):
    """One layer of the encoder, normalised after each part."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.heads = shape.heads
        self.attend: Attend = written_out
        self.query = nn.Linear(shape.width, shape.width)
        self.key_value = nn.Linear(shape.width, 2 * shape.width)
        self.attended = nn.Linear(shape.width, shape.width)
        self.attended_norm = nn.LayerNorm(shape.width, eps=EXACT)
        self.wide = nn.Linear(shape.width, shape.inner)
        self.narrow = nn.Linear(shape.inner, shape.width)
        self.norm = nn.LayerNorm(shape.width, eps=EXACT)

    def forward(self, states: Tensor, mask: Tensor, read: Tensor) -> Tensor:
        """Return the new states of `states`, pairs by pieces by width, after they have read others, pairs by more pieces by width."""
        query = self.query(states)  # first: `exported` reads the matrices back in the order of their use
        key, value = self.key_value(read).chunk(2, -1)
        mixed = self.attend(query, key, value, mask, self.heads)
        states = self.attended_norm(states + self.attended(mixed))
        return self.norm(states + self.narrow(functional.gelu(self.wide(states))))


class CrossEncoder(nn.Module):
    """Claim and evidence to three logits, in the order of `LABELS`."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.words = nn.Embedding(shape.words, shape.width)
        self.places = nn.Embedding(shape.places, shape.width)
        self.types = nn.Embedding(2, shape.width)
        self.norm = nn.LayerNorm(shape.width, eps=EXACT)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))
        self.head = nn.Linear(2 * shape.width, len(LABELS))

    def forward(self, ids: Tensor, present: Tensor, types: Tensor, dropped: float = 0.0) -> Tensor:
        """Return the logits, pairs by classes; `dropped` is the dropout at both ends, for training."""
        places = torch.arange(ids.shape[1], device=ids.device)
        states = self.norm(self.words(ids) + self.types(types) + self.places(places))
        if dropped:
            states = functional.dropout(states, dropped)
        mask = (1 - present.to(states.dtype))[:, None, None, :] * -1e4
        both = self.shape.both
        for layer in self.layers[:both]:
            states = layer(states, mask, states)
        claim = ((1 - types) * present).unsqueeze(-1)
        held = claim.amax((0, 2))  # 1 at the places that the longest claim reaches
        within, beyond = held.nonzero()[:, 0], (1 - held).nonzero()[:, 0]
        own, rest = states[:, within], states[:, beyond]
        mine = claim[:, within]
        for layer in self.layers[both:]:
            own = torch.where(mine > 0, layer(own, mask, torch.cat([own, rest], 1)), own)
        mine = mine.to(states.dtype)
        average = (own * mine).sum(1) / mine.sum(1).clamp(min=1)
        read = torch.cat([own[:, 0], average], dim=-1)
        return self.head(functional.dropout(read, dropped) if dropped else read)


def loss_of(logits: Tensor, targets: Tensor) -> Tensor:
    """Return the mean negative log-likelihood; `UNSUPPORTED` counts both classes that are not supported."""
    chances = logits.float().log_softmax(-1)
    known = chances.gather(1, targets.clamp(max=len(LABELS) - 1)[:, None])[:, 0]
    return -torch.where(targets == UNSUPPORTED, torch.logsumexp(chances[:, 1:], -1), known).mean()


def ranked(logits: Tensor, twins: int) -> Tensor:
    """Return the mean negative log-likelihood that of two twins the first is the sound one; the first `twins` logits are theirs.

    It sees only what the fault changes, where the loss of each pair by itself is mostly about what both have in common
    (Dua et al., Learning with Instance Bundles for Reading Comprehension, 2021).
    """
    chances = logits[:twins].float()
    odds = chances[:, 0] - torch.logsumexp(chances[:, 1:], -1)
    return functional.softplus(odds[1::2] - odds[::2]).mean()


def _ours(name: str) -> str | None:
    """Return our name of a tensor in the naming of published BERT weights; None for what we do not use."""
    parts = {
        "attention.self.query": "query",
        "attention.output.dense": "attended",
        "attention.output.LayerNorm": "attended_norm",
        "intermediate.dense": "wide",
        "output.dense": "narrow",
        "output.LayerNorm": "norm",
    }
    kind = name.rsplit(".", 1)[-1]
    for prefix in ("b.", "bert."):
        name = name.removeprefix(prefix)
    if name.startswith("h."):
        return f"head.{kind}"
    if name.startswith("embeddings."):
        inner = name.removeprefix("embeddings.").removesuffix("." + kind)
        known = {"word_embeddings": "words", "position_embeddings": "places", "token_type_embeddings": "types"}
        return f"{known.get(inner, 'norm')}.{kind}" if inner in known or inner == "LayerNorm" else None
    if name.startswith("encoder.layer."):
        number, inner = name.removeprefix("encoder.layer.").removesuffix("." + kind).split(".", 1)
        return f"layers.{number}.{parts[inner]}.{kind}" if inner in parts else None
    return None


def unpacked(path: Path) -> dict[str, Tensor]:
    """Read a safetensors file; int8 matrices with a scale per row become float32."""
    held = load_file(path)
    return {
        name: value.float() * held[name + SCALE][:, None] if name + SCALE in held else value.float()
        for name, value in held.items()
        if not name.endswith(SCALE)
    }


def from_published(weights: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Rename published BERT weights to ours, with key and value as one matrix."""
    named = {ours: value for name, value in weights.items() if (ours := _ours(name)) is not None}
    for name in [name for name in weights if ".attention.self.key." in name]:
        number = name.split("encoder.layer.")[1].split(".")[0]
        joined = torch.cat([weights[name], weights[name.replace(".key.", ".value.")]])
        named[f"layers.{number}.key_value.{name.rsplit('.', 1)[-1]}"] = joined
    return named


def load_model(path: Path, shape: Shape | None = None) -> CrossEncoder:
    """Build the encoder with the weights of a file: ours, published ones, or those of an exported file."""
    if path.suffix == ".onnx":
        from training.exported import from_exported  # noqa: PLC0415  training from weights needs no onnx

        weights = from_exported(path)
    else:
        weights = unpacked(path)
    if "words.weight" not in weights:
        weights = from_published(weights)
    model = CrossEncoder(shape or shape_of(weights))
    model.load_state_dict(weights)
    return model


def shape_of(weights: Mapping[str, Tensor]) -> Shape:
    """Read the sizes of an encoder off its weights; heads are 32 wide, as in MiniLM."""
    words, width = weights["words.weight"].shape
    layers = 1 + max(int(name.split(".")[1]) for name in weights if name.startswith("layers."))
    inner = weights["layers.0.wide.weight"].shape[0]
    return Shape(words, weights["places.weight"].shape[0], width, layers, width // 32, inner)


def save_model(model: CrossEncoder, path: Path) -> None:
    """Write the weights in float32, atomically, with the sizes in the metadata."""
    held = {name: value.detach().float().contiguous() for name, value in model.state_dict().items()}
    part = path.with_suffix(".part")
    save_file(held, part, metadata={name: str(value) for name, value in asdict(model.shape).items()})
    part.replace(path)
