"""A quote that says nothing is no evidence, a short one grows to its clause, and quotes must belong together."""

import pytest

from summarizer.deciding import decide
from summarizer.drafts import Judgement, QuoteDraft
from summarizer.grounding import ground_judgement
from summarizer.grounding.locate import locate
from summarizer.grounding.records import find_quote
from summarizer.grounding.speaking import speaking
from summarizer.language.sentence_map import SentenceMap
from summarizer.language.sentences import sentences
from summarizer.schema import (
    Claim,
    Document,
    Evidence,
    Kind,
    Label,
    Outcome,
    Reason,
    Span,
    Unchecked,
    Undecided,
    Verdict,
)

ARTICLE = Document.of(
    "Snow fell on the hills in the night, and the old bridge was shut. Nobody was hurt. “No,” she said.\n\n"
    "The council of Tarn met on Tuesday. It raised parking fees.\n\n"
    "Doctors praised a new vaccine.\n\nA museum opened. A ferry ran late. A court sat.\n\nFarmers sold fewer apples."
)
SPLIT = sentences(ARTICLE)


def outcome(*quotes: str, claim: str = "The old bridge was shut.") -> Outcome:
    drafts = tuple(QuoteDraft(text=quote) for quote in quotes)
    made = Claim(id="c1", text=claim, origin=Span(start=0, end=len(claim)), kind=Kind.EVENT)
    judgement = Judgement(claim="c1", label=Label.SUPPORTED, quotes=drafts)
    found = ground_judgement(judgement, made, (ARTICLE,), SentenceMap(SPLIT), judge="test")
    return decide(found, (), judge="test")


@pytest.mark.parametrize("quote", [".", "the", "Snow", "on the", "bridge", "was", ",", "Tarn", "“", "The council"])
def test_a_quote_that_says_nothing_is_no_evidence(quote: str) -> None:
    found = outcome(quote)

    assert isinstance(found, Unchecked)
    assert found.reason is Reason.MISQUOTE


@pytest.mark.parametrize(
    ("quote", "shown"),
    [
        ("old bridge", "and the old bridge was shut."),
        ("council of Tarn", "The council of Tarn met on Tuesday."),
        ("Nobody was hurt", "Nobody was hurt"),
        ("Nobody was hurt.", "Nobody was hurt."),
        ("Snow fell on the hills", "Snow fell on the hills"),
        ("raised parking fees", "raised parking fees"),
    ],
)
def test_a_short_quote_grows_to_its_clause(quote: str, shown: str) -> None:
    found = outcome(quote)

    assert isinstance(found, Verdict)
    (evidence,) = found.evidence
    assert evidence.quote == shown
    assert ARTICLE.text[evidence.span.start : evidence.span.end] == shown


@pytest.mark.parametrize(
    ("quote", "sentence", "shown"),
    [
        ("9", "d1:1", "but 9 stayed."),
        ("9", "d1:0", None),
        ("This is a betrayal", "d1:2", "“This is a betrayal,” said Ana Pell."),
        ("This is a betrayal", None, None),
        ("the union", "d1:0", None),
        ("it has", "d1:1", None),
        (",", "d1:1", None),
    ],
)
def test_a_figure_or_a_few_words_of_the_sentence_that_is_named_grow_to_their_clause(
    quote: str, sentence: str | None, shown: str | None
) -> None:
    document = Document.of(
        "Nurses left the union in the spring. It has 40 members fewer, but 9 stayed. “This is a betrayal,” said Ana Pell."
    )
    named = SentenceMap(sentences(document)).get(sentence or "")

    found = find_quote(quote, (document,), named)

    assert [one.quote for one in found] == ([shown] if shown else [])


def test_quotes_from_places_that_have_nothing_to_do_with_each_other_support_nothing() -> None:
    found = outcome("Doctors praised a new vaccine.", "Farmers sold fewer apples.", claim="Doctors sold fewer apples.")

    assert isinstance(found, Undecided)
    assert found.leaning is Label.SUPPORTED
    assert found.rationale == "the words that are to decide stand in places that have nothing to do with each other"


@pytest.mark.parametrize(
    "quotes",
    [
        ("The council of Tarn met on Tuesday.", "It raised parking fees."),
        ("Snow fell on the hills in the night", "Nobody was hurt."),
        ("Doctors praised a new vaccine.", "Doctors praised a new vaccine."),
    ],
)
def test_quotes_of_one_passage_and_quotes_tied_by_a_pronoun_count(quotes: tuple[str, ...]) -> None:
    assert isinstance(outcome(*quotes), Verdict)


def test_a_quote_of_a_hundred_parts_is_a_misquote_at_once() -> None:
    document = Document.of("the cat sat on the mat and the dog. " * 20_000)

    assert locate(" ... ".join(["the"] * 100), document) == ()
    assert len(locate(" ... ".join(["the"] * 12), document)) == 12


@pytest.mark.parametrize("signs", ["…”", "...", "— !", "??"])
def test_a_line_of_signs_alone_is_no_evidence_and_no_error(signs: str) -> None:
    document = Document.of(f"Snow fell.\n\n{signs}\n\nThe bridge was shut.")
    place = document.text.index(signs)
    piece = Evidence(document=document.id, span=Span(start=place, end=place + len(signs)), quote=signs)

    assert speaking(piece, document.text) is None
