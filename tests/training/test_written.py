"""Claims that were written about passages: pairs for training, none of whose evidence gives the label away."""

import hashlib
import json
from pathlib import Path

from training.rows import UNSUPPORTED, Row, opened
from training.written import FILE, kinds, written_pairs

TEXT = "Snow fell on Monday. Ana Rell sold the mill to Piet Lamm in May. Nobody was hurt. The council met on Friday."


def rows() -> list[Row]:
    return [Row("1", "some", TEXT, "Snow fell.", supported=True, verdict=None)]


def file_of(folder: Path, *claims: tuple[str, str, str], document: str = TEXT) -> Path:
    path = folder / "written.jsonl"
    digest = hashlib.sha256(document.encode()).hexdigest()
    path.write_text(json.dumps({"document": digest, "from": 1, "to": 3, "claims": claims}) + "\n", encoding="utf-8")
    return path


def test_a_claim_stands_beside_its_passage_and_beside_more_of_the_text(tmp_path: Path) -> None:
    file = file_of(tmp_path, ("supported", "sound", "Piet Lamm bought the mill."))

    (pair,) = written_pairs(rows(), file)

    assert (pair.target, pair.source) == (0, "written:sound")
    assert pair.evidence == ("Ana Rell sold the mill to Piet Lamm in May. Nobody was hurt.", TEXT)


def test_what_a_passage_does_not_say_is_not_asked_of_the_text_around_it(tmp_path: Path) -> None:
    file = file_of(tmp_path, ("not_in_source", "added", "The council met on Friday."))

    (pair,) = written_pairs(rows(), file)

    assert (pair.target, len(pair.evidence)) == (2, 1)


def test_passages_of_other_texts_are_left_out(tmp_path: Path) -> None:
    file = file_of(tmp_path, ("supported", "sound", "Snow fell."), document="Another text.")

    assert list(written_pairs(rows(), file)) == []


def test_a_passage_of_its_own_needs_no_text(tmp_path: Path) -> None:
    path = tmp_path / "written.jsonl"
    entry = {"text": "town,mayor\nTarn,Ana Rell", "claims": [["contradicted", "mixed", "Piet Lamm is mayor of Tarn."]]}
    path.write_text(json.dumps(entry) + "\n", encoding="utf-8")

    pairs = list(written_pairs([], path))

    assert (pairs[0].target, pairs[0].evidence[0]) == (1, "town,mayor\nTarn,Ana Rell")
    assert {pair.target for pair in pairs} <= {1, UNSUPPORTED}


def test_the_file_has_as_many_sound_claims_as_false_ones_and_every_kind() -> None:
    found = kinds(FILE)

    assert 0.45 < found["sound"] / found.total() < 0.55
    assert {"role", "mixed", "cause", "further", "hedge", "speaker", "scope", "label", "question"} <= set(found)


def test_lines_of_a_passage_of_its_own_are_named_by_the_claims_that_need_them(tmp_path: Path) -> None:
    path = tmp_path / "written.jsonl"
    claims = [
        ["supported", "sound", "Piet Lamm bought the old mill of Ana Rell in May, and nobody was hurt when snow fell.", [1, 2]],
        ["contradicted", "role", "Piet Lamm sold it.", [1]],
    ]  # fmt: skip
    text = "Snow.\nAna Rell sold the mill to Piet Lamm in May.\nNobody was hurt."
    path.write_text(json.dumps({"text": text, "claims": claims}) + "\n", encoding="utf-8")

    pairs = [pair for pair in written_pairs([], path) if not pair.source.startswith("fused")]

    assert pairs[0].source == "several:sound"
    assert pairs[0].evidence[0] == "Ana Rell sold the mill to Piet Lamm in May. Nobody was hurt."
    assert next(pair for pair in pairs if pair.source == "written:role").evidence[0] == text.split("\n")[1]


def test_twins_are_a_pool_of_their_own_and_every_sound_claim_has_its_twin(tmp_path: Path) -> None:
    path = tmp_path / "written.jsonl"
    claims = [["supported", "sound", "Ana Rell sold it.", [0]], ["contradicted", "role", "Ana Rell bought it.", [0]]]
    path.write_text(json.dumps({"text": "Ana Rell sold it.", "twins": True, "claims": claims}) + "\n", encoding="utf-8")

    assert [(pair.source, pair.target) for pair in written_pairs([], path)] == [("twin:sound", 0), ("twin:role", 1)]

    with opened(FILE) as lines:
        own = [entry["claims"] for line in lines if (entry := json.loads(line)).get("twins")]
    both = [{sound[0] == "supported", false[0] == "supported"} for one in own for sound, false in batched(one)]
    assert len(both) > 8_500
    assert all(one == {True, False} for one in both)


def batched(claims: list[list[object]]) -> list[tuple[list[object], list[object]]]:
    """Each two that follow each other."""
    return list(zip(claims[::2], claims[1::2], strict=True))
