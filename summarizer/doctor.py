"""Check the set-up from end to end: key, server, model, schema support, clock, and whether a run begins."""

import asyncio
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from summarizer.accepted import load
from summarizer.components import assemble
from summarizer.consent import names_a_model
from summarizer.errors import (
    BackendError,
    RefusedError,
    SettingsError,
    SummarizerError,
    UnavailableError,
    UsageError,
)
from summarizer.llm.models import server_of
from summarizer.providers import PROVIDERS
from summarizer.settings import OPENAI, Settings, Value, key_for, shown_url

CLAIM = "The council will close two of the town's three libraries in May."
EVIDENCE = (
    "The mayor said on Monday that two libraries close at the end of May, because repairs would cost too much. " * 4
)
LOOK = 1.0  # seconds for a server on this machine to list its models
SKEW = 300.0  # seconds that a clock may be off before certificates and logs suffer


class Diagnosis(NamedTuple):
    """One thing that was checked."""

    mark: str
    """`ok`, `note` or `WRONG`."""
    subject: str
    words: str
    exit_status: int = 0


def examine(settings: Settings) -> list[Diagnosis]:
    """Check everything that a run with these settings needs; each diagnosis says what to do."""
    found = _surroundings(settings)
    return found if any(one.exit_status for one in found) else [*found, _run(settings)]


def _surroundings(settings: Settings) -> list[Diagnosis]:
    """What a run finds: the embedded model, the ranks of tokens, a key and a server."""
    found = [_embedded(settings), _tokens()]
    try:
        key = key_for(settings)
    except SettingsError as error:
        return [*found, Diagnosis("WRONG", "key", str(error), error.exit_status)]
    if not key and settings["base_url"] == OPENAI:
        words = "none: set OPENAI_API_KEY, or name a server with --base-url, to ask a model"
        asked = names_a_model(settings)
        key_is_missing = Diagnosis("WRONG" if asked else "note", "key", words, 4 if asked else 0)
        return [*found, key_is_missing, *asyncio.run(_on_this_machine(settings))]
    url = shown_url(settings["base_url"])
    named = f"from {key.origin}, for {url}" if key else f"none for {url}; a local server needs none"
    found.append(Diagnosis("ok" if key else "note", "key", named))
    return [*found, *asyncio.run(_server(settings))]


def _embedded(settings: Settings) -> Diagnosis:
    """What judges without a language model, and how long it takes for one claim."""
    from summarizer.judging.nli import model_of  # noqa: PLC0415 (only when asked about)

    try:
        model = model_of(settings)
        spent = min(_milliseconds(lambda: model.scored(CLAIM, EVIDENCE)) for _ in range(3))
    except (BackendError, SettingsError, UsageError) as error:
        return Diagnosis("WRONG", "embedded", str(error), error.exit_status)
    words = f"no key, no network: {model.name}, SHA-256 {model.digest[:12]}, threads: {model.threads}, {spent:.0f} ms a window"
    return Diagnosis("ok", "embedded", words)


def _run(settings: Settings) -> Diagnosis:
    """What works in a run with these settings, or why none begins."""
    try:
        components = assemble(settings)
        asyncio.run(components.close())
        if settings["accepted"]:
            load(Path(settings["accepted"]))
    except SummarizerError as error:
        return Diagnosis("WRONG", "run", str(error), error.exit_status)
    names = dict.fromkeys(str(part.about) for part in components.parts)
    return Diagnosis("ok", "run", f"begins with these settings: {', '.join(names)}")


def _milliseconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return 1_000 * (time.perf_counter() - start)


def _tokens() -> Diagnosis:
    from summarizer.llm.tokens import ranks_are_here  # noqa: PLC0415

    if ranks_are_here():
        return Diagnosis("ok", "tokens", "counted exactly for OpenAI's models; estimated for others")
    return Diagnosis(
        "note", "tokens", "estimated; for exact counts let tiktoken fetch o200k_base once, into TIKTOKEN_CACHE_DIR"
    )


