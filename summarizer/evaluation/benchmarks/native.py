"""The files of published benchmarks as their authors give them out, each recognised by its field names.

Every part of a file is read: where it marks a validation and a test part, choosing is the caller's.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from summarizer.errors import CaseError, UsageError
from summarizer.evaluation.benchmarks import annotated, jsonl
from summarizer.evaluation.benchmarks.files import Entry, entries, plain_name
from summarizer.evaluation.benchmarks.rows import Row, build_row, need, texts
from summarizer.reading import printable_name

WICE_LABELS = ("supported", "partially_supported", "not_supported")
Reader = Callable[[Entry], Iterable[Row]]


class Form(NamedTuple):
    """A form of file."""

    name: str
    files: str
    """What its files are called, for people."""
    marks: frozenset[str]
    """Field names that it has and that, together, no other form has."""
    reader: Callable[[Path], Reader]
    """From the path of a file to what makes rows of each of its records."""

    others: tuple[frozenset[str], ...] = ()
    """Other names of the same fields."""
    without: frozenset[str] = frozenset()
    """Field names of a form that is like it otherwise."""

    def fits(self, fields: Mapping[str, object]) -> bool:
        """Whether a record with these fields is of this form."""
        has = any(marks <= fields.keys() for marks in (self.marks, *self.others))
        return has and not self.without & fields.keys()

    def __str__(self) -> str:
        return f"{self.name} ({self.files}; fields {', '.join(sorted(self.marks))})"


def read_rows(path: Path, *, form: str = "auto") -> Iterator[Row]:
    """Read the claims of a benchmark file, one after the other; `FORMS` are the forms that it may have.

    `auto` recognises the form by the field names of the first record. Ids are unique in
    what comes out; to see to that they are all held, and they alone. Raises a
    `CaseError` that names file, line and fault, and a `UsageError` for a form that is none.
    """
    if form != "auto" and form not in FORMS:
        raise UsageError(f"no form of benchmark file is called {form!r}; there are: auto, {', '.join(FORMS)}")
    return _rows(path, form)


def _rows(path: Path, form: str) -> Iterator[Row]:
    name = printable_name(path)
    read: Reader | None = None
    seen: set[str] = set()
    for entry in entries(path):
        if read is None:
            read = _form_of(entry, form, name).reader(path)
        try:
            rows = tuple(read(entry))
            for row in rows:
                if row.id in seen:
                    raise ValueError(f"the id {row.id!r} appears twice in the file")
                seen.add(row.id)
        except (ValueError, RecursionError) as error:
            raise CaseError(f"{name}: {entry.place}: {error}") from None
        yield from rows
    if read is None:
        raise CaseError(f"{name}: holds no claims")


def _form_of(entry: Entry, form: str, name: str) -> Form:
    fitting = [one for one in FORMS.values() if one.fits(entry.fields) and form in ("auto", one.name)]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        several = ", ".join(one.name for one in fitting)
        raise CaseError(f"{name}: {entry.place}: has the fields of several forms, {several}; name one of them")
    if form != "auto":
        missing = sorted(FORMS[form].marks - entry.fields.keys())
        raise CaseError(f"{name}: {entry.place}: is not {form}: has no field {', '.join(missing)}")
    if entry.fields.keys() >= jsonl.LABELS:
        raise CaseError(
            f"{name}: {entry.place}: a row with text and label needs its document too: document, source or source_path; "
            "or make it a case, cases/NAME.jsonl with its article in articles/NAME.txt"
        )
    given = ", ".join(repr(field)[1:-1][:40] for field in [*entry.fields][:12]) or "none"
    raise CaseError(
        f"{name}: {entry.place}: no known form has the fields {given}; known: {'; '.join(map(str, FORMS.values()))}"
    )


def _aggrefact(_path: Path) -> Reader:
    """AggreFact (Tang et al., ACL 2023, arXiv 2205.12854; github.com/Liyan06/AggreFact, README).

    Columns dataset, origin (cnndm or xsum), id (of the article: not unique), doc, summary, model_name,
    label (1 consistent), cut (val or test). Our dataset joins theirs with the origin, as their tables do.
    """

    def rows(entry: Entry) -> Iterator[Row]:
        fields = entry.fields
        yield build_row(
            id=entry.number,
            dataset=f"{need(fields, 'dataset')}-{need(fields, 'origin')}",
            document=fields.get("doc"),
            claim=fields.get("summary"),
            label=need(fields, "label"),
            split=fields.get("cut"),
        )

    return rows


def _llm_aggrefact(_path: Path) -> Reader:
    """LLM-AggreFact (Tang, Laban and Durrett, EMNLP 2024, arXiv 2404.10774; huggingface.co/datasets/lytang/LLM-AggreFact).

    Columns dataset, doc, claim, label (1 supported), contamination_identifier. The id is the number of the record.
    """

    def rows(entry: Entry) -> Iterator[Row]:
        fields = entry.fields
        yield build_row(
            id=entry.number,
            dataset=fields.get("dataset"),
            document=fields.get("doc"),
            claim=fields.get("claim"),
            label=need(fields, "label"),
            split=fields.get("split"),
        )

    return rows


def _summedits(path: Path) -> Reader:
    """SummEdits (Laban et al., EMNLP 2023, arXiv 2305.14540; github.com/salesforce/factualNLG, data/summedits/).

    summedits_DOMAIN.json is a list with id, doc, summary, label (1 consistent), original_summary, edit_types;
    on huggingface.co/datasets/Salesforce/summedits there is a domain too and the original is seed_summary.
    """

    def rows(entry: Entry) -> Iterator[Row]:
        fields = entry.fields
        domain = fields.get("domain")
        yield build_row(
            id=fields.get("id"),
            dataset=f"summedits_{domain}" if domain else plain_name(path).split(".")[0],
            document=fields.get("doc"),
            claim=fields.get("summary"),
            label=need(fields, "label"),
            split=fields.get("split"),
        )

    return rows


def _wice(_path: Path) -> Reader:
    """WiCE (Kamoi et al., EMNLP 2023, arXiv 2303.01432; github.com/ryokamoi/wice, data/entailment_retrieval/).

    claim/ and subclaim/ hold JSON lines with label (supported, partially_supported, not_supported), claim,
    evidence (the sentences of the cited article), supporting_sentences, and meta with an id. A claim that is
    supported in part is not supported. Each sentence is a paragraph of our document, so that it stays one.
    """

    def rows(entry: Entry) -> Iterator[Row]:
        fields = entry.fields
        label = fields.get("label")
        if label not in WICE_LABELS:
            raise ValueError(f"the label {str(label)[:40]!r} is none of WiCE's")
        meta = fields.get("meta")
        yield build_row(
            id=meta["id"] if isinstance(meta, Mapping) and "id" in meta else entry.number,
            dataset="wice",
            document="\n\n".join(text for text in texts(fields, "evidence") if text.strip()),
            claim=fields.get("claim"),
            label=label == "supported",
            split=fields.get("split"),
        )

    return rows


def _wice_chunks(_path: Path) -> Reader:
    """WiCE in chunks (code_and_resources/entailment_inputs/ of the same repository: chunks/, oracle_chunks/).

    As above, but evidence is a chunk of the article, label is that of the chunk, and meta has the chunk's place
    (chunk_idx) beside the id of the claim, which several chunks share. Report it as WiCE in chunks, not as WiCE.
    """
    seen: Counter[object] = Counter()

    def rows(entry: Entry) -> Iterator[Row]:
        fields, meta = entry.fields, entry.fields.get("meta")
        if not isinstance(meta, Mapping) or "chunk_idx" not in meta or "id" not in meta:
            raise ValueError("the field meta has no id and chunk_idx")
        if fields.get("label") not in WICE_LABELS:
            raise ValueError(f"the label {str(fields.get('label'))[:40]!r} is none of WiCE's")
        seen[str(meta["id"])] += 1
        yield build_row(
            id=f"{meta['id']}-{seen[str(meta['id'])]}",
            dataset="wice-chunks",
            document="\n\n".join(text for text in texts(fields, "evidence") if text.strip()),
            claim=fields.get("claim"),
            label=fields["label"] == "supported",
        )

    return rows


def _halueval(task: str, source: str, answer: str, context: str | None = None) -> Callable[[Path], Reader]:
    """HaluEval (Li et al., EMNLP 2023, arXiv 2305.11747; github.com/RUCAIBox/HaluEval, data/).

    qa_data.json, dialogue_data.json and summarization_data.json are lines with a text (knowledge, or the document),
    a right answer and a hallucinated one: two claims. What was said in a dialogue before is part of its document. An
    answer is judged as it stands, without its question. general_data.json has no text to check against.
    """

    def reader(_path: Path) -> Reader:
        def rows(entry: Entry) -> Iterator[Row]:
            fields = entry.fields
            parts = [need(fields, name) for name in (source, context) if name]
            if not all(isinstance(part, str) for part in parts):
                raise ValueError(f"the field {source} is not text")
            for kind, label in (("right", True), ("hallucinated", False)):
                yield build_row(
                    id=f"{entry.number}-{kind}",
                    dataset=f"halueval-{task}",
                    document="\n\n".join(parts),
                    claim=fields.get(f"{kind}_{answer}"),
                    label=label,
                )

        return rows

    return reader


def _marks(names: str) -> frozenset[str]:
    return frozenset(names.split())


FORMS: Mapping[str, Form] = {
    form.name: form
    for form in (
        Form("jsonl", "a claim a line", jsonl.MARKS, jsonl.reader, jsonl.OTHER_MARKS),
        Form("aggrefact", "aggre_fact_sota.csv, aggre_fact_final.csv", _marks("dataset origin doc summary label"), _aggrefact),
        Form("llm-aggrefact", "its Parquet, JSON lines or CSV", _marks("dataset doc claim label"), _llm_aggrefact),
        Form("frank", "human_annotations_sentence.json", _marks("hash model_name summary_sentences summary_sentences_annotations"), annotated.frank),
        Form("ragtruth", "response.jsonl, with source_info.jsonl beside it", _marks("id source_id response labels quality"), annotated.ragtruth),
        Form("summedits", "summedits_*.json, summedits.json", _marks("id doc summary label edit_types"), _summedits),
        Form("wice", "claim/*.jsonl, subclaim/*.jsonl", _marks("claim evidence label supporting_sentences"), _wice),
        Form("wice-chunks", "chunks/, oracle_chunks/", _marks("claim evidence label meta"), _wice_chunks, without=_marks("supporting_sentences")),
        Form("faithbench", "batch_*.json", _marks("sample_id source summary annotations"), annotated.faithbench),
        Form("halueval-qa", "qa_data.json", _marks("knowledge question right_answer hallucinated_answer"), _halueval("qa", "knowledge", "answer")),
        Form("halueval-dialogue", "dialogue_data.json", _marks("knowledge dialogue_history right_response hallucinated_response"), _halueval("dialogue", "knowledge", "response", "dialogue_history")),
        Form("halueval-summarization", "summarization_data.json", _marks("document right_summary hallucinated_summary"), _halueval("summarization", "document", "summary")),
        Form("lettucedetect", "lines or a list of answers with spans", _marks("prompt answer labels"), annotated.lettucedetect),
    )
}  # fmt: skip
