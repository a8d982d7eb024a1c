"""What a person reads: true to the report, and nothing from outside that steers or hides."""

import json
import re
from collections.abc import Mapping
from typing import Any

import pytest
from markdown_it import MarkdownIt
from rich.cells import cell_len

from summarizer import check
from summarizer.drafts import Judgement, PairDraft, QuoteDraft
from summarizer.report import render
from summarizer.report.tally import counts_line
from summarizer.schema import (
    Coverage,
    Document,
    Doubt,
    Evidence,
    Finding,
    FindingKind,
    KeySentence,
    KeyStatus,
    Label,
    Probabilities,
    Report,
    Setting,
    Span,
    Undecided,
    Verdict,
)
from tests.fakes import scripted
from tests.reports import small_report

ARTICLE = "The mayor resigned on Monday. Snow fell on two roads."
PAIR = PairDraft(kind=FindingKind.DATE, claim_words="Tuesday", source=QuoteDraft(text="Monday"))
WRONG = Judgement(
    claim="c1", label=Label.CONTRADICTED, quotes=(QuoteDraft(text="The mayor resigned on Monday."),), pairs=(PAIR,)
)
STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\U000e0000-\U000e007f]")
HOSTILE = [
    "\x1b[31mred", "\x1b]8;;http://x\x07link\x1b]8;;\x07", "\x1b]52;c;aGk=\x07", "\x9b31m", "a\rb", "a\x08\x08b", "\u202eevil", "\x00".replace("\x00", "\x01"),
    "\x7f", "\u200bhidden", "\U000e0041tag", "\u2028line", "\x1bc", "\x1b[2J", "\x85next", "\u2066iso\u2069", "\ufeffmark", "\x0bvt\x0cff",
]  # fmt: skip


def test_a_contradiction_shows_both_sides() -> None:
    text = render(check("The mayor resigned on Tuesday.", ARTICLE, backend=scripted(WRONG)), "text")

    assert "✗ 1. contradicted" in text
    assert "date: the claim says “Tuesday”" in text
    assert "the source says “Monday”" in text
    assert "— source 1, paragraph 1, sentence 1" in text
    assert text.splitlines()[-1] == "1 claim: 0 supported, 1 contradicted, 0 not in source, 0 undecided, 0 unchecked"


@pytest.mark.parametrize(("width", "column"), [(80, 42), (100, 52), (200, 52)])
def test_the_sides_of_a_finding_stand_beside_each_other_from_eighty_columns(width: int, column: int) -> None:
    report = check("The mayor resigned on Tuesday.", ARTICLE, backend=scripted(WRONG))

    (line,) = [one for one in render(report, "text", width=width).splitlines() if "the claim says" in one]

    assert line.split("  ")[2].strip() == "date: the claim says “Tuesday”"
    assert line.index("the source says “Monday”") == column


def test_the_sides_of_a_finding_stand_above_each_other_on_a_narrow_terminal() -> None:
    report = check("The mayor resigned on Tuesday.", ARTICLE, backend=scripted(WRONG))

    lines = render(report, "text", width=79).splitlines()

    at = lines.index("    date: the claim says “Tuesday”")
    assert lines[at + 1] == "          the source says “Monday”"


@pytest.mark.parametrize("width", [40, 80, 100])
def test_long_sides_of_a_finding_are_wrapped_and_none_of_their_words_is_lost(width: int) -> None:
    claim = "The mayor resigned on a Tuesday that nobody in the whole of the county had expected to come so soon."
    words = "a Tuesday that nobody in the whole of the county had expected to come so soon"
    pair = PairDraft(kind=FindingKind.DATE, claim_words=words, source=QuoteDraft(text="Monday"))
    wrong = WRONG.model_copy(update={"pairs": (pair,)})

    lines = render(check(claim, ARTICLE, backend=scripted(wrong)), "text", width=width).splitlines()

    at = next(number for number, line in enumerate(lines) if "the claim says" in line)
    shown = " ".join(" ".join(lines[at : at + 6]).replace("the source says “Monday”", "").split())
    assert f"date: the claim says “{words}”" in shown
    assert max(len(line) for line in lines) <= width


def test_text_fits_its_width_in_cells_also_in_wide_scripts() -> None:
    article = (
        "東京で首相が記者団に会い、来年の予算について説明した。" * 4
        + " The mayor said “no” to it all, twice over, at length."
    )

    lines = render(check(article[:60] + "。", article), "text", width=50).splitlines()

    assert max(cell_len(line) for line in lines) <= 50


