"""What the extractive writer chooses, beside the first sentences and two libraries' methods.

    python -m benchmarks.writers DEV.jsonl.xz TRAIN.jsonl.xz [--articles FOLDER] [--half A] [--without] [--fit]

ROUGE-1, -2 and -L (F1, stems, as `rouge-score` has them) of three sentences against reference summaries, of half B of
the documents, with 95% intervals of the difference to the first three sentences, by document. With `--articles`, the
share of the chosen sentences that are labelled as key in long pages and papers, and the time it takes. `--without`
leaves out one part of the writer at a time, in place of the rivals. `--fit` fits the weights of words on half A
(`pip install -e '.[study,train]'`).
"""

import argparse
import re
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
from numpy.typing import NDArray
from rouge_score import rouge_scorer

from benchmarks.references import MODELS, NEWS, TOKENS, Article, Labelled, articles, labelled
from summarizer.language.sentences import Sentence, sentences
from summarizer.language.words import content_stems, words
from summarizer.schema import Document
from summarizer.writing import Length, extractive
from summarizer.writing.extractive import FEWEST_WORDS, choose
from summarizer.writing.outline import outline
from summarizer.writing.standing import stands_alone, told
from summarizer.writing.word_weights import Features, Read, features

SENTENCES = 3
DRAWS = 5_000
FITTED_ON = (NEWS, TOKENS, MODELS, "news, summaries of language models")
MEASURES = ("rouge1", "rouge2", "rougeL")
Chosen = list[tuple[Sentence, str]]
Writer = Callable[[Sequence[Sentence]], Chosen]
PARTS: dict[str, dict[str, Any]] = {
    "without exchanges": {"EXCHANGES": 0},
    "without gains by place": dict.fromkeys(("EARLY", "FIRST_BELOW_HEADING", "CLOSING", "ANNOUNCING", "METHOD"), 0),
    "without losses by voice": dict.fromkeys(("OWN_VOICE", "SPOKEN", "ISOLATED"), 0),
    "without overhead": {"PROSE": extractive.PROSE._replace(overhead=0)},
    "with an overhead of 30": {"PROSE": extractive.PROSE._replace(overhead=30)},
    "speech as prose": {"SPEECH": extractive.PROSE},
    "sentences that lean as well": {"stands_alone": lambda *_: True},
}


def first(split: Sequence[Sentence]) -> Chosen:
    return [(sentence, sentence.text) for sentence in split[:SENTENCES]]


def first_standing(split: Sequence[Sentence]) -> Chosen:
    """The first sentences of the text itself that can be read alone, as `ours` knows them."""
    found = outline(split, fewest=FEWEST_WORDS[0])
    standing = [place for place in found.places if not place.quoted and stands_alone(place.text, found.genre)]
    return [(place.sentence, place.text) for place in standing[:SENTENCES]] or first(split)


def ours(split: Sequence[Sentence]) -> Chosen:
    return [(place.sentence, place.text) for place in choose(split, Length(SENTENCES, "sentences"))]


def changed(names: dict[str, Any]) -> Writer:
    """Ours with other values for some names of its module."""

    def write(split: Sequence[Sentence]) -> Chosen:
        with patch.multiple(extractive, **names):
            return ours(split)

    return write


def library(name: str) -> Writer:
    """A method of `sumy`, on our sentences."""
    from sumy.models.dom import ObjectDocumentModel, Paragraph
    from sumy.models.dom import Sentence as Line
    from sumy.nlp.stemmers import Stemmer
    from sumy.summarizers.lex_rank import LexRankSummarizer
    from sumy.summarizers.text_rank import TextRankSummarizer

    class Words:
        def to_words(self, text: str) -> list[str]:
            return re.findall(r"[^\W\d_]+", text)

    method = {"TextRank": TextRankSummarizer, "LexRank": LexRankSummarizer}[name](Stemmer("english"))
    method.stop_words = _stop_words()

    def write(split: Sequence[Sentence]) -> Chosen:
        lines = [Line(sentence.text, Words()) for sentence in split]
        by_line = {id(line): sentence for line, sentence in zip(lines, split, strict=True)}
        chosen = method(ObjectDocumentModel([Paragraph(lines)]), SENTENCES)
        return [(by_line[id(line)], by_line[id(line)].text) for line in chosen]

    return write


def _stop_words() -> frozenset[str]:
    from sumy.utils import get_stop_words

    found: frozenset[str] = get_stop_words("english")
    return found


def rouge(article: Article, text: str, scorer: rouge_scorer.RougeScorer) -> list[float]:
    """The mean over the references."""
    scores = [scorer.score(reference, text) for reference in article.references]
    return [100 * sum(score[name].fmeasure for score in scores) / len(scores) for name in MEASURES]


def interval(values: NDArray[np.float64]) -> str:
    """Mean and 95% of draws of documents."""
    draw = np.random.default_rng(7).integers(0, len(values), (DRAWS, len(values)))
    low, high = np.percentile(values[draw].mean(axis=1), [2.5, 97.5])
    return f"{values.mean():+.1f} ({low:+.1f} to {high:+.1f})"


