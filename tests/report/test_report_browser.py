"""The HTML report in a real browser: what a click and a key do, how long it takes to open, and what axe finds."""

import importlib.util
import json
import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from summarizer.evaluation.adding import labels_in
from summarizer.report import render
from summarizer.schema import (
    Coverage,
    Document,
    Edit,
    EditKind,
    Evidence,
    Finding,
    FindingKind,
    Label,
    Repair,
    Report,
    Span,
    Verdict,
    edited,
)
from tests.conftest import ROOT
from tests.reports import large_report, small_report

CHROMIUM = os.environ.get("SUMMARIZER_TEST_BROWSER") or shutil.which("chromium") or shutil.which("chromium-browser")
playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed (pip install playwright)")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium; set SUMMARIZER_TEST_BROWSER to one")
WIDE, NARROW = {"width": 1280, "height": 800}, {"width": 400, "height": 800}


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as engine:
        browser = engine.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


class Opened:
    """A page, and everything that it tried to do."""

    def __init__(self, browser: Any, folder: Path, report: Report, **options: Any) -> None:
        path = folder / "report.html"
        path.write_text(render(report, "html"), encoding="utf-8")
        self.context = browser.new_context(**{"viewport": WIDE, **options})
        self.page = self.context.new_page()
        self.tried: list[str] = []
        self.page.on("dialog", lambda dialog: self.tried.append(f"dialog {dialog.message}"))
        self.page.on("console", lambda message: self.tried.append(message.text))
        self.page.on("pageerror", lambda error: self.tried.append(str(error)))
        self.page.on("request", lambda request: self.tried.append(f"request {request.url}"))
        self.page.goto(path.as_uri())
        assert self.tried == [f"request {path.as_uri()}"]
        self.tried.clear()

    def top(self, selector: str) -> float:
        self.page.wait_for_timeout(200)  # the scroll settles within a few frames
        return float(self.page.locator(selector).first.bounding_box()["y"])

    def focused(self) -> str:
        return str(self.page.evaluate("document.activeElement.id"))

    def shown(self) -> list[str]:
        return [str(one.get_attribute("id")) for one in self.page.locator(".claims > li:visible").all()]


def label(page: Any, claim: str, words: str, note: str = "") -> None:
    """Do what a reader does who knows better."""
    own = page.locator(f"{claim} details.own")
    own.locator("summary").click()
    own.get_by_label("Label it").select_option(words)
    own.get_by_label("Why").fill(note)


def repaired() -> Report:
    """The small report with Tuesday put right."""
    report = small_report()
    check, text = report.checks[1], report.summary.text
    start = text.index("Tuesday")
    edit = Edit(
        claim=check.claim.id, kind=EditKind.SWAP, span=Span(start=start, end=start + 7), before="Tuesday", after="Monday",
        reason="the source says “Monday”", evidence=check.shown,
    )  # fmt: skip
    repair = Repair(edits=(edit,), text=edited(text, (edit,)), left_open=("c3",))
    return report.model_copy(update={"repair": repair})


def left_out() -> Report:
    """The small report where the source goes on after claim 5."""
    report = small_report()
    outcome = report.checks[4].outcome
    finding = Finding(kind=FindingKind.OMISSION, claim=Span(start=0, end=3), evidence=report.checks[4].shown[0])
    last = report.checks[4].model_copy(update={"outcome": outcome.model_copy(update={"findings": (finding,)})})
    return report.model_copy(update={"checks": (*report.checks[:4], last)})


@pytest.fixture
def long(browser: Any, tmp_path: Path) -> Iterator[Opened]:
    opened = Opened(browser, tmp_path, large_report(paragraphs=400, claims=40))
    yield opened
    assert opened.tried == []
    opened.context.close()


def in_sight(top: float) -> bool:
    return 0 <= top < WIDE["height"] - 50


def test_a_click_on_a_claim_scrolls_the_source_to_its_words_and_lights_them(long: Opened) -> None:
    long.page.locator("#c38").evaluate("one => one.scrollIntoView({ block: 'center' })")  # all of it, in any font
    assert not in_sight(long.top("#s38-1"))

    long.page.locator("#c38 .text").click()

    assert in_sight(long.top("#s38-1"))
    assert in_sight(long.top("#c38"))
    assert long.page.locator("#c38").get_attribute("aria-current") == "true"
    assert long.page.locator("#source .on").count() >= 1