def test_text_without_color_has_no_escapes_and_with_color_has_some() -> None:
    report = check("Snow fell on two roads.", ARTICLE)

    assert "\x1b" not in render(report, "text")
    assert "\x1b[" in render(report, "text", color=True)
    assert render(report, "text", ascii_only=True).isascii()


@pytest.mark.parametrize("hostile", HOSTILE)
def test_nothing_from_outside_steers_the_terminal(hostile: str) -> None:
    article = Document.of(f"The mayor {hostile} resigned on Monday. Snow fell.", name=f"na{hostile}me.txt")
    report = check(f"The mayor {hostile} resigned on Monday.", article)

    for form in ("text", "json", "markdown"):
        assert not STEERING.search(render(report, form))
    assert json.loads(render(report, "json"))["documents"][0]["text"] == article.text


@pytest.mark.parametrize(
    "hostile", ["<script>alert(1)</script>", "[x](javascript:1)", "![](http://x)", "`code`", "| a |", "&lt;"]
)
def test_markdown_from_outside_stays_text(hostile: str) -> None:
    written = render(check(f"The mayor {hostile} resigned.", f"The mayor {hostile} resigned. Snow fell."), "markdown")

    assert hostile not in written
    assert "<script" not in written


def test_the_counts_name_every_outcome() -> None:
    assert counts_line(check("Snow fell on two roads. Hail hit Peru.", ARTICLE)) == (
        "2 claims: 1 supported, 0 contradicted, 1 not in source, 0 undecided, 0 unchecked"
    )


def of(outcome: Verdict | Undecided) -> Report:
    """A report with one claim of this outcome: all 32 members voted."""
    report = small_report()
    return report.model_copy(update={"checks": (report.checks[4].model_copy(update={"outcome": outcome}),)})


def block(report: Report, **options: Any) -> list[str]:
    """The lines of the claim in the text."""
    lines = render(report, "text", **options).splitlines()
    at = next(number for number, line in enumerate(lines) if " 1. " in line)
    return lines[at : lines.index("", at)]


UNDECIDED = small_report().checks[4].outcome
NEAREST = small_report().checks[4].shown
LEFT_OUT = Finding(kind=FindingKind.OMISSION, claim=Span(start=0, end=3), evidence=NEAREST[0])


def test_an_undecided_claim_shows_its_leaning_its_probabilities_and_both_sides() -> None:
    assert isinstance(UNDECIDED, Undecided)

    assert block(of(UNDECIDED)) == [
        "≈ 1. undecided: perhaps supported (0.71), but the number differs · said by Ann",
        "    All 32 members voted.",
        "    probabilities: supported 0.71, contradicted 0.09, not in source 0.20",
        "    number: the claim says “32”           the source says “31”",
        "      (one more)",
        "    not all of them",
        "      “Most of the 31 members voted.”",
        "      — nearest: article.txt, paragraph 2, sentence 4",
    ]


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"leaning": Label.CONTRADICTED, "probabilities": Probabilities.of(1, 8, 1)}, "undecided: probably contradicted (0.80)"),
        ({"leaning": Label.NOT_IN_SOURCE, "probabilities": Probabilities.of(1, 4, 5)}, "undecided: unclear, leans to not in source (0.50)"),
        ({"leaning": Label.NOT_IN_SOURCE, "probabilities": Probabilities.of(3, 3, 4)}, "undecided: unclear, leans to not in source (0.40)"),
        ({"leaning": Label.SUPPORTED}, "undecided: leans to supported"),
        ({"reason": Doubt.JUDGES_DISAGREE, "leaning": Label.SUPPORTED}, "undecided: the judges disagree, leans to supported"),
        ({"reason": Doubt.JUDGES_DISAGREE}, "undecided: the judges disagree"),
        ({}, "undecided"),
        ({"leaning": Label.SUPPORTED, "findings": (LEFT_OUT,)}, "undecided: leans to supported, but the source goes on"),
        ({"leaning": Label.CONTRADICTED, "findings": (LEFT_OUT,)}, "undecided: leans to contradicted; the source goes on"),
    ],
)  # fmt: skip
def test_a_leaning_is_called_probable_from_four_fifths_up(facts: Mapping[str, Any], words: str) -> None:
    outcome = Undecided(**{"reason": Doubt.NOT_SURE, **facts})

    assert block(of(outcome))[0] == f"≈ 1. {words} · said by Ann"


