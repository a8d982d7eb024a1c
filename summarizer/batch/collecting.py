"""Bring home what the Batch API has done, from both of its result files, and keep it; what failed is asked again."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from summarizer.batch.filing import halves, keys_of, lines_of
from summarizer.batch.later import LaterRun
from summarizer.batch.rounds import RESULTS, RequestFile, Rounds, cost_of
from summarizer.errors import OutputError
from summarizer.llm.deferred import Outcome, answered, failed
from summarizer.llm.exchange import Answer
from summarizer.llm.models import is_hosted
from summarizer.llm.remote.batches import BatchClient, Remote
from summarizer.llm.remote.chat import without
from summarizer.llm.remote.client import Server
from summarizer.llm.remote.lines import Again, key_of, outcome_of
from summarizer.llm.tokens import TokenCounter

SMALLEST = 200  # requests of a file that is still parted where it was too much at a time; a smaller one waits
MISSING = "it is in none of the result files"


class Brought(NamedTuple):
    """What one file of requests has brought."""

    file: RequestFile
    status: str
    """Of the batch, as the server calls it."""
    answers: int = 0
    again: tuple[tuple[str, int], ...] = ()
    """Why requests go into the next round, and how many."""
    strange: int = 0
    """Lines that answer nothing that was asked."""
    note: str = ""
    """What the server says of the whole."""


async def collect(run: LaterRun, client: BatchClient, server: Server) -> list[Brought]:
    """Take in every batch that is over. Each is noted as taken in when all of it is kept."""
    brought = []
    for file in run.rounds.state.of("sent"):
        remote = await client.look(str(file.batch_id))
        if not remote.is_over:
            continue
        if remote.status == "failed" and not remote.output_file and not remote.error_file:
            brought.append(_failed(run, file, remote))
            await _forgotten(client, file, remote)
            continue
        paths = await _fetched(run, client, file, remote)
        brought.append(take_in(run, [file], paths, server, status=remote.status))
        await _forgotten(client, file, remote)
    return brought


async def look(run: LaterRun, client: BatchClient) -> list[tuple[RequestFile, Remote | None]]:
    """How far each file is that was not taken in."""
    files = run.rounds.state.of("written", "sending", "sent")
    return [(file, await client.look(file.batch_id) if file.batch_id else None) for file in files]


def take_in(
    run: LaterRun, files: Sequence[RequestFile], paths: Sequence[Path], server: Server, *, status: str
) -> Brought:
    """Keep what the results at `paths` say of the requests of `files`.

    A request with no line counts as failed, unless the server says that it did not do all of them.
    """
    reading = _Reading({key for file in files for key in keys_of(run.rounds.path(file))}, server)
    label = files[0].name if len(files) == 1 else paths[0].name
    reading.done = status == "completed"
    run.replies.add(f"{label}-{files[0].attempt}", reading.outcomes(paths))
    dialect = run.rounds.state.dialect
    for part in sorted(reading.parts):
        dialect = without(part, dialect)
    run.rounds.save(lambda old: _collected(old, files, reading, run.base_url))
    if dialect != run.rounds.state.dialect:
        run.begin_anew(dialect)
    again = tuple(reading.again.most_common())
    return Brought(files[0], status, reading.answers, again, reading.strange)


def _collected(old: Rounds, files: Sequence[RequestFile], reading: "_Reading", base_url: str) -> Rounds:
    """The state with these files taken in; which of several had which answer is not known."""
    state = old.model_copy(update={"stale": True})
    for file in files:
        fields: dict[str, object] = {"status": "collected"}
        if len(files) == 1:
            cost = cost_of(file.model, base_url, reading.input_tokens, reading.output_tokens)
            fields |= {
                "spent_tokens": reading.tokens,
                "cost_usd": cost if reading.tokens is not None else file.cost_usd,
            }
        state = state.replaced(file, file.model_copy(update=fields))
    return state


class _Reading:
    """Goes through result files once and counts."""

    def __init__(self, asked: set[str], server: Server) -> None:
        self._asked, self._server = asked, server
        self.done = True
        """Whether the server has worked on all of the requests."""
        self.answers = self.strange = self.input_tokens = self.output_tokens = 0
        self.again: Counter[str] = Counter()
        self.parts: set[str] = set()
        self._uncounted = False

    @property
    def tokens(self) -> int | None:
        """Spent; None where an answer does not say."""
        return None if self._uncounted else self.input_tokens + self.output_tokens

    def outcomes(self, paths: Sequence[Path]) -> Iterator[tuple[str, Outcome | str]]:
        seen: set[str] = set()
        failures: dict[str, Again] = {}
        for line in (line for path in paths for line in lines_of(path) if line.strip()):
            found = outcome_of(line, self._server)
            if found is None or found[0] not in self._asked or found[0] in seen:
                self.strange += 1
                continue
            key, outcome = found
            if isinstance(outcome, Again):
                failures[key] = outcome
                continue
            seen.add(key)
            if isinstance(outcome, Answer):
                self._count(outcome)
                yield key, answered(outcome)
            else:
                yield key, failed(outcome)
        for key in sorted(self._asked - seen):
            failure = failures.get(key) or Again(MISSING, charged=self.done)
            self.again[failure.why] += 1
            if failure.part:
                self.parts.add(failure.part)
            elif failure.charged:
                yield key, failure.why

    def _count(self, answer: Answer) -> None:
        self.answers += 1
        self._uncounted = self._uncounted or answer.input_tokens is None or answer.output_tokens is None
        self.input_tokens += answer.input_tokens or 0
        self.output_tokens += answer.output_tokens or 0


def _failed(run: LaterRun, file: RequestFile, remote: Remote) -> Brought:
    """A batch that the server did not begin: to be sent again, in smaller files where it alone was too much."""
    alone = not [other for other in run.rounds.state.of("sent", "sending") if other.name != file.name]
    again = file.model_copy(
        update={
            "status": "written",
            "attempt": file.attempt + 1,
            "file_id": None,
            "batch_id": None,
            "noted_at": None,
        }
    )
    if remote.is_limited:
        counter = TokenCounter(exact=is_hosted(run.base_url))
        new = halves(file, run.path, run.base_url, counter) if alone and file.requests >= SMALLEST else (again,)
        run.rounds.save(lambda old: old.replaced(file, *new).model_copy(update={"paced": True}))
        return Brought(file, remote.status, note=remote.why)
    keys = [(key, remote.why) for key in keys_of(run.rounds.path(file))]
    run.replies.add(f"{file.name}-{file.attempt}", keys)
    over = file.model_copy(update={"status": "collected", "spent_tokens": 0, "cost_usd": 0.0})
    run.rounds.save(lambda old: old.replaced(file, over).model_copy(update={"stale": True}))
    return Brought(file, remote.status, again=((remote.why, file.requests),), note=remote.why)


async def _fetched(run: LaterRun, client: BatchClient, file: RequestFile, remote: Remote) -> list[Path]:
    """Both result files, as far as there are any."""
    folder = run.path / RESULTS
    try:
        folder.mkdir(exist_ok=True, mode=0o700)
    except OSError as error:
        raise OutputError(f"{folder}: cannot write: {error.strerror or error}; make room") from error
    paths = []
    for kind, name in (("output", remote.output_file), ("errors", remote.error_file)):
        if name:
            paths.append(folder / f"{file.name}-{file.attempt}.{kind}.jsonl")
            await client.download(name, paths[-1])
    return paths


async def _forgotten(client: BatchClient, file: RequestFile, remote: Remote) -> None:
    for name in (file.file_id, remote.output_file, remote.error_file):
        if name:
            await client.forget(name)


def touched(run: LaterRun, paths: Sequence[Path]) -> list[RequestFile]:
    """The files of requests that results from elsewhere answer."""
    answered_keys = {key for path in paths for key in _keys(path)}
    return [
        file for file in run.rounds.state.of("written") if not answered_keys.isdisjoint(keys_of(run.rounds.path(file)))
    ]


def _keys(path: Path) -> Iterator[str]:
    yield from (key for line in lines_of(path) if line.strip() and (key := key_of(line)))
