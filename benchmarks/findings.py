"""Which findings are worth showing beside a verdict: a likelihood ratio for each kind, on claims that people labelled.

    python -m benchmarks.findings DEV.jsonl.xz [--train TRAIN.jsonl.xz]

A kind fires on a claim where it finds at least one thing. Its likelihood ratio is how
often it fires on an unsound claim, divided by how often on a sound one; 1 is chance.
The ratio is that of Mantel and Haenszel over data sets, so that a kind gains nothing by
firing more in data sets with more unsound claims; its interval holds 95 per cent of
resamplings of the documents within each data set. Evidence is the gold evidence where
the row has it (WiCE alone), else the five sentences that retrieval finds.

Printed as Markdown: the data sets and what was left out; the ratio of each kind on half A
of dev (with the training rows, where they are given), on half B, and on planted errors; the same
for each kind split into pairs of words and words with nothing beside them; and the counts per data set. A kind stays where its interval on half A (and training rows) lies above `BAR`;
the last column is its ratio without the data set that favours it most. Three plain rules
(`plain`) are the yardstick: is a number, a month or year, a capitalised word of the claim nowhere in the source?
"""

import argparse
import hashlib
import json
import lzma
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from summarizer.findings import Passage, compare, kinds, passage_of
from summarizer.language.sentences import Sentence, sentences
from summarizer.language.word_index import WordIndex
from summarizer.retrieval import Index
from summarizer.schema import Document

Array = NDArray[np.float64]

EVALS = Path(__file__).parents[1] / "evals"
SEED = 7
DRAWS = 2_000  # resamplings of documents behind an interval
BAR = 1.5  # a kind stays where its interval lies above
FEWEST = 10  # claims that a kind must fire on before its ratio says anything
PSEUDO = 0.25  # added to both sides of a ratio, as half a claim: a side may be empty

# Data sets whose errors were planted, or whose false claims were written to be false.
PLANTED = {
    "bump": "errors edited into reference summaries",
    "bump_sent": "errors edited into reference summaries",
    "fever_adversarial": "claims written to mislead a checker",
    "fever_nli": "claims mutated by annotators; training in part",
    "fever_symmetric": "claims rewritten to turn the label round",
    "fool_me_twice": "claims written in a game to fool the reader",
    "mnli": "written hypotheses; training in part",
    "snli": "written hypotheses; training in part",
    "summedits": "summaries edited by a language model",
    "vitaminc": "contrastive edits; training in part",
}
ONE_LABEL = {"wice_subclaim_partial": "every claim is unsound: there is no ratio"}

SMALL = {
    word: str(number) for number, word in enumerate("zero one two three four five six seven eight nine ten".split())
}
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
CALENDAR = re.compile(
    r"\b(?:January|February|March|April|June|July|August|September|October|November|December|"
    r"Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|(?:1[89]|20)\d\d)\b"
)
CAPITALISED = re.compile(r"(?<=[\w,] )[A-Z][\w-]+")  # within a sentence
IDLE = {"1", "2"}  # numbers that are said of anything
START = 4  # letters that "Dovaria" and "Dovarian" have in common


class Fired(NamedTuple):
    """What the kinds find in one claim."""

    dataset: str
    document: int
    sound: bool
    half: str
    """`A` or `B` of dev, or `train`."""
    kinds: frozenset[str]
    splits: frozenset[str]


class Ratio(NamedTuple):
    """A likelihood ratio with its interval, and on how many claims it rests."""

    unsound: int
    sound: int
    point: float
    low: float
    high: float

    @property
    def stays(self) -> bool:
        return self.low > BAR and self.unsound + self.sound >= FEWEST

    def __str__(self) -> str:
        if self.unsound + self.sound < FEWEST:
            return f"{self.unsound} : {self.sound}, too few"
        return f"{self.unsound} : {self.sound}, **{self.point:.2f}** ({self.low:.2f} to {self.high:.2f})"


