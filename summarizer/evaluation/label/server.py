"""The socket of the labelling page: on 127.0.0.1 alone, one decision at a time."""

import os
import secrets
import socketserver
import sys
import threading
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from summarizer.errors import UsageError
from summarizer.evaluation.label.page import page
from summarizer.evaluation.label.protocol import Head, Refusal, Reply, RequestGuard, answer, body_length, refused
from summarizer.evaluation.label.store import LabelStore

SECONDS = 10  # that a client may take over a request
DRAINED = 4 * 1024 * 1024  # bytes of a refused body that are read, so that the client gets to see the answer


class LabelServer(ThreadingHTTPServer):
    """Serves a store until it is stopped; `url` holds the token that gives access."""

    daemon_threads = True
    allow_reuse_address = os.name == "posix"  # elsewhere it would let another program listen on our port too

    def __init__(self, store: LabelStore, *, port: int = 0) -> None:
        self._store = store
        self._writing = threading.Lock()
        self._stopped = False
        try:
            super().__init__(("127.0.0.1", port), _Handler)
        except (OSError, OverflowError) as error:
            reason = getattr(error, "strerror", None) or error
            raise UsageError(f"port {port}: cannot be used: {reason}; leave --port out for a free one") from None
        self.request_guard = RequestGuard(secrets.token_urlsafe(32), self.server_address[1])

    @property
    def url(self) -> str:
        """Where the page is. The token is in the fragment, which no browser sends anywhere."""
        return f"http://127.0.0.1:{self.request_guard.port}/#{self.request_guard.token}"

    def server_bind(self) -> None:
        """Bind without the look-up of the machine's name that `HTTPServer` makes."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = "localhost", self.server_address[1]

    def answer(self, head: Head, body: bytes) -> Reply:
        with self._writing:
            if self._stopped:
                raise Refusal(503, "the labeller has been stopped; start it again")
            return answer(head, body, self._store)

    def stop(self) -> str:
        """Let the write under way come to its end, take no other, and say what is saved."""
        with self._writing:
            self._stopped = True
            return self._store.saved()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say what went wrong, but not that a client has left."""
        if not isinstance(sys.exception(), (ConnectionError, TimeoutError)):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    server: LabelServer
    timeout = SECONDS

    def do_GET(self) -> None:
        self._serve()

    def do_POST(self) -> None:
        self._serve()

    def _serve(self) -> None:
        head = Head(self.command, self.path, {name.lower(): value for name, value in self.headers.items()})
        try:
            self.server.request_guard.check(head)
            length = body_length(head) if head.method == "POST" else 0
        except Refusal as refusal:
            self._drain(head)
            self._send(refused(refusal))
            return
        try:
            self._send(self.server.answer(head, self.rfile.read(length)))
        except Refusal as refusal:
            self._send(refused(refusal))

    def _drain(self, head: Head) -> None:
        given = head.headers.get("content-length", "")
        left = min(int(given), DRAINED) if given.isascii() and given.isdigit() and len(given) <= 12 else 0
        with suppress(OSError):
            while left > 0 and (read := self.rfile.read1(min(left, 65536))):
                left -= len(read)

    def _send(self, reply: Reply) -> None:
        body = reply.body.encode("utf-8", "backslashreplace")
        self.send_response(reply.status)
        for name, value in {
            "Content-Type": reply.kind,
            "Content-Length": str(len(body)),
            "Content-Security-Policy": page().policy,
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "DENY",
            "Referrer-Policy": "no-referrer",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Cross-Origin-Opener-Policy": "same-origin",
            "Cache-Control": "no-store",
        }.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer in JSON what the library refuses by itself: another method, a broken request line."""
        self._send(refused(Refusal(code, message or explain or "refused")))

    def version_string(self) -> str:
        return "summarizer"

    def log_message(self, format: str, *args: Any) -> None:
        """Keep standard error for what the command says."""
