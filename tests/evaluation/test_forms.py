"""More forms of benchmark files, and column files: each on a few invented records in the shape that its authors give out."""

import json
from codecs import BOM_UTF8
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pyarrow
import pyarrow.ipc
import pyarrow.parquet
import pytest

from summarizer.errors import CaseError
from summarizer.evaluation.benchmarks import Row, read_rows, rows_of
from summarizer.schema import Label

ARTICLE = "The harbour of Elmby froze on Tuesday. Two ferries stayed at the quay."
SUMMARY = "The harbour froze. A storm came. Two ferries sank."
write_parquet: Any = pyarrow.parquet.write_table
new_stream: Any = pyarrow.ipc.new_stream
SPANS = {"came": (SUMMARY.index("came"), SUMMARY.index("came") + 4), "sank": (SUMMARY.index("sank"), len(SUMMARY))}


def lines(path: Path, *records: Mapping[str, Any]) -> Path:
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


def gold(path: Path) -> list[tuple[str, str, bool | None, Label | None]]:
    return [(row.id, row.dataset, row.label, row.verdict3) for row in read_rows(path)]


def annotation(word: str, *labels: str) -> dict[str, Any]:
    start, end = SPANS[word]
    return {"annot_id": 1, "label": [*labels], "summary_span": word, "summary_start": start, "summary_end": end}


def test_faithbench_is_a_claim_a_sentence_by_the_worst_annotation(tmp_path: Path) -> None:
    samples = [
        {"sample_id": 0, "source": ARTICLE, "summary": SUMMARY, "annotations": []},
        {
            "sample_id": 1,
            "source": ARTICLE,
            "summary": SUMMARY,
            "annotations": [
                annotation("came", "Unwanted", "Unwanted.Extrinsic"),
                annotation("sank", "Benign"),
                annotation("sank", "Questionable"),
            ],
        },
        {
            "sample_id": 2,
            "source": ARTICLE,
            "summary": SUMMARY,
            "annotations": [annotation("came", "Benign"), annotation("sank", "Unwanted", "Unwanted.Instrinsic")],
        },
    ]
    path = tmp_path / "batch_1.json"
    path.write_text(json.dumps({"metadata": {"batch": 1}, "samples": samples}, indent=2), encoding="utf-8")

    found = {name: (label, verdict) for name, dataset, label, verdict in gold(path) if dataset == "faithbench"}

    right = (True, Label.SUPPORTED)
    assert found == {
        "0-0": right, "0-1": right, "0-2": right,
        "1-0": right, "1-1": (False, Label.NOT_IN_SOURCE), "1-2": (False, None),
        "2-0": right, "2-1": right, "2-2": (False, None),
    }  # fmt: skip


@pytest.mark.parametrize("form", ["list", "lines"])
def test_lettucedetect_is_a_claim_a_sentence_by_the_spans_that_overlap_it(form: str, tmp_path: Path) -> None:
    labels = [
        {"start": SPANS["came"][0], "end": SPANS["came"][1], "label": "Evident Baseless Info"},
        {"start": SPANS["sank"][0], "end": SPANS["sank"][1], "label": "contradiction"},
    ]
    old = {"prompt": f"Summarise: {ARTICLE}", "answer": SUMMARY, "labels": labels, "split": "dev", "dataset": "x"}
    new = {**old, "context": ARTICLE, "labels": [{**labels[0], "label": "fabrication"}], "dataset": "y"}
    path = tmp_path / "ragtruth_data.json"
    path.write_text(
        json.dumps([old, new]) if form == "list" else "".join(json.dumps(one) + "\n" for one in (old, new)),
        encoding="utf-8",
    )

    rows = [*read_rows(path)]

    assert [(row.id, row.dataset, row.verdict3, row.split) for row in rows] == [
        ("1-0", "x", Label.SUPPORTED, "dev"),
        ("1-1", "x", Label.NOT_IN_SOURCE, "dev"),
        ("1-2", "x", Label.CONTRADICTED, "dev"),
        ("2-0", "y", Label.SUPPORTED, "dev"),
        ("2-1", "y", None, "dev"),
        ("2-2", "y", Label.SUPPORTED, "dev"),
    ]
    assert (rows[0].document, rows[3].document) == (f"Summarise: {ARTICLE}", ARTICLE)


@pytest.mark.parametrize(
    ("record", "dataset", "document"),
    [
        (
            {
                "knowledge": ARTICLE,
                "question": "What froze?",
                "right_answer": "The sea.",
                "hallucinated_answer": "Ice.",
            },
            "halueval-qa",
            ARTICLE,
        ),
        (
            {
                "knowledge": ARTICLE,
                "dialogue_history": "[Human]: What froze?",
                "right_response": "The sea.",
                "hallucinated_response": "Ice.",
            },
            "halueval-dialogue",
            f"{ARTICLE}\n\n[Human]: What froze?",
        ),
        (
            {"document": ARTICLE, "right_summary": "The sea.", "hallucinated_summary": "Ice."},
            "halueval-summarization",
            ARTICLE,
        ),
    ],
)
def test_halueval_is_two_claims_a_record(record: dict[str, str], dataset: str, document: str, tmp_path: Path) -> None:
    rows = [*read_rows(lines(tmp_path / "x_data.json", record))]

    assert [(row.id, row.dataset, row.claim, row.label, row.document) for row in rows] == [
        ("1-right", dataset, "The sea.", True, document),
        ("1-hallucinated", dataset, "Ice.", False, document),
    ]


