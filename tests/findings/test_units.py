"""The same number in another unit, for another time, or quoted with another word, is a difference with both sides."""

import pytest

from summarizer.findings import Passage, compare


def pairs(claim: str, source: str) -> list[tuple[str, str]]:
    found = compare(claim, Passage(source, source))
    return [(claim[one.start : one.end], source[slice(*one.source)]) for one in found if one.source]


@pytest.mark.parametrize(
    ("claim", "source", "wanted"),
    [
        ("The fire burned 7,300 hectares of heath.", "The fire burned 7,300 acres of heath.", ("7,300 hectares", "7,300 acres")),
        ("Each tablet holds 40 grams of iron.", "Each tablet holds 40 milligrams of iron.", ("40 grams", "40 milligrams")),
        ("The dam holds 52,000 tonnes of water.", "The dam holds 52,000 cubic metres of water.", ("52,000 tonnes", "52,000 cubic metres")),
        ("Support fell by 7 per cent in the poll.", "Support fell by 7 percentage points in the poll.", ("7 per cent", "7 percentage points")),
        ("The clerk was paid £9 a day by the firm.", "The clerk was paid £9 a week by the firm.", ("£9", "£9")),
        ("The tank of the mill holds 250 m² of water.", "The tank of the mill holds 250 m³ of water.", ("250 m²", "250 m³")),
        ("The park covers 34 km of woods.", "The park covers 34 km2 of woods.", ("34 km", "34 km2")),
        ("The air in Tarn was at 30 °F at noon.", "The air in Tarn was at 30 °C at noon.", ("30 °F", "30 °C")),
        ("The tram line cost S$45 million in all.", "The tram line cost HK$45 million in all.", ("S$45 million", "HK$45 million")),
        ("The tram line cost 45 million naira in all.", "The tram line cost PHP 45 million in all.", ("45 million naira", "PHP 45 million")),
        ("The levy in Tarn is 5% of the rent.", "The levy in Tarn is 5‰ of the rent.", ("5%", "5‰")),
        ("Oil of Tarn fell by Rs300 a barrel.", "Oil of Tarn fell by Rs500 a barrel.", ("Rs300", "Rs500")),
        ("Step ② of the test takes a day.", "Step ③ of the test takes a day.", ("②", "③")),
        ("The wall is 30 miles from the sea and 12 metres high.", "The wall is 30 kilometres from the sea and 12 metres high.", ("30 miles", "30 kilometres")),
    ],
)  # fmt: skip
def test_another_unit_is_a_pair(claim: str, source: str, wanted: tuple[str, str]) -> None:
    assert wanted in pairs(claim, source)


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("The tank is 30 cm wide and holds 30 litres.", "It is 30 centimetres wide. The tank holds 30 litres."),
        ("The road is 5 kilometres long.", "The road, 5 km long, took 5 hours to clear."),
        ("The offer has a 6-month warranty.", "The offer has:\n\n- 6-month warranty on the offer\n– 30 days to pay"),
        ("The park covers 14 km2.", "The park covers 14 square kilometres."),
        ("The park covers 14 ㎢.", "The park covers 14 km²."),
        ("It was 86 °F in Tarn.", "It was 30 degrees Celsius in Tarn."),
        ("It was 14 °F in Tarn.", "It was −10 °C in Tarn."),
        ("It was 30 degrees in Tarn.", "It was 30 °C in Tarn."),
        ("The line cost 45 million Philippine pesos.", "The line cost ₱45 million."),
        ("The line cost PHP 45 million.", "The line cost ₱45 million."),
        ("The line cost HKD 45 million.", "The line cost HK$45 million."),
        ("The fee is 400 kr.", "The fee is Kr400."),
        ("The firm lost 4 billion pounds.", "The firm lost 4 bn pounds."),
        ("The firm lost $1.5 million.", "The firm lost $1.5 mn."),
        ("The levy is 0.5 per cent.", "The levy is 5‰."),
        ("The pie needs three quarters of a cup.", "The pie needs ¾ cup."),
        ("The pie needs ¾ cup.", "The pie needs three quarters of a cup."),
        ("The bill was 4,500 crowns.", "The bill was 4,50O crowns."),
        ("Step 3 takes an hour.", "Step ③ takes an hour."),
        ("The load was 20 tons of sand.", "The load was 20 tonnes of sand."),
        ("The clerk was paid £9 per week by the firm.", "The clerk was paid £9 a week by the firm."),
        ("Half of the patients took a 50-milligram tablet.", "Half of the patients took a 50 mg tablet."),
        ("They waited 3 days for 3 boats.", "They waited 3 days. There were 3 boats on the shore, 3 metres apart."),
    ],
)
def test_the_same_unit_in_other_words_is_none(claim: str, source: str) -> None:
    assert pairs(claim, source) == []


def test_a_quotation_with_another_word_stands_beside_what_was_said() -> None:
    claim = 'She called the plan "a short road to a long night".'
    source = "The plan, she said, was “a short road to a long winter”. Nobody laughed."

    assert pairs(claim, source) == [("a short road to a long night", "a short road to a long winter")]


def test_a_quotation_is_laid_beside_no_line_that_is_no_sentence() -> None:
    claim = 'She called the plan "a short road to a long night".'
    source = f"She said: a short road to a long winter. {'and on it went ' * 200}"

    assert pairs(claim, source) == []


def test_a_quotation_that_shares_a_few_words_is_beside_nothing() -> None:
    assert pairs('She called it "a road for all of them".', "The road was closed for a week, said the police.") == []
