"""The steps of `summarizer batch submit`, `status` and `collect`, and what they say."""

import contextlib
import shlex
import time
from collections.abc import Callable, Coroutine, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from summarizer.cli.batch import job_of, sizes_of
from summarizer.cli.batch_told import drawn, status_of, told
from summarizer.cli.options import settings_of
from summarizer.cli.stopping import STOP
from summarizer.cli.streams import safe, say

if TYPE_CHECKING:
    from summarizer.batch.collecting import Brought
    from summarizer.batch.later import LaterRun, Looked
    from summarizer.batch.rounds import RequestFile
    from summarizer.llm.remote.batches import BatchClient, Remote

Result = TypeVar("Result")
WITHOUT_IN = (
    "quiet",
    "no_send",
    "dry_run",
    "workers",
    "max_cost",
    "max_tokens",
    "base_url",
    "api_key_env",
    "timeout",
    "retry_errors",
)
"""Options of a later round."""
SERVER_SETTINGS = ("base_url", "api_key_env")


def begun(folder: Path, rows: Path | None, given: dict[str, Any]) -> "LaterRun":
    from summarizer.batch.jobfile import KeptJob, in_full  # noqa: PLC0415 (quick --help)
    from summarizer.batch.later import LaterRun  # noqa: PLC0415
    from summarizer.errors import UsageError  # noqa: PLC0415

    if rows is None:
        named = [name for name, value in given.items() if value and name not in WITHOUT_IN]
        if named:
            raise UsageError(f"--{named[0].replace('_', '-')}: belongs to IN; name IN too, or leave it out")
        return kept(folder, given)
    job = job_of(rows.resolve(), given)
    return LaterRun(folder, KeptJob(rows.resolve(), job, in_full(settings_of(given))))


def kept(folder: Path, given: Mapping[str, Any]) -> "LaterRun":
    from summarizer.batch.jobfile import kept_in  # noqa: PLC0415 (quick --help)
    from summarizer.batch.later import LaterRun  # noqa: PLC0415

    run = LaterRun(folder, kept_in(folder, given))
    run.folder.refuse_other()
    return run


def limits(given: Mapping[str, Any]) -> dict[str, Any]:
    return {name: given[name] for name in ("max_tokens", "max_cost") if given[name] is not None}


def with_client(run: "LaterRun", work: "Callable[[BatchClient], Coroutine[Any, Any, Result]]") -> Result:
    """Do something with a client of the server of a run."""
    import asyncio  # noqa: PLC0415 (only where something is sent)

    from summarizer.llm.models import server_of  # noqa: PLC0415 (quick --help)
    from summarizer.llm.remote.batches import BatchClient  # noqa: PLC0415

    async def whole() -> Result:
        async with BatchClient(server_of(run.kept.settings, model=run.models[0])) as client:
            return await work(client)

    return asyncio.run(whole())


def look_at_rows(run: "LaterRun", given: Mapping[str, Any]) -> "Looked":
    """Do the rows as far as the answers reach."""
    with contextlib.ExitStack() as stack, drawn(given) as draw:
        return run.look(
            sizes_of(run.components, given["workers"], 1),
            draw,
            lambda one: stack.enter_context(STOP.ends(one)),
            retry_errors=bool(given.get("retry_errors")),
        )


def send_round(run: "LaterRun", given: Mapping[str, Any]) -> int:
    from summarizer.batch.submitting import send  # noqa: PLC0415 (quick --help)

    if not run.rounds.state.learnt:
        _learn(run)
    if run.rounds.state.stale or given.get("retry_errors"):
        look_at_rows(run, given)
    if STOP.signum:
        return _stopped()
    state = run.rounds.state
    if not state.of("written", "sending"):
        note(given, _next(run))
        return 0

    def tell(file: "RequestFile") -> None:
        note(
            given,
            f"sent {file.name}: {count(file.requests, 'request')} to {safe(file.model)}, batch {safe(file.batch_id or '')}",
        )

    sent = with_client(run, lambda client: send(run, client, tell))
    if sent.held:
        note(
            given, f"{len(sent.held)} files wait, because the server takes one at a time; submit again when it is done"
        )
    if sent.files:
        note(given, f"answers come within 24 hours: {_command('collect', run)}")
    return 0


