"""The language models of a run, as its settings name them: the server, what carries the requests, and the shared budget."""

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from summarizer.consent import refuse_unconfirmed
from summarizer.errors import UsageError
from summarizer.settings import DEFAULT_MODEL, MODELS, OPENAI, Settings, key_for, key_of

if TYPE_CHECKING:
    from summarizer.llm.deferred import Deferral
    from summarizer.llm.exchange import Caller
    from summarizer.llm.ledger import Ledger
    from summarizer.llm.model import LanguageModel
    from summarizer.llm.remote.client import Server
    from summarizer.llm.replay import Recording
    from summarizer.llm.tokens import Budget, Tariff

REPLIES, SPENT = "replies.sqlite", "spent"
"""What is kept of a run, or of all: the replies, and how much was spent."""


class RunOptions(NamedTuple):
    """Options of one run that are not settings."""

    record: Path | None = None
    """Write the replies there."""
    replies: Path | None = None
    """Read the replies from there."""
    max_tokens: int | None = None
    """Most tokens of all calls together."""
    max_cost: float | None = None
    """Most US dollars of all calls together."""
    dry_run: bool = False
    """Whether to send nothing and count what would be sent."""
    ledger: "Ledger | None" = None
    """Counts the calls, and may stop them."""
    writes: bool = True
    """Whether a summary is written; where none is, no model is put together for it."""
    finds: bool = True
    """Whether somebody looks at key sentences; where nobody does, no model is asked for them."""
    shared: bool = False
    """Whether several runs have these options, of which some may have no use for them."""
    kept: Path | None = None
    """Folder in which a run that may be broken off keeps replies and what was spent."""
    deferral: "Deferral | None" = None
    """Where the replies are that come later; then nothing is sent."""


def server_of(settings: Settings, *, model: str | None = None, api_key: str | None = None) -> "Server":
    """The server that the settings name. Raises a `UsageError` where they do not say enough, and a `SettingsError`."""
    from summarizer.llm.remote.client import Server, checked_url  # noqa: PLC0415 (quick start without a model)

    base_url = checked_url(settings["base_url"])
    model = model or settings["model"] or (None if is_hosted(base_url) else _only_model(settings))
    key = key_of(api_key, "api_key") if api_key else key_for(settings)
    if not key and is_hosted(base_url):
        raise UsageError(
            "the openai backend needs a key: set OPENAI_API_KEY, or name another server with --base-url, "
            "or use --backend embedded"
        )
    return Server(
        base_url=base_url,
        model=model or DEFAULT_MODEL,
        key=key.secret if key else None,
        timeout=settings["timeout"],
        deadline=settings["deadline"],
        concurrency=settings["concurrency"],
        temperature=settings["temperature"],
    )


def _only_model(settings: Settings) -> str:
    """The model of a server that has one alone. Raises a `UsageError` that names those of another."""
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 (quick start without a model)

    from summarizer.llm.remote.listing import list_models  # noqa: PLC0415

    with ThreadPoolExecutor(1) as own_loop:  # the caller may be within an event loop
        names = own_loop.submit(list_models, settings).result()
    if len(names) == 1:
        return names[0]
    there = f"it has {', '.join(names[:10])}" if names else "it lists none"
    raise UsageError(f"which model of {settings['base_url']}? {there}; name it with --model")


def is_hosted(base_url: str | None) -> bool:
    """Whether a base URL is OpenAI's own."""
    return urlsplit(base_url or "").hostname == urlsplit(OPENAI).hostname