def print_rouge(kind: str, found: Sequence[Article], writers: dict[str, Writer]) -> None:
    scorer = rouge_scorer.RougeScorer(MEASURES, use_stemmer=True)
    split = [sentences(Document.of(article.text)) for article in found]
    texts = {name: [" ".join(text for _, text in write(own)) for own in split] for name, write in writers.items()}
    scores = {
        name: np.array([rouge(article, text, scorer) for article, text in zip(found, own, strict=True)])
        for name, own in texts.items()
    }
    print(f"\n{kind}: {len(found)} documents\n")
    print("| writer | ROUGE-1 | ROUGE-2 | ROUGE-L | words | ROUGE-1 beside the first three | ROUGE-2 | ROUGE-L |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    for name, own in scores.items():
        means = " | ".join(f"{mean:.1f}" for mean in own.mean(axis=0))
        length = np.mean([len(text.split()) for text in texts[name]])
        beside = (
            [interval((own - scores["first three"])[:, at]) for at in range(3)] if name != "first three" else [""] * 3
        )
        print(f"| {name} | {means} | {length:.0f} | {' | '.join(beside)} |")


def print_key(found: Sequence[Labelled], writers: dict[str, Writer]) -> None:
    split = [sentences(Document.of(one.text)) for one in found]
    print(f"\nLong pages, papers and transcripts: {len(found)} texts, share of the chosen sentences that are key\n")
    print("| writer | half A | half B | all | beside the first three |")
    print("| --- | --- | --- | --- | --- |")
    shares = {
        name: np.array([key_share(one, write(own)) for one, own in zip(found, split, strict=True)])
        for name, write in writers.items()
    }
    for name, own in shares.items():
        halves = [own[[one.half == half for one in found]].mean() for half in "AB"]
        beside = interval(100 * (own - shares["first three"])) if name != "first three" else ""
        print(f"| {name} | {halves[0]:.0%} | {halves[1]:.0%} | {own.mean():.0%} | {beside} |")
    print("\n| text | key sentences | " + " | ".join(shares) + " |\n| --- | --- |" + " --- |" * len(shares))
    for at, one in enumerate(found):
        print(f"| {one.name} | {len(one.key)} | " + " | ".join(f"{own[at]:.0%}" for own in shares.values()) + " |")


def key_share(text: Labelled, chosen: Chosen) -> float:
    hits = [any(_shared(sentence, key) for key in text.key) for sentence, _ in chosen]
    return sum(hits) / max(1, len(hits))


def _shared(sentence: Sentence, key: tuple[int, int]) -> bool:
    """Whether they have at least half of the shorter one in common: splitters differ."""
    common = min(sentence.end, key[1]) - max(sentence.start, key[0])
    return common >= 0.5 * min(sentence.end - sentence.start, key[1] - key[0])


def print_times(folder: Path) -> None:
    print("\n| text | words | sentences | ms of processor time, splitting left out |\n| --- | --- | --- | --- |")
    for file in sorted(folder.glob("*.txt"), key=lambda file: file.stat().st_size)[::6]:
        text = file.read_text(encoding="utf-8")
        split = sentences(Document.of(text))
        start = time.process_time()
        ours(split)
        print(f"| {file.stem} | {len(text.split())} | {len(split)} | {1_000 * (time.process_time() - start):.0f} |")


def fit(found: Sequence[Article]) -> None:
    """Print the weights of words, fitted on half A."""
    from sklearn.linear_model import LogisticRegression

    rows: list[Features] = []
    labels: list[int] = []
    weights: list[float] = []
    for article in found:
        places = outline(sentences(Document.of(article.text)), fewest=FEWEST_WORDS[0]).places
        if not places:
            continue
        known = features([Read(words(told(place.text)), place.rank) for place in places])
        references = [frozenset(content_stems(reference)) for reference in article.references]
        for stem, own in known.items():
            share = sum(stem in reference for reference in references) / len(references)
            for label, weight in ((1, share), (0, 1 - share)):
                if weight:
                    rows.append(own)
                    labels.append(label)
                    weights.append(weight)
    values = np.array(rows)
    mean, deviation = values.mean(axis=0), values.std(axis=0)
    model = LogisticRegression(max_iter=1_000).fit((values - mean) / deviation, labels, sample_weight=weights)
    fitted = model.coef_[0] / deviation
    print(f"fitted on {len(found)} documents with summaries, {len(rows)} words")
    print(
        f"WEIGHTS = Features({', '.join(f'{name}={one:.2f}' for name, one in zip(Features._fields, fitted, strict=True))})"
    )
    print(f"BIAS = {model.intercept_[0] - float((fitted * mean).sum()):.2f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("claims", type=Path, nargs="+")
    parser.add_argument("--articles", type=Path)
    parser.add_argument("--half", choices="AB", default="B")
    parser.add_argument("--without", action="store_true")
    parser.add_argument("--fit", action="store_true")
    options = parser.parse_args()
    found = articles(options.claims)
    if options.fit:
        fit([one for one in found if one.half == "A" and one.kind in FITTED_ON])
        return
    writers: dict[str, Writer] = {"first three": first}
    if options.without:
        writers |= {name: changed(names) for name, names in PARTS.items()}
    else:
        writers |= {"first three that can be read alone": first_standing}
        writers |= {name: library(name) for name in ("TextRank", "LexRank")}
    writers["extractive"] = ours
    by_kind: dict[str, list[Article]] = defaultdict(list)
    for article in found:
        if article.half == options.half:
            by_kind[article.kind].append(article)
    for kind in sorted(by_kind, key=lambda kind: (kind != NEWS, kind)):
        print_rouge(kind, by_kind[kind], writers)
    if options.articles:
        print_key(labelled(options.articles), writers)
        print_times(options.articles)


if __name__ == "__main__":
    main()