def _learn(run: "LaterRun") -> None:
    import asyncio  # noqa: PLC0415 (only where something is sent)

    from summarizer.batch.submitting import learn  # noqa: PLC0415 (quick --help)
    from summarizer.llm.models import server_of  # noqa: PLC0415

    asyncio.run(learn(run, [server_of(run.kept.settings, model=name) for name in run.models]))


def write_round(run: "LaterRun", given: Mapping[str, Any]) -> int:
    if run.rounds.state.stale:
        look_at_rows(run, given)
    if STOP.signum:
        return _stopped()
    if not run.rounds.state.of("written"):
        note(given, _next(run))
        return 0
    for file in run.rounds.state.of("written"):
        path = run.rounds.path(file)
        note(
            given,
            f"{count(file.requests, 'request')} to {safe(file.model)}: vllm run-batch -i {shlex.quote(safe(str(path)))} -o answers.jsonl --model {safe(file.model)}",
        )
    note(given, f"then: {_command('collect', run)} --results answers.jsonl")
    return 0


def plan_round(run: "LaterRun", given: Mapping[str, Any]) -> int:
    """Print what the next round would send. The rows are done as far as they go, in a folder that is gone afterwards."""
    import tempfile  # noqa: PLC0415 (quick --help)

    from summarizer.batch.later import LaterRun  # noqa: PLC0415

    if run.rounds.state.of("written"):
        return _plan(run, given)
    if run.rounds.state.files:
        say("no requests are missing by now; nothing would be sent")
        return 0
    with tempfile.TemporaryDirectory() as place:
        trial = LaterRun(Path(place), run.kept)
        with trial:
            looked = look_at_rows(trial, given)
            if not trial.rounds.state.of("written"):
                say(
                    f"no row has a request: {looked.done:,} of {count(looked.rows, 'row')} done or in error; "
                    "nothing would be sent"
                )
                return 0
            return _plan(trial, given)


def _plan(run: "LaterRun", given: Mapping[str, Any]) -> int:
    from summarizer.batch.submitting import worth  # noqa: PLC0415 (quick --help)
    from summarizer.llm.models import is_hosted  # noqa: PLC0415
    from summarizer.llm.tokens import TokenCounter  # noqa: PLC0415

    files = run.rounds.state.of("written")
    requests, sent, received, cost = worth(files)
    counted = "counted with the model's encoding" if TokenCounter(exact=is_hosted(run.base_url)).exact else "estimated"
    megabytes = sum(file.size for file in files) / 1e6
    models = ", ".join(dict.fromkeys(safe(file.model) for file in files))
    say(
        f"round {run.rounds.state.round}: {count(requests, 'request')} in {count(len(files), 'file')} ({megabytes:.1f} MB) to {models}"
    )
    say(f"tokens: {sent:,} sent ({counted}), at most {received:,} received")
    say("cost: not known" if cost is None else f"cost: at most {cost:.4f} USD at the prices of batches")
    say("Nothing was sent. What further rounds ask depends on the answers.")
    run.rounds.state.model_copy(update=limits(given)).refuse_too_much(files)
    return 0


def take_in_answers(run: "LaterRun", given: Mapping[str, Any]) -> None:
    """Take in what there is, and say what it brought."""
    from summarizer.batch.collecting import collect as brought_home  # noqa: PLC0415 (quick --help)
    from summarizer.batch.collecting import take_in, touched  # noqa: PLC0415
    from summarizer.errors import InputError  # noqa: PLC0415
    from summarizer.llm.models import server_of  # noqa: PLC0415
    from summarizer.llm.remote.client import Server  # noqa: PLC0415

    paths = list(given["results"])
    if paths:
        missing = next((path for path in paths if not path.is_file()), None)
        if missing:
            raise InputError(f"{safe(str(missing))}: no such file")
        files = touched(run, paths)
        if not files:
            raise InputError(f"{safe(str(paths[0]))}: answers none of the requests that wait for an answer")
        server = Server(run.base_url, run.models[0], None)
        _tell(take_in(run, files, paths, server, status="completed"), given)
        return
    if not run.rounds.state.of("sent"):
        return
    server = server_of(run.kept.settings, model=run.models[0])
    for one in with_client(run, lambda client: brought_home(run, client, server)):
        _tell(one, given)