def test_wice_in_chunks_has_a_row_for_each_chunk_of_a_claim(tmp_path: Path) -> None:
    chunk = {"label": "supported", "claim": "The harbour froze.", "evidence": [ARTICLE], "meta": {"id": "dev1"}}
    path = lines(
        tmp_path / "dev.jsonl",
        {**chunk, "meta": {"id": "dev1", "chunk_idx": [0]}},
        {**chunk, "label": "partially_supported", "meta": {"id": "dev1", "chunk_idx": [1], "oracle_idx": [1]}},
    )

    assert gold(path) == [
        ("dev1-1", "wice-chunks", True, Label.SUPPORTED),
        ("dev1-2", "wice-chunks", False, None),
    ]
    with pytest.raises(CaseError, match="line 1: the field meta has no id and chunk_idx"):
        gold(lines(tmp_path / "x.jsonl", chunk))


RECORDS = [
    {"dataset": "d", "doc": ARTICLE, "claim": "Ice.", "label": number % 2, "contamination_identifier": str(number)}
    for number in range(3)
]


def test_llm_aggrefact_is_read_from_its_parquet(tmp_path: Path) -> None:
    write_parquet(pyarrow.Table.from_pylist(RECORDS), tmp_path / "test-00000-of-00001.parquet")

    assert [label for _, _, label, _ in gold(tmp_path / "test-00000-of-00001.parquet")] == [False, True, False]


def test_a_folder_that_the_datasets_library_saved_is_read_by_its_splits(tmp_path: Path) -> None:
    for split, records in (("test", RECORDS[:1]), ("validation", RECORDS[1:])):
        (tmp_path / split).mkdir()
        whole = pyarrow.Table.from_pylist(records)
        path = tmp_path / split / "data-00000-of-00001.arrow"
        with path.open("wb") as file, new_stream(file, whole.schema) as stream:
            stream.write_table(whole)
        (tmp_path / split / "state.json").write_text(json.dumps({"_data_files": [{"filename": path.name}]}))
    (tmp_path / "dataset_dict.json").write_text('{"splits": ["test", "validation"]}')

    rows = [*read_rows(tmp_path)]

    assert [(row.id, row.split) for row in rows] == [("1", "test"), ("2", "dev"), ("3", "dev")]
    assert [row.id for row in rows_of([tmp_path], split="dev")] == ["2", "3"]


def test_a_folder_of_the_hub_is_read_by_the_names_of_its_files(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    for name, records in (("dev-00000-of-00001", RECORDS[:1]), ("test-00000-of-00001", RECORDS[1:])):
        write_parquet(pyarrow.Table.from_pylist(records), tmp_path / "data" / f"{name}.parquet")

    assert [(row.id, row.split) for row in read_rows(tmp_path)] == [("1", "dev"), ("2", "test"), ("3", "test")]


def test_what_is_no_column_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "x.parquet").write_bytes(b"PAR1 and no more")

    with pytest.raises(CaseError, match=r"x\.parquet: cannot be read as parquet: "):
        gold(tmp_path / "x.parquet")
    (tmp_path / "empty").mkdir()
    with pytest.raises(CaseError, match=r"empty: holds neither \.arrow nor \.parquet files"):
        gold(tmp_path / "empty")


def test_a_claim_may_be_called_text_and_its_document_source_or_a_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    path = lines(
        tmp_path / "mine.jsonl",
        {"text": "Ice.", "source": ARTICLE, "label": 1},
        {"text": "Ice.", "source_path": "a.txt", "label": 0},
    )

    assert [(row.claim, row.document, row.label) for row in read_rows(path)] == [
        ("Ice.", ARTICLE, True),
        ("Ice.", ARTICLE, False),
    ]


@pytest.mark.parametrize(
    "saved", [lambda data: data.replace(b"\n", b"\r\n"), lambda data: BOM_UTF8 + data], ids=["CRLF", "byte order mark"]
)
def test_how_an_editor_saves_a_file_changes_no_row(saved: Callable[[bytes], bytes], tmp_path: Path) -> None:
    def read() -> list[Row]:
        return [*read_rows(tmp_path / "mine.jsonl"), *read_rows(tmp_path / "mine.csv")]

    (tmp_path / "a.txt").write_bytes(b"The harbour froze.\nTwo ferries stayed.\n")
    lines(tmp_path / "mine.jsonl", {"text": "Ice.", "source_path": "a.txt", "label": 0})
    (tmp_path / "mine.csv").write_bytes(b'document,claim,label\n"The harbour\nfroze.",Ice.,1\n')
    before = read()

    for path in tmp_path.iterdir():
        path.write_bytes(saved(path.read_bytes()))

    assert read() == before


@pytest.mark.parametrize(
    ("more", "fault"),
    [
        ({"source_path": "../a.txt"}, r"source_path '\.\./a\.txt': leaves the folder of the file"),
        ({"source_path": "none.txt"}, "source_path 'none.txt': No such file"),
        ({"source_path": "a.txt", "source": ARTICLE}, "has both source and source_path; give one of them"),
    ],
)
def test_a_source_that_cannot_be_had_is_named(more: dict[str, str], fault: str, tmp_path: Path) -> None:
    with pytest.raises(CaseError, match=fault):
        gold(lines(tmp_path / "mine.jsonl", {"text": "Ice.", "label": 1, **more}))


def test_a_row_without_a_document_says_where_it_would_be_a_case(tmp_path: Path) -> None:
    with pytest.raises(
        CaseError, match=r"line 1: a row with text and label needs its document too: .*cases/NAME\.jsonl"
    ):
        gold(lines(tmp_path / "x.jsonl", {"text": "Ice.", "label": 1}))


def test_an_object_over_several_lines_needs_one_list(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text(json.dumps({"a": [{}], "b": [{}]}, indent=1), encoding="utf-8")

    with pytest.raises(CaseError, match=r"x\.json: is a JSON object without one list of records"):
        gold(tmp_path / "x.json")
