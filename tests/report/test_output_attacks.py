"""Text from outside in every place of a report: it stays text in every form (XSS, terminal, formulas, runners)."""

import csv
import io
import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

import pytest
from markdown_it import MarkdownIt

from summarizer.report import (
    to_csv,
    to_github,
    to_html,
    to_jsonl,
    to_junit,
    to_markdown,
    to_sarif,
    to_text,
)
from summarizer.schema import Report
from tests.conftest import ROOT
from tests.reports import FORMS, small_report

GROUPS = json.loads((ROOT / "tests" / "attacks" / "output.json").read_text(encoding="utf-8"))["groups"]
CORPUS = [attack for group in GROUPS.values() for attack in group]
STEERING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]"
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


OURS = Elements(to_html(small_report()))


def shape(value: Any) -> Any:
    """A JSON value with its words taken out."""
    if isinstance(value, dict):
        return {name: shape(part) for name, part in value.items()}
    return [shape(part) for part in value] if isinstance(value, list) else type(value).__name__


def test_the_corpus_has_at_least_sixty_different_strings() -> None:
    assert len(set(CORPUS)) == len(CORPUS) >= 60


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("attack", CORPUS, ids=ascii)
def test_nothing_from_outside_steers_a_terminal(attack: str, form: Callable[[Report], str]) -> None:
    assert STEERING.findall(form(small_report(attack))) == []


@pytest.mark.parametrize("attack", CORPUS, ids=ascii)
def test_html_has_our_elements_and_attributes_and_no_others(attack: str) -> None:
    found = Elements(to_html(small_report(attack)))

    assert found.others == []
    if len(attack.splitlines()) == 1:  # a line end makes paragraphs of its own
        assert found.elements == OURS.elements
    names = {(tag, name) for tag, attributes in OURS.elements for name, _ in attributes}
    assert {(tag, name) for tag, attributes in found.elements for name, _ in attributes} <= names
    assert {tag for tag, _ in found.elements} <= {tag for tag, _ in OURS.elements}


def test_every_reference_stays_within_the_page() -> None:
    values = [(name, str(value)) for _, attributes in OURS.elements for name, value in attributes]

    assert {value[:1] for name, value in values if name == "href"} == {"#"}
    assert [name for name, _ in values if name.startswith("on") or name in ("src", "style", "action", "srcset")] == []
    targets = {value for name, value in values if name == "id"}
    assert [value for name, value in values if name == "href" and value[1:] not in targets] == []


@pytest.mark.parametrize("attack", CORPUS, ids=ascii)
def test_html_shows_the_words_and_hides_none(attack: str) -> None:
    page = to_html(small_report(f"{attack}|"))

    assert page.count("|") - to_html(small_report()).count("|") >= 20


@pytest.mark.parametrize("attack", CORPUS, ids=ascii)
def test_markdown_makes_nothing_of_text_from_outside(attack: str) -> None:
    tokens = MarkdownIt("commonmark").enable("table").parse(to_markdown(small_report(attack)))

    inline = [child.type for token in tokens for child in token.children or []]
    assert {token.type for token in tokens} & {"html_block", "fence", "code_block", "table_open"} == set()
    assert set(inline) & {"html_inline", "link_open", "image", "code_inline"} == set()


@pytest.mark.parametrize("attack", CORPUS, ids=ascii)
def test_no_cell_is_a_formula(attack: str) -> None:
    rows = list(csv.reader(io.StringIO(to_csv(small_report(attack)))))

    assert [len(row) for row in rows] == [16] * 5
    assert [cell for row in rows for cell in row if re.match("[=+@\t\r\n\uff1d\uff0b\uff0d\uff20-]", cell)] == []


def test_a_cell_that_begins_like_a_formula_begins_with_an_apostrophe() -> None:
    rows = list(csv.DictReader(io.StringIO(to_csv(small_report("=1+1")))))

    assert (rows[0]["speaker"], rows[1]["why"]) == ("'=1+1Ann", "'=1+1another day")


@pytest.mark.parametrize("attack", CORPUS, ids=ascii)
def test_xml_and_json_keep_their_shape(attack: str) -> None:
    said, plain = small_report(attack), small_report()

    def elements(xml: str) -> list[str]:
        return [one.tag for one in ET.fromstring(xml).iter()]  # noqa: S314 (our own)

    assert elements(to_junit(said)) == elements(to_junit(plain))
    assert shape(json.loads(to_sarif(said))) == shape(json.loads(to_sarif(plain)))
    assert [shape(json.loads(line)) for line in to_jsonl(said).split("\n")[:-1]] == [
        shape(json.loads(line)) for line in to_jsonl(plain).split("\n")[:-1]
    ]
    assert json.loads(to_jsonl(said).split("\n")[0])["text"] == said.checks[0].claim.text


@pytest.mark.parametrize("attack", CORPUS, ids=ascii)
def test_a_runner_obeys_our_own_commands_only(attack: str) -> None:
    name = f"{attack}.txt"

    commands = to_github(small_report(attack), files={"summary": name}).split("\n")

    kinds = [
        re.match(
            r"\s*::([a-z]+) file=[^:,]*,line=\d+,endLine=\d+,col=\d+,(?:endColumn=\d+,)?title=c\d [a-z ()]+::", line
        )
        for line in commands
    ]
    plain = [line for line, kind in zip(commands, kinds, strict=True) if kind is None]
    assert [kind[1] for kind in kinds if kind] == ["error", "warning", "notice"]
    assert [line for line in plain if OBEYED.search(line)] == []
    for form in (to_text, to_markdown):
        lines = form(small_report(attack)).split("\n")
        assert [line for line in lines if OBEYED.search(line)] == []
