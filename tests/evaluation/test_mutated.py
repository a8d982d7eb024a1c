"""Mutated sentences: each kind by hand-written rows, what is refused, and the properties over all articles."""

import json
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest

from summarizer.components import assemble
from summarizer.errors import CaseError
from summarizer.evaluation.case_files import load_suite
from summarizer.evaluation.cases import Suite
from summarizer.evaluation.mutated import case_files, mutated_suite
from summarizer.evaluation.run import evaluate
from summarizer.language.sentences import sentences
from summarizer.mutation import Mutant, mutations
from summarizer.mutation.context import SentenceContext, could_be_true, fitted
from summarizer.mutation.lexicon import ANTONYMS, ANTONYMS_BEFORE_A_VALUE, ANTONYMS_OF_MEASURES
from summarizer.mutation.sentence import KINDS
from summarizer.reading import read_document
from summarizer.schema import Document, Label
from summarizer.settings import resolve
from tests.cli.calls import Done, call

ARTICLES = sorted((Path(__file__).parents[2] / "evals" / "articles").glob("*.txt"))
PEOPLE = (
    "Mayor Ana Pell, 61, met Rolf Brandt, the union's secretary, in Sorn. Mr Brandt said the talks had failed. "
    "Pell said nothing. Strait Line said the ship was late, and Harbour Bank said it was early. "
    "Buses run from Telby to Marrow, and roads join Telby and Marrow. Ines Corr, a geologist, spoke last; Corr said she agreed."
)


def broken(kind: str, sentence: str, article: str = "") -> set[str]:
    """Every text that a kind would make of a sentence, with what is refused left out."""
    others = tuple(one.text for one in sentences(Document.of(article))) if article else ()
    context = SentenceContext(sentence, f"{sentence} {article}", others)
    found = [fitted(sentence, one) for one in dict(KINDS)[kind](context) if not could_be_true(one, context)]  # type: ignore[index]
    return {sentence[: one.start] + one.new + sentence[one.end :] for one in found}


def mutants(article: str, number: int = 0) -> dict[str, Mutant]:
    """The mutants of a sentence of an article, by kind."""
    document = Document.of(article)
    every = sentences(document)
    return {one.kind: one for one in mutations(every[number], document, every)}


