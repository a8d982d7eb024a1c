"""A small suite of invented articles, in memory and as files."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from summarizer.evaluation.case_files import parse_case
from summarizer.evaluation.cases import Case, Suite

ARTICLE = (
    "The council of Harrow Bay met on Monday. Mayor Ana Pell said 12 members had backed the new bridge. "
    "Snow fell on the hills in the night and shut two roads. The library will not close."
)


def claim(id: str, text: str, label: str, **more: Any) -> dict[str, Any]:
    """A claim of a case file, with what its label needs."""
    facts: dict[str, Any] = {"id": id, "text": text, "label": label}
    if label == "supported":
        facts["evidence"] = [["Snow fell on the hills in the night and shut two roads."]]
    if label == "contradicted":
        facts |= {
            "evidence": [["Mayor Ana Pell said 12 members had backed the new bridge."]],
            "error": "number",
            "conflict": {"claim_words": "21", "source_words": "12"},
        }
    if label == "not_in_source":
        facts |= {"error": "plausible_addition"}
    return facts | more


def case_of(name: str = "bay", claims: Sequence[dict[str, Any]] = (), **more: Any) -> dict[str, Any]:
    """A case file as a dict."""
    default = (
        claim(f"{name}-1", "Snow fell on the hills in the night and shut two roads.", "supported"),
        claim(f"{name}-2", "Mayor Ana Pell said 21 members had backed the new bridge.", "contradicted"),
        claim(f"{name}-3", "Volcanoes erupted in Iceland.", "not_in_source"),
        claim(f"{name}-4", "The library stays open.", "supported", evidence=[["The library will not close."]]),
    )
    return {
        "article": f"{name}.txt",
        "kind": "council",
        "split": "dev",
        "key_sentences": ["The library will not close."],
        "summaries": [{"writer": "planted", "claims": list(claims or default)}],
        **more,
    }


def built(facts: dict[str, Any], article: str = ARTICLE) -> Case:
    return parse_case(f"{facts['article'].removesuffix('.txt')}.json", json.dumps(facts), article)


def suite_of(*names: str) -> Suite:
    """A suite of small cases, whose articles differ in their last words."""
    return Suite("a suite", tuple(built(case_of(name), f"{ARTICLE} {name}.") for name in names or ("bay",)))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The suite as files, to be broken."""
    (tmp_path / "cases").mkdir()
    (tmp_path / "articles").mkdir()
    for name in ("bay", "cove"):
        (tmp_path / "cases" / f"{name}.json").write_text(json.dumps(case_of(name)), encoding="utf-8")
        (tmp_path / "articles" / f"{name}.txt").write_text(f"{ARTICLE} {name}.", encoding="utf-8")
    return tmp_path
