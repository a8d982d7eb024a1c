"""A web page is fetched only when asked for, and never from a machine that is not on the public internet."""

import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from summarizer.errors import InputError, UsageError
from summarizer.reading import fetch as fetching
from summarizer.reading import read
from summarizer.reading.addresses import name_of, redirected, refusal, target_of
from summarizer.reading.fetch import fetch
from tests.reading.made import docx, paragraph

ARTICLE = "<!doctype html><html><body><article><p>Snow fell on two roads in the north.</p></article></body></html>"
Answer = Callable[[BaseHTTPRequestHandler], object]


def giving(body: bytes, kind: str = "text/html", **headers: str) -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", kind)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return answer


class Site:
    """A server on this machine that answers each path as told, and remembers who asked."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.asked: list[str] = []
        self.headers: dict[str, str] = {}
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append(self.path)
                site.headers = {key.lower(): value for key, value in self.headers.items()}
                site.answers[self.path](self)

            def log_message(self, format: str, *arguments: object) -> None: ...

        class Server(ThreadingHTTPServer):
            def handle_error(self, request: object, client_address: object) -> None: ...  # whom we left in mid-answer

        self.server = Server(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    def url(self, path: str = "/", host: str = "news.example") -> str:
        return f"http://{host}:{self.server.server_port}{path}"

    def gives(self, path: str, body: bytes, kind: str = "text/html", **headers: str) -> None:
        self.answers[path] = giving(body, kind, **headers)

    def leads(self, path: str, to: str, status: int = 302) -> None:
        def answer(handler: BaseHTTPRequestHandler) -> None:
            handler.send_response(status)
            handler.send_header("Location", to)
            handler.end_headers()

        self.answers[path] = answer


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A site that passes for a public one: only here are names given to this machine and its address let through."""
    one = Site()
    names = {"news.example": ["127.0.0.1"], "other.example": ["127.0.0.1"], "inside.example": ["10.0.0.7"]}
    monkeypatch.setattr(fetching, "resolve", lambda host, _port: names.get(host) or [host])
    monkeypatch.setattr(fetching, "refusal", lambda address: None if address == "127.0.0.1" else refusal(address))
    yield one
    one.server.shutdown()
    one.server.server_close()


def test_without_the_option_an_address_is_refused_and_nothing_is_asked(site: Site) -> None:
    with pytest.raises(UsageError, match="is a web address; add --allow-url to fetch it"):
        read(site.url())

    assert site.asked == []


def test_a_page_is_read_and_named_without_its_query(site: Site) -> None:
    site.gives("/a?key=1", ARTICLE.encode())

    reading = read(site.url("/a?key=1#top"), allow_url=True)

    assert reading.document.text == "Snow fell on two roads in the north."
    assert reading.document.name == site.url("/a")
    assert reading.warnings == ()


@pytest.mark.parametrize(
    ("kind", "body", "text"),
    [
        ("text/plain; charset=iso-8859-1", "Café.".encode("latin-1"), "Café."),
        ("text/plain; charset=ISO-8859-1", "“Café”".encode("cp1252"), "“Café”"),
        ("text/plain; charset=iso-8859-1", "“Café”".encode("utf-8-sig"), "“Café”"),
        ("text/markdown", b"# Snow\n\nIt fell.", "# Snow\n\nIt fell."),
        ("TEXT/HTML;charset=utf-8", ARTICLE.encode(), "Snow fell on two roads in the north."),
        ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", docx(paragraph("Words.")), "Words."),
    ],
)  # fmt: skip
def test_the_format_is_the_one_that_the_server_states(site: Site, kind: str, body: bytes, text: str) -> None:
    site.gives("/a", body, kind)

    assert read(site.url("/a"), allow_url=True).document.text == text


