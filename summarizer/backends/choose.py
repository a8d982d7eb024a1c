"""Find the backend that a caller asked for, and put it together."""

from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args
from urllib.parse import urlsplit

from summarizer.backends import Backend, BackendName
from summarizer.backends.embedded import EmbeddedBackend
from summarizer.errors import UsageError
from summarizer.settings import DEFAULT_MODEL, OPENAI, Settings, asks_for_a_model, key_for, resolve

if TYPE_CHECKING:
    from summarizer.backends.ledger import Ledger
    from summarizer.backends.model.asking import Caller
    from summarizer.backends.remote.client import Server


class Extras(NamedTuple):
    """What belongs to one run and is no setting."""

    record: Path | None = None
    """Write the replies there."""
    replies: Path | None = None
    """Read the replies from there."""
    max_tokens: int | None = None
    max_cost: float | None = None
    ledger: "Ledger | None" = None
    """Where the calls are entered, and who may stop them."""


def choose(backend: BackendName | Backend, settings: Settings | None = None, extras: Extras | None = None) -> Backend:
    """Return the backend of that name, or the one given.

    `auto` is a model's where the user named a model or a server, and the embedded
    one otherwise: a key in the environment is no wish to send an article away.
    Without `settings` they come from the environment alone.
    """
    if not isinstance(backend, str):
        return backend
    if backend not in get_args(BackendName):
        raise UsageError(f"no backend is called {backend!r}; there are: {', '.join(get_args(BackendName))}")
    extras = extras or Extras()
    if settings is None and backend in ("embedded", "auto"):
        return EmbeddedBackend()
    settings = settings or resolve()
    if backend == "embedded" or (backend == "auto" and extras.replies is None and not asks_for_a_model(settings)):
        return EmbeddedBackend(decide=settings["decide"])
    return _model_backend("replay" if extras.replies or backend == "replay" else "openai", settings, extras)


def rehearsal(settings: Settings, sentences: int) -> Backend:
    """The model backend of the settings with nothing behind it: it counts what would be sent.

    `sentences` is the length of the summary that a model would write.
    """
    from summarizer.backends.model import Manner, ModelBackend  # noqa: PLC0415 (quick start without a model)
    from summarizer.backends.rehearsal import RehearsalCaller  # noqa: PLC0415
    from summarizer.templates import load_prompts  # noqa: PLC0415
    from summarizer.tokens import Budget, TokenCounter  # noqa: PLC0415

    if settings["backend"] == "embedded" or (settings["backend"] == "auto" and not asks_for_a_model(settings)):
        raise UsageError("--dry-run: the embedded backend makes no calls; name a model, a server or --backend openai")
    hosted = urlsplit(settings["base_url"]).hostname == urlsplit(OPENAI).hostname
    counter = TokenCounter(exact=hosted)
    model = settings["model"] or (DEFAULT_MODEL if hosted else None)
    caller = RehearsalCaller("openai", model, settings["base_url"], counter, sentences)
    manner = Manner(**{name: settings[name] for name in Manner._fields})
    prompts = load_prompts(Path(settings["prompts"]) if settings["prompts"] else None)
    return ModelBackend(caller, prompts, manner, counter, Budget())


def openai_backend(
    *, model: str | None = None, base_url: str | None = None, api_key: str | None = None, **settings: str | float
) -> Backend:
    """A backend that asks OpenAI or a compatible server, for callers from Python.

    `settings` are those of `summarizer config show`; what is not given comes from the
    environment. `api_key` is sent to `base_url` and nowhere else.
    """
    resolved = resolve({"model": model, "base_url": base_url, **settings})
    return _model_backend("openai", resolved, Extras(), api_key=api_key)


def server_of(settings: Settings, *, api_key: str | None = None) -> "Server":
    """Where the settings say that the model is. Raises a `UsageError` where they do not say enough."""
    from summarizer.backends.remote.client import Server, checked_url  # noqa: PLC0415 (quick start without a model)

    base_url = checked_url(settings["base_url"])
    model = settings["model"]
    if not model and urlsplit(base_url).hostname != urlsplit(OPENAI).hostname:
        raise UsageError(f"which model of {base_url}? name it with --model; `summarizer doctor` lists what is there")
    key = key_for(settings)
    secret = api_key or (key.secret if key else None)
    if secret and not all(33 <= ord(sign) <= 126 for sign in secret):
        raise UsageError("the API key holds a space or a sign that no key has; copy it again")
    if not secret and urlsplit(base_url).hostname == urlsplit(OPENAI).hostname:
        raise UsageError(
            "the openai backend needs a key: set OPENAI_API_KEY, or name another server with --base-url, "
            "or use --backend embedded"
        )
    return Server(
        base_url=base_url,
        model=model or DEFAULT_MODEL,
        key=secret,
        timeout=settings["timeout"],
        deadline=settings["deadline"],
        concurrency=settings["concurrency"],
        temperature=settings["temperature"],
    )


def _model_backend(
    kind: Literal["openai", "replay"], settings: Settings, extras: Extras, *, api_key: str | None = None
) -> Backend:
    from summarizer.backends.model import Manner, ModelBackend  # noqa: PLC0415 (quick start without a model)
    from summarizer.templates import load_prompts  # noqa: PLC0415
    from summarizer.tokens import Budget, TokenCounter  # noqa: PLC0415

    caller = _replayed(extras) if kind == "replay" else _remote(settings, extras, api_key)
    if extras.ledger:
        from summarizer.backends.model.watched import WatchedCaller  # noqa: PLC0415

        caller = WatchedCaller(caller, extras.ledger)
    manner = Manner(**{name: settings[name] for name in Manner._fields})
    prompts = load_prompts(Path(settings["prompts"]) if settings["prompts"] else None)
    counter = TokenCounter(exact=urlsplit(caller.base_url or "").hostname == urlsplit(OPENAI).hostname)
    budget = Budget(tokens=extras.max_tokens, cost=extras.max_cost)
    return ModelBackend(caller, prompts, manner, counter, budget, ledger=extras.ledger)


def _replayed(extras: Extras) -> "Caller":
    from summarizer.backends.replay import ReplayCaller  # noqa: PLC0415

    if extras.replies is None:
        raise UsageError("the replay backend needs recorded replies: --replies FILE, made with --record FILE")
    return ReplayCaller(extras.replies)


def _remote(settings: Settings, extras: Extras, api_key: str | None) -> "Caller":
    from summarizer.backends.remote.client import RemoteCaller  # noqa: PLC0415

    caller: Caller = RemoteCaller(server_of(settings, api_key=api_key))
    if settings["cache"]:
        from summarizer.backends.cache import CachedCaller, cache_folder  # noqa: PLC0415

        sampling = f"temperature={settings['temperature']}"
        caller = CachedCaller(caller, cache_folder() / "replies.sqlite", sampling=sampling)
    if extras.record:
        from summarizer.backends.replay import Recorder  # noqa: PLC0415

        caller = Recorder(caller, extras.record)
    return caller
