"""The seed article before a real decision server, from end to end: what it answered is replayed, without a network.

`seed/replies.jsonl` was recorded from llama.cpp (xllamacpp 2026.10.11549), which served Qwen2.5-Coder-1.5B-Instruct
(Q4_K_M) at `/v1/systemone` with two texts added to its metadata, as `tests/llm/gguf.py` adds them:
`qwen2.decision.type = "openjev"`, and `seed/systemone.jinja` as `tokenizer.chat_template.systemone`:

    summarizer check tests/judging/seed/summary.txt --source seeds/000_ddc4e36fb49c3094.txt --judge decisions
        --judge-model qwen2.5-coder-1.5b --base-url http://127.0.0.1:PORT/v1 --witness none --record replies.jsonl

Where the report has another form, `python -m tests.judging.test_seed_recording` writes the expected ones anew. The
embedded model has no part in it, so that other weights change nothing here.
"""

import json
from collections import Counter
from pathlib import Path

import pytest

from summarizer.schema import Report
from tests.cli.calls import call
from tests.conftest import ROOT, SEED

FOLDER = Path(__file__).parent / "seed"
WAYS: dict[str, tuple[str, ...]] = {
    "sentences": (),
    "passages": ("--cite", "passages"),
    "decided": ("--cite", "passages", "--decide"),
}
"""Name of the expected report, and the options that it was made with; one recording serves all of them."""


def replayed(way: str, form: str) -> str:
    """The report of the recorded run, as it is printed."""
    done = call(
        "check", FOLDER / "summary.txt", "--source", SEED, "--judge", "decisions", "--witness", "none",
        "--replies", FOLDER / "replies.jsonl", "--format", form, *WAYS[way], cwd=ROOT,
    )  # fmt: skip
    assert done.status == 1, done.stderr  # the summary has errors
    return done.stdout


@pytest.mark.parametrize("way", WAYS)
def test_the_report_is_the_same_byte_for_byte(way: str) -> None:
    assert replayed(way, "text").encode() == (FOLDER / f"{way}.txt").read_bytes()


@pytest.mark.parametrize("way", WAYS)
def test_a_replay_gives_the_same_bytes_twice_and_evidence_that_slices_back(way: str) -> None:
    written = replayed(way, "json")

    assert replayed(way, "json") == written
    report = Report.model_validate_json(written)
    texts = {one.id: one.text for one in report.documents}
    assert len(report.checks) == 10
    assert report.all_evidence()
    assert all(one.span.of(texts[one.document]) == one.quote for one in report.all_evidence())


def test_a_model_that_is_hardly_sure_of_anything_decides_one_claim() -> None:
    checks = json.loads(replayed("sentences", "json"))["checks"]

    assert Counter(one["outcome"]["kind"] for one in checks) == {"undecided": 9, "verdict": 1}
    assert checks[9]["outcome"]["label"] == "not_in_source"


def test_made_to_decide_it_shows_for_each_claim_the_sentence_that_it_is_about() -> None:
    checks = json.loads(replayed("decided", "json"))["checks"]

    said = [(one["outcome"]["label"], one["outcome"]["evidence"][0]["quote"][:40]) for one in checks[:9]]
    assert said == [
        ("supported", "Germany, Poland and NATO have ruled out "),
        ("contradicted", "Tuesday's statements came a day after Fr"),
        ("supported", "Chancellor Olaf Scholz said participants"),
        ("contradicted", "Meanwhile, Polish Prime Minister Donald "),
        ("supported", "NATO Secretary General Jens Stoltenberg "),
        ("not_in_source", "Nothing prevents NATO members from engag"),
        ("contradicted", "The Kremlin, meanwhile, warned that dire"),
        ("supported", "French Foreign Minister Stephane Sejourn"),
        ("supported", "The Paris conference came shortly after "),
    ]


if __name__ == "__main__":
    for name in WAYS:
        (FOLDER / f"{name}.txt").write_bytes(replayed(name, "text").encode())