def test_no_key_cookie_or_proxy_has_a_part_in_it(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    site.gives("/a", b"Words.", "text/plain", Set_Cookie="a=b")

    assert fetch(site.url("/a")).data == b"Words."
    assert sorted(site.headers) == ["accept", "accept-encoding", "connection", "host", "user-agent"]
    assert site.headers["host"] == f"news.example:{site.server.server_port}"


def test_a_redirect_is_followed_and_told(site: Site) -> None:
    site.leads("/a", "/b")
    site.leads("/b", site.url("/c", "other.example"), 308)
    site.gives("/c", b"Words.", "text/plain")

    reading = read(site.url("/a"), allow_url=True)

    assert reading.document.name == site.url("/a")
    assert reading.warnings == (
        f"{site.url('/a')}: was read from {site.url('/c', 'other.example')}, to where it leads",
    )


@pytest.mark.parametrize(
    ("to", "words"),
    [
        ("http://10.0.0.7/", "resolves to 10.0.0.7, which is private"),
        ("http://inside.example/", "resolves to 10.0.0.7, which is private"),
        ("http://169.254.169.254/latest/meta-data/", "which is link-local"),
        ("http://[::1]/", "which is loopback"),
        ("file:///etc/passwd", "only http and https are fetched, not file"),
        ("gopher://news.example/", "only http and https are fetched, not gopher"),
        ("//user:secret@news.example/", "has a user name in it"),
        ("http://news.example:99999/", "is not a web address"),
        ("http://[::1", "not a web address"),
        ("/again", "redirects more than 5 times"),
    ],
)
def test_each_redirect_is_checked_anew(site: Site, to: str, words: str) -> None:
    site.leads("/again", to)

    with pytest.raises(InputError) as raised:
        fetch(site.url("/again"))

    assert words in str(raised.value)
    assert "secret" not in str(raised.value)
    assert len(site.asked) == (6 if to == "/again" else 1)


def test_no_redirect_leads_from_https_to_http() -> None:
    with pytest.raises(InputError, match="redirects from https to http"):
        redirected(target_of("https://news.example/a"), "http://news.example/a")


FORBIDDEN = [
    "127.0.0.1", "127.8.9.1", "0.0.0.1", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254",
    "169.254.170.2", "100.64.0.1", "100.100.100.200", "168.63.129.16", "192.0.0.192", "192.0.2.1", "198.18.0.1", "224.0.0.1",
    "239.255.255.250", "240.0.0.1", "255.255.255.255", "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254",
    "ff02::1", "fec0::1", "::ffff:127.0.0.1", "::ffff:169.254.169.254", "::ffff:0:10.0.0.1", "::10.0.0.1", "64:ff9b::7f00:1",
    "64:ff9b:1::1", "2002:7f00:1::", "2002:a00:1::1", "2001:0:53aa:64c::1", "2001:db8::1", "nonsense", "",
]  # fmt: skip


@pytest.mark.parametrize("address", FORBIDDEN)
def test_no_address_outside_the_public_internet_is_asked(address: str) -> None:
    assert refusal(address)


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "8.8.8.8", "2606:2800:220:1:248:1893:25c8:1946", "::ffff:8.8.8.8"]
)
def test_public_addresses_may_be_asked(address: str) -> None:
    assert refusal(address) is None


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:{port}/", "http://localhost:{port}/", "http://2130706433:{port}/", "http://0x7f000001:{port}/",
        "http://0177.0.0.1:{port}/", "http://127.1:{port}/", "http://[::ffff:127.0.0.1]:{port}/", "http://0:{port}/",
        "http://127.0.0.1.:{port}/", "http://①②⑦.0.0.1:{port}/",
    ],
)  # fmt: skip
def test_this_machine_is_not_asked_by_any_of_its_names(url: str) -> None:
    site = Site()
    try:
        with pytest.raises(InputError):
            fetch(url.format(port=site.server.server_port))
        assert site.asked == []
    finally:
        site.server.shutdown()
        site.server.server_close()


def test_one_private_address_among_public_ones_is_enough_to_refuse(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "resolve", lambda _host, _port: ["93.184.216.34", "192.168.0.9"])

    with pytest.raises(InputError, match=r"resolves to 192\.168\.0\.9, which is private"):
        fetch("http://news.example/")


