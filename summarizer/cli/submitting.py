"""`summarizer batch submit|status|collect`: many articles through the Batch API, at half the price and within days."""

import contextlib
import time
from collections.abc import Callable, Coroutine, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from summarizer.cli.batch import BATCH, drawn, job_of, sizes_of, status_of, told
from summarizer.cli.options import MODEL, SERVER, announced, files, options, safe, settings_of
from summarizer.cli.stopping import STOP

if TYPE_CHECKING:
    from summarizer.batch.collecting import Brought
    from summarizer.batch.later import LaterRun, Looked
    from summarizer.batch.rounds import RequestFile
    from summarizer.llm.remote.batches import BatchClient, Remote

Result = TypeVar("Result")
ROUNDS = """\b
Rounds:
  A round is what can be asked by now. A check has two, claims and verdicts,
  or one with --claims sentence; a summary has two. Replies that have to be
  asked for again, and requests that expired or failed, make further ones.
  Each takes up to 24 hours.
"""
PROMISE = """\b
The promise:
  No row is lost, and no answered request is asked again. What was sent is
  noted in DIR before it is sent, and looked for at the server before it is
  sent again. DIR holds the articles, as does the provider, until all is done.

\b
Exit status:
  0  done
  2  wrong usage, or input or output that cannot be used
  3  rows in error or answers still to come, or the limit would be passed
  4  the provider refused key, quota, model or file
  5  the provider gave no answer
  130, 143  stopped by Ctrl-C or SIGTERM; the same command goes on
"""
UNUSED = ("concurrency", "cache", "record", "replies", "dry_run")  # of a run that asks at once
POLL = 60.0  # seconds between two looks at the server with --wait
folder = click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False), shell_complete=files)
quiet = click.option("-q", "--quiet", is_flag=True, help="No notes on standard error, only errors.")
OF_MODEL = [one for one in MODEL if click.command()(one(lambda: None)).params[0].name not in UNUSED]


@click.command(epilog=PROMISE)
@folder
@click.argument("rows", metavar="[IN]", required=False, type=click.Path(path_type=Path), shell_complete=files)
@options(BATCH)
@click.option(
    "--dry-run", is_flag=True, help="Print requests, tokens and the most that they may cost, and send nothing."
)
@click.option("--no-send", is_flag=True, help="Write the files of requests and send none; for `vllm run-batch`.")
@quiet
@options(OF_MODEL)
def submit(folder: Path, rows: Path | None, **given: Any) -> None:
    """Send a round of requests to the Batch API, which answers within 24 hours at half the price.

    The first time name IN, as for `summarizer batch`, and what is to be done with it; DIR is made and keeps it. Later
    rounds need DIR alone, and --base-url where the server is not that of the environment. One short question is asked
    at once, at the full price, so that no round fails over a parameter that the model does not take.

    \b
    Example:
      summarizer batch submit run/ pairs.jsonl --check --model gpt-5.4-mini --max-cost 5
      summarizer batch status run/
      summarizer batch collect run/ -o checked.jsonl
      summarizer batch submit run/
    """
    from summarizer.batch.jobfile import is_kept, keep  # noqa: PLC0415 (quick --help)

    run = _begun(folder, rows, given)
    if given["dry_run"]:
        raise SystemExit(_planned(run, given))
    with run.folder:
        if rows or not is_kept(folder):
            keep(folder, run.kept)
        run.rounds.save(lambda old: old.model_copy(update=_limits(given)))
        if not given["quiet"]:
            click.echo(f"summarizer: {announced(run.components, run.kept.job.command)}", err=True)
        raise SystemExit(_written(run, given) if given["no_send"] else _sent(run, given))