MADE = [
    ("number", "The fund has 1,200 members.", "The fund has 1,700 members."),
    ("number", "The council spent £5.2 million on it.", "The council spent £6.2 million on it."),
    ("number", "Sales rose by 42% in May.", "Sales rose by 55% in May."),
    ("number", "Turnout was 31.4 per cent.", "Turnout was 37.7 per cent."),
    ("number", "Thirty-one people came.", "Thirty-eight people came."),
    ("number", "The rebels lost twelve boats.", "The rebels lost fifteen boats."),
    ("number", "The firm has sixty shops.", "The firm has seventy shops."),
    ("number", "The mayor opened four schools.", "The mayor opened six schools."),
    ("number", "The Rovers won 3-2 at home.", "The Rovers won 4-2 at home."),
    ("number", "The Rovers drew 1-1 at home.", "The Rovers drew 2-2 at home."),
    ("number", "The goal came in the 53rd minute.", "The goal came in the 51st minute."),
    ("number", "It was the third strike of the year.", "It was the fifth strike of the year."),
    ("number", "An 80-mile line was built.", "A 60-mile line was built."),
    ("unit", "The crossing is 38 miles long.", "The crossing is 38 kilometres long."),
    ("unit", "The crossing is 61 kilometers long.", "The crossing is 61 miles long."),
    ("unit", "A 34-mile line was built.", "A 34-kilometre line was built."),
    ("unit", "The strike lasted 12 days.", "The strike lasted 12 weeks."),
    ("unit", "The ship cost £31 million.", "The ship cost $31 million."),
    ("unit", "The ship cost £31 million.", "The ship cost £31 billion."),
    ("unit", "The gap was 4.7 percentage points.", "The gap was 4.7 per cent."),
    ("date", "The bridge opened on 12 June 1984.", "The bridge opened on 15 June 1984."),
    ("date", "The bridge opened on 12 June 1984.", "The bridge opened on 12 August 1984."),
    ("date", "Talks begin on March 3.", "Talks begin on March 7."),
    ("date", "Talks began on 2nd May.", "Talks began on 11th May."),
    ("date", "The letter is dated Feb. 9.", "The letter is dated Oct. 9."),
    ("date", "The mill was built in 1874.", "The mill was built in 1870."),
    ("date", "The vote ended at 9.30 p.m.", "The vote ended at 8.30 p.m."),
    ("date", "The polls closed at noon.", "The polls closed at midnight."),
    ("date", "Profit fell in the second quarter.", "Profit fell in the fourth quarter."),
    ("weekday", "The court sat on Tuesday.", "The court sat on Friday."),
    ("weekday", "Buses are free on Saturdays.", "Buses are free on Sundays."),
    ("name", "The prize went to Rolf Brandt.", "The prize went to Ana Pell."),
    ("name", "The prize went to Corr.", "The prize went to Brandt."),
    ("name", "Snow lay in Telby.", "Snow lay in Marrow."),
    ("role", "The union's secretary, Rolf Brandt, left.", "The union's treasurer, Rolf Brandt, left."),
    ("role", "The transport minister, Ana Pell, left.", "The health minister, Ana Pell, left."),
    ("role", "Ines Corr, a geologist, left.", "Ines Corr, a biologist, left."),
    ("role", "Ines Corr, an economist, left.", "Ines Corr, a historian, left."),
    ("negation", "The bridge was closed on Monday.", "The bridge was not closed on Monday."),
    ("negation", "The board has approved the plan.", "The board has not approved the plan."),
    ("negation", "Prices rose by 3 per cent.", "Prices did not rise by 3 per cent."),
    ("negation", "The police did not intervene.", "The police did intervene."),
    ("negation", "The library won't close in May.", "The library will close in May."),
    ("negation", "The council cannot borrow more.", "The council can borrow more."),
    ("antonym", "Prices rose by 3 per cent.", "Prices fell by 3 per cent."),
    ("antonym", "The councillors approved the levy.", "The councillors rejected the levy."),
    ("antonym", "It is the largest port in Sorn.", "It is the smallest port in Sorn."),
    ("antonym", "The bank raised the rate to 4 per cent.", "The bank lowered the rate to 4 per cent."),
    ("antonym", "The minister resigned before the vote.", "The minister resigned after the vote."),
    ("quantifier", "Most of the members left.", "None of the members left."),
    ("quantifier", "All 12 members voted for it.", "None of the 12 members voted for it."),
    ("quantifier", "Some residents were angry.", "All residents were angry."),
    ("quantifier", "At least 33 people were hurt.", "At most 33 people were hurt."),
    ("quantifier", "More than 200 rounds were fired.", "Fewer than 200 rounds were fired."),
    ("quantifier", "Nobody was hurt.", "Everyone was hurt."),
    ("modality", "The damage may reach 200 million.", "The damage will reach 200 million."),
    ("modality", "The insurer said the damage could rise.", "The insurer said the damage would rise."),
    ("modality", "The line is expected to open in May.", "The line is certain to open in May."),
    ("modality", "The fund plans to sue Ana Pell.", "The fund has sued Ana Pell."),
    ("attribution_swap", "Rolf Brandt said the talks had failed.", "Ana Pell said the talks had failed."),
    ("attribution_swap", "Mr Brandt warned of a strike.", None),  # nobody else of the article is a Mr
    ("attribution_swap", "“It is late,” said Corr.", "“It is late,” said Brandt."),
    ("dropped_attribution", "Brandt argued that the levy was unfair.", "The levy was unfair."),
    ("dropped_attribution", "The levy is a disgrace, said Ana Pell.", "The levy is a disgrace."),
    ("quotation", "“We waited for two days,” said Corr.", "“We waited for two weeks,” said Corr."),
    ("quotation", "“It is a good plan,” said Corr.", "“It is a bad plan,” said Corr."),
]


