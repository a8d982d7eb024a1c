"""A scorecard in each form: every headline number, nothing that can steer, and the same bytes twice."""

import base64
import hashlib
import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest
from rich.cells import cell_len

from summarizer.evaluation.cards import definitions, matrix, to_html, to_json, to_junit, to_markdown, to_text
from summarizer.evaluation.cards.comparison import to_text as comparison_text
from summarizer.evaluation.cards.figures import confusion, measure, tables
from summarizer.evaluation.cards.misses import Miss, MissKind, misses
from summarizer.evaluation.cards.page import STYLE
from summarizer.evaluation.compare import compare
from summarizer.evaluation.gate import judge_card
from summarizer.evaluation.matrix import Row
from summarizer.evaluation.metrics import DEFINITIONS, MetricDefinition, ScoredRun, Share
from summarizer.evaluation.metrics import measure as measure_run
from summarizer.evaluation.metrics.definition import mean
from summarizer.evaluation.policy import PinnedSuite, Policy
from summarizer.evaluation.scorecard import (
    BarCheck,
    Bin,
    DatasetScores,
    Metric,
    RunFacts,
    Scorecard,
    SuiteFacts,
    card_schema,
)
from summarizer.schema import Component, Label, PromptDigest, Reason, Setting, Usage
from tests.evaluation.results import UNDECIDED, result, support

SUPPORTED, CONTRADICTED, ABSENT = Label.SUPPORTED, Label.CONTRADICTED, Label.NOT_IN_SOURCE
DIGEST = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
FORMS = [to_text, to_markdown, to_junit, to_html]
STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069]")
HOSTILE = (
    "<script>alert(1)</script> \x1b[31mred\x1b]52;c;aGk=\x07 | a | `code` ``` ]]> --> \x00 \u202eevil\u202c "
    '" onload="alert(1)" \' onfocus=\'x\' style="color:red" <img src=http://x.test/a onerror=alert(1)> '
    "</details></code></style> ![i](http://x.test/b) [l](javascript:1) www.x.test @octocat #1 \ufffe [bold]x[/bold]"
)


