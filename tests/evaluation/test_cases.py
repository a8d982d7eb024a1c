"""A label without its words cannot be loaded, and a broken case says where it is broken."""

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from summarizer.errors import CaseError
from summarizer.evaluation.case_files import load_suite, parse_case
from summarizer.evaluation.cases import case_schema
from summarizer.llm.templates import load_prompts
from summarizer.schema import Label
from tests.evaluation.conftest import ARTICLE, built, case_of, claim, suite_of

ROOT = Path(__file__).parents[2]


def test_the_built_in_suite_is_what_its_card_says() -> None:
    suite = load_suite()
    labels = Counter(one.label for one in suite.claims())
    whole = sum(labels.values())

    assert len(suite.cases) >= 30
    assert whole >= 450
    assert 0.45 <= labels[Label.SUPPORTED] / whole <= 0.55
    assert 0.25 <= labels[Label.CONTRADICTED] / whole <= 0.35
    assert 0.15 <= labels[Label.NOT_IN_SOURCE] / whole <= 0.25
    writers = Counter(summary.writer for case in suite.cases for summary in case.file.summaries)
    assert set(writers) == {"planted", "paraphrased", "model", "extractive"}
    assert min(writers.values()) >= 12
    assert sum(len(case.document.text.split()) >= 4_000 for case in suite.cases) >= 2
    assert all(4 <= len(case.file.key_sentences) <= 8 for case in suite.cases)


def test_dev_and_test_share_no_article_and_make_the_whole() -> None:
    dev, test = load_suite(split="dev"), load_suite(split="test")

    assert not {case.id for case in dev.cases} & {case.id for case in test.cases}
    assert len(dev.cases) + len(test.cases) == len(load_suite().cases)


def test_the_seed_is_the_seed() -> None:
    (seed,) = (ROOT / "seeds").glob("*.txt")

    assert (ROOT / "evals" / "articles" / seed.name).read_bytes() == seed.read_bytes()


def test_no_prompt_contains_text_of_a_case() -> None:
    """Eight words in a row are no accident."""

    def runs(text: str) -> set[tuple[str, ...]]:
        words = text.lower().split()
        return {tuple(words[at : at + 8]) for at in range(len(words) - 7)}

    prompts = {run for prompt in load_prompts().values() for run in runs(prompt.source)}
    for case in load_suite().cases:
        texts = [case.document.text, *(one.text for one in case.claims())]
        assert not prompts & {run for text in texts for run in runs(text)}, case.id


def test_every_case_file_fits_the_published_schema() -> None:
    schema = json.loads((ROOT / "docs" / "case-schema.json").read_text(encoding="utf-8"))

    assert schema == json.loads(case_schema())
    for path in (ROOT / "evals" / "cases").glob("*.json"):
        Draft202012Validator(schema).validate(json.loads(path.read_text(encoding="utf-8")))


def supported(facts: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = facts["summaries"][0]["claims"][0]
    return found


def contradicted(facts: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = facts["summaries"][0]["claims"][1]
    return found


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (
            lambda facts: supported(facts).update(evidence=[["Snow fell on the fields."]]),
            "bay-1: evidence: these words",
        ),
        (lambda facts: supported(facts).update(evidence=[[" "]]), "bay-1: evidence: has no words"),
        (lambda facts: contradicted(facts)["conflict"].update(source_words="\n"), "bay-2: conflict: has no words"),
        (lambda facts: facts.update(key_sentences=[" "]), "key sentence: has no words"),
        (lambda facts: supported(facts).update(error="number"), "bay-1: a supported claim has neither error nor"),
        (lambda facts: supported(facts).update(evidence=[[]]), "bay-1: evidence: "),
        (
            lambda facts: contradicted(facts).update(label="not_in_source"),
            "bay-2: a claim that is not in the source has",
        ),
        (
            lambda facts: contradicted(facts)["conflict"].update(claim_words="31"),
            "bay-2: the claim does not hold the words '31'",
        ),
        (lambda facts: contradicted(facts)["conflict"].update(source_words="13 m"), "bay-2: conflict: these words"),
        (lambda facts: supported(facts).update(label="true"), "bay-1: label: must be supported, contradicted,"),
        (lambda facts: supported(facts).update(lable="supported"), "bay-1: lable: there is no such field"),
        (
            lambda facts: supported(facts).update(annotations=["supported", "not_in_source"]),
            "bay-1: the annotators disagree",
        ),
        (lambda facts: facts.update(split="train"), "split: "),
        (lambda facts: facts.update(key_sentences=["No such words."]), "key sentence: these words"),
        (lambda facts: facts.update(article="../secret.txt"), "not a file name"),
        (lambda facts: facts["summaries"][0].update(claims=[]), "bay.json: claims: must not be empty"),
    ],
)
def test_a_broken_case_names_file_claim_and_fault(
    fault: Callable[[dict[str, Any]], None], words: str, folder: Path
) -> None:
    facts = case_of("bay")
    fault(facts)
    (folder / "cases" / "bay.json").write_text(json.dumps(facts), encoding="utf-8")

    with pytest.raises(CaseError) as error:
        load_suite(folder)

    assert str(error.value).startswith("bay.json: ")
    assert words in str(error.value)
    assert "\n" not in str(error.value)