async def _server(settings: Settings) -> list[Diagnosis]:
    from summarizer.llm.exchange import CallError, Message, Request  # noqa: PLC0415
    from summarizer.llm.remote.chat import RESPONSE_FORMATS, SETTLED, Dialect  # noqa: PLC0415
    from summarizer.llm.remote.client import RemoteCaller  # noqa: PLC0415
    from summarizer.llm.thinking import ROOM  # noqa: PLC0415
    from summarizer.llm.wire import BadReplyError, Wire, parse_reply  # noqa: PLC0415

    class Ping(Wire):
        """Any reply of the right form will do."""

        claims: list[str]

    names, findings = await _models(settings)
    if names is None:
        return findings
    try:
        server = server_of(settings)
    except (UnavailableError, RefusedError, UsageError) as error:
        return [*findings, Diagnosis("WRONG", "model", str(error), error.exit_status)]
    if names and server.model not in names:
        words = f"{server.model} is not among the {len(names)} there: {', '.join(names[:10])}"
        findings.append(Diagnosis("note", "model", words))
    caller = RemoteCaller(server._replace(timeout=min(server.timeout, 60.0), deadline=60.0))
    messages = (Message("system", "Reply with JSON only."), Message("user", 'Reply with {"claims": []}'))
    try:
        answer = await caller.call(Request("extract", messages, Ping, 400, "\0", (), thinking=ROOM))
        parse_reply(answer.text or "", Ping)
    except RefusedError as error:
        return [*findings, Diagnosis("WRONG", "model", str(error), 4)]
    except (CallError, UnavailableError) as error:
        return [*findings, Diagnosis("WRONG", "server", str(error), 5)]
    except UsageError as error:
        return [*findings, Diagnosis("WRONG", "server", str(error), error.exit_status)]
    except BadReplyError as error:
        words = f"{server.model} answers, but not as asked: {error}; is it thinking, and can that be switched off?"
        return [*findings, Diagnosis("WRONG", "model", words, 5)]
    finally:
        await caller.close()
    rung = RESPONSE_FORMATS[SETTLED.get(server.base_url, Dialect()).rung]
    rungs = {"strict": "takes our JSON schema", "plain": "takes no schema; replies are checked all the same"}
    findings.append(Diagnosis("ok", "model", f"{server.model} answers"))
    findings.append(Diagnosis("ok", "schema", rungs.get(rung, f"takes {rung}; replies are checked all the same")))
    return findings


async def _on_this_machine(settings: Settings) -> list[Diagnosis]:
    """What serves models at the usual ports of this machine; nothing leaves it."""
    local = {name: one for name, one in PROVIDERS.items() if one.port}
    names = await asyncio.gather(*(_listed(settings, one.base_url) for one in local.values()))
    found = []
    for (name, provider), there in zip(local.items(), names, strict=True):
        if there:
            words = f"{provider.base_url} ({provider.title}?) has {', '.join(there[:5])}: --model {name}:{there[0]}"
            found.append(Diagnosis("ok", "local", words))
    ports = ", ".join(str(one.port) for one in local.values())
    return found or [Diagnosis("note", "local", f"no server with models at the usual ports of this machine: {ports}")]


async def _listed(settings: Settings, base_url: str) -> tuple[str, ...]:
    """The models that a server of this machine lists, without a key."""
    from summarizer.llm.remote.listing import fetch_models  # noqa: PLC0415 (only when something is sent)

    place = {"base_url": Value(base_url, "doctor"), "api_key_env": Value(None, "default")}
    try:
        return (await fetch_models(Settings({**settings.values, **place}), timeout=LOOK)).names or ()
    except (UnavailableError, UsageError):
        return ()


async def _models(settings: Settings) -> tuple[tuple[str, ...] | None, list[Diagnosis]]:
    """The models that the server lists, and what was found about server and clock; None where it does not answer."""
    from summarizer.llm.remote.listing import fetch_models  # noqa: PLC0415 (only when something is sent)

    try:
        found = await fetch_models(settings)
    except (UnavailableError, UsageError) as error:
        return None, [Diagnosis("WRONG", "server", str(error), error.exit_status)]
    findings = [Diagnosis("ok", "server", f"{shown_url(settings['base_url'])} answers"), *_clock(found.headers)]
    if found.fault and found.fault.is_key:
        words = f"refused {found.fault.with_hint('check it, and for which host it is')}"
        return None, [*findings, Diagnosis("WRONG", "key", words, 4)]
    if found.status != 200 or found.names is None:
        words = f"lists no models (status {found.status}); is the path right, does it end in /v1?"
        findings.append(Diagnosis("note", "server", words))
    return found.names or (), findings


def _clock(headers: Mapping[str, str]) -> list[Diagnosis]:
    from summarizer.llm.remote.failures import date_of  # noqa: PLC0415

    there = date_of(headers.get("date"))
    if there is None:
        return []
    off = time.time() - there
    if abs(off) <= SKEW:
        return [Diagnosis("ok", "clock", f"within {abs(off):.0f} s of the server's")]
    return [
        Diagnosis(
            "note", "clock", f"{abs(off) / 60:.0f} minutes {'ahead of' if off > 0 else 'behind'} the server's; set it"
        )
    ]
