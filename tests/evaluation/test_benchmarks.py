"""Benchmarks are read as their authors give them out, judged like any summary, and scored by hand-checked sums."""

import csv
import gzip
import io
import json
import lzma
import tracemalloc
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from summarizer.components import assemble
from summarizer.drafts import Judgement, Judgements, QuoteDraft
from summarizer.errors import CaseError, UsageError
from summarizer.evaluation.benchmarks import (
    FORMS,
    Prediction,
    Row,
    evaluate_rows,
    files,
    judge_rows,
    measure,
    read_rows,
    recorded,
    write_predictions,
)
from summarizer.evaluation.scorecard import PredictedLabel
from summarizer.evaluation.statistics import auc
from summarizer.judging import Material
from summarizer.schema import Claim, Label, Probabilities
from summarizer.settings import resolve
from tests.fakes import ScriptedJudge, scripted

ARTICLE = (
    "The harbour of Elmby froze on Tuesday. Two ferries stayed at the quay. "
    "Mayor Ada Holt said that the ice would last until Friday."
)
CONTRADICTED, MISSING, SUPPORTED = Label.CONTRADICTED, Label.NOT_IN_SOURCE, Label.SUPPORTED


def lines(path: Path, *records: Mapping[str, Any]) -> Path:
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


def table(path: Path, *records: Mapping[str, Any]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [*records[0]])
        writer.writeheader()
        writer.writerows(records)
    return path


def gold(path: Path) -> list[tuple[str, str, bool | None, Label | None]]:
    return [(row.id, row.dataset, row.label, row.verdict3) for row in read_rows(path)]


# Our own form


def test_a_line_is_a_claim_and_its_id_dataset_and_label_may_be_missing(tmp_path: Path) -> None:
    path = lines(
        tmp_path / "elmby.jsonl",
        {"id": "a", "dataset": "ice", "document": ARTICLE, "claim": "Ice.", "label": 0, "verdict3": "contradicted"},
        {"document": ARTICLE, "claim": "Snow."},
    )

    assert [*read_rows(path)] == [
        Row("a", "ice", ARTICLE, "Ice.", False, CONTRADICTED),
        Row("2", "elmby", ARTICLE, "Snow.", None, None),
    ]


@pytest.mark.parametrize(
    ("given", "label", "verdict"),
    [
        (1, True, SUPPORTED), (0, False, None), (True, True, SUPPORTED), (False, False, None),
        ("supported", True, SUPPORTED), ("contradicted", False, CONTRADICTED), ("not_in_source", False, MISSING),
        ("unsupported", False, None), ("1", True, SUPPORTED), ("False", False, None), (None, None, None),
    ],
)  # fmt: skip
def test_a_label_may_be_a_number_a_truth_or_a_word(
    given: object, label: bool | None, verdict: Label | None, tmp_path: Path
) -> None:
    path = lines(tmp_path / "x.jsonl", {"document": ARTICLE, "claim": "Ice.", "label": given})

    assert gold(path) == [("1", "x", label, verdict)]


@pytest.mark.parametrize(("suffix", "pack"), [(".gz", gzip.compress), (".xz", lzma.compress)])
def test_a_packed_file_is_read_by_its_name(suffix: str, pack: Any, tmp_path: Path) -> None:
    text = b'\xef\xbb\xbf{"document": "Snow fell.", "claim": "It snowed."}\n\n'
    path = tmp_path / f"elmby.jsonl{suffix}"
    path.write_bytes(pack(text))

    assert [(row.dataset, row.claim) for row in read_rows(path)] == [("elmby", "It snowed.")]


GOOD = b'{"document": "Snow fell.", "claim": "It snowed."}\n'


