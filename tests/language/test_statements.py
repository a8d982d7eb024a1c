"""The words of a sentence of a summary, without what a writer of Markdown or a model puts around them."""

import pytest

from summarizer.extraction.sentences import extract_claims
from summarizer.language.statements import bare
from summarizer.schema import Document

SAID = "The firm will pay each family 8,400 crowns."


@pytest.mark.parametrize(
    "mark",
    [
        "^[4]^", "[^4]", " (Source: a.txt, p. 2)", " (see page 3)", " (cf. Figure 2)", " (siehe S. 3)", r" \citeturn0search1", " citeturn0search1turn2view0",
        " ¹²", r"~\cite{ash2021}", r" \citep[p. 2]{ash2021,bell}", " (Ash et al., 2021)", " (Ash & Bell, 2021; Cole et al., 1999)", " [source](https://a.b/c)",
        " ([Reuters](https://a.b/c))", " [reuters.com](https://reuters.com/c)", " [1](https://a.b/c)", " ~~a year~~", " (p. 3)", " 【8†L12】", " [1, 2]",
    ],
)  # fmt: skip
def test_what_only_points_to_a_source_is_no_part_of_a_claim(mark: str) -> None:
    assert bare(f"{SAID[:-1]}{mark}.") == SAID


@pytest.mark.parametrize("before", ["- [x] ", "- [ ] ", "* ✅ ", "**TL;DR:** ", "4. "])
def test_boxes_and_bullets_are_no_part_of_a_claim(before: str) -> None:
    assert bare(before + SAID) == SAID


@pytest.mark.parametrize(
    "text",
    [
        "The games (London, 2012) began on Friday.",
        "The hall has 90 m² of glass and 10⁶ tiles.",
        "(In May 2021) The firm left the town.",
        "The law (see below) holds in Tarn.",
        "The firm [x] left the town (May 2021).",
    ],
)
def test_words_that_a_sentence_needs_stay(text: str) -> None:
    assert bare(text) == text


def claims_of(summary: str) -> list[tuple[str, bool]]:
    return [(one.text, one.checkable) for one in extract_claims(Document.of(summary))]


def test_a_citation_behind_a_stop_is_no_claim() -> None:
    assert claims_of(f"{SAID} (Smith, 2021)\n{SAID} (Ash and Bell 1999).") == [(SAID, True), (SAID, True)]


def test_struck_sentences_state_nothing() -> None:
    summary = f"1. ~~The mayor resigned.~~\n2. {SAID}\n\n~~Rates fell. Rents rose.~~ Snow fell."

    assert claims_of(summary) == [
        ("The mayor resigned.", False),
        (SAID, True),
        ("Rates fell.", False),
        ("Rents rose.", False),
        ("Snow fell.", True),
    ]


def test_the_head_and_the_rule_of_a_table_state_nothing_and_its_rows_are_shown_without_bars() -> None:
    table = "| Item | Value |\n|:---|---|\n| Depth of hull | 40 metres |\n| On board | 61 |"

    assert [one for one in claims_of(table) if one[1]] == [("Depth of hull: 40 metres", True), ("On board: 61", True)]
