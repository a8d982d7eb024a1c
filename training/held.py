"""Twins that no weights are trained on, and how well a judge tells the sound one from the false one.

A passage of the file of written claims is held out with `"held": true`. Each twin is read beside the sentences that decide it,
so that the figures are of the network alone, without retrieval and calibration.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from sklearn.metrics import log_loss

from training.evaluate import auc
from training.judges import Judge
from training.rows import opened, text_of
from training.written import own_sentences, parts_of

STRICT = 0.95  # share of the false twins that a sound one must be likelier than, to count as clear


class Twins(NamedTuple):
    """A sound claim, the same with one fault, and the sentences that decide both."""

    sound: str
    false: str
    evidence: str
    kind: str
    """Of the fault."""


class Ranking(NamedTuple):
    """What a judge makes of some twins."""

    twins: int
    likelier: float
    """Share of the twins of which the sound one has the greater chance of support; a tie counts half."""
    auc: float | None
    clear: float
    """Share of the sound ones with a greater chance than 95 of 100 false ones."""
    loss: float
    """Mean log-loss of the chance of support."""


def held_twins(file: Path) -> Iterator[Twins]:
    """Yield the twins of the passages that are held out; each holds its own text."""
    with opened(file) as lines:
        held = [entry for line in lines if (entry := json.loads(line)).get("held")]
    for entry in held:
        parts = parts_of(entry, own_sentences(entry["text"]))
        kinds = [kind for _, kind, *_ in entry["claims"]]
        for sound, false, kind in zip(parts[::2], parts[1::2], kinds[1::2], strict=True):
            yield Twins(sound.text, false.text, text_of(sound.needed), kind)


def rankings(judge: Judge, twins: Sequence[Twins]) -> dict[str, Ranking]:
    """Return figures by kind of fault, and of all ("all"), which comes last, of one or more twins."""
    encoded = [judge.pieces.encode(claim, one.evidence) for one in twins for claim in (one.sound, one.false)]
    chances = judge.score(encoded)[:, 0].reshape(-1, 2)
    by_kind: dict[str, list[int]] = defaultdict(list)
    for place, one in enumerate(twins):
        by_kind[one.kind].append(place)
    found = {kind: _ranking(chances[places]) for kind, places in sorted(by_kind.items())}
    return found | {"all": _ranking(chances)}


def _ranking(chances: np.ndarray) -> Ranking:
    sound, false = chances[:, 0], chances[:, 1]
    labels = [True] * len(sound) + [False] * len(false)
    every = np.concatenate([sound, false])
    likelier = float((sound > false).mean() + (sound == false).mean() / 2)
    clear = float((sound > np.quantile(false, STRICT)).mean())
    return Ranking(len(sound), likelier, auc(labels, list(every)), clear, float(log_loss(labels, every)))


def table(found: dict[str, Ranking]) -> list[str]:
    """Return lines of a Markdown table."""
    lines = ["| fault | twins | sound one likelier | AUC | clear | log-loss |", "| --- | --- | --- | --- | --- | --- |"]
    for kind, one in found.items():
        area = "" if one.auc is None else f"{one.auc:.3f}"
        lines.append(f"| {kind} | {one.twins} | {one.likelier:.3f} | {area} | {one.clear:.3f} | {one.loss:.3f} |")
    return lines
