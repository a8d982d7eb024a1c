"""Look at the set-up from end to end: key, server, model, schema support, clock."""

import asyncio
import time
from collections.abc import Mapping
from typing import NamedTuple

from summarizer.backends.choose import server_of
from summarizer.errors import BackendError, RefusedError, UnavailableError, UsageError
from summarizer.settings import OPENAI, Settings, asks_for_a_model, key_for

SKEW = 300.0  # seconds that a clock may be off before certificates and logs suffer


class Finding(NamedTuple):
    """One thing that was looked at."""

    mark: str
    """`ok`, `note` or `WRONG`."""
    subject: str
    words: str
    exit_status: int = 0


def examine(settings: Settings) -> list[Finding]:
    """Look at everything that a run with these settings needs; each finding says what to do."""
    found = [_embedded(), _tokens()]
    key = key_for(settings)
    if not key and settings["base_url"] == OPENAI:
        words = "none: set OPENAI_API_KEY, or name a server with --base-url, to ask a model"
        return [
            *found,
            Finding(
                "WRONG" if asks_for_a_model(settings) else "note", "key", words, 4 if asks_for_a_model(settings) else 0
            ),
        ]
    named = (
        f"from {key.origin}, for {settings['base_url']}"
        if key
        else f"none for {settings['base_url']}; a server at home needs none"
    )
    found.append(Finding("ok" if key else "note", "key", named))
    return [*found, *asyncio.run(_server(settings))]


def _embedded() -> Finding:
    """Which tier of the embedded checker runs; there is only the first."""
    from summarizer.backends.embedded.trees import checker  # noqa: PLC0415 (only when asked about)

    try:
        trees = len(checker().trees)
    except BackendError as error:
        return Finding("WRONG", "embedded", str(error), error.exit_status)
    return Finding("ok", "embedded", f"no key, no network; tier A judges: strict rules, then {trees} boosted trees")


def _tokens() -> Finding:
    from summarizer.tokens import ranks_are_here  # noqa: PLC0415

    if ranks_are_here():
        return Finding("ok", "tokens", "counted exactly for OpenAI's models; estimated for others")
    return Finding(
        "note", "tokens", "estimated; for exact counts let tiktoken fetch o200k_base once, into TIKTOKEN_CACHE_DIR"
    )


async def _server(settings: Settings) -> list[Finding]:
    from summarizer.backends.model.asking import CallError, Message, Request  # noqa: PLC0415
    from summarizer.backends.model.wire import ClaimsReply  # noqa: PLC0415
    from summarizer.backends.remote.client import RUNGS, SETTLED, Dialect, RemoteCaller  # noqa: PLC0415

    names, findings = await _models(settings)
    if names is None:
        return findings
    try:
        server = server_of(settings)
    except UsageError as error:
        return [*findings, Finding("WRONG", "model", f"{error}; there: {', '.join(names[:10])}", 2)]
    if names and server.model not in names:
        words = f"{server.model} is not among the {len(names)} there: {', '.join(names[:10])}"
        findings.append(Finding("note", "model", words))
    caller = RemoteCaller(server._replace(timeout=min(server.timeout, 60.0), deadline=60.0))
    messages = (Message("system", "Reply with JSON only."), Message("user", 'Reply with {"claims": []}'))
    try:
        await caller.call(Request("extract", messages, ClaimsReply, 400, "\0", ()))
    except RefusedError as error:
        return [*findings, Finding("WRONG", "model", str(error), 4)]
    except (CallError, UnavailableError) as error:
        return [*findings, Finding("WRONG", "server", str(error), 5)]
    finally:
        await caller.close()
    rung = RUNGS[SETTLED.get(server.base_url, Dialect()).rung]
    rungs = {"strict": "takes our JSON schema", "plain": "takes no schema; replies are checked all the same"}
    findings.append(Finding("ok", "model", f"{server.model} answers"))
    findings.append(Finding("ok", "schema", rungs.get(rung, f"takes {rung}; replies are checked all the same")))
    return findings


async def _models(settings: Settings) -> tuple[tuple[str, ...] | None, list[Finding]]:
    """The models that the server lists, and what was found about server and clock; None where it does not answer."""
    from summarizer.backends.remote.listing import fetch_models  # noqa: PLC0415 (only when something is sent)

    try:
        found = await fetch_models(settings)
    except (UnavailableError, UsageError) as error:
        return None, [Finding("WRONG", "server", str(error), error.exit_status)]
    findings = [Finding("ok", "server", f"{settings['base_url']} answers"), *_clock(found.headers)]
    if found.status in (401, 403):
        refused = Finding("WRONG", "key", f"refused ({found.status}): check it, and for which host it is", 4)
        return None, [*findings, refused]
    if found.status != 200 or found.names is None:
        words = f"lists no models (status {found.status}); is the path right, does it end in /v1?"
        findings.append(Finding("note", "server", words))
    return found.names or (), findings


def _clock(headers: Mapping[str, str]) -> list[Finding]:
    from summarizer.backends.remote.failures import date_of  # noqa: PLC0415

    there = date_of(headers.get("date"))
    if there is None:
        return []
    off = time.time() - there
    if abs(off) <= SKEW:
        return [Finding("ok", "clock", f"within {abs(off):.0f} s of the server's")]
    return [
        Finding(
            "note", "clock", f"{abs(off) / 60:.0f} minutes {'ahead of' if off > 0 else 'behind'} the server's; set it"
        )
    ]
