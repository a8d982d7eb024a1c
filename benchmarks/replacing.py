"""How right it is to call a claim contradicted because the source says it with other words in the place of some of its own.

    python -m benchmarks.replacing DEV.jsonl.xz

Claims of one sentence, sound and unsound: half A and half B of the development data (without snli and mnli), the pairs and
the suite of `evals/` by their split. Printed are unsound : sound claims that each rule of `judging/nli/replacing.py` finds
contradicted, the ratio of the shares, and what share is unsound where four in five claims are sound. The bounds were
chosen on half A and the dev parts; half B and the test parts report.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from benchmarks.judged import claims_of, claims_of_suite, half_of
from summarizer.judging.nli import BUILT_IN, HALF, compared
from summarizer.judging.nli.model import cross_encoder
from summarizer.judging.nli.reading import read
from summarizer.judging.nli.replacing import rivalled
from summarizer.judging.nli.windows import windows
from summarizer.language.sentence_map import SentenceMap
from summarizer.language.sentences import sentence_offsets, sentences
from summarizer.language.word_index import WordIndex
from summarizer.retrieval import Index
from summarizer.schema import Claim, Document, Kind, Span

EVALS = Path(__file__).parents[1] / "evals"
LEFT_OUT = frozenset({"snli", "mnli"})  # captions of pictures, and premises of one sentence
USUAL = 0.8  # share of sound claims


def rows(dev: Path, part: str) -> Iterator[tuple[str, str, str, bool]]:
    """Group, source, claim and whether it is sound; `part` is `dev` or `test`."""
    for file in sorted((EVALS / "pairs").glob("*.json")):
        held = json.loads(file.read_text(encoding="utf-8"))
        if held["split"] == part:
            text = (EVALS / "articles" / held["article"]).read_text(encoding="utf-8")
            for pair in held["pairs"]:
                yield "pairs", text, pair["broken"], False
                yield "pairs", text, pair["supported"], True
    for claim in claims_of_suite("dev" if part == "dev" else "test"):
        yield "suite", claim.document, claim.text, claim.sound
    for claim in claims_of(dev):
        wanted = half_of(claim.document) == ("A" if part == "dev" else "B")
        if wanted and claim.dataset not in LEFT_OUT and len(sentence_offsets(claim.text)) == 1:
            yield "benchmarks", claim.document, claim.text, claim.sound


def found(source: str, text: str) -> str:
    """The rule that calls the claim contradicted; empty where none does."""
    model, document = cross_encoder(BUILT_IN), Document.of(source)
    text = " ".join(text.split())
    claim = Claim(id="c1", text=text, kind=Kind.EVENT, origin=Span(start=0, end=len(text)))
    split = sentences(document)
    passages = Index(WordIndex(split), [text]).search(text)
    if not passages or not model.fits(text, ""):
        return ""
    if compared(claim, passages, document.text).differing(claim, model):
        return "words that no source has"
    if read(text, windows(passages, SentenceMap(split)), model).chances.supported >= HALF:
        return ""
    return "a value of the same sort" if rivalled(claim, passages[0], model) else ""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dev", type=Path)
    dev = parser.parse_args().dev
    print(
        "| Part | Rule | unsound : sound | ratio | unsound where four in five are sound | pairs | suite | benchmarks |"
    )
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    for part in ("dev", "test"):
        whole: Counter[bool] = Counter()
        hits: Counter[tuple[str, str, bool]] = Counter()
        for group, source, text, sound in rows(dev, part):
            whole[sound] += 1
            if rule := found(source, text):
                hits[rule, group, sound] += 1
        for rule in ("words that no source has", "a value of the same sort"):
            bad, good = (sum(n for (one, _, kind), n in hits.items() if one == rule and kind is sound) for sound in (False, True))  # fmt: skip
            ratio = (bad / whole[False]) / (max(1, good) / whole[True])
            odds = ratio * (1 - USUAL) / USUAL
            by_group = " | ".join(f"{hits[rule, one, False]} : {hits[rule, one, True]}" for one in ("pairs", "suite", "benchmarks"))  # fmt: skip
            print(f"| {part} ({whole[False]} : {whole[True]}) | {rule} | {bad} : {good} | {ratio:.1f} | {odds / (1 + odds):.2f} | {by_group} |")  # fmt: skip


if __name__ == "__main__":
    main()
