"""Where each setting comes from: flag, then environment, then project file, then user file, then default.

A project file lies in the folder that the program is run in, and may have come
with somebody else's articles. It may say how to work, but not where text or a key
is sent: `base_url` and `api_key_env` are refused there, and what has a model
asked holds only where the user asks for one too (`consent`).
"""

import math
import os
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from summarizer.errors import SettingsError
from summarizer.providers import PROVIDERS, named_in
from summarizer.toml import parse_toml

PROJECT_FILE = "summarizer.toml"
EVAL_TABLE = "eval"
"""The table of a project file that says what the project evaluates; the evaluation reads it."""
OPENAI = "https://api.openai.com/v1"
DEFAULT_MODEL = "gpt-5.4-mini"  # small, current and cheap; named here only
DEFAULT_DECIDER = "gpt-6-luna"  # the one that api.openai.com answers decisions with
LARGEST_FILE = 64_000  # bytes
MODELS = ("model", "writer_model", "judge_model")
NOT_IN_PROJECT = ("base_url", "api_key_env", "cache")
VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
PREFIX = "SUMMARIZER_"
NO_SETTINGS = ("COMMIT", "DATE")
"""Of variables that say what a scorecard records."""


def _one_of(*allowed: str) -> Callable[[Any], str]:
    def parse(value: Any) -> str:
        if value not in allowed:
            raise ValueError(f"one of {', '.join(allowed)}")
        return str(value)

    return parse


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip() or any(ord(sign) < 32 for sign in value):
        raise ValueError("text on one line")
    return value


def _url(value: Any) -> str:
    text = _text(value)
    try:
        urlsplit(text)
    except ValueError:
        raise ValueError("a base URL like https://host/v1") from None
    return text


def _variable(value: Any) -> str:
    if not isinstance(value, str) or not VARIABLE.fullmatch(value):
        raise ValueError("the name of a variable that holds a key")
    return value


def _shown_variable(value: str) -> str:
    """A name as it is, and nothing of what is none: it may be the key itself."""
    return value if VARIABLE.fullmatch(value) else "…"


def shown_url(url: str) -> str:
    """The URL as it may be printed: its user, its query and its fragment, which may hold a secret, are left out.

    >>> shown_url("http://user:secret@host/v1?key=secret")
    'http://…@host/v1?…'
    """
    bare = re.split(r"[?#]", url, maxsplit=1)[0]
    rest = url[len(bare) :]
    before, at, place = bare.rpartition("@")
    scheme, mark, _ = (before if at else bare).partition("://")
    start = scheme + mark if mark else ""
    if "@" in rest:  # a password may hold a question mark, and then nothing says where it began
        return f"{start}…"
    return (f"{start}…@{place}" if at else bare) + (f"{rest[0]}…" if rest else "")


def _number(least: float, most: float, *, whole: bool) -> Callable[[Any], float | int]:
    def parse(value: Any) -> float | int:
        try:
            number = float("nan" if isinstance(value, bool) else value)
        except (TypeError, ValueError, OverflowError):
            number = math.nan
        if not least <= number <= most or (whole and not number.is_integer()):
            raise ValueError(f"a {'whole number' if whole else 'number'} from {least:g} to {most:g}")
        return int(number) if whole else number

    return parse


