"""The HTML report as bytes: marks that stand where the words stand, a policy that fits, and no more than needed."""

import base64
import hashlib
import re
import time
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer import check
from summarizer.language.markdown import HIDDEN
from summarizer.report import render
from summarizer.report.formats.html.marks import Mark, Role, pieces
from summarizer.report.layout import laid_out, level
from summarizer.schema import (
    Coverage,
    Document,
    Edit,
    EditKind,
    Evidence,
    KeySentence,
    KeyStatus,
    Repair,
    Report,
    Span,
    edited,
)
from tests.reports import large_report, small_report


def test_the_policy_allows_its_own_style_and_script_and_nothing_else() -> None:
    written = render(small_report("<script>alert(1)</script>"), "html")

    blocks = re.findall(r"<(style|script)>(.*?)</\1>", written, flags=re.DOTALL)
    digests = [base64.b64encode(hashlib.sha256(block.encode()).digest()).decode() for _, block in blocks]
    policies = re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', written)
    assert [name for name, _ in blocks] == ["style", "script"]
    assert policies == [
        f"default-src 'none'; style-src 'sha256-{digests[0]}'; script-src 'sha256-{digests[1]}'; "
        "base-uri 'none'; form-action 'none'"
    ]
    assert written.index("Content-Security-Policy") < written.index("<style>")


def test_each_claim_is_marked_by_sign_and_word_in_both_panes() -> None:
    written = render(small_report(), "html")

    for sign, word, number in (
        ("✓", "supported", 1), ("✗", "contradicted", 2), ("∅", "not in source", 3), ("?", "unchecked", 4),
        ("≈", "undecided", 5),
    ):  # fmt: skip
        link = f'href="#c{number}" title="claim {number}, {word}">{sign}{number}</a>'
        assert written.count(link) == 2
        assert f'<strong class="v">{sign} {word}' in written


def test_the_words_of_a_finding_are_marked_in_summary_claim_and_source() -> None:
    written = render(small_report(), "html")

    assert '<mark class="o contradicted x" data-o="2">Tuesday</mark>' in written
    assert '<mark class="x">Tuesday</mark>.' in written
    assert '<mark class="covered e x" data-c="2" data-x="2">Monday</mark>' in written


def test_evidence_that_two_claims_share_belongs_to_both() -> None:
    written = render(small_report(), "html")

    assert re.findall(r'<span class="e" data-c="3 4">(.*?)</span>', written) == ["Hail  may fall."]
    assert '<a class="n not_in_source" id="s3-1" href="#c3"' in written
    assert '<a class="n unchecked" id="s4-1" href="#c4"' in written


def test_control_characters_shift_no_mark() -> None:
    article = Document.of(
        "The \u202emayor\u202c resigned\x1b[31m on Monday. Snow\u200b fell on two\x07 roads.\r\nHail fell."
    )

    written = render(check("Snow\u200b fell on two\x07 roads.", article), "html")

    assert '<span class="e" data-c="1">Snow\\u200b fell on two\\x07 roads.</span>' in written.replace("covered ", "")
    assert "The \\u202emayor\\u202c resigned\\x1b[31m on Monday." in written
    assert "\\x0d" not in written


def test_paragraphs_are_numbered_as_the_places_of_evidence_are() -> None:
    report = check("Snow fell on two roads.", "A headline\n\n\nThe mayor left.\n \nSnow fell on two roads. So.")

    written = render(report, "html")

    assert "paragraph 3, sentence 1" in written
    assert re.search(
        r'<p class="par" dir="auto" data-p="3">(?:<span class="tag [^>]*>[^<]*</span> )?<a class="n supported" id="s1-1".*?</a>.*Snow fell',
        written,
    )


