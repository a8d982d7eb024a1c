"""What a judge makes of the natural summaries, by the model that wrote them.

    python -m benchmarks.natural [--split dev|test] [--replies FILE [--witness none]]

Without replies the embedded judge is asked. For each writer and for all: claims, sound ones with those supported and those
accused (contradicted or not in source), unsound ones with those supported and those flagged, what is left open, and AUC of
the probability of support over the claims that have one.
"""

import argparse
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from benchmarks.judged import NATURAL
from summarizer.components import assemble
from summarizer.evaluation.case_files import load_suite
from summarizer.evaluation.run import evaluate
from summarizer.evaluation.scorecard import Result
from summarizer.evaluation.statistics import auc
from summarizer.llm.models import RunOptions
from summarizer.schema import Label
from summarizer.settings import resolve


def row(name: str, results: Sequence[Result]) -> str:
    sound = [one for one in results if one.gold == Label.SUPPORTED]
    unsound = [one for one in results if one.gold != Label.SUPPORTED]

    def count(some: Sequence[Result], *labels: Label) -> int:
        return sum(one.label in labels for one in some)

    wrong = (Label.CONTRADICTED, Label.NOT_IN_SOURCE)
    known = [(one.probabilities.supported, one.gold == Label.SUPPORTED) for one in results if one.probabilities]
    area = auc(known)
    return (
        f"| {name} | {len(results)} | {len(sound)} | {count(sound, Label.SUPPORTED)} | {count(sound, *wrong)} | {len(unsound)} "
        f"| {count(unsound, Label.SUPPORTED)} | {count(unsound, *wrong)} | {sum(one.label is None for one in results)} "
        f"| {'' if area is None else f'{area:.3f}'} |"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--split", choices=["dev", "test"])
    parser.add_argument("--replies", type=Path)
    parser.add_argument("--witness", choices=["auto", "none"], default="auto")
    given = parser.parse_args()
    suite = load_suite(NATURAL, split=given.split)
    asked = {"backend": "replay", "claims": "sentence", "cite": "sentences", "witness": given.witness}
    settings = resolve(asked if given.replies else {"backend": "embedded"}, environment={})
    card = evaluate(suite, assemble(settings, RunOptions(replies=given.replies)))
    models = {
        claim.id: summary.model for case in suite.cases for summary in case.file.summaries for claim in summary.claims
    }
    by_model: dict[str, list[Result]] = defaultdict(list)
    for one in card.results:
        by_model[models[one.claim]].append(one)
    print("| written by | claims | sound | supported | accused | unsound | supported | flagged | open | AUC |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    for name in sorted(by_model):
        print(row(name, by_model[name]))
    print(row("all", card.results))


if __name__ == "__main__":
    main()
