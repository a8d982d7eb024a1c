"""What the pre-commit hook `summarizer-check` runs: `python -m summarizer.pytest.hook a.summary.txt b.summary.txt ...`.

Each is checked against the text beside it, with the settings of the folder. Fails on what is contradicted or not in the
source; what nobody could decide is no reason to hold a commit back.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from summarizer.pytest import SESSION, FailOn, Session, assert_supported
from summarizer.pytest.pairs import source_beside

FAIL_ON: tuple[FailOn, ...] = ("contradicted", "not_in_source")


def main(names: Sequence[str]) -> int:
    """Check the files; 1 where one of them is at fault, 2 where one cannot be checked."""
    from summarizer.errors import SummarizerError  # noqa: PLC0415 (only where something is checked)
    from summarizer.report.safe import one_line, without_commands  # noqa: PLC0415

    status = 0
    SESSION.set(Session(Path()))  # what judges is put together once
    for name in names:
        try:
            assert_supported(Path(name), source_beside(Path(name)), fail_on=FAIL_ON)
        except AssertionError as error:
            status = max(status, 1)
            sys.stdout.write(without_commands(f"{one_line(name)}: {error}\n"))
        except SummarizerError as error:
            status = 2
            sys.stdout.write(without_commands(f"{one_line(name)}: {error}\n"))
    return status


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
