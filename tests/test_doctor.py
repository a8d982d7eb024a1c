"""`doctor` looks at key, server, model, schema support, clock and settings, and says what to do about each."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import time
from typing import Any

import pytest

from summarizer.doctor import Diagnosis, examine
from summarizer.llm.remote import chat
from summarizer.settings import resolve
from tests import fault_server as faults
from tests.fault_server import FaultServer, from_schema

KEY = "sk-test-1f2e3d4c5b6a"


@pytest.fixture(autouse=True)
def _fresh(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No key of the person who runs the tests, and nothing learned from another test's server."""
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "SUMMARIZER_BASE_URL", "SUMMARIZER_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    chat.SETTLED.clear()
    yield
    chat.SETTLED.clear()


def found(base_url: str | None = None, **settings: Any) -> dict[str, Diagnosis]:
    """What the doctor says, by its subject; of several the last."""
    return {one.subject: one for one in examine(resolve({"base_url": base_url, **settings}, environment={}))}


def marks(said: dict[str, Diagnosis]) -> dict[str, str]:
    """What is said of key and server."""
    return {subject: one.mark for subject, one in said.items() if subject not in ("embedded", "tokens", "local", "run")}


def server(*given: Any, **options: Any) -> FaultServer:
    return FaultServer(models={"small": from_schema}, faults=given, **options)


