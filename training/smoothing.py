"""Make a network easier to round to int8, without changing what it says.

What goes into a matrix has a few large columns, and one scale for all of them
leaves little for the rest. Each column is divided by a constant and the row of
the matrix that meets it multiplied by the same (Xiao et al., SmoothQuant,
2022). The constants come from what goes in on some pairs of the training part.
What attention mixes is divided where it is made: in the rows of the matrix
that gives its values, which costs nothing when pairs are read.
"""

from collections.abc import Iterable, Sequence

import torch
from torch import Tensor, nn

from training.batches import Encoded, Pieces
from training.model import CrossEncoder, Layer

STRENGTH = 0.8  # 0 leaves all of the spread in what goes in, 1 moves it into the matrix
MATRICES = ("attended", "query", "key_value", "wide", "narrow")


class Smoothed(nn.Module):
    """A linear layer whose inputs are divided, and its matrix multiplied, by constants."""

    inverse: Tensor

    def __init__(self, linear: nn.Linear, columns: Tensor) -> None:
        super().__init__()
        self.register_buffer("inverse", 1 / columns)
        self.linear = nn.Linear(linear.in_features, linear.out_features)
        with torch.no_grad():
            self.linear.weight.copy_(linear.weight * columns)
            self.linear.bias.copy_(linear.bias)

    def forward(self, states: Tensor) -> Tensor:
        """Return what the layer returned before."""
        return self.linear(states * self.inverse)


def _largest(model: CrossEncoder, pieces: Pieces, pairs: Iterable[Encoded]) -> dict[nn.Module, Tensor]:
    found: dict[nn.Module, Tensor] = {}

    def keep(module: nn.Module, inputs: tuple[Tensor, ...]) -> None:
        most = inputs[0].abs().flatten(0, 1).amax(0)
        found[module] = torch.maximum(found[module], most) if module in found else most

    layers = [layer for layer in model.layers if isinstance(layer, Layer)]
    hooks = [getattr(layer, name).register_forward_pre_hook(keep) for layer in layers for name in MATRICES]
    with torch.inference_mode():
        for pair in pairs:
            batch, _ = pieces.batch([pair], stride=1)
            model(*batch)
    for hook in hooks:
        hook.remove()
    return found


def smooth(model: CrossEncoder, pieces: Pieces, pairs: Sequence[Encoded]) -> None:
    """Replace the matrices of the layers by smoothed ones, on the evidence of some pairs."""
    largest = _largest(model.eval(), pieces, pairs)
    for layer in model.layers:
        for name in MATRICES:
            linear = getattr(layer, name)
            rows = linear.weight.detach().abs().amax(0).clamp(min=1e-5)
            columns = largest[linear].clone().clamp(min=1e-5) ** STRENGTH / rows ** (1 - STRENGTH)
            smoothed = Smoothed(linear, columns.clamp(min=1e-3))
            if name == "attended":
                _divide_values(layer.key_value, smoothed.inverse)
                setattr(layer, name, smoothed.linear)
            else:
                setattr(layer, name, smoothed)


def _divide_values(key_value: nn.Linear, inverse: Tensor) -> None:
    """Scale the values, the second half of what the matrix gives."""
    with torch.no_grad():
        for held in (key_value.weight, key_value.bias):
            held[-len(inverse) :] *= inverse.view(-1, *[1] * (held.ndim - 1))
