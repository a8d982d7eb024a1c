"""Many articles from Python, in order and a bounded number at a time."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Sequence
from typing import NamedTuple, TypeVar

from summarizer import api
from summarizer.api import Kind, Source
from summarizer.components import Components
from summarizer.errors import RefusedError, SummarizerError, UsageError
from summarizer.schema import Report

AT_A_TIME = 8  # articles; as many as the requests that `concurrency` allows by default
Given = TypeVar("Given")


class Failed(NamedTuple):
    """An article that has no report."""

    error: SummarizerError


class Pair(NamedTuple):
    """A summary and what it sums up."""

    summary: Source
    source: Source | Sequence[Source]
    kind: Kind = "summary"
    """Whether it is a summary, or a list of claims, which may be longer than the source."""


async def summarize_many(
    sources: Iterable[Source | Sequence[Source]],
    *,
    backend: Components,
    sentences: int | None = None,
    words: int | None = None,
    at_a_time: int = AT_A_TIME,
) -> AsyncGenerator[Report | Failed, None]:
    """Summarise and check each; yields in the order given, at most `at_a_time` begun and not yet yielded.

    `sources` is read as it is needed. An article that fails is a `Failed`; a server that refuses key, quota or model
    ends it with a `RefusedError`. The components serve them all, so that budget and pace are those of the whole.
    """

    async def one(source: Source | Sequence[Source]) -> Report:
        return await api.asummarize(source, backend=backend, sentences=sentences, words=words)

    async for found in _in_order(sources, one, at_a_time):
        yield found


async def check_many(
    pairs: Iterable[Pair], *, backend: Components, at_a_time: int = AT_A_TIME
) -> AsyncGenerator[Report | Failed, None]:
    """Check each summary against its source; as `summarize_many`."""

    async def one(pair: Pair) -> Report:
        if not isinstance(pair, Pair):
            raise UsageError(f"pairs: each must be a Pair(summary, source), not {type(pair).__name__}")
        return await api.acheck(pair.summary, pair.source, backend=backend, kind=pair.kind)

    async for found in _in_order(pairs, one, at_a_time):
        yield found


async def _in_order(
    given: Iterable[Given], work: Callable[[Given], Awaitable[Report]], at_a_time: int
) -> AsyncGenerator[Report | Failed, None]:
    async def settled(one: Given) -> Report | Failed:
        try:
            return await work(one)
        except RefusedError:
            raise
        except SummarizerError as error:
            return Failed(error)

    try:
        asyncio.get_running_loop()
    except RuntimeError:  # nothing waits where there is no loop
        for one in given:
            yield await settled(one)
        return
    begun: list[asyncio.Task[Report | Failed]] = []
    try:
        for one in given:
            begun.append(asyncio.ensure_future(settled(one)))
            if len(begun) >= max(1, at_a_time):
                yield await begun.pop(0)
        while begun:
            yield await begun.pop(0)
    finally:
        for task in begun:
            task.cancel()
        await asyncio.gather(*begun, return_exceptions=True)
