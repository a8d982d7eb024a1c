"""Labelled claims with what a judge says of them before any calibration, and with the findings beside it.

Rows are kept in a file of your choice under a name made of the rows, the judge and its model, so that a fit can be
repeated in seconds. A claim of several sentences is judged sentence by sentence, as in a summary.
"""

import hashlib
import json
import lzma
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from summarizer.api import check
from summarizer.components import Components, assemble
from summarizer.errors import InputError
from summarizer.evaluation.case_files import load_suite
from summarizer.evaluation.cases import Split
from summarizer.schema import Check, FindingKind, Label, Probabilities, Unchecked, Verdict
from summarizer.settings import resolve

PACKAGE = Path(__file__).parents[1] / "summarizer"
SEED = 7
NATURAL = PACKAGE.parent / "evals" / "natural"
"""Summaries as models wrote them."""
DEVELOPMENT = Path(__file__).with_name("development.jsonl")
# A source of two sentences is hardly longer than its claim, and a summary must not be longer than what it sums up.
PADDING = " The weather stayed dry in the region for the rest of the week, forecasters said."
IN_TRAINING = frozenset({"vitaminc", "snli", "mnli", "fever_nli", "fever_symmetric", "fever_adversarial"})
"""Data sets of which other parts are in the training of the embedded model."""
HONEST = ("bump_sent", "ragtruth_sub_sent", "storysumm", "summedits")


class Part(NamedTuple):
    """One sentence of a claim."""

    label: str | None
    """What the judge decides by itself: a copy is supported."""
    raw: tuple[float, float, float] | None
    """Supported, contradicted, not in source; None where it cannot tell."""
    kinds: tuple[str, ...]
    """Kinds of the findings beside it."""


class Judged(NamedTuple):
    """A labelled claim and its parts."""

    dataset: str
    subset: str
    sound: bool
    verdict: str | None
    """The label of three, where the data set has it."""
    document: str
    """SHA-256 of the document, in hexadecimal."""
    words: int
    """Of the document."""
    parts: tuple[Part, ...]

    @property
    def half(self) -> str:
        """`A` chooses, `B` reports."""
        return _half(self.document)


def _half(digest: str) -> str:
    return "A" if int(digest[:2], 16) % 2 == 0 else "B"


def half_of(document: str) -> str:
    """The half that the claims about a document belong to, by its text."""
    return _half(hashlib.sha256(document.encode()).hexdigest())


class Claim(NamedTuple):
    dataset: str
    subset: str
    text: str
    document: str
    sound: bool
    verdict: str | None


def claims_of(file: Path, *, most: int | None = None) -> list[Claim]:
    """The claims of a benchmark file; `most` of each label of each data set, drawn with a seed."""
    with lzma.open(file, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    random.Random(SEED).shuffle(rows)  # noqa: S311 (a sample, not a secret)
    taken: Counter[tuple[str, int]] = Counter()
    found = []
    for row in rows:
        kind = row["dataset"], row["label"]
        taken[kind] += 1
        if most is None or taken[kind] <= most:
            verdict = row["verdict3"] or ("supported" if row["label"] else None)
            found.append(
                Claim(
                    row["dataset"], row.get("subset") or "", row["claim"], row["document"], bool(row["label"]), verdict
                )
            )
    return found


def claims_of_suite(split: Split, folder: Path | None = None) -> list[Claim]:
    """The claims of the built-in suite that count, or of the suite in a folder."""
    return [
        Claim(
            folder.name if folder else "suite",
            summary.writer or "",
            claim.text,
            case.document.text,
            claim.label is Label.SUPPORTED,
            str(claim.label),
        )
        for case in load_suite(folder, split=split).cases
        for summary in case.file.summaries
        for claim in summary.claims
        if not claim.ambiguous
    ]


def claims_written() -> list[Claim]:
    """The claims of `development.jsonl`: 40 short reports with sound and false claims, to look at and to fit on."""
    lines = DEVELOPMENT.read_text(encoding="utf-8").splitlines()
    return [
        Claim("written", kind, text, entry["text"] + PADDING, label == Label.SUPPORTED.value, label)
        for entry in map(json.loads, lines)
        for label, kind, text in entry["claims"]
    ]


def judged(claims: Sequence[Claim], judge: str, folder: Path | None, *, weights: Path | None = None) -> list[Judged]:
    """Judge each claim, or read what an earlier run judged."""
    components = assemble(resolve({"judge": judge, "claims": "sentence", "weights": str(weights) if weights else None}))
    components = components._replace(deciding=components.deciding._replace(profile=None), witnesses=())
    file = folder / f"{_digest(claims, judge, components)}.jsonl" if folder else None
    if file and file.is_file():
        return [_read(json.loads(line)) for line in file.read_text(encoding="utf-8").splitlines()]
    found = list(_each(claims, components))
    if file:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("".join(json.dumps(one) + "\n" for one in found), encoding="utf-8")
    return found


def _digest(claims: Sequence[Claim], judge: str, components: Components) -> str:
    name = components.judge.about.name
    code = "".join(path.read_text(encoding="utf-8") for path in sorted((PACKAGE / "judging" / name).glob("*.py")))
    return hashlib.sha256(json.dumps([judge, str(components.judge.about), code, claims]).encode()).hexdigest()[:16]


def _read(line: list[Any]) -> Judged:
    dataset, subset, sound, verdict, document, words, parts = line
    read = tuple(Part(label, tuple(raw) if raw else None, tuple(kinds)) for label, raw, kinds in parts)
    return Judged(dataset, subset, sound, verdict, document, words, read)


def _each(claims: Sequence[Claim], components: Components) -> Iterator[Judged]:
    for claim in claims:
        digest, size = hashlib.sha256(claim.document.encode()).hexdigest(), len(claim.document.split())
        try:
            report = check(" ".join(claim.text.split()), claim.document, backend=components)
        except InputError:  # a claim that is its own source, or longer than it
            continue
        parts = tuple(_part(one) for one in report.checks if not one.states_nothing)
        if parts:
            yield Judged(claim.dataset, claim.subset, claim.sound, claim.verdict, digest, size, parts)


def _part(one: Check) -> Part:
    outcome = one.outcome
    if isinstance(outcome, Unchecked):
        return Part(None, None, ())
    label = outcome.label.value if isinstance(outcome, Verdict) else None
    return Part(label, _raw(outcome.probabilities), tuple(sorted({finding.kind.value for finding in outcome.findings})))


def _raw(given: Probabilities | None) -> tuple[float, float, float] | None:
    return (given.supported, given.contradicted, given.not_in_source) if given else None


def kinds_of(rows: Iterable[Judged]) -> tuple[FindingKind, ...]:
    """The kinds of findings that some of the rows have."""
    return tuple(
        FindingKind(kind) for kind in sorted({kind for row in rows for part in row.parts for kind in part.kinds})
    )