RESULTS = (
    result("storm-1", SUPPORTED, SUPPORTED),
    result("storm-2", SUPPORTED, CONTRADICTED, probabilities=support(0.2)),
    result(
        "storm-3",
        CONTRADICTED,
        SUPPORTED,
        probabilities=support(0.7),
        quotes=("Snow fell.",),
        gold_quotes=("Hail fell.",),
    ),
    result("storm-4", CONTRADICTED, CONTRADICTED),
    result("storm-5", CONTRADICTED, Reason.BAD_REPLY, detail="it was no JSON"),
    result("storm-6", CONTRADICTED, UNDECIDED, leaning=SUPPORTED, detail="the words are too far apart"),
    result("strike-1", ABSENT, SUPPORTED, case="strike", error="world_knowledge", probabilities=support(0.9)),
    result("strike-2", ABSENT, CONTRADICTED, case="strike"),
    result("strike-3", ABSENT, SUPPORTED, case="strike", ambiguous=True),
)
METRICS = (
    Metric(name="balanced_accuracy", value=0.6125, low=0.55, high=0.671, n=71, undecided=21, unchecked=11),
    Metric(name="selective_balanced_accuracy", value=0.702, low=0.601, high=0.803, n=72, undecided=22, unchecked=12),
    Metric(name="recall_unsupported", value=0.333, low=0.111, high=0.555, n=73, undecided=23, unchecked=13),
    Metric(name="false_alarms", value=0.054, low=0.012, high=0.123, n=74, undecided=24, unchecked=14),
    Metric(name="false_support", value=0.405, low=0.304, high=0.506, n=75, undecided=25, unchecked=15),
    Metric(name="unchecked_rate", value=0.141, low=0.052, high=0.183, n=76, undecided=26, unchecked=16),
    Metric(name="selective_accuracy", value=0.282, low=0.2, high=0.3, n=77, undecided=27, unchecked=17),
    Metric(name="accuracy_three_way_all", value=0.266, low=0.1, high=0.4, n=78, undecided=28, unchecked=18),
    Metric(name="macro_f1", value=None, n=0),
    Metric(name="precision/not_in_source", value=0.123, low=0.1, high=0.2, n=5),
    Metric(name="recall_unsupported/number", value=0.257, low=0.1, high=0.4, n=7),
    Metric(name="recall_unsupported/world_knowledge", value=0.0, low=0.0, high=0.5, n=2),
    Metric(name="accuracy/hard", value=None, n=0),
    Metric(name="accuracy/easy", value=0.751, low=0.6, high=0.9, n=20),
    Metric(name="evidence_precision", value=0.811, low=0.7, high=0.9, n=30),
    Metric(name="brier", value=0.2119, low=0.1, high=0.3, n=31),
    Metric(name="flips", value=0.031, n=32),
    Metric(name="misquotes", value=3, n=32),
    Metric(name="input_tokens", value=12_345, n=32),
    Metric(name="cost_usd", value=0.0123, n=32),
    Metric(name="a_new_one", value=0.5, n=33),
)
NUMBERS = [
    "61.3 (55.0 to 67.1)", "70.2 (60.1 to 80.3)", "33.3 (11.1 to 55.5)", "5.4 (1.2 to 12.3)", "40.5 (30.4 to 50.6)",
    "14.1 (5.2 to 18.3)", "28.2 (20.0 to 30.0)", "26.6 (10.0 to 40.0)", "not measurable",
]  # fmt: skip
CARD = Scorecard(
    suite=SuiteFacts(name="built-in suite, dev", sha256=DIGEST, cases=2, claims=8, ambiguous=1),
    run=RunFacts(
        version="0.1.0",
        extractor=Component(name="sentences"),
        judge=Component(name="chat", model="gpt-5.4-mini", prompts=(PromptDigest(name="judge.md", sha256=DIGEST),)),
        settings=(Setting(name="max_tokens", value="900"),),
        usage=Usage(calls=14, input_tokens=12_345, output_tokens=678, cost_usd=0.0123),
        repeats=2,
        warnings=("the price may be old",),
    ),
    metrics=METRICS,
    reliability=(
        Bin(low=0.0, high=0.5, n=4, mean=0.2, supported=0.25),
        Bin(low=0.5, high=1.0, n=9, mean=0.8, supported=0.6),
    ),
    results=RESULTS,
)


def hostile_card() -> Scorecard:
    loud = {"text": HOSTILE, "case": HOSTILE, "quotes": (HOSTILE,), "gold_quotes": (HOSTILE,), "detail": HOSTILE}
    return CARD.model_copy(
        update={
            "suite": CARD.suite.model_copy(update={"name": HOSTILE}),
            "run": RunFacts(
                version="0.1.0", warnings=(HOSTILE,), settings=(Setting(name=HOSTILE, value=HOSTILE),),
                date=HOSTILE, commit=f"<b>\x1b\u202e{HOSTILE}", versions=(Setting(name=HOSTILE, value=HOSTILE),),
                extractor=Component(name=HOSTILE, model=HOSTILE),
                judge=Component(name=HOSTILE, model=HOSTILE, prompts=(PromptDigest(name=HOSTILE, sha256=DIGEST),)),
            ),
            "metrics": (*METRICS, Metric(name=f"recall_unsupported/{HOSTILE}", value=0.5, n=1), Metric(name=HOSTILE, value=0.5, n=1)),
            "results": tuple(
                one.model_copy(update={**loud, "claim": f"{HOSTILE}{place}"}) for place, one in enumerate(RESULTS)
            ),
        }
    )  # fmt: skip


def parsed(xml: str) -> ET.Element:
    return ET.fromstring(xml)  # noqa: S314 (our own)


