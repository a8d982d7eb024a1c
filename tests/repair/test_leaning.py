"""What the next sentence leans on stays, and so does the name that it speaks of."""

import pytest

from summarizer.repair.leaning import leaned_on, names_another
from summarizer.schema import Document, Span


@pytest.mark.parametrize(
    ("text", "gone", "stays"),
    [
        ("Ana left. Eve came. She sang.", ["Eve came."], ["Eve came."]),
        ("Ana left. Eve came. Snow fell.", ["Eve came."], []),
        ("Ana left. Eve came. She sang.", ["Eve came.", "She sang."], []),
        ("Ana left. Eve came. She sang. But it froze.", ["Eve came.", "She sang."], ["Eve came.", "She sang."]),
        ("Ana left. Eve came. She sang. Snow fell.", ["Ana left.", "Eve came."], ["Eve came."]),
        ("Ana left. Eve came. “We sang,” said Ida Aas.", ["Eve came."], []),
        ("Ana left. Eve came. “We sang,” she said in Tarn.", ["Eve came."], ["Eve came."]),
        ("- Eve came.\n- **She** sang.\n", ["Eve came."], ["Eve came."]),
        ("Eve came.\n\n## Music\n\nShe sang.\n", ["Eve came."], ["Eve came."]),
    ],
)
def test_a_sentence_that_another_one_leans_on_goes_only_with_it(text: str, gone: list[str], stays: list[str]) -> None:
    taken = [Span(start=text.index(one), end=text.index(one) + len(one)) for one in gone]

    assert {one.of(text) for one in leaned_on(text, taken, {})} == set(stays)


def test_a_sentence_put_in_that_leans_on_nothing_needs_none_before_it() -> None:
    assert leaned_on("Ana left. Eve came. She sang.", [Span(start=10, end=19)], {20: "Eve sang."}) == set()


@pytest.mark.parametrize(
    ("before", "after", "another"),
    [
        ("Piet Lamm said the vote was close.", "Ana Pell said the vote was close.", True),
        ("Mia Voss said the vote was close.", "Ana Pell said the vote was close.", False),
        ("Ana Pell left Orm.", "Ana Pell left Tarn.", False),
        ("Ana Pell left Orm.", "Pell left Orm.", False),
        ("- **Piet Lamm** left.", "Ana Pell left.", True),
        ("The vote was 7 to 4.", "The vote was 8 to 4.", False),
    ],
)
def test_a_name_of_the_source_that_goes_from_the_beginning_leaves_another_one_there(
    before: str, after: str, another: bool
) -> None:
    source = Document.of("Mayor Ana Pell of Tarn said the vote was close. Piet Lamm of Orm voted against it.")

    assert names_another(before, after, [source]) is another
