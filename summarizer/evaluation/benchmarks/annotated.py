"""FRANK, RAGTruth, FaithBench and LettuceDetect, whose labels are made from what was marked in sentences and spans."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from summarizer.errors import CaseError
from summarizer.evaluation.benchmarks.files import LARGEST_LIST, Entry, beside, entries, plain_name
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
        for number, claim, kinds in _marked(response, labels):
            yield build_row(
                id=f"{need(fields, 'id')}-{number}",
                dataset="ragtruth",
                document=_source_text(sources[source]),
                claim=claim,
                label=not kinds,
                verdict3=_ragtruth_verdict(kinds),
                split=fields.get("split"),
            )

    return rows


def faithbench(_path: Path) -> Reader:
    """FaithBench (Bao et al., 2024, arXiv 2410.13210; github.com/vectara/FaithBench, data_for_release/).

    batch_N.json is an object with samples, each with sample_id, source, summary and annotations: of each its label, a
    list of Benign, Questionable, Unwanted, Unwanted.Intrinsic (or Instrinsic) and Unwanted.Extrinsic, and
    summary_start and summary_end. Each sentence of a summary is a claim. As in the authors' scripts/binarize.py the
    worst annotation counts, and what is questionable or unwanted is not supported, while what is benign is. What is
    only extrinsic is not in the source.
    """

    def rows(entry: Entry) -> Iterator[Row]:
        fields = entry.fields
        summary = need(fields, "summary")
        if not isinstance(summary, str):
            raise ValueError("the field summary is not text")
        for number, claim, kinds in _marked(summary, _faithbench_spans(fields.get("annotations"))):
            yield build_row(
                id=f"{need(fields, 'sample_id')}-{number}",
                dataset="faithbench",
                document=fields.get("source"),
                claim=claim,
                label=not kinds,
                verdict3=_faithbench_verdict(kinds),
            )

    return rows


def lettucedetect(path: Path) -> Reader:
    """LettuceDetect (Kovács and Recski, 2025, arXiv 2502.17125; github.com/KRLabsOrg/LettuceDetect).

    A list or lines of prompt, answer, labels (each with start and end in the answer, and a label), split, task_type,
    dataset and language; newer files have the context without the question as well, which is the document then. Each
    sentence of an answer is a claim, not supported where a label overlaps it. The label says whether the source
    contradicts it only where it names a conflict or a contradiction, or calls it baseless.
    """
    stem = plain_name(path).split(".")[0]

    def rows(entry: Entry) -> Iterator[Row]:
        fields = entry.fields
        answer = need(fields, "answer")
        if not isinstance(answer, str):
            raise ValueError("the field answer is not text")
        for number, claim, kinds in _marked(answer, _spans(fields.get("labels"), names=("start", "end", "label"))):
            yield build_row(
                id=f"{entry.number}-{number}",
                dataset=fields.get("dataset") or stem,
                document=fields.get("context") or fields.get("prompt"),
                claim=claim,
                label=not kinds,
                verdict3=_lettuce_verdict(kinds),
                split=fields.get("split"),
            )

    return rows


def _marked(text: str, spans: Sequence[tuple[int, int, str]]) -> Iterator[tuple[int, str, list[str]]]:
    """The sentences of a text, numbered, each with the kinds of the spans that overlap it.

    Raises a `ValueError` for a span that marks no sentence: its error would pass for support.
    """
    own = sentences(Document.of(text))
    for start, end, kind in spans:
        if not any(start < one.end and one.start < end for one in own):
            raise ValueError(f"the label {kind[:40]!r} marks no sentence: {start} to {end} of {len(text)} code points")
    for number, one in enumerate(own):
        yield number, one.text, [kind for start, end, kind in spans if start < one.end and one.start < end]


def _faithbench_spans(annotations: object) -> list[tuple[int, int, str]]:
    found = []
    for one in annotations if isinstance(annotations, list) else [None]:
        start, end, said = (
            (one.get(name) for name in ("summary_start", "summary_end", "label"))
            if isinstance(one, Mapping)
            else (None, None, None)
        )
        labels = [said] if isinstance(said, str) else said
        if not isinstance(start, int) or not isinstance(end, int) or not isinstance(labels, list):
            raise ValueError("the field annotations is not a list of objects with label, summary_start, summary_end")
        found += [(start, end, str(label)) for label in labels if not str(label).startswith(("Benign", "Consistent"))]
    return found


def _faithbench_verdict(kinds: Sequence[str]) -> Label | None:
    if not kinds:
        return Label.SUPPORTED
    named = {kind for kind in kinds if "." in kind}
    only_extrinsic = named and all("extrinsic" in kind.lower() for kind in named) and "Questionable" not in kinds
    return Label.NOT_IN_SOURCE if only_extrinsic else None


def _lettuce_verdict(kinds: Sequence[str]) -> Label | None:
    low = [kind.lower() for kind in kinds]
    if not low:
        return Label.SUPPORTED
    if any("conflict" in kind or "contradict" in kind for kind in low):
        return Label.CONTRADICTED
    return Label.NOT_IN_SOURCE if all("baseless" in kind for kind in low) else None


def _source_text(info: object) -> object:
    if isinstance(info, Mapping):
        return info["passages"] if "passages" in info else json.dumps(info, ensure_ascii=False, indent=1)
    return info


def _spans(labels: object, *, names: tuple[str, str, str] = SPAN) -> list[tuple[int, int, str]]:
    found = []
    for label in labels if isinstance(labels, list) else [None]:
        start, end, kind = (label.get(name) for name in names) if isinstance(label, Mapping) else (None, None, None)
        if not isinstance(start, int) or not isinstance(end, int) or not isinstance(kind, str):
            raise ValueError(f"the field labels is not a list of objects with {', '.join(names)}")
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