def test_a_label_of_the_built_in_suite_has_its_words() -> None:
    for one in load_suite().claims():
        assert bool(one.evidence) is (one.label != Label.NOT_IN_SOURCE), one.id
        assert bool(one.error) is (one.label != Label.SUPPORTED), one.id
        assert bool(one.conflict) is (one.label == Label.CONTRADICTED), one.id


def test_every_fault_of_every_file_is_named_at_once(folder: Path) -> None:
    for name in ("bay", "cove"):
        facts = case_of(name)
        supported(facts).update(evidence=[["Snow fell on the fields."]], label="sound")
        contradicted(facts).update(error="numbers")
        (folder / "cases" / f"{name}.json").write_text(json.dumps(facts), encoding="utf-8")

    with pytest.raises(CaseError) as error:
        load_suite(folder)

    faults = str(error.value).split("; ")
    assert [fault.split(": ")[:2] for fault in faults] == [
        ["bay.json", "bay-1"], ["bay-2", "error"], ["bay-1", "evidence"],
        ["cove.json", "cove-1"], ["cove-2", "error"], ["cove-1", "evidence"],
    ]  # fmt: skip


def test_faults_of_form_quotation_and_repetition_come_together_in_our_words(folder: Path) -> None:
    first: list[Any] = [
        {"id": "a", "text": "Snow fell.", "label": "supported", "error": "number", "evidence": [1, 2]},
        {"id": "b", "text": "Rain fell.", "label": "maybe", "evidence": [["not there"]], "difficulty": "huge"},
        {"id": "c", "text": "Fog.", "label": "contradicted", "conflict": {"claim_words": "x", "source_words": "zzz"}},
        {"id": "c", "text": "Fog.", "label": "supported", "colour": 1},
        7,
    ]
    second = [claim("a", "Snow fell.", "supported", evidence=[["absent"]])]
    both: list[tuple[str, list[Any]]] = [("bay", first), ("cove", second)]
    for name, claims in both:
        (folder / "cases" / f"{name}.json").write_text(json.dumps(case_of(name, claims)), encoding="utf-8")

    with pytest.raises(CaseError) as error:
        load_suite(folder)

    assert str(error.value).split("; ") == [
        'bay.json: a: evidence: must be a list of sets of quotes, each a list of texts: [["Snow fell"]]',
        "b: label: must be supported, contradicted, not_in_source or unsupported",
        "b: difficulty: must be 'easy', 'medium' or 'hard'",
        "c: the claim does not hold the words 'x'",
        "c: colour: there is no such field",
        "must be an object of fields",
        "a: a supported claim has neither error nor conflict",
        "b: evidence: these words are not in the article: 'not there'",
        "c: conflict: these words are not in the article: 'zzz'",
        "cove.json: a: evidence: these words are not in the article: 'absent'",
        "bay.json: a: this id is given 2 times in the suite",
        "bay.json: c: this id is given 2 times in the suite",
        "bay.json: c: the same claim has two labels",
    ]


