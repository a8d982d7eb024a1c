"""How right it is to call a claim contradicted because the source says it with other words in the place of some of its own.

    python -m benchmarks.replacing DEV.jsonl.xz

Claims of one sentence, sound and unsound: half A and half B of the development data (without snli and mnli), the pairs and
the suite of `evals/` by their split. Printed are unsound : sound claims that `differs_in_a_value` and each rule of
`judging/nli/replacing.py` find contradicted, the ratio of the shares (with no sound claim found, one is counted), what share is unsound where four in five
claims are sound, and how many of the unsound ones that have a label of three are contradicted. Bounds and the chances that are
shown were chosen on half A and the dev parts; half B and the test parts report.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.judged import claims_of, claims_of_suite, half_of
from summarizer.judging.nli import BUILT_IN, HALF
from summarizer.judging.nli.model import cross_encoder
from summarizer.judging.nli.reading import read
from summarizer.judging.nli.replacing import rivalled
from summarizer.judging.nli.values import compared, differs_in_a_value
from summarizer.judging.nli.windows import windows
from summarizer.language.sentence_map import SentenceMap
from summarizer.language.sentences import sentence_offsets, sentences
from summarizer.language.word_index import WordIndex
from summarizer.retrieval import Index
from summarizer.schema import Claim, Document, Kind, Label, Span

EVALS = Path(__file__).parents[1] / "evals"
LEFT_OUT = frozenset({"snli", "mnli"})  # captions of pictures, and premises of one sentence
RULES = ("the same words but for a value", "words that no source has", "a value of the same sort")
GROUPS = ("pairs", "suite", "benchmarks")
USUAL = 0.8  # share of sound claims


class Row(NamedTuple):
    """A claim with its source."""

    group: str
    source: str
    text: str
    sound: bool
    verdict: str | None
    """Its label of three, where the data set has one."""


def rows(dev: Path, part: str) -> Iterator[Row]:
    """The claims of `dev` or `test`."""
    for file in sorted((EVALS / "pairs").glob("*.json")):
        held = json.loads(file.read_text(encoding="utf-8"))
        if held["split"] == part:
            text = (EVALS / "articles" / held["article"]).read_text(encoding="utf-8")
            for pair in held["pairs"]:
                yield Row("pairs", text, pair["broken"], False, Label.CONTRADICTED)
                yield Row("pairs", text, pair["supported"], True, Label.SUPPORTED)
    for claim in claims_of_suite("dev" if part == "dev" else "test"):
        yield Row("suite", claim.document, claim.text, claim.sound, claim.verdict)
    for claim in claims_of(dev):
        wanted = half_of(claim.document) == ("A" if part == "dev" else "B")
        if wanted and claim.dataset not in LEFT_OUT and len(sentence_offsets(claim.text)) == 1:
            yield Row("benchmarks", claim.document, claim.text, claim.sound, claim.verdict)


def found(source: str, text: str) -> str:
    """The rule that calls the claim contradicted; empty where none does."""
    model, document = cross_encoder(BUILT_IN), Document.of(source)
    text = " ".join(text.split())
    claim = Claim(id="c1", text=text, kind=Kind.EVENT, origin=Span(start=0, end=len(text)))
    split = sentences(document)
    passages = Index(WordIndex(split), [text]).search(text)
    if not passages or not model.fits(text, ""):
        return ""
    if differs_in_a_value(claim, passages, document.text, model):
        return RULES[0]
    if compared(claim, passages, document.text).differing(claim, model):
        return RULES[1]
    if read(text, windows(passages, SentenceMap(split)), model).chances.supported >= HALF:
        return ""
    return RULES[2] if rivalled(claim, passages[0], model) else ""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dev", type=Path)
    dev = parser.parse_args().dev
    told = "unsound : sound | ratio | unsound where four in five are sound | contradicted"
    print(f"| Part | Rule | {told} | {' | '.join(GROUPS)} |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    for part in ("dev", "test"):
        whole: Counter[bool] = Counter()
        hits: dict[str, list[Row]] = {rule: [] for rule in RULES}
        for row in rows(dev, part):
            whole[row.sound] += 1
            if rule := found(row.source, row.text):
                hits[rule].append(row)
        for rule, own in hits.items():
            print(f"| {part} ({whole[False]} : {whole[True]}) | {rule} | {shares(own, whole)} |")


def shares(hits: Sequence[Row], whole: Counter[bool]) -> str:
    def count(group: str = "") -> str:
        own = [row.sound for row in hits if group in ("", row.group)]
        return f"{own.count(False)} : {own.count(True)}"

    bad, good = sum(not row.sound for row in hits), sum(row.sound for row in hits)
    ratio = (bad / whole[False]) / (max(1, good) / whole[True])
    odds = ratio * (1 - USUAL) / USUAL
    told = [row.verdict == Label.CONTRADICTED for row in hits if not row.sound and row.verdict]
    groups = " | ".join(count(group) for group in GROUPS)
    return f"{count()} | {ratio:.1f} | {odds / (1 + odds):.2f} | {sum(told)} of {len(told)} | {groups}"


if __name__ == "__main__":
    main()
