"""What the windows of the nli judge find and cost, beside other ones that were considered.

    python -m benchmarks.windows DEV.jsonl.xz TRAIN.jsonl.xz [--weights FOLDER] [--most N]

First, of the sound written claims that name the sentences which decide them (`training/written.jsonl.xz`, whose texts are
rows of TRAIN): the share of which all of these stand in the largest window, by their number. Then the AUC of raw
support on the dev parts of the suite and of the natural summaries, `development.jsonl` and half A of DEV (the data sets that word overlap does not solve, and
the others), claims of one sentence, with the words that were read for a claim.
"""

import argparse
import hashlib
import json
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from sklearn.metrics import roc_auc_score

from benchmarks.judged import HONEST, IN_TRAINING, NATURAL, Claim, claims_of, claims_of_suite, claims_written, half_of
from summarizer.judging.nli import BUILT_IN
from summarizer.judging.nli.model import cross_encoder
from summarizer.judging.nli.reading import CLEAR
from summarizer.judging.nli.windows import Window, window_of, windows
from summarizer.language.sentence_map import SentenceMap
from summarizer.language.sentences import Sentence, sentence_offsets, sentences
from summarizer.language.statements import bare
from summarizer.language.word_index import WordIndex
from summarizer.retrieval import Index
from summarizer.schema import Document
from training.rows import opened, read_rows
from training.written import FILE, MARKED

LONGEST = 40_000  # code points of a document
Cut = Callable[[Sequence[Sentence], SentenceMap], tuple[Window, ...]]


def best(*sizes: int) -> Cut:
    """Windows of so many best passages."""
    return lambda passages, _: tuple(
        window_of(passages[:size]) for size in dict.fromkeys(min(one, len(passages)) for one in sizes)
    )


def with_one_first(passages: Sequence[Sentence], places: SentenceMap) -> tuple[Window, ...]:
    """The windows as shipped behind one of the best passage alone."""
    return window_of(passages[:1]), *windows(passages, places)


CUTS: dict[str, Cut] = {
    "as shipped": windows,
    "one passage first": with_one_first,
    "1, 2, 3 passages": best(1, 2, 3),
    "1, 2, 5 passages": best(1, 2, 5),
}


def recall(train: Path, most: int) -> None:
    with opened(FILE) as lines:
        entries = [one for one in map(json.loads, lines) if len(one["claims"][0]) > MARKED and "document" in one][:most]
    wanted = {entry["document"] for entry in entries}
    texts = {hashlib.sha256(row.document.encode()).hexdigest(): row.document for row in read_rows(train)}
    found: Counter[tuple[str, int]] = Counter()
    total, read = Counter[int](), Counter[str]()
    for entry in entries:
        own = sentences(Document.of(texts[entry["document"]], id="d1"))
        sound = [(text, marked) for label, _, text, marked in entry["claims"] if label == "supported"]
        index, places = Index(WordIndex(own), [text for text, _ in sound]), SentenceMap(own)
        for text, marked in sound:
            needed = {own[entry["from"] + offset] for offset in marked}
            count, passages = min(len(needed), 3), index.search(text)
            total[count] += 1
            for name, cut in CUTS.items():
                largest = cut(passages, places)[-1] if passages else window_of(())
                found[name, count] += needed <= set(largest.sentences)
                read[name] += len(largest.text.split())
    print(f"{sum(total.values())} sound claims about {len(wanted)} texts\n")
    print(
        "| windows | one sentence needed | two | three or more | words of the largest |\n| --- | --- | --- | --- | --- |"
    )
    for name in CUTS:
        shares = " | ".join(f"{found[name, count] / total[count]:.0%}" for count in (1, 2, 3))
        print(f"| {name} | {shares} | {read[name] / sum(total.values()):.0f} |")


def areas(sets: dict[str, list[Claim]], weights: Path) -> None:
    model = cross_encoder(weights)
    print(f"\n{model.name}@{model.digest[:12]}\n\n| windows | " + " | ".join(f"{name}, words" for name in sets) + " |")
    print("| --- |" + " --- |" * len(sets))
    cells: dict[str, list[str]] = {name: [] for name in CUTS}
    for claims in sets.values():
        scores: dict[str, list[float]] = {name: [] for name in CUTS}
        labels: list[bool] = []
        read = Counter[str]()
        for claim in claims:
            text, document = bare(" ".join(claim.text.split())), Document.of(claim.document, id="d1")
            if len(sentence_offsets(text)) != 1 or len(document.text) > LONGEST:
                continue
            own = sentences(document)
            passages = Index(WordIndex(own), [text]).search(text)
            if not passages:
                continue
            labels.append(claim.sound)
            places = SentenceMap(own)
            for name, cut in CUTS.items():
                chances = [0.0]
                for window in cut(passages, places):
                    chances.append(model(text, window.text).supported)
                    read[name] += len(window.text.split())
                    if chances[-1] >= CLEAR:
                        break
                scores[name].append(max(chances))
        for name in CUTS:
            cells[name].append(f"{roc_auc_score(labels, scores[name]):.3f}, {read[name] / len(labels):.0f}")
    for name, own_cells in cells.items():
        print(f"| {name} | {' | '.join(own_cells)} |")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dev", type=Path)
    parser.add_argument("train", type=Path)
    parser.add_argument("--weights", type=Path, default=BUILT_IN)
    parser.add_argument("--most", type=int, default=40, help="claims of each label of each data set")
    parser.add_argument("--texts", type=int, default=400, help="texts of written claims")
    options = parser.parse_args()
    recall(options.train, options.texts)
    rows = [one for one in claims_of(options.dev, most=options.most) if half_of(one.document) == "A"]
    rows = [one for one in rows if one.dataset not in IN_TRAINING]
    sets = {
        "suite, dev": claims_of_suite("dev"),
        "natural, dev": claims_of_suite("dev", NATURAL),
        "development.jsonl": claims_written(),
        "half A, honest": [one for one in rows if one.dataset in HONEST],
        "half A, others": [one for one in rows if one.dataset not in HONEST],
    }
    areas(sets, options.weights)


if __name__ == "__main__":
    main()