@given(
    st.lists(
        st.tuples(st.integers(0, 40), st.integers(1, 20), st.sampled_from(Role), st.integers(0, 3)), max_size=12
    ),
    st.lists(st.integers(0, 60), max_size=5),
)  # fmt: skip
def test_pieces_cover_every_mark_and_never_overlap(found: list[tuple[int, int, Role, int]], cuts: list[int]) -> None:
    marks = [Mark(start, start + length, role, number) for start, length, role, number in found]

    parts = list(pieces(marks, cuts))

    assert all(one.end <= two.start for one, two in pairwise(parts))
    assert {at for mark in marks for at in range(mark.start, mark.end)} == {
        at for part in parts for at in range(part.start, part.end)
    }
    for part in parts:
        for at in range(part.start, part.end):
            assert set(part.marks) == {mark for mark in marks if mark.start <= at < mark.end}
    assert all(sum(part.begins(mark) for part in parts) == 1 for mark in set(marks))


@given(st.text(alphabet="a\r\n ", max_size=30))
def test_level_line_ends_keep_every_offset(text: str) -> None:
    assert len(level(text)) == len(text)
    assert "\r" not in level(text)


def test_a_large_report_is_made_in_linear_time_and_of_few_elements() -> None:
    whole, quarter = large_report(), large_report(paragraphs=1_250, claims=125)
    times: dict[int, list[float]] = {1: [], 4: []}
    for _ in range(2):  # by turns, so that a busy machine is so for both
        for size, report in ((1, quarter), (4, whole)):
            begun = time.process_time()
            written = render(report, "html")
            times[size].append(time.process_time() - begun)
        if min(times[4]) < 10 * min(times[1]):
            break

    assert len(whole.documents[0].text) > 2_500_000
    assert min(times[4]) < 10 * min(times[1])
    assert written.count("<") / 2 < 20_000


def test_marks_that_pile_up_do_not_explode() -> None:
    begun = time.process_time()
    parts = list(pieces([Mark(at, 4_000 - at, Role.EVIDENCE, at + 1) for at in range(1_000)]))

    assert len(parts) == 1_999
    assert time.process_time() - begun < 2


def test_a_paragraph_without_end_is_shown_in_parts_and_keeps_every_word() -> None:
    long = " ".join(f"Snow fell on road {number}." for number in range(2_000))

    written = render(check("Snow fell on road 1500.", f"A headline\n\n{long}\n\nThe end."), "html")

    parts = re.findall(r'<p class="par" dir="auto"( data-p="\d")?>(.*?)</p>', written, flags=re.DOTALL)
    assert [number for number, _ in parts if number] == [' data-p="1"', ' data-p="2"', ' data-p="3"']
    assert len(parts) == 8
    text = " ".join(re.sub(r"<(a|span class=.tag)[^>]*>[^<]*</\w+>|<[^>]*>", "", words) for _, words in parts)
    assert text.split() == f"A headline {long} The end.".split()


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("## A heading\n\nA **bold** word.", "A heading\n\nA bold word."),
        ("* one\n* two", "• one\n• two"),
        ("*12 March 2023*, `54 million euros`, ~~every~~ and _more_", "12 March 2023, 54 million euros, every and more"),
        ("***both***, **bold *it* more**, **[x](https://y.org)**, 这是**重要**的", "both, bold it more, x, 这是重要的"),
        ("Prices:\n\n| Item | Value |\n| --- | ---: |\n| Guests | 600 |\n\nEnd", "Prices:\n\nItem · Value\nGuests · 600\n\nEnd"),
        ("Item | Value\n--- | ---\nGuests | 600", "Item · Value\nGuests · 600"),
        ("| Guests | 600 |", "Guests · 600"),
        ("> The port\n\n> 65 years, ages >65 and |x| = |y|", "▏The port\n\n> 65 years, ages >65 and |x| = |y|"),
        ("![photo](a.png) Prices.[^1] ![](b.png)\n\n[^1]: A note.", "(photo) Prices.¹ \n\n¹ A note."),
        ("- [ ] open\n- [x] done", "• ☐ open\n• ☑ done"),
        ("```py\na *b* c\n```\n`__init__` and \\*no mark\\*", " a *b* c\n\n__init__ and *no mark*"),
        ("see [a](b.md \"c\"), <https://x.org> and [c](Spain)", "see a, https://x.org and [c](Spain)"),
        ("* p < .05, ** p < .01; ``quoted'' and ``more''", "• p < .05, ** p < .01; ``quoted'' and ``more''"),
        ("see [the list](https://example.org/a) here", "see the list here"),
        ("2 ** 3 ** 4, a*b*c, __init__.py and #5", "2 ** 3 ** 4, a*b*c, __init__.py and #5"),
        ("The council of the town met on Monday evening\nto vote on the budget of the coming year,\nand rose at ten.",
         "The council of the town met on Monday evening to vote on the budget of the coming year, and rose at ten."),
        ("The mayor spoke of the low-\nlying land beside the river and of dykes", "The mayor spoke of the low-lying land beside the river and of dykes"),
        ("One.\n\nTwo.\nThree.", "One.\n\nTwo.\nThree."),
    ],
)  # fmt: skip
def test_a_text_is_laid_out_without_marks_and_broken_lines(written: str, shown: str) -> None:
    assert len(laid_out(written)) == len(written)
    assert laid_out(written).replace(HIDDEN, "") == shown


