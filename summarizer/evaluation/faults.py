"""What is wrong with a labelled file, all of it in one line."""

from collections.abc import Iterator, Sequence
from typing import Any

from pydantic import ValidationError

from summarizer.schema import Label

MOST_FAULTS = 20  # that one message names


def all_of(faults: Sequence[str]) -> str:
    """The faults in one line; of very many the first, and how many more there are."""
    more = len(faults) - MOST_FAULTS
    return "; ".join([*faults[:MOST_FAULTS], *([f"and {more} more"] if more > 0 else [])])


def faults_of(whole: Any, error: ValidationError) -> Iterator[str]:
    """What pydantic found in the facts of a case, each with its place."""
    for one in error.errors():
        words = one["msg"].removeprefix("Value error, ")
        if any(str(step).startswith("literal[") for step in one["loc"]):  # the other half of what a label may be
            continue
        if one["type"] == "too_short" and one["input"]:  # a list whose items are at fault themselves
            continue
        if any(str(step).startswith("str-enum[Label]") for step in one["loc"]):
            words = f"must be {', '.join(Label)} or unsupported"
        if one["type"] == "too_short":
            words = f"{one['loc'][-1]}: {words}"
        yield f"{_place(whole, one['loc'])}{words}"


def missing(quote: str, article: str, where: str) -> Iterator[str]:
    """The fault of a quote that does not stand in the article."""
    if quote not in article:
        shown = quote if len(quote) <= 80 else quote[:79] + "…"
        yield f"{where}: these words are not in the article: {shown!r}"


def _place(facts: Any, loc: Sequence[int | str]) -> str:
    """`claim NAME: field: ` of an error's location, as far as the file says."""
    node, claim, field = facts, "", ""
    for step in loc:
        if "[" in str(step):  # a kind of value that a field may have, and no place
            continue
        try:
            node = node[step]
        except (KeyError, IndexError, TypeError):
            node = None
        if isinstance(node, dict) and isinstance(node.get("id"), str):
            claim = f"{node['id']}: "
        field = f"{step}: " if isinstance(step, str) and step not in ("summaries", "claims") else field
    return claim + field