@pytest.mark.parametrize(("kind", "sentence", "expected"), MADE)
def test_a_kind_makes_this(kind: str, sentence: str, expected: str | None) -> None:
    made = broken(kind, sentence, PEOPLE)

    assert expected in made if expected else made == set()


LEFT = [
    ("number", "More than 1,200 people came."),  # holds of more
    ("number", "The bus is Route 41."),
    ("number", "It takes one or two days."),
    ("number", "It was the wettest spring for 16 years."),  # and so for ten
    ("number", "The waves were never higher than 40 centimetres."),
    ("number", "“I waited for 12 days,” said Corr."),  # a quotation is broken by its own kind
    ("unit", "A man aged 34 was held."),
    ("unit", "The bag weighs 30 pounds."),
    ("date", "None of the boats has sailed since 1998."),  # nor since 2005
    ("date", "Tickets carry the date 3/4."),
    ("weekday", "The club met at the weekend."),
    ("name", "The Bank of Telby closed."),
    ("name", "Snow fell in Quarrel."),  # the article joins it to nothing
    ("role", "The deputy mayor, Ana Pell, left."),
    ("role", "The mayor left."),
    ("negation", "All members were present."),  # "were not" would be ambiguous
    ("negation", "The road was closed because snow had fallen."),
    ("negation", "The council has to save money."),
    ("negation", "A meeting held in Sorn ended early."),  # no past tense that is certain
    ("negation", "The plan may fail."),  # "may not" contradicts nothing
    ("negation", "There was not only snow."),
    ("negation", "The board has not met yet."),  # "has met yet" is no English
    ("antonym", "The mayor fell ill."),
    ("antonym", "The board declined to comment."),
    ("antonym", "The council did not reject the plan, nor was it approved."),
    ("antonym", "The owner sold the mill to a bank."),
    ("antonym", "The club raised $26,300."),
    ("antonym", "The case came before the court."),
    ("quantifier", "Not all flights were cancelled."),
    ("quantifier", "Nearly all the boats were lost."),
    ("quantifier", "All flights were cancelled."),  # "some" is entailed, and "no" needs more grammar
    ("quantifier", "Some 120 residents came."),
    ("modality", "If it snows, the road may close."),
    ("modality", "The talks begin in May."),
    ("modality", "The fund plans to sue next year."),  # "has sued next year" is no English
    ("attribution_swap", "Snow fell in Sorn."),
    ("dropped_attribution", "Brandt said the bus had 12 seats."),  # neither opinion nor allegation
    ("dropped_attribution", "Brandt argued that he was unfair."),  # who?
    ("dropped_attribution", "Brandt called the plan “unfair”."),
    ("quotation", "“Hmm,” said Corr."),
    ("quotation", "It is a good plan, said Corr."),
]


@pytest.mark.parametrize(("kind", "sentence"), LEFT)
def test_a_kind_is_left_out(kind: str, sentence: str) -> None:
    assert broken(kind, sentence, PEOPLE) == set()


def test_a_value_that_may_be_true_of_the_same_is_refused() -> None:
    assert "The mill employs 14 people." in broken("number", "The mill employs 12 people.")
    assert "The mill employs 14 people." not in broken(
        "number", "The mill employs 12 people.", "Of people the mill employs 14."
    )
    assert "The court sat on Friday." not in broken(
        "weekday", "The court sat on Tuesday.", "The court sat again on Friday."
    )
    assert "Of 12 boats 14 sank." not in broken("number", "Of 12 boats 14 sank.")


def test_a_sentence_of_the_article_is_no_mutant() -> None:
    plain = mutants("The bridge was closed. Snow fell on the hills.")
    told = mutants("The bridge was closed. Snow fell on the hills. The bridge was not closed!")

    assert plain["negation"].text == "The bridge was not closed."
    assert "negation" not in told


def test_the_words_of_a_mutant_are_found_at_their_first_place() -> None:
    found = mutants("It was 12 June. The mill has 12 boats, and it was 12 June.", 1)["number"]

    assert found.source_words == "has 12 boats"
    assert found.claim_words.startswith("has ")


