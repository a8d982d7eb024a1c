"""Everything that can go wrong, as one tree; each class carries the exit status of the command line.

    SummarizerError              2
    ├── UsageError               2   options or arguments that do not fit together
    ├── InputError               2   a source or summary that cannot be read
    ├── OutputError              2   a result that cannot be written
    ├── PromptError              2   a prompt file that cannot be used
    ├── SettingsError            2   a settings file or variable that cannot be used
    ├── RepliesError             2   recorded replies that do not fit this run
    ├── CaseError                2   a labelled case, a scorecard or a policy that cannot be used
    ├── RepairError              1   a mended summary that fails its own check, and is not written
    ├── BudgetError              3   the next call could pass the limit on tokens or cost
    └── BackendError             5   the backend failed as a whole
        ├── RefusedError         4   key, quota or model refused
        └── UnavailableError     5   no answer to be had

A message is one line: what, where, and what to do next. A claim that could not
be checked is not an error but a value: `summarizer.schema.Unchecked`.
"""

from typing import ClassVar


class SummarizerError(Exception):
    """Base of every error that this package raises on purpose."""

    exit_status: ClassVar[int] = 2


class UsageError(SummarizerError):
    """Options or arguments that do not fit together."""


class InputError(SummarizerError):
    """A source or summary that cannot be read as text."""


class OutputError(SummarizerError):
    """A result that cannot be written where it was asked for."""


class PromptError(SummarizerError):
    """A prompt file that cannot be used."""


class SettingsError(SummarizerError):
    """A settings file or an environment variable that cannot be used."""


class RepliesError(SummarizerError):
    """Recorded replies that cannot be read or that do not hold an answer to this request."""


class CaseError(SummarizerError):
    """A labelled case, a scorecard or a policy of the eval harness that cannot be used."""


class RepairError(SummarizerError):
    """A mended summary that fails its own check, so that nothing is written."""

    exit_status: ClassVar[int] = 1


class BudgetError(SummarizerError):
    """The next call could pass the limit on tokens or cost, so it was not made."""

    exit_status: ClassVar[int] = 3


class BackendError(SummarizerError):
    """A backend failed as a whole, so that no claim could be checked."""

    exit_status: ClassVar[int] = 5


class RefusedError(BackendError):
    """The provider refused the key, the quota or the model."""

    exit_status: ClassVar[int] = 4


class UnavailableError(BackendError):
    """The provider gave no answer within the deadline."""
