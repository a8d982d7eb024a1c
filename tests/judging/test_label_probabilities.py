"""How likely a label was is read where the label stands in the answer, and nowhere else."""

import math

from summarizer.judging.chat.replies import label_probabilities
from summarizer.schema import Label

BEFORE = [("{", -0.01), ("supported", -5.0), ("contradicted", -6.0)]  # a label among the unlikely ways to begin
AT = [(" supported", math.log(0.7)), (" contr", math.log(0.2)), ("not_in", math.log(0.1)), ("x", -9.0)]
AFTER = [("contradicted", -0.1)]


def test_a_label_among_the_alternatives_of_another_word_is_not_the_answer() -> None:
    found = label_probabilities([BEFORE, AT, AFTER])

    assert found is not None
    assert [round(found[label], 3) for label in Label] == [0.7, 0.2, 0.1]


def test_the_likeliest_word_decides_where_the_label_stands_in_whatever_order_they_come() -> None:
    found = label_probabilities([BEFORE[::-1], AT[::-1]])

    assert found is not None
    assert found.leaning is Label.SUPPORTED


def test_an_answer_in_which_no_label_stands_has_no_probabilities() -> None:
    assert label_probabilities([BEFORE, []]) is None
    assert label_probabilities(None) is None
