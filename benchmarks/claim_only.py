"""How far the claims of a suite give themselves away: a classifier that sees their letters and no article.

    python -m benchmarks.claim_only [SUITE]

Ridge regression on the runs of three to five letters of a claim (cosine of square roots of their counts) learns
"supported or not" on the other articles, in five parts, and within each writer: weak writers err more, so that who
wrote a claim says something of it, and that is not what is asked here. Balanced accuracy, where 50 is no better than
chance, with an interval of 2,000 resamples of articles. A suite that it solves measures its own style.
"""

import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from summarizer.evaluation.case_files import load_suite
from summarizer.evaluation.cases import Suite
from summarizer.schema import Label

PARTS, RIDGE, RESAMPLES, FEWEST = 5, 1.0, 2_000, 20


class Guess(NamedTuple):
    """What the letters of a claim say of it."""

    article: str
    writer: str
    supported: bool
    guessed: bool


class _Row(NamedTuple):
    article: str
    supported: bool
    text: str


def guesses(suite: Suite) -> list[Guess]:
    """One for each claim of every writer that has enough of both kinds."""
    rows: dict[str, list[_Row]] = defaultdict(list)
    for case in suite.cases:
        for summary in case.file.summaries:
            name = summary.model or str(summary.writer)
            rows[name] += [
                _Row(case.id, one.label is Label.SUPPORTED, one.text) for one in summary.claims if not one.ambiguous
            ]
    return [guess for name, own in sorted(rows.items()) for guess in _of_writer(name, own)]


def _of_writer(name: str, rows: Sequence[_Row]) -> Iterator[Guess]:
    sound = sum(one.supported for one in rows)
    if min(sound, len(rows) - sound) < FEWEST:
        return
    alike = _alike([one.text for one in rows])
    true = np.array([one.supported for one in rows])
    articles = sorted({one.article for one in rows})
    part = np.array([articles.index(one.article) % PARTS for one in rows])
    for number in range(PARTS):
        mine, others = np.flatnonzero(part == number), np.flatnonzero(part != number)
        # Both kinds weigh the same, so that the sign of the answer is the guess.
        weight = np.where(true[others], 0.5 / true[others].sum(), 0.5 / (~true[others]).sum()) * len(others)
        wanted = np.where(true[others], 1.0, -1.0)
        centre = np.average(wanted, weights=weight)
        solved = np.linalg.solve(alike[np.ix_(others, others)] + RIDGE * np.diag(1 / weight), wanted - centre)
        answers = alike[np.ix_(mine, others)] @ solved + centre
        for at, answer in zip(mine, answers, strict=True):
            yield Guess(rows[int(at)].article, name, bool(true[at]), bool(answer > 0))


def _alike(texts: Sequence[str]) -> "np.ndarray":
    """The cosines of all pairs of texts."""
    counts = [_runs(text) for text in texts]
    places: dict[str, int] = {}
    for one in counts:
        for run in one:
            places.setdefault(run, len(places))
    matrix = np.zeros((len(texts), len(places)), dtype=np.float32)
    for row, one in enumerate(counts):
        for run, count in one.items():
            matrix[row, places[run]] = count**0.5
    matrix /= np.linalg.norm(matrix, axis=1, keepdims=True)
    return (matrix @ matrix.T).astype(np.float64)


def _runs(text: str) -> Mapping[str, int]:
    whole = f" {' '.join(text.casefold().split())} "
    return Counter(whole[at : at + size] for size in (3, 4, 5) for at in range(len(whole) - size + 1))


def balanced(found: Sequence[Guess]) -> float:
    """The mean of the shares of supported and of other claims that are guessed right; NaN where one kind is missing."""
    right = [[one.guessed == one.supported for one in found if one.supported is kind] for kind in (True, False)]
    return float(np.mean([np.mean(one) if one else np.nan for one in right]))


def interval(found: Sequence[Guess]) -> tuple[float, float]:
    """Nominally 95 per cent, by article."""
    by_article: dict[str, list[Guess]] = defaultdict(list)
    for one in found:
        by_article[one.article].append(one)
    chance, groups = np.random.default_rng(20261129), list(by_article.values())
    drawn = [
        balanced([one for at in chance.integers(len(groups), size=len(groups)) for one in groups[at]])
        for _ in range(RESAMPLES)
    ]
    low, high = np.nanquantile(drawn, (0.025, 0.975))
    return float(low), float(high)


def within_writers(suite: Suite) -> Iterator[tuple[str, int, float, tuple[float, float]]]:
    """Writer, claims, balanced accuracy and its interval; at the end the same over all writers."""
    found = guesses(suite)
    for name in dict.fromkeys(one.writer for one in found):
        own = [one for one in found if one.writer == name]
        yield name, len(own), balanced(own), interval(own)
    yield "all, each within its writer", len(found), balanced(found), interval(found)


def main() -> None:
    suite = load_suite(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
    print("| writer | claims | balanced accuracy from the letters of the claim alone |")
    print("| --- | --- | --- |")
    for name, claims, share, (low, high) in within_writers(suite):
        print(f"| {name} | {claims} | {100 * share:.1f} ({100 * low:.1f} to {100 * high:.1f}) |")


if __name__ == "__main__":
    main()
