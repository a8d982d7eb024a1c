"""What repair does with the errors of the suite: which edits bring the source's words back, and what else they change.

    python -m benchmarks.repair [--split dev|test] [--judge embedded|perfect|model] [--show]
    python -m benchmarks.repair --split test --judge perfect --base-url URL --model NAME --record FILE
    python -m benchmarks.repair --split test --judge perfect --replies FILE

Each summary of the suite is checked and mended as it stands, once with the embedded judge and once with a simulated one
that knows every label, quotes the words that people named, and calls a changed statement supported where it is a sentence
of the source, or where the words of the claim that are wrong have gone and the `source_words` stand there. `flagged` are planted contradictions that the
judge calls contradicted or not in the source; the others are left as they are. An edit restores where `source_words`
stand in the mended statement letter by letter (but for capitals); `their words` counts those whose every number and
word with content stands there and whose wrong words have gone. A statement that is taken out restores nothing.

A model proposes words for what the judge flags, in one call for a summary (`prompts/fix.md`); of the edits that are its own
the last column says how many restore. With `--judge model` it judges as well, in many more calls. What it is asked depends
on what the judge flags: with the simulated one on the suite alone, so that a recording outlives other weights.
"""

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import NamedTuple

from summarizer.api import check, run
from summarizer.components import Components, assemble
from summarizer.drafts import Judgement, Judgements, QuoteDraft
from summarizer.errors import InputError, RepairError, SummarizerError, UsageError
from summarizer.evaluation.case_files import load_suite
from summarizer.evaluation.cases import Case, GoldClaim, GoldSummary
from summarizer.extraction.sentences import SentenceExtractor
from summarizer.judging import Material
from summarizer.language.words import stems
from summarizer.llm.models import RunOptions
from summarizer.repair import mend_report
from summarizer.repair.passages import is_problem, is_supported
from summarizer.repair.rewriting import REWORDED
from summarizer.schema import Claim, Component, EditKind, Label, Report, Span
from summarizer.settings import resolve
from summarizer.writing.extractive import ExtractiveWriter

SHARES = (
    ("flagged", "contradictions"),
    ("restored", "edited"),
    ("words", "edited"),
    ("swap restored", "swapped"),
    ("sentence restored", "sentences"),
    ("changed", "supported"),
)
"""What is counted, and of what."""


def stands(words: str, text: str) -> bool:
    return " ".join(words.casefold().split()) in " ".join(text.casefold().split())


class Perfect:
    """A judge that knows every label of a summary."""

    about = Component(name="perfect")
    destination = "the text stays in this script"
    remote = False

    def __init__(self) -> None:
        self.claims: Sequence[GoldClaim] = ()

    async def judge(self, claims: Sequence[Claim], material: Material) -> Judgements:
        return Judgements(judgements=tuple(self._answer(claim, material) for claim in claims))

    def _answer(self, claim: Claim, material: Material) -> Judgement:
        gold = max(self.claims, key=lambda one: SequenceMatcher(None, one.text, claim.text).ratio())
        best = (*material.passages.get(claim.id, ()), *material.sentences)[0]
        quotes = tuple(QuoteDraft(text=quote) for quote in (gold.evidence[0] if gold.evidence else ()))
        copied = any(claim.text == " ".join(one.text.split()) for one in material.sentences)
        label = Label.SUPPORTED if copied else self._label(gold, claim.text)
        if copied:
            quotes = (QuoteDraft(text=claim.text),)
        return Judgement(
            claim=claim.id, label=label, quotes=quotes or (QuoteDraft(text=best.text, sentence=best.id),)
        )  # fmt: skip

    def _label(self, gold: GoldClaim, text: str) -> Label:
        if gold.conflict and text != gold.text:
            gone, there = not stands(gold.conflict.claim_words, text), stands(gold.conflict.source_words, text)
            return Label.SUPPORTED if gone and there else Label(gold.label)
        return Label(gold.label)

    async def close(self) -> None:
        """Nothing is held."""


class Outcome(NamedTuple):
    """What became of one claim."""

    gold: GoldClaim
    flagged: bool
    edits: tuple[EditKind, ...]
    mended: str
    by_model: bool
    """Whether the words that stand there now are a model's."""

    @property
    def restores(self) -> bool:
        return bool(self.edits and self.gold.conflict and stands(self.gold.conflict.source_words, self.mended))

    @property
    def has_the_words(self) -> bool:
        conflict = self.gold.conflict
        if not conflict or not self.edits or stands(conflict.claim_words, self.mended):
            return False
        return stems(conflict.source_words) <= stems(self.mended)


def outcomes_of(case: Case, summary: GoldSummary, components: Components) -> Iterator[Outcome | str]:
    if isinstance(components.judge, Perfect):
        components.judge.claims = summary.claims
    try:
        report = check(summary.text, case.document, backend=components)
    except InputError:
        return
    try:
        report = run(components, mend_report(report, components)).report
    except RepairError as error:
        yield str(error)
    for gold, span in zip(summary.claims, summary.spans, strict=True):
        if not gold.ambiguous:
            own = [
                one for one in report.checks if one.claim.origin.start < span.end and one.claim.origin.end > span.start
            ]
            yield Outcome(gold, any(map(is_problem, own)) and not any(map(is_supported, own)), *_mended(report, span))


