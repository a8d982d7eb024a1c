"""How good the embedded checker is, per data set, against two baselines.

    pip install -e '.[train]'
    python -m benchmarks.checker DEV.jsonl.xz [--train TRAIN.jsonl.xz] [--cache FOLDER] [--articles FOLDER]

Forced balanced accuracy (one threshold for all: the checker's own; for a baseline the
one that suits these very rows best), AUC, intervals by document, calibration, the most
confident half and quarter, outcomes, and time. With the training rows the trees are
grown once more without each family of data sets and asked about that family.
"""

import argparse
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score

from benchmarks.calibration import cross_fitted, print_quality, right_share
from benchmarks.rows import FAMILY, HONEST, SEED, Matrix, Row, Table, matrix, read_rows, sample
from summarizer.judging import Material
from summarizer.judging.lexical.claim_score import judge_claims
from summarizer.judging.lexical.features import measure
from summarizer.judging.lexical.source_index import SourceIndex
from summarizer.judging.lexical.trees import Checker, checker
from summarizer.language.sentences import sentences
from summarizer.language.statements import Statement, read_statement
from summarizer.language.word_index import WordIndex
from summarizer.retrieval import Index
from summarizer.schema import Claim, Document, Kind, Label, Span

Array = NDArray[np.float64]
Figure = Callable[[Array], float]

DRAWS = 300  # resamplings of documents behind an interval
SIZES = ((450, 750), (6_000, 10_000))  # words of the sources that are timed
FEWEST = 10  # claims for a mean
SHORT, LONG = 60, 200  # code points of sentences that claims are made of


