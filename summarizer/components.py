"""Put together the writer, the extractor and the judge that the settings ask for."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, get_args

from summarizer.consent import EMBEDDED_JUDGES, named_by_user, names_a_model, refuse_unconfirmed
from summarizer.coverage import Finder
from summarizer.deciding import DecisionOptions, Testimony
from summarizer.errors import UsageError
from summarizer.extraction import Extractor
from summarizer.extraction.sentences import SentenceExtractor
from summarizer.idle_options import (
    refuse_idle,
    refuse_no_limit,
    refuse_what_only_asking_needs,
    refuse_what_only_sending_needs,
)
from summarizer.judging import Judge, Reviewer
from summarizer.llm.models import Models, RunOptions, is_hosted
from summarizer.settings import DEFAULT_DECIDER, SPECS, Settings, no_setting, resolve
from summarizer.writing import Fixer, Writer
from summarizer.writing.extractive import ExtractiveWriter

if TYPE_CHECKING:
    from summarizer.extraction.accounting import Entailment
    from summarizer.llm.deferred import DeferredCaller
    from summarizer.llm.dry_run import DryRunCaller
    from summarizer.llm.exchange import Caller

BackendName = Literal["auto", "embedded", "openai", "replay"]
Command = Literal["summarize", "check", "repair"]
Part = Writer | Extractor | Judge | Finder | Fixer
EMBEDDED_JUDGE = "nli"
WITNESSED_JUDGES = ("chat", "decisions")  # the embedded judge is heard beside them unless told otherwise
DECIDING_JUDGE = "decisions"


class Components(NamedTuple):
    """What does the work of a run; it may serve many runs side by side."""

    writer: Writer
    extractor: Extractor
    judge: Judge
    deciding: DecisionOptions = DecisionOptions()
    witnesses: tuple[Judge, ...] = ()
    """Further judges, asked as well and weighted by the calibration profile; they decide nothing alone."""
    entails: "Entailment | None" = None
    """Whether a sentence of the summary says what a claim of the extractor says; None where claims are sentences."""
    controls: bool = False
    """Whether the judge is asked control questions too."""
    reads_summary: "Entailment | None" = None
    """Whether the summary says a key sentence of the source; None where words alone are to tell."""
    finder: Finder | None = None
    """Names the key sentences of the source; None where the extractive writer does."""
    fixer: Fixer | None = None
    """Proposes words for wrong statements, where they are to be put right; None where the source's own words are tried."""
    listener: Callable[[Testimony], None] | None = None
    """Told of each claim what its outcome is made from; for those who fit a calibration profile."""
    overdue: Callable[[], bool] | None = None
    """Whether the run was stopped, and what is left of it has to end."""

    @property
    def remote(self) -> bool:
        """Whether any of them uses the network."""
        return any(part.remote for part in self.parts)

    def at_work(self, command: Command) -> tuple[Part, ...]:
        """Those that a command uses: only `summarize` writes, and only `repair` proposes other words."""
        finder = (self.finder,) if self.finder else ()
        checking = (self.extractor, self.judge, *self.witnesses, *finder)
        if command == "summarize":
            return (self.writer, *checking)
        return (*checking, self.fixer) if command == "repair" and self.fixer else checking

    @property
    def parts(self) -> tuple[Part, ...]:
        fixer = (self.fixer,) if self.fixer else ()
        return (*self.at_work("summarize"), *fixer)

    async def close(self) -> None:
        """Let go of connections and files; they may be used again afterwards."""
        for part in self.parts:
            await part.close()


def assemble(
    settings: Settings | None = None, options: RunOptions | None = None, *, api_key: str | None = None
) -> Components:
    """Put together what the settings ask for; without settings those of the environment.

    `backend` sets writer, extractor and judge at once, and each can be set by itself. `auto` is a model's where
    the user named a model or a server, and the embedded one otherwise: neither a key in the environment
    nor a project file alone means that an article may be sent. `api_key` is sent to the server of the settings and nowhere else. Raises a `UsageError`.
    """
    settings = settings or resolve()
    return _Assembly(settings, options or RunOptions(), api_key).components()


def openai_backend(
    *,
    model: str | None = None,
    base_url: str | None = None,
    api_key: str | None = None,
    max_tokens: int | None = None,
    max_cost: float | None = None,
    **settings: str | float,
) -> Components:
    """Components that ask OpenAI or a compatible server, for callers from Python.

    `settings` are those of `summarizer config show`; what is not given comes from the environment. `api_key` is sent
    to `base_url` and nowhere else. `max_tokens` and `max_cost` (US dollars) limit all calls of the components
    together. Raises a `TypeError` for a setting that does not exist, and a `UsageError` for a limit that is none.
    """
    resolved = resolve(known_settings({**settings, "backend": "openai", "model": model, "base_url": base_url}))
    return assemble(resolved, RunOptions(max_tokens=max_tokens, max_cost=max_cost), api_key=api_key)


