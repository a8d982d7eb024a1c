"""Questions under way at the same time, and what one that fails means for the others."""

import asyncio
from collections.abc import Coroutine, Sequence
from typing import Any

from summarizer.llm.exchange import AwaitedError


async def side_by_side(jobs: Sequence[Coroutine[Any, Any, Any]]) -> list[Any]:
    """The results in order. The first failure stops the others, so that nothing is spent for nothing.

    An answer that is still to come stops none: all that can be asked by now is asked at once.
    """
    try:
        asyncio.get_running_loop()
    except RuntimeError:  # nothing waits where there is no loop: recorded replies, a dry run
        return await _in_turn(jobs)
    tasks = [asyncio.ensure_future(job) for job in jobs]
    try:
        return list(await asyncio.gather(*tasks))
    except AwaitedError as error:
        for other in await asyncio.gather(*tasks, return_exceptions=True):
            if isinstance(other, BaseException) and not isinstance(other, AwaitedError):
                raise other from error
        raise
    except BaseException:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        raise


async def _in_turn(jobs: Sequence[Coroutine[Any, Any, Any]]) -> list[Any]:
    done: list[Any] = []
    awaited: AwaitedError | None = None
    try:
        for job in jobs:
            try:
                done.append(await job)
            except AwaitedError as error:
                awaited = error
    finally:
        for job in jobs:
            job.close()  # one that has ended does not mind
    if awaited:
        raise awaited
    return done
