"""Tier B as a study: does a small cross-encoder, trained on one core, add to the boosted trees?

    pip install -e '.[study,train]'
    python -m benchmarks.cross_encoder TRAIN.jsonl.xz DEV.jsonl.xz --work FOLDER [--minutes 45] [--cache FOLDER]

Fine-tunes all-MiniLM-L6-v2 on one thread until the minutes of training are spent: short pairs
first, then claims on documents with the passages that our own retrieval finds. The folder keeps
weights, scores and learning curve; another call with more minutes goes on where this one stopped.
Then it compares with the trees, alone and stacked. The weights after the short pairs have seen no
text of the other families, so that their scores there are scores with the family left out.
"""

import argparse
import json
import lzma
import random
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import load_file, save_file
from torch import Tensor

from benchmarks.calibration import each_dataset_alike
from benchmarks.checker import Rows, mean, without_family
from benchmarks.minilm import CLASSES, WORDS, Encoded, Weights, encode, logits, model_folder, published, tokenizer_of
from benchmarks.rows import FAMILY, HONEST, SEED, Row, Table, matrix, read_rows, sample
from benchmarks.train import MOST, weights_of
from summarizer.judging.lexical.trees import checker
from summarizer.language.sentences import sentences
from summarizer.language.statements import bare
from summarizer.retrieval import Index
from summarizer.schema import Document

Array = NDArray[np.float64]

SHORT = ("wikipedia", "inference")  # families of short pairs, learnt first
SHORT_WORDS = 80  # up to here a text is its own passage
PASSAGES = 3
SHORT_SHARE = 0.6  # of the minutes
RATE, LATER_RATE = 1.5e-4, 0.75e-4  # falls to nothing within each half
WARM = 0.05  # share of a half in which the rate rises
BATCH, POOL = 32, 20  # pairs of a step; steps whose pairs are sorted by length together
HEAVIEST = 5.0  # weight of a row: few rows of a label must not rule a step
CURVE_EVERY = 420.0  # seconds of training between two points of the learning curve
CURVE_ROWS = 20  # of a label of a data set of dev behind such a point


class Pair(NamedTuple):
    """A labelled claim with its text."""

    claim: str
    document: str
    label: int
    verdict: str | None
    """Which of the three, where the data set says."""
    weight: float


