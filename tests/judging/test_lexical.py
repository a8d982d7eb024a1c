"""The embedded checker: trees read from a file, probabilities that rise, verdicts that show their words."""

import json
import random
import re
from pathlib import Path
from typing import Any

import pytest

from summarizer.doctor import examine
from summarizer.errors import BackendError
from summarizer.evaluation.cases import load_suite
from summarizer.extraction.sentences import extract_claims
from summarizer.judging.lexical import EmbeddedBackend
from summarizer.judging.lexical.features import measure
from summarizer.judging.lexical.forest import Forest
from summarizer.judging.lexical.source_index import Source
from summarizer.judging.lexical.trees import FILE, Checker, Tree, checker, read_checker
from summarizer.language.sentences import sentences
from summarizer.language.statements import read_statement
from summarizer.pipeline import check
from summarizer.schema import Document, Label, Reason, Unchecked, Verdict
from summarizer.settings import resolve

GOLDEN = Path(__file__).with_name("golden_trees.json")
ARTICLE = (
    "The harbour council of Tarn met on Monday to discuss the old lighthouse. Its lamp failed in March after a storm "
    "broke two windows. Keeper Jon Ardal, who has lived there for 31 years, asked for 40,000 crowns to mend it. "
    "The council promised him half of the money before winter. A bakery on the quay gave the rest. "
    "Ferries steered by the church tower until the lamp was lit again in September."
)
CLAIMS = (
    "The lamp of the old lighthouse failed in March when a storm broke two windows.",
    "Jon Ardal asked the harbour council for 40,000 crowns to mend the lighthouse lamp.",
    "A bakery on the quay of Tarn gave the rest of the money for the lamp.",
    "The council of Tarn sold its ferries to a bank in Oslo for 9 million crowns.",
    "Winter was mild.",
)


def shipped() -> dict[str, Any]:
    raw: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return raw


def written(folder: Path, **changes: Any) -> Path:
    file = folder / "checker.json"
    file.write_text(json.dumps(shipped() | changes), encoding="utf-8")
    return file


def test_the_trees_that_ship_load_and_name_only_features_that_are_measured() -> None:
    document = Document.of(ARTICLE)
    statement = read_statement(CLAIMS[0])
    features, _ = measure(statement, Source([document], sentences(document), [statement]), checker().rarity)

    assert set(checker().features) <= set(features)
    assert FILE.stat().st_size < 3_000_000


def test_the_table_of_stems_holds_single_words_only() -> None:
    assert not [stem for stem in checker().stems if " " in stem or len(stem) > 30]


def test_a_file_of_another_version_is_refused_by_name_and_number(tmp_path: Path) -> None:
    with pytest.raises(BackendError, match=r"checker\.json: of version 99, and this reads version 1; install"):
        read_checker(written(tmp_path, version=99))


@pytest.mark.parametrize("text", ["", "[]", "{", '{"version": 1}'])
def test_a_broken_file_is_one_clear_error(tmp_path: Path, text: str) -> None:
    file = tmp_path / "checker.json"
    file.write_text(text, encoding="utf-8")

    with pytest.raises(BackendError, match=r"checker\.json"):
        read_checker(file)


def test_a_missing_file_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(BackendError, match=r"checker\.json: cannot be read"):
        read_checker(tmp_path / "checker.json")


def test_the_doctor_says_that_the_trees_cannot_be_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("summarizer.judging.lexical.trees.FILE", tmp_path / "checker.json")
    checker.cache_clear()
    try:
        found = examine(resolve(folder=tmp_path))
    finally:
        checker.cache_clear()

    assert (found[0].mark, found[0].subject) == ("WRONG", "embedded")
    assert "checker.json: cannot be read" in found[0].words


def test_trees_asked_together_lead_to_the_leaves_that_a_walk_leads_to() -> None:
    trees = checker().trees
    forest = Forest([(one.feature, one.threshold, one.left, one.right, one.leaf) for one in trees])
    draw = random.Random(3)  # noqa: S311 (values, not secrets)
    for _ in range(20):
        values = [draw.choice((0.0, 0.5, 1.0, draw.uniform(-1, 12))) for _ in checker().features]

        assert forest.leaves(values) == [walked(one, values) for one in trees]


def walked(tree: Tree, values: list[float]) -> float:
    node = 0
    while node >= 0:
        node = tree.left[node] if values[tree.feature[node]] <= tree.threshold[node] else tree.right[node]
    return tree.leaf[-node - 1]


def test_a_tree_of_one_leaf_has_that_leaf_and_one_of_too_many_leaves_is_refused() -> None:
    assert Forest([((), (), (), (), (0.5,))]).leaves([]) == [0.5]
    with pytest.raises(ValueError, match="65 leaves"):
        Forest([((), (), (), (), (0.5,) * 65)])


def test_a_calibration_that_falls_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BackendError, match="broken"):
        read_checker(written(tmp_path, calibration=[[-1.0, 0.6], [1.0, 0.4]]))