def test_the_words_of_a_finding_are_lit_in_both_panes(browser: Any, tmp_path: Path) -> None:
    opened = Opened(browser, tmp_path, small_report())

    opened.page.locator("#c2").click()

    assert opened.page.locator(".prose mark.on").all_inner_texts() == ["Tuesday"]
    assert opened.page.locator("#c2 mark.on").all_inner_texts() == ["Tuesday", "Tuesday", "Monday"]
    assert opened.page.locator("#source mark.on").all_inner_texts() == ["Monday"]
    opened.page.locator("#c3").click()
    assert opened.page.locator("mark.on").count() == 0


def test_an_undecided_claim_is_filtered_and_lit_as_any_other(browser: Any, tmp_path: Path) -> None:
    opened = Opened(browser, tmp_path, small_report())
    page = opened.page

    page.locator("#c5").click()

    assert page.locator("#c5 mark.on").all_inner_texts() == ["32", "32", "31"]
    assert page.locator(".prose mark.on").all_inner_texts() == ["32"]
    assert page.locator("#source mark.on").all_inner_texts() == ["31"]
    assert "undecided: perhaps supported (0.71), but the number differs" in page.locator("#c5 .v").inner_text()
    colors = [
        page.evaluate(f"getComputedStyle(document.querySelector('#c{number} .v')).color") for number in range(1, 7)
    ]
    assert len(set(colors)) == 6
    page.locator("#choice > summary").click()
    page.get_by_label("undecided (1)").uncheck()
    assert sorted(opened.shown()) == ["c1", "c2", "c3", "c4", "c6"]


def test_keys_go_from_claim_to_claim_to_the_words_and_back(long: Opened) -> None:
    for key in "jjjk":
        long.page.keyboard.press(key)
    assert long.focused() == "c2"
    assert in_sight(long.top("#s2-1"))

    long.page.evaluate("document.getElementById('source').scrollTop = 0")
    long.page.keyboard.press("Enter")
    assert in_sight(long.top("#s2-1"))

    long.page.locator("#c2 a").first.press("Enter")
    assert long.focused() == "s2-1"
    long.page.keyboard.press("Escape")
    assert long.focused() == "c2"


def test_single_keys_can_be_switched_off(long: Opened) -> None:
    long.page.locator("#choice > summary").click()
    long.page.locator("#keys").uncheck()
    long.page.locator("h1").click()
    long.page.keyboard.press("j")

    assert long.page.locator("[aria-current]").count() == 0


def test_a_number_in_the_source_leads_back_to_its_claim(long: Opened) -> None:
    long.page.locator("#c30 .text").click()
    long.page.evaluate("window.scrollTo(0, 0)")
    long.page.locator("#s30-1").click()

    assert long.focused() == "c30"
    assert in_sight(long.top("#c30"))


def test_a_number_leads_to_a_claim_in_a_fold_as_well(long: Opened) -> None:
    assert long.page.locator("#c36").is_hidden()

    long.page.locator("#s36-1").click()

    assert long.focused() == "c36"
    assert long.page.locator("#c36").is_visible()


def test_an_address_may_name_a_claim(browser: Any, tmp_path: Path) -> None:
    opened = Opened(browser, tmp_path, small_report())
    opened.page.goto(f"{opened.page.url}#c2")
    opened.page.reload()

    assert opened.page.locator("[aria-current]").get_attribute("id") == "c2"


def test_outcome_and_finding_filter_the_claims(browser: Any, tmp_path: Path) -> None:
    opened = Opened(browser, tmp_path, small_report())
    page = opened.page

    page.locator("#choice > summary").click()
    page.get_by_label("supported (1)").uncheck()
    assert sorted(opened.shown()) == ["c2", "c3", "c4", "c5", "c6"]
    assert page.locator("#status").inner_text() == "5 of 6 claims shown"
    page.locator("#finding").select_option("date")
    assert opened.shown() == ["c2"]
    page.locator(".prose a").first.click()  # a way to a claim uncovers it
    assert sorted(opened.shown()) == ["c1", "c2", "c3", "c4", "c5", "c6"]


def test_key_sentences_can_be_switched_off(browser: Any, tmp_path: Path) -> None:
    page = Opened(browser, tmp_path, small_report()).page

    assert [page.locator(f".tag-{which}").is_visible() for which in ("covered", "omitted")] == [True, True]
    page.locator("#choice > summary").click()
    page.locator("#show-omitted").uncheck()
    assert [page.locator(f".tag-{which}").is_visible() for which in ("covered", "omitted")] == [True, False]