@click.command(epilog=ROUNDS)
@folder
@options(SERVER)
def status(folder: Path, **given: Any) -> None:
    """Say how far each file of a run is, and what was spent.

    \b
    Example:
      summarizer batch status run/
    """
    from summarizer.batch.collecting import look  # noqa: PLC0415 (quick --help)

    run = _kept(folder, given)
    state = run.rounds.state
    found = _with_client(run, lambda client: look(run, client)) if state.of("sent") else []
    here = [(file, None) for file in state.of("written", "sending")] if not found else []
    for file, remote in [*((file, None) for file in state.of("collected")), *found, *here]:
        click.echo(_line(file, remote))
    money = "not known" if state.cost_usd is None else f"{state.cost_usd:.4f} USD"
    under_way = sum(file.requests for file in state.files if file.under_way)
    click.echo(f"at most {state.tokens:,} tokens, {money}; {under_way:,} requests under way")


@click.command(epilog=f"{ROUNDS}\n{PROMISE}")
@folder
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="OUT",
    help="Write the results to OUT, a .jsonl or .parquet file (default: results.jsonl in DIR).",
)
@click.option(
    "--results",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    shell_complete=files,
    help="Take in results from elsewhere, as `vllm run-batch` writes them; repeat it for several.",
)
@click.option("--wait", is_flag=True, help="Go on until all is done: look each minute, and send further rounds.")
@click.option(
    "--workers",
    type=click.IntRange(1, 256),
    metavar="N",
    help="Processes side by side (default: one for each processor).",
)
@click.option(
    "--fail-on",
    multiple=True,
    type=click.Choice(["contradicted", "not_in_source", "undecided", "unchecked"]),
    help="Exit with 1 where a claim has this outcome; repeat it for several (default: none).",
)
@quiet
@options(SERVER)
def collect(folder: Path, output: Path | None, **given: Any) -> None:  # fmt: skip
    """Take in what the Batch API has done; write the results when no row lacks an answer.

    Where answers are missing, their requests are written as the next round, which `summarizer batch submit DIR` sends.

    \b
    Example:
      summarizer batch collect run/ -o checked.jsonl
      summarizer batch collect run/ -o checked.jsonl --wait
      summarizer batch collect run/ --results answers.jsonl
    """
    from summarizer.batch.joining import refuse_unknown  # noqa: PLC0415 (quick --help)
    from summarizer.errors import UsageError  # noqa: PLC0415

    if given["wait"] and given["results"]:
        raise UsageError("--wait: looks at the server; leave it out with --results")
    run, output = _kept(folder, given), output or folder / "results.jsonl"
    refuse_unknown(output)
    with run.folder:
        while True:
            _taken_in(run, given)
            if run.rounds.state.stale or not run.rounds.state.files:
                _looked(run, given)
            if STOP.signum or not run.rounds.state.of("written", "sending", "sent"):
                break
            if not given["wait"]:
                raise SystemExit(_to_come(run, given))
            if run.rounds.state.of("written", "sending"):
                _sent(run, given)
            time.sleep(POLL)
        raise SystemExit(_finished(run, output, given))


def _begun(folder: Path, rows: Path | None, given: dict[str, Any]) -> "LaterRun":
    from summarizer.batch.jobfile import KeptJob, in_full  # noqa: PLC0415 (quick --help)
    from summarizer.batch.later import LaterRun  # noqa: PLC0415
    from summarizer.errors import UsageError  # noqa: PLC0415

    if rows is None:
        named = [name for name, value in given.items() if value and name not in _WITHOUT_IN]
        if named:
            raise UsageError(f"--{named[0].replace('_', '-')}: belongs to IN; name IN too, or leave it out")
        return _kept(folder, given)
    job = job_of(rows.resolve(), given)
    return LaterRun(folder, KeptJob(rows.resolve(), job, in_full(settings_of(given))))


_WITHOUT_IN = ("quiet", "no_send", "dry_run", "workers", "max_cost", "max_tokens", "base_url", "api_key_env", "timeout")
"""Options of a later round."""


