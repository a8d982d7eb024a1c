"""Sentence splitting and language detection in ten languages, beside libraries: `python -m benchmarks.languages`.

The texts of `evals/sentences/languages.json` were written and split for this project, thirty sentences a language. The
abbreviations of a language were written before the texts were split; a boundary counts where it falls behind the same
character but for white space. Libraries that are not installed are left out (`pip install pysbd sentencex syntok`).
"""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path

from summarizer.language.detection import language_of
from summarizer.language.sentences import sentence_offsets

FILE = Path(__file__).parents[1] / "evals" / "sentences" / "languages.json"
Splitter = Callable[[str, str], Iterable[str]]


def ours(text: str, _: str) -> Iterable[str]:
    return [text[start:end] for start, end in sentence_offsets(text)]


def rivals() -> dict[str, Splitter]:
    """The libraries that are installed."""
    found: dict[str, Splitter] = {}
    try:
        import pysbd

        found["pysbd"] = lambda text, code: pysbd.Segmenter(language=code if code != "pt" else "es").segment(text)
    except ImportError:
        pass
    try:
        import sentencex

        found["sentencex"] = lambda text, code: sentencex.segment(code, text)
    except ImportError:
        pass
    try:
        import syntok.segmenter as syntok

        def with_syntok(text: str, _: str) -> Iterable[str]:
            return [
                "".join(token.spacing + token.value for token in one) for part in syntok.analyze(text) for one in part
            ]

        found["syntok"] = with_syntok
    except ImportError:
        pass
    return found


def ends(pieces: Iterable[str]) -> set[int]:
    """Where sentences end, counted in characters that are no white space."""
    found, at = set(), 0
    for piece in pieces:
        at += len("".join(piece.split()))
        if piece.strip():
            found.add(at)
    return found


def main() -> None:
    cases = json.loads(FILE.read_text(encoding="utf-8"))
    splitters = {"ours": ours, **rivals()}
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    told: Counter[tuple[str, str]] = Counter()
    for case in cases:
        pieces = case["marked"].split("‖")
        text = case["marked"].replace("‖", "")
        for name, split in splitters.items():
            gold, found = ends(pieces), ends(split(text, case["language"]))
            counts[case["language"], name].update(right=len(gold & found), found=len(found), gold=len(gold))
        for piece in pieces:
            told[case["language"], language_of(piece.strip()) or "in doubt"] += 1
    print(f"F1 of sentence ends\n{'':4}" + "".join(f"{name:>12}" for name in splitters))
    for code in dict.fromkeys(case["language"] for case in cases):
        shown = (counts[code, name] for name in splitters)
        print(f"{code:4}" + "".join(f"{2 * one['right'] / (one['found'] + one['gold']):12.3f}" for one in shown))
    right = sum(number for (code, said), number in told.items() if code == said)
    doubt = sum(number for (_, said), number in told.items() if said == "in doubt")
    print(
        f"\nlanguage of a sentence: {right} right, {doubt} in doubt, {told.total() - right - doubt} wrong of {told.total()}"
    )


if __name__ == "__main__":
    main()
