"""Score sentence splitters on the labelled passages, and time them.

    python benchmarks/sentences.py [FOLDER of texts to time on; default: seeds]

Needs the rivals: pip install -e '.[study]'. A sentence counts as found where both
its ends are right. sentencex and syntok are asked for English, as they would be
by a tool that does not know the language.
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

import sentencex
import syntok.segmenter

from summarizer.language.sentences import sentence_offsets

ROOT = Path(__file__).parents[1]
MARK = "‖"
Offsets = list[tuple[int, int]]


def ours(text: str) -> Offsets:
    return list(sentence_offsets(text))


def by_sentencex(text: str) -> Offsets:
    boundaries = sentencex.get_sentence_boundaries("en", text)
    return trimmed(text, [(boundary["start_index"], boundary["end_index"]) for boundary in boundaries])


def by_syntok(text: str) -> Offsets:
    found = []
    for paragraph in syntok.segmenter.analyze(text):
        for tokens in paragraph:
            sentence = list(tokens)
            found.append((sentence[0].offset, sentence[-1].offset + len(sentence[-1].value)))
    return found


SPLITTERS: dict[str, Callable[[str], Offsets]] = {"ours": ours, "sentencex": by_sentencex, "syntok": by_syntok}


def trimmed(text: str, offsets: Offsets) -> Offsets:
    found = []
    for start, end in offsets:
        piece = text[start:end]
        if piece.strip():
            found.append((start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())))
    return found


def gold(marked: str) -> Offsets:
    at, found = 0, []
    for piece in marked.split(MARK):
        found.append((at, at + len(piece)))
        at += len(piece)
    return trimmed(marked.replace(MARK, ""), found)


def score(split: Callable[[str], Offsets], file: Path) -> tuple[float, float, float]:
    hits = wanted = found = 0
    for passage in json.loads(file.read_text(encoding="utf-8")):
        right, given = set(gold(passage["marked"])), set(split(passage["marked"].replace(MARK, "")))
        hits, wanted, found = hits + len(right & given), wanted + len(right), found + len(given)
    return hits / found, hits / wanted, 2 * hits / (found + wanted)


def megabytes_per_second(split: Callable[[str], Offsets], text: str) -> float:
    best = float("inf")
    for _ in range(3):
        start = time.perf_counter()
        split(text)
        best = min(best, time.perf_counter() - start)
    return len(text.encode()) / 1e6 / best


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "seeds"
    text = "\n\n".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt")))
    text *= max(1, 500_000 // len(text))
    print("| Splitter | dev F1 | test precision | test recall | test F1 | MB/s |")
    print("| --- | --- | --- | --- | --- | --- |")
    for name, split in SPLITTERS.items():
        dev = score(split, ROOT / "evals" / "sentences" / "dev.json")
        test = score(split, ROOT / "evals" / "sentences" / "test.json")
        speed = megabytes_per_second(split, text)
        print(f"| {name} | {dev[2]:.3f} | {test[0]:.3f} | {test[1]:.3f} | {test[2]:.3f} | {speed:.1f} |")


if __name__ == "__main__":
    main()
