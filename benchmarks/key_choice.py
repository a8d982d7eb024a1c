"""Which sentences of an article are key: those that people labelled in the suite, against those that are chosen.

    python -m benchmarks.key_choice [dev|test] [--articles FOLDER] [--model NAME --base-url URL] [--record FILE | --replies FILE]

Each way chooses as many sentences as a report has (15 per cent of the article, 3 to 12): the first ones, those of
the extractive writer (the default), and, where a model is named, those that it names (`--key-sentences llm`). Precision is the share of the
chosen ones that are labelled, recall the share of the labelled ones that are chosen; intervals are those of a bootstrap
over articles. With `--articles` the articles are the long pages, papers and transcripts of that folder whose key
sentences are labelled in `key_sentences.json`, in place of a part of the suite.
"""

import argparse
import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.references import labelled
from summarizer.api import run
from summarizer.components import assemble
from summarizer.coverage import key_positions, wanted
from summarizer.evaluation.case_files import load_suite
from summarizer.evaluation.cases import Split
from summarizer.language.sentences import Sentence
from summarizer.language.sentences import sentences as sentences_of
from summarizer.llm.models import RunOptions
from summarizer.schema import Document
from summarizer.settings import resolve

RESAMPLES = 2_000
Choice = Callable[[Sequence[Sentence]], Sequence[int]]


class Counts(NamedTuple):
    right: int
    chosen: int
    labelled: int


class Article(NamedTuple):
    split: Sequence[Sentence]
    labelled: frozenset[int]
    """Positions of the key sentences."""


def of_suite(split: Split) -> Iterator[Article]:
    for case in load_suite(None, split=split).cases:
        keys, own = case.file.key_sentences, sentences_of(case.document)
        if keys:
            is_key = (any(key in one.text or one.text in key for key in keys) for one in own)
            yield Article(own, frozenset(at for at, key in enumerate(is_key) if key))


def of_folder(folder: Path) -> Iterator[Article]:
    for one in labelled(folder):
        own = sentences_of(Document.of(one.text))
        is_key = (any(it.start < end and start < it.end for start, end in one.key) for it in own)
        yield Article(own, frozenset(at for at, key in enumerate(is_key) if key))


def counted(article: Article, choose: Choice) -> Counts:
    chosen = set(choose(article.split))
    return Counts(len(chosen & article.labelled), len(chosen), len(article.labelled))


def share(counts: Sequence[Counts], of: Callable[[Counts], int]) -> str:
    def whole(some: Sequence[Counts]) -> float:
        return sum(one.right for one in some) / max(1, sum(map(of, some)))

    chance = random.Random(20261129)  # noqa: S311 (a bootstrap)
    drawn = sorted(whole(chance.choices(counts, k=len(counts))) for _ in range(RESAMPLES))
    low, high = drawn[int(0.025 * RESAMPLES)], drawn[int(0.975 * RESAMPLES)]
    return f"{whole(counts):.3f} ({low:.3f} to {high:.3f})"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("split", nargs="?", choices=["dev", "test"], default="test")
    parser.add_argument("--articles", type=Path)
    parser.add_argument("--model")
    parser.add_argument("--base-url")
    parser.add_argument("--record", type=Path)
    parser.add_argument("--replies", type=Path)
    given = parser.parse_args()
    found = list(of_folder(given.articles) if given.articles else of_suite(given.split))
    ways: dict[str, Choice] = {
        "the first": lambda split: range(wanted(split)),
        "the extractive writer's (default)": key_positions,
    }
    if given.model or given.replies:
        named = {name: vars(given)[name] for name in ("model", "base_url") if vars(given)[name]}
        settings = resolve({**named, "key_sentences": "llm", "witness": "none", "deadline": 3600, "timeout": 3600})
        components = assemble(settings, RunOptions(record=given.record, replies=given.replies))
        finder = components.finder
        assert finder is not None  # noqa: S101
        ways["named by the model"] = lambda split: run(components, finder.find(split, wanted(split))).positions
    print(f"{'long texts' if given.articles else given.split}: {len(found)}")
    print("| chosen | precision | recall | sentences chosen | labelled |")
    print("| --- | --- | --- | --- | --- |")
    for name, choose in ways.items():
        counts = [counted(article, choose) for article in found]
        chosen, keys = sum(one.chosen for one in counts), sum(one.labelled for one in counts)
        print(
            f"| {name} | {share(counts, lambda one: one.chosen)} | {share(counts, lambda one: one.labelled)} | {chosen} | {keys} |"
        )


if __name__ == "__main__":
    main()