@pytest.mark.parametrize(
    ("second", "fault"),
    [
        (b'{"document": ', "line 2: is not JSON: Expecting value: line 2 column 1 (char 14)"),
        (b"[1]", "line 2: is not a JSON object"),
        (b"\xff", "line 2: is not UTF-8 at byte 0; save it as UTF-8"),
        (b'{"document": "a", "claim": "b", "claim": "c"}', "line 2: is not JSON: a key appears twice in one object"),
        (b'{"document": "Snow fell."}', "line 2: the claim is missing"),
        (b'{"document": " ", "claim": "b"}', "line 2: the document is empty"),
        (b'{"document": 3, "claim": "b"}', "line 2: the document 3 is not text"),
        (b'{"document": "a", "claim": "\\ud800"}', "line 2: the claim has half a surrogate pair at character 0"),
        (b'{"id": "1", "document": "a", "claim": "b"}', "line 2: the id '1' appears twice in the file"),
        (
            b'{"id": "\\u001b[2J", "document": "a", "claim": "b"}',
            "line 2: the id '\\x1b[2J' is not a name of 1 to 200 printable characters",
        ),
        (
            b'{"document": "a", "claim": "b", "label": "maybe"}',
            "line 2: the label 'maybe' is none of 1, 0, true, false, supported, contradicted, not_in_source, unsupported",
        ),
        (
            b'{"document": "a", "claim": "b", "label": 1, "verdict3": "contradicted"}',
            "line 2: the label 1 and the verdict3 'contradicted' do not agree",
        ),
        (
            b'{"document": "a", "claim": "b", "label": "contradicted", "verdict3": "not_in_source"}',
            "line 2: the label 'contradicted' and the verdict3 'not_in_source' do not agree",
        ),
        (b'{"document": "a", "claim": "b", "label": ' + b"[" * 200_000, "line 2: is not JSON"),
    ],
)
def test_a_broken_line_is_named(second: bytes, fault: str, tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_bytes(GOOD + second + b"\n")
    read: Iterator[Row] = read_rows(path)

    assert next(read).id == "1"
    with pytest.raises(CaseError) as raised:
        next(read)
    assert str(raised.value).removeprefix(f"{path}: ").startswith(fault)


def test_too_much_is_refused_before_it_is_held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = tmp_path / "bomb.jsonl.xz"
    bomb.write_bytes(lzma.compress(b'{"document": "' + b"a" * 40_000_000))
    tracemalloc.start()
    with pytest.raises(CaseError, match="line 1: is longer than 8 MB"):
        next(read_rows(bomb))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 30_000_000

    monkeypatch.setattr(files, "LONGEST_LINE", 64)
    path = lines(tmp_path / "x.jsonl", *[{"document": "Snow.", "claim": "Ice."}] * 3)
    with pytest.raises(CaseError, match="line 2: more than 0 MB up to here; split the file"):
        list(files.entries(path, largest=60))


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("x.jsonl", b"", "holds no claims"),
        (
            "x.jsonl",
            b"PAR1....",
            "is a Parquet file; call it .parquet; give JSON lines, a JSON list, a .csv or a .parquet",
        ),
        ("x.jsonl", b"PK\x03\x04...", "is a ZIP or Word file; give JSON lines, a JSON list, a .csv or a"),
        ("x.jsonl", b"document,claim", "give JSON lines, a JSON list, a .csv or a .parquet file"),
        ("x.jsonl.gz", gzip.compress(GOOD * 99, mtime=0)[:40], "is broken as a .gz file; fetch it again"),
        ("x.jsonl.xz", GOOD, "is broken as a .xz file; fetch it again"),
        ("x.csv", b"document,claim\na\n", "line 2: has 1 cells where the first line has 2"),
        ("x.csv", b'document,claim\na,"b', "line 2: is not CSV: unexpected end of data"),
    ],
)
def test_what_is_no_such_file_is_said_to_be_none(name: str, content: bytes, fault: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(content)

    with pytest.raises(CaseError) as raised:
        list(read_rows(path))
    assert str(raised.value).removeprefix(f"{path}: ").startswith(fault)


def test_a_file_that_is_not_there_is_an_error_of_ours(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="cannot be read: No such file or directory"):
        list(read_rows(tmp_path / "none.jsonl"))


# The forms of others


def test_aggrefact_is_read_from_its_csv(tmp_path: Path) -> None:
    long = "Ice, “thick” ice.\n" * 9_000  # 160,000 characters: more than the csv module reads by itself
    record = {"dataset": "CLIFF", "origin": "xsum", "id": "77", "doc": long, "summary": "Ice.", "model_name": "BART"}
    path = table(
        tmp_path / "aggre_fact_sota.csv",
        {**record, "label": 1, "cut": "val", "DAE_score": 0.5},
        {**record, "label": 0, "cut": "test", "DAE_score": 0.1},
    )

    assert gold(path) == [("1", "CLIFF-xsum", True, SUPPORTED), ("2", "CLIFF-xsum", False, None)]
    assert next(read_rows(path)).document == long


@pytest.mark.parametrize("write", [table, lines])
def test_llm_aggrefact_is_read_from_csv_and_from_json_lines(write: Any, tmp_path: Path) -> None:
    record = {"dataset": "TofuEval-MeetB", "doc": ARTICLE, "claim": "Ice.", "contamination_identifier": "0" * 64}
    path = write(tmp_path / ("x.csv" if write is table else "x.jsonl"), {**record, "label": 0}, {**record, "label": 1})

    assert gold(path) == [("1", "TofuEval-MeetB", False, None), ("2", "TofuEval-MeetB", True, SUPPORTED)]


FRANK = {
    "hash": "36914884",
    "model_name": "BERTS2S",
    "article": ARTICLE,
    "split": "test",
    "summary": "The harbour froze. A storm came. The ice broke.",
    "summary_sentences": ["The harbour froze.", "A storm came.", " ", "The ice broke."],
    "summary_sentences_annotations": [
        {"annotator_0": ["NoE"], "annotator_1": ["GramE"], "annotator_2": ["NoE"]},
        {"annotator_0": ["OutE", "EntE"], "annotator_1": ["NoE"], "annotator_2": ["OutE"]},
        {"annotator_0": ["NoE"], "annotator_1": ["NoE"], "annotator_2": ["NoE"]},
        {"annotator_0": ["EntE"], "annotator_1": ["OutE"], "annotator_2": ["NoE"]},
    ],
}
FRANK_GOLD = [
    ("36914884-BERTS2S-0", "frank-xsum", True, SUPPORTED),
    ("36914884-BERTS2S-1", "frank-xsum", False, MISSING),
    ("36914884-BERTS2S-3", "frank-xsum", False, None),
]


def test_frank_is_a_claim_a_sentence_by_the_vote_of_its_annotators(tmp_path: Path) -> None:
    path = tmp_path / "human_annotations_sentence.json"
    path.write_text(json.dumps([FRANK]), encoding="utf-8")

    assert gold(path) == FRANK_GOLD


def test_an_article_that_frank_s_annotations_lack_is_in_the_file_beside_them(tmp_path: Path) -> None:
    path = tmp_path / "human_annotations_sentence.json"
    path.write_text(json.dumps([{key: value for key, value in FRANK.items() if key != "article"}]), encoding="utf-8")
    with pytest.raises(CaseError, match=r"needs benchmark_data\.json in the same folder"):
        list(read_rows(path))

    (tmp_path / "benchmark_data.json").write_text(json.dumps([FRANK]), encoding="utf-8")

    assert gold(path) == FRANK_GOLD
    assert {row.document for row in read_rows(path)} == {ARTICLE}


def ragtruth(folder: Path, **changed: Any) -> Path:
    response = "The harbour froze on Monday. Two ferries stayed. Seven swans slept there."
    labels = [
        {"start": 21, "end": 27, "text": "Monday", "label_type": "Evident Conflict", "meta": ""},
        {"start": 48, "end": 60, "text": " Seven swans", "label_type": "Subtle Baseless Info", "implicit_true": True},
    ]
    sources = [
        {"source_id": "s1", "task_type": "Summary", "source": "CNN/DM", "source_info": ARTICLE},
        {"source_id": "s2", "task_type": "QA", "source": "MARCO", "source_info": {"question": "?", "passages": "Ice."}},
        {"source_id": "s3", "task_type": "Data2txt", "source": "Yelp", "source_info": {"name": "Quay", "open": True}},
    ]
    (folder / "source_info.jsonl.gz").write_bytes(gzip.compress("\n".join(map(json.dumps, sources)).encode()))
    record = {"id": "9", "source_id": "s1", "model": "m", "labels": labels, "split": "test", "quality": "good"}
    return lines(folder / "response.jsonl", {**record, "response": response, **changed})


def test_ragtruth_is_a_claim_a_sentence_labelled_by_the_spans_that_overlap_it(tmp_path: Path) -> None:
    path = ragtruth(tmp_path)

    assert gold(path) == [
        ("9-0", "ragtruth", False, CONTRADICTED),
        ("9-1", "ragtruth", True, SUPPORTED),
        ("9-2", "ragtruth", False, MISSING),
    ]
    assert [row.claim for row in read_rows(path)][1] == "Two ferries stayed."


@pytest.mark.parametrize(
    ("source", "document"), [("s1", ARTICLE), ("s2", "Ice."), ("s3", '{\n "name": "Quay",\n "open": true\n}')]
)
def test_a_source_of_ragtruth_is_a_text_passages_or_facts(source: str, document: str, tmp_path: Path) -> None:
    assert next(read_rows(ragtruth(tmp_path, source_id=source))).document == document


def test_a_truncated_response_of_ragtruth_does_not_count(tmp_path: Path) -> None:
    assert gold(ragtruth(tmp_path, quality="truncated")) == []


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"labels": [{"start": 3}]}, "line 1: the field labels is not a list of objects with start, end, label_type"),
        ({"source_id": "s9"}, "line 1: source_info.jsonl has no source 's9'"),
        (
            {"labels": [{"start": 90, "end": 99, "label_type": "Evident Conflict"}]},
            "line 1: the label 'Evident Conflict' marks no sentence: 90 to 99 of 73 code points",
        ),
    ],
)
def test_a_broken_record_of_ragtruth_is_named(changed: dict[str, Any], fault: str, tmp_path: Path) -> None:
    with pytest.raises(CaseError, match=fault):
        list(read_rows(ragtruth(tmp_path, **changed)))