def test_everything_can_be_read_without_script(browser: Any, tmp_path: Path) -> None:
    page = Opened(browser, tmp_path, small_report(), java_script_enabled=False).page

    assert page.locator("#choice").is_hidden()
    assert page.locator(".claims > li:visible").count() == 6
    page.locator("#c2 .where a").click()
    assert page.url.endswith("#s2-1")


def test_a_narrow_page_has_no_sideways_scroll_and_a_way_back(browser: Any, tmp_path: Path) -> None:
    opened = Opened(browser, tmp_path, large_report(paragraphs=400, claims=40), viewport=NARROW)
    page = opened.page

    assert page.evaluate("document.documentElement.scrollWidth") <= 400
    page.locator("#c18 .where a").click()
    assert in_sight(opened.top("#s18-1"))
    page.get_by_role("button", name="Back to the claim").click()
    assert in_sight(opened.top("#c18"))


def test_it_prints_every_claim_and_the_source_and_no_controls(browser: Any, tmp_path: Path) -> None:
    page = Opened(browser, tmp_path, small_report(), color_scheme="dark").page
    page.emulate_media(media="print")

    assert page.locator("#choice").is_hidden()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.getElementById('source')).overflowY") == "visible"
    assert page.pdf(format="A4").startswith(b"%PDF")


def test_a_thousand_pages_with_five_hundred_claims_open_within_two_seconds(browser: Any, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    path.write_text(render(large_report(), "html"), encoding="utf-8")
    page = browser.new_page(viewport=WIDE)

    times = []
    for _ in range(3):
        begun = time.monotonic()
        page.goto(path.as_uri())
        page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        times.append(time.monotonic() - begun)

    assert min(times) <= 2, times
    page.locator("#c498 .text").click()
    page.wait_for_timeout(300)
    assert in_sight(page.locator("#s498-1").bounding_box()["y"])


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
def test_axe_finds_nothing(browser: Any, tmp_path: Path, scheme: str, viewport: dict[str, int]) -> None:
    package = importlib.util.find_spec("axe_playwright_python")
    if package is None or package.origin is None:
        pytest.skip("axe is not installed (pip install axe-playwright-python)")
    # The policy of the page would stop the checker, too.
    page = Opened(browser, tmp_path, small_report(), color_scheme=scheme, viewport=viewport, bypass_csp=True).page
    page.locator("#c2").click()
    label(page, "#c3", "the source says it")
    page.evaluate(Path(package.origin).with_name("axe.min.js").read_text(encoding="utf-8"))

    found = page.evaluate(
        "axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})"
    )

    assert [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]] == []
    assert len(found["passes"]) > 20


def test_no_attack_opens_a_dialog_or_sends_a_request(browser: Any, tmp_path: Path) -> None:
    groups = json.loads((ROOT / "tests" / "attacks" / "output.json").read_text(encoding="utf-8"))["groups"]
    attacks = " ".join(attack for group in groups.values() for attack in group)

    opened = Opened(browser, tmp_path, small_report(attacks))
    opened.page.locator("#c2 .text").click()
    opened.page.wait_for_timeout(500)

    assert opened.tried == []
    assert opened.page.locator("img, iframe, form, script:not(body > script), a:not([href^='#'])").count() == 0


def test_the_words_on_the_page_are_the_words_of_the_source(browser: Any, tmp_path: Path) -> None:
    report = small_report()
    page = Opened(browser, tmp_path, report).page

    text = page.evaluate(
        """() => { for (const one of document.querySelectorAll(".n, .tag")) { one.remove(); }
        return Array.from(document.querySelectorAll("#source .par"), (one) => one.textContent).join(" "); }"""
    )

    assert text.split() == report.documents[0].text.split()


def test_the_claims_that_are_likeliest_wrong_stand_before_the_summary(browser: Any, tmp_path: Path) -> None:
    page = Opened(browser, tmp_path, small_report()).page

    assert page.locator("h1").inner_text().replace("\u00a0", " ") == (
        "2 of 5 claims are at fault: 1 contradicted, 1 not in the source; 2 more could not be decided"
    )
    first = page.locator("#first > li")
    assert [one.get_attribute("id") for one in first.all()] == ["c2", "c3", "c5"]
    assert first.last.bounding_box()["y"] < page.locator("#summary").bounding_box()["y"]
    assert page.locator("#c2 .pair dd").all_inner_texts() == ["“Tuesday”", "“Monday”"]
    one, other = (page.locator("#c2 .pair > div").nth(at).bounding_box() for at in (0, 1))
    assert one["y"] == other["y"]


