"""The folders that are shipped within the package, and in a clone lie beside it: the prompts and the suite."""

from pathlib import Path
from typing import Literal

PACKAGE = Path(__file__).parent


def shipped(name: Literal["evals", "prompts"]) -> Path:
    """The folder of that name: it goes with the code that was imported, whatever else is installed."""
    within = PACKAGE / name
    return within if within.is_dir() else PACKAGE.parent / name
