"""Judges by name: those of this package, and those that installed packages add.

A package adds one with an entry point of the group `summarizer.judges`, whose object takes a
`JudgeContext` and returns a `Judge`:

    [project.entry-points."summarizer.judges"]
    coin = "my_package:make_judge"

A name of this package cannot be taken by another.
"""

from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from summarizer.drafts import Judgements
from summarizer.errors import BackendError, SummarizerError, UsageError
from summarizer.judging import Judge, Material
from summarizer.schema import Claim
from summarizer.settings import Settings

if TYPE_CHECKING:
    from summarizer.llm.ledger import Ledger
    from summarizer.llm.model import LanguageModel

GROUP = "summarizer.judges"
BUILT_IN = {
    "lexical": "summarizer.judging.lexical:LexicalJudge",
    "nli": "summarizer.judging.nli:make_judge",
    "chat": "summarizer.judging.chat:make_judge",
    "decisions": "summarizer.judging.decisions:make_judge",
}


class JudgeContext(NamedTuple):
    """What a judge is made of; a judge takes what it needs."""

    settings: Settings
    """Every setting of the run."""
    language_model: "Callable[[], LanguageModel]"
    """Put together the model that `--judge-model` or `--model` names. Raises a `UsageError` where none is named."""
    ledger: "Ledger | None" = None
    """What counts the claims that are judged and may stop the run; None for a witness."""


def judge_names() -> tuple[str, ...]:
    """The names of all judges that are installed, sorted."""
    return tuple(sorted({*BUILT_IN, *(point.name for point in _entry_points())}))


def make_judge(name: str, context: JudgeContext) -> Judge:
    """Make the judge of that name. Raises a `UsageError` where there is none, or where its package fails."""
    if name in BUILT_IN:
        module, _, attribute = BUILT_IN[name].partition(":")
        made = getattr(import_module(module), attribute)
        judge: Judge = made(context)
        return judge
    point = next((one for one in _entry_points() if one.name == name), None)
    if point is None:
        raise UsageError(f"no judge is called {name!r}; there are: {', '.join(judge_names())}")
    try:
        plugin: Judge = point.load()(context)
    except UsageError:
        raise
    except Exception as error:
        raise UsageError(
            f"the judge {name!r} of {point.value} cannot be made: {type(error).__name__}: {error}"
        ) from error
    if missing := [part for part in ("about", "destination", "remote", "judge", "close") if not hasattr(plugin, part)]:
        raise UsageError(f"the judge {name!r} of {point.value} is not a judge: it lacks {', '.join(missing)}")
    return plugin


async def verdicts_of(judge: Judge, claims: Sequence[Claim], material: Material) -> Judgements:
    """What the judge says. Raises a `BackendError` that says where the judge of another package failed."""
    name = judge.about.name
    if name in BUILT_IN:
        return await judge.judge(claims, material)
    try:
        found = await judge.judge(claims, material)
    except SummarizerError:
        raise
    except Exception as error:
        told = " ".join(f"{type(error).__name__}: {error}".split())
        raise BackendError(f"the judge {name!r} failed{_place_of(error)}: {told[:300]}") from error
    if not isinstance(found, Judgements):
        raise BackendError(f"the judge {name!r} must return Judgements, not {type(found).__name__}")
    return found


def _place_of(error: Exception) -> str:
    """Where in the module of the judge: behind our own call, and before what it called elsewhere."""
    from traceback import extract_tb  # noqa: PLC0415 (only where something fails)

    own = extract_tb(error.__traceback__)[1:]
    places = [one for one in own if one.filename == own[0].filename]
    return f" in {Path(places[-1].filename).name}, line {places[-1].lineno}" if places else ""


def _entry_points() -> Any:
    from importlib.metadata import entry_points  # noqa: PLC0415 (only where a name is not ours)

    return entry_points(group=GROUP)