def test_summedits_is_read_from_a_list_of_a_domain_and_from_all_domains_in_lines(tmp_path: Path) -> None:
    record = {"doc": ARTICLE, "summary": "Ice.", "edit_types": []}
    path = tmp_path / "summedits_podcast.json"
    path.write_text(json.dumps([{"id": "podcast_1_1", "label": 1, "original_summary": "Ice.", **record}]))
    every = lines(
        tmp_path / "summedits.json", {"id": "news_2_3", "domain": "news", "label": 0, "seed_summary": "Snow.", **record}
    )

    assert gold(path) == [("podcast_1_1", "summedits_podcast", True, SUPPORTED)]
    assert gold(every) == [("news_2_3", "summedits_news", False, None)]


def test_wice_counts_what_is_supported_in_part_as_not_supported(tmp_path: Path) -> None:
    record = {"claim": "Ice.", "evidence": ["Elmby news", "It froze."], "supporting_sentences": [[1]]}
    labels = ["supported", "partially_supported", "not_supported"]
    path = lines(tmp_path / "x.jsonl", *({**record, "label": one, "meta": {"id": f"dev-{one}"}} for one in labels))

    assert gold(path) == [
        ("dev-supported", "wice", True, SUPPORTED),
        ("dev-partially_supported", "wice", False, None),
        ("dev-not_supported", "wice", False, None),
    ]
    assert next(read_rows(path)).document == "Elmby news\n\nIt froze."


