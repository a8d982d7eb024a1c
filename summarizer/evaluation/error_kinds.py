"""The kinds of error that a label may name: ours, and those of a suite's own, whose names begin with `x_`."""

import re
from typing import Annotated, get_args

from pydantic import AfterValidator, WithJsonSchema

from summarizer.schema import ErrorKind

KINDS: tuple[str, ...] = get_args(ErrorKind)
PREFIX = "x_"
OF_ONES_OWN = re.compile(PREFIX + "[a-z0-9_]{1,40}")


def is_of_ones_own(kind: str) -> bool:
    """Whether a name is that of a kind that a suite brings with it.

    >>> is_of_ones_own("x_wrong_dose"), is_of_ones_own("dose")
    (True, False)
    """
    return OF_ONES_OWN.fullmatch(kind) is not None


def _known(kind: str) -> str:
    if kind in KINDS or is_of_ones_own(kind):
        return kind
    raise ValueError(f"must be one of {', '.join(KINDS)}, or a kind of your own that begins with x_, as x_wrong_dose")


ErrorName = Annotated[
    str,
    AfterValidator(_known),
    WithJsonSchema(
        {"anyOf": [{"enum": list(KINDS), "type": "string"}, {"pattern": f"^{OF_ONES_OWN.pattern}$", "type": "string"}]}
    ),
]
"""In which way an unsupported claim is wrong."""