def test_words_over_a_line_break_are_shown_as_they_stand() -> None:
    article = "The council of the old town said that the bridge over the river was closed for\nthe whole of Friday after the storm had torn away one of its railings.\n"
    found = mutants(article)

    assert all(one.source_words in article for one in found.values())
    assert "\n" not in found["weekday"].text


def test_no_word_is_replaced_by_itself_or_by_one_that_means_the_same() -> None:
    """Two words with one opposite mean much the same, so neither may take the other's place."""
    tables = (ANTONYMS, ANTONYMS_OF_MEASURES, ANTONYMS_BEFORE_A_VALUE)
    exchanged = [(word, new) for table in tables for word, new in table.items()]
    opposite = dict(exchanged)

    assert [word for word, new in exchanged if word == new] == []
    assert [word for word, new in exchanged if opposite[word] == opposite.get(new)] == []


@lru_cache(maxsize=1)
def whole() -> Suite:
    return mutated_suite([read_document(path) for path in ARTICLES], claims=8)


def pairs(suite: Suite) -> Iterator[tuple[str, str, str, str]]:
    """Article, sentence, mutant and id of every broken claim."""
    for case in suite.cases:
        unbroken = {claim.id: claim.text for claim in case.file.summaries[0].claims}
        for claim in case.claims():
            if claim.error:
                yield case.document.text, unbroken[claim.id.rsplit("-", 1)[0]], claim.text, claim.id


def shared(one: str, other: str) -> int:
    """How many letters two texts begin with in common."""
    return next(
        (at for at, (left, right) in enumerate(zip(one, other, strict=False)) if left != right),
        min(len(one), len(other)),
    )


def test_every_mutant_differs_in_one_short_place() -> None:
    for _, sentence, text, name in pairs(whole()):
        start = shared(sentence, text)
        end = min(shared(sentence[::-1], text[::-1]), len(sentence) - start, len(text) - start)
        old, new = sentence[start : len(sentence) - end], text[start : len(text) - end]
        assert old != new, name
        assert len(new) <= 60, name
        assert text == sentence[:start] + new + sentence[len(sentence) - end :], name
        assert "dropped" in name or len(old) <= 60, name


def test_the_words_stand_where_they_should() -> None:
    for case in whole().cases:
        text = case.document.text
        for claim in case.claims():
            if claim.conflict:
                assert claim.conflict.claim_words in claim.text
                first = text.index(claim.conflict.source_words)
                assert (
                    text.index(claim.evidence[0][0])
                    <= first
                    < text.index(claim.evidence[0][0]) + len(claim.evidence[0][0])
                )


def test_no_mutant_is_a_sentence_of_its_article() -> None:
    for article, _, text, name in pairs(whole()):
        assert text not in " ".join(article.split()), name


def test_enough_is_made_of_every_common_kind() -> None:
    counts: dict[str, int] = {}
    for claim in whole().claims():
        if claim.error:
            counts[claim.error] = counts.get(claim.error, 0) + 1

    assert {kind for kind, count in counts.items() if count >= 10} >= {
        "number", "unit", "date", "weekday", "name", "role", "negation", "antonym", "quantifier", "attribution_swap", "modality",
    }  # fmt: skip


def test_a_summary_holds_one_version_of_a_sentence() -> None:
    for case in whole().cases:
        for summary in case.file.summaries:
            numbers = [claim.note.split(" of ")[0] for claim in summary.claims]
            assert len(set(numbers)) == len(numbers)
            assert summary.writer == "planted"
        assert all(claim.label is Label.SUPPORTED for claim in case.file.summaries[0].claims)
        assert len(case.file.summaries[0].claims) <= 8


def test_the_same_seed_makes_the_same_suite() -> None:
    documents = [read_document(path) for path in ARTICLES[:4]]

    assert mutated_suite(documents, seed=5).sha256 == mutated_suite(documents, seed=5).sha256
    assert mutated_suite(documents, seed=5).sha256 != mutated_suite(documents, seed=6).sha256


