"""From texts to a report: every claim has exactly one outcome, and failures are values."""

import asyncio
import io
import math
from pathlib import Path
from typing import Any

import pytest

from summarizer.api import Kind, acheck, check, mend, summarize
from summarizer.components import Components, assemble, openai_backend
from summarizer.drafts import ClaimDraft, Judgement, QuoteDraft
from summarizer.errors import InputError, SettingsError, UsageError
from summarizer.report.tally import exit_status
from summarizer.schema import Check, Document, Label, Outcome, Reason, Unchecked, Verdict
from summarizer.settings import resolve
from tests.fakes import scripted

CHAT = {"base_url": "http://127.0.0.1:9/v1", "model": "m"}
WITNESS = str(assemble(resolve()).judge.about)
CUT = pytest.mark.xfail(strict=True, reason="words cut out of their sentence, without its speaker or its head, pass")
ARTICLE = (
    "The mayor of Harrow Bay resigned on Monday after a vote. Council leader Ana Pell said 12 members had backed her. "
    "Snow fell on the hills in the night and shut two roads. The library will not close."
)


def only(report_check: tuple[Check, ...]) -> Outcome:
    (one,) = report_check
    return one.outcome


def test_a_copied_sentence_is_supported_by_itself() -> None:
    outcome = only(check("Snow fell on the hills in the night and shut two roads.", ARTICLE).checks)

    assert isinstance(outcome, Verdict)
    assert outcome.label is Label.SUPPORTED
    assert [piece.quote for piece in outcome.evidence] == ["Snow fell on the hills in the night and shut two roads."]


@pytest.mark.parametrize(
    "claim",
    [
        "The mayor of Harrow Bay resigned on Tuesday after a vote.",
        "The mayor of Harrow Bay did not resign on Monday after a vote.",
        "The library will close.",
        pytest.param("12 members had backed her.", marks=CUT),
        "Council leader Ana Pell said 21 members had backed her.",
        "Snow may have fallen on the hills in the night and shut two roads.",
        "Snow fell on the hills in the night and shut all roads.",
        pytest.param("Harrow Bay resigned on Monday after a vote.", marks=CUT),
        "Snow fell on two roads.",
        "The mayor of Harrow Bay resigned on Monday before a vote.",
        "Snow fell on the hills in the night from two roads.",
    ],
)
def test_a_claim_changed_in_one_word_is_never_supported(claim: str) -> None:
    outcome = only(check(claim, ARTICLE).checks)

    assert not (isinstance(outcome, Verdict) and outcome.label is Label.SUPPORTED)


@pytest.mark.parametrize(
    ("claim", "sentence"),
    [
        (
            "Bruun said that no homes would be demolished.",
            "Bruun said that no homes would be demolished, except for 14 on Quay Street.",
        ),
        (
            "Ana Rell said that the harbour would stay open.",
            "Ana Rell said that the harbour would stay open, provided the pilots agree.",
        ),
        ("The cranes will stand idle.", "Barring a late deal, the cranes will stand idle."),
        ("The ferries would stop for a week.", "Were the union to strike, the ferries would stop for a week."),
        ("Nobody was injured.", "Nobody was killed, but two men were injured."),
        ("All were released by evening.", "Police arrested five people; all but one were released by evening."),
        pytest.param(
            "Half were given the patch and a placebo.",
            "Half were given the patch and half were given a placebo.",
            marks=CUT,
        ),
    ],
)
def test_a_fragment_without_its_condition_or_exception_is_no_support(claim: str, sentence: str) -> None:
    outcome = only(check(claim, f"{sentence} It rained all day in the town of Arne.").checks)

    assert not (isinstance(outcome, Verdict) and outcome.label is Label.SUPPORTED)


