"""Send files of requests to the Batch API, each once, whatever dies in between."""

import time
from collections.abc import Callable
from functools import reduce
from typing import NamedTuple

from summarizer.batch.later import LaterRun
from summarizer.batch.records import added
from summarizer.batch.rounds import RequestFile, RoundsFile
from summarizer.errors import UnavailableError
from summarizer.llm.exchange import CallError, Message, Request, TooLongError
from summarizer.llm.remote.batches import BatchClient
from summarizer.llm.remote.chat import SETTLED
from summarizer.llm.remote.client import RemoteCaller, Server
from summarizer.llm.tokens import price
from summarizer.llm.wire import Wire
from summarizer.schema import StageUsage

ROOM = 400  # tokens for the answer to a question that is asked to learn what a model takes; reasoning counts too


class _Ready(Wire):
    ready: bool


class Sent(NamedTuple):
    """What was sent, and what waits for its turn."""

    files: tuple[RequestFile, ...]
    held: tuple[RequestFile, ...]


async def learn(run: LaterRun, servers: list[Server]) -> None:
    """Ask each model one small question at once, so that no round of a day fails over a parameter.

    Raises a `RefusedError` for a key, quota or model that is refused, and an `UnavailableError`.
    """
    tokens, cost = 0, run.rounds.state.asked_usd
    for server in servers:
        caller = RemoteCaller(server)
        message = Message("user", 'Answer with this JSON object: {"ready": true}')
        request = Request("judge", (message,), _Ready, ROOM, "\0", (), top_logprobs=True)
        try:
            answer = await caller.call(request)
        except (CallError, TooLongError) as error:
            raise UnavailableError(f"{server.host}: {server.model} takes no question: {error}") from None
        finally:
            await caller.close()
        usage = StageUsage(stage="judge", calls=1, input_tokens=answer.input_tokens, output_tokens=answer.output_tokens)
        spent = price(server.model, server.base_url, usage)
        tokens += (answer.input_tokens or 0) + (answer.output_tokens or 0)
        cost = added(cost, spent)
    tokens += run.rounds.state.asked_tokens
    dialect = SETTLED.get(servers[0].base_url, run.rounds.state.dialect)
    if dialect != run.rounds.state.dialect:
        run.begin_anew(dialect)
    run.rounds.save(lambda old: old.model_copy(update={"learnt": True, "asked_tokens": tokens, "asked_usd": cost}))


async def send(run: LaterRun, client: BatchClient, tell: Callable[[RequestFile], None]) -> Sent:
    """Send what is written, after a look at the budget. Raises a `BudgetError` before anything is sent."""
    rounds = run.rounds
    begun, written = list(rounds.state.of("sending")), list(rounds.state.of("written"))
    now = [*begun, *written]
    if rounds.state.paced:
        now = now[: 0 if rounds.state.of("sent") else 1]
    rounds.state.refuse_too_much([file for file in now if file.status == "written"])
    sent = []
    for file in now:
        sent.append(await _send(rounds, client, file))
        tell(sent[-1])
    return Sent(tuple(sent), rounds.state.of("written"))


async def _send(rounds: RoundsFile, client: BatchClient, file: RequestFile) -> RequestFile:
    """Note, upload, note, begin, note. What an earlier process may have begun is looked for first."""
    if file.status == "written":
        file = rounds.update(file, status="sending")
    if file.file_id is None:
        file = rounds.update(file, file_id=await client.upload(rounds.path(file), f"{rounds.tag(file)}.jsonl"))
    before = file.noted_at
    file = rounds.update(file, noted_at=time.time())
    batch = await client.begin(str(file.file_id), rounds.tag(file), noted_at=before)
    return rounds.update(file, status="sent", batch_id=batch)


def worth(files: tuple[RequestFile, ...]) -> tuple[int, int, int, float | None]:
    """Requests, tokens sent, tokens received at most, and US dollars at most."""
    free: float | None = 0.0
    return (
        sum(file.requests for file in files),
        sum(file.input_tokens for file in files),
        sum(file.output_tokens for file in files),
        reduce(added, (file.cost_usd for file in files), free),
    )