@contextmanager
def listing(status: int, clock: float) -> Iterator[str]:
    """A server that answers everything with this status, and whose clock shows this time."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response_only(status)
            self.send_header("Date", formatdate(clock, usegmt=True))
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_POST = do_GET  # noqa: N815 (http.server looks for that name)

        def log_message(self, format: str, *arguments: object) -> None: ...

    at = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=at.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{at.server_port}/v1"
    finally:
        at.shutdown()
        at.server_close()


def test_a_server_that_is_well_is_ok_in_everything_and_needs_no_key() -> None:
    with server() as at:
        said = found(at.base_url, model="small")

    assert marks(said) == {"key": "note", "server": "ok", "clock": "ok", "model": "ok", "schema": "ok"}
    assert said["model"].words == "small answers"
    assert said["schema"].words == "takes our JSON schema"
    assert {one.exit_status for one in said.values()} == {0}
    assert [one.method for one in at.log] == ["GET", "POST"]


def test_without_a_key_api_openai_com_is_asked_nothing_and_wrong_only_where_a_model_is_named() -> None:
    assert marks(found()) == {"key": "note"}
    assert found(model="gpt-5.4-mini")["key"] == Diagnosis(
        "WRONG", "key", "none: set OPENAI_API_KEY, or name a server with --base-url, to ask a model", 4
    )


def test_the_key_is_named_by_its_variable_and_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    with server() as at:
        monkeypatch.setenv("OPENAI_BASE_URL", at.base_url)
        said = found(at.base_url, model="small")

    assert (said["key"].mark, said["key"].words) == ("ok", f"from OPENAI_API_KEY, for {at.base_url}")
    assert KEY not in str(said)


def test_a_key_that_no_header_can_hold_is_wrong_and_sent_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MY_KEY", f"{KEY}\u200b")
    with server() as at:
        said = found(at.base_url, model="small", api_key_env="MY_KEY")

    assert marks(said) == {"key": "WRONG"}
    assert said["key"].words == "MY_KEY: the API key contains a space or a character that no key has; copy it again"
    assert (said["key"].exit_status, at.log) == (2, [])


def test_a_variable_of_the_sdk_that_no_header_can_hold_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_ORG_ID", "org-\u200b")
    with server() as at:
        monkeypatch.setenv("OPENAI_BASE_URL", at.base_url)
        said = found(at.base_url, model="small")

    assert (said["server"].mark, said["server"].exit_status) == ("WRONG", 2)
    assert said["server"].words.startswith("OPENAI_ORG_ID: ")


def test_a_model_that_the_server_does_not_list_is_noted_and_asked_all_the_same() -> None:
    with server() as at:
        said = list(examine(resolve({"base_url": at.base_url, "model": "large"}, environment={})))

    assert next((one.mark, one.words) for one in said if one.subject == "model") == (
        "note",
        "large is not among the 1 there: small",
    )
    assert (said[-1].mark, said[-1].subject, said[-1].exit_status) == ("WRONG", "model", 4)


def test_a_server_without_a_model_named_lists_those_that_there_are() -> None:
    with FaultServer(models={"small": from_schema, "large": from_schema}) as at:
        said = found(at.base_url)

    assert (said["model"].mark, said["model"].exit_status) == ("WRONG", 2)
    assert "it has large, small; name it with --model" in said["model"].words


def test_the_only_model_of_a_server_needs_no_name() -> None:
    with server() as at:
        assert found(at.base_url)["model"] == Diagnosis("ok", "model", "small answers")


@pytest.mark.parametrize(
    ("fault", "subject", "status"),
    [(faults.unauthorized(), "model", 4), (faults.status(400, {"error": {"message": "no"}}), "server", 5)],
)
def test_a_model_that_does_not_answer_has_the_exit_status_of_a_run(
    fault: faults.Fault, subject: str, status: int
) -> None:
    with server(fault) as at:
        said = found(at.base_url, model="small")

    assert (said[subject].mark, said[subject].exit_status) == ("WRONG", status)
    assert "schema" not in said


def test_a_model_that_thinks_before_it_answers_is_given_the_room() -> None:
    def thinks(_: int, request: dict[str, Any]) -> faults.Fault | None:
        return faults.finish("length", "") if request["max_completion_tokens"] < 2_000 else None

    with FaultServer(models={"small": from_schema}, fault_for=thinks) as at:
        assert found(at.base_url, model="small")["model"].mark == "ok"


def test_a_server_that_is_not_there_ends_the_examination() -> None:
    said = found("http://127.0.0.1:9/v1", model="small")

    assert marks(said) == {"key": "note", "server": "WRONG"}
    assert said["server"].exit_status == 5


def test_a_server_that_refuses_the_list_refuses_the_key() -> None:
    with listing(401, time()) as url:
        said = found(url, model="small")

    assert marks(said) == {"key": "WRONG", "server": "ok", "clock": "ok"}
    assert (said["key"].words, said["key"].exit_status) == (
        "refused (401): check it, and for which host it is",
        4,
    )


@pytest.mark.parametrize(("off", "words"), [(-3600, "60 minutes ahead of"), (3600, "60 minutes behind")])
def test_a_clock_that_is_wrong_is_noted_with_its_direction(off: int, words: str) -> None:
    with listing(401, time() + off) as url:
        said = found(url, model="small")

    assert said["clock"] == Diagnosis("note", "clock", f"{words} the server's; set it")


def test_a_list_of_another_form_hints_at_the_path() -> None:
    with listing(404, time()) as url:
        said = examine(resolve({"base_url": url, "model": "small"}, environment={}))

    assert "lists no models (status 404); is the path right, does it end in /v1?" in [one.words for one in said]


def test_what_works_in_a_run_is_named() -> None:
    with server() as at:
        asked = found(at.base_url, model="small", witness="none")["run"]

    assert asked == Diagnosis("ok", "run", "begins with these settings: llm (small), chat (small)")
    assert found(judge="lexical")["run"].words == "begins with these settings: extractive, sentences, lexical"


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"judge": "nlii"}, "no judge is called 'nlii'; "),
        ({"judge": "chat"}, "the openai backend needs a key: "),
        ({"backend": "openai"}, "the openai backend needs a key: "),
        ({"backend": "replay"}, "the replay backend needs recorded replies: "),
        ({"claims": "atomic"}, "--claims atomic: a language model splits "),
        ({"profile": "none.toml"}, "none.toml: cannot be read: "),
        ({"accepted": "none.json"}, "none.json: is not there; "),
    ],
)
def test_settings_with_which_no_run_begins_are_wrong(settings: dict[str, str], words: str) -> None:
    said = found(**settings)["run"]

    assert (said.mark, said.exit_status, said.words[: len(words)]) == ("WRONG", 2, words)