def test_a_form_that_cannot_be_told_is_an_error_that_lists_the_known_ones(tmp_path: Path) -> None:
    path = lines(tmp_path / "x.jsonl", {"text": ARTICLE, "hypothesis\x1b[2J": "Ice."})

    with pytest.raises(CaseError) as raised:
        list(read_rows(path))

    message = str(raised.value)
    assert "line 1: no known form has the fields text, hypothesis\\x1b[2J; known: jsonl (a claim a line;" in message
    assert all(form in message for form in FORMS)


def test_a_form_that_was_asked_for_is_held_to(tmp_path: Path) -> None:
    path = lines(tmp_path / "x.jsonl", {"document": ARTICLE, "claim": "Ice."})

    with pytest.raises(CaseError, match="line 1: is not wice: has no field evidence, label, supporting_sentences"):
        list(read_rows(path, form="wice"))
    with pytest.raises(UsageError, match="no form of benchmark file is called 'frnk'"):
        read_rows(path, form="frnk")


# Judging


def row(claim: str, *, id: str = "r", document: str = ARTICLE, label: bool | None = True) -> Row:
    return Row(id, "ice", document, claim, label, None)


def verdict(claim: str, label: Label | None, support: float | None = None) -> Judgement:
    """A judgement; without a label it is open, and has probabilities alone."""
    quote = QuoteDraft(text="Two ferries stayed at the quay.")
    probabilities = None if support is None else Probabilities.of(support, 0, 1 - support)
    return Judgement(claim=claim, label=label, quotes=(quote,), probabilities=probabilities)