@pytest.mark.parametrize(
    ("claim", "sentence"),
    [
        ("Kade attended the meeting.", "Rell did not attend the meeting, but Kade did."),
        (
            "The court convicted Diogo Leal of forging documents.",
            "The court acquitted Rui Carvalho of fraud, but convicted his aide Diogo Leal of forging documents.",
        ),
        (
            "Prakash said there is a one in ten chance of a breach if nothing is done.",
            "If nothing is done, there is a one in ten chance of a breach, Prakash said.",
        ),
    ],
)
def test_what_is_said_of_somebody_else_is_no_contradiction(claim: str, sentence: str) -> None:
    outcome = only(check(claim, f"{sentence} It rained all day in the town of Arne.").checks)

    assert not (isinstance(outcome, Verdict) and outcome.label is Label.CONTRADICTED)


def test_what_the_source_never_speaks_of_is_not_in_it() -> None:
    outcome = only(check("Volcanoes erupted in Iceland yesterday.", ARTICLE).checks)

    assert isinstance(outcome, Verdict)
    assert outcome.label is Label.NOT_IN_SOURCE


def test_a_summary_of_the_seed_is_five_supported_sentences_that_slice_back(seed: Path) -> None:
    report = summarize(seed)

    assert [check.outcome.kind for check in report.checks] == ["verdict"] * 5
    assert exit_status(report) == 0
    text = seed.read_text(encoding="utf-8")
    for piece in report.all_evidence():
        assert text[piece.span.start : piece.span.end] == piece.quote


def test_front_matter_comments_and_code_of_markdown_are_neither_summed_up_nor_taken_as_evidence() -> None:
    post = Document.of(
        "---\ntitle: Nine roads of Harrow Bay were shut by snow\n---\nSnow shut two roads of Harrow Bay on Monday.\n"
        "<!-- The editor says that nine roads of Harrow Bay were shut by snow on Monday. -->\n"
        "The council of Harrow Bay will buy three ploughs for 200,000 euros. See the state of the roads with\n"
        '```sh\ncurl roads.example\necho "All of the roads in Harrow Bay are open today."\n```\n',
        name="post.md",
    )

    report = summarize(post)
    checked = check("Nine roads of Harrow Bay were shut by snow. <!-- All are open. -->", post)

    assert report.summary.text == (
        "Snow shut two roads of Harrow Bay on Monday. The council of Harrow Bay will buy three ploughs for 200,000 euros."
    )
    assert "post.md: not read: front matter (58 characters), 1 comment (83 characters)" in report.run.warnings
    assert not (isinstance(outcome := only(checked.checks), Verdict) and outcome.label is Label.SUPPORTED)
    assert "summary: not read: 1 comment (22 characters)" in checked.run.warnings


def test_a_myth_is_neither_written_into_a_summary_nor_missed_in_one() -> None:
    myth = "Copper bracelets heal the joints of most of the people in Harrow Bay."
    fact = "Two studies of copper bracelets in Harrow Bay found no effect on the joints of 400 people."
    page = Document.of(f"MYTH\n{myth}\n\nFACT\n{fact}\n\nMyth 2: Copper bracelets of Harrow Bay last for ever.")

    report = summarize(page)

    assert report.summary.text == fact
    assert {key.evidence.quote for key in report.coverage.key_sentences} == {fact}


def test_no_summary_omits_what_readers_wrote_below_the_text() -> None:
    comments = "\n".join(
        f"The ferry to Arne has been a disgrace to the island for {years} years now." for years in range(2, 9)
    )
    text = (
        "The ferry to Arne will run twice a day until March because of repairs to its engines. The owner of the ferry "
        "found cracks in both engines in August. Hotels on the island of Arne have lost guests to the mainland."
    )

    report = check("Snow fell on the hills in the night.", Document.of(f"{text}\n\nComments (7)\n\n{comments}"))

    assert [key.evidence.quote in text for key in report.coverage.key_sentences] == [True] * 3


def test_the_length_of_a_summary_is_what_was_asked_for(seed: Path) -> None:
    assert len(summarize(seed, sentences=2).checks) == 2
    assert len(summarize(seed, words=60).summary.text.split()) <= 60