def test_of_very_many_faults_the_first_are_named(folder: Path) -> None:
    claims = [claim(f"c{number}", f"Claim {number}.", "sound") for number in range(30)]
    (folder / "cases" / "bay.json").write_text(json.dumps(case_of("bay", claims)), encoding="utf-8")

    with pytest.raises(CaseError, match=r"c19: label: must be .*; and 10 more$"):
        load_suite(folder)


def test_a_text_and_a_label_are_a_case(tmp_path: Path) -> None:
    labels = ["supported", "not_in_source", "contradicted", "unsupported"]
    made = {"article": "a.txt", "claims": [{"text": f"Claim {one}.", "label": one} for one in labels]}
    for name, text in (("articles/a.txt", ARTICLE), ("cases/a.json", json.dumps(made))):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(text, encoding="utf-8")

    suite = load_suite(tmp_path)

    Draft202012Validator(json.loads(case_schema())).validate(made)
    assert [(one.id, one.label, one.evidence, one.error) for one in suite.claims()] == [
        (f"a-{number}", label, (), None) for number, label in enumerate(labels, 1)
    ]
    with pytest.raises(CaseError, match="a: does not say of which split it is; leave out --split"):
        load_suite(tmp_path, split="dev")


def test_an_id_is_given_once_in_the_suite(folder: Path) -> None:
    facts = case_of("cove")
    facts["summaries"][0]["claims"][0]["id"] = "bay-1"
    (folder / "cases" / "cove.json").write_text(json.dumps(facts), encoding="utf-8")

    with pytest.raises(CaseError, match="bay-1: this id is given 2 times"):
        load_suite(folder)


def test_a_claim_bears_one_label(folder: Path) -> None:
    text = "Volcanoes erupted in Iceland."
    twice = [claim("a", text, "not_in_source"), claim("b", text, "supported")]
    (folder / "cases" / "bay.json").write_text(json.dumps(case_of("bay", twice)), encoding="utf-8")

    with pytest.raises(CaseError, match=r"bay\.json: b: the same claim has two labels"):
        load_suite(folder)


def test_a_claim_bears_one_label_in_all_case_files_of_its_article(folder: Path) -> None:
    text = "Volcanoes erupted in Iceland."
    for name, label in (("bay", "not_in_source"), ("cove", "supported")):
        facts = case_of(name, [claim(f"{name}-1", text, label)])
        (folder / "cases" / f"{name}.json").write_text(json.dumps(facts), encoding="utf-8")

    assert len(load_suite(folder).cases) == 2  # of articles that differ
    (folder / "articles" / "cove.txt").write_bytes((folder / "articles" / "bay.txt").read_bytes())

    with pytest.raises(CaseError, match=r"^cove\.json: cove-1: the same claim has two labels, the other in bay\.json$"):
        load_suite(folder)


def test_one_article_is_in_one_split(folder: Path) -> None:
    (folder / "cases" / "cove.json").write_text(json.dumps(case_of("cove", split="test")), encoding="utf-8")
    (folder / "articles" / "cove.txt").write_bytes((folder / "articles" / "bay.txt").read_bytes())

    with pytest.raises(CaseError, match="is in both dev and test"):
        load_suite(folder)


@pytest.mark.parametrize(
    "text", ["", "[", "[]", '{"article": 3}', '{"article": "x.txt", "article": "x.txt"}', "[" * 9000]
)
def test_what_is_no_case_is_named(text: str, folder: Path) -> None:
    (folder / "cases" / "bay.json").write_text(text, encoding="utf-8")
    (folder / "articles" / "x.txt").write_text("Rain.", encoding="utf-8")

    with pytest.raises(CaseError, match=r"bay\.json"):
        load_suite(folder)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('{"article": "bay.txt",\n "claims": [1,]}', r"line 2 column \d+"),
        ('{\n<<<<<<< HEAD\n"article": "bay.txt"}', "line 2 column 1"),
        ('{"article": "bay.txt", "claims": [], "claims": []}', "the key 'claims' appears twice in one object"),
    ],
)
def test_a_slip_in_json_is_named_with_its_place(text: str, fault: str, folder: Path) -> None:
    (folder / "cases" / "bay.json").write_text(text, encoding="utf-8")

    with pytest.raises(CaseError, match=rf"^bay\.json: is not JSON as a case should be: .*{fault}"):
        load_suite(folder)


