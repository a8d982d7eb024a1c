"""Words that turn, weaken or harden a sentence, read from `cues.toml`."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from summarizer.language.patterns import any_of
from summarizer.language.speakers import VERB

FILE = Path(__file__).with_name("cues.toml")


@cache
def _read() -> Mapping[str, Mapping[str, list[str]]]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


@cache
def counted() -> Mapping[str, re.Pattern[str]]:
    """What the trees count, by name: the cues, and the verbs of saying."""
    cues = {name: re.compile(rf"\b{any_of(forms)}\b", re.IGNORECASE) for name, forms in _read()["counted"].items()}
    return cues | {"said": VERB}