def test_the_files_of_a_suite_load_as_the_same_suite(tmp_path: Path) -> None:
    for path, text in case_files(whole()):
        target = tmp_path / path
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(text.encode("utf-8"))

    loaded = load_suite(tmp_path)

    assert sorted(case.id for case in loaded.cases) == sorted(case.id for case in whole().cases)
    assert sorted(claim.text for claim in loaded.claims()) == sorted(claim.text for claim in whole().claims())


def test_names_of_files_are_safe_and_none_is_given_twice() -> None:
    text = "The council of the old town closed the bridge on Monday. Snow fell."
    suite = mutated_suite([Document.of(text, name=name) for name in ("../a b.txt", "A-b.txt", "-", "статья.txt")])

    assert [case.file.article for case in suite.cases] == ["a-b.txt", "A-b-2.txt", "article.txt", "article-2.txt"]


def test_an_article_that_states_nothing_is_an_error() -> None:
    with pytest.raises(CaseError, match=r"notes\.txt: has too few sentences"):
        mutated_suite([Document.of("Why? Who?\nHeadline", name="notes.txt")])


@pytest.mark.parametrize("rule", ["---", "* * *", "***", "[1]"])
def test_a_line_without_words_parts_sentences_and_is_none(rule: str) -> None:
    first, second = (
        "The council of the old town closed the bridge on Monday.",
        "Snow fell on the hills around the town.",
    )

    claims = [*mutated_suite([Document.of(f"{first}\n\n{rule}\n\n{second}\n\nWhy?")]).claims()]

    assert [claim.text for claim in claims if not claim.error] == [first, second]
    assert all(claim.evidence in (((first,),), ((second,),)) for claim in claims)


def test_a_dropped_attribution_is_not_in_the_source() -> None:
    text = "Rolf Brandt, the union's secretary, argued that the new levy was unfair. Snow fell on the hills around the town. Why?"
    claims = {claim.error: claim for claim in mutated_suite([Document.of(text, name="a.txt")]).claims()}
    dropped = claims["dropped_attribution"]

    assert (dropped.text, dropped.label, dropped.evidence) == ("The new levy was unfair.", Label.NOT_IN_SOURCE, ())


def test_the_embedded_judge_is_scored_by_it() -> None:
    card = evaluate(
        mutated_suite([read_document(path) for path in ARTICLES[:3]], claims=6),
        assemble(resolve({"backend": "embedded"})),
    )
    alarms, numbers = card.metric("false_alarms"), card.metric("recall_unsupported/number")

    assert alarms is not None
    assert alarms.value == 0.0
    assert numbers is not None
    assert numbers.n > 0


def run(*arguments: str | Path, stdin: str = "") -> Done:
    return call("eval", "mutate", *arguments, cwd=Path.cwd(), stdin=stdin)


def test_the_command_prints_a_scorecard_and_keeps_the_cases(tmp_path: Path) -> None:
    kept = tmp_path / "mine"
    done = run(ARTICLES[0], "--sentences", "4", "--format", "json", "--cases", kept)
    again = run(ARTICLES[0], "--sentences", "4", "--cases", kept)

    card = json.loads(done.stdout)
    assert (done.status, card["suite"]["cases"]) == (0, 1)
    assert done.stderr.startswith("summarizer: ")
    assert done.stderr.endswith("; the text stays on this machine\n")
    assert load_suite(kept).sha256 == card["suite"]["sha256"]
    assert again.status == 2
    assert "already exists and is not overwritten; name a new folder" in again.stderr


def test_the_command_reads_standard_input_and_refuses_nonsense() -> None:
    text = "The council of the old town closed the bridge on Monday. Snow fell."

    assert "weekday" in run("-", "-q", stdin=text).stdout
    assert "| weekday" in run("-", "-q", "--format", "markdown", stdin=text).stdout
    assert run("-", "-", stdin=text).status == 2
    assert run("-", "--dry-run", stdin=text).status == 2
    assert run("-", stdin="Why?").status == 2
    assert run("-", stdin="The council of the old town closed the bridge on Monday.").status == 2
