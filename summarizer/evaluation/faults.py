"""What is wrong with a labelled file, all of it in one line."""

import copy
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from summarizer.schema import Label

MOST_FAULTS = 20  # that one message names
MOST_PLACES = 5  # of the same fault


def all_of(faults: Sequence[str]) -> str:
    """The faults in one line; of very many the first, and how many more there are."""
    more = len(faults) - MOST_FAULTS
    return "; ".join([*faults[:MOST_FAULTS], *([f"and {more} more"] if more > 0 else [])])


def each_once(found: Mapping[str, Sequence[str]]) -> str:
    """The faults in one line, each with the places that have it.

    >>> each_once({"the label is missing": ["line 2", "line 5"], "the text is missing": ["line 3"]})
    'line 2, line 5: the label is missing; line 3: the text is missing'
    """
    return all_of([f"{_places(places)}: {fault}" for fault, places in found.items()])


def _places(places: Sequence[str]) -> str:
    more = len(places) - MOST_PLACES
    return ", ".join(places[:MOST_PLACES]) + (f" and {more} more" if more > 0 else "")


OURS = {
    "missing": "is missing",
    "extra_forbidden": "there is no such field",
    "string_type": "must be text",
    "string_too_short": "must not be empty",
    "too_short": "must not be empty",
    "tuple_type": "must be a list",
    "model_type": "must be an object of fields",
    "model_attributes_type": "must be an object of fields",
    "bool_type": "must be true or false",
}
"""What pydantic's kinds of error are called here."""


def faults_of(whole: Any, error: ValidationError) -> Iterator[str]:
    """What pydantic found in the facts of a case, each once and with its place."""
    yield from dict.fromkeys(_told(whole, error))


def _told(whole: Any, error: ValidationError) -> Iterator[str]:
    for one in error.errors():
        kind, place = one["type"], one["loc"]
        words = OURS.get(kind, one["msg"].removeprefix("Value error, ").replace("Input should be", "must be"))
        if any(str(step).startswith("literal[") for step in place):  # the other half of what a label may be
            continue
        if kind == "too_short" and one["input"]:  # a list whose items are at fault themselves
            continue
        if any(str(step).startswith("str-enum[Label]") for step in place):
            words = f"must be {', '.join(Label)} or unsupported"
        if "evidence" in place and kind in ("tuple_type", "string_type"):
            words = 'must be a list of sets of quotes, each a list of texts: [["Snow fell"]]'
        if place[-1:] == ("article",) and kind == "string_pattern_mismatch":
            words = f"{one['input'][:80]!r} is no name for it; rename it with letters, digits, hyphens and dots, and .txt at its end"
        if kind == "too_short":
            words = f"{place[-1]}: {words}"
        yield f"{_place(whole, place)}{words}"


def without_faults(facts: Any, error: ValidationError) -> Any:
    """The facts without the fields that are at fault, so that what they hide can be seen."""
    rest = copy.deepcopy(facts)
    for one in error.errors():
        steps = [step for step in one["loc"] if "[" not in str(step)]
        while steps and isinstance(steps[-1], int):
            steps.pop()
        if not steps or steps[-1] in ("summaries", "claims"):  # a whole list is no field
            continue
        node = rest
        for step in steps[:-1]:
            try:
                node = node[step]
            except (KeyError, IndexError, TypeError):
                break
        else:
            if isinstance(node, dict):
                node.pop(steps[-1], None)
    return rest


def missing(quote: str, article: str, where: str) -> Iterator[str]:
    """The fault of a quote that has no words, or does not stand in the article."""
    if not quote.strip():
        yield f"{where}: has no words"
    elif quote not in article:
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