class Run:
    """Weights, time_expressions of the optimizer, and how far the training is; kept in a folder."""

    def __init__(self, folder: Path, start: Path) -> None:
        self.folder = folder
        self.facts: dict[str, Any] = {"seconds": 0.0, "steps": 0, "pairs": 0, "half": "short", "at": 0, "curve": []}
        kept = folder / "run.json"
        if kept.exists():
            self.facts = json.loads(kept.read_text(encoding="utf-8"))
            held = load_file(folder / "weights.safetensors")
        else:
            held = published(start, SEED)
        self.weights: Weights = held
        self.learnt = sorted(name for name in held if name != WORDS)
        for name in self.learnt:
            held[name].requires_grad_()
        self.optimizer = torch.optim.AdamW([held[name] for name in self.learnt], lr=RATE, weight_decay=0.01)
        if kept.exists():
            time_expressions = load_file(folder / "time_expressions.safetensors")
            for name in self.learnt:
                self.optimizer.state[held[name]] = {
                    "step": torch.tensor(float(self.facts["steps"])),
                    "exp_avg": time_expressions[f"first.{name}"],
                    "exp_avg_sq": time_expressions[f"second.{name}"],
                }

    def keep(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        save_file({name: value.detach() for name, value in self.weights.items()}, self.folder / "weights.safetensors")
        states = {name: self.optimizer.state[self.weights[name]] for name in self.learnt}
        time_expressions = {f"first.{name}": state["exp_avg"] for name, state in states.items()}
        time_expressions |= {f"second.{name}": state["exp_avg_sq"] for name, state in states.items()}
        save_file(time_expressions, self.folder / "time_expressions.safetensors")
        (self.folder / "run.json").write_text(json.dumps(self.facts, indent=1) + "\n", encoding="utf-8")

    def step(self, pairs: Sequence[Pair], encoded: Sequence[Encoded], rate: float) -> None:
        self.optimizer.param_groups[0]["lr"] = rate
        self.optimizer.zero_grad(set_to_none=True)
        loss_of(logits(self.weights, encoded), pairs).backward()
        torch.nn.utils.clip_grad_norm_([self.weights[name] for name in self.learnt], 1.0)
        self.optimizer.step()
        self.facts["steps"] += 1
        self.facts["pairs"] += len(pairs)

    def scores(self, encoded: Sequence[Encoded]) -> Array:
        """The logit of supported against the rest."""
        order = sorted(range(len(encoded)), key=lambda at: len(encoded[at].pieces))
        found = np.zeros(len(encoded))
        with torch.inference_mode():
            for start in range(0, len(order), BATCH):
                some = order[start : start + BATCH]
                told = logits(self.weights, [encoded[at] for at in some])
                found[some] = (told[:, 0] - told[:, 1:].logsumexp(1)).numpy()
        return found


def loss_of(told: Tensor, pairs: Sequence[Pair]) -> Tensor:
    """Cross-entropy over three classes, or over supported and the rest where that is all a row says."""
    classes = [CLASSES.index(pair.verdict or CLASSES[0]) for pair in pairs]
    exact = told[torch.arange(len(pairs)), torch.tensor(classes)]
    rest = told[:, 1:].logsumexp(1)
    known = torch.tensor([pair.verdict is not None or pair.label == 1 for pair in pairs])
    weights = torch.tensor([pair.weight for pair in pairs])
    return -(torch.where(known, exact, rest) * weights).mean()


def read_halves(file: Path) -> dict[str, list[Pair]]:
    """Short pairs, and claims on documents, each in an order of its own."""
    with lzma.open(file, "rt", encoding="utf-8") as lines:
        raw = [json.loads(line) for line in lines]
    halves: dict[str, list[Pair]] = {}
    for half in ("short", "documents"):
        own = [one for one in raw if (FAMILY[one["dataset"]] in SHORT and _is_short(one)) == (half == "short")]
        rows = [Row(one["id"], one["dataset"], one["document"], one["claim"], int(one["label"])) for one in own]
        weights = np.minimum(weights_of(rows), HEAVIEST) if half == "documents" else np.ones(len(rows))
        pairs = [
            Pair(row.claim, row.document, row.label, one["verdict3"], float(weight))
            for row, one, weight in zip(rows, own, weights, strict=True)
        ]
        random.Random(SEED).shuffle(pairs)  # noqa: S311 (an order, not a secret)
        halves[half] = pairs
    return halves


def _is_short(one: dict[str, Any]) -> bool:
    return len(one["document"].split()) <= SHORT_WORDS


def passages_of(claim: str, text: str) -> str:
    """The text itself where it is short, else the sentences that our retrieval finds, best first."""
    if len(text.split()) <= SHORT_WORDS:
        return text
    document = Document.of(text)
    every = sentences(document)
    found = Index({document.id: text}, every, [claim]).search(claim, limit=PASSAGES)
    return " ".join(one.text for one in found or every[:PASSAGES])


class Reader:
    """Claims and texts to numbers."""

    def __init__(self, folder: Path) -> None:
        self._tokenizer = tokenizer_of(folder)

    def __call__(self, claim: str, text: str) -> Encoded:
        read = bare(claim)
        return encode(self._tokenizer, read, passages_of(read, text))


def steps_of(pairs: Sequence[Pair], reader: Reader, at: int) -> Iterator[list[tuple[Pair, Encoded]]]:
    """Batches without an end, from the pool `at` on: each pool sorted by length, its batches shuffled."""
    size = BATCH * POOL
    for number in count(at):
        pool = [pairs[one % len(pairs)] for one in range(number * size, (number + 1) * size)]
        read = sorted(((pair, reader(pair.claim, pair.document)) for pair in pool), key=lambda one: len(one[1].pieces))
        batches = [read[start : start + BATCH] for start in range(0, size, BATCH)]
        random.Random(number).shuffle(batches)  # noqa: S311
        yield from batches


def train(run: Run, halves: dict[str, list[Pair]], reader: Reader, minutes: float, dev: "Dev") -> None:
    """Train until the minutes are spent; what is asked of dev in between does not count."""
    ends = {"short": 60 * minutes * SHORT_SHARE, "documents": 60 * minutes}
    for half, begin, top in (("short", 0.0, RATE), ("documents", ends["short"], LATER_RATE)):
        if run.facts["half"] != half or run.facts["seconds"] >= ends[half]:
            continue
        marked = run.facts["seconds"] // CURVE_EVERY
        began = time.monotonic() - run.facts["seconds"]
        for taken, batch in enumerate(steps_of(halves[half], reader, run.facts["at"]), start=1):
            share = (run.facts["seconds"] - begin) / (ends[half] - begin)
            rate = top * min(1.0, share / WARM + 0.01) * (1 - share)
            run.step([pair for pair, _ in batch], [read for _, read in batch], rate)
            if taken % POOL == 0:
                run.facts["at"] += 1
            run.facts["seconds"] = time.monotonic() - began
            if run.facts["seconds"] >= ends[half]:
                break
            if run.facts["seconds"] // CURVE_EVERY > marked:
                marked = run.facts["seconds"] // CURVE_EVERY
                asked = time.monotonic()
                dev.mark(run)
                run.keep()
                began += time.monotonic() - asked
        np.save(run.folder / f"{half}.npy", dev.whole(run))
        run.facts |= {"half": "documents", "at": 0 if half == "short" else run.facts["at"]}
        run.keep()


class Dev:
    """The development claims: a part for the learning curve, and all."""

    def __init__(self, rows: Sequence[Row], reader: Reader) -> None:
        self.data = Rows(rows)
        self.read = [reader(row.claim, row.document) for row in rows]
        chosen = {row.id for row in sample(rows, CURVE_ROWS)}
        self.part = [at for at, row in enumerate(rows) if row.id in chosen]
        self.some = Rows([rows[at] for at in self.part])

    def mark(self, run: Run) -> None:
        self._add(run, self.some, run.scores([self.read[at] for at in self.part]))

    def whole(self, run: Run) -> Array:
        found = run.scores(self.read)
        self._add(run, self.data, found)
        return found

    def _add(self, run: Run, data: Rows, scores: Array) -> None:
        auc = data.auc(scores, np.ones(len(scores)))
        facts = run.facts
        point = {
            "minutes": round(facts["seconds"] / 60, 1),
            "half": facts["half"],
            "pairs": facts["pairs"],
            "claims": len(scores),
            "macro": round(mean(auc, data.names), 4),
            "honest": round(mean(auc, HONEST), 4),
        }
        facts["curve"].append(point)
        print(json.dumps(point), flush=True)


def print_curve(facts: dict[str, Any]) -> None:
    print("\n| minutes of training | pairs seen | learning from | claims of dev | macro AUC | honest AUC |")
    print("| --- | --- | --- | --- | --- | --- |")
    for one in facts["curve"]:
        print(
            f"| {one['minutes']} | {one['pairs']:,} | {one['half']} | {one['claims']} | "
            f"{one['macro']:.3f} | {one['honest']:.3f} |"
        )


def stacked(columns: Sequence[Array], data: Rows) -> Array:
    """Probabilities of a logistic curve over some scores, each fitted without the claim's family of data sets."""
    from sklearn.linear_model import LogisticRegression

    given = np.column_stack(columns)
    families = np.array([FAMILY[name] for name in data.datasets])
    found = np.zeros(len(given))
    for family in sorted(set(families.tolist())):
        own = families == family
        others = [row for row, out in zip(data.rows, own, strict=True) if not out]
        model = LogisticRegression(C=1e6).fit(given[~own], data.labels[~own], sample_weight=each_dataset_alike(others))
        found[own] = model.predict_proba(given[own])[:, 1]
    return found


def print_comparison(data: Rows, systems: dict[str, Array], names: Sequence[str], title: str) -> None:
    """AUC and balanced accuracy at one half, and how much each gains on the first, with intervals by document."""
    honest = [name for name in HONEST if name in names]
    figures: dict[str, Callable[[Array, Array], float]] = {
        "AUC": lambda scores, weights: mean(data.auc(scores, weights), names),
        "balanced accuracy": lambda scores, weights: mean(data.balanced(scores > 0.5, weights), names),
        "honest AUC": lambda scores, weights: mean(data.auc(scores, weights), honest),
        "honest balanced accuracy": lambda scores, weights: mean(data.balanced(scores > 0.5, weights), honest),
    }
    alike = np.ones(len(data.rows))
    base = next(iter(systems.values()))
    print(f"\n{title} ({len(names)} data sets, {len(honest)} of the honest group)\n")
    print("| | " + " | ".join(f"{name} (95%), gain (95%)" for name in figures) + " |")
    print("| --- |" + " --- |" * len(figures))
    for name, scores in systems.items():
        cells = []
        for figure in figures.values():
            cell = f"{figure(scores, alike):.3f} ({_span(data, figure, scores)})"
            if scores is not base:
                gained = figure(scores, alike) - figure(base, alike)
                cell += f", {gained:+.3f} ({_span(data, figure, scores, base)})"
            cells.append(cell)
        print(f"| {name} | " + " | ".join(cells) + " |", flush=True)


def _span(data: Rows, figure: Callable[[Array, Array], float], scores: Array, base: Array | None = None) -> str:
    """95 per cent of a figure, or of its difference to the base, over the same resampled documents."""

    def drawn(weights: Array) -> float:
        return figure(scores, weights) - (figure(base, weights) if base is not None else 0.0)

    low, high = data.interval(drawn)
    return f"{low:.3f} to {high:.3f}"


def compare_with_trees(given: argparse.Namespace, rows: Sequence[Row]) -> None:
    """The two tables: all families in training, and families left out."""
    data = Rows(rows)
    trained = checker()
    table = Table(trained.sentences, dict(trained.stems))
    measured = matrix(rows, table, given.cache)
    trees = np.array([trained.score(dict(zip(measured.names, values, strict=True))) for values in measured.values])
    short, both = (np.load(given.work / f"{half}.npy") for half in ("short", "documents"))
    title = "all families in training, the curve over the scores fitted without the claim's family"
    print_comparison(data, systems_of(data, trees, both), data.names, title)
    learnt = sample(read_rows(given.train), given.most)
    apart = without_family(data, measured, learnt, matrix(learnt, table, given.cache))
    unseen = [name for name in data.names if FAMILY[name] not in SHORT]
    title = "families left out: the trees without the family, the cross-encoder after short pairs alone"
    print_comparison(data, systems_of(data, apart, short), unseen, title)


def systems_of(data: Rows, trees: Array, encoder: Array) -> dict[str, Array]:
    return {
        "trees": stacked([trees], data),
        "cross-encoder": stacked([encoder], data),
        "stacked": stacked([trees, encoder], data),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description="Train a cross-encoder on one core and compare it with the trees.")
    parser.add_argument("train", type=Path)
    parser.add_argument("dev", type=Path)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=45.0)
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--most", type=int, default=MOST, help="rows of a label that the trees without a family learn")
    parser.add_argument("--part", choices=("both", "train", "compare"), default="both")
    given = parser.parse_args()

    torch.set_num_threads(1)
    rows = read_rows(given.dev)
    if given.part != "compare":
        folder = model_folder()
        reader = Reader(folder)
        run = Run(given.work, folder)
        given.work.mkdir(parents=True, exist_ok=True)
        train(run, read_halves(given.train), reader, given.minutes, Dev(rows, reader))
    print_curve(json.loads((given.work / "run.json").read_text(encoding="utf-8")))
    if given.part != "train":
        compare_with_trees(given, rows)


if __name__ == "__main__":
    main()
