"""What a model's judge says of labelled claims before and after code has looked at it.

    python -m benchmarks.model --split test --replies evals/replies/test.jsonl --cite sentences
    python -m benchmarks.model --split dev --base-url http://127.0.0.1:8080/v1 --model NAME --cite sentences
    python -m benchmarks.model --jsonl dev.jsonl.xz --each 6 --base-url http://127.0.0.1:8080/v1 --model NAME

Three-way accuracy, binary accuracy (supported against the rest) and unsupported
claims called supported: for the judge's own labels, and for the whole pipeline. A
claim without a verdict is wrong three-way, and not supported in the binary reading.
A claim that was judged in parts is as good as the worst of them. `--record` keeps the replies.
"""

import argparse
import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from summarizer import api
from summarizer.components import Components, assemble
from summarizer.drafts import Judgements
from summarizer.errors import BackendError, SummarizerError
from summarizer.evaluation.align import by_place, outcome_of
from summarizer.evaluation.benchmarks import read_rows
from summarizer.evaluation.case_files import load_suite
from summarizer.evaluation.cases import Split
from summarizer.evaluation.statistics import wilson
from summarizer.judging import Judge, Material
from summarizer.llm.models import RunOptions
from summarizer.schema import Check, Claim, Document, Label, Outcome, Span, Verdict
from summarizer.settings import resolve

SETTINGS = (
    "base-url", "model", "evidence", "cite", "claims", "claims-per-call", "passages", "timeout", "deadline", "prompts"
)  # fmt: skip
SUPPORTED = Label.SUPPORTED.value
GRAVEST_FIRST = (Label.CONTRADICTED.value, Label.NOT_IN_SOURCE.value, None, SUPPORTED)
UNSUPPORTED = "unsupported"  # by a data set that does not say in which way
SEED = 7


class Job(NamedTuple):
    """A summary whose claims have labels."""

    document: Document
    summary: Document
    spans: tuple[Span, ...]
    gold: tuple[str, ...]


class Said(NamedTuple):
    """What became of one labelled claim; None is no verdict."""

    gold: str
    raw: str | None
    checked: str | None


class Listener:
    """A judge that passes everything on and remembers what another one said before anybody checked it."""

    def __init__(self, inner: Judge) -> None:
        self._inner = inner
        self.said: dict[str, str] = {}
        """Of the last job, by claim id."""
        self.about, self.destination, self.remote = inner.about, inner.destination, inner.remote

    async def judge(self, claims: Sequence[Claim], material: Material) -> Judgements:
        found = await self._inner.judge(claims, material)
        self.said = {one.claim: one.label.value for one in found.judgements if one.label}
        return found

    async def close(self) -> None:
        await self._inner.close()


def of_suite(folder: Path | None, split: Split | None, first: int | None) -> Iterator[Job]:
    for case in load_suite(folder, split=split).cases[:first]:
        for own in case.file.summaries:
            counted = [not claim.ambiguous for claim in own.claims]
            summary = Document.of(own.text, id="summary", name="summary")
            gold = tuple(str(claim.label) if counts else "" for claim, counts in zip(own.claims, counted, strict=True))
            yield Job(case.document, summary, own.spans, gold)


def of_rows(file: Path, each: int) -> Iterator[Job]:
    """So many supported and unsupported claims of each data set of the honest group, drawn with a seed."""
    from benchmarks.rows import HONEST

    rows = [row for row in read_rows(file) if row.dataset in HONEST and row.label is not None]
    random.Random(SEED).shuffle(rows)  # noqa: S311 (a sample, not a secret)
    taken: Counter[tuple[str, bool]] = Counter()
    for row in rows:
        kind = row.dataset, bool(row.label)
        claim = " ".join(row.claim.split())
        if taken[kind] == each or len(claim.split()) >= len(row.document.split()):
            continue
        taken[kind] += 1
        gold = row.verdict3.value if row.verdict3 else UNSUPPORTED
        summary = Document.of(claim, id="summary", name="summary")
        yield Job(Document.of(row.document), summary, (Span(start=0, end=len(claim)),), (gold,))