def test_a_missing_article_and_an_empty_folder_are_named(folder: Path, tmp_path: Path) -> None:
    (folder / "articles" / "bay.txt").unlink()

    with pytest.raises(CaseError, match=r"bay\.json: article bay\.txt: "):
        load_suite(folder)
    with pytest.raises(CaseError, match="has no cases"):
        load_suite(tmp_path / "nowhere")


@pytest.mark.parametrize("text", [b"", b"\n", b" \t\r\n"])
def test_an_article_without_words_is_a_fault_beside_the_others(text: bytes, folder: Path) -> None:
    (folder / "articles" / "bay.txt").write_bytes(text)
    (folder / "articles" / "cove.txt").unlink()
    (folder / "articles" / "dune.txt").write_bytes(text)
    (folder / "cases" / "dune.csv").write_text("text,label\nSnow fell.,1\n", encoding="utf-8")

    with pytest.raises(CaseError) as error:
        load_suite(folder)

    assert str(error.value).split("; ") == [
        "bay.json: article bay.txt: is empty",
        "cove.json: article cove.txt: No such file or directory",
        "dune.csv: article dune.txt: is empty",
    ]


def test_the_digest_sees_a_label_a_word_and_a_missing_case() -> None:
    whole = suite_of("bay", "cove").sha256
    other = case_of("cove")
    other["summaries"][0]["claims"][3] |= {"difficulty": "hard"}

    assert suite_of("bay").sha256 != whole
    assert suite_of("bay", "cove").sha256 == whole
    assert (
        suite_of("bay")
        ._replace(cases=(*suite_of("bay").cases, built(other, suite_of("cove").cases[0].document.text)))
        .sha256
        != whole
    )


def with_crlf(folder: Path) -> None:
    """What a checkout of Git for Windows makes of the files."""
    for path in folder.rglob("*.*"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))


def test_line_ends_change_neither_digest_nor_quotes(folder: Path) -> None:
    quote = "shut two roads.\nThe library"
    for name in ("bay", "cove"):
        path = folder / "articles" / f"{name}.txt"
        path.write_bytes(path.read_bytes().replace(b". The library", b".\nThe library"))
    facts = case_of("bay", [claim("bay-1", "Snow fell.", "supported", evidence=[[quote]])], key_sentences=[quote])
    (folder / "cases" / "bay.json").write_text(json.dumps(facts, indent=1), encoding="utf-8")
    (folder / "cases" / "cove.json").unlink()
    (folder / "cases" / "cove.csv").write_bytes(f'text,label,evidence\nSnow\tfell.,1,"{quote}"\n'.encode())
    before = load_suite(folder)

    with_crlf(folder)

    assert load_suite(folder).sha256 == before.sha256
    assert all(claim.evidence == ((quote,),) for claim in before.claims())


def test_a_quote_from_an_article_with_crlf_stands_in_it() -> None:
    facts = case_of("bay", [claim("bay-1", "Snow fell.", "supported", evidence=[["Snow\r\nfell."]])], key_sentences=[])

    (one,) = built(facts, "Snow\r\nfell.").claims()

    assert one.evidence == (("Snow\nfell.",),)


def test_claims_stand_where_their_spans_say() -> None:
    (summary,) = suite_of().cases[0].file.summaries

    assert [span.of(summary.text) for span in summary.spans] == [one.text for one in summary.claims]


@pytest.mark.parametrize(
    ("kind", "fault"), [("x_wrong_dose", ""), ("numbr", "begins with x_"), ("x_", "begins with x_")]
)
def test_a_kind_of_error_is_ours_or_begins_with_x(kind: str, fault: str) -> None:
    claim = {"text": "Snow fell.", "label": "not_in_source", "error": kind}

    if fault:
        with pytest.raises(CaseError, match=fault):
            parse_case("storm.json", json.dumps({"article": "storm.txt", "claims": [claim]}), "Rain fell.")
    else:
        case = parse_case("storm.json", json.dumps({"article": "storm.txt", "claims": [claim]}), "Rain fell.")
        assert case.file.summaries[0].claims[0].error == kind