def _tell(brought: "Brought", given: Mapping[str, Any]) -> None:
    again = sum(times for _, times in brought.again)
    parts = [count(brought.answers, "answer")] + ([f"{again:,} to be asked again"] if again else [])
    note(given, f"{brought.file.name}: {safe(brought.status)}: {', '.join(parts)}")
    for why, times in brought.again[:3]:
        note(given, f"  {times:,} times: {safe(why)}")
    if brought.note and not brought.again:
        note(given, f"  it was not begun: {safe(brought.note)}; it is sent again in smaller files or later")
    if brought.strange:
        note(given, f"  {brought.strange:,} lines answer nothing that was asked, or a second time; they are left out")


def is_done(run: "LaterRun", given: Mapping[str, Any]) -> bool:
    """Take in what there is and do the rows; with `--wait` send what is missing. Whether no answer is missing."""
    from summarizer.errors import UnavailableError  # noqa: PLC0415 (quick --help)

    try:
        take_in_answers(run, given)
        if run.rounds.state.stale or not run.rounds.state.files:
            look_at_rows(run, given)
        if STOP.signum:
            return False
        if given["wait"] and run.rounds.state.of("written", "sending"):
            send_round(run, given)
    except UnavailableError as error:
        if not given["wait"]:
            raise
        note(given, f"{safe(str(error))} (waiting)")  # a server may be away for a while in a day
        return False
    return not STOP.signum and not run.rounds.state.of("written", "sending", "sent")


def say_what_is_to_come(run: "LaterRun", given: Mapping[str, Any]) -> int:
    if STOP.signum:
        return _stopped()
    state = run.rounds.state
    if state.of("written", "sending"):
        note(given, _next(run))
    waiting = state.of("sent")
    if waiting:
        requests = sum(file.requests for file in waiting)
        note(given, f"under way: {count(requests, 'request')}; give the same command again, or --wait")
    return 3


def _next(run: "LaterRun") -> str:
    files = run.rounds.state.of("written", "sending")
    if not files:
        return "no request is missing by now; `summarizer batch collect` takes in answers and writes the results"
    requests = sum(file.requests for file in files)
    number = max(file.round for file in files)
    return f"round {number}: {count(requests, 'request')} to send: {_command('submit', run)}"


def _command(name: str, run: "LaterRun") -> str:
    """The command that goes on, with the options that say where the server is: a folder keeps none of them."""
    settings = run.kept.settings
    anew = [one for one in SERVER_SETTINGS if settings.origin(one) == "flag"]
    server = [word for one in anew for word in (f"--{one.replace('_', '-')}", safe(settings[one]))]
    return shlex.join(["summarizer", "batch", name, safe(str(run.path)), *server])


def finish(run: "LaterRun", output: Path, given: dict[str, Any]) -> int:
    totals = run.join(output)
    told(totals, output, given)
    if totals.statuses["error"] or totals.failed_calls:
        note(given, f"to try these rows again: {_command('submit', run)} --retry-errors")
    return status_of(totals, given, over_budget=False)


def _stopped() -> int:
    from summarizer.cli.progress import stopped  # noqa: PLC0415 (quick --help)

    return stopped("what was sent is noted; the same command goes on")


def line_of(file: "RequestFile", remote: "Remote | None") -> str:
    """`r001-01  gpt-5.4-mini  200 requests  in_progress, 120 done, 1 failed, until 2026-12-01 10:00 UTC`."""
    told_of: str = "sending: submit again" if file.status == "sending" else file.status
    if file.spent_tokens is not None:
        told_of += f", {file.spent_tokens:,} tokens"
    if remote:
        done = f", {remote.done:,} of {remote.total:,} done" if remote.total else ""
        bad = f", {remote.failed:,} failed" if remote.failed else ""
        until = (
            time.strftime(", until %Y-%m-%d %H:%M UTC", time.gmtime(remote.expires_at))
            if remote.expires_at and not remote.is_over
            else ""
        )
        why = f": {safe(remote.why)}" if remote.errors else ""
        told_of = f"{safe(remote.status)}{done}{bad}{until}{why}"
    return f"{file.name}  {safe(file.model)}  {count(file.requests, 'request')}  {told_of}"


def count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def note(given: Mapping[str, Any], words: str) -> None:
    if not given["quiet"]:
        click.echo(f"summarizer: {words}", err=True)