def test_the_counts_lead_to_their_claims_and_filter_them(browser: Any, tmp_path: Path) -> None:
    opened = Opened(browser, tmp_path, large_report(paragraphs=400, claims=40), viewport=NARROW)
    page = opened.page

    page.locator(".counts [data-look=not_in_source]").click()

    assert page.locator("#status").inner_text() == "8 of 40 claims shown"
    assert len(opened.shown()) == 8
    assert opened.focused() == opened.shown()[0]
    page.locator("#all").click()
    assert page.locator("#status").inner_text() == ""
    assert page.locator("#all").is_hidden()
    assert page.locator(".claims > li:visible").count() == 40


def test_every_problem_stands_before_the_summary_and_is_reached_without_script(browser: Any, tmp_path: Path) -> None:
    report = large_report(paragraphs=400, claims=40)
    page = Opened(browser, tmp_path, report, java_script_enabled=False).page
    before = page.locator(
        "section:has(#summary) > :not(#summary ~ *) .claims > li, #reading > .claims:not(#summary ~ *) > li"
    )

    looks = [one.get_attribute("data-v") for one in before.all()]

    assert sorted(looks) == ["contradicted"] * 8 + ["not_in_source"] * 8
    assert page.locator(".more > summary").inner_text() == "13 more problems"
    last = page.locator("#more > li").last
    assert last.is_hidden()
    page.goto(f"{page.url}#{last.get_attribute('id')}")
    assert last.is_visible()
    assert page.locator(".prose").is_hidden()  # a long summary folds


def test_the_corrected_summary_is_copied_and_can_be_selected_alone(browser: Any, tmp_path: Path) -> None:
    report = repaired()
    opened = Opened(browser, tmp_path, report, permissions=["clipboard-read", "clipboard-write"])

    opened.page.get_by_label("Copy the corrected summary").click()
    opened.page.get_by_text("Copied").wait_for()

    assert report.repair is not None
    copied = opened.page.evaluate("navigator.clipboard.readText()")
    assert copied.split() == report.repair.text.split()
    opened.page.get_by_text("The corrected text alone").click()
    assert opened.page.locator("#corrected").inner_text().split() == copied.split()


@pytest.mark.parametrize("scripts", [True, False])
def test_print_has_the_evidence_and_the_reasons_and_no_closed_line(browser: Any, tmp_path: Path, scripts: bool) -> None:
    page = Opened(browser, tmp_path, repaired(), java_script_enabled=scripts).page
    page.emulate_media(media="print")

    assert page.locator("#c1 blockquote").bounding_box()["height"] > 0
    assert page.get_by_text("“Tuesday” becomes “Monday”").bounding_box()["height"] > 0
    for one in ("footer", "#corrected", "#choice", ".own", ".sure", ".before", ".legend"):
        assert not any(found.is_visible() for found in page.locator(one).all())


def test_words_that_are_left_out_have_the_whole_width(browser: Any, tmp_path: Path) -> None:
    page = Opened(browser, tmp_path, left_out(), viewport=NARROW).page

    card, box = page.locator("#c5 .text").bounding_box(), page.locator("#c5 .pair > div").bounding_box()

    assert box["width"] == card["width"]


def test_a_claim_is_copied_with_its_evidence(browser: Any, tmp_path: Path) -> None:
    opened = Opened(browser, tmp_path, small_report(), permissions=["clipboard-read", "clipboard-write"])

    opened.page.locator("#c2 .copy").click()

    opened.page.get_by_text("Copied").wait_for()
    assert opened.page.evaluate("navigator.clipboard.readText()").splitlines() == [
        "✗ contradicted: “The mayor 👩‍💼 resigned on Tuesday.”",
        "date in the summary: “Tuesday”",
        "in the source: “Monday”",
        "“The mayor  resigned on Monday.” (article.txt, paragraph 1, sentence 1)".replace("  ", " "),
    ]