class Page(HTMLParser):
    """The elements of a page, and its text by the element that holds it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, str]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.texts.append((self.elements[-1][0] if self.elements else "", data))


@pytest.mark.parametrize("form", FORMS)
def test_every_form_states_every_headline_number(form: Callable[[Scorecard], str]) -> None:
    written = form(CARD)

    assert [number for number in NUMBERS if number not in written] == []


@pytest.mark.parametrize("form", [to_text, to_markdown, to_html])
def test_n_undecided_and_unchecked_stand_beside_every_headline_number(form: Callable[[Scorecard], str]) -> None:
    lines = [re.sub(r"<[^>]*>|\|", " ", line).split() for line in form(CARD).splitlines()]

    beside = [[line[-3:] for line in lines if " ".join(line).find(number) > 0] for number in NUMBERS[:8]]

    assert beside == [[[f"7{place}", f"2{place}", f"1{place}"]] for place in range(1, 9)]


@pytest.mark.parametrize("form", [*FORMS, to_json])
def test_the_same_scorecard_gives_the_same_bytes(form: Callable[[Scorecard], str]) -> None:
    again = Scorecard.model_validate_json(CARD.model_dump_json())

    assert form(again) == form(CARD)


@pytest.mark.parametrize("form", FORMS)
def test_what_is_not_measurable_is_never_zero(form: Callable[[Scorecard], str]) -> None:
    nothing = CARD.model_copy(update={"metrics": (), "results": RESULTS[:1], "reliability": ()})

    written = form(nothing)

    assert written.count("not measurable") == 14
    assert "0.0" not in written


@pytest.mark.parametrize("form", [*FORMS, to_json])
def test_nothing_from_outside_steers_whoever_reads(form: Callable[[Scorecard], str]) -> None:
    assert STEERING.findall(form(hostile_card())) == []


@pytest.mark.parametrize(
    "attack", ["::error file=a.py::gone", "::add-mask::x", "##[error]gone", "##vso[task.complete]"]
)
def test_text_gives_a_ci_runner_no_commands(attack: str) -> None:
    miss = RESULTS[2].model_copy(update={"text": attack})
    lines = to_text(CARD.model_copy(update={"results": (miss,)})).splitlines()

    assert any("gone" in line or "mask" in line or "task" in line for line in lines)
    assert [line for line in lines if line.lstrip().startswith("::") or re.search(r"##\w*\[", line)] == []


def test_a_comparison_gives_a_ci_runner_no_commands() -> None:
    first = CARD.model_copy(update={"results": (RESULTS[2].model_copy(update={"text": "##[error]gone"}),)})
    second = CARD.model_copy(update={"results": (first.results[0].model_copy(update={"label": CONTRADICTED}),)})

    text = comparison_text(compare(first, second, names=("a.json", "::error::b.json")))

    assert text.startswith("\\x3a:error::b.json compared with a.json")
    assert "##\\x5berror]gone" in text


def test_text_reads_no_markup_from_outside() -> None:
    written = to_text(hostile_card(), color=True, width=100)

    assert "[bold]x[/bold]" in " ".join(written.split())
    assert "\x1b[31mred" not in written


def test_markdown_from_outside_stays_text() -> None:
    written = to_markdown(hostile_card())

    ours = re.sub(r"<(code)>.*?</\1>", "", written)
    assert re.findall(r"<[^>]*>", ours) == ["<details>", "<summary>", "</summary>", "</details>"]
    inside = re.findall(r"<code>(.*?)</code>", written)
    assert len(inside) > 20
    assert [one for one in inside if re.search(r"[<>`|@\[\]*_]|://|www\.|#(?!\d+;)|&(?!#\d+;)", one)] == []
    rows = [line for line in written.splitlines() if line.startswith("|")]
    assert {line.count("|") for line in rows} == {6, 8}


def test_markdown_stays_under_its_limit_and_says_what_it_left_out() -> None:
    many = CARD.model_copy(update={"results": hostile_card().results * 40})

    written = to_markdown(many)

    assert 50_000 < len(written) < 60_000
    assert re.search(r"\d+ more are too long to show here\.\n\n</details>\n\Z", written)


def test_markdown_of_a_boundless_card_stays_under_its_limit() -> None:
    endless = tuple(Metric(name=f"recall_unsupported/{place}{'<' * 300}", value=0.5, n=1) for place in range(99))

    written = to_markdown(CARD.model_copy(update={"metrics": (*METRICS, *endless)}))

    assert len(written) < 60_000
    assert "Too long to show here: Evidence, calibration and cost." in written


BARS = (
    BarCheck(name="suite", passed=True, words="suite: 2 cases, 8 claims; pinned: 2 cases, 8 claims"),
    BarCheck(name="false_support", passed=False, words="false_support: 0.405, ceiling 0.090"),
    BarCheck(name="false_support", passed=True, words="false_support: 0.405, baseline 0.400, may be worse by 0.020"),
)


@pytest.mark.parametrize("form", [*FORMS, to_json])
def test_every_form_carries_the_bars_of_the_policy(form: Callable[[Scorecard], str]) -> None:
    written = form(CARD.model_copy(update={"bars": BARS})).replace("&#95;", "_")

    assert [one.words for one in BARS if one.words not in written] == []


def test_junit_is_a_test_for_each_bar_green_where_it_holds() -> None:
    root = parsed(to_junit(CARD.model_copy(update={"bars": BARS})))

    came = {str(one.get("name")): [child.tag for child in one] for one in root.iter("testcase")}
    assert came == {"suite": ["system-out"], "false_support": ["failure"], "false_support (2)": ["system-out"]}
    assert (root.get("tests"), root.get("failures")) == ("3", "1")
    failure = root.find(".//failure")
    assert failure is not None
    assert failure.get("message") == "false_support: 0.405, ceiling 0.090"


def test_junit_of_a_run_without_a_policy_is_one_green_test() -> None:
    root = parsed(to_junit(CARD))

    assert [one.get("name") for one in root.iter("testcase")] == ["8 claims are scored"]
    assert (root.get("tests"), root.get("failures")) == ("1", "0")


def test_the_published_schema_is_that_of_a_scorecard() -> None:
    page = (Path(__file__).parents[2] / "docs" / "scorecard-schema.json").read_text(encoding="utf-8")

    assert page == card_schema()


def test_scores_by_data_set_stand_in_every_form_for_people() -> None:
    scores = tuple(
        DatasetScores(name=name, claims=9, documents=5, metrics=(Metric(name=f"balanced_accuracy/{name}", value=value, n=9),))
        for name, value in (("minutes", 0.617), ("macro mean", 0.583))
    )  # fmt: skip
    for form in (to_text, to_markdown, to_html):
        written = form(CARD.model_copy(update={"datasets": scores}))
        assert [one for one in ("minutes", "macro mean", "61.7", "58.3") if one not in written] == []


def test_under_five_articles_every_form_for_people_says_why_there_is_no_interval() -> None:
    few = tuple(one.model_copy(update={"low": None, "high": None, "articles": 4}) for one in METRICS)
    for form in (to_text, to_markdown, to_html):
        assert "fewer than 5 articles are too few for an interval" in form(CARD.model_copy(update={"metrics": few}))
        assert "too few for an interval" not in form(CARD)


def test_junit_has_a_suite_for_each_case_and_a_test_for_each_claim() -> None:
    root = parsed(to_junit(CARD, claims=True))

    suites = {suite.get("name"): suite for suite in root.iter("testsuite") if suite.get("name") != "scorecard"}
    assert {name: suite.get("tests") for name, suite in suites.items()} == {"storm": "6", "strike": "3"}
    assert {name: suite.get("failures") for name, suite in suites.items()} == {"storm": "2", "strike": "2"}
    assert {name: suite.get("skipped") for name, suite in suites.items()} == {"storm": "2", "strike": "1"}
    came = {one.get("name"): [child.tag for child in one] for one in root.iter("testcase")}
    assert came == {
        "8 claims are scored": [], "storm-1": [], "storm-2": ["failure"], "storm-3": ["failure"], "storm-4": [], "storm-5": ["skipped"], "storm-6": ["skipped"],
        "strike-1": ["failure"], "strike-2": ["failure"], "strike-3": ["skipped"],
    }  # fmt: skip


def test_junit_says_why() -> None:
    root = parsed(to_junit(CARD, claims=True))

    failure = root.find(".//testcase[@name='storm-3']/failure")
    unchecked, undecided = (root.find(f".//testcase[@name='{name}']/skipped") for name in ("storm-5", "storm-6"))
    assert failure is not None
    assert unchecked is not None
    assert undecided is not None
    assert failure.get("message") == "called supported, is contradicted (number): Claim storm-3."
    assert failure.text == "claim: Claim storm-3.\nthe run shows: Snow fell.\nwhat decides: Hail fell."
    assert unchecked.get("message") == "unchecked (bad reply): it was no JSON"
    assert undecided.get("message") == "undecided (not sure, leaning supported): the words are too far apart"


def test_junit_with_hostile_texts_parses_and_holds_them_as_text() -> None:
    root = parsed(to_junit(hostile_card(), claims=True))

    assert {one.tag for one in root.iter()} == {
        "testsuites", "testsuite", "properties", "property", "testcase", "failure", "skipped",
    }  # fmt: skip
    first = next(root.iter("failure"))
    assert "<script>alert(1)</script> \\x1b[31mred" in str(first.text)
    assert "\\ufffe [bold]" in str(first.text)


def test_html_allows_its_own_style_and_script_and_nothing_else() -> None:
    written = to_html(hostile_card())

    blocks = re.findall(r"<(style|script)>(.*?)</\1>", written, flags=re.DOTALL)
    digests = {
        name: base64.b64encode(hashlib.sha256(block.encode("utf-8")).digest()).decode("ascii") for name, block in blocks
    }
    policies = [
        attributes["content"] for tag, attributes in Page(written).elements if tag == "meta" and "http-equiv" in attributes
    ]  # fmt: skip
    assert [name for name, _ in blocks] == ["style", "script"]
    assert policies == [
        f"default-src 'none'; style-src 'sha256-{digests['style']}'; script-src 'sha256-{digests['script']}'; "
        "base-uri 'none'; form-action 'none'"
    ]


@pytest.mark.parametrize("card", [CARD, hostile_card()], ids=["plain", "hostile"])
def test_html_has_no_handler_no_style_in_place_and_no_reference(card: Scorecard) -> None:
    page = Page(to_html(card))

    tags = {tag for tag, _ in page.elements}
    names = {name for _, attributes in page.elements for name in attributes}
    assert tags.isdisjoint({"a", "img", "link", "iframe", "object", "embed", "form", "base", "use", "image"})
    assert [name for name in names if name.startswith("on")] == []
    assert names.isdisjoint({"style", "src", "href", "xlink:href", "srcset", "action", "background"})
    assert [tag for tag, _ in page.elements].count("script") == 1
    if card is CARD:
        assert re.findall(r"https?:|//|url\(|@import", to_html(card)) == []


def test_html_shows_hostile_texts_as_they_are() -> None:
    shown = [text for tag, text in Page(to_html(hostile_card())).texts if tag == "span"]

    assert any("<script>alert(1)</script> \\x1b[31mred" in text for text in shown)


def test_html_shows_every_miss_with_both_texts_and_a_filter_that_waits_for_its_script() -> None:
    written = to_html(CARD)

    elements = Page(written).elements
    assert [attributes["data-kind"] for tag, attributes in elements if tag == "li"] == [
        "false-support", "false-support", "false-alarm", "wrong-kind", "undecided", "unchecked",
    ]  # fmt: skip
    assert [attributes["value"] for tag, attributes in elements if tag == "input"] == [
        "all", "false-support", "false-alarm", "wrong-kind", "undecided", "unchecked",
    ]  # fmt: skip
    assert ("fieldset", {"id": "choice", "hidden": None}) in elements
    assert '<blockquote><span dir="auto">Snow fell.</span></blockquote>' in written
    assert '<blockquote><span dir="auto">Hail fell.</span></blockquote>' in written
    assert 'Why undecided</dt><dd><span dir="auto">the words are too far apart' in written


def test_html_draws_each_interval() -> None:
    written = to_html(CARD)

    assert '<rect class="value" x="0.00%" y="3" width="61.25%" height="10"/>' in written
    assert '<rect class="interval" x="55.00%" y="7" width="12.10%" height="2"/>' in written
    assert "20.0 predicted, 25.0 in fact, n 4; 80.0 predicted, 60.0 in fact, n 9" in written
    assert "Reliability" not in to_html(CARD.model_copy(update={"reliability": ()}))


def luminance(color: str) -> float:
    shares = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_html_has_the_contrast_of_wcag_aa(theme: int) -> None:
    colors = dict(re.findall(r"--(\w+): (#\w{6})", STYLE.split("@media")[theme]))

    def contrast(one: str, other: str) -> float:
        low, high = sorted((luminance(colors[one]), luminance(colors[other])))
        return (high + 0.05) / (low + 0.05)

    assert [name for name in ("ink", "soft", "right", "wrong") if contrast(name, "page") < 4.5] == []
    assert [name for name in ("bar", "line", "focus", "mark") if contrast(name, "page") < 3] == []
    assert [name for name in ("faint", "mark") if contrast(name, "bar") < 3] == []


def test_text_has_the_facts_in_two_lines() -> None:
    assert to_text(CARD).splitlines()[:2] == [
        "built-in suite, dev: 2 cases, 8 claims, 1 ambiguous, sha256 9f86d081884c",
        "summarizer 0.1.0, extractor sentences, judge chat (gpt-5.4-mini), 2 repeats",
    ]


@pytest.mark.parametrize("width", [30, 50, 80])
def test_text_fits_its_width_in_cells_also_in_wide_scripts(width: int) -> None:
    wide = tuple(one.model_copy(update={"text": "東京で首相が記者団に会い" * 20}) for one in RESULTS)

    lines = to_text(CARD.model_copy(update={"results": wide}), width=width).splitlines()

    assert max(cell_len(line) for line in lines) <= width


def test_text_without_color_has_no_escapes_and_can_keep_to_ascii() -> None:
    assert "\x1b" not in to_text(CARD)
    assert "\x1b[" in to_text(CARD, color=True)
    assert to_text(CARD, ascii_only=True).isascii()


def test_text_shows_the_ten_worst_misses_in_two_lines_each() -> None:
    many = CARD.model_copy(update={"results": RESULTS * 3})

    lines = to_text(many).splitlines()

    start = lines.index(next(line for line in lines if line.startswith("18 misses")))
    assert lines[start : start + 2] == [
        "18 misses: 6 called supported, is not; 3 supported, called unsupported; 3",
        "unsupported, wrong label; 3 undecided; 3 unchecked (the 10 worst follow)",
    ]
    assert lines[start + 2 : start + 4] == [
        "✗ 1. strike-1: called supported, is not in source (world knowledge), medium",
        "    Claim strike-1.",
    ]
    assert len(lines[start + 2 :]) == 20


def test_misses_are_ordered_by_harm_then_by_certainty_and_leave_out_the_ambiguous() -> None:
    found = [(kind.value, one.claim) for kind, one in misses(CARD)]

    assert found == [
        ("false-support", "strike-1"), ("false-support", "storm-3"), ("false-alarm", "storm-2"),
        ("wrong-kind", "strike-2"), ("undecided", "storm-6"), ("unchecked", "storm-5"),
    ]  # fmt: skip


def test_of_like_misses_the_easier_claim_is_the_worse() -> None:
    hard, easy = (
        result(name, ABSENT, SUPPORTED, difficulty=name, probabilities=support(0.8)) for name in ("hard", "easy")
    )

    assert misses(CARD.model_copy(update={"results": (hard, easy)})) == (
        Miss(MissKind.FALSE_SUPPORT, easy),
        Miss(MissKind.FALSE_SUPPORT, hard),
    )


def test_the_confusion_table_counts_undecided_and_unchecked_apart_and_no_ambiguous_claim() -> None:
    assert [(str(row.gold), row.counts, row.total) for row in confusion(CARD)] == [
        ("supported", (1, 1, 0, 0, 0), 2), ("contradicted", (1, 1, 0, 1, 1), 4), ("not_in_source", (1, 1, 0, 0, 0), 2),
    ]  # fmt: skip


def test_no_metric_stays_unsaid_and_each_stands_in_one_table() -> None:
    shown = tables(CARD)

    names = [one.name for table in shown for _, one in table.rows]
    assert len(names) == len(set(names))
    assert {one.name for one in METRICS} <= set(names)
    assert [(table.title, table.rows[0][0]) for table in shown[:4]] == [
        ("Headline, per cent", "balanced accuracy"),
        ("By label, per cent", "precision: not in source"),
        ("Unsupported claims caught, per cent, by kind of error", "number"),
        ("Three-way accuracy of the decided claims, per cent, by difficulty", "easy"),
    ]
    assert [(name, measure(one)) for name, one in shown[4].rows] == [
        ("evidence precision, %", "81.1 (70.0 to 90.0)"),
        ("outcomes that vary, %", "3.1 (no interval)"),
        ("misquotes", "3"),
        ("tokens sent", "12,345"),
        ("cost, USD", "0.0123"),
        ("Brier score", "0.212 (0.100 to 0.300)"),
        ("a new one", "0.500 (no interval)"),
    ]


def test_a_metric_of_ones_own_is_measured_printed_compared_and_held_to_a_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    quoted = Share(lambda _: True, lambda one: bool(one.quotes))
    own = MetricDefinition(
        "with_quotes",
        "claims with quotes",
        "share of all claims for which the run shows words of the source",
        "higher",
        "share",
        mean(quoted),
        column="quotes",
        compared=(quoted,),
    )
    monkeypatch.setitem(DEFINITIONS, own.name, own)
    bare = [result(number, SUPPORTED, SUPPORTED) for number in range(40)]
    half = [result(number, SUPPORTED, SUPPORTED, quotes=("Snow fell.",) if number % 2 else ()) for number in range(40)]

    first, second = (
        CARD.model_copy(update={"metrics": measure_run(ScoredRun(results)), "results": tuple(results)})
        for results in (bare, half)
    )

    metric = second.metric("with_quotes")
    assert metric is not None
    assert (metric.value, metric.n) == (0.5, 40)
    assert re.search(r"claims with quotes, % +50.0 \(", to_text(second))
    assert re.search(r"\| claims with quotes, % \| 50.0 \(", to_markdown(second))
    assert "share of all claims for which the run shows words" in to_html(second)
    assert re.search(r"claims with quotes +0.0 -> +50.0 +\+50.0", comparison_text(compare(first, second)))
    assert re.search(r"^run .* quotes +tokens per claim", matrix.to_text([Row("a", second)]))
    assert "| `with_quotes` | share | higher | share of all claims" in definitions.to_markdown()
    suite = PinnedSuite(sha256=DIGEST, cases=2, claims=40)
    failed = [
        one.words for one in judge_card(second, Policy(suite=suite, floor={"with_quotes": 0.6})) if not one.passed
    ]
    assert "with_quotes: 0.500, floor 0.600" in failed
    with pytest.raises(ValueError, match="did you mean 'with_quotes'"):
        Policy(suite=suite, floor={"with_quote": 0.6})


def test_the_documented_metrics_are_those_of_the_registry() -> None:
    page = (Path(__file__).parents[2] / "docs" / "metrics.md").read_text(encoding="utf-8")

    assert definitions.to_markdown() in page


def test_json_is_the_scorecard_itself() -> None:
    written = to_json(hostile_card())

    assert json.loads(written) == hostile_card().model_dump(mode="json")
    assert written.startswith('{\n  "suite": {\n')
    assert written.endswith("}\n")


def test_a_kind_of_error_of_a_suites_own_is_scored_in_the_table_of_kinds() -> None:
    own = [result(number, ABSENT, ABSENT if number < 3 else SUPPORTED, error="x_wrong_dose") for number in range(4)]
    results = [*own, result(4, CONTRADICTED, CONTRADICTED, error="number"), result(5, SUPPORTED, SUPPORTED)]
    card = CARD.model_copy(update={"metrics": measure_run(ScoredRun(results)), "results": tuple(results)})

    metric = card.metric("recall_unsupported/x_wrong_dose")

    assert metric is not None
    assert (metric.value, metric.n) == (0.75, 4)
    names = [name for table in tables(card) for name, _ in table.rows if name in ("number", "wrong dose")]
    assert names == ["number", "wrong dose"]
    assert "wrong dose" in to_text(card)


@pytest.mark.parametrize("form", FORMS)
def test_every_form_for_people_says_when_and_with_what_a_run_was_made(form: Callable[[Scorecard], str]) -> None:
    run = CARD.run.model_copy(
        update={
            "date": "2026-11-29T08:30:00+00:00",
            "commit": "abcdef0123456789",
            "versions": (Setting(name="python", value="3.12.3"),),
            "seconds_per_call": 0.843,
        }
    )

    told = form(CARD.model_copy(update={"run": run}))

    assert "2026-11-29T08:30:00+00:00, commit abcdef012345, python 3.12.3, 0.84 s a call" in " ".join(told.split())
    assert "python" not in form(CARD)
