"""The embedded checker: trees read from a file, probabilities that rise, verdicts that show their words."""

import json
import random
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from summarizer.doctor import examine
from summarizer.drafts import Judgement
from summarizer.errors import BackendError
from summarizer.extraction.sentences import extract_claims
from summarizer.grounding import stands_in
from summarizer.judging import Material
from summarizer.judging.lexical.claim_score import judge_claims
from summarizer.judging.lexical.features import measure
from summarizer.judging.lexical.forest import Forest
from summarizer.judging.lexical.source_index import SourceIndex
from summarizer.judging.lexical.trees import FILE, Checker, Tree, checker, read_checker
from summarizer.language.sentences import sentences
from summarizer.language.statements import read_statement
from summarizer.language.word_index import WordIndex
from summarizer.retrieval import Index
from summarizer.schema import Claim, Document, Kind, Label, Span
from summarizer.settings import resolve

EVALS = Path(__file__).parents[2] / "evals"
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


def judged(claims: Sequence[str], article: str = ARTICLE) -> tuple[Judgement, ...]:
    """What the judge says of some claims about an article."""
    document = Document.of(article)
    split = sentences(document)
    read = [
        Claim(id=f"c{number}", text=claim, origin=Span(start=0, end=len(claim)), kind=Kind.EVENT)
        for number, claim in enumerate(claims, 1)
    ]
    index = Index(WordIndex(split), claims)
    return judge_claims(read, Material([document], split, {one.id: index.search(one.text) for one in read}))


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
    features, _ = measure(statement, SourceIndex(WordIndex(sentences(document)), [statement]), checker().rarity)

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


def test_the_doctor_says_that_the_weights_cannot_be_read(tmp_path: Path) -> None:
    found = examine(resolve({"weights": str(tmp_path)}))

    assert (found[0].mark, found[0].subject) == ("WRONG", "embedded")
    assert "model.toml: cannot be read" in found[0].words


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


def test_every_claim_has_a_probability_and_the_same_one_again() -> None:
    once, twice = judged(CLAIMS), judged(CLAIMS)

    assert once == twice
    assert all(one.probabilities is not None for one in once)


def test_what_the_source_tells_is_likelier_than_what_it_does_not() -> None:
    told, *_, invented, _ = [one.probabilities.supported if one.probabilities else 0.0 for one in judged(CLAIMS)]

    assert told > invented


def test_every_support_shows_one_to_five_sentences_of_the_source() -> None:
    (copied,) = judged(["The council promised him half of the money before winter."])

    assert copied.label is Label.SUPPORTED
    for one in judged(CLAIMS):
        assert len(one.quotes) <= 5
        assert all(quote.text in ARTICLE for quote in one.quotes)


@pytest.mark.parametrize(
    ("claim", "pair"),
    [
        (
            "Keeper Jon Ardal has lived there for 32 years and asked for 40,000 crowns to mend it.",
            ("32 years", "31 years"),
        ),
        ("The harbour council of Tarn met on Tuesday to discuss the old lighthouse.", ("Tuesday", "Monday")),
        ("The harbour council of Tarn met after Tuesday to discuss the old lighthouse.", None),
        ("Jon Ardal, who has lived there for more than 30 years, asked for 40,000 crowns to mend it.", None),
    ],
)
def test_one_value_against_another_contradicts_but_not_a_bound(claim: str, pair: tuple[str, str] | None) -> None:
    (only,) = judged([claim])

    assert (only.label is Label.CONTRADICTED) is (pair is not None)
    assert [(one.claim_words, one.source.text) for one in only.pairs] == ([pair] if pair else [])


def test_sentences_of_two_sources_are_told_apart() -> None:
    documents = [Document.of(ARTICLE, id="d1"), Document.of("Hail fell on Tarn in June. " + ARTICLE[:160], id="d2")]
    split = [sentence for document in documents for sentence in sentences(document)]
    source = SourceIndex(WordIndex(split), [read_statement("Hail fell on Tarn.")])

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


def test_the_head_of_an_e_mail_and_the_number_of_a_page_claim_nothing() -> None:
    mail = "From: Ines Aldous\nDate: 4 June 2024\nSubject: The dam broke\n\nThe dam of Mallow broke."

    assert [draft.checkable for draft in extract_claims(Document.of(mail))] == [False, False, False, True]


SAYS = re.compile(r"the source says “(.+?)”(?:;|\Z)")
LACKS = re.compile(r"“([^“”]+)” does not appear in the source")


def test_a_reason_is_true_of_the_words_that_are_shown_with_it_and_of_the_source() -> None:
    spoken_of = 0
    for file in sorted((EVALS / "pairs").glob("*.json")):
        labelled = json.loads(file.read_text(encoding="utf-8"))
        article = (EVALS / "articles" / labelled["article"]).read_text(encoding="utf-8")
        for one in judged([pair["broken"] for pair in labelled["pairs"]], article):
            shown = " ".join(" ".join(quote.text for quote in one.quotes).split())
            said, lacking = SAYS.findall(one.rationale), LACKS.findall(one.rationale)
            assert [words for words in said if words not in shown] == []
            assert [words for words in lacking if stands_in(words, article)] == []
            spoken_of += len(said) + len(lacking)
    assert spoken_of > 100
