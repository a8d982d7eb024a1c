"""TOML from outside: settings, profiles, policies, set-ups and the headers of prompts."""

import tomllib
from typing import Any


def parse_toml(text: str) -> dict[str, Any]:
    """Return the tables of a text. Raises a `tomllib.TOMLDecodeError`, also where the parser fails in another way.

    >>> parse_toml('model = "m"')
    {'model': 'm'}
    """
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        raise
    except (RecursionError, ValueError) as error:
        raise tomllib.TOMLDecodeError("it is nested too deep, or a number in it has too many digits") from error
