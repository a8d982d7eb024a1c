"""Lexicons: the words that the readers of this package know, as data files.

A language is a folder beside this module, named by its code, with one TOML file for each
reader that has words of its own; the first line of a file says where its words come from.
Another language is another such folder: nothing else has to know of it.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


def languages(folder: Path = FOLDER) -> tuple[str, ...]:
    """Return the codes of the languages that have lexicons, sorted."""
    return tuple(sorted({file.parent.name for file in folder.glob("*/*.toml")}))


@cache
def lexicon(name: str, language: str = "en", folder: Path = FOLDER) -> Mapping[str, Any]:
    """Return a lexicon, read once.

    Raises `FileNotFoundError` where the language has none of that name.

    >>> lexicon("calendar")["weekdays"]["friday"]
    4
    """
    return tomllib.loads((folder / language / f"{name}.toml").read_text(encoding="utf-8"))
