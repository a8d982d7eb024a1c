"""What witness and second look do for judges of every quality: simulated ones, through the real pipeline.

    python -m benchmarks.policies [DEV.jsonl.xz] [--most N]

A simulated judge knows the true label and is wrong at the stated rate, with a fixed seed; asked again it draws anew, or
repeats itself half of the time. It quotes the words that people named, or else the best passage. `lazy` calls all
claims supported and quotes the best passage; `liar` does so with words that stand nowhere. Each is asked about single
sentences of half B of the development claims and about the suite's test split, with no witness and with the embedded
one. An undecided claim counts as wrong in balanced accuracy; `again` are second questions for 100 claims.
"""

import argparse
import hashlib
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.judged import IN_TRAINING, claims_of
from summarizer.api import check
from summarizer.components import Components
from summarizer.drafts import Judgement, Judgements, QuoteDraft
from summarizer.errors import InputError
from summarizer.evaluation.cases import load_suite
from summarizer.extraction.sentences import SentenceExtractor
from summarizer.judging import Doubtful, Material
from summarizer.judging.nli import NliJudge
from summarizer.language.sentences import sentence_offsets
from summarizer.schema import Claim, Component, Document, Label, Verdict
from summarizer.writing.extractive import ExtractiveWriter

RATES = (0.0, 0.02, 0.05, 0.08, 0.12, 0.2, 0.35)
INVENTED = "The minister of floods denied the whole affair on Sunday evening."


class Question(NamedTuple):
    """A claim with its label and the words that decide it, where somebody named them."""

    text: str
    document: Document
    sound: bool
    label: Label
    quotes: tuple[str, ...] = ()


class Simulated:
    """A judge of known quality."""

    destination = "the text stays in this script"
    remote = False

    def __init__(self, name: str, rate: float, *, repeats: bool = False) -> None:
        self.about = Component(name=name)
        self.question: Question | None = None
        self.asked_again = 0
        self._name, self._rate, self._repeats = name, rate, repeats

    async def judge(self, claims: Sequence[Claim], material: Material) -> Judgements:
        return Judgements(judgements=tuple(self._answer(claim, material, 0) for claim in claims))

    async def review(self, doubts: Sequence[Doubtful], material: Material) -> Judgements:
        self.asked_again += len(doubts)
        return Judgements(judgements=tuple(self._answer(one.claim, material, 1) for one in doubts))

    async def close(self) -> None:
        """Nothing is held."""

    def _wrong(self, claim: Claim, turn: int) -> bool:
        drawn = random.Random(f"{self._name}/{claim.text}/{turn}")  # noqa: S311 (a draw that can be repeated)
        if turn and self._repeats and drawn.random() < 0.5:
            return self._wrong(claim, 0)
        return drawn.random() < self._rate

    def _answer(self, claim: Claim, material: Material, turn: int) -> Judgement:
        best = (*material.passages.get(claim.id, ()), *material.sentences)[0]
        nearest = (QuoteDraft(text=best.text, sentence=best.id),)
        if self._name == "liar":
            return Judgement(claim=claim.id, label=Label.SUPPORTED, quotes=(QuoteDraft(text=INVENTED),))
        if self._name == "lazy":
            return Judgement(claim=claim.id, label=Label.SUPPORTED, quotes=nearest)
        asked = self.question
        if asked is None:
            raise RuntimeError("no question was set")
        label = asked.label
        if self._wrong(claim, turn):
            label = Label.NOT_IN_SOURCE if asked.sound else Label.SUPPORTED
        return Judgement(claim=claim.id, label=label, quotes=tuple(map(_draft, asked.quotes)) or nearest)


def _draft(quote: str) -> QuoteDraft:
    return QuoteDraft(text=quote)


def _half(document: str) -> str:
    """That of `benchmarks.judged`."""
    return "A" if hashlib.sha256(document.encode()).digest()[0] % 2 == 0 else "B"


def of_dev(file: Path, most: int | None) -> Iterator[Question]:
    for one in claims_of(file, most=most):
        text = " ".join(one.text.split())
        if one.dataset in IN_TRAINING or _half(one.document) == "A" or len(sentence_offsets(text)) != 1:
            continue
        label = Label.SUPPORTED if one.sound else Label(one.verdict or "not_in_source")
        yield Question(text, Document.of(one.document), one.sound, label)


def of_suite() -> Iterator[Question]:
    for case in load_suite(None, split="test").cases:
        for summary in case.file.summaries:
            for one in summary.claims:
                if not one.ambiguous:
                    sound = one.label is Label.SUPPORTED
                    yield Question(
                        one.text, case.document, sound, one.label, tuple(one.evidence[0]) if one.evidence else ()
                    )


def judges() -> list[Simulated]:
    plain = [Simulated(f"{rate:.0%} errors", rate) for rate in RATES]
    stubborn = [Simulated(f"{rate:.0%} errors, repeats half", rate, repeats=True) for rate in RATES[1:]]
    return [*plain, *stubborn, Simulated("lazy", 1.0), Simulated("liar", 1.0)]


def table(title: str, questions: Sequence[Question]) -> None:
    witness = NliJudge()
    modes = {"none": (), "nli": (witness,)}
    everyone = {mode: judges() for mode in modes}
    counts: dict[tuple[str, str, bool], list[bool]] = defaultdict(list)
    for question in questions:
        for mode, own in everyone.items():
            for judge in own:
                judge.question = question
                built = Components(ExtractiveWriter(), SentenceExtractor(), judge, witnesses=modes[mode])
                try:
                    outcomes = [one.outcome for one in check(question.text, question.document, backend=built).checks]
                except InputError:
                    continue
                yes = all(isinstance(one, Verdict) and one.label is Label.SUPPORTED for one in outcomes)
                no = any(isinstance(one, Verdict) and one.label is not Label.SUPPORTED for one in outcomes)
                counts[mode, judge.about.name, question.sound].append(yes if question.sound else no)
                counts[f"{mode}+", judge.about.name, question.sound].append(yes)
    print(f"\n## {title}: {len(questions)} claims\n")
    print("| judge | witness | balanced accuracy | sound supported | unsound supported | again |")
    print("| --- | --- | --- | --- | --- | --- |")
    for place, one in enumerate(everyone["none"]):
        for mode, own in everyone.items():
            right = [counts[mode, one.about.name, sound] for sound in (True, False)]
            passed = [counts[f"{mode}+", one.about.name, sound] for sound in (True, False)]
            balanced = 50 * sum(sum(own_right) / len(own_right) for own_right in right)
            again = 100 * own[place].asked_again / sum(map(len, right))
            print(
                f"| {one.about.name} | {mode} | {balanced:.1f} | {sum(passed[0])} of {len(passed[0])} |"
                f" {sum(passed[1])} of {len(passed[1])} | {again:.1f} |"
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dev", type=Path, nargs="?")
    parser.add_argument("--most", type=int, help="claims of each label of each data set")
    options = parser.parse_args()
    table("The suite, test", list(of_suite()))
    if options.dev:
        table("Half B", list(of_dev(options.dev, options.most)))


if __name__ == "__main__":
    main()