def _kept(folder: Path, given: Mapping[str, Any]) -> "LaterRun":
    from summarizer.batch.jobfile import kept_in  # noqa: PLC0415 (quick --help)
    from summarizer.batch.later import LaterRun  # noqa: PLC0415

    return LaterRun(folder, kept_in(folder, given))


def _limits(given: Mapping[str, Any]) -> dict[str, Any]:
    return {name: given[name] for name in ("max_tokens", "max_cost") if given[name] is not None}


def _with_client(run: "LaterRun", work: "Callable[[BatchClient], Coroutine[Any, Any, Result]]") -> Result:
    """Do something with a client of the server of a run."""
    import asyncio  # noqa: PLC0415 (only where something is sent)

    from summarizer.llm.models import server_of  # noqa: PLC0415 (quick --help)
    from summarizer.llm.remote.batches import BatchClient  # noqa: PLC0415

    async def whole() -> Result:
        async with BatchClient(server_of(run.kept.settings, model=run.models[0])) as client:
            return await work(client)

    return asyncio.run(whole())


def _looked(run: "LaterRun", given: Mapping[str, Any]) -> "Looked":
    """Do the rows as far as the answers reach."""
    with contextlib.ExitStack() as stack, drawn(given) as draw:
        return run.look(
            sizes_of(run.components, given["workers"], 1), draw, lambda one: stack.enter_context(STOP.ends(one))
        )


def _sent(run: "LaterRun", given: Mapping[str, Any]) -> int:
    from summarizer.batch.submitting import send  # noqa: PLC0415 (quick --help)

    if not run.rounds.state.learnt:
        _learn(run)
    if run.rounds.state.stale:
        _looked(run, given)
    if STOP.signum:
        return _stopped()
    state = run.rounds.state
    if not state.of("written", "sending"):
        _note(given, _next(run))
        return 0

    def tell(file: "RequestFile") -> None:
        _note(
            given,
            f"sent {file.name}: {file.requests:,} requests to {safe(file.model)}, batch {safe(file.batch_id or '')}",
        )

    sent = _with_client(run, lambda client: send(run, client, tell))
    if sent.held:
        _note(
            given, f"{len(sent.held)} files wait, because the server takes one at a time; submit again when it is done"
        )
    if sent.files:
        _note(given, f"answers come within 24 hours: summarizer batch collect {safe(str(run.path))}")
    return 0


def _learn(run: "LaterRun") -> None:
    import asyncio  # noqa: PLC0415 (only where something is sent)

    from summarizer.batch.submitting import learn  # noqa: PLC0415 (quick --help)
    from summarizer.llm.models import server_of  # noqa: PLC0415

    asyncio.run(learn(run, [server_of(run.kept.settings, model=name) for name in run.models]))


def _written(run: "LaterRun", given: Mapping[str, Any]) -> int:
    if run.rounds.state.stale:
        _looked(run, given)
    if STOP.signum:
        return _stopped()
    for file in run.rounds.state.of("written"):
        path = run.rounds.path(file)
        _note(
            given,
            f"{file.requests:,} requests to {safe(file.model)}: vllm run-batch -i {safe(str(path))} -o answers.jsonl --model {safe(file.model)}",
        )
    _note(given, f"then: summarizer batch collect {safe(str(run.path))} --results answers.jsonl")
    return 0


def _planned(run: "LaterRun", given: Mapping[str, Any]) -> int:
    """Print what the next round would send. The rows are done as far as they go, in a folder that is gone afterwards."""
    import tempfile  # noqa: PLC0415 (quick --help)

    from summarizer.batch.later import LaterRun  # noqa: PLC0415

    if run.rounds.state.of("written"):
        return _plan(run, run.rounds.state.of("written"))
    if run.rounds.state.files:
        click.echo("no requests are missing by now; nothing would be sent")
        return 0
    with tempfile.TemporaryDirectory() as place:
        trial = LaterRun(Path(place), run.kept)
        with trial.folder:
            _looked(trial, given)
            trial.rounds.save(lambda old: old.model_copy(update=_limits(given)))
            return _plan(trial, trial.rounds.state.of("written"))


