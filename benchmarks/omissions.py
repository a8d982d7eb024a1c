"""How well "omitted" is told: key sentences of the suite against summaries made of its own supported claims.

    python -m benchmarks.omissions [dev|test]

People labelled the key sentences of each article, and for each supported claim the sentences that it rests on. The
supported claims that are in other words than the source make a summary. A key sentence that no claim of it rests on is
omitted there; one that some claim rests on is not. Precision and recall of "omitted" are printed for the overlap of
words with the whole summary (the measure before), for the same with the threshold that is best on these very summaries,
and for what is shipped, with the pairs that the embedded judge reads and its time. The threshold of what is shipped was
chosen on dev.
"""

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from summarizer.coverage.reading import ENOUGH, Entailment, shares, statuses
from summarizer.evaluation.case_files import load_suite
from summarizer.evaluation.cases import Case, GoldClaim
from summarizer.judging.nli import BUILT_IN
from summarizer.judging.nli.model import CrossEncoder, cross_encoder
from summarizer.language.sentences import Sentence
from summarizer.language.sentences import sentences as sentences_of
from summarizer.language.words import content_stems
from summarizer.schema import Document, KeyStatus, Label

CLOSE = 0.8  # share of its stems in one sentence of the source from which on a claim is no paraphrase
HARD = 0.5  # the same, for claims in really different words


class Made(NamedTuple):
    """A summary of an article, and which key sentences it omits."""

    case: Case
    summary: Document
    omits: tuple[bool, ...]


class Counts(NamedTuple):
    right: int
    said: int
    there: int

    @property
    def f1(self) -> float:
        return 2 * self.right / max(1, self.said + self.there)

    def __str__(self) -> str:
        precision, recall = self.right / max(1, self.said), self.right / max(1, self.there)
        return f"{precision:9.3f} {recall:7.3f} {self.f1:7.3f} {self.said:6} {self.there:6}"


def made(split: str, words: float) -> Iterator[Made]:
    """A summary of every article of the split that has claims enough."""
    for case in load_suite().cases:
        if case.file.split != split or not case.file.key_sentences:
            continue
        source = [set(content_stems(one.text)) for one in sentences_of(case.document)]
        claims = [
            one
            for summary in case.file.summaries
            for one in summary.claims
            if one.label is Label.SUPPORTED and _in_other_words(one.text, source, words)
        ]
        if claims:
            text = " ".join(one.text for one in claims)
            omits = tuple(not _rests(claims, key) for key in case.file.key_sentences)
            yield Made(case, Document.of(text, id="summary"), omits)


def _in_other_words(text: str, source: list[set[str]], most: float) -> bool:
    own = set(content_stems(text))
    return bool(own) and max(len(own & stems) / len(own) for stems in source) < most


def _rests(claims: Sequence[GoldClaim], key: str) -> bool:
    return any(quote in key or key in quote for one in claims for way in one.evidence for quote in way)


class Counted:
    """The embedded model, with the pairs that it was asked."""

    def __init__(self, model: CrossEncoder) -> None:
        self.model, self.pairs = model, 0

    def __call__(self, claim: str, text: str) -> float:
        self.pairs += 1
        return self.model(claim, text).supported


Teller = Callable[[Document, Sequence[Sentence], Sequence[str]], list[bool]]
"""Which quotes a summary omits."""


def by_overlap(threshold: float) -> Teller:
    """Omitted is what has less than that share of its weighted stems anywhere in the summary."""
    return lambda summary, split, quotes: [share < threshold for share in shares(summary, split, quotes)]


def as_shipped(entails: Entailment | None) -> Teller:
    return lambda summary, split, quotes: [
        one is KeyStatus.OMITTED for one in statuses(summary, split, quotes, entails)
    ]


def score(summaries: list[Made], teller: Teller) -> Counts:
    right = said = there = 0
    for one in summaries:
        found = teller(one.summary, sentences_of(one.case.document), one.case.file.key_sentences)
        right += sum(a and b for a, b in zip(found, one.omits, strict=True))
        said += sum(found)
        there += sum(one.omits)
    return Counts(right, said, there)


def main() -> None:
    split = sys.argv[1] if len(sys.argv) > 1 else "test"
    for words in (CLOSE, HARD):
        summaries = list(made(split, words))
        keys = sum(len(one.omits) for one in summaries)
        print(f"{split}, claims with less than {words:g} of their words in any one sentence of the source:")
        print(f"{len(summaries)} summaries, {keys} key sentences")
        print(f"{'':26} precision  recall      F1   said  there")
        print(f"{'overlap, as before (0.5)':26} {score(summaries, by_overlap(ENOUGH))}")
        best = max(range(1, 20), key=lambda at: score(summaries, by_overlap(at / 20)).f1) / 20
        print(f"{f'overlap at its best ({best:g})':26} {score(summaries, by_overlap(best))}")
        print(f"{'shipped, words alone':26} {score(summaries, as_shipped(None))}")
        model = Counted(cross_encoder(BUILT_IN))
        begun = time.process_time()
        print(f"{'shipped':26} {score(summaries, as_shipped(model))}")
        took = 1000 * (time.process_time() - begun) / len(summaries)
        print(f"{model.pairs / len(summaries):.1f} pairs and {took:.0f} ms of CPU a summary\n")


if __name__ == "__main__":
    main()
