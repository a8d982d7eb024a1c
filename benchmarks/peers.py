"""Checkers without a model, ours and three of PyPI, on the same claims; and what each kind of error is caught by.

    pip install -e '.[study,train]'
    python -m benchmarks.peers DEV.jsonl.xz

Claims of the suite, claims of ragtruth_sub_sent, and the pairs of a sound and a broken claim
per kind of error. Each system is asked with the threshold that it ships with; IDF coverage with
the one that suits DEV best. Nothing is chosen on the suite. A claim that a guard has a finding
against is unsupported to "guards alone". Times are processor time, with the reading of the text.
"""

import argparse
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from benchmarks.checker import Rows, best_threshold
from benchmarks.guards import pairs
from benchmarks.rows import Row, read_rows
from summarizer.evaluation.cases import load_suite
from summarizer.findings import compare, passage_of
from summarizer.judging import Material
from summarizer.judging.lexical.claim_score import judge_claims
from summarizer.judging.lexical.overlap import coverage, rank
from summarizer.judging.lexical.source_index import Source
from summarizer.judging.lexical.trees import checker
from summarizer.language.sentences import sentences
from summarizer.language.statements import read_statement
from summarizer.retrieval import Index
from summarizer.schema import Claim, Document, Kind, Label, Span

DATASET = "ragtruth_sub_sent"


class Said(NamedTuple):
    """What a system says of a claim."""

    supported: bool
    score: float | None = None
    """Higher for what is more likely supported, where the system has such a thing."""


class Asked(NamedTuple):
    """A labelled claim with its text."""

    document: str
    claim: str
    supported: bool
    kind: str = ""


System = Callable[[str, Sequence[str]], list[Said]]


def trees(text: str, claims: Sequence[str]) -> list[Said]:
    """The embedded backend, forced to choose, before the guards' veto."""
    document = Document.of(text)
    every = sentences(document)
    read = [
        Claim(id=f"c{at}", text=claim, origin=Span(start=0, end=len(claim)), kind=Kind.EVENT)
        for at, claim in enumerate(claims, start=1)
    ]
    index = Index({document.id: text}, every, claims)
    material = Material([document], every, {one.id: index.search(one.text) for one in read})
    drafts = judge_claims(read, material, decide=True)
    return [Said(one.outcome is Label.SUPPORTED, one.confidence) for one in drafts]


def guards(text: str, claims: Sequence[str]) -> list[Said]:
    document = Document.of(text)
    every = sentences(document)
    index = Index({document.id: text}, every, claims)
    found = []
    for claim in claims:
        evidence = index.search(claim)
        findings = compare(claim, passage_of(evidence, document, every)) if evidence else ()
        found.append(Said(bool(evidence) and not findings, -float(len(findings)) if evidence else -99.0))
    return found


def covered(text: str, claims: Sequence[str]) -> list[float]:
    """Weighted share of a claim's words in the five best sentences."""
    document = Document.of(text)
    read = [read_statement(claim) for claim in claims]
    source = Source([document], sentences(document), read)
    return [coverage(one, source, rank(one, source, checker().rarity))["best_5"] for one in read]


def idf(threshold: float) -> System:
    return lambda text, claims: [Said(one > threshold, one) for one in covered(text, claims)]


def anchorcite(text: str, claims: Sequence[str]) -> list[Said]:
    """Coverage of the best sentence, with the scorer that needs no model; without its threshold, to see the score."""
    from anchorcite import CitationAnchorer, LexicalScorer

    anchorer = CitationAnchorer(scorer=LexicalScorer(), threshold=0.0)
    scores = [anchor.score if (anchor := anchorer.anchor(claim, text)) else 0.0 for claim in claims]
    return [Said(score >= LexicalScorer.default_threshold, score) for score in scores]


def corroborate(text: str, claims: Sequence[str]) -> list[Said]:
    """Numbers, dates and quotations that the text does not have."""
    from corroborate import check_answer

    return [Said(bool(check_answer("", [text], claim).ok())) for claim in claims]


def grounded_check(text: str, claims: Sequence[str]) -> list[Said]:
    """Quotations, numbers, citations and names that the text does not have; the score is the share that it has."""
    from grounded import Source as Given
    from grounded import extract, verify

    given = [Given(Path("source.txt"), text)]
    results = [verify(extract(claim), given) for claim in claims]
    return [Said(bool(one.passed), float(one.rate)) for one in results]


def suite(split: str) -> list[Asked]:
    cases = [case for case in load_suite().cases if case.split == split]
    return [
        Asked(case.document.text, claim.text, claim.label is Label.SUPPORTED, claim.error or "")
        for case in cases
        for claim in case.claims()
        if not claim.ambiguous
    ]


