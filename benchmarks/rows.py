"""Labelled claims as rows of features, for `train.py` and `checker.py`.

Rows are cached in a folder of your choice under a name made of the claims, the rarity
table and the code, so that nothing stale is read.
"""

import hashlib
import json
import lzma
import random
from collections import Counter, defaultdict
from collections.abc import Sequence
from multiprocessing import Pool
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from summarizer.judging.lexical.features import measure
from summarizer.judging.lexical.source_index import SourceIndex
from summarizer.judging.lexical.trees import Checker
from summarizer.language.sentences import sentence_offsets, sentences
from summarizer.language.statements import read_statement
from summarizer.language.word_index import WordIndex
from summarizer.language.words import WORD, key_of
from summarizer.schema import Document

PACKAGE = Path(__file__).parents[1] / "summarizer"
SEED = 7
DOCUMENTS = 20  # a stem of fewer training documents is left out of the table: it may tell whose text it is
PROCESSES = 2
AFTERWARDS = ("__init__", "claim_score", "forest", "rules", "trees")  # modules that come after the features

# Data sets that share texts, systems or annotators, so that leaving out one alone would leave its likeness in.
FAMILIES = {
    "bump": "bump bump_sent",  # edits of CNN/DailyMail reference summaries
    "systems": "cliff fib summac_factcc summac_frank summeval xsumfaith",  # trained summarisers on CNN/DailyMail and XSum
    "dialogue": "alexa_dialog begin",  # replies grounded in a knowledge snippet
    "web": "factcheckgpt_stance",  # claims of a language model against search results
    "ragtruth": "ragtruth_sub ragtruth_sub_sent",  # language models' answers with marked spans
    "stories": "storysumm",  # language models' summaries of short stories
    "summedits": "summedits",  # summaries edited by a language model
    "wikipedia": "vitaminc fever_adversarial fever_nli fever_symmetric fool_me_twice wice wice_subclaim_partial",
    "inference": "snli mnli",  # written hypotheses
}
FAMILY = {dataset: family for family, members in FAMILIES.items() for dataset in members.split()}
HONEST = ("bump_sent", "ragtruth_sub_sent", "storysumm", "summedits", "vitaminc")


class Row(NamedTuple):
    """One labelled claim."""

    id: str
    dataset: str
    document: str
    claim: str
    label: int


class Table(NamedTuple):
    """In how many sentences of the training texts each stem stands."""

    sentences: int
    stems: dict[str, int]


class Matrix(NamedTuple):
    """Features of claims, one row each."""

    names: tuple[str, ...]
    values: NDArray[np.float64]


def read_rows(file: Path) -> list[Row]:
    with lzma.open(file, "rt", encoding="utf-8") as lines:
        return [_row(json.loads(line)) for line in lines]


def _row(raw: dict[str, Any]) -> Row:
    return Row(str(raw["id"]), raw["dataset"], raw["document"], raw["claim"], int(raw["label"]))


def sample(rows: Sequence[Row], most: int) -> list[Row]:
    """At most so many rows of each label of each data set, in their order."""
    order = list(range(len(rows)))
    random.Random(SEED).shuffle(order)  # noqa: S311 (a sample, not a secret)
    taken: Counter[tuple[str, int]] = Counter()
    kept = []
    for position in order:
        kind = rows[position].dataset, rows[position].label
        taken[kind] += 1
        if taken[kind] <= most:
            kept.append(position)
    return [rows[position] for position in sorted(kept)]


def table_of(documents: Sequence[str]) -> Table:
    """Count stems over the sentences of texts, each text once."""
    in_sentences: Counter[str] = Counter()
    in_documents: Counter[str] = Counter()
    total = 0
    for text in sorted(set(documents)):
        split = [
            {key for form in WORD.findall(text[start:end]) for key, content in [key_of(form)] if content}
            for start, end in sentence_offsets(text)
        ]
        total += len(split)
        for held in split:
            in_sentences.update(held)
        in_documents.update(set().union(*split))
    return Table(total, {stem: in_sentences[stem] for stem in sorted(in_documents) if in_documents[stem] >= DOCUMENTS})


def matrix(rows: Sequence[Row], table: Table, cache: Path | None) -> Matrix:
    """Measure every claim, or read what an earlier run measured."""
    file = cache / f"{_digest(rows, table)}.npz" if cache else None
    if file and file.exists():
        with np.load(file) as kept:
            return Matrix(tuple(kept["names"].tolist()), kept["values"])
    found = _measured(rows, table)
    if file:
        file.parent.mkdir(parents=True, exist_ok=True)
        np.savez(file, names=np.array(found.names), values=found.values)
    return found


def _digest(rows: Sequence[Row], table: Table) -> str:
    code = [path.read_bytes() for part in ("judging/lexical", "language") for path in _modules(part)]
    told = json.dumps([[row.claim, row.document] for row in rows] + [[table.sentences, table.stems]])
    return hashlib.sha256(b"\0".join([told.encode(), *code])).hexdigest()[:24]


def _modules(part: str) -> list[Path]:
    files = [*(PACKAGE / part).rglob("*.py"), *(PACKAGE / part).rglob("*.toml")]
    return [one for one in sorted(files) if one.stem not in AFTERWARDS]


def _measured(rows: Sequence[Row], table: Table) -> Matrix:
    by_document: dict[str, list[int]] = defaultdict(list)
    for position, row in enumerate(rows):
        by_document[row.document].append(position)
    jobs = [(text, [rows[position].claim for position in own]) for text, own in by_document.items()]
    measured: dict[int, dict[str, float]] = {}
    with Pool(PROCESSES, _prepare, (table,)) as pool:
        for own, found in zip(by_document.values(), pool.imap(_features, jobs, chunksize=16), strict=True):
            measured.update(zip(own, found, strict=True))
    names = tuple(measured[0])
    values = np.array([[measured[position][name] for name in names] for position in range(len(rows))])
    return Matrix(names, values)


_RARITY: list[Checker] = []  # what a worker process was started with


def _prepare(table: Table) -> None:
    _RARITY[:] = [Checker.model_construct(sentences=table.sentences, stems=table.stems)]


def _features(job: tuple[str, list[str]]) -> list[dict[str, float]]:
    text, claims = job
    document = Document.of(text)
    statements = [read_statement(claim) for claim in claims]
    source = SourceIndex(WordIndex(sentences(document)), statements)
    return [measure(statement, source, _RARITY[0].rarity)[0] for statement in statements]