def test_a_written_summary_leaves_dashes_and_initials_as_they_are() -> None:
    article = (
        "- J. Vance said the step was - even after his long career - a huge one for the town of Arne.\n"
        "- Snow fell on the hills in the night and shut two roads into the town of Arne.\n"
    )

    report = summarize(article, sentences=2)

    assert report.summary.text.startswith("J. Vance said the step was - even after his long career - a huge one")
    assert [check.outcome.kind for check in report.checks] == ["verdict", "verdict"]


def test_length_is_given_in_one_unit() -> None:
    with pytest.raises(UsageError, match="not both"):
        summarize(ARTICLE, sentences=2, words=20)
    with pytest.raises(UsageError, match="the length must be at least 1"):
        summarize(ARTICLE, sentences=0)


@pytest.mark.parametrize("length", [math.nan, math.inf, 2.7, 2.0, True, "2"])
def test_a_length_is_a_whole_number(length: Any) -> None:
    for given in ({"sentences": length}, {"words": length}):
        with pytest.raises(UsageError, match="the length must be a whole number, not "):
            summarize(ARTICLE, **given)


@pytest.mark.parametrize(
    ("given", "type_of_it"),
    [(b"Snow fell.", "bytes"), (io.StringIO("Snow fell."), "StringIO"), (None, "NoneType"), ({"a": "Snow."}, "dict")],
)
def test_what_is_neither_text_nor_file_is_refused_by_its_type(given: Any, type_of_it: str) -> None:
    what = f"must be a str, a pathlib.Path, a Document or a Reading, not {type_of_it}"

    with pytest.raises(UsageError, match=rf"^summary: {what}$"):
        check(given, ARTICLE)
    for source, number in ((given, 1), ([ARTICLE, given], 2)):
        with pytest.raises(UsageError, match=rf"^source {number}: {what}$"):
            check("Snow fell.", source)


@pytest.mark.parametrize("backend", [None, 3, resolve()])
def test_a_backend_is_a_name_or_components(backend: Any) -> None:
    words = rf"^backend: must be a name, .*, not {type(backend).__name__}$"

    with pytest.raises(UsageError, match=words):
        summarize(ARTICLE, backend=backend)
    with pytest.raises(UsageError, match=words):
        check("Snow fell.", ARTICLE, backend=backend)


def test_only_a_report_is_mended() -> None:
    with pytest.raises(UsageError, match=r"^report: must be a Report, as check returns it, not str$"):
        mend("Snow fell.")  # type: ignore[arg-type]


def test_a_misspelt_kind_does_not_let_a_summary_bear_itself_out() -> None:
    with pytest.raises(UsageError, match=r"^kind: must be one of summary, claims, not 'sumary'$"):
        asyncio.run(acheck(ARTICLE, ARTICLE, kind="sumary"))  # type: ignore[arg-type]


@pytest.mark.parametrize(("kind", "key"), [("summary", True), ("claims", False)])
def test_a_list_of_claims_leaves_nothing_out(kind: Kind, key: bool) -> None:
    report = asyncio.run(acheck("The library will not close.", ARTICLE, kind=kind))

    assert bool(report.coverage.key_sentences) == (report.coverage.share is not None) == key


def test_several_sources_are_checked_together() -> None:
    report = check("The library will not close. Hail fell.", [ARTICLE, "Hail fell. It was cold."])

    assert [check.outcome.evidence[0].document for check in report.checks if isinstance(check.outcome, Verdict)] == [
        "d1",
        "d2",
    ]


def test_a_claim_without_an_answer_is_unchecked() -> None:
    outcome = only(check("The library will close.", ARTICLE, backend=scripted()).checks)

    assert isinstance(outcome, Unchecked)
    assert outcome.reason is Reason.NO_ANSWER