class Models:
    """Puts together the models that a run asks: each once, and all with one budget and one recording."""

    def __init__(self, settings: Settings, options: RunOptions, api_key: str | None) -> None:
        self._settings = settings
        self._options = options
        self._api_key = api_key
        self._known: dict[str | None, LanguageModel] = {}
        self._recording: Recording | None = None
        self._budget: Budget | None = None

    @property
    def asked(self) -> bool:
        """Whether any was put together."""
        return bool(self._known)

    @property
    def replays(self) -> bool:
        """Whether recorded replies stand for the server."""
        return self._options.replies is not None or self._settings["backend"] == "replay"

    def named(self, name: str | None) -> "LanguageModel":
        """The model of that name; None is the one that the server has by default. Raises a `UsageError`."""
        if name not in self._known:
            self._known[name] = self._put_together(name)
        return self._known[name]

    def _put_together(self, name: str | None) -> "LanguageModel":
        from summarizer.llm.model import LanguageModel, PromptingOptions  # noqa: PLC0415
        from summarizer.llm.templates import load_prompts  # noqa: PLC0415
        from summarizer.llm.tokens import Budget, TokenCounter  # noqa: PLC0415

        settings, ledger = self._settings, self._options.ledger
        if not self.replays:
            refuse_unconfirmed(settings)  # before the server is asked which models it has
        caller = self._caller(name)
        if ledger:
            from summarizer.llm.watched import WatchedCaller  # noqa: PLC0415

            caller = caller if self._options.dry_run else WatchedCaller(caller, ledger)
        options = PromptingOptions(**{name: settings[name] for name in PromptingOptions._fields})
        prompts = load_prompts(Path(settings["prompts"]) if settings["prompts"] else None)
        counter = TokenCounter(exact=is_hosted(caller.base_url))
        kept = self._options.kept / SPENT if self._options.kept else None
        self._budget = self._budget or Budget(tokens=self._options.max_tokens, cost=self._options.max_cost, kept=kept)
        tariff: Tariff = "batch" if self._options.deferral else "standard"
        return LanguageModel(
            caller,
            prompts,
            options,
            counter,
            self._budget,
            ledger=ledger,
            tariff=tariff,
            thinking_tokens=settings["thinking_tokens"],
        )

    def _caller(self, model: str | None) -> "Caller":
        settings, options = self._settings, self._options
        if options.dry_run:
            from summarizer.llm.dry_run import DryRunCaller  # noqa: PLC0415
            from summarizer.llm.tokens import TokenCounter  # noqa: PLC0415

            hosted = is_hosted(settings["base_url"])
            named = model or (DEFAULT_MODEL if hosted else None)
            return DryRunCaller("openai", named, settings["base_url"], TokenCounter(exact=hosted))
        if self.replays:
            from summarizer.llm.replay import ReplayCaller  # noqa: PLC0415

            if options.replies is None:
                raise UsageError("the replay backend needs recorded replies: --replies FILE, made with --record FILE")
            replayed = ReplayCaller(options.replies, model=model)
            if model != replayed.model and any(
                settings.origin(one) == "flag" and settings[one] == model for one in MODELS
            ):
                raise UsageError(f"{options.replies}: has no replies of {model}, but those of {replayed.model}")
            return replayed
        if options.deferral:
            return self._deferred(model, options.deferral)
        return self._remote(model)

    def _deferred(self, model: str | None, deferral: "Deferral") -> "Caller":
        from summarizer.llm.deferred import DeferredCaller  # noqa: PLC0415
        from summarizer.llm.remote.client import Server, checked_url  # noqa: PLC0415
        from summarizer.llm.tokens import TokenCounter  # noqa: PLC0415

        base_url = checked_url(self._settings["base_url"])
        hosted = is_hosted(base_url)
        named = model or self._settings["model"] or (DEFAULT_MODEL if hosted else None)
        if named is None:
            raise UsageError(f"which model of {base_url}? Name it with --model")
        server = Server(base_url, named, None, temperature=self._settings["temperature"])
        return DeferredCaller(server, deferral, TokenCounter(exact=hosted))

    def _remote(self, model: str | None) -> "Caller":
        from summarizer.llm.remote.client import RemoteCaller  # noqa: PLC0415

        settings = self._settings
        caller: Caller = RemoteCaller(server_of(settings, model=model, api_key=self._api_key))
        if settings["cache"] or self._options.kept:
            from summarizer.llm.cache import CachedCaller, cache_folder  # noqa: PLC0415

            sampling = f"temperature={settings['temperature']}"
            if self._options.kept:
                caller = CachedCaller(caller, self._options.kept / REPLIES, sampling=sampling, paid=True)
            if settings["cache"]:
                caller = CachedCaller(caller, cache_folder() / REPLIES, sampling=sampling)
        if self._options.record:
            from summarizer.llm.replay import Recorder, Recording  # noqa: PLC0415

            self._recording = self._recording or Recording(self._options.record)
            caller = Recorder(caller, self._recording)
        return caller
