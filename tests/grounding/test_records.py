"""Drafts become records only with words that stand where they say."""

from summarizer.deciding import decide
from summarizer.drafts import ClaimDraft, Judgement, PairDraft, QuoteDraft
from summarizer.grounding import ground_claims, ground_judgement
from summarizer.language.sentence_map import SentenceMap
from summarizer.language.sentences import sentences
from summarizer.schema import (
    Claim,
    Document,
    Evidence,
    FindingKind,
    Kind,
    Label,
    Outcome,
    Reason,
    Span,
    Unchecked,
    Verdict,
)

ARTICLE = Document.of("The mayor resigned on Monday. Snow fell. The mayor slept.")
CLAIM = Claim(id="c1", text="The mayor resigned on Tuesday.", origin=Span(start=0, end=30), kind=Kind.EVENT)
BY_ID = SentenceMap(sentences(ARTICLE))


def grounded(draft: Judgement) -> tuple[Outcome, int]:
    result = ground_judgement(draft, CLAIM, (ARTICLE,), BY_ID, judge="test")
    return decide(result, (), judge="test"), result.misquotes


def test_a_located_quote_becomes_evidence() -> None:
    outcome, misquotes = grounded(
        Judgement(claim="c1", label=Label.SUPPORTED, quotes=(QuoteDraft(text="The mayor slept", sentence="d1:2"),))
    )

    assert isinstance(outcome, Verdict)
    assert (outcome.evidence[0].span.start, misquotes) == (41, 0)


def test_an_invented_quote_never_becomes_support() -> None:
    outcome, misquotes = grounded(
        Judgement(claim="c1", label=Label.SUPPORTED, quotes=(QuoteDraft(text="The mayor stepped down"),))
    )

    assert isinstance(outcome, Unchecked)
    assert (outcome.reason, misquotes) == (Reason.MISQUOTE, 1)


def test_one_invented_quote_spoils_the_true_one_beside_it() -> None:
    quotes = (QuoteDraft(text="Snow fell."), QuoteDraft(text="Hail fell."))

    outcome, misquotes = grounded(Judgement(claim="c1", label=Label.SUPPORTED, quotes=quotes))

    assert isinstance(outcome, Unchecked)
    assert (outcome.reason, misquotes) == (Reason.MISQUOTE, 1)


def test_support_without_any_words_is_no_support() -> None:
    outcome, _ = grounded(Judgement(claim="c1", label=Label.SUPPORTED))

    assert isinstance(outcome, Unchecked)
    assert outcome.detail == "“supported” came without any words of the source"


def test_a_pair_is_located_on_both_sides() -> None:
    pair = PairDraft(kind=FindingKind.DATE, claim_words="Tuesday", source=QuoteDraft(text="Monday"))
    draft = Judgement(
        claim="c1", label=Label.CONTRADICTED, quotes=(QuoteDraft(text="resigned on Monday"),), pairs=(pair,)
    )

    outcome, _ = grounded(draft)

    assert isinstance(outcome, Verdict)
    (pair_found,) = outcome.findings
    assert pair_found.evidence is not None
    assert (pair_found.claim.of(CLAIM.text), pair_found.evidence.quote) == ("Tuesday", "Monday")
    assert pair_found.found_by == "test"


def test_a_pair_whose_words_stand_nowhere_takes_nothing_from_its_verdict() -> None:
    nowhere = PairDraft(kind=FindingKind.DATE, claim_words="Tuesday", source=QuoteDraft(text="mayor … Monday"))
    quotes = (QuoteDraft(text="mayor resigned on Monday"),)

    outcome, misquotes = grounded(
        Judgement(claim="c1", label=Label.CONTRADICTED, quotes=quotes, pairs=(nowhere,)),
    )

    assert isinstance(outcome, Verdict)
    assert (outcome.findings, misquotes) == ((), 0)


def test_a_word_that_a_quote_begins_with_another_case_is_found_where_it_was_quoted() -> None:
    source = Document.of("Nobody knew: two men died in the fire. Later two men left.")
    claim = Claim(id="c1", text="Three men died.", origin=Span(start=0, end=15), kind=Kind.EVENT)
    pair = PairDraft(kind=FindingKind.NUMBER, claim_words="Three", source=QuoteDraft(text="Two"))
    quotes = (QuoteDraft(text="Two men died in the fire"),)
    draft = Judgement(claim="c1", label=Label.CONTRADICTED, quotes=quotes, pairs=(pair,))

    found = ground_judgement(draft, claim, (source,), SentenceMap(sentences(source)), judge="test")

    assert [one.evidence for one in found.pairs] == [
        Evidence(document=source.id, span=Span(start=13, end=16), quote="two")
    ]
    assert isinstance(decide(found, (), judge="test"), Verdict)


def test_equal_sentences_of_a_summary_each_get_their_own_place() -> None:
    summary = Document.of("Snow fell. Snow fell.", id="summary")
    drafts = [ClaimDraft(text="Snow fell.", quote="Snow fell.")] * 2

    assert [claim.origin.start for claim in ground_claims(drafts, summary)] == [0, 11]


def test_a_claim_that_the_summary_does_not_make_is_left_out() -> None:
    summary = Document.of("Snow fell.", id="summary")

    assert ground_claims([ClaimDraft(text="Hail fell.", quote="Hail fell.")], summary) == ()
