"""Numbers, signs, dates and rows of other countries."""

import json
from pathlib import Path

import pytest

from summarizer.extraction.sentences import extract_claims
from summarizer.findings import Passage, compare
from summarizer.judging.copies import says_the_same
from summarizer.language.detection import language_of, languages_told
from summarizer.language.numerals import NUMBER, readings
from summarizer.language.plain import plain
from summarizer.language.rows import is_row, is_rule, with_header
from summarizer.language.sentences import sentence_offsets
from summarizer.language.statements import bare, is_marked_heading
from summarizer.language.time_expressions import time_expressions
from summarizer.schema import Document

SPLIT = Path(__file__).parents[2] / "evals" / "sentences" / "languages.json"


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("7 lakh visitors", (700_000.0,)),
        ("Rs 45,67,890", (4_567_890.0,)),
        ("2 crore", (20_000_000.0,)),
        ("2'340'000 francs", (2_340_000.0,)),
        ("3.750.000", (3_750_000.0,)),
        ("4.200 Euro", (4.2, 4200.0)),
        ("6,4 Prozent", (6.4,)),
        ("2¾ hours", (2.75,)),
        ("2 3/4 hours", (2.75,)),
        ("2\u2003¾ hours", (2.75,)),
        ("7 Mrd. Euro", (7e9,)),
        ("3 mil millones", (3e9,)),
        ("10⁴ grains", (10_000.0,)),
        ("2 × 10⁵", (200_000.0,)),
        ("1908⁴", (1908.0,)),
        ("2億5000万", (250_000_000.0,)),
        ("٤٢٠", (420.0,)),
    ],
)
def test_a_number_is_read_as_its_country_writes_it(text: str, values: tuple[float, ...]) -> None:
    match = next(NUMBER.finditer(text))

    assert readings(match) == pytest.approx(values)


@pytest.mark.parametrize(
    ("text", "year", "month", "day"),
    [
        ("07.09.2021", 2021, 9, 7),
        ("am 7. September 2021", 2021, 9, 7),
        ("le 7 août 2021", 2021, 8, 7),
        ("7 de enero de 2021", 2021, 1, 7),
        ("7 września 2021", 2021, 9, 7),
        ("2021年9月7日", 2021, 9, 7),
        ("2021/09/07", 2021, 9, 7),
        ("27/09/2021", 2021, 9, 27),
    ],
)
def test_a_date_is_read_as_its_country_writes_it(text: str, year: int, month: int, day: int) -> None:
    (only,) = time_expressions(text)

    assert (only.year, only.month, only.day) == ((year, year), (month, month), (day, day))


@pytest.mark.parametrize(
    "text", ["the 17th century", "17th-century", "17. Jahrhundert", "XVIIe siècle", "siglo XVII", "17世紀"]
)
def test_a_century_ends_with_its_hundredth_year(text: str) -> None:
    (only,) = time_expressions(text)

    assert only.year == (1601, 1700)


