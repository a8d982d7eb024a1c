"""What a judge makes of claims that were written without sight of it: totals only, so that they stay blind.

    python -m benchmarks.blind [--judge nli --weights DIR --profile FILE] [--articles FOLDER]

AUC of the probability of support, and of the sound and the unsound claims how many come out supported, flagged
(contradicted or not in source) and open. `--articles` is the folder that the summaries' articles lie in; without it
the pairs alone are judged.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks.judged import PADDING
from summarizer.api import check
from summarizer.components import Components, assemble
from summarizer.errors import InputError
from summarizer.evaluation.align import of_all_parts, outcome_of
from summarizer.evaluation.statistics import auc
from summarizer.schema import Document, Label, Verdict
from summarizer.settings import resolve

FOLDER = Path(__file__).with_name("blind")


class Claim(NamedTuple):
    text: str
    source: str
    sound: bool


class Said(NamedTuple):
    sound: bool
    outcome: str
    support: float | None


def pairs() -> Iterator[Claim]:
    for line in (FOLDER / "pairs.jsonl").read_text(encoding="utf-8").splitlines():
        one = json.loads(line)
        yield Claim(one["claim"], one["source"] + PADDING, one["label"] == "supported")


def summaries(articles: Path) -> Iterator[Claim]:
    for line in (FOLDER / "summaries.jsonl").read_text(encoding="utf-8").splitlines():
        one = json.loads(line)
        source = (articles / one["article"]).read_text(encoding="utf-8")
        for sentence in one["sentences"]:
            yield Claim(sentence["text"], source, sentence["label"] == "supported")


def judged(claims: Iterable[Claim], components: Components) -> Iterator[Said]:
    for claim in claims:
        try:
            checks = check(Document.of(claim.text), Document.of(claim.source), backend=components).checks
        except InputError:
            yield Said(claim.sound, "open", None)
            continue
        outcome, probabilities = outcome_of(checks), of_all_parts(checks)
        label = outcome.label if isinstance(outcome, Verdict) else None
        word = "open" if label is None else "supported" if label is Label.SUPPORTED else "flagged"
        yield Said(claim.sound, word, probabilities.supported if probabilities else None)


def report(title: str, said: list[Said]) -> None:
    ranked = [(one.support, one.sound) for one in said if one.support is not None]
    print(f"\n| {title} | claims | supported | flagged | open |\n| --- | --- | --- | --- | --- |")
    for name, sound in (("sound", True), ("unsound", False)):
        counts = Counter(one.outcome for one in said if one.sound is sound)
        print(f"| {name} | {counts.total()} | {counts['supported']} | {counts['flagged']} | {counts['open']} |")
    found = auc(ranked)
    print(f"\nAUC {'not measurable' if found is None else format(found, '.3f')} over {len(ranked)} claims")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("judge", "weights", "profile", "base-url", "model", "cite"):
        parser.add_argument(f"--{name}")
    parser.add_argument("--articles", type=Path)
    options = vars(parser.parse_args())
    articles = options.pop("articles")
    components = assemble(resolve({"claims": "sentence", **options}))
    report("pairs", list(judged(pairs(), components)))
    if articles:
        report("summaries", list(judged(summaries(articles), components)))


if __name__ == "__main__":
    main()