class Rows:
    """The rows as arrays."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.rows = rows
        self.labels = np.array([row.label for row in rows])
        self.datasets = np.array([row.dataset for row in rows])
        self.names = sorted(set(self.datasets.tolist()))
        documents = {text: number for number, text in enumerate(dict.fromkeys(row.document for row in rows))}
        self.documents = np.array([documents[row.document] for row in rows])

    def balanced(self, chosen: NDArray[np.bool_], weights: Array) -> dict[str, float]:
        """Balanced accuracy of a choice for each data set, in per cent."""
        return {name: self._mean_recall(self.datasets == name, chosen, weights) for name in self.names}

    def _mean_recall(self, own: NDArray[np.bool_], chosen: NDArray[np.bool_], weights: Array) -> float:
        halves = []
        for label in (0, 1):
            same = own & (self.labels == label) & (weights > 0)
            if same.any():
                right = chosen[same] == (label == 1)
                halves.append(float(weights[same] @ right / weights[same].sum()))
        return 100 * sum(halves) / len(halves) if len(halves) == 2 else float("nan")

    def auc(self, scores: Array, weights: Array) -> dict[str, float]:
        found = {}
        for name in self.names:
            own = (self.datasets == name) & (weights > 0)
            both = len(set(self.labels[own].tolist())) == 2
            found[name] = (
                float(roc_auc_score(self.labels[own], scores[own], sample_weight=weights[own]))
                if both
                else float("nan")
            )
        return found

    def interval(self, figure: Figure) -> tuple[float, float]:
        """95 per cent of the figure over resampled documents."""
        draw = np.random.default_rng(SEED)
        count = int(self.documents.max()) + 1
        found = []
        for _ in range(DRAWS):
            times = np.bincount(draw.integers(0, count, count), minlength=count).astype(float)
            found.append(figure(times[self.documents]))
        low, high = np.nanpercentile(found, (2.5, 97.5))
        return float(low), float(high)


def mean(figures: dict[str, float], names: Sequence[str]) -> float:
    return float(np.nanmean([figures[name] for name in names]))


def best_threshold(data: Rows, scores: Array) -> float:
    """The threshold with the best macro balanced accuracy on these rows: a baseline is given that much."""
    alike = np.ones(len(data.rows))
    steps = np.unique(np.quantile(scores, np.linspace(0.01, 0.99, 99)))
    return float(max(steps, key=lambda step: mean(data.balanced(scores > step, alike), data.names)))


def compare(data: Rows, systems: dict[str, tuple[Array, float]]) -> None:
    """One table: balanced accuracy and AUC of each system on each data set, then the means."""
    alike = np.ones(len(data.rows))
    balanced = {name: data.balanced(scores > at, alike) for name, (scores, at) in systems.items()}
    auc = {name: data.auc(scores, alike) for name, (scores, _) in systems.items()}
    print("\n| balanced accuracy / AUC | n | " + " | ".join(systems) + " |")
    print("| --- | --- |" + " --- |" * len(systems))
    for one in data.names:
        cells = [f"{balanced[name][one]:.1f} / {auc[name][one]:.3f}" for name in systems]
        print(f"| {one} | {(data.datasets == one).sum()} | " + " | ".join(cells) + " |")
    honest = [name for name in HONEST if name in data.names]
    for title, group in (("macro", data.names), ("honest group", honest)):
        cells = [f"{mean(balanced[name], group):.1f} / {mean(auc[name], group):.3f}" for name in systems]
        print(f"| **{title}** | | " + " | ".join(cells) + " |")
        spans = [_spans(data, scores, at, group) for scores, at in systems.values()]
        print(f"| {title}, 95% by document | | " + " | ".join(spans) + " |")


def _spans(data: Rows, scores: Array, at: float, group: Sequence[str]) -> str:
    low, high = data.interval(lambda weights: mean(data.balanced(scores > at, weights), group))
    below, above = data.interval(lambda weights: mean(data.auc(scores, weights), group))
    return f"{low:.1f} to {high:.1f} / {below:.3f} to {above:.3f}"


def gain(data: Rows, one: tuple[Array, float], other: tuple[Array, float], title: str) -> None:
    """The difference in macro balanced accuracy, with an interval over the same resampled documents."""

    def difference(weights: Array) -> float:
        mine, theirs = (mean(data.balanced(scores > at, weights), data.names) for scores, at in (one, other))
        return mine - theirs

    low, high = data.interval(difference)
    print(f"over {title}: {difference(np.ones(len(data.rows))):+.1f} points ({low:+.1f} to {high:+.1f})")


def without_family(data: Rows, measured: Matrix, train: Sequence[Row], learnt: Matrix) -> Array:
    """Scores of trees that have seen nothing of a claim's family of data sets."""
    from benchmarks.train import grow, scores

    found = np.zeros(len(data.rows))
    for family in sorted({FAMILY[name] for name in data.names}):
        kept = [at for at, row in enumerate(train) if FAMILY[row.dataset] != family]
        booster = grow(Matrix(learnt.names, learnt.values[kept]), [train[at] for at in kept])
        own = np.array([FAMILY[name] == family for name in data.datasets])
        found[own] = scores(booster, Matrix(measured.names, measured.values[own]))
    return found


def outcomes(data: Rows) -> None:
    """What the judge says: labels of sound and of unsound claims."""
    counts: dict[str, list[int]] = {}
    for row in data.rows:
        claim = _claim(row.claim)
        label = judge_claims([claim], _material(row.document, [claim]))[0].label
        counts.setdefault(label.value if label else "open", [0, 0])[row.label] += 1
    right = counts.get("supported", [0, 0])[1]
    right += sum(counts.get(label, [0, 0])[0] for label in ("contradicted", "not_in_source"))
    decided = sum(sum(counts.get(label.value, [0, 0])) for label in Label)
    print("\n| label | supported claims | unsupported claims |")
    print("| --- | --- | --- |")
    for name, (unsound, sound) in sorted(counts.items()):
        print(f"| {name} | {sound} | {unsound} |")
    print(
        f"\ndecided {decided} of {len(data.rows)} ({decided / len(data.rows):.2f}), right {right / max(1, decided):.3f}"
    )


def _claim(text: str) -> Claim:
    return Claim(id="c1", text=text, origin=Span(start=0, end=len(text)), kind=Kind.EVENT)


def _material(text: str, claims: Sequence[Claim]) -> Material:
    document = Document.of(text)
    every = sentences(document)
    index = Index(WordIndex(every), [claim.text for claim in claims])
    return Material([document], every, {claim.id: index.search(claim.text) for claim in claims})


