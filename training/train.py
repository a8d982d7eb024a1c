"""Fit the cross-encoder: several processes of one thread each, whose weights are averaged.

Each process draws pairs of its own, and after every `EVERY` steps all of them
take the mean of their weights, which costs far less than sharing each
gradient. What is exported is a running mean of those means. A run writes a
checkpoint with its optimizer now and then, and on SIGTERM or Ctrl-C; the same
command goes on from there. While the file of `--pause` exists, it waits.
"""

import json
import random
import signal
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any, Self

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor, distributed, nn
from torch.optim import AdamW

from training.batches import Encoded, Mixture, Pieces
from training.model import CrossEncoder, load_model, loss_of, ranked, save_model
from training.rows import read_pairs

EVERY = 16  # steps between two averages over the processes
PART = 8  # pairs whose gradients are taken together: larger parts are no faster on a processor, and take gigabytes
KEPT = 0.9  # share of the running mean that an average over the processes leaves in place
WARM = 100  # steps in which the rate rises
COOLED = 0.25  # share of the pairs over which the rate falls to nothing, at the end
RANKED = 0.5  # weight of telling a sound claim from its twin, beside the loss of each pair
DROPPED = 0.1  # share of the numbers before the head that a step ignores
TORCH_SEEDS = 2**31


@dataclass(frozen=True)
class Plan:
    """What one run trains on, from where, and how far."""

    pairs: tuple[Path, ...]
    start: Path
    """Weights to begin from; a checkpoint in the folder comes before them."""
    tokenizer: Path
    folder: Path
    """Checkpoints, weights and the log."""
    until: int
    """Pairs to have seen, over all processes, at the end."""
    rate: float = 6e-5
    size: int = 32
    """Pairs of a step, or one more."""
    workers: int = 1
    seed: int = 0
    save_every: float = 300.0
    """Seconds between two checkpoints."""
    pause: Path | None = None
    precise: bool = False
    """Train in float32; `workers.train` does so as well where bfloat16 is no faster."""
    frozen: int = 0
    """Layers, the first ones, that stay as they are with the embeddings, for which nothing is computed backwards."""


class PlanError(ValueError):
    """A plan that its network or its checkpoint does not allow."""


