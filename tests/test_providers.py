"""Short names of servers before a model's name, a server with one model, and what serves on this machine."""

import asyncio
from pathlib import Path

import pytest

from summarizer import check, doctor
from summarizer.components import assemble, openai_backend
from summarizer.errors import SettingsError, UsageError
from summarizer.llm.models import RunOptions
from summarizer.llm.remote.chat import SETTLED
from summarizer.providers import PROVIDERS, Provider, left_out_at, named_in
from summarizer.schema import Verdict
from summarizer.settings import PROJECT_FILE, key_for, resolve
from tests.characters import MODELS, honest
from tests.fault_server import FaultServer, from_schema

ARTICLE = "The library of Harrow Bay will not close. The ferry to Tarn costs 40 crowns."


def at(model: str, **more: str) -> dict[str, object]:
    settings = resolve({"model": model, **more}, environment={})
    return {name: settings[name] for name in ("base_url", "model", "api_key_env")}


@pytest.mark.parametrize(
    ("given", "base_url", "model", "key"),
    [
        ("ollama:qwen3:4b", "http://127.0.0.1:11434/v1", "qwen3:4b", None),
        ("lmstudio:qwen/qwen3-4b", "http://127.0.0.1:1234/v1", "qwen/qwen3-4b", None),
        ("openrouter:meta/llama-4", "https://openrouter.ai/api/v1", "meta/llama-4", "OPENROUTER_API_KEY"),
        ("openai:gpt-5.4-mini", "https://api.openai.com/v1", "gpt-5.4-mini", "OPENAI_API_KEY"),
        ("qwen3:4b", "https://api.openai.com/v1", "qwen3:4b", None),
        ("ollama:", "https://api.openai.com/v1", "ollama:", None),
        ("hf.co/x:Q4", "https://api.openai.com/v1", "hf.co/x:Q4", None),
    ],
)
def test_a_short_name_sets_server_model_and_key(given: str, base_url: str, model: str, key: str | None) -> None:
    assert at(given) == {"base_url": base_url, "model": model, "api_key_env": key}


def test_the_same_server_may_be_named_twice_and_another_not() -> None:
    assert at("ollama:a", base_url="http://127.0.0.1:11434/v1/")["model"] == "a"
    with pytest.raises(SettingsError, match="leave one of them out"):
        at("ollama:a", base_url="http://127.0.0.1:1/v1")
    with pytest.raises(SettingsError, match="all are asked at one server"):
        at("ollama:a", judge_model="openrouter:b")
    assert at("ollama:a", judge_model="b")["base_url"] == "http://127.0.0.1:11434/v1"


def test_a_key_goes_to_its_own_provider_alone() -> None:
    environment = {"OPENAI_API_KEY": "sk-openai", "OPENROUTER_API_KEY": "sk-router"}

    keys = {name: key_for(resolve({"model": f"{name}:m"}, environment=environment), environment) for name in PROVIDERS}

    assert {name: key.secret for name, key in keys.items() if key} == {"openai": "sk-openai", "openrouter": "sk-router"}


def test_without_its_key_a_provider_is_not_asked() -> None:
    with pytest.raises(SettingsError, match="the variable OPENROUTER_API_KEY is not set"):
        key_for(resolve({"model": "openrouter:m"}, environment={}), {})


def test_a_project_file_sends_no_text_anywhere(tmp_path: Path) -> None:
    (tmp_path / PROJECT_FILE).write_text('model = "openrouter:m"\n', encoding="utf-8")

    with pytest.raises(SettingsError, match="a project file names no server"):
        resolve({}, environment={}, folder=tmp_path)


def test_the_older_limit_is_sent_where_the_newer_one_is_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    assert left_out_at("http://127.0.0.1:11434/v1") == {"max_completion_tokens"}
    SETTLED.clear()
    with FaultServer(models=MODELS) as server:
        known = {"ollama": Provider("Ollama", server.base_url, left_out=frozenset({"max_completion_tokens"}))}
        monkeypatch.setattr("summarizer.providers.PROVIDERS", known)
        backend = openai_backend(model="honest", base_url=server.base_url, claims="sentence", witness="none")
        check("The library will not close.", ARTICLE, backend=backend)

    (call,) = server.calls
    assert call.request is not None
    assert "max_tokens" in call.request
    assert "max_completion_tokens" not in call.request


def test_a_server_with_one_model_needs_no_name() -> None:
    with FaultServer(models={"only": honest}) as server:
        settings = resolve({"base_url": server.base_url, "claims": "sentence", "witness": "none"}, environment={})
        components = assemble(settings)
        report = check("The library of Harrow Bay will not close.", ARTICLE, backend=components)

        async def within_a_loop() -> str | None:
            return assemble(settings).judge.about.model

        assert asyncio.run(within_a_loop()) == "only"

    assert components.judge.about.model == "only"
    assert isinstance(report.checks[0].outcome, Verdict)


def test_a_server_with_several_models_is_asked_which() -> None:
    with (
        FaultServer(models={"a": from_schema, "b": from_schema}) as server,
        pytest.raises(UsageError, match="it has a, b; name it"),
    ):
        assemble(resolve({"base_url": server.base_url}, environment={}))


def test_a_server_without_models_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("summarizer.llm.remote.listing.list_models", lambda _: ())

    with pytest.raises(UsageError, match="it lists none; name it with --model"):
        assemble(resolve({"base_url": "http://127.0.0.1:9/v1"}, environment={}))


def test_a_dry_run_asks_no_server_which_models_it_has() -> None:
    with FaultServer(models={"only": honest}) as server:
        components = assemble(resolve({"base_url": server.base_url}, environment={}), RunOptions(dry_run=True))
        check("The library of Harrow Bay will not close.", ARTICLE, backend=components)

    assert server.log == []
    assert components.judge.about.model is None


def test_the_doctor_finds_what_serves_on_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    with FaultServer(models={"qwen3:4b": from_schema}) as server:
        port = server.base_url.split(":")[2].split("/")[0]
        known = {
            "ollama": Provider("Ollama", f"http://127.0.0.1:{port}/v1"),
            "vllm": Provider("vLLM", "http://127.0.0.1:9/v1"),
        }
        monkeypatch.setattr(doctor, "PROVIDERS", known)
        found = {one.subject: one for one in doctor.examine(resolve({}, environment={})) if one.subject == "local"}

    assert found["local"].mark == "ok"
    assert "--model ollama:qwen3:4b" in found["local"].words


def test_the_doctor_says_where_it_looked_in_vain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "PROVIDERS", {"vllm": Provider("vLLM", "http://127.0.0.1:9/v1")})

    (found,) = [one for one in doctor.examine(resolve({}, environment={})) if one.subject == "local"]

    assert (found.mark, found.exit_status) == ("note", 0)
    assert "usual ports of this machine: 9" in found.words


def test_a_name_is_split_once() -> None:
    assert named_in("ollama:library/ollama:x") == ("ollama", "library/ollama:x")
    assert named_in("OLLAMA:x") is None