def known_settings(given: dict[str, Any]) -> dict[str, Any]:
    """The same, where each is a setting. Raises a `TypeError` that names the others."""
    if unknown := sorted(set(given) - set(SPECS)):
        raise TypeError(no_setting(unknown[0]))
    return given


def planned_calls(components: Components) -> "list[DryRunCaller]":
    """The callers of a dry run, each once; empty where nothing asks a model."""
    from summarizer.llm.dry_run import DryRunCaller  # noqa: PLC0415

    return [caller for caller in _callers(components) if isinstance(caller, DryRunCaller)]


def deferred_callers(components: Components) -> "list[DeferredCaller]":
    """The callers whose answers come later, each once; empty where nothing asks a model."""
    from summarizer.llm.deferred import DeferredCaller  # noqa: PLC0415

    return [caller for caller in _callers(components) if isinstance(caller, DeferredCaller)]


def _callers(components: Components) -> "list[Caller]":
    models = (getattr(part, "language_model", None) for part in components.parts)
    return list(dict.fromkeys(model.caller for model in models if model))


def _entailment(settings: Settings) -> "Entailment":
    """The embedded model as a reader of the summary, loaded when it is first asked."""

    def entails(claim: str, text: str) -> float:
        from summarizer.judging.nli import model_of  # noqa: PLC0415 (only where it is asked)

        return model_of(settings)(claim, text).supported

    return entails


def _profile_of(settings: Settings, judge: Judge) -> Path | None:
    """The calibration profile that the user names, or else the one that came with the judge's weights."""
    own = settings["profile"]
    return Path(own) if own else getattr(judge, "profile", None)