def test_a_finding_on_a_supported_claim_is_a_note_and_changes_nothing_else() -> None:
    assert isinstance(UNDECIDED, Undecided)
    plain = Verdict(label=Label.SUPPORTED, evidence=NEAREST)
    finding = UNDECIDED.findings[0].model_copy(update={"note": ""})

    with_note = block(of(plain.model_copy(update={"findings": (finding,)})), color=True)

    (note,) = [line for line in with_note if line not in block(of(plain), color=True)]
    assert re.sub(r"\x1b\[\d+m", "", note).rstrip() == (
        "    Note - number: the claim says “32”    the source says “31”"
    )


def test_a_finding_without_words_of_the_source_is_shown_with_its_note() -> None:
    finding = Finding(kind=FindingKind.NAME, claim=Span(start=0, end=3), note="“All” does not stand in the source")

    lines = block(of(Verdict(label=Label.NOT_IN_SOURCE, findings=(finding,))))

    assert lines[2] == "    name: the claim says “All” (“All” does not stand in the source)"


def test_every_outcome_has_a_sign_of_its_own_in_ascii_too() -> None:
    def signs(**options: Any) -> list[str]:
        return re.findall(r"(?m)^(\S) \d\. ", render(small_report(), "text", **options))

    assert signs() == ["✓", "✗", "∅", "?", "≈", "–"]
    assert signs(ascii_only=True) == ["+", "x", "o", "?", "~", "-"]


def test_the_first_omitted_key_sentences_are_shown_in_full() -> None:
    sentences = [f"The council of town {number} {'and its many members ' * 5}met." for number in range(1, 8)]
    article = Document.of(" ".join(sentences), name="article.txt")
    found = [Span(start=article.text.index(one), end=article.text.index(one) + len(one)) for one in sentences]
    keys = [
        KeySentence(evidence=Evidence(document="d1", span=span, quote=span.of(article.text)), status=KeyStatus.OMITTED)
        for span in found
    ]
    report = check("The council of town 1 met.", article).model_copy(
        update={"coverage": Coverage(key_sentences=tuple(keys))}
    )

    lines = render(report, "text", width=100).splitlines()

    at = lines.index("The summary covers 0 of 7 key sentences of the source. What it leaves out:")
    shown = " ".join(" ".join(lines[at + 1 :]).split())
    assert shown.startswith(f"omitted: “{sentences[0]}” (paragraph 1, sentence 1) omitted: “{sentences[1]}”")
    assert "” (paragraph 1, sentence 5) … and 2 more" in shown


def test_a_sentence_without_spaces_is_shown_in_full_as_well() -> None:
    article = Document.of(f"{'東京' * 60}。 Snow fell.", name="article.txt")
    evidence = Evidence(document="d1", span=Span(start=0, end=121), quote=article.text[:121])
    report = check("Snow fell.", article).model_copy(
        update={"coverage": Coverage(key_sentences=(KeySentence(evidence=evidence, status=KeyStatus.OMITTED),))}
    )

    assert f"- omitted: “{'東京' * 60}。” (article.txt, paragraph 1, sentence 1)" in render(report, "markdown")


def test_the_answer_comes_first_and_a_copied_sentence_is_printed_once() -> None:
    report = check("Snow fell on two roads. Hail hit Peru.", ARTICLE)

    text = render(report, "text", width=100)

    assert text.splitlines()[1] == "1 of 2 claims is not in the source"
    assert text.count("Snow fell on two roads.") == 1
    assert "✓ 1. Snow fell on two roads. (source 1, paragraph 1, sentence 2, word for word)" in text


def test_a_supported_claim_shows_its_best_quote_on_one_line() -> None:
    source = "Residents of the island travel free of charge on every ferry of the line if they show an identity card."
    outcome = Verdict(
        label=Label.SUPPORTED, evidence=(Evidence(document="d1", span=Span(start=0, end=len(source)), quote=source),)
    )
    report = of(outcome).model_copy(
        update={"documents": (Document.of(source, id="d1", name="article.txt"),), "coverage": Coverage()}
    )

    assert block(report) == [
        "✓ 1. All 32 members voted.",
        "    “Residents of the island travel free of charge…” (paragraph 1, sentence 1)",
    ]


