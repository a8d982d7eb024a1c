"""Text from outside in every place of a report: it stays text in every format (XSS, terminal, formulas, runners).

Each test puts every attack of the corpus through the formats that it is about, and names those that got through.
"""

import csv
import io
import json
import re
import xml.etree.ElementTree as ET
from functools import cache
from html.parser import HTMLParser
from typing import Any

import pytest
from markdown_it import MarkdownIt

from summarizer.report import format_names, render
from summarizer.report.formats.csv import HEAD
from summarizer.report.safe import visible
from summarizer.schema import Report
from tests.conftest import ROOT
from tests.reports import small_report

GROUPS = json.loads((ROOT / "tests" / "attacks" / "output.json").read_text(encoding="utf-8"))["groups"]
CORPUS = [attack for group in GROUPS.values() for attack in group]
STEERING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff]|[\ufe00-\ufe0f]{2}|[\u0300-\u036f\u0e31-\u0e4e]{9}"
)
OBEYED = re.compile(r"^\s*::|##\w*\[")


class Elements(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, tuple[tuple[str, str | None], ...]]] = []
        self.others: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, tuple(attrs)))

    def handle_comment(self, data: str) -> None:
        self.others.append(data)

    def handle_pi(self, data: str) -> None:
        self.others.append(data)

    def unknown_decl(self, data: str) -> None:
        self.others.append(data)


@cache
def attacked(attack: str = "") -> Report:
    """The report with the attack in every place where text comes from outside."""
    return small_report(attack)


OURS = Elements(render(attacked(), "html"))


def shape(value: Any) -> Any:
    """A JSON value with its words taken out."""
    if isinstance(value, dict):
        return {name: shape(part) for name, part in value.items()}
    return [shape(part) for part in value] if isinstance(value, list) else type(value).__name__


def test_the_corpus_has_at_least_sixty_different_strings() -> None:
    assert len(set(CORPUS)) == len(CORPUS) >= 60


@pytest.mark.parametrize("form", format_names())
def test_nothing_from_outside_steers_a_terminal(form: str) -> None:
    assert [attack for attack in CORPUS if STEERING.search(render(attacked(attack), form))] == []


def test_what_scripts_and_pictures_need_stays() -> None:
    text = "a\u0301\u0323 \u0e01\u0e35\u0e49 ❤\ufe0f 葛\U000e0100 क\u094d\u200dष"

    assert visible(text) == text


def test_html_has_our_elements_and_attributes_and_no_others() -> None:
    names = {(tag, name) for tag, attributes in OURS.elements for name, _ in attributes}
    tags = {tag for tag, _ in OURS.elements}

    for attack in CORPUS:
        found = Elements(render(attacked(attack), "html"))

        assert found.others == [], attack
        if (
            len(attack.splitlines()) == 1 and "<!--" not in attack
        ):  # a line end makes paragraphs, and a comment is in none
            assert found.elements == OURS.elements, attack
        assert {(tag, name) for tag, attributes in found.elements for name, _ in attributes} <= names, attack
        assert {tag for tag, _ in found.elements} <= tags, attack


def test_every_reference_stays_within_the_page() -> None:
    values = [(name, str(value)) for _, attributes in OURS.elements for name, value in attributes]

    assert {value[:1] for name, value in values if name == "href"} == {"#"}
    assert [name for name, _ in values if name.startswith("on") or name in ("src", "style", "action", "srcset")] == []
    targets = {value for name, value in values if name == "id"}
    assert [value for name, value in values if name == "href" and value[1:] not in targets] == []


def test_html_shows_the_words_and_hides_none() -> None:
    ours = render(attacked(), "html").count("|")

    # three times in each of six claims, and in what stands beside them
    assert [one for one in CORPUS if render(small_report(f"{one}|"), "html").count("|") - ours < 35] == []


def test_markdown_makes_nothing_of_text_from_outside() -> None:
    forbidden = {"html_block", "fence", "code_block", "table_open", "html_inline", "link_open", "image", "code_inline"}

    for attack in CORPUS:
        tokens = MarkdownIt("commonmark").enable("table").parse(render(attacked(attack), "markdown"))
        inline = {child.type for token in tokens for child in token.children or []}
        assert ({token.type for token in tokens} | inline) & forbidden == set(), attack


def test_markdown_leaves_nothing_that_github_makes_a_mention_a_link_or_an_issue() -> None:
    made = re.compile(r"(?<!\w)(?:@|&#64;)\w|://|(?i:www\.)|(?:#|&#35;)\d(?!\d*;)")

    assert [attack for attack in CORPUS if made.search(render(attacked(attack), "markdown"))] == []


def test_no_cell_is_a_formula() -> None:
    formula = re.compile("[=+@\t\r\n\uff1d\uff0b\uff0d\uff20-]")

    for attack in CORPUS:
        rows = list(csv.reader(io.StringIO(render(attacked(attack), "csv"))))
        assert [len(row) for row in rows] == [len(HEAD)] * 7, attack
        assert [cell for row in rows for cell in row if formula.match(cell)] == [], attack


def test_a_cell_that_begins_like_a_formula_begins_with_an_apostrophe() -> None:
    rows = list(csv.DictReader(io.StringIO(render(attacked("=1+1"), "csv"))))

    assert (rows[0]["speaker"], rows[1]["why"]) == ("'=1+1Ann", "'=1+1another day")
    assert rows[0]["judges"] == "'=1+1chat\nnli"


def test_xml_and_json_keep_their_shape() -> None:
    def elements(xml: str) -> list[str]:
        return [one.tag for one in ET.fromstring(xml).iter()]  # noqa: S314 (our own)

    def shapes(report: Report) -> list[Any]:
        lines = [shape(json.loads(line)) for line in render(report, "jsonl").split("\n")[:-1]]
        return [elements(render(report, "junit")), shape(json.loads(render(report, "sarif"))), lines]

    for attack in CORPUS:
        said = attacked(attack)
        assert shapes(said) == shapes(attacked()), attack
        assert json.loads(render(said, "jsonl").split("\n")[0])["text"] == said.checks[0].claim.text, attack
        assert Report.model_validate_json(render(said, "json")) == said, attack


COMMAND = re.compile(
    r"\s*::([a-z]+) file=[^:,]*,line=\d+,endLine=\d+,col=\d+,(?:endColumn=\d+,)?title=c\d (?:[a-z .\d()]|%3A|%2C)+::"
)


def test_a_runner_obeys_our_own_commands_only() -> None:
    for attack in CORPUS:
        commands = render(attacked(attack), "github", files={"summary": f"{attack}.txt"}).split("\n")
        kinds = [COMMAND.match(line) for line in commands]
        plain = [line for line, kind in zip(commands, kinds, strict=True) if kind is None]
        assert [kind[1] for kind in kinds if kind] == ["error", "warning", "notice", "notice"], attack
        others = [line for form in ("text", "markdown") for line in render(attacked(attack), form).split("\n")]
        assert [line for line in (*plain, *others) if OBEYED.search(line)] == [], attack


def test_a_narrow_terminal_and_colour_let_nothing_through_either() -> None:
    for attack in CORPUS:
        for width in (40, 80, 100):
            written = render(attacked(attack), "text", width=width, color=True)
            assert STEERING.findall(re.sub(r"\x1b\[[\d;]*m", "", written)) == [], attack
            assert "\x1b[31mred" not in written