class _Assembly:
    """Builds the parts of a run; those that ask the same model share it."""

    def __init__(self, settings: Settings, options: RunOptions, api_key: str | None) -> None:
        self._settings = settings
        self._options = options
        refuse_no_limit(options)
        self._models = Models(settings, options, api_key)
        if settings["backend"] not in get_args(BackendName):
            raise UsageError(
                f"no backend is called {settings['backend']!r}; there are: {', '.join(get_args(BackendName))}"
            )

    def components(self) -> Components:
        judge = self._judge()
        profiled = _profile_of(self._settings, judge) is not None
        refuse_idle(self._settings, judge.about.name, decides=self._decides, profiled=profiled)
        deciding = self._deciding(judge)
        extractor = self._extractor()
        entails = None if isinstance(extractor, SentenceExtractor) else _entailment(self._settings)
        witnesses, controls = self._witnesses(judge, deciding), self._stands_beside(judge, deciding)
        # Whoever chose words alone, or no embedded judge, has that for key sentences as well.
        alone = judge.about.name == "lexical" or self._settings["witness"] == "none" or self._options.dry_run
        reads_summary = None if alone else _entailment(self._settings)
        built = Components(
            self._writer(), extractor, judge, deciding, witnesses, entails, controls, reads_summary, self._finder(),
            self._fixer(), overdue=self._options.ledger.is_overdue if self._options.ledger else None,
        )  # fmt: skip
        if built.remote:
            refuse_unconfirmed(self._settings)
        if self._options.dry_run and not self._models.asked:
            raise UsageError("--dry-run: nothing here asks a model; name a model, a server or --backend openai")
        if self._models.replays and not self._options.dry_run:
            refuse_what_only_sending_needs(self._settings, self._options)
        if not self._models.asked:
            refuse_what_only_asking_needs(self._settings, self._options)
        return built

    @property
    def _whole(self) -> bool:
        """Whether everything asks a model unless set otherwise."""
        backend = self._settings["backend"]
        if self._decides and backend != "embedded":
            hosted = backend == "openai" and is_hosted(self._settings["base_url"]) and not self._settings["model"]
            return self._any_model() is not None or hosted
        named = self._options.replies is not None or names_a_model(self._settings)
        return backend in ("openai", "replay") or (backend == "auto" and named)

    @property
    def _decides(self) -> bool:
        """Whether the judge asks a decision model, which can neither write nor split."""
        return bool(self._settings["judge"] == DECIDING_JUDGE)

    def _writer(self) -> Writer:
        if not self._options.writes:
            return ExtractiveWriter()
        kind, model = self._kind("writer", embedded="extractive", asking="llm")
        if kind == "extractive":
            return ExtractiveWriter()
        from summarizer.writing.llm import LlmWriter  # noqa: PLC0415 (quick start without a model)

        return LlmWriter(self._models.named(model))

    def _fixer(self) -> Fixer | None:
        """The model that writes puts right as well."""
        if not self._options.writes:
            return None
        kind, model = self._kind("writer", embedded="extractive", asking="llm")
        if kind == "extractive":
            return None
        from summarizer.writing.fixes import LlmFixer  # noqa: PLC0415 (quick start without a model)

        return LlmFixer(self._models.named(model))

    def _finder(self) -> Finder | None:
        """The model that names key sentences, where a report is to show them."""
        if not self._options.finds or self._settings["key_sentences"] == "extractive":
            return None
        model = self._any_model()
        if not self._whole and not model:
            raise UsageError("--key-sentences llm: a language model names them; name one with --model")
        from summarizer.coverage.named import LlmFinder  # noqa: PLC0415 (quick start without a model)

        return LlmFinder(self._models.named(model))

    def _extractor(self) -> Extractor:
        claims = self._settings["claims"]
        if claims == "sentence" or (claims == "auto" and not self._whole):
            return SentenceExtractor()
        model = self._any_model()
        if not self._whole and not model:
            raise UsageError("--claims atomic: a language model splits sentences into claims; name one with --model")
        from summarizer.extraction.llm import LlmExtractor  # noqa: PLC0415 (quick start without a model)

        return LlmExtractor(self._models.named(model))

    def _judge(self) -> Judge:
        from summarizer.judging.registry import JudgeContext, make_judge  # noqa: PLC0415

        kind, model = self._kind("judge", embedded=EMBEDDED_JUDGE, asking="chat")
        if kind == DECIDING_JUDGE:
            hosted = is_hosted(self._settings["base_url"]) and not self._models.replays
            model = self._settings["judge_model"] or self._settings["model"] or (DEFAULT_DECIDER if hosted else None)
        context = JudgeContext(self._settings, lambda: self._models.named(model), self._options.ledger)
        return make_judge(kind, context)

    def _witnesses(self, judge: Judge, deciding: DecisionOptions) -> tuple[Judge, ...]:
        """Those that the calibration profile has a weight for; beside a judge without a profile, the embedded one."""
        from summarizer.judging.registry import JudgeContext, make_judge  # noqa: PLC0415

        names = set(deciding.profile.support.witnesses) if deciding.profile else set()
        if self._settings["witness"] == "none":
            return ()
        if self._stands_beside(judge, deciding):
            names.add("nli")
        if self._options.dry_run:  # stand-ins are no answers that a real witness could doubt
            from summarizer.judging.contrary import Contrary  # noqa: PLC0415

            return (Contrary(),) if names and isinstance(judge, Reviewer) else ()
        context = JudgeContext(self._settings, lambda: self._models.named(self._settings["judge_model"]))
        return tuple(make_judge(name, context) for name in sorted(names))

    def _stands_beside(self, judge: Judge, deciding: DecisionOptions) -> bool:
        """Whether the embedded judge stands beside the one of the run, which then has control questions to answer."""
        wanted = self._settings["witness"]
        asked = wanted == "nli" or judge.about.name in WITNESSED_JUDGES
        return not deciding.profile and wanted != "none" and asked

    def _deciding(self, judge: Judge) -> DecisionOptions:
        from summarizer.calibration import load_profile  # noqa: PLC0415

        settings, file = self._settings, _profile_of(self._settings, judge)
        profile = load_profile(file) if file else None
        if file and profile:
            name = judge.about.name
            model = judge.about.model or name  # a judge without a model is its own
            if profile.judge != name:
                raise UsageError(f"{file.name}: this calibration profile is for the judge {profile.judge}, not {name}")
            if profile.model != model:
                raise UsageError(
                    f"{file.name}: this calibration profile is for the model {profile.model}, not {model}; fit another "
                    "with `summarizer eval calibrate`"
                )
            if profile.prompts and profile.prompts != judge.about.prompts:
                raise UsageError(
                    f"{file.name}: this calibration profile was fitted with other prompts; fit another with "
                    "`summarizer eval calibrate`"
                )
        return DecisionOptions(settings["decide"], settings["min_confidence"], settings["prior"], profile)

    def _kind(self, part: Literal["writer", "judge"], *, embedded: str, asking: str) -> tuple[str, str | None]:
        """Which writer or judge, and the model that it is to ask, where one is named for it."""
        kind, model = self._settings[part], self._settings[f"{part}_model"]
        if kind == "auto":
            own = model and named_by_user(self._settings, f"{part}_model")
            kind = asking if own or self._whole else embedded
        if kind in (embedded, *EMBEDDED_JUDGES) and model and named_by_user(self._settings, f"{part}_model"):
            raise UsageError(f"--{part}-model: the {kind} {part} asks no model; use --{part} {asking}")
        return kind, model or self._any_model()

    def _any_model(self) -> str | None:
        """The model for what none is named for: that of all, or else the one that is named for another part.

        With a decision model as the judge, `model` is that one where no `judge_model` is named.
        """
        names: tuple[str, ...] = ("model", "judge_model", "writer_model")
        if self._decides:
            names = ("model", "writer_model") if self._settings["judge_model"] else ("writer_model",)
        return next((self._settings[name] for name in names if self._settings[name]), None)