def test_a_higher_score_is_never_a_lower_probability() -> None:
    scores = [step / 10 for step in range(-80, 81)]

    found = [checker().probability(score) for score in scores]

    assert found == sorted(found)
    assert 0 <= found[0] < 0.2
    assert 0.8 < found[-1] <= 1


def test_the_calibration_is_a_straight_line_between_its_points() -> None:
    curve = checker().model_copy(update={"calibration": ((-1.0, 0.2), (1.0, 0.6), (2.0, 0.9))})

    assert [curve.probability(score) for score in (-5.0, -1.0, 0.0, 1.0, 1.5, 7.0)] == pytest.approx(
        [0.2, 0.2, 0.4, 0.6, 0.75, 0.9]
    )


def test_our_trees_say_what_the_library_says() -> None:
    golden = json.loads(GOLDEN.read_text(encoding="utf-8"))
    ours = Checker.model_validate(shipped() | {name: golden[name] for name in ("features", "trees")})

    found = [ours.score(dict(zip(golden["features"], row, strict=True))) for row in golden["rows"]]

    assert found == pytest.approx(golden["scores"], abs=1e-5)
    assert len(set(golden["scores"])) > 5


def test_every_verdict_and_every_doubt_has_a_probability_and_the_same_one_again() -> None:
    once, twice = check(" ".join(CLAIMS), ARTICLE), check(" ".join(CLAIMS), ARTICLE)

    assert once == twice
    assert all(one.outcome.confidence is not None for one in once.checks)


def test_what_the_source_tells_is_likelier_than_what_it_does_not() -> None:
    told, *_, invented, _ = [one.outcome.confidence or 0.0 for one in check(" ".join(CLAIMS), ARTICLE).checks]

    assert told > invented


def test_a_forced_choice_leaves_nothing_uncertain_and_every_support_shows_one_to_five_sentences() -> None:
    report = check(" ".join(CLAIMS), ARTICLE, backend=EmbeddedBackend(decide=True))

    outcomes = [one.outcome for one in report.checks]
    assert not [one for one in outcomes if isinstance(one, Unchecked) and one.reason is Reason.UNCERTAIN]
    supported = [one for one in outcomes if isinstance(one, Verdict) and one.label is Label.SUPPORTED]
    assert supported
    for one in supported:
        assert 1 <= len(one.evidence) <= 5
        for piece in one.evidence:
            assert ARTICLE[piece.span.start : piece.span.end] == piece.quote


def test_sentences_of_two_sources_are_told_apart() -> None:
    documents = [Document.of(ARTICLE, id="d1"), Document.of("Hail fell on Tarn in June. " + ARTICLE[:160], id="d2")]
    split = [sentence for document in documents for sentence in sentences(document)]
    source = Source(documents, split, [read_statement("Hail fell on Tarn.")])

    assert [split[position].text for position in source.holders["hail"]] == ["Hail fell on Tarn in June."]
    assert [split[position].document for position in sorted(source.holders["tarn"])] == ["d1", "d2", "d2"]


def test_a_claim_with_marks_of_citation_and_a_bullet_is_read_without_them() -> None:
    marked, plain = "- Rates fell again [1, 2].", "Rates fell again."

    assert read_statement(marked) == read_statement(plain)
    assert [draft.text for draft in extract_claims(Document.of(marked))] == [plain]


@pytest.mark.parametrize(
    ("sentence", "checkable"),
    [
        ("Here's the summary in 84 words.", False),
        ("Sure!", False),
        ("(84 words)", False),
        ("I hope this helps.", False),
        ("Let me know if you need more.", False),
        ("Sure, the dam broke.", True),
        ("Of course the dam broke.", True),
        ("Hope this week lies with the rescuers.", True),
        ("He wrote 84 words on a wall.", True),
    ],
)
def test_a_sentence_that_claims_nothing_is_not_checkable(sentence: str, checkable: bool) -> None:
    assert [draft.checkable for draft in extract_claims(Document.of(sentence))] == [checkable]


REASONS = re.compile(
    r"the evidence says “(.+?)”|” is “([^”]+)” in the evidence|the evidence (?:names|gives this to) ([^;]+)"
)


def test_a_reason_speaks_only_of_the_words_that_are_shown_with_it() -> None:
    spoken_of = 0
    for case in load_suite(split="dev").cases[:12]:
        for summary in case.file.summaries:
            for one in check(summary.text, case.document.text, backend="embedded").checks:
                if isinstance(one.outcome, Unchecked):
                    reason, shown = one.outcome.detail, one.outcome.nearest
                else:
                    reason, shown = one.outcome.rationale, one.outcome.evidence
                words = [next(filter(None, found.groups())) for found in REASONS.finditer(reason)]
                text = " ".join(piece.quote for piece in shown)
                assert [word for word in words if word not in text] == []
                spoken_of += len(words)
    assert spoken_of > 20
