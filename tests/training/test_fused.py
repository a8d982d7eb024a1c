"""Sentences of two written claims: what they say of the source follows from what their parts say."""

from summarizer.language.sentences import sentences
from summarizer.schema import Document
from training.fused import Part, fused_pairs, joined, target_of
from training.rows import UNSUPPORTED

TEXT = "Ana Rell sold the mill to Piet Lamm in May. Nobody was hurt in the storm. The council met on Friday."
OWN = sentences(Document.of(TEXT, id="d1"))


def part(text: str, target: int, *needed: int) -> Part:
    return Part(text, target, frozenset(OWN[one] for one in needed))


def found(*parts: Part) -> list[tuple[str, str, int]]:
    """What many seeds make of some parts."""
    pairs = [pair for seed in range(60) for pair in fused_pairs(str(seed), parts, OWN)]
    return [(pair.source, pair.evidence[0], pair.target) for pair in pairs]


def test_a_sentence_is_false_as_its_false_part_is() -> None:
    assert [target_of(0, 0), target_of(0, 1), target_of(2, 0), target_of(1, 2)] == [0, 1, 2, 1]


def test_a_small_word_loses_its_capital_and_a_name_does_not() -> None:
    assert joined("Ana sold the mill.", "The council met.", ", and ") == "Ana sold the mill, and the council met."
    assert joined("Ana sold the mill.", "Piet bought it.", "; ") == "Ana sold the mill; Piet bought it."


def test_sound_parts_stand_beside_the_sentences_of_both_or_are_not_borne_out_by_one() -> None:
    pairs = found(part("The mill was bought by Piet.", 0, 0), part("Friday saw a meeting of the council.", 0, 2))

    both = f"{OWN[0].text} {OWN[2].text}"
    assert {(source, target) for source, _, target in pairs} == {("fused:sound", 0), ("fused:one", UNSUPPORTED)}
    assert all((evidence == both) == (target == 0) for _, evidence, target in pairs)


def test_a_false_part_is_joined_to_sound_ones_alone() -> None:
    pairs = found(part("The mill was given to Piet.", 1, 0), part("The council never met.", 1, 2))

    assert pairs == []


def test_claims_on_the_same_sentences_are_no_sentence_together() -> None:
    assert found(part("Piet has the mill.", 0, 0), part("Ana sold to Piet.", 0, 0)) == []