def test_a_claim_that_says_more_than_its_sentence_of_the_summary_is_dropped_and_counted() -> None:
    draft = ClaimDraft(text="The library will close in 2031.", quote="The library will close.")

    report = check("The library will close.", ARTICLE, backend=scripted(claims=[draft]))

    assert [one.claim.text for one in report.checks] == ["The library will close."]
    assert report.run.dropped_claims == 1


def test_a_claim_with_words_that_the_summary_does_not_have_is_dropped_and_counted() -> None:
    drafts = [
        ClaimDraft(text="The library will close.", quote="The library will close."),
        ClaimDraft(text="Snow fell.", quote="Snow fell."),
    ]

    report = check("The library will close.", ARTICLE, backend=scripted(claims=drafts))

    assert [one.claim.text for one in report.checks] == ["The library will close."]
    assert report.run.dropped_claims == 1


def test_a_sentence_that_the_extractor_passed_over_is_a_claim_in_its_place() -> None:
    draft = ClaimDraft(text="The library will close.", quote="The library will close.")

    report = check("Snow fell. The library will close. Ana Pell spoke.", ARTICLE, backend=scripted(claims=[draft]))

    assert [(one.claim.id, one.claim.text) for one in report.checks] == [
        ("c1", "Snow fell."),
        ("c2", "The library will close."),
        ("c3", "Ana Pell spoke."),
    ]
    assert "2 sentences of the summary had no claim and stand as claims of their own" in report.run.warnings


def test_a_claim_without_end_is_too_long_and_takes_no_time() -> None:
    report = check("snow " * 40_000 + "fell.", "snow " * 50_000 + "fell.")

    outcome = report.checks[0].outcome
    assert isinstance(outcome, Unchecked)
    assert outcome.reason is Reason.TOO_LONG
    assert exit_status(report) == 3


def test_two_answers_are_none() -> None:
    answer = Judgement(claim="c1", label=Label.SUPPORTED, quotes=(QuoteDraft(text="The library"),))
    outcome = only(check("The library will close.", ARTICLE, backend=scripted(answer, answer)).checks)

    assert isinstance(outcome, Unchecked)
    assert outcome.reason is Reason.BAD_REPLY


def test_an_invented_quote_never_becomes_support() -> None:
    answer = Judgement(claim="c1", label=Label.SUPPORTED, quotes=(QuoteDraft(text="It will close in May."),))
    report = check("The library will close.", ARTICLE, backend=scripted(answer))

    assert only(report.checks).kind == "unchecked"
    assert report.run.misquotes == 1
    assert exit_status(report) == 3


def test_an_answer_to_an_unknown_claim_is_no_answer() -> None:
    answer = Judgement(claim="c9", label=Label.SUPPORTED, quotes=(QuoteDraft(text="The library"),))
    outcome = only(check("The library will close.", ARTICLE, backend=scripted(answer)).checks)

    assert isinstance(outcome, Unchecked)
    assert outcome.reason is Reason.NO_ANSWER


def test_a_question_states_nothing_and_makes_no_report_incomplete() -> None:
    report = check("The library will not close. Will it snow?", ARTICLE)

    outcome = report.checks[1].outcome
    assert isinstance(outcome, Unchecked)
    assert outcome.reason is Reason.NOT_CHECKABLE
    assert exit_status(report) == 0


def test_the_summary_is_no_source_for_itself() -> None:
    with pytest.raises(InputError, match="the source is the summary itself"):
        check(ARTICLE, ARTICLE.replace(" ", "\n"))


def test_a_summary_longer_than_its_source_was_probably_swapped_with_it() -> None:
    with pytest.raises(InputError, match="were the two swapped"):
        check(ARTICLE * 3, ARTICLE)


def test_the_same_source_twice_is_an_error() -> None:
    with pytest.raises(InputError, match="the same text as"):
        check("Snow fell.", [ARTICLE, ARTICLE])