def ask(job: Job, components: Components, listener: Listener) -> tuple[list[Said], int]:
    """The labels of one job's claims, and the calls that they took."""
    listener.said = {}
    try:
        report = api.check(job.summary, job.document, backend=components)
    except BackendError as error:
        print(f"\n{job.document.name}: {error}")
        return [Said(gold, None, None) for gold in job.gold if gold], 0
    parts = by_place(report.checks, job.spans)
    found = [
        Said(gold, worst(own, listener.said), called(outcome_of(own)))
        for gold, own in zip(job.gold, parts, strict=True)
        if gold
    ]
    return found, report.run.usage.calls


def called(outcome: Outcome) -> str | None:
    return outcome.label.value if isinstance(outcome, Verdict) else None


def worst(checks: Sequence[Check], said: dict[str, str]) -> str | None:
    labels = {one if one in set(Label) else None for one in (said.get(check.claim.id) for check in checks)} or {None}
    return next(one for one in GRAVEST_FIRST if one in labels)


def row(name: str, pairs: Sequence[tuple[str, str | None]]) -> str:
    """One line of the table; `pairs` are the true label and what was said."""
    known = [(gold, said) for gold, said in pairs if gold != UNSUPPORTED]
    right = sum(gold == said for gold, said in known)
    decided = sum(said is not None for _, said in known)
    binary = sum((gold == SUPPORTED) == (said == SUPPORTED) for gold, said in pairs)
    false = sum(said == SUPPORTED != gold for gold, said in pairs)
    unsupported = sum(gold != SUPPORTED for gold, _ in pairs)
    bounds = wilson(right, len(known)) or (0.0, 0.0)
    return (
        f"{name:10} three-way {right}/{len(known)} ({100 * bounds[0]:.0f} to {100 * bounds[1]:.0f} %), "
        f"of those decided {right}/{decided}, binary {binary}/{len(pairs)}, false support {false}/{unsupported}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in SETTINGS:
        parser.add_argument(f"--{name}", default="sentence" if name == "claims" else None)
    parser.add_argument("--suite", type=Path)
    parser.add_argument("--split", choices=["dev", "test"])
    parser.add_argument("--first", type=int, help="only the first N cases")
    parser.add_argument("--jsonl", type=Path, help="public rows instead of the suite")
    parser.add_argument("--each", type=int, default=6, help="claims of each label of each of their data sets")
    parser.add_argument("--record", type=Path)
    parser.add_argument("--replies", type=Path)
    options = vars(parser.parse_args())
    extras = RunOptions(record=options.pop("record"), replies=options.pop("replies"))
    suite, split, first = options.pop("suite"), options.pop("split"), options.pop("first")
    rows, each = options.pop("jsonl"), options.pop("each")
    jobs = list(of_rows(rows, each) if rows else of_suite(suite, split, first))
    settings = resolve(options)
    components = assemble(settings, extras)
    listener = Listener(components.judge)
    components = components._replace(judge=listener)
    said: list[Said] = []
    calls, begun = 0, time.monotonic()
    for number, job in enumerate(jobs, 1):
        try:
            found, made = ask(job, components, listener)
        except SummarizerError as error:
            raise SystemExit(f"\n{error}") from None
        said += found
        calls += made
        print(f"\r{number} of {len(jobs)}", end="", flush=True)
    pace = "" if extras.replies else f", {(time.monotonic() - begun) / len(said):.1f} s a claim"
    print(f"\n{listener.about.model}: {len(said)} claims, {calls} calls{pace}")
    print(row("raw judge", [(one.gold, one.raw) for one in said]))
    print(row("pipeline", [(one.gold, one.checked) for one in said]))


if __name__ == "__main__":
    main()