def _plan(run: "LaterRun", files: "tuple[RequestFile, ...]") -> int:
    from summarizer.batch.submitting import worth  # noqa: PLC0415 (quick --help)
    from summarizer.llm.models import is_hosted  # noqa: PLC0415
    from summarizer.llm.tokens import TokenCounter  # noqa: PLC0415

    requests, sent, received, cost = worth(files, run.base_url)
    counted = "counted with the model's encoding" if TokenCounter(exact=is_hosted(run.base_url)).exact else "estimated"
    megabytes = sum(file.size for file in files) / 1e6
    models = ", ".join(dict.fromkeys(safe(file.model) for file in files))
    click.echo(
        f"round {run.rounds.state.round}: {requests:,} requests in {_count(len(files), 'file')} ({megabytes:.1f} MB) to {models}"
    )
    click.echo(f"tokens: {sent:,} sent ({counted}), at most {received:,} received")
    click.echo("cost: not known" if cost is None else f"cost: at most {cost:.4f} USD at the prices of batches")
    click.echo("Nothing was sent. What further rounds ask depends on the answers.")
    run.rounds.state.refuse_too_much(files)
    return 0


def _taken_in(run: "LaterRun", given: Mapping[str, Any]) -> None:
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
    for one in _with_client(run, lambda client: brought_home(run, client, server)):
        _tell(one, given)


def _tell(brought: "Brought", given: Mapping[str, Any]) -> None:
    again = sum(count for _, count in brought.again)
    parts = [f"{brought.answers:,} answers"] + ([f"{again:,} to be asked again"] if again else [])
    _note(given, f"{brought.file.name}: {safe(brought.status)}: {', '.join(parts)}")
    for why, count in brought.again[:3]:
        _note(given, f"  {count:,} times: {safe(why)}")
    if brought.note and not brought.again:
        _note(given, f"  it was not begun: {safe(brought.note)}; it is sent again in smaller files or later")
    if brought.strange:
        _note(given, f"  {brought.strange:,} lines answer nothing that was asked, or a second time; they are left out")


def _to_come(run: "LaterRun", given: Mapping[str, Any]) -> int:
    state = run.rounds.state
    if state.of("written", "sending"):
        _note(given, _next(run))
    waiting = state.of("sent")
    if waiting:
        requests = sum(file.requests for file in waiting)
        _note(given, f"{requests:,} requests are under way; give the same command again, or --wait")
    return 3


def _next(run: "LaterRun") -> str:
    files = run.rounds.state.of("written", "sending")
    if not files:
        return "no request is missing by now; `summarizer batch collect` takes in what is under way"
    requests = sum(file.requests for file in files)
    number = max(file.round for file in files)
    return f"round {number}: {requests:,} requests to send: summarizer batch submit {safe(str(run.path))}"


def _finished(run: "LaterRun", output: Path, given: dict[str, Any]) -> int:
    if STOP.signum:
        return _stopped()
    totals = run.join(output)
    told(totals, output, given)
    return status_of(totals, given, over_budget=False)


def _stopped() -> int:
    from summarizer.cli.progress import stopped  # noqa: PLC0415 (quick --help)

    return stopped("nothing was sent; the same command goes on")


def _line(file: "RequestFile", remote: "Remote | None") -> str:
    """`r001-01  gpt-5.4-mini  200 requests  in_progress, 120 done, 1 failed, until 2026-12-01 10:00 UTC`."""
    told_of: str = "sending: submit again" if file.status == "sending" else file.status
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
    return f"{file.name}  {safe(file.model)}  {_count(file.requests, 'request')}  {told_of}"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def _note(given: Mapping[str, Any], words: str) -> None:
    if not given["quiet"]:
        click.echo(f"summarizer: {words}", err=True)
