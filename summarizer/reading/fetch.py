"""Fetch one web page, and nothing that its address could be made to stand for.

Each address that a name resolves to is looked at, and the connection goes to one of those looked at, so that
the name cannot mean another machine a moment later. Every redirect starts over. No key, cookie, proxy or
setting of the environment has a part in it, but the system's certificates.
"""

import http.client
import socket
import ssl
import threading
from email.message import Message
from http import HTTPStatus
from typing import NamedTuple, Self

from summarizer._version import __version__
from summarizer.errors import InputError
from summarizer.reading.addresses import Target, redirected, refusal, target_of
from summarizer.reading.decoding import codec_of, marked
from summarizer.reading.formats.sniff import Format

MAX_BYTES = 8 * 1024 * 1024
MAX_REDIRECTS = 5
SECONDS = 20.0  # for one answer, from the connection to its last byte
CHUNK = 64 * 1024
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FORMATS = {
    "text/html": Format.HTML,
    "application/xhtml+xml": Format.HTML,
    "text/plain": Format.TEXT,
    "text/markdown": Format.TEXT,
    "application/pdf": Format.PDF,
    WORD_TYPE: Format.DOCX,
}
HEADERS = {
    "User-Agent": f"summarizer/{__version__}",
    "Accept": ", ".join(FORMATS),
    "Accept-Encoding": "identity",  # what is not packed cannot be a bomb
    "Connection": "close",
}


class Page(NamedTuple):
    """What came back."""

    data: bytes
    format: Format
    """As the server states it."""
    encoding: str | None
    """Likewise; None where the page has a byte order mark, which overrules it."""
    warnings: tuple[str, ...] = ()


class _Redirect(NamedTuple):
    location: str


def fetch(url: str) -> Page:
    """Return the page at `url`. Raises `InputError` for what is refused, missing, too large, too slow or no text."""
    target = target_of(url)
    for _ in range(MAX_REDIRECTS + 1):
        answer = _ask(target)
        if isinstance(answer, Page):
            moved = target.url != target_of(url).url
            return answer._replace(warnings=(f"was read from {target.url}, to where it leads",)) if moved else answer
        target = redirected(target, answer.location)
    raise InputError(f"{target.url}: redirects more than {MAX_REDIRECTS} times; give the final address")


def _ask(target: Target) -> Page | _Redirect:
    address = _checked_address(target)
    deadline = _Deadline(SECONDS)
    try:
        with deadline, _connected(target, address, deadline) as connection:
            connection.request("GET", target.path, headers={"Host": target.authority, **HEADERS})
            with connection.getresponse() as response:
                answer = _answer(target, response)
            if deadline.passed:  # a line that was cut ends like one that is done
                raise TimeoutError
            return answer
    except ssl.SSLCertVerificationError as error:
        raise InputError(f"{target.url}: its certificate is not valid: {error.verify_message}") from error
    except (OSError, http.client.HTTPException) as error:
        if deadline.passed:
            raise InputError(
                f"{target.url}: took longer than {SECONDS:g} s; save the page and give the file"
            ) from error
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise InputError(f"{target.url}: cannot be fetched: {reason}; save the page and give the file") from error


def _checked_address(target: Target) -> str:
    """The first address of the name, where all of them belong to the public internet."""
    addresses = resolve(target.host, target.port)
    for address in addresses:
        if why := refusal(address):
            raise InputError(f"{target.url}: resolves to {address}, which is {why}; only public addresses are fetched")
    return addresses[0]


def resolve(host: str, port: int) -> list[str]:
    """The numeric addresses of a name. Raises `InputError` where it has none."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise InputError(f"{host}: no host of that name was found; check the address") from error
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def _connected(target: Target, address: str, deadline: "_Deadline") -> "_Connection":
    """A connection to the very address that was checked; the name only says whose certificate is expected."""
    line = socket.create_connection((address, target.port), timeout=SECONDS)
    deadline.watch(line)
    if target.scheme == "https":
        line = ssl.create_default_context().wrap_socket(line, server_hostname=target.host)
        deadline.watch(line)
    connection = _Connection(target.host, target.port)
    connection.sock = line
    return connection


class _Connection(http.client.HTTPConnection):
    """Closed at the end of a `with`; never opens a socket by itself, which would ask for the name again."""

    auto_open = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class _Deadline:
    """Ends a connection after so many seconds, also one that sends a byte now and then."""

    def __init__(self, seconds: float) -> None:
        self.passed = False
        self._line: socket.socket | None = None
        self._timer = threading.Timer(seconds, self._end)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()

    def watch(self, line: socket.socket) -> None:
        self._line = line

    def _end(self) -> None:
        self.passed = True
        if self._line is not None:
            try:
                self._line.shutdown(socket.SHUT_RDWR)
            except OSError:
                return  # it has ended by itself


def _answer(target: Target, response: http.client.HTTPResponse) -> Page | _Redirect:
    location = response.getheader("Location")
    if response.status in (301, 302, 303, 307, 308) and location:
        return _Redirect(location)
    if response.status != HTTPStatus.OK:
        raise InputError(
            f"{target.url}: the server answers {response.status} {_phrase(response.status)}; save the page and give the file"
        )
    packed = response.getheader("Content-Encoding", "identity").strip().lower()
    if packed not in ("", "identity"):
        raise InputError(
            f"{target.url}: is compressed ({packed[:20]}), which was not asked for; save the page and give the file"
        )
    stated = _type(response)
    found = FORMATS.get(stated.get_content_type())
    if found is None:
        kinds = "web page, text, PDF or Word file"
        raise InputError(
            f"{target.url}: is {stated.get_content_type()[:60]}, not a {kinds}; save its text and give the file"
        )
    data = bytearray()
    while chunk := response.read1(CHUNK):
        data += chunk
        if len(data) > MAX_BYTES:
            raise InputError(f"{target.url}: is larger than {MAX_BYTES // 1024**2} MB; save the part that you need")
    if response.length:
        raise http.client.IncompleteRead(b"", response.length)
    whole = bytes(data)
    return Page(whole, found, _encoding(stated, whole))


def _encoding(stated: Message, data: bytes) -> str | None:
    charset = stated.get_content_charset() if stated.get_content_maintype() == "text" else None
    return codec_of(charset) if charset and not marked(data)[1] else None


def _type(response: http.client.HTTPResponse) -> Message:
    message = Message()
    message["Content-Type"] = response.getheader("Content-Type", "text/html")
    return message


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""
