"""`summarizer models`: what a server offers, named errors, and a key that goes to its own host only."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.cli.processes import run
from tests.fault_server import FaultServer, from_schema

KEY = "sk-test-0a1b2c3d4e5f"
NAMES = dict.fromkeys(("qwen-small", "alpha", "zeta\x1b[31m::error::x"), from_schema)


@contextmanager
def answering(status: int, body: bytes, **headers: str) -> Iterator[tuple[str, list[str | None]]]:
    """A server that answers everything so, and the keys that it was sent."""
    keys: list[str | None] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            keys.append(self.headers["authorization"])
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *arguments: object) -> None: ...

    class Server(ThreadingHTTPServer):
        def handle_error(self, request: object, client_address: object) -> None: ...  # who left in mid-answer

    server = Server(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1", keys
    finally:
        server.shutdown()
        server.server_close()


def test_the_models_of_a_server_are_listed_one_a_line() -> None:
    with FaultServer(models=NAMES) as server:
        done = run("models", "--base-url", server.base_url)

    assert (done.returncode, done.stdout) == (0, "alpha\nqwen-small\nzeta\\x1b[31m::error::x\n")
    assert done.stderr == f"summarizer: 3 models at {server.base_url}\n"
    assert [(one.method, one.path) for one in server.log] == [("GET", "/v1/models")]


def test_a_server_may_come_from_a_variable_and_its_key_goes_there() -> None:
    with FaultServer(models=NAMES) as server:
        done = run("models", SUMMARIZER_BASE_URL=server.base_url, SUMMARIZER_API_KEY=KEY)

    assert done.returncode == 0
    assert server.log[0].headers["authorization"] == f"Bearer {KEY}"
    assert KEY not in done.stdout + done.stderr


def test_a_key_for_another_host_is_not_sent() -> None:
    with FaultServer(models=NAMES) as mine, FaultServer(models=NAMES) as other:
        done = run("models", "--base-url", other.base_url, OPENAI_API_KEY=KEY, OPENAI_BASE_URL=mine.base_url)

    assert done.returncode == 0
    assert mine.log == []
    assert "authorization" not in other.log[0].headers


def test_the_embedded_backend_says_what_it_is_and_asks_nobody() -> None:
    with FaultServer(models=NAMES) as server:
        done = run("models", OPENAI_API_KEY=KEY, OPENAI_BASE_URL=server.base_url)

    assert (done.returncode, server.log) == (0, [])
    assert (
        done.stdout
        == "embedded: a cross-encoder of 33 million parameters in this package; no language model, no key, no network\n"
    )
    assert done.stderr == "summarizer: to list those of a server, add --base-url URL or --backend openai\n"


LISTED = json.dumps({"data": [{"id": "m"}]}).encode()


@pytest.mark.parametrize(
    ("status", "body", "headers", "exit_status", "words"),
    [
        (401, b"{}", {}, 4, "refuses the key (401): check it, and for which host it is"),
        (403, b"{}", {}, 4, "refuses the key (403)"),
        (
            400,
            b'[{"error": {"message": "API key not valid."}}]',
            {},
            4,
            "refuses the key (400): API key not valid; check",
        ),
        (404, b"", {}, 5, "lists no models (status 404); does the base URL end in /v1?"),
        (500, LISTED, {}, 5, "lists no models (status 500)"),
        (307, b"", {"Location": "http://127.0.0.1:9/v1/models"}, 5, "redirects; redirects are not followed"),
        (200, b"<html>Sign in</html>", {}, 5, "its answer is not a list of models"),
        (200, b'{"data": {}, "data": []}', {}, 5, "its answer is not a list of models"),
        (200, b'{"data": [["id"]]}', {}, 5, "its answer is not a list of models"),
        (200, b"\xff" * 5_000_000, {}, 5, "the list of models has more than 4,000,000 bytes"),
        (200, LISTED, {"Content-Length": "999999"}, 5, "does not answer (RemoteProtocolError)"),
    ],
)
def test_what_goes_wrong_is_named(
    status: int, body: bytes, headers: dict[str, str], exit_status: int, words: str
) -> None:
    with answering(status, body, **headers) as (url, keys):
        done = run("models", "--base-url", url, "--api-key-env", "MY_KEY", MY_KEY=KEY)

    assert (done.returncode, done.stdout) == (exit_status, "")
    assert words in done.stderr
    assert done.stderr.count("\n") == 1
    assert keys == [f"Bearer {KEY}"]
    assert KEY not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["--base-url", "http://127.0.0.1:9/v1"], 5, "does not answer (ConnectError): is it running"),
        (["--base-url", "ftp://127.0.0.1/v1"], 2, "not a base URL"),
        (["--backend", "openai"], 2, "api.openai.com needs a key: set OPENAI_API_KEY"),
        (["--backend", "replay"], 2, "recorded replies name their own model"),
        (["--base-url", "http://127.0.0.1:9/v1", "--api-key-env", "NO_SUCH"], 2, "NO_SUCH is not set"),
    ],
)
def test_what_cannot_be_asked_is_one_line(arguments: list[str], status: int, words: str) -> None:
    done = run("models", *arguments)

    assert (done.returncode, done.stdout) == (status, "")
    assert words in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("key", ["sk-test-é", "sk-test-1\nsk-test-2", "sk test", "sk-test\u200b"])
@pytest.mark.parametrize(
    "arguments", [["models"], ["check", "s.txt", "-s", "s.txt"], ["check", "s.txt", "-s", "s.txt", "--model", "m"]]
)
def test_a_key_that_no_header_can_hold_is_one_line(arguments: list[str], key: str, tmp_path: Path) -> None:
    (tmp_path / "s.txt").write_text("Snow fell.", encoding="utf-8")
    at = ["--base-url", "http://127.0.0.1:9/v1", "--api-key-env", "MY_KEY"]

    done = run(*arguments, *at, cwd=tmp_path, MY_KEY=key)

    words = "MY_KEY: the API key contains a space or a character that no key has; copy it again"
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"summarizer: error: {words}\n")


def test_a_list_of_no_models_is_no_error() -> None:
    with answering(200, b'{"data": []}') as (url, _):
        done = run("models", "--base-url", url)

    assert (done.returncode, done.stdout, done.stderr) == (0, "", f"summarizer: 0 models at {url}\n")
