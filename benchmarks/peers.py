"""Other checkers on the same claims as the embedded judge, each as it ships: one table a set.

    pip install --no-deps --target PEERS anchorcite==0.1.0 corroborate==0.1.0 grounded-check==0.1.2
    PYTHONPATH=PEERS python -m benchmarks.peers DEV.jsonl.xz [--most N]

Every system says supported or not. The embedded judge is forced to choose at an even prior; `decided` counts its usual
verdicts, at the prior that it ships with, against an undecided claim as not supported. anchorcite has its scorer that
needs no model, corroborate looks at numbers, dates and quotations, grounded-check at names too; IDF coverage is the
share of a claim's words, weighted by rarity, that its three best sentences hold, with the threshold that suits the
suite's dev part. Sets: the suite's test split, half B of the data sets that word overlap does not solve, half B of the
others. Intervals are drawn over documents; milliseconds are processor time and include reading the text.
"""

import argparse
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from sklearn.metrics import roc_auc_score

from benchmarks.judged import HONEST, IN_TRAINING, Claim, claims_of, claims_of_suite, half_of
from summarizer.api import check
from summarizer.components import Components, assemble
from summarizer.errors import InputError
from summarizer.language.sentences import sentences
from summarizer.language.word_index import WordIndex
from summarizer.retrieval import Index
from summarizer.schema import Document, Label, Undecided, Verdict
from summarizer.settings import resolve

DRAWS, SEED = 1_000, 7


class Said(NamedTuple):
    """What a system makes of a claim."""

    supported: bool
    score: float | None = None
    """Higher for what is likelier supported; None where the system has none."""


System = Callable[[Claim], Said]


def embedded(components: Components, *, forced: bool) -> System:
    def says(claim: Claim) -> Said:
        checks = check(" ".join(claim.text.split()), claim.document, backend=components).checks
        chances = [one.outcome.probabilities for one in checks if isinstance(one.outcome, Verdict | Undecided)]
        least = min((one.supported if one else 0.5 for one in chances), default=0.5)
        labels = [one.outcome.label if isinstance(one.outcome, Verdict) else None for one in checks]
        return Said(least >= 0.5 if forced else all(one is Label.SUPPORTED for one in labels), least)

    return says


def coverage(claim: Claim) -> float:
    document = Document.of(claim.document, id="d1")
    every = sentences(document)
    index = Index(WordIndex(every), [claim.text])
    return index.covered(claim.text, index.search(claim.text, limit=3)) or 0.0


def fitted_coverage() -> System:
    known = [(coverage(claim), claim.sound) for claim in claims_of_suite("dev")]
    sound, unsound = ([score for score, label in known if label is wanted] for wanted in (True, False))

    def balanced(threshold: float) -> float:
        return float(np.mean(np.array(sound) >= threshold) + np.mean(np.array(unsound) < threshold))

    best = max(sorted({score for score, _ in known}), key=balanced)
    return lambda claim: Said((score := coverage(claim)) >= best, score)


def peers() -> dict[str, System]:
    """Those that are installed."""
    import importlib

    def load(name: str) -> Any:
        try:
            return importlib.import_module(name)
        except ImportError:
            print(f"{name} is not installed and left out")
            return None

    found: dict[str, System] = {}
    if anchorcite := load("anchorcite"):
        scorer = anchorcite.LexicalScorer()

        def anchored(claim: Claim) -> Said:
            hit = anchorcite.anchor_claim(claim.text, claim.document, scorer=scorer)
            nearest = anchorcite.anchor_claim(claim.text, claim.document, scorer=scorer, threshold=0.0)
            return Said(hit is not None, nearest.score if nearest else 0.0)

        found["anchorcite (lexical)"] = anchored
    if corroborate := load("corroborate"):
        found["corroborate"] = lambda claim: Said(corroborate.check_answer("", [claim.document], claim.text).ok())
    if grounded := load("grounded"):

        def checked(claim: Claim) -> Said:
            source = grounded.Source(Path("article.txt"), claim.document)
            result = grounded.verify(grounded.extract(claim.text), [source])
            return Said(result.passed, result.rate)

        found["grounded-check"] = checked
    return found


def table(title: str, claims: Sequence[Claim], systems: dict[str, System]) -> None:
    sound = np.array([claim.sound for claim in claims])
    print(f"\n## {title}: {sound.sum()} supported and {(~sound).sum()} unsupported claims\n")
    print("| system | balanced accuracy (95 % by document) | unsupported called supported | supported | AUC | ms |")
    print("| --- | --- | --- | --- | --- | --- |")
    places = defaultdict(list)
    for place, claim in enumerate(claims):
        places[claim.document].append(place)
    documents = [np.array(own) for own in places.values()]
    for name, system in systems.items():
        start = time.process_time()
        said = [_said(system, claim) for claim in claims]
        spent = 1_000 * (time.process_time() - start) / len(claims)
        yes = np.array([one.supported for one in said])
        rng = np.random.default_rng(SEED)
        draws = [
            _balanced(
                yes, sound, np.concatenate([documents[at] for at in rng.integers(len(documents), size=len(documents))])
            )
            for _ in range(DRAWS)
        ]
        low, high = np.nanpercentile(draws, [2.5, 97.5])
        scores = [one.score for one in said if one.score is not None]
        area = f"{roc_auc_score(sound, scores):.3f}" if len(scores) == len(said) else "none"
        print(
            f"| {name} | {_balanced(yes, sound, np.arange(len(claims))):.1f} ({low:.1f} to {high:.1f}) |"
            f" {yes[~sound].mean():.2f} | {yes[sound].mean():.2f} | {area} | {spent:.1f} |"
        )


def _said(system: System, claim: Claim) -> Said:
    try:
        return system(claim)
    except InputError:  # longer than its source
        return Said(supported=False, score=0.5)


def _balanced(yes: Any, sound: Any, chosen: Any) -> float:
    own, labels = yes[chosen], sound[chosen]
    if labels.all() or not labels.any():
        return float("nan")
    return float(50 * (own[labels].mean() + (~own[~labels]).mean()))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dev", type=Path)
    parser.add_argument("--most", type=int, default=60, help="claims of each label of each data set")
    options = parser.parse_args()
    plain = {"backend": "embedded", "claims": "sentence"}
    systems: dict[str, System] = {
        "embedded, forced": embedded(assemble(resolve({**plain, "decide": True, "prior": 0.5})), forced=True),
        "embedded, decided": embedded(assemble(resolve(plain)), forced=False),
        "IDF coverage": fitted_coverage(),
        **peers(),
    }
    rows = [one for one in claims_of(options.dev, most=options.most) if half_of(one.document) == "B"]
    rows = [one for one in rows if one.dataset not in IN_TRAINING]
    table("The suite, test", claims_of_suite("test"), systems)
    table("Half B, honest group", [one for one in rows if one.dataset in HONEST], systems)
    table("Half B, the others", [one for one in rows if one.dataset not in HONEST], systems)


if __name__ == "__main__":
    main()
