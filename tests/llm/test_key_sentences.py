"""A model names key sentences by their numbers: their words are the source's own, and where it fails others are taken."""

import json
from typing import Any

import pytest

from summarizer import assemble, check, resolve
from summarizer.errors import UsageError
from summarizer.schema import KeyStatus
from tests.characters import MODELS, blocks, honest
from tests.llm.conftest import ARTICLE, asking, server

SUMMARY = "The library will not close."


def naming(*sentences: str) -> Any:
    """A model that judges honestly and names those sentences."""

    def answer(request: dict[str, Any]) -> str:
        return json.dumps({"sentences": sentences}) if "article" in blocks(request) else honest(request)

    return answer


def test_the_sentences_that_a_model_names_are_the_key_ones() -> None:
    with server() as at:
        embedded = check(SUMMARY, ARTICLE, backend=asking(at, "honest"))
        report = check(SUMMARY, ARTICLE, backend=asking(at, "honest", key_sentences="llm"))
        asked = [blocks(one.request) for one in at.log if one.request and "article" in blocks(one.request)]

    last = [*asked[0]["article"].values()][-2:]
    assert len(asked) == 1
    assert [key.evidence.quote for key in report.coverage.key_sentences] == last
    assert [key.evidence.quote for key in embedded.coverage.key_sentences] != last
    assert all(
        report.documents[0].text[key.evidence.span.start : key.evidence.span.end] == key.evidence.quote
        for key in report.coverage.key_sentences
    )
    assert report.run.finder
    assert [prompt.name for prompt in report.run.finder.prompts] == ["key.md", "again.md"]
    assert embedded.run.finder is None
    assert {stage.stage: stage.calls for stage in report.run.usage.stages}["key"] == 1


def test_what_the_summary_says_of_them_is_asked_as_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "The council met on Monday in the hall. The library will not close this year. Rain is expected on Friday."
    monkeypatch.setitem(MODELS, "naming", naming("s2", "s3"))
    with server() as at:
        report = check(SUMMARY, text, backend=asking(at, "naming", key_sentences="llm"))

    found = {key.evidence.quote: key.status for key in report.coverage.key_sentences}
    assert found["Rain is expected on Friday."] is KeyStatus.OMITTED
    assert found["The library will not close this year."] is not KeyStatus.OMITTED


@pytest.mark.parametrize("named", [(), ("s99",), ("snow",)], ids=["none", "one that there is not", "no number"])
def test_without_an_answer_the_extractive_writer_chooses_and_a_warning_says_so(
    named: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(MODELS, "naming", naming(*named))
    with server() as at:
        embedded = check(SUMMARY, ARTICLE, backend=asking(at, "honest"))
        report = check(SUMMARY, ARTICLE, backend=asking(at, "naming", key_sentences="llm"))

    assert report.coverage == embedded.coverage
    assert report.run.finder is None
    assert "named no key sentences, so the extractive writer chose them" in " ".join(report.run.warnings)


def test_more_than_were_asked_for_are_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(MODELS, "naming", naming("s3", "s2", "s1", "s4", "s2"))
    text = " ".join(f"The town of Harrow built bridge number {number} in the spring." for number in range(1, 9))
    with server() as at:
        report = check("Harrow built bridges.", text, backend=asking(at, "naming", key_sentences="llm"))

    assert len(report.coverage.key_sentences) == 3


def test_without_a_model_there_is_nobody_to_name_them() -> None:
    with pytest.raises(UsageError, match="--key-sentences llm: a language model names them; name one with --model"):
        assemble(resolve({"backend": "embedded", "key_sentences": "llm"}))


def test_a_source_that_is_too_long_for_one_request_is_read_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("summarizer.llm.model.SOURCE_LIMITS", (60,))
    text = " ".join(f"The town of Harrow built bridge number {number} in the spring." for number in range(1, 13))
    with server() as at:
        report = check("Harrow built bridges.", text, backend=asking(at, "honest", key_sentences="llm"))
        asked = [
            len(blocks(one.request)["article"]) for one in at.log if one.request and "article" in blocks(one.request)
        ]

    assert len(asked) > 2
    assert sum(asked[:-1]) == 12
    assert asked[-1] == 2 * (len(asked) - 1)
    assert [key.evidence.quote.split()[7] for key in report.coverage.key_sentences] == ["11", "12"]