def times(articles: Sequence[Path]) -> None:
    """Processor time of preparation and of a claim, on sources of about 600 and of about 8,000 words.

    A claim is made of the halves of two sentences. Another article goes before, because patterns and trees are laid out once in
    a process, when they are first needed: the first row says what that costs.
    """
    texts = sorted((file.read_text(encoding="utf-8") for file in articles), key=lambda one: len(one.split()))
    texts = [text for text in texts if len(_halves(text)) >= FEWEST]
    chosen = [[one for one in texts if low <= len(one.split()) <= high] for low, high in SIZES]
    before = next(text for text in texts if not any(text in own for own in chosen))
    print(f"\na million additions: {_pace():.0f} ms")
    print("\n| words of the source | preparation, ms | its first claim more than the others, ms | a claim, ms |")
    print("| --- | --- | --- | --- |")
    for own in ([before], *chosen):
        cells = np.mean([_timed(text) for text in own], axis=0)
        note = "first of the process" if own == [before] else f"mean of {len(own)}"
        sizes = [len(text.split()) for text in own]
        print(f"| {min(sizes)} to {max(sizes)} ({note}) | " + " | ".join(f"{cell:.1f}" for cell in cells) + " |")


def _timed(text: str) -> tuple[float, float, float]:
    """Milliseconds of preparation, of the first claim more than the others, and of another claim in the mean."""
    trained = checker()
    claims = _halves(text)
    start = time.process_time()
    document = Document.of(text)
    statements = [read_statement(claim) for claim in claims]
    source = SourceIndex(WordIndex(sentences(document)), statements)
    prepared = time.process_time()
    spans = [_asked(statement, source, trained) for statement in statements]
    others = float(np.mean(spans[1:]))
    return (prepared - start) * 1000, max(0.0, spans[0] - others), others


def _pace() -> float:
    """Milliseconds of a bare loop, to tell a slow machine from slow code."""
    start, total = time.process_time(), 0
    for number in range(1_000_000):
        total += number
    return (time.process_time() - start) * 1000


def _halves(text: str) -> list[str]:
    inside = [one.text for one in sentences(Document.of(text)) if SHORT < len(one.text) < LONG]
    return [
        f"{one[: len(one) // 2]} {other[len(other) // 2 :]}"
        for one, other in zip(inside, inside[1:] + inside[:1], strict=True)
    ][:25]


def _asked(statement: Statement, source: SourceIndex, trained: Checker) -> float:
    start = time.process_time()
    trained.score(measure(statement, source, trained.rarity)[0])
    return (time.process_time() - start) * 1000


def main() -> None:
    parser = argparse.ArgumentParser(description="Score the embedded checker.")
    parser.add_argument("dev", type=Path)
    parser.add_argument("--train", type=Path)
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--articles", type=Path)
    given = parser.parse_args()

    rows = read_rows(given.dev)
    if given.articles:
        times(sorted(given.articles.glob("*.txt")))
    trained = checker()
    table = Table(trained.sentences, dict(trained.stems))
    data = Rows(rows)
    measured = matrix(rows, table, given.cache)
    column = {name: measured.values[:, at] for at, name in enumerate(measured.names)}
    raw = np.array([trained.score(dict(zip(measured.names, values, strict=True))) for values in measured.values])
    checked = cross_fitted(raw, rows)
    covered, facts = column["best_5"], column["facts_found"]
    systems = {
        "tier A": (checked, trained.band.forced),
        "IDF coverage": (covered, best_threshold(data, covered)),
        "numbers and names": (facts, best_threshold(data, facts)),
    }
    if given.train:
        train = sample(read_rows(given.train), _most())
        apart = without_family(data, measured, train, matrix(train, table, given.cache))
        systems["tier A, family left out"] = (apart, 0.0)
    compare(data, systems)
    print()
    gain(data, systems["tier A"], systems["IDF coverage"], "IDF coverage")
    gain(data, systems["tier A"], systems["numbers and names"], "numbers and names")
    print_quality(checked, rows)
    half, quarter = (right_share(checked, rows, share)[0] for share in (0.5, 0.25))
    print(f"\nmost confident half right {half:.3f}, quarter {quarter:.3f}")
    outcomes(data)


def _most() -> int:
    from benchmarks.train import MOST

    return MOST


if __name__ == "__main__":
    main()