def test_no_source_is_an_error() -> None:
    with pytest.raises(UsageError, match="no source"):
        check("Snow fell.", [])


def test_an_unknown_backend_is_named() -> None:
    with pytest.raises(SettingsError, match="--backend: must be one of auto, embedded, openai, replay, not 'gpt'"):
        check("Snow fell.", ARTICLE, backend="gpt")  # type: ignore[arg-type]


def test_the_caller_hears_of_the_backend_before_the_text_goes_there() -> None:
    heard: list[str] = []

    def hear(components: Components) -> None:
        heard.append(components.judge.about.name)

    check("Snow fell.", ARTICLE, on_start=hear)

    assert heard == ["nli"]


def test_the_same_input_gives_the_same_report(seed: Path) -> None:
    assert summarize(seed) == summarize(seed)


def test_a_citation_behind_a_sentence_is_no_claim_that_was_dropped() -> None:
    report = check("- Snow fell on the hills. [1]\n- The ferry was late. 【4:0†source】\n", ARTICLE_OF_MARKS)

    assert [one.claim.text for one in report.checks] == ["Snow fell on the hills.", "The ferry was late."]
    assert report.run.dropped_claims == 0


ARTICLE_OF_MARKS = "Snow fell on the hills in the night. The ferry was late by an hour. Nobody was hurt in the town."


def test_a_document_keeps_its_name() -> None:
    report = check("Snow fell.", Document.of(ARTICLE, id="other", name="paper"))

    assert [(document.id, document.name) for document in report.documents] == [("d1", "paper")]


def test_half_a_surrogate_pair_is_an_input_error_with_its_place() -> None:
    with pytest.raises(InputError, match=r"^summary: has half a surrogate pair at character 5;"):
        check("Snow \ud83d fell.", ARTICLE)
    with pytest.raises(InputError, match=r"^source 2: has half a surrogate pair"):
        summarize([ARTICLE, "Snow \ud83d fell."])


@pytest.mark.parametrize("name", ["article.txt", "My report.PDF", "notes/press release.md"])
def test_the_name_of_a_file_is_not_summarised_as_text(name: str) -> None:
    with pytest.raises(UsageError, match=r"looks like the name of a file, and a str is text: give pathlib\.Path"):
        summarize(name)
    with pytest.raises(UsageError, match=r"summary: .* looks like the name of a file"):
        check(name, ARTICLE)


def test_a_web_address_is_not_summarised_as_text() -> None:
    with pytest.raises(UsageError, match=r"^source 1: is a web address, and a str is text: give read\(address"):
        summarize(" https://example.org/news/snow-fell\n")

    assert check("Snow fell.", "Snow fell: https://example.org/news").checks[0].outcome.kind == "verdict"


def test_a_setting_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(TypeError, match="no setting is called 'max_cots'"):
        openai_backend(model="m", max_cots=1.0)
    with pytest.raises(SettingsError, match=r"^no setting is called 'jugde'; did you mean 'judge'\?$"):
        resolve({"jugde": "lexical"})


@pytest.mark.parametrize("value", [1.7, math.inf, math.nan, 10**400, True, "two"])
def test_a_whole_number_is_no_other_number(value: float | str) -> None:
    with pytest.raises(SettingsError, match="--threads: must be a whole number from 1 to 64"):
        resolve({"threads": value})


@pytest.mark.parametrize("limit", [math.nan, math.inf, 0.0, -1.0])
def test_a_limit_on_cost_that_is_none_is_refused(limit: float) -> None:
    with pytest.raises(UsageError, match="--max-cost: must be a finite number above 0"):
        openai_backend(model="m", base_url="http://127.0.0.1:9/v1", max_cost=limit)


def test_variables_mean_the_same_as_on_the_command_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUMMARIZER_DECIDE", "1")

    report = check("The mayor of Harrow Bay left.", ARTICLE)

    assert report.checks[0].outcome.kind == "verdict"


