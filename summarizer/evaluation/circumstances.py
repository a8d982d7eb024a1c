"""When, for which commit and with which versions a run was scored, so that two scorecards can be told apart later.

Nothing of it is read from the clock: the same input gives the same scorecard.
"""

import os
import platform
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from typing import NamedTuple

from summarizer.errors import UsageError
from summarizer.schema import Setting

COMMITS = (
    "SUMMARIZER_COMMIT",
    "GITHUB_SHA",
    "CI_COMMIT_SHA",
    "BUILDKITE_COMMIT",
    "CIRCLE_SHA1",
    "GIT_COMMIT",
    "BUILD_SOURCEVERSION",
)
"""Where CI systems say which commit they run."""
LIBRARIES = ("onnxruntime", "openai")


class Circumstances(NamedTuple):
    """What a scorecard says of where it was made."""

    date: str | None
    commit: str | None
    versions: tuple[Setting, ...]


def circumstances(environment: Mapping[str, str] | None = None) -> Circumstances:
    """What the environment says. Raises a `UsageError` for a SOURCE_DATE_EPOCH that is no time."""
    given = os.environ if environment is None else environment
    commit = next((value for name in COMMITS if (value := given.get(name, "").strip())), None)
    return Circumstances(_date(given), commit[:100] if commit else None, _versions())


def _date(given: Mapping[str, str]) -> str | None:
    if named := given.get("SUMMARIZER_DATE", "").strip():
        try:
            return datetime.fromisoformat(named).isoformat()
        except ValueError:
            raise UsageError("SUMMARIZER_DATE: is no date such as 2026-11-29 or 2026-11-29T08:30:00Z") from None
    if not (epoch := given.get("SOURCE_DATE_EPOCH", "").strip()):
        return None
    try:
        return datetime.fromtimestamp(int(epoch), UTC).isoformat()
    except (ValueError, OverflowError, OSError):
        raise UsageError("SOURCE_DATE_EPOCH: is no number of seconds since 1970") from None


def _versions() -> tuple[Setting, ...]:
    found = [Setting(name="python", value=platform.python_version())]
    for name in LIBRARIES:
        try:
            found.append(Setting(name=name, value=version(name)))
        except PackageNotFoundError:
            continue
    return tuple(found)