def outcomes(rows: Sequence[Row], *verdicts: Judgement) -> list[tuple[PredictedLabel, float | None]]:
    return [(one.label, one.score) for one in judge_rows(rows, scripted(*verdicts))]


FERRIES = "Two ferries stayed at the quay."


def test_claims_of_one_document_each_get_their_own_verdict() -> None:
    rows = [row(FERRIES, id="a"), row("Two ferries\n\n stayed at   the quay."), row("Snow fell.", id="c")]

    assert outcomes(rows, verdict("c1", SUPPORTED), verdict("c3", MISSING)) == [
        ("supported", None),
        ("unchecked", None),
        ("not_in_source", None),
    ]


def test_a_verdict_finds_its_claim_among_many() -> None:
    rows = [row("Snow fell.", id=str(number)) for number in range(11)]

    labels = [label for label, _ in outcomes(rows, verdict("c10", MISSING))]

    assert labels == ["unchecked"] * 9 + ["not_in_source"] + ["unchecked"]


@pytest.mark.parametrize(
    ("second", "expected"),
    [(SUPPORTED, "supported"), (MISSING, "not_in_source"), (CONTRADICTED, "contradicted"), (None, "unchecked")],
)
def test_a_claim_of_two_sentences_is_as_good_as_the_worse(second: Label | None, expected: PredictedLabel) -> None:
    verdicts = [verdict("c1", SUPPORTED), *([verdict("c2", second)] if second else [])]

    assert outcomes([row(f"{FERRIES} {FERRIES}")], *verdicts) == [(expected, None)]


def test_a_claim_that_the_judge_leaves_open_is_undecided_and_keeps_its_score() -> None:
    open_ = verdict("c1", None, 0.6)

    assert outcomes([row(FERRIES)], open_) == [("undecided", 0.6)]
    assert outcomes([row(f"{FERRIES} {FERRIES}")], open_, verdict("c2", SUPPORTED, 0.6)) == [("undecided", 0.6)]
    assert outcomes([row(f"{FERRIES} {FERRIES}")], open_) == [("unchecked", None)]


def test_the_gravest_part_decides_before_one_that_stayed_unchecked() -> None:
    assert outcomes([row(f"{FERRIES} {FERRIES}")], verdict("c2", MISSING)) == [("not_in_source", None)]


def test_a_score_is_the_geometric_mean_of_the_chances_of_a_claim_s_parts() -> None:
    both = row(f"{FERRIES} {FERRIES}")

    assert outcomes([both], verdict("c1", SUPPORTED, 0.9), verdict("c2", SUPPORTED, 0.4)) == [("supported", 0.6)]
    assert outcomes([both], verdict("c1", SUPPORTED, 0.8), verdict("c2", MISSING, 0.2)) == [("not_in_source", 0.4)]
    assert outcomes([both], verdict("c1", SUPPORTED, 0.5), verdict("c2", SUPPORTED)) == [("supported", None)]


class CountingJudge(ScriptedJudge):
    """Notes how many claims come in each call."""

    def __init__(self) -> None:
        super().__init__()
        self.calls: list[int] = []

    async def judge(self, claims: Sequence[Claim], material: Material) -> Judgements:
        self.calls.append(len(claims))
        return await super().judge(claims, material)