def test_the_name_is_asked_for_once_and_the_checked_address_is_used(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter([["127.0.0.1"], ["10.0.0.7"]])
    monkeypatch.setattr(fetching, "resolve", lambda _host, _port: next(answers))
    monkeypatch.setattr(socket, "getaddrinfo", _numeric_only(socket.getaddrinfo))
    site.gives("/a", b"Words.", "text/plain")

    assert fetch(site.url("/a", "rebinding.example")).data == b"Words."
    assert next(answers) == ["10.0.0.7"]


def _numeric_only(real: Callable[..., object]) -> Callable[..., object]:
    def lookup(host: str, *rest: object, **options: object) -> object:
        assert host == "127.0.0.1", f"the name {host} was asked for again"
        return real(host, *rest, **options)

    return lookup


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("ftp://news.example/a", "only http and https are fetched, not ftp"),
        ("file:///etc/passwd", "only http and https are fetched, not file"),
        ("http://user:pass@news.example/", "has a user name in it"),
        ("http://@news.example/", "has a user name in it"),
        ("http:///path", "it names no host"),
        ("http://news.example:0/", "it names no host"),
        ("http://news.example:x/", "is not a web address"),
        ("http://news.example/a b", "has spaces or control characters"),
        ("http://news.example/a\r\nX: y", "has spaces or control characters"),
        ("http://news.example\\@10.0.0.1/", "has spaces or control characters"),
        ("http://" + "a" * 70 + ".example/", "is not a web address"),
        ("http://news.example/" + "a" * 5000, "it is too long"),
    ],
)
def test_what_is_no_plain_web_address_is_refused(url: str, words: str) -> None:
    with pytest.raises(InputError) as raised:
        fetch(url)

    assert words in str(raised.value)
    assert "pass@" not in str(raised.value)


def test_a_name_in_another_script_and_a_path_with_accents_are_sent_in_ascii() -> None:
    target = target_of("https://bücher.example:444/é?q=ü")

    assert (target.host, target.authority, target.path) == ("xn--bcher-kva.example", "xn--bcher-kva.example:444", "/%C3%A9?q=%C3%BC")  # fmt: skip
    assert name_of("https://a.example/b?c#d") == "https://a.example/b"


def junk(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"junk\n")


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (giving(b"x", "image/png"), "is image/png, not a web page, text, PDF or Word file"),
        (giving(b"x", Content_Encoding="gzip"), "is compressed (gzip)"),
        (giving(b"x" * (fetching.MAX_BYTES + 1)), "is larger than 8 MB"),
        (giving(b"x", Content_Length="99"), "cannot be fetched: IncompleteRead"),
        (lambda handler: handler.send_error(404), "answers 404 Not Found"),
        (lambda handler: handler.send_error(302), "answers 302 Found"),
        (lambda handler: handler.send_error(999), "answers 999"),
        (junk, "cannot be fetched: BadStatusLine"),
    ],
)
def test_answers_that_are_no_article_are_refused(site: Site, answer: Answer, words: str) -> None:
    site.answers["/a"] = answer

    with pytest.raises(InputError) as raised:
        fetch(site.url("/a"))

    assert words in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_server_that_drips_is_cut_off(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "SECONDS", 1.0)

    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        for _ in range(100):
            handler.wfile.write(b"x")
            handler.wfile.flush()
            time.sleep(0.1)

    def drip_headers(handler: BaseHTTPRequestHandler) -> None:
        for _ in range(100):
            handler.wfile.write(b"H")
            handler.wfile.flush()
            time.sleep(0.1)

    for answer in (drip, drip_headers):
        site.answers["/a"] = answer
        began = time.monotonic()
        with pytest.raises(InputError, match="took longer than 1 s"):
            fetch(site.url("/a"))
        assert time.monotonic() - began < 3


def test_a_server_that_is_not_there_is_one_line(site: Site) -> None:
    port = site.server.server_port
    site.server.shutdown()
    site.server.server_close()

    with pytest.raises(InputError, match="cannot be fetched: Connection refused"):
        fetch(f"http://news.example:{port}/")


def test_https_expects_the_certificate_of_the_name(site: Site) -> None:
    with pytest.raises(InputError, match=r"cannot be fetched: \[SSL"):
        fetch(site.url("/a").replace("http:", "https:"))

    assert ssl.create_default_context().check_hostname


def test_an_unknown_name_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)

    with pytest.raises(InputError, match="no host of that name was found"):
        fetch("http://nowhere.example/")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["http://127.0.0.1:9/"], "is a web address; add --allow-url to fetch it"),
        (["http://127.0.0.1:9/", "--allow-url"], "which is loopback; only public addresses are fetched"),
        (["file:///etc/passwd", "--allow-url"], "only http and https are fetched"),
    ],
)
def test_on_the_command_line_an_address_that_is_refused_is_one_line(
    arguments: list[str], words: str, tmp_path: Path
) -> None:
    (tmp_path / "report.txt").write_text("old", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "summarizer", "summarize", *arguments, "-o", tmp_path / "report.txt"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert words in done.stderr