@given(st.text(alphabet="a1#*_[]()<>-~`|!^:=\\. \r\n\uffff\ufffe", max_size=80))
def test_a_layout_keeps_every_offset(text: str) -> None:
    assert len(laid_out(text)) == len(text)


@pytest.mark.parametrize(
    "mark",
    [
        "*a",
        "_a ",
        "**a",
        "`a",
        "~~a",
        "![a](",
        "| a",
        "> ",
        "[^1",
        "---|",
        "a | b\n--- | ---\n",
        "[a](./a(",
        "```\n",
        "\\*",
    ],
)
def test_a_text_full_of_marks_is_laid_out_quickly(mark: str) -> None:
    begun = time.process_time()
    laid_out(mark * (100_000 // len(mark)))

    assert time.process_time() - begun < 2


@pytest.mark.parametrize("form", ["html", "text", "markdown"])
def test_people_read_quotes_without_marks_and_programs_to_the_letter(form: str) -> None:
    article = "# News\n\n**The town of [Harrow Bay](https://example.org) has a *new* ferry. It opened on 12 March.**\n"
    report = check("The town of **Harrow Bay** has a `new` ferry, in short.", Document.of(article, name="a.md"))

    written = render(report, form, **({"width": 100} if form == "text" else {}))

    words = " ".join(re.sub("<[^>]*>", "", re.sub("<script.*?</script>", "", written, flags=re.DOTALL)).split())
    assert "The town of Harrow Bay has a new ferry." in words
    assert "The town of Harrow Bay has a new ferry, in short." in words
    assert not re.search(r"example.org|[*`]new|\[Harrow", words)
    assert all(one.span.of(article) == one.quote for one in report.all_evidence())
    assert "[Harrow Bay](https://example.org)" in "".join(one.quote for one in report.all_evidence())


def test_struck_words_are_shown_struck() -> None:
    written = render(
        check("Ferries go ~~daily~~ weekly.", "Ferries go ~~daily~~ weekly. Snow fell on two roads."), "html"
    )

    assert re.findall(r'<span class="[^"]*\bstruck"[^>]*>([^<]*)<', written) == ["daily", "daily"]
    assert "~~" not in re.sub("<script.*?</script>", "", written, flags=re.DOTALL)


def test_supported_claims_are_folded_and_problems_are_not() -> None:
    written = render(small_report(), "html")

    cards = dict(re.findall(r'<li id="(c\d)"(.*?)</li>\n', written, flags=re.DOTALL))
    assert cards["c1"].index("<details>") < cards["c1"].index("<blockquote")
    assert "<details>" not in cards["c2"][: cards["c2"].index("</blockquote>")]


def test_no_outside_text_stands_in_an_attribute_and_no_style_inline() -> None:
    written = render(small_report("zebra"), "html")

    assert "zebra" in written
    assert not re.search(r'<[^>]*="[^">]*zebra', written)
    assert not re.search(r"<[^>]* style=", written)


def test_only_a_long_source_is_printed_in_part() -> None:
    assert '<article class="long">' in render(large_report(paragraphs=400, claims=4), "html")
    assert '<article class="long">' not in render(small_report(), "html")


def in_place(report: Report, at: int, **facts: Any) -> Report:
    """The report with other facts in the outcome of one claim."""
    one = report.checks[at]
    other = one.model_copy(update={"outcome": one.outcome.model_copy(update=facts)})
    return report.model_copy(update={"checks": (*report.checks[:at], other, *report.checks[at + 1 :])})


def with_edits(report: Report, *swaps: tuple[str, str], claim: str = "c2") -> Report:
    """The report with words put right, each found once in the summary; the source is quoted as claim 2 quotes it."""
    text = report.summary.text
    edits = tuple(
        Edit(
            claim=claim, kind=EditKind.SWAP, span=Span(start=text.index(before), end=text.index(before) + len(before)),
            before=before, after=after, reason=f"the source says “{after}”", evidence=report.checks[1].shown,
        )
        for before, after in swaps
    )  # fmt: skip
    return report.model_copy(update={"repair": Repair(edits=edits, text=edited(text, edits), left_open=("c3",))})


def card(report: Report, number: int) -> str:
    return str(re.findall(rf'<li id="c{number}"(.*?)</li>\n', render(report, "html"), flags=re.DOTALL)[0])


def test_every_edit_of_a_claim_is_a_pair_of_its_card_and_none_that_a_finding_has() -> None:
    report = with_edits(small_report(), ("mayor", "reeve"), ("resigned", "retired"), ("Tuesday", "Monday"))

    said = re.findall(r'<div class="said">.*?<mark[^>]*>(.*?)</mark>', card(report, 2), flags=re.DOTALL)

    assert said == ["Tuesday", "mayor", "resigned"]


def test_a_claim_in_the_corrected_summary_leads_to_its_card_once_and_the_original_is_folded() -> None:
    written = render(with_edits(small_report(), ("mayor", "reeve"), ("Tuesday", "Monday")), "html")

    corrected = written[written.index('id="mended"') : written.index('id="corrected"')]
    assert corrected.count('href="#c2"') == 1
    assert re.search(r'title="claim 2, contradicted">✗2</a><del>mayor</del> <ins>reeve</ins>', corrected)
    assert '<details class="before">\n<summary id="summary">The summary as it was</summary>' in written
    assert '<h2 id="summary">Summary</h2>' in render(small_report(), "html")


def test_white_space_that_goes_with_a_sentence_is_not_shown_struck() -> None:
    report = small_report()
    text = report.summary.text
    start = text.index("Volcanoes")
    words = text[start : text.index("Rain")]
    edit = Edit(
        claim="c3", kind=EditKind.REMOVAL, span=Span(start=start, end=start + len(words)), before=words, after="",
        reason="the source does not say it",
    )  # fmt: skip

    written = render(report.model_copy(update={"repair": Repair(edits=(edit,), text=edited(text, (edit,)))}), "html")

    assert re.findall("<del>(.*?)</del>", written, flags=re.DOTALL) == [words.rstrip()]
    assert words != words.rstrip()


def test_the_source_is_marked_only_where_a_card_shows_its_words_at_once() -> None:
    report = small_report()
    text = report.documents[0].text
    quotes = [one.quote for check in report.checks[:3] for one in check.shown]
    near = tuple(
        Evidence(document="d1", span=Span(start=text.index(one), end=text.index(one) + len(one)), quote=one)
        for one in quotes
    )

    written = render(in_place(report, 4, nearest=(*report.checks[4].shown, *near)), "html")

    source = written[written.index('id="source"') :]
    assert source.count('href="#c5"') == 2  # the best two; the others are found by the links of the folded quotes
    assert len(re.findall(r'<span id="s5-\d" tabindex="-1"></span>', source)) == 2
    assert (
        len(re.findall(r'href="#s5-\d"', card(in_place(report, 4, nearest=(*report.checks[4].shown, *near)), 5))) == 4
    )


def test_a_supported_claim_shows_its_two_best_quotes_and_folds_the_others() -> None:
    report = small_report()
    more = (*report.checks[0].shown, *report.checks[1].shown, *report.checks[2].shown)

    found = card(in_place(report, 0, evidence=more), 1)

    assert found.index('class="near"') > found.index("</blockquote>", found.index("</blockquote>") + 1)
    assert "<summary>1 more</summary>" in found
    assert "… and 1 more\n" in render(in_place(report, 0, evidence=more), "markdown")


@pytest.mark.parametrize("form", ["html", "text", "markdown"])
def test_a_reason_that_a_remark_gives_is_not_given_again(form: str) -> None:
    report = in_place(small_report(), 4, rationale="one more")

    assert render(report, form).count("one more") == 1


def test_the_signs_of_claims_stand_after_the_signs_of_a_list() -> None:
    article = "- Snow fell on two roads.\n- Hail hit the port."
    written = render(check("- Snow fell on two roads.\n\n> Hail hit Peru.", Document.of(article, name="a.md")), "html")

    assert re.search(r'• <a class="n supported" href="#c1"[^>]*>✓1</a><span class="o supported"', written)
    assert re.search(r'▏<a class="n [a-z_]+" href="#c2"', written)
    assert re.search(r'• (?:<span class="tag [^>]*>[^<]*</span> )?<a class="n supported" id="s1-1" href="#c1"', written)


def test_after_the_first_key_points_the_others_are_folded() -> None:
    report = small_report()
    text = report.documents[0].text
    words = text.split()[:8]
    starts = [text.index(one) for one in words]
    keys = tuple(
        KeySentence(
            evidence=Evidence(document="d1", span=Span(start=at, end=at + len(one)), quote=one),
            status=KeyStatus.PARTLY if number < 4 else KeyStatus.OMITTED,
        )
        for number, (at, one) in enumerate(zip(starts, words, strict=True))
    )

    written = render(report.model_copy(update={"coverage": Coverage(key_sentences=keys)}), "html")

    section = written[written.index('id="left-out"') : written.index("<h2>", written.index('id="left-out"'))]
    seen, folded = section.split("<details>\n<summary>3 more</summary>")
    assert (seen.count("◇ left out"), seen.count("◈ partly covered")) == (4, 1)
    assert (folded.count("◇ left out"), folded.count("◈ partly covered")) == (0, 3)


def test_words_that_half_a_narrow_page_cannot_hold_stand_above_each_other() -> None:
    report = check("The school of Harrow Bay opened in 1997.", "The school of Harrow Bay opened in 1979.")
    assert '<dl class="pair">' in card(report, 1)

    report = check("It is the Rockland Conservatory.", "It is the Oberwald Conservatory.")

    assert '<dl class="pair many">' in card(with_edits_of(report), 1)


def with_edits_of(report: Report) -> Report:
    """The report with a long word of its only claim put right."""
    claim = report.checks[0].claim
    text = report.summary.text
    start = text.index("Rockland Conservatory")
    quote = report.documents[0].text
    edit = Edit(
        claim=claim.id, kind=EditKind.SWAP, span=Span(start=start, end=start + 21), before="Rockland Conservatory",
        after="Oberwald Conservatory", reason="the source says so",
        evidence=(Evidence(document=report.documents[0].id, span=Span(start=0, end=len(quote)), quote=quote),),
    )  # fmt: skip
    return report.model_copy(update={"repair": Repair(edits=(edit,), text=edited(text, (edit,)))})


def test_what_could_not_be_decided_has_a_heading_of_its_own() -> None:
    written = render(large_report(paragraphs=40, claims=20), "html")

    assert written.index("<h2>For you to decide<") < written.index('data-v="undecided"', written.index("<h2>For you"))
    assert 'data-v="undecided"' not in written[written.index("<h2>The other claims</h2>") :]


def test_a_speaker_whom_the_claim_names_is_not_named_beside_it() -> None:
    report = small_report()
    assert "said by <bdi>Ann</bdi>" in card(report, 3)

    claim = report.checks[2].claim.model_copy(update={"speaker": "Volcanoes"})
    checks = (*report.checks[:2], report.checks[2].model_copy(update={"claim": claim}), *report.checks[3:])

    assert "said by" not in card(report.model_copy(update={"checks": checks}), 3)