def answers(system: System, asked: Sequence[Asked]) -> tuple[list[Said], float]:
    """What a system says of the claims, each text read once, and milliseconds a claim."""
    by_document: dict[str, list[int]] = defaultdict(list)
    for at, one in enumerate(asked):
        by_document[one.document].append(at)
    found: dict[int, Said] = {}
    start = time.process_time()
    for text, own in by_document.items():
        found.update(zip(own, system(text, [asked[at].claim for at in own]), strict=True))
    spent = 1000 * (time.process_time() - start) / len(asked)
    return [found[at] for at in range(len(asked))], spent


def rates(said: Sequence[Said], asked: Sequence[Asked]) -> tuple[float, float]:
    """Recall of the unsupported claims, and false alarms among the supported."""
    sound = [one.supported for one, given in zip(said, asked, strict=True) if given.supported]
    broken = [one.supported for one, given in zip(said, asked, strict=True) if not given.supported]
    return 1 - sum(broken) / len(broken), 1 - sum(sound) / len(sound)


def interval(said: Sequence[Said], asked: Sequence[Asked]) -> tuple[float, float]:
    """95 per cent of the balanced accuracy over resampled documents."""
    data = Rows([Row("", "all", one.document, one.claim, int(one.supported)) for one in asked])
    chosen = np.array([one.supported for one in said])
    return data.interval(lambda weights: data.balanced(chosen, weights)["all"])


def print_peers(title: str, systems: dict[str, System], asked: Sequence[Asked]) -> None:
    from sklearn.metrics import roc_auc_score

    sound = sum(one.supported for one in asked)
    print(f"\n{title}: {sound} supported and {len(asked) - sound} unsupported claims\n")
    print("| | balanced accuracy (95% by document) | recall of unsupported | false alarms | AUC | ms a claim |")
    print("| --- | --- | --- | --- | --- | --- |")
    for name, system in systems.items():
        said, spent = answers(system, asked)
        recall, alarms = rates(said, asked)
        scores = [one.score for one in said if one.score is not None]
        auc = f"{roc_auc_score([one.supported for one in asked], scores):.3f}" if len(scores) == len(said) else "none"
        low, high = interval(said, asked)
        balanced = f"{50 * (recall + 1 - alarms):.1f} ({low:.1f} to {high:.1f})"
        print(f"| {name} | {balanced} | {recall:.2f} | {alarms:.2f} | {auc} | {spent:.1f} |", flush=True)


def print_kinds(title: str, systems: dict[str, System], asked: Sequence[Asked]) -> None:
    """Recall and false alarms of each system for each kind of error."""
    kinds = list(dict.fromkeys(one.kind for one in asked))
    said = {name: answers(system, asked)[0] for name, system in systems.items()}
    print(f"\n{title}: recall of the broken claims / false alarms on their sound twins\n")
    print("| kind of error | pairs | " + " | ".join(systems) + " |")
    print("| --- | --- |" + " --- |" * len(systems))
    for kind in [*kinds, "all"]:
        own = [at for at, one in enumerate(asked) if kind in (one.kind, "all")]
        some = [asked[at] for at in own]
        cells = ["{:.2f} / {:.2f}".format(*rates([said[name][at] for at in own], some)) for name in systems]
        print(f"| {kind} | {len(own) // 2} | " + " | ".join(cells) + " |", flush=True)


def twins(split: str) -> list[Asked]:
    return [Asked(one.passage.document, one.claim, not one.broken, one.kind) for one in pairs(split)]


def idf_threshold(rows: Iterable[Row]) -> float:
    asked = [Asked(row.document, row.claim, bool(row.label)) for row in rows]
    said, _ = answers(idf(0.0), asked)
    return best_threshold(Rows(list(rows)), np.array([one.score for one in said]))


def main() -> None:
    parser = argparse.ArgumentParser(description="Compare checkers that need no model.")
    parser.add_argument("dev", type=Path)
    given = parser.parse_args()

    rows = read_rows(given.dev)
    threshold = idf_threshold(rows)
    ours: dict[str, System] = {"tier A": trees, "guards alone": guards, "IDF alone": idf(threshold)}
    peers: dict[str, System] = {
        "anchorcite (lexical)": anchorcite,
        "corroborate": corroborate,
        "grounded-check": grounded_check,
    }
    for split in ("dev", "test"):
        print_peers(f"suite, {split}", ours | peers, suite(split))
    told = [Asked(row.document, row.claim, bool(row.label)) for row in rows if row.dataset == DATASET]
    print_peers(DATASET, ours | peers, told)
    for split in ("dev", "test"):
        print_kinds(f"pairs, {split}", ours, twins(split))


if __name__ == "__main__":
    main()