def rows(file: Path) -> Iterator[dict[str, Any]]:
    with lzma.open(file, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def half_of(document: str) -> str:
    return "AB"[hashlib.sha256(document.encode()).digest()[0] % 2]


def passage(row: dict[str, Any], document: Document, every: Sequence[Sentence]) -> Passage:
    """The gold evidence of a claim, or else the five sentences that share most of its rare words."""
    gold = {quote for quote in (row["evidence"] or [[]])[0] if quote}
    evidence = [one for one in every if any(one.text in quote or quote in one.text for quote in gold)]
    if not evidence:
        evidence = list(Index(WordIndex(every), [row["claim"]]).search(row["claim"]))
    return passage_of(evidence, document.text)


@lru_cache(maxsize=4)
def _held(text: str) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """The numbers, the words, and the starts of the words of a text."""
    words = frozenset(re.findall(r"\w+", text.lower()))
    digits = {match[0].replace(",", "").rstrip(".") for match in NUMBER.finditer(text)}
    return (
        frozenset(digits | {SMALL[word] for word in words & SMALL.keys()}),
        words,
        frozenset(word[:START] for word in words),
    )


def plain(claim: str, document: str) -> Iterator[str]:
    """What looking words up in the source finds, with no reading of the sentence."""
    numbers, words, starts = _held(document)
    if _held(claim)[0] - IDLE - numbers:
        yield "plain: a number nowhere"
    if any(match[0].lower() not in words and match[0][:3].lower() not in words for match in CALENDAR.finditer(claim)):
        yield "plain: a month, weekday or year nowhere"
    if any(match[0][:START].lower() not in starts for match in CAPITALISED.finditer(claim)):
        yield "plain: a capitalised word nowhere"


def fired(file: Path, half: Callable[[str], str], wanted: Callable[[str], bool]) -> list[Fired]:
    """Run every kind on the claims of the wanted data sets."""
    by_document: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows(file):
        if wanted(row["dataset"]):
            by_document[row["document"]].append(row)
    found = []
    for text, own in by_document.items():
        document = Document.of(text)
        every = sentences(document)
        number = int.from_bytes(hashlib.sha256(text.encode()).digest()[:7])
        for row in own:
            evidence = passage(row, document, every)
            found_by = {kind.name: kind.find(row["claim"], evidence) for kind in kinds()}
            marks = {name for name, differences in found_by.items() if differences}
            splits = {
                f"{name}, {'a pair' if one.source else 'nothing beside it'}"
                for name, differences in found_by.items()
                for one in differences
            }
            marks |= {"two kinds or more"} if len(marks) > 1 else set()
            marks |= {"any kind"} if marks else set()
            marks |= set(plain(row["claim"], text))
            sound = bool(row["label"])
            found.append(Fired(row["dataset"], number, sound, half(text), frozenset(marks), frozenset(splits)))
    return found


def ratios(claims: Sequence[Fired], names: Sequence[str]) -> dict[str, Ratio]:
    """The stratified likelihood ratio of each kind or split, with its interval."""
    draw = np.random.default_rng(SEED)
    over, under = np.zeros((DRAWS + 1, len(names))), np.zeros((DRAWS + 1, len(names)))
    counts = np.zeros((2, len(names)))
    for dataset in sorted({claim.dataset for claim in claims}):
        own = [claim for claim in claims if claim.dataset == dataset]
        places = {number: at for at, number in enumerate(sorted({claim.document for claim in own}))}
        fires, sizes = np.zeros((2, len(places), len(names))), np.zeros((2, len(places)))
        for claim in own:
            at = places[claim.document]
            sizes[int(claim.sound), at] += 1
            held = claim.kinds | claim.splits
            fires[int(claim.sound), at] += [name in held for name in names]
        counts += fires.sum(axis=1)
        times: Array = draw.multinomial(len(places), np.full(len(places), 1 / len(places)), DRAWS).astype(float)
        times = np.vstack([np.ones(len(places)), times])  # the first draw is the sample itself
        unsound, sound = times @ sizes[0], times @ sizes[1]
        total = np.maximum(1, unsound + sound)
        over += times @ fires[0] * (sound / total)[:, None]
        under += times @ fires[1] * (unsound / total)[:, None]
    drawn = (over + PSEUDO) / (under + PSEUDO)
    low, high = np.percentile(drawn[1:], (2.5, 97.5), axis=0)
    return {
        name: Ratio(int(counts[0, at]), int(counts[1, at]), float(drawn[0, at]), float(low[at]), float(high[at]))
        for at, name in enumerate(names)
    }


def least(claims: Sequence[Fired], names: Sequence[str]) -> dict[str, tuple[Ratio, str]]:
    """The lowest ratio of each kind that leaving out one data set gives, with that data set."""
    without = {
        dataset: ratios([claim for claim in claims if claim.dataset != dataset], names)
        for dataset in sorted({claim.dataset for claim in claims})
    }
    return {
        name: min(((found[name], dataset) for dataset, found in without.items()), key=lambda pair: pair[0].point)
        for name in names
    }


def print_ratios(title: str, names: Sequence[str], samples: dict[str, list[Fired]], decides: str) -> None:
    found = {sample: ratios(claims, names) for sample, claims in samples.items()}
    lowest = least(samples[decides], names)
    print(f"\n| {title} | " + " | ".join(samples) + f" | on {decides} | least without one data set |")
    print("| --- |" + " --- |" * (len(samples) + 2))
    for name in sorted(names, key=lambda one: -found[decides][one].point):
        cells = [str(found[sample][name]) for sample in samples]
        verdict = "stays" if found[decides][name].stays else "goes"
        ratio, dataset = lowest[name]
        print(
            f"| {name} | "
            + " | ".join(cells)
            + f" | {verdict} | {ratio.point:.2f}, {ratio.low:.2f} at least ({dataset}) |"
        )


def print_counts(title: str, claims: Sequence[Fired], names: Sequence[str]) -> None:
    """On how many unsound and sound claims of each data set each kind fires."""
    print(f"\n{title}, unsound : sound claims that a kind fires on\n")
    print("| Data set | claims | " + " | ".join(names) + " |")
    print("| --- | --- |" + " --- |" * len(names))
    for dataset in sorted({claim.dataset for claim in claims}):
        own = [claim for claim in claims if claim.dataset == dataset]
        sides = [[claim for claim in own if claim.sound == sound] for sound in (False, True)]
        cells = [" : ".join(str(sum(name in one.kinds for one in side)) for side in sides) for name in names]
        print(f"| {dataset} | {len(sides[0])} : {len(sides[1])} | " + " | ".join(cells) + " |")


def print_pairs() -> None:
    """How many broken claims of `evals/pairs` have a finding against the gold evidence, and how many of their sound twins."""
    caught: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for file in sorted((EVALS / "pairs").glob("*.json")):
        labelled = json.loads(file.read_text(encoding="utf-8"))
        document = Document.of((EVALS / "articles" / labelled["article"]).read_text(encoding="utf-8"))
        every = sentences(document)
        for pair in labelled["pairs"]:
            evidence = [
                one for one in every if any(one.text in quote or quote in one.text for quote in pair["evidence"])
            ]
            given = passage_of(evidence, document.text)
            caught[pair["error"]][0] += 1
            caught[pair["error"]][1] += bool(compare(pair["broken"], given))
            caught[pair["error"]][2] += bool(compare(pair["supported"], given))
    print("\n| Our pairs, by kind of error | pairs | broken, found | sound, found |\n| --- | --- | --- | --- |")
    for error, counts in caught.items():
        print(f"| {error} | " + " | ".join(map(str, counts)) + " |")


def main() -> None:
    parser = argparse.ArgumentParser(description="Likelihood ratios of the kinds of findings.")
    parser.add_argument("dev", type=Path)
    parser.add_argument("--train", type=Path)
    given = parser.parse_args()

    dev = fired(given.dev, half_of, lambda dataset: dataset not in ONE_LABEL)
    natural = [claim for claim in dev if claim.dataset not in PLANTED]
    samples = {f"half {half}": [claim for claim in natural if claim.half == half] for half in "AB"}
    decides = "half A"
    if given.train:
        left_out = {**PLANTED, **ONE_LABEL}
        train = fired(given.train, lambda _: "train", lambda dataset: dataset not in left_out)
        decides = "half A and train"
        samples[decides] = samples["half A"] + train
    samples["planted errors of dev"] = [claim for claim in dev if claim.dataset in PLANTED]

    print("| Sample | claims | unsound : sound | data sets |")
    print("| --- | --- | --- | --- |")
    for sample, claims in samples.items():
        sound = sum(claim.sound for claim in claims)
        held = ", ".join(sorted({claim.dataset for claim in claims}))
        print(f"| {sample} | {len(claims)} | {len(claims) - sound} : {sound} | {held} |")
    print("\nLeft out of the natural samples: " + "; ".join(f"{name} ({why})" for name, why in PLANTED.items()) + ".")
    print(f"\nCells: unsound : sound claims that it fires on, **ratio** (95% by document). Stays above {BAR}.")
    every = [claim for claims in samples.values() for claim in claims]
    names = sorted({kind for claim in every for kind in claim.kinds})
    print_ratios("Kind", names, samples, decides)
    print_ratios("Split", sorted({split for claim in every for split in claim.splits}), samples, decides)
    print_pairs()
    print_counts("dev", natural, names)
    if given.train:
        print_counts("train", train, names)


if __name__ == "__main__":
    main()
