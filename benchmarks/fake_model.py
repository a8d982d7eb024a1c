"""A server that speaks as OpenAI's does and judges nothing: what the machinery around a model costs and bears.

It answers every judge call with `not_in_source`, after a set time, and can fail or limit at a set rate.
"""

import asyncio
import json
import random
import re
import threading
import time
from typing import Any, Self

CLAIM = re.compile(r"^(c\d+): ", re.MULTILINE)


class FakeModel:
    """Serves from a thread of its own while in a `with` block."""

    def __init__(
        self, *, latency: float = 0.0, failing: float = 0.0, a_minute: int = 0, refusing: bool = False
    ) -> None:
        self.latency, self.failing, self.a_minute, self.refusing = latency, failing, a_minute, refusing
        self.asked: list[tuple[float, int, str]] = []
        """When, with which status, and the last message of the request."""
        self.most_under_way = self._under_way = 0
        self._room = float(a_minute)
        self._filled = time.monotonic()
        self._random = random.Random(5)  # noqa: S311 (repeatable faults)
        self.billed = 0
        """Tokens of all answers."""
        self._open: set[asyncio.StreamWriter] = set()
        self.url = ""

    def __enter__(self) -> Self:
        ready = threading.Event()

        async def serve() -> None:
            self._loop, self._over = asyncio.get_running_loop(), asyncio.Event()
            server = await asyncio.start_server(self._connection, "127.0.0.1", 0, limit=1 << 24)
            async with server:
                self.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
                ready.set()
                await self._over.wait()
            for writer in self._open:
                writer.close()

        self._thread = threading.Thread(target=lambda: asyncio.run(serve()))
        self._thread.start()
        ready.wait()
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._over.set)
        self._thread.join()

    def count(self, status: int) -> int:
        return sum(found == status for _, found, _ in self.asked)

    async def _connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open.add(writer)
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                length = re.search(rb"content-length: (\d+)", head, re.IGNORECASE)
                body = await reader.readexactly(int(length[1])) if length else b"{}"
                writer.write(await self._answer(json.loads(body)))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            self._open.discard(writer)
            writer.close()

    async def _answer(self, request: dict[str, Any]) -> bytes:
        text = request["messages"][-1]["content"]
        status, headers = self._status()
        self.asked.append((time.monotonic(), status, text))
        self._under_way += 1
        self.most_under_way = max(self.most_under_way, self._under_way)
        await asyncio.sleep(self.latency if status == 200 else 0.01)
        self._under_way -= 1
        if status != 200:
            return _reply(status, {"error": {"message": "a fault of the fake", "type": "server_error"}}, headers)
        verdicts = [
            {"claim": name, "evidence": [], "label": "not_in_source", "conflict": None}
            for name in dict.fromkeys(CLAIM.findall(text))
        ]
        message = {"role": "assistant", "content": json.dumps({"verdicts": verdicts})}
        sent = sum(len(one["content"]) for one in request["messages"]) // 4
        self.billed += sent + 40
        usage = {"prompt_tokens": sent, "completion_tokens": 40, "total_tokens": sent + 40}
        choice = {"index": 0, "message": message, "finish_reason": "stop"}
        whole = {
            "id": "x",
            "object": "chat.completion",
            "created": 1,
            "model": "fake",
            "choices": [choice],
            "usage": usage,
        }
        return _reply(200, whole, headers)

    def _status(self) -> tuple[int, dict[str, str]]:
        headers: dict[str, str] = {}
        if self.refusing:
            return 401, headers
        if self.a_minute:
            now, rate = time.monotonic(), self.a_minute / 60
            self._room = min(self.a_minute / 60, self._room + (now - self._filled) * rate)  # a second's worth of burst
            self._filled = now
            limited = self._room < 1
            self._room -= 0 if limited else 1
            left = max(0, int(self._room))
            headers = {
                "x-ratelimit-limit-requests": str(self.a_minute),
                "x-ratelimit-remaining-requests": str(left),
                "x-ratelimit-reset-requests": f"{int(1000 * (self.a_minute / 60 - self._room) / rate)}ms",
            }
            if limited:
                return 429, {**headers, "retry-after-ms": str(int(1000 * (1 - self._room) / rate) + 1)}
        if self._random.random() < self.failing:
            return 500, headers
        return 200, headers


def _reply(status: int, body: dict[str, Any], headers: dict[str, str]) -> bytes:
    data = json.dumps(body).encode()
    lines = [f"HTTP/1.1 {status} X", "content-type: application/json", f"content-length: {len(data)}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + data
