"""FRANK and RAGTruth, whose labels are made from what annotators marked in sentences and spans."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from summarizer.errors import CaseError
from summarizer.evaluation.benchmarks.files import LARGEST_LIST, Entry, beside, entries
from summarizer.evaluation.benchmarks.rows import Row, build_row, need, texts
from summarizer.language.sentences import sentences
from summarizer.reading import printable_name
from summarizer.schema import Document, Label

AGREED = 2  # of FRANK's three annotators
SPAN = ("start", "end", "label_type")
Reader = Callable[[Entry], Iterator[Row]]


def frank(path: Path) -> Reader:
    """FRANK (Pagnoni, Balachandran and Tsvetkov, NAACL 2021, arXiv 2104.13346; github.com/artidoro/frank, data/).

    human_annotations_sentence.json is a list with hash, model_name, article, summary, split,
    summary_sentences and, in step with those, summary_sentences_annotations: for each annotator a list of
    categories, NoE for no error. A sentence is supported where two annotators say NoE, and not in the source
    where two say OutE (out of article); the other categories do not say which. An article that a record
    lacks is taken from benchmark_data.json. Hashes of CNN/DM have 40 digits, those of XSum 8.
    """

    @cache
    def articles() -> dict[str, Any]:
        return _table_of(beside(path, "benchmark_data.json"), "hash", "article")

    def rows(entry: Entry) -> Iterator[Row]:
        fields = entry.fields
        digest = str(need(fields, "hash"))
        article = fields.get("article") or articles().get(digest)
        claims = texts(fields, "summary_sentences")
        votes = need(fields, "summary_sentences_annotations")
        if not isinstance(votes, list) or len(votes) != len(claims):
            raise ValueError(f"{len(claims)} sentences do not have as many annotations")
        for number, (claim, vote) in enumerate(zip(claims, votes, strict=True)):
            if claim.strip():  # a splitter of sentences made them, and now and then one of spaces
                label, verdict = _frank_gold(vote)
                yield build_row(
                    id=f"{digest}-{need(fields, 'model_name')}-{number}",
                    dataset="frank-cnndm" if len(digest) == 40 else "frank-xsum",
                    document=article,
                    claim=claim,
                    label=label,
                    verdict3=verdict,
                    split=fields.get("split"),
                )

    return rows


def _frank_gold(vote: object) -> tuple[bool, Label | None]:
    if not isinstance(vote, Mapping) or not all(isinstance(said, list) for said in vote.values()):
        raise ValueError("the annotations of a sentence are no object of lists")
    if sum("NoE" in said for said in vote.values()) >= AGREED:
        return True, Label.SUPPORTED
    return False, Label.NOT_IN_SOURCE if sum("OutE" in said for said in vote.values()) >= AGREED else None


def ragtruth(path: Path) -> Reader:
    """RAGTruth (Niu et al., ACL 2024, arXiv 2401.00396; github.com/ParticleMedia/RAGTruth, README).

    response.jsonl has id, source_id, model, labels, split, quality, response; source_info.jsonl has
    source_id, task_type, source_info: a text, for QA an object with `passages`, for Data2txt an object of
    facts, which is shown as JSON. A label has start, end (in the response) and label_type: Evident or Subtle,
    Conflict or Baseless Info. Each sentence of a response is a claim: not supported where a label
    overlaps it, contradicted where that is a conflict. As in the authors' baseline only responses of good
    quality count, and a label that is `implicit_true` (true, and not in the source) counts like the others.
    """
    sources = _table_of(beside(path, "source_info.jsonl"), "source_id", "source_info")

    def rows(entry: Entry) -> Iterator[Row]:
        fields = entry.fields
        response, source = fields.get("response"), str(need(fields, "source_id"))
        if source not in sources:
            raise ValueError(f"source_info.jsonl has no source {source[:40]!r}")
        if fields.get("quality") != "good" or not isinstance(response, str) or not response.strip():
            return
        labels = _spans(fields.get("labels"))
        for number, sentence in enumerate(sentences(Document.of(response))):
            kinds = [kind for start, end, kind in labels if start < sentence.end and sentence.start < end]
            yield build_row(
                id=f"{need(fields, 'id')}-{number}",
                dataset="ragtruth",
                document=_source_text(sources[source]),
                claim=sentence.text,
                label=not kinds,
                verdict3=_ragtruth_verdict(kinds),
                split=fields.get("split"),
            )

    return rows


def _source_text(info: object) -> object:
    if isinstance(info, Mapping):
        return info["passages"] if "passages" in info else json.dumps(info, ensure_ascii=False, indent=1)
    return info


def _spans(labels: object) -> list[tuple[int, int, str]]:
    found = []
    for label in labels if isinstance(labels, list) else [None]:
        start, end, kind = (label.get(name) for name in SPAN) if isinstance(label, Mapping) else (None, None, None)
        if not isinstance(start, int) or not isinstance(end, int) or not isinstance(kind, str):
            raise ValueError(f"the field labels is not a list of objects with {', '.join(SPAN)}")
        found.append((start, end, kind))
    return found


def _ragtruth_verdict(kinds: Sequence[str]) -> Label:
    if any("conflict" in kind.lower() for kind in kinds):
        return Label.CONTRADICTED
    return Label.NOT_IN_SOURCE if kinds else Label.SUPPORTED


def _table_of(path: Path, key: str, value: str) -> dict[str, Any]:
    """A file that others refer to, held whole."""
    found = {}
    for entry in entries(path, largest=LARGEST_LIST):
        if key not in entry.fields:
            raise CaseError(f"{printable_name(path)}: {entry.place}: the field {key} is missing")
        found[str(entry.fields[key])] = entry.fields.get(value)
    return found