class Stop:
    """Becomes true on SIGTERM or Ctrl-C, while it is entered."""

    def __init__(self) -> None:
        self.asked = False
        self._before: dict[int, Any] = {}

    def __enter__(self) -> Self:
        if threading.current_thread() is threading.main_thread():  # others may not listen to signals
            self._before = {number: signal.signal(number, self._ask) for number in (signal.SIGTERM, signal.SIGINT)}
        return self

    def __exit__(self, *_: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _ask(self, _number: int, _frame: FrameType | None) -> None:
        self.asked = True


class Progress:
    """The weights in float32 beside the network, the optimizer, and the running mean."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self.seen = self.step = 0
        model = load_model(plan.start)
        if not 0 <= plan.frozen < len(model.layers):
            message = (
                f"--frozen {plan.frozen}: the network has {len(model.layers)} layers, and one at least is to be trained"
            )
            raise PlanError(message)
        for part in _held(model, plan.frozen):
            part.requires_grad_(False)
        self._published = {name: value.clone() for name, value in model.state_dict().items()}
        self.exact = {name: value.detach().clone() for name, value in model.named_parameters() if value.requires_grad}
        self.mean = {name: value.clone() for name, value in self.exact.items()}
        decayed = [value for value in self.exact.values() if value.ndim > 1]
        plain = [value for value in self.exact.values() if value.ndim <= 1]
        self._optimizer = AdamW(
            [{"params": decayed, "weight_decay": 0.01}, {"params": plain, "weight_decay": 0.0}], lr=plan.rate
        )
        self.model: CrossEncoder = model if plan.precise else model.bfloat16()
        self._resume()

    def learn(self, loss: Tensor) -> None:
        """Add the gradient of a part of a step."""
        loss.backward()
        for name, parameter in self.model.named_parameters():
            if name in self.exact and parameter.grad is not None:
                held = self.exact[name].grad
                self.exact[name].grad = parameter.grad.float() if held is None else held.add_(parameter.grad)
        self.model.zero_grad()

    def advance(self) -> None:
        """Take one step of the optimizer."""
        nn.utils.clip_grad_norm_(self.exact.values(), 1.0)
        for group in self._optimizer.param_groups:
            group["lr"] = self._plan.rate * self._slope()
        self._optimizer.step()
        self._optimizer.zero_grad()
        self.step += 1
        self._copy()

    def _slope(self) -> float:
        left = max(0.0, 1 - self.seen / self._plan.until)
        return min(1.0, (self.step + 1) / WARM, left / COOLED)

    def _copy(self) -> None:
        with torch.no_grad():
            for name, parameter in self.model.named_parameters():
                if name in self.exact:
                    parameter.copy_(self.exact[name])

    def average(self, numbers: tuple[float, ...]) -> list[float]:
        """Take the mean of the weights over the processes; return the sums of the numbers over them."""
        shared = torch.tensor(numbers, dtype=torch.float64)
        if self._plan.workers > 1:
            distributed.all_reduce(shared)
            for value in self.exact.values():
                distributed.all_reduce(value.detach())
                value.detach().div_(self._plan.workers)
            self._copy()
        with torch.no_grad():
            for name, value in self.exact.items():
                self.mean[name].lerp_(value, 1 - KEPT)
        return [float(value) for value in shared]

    def _moments(self) -> Iterator[tuple[str, dict[str, Any]]]:
        for name, value in self.exact.items():
            if value in self._optimizer.state:
                yield name, self._optimizer.state[value]

    def save(self, *, rank: int) -> None:
        """Write checkpoint and weights; every process calls this, for their moments are averaged too."""
        held: dict[str, Tensor] = {}
        for name, state in self._moments():
            for kind in ("exp_avg", "exp_avg_sq"):
                if self._plan.workers > 1:
                    distributed.all_reduce(state[kind])
                    state[kind].div_(self._plan.workers)
                held[f"{kind}/{name}"] = state[kind]
        if rank:
            return
        held |= {f"exact/{name}": value.detach() for name, value in self.exact.items()}
        held |= {f"mean/{name}": value for name, value in self.mean.items()}
        part = self._plan.folder / "checkpoint.part"
        save_file(held, part, metadata={"seen": str(self.seen), "step": str(self.step)})
        part.replace(self._plan.folder / "checkpoint.safetensors")
        weights = CrossEncoder(self.model.shape)
        weights.load_state_dict(self._published | self.mean)
        save_model(weights, self._plan.folder / "weights.safetensors")

    def _resume(self) -> None:
        path = self._plan.folder / "checkpoint.safetensors"
        if not path.exists():
            return
        from safetensors import safe_open  # noqa: PLC0415  only a run that goes on reads metadata

        with safe_open(path, "pt") as opened:
            self.seen, self.step = (int(opened.metadata()[name]) for name in ("seen", "step"))
        held = load_file(path)
        trained = {name.removeprefix("exact/") for name in held if name.startswith("exact/")}
        if trained != set(self.exact):
            message = f"{path}: was written with other layers frozen; go on with the same --frozen, or from its weights in another folder"
            raise PlanError(message)
        with torch.no_grad():
            for name, value in self.exact.items():
                value.copy_(held[f"exact/{name}"])
                self.mean[name].copy_(held[f"mean/{name}"])
                moments: dict[str, Tensor] = {kind: held[f"{kind}/{name}"] for kind in ("exp_avg", "exp_avg_sq")}
                self._optimizer.state[value] = {"step": torch.tensor(float(self.step)), **moments}
        for value in self.exact.values():
            value.requires_grad = True
        self._copy()


def _held(model: CrossEncoder, layers: int) -> list[nn.Module]:
    """What stays as it is: the vectors of words, so that rare ones keep their place among the others, and the first layers."""
    return [model.words, *((model.places, model.types, model.norm) if layers else ()), *model.layers[:layers]]


def _wait(plan: Plan, stop: Stop) -> None:
    while plan.pause is not None and plan.pause.exists() and not stop.asked:
        time.sleep(1)


def run(plan: Plan, rank: int = 0) -> None:
    """Train one process of a plan until enough pairs were seen or it is asked to stop."""
    torch.set_num_threads(1)
    plan.folder.mkdir(parents=True, exist_ok=True)
    if plan.workers > 1:
        _join(plan, rank)
    with Stop() as stop:
        _fit(plan, rank, stop)
    if plan.workers > 1:
        distributed.destroy_process_group()


def _fit(plan: Plan, rank: int, stop: Stop) -> None:
    progress = Progress(plan)
    torch.manual_seed((plan.seed * 1009 + progress.step * 31 + rank) % TORCH_SEEDS)
    pieces = Pieces(plan.tokenizer)
    mixture = Mixture(pair for path in plan.pairs for pair in read_pairs(path))
    rng = random.Random(f"{plan.seed}/{rank}/{progress.step}")  # noqa: S311  a seed that can be repeated
    batches = mixture.batches(plan.size, pieces, rng)
    saved = time.monotonic()
    done = progress.seen >= plan.until
    while not done:
        losses: list[float] = []
        for _ in range(EVERY):
            _wait(plan, stop)
            if stop.asked:
                break
            losses.append(_step(progress, pieces, next(batches)))
        late = float(rank == 0 and time.monotonic() - saved > plan.save_every)
        asked, late, total, steps = progress.average((float(stop.asked), late, sum(losses), float(len(losses))))
        progress.seen += int(steps) * plan.size
        done = asked > 0 or progress.seen >= plan.until
        if rank == 0 and steps:
            _log(plan, progress, total / steps)
        if late or done:
            progress.save(rank=rank)
            saved = time.monotonic()


def _step(progress: Progress, pieces: Pieces, drawn: Sequence[Encoded]) -> float:
    total = 0.0
    for at in range(0, len(drawn), PART):
        part = drawn[at : at + PART]
        batch, targets = pieces.batch(part)
        logits = progress.model(*batch, dropped=DROPPED)
        loss = loss_of(logits, targets) * (len(part) / len(drawn))
        if twins := sum(pair.twin for pair in part):
            loss = loss + RANKED * ranked(logits, twins) * (twins / len(drawn))
        progress.learn(loss)
        total += loss.item()
    progress.advance()
    return total


def _log(plan: Plan, progress: Progress, loss: float) -> None:
    line = {
        "seen": progress.seen,
        "step": progress.step,
        "loss": round(loss, 4),
        "time": round(time.time()),
        "precise": plan.precise,
    }
    with (plan.folder / "log.jsonl").open("a", encoding="utf-8") as log:
        log.write(json.dumps(line) + "\n")


def _join(plan: Plan, rank: int) -> None:
    from datetime import timedelta  # noqa: PLC0415  a pause may last for days

    meeting = plan.folder / "meeting"
    distributed.init_process_group(
        "gloo", init_method=f"file://{meeting}", rank=rank, world_size=plan.workers, timeout=timedelta(days=30)
    )