def test_a_reader_who_knows_better_saves_a_labelled_case(browser: Any, tmp_path: Path) -> None:
    report = small_report("</script><!--\x00 \u202e")
    page = Opened(browser, tmp_path, report).page
    assert page.locator("#mine").is_hidden()
    label(page, "#c3", "the source says otherwise", " See <b>line 2</b> ")
    label(page, "#c2", "the source says it")
    assert page.locator("#mine").inner_text().startswith("2 claims labelled by you")

    with page.expect_download() as saved:
        page.get_by_role("button", name="Save as a labelled case").click()

    found = labels_in(Path(saved.value.path()).read_bytes(), "labels.json")
    assert found is not None
    assert saved.value.suggested_filename == "summarizer-labels.json"
    assert found.article.text == report.documents[0].text
    assert [(one.id, one.text, one.label, one.note) for one in found.claims] == [
        ("c2", report.checks[1].claim.text, "supported", ""),
        ("c3", report.checks[2].claim.text, "contradicted", "See <b>line 2</b>"),
    ]


def test_a_page_of_several_sources_offers_no_case(browser: Any, tmp_path: Path) -> None:
    report = small_report()
    two = report.model_copy(update={"documents": (*report.documents, Document.of("More.", id="d2"))})

    assert Opened(browser, tmp_path, two).page.locator(".own, #given").count() == 0


def test_a_supported_claim_takes_two_lines_and_the_folds_of_a_card_one(browser: Any, tmp_path: Path) -> None:
    page = Opened(
        browser, tmp_path, large_report(paragraphs=40, claims=10), viewport={"width": 1400, "height": 800}
    ).page

    one = page.locator(".claims > .supported").first
    tops = [part.bounding_box()["y"] for part in one.locator("> .head, > details").all()]
    assert len(tops) == 3
    assert max(tops) - min(tops) < 12
    folds = page.locator(".claims > .contradicted").first.locator("> details").all()
    assert len({part.bounding_box()["y"] for part in folds}) == 1


def test_the_sides_of_a_pair_are_level_also_where_a_label_is_wrapped(browser: Any, tmp_path: Path) -> None:
    page = Opened(browser, tmp_path, small_report(), viewport={"width": 320, "height": 800}).page

    one, other = (page.locator("#c2 .pair dd").nth(at).bounding_box()["y"] for at in (0, 1))

    assert page.locator("#c2 .pair dt").first.bounding_box()["height"] > 20  # it is wrapped
    assert one == other


def test_a_quote_that_is_folded_leads_to_its_place_and_lights_it(browser: Any, tmp_path: Path) -> None:
    report = small_report()
    near = [one for check in report.checks[:3] for one in check.shown]
    outcome = report.checks[4].outcome.model_copy(update={"nearest": (*report.checks[4].shown, *near)})
    checks = (*report.checks[:4], report.checks[4].model_copy(update={"outcome": outcome}), *report.checks[5:])
    page = Opened(browser, tmp_path, report.model_copy(update={"checks": checks})).page

    page.locator("#c5 details.near > summary").click()
    link = page.locator("#c5 details.near .where a").first
    place = str(link.get_attribute("href"))
    link.click()

    assert f"#{page.evaluate('document.activeElement.id')}" == place
    assert page.locator(f"#source span.on:right-of({place})").count() > 0


def of_short_lines() -> Report:
    """A source of one paragraph of short lines, which is far taller than its number of characters lets one expect."""
    base = large_report(paragraphs=40, claims=12)
    lines = [f"Line {number} of the list is short." for number in range(6_000)]
    article = "\n".join(lines)
    checks = []
    for check, line in zip(base.checks, lines[450::450], strict=False):
        start = article.index(line)
        evidence = Evidence(document="d1", span=Span(start=start, end=start + len(line)), quote=line)
        checks.append(check.model_copy(update={"outcome": Verdict(label=Label.CONTRADICTED, evidence=(evidence,))}))
    return base.model_copy(
        update={
            "documents": (Document.of(article, id="d1", name="list.txt"),),
            "checks": tuple(checks),
            "coverage": Coverage(),
        }
    )


def test_the_words_of_every_claim_are_in_sight_after_a_click_wherever_they_stand(browser: Any, tmp_path: Path) -> None:
    page = Opened(browser, tmp_path, of_short_lines()).page
    page.locator(".more > summary").click()

    hidden = page.evaluate(
        """async () => {
            const settled = () => new Promise((done) => setTimeout(done, 150));
            const missed = [];
            for (const claim of document.querySelectorAll(".claims > li")) {
                claim.querySelector(".text").click();
                await settled();
                const place = document.getElementById(claim.dataset.s.split(" ")[0]);
                const { left, top, width, height } = place.getBoundingClientRect();
                const seen = document.elementFromPoint(left + width / 2, top + height / 2);
                if (seen !== place) { missed.push(claim.id); }
            }
            return missed;
        }"""
    )

    assert hidden == []
