"""What of the options of a run nothing in it would use: each is refused, and none ignored.

A variable or a settings file may speak of other runs, so that only what this one was given is looked at.
"""

import math

from summarizer.consent import EMBEDDED_JUDGES
from summarizer.errors import UsageError
from summarizer.llm.models import RunOptions
from summarizer.settings import Settings, flag_of

PROMPTING = ("evidence", "cite", "claims_per_call")
"""Settings that say how a judge asks a language model."""
ASKING = ("model", "base_url", "api_key_env", *PROMPTING, "timeout", "concurrency", "prompts", "cache")
"""Settings that only count where a model is asked."""
SENDING = ("base_url", "api_key_env", "timeout", "concurrency", "cache")
"""Settings that only count where something is sent."""


def refuse_no_limit(options: RunOptions) -> None:
    """Raise a `UsageError` for a limit that nothing would pass, as nan, or that everything would."""
    for name, limit in (("max_tokens", options.max_tokens), ("max_cost", options.max_cost)):
        if limit is not None and not 0 < limit < math.inf:
            raise UsageError(
                f"{flag_of(name)}: must be a finite number above 0, not {limit}; leave it out for no limit"
            )


def refuse_idle(settings: Settings, name: str, *, decides: bool, profiled: bool) -> None:
    """Raise a `UsageError` for an option that the judge of that name has no use for.

    `decides` says whether it asks a decision model, `profiled` whether there is a calibration profile.
    """
    embedded = name in EMBEDDED_JUDGES
    for option in ("weights", "threads"):
        if settings.origin(option) == "flag" and name != "nli" and (embedded or settings["witness"] == "none"):
            raise UsageError(f"--{option}: the {name} judge takes none; use --judge nli")
    if settings.origin("witness") == "flag" and (embedded or settings["profile"]):
        why = "its calibration profile names its witnesses" if settings["profile"] else "it stands beside a model"
        raise UsageError(f"--witness: the {name} judge takes none: {why}")
    if decides and settings.origin("cite") == "flag" and settings["cite"] == "words":
        raise UsageError("--cite: the decisions judge writes no words; use --cite sentences or --cite passages")
    if name == "chat" and settings.origin("cite") == "flag" and settings["cite"] == "passages":
        raise UsageError("--cite passages: the chat judge gives its evidence itself; use --judge decisions")
    if settings.origin("claims_per_call") == "flag" and settings["cite"] == "sentences" and not decides:
        raise UsageError("--claims-per-call: --cite sentences asks about one claim in a call; leave it out")
    if embedded and (idle := next((one for one in PROMPTING if settings.origin(one) == "flag"), None)):
        raise UsageError(f"{flag_of(idle)}: the {name} judge asks no model; use --judge chat, or leave it out")
    _refuse_two_rules(settings)
    if settings.origin("prior") == "flag" and not profiled:
        raise UsageError("--prior: only a calibration profile has a use for it; name one with --profile")


def _refuse_two_rules(settings: Settings) -> None:
    """Raise a `UsageError` where one of two settings makes the other void, unless only that one is of this run."""
    decide, least = (settings.origin(name) for name in ("decide", "min_confidence"))
    if settings["decide"] and least != "default" and (decide != "flag" or least == "flag"):
        idle, by = _where("min_confidence", least), _where("decide", decide)
        raise UsageError(f"{idle}: with {by} the likeliest label is taken, however likely; use one of them")


def refuse_what_only_sending_needs(settings: Settings, options: RunOptions) -> None:
    """Raise a `UsageError` for the first option of this run that has no use where replies are replayed."""
    if options.record:
        raise UsageError("--record and --replies do not go together: what is replayed is recorded already")
    if idle := next((one for one in SENDING if settings.origin(one) == "flag"), None):
        raise UsageError(f"{flag_of(idle)}: recorded replies are read and nothing is sent; leave it out")


def refuse_what_only_asking_needs(settings: Settings, options: RunOptions) -> None:
    """Raise a `UsageError` for the first option of this run that has no use where no model is asked."""
    for name, given in (("--replies", options.replies), ("--record", options.record)):
        if given and not options.shared:
            raise UsageError(f"{name}: nothing here asks a model, so there are no replies to read or record")
    limits = {"max_tokens": options.max_tokens, "max_cost": options.max_cost}
    servers = ["backend"] if settings["backend"] in ("openai", "replay") else []
    idle = [one for one in (*ASKING, *servers) if settings.origin(one) == "flag"]
    idle += [one for one in limits if limits[one] and not options.shared]
    if idle:
        remedy = (
            "another --judge or --backend" if idle[0] in ("model", "base_url", "backend") else "--model to name one"
        )
        raise UsageError(f"{flag_of(idle[0])}: nothing here asks a model; use {remedy}, or leave it out")


def _where(setting: str, origin: str) -> str:
    """Where a setting is said.

    >>> _where("decide", "flag"), _where("decide", "SUMMARIZER_DECIDE"), _where("decide", "user file")
    ('--decide', 'SUMMARIZER_DECIDE', 'decide of user file')
    """
    if origin == "flag":
        return flag_of(setting)
    return origin if origin.startswith("SUMMARIZER_") else f"{setting} of {origin}"