def _mended(report: Report, span: Span) -> tuple[tuple[EditKind, ...], str, bool]:
    edits = report.repair.edits if report.repair else ()
    own = [one for one in edits if one.span.start < span.end and one.span.end > span.start]
    parts, at = [], span.start
    for one in own:
        parts += [report.summary.text[at : max(at, one.span.start)], one.after]
        at = min(one.span.end, span.end)
    words = "".join([*parts, report.summary.text[at : span.end]])
    return tuple(one.kind for one in own), words, any(one.reason == REWORDED for one in own)


def row(name: str, components: Components, cases: Sequence[Case], *, show: bool) -> None:
    """Print the line of a judge, and each edit before it where they are to be shown."""
    counts: Counter[str] = Counter()
    for case in cases:
        for summary in case.file.summaries:
            for one in outcomes_of(case, summary, components):
                if isinstance(one, str):
                    counts["refused"] += 1
                    if show:
                        print(f"REFUSED {case.id}: {one}")
                    continue
                _count(one, counts)
                if show and one.edits:
                    wanted = (
                        f"{one.gold.conflict.claim_words} -> {one.gold.conflict.source_words}"
                        if one.gold.conflict
                        else ""
                    )
                    print(
                        f"{one.gold.label} {one.restores:d}{one.has_the_words:d} {[*map(str, one.edits)]} [{wanted}]\n  {one.gold.text}\n  {one.mended}"
                    )
    shown = [*SHARES, ("model restored", "model edited")] if components.fixer else SHARES
    shares = " | ".join(f"{counts[part]} of {counts[whole]}" for part, whole in shown)
    print(
        f"| {name} | {shares} | {counts['removed']} | {counts['unsourced swapped']} / {counts['unsourced removed']} | {counts['refused']} |"
    )


def _count(one: Outcome, counts: Counter[str]) -> None:
    removed = EditKind.REMOVAL in one.edits
    if one.gold.label is Label.SUPPORTED:
        counts["supported"] += 1
        counts["changed"] += bool(one.edits)
    elif one.gold.label is Label.CONTRADICTED:
        counts["contradictions"] += 1
        counts["flagged"] += one.flagged
        counts["edited"] += bool(one.edits)
        counts["removed"] += removed
        kind = "sentence" if EditKind.SENTENCE in one.edits else "swap"
        counts["sentences" if kind == "sentence" else "swapped"] += bool(one.edits) and not removed
        counts[f"{kind} restored"] += one.restores
        counts["restored"] += one.restores
        counts["words"] += one.has_the_words
        counts["model edited"] += one.by_model
        counts["model restored"] += one.by_model and one.restores
    else:
        counts["unsourced removed"] += removed
        counts["unsourced swapped"] += bool(one.edits) and not removed


def asking(options: argparse.Namespace) -> Components:
    """A language model as judge and fixer, asked as a small one is."""
    named = {name: vars(options)[name] for name in ("model", "base_url") if vars(options)[name]}
    patient = {} if options.replies else {"timeout": 3_600, "deadline": 3_600, "concurrency": 1}
    settings = resolve({**named, **patient, "claims": "sentence", "cite": "sentences"})
    return assemble(settings, RunOptions(record=options.record, replies=options.replies))


def judges(options: argparse.Namespace) -> Iterator[tuple[str, Components]]:
    """The components by the name of their judge, each with the model as its fixer where one is named."""
    model = asking(options) if options.model or options.replies else None
    for name in options.judge or ("embedded", "perfect"):
        if name == "perfect":
            components = Components(ExtractiveWriter(), SentenceExtractor(), Perfect())
        elif name == "embedded":
            components = assemble(resolve({"backend": "embedded"}))
        elif model:
            components = model
        else:
            raise UsageError("--judge model: name one with --model, or a recording with --replies")
        yield name, components._replace(fixer=model.fixer) if model else components


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--split", choices=["dev", "test"], action="append")
    parser.add_argument("--suite", type=Path, help="a folder of cases, instead of those that come with the package")
    parser.add_argument(
        "--judge", choices=["embedded", "perfect", "model"], action="append", help="both that need none"
    )
    parser.add_argument("--show", action="store_true", help="print every statement that was edited")
    parser.add_argument("--model", help="proposes words for what is flagged")
    parser.add_argument("--base-url")
    parser.add_argument("--record", type=Path, help="write its replies to a file")
    parser.add_argument("--replies", type=Path, help="read its replies from there")
    options = parser.parse_args()
    own = " edits of the model restoring |" if options.model or options.replies else ""
    print(
        f"| judge | part | flagged contradictions | edits restoring | their words | swaps restoring | sentences restoring | supported changed |{own} contradictions removed | not in source swapped / removed | summaries refused |"
    )
    print(f"| --- | --- | --- | --- | --- | --- | --- | --- |{' --- |' if own else ''} --- | --- | --- |")
    try:
        parts = list(judges(options))
        for split in options.split or ("dev", "test"):
            cases = load_suite(options.suite, split=split).cases
            for name, components in parts:
                row(f"{name} | {split}", components, cases, show=options.show)
    except SummarizerError as error:
        raise SystemExit(f"repair: {error}") from None


if __name__ == "__main__":
    main()