def test_one_model_named_for_a_part_serves_the_others_where_a_server_is_named() -> None:
    settings = {"base_url": "http://127.0.0.1:9/v1", "judge_model": "m"}

    components = assemble(resolve(settings))

    assert [str(part.about) for part in components.at_work("summarize")] == ["llm (m)", "llm (m)", "chat (m)", WITNESS]


def test_one_model_may_write_and_another_judge() -> None:
    settings = {"base_url": "http://127.0.0.1:9/v1", "model": "a", "judge_model": "b"}

    components = assemble(resolve(settings))

    assert [str(part.about) for part in components.at_work("summarize")] == ["llm (a)", "llm (a)", "chat (b)", WITNESS]


def test_a_model_for_the_judge_alone_leaves_the_rest_embedded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-test-0")

    components = assemble(resolve({"judge_model": "b"}))

    assert [str(part.about) for part in components.parts] == ["extractive", "sentences", "chat (b)", WITNESS]


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"judge": "lexical", "weights": "folder"}, "--weights: the lexical judge takes none; use --judge nli"),
        ({"judge": "lexical", "threads": 2}, "--threads: the lexical judge takes none; use --judge nli"),
        ({"judge": "lexical", "prior": 0.5}, "--prior: only a calibration profile has a use for it"),
        ({"judge": "lexical", "witness": "nli"}, "--witness: the lexical judge takes none: it stands beside a model"),
        ({"decide": True, "min_confidence": 0.9}, "--min-confidence: with --decide the likeliest label is taken"),
        ({"witness": "none"}, "--witness: the nli judge takes none: it stands beside a model"),
        ({**CHAT, "witness": "none", "threads": 2}, "--threads: the chat judge takes none; use --judge nli"),
    ],
)
def test_an_option_that_the_judge_has_no_use_for_is_refused(settings: dict[str, str | float], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        assemble(resolve(settings))


def test_a_least_probability_beside_decide_is_refused_wherever_both_are_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "summarizer.toml").write_text("decide = true\n", encoding="utf-8")
    monkeypatch.setenv("SUMMARIZER_MIN_CONFIDENCE", "0.9")

    with pytest.raises(UsageError, match=r"^SUMMARIZER_MIN_CONFIDENCE: with decide of summarizer\.toml the likeliest"):
        assemble(resolve(folder=tmp_path))
    with pytest.raises(UsageError, match=r"^--min-confidence: with decide of summarizer\.toml the likeliest"):
        assemble(resolve({"min_confidence": 0.5}, folder=tmp_path))
    assert assemble(resolve({"decide": True})).deciding.force  # of this run, and the variable of others
    assert assemble(resolve({"decide": False}, folder=tmp_path)).deciding.min_confidence == 0.9


def test_a_variable_may_speak_of_other_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUMMARIZER_WEIGHTS", "folder")
    monkeypatch.setenv("SUMMARIZER_WITNESS", "none")

    assert assemble(resolve({"judge": "lexical"})).judge.about.name == "lexical"
    assert assemble(resolve(CHAT)).witnesses == ()


def test_the_embedded_judge_is_heard_beside_a_model() -> None:
    assert [str(one.about) for one in assemble(resolve(CHAT)).witnesses] == [WITNESS]


def test_what_is_over_the_most_claims_of_a_run_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("summarizer.outcomes.MOST_CLAIMS", 2)
    summary = "The library will close. Snow fell. The ferry sails. What now? The mill burned."

    report = check(summary, ARTICLE, backend=assemble(resolve({"backend": "embedded"}, environment={})))

    over = [one.outcome for one in report.checks if isinstance(one.outcome, Unchecked) and one.claim.checkable]
    assert [one.reason for one in over] == [Reason.TOO_LONG] * 2
    assert "a run checks 2 claims at most" in over[0].detail
    assert "2 claims after the first 2 were not checked" in " ".join(report.run.warnings)
    assert len(report.checks) == 5