def test_a_document_is_read_once_for_the_claims_that_are_shorter_than_it_together() -> None:
    judge = CountingJudge()
    other = "Snow fell on the hills. Nobody saw it."
    rows = [*[row(FERRIES)] * 5, row("Snow fell.", document=other), row("Nobody saw it.", document=other)]

    predictions = [*judge_rows(rows, scripted()._replace(judge=judge))]

    assert judge.calls == [3, 2, 2]  # 24 words of document hold three claims of 6 words
    assert [one.document for one in predictions] == [sha256(ARTICLE.encode()).hexdigest()] * 5 + [
        sha256(other.encode()).hexdigest()
    ] * 2


def test_a_document_that_is_read_several_times_is_one_in_every_score() -> None:
    other = "Snow fell on the hills. Nobody saw it."
    claims = [(FERRIES, ARTICLE), ("Snow fell.", other), (FERRIES, ARTICLE)]
    rows = [row(text, id=str(at), document=document) for at, (text, document) in enumerate(claims)]

    card = evaluate_rows(lambda: rows, scripted(), name="ice")

    scores = {one.name: one for one in card.metrics}
    assert [scores[name].articles for name in ("extraction_precision", "extraction_recall")] == [2, 2]


def test_a_claim_that_is_the_document_is_unchecked_and_its_neighbours_are_not() -> None:
    short = "Snow fell."
    rows = [row(short, document=short), row("Ice.", document=ARTICLE), row(ARTICLE), row(FERRIES)]

    assert outcomes(rows, verdict("c1", SUPPORTED)) == [
        ("unchecked", None),
        ("unchecked", None),
        ("unchecked", None),
        ("supported", None),
    ]


def test_rows_are_read_as_they_are_judged() -> None:
    taken = 0

    def rows() -> Iterator[Row]:
        nonlocal taken
        for number in range(1000):
            taken += 1
            yield row(FERRIES, id=str(number), document=f"{ARTICLE} Note {number // 2}.")

    predictions = judge_rows(rows(), scripted())

    assert next(predictions).id == "0"
    assert taken == 3  # the claims of one document, and the first of the next


def test_a_prediction_is_a_line_of_ascii() -> None:
    file = io.StringIO()
    made = Prediction("é\u202e1", "ice", "contradicted", 0.25, False, "0" * 64)

    assert [*recorded([made], file)] == [made]
    write_predictions([made._replace(id="2", label="unchecked", score=None)], file)

    assert file.getvalue() == (
        '{"id": "\\u00e9\\u202e1", "dataset": "ice", "gold": "unsupported", "label": "contradicted", "score": 0.25, '
        '"probabilities": null, "evidence": [], "cost_usd": 0.0}\n'
        '{"id": "2", "dataset": "ice", "gold": "unsupported", "label": "unchecked", "score": null, '
        '"probabilities": null, "evidence": [], "cost_usd": 0.0}\n'
    )


def test_the_embedded_judge_judges_a_file_from_end_to_end(tmp_path: Path) -> None:
    claims = [
        ("The harbour of Elmby froze on Tuesday.", 1),
        ("The harbour of Elmby froze on Thursday.", 0),
        ("The harbour of Elmby froze on Tuesday. Nine ferries stayed at the quay.", 0),
    ]
    path = lines(
        tmp_path / "elmby.jsonl",
        *({"document": ARTICLE, "claim": claim, "label": label} for claim, label in claims),
    )

    predictions = [*judge_rows(read_rows(path), assemble(resolve({"backend": "embedded"})))]

    assert [one.label for one in predictions] == ["supported", "contradicted", "contradicted"]
    assert measure(predictions).macro.balanced_accuracy.value == 1.0


# Scoring


def prediction(
    gold: bool | None, label: PredictedLabel, *, dataset: str = "ice", document: str = "a", score: float | None = None
) -> Prediction:
    return Prediction("x", dataset, label, score, gold, document)


FIVE = [
    prediction(True, "supported", document="a"),
    prediction(True, "undecided", document="b"),
    prediction(False, "contradicted", document="a"),
    prediction(False, "supported", document="b"),
    prediction(False, "unchecked", document="c"),
]