def _flag(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    if value in ("1", "true", "yes", "on"):
        return True
    if value in ("0", "false", "no", "off"):
        return False
    raise ValueError("true or false")


class Spec(NamedTuple):
    """One setting."""

    default: Any
    parse: Callable[[Any], Any]
    help: str
    shown: Callable[[str], str] = str
    """How a value is printed: without what may be a secret."""


SPECS: dict[str, Spec] = {
    "backend": Spec("auto", _one_of("auto", "embedded", "openai", "replay"), "what writes, splits and judges"),
    "model": Spec(None, _text, f"name of the model, or server:name; {DEFAULT_MODEL} at api.openai.com"),
    "writer": Spec("auto", _one_of("auto", "extractive", "llm"), "what writes the summary"),
    "writer_model": Spec(None, _text, "model that writes, if not the same"),
    "judge": Spec("auto", _text, "what judges: nli (embedded), lexical, chat, decisions, or one from a package"),
    "judge_model": Spec(None, _text, "model that judges, if not the same"),
    "base_url": Spec(OPENAI, _url, "an OpenAI-compatible server", shown_url),
    "api_key_env": Spec(None, _variable, "variable that holds the key for base_url", _shown_variable),
    "evidence": Spec("auto", _one_of("auto", "whole", "narrow"), "show the judge the whole source, or passages"),
    "key_sentences": Spec(
        "extractive", _one_of("extractive", "llm"), "who says which sentences of the source a summary should cover"
    ),
    "claims": Spec("auto", _one_of("auto", "atomic", "sentence"), "let a model split sentences into claims, or not"),
    "claims_per_call": Spec(8, _number(1, 100, whole=True), "claims judged in one call"),
    "passages": Spec(3, _number(1, 5, whole=True), "passages for each claim, where evidence is narrow"),
    "whole_tokens": Spec(
        6_000, _number(100, 1_000_000, whole=True), "longest source that auto shows whole from the first"
    ),
    "cite": Spec(
        "words",
        _one_of("words", "sentences", "passages"),
        "evidence by words, or, for small models, by sentence number; decisions: by number, or the best passages, unasked",
    ),
    "decide": Spec(False, _flag, "take the likeliest label where the judge is not sure"),
    "prior": Spec(0.8, _number(0.01, 0.99, whole=False), "share of claims that you expect to be supported"),
    "profile": Spec(None, _text, "calibration profile of the judge, a TOML file; nli brings its own"),
    "witness": Spec("auto", _one_of("auto", "nli", "none"), "what is heard beside a judge that asks a model"),
    "weights": Spec(None, _text, "folder with other weights for the nli judge"),
    "threads": Spec(1, _number(1, 64, whole=True), "processor threads of the nli judge"),
    "min_confidence": Spec(None, _number(0, 1, whole=False), "least probability of a label; below it, undecided"),
    "accepted": Spec(None, _text, "file of claims accepted by hand, which fail no check"),
    "timeout": Spec(120.0, _number(0.1, 3_600, whole=False), "seconds for one attempt"),
    "deadline": Spec(300.0, _number(0.1, 86_400, whole=False), "seconds for one call with its retries"),
    "concurrency": Spec(8, _number(1, 256, whole=True), "requests side by side"),
    "thinking_tokens": Spec(
        None,
        _number(0, 200_000, whole=True),
        "tokens to think before each answer; by default 8,000 once one was cut off",
    ),
    "temperature": Spec(0.0, _number(0, 2, whole=False), "sampling temperature"),
    "cache": Spec(False, _flag, "keep replies, which quote the article, in the user's cache folder"),
    "prompts": Spec(None, _text, "folder with your own prompts"),
}


class Value(NamedTuple):
    """A setting as it is, and where it came from."""

    value: Any
    origin: str


class Key(NamedTuple):
    """An API key; never printed."""

    secret: str
    origin: str

    def __repr__(self) -> str:
        return f"Key(from {self.origin})"


class Settings:
    """Every setting with its origin."""

    def __init__(self, values: Mapping[str, Value]) -> None:
        self.values = values

    def __getitem__(self, name: str) -> Any:
        return self.values[name].value

    def origin(self, name: str) -> str:
        return self.values[name].origin


def resolve(
    flags: Mapping[str, Any] | None = None,
    *,
    environment: Mapping[str, str] | None = None,
    folder: Path | None = None,
) -> Settings:
    """Gather the settings. `folder` is where a project file is looked for; None reads neither file.

    Raises a `SettingsError` that names file or variable, and the fault, and for a flag that is no setting.
    """
    if unknown := sorted(set(flags or {}) - set(SPECS)):
        raise SettingsError(no_setting(unknown[0]))
    environment = os.environ if environment is None else environment
    flags = {name: value for name, value in (flags or {}).items() if value is not None}
    project = _file(folder / PROJECT_FILE, PROJECT_FILE, forbidden=NOT_IN_PROJECT) if folder else {}
    user = _file(user_file(environment), "user file", forbidden=()) if folder else {}
    variables = {name: f"{PREFIX}{name.upper()}" for name in SPECS}
    found: dict[str, Value] = {}
    for name, spec in SPECS.items():
        if name in flags:
            found[name] = Value(_parsed(spec, flags[name], flag_of(name)), "flag")
        elif environment.get(variables[name]):
            found[name] = Value(_parsed(spec, environment[variables[name]], variables[name]), variables[name])
        elif name == "base_url" and environment.get("OPENAI_BASE_URL"):
            found[name] = Value(_parsed(spec, environment["OPENAI_BASE_URL"], "OPENAI_BASE_URL"), "OPENAI_BASE_URL")
        elif name in project:
            found[name] = Value(_parsed(spec, project[name], f"{PROJECT_FILE}: {name}"), PROJECT_FILE)
        elif name in user:
            found[name] = Value(_parsed(spec, user[name], f"user file: {name}"), "user file")
        else:
            found[name] = Value(spec.default, "default")
    return Settings(_at_its_provider(found))


def no_setting(name: str) -> str:
    """What to say of a name that no setting has.

    >>> no_setting("jugde")
    "no setting is called 'jugde'; did you mean 'judge'?"
    """
    from difflib import get_close_matches  # noqa: PLC0415 (quick --help)

    near = get_close_matches(name, SPECS, n=1)
    return f"no setting is called {name!r}; " + (
        f"did you mean {near[0]!r}?" if near else f"there are: {', '.join(SPECS)}"
    )


def unknown_variables(environment: Mapping[str, str]) -> Iterator[str]:
    """What to say of each variable that is named like that of a setting, and is that of none; `_KEY` may name any key.

    >>> list(unknown_variables({"SUMMARIZER_JUGDE": "lexical", "SUMMARIZER_JUDGE": "nli"}))
    ["SUMMARIZER_JUGDE: no setting is called 'jugde'; did you mean 'judge'?"]
    """
    for variable in sorted(one for one in environment if one.startswith(PREFIX) and environment[one]):
        name = variable.removeprefix(PREFIX)
        if name.lower() not in SPECS and name not in NO_SETTINGS and not name.endswith("_KEY"):
            yield f"{variable}: {no_setting(name.lower()[:40])}"


def _at_its_provider(found: dict[str, Value]) -> dict[str, Value]:
    """The same, with the base URL of the provider that stands before the name of a model, and its key.

    Raises a `SettingsError` where the models of a run are at different servers.
    """
    places = {name: place for name in MODELS if (place := named_in(found[name].value or ""))}
    if not places:
        return found
    first, (provider, _) = next(iter(places.items()))
    origin = found[first].origin
    where = f"{first} {found[first].value!r}"
    if PROJECT_FILE in (found[name].origin for name in places):
        raise SettingsError(
            f"{PROJECT_FILE}: {where}: a project file names no server; use a flag, a variable or the user file"
        )
    if others := sorted({other for other, _ in places.values()} - {provider}):
        raise SettingsError(f"{where}: another model of this run is at {others[0]}; all are asked at one server")
    url = PROVIDERS[provider].base_url
    given = found["base_url"]
    if given.origin not in ("default", "OPENAI_BASE_URL") and given.value.rstrip("/") != url:
        raise SettingsError(f"{where}: is at {url}, and base_url says {shown_url(given.value)}; leave one of them out")
    named = {name: Value(model, found[name].origin) for name, (_, model) in places.items()}
    variable = PROVIDERS[provider].key_variable
    key = {"api_key_env": Value(variable, origin)} if variable and found["api_key_env"].value is None else {}
    return found | named | key | {"base_url": Value(url, origin)}


def user_file(environment: Mapping[str, str]) -> Path:
    """The user's settings file."""
    base = environment.get("XDG_CONFIG_HOME")
    return (Path(base) if base else Path.home() / ".config") / "summarizer" / "config.toml"


def settings_files(folder: Path) -> tuple[Path, Path]:
    """The files that `resolve` reads in that folder, where they are there: the project's and the user's."""
    return folder / PROJECT_FILE, user_file(os.environ)


def key_for(settings: Settings, environment: Mapping[str, str] | None = None) -> Key | None:
    """The key for the server of `base_url`, where one was given for that very host; None otherwise.

    A key is given for a host by standing beside its base URL: `OPENAI_API_KEY` for
    `OPENAI_BASE_URL`, `SUMMARIZER_API_KEY` for `SUMMARIZER_BASE_URL`, each for
    api.openai.com where its base URL is not set; or by `api_key_env`.

    Raises a `SettingsError` where the variable is not set, or holds what no key can be.
    """
    environment = os.environ if environment is None else environment
    named = settings["api_key_env"]
    if named:
        if not environment.get(named):
            raise SettingsError(f"api_key_env: the variable {named} is not set")
        return key_of(environment[named].strip(), named)
    for prefix in ("SUMMARIZER", "OPENAI"):
        secret = (environment.get(f"{prefix}_API_KEY") or "").strip()
        if secret and is_meant_for(settings["base_url"], prefix, environment):
            return key_of(secret, f"{prefix}_API_KEY")
    return None


def key_of(secret: str, origin: str) -> Key:
    """The key. Raises a `SettingsError` where it holds a space or a character that no header takes."""
    if not all(33 <= ord(sign) <= 126 for sign in secret):
        raise SettingsError(f"{origin}: the API key contains a space or a character that no key has; copy it again")
    return Key(secret, origin)


def flag_of(name: str) -> str:
    """The option of a setting.

    >>> flag_of("claims_per_call")
    '--claims-per-call'
    """
    return f"--{name.replace('_', '-')}"


def is_meant_for(base_url: str, prefix: str, environment: Mapping[str, str] | None = None) -> bool:
    """Whether the variables of a prefix, `OPENAI` or `SUMMARIZER`, are for that server: they stand beside its base URL."""
    environment = os.environ if environment is None else environment
    return _place(environment.get(f"{prefix}_BASE_URL") or OPENAI) == _place(base_url)


def _place(url: str) -> tuple[str, str | None, int | None]:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return url, None, None
    return parts.scheme, parts.hostname, port or {"http": 80, "https": 443}.get(parts.scheme)


def _parsed(spec: Spec, value: Any, where: str) -> Any:
    try:
        return spec.parse(value)
    except ValueError as error:
        raise SettingsError(f"{where}: must be {error}, not {spec.shown(str(value))[:60]!r}") from None


def _file(path: Path, name: str, *, forbidden: tuple[str, ...]) -> dict[str, Any]:
    try:
        if not path.is_file():
            return {}
        if path.stat().st_size > LARGEST_FILE:
            raise SettingsError(f"{name}: more than {LARGEST_FILE:,} bytes; not a settings file")
        table = parse_toml(path.read_text(encoding="utf-8-sig"))  # with the mark that Notepad writes
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{name}: cannot be read: {error}") from None
    if name == PROJECT_FILE:
        table.pop(EVAL_TABLE, None)
    for key in table:
        if key in forbidden:
            raise SettingsError(
                f"{name}: {key}: not allowed in a project file; use a flag, a variable or the user file"
            )
        if key not in SPECS:
            raise SettingsError(f"{name}: {no_setting(key[:40])}")
    return table
