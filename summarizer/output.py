"""Write a file whole or not at all."""

import contextlib
import os
import stat
import tempfile
from pathlib import Path

from summarizer.errors import OutputError
from summarizer.reading import printable_name


def write_whole(path: Path, text: str) -> None:
    """Write `text` to `path` in UTF-8, so that the old file stays until the new one is complete.

    A symbolic link is followed and kept, and so is the mode of a file that was
    there. Raises `OutputError` where that cannot be done; nothing is left behind.
    """
    target = Path(os.path.realpath(path))
    name = printable_name(path)
    if target.is_dir():
        raise OutputError(f"{name}: is a directory; name a file in it")
    if target.exists() and not target.is_file():  # a pipe or a device cannot be replaced
        _write_through(target, name, text)
        return
    temporary: Path | None = None
    try:
        descriptor, made = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:60]}.", suffix=".part")
        temporary = Path(made)
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(_mode_for(target))
        temporary.replace(target)
    except BaseException as error:
        if temporary is not None:
            with contextlib.suppress(FileNotFoundError):
                temporary.unlink()
        if isinstance(error, OSError):
            raise OutputError(f"{name}: cannot write: {error.strerror or error}; choose another place") from error
        raise


def _write_through(target: Path, name: str, text: str) -> None:
    try:
        target.write_text(text, encoding="utf-8")
    except OSError as error:
        raise OutputError(f"{name}: cannot write: {error.strerror or error}") from error


def _mode_for(target: Path) -> int:
    """The mode of the file that is replaced, else what the umask leaves of 0666."""
    if target.exists():
        return stat.S_IMODE(target.stat().st_mode)
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
