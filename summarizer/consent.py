"""Who has a model asked: the user, or only a file that came with the folder, which sends nothing by itself."""

from summarizer.errors import SettingsError
from summarizer.settings import MODELS, PROJECT_FILE, Settings, flag_of

EMBEDDED_JUDGES = ("nli", "lexical")
ASKING: dict[str, tuple[str, ...]] = {
    "backend": ("openai",),
    "writer": ("llm",),
    "judge": ("chat", "decisions"),
    "claims": ("atomic",),
    "key_sentences": ("llm",),
}
"""Settings that have a model asked, each with the values that do."""
OF_OTHERS = ("judge", "profile", "weights")
"""Settings that may name a judge or witnesses of somebody else's, which may send text as well."""


def names_a_model(settings: Settings) -> bool:
    """Whether the user, and not a file that came with the folder, named a model or a server."""
    return any(named_by_user(settings, name) for name in ("model", "base_url"))


def named_by_user(settings: Settings, name: str) -> bool:
    """Whether the user set it: a flag, a variable of ours, or the user's own file."""
    return settings.origin(name) not in ("default", PROJECT_FILE, "OPENAI_BASE_URL")


def refuse_unconfirmed(settings: Settings) -> None:
    """Raise a `SettingsError` where text is about to be sent, and only a project file asked for that."""
    asking = [name for name, values in ASKING.items() if settings[name] in values]
    if any(named_by_user(settings, name) for name in (*MODELS, "base_url", *asking)):
        return
    local = ("auto", *EMBEDDED_JUDGES)
    of_others = [one for one in OF_OTHERS if settings.origin(one) == PROJECT_FILE and settings[one] not in local]
    if unconfirmed := asking or of_others:
        name, value = unconfirmed[0], settings[unconfirmed[0]]
        raise SettingsError(
            f"{PROJECT_FILE}: {name} {value!r}: sends the text away, which a project file cannot do by itself; "
            f"confirm it with {flag_of(name)} {value} or SUMMARIZER_{name.upper()}={value}, or leave it out"
        )
