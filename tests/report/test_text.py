"""What a person reads: true to the report, and nothing from outside that steers or hides."""

import json
import re

import pytest
from rich.cells import cell_len

from summarizer.drafts import Judgement, PairDraft, QuoteDraft
from summarizer.pipeline import check
from summarizer.report import to_json, to_markdown, to_text
from summarizer.report.tally import counts_line
from summarizer.schema import Document, FindingKind, Label
from tests.fakes import ScriptedBackend

ARTICLE = "The mayor resigned on Monday. Snow fell on two roads."
PAIR = PairDraft(kind=FindingKind.DATE, claim_words="Tuesday", source=QuoteDraft(text="Monday"))
WRONG = Judgement(
    claim="c1",
    outcome=Label.CONTRADICTED,
    quotes=(QuoteDraft(text="The mayor resigned on Monday."),),
    conflicts=(PAIR,),
)
STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\U000e0000-\U000e007f]")
HOSTILE = [
    "\x1b[31mred", "\x1b]8;;http://x\x07link\x1b]8;;\x07", "\x1b]52;c;aGk=\x07", "\x9b31m", "a\rb", "a\x08\x08b", "\u202eevil", "\x00".replace("\x00", "\x01"),
    "\x7f", "\u200bhidden", "\U000e0041tag", "\u2028line", "\x1bc", "\x1b[2J", "\x85next", "\u2066iso\u2069", "\ufeffmark", "\x0bvt\x0cff",
]  # fmt: skip


def test_a_contradiction_shows_both_sides() -> None:
    text = to_text(check("The mayor resigned on Tuesday.", ARTICLE, backend=ScriptedBackend(WRONG)))

    assert "✗ 1. contradicted" in text
    assert "date: the claim says “Tuesday”" in text
    assert "the source says “Monday”" in text
    assert "— source 1, paragraph 1, sentence 1" in text
    assert text.splitlines()[-1] == "1 claim: 0 supported, 1 contradicted, 0 not in source, 0 unchecked"


@pytest.mark.parametrize(("width", "column"), [(80, 42), (100, 52), (200, 52)])
def test_the_sides_of_a_conflict_stand_beside_each_other_from_eighty_columns(width: int, column: int) -> None:
    report = check("The mayor resigned on Tuesday.", ARTICLE, backend=ScriptedBackend(WRONG))

    (line,) = [one for one in to_text(report, width=width).splitlines() if "the claim says" in one]

    assert line.split("  ")[2].strip() == "date: the claim says “Tuesday”"
    assert line.index("the source says “Monday”") == column


def test_the_sides_of_a_conflict_stand_above_each_other_on_a_narrow_terminal() -> None:
    report = check("The mayor resigned on Tuesday.", ARTICLE, backend=ScriptedBackend(WRONG))

    lines = to_text(report, width=79).splitlines()

    at = lines.index("    date: the claim says “Tuesday”")
    assert lines[at + 1] == "          the source says “Monday”"


@pytest.mark.parametrize("width", [40, 80, 100])
def test_long_sides_of_a_conflict_are_wrapped_and_none_of_their_words_is_lost(width: int) -> None:
    claim = "The mayor resigned on a Tuesday that nobody in the whole of the county had expected to come so soon."
    words = "a Tuesday that nobody in the whole of the county had expected to come so soon"
    pair = PairDraft(kind=FindingKind.DATE, claim_words=words, source=QuoteDraft(text="Monday"))
    wrong = WRONG.model_copy(update={"conflicts": (pair,)})

    lines = to_text(check(claim, ARTICLE, backend=ScriptedBackend(wrong)), width=width).splitlines()

    at = next(number for number, line in enumerate(lines) if "the claim says" in line)
    shown = " ".join(" ".join(lines[at : at + 6]).replace("the source says “Monday”", "").split())
    assert f"date: the claim says “{words}”" in shown
    assert max(len(line) for line in lines) <= width


def test_text_fits_its_width_in_cells_also_in_wide_scripts() -> None:
    article = (
        "東京で首相が記者団に会い、来年の予算について説明した。" * 4
        + " The mayor said “no” to it all, twice over, at length."
    )

    lines = to_text(check(article[:60] + "。", article), width=50).splitlines()

    assert max(cell_len(line) for line in lines) <= 50


def test_text_without_color_has_no_escapes_and_with_color_has_some() -> None:
    report = check("Snow fell on two roads.", ARTICLE)

    assert "\x1b" not in to_text(report)
    assert "\x1b[" in to_text(report, color=True)
    assert to_text(report, ascii_only=True).isascii()


@pytest.mark.parametrize("hostile", HOSTILE)
def test_nothing_from_outside_steers_the_terminal(hostile: str) -> None:
    article = Document.of(f"The mayor {hostile} resigned on Monday. Snow fell.", name=f"na{hostile}me.txt")
    report = check(f"The mayor {hostile} resigned on Monday.", article)

    for form in (to_text(report), to_json(report), to_markdown(report)):
        assert not STEERING.search(form)
    assert json.loads(to_json(report))["documents"][0]["text"] == article.text


@pytest.mark.parametrize(
    "hostile", ["<script>alert(1)</script>", "[x](javascript:1)", "![](http://x)", "`code`", "| a |", "&lt;"]
)
def test_markdown_from_outside_stays_text(hostile: str) -> None:
    written = to_markdown(check(f"The mayor {hostile} resigned.", f"The mayor {hostile} resigned. Snow fell."))

    assert hostile not in written
    assert "<script" not in written


def test_the_counts_name_every_outcome() -> None:
    assert counts_line(check("Snow fell on two roads. Hail hit Peru.", ARTICLE)) == (
        "2 claims: 1 supported, 0 contradicted, 1 not in source, 0 unchecked"
    )