def test_of_many_nearest_sentences_the_two_that_share_most_words_are_shown() -> None:
    nearest = [
        Evidence(document="d1", span=Span(start=start, end=start + len(words)), quote=words)
        for words in ("Hail may fall.", "Snow fell on two roads.", "Most of the 31 members voted.")
        if (start := small_report().documents[0].text.replace("  ", " ").index(words)) >= 0
    ]
    text = small_report().documents[0].text
    placed = [
        one.model_copy(
            update={
                "span": Span(start=text.index(one.quote[:4]), end=text.index(one.quote[:4]) + len(one.quote)),
                "quote": text[text.index(one.quote[:4]) : text.index(one.quote[:4]) + len(one.quote)],
            }
        )
        for one in nearest
    ]

    lines = "\n".join(block(of(Undecided(reason=Doubt.NOT_SURE, nearest=tuple(placed)))))

    assert lines.index("31 members") < lines.index("Hail")
    assert lines.count("nearest:") == 2
    assert "… and 1 more near it, in --format json" in lines


def test_the_text_says_how_the_judge_did_on_control_questions() -> None:
    report = small_report()
    asked = report.model_copy(
        update={
            "run": report.run.model_copy(
                update={"settings": (Setting(name="control_questions", value="2 of 3 right"),)}
            )
        }
    )

    assert "Control questions: of false statements about this source, the judge got 2 of 3 right" in render(
        asked, "text", width=100
    )
    assert "Control questions" not in render(report, "text")


def test_sides_that_have_no_room_beside_each_other_stand_above_each_other() -> None:
    claim, source = "The work cost 321 million pounds.", "The work cost 312 million pounds. Snow fell."
    pair = PairDraft(
        kind=FindingKind.NUMBER, claim_words="321 million pounds", source=QuoteDraft(text="312 million pounds")
    )
    wrong = WRONG.model_copy(
        update={"quotes": (QuoteDraft(text="The work cost 312 million pounds."),), "pairs": (pair,)}
    )

    lines = render(check(claim, source, backend=scripted(wrong)), "text", width=80).splitlines()

    at = lines.index("    number: the claim says “321 million pounds”")
    assert lines[at + 1] == "            the source says “312 million pounds”"


def test_the_lines_of_a_summary_stay_lines_in_markdown() -> None:
    report = check("# News\n\n- **Snow** fell on two roads.\n- Hail hit Peru.\n", Document.of(ARTICLE, name="a.txt"))

    written = render(report, "markdown")

    assert "\n\nNews\n\n• Snow fell on two roads.\n\n• Hail hit Peru.\n\n## Claims\n" in written


@pytest.mark.parametrize(
    "line", ["3. Mai 2025: Hail hit Peru.", "2025. It was a good year.", "7) Hail hit Peru.", "12."]
)
def test_a_number_at_the_start_of_a_line_is_no_item_in_markdown(line: str) -> None:
    written = render(check(f"Snow fell.\n\n{line}", Document.of(ARTICLE, name="a.txt")), "markdown")

    tokens = MarkdownIt("commonmark").parse(written)
    assert "ordered_list_open" not in {one.type for one in tokens}
    assert line in [one.content for token in tokens for one in token.children or []]


def test_markdown_keeps_the_numbers_of_claims_in_any_order_and_their_evidence_beside_them() -> None:
    summary = " ".join(f"Snow fell on {number} roads." for number in range(1, 13))

    written = render(
        check(summary, Document.of(f"{ARTICLE} {ARTICLE} It froze.", name="a.txt")), "markdown", sort="risk"
    )

    tokens = MarkdownIt("commonmark").parse(written)
    numbers = [found[1] for one in tokens if (found := re.match(r"\*\*(\d+)\.\*\* .* \*\*", one.content))]
    assert sorted(map(int, numbers)) == list(range(1, 13)) != [int(one) for one in numbers]
    assert "ordered_list_open" not in {one.type for one in tokens}
    quoted = [one.level for one in tokens if one.type == "blockquote_open"]
    assert len(quoted) > 8
    assert set(quoted) == {2}


def test_a_copied_sentence_stands_once_among_the_claims_in_markdown() -> None:
    written = render(check("Snow fell on two roads. Hail hit Peru.", Document.of(ARTICLE, name="a.txt")), "markdown")

    claims = written[written.index("## Claims") :]
    assert claims.count("Snow fell on two roads.") == 1
    assert "  > word for word\n  >\n  > a.txt, paragraph 1, sentence 2\n" in claims
