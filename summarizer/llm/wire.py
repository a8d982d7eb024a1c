"""Replies of a language model: plain models that a strict wire schema can express, and how one is read.

No length bounds, no optional fields, no open objects: servers compile the schema
to a grammar, and a bound there cuts words in half. Bounds are checked afterwards.
"""

import json
import math
import re
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

LARGEST = 4_000_000  # code points of a reply
DEEPEST = 24  # brackets within brackets; ours have five
THOUGHT = re.compile(r"\A\s*<think(?:ing)?>.*?</think(?:ing)?>", re.DOTALL)
BROKEN = object()  # stands where a value was that JSON does not have
FENCE = re.compile(r"\A```[a-zA-Z]{0,10}\n(.*?)\n?```\Z", re.DOTALL)


class Wire(BaseModel):
    """A reply, or a part of one: no unknown fields, no conversion of types."""

    model_config = ConfigDict(extra="forbid", strict=True)


Reply = TypeVar("Reply", bound=Wire)


class BadReplyError(ValueError):
    """A reply that is not what was asked for; the message is meant for the model."""


def wire_schema(model: type[Wire]) -> dict[str, Any]:
    """The JSON Schema of a reply as strict servers take it: every field required, no open objects, no titles."""
    schema: dict[str, Any] = _without_titles(model.model_json_schema())
    return schema


def _without_titles(node: Any) -> Any:
    if isinstance(node, dict):
        named = node.get("properties", {})
        kept = {key: _without_titles(value) for key, value in node.items() if key not in ("title", "description")}
        if named:
            kept["properties"] = {key: _without_titles(value) for key, value in named.items()}
        return kept
    return [_without_titles(one) for one in node] if isinstance(node, list) else node


def parse_reply(text: str, model: type[Reply]) -> Reply:
    """Read a reply; a think-block before it and a fence around it are accepted, and nothing else is.

    Raises a `BadReplyError` for what is no JSON, has a key twice, NaN, too deep a
    nesting, or is not of the form.
    """
    if len(text) > LARGEST:
        raise BadReplyError(f"it has {len(text):,} characters, more than {LARGEST:,}")
    bare = text.removeprefix("\ufeff").strip()
    bare = THOUGHT.sub("", bare, count=1).strip() if bare.startswith("<think") else bare
    fenced = FENCE.match(bare) if bare.startswith("```") else None
    bare = fenced[1].strip() if fenced else bare
    if not bare:
        raise BadReplyError("it is empty")
    return _of_the_form(strict_json(bare), model)


def strict_json(text: str) -> Any:
    """JSON with every key once, finite numbers, and at most `DEEPEST` brackets open at a time."""
    _refuse_depth(text)
    try:
        return json.loads(text, object_pairs_hook=_once, parse_constant=_refuse_constant)
    except BadReplyError:
        raise
    except (ValueError, RecursionError) as error:
        where = f"line {error.lineno}, column {error.colno}" if isinstance(error, json.JSONDecodeError) else "a number"
        raise BadReplyError(f"it is not JSON: {getattr(error, 'msg', 'too long')} at {where}") from None


def loose_json(text: str) -> Any:
    """JSON in which a fault spoils its own place alone: NaN, and a key given twice, become `BROKEN`.

    Raises a `BadReplyError` for what is no JSON.
    """
    _refuse_depth(text)
    try:
        return json.loads(text, object_pairs_hook=_marked, parse_constant=lambda _: BROKEN, parse_int=_whole_number)
    except (ValueError, RecursionError):
        raise BadReplyError("it is not JSON") from None


def _marked(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        found[key] = BROKEN if key in found else value
    return found


def _whole_number(digits: str) -> int | float:
    return int(digits) if len(digits) < 20 else math.inf


def _refuse_depth(text: str) -> None:
    depth = 0
    in_string = escaped = False
    for sign in re.findall(r'[\[\]{}"\\]|[^\[\]{}"\\]', text) if "\\" in text else re.findall(r'[\[\]{}"]', text):
        if in_string:
            in_string, escaped = (in_string, False) if escaped else (sign != '"', sign == "\\")
        elif sign == '"':
            in_string = True
        elif sign in "[{":
            depth += 1
            if depth > DEEPEST:
                raise BadReplyError(f"it nests brackets more than {DEEPEST} deep")
        elif sign in "]}":
            depth -= 1


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        twice = next(key for position, (key, _) in enumerate(pairs) if key in dict(pairs[:position]))
        raise BadReplyError(f"it has the key {twice[:40]!r} twice in one object")
    return found


def _refuse_constant(name: str) -> Any:
    raise BadReplyError(f"it holds {name}, which is not JSON")


def _of_the_form(value: Any, model: type[Reply]) -> Reply:
    try:
        return model.model_validate(value)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        where = ".".join(str(part) for part in first["loc"])[:80] or "the whole"
        raise BadReplyError(f"it is not of the form: {where}: {first['msg']}") from None