@pytest.mark.parametrize(
    ("claim", "source", "pair"),
    [
        ("The lake froze at 9 degrees.", "The lake froze at −9 degrees.", ("9", "−9")),
        ("The dose was > 40 mg for all.", "The dose was < 40 mg for all.", ("> 40 mg", "< 40 mg")),
        ("The bell cost ₺800 in Tarn.", "The bell cost ₪800 in Tarn.", ("₺800", "₪800")),
        ("The bell cost 800 euros in Tarn.", "The bell cost 800 dollars in Tarn.", ("800 euros", "800 dollars")),
        ("The inn opened on 07.09.2021.", "The inn opened on 07.08.2021.", ("07.09.2021", "07.08.2021")),
        ("The tower is a 16th-century ruin.", "The tower is a 17th-century ruin.", ("16th-century", "17th-century")),
    ],
)
def test_another_sign_or_date_is_found_with_both_sides(claim: str, source: str, pair: tuple[str, str]) -> None:
    (only,) = compare(claim, Passage(source))

    assert only.source is not None
    assert (claim[only.start : only.end], source[slice(*only.source)]) == pair


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("The lake froze at minus 9 degrees.", "The lake froze at −9 degrees."),
        ("The firm made a loss of 3 million euros.", "The firm's result was −3 million euros."),
        ("The fair drew 700,000 visitors.", "The fair drew 7 lakh visitors."),
        ("The inn opened on 7 September 2021.", "The inn opened on 07.09.2021."),
        ("The inn opened in the 17th century.", "The inn opened in 1660."),
        ("Jorg Mueller won the race.", "Jörg Müller won the race."),
    ],
)
def test_the_same_in_another_form_is_no_difference(claim: str, source: str) -> None:
    assert compare(claim, Passage(source)) == ()


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("The lake froze at 9 degrees.", "The lake froze at −9 degrees."),
        ("The score was ≤ 5 in Tarn.", "The score was ≥ 5 in Tarn."),
        ("The inn will open in May.", "The inn will open in May?"),
        ("They grew 104 grains in Tarn.", "They grew 10⁴ grains in Tarn."),
    ],
)
def test_a_sign_or_a_question_mark_makes_a_copy_none(claim: str, passage: str) -> None:
    assert not says_the_same(claim, passage)


def test_a_model_reads_english_forms() -> None:
    assert plain("At −9° and ≥ 2¾ hours on 07.09.2021.") == "At minus 9° and at least 2.75 hours on 7 September 2021."
    assert plain("He said “[i]t was [the] best”.") == "He said “it was [the] best”."


def test_a_model_reads_the_month_of_several_days_in_english() -> None:
    assert plain("Vom 3. bis 7. Mai 2020 war es zu.") == "Vom 3. bis 7 May 2020 war es zu."


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        ("**The inn** opened in May【12:3†notes.pdf】.", "The inn opened in May."),
        ("- The inn opened in May.[^4]", "The inn opened in May."),
        ("The inn opened in May (pp. 3–4).", "The inn opened in May."),
        ("> ✅ The inn, [says](https://a.example) the _mayor_, opened.", "The inn, says the mayor, opened."),
        ("[^1]: A note with **bold**.", "A note with bold."),
        ("![photo](a.png) Prices stay the same.", "Prices stay the same."),
        ("It cost 5 * 3 and 2 * 4.", "It cost 5 * 3 and 2 * 4."),
    ],
)
def test_marks_of_generated_text_are_no_part_of_a_claim(claim: str, words: str) -> None:
    assert bare(claim) == words


def test_a_line_that_only_draws_is_no_claim() -> None:
    table = Document.of("Prices stay the same.\n\n| Item | Value |\n| --- | --- |\n| Guests | 600 |\n")

    assert [(one.text, one.checkable) for one in extract_claims(table)] == [
        ("Prices stay the same.", True),
        ("Item: Value", False),
        ("Guests: 600", True),
    ]


def test_headings_rules_and_rows_are_told_from_sentences() -> None:
    assert is_marked_heading("### What happened")
    assert not is_marked_heading("**The inn** opened.")
    assert is_rule("|---|:--:|")
    assert is_row("Tarn | 44 | Ana Pell")
    assert not is_row("The mayor, a baker, spoke: nobody listened.")
    assert with_header("Town,People,Baker", "Tarn,9000,Ana Pell") == "Town: Tarn; People: 9000; Baker: Ana Pell"


def test_ten_languages_end_their_sentences_where_a_person_would() -> None:
    for case in json.loads(SPLIT.read_text(encoding="utf-8")):
        text = case["marked"].replace("‖", "")

        found = [text[start:end] for start, end in sentence_offsets(text)]

        assert found == [piece.strip() for piece in case["marked"].split("‖")]


def test_a_language_in_doubt_is_not_named() -> None:
    assert language_of("Ana Pell, Tarn") is None
    assert language_of("Der alte Gasthof am See bleibt im Winter geschlossen.") == "de"
    assert languages_told("The old inn by the lake stays shut.", "The inn stays shut.") == ""