def test_undecided_and_unchecked_count_as_wrong_or_are_left_out() -> None:
    (ice,) = measure(FIVE).datasets

    assert (ice.n, ice.documents) == (5, 3)
    assert ice.balanced_accuracy.value == pytest.approx((1 / 2 + 1 / 3) / 2)
    assert (ice.selective.value, ice.selective.n) == (2 / 3, 3)
    assert (ice.decided.value, ice.decided.n) == (3 / 5, 5)
    assert (ice.undecided.value, ice.undecided.n) == (1 / 5, 5)
    assert (ice.unchecked.value, ice.unchecked.n) == (1 / 5, 5)
    assert (ice.balanced_accuracy.undecided, ice.balanced_accuracy.unchecked) == (1, 1)
    assert ice.auc.value is None


def test_the_macro_mean_weighs_datasets_and_not_claims() -> None:
    snow = [prediction(True, "supported", dataset="snow"), prediction(False, "contradicted", dataset="snow")]
    lost = [prediction(True, "unchecked", dataset="rain"), prediction(False, "contradicted", dataset="rain")]

    scores = measure([*FIVE, *snow, *lost])

    assert [one.dataset for one in scores.datasets] == ["ice", "rain", "snow"]
    assert scores.macro.balanced_accuracy.value == pytest.approx((5 / 12 + 1 / 2 + 1) / 3)
    assert scores.macro.selective.value == pytest.approx((2 / 3 + 1 + 1) / 3)


def test_the_area_under_the_curve_counts_ties_half() -> None:
    # pairs: 0.9 over 0.4 and 0.1; 0.4 ties 0.4 and is over 0.1; 0.2 under 0.4 and over 0.1
    pairs = [(0.9, True), (0.4, True), (0.4, False), (0.2, True), (0.1, False)]

    assert auc(pairs) == pytest.approx((2 + 1.5 + 1) / 6)
    assert auc([(0.5, True)]) is None


def test_an_area_needs_the_score_of_every_labelled_claim() -> None:
    scored = [prediction(True, "supported", score=0.9), prediction(False, "supported", score=0.4, document="b")]
    unknown = prediction(None, "unchecked", document="c")

    assert measure([*scored, unknown]).datasets[0].auc.value == 1.0
    assert measure([*scored, prediction(True, "unchecked", document="c")]).datasets[0].auc.value is None


def test_intervals_are_of_documents_and_not_of_claims() -> None:
    def half_unchecked(documents: int) -> list[Prediction]:
        labels: tuple[PredictedLabel, PredictedLabel] = ("supported", "unchecked")
        return [prediction(True, labels[number % 2], document=str(number % documents)) for number in range(400)]

    one, few, many = (measure(half_unchecked(documents)).macro.unchecked for documents in (2, 8, 400))

    assert (one.value, few.value, many.value) == (0.5, 0.5, 0.5)
    assert (one.low, one.high) == (None, None)  # of two documents
    assert few.low is not None
    assert few.low < 0.2
    assert many.low == pytest.approx(0.45, abs=0.01)
    assert many.high == pytest.approx(0.55, abs=0.01)


def test_the_interval_of_an_area_is_of_documents_too() -> None:
    given = [
        prediction(gold, "supported", document=str(document), score=0.9 if gold == bool(document % 3) else 0.1)
        for document in range(9)
        for gold in (True, False)
    ]

    area = measure(given).macro.auc

    assert area.value == pytest.approx((6 / 9) ** 2 + (6 / 9) * (3 / 9))
    assert area.low is not None
    assert area.high is not None
    assert area.low < 0.3
    assert area.high > 0.9
    assert measure(given[:8]).macro.auc.low is None


def test_one_document_has_no_interval() -> None:
    together = measure(one._replace(document="a") for one in FIVE)

    assert (together.macro.unchecked.low, together.datasets[0].balanced_accuracy.low) == (None, None)


def test_scores_are_the_same_each_time() -> None:
    assert measure(FIVE) == measure(iter(FIVE))


def test_nothing_can_be_measured_of_nothing() -> None:
    assert measure([]).macro.balanced_accuracy.value is None
