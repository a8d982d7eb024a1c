"""Replies of a language model: plain models that a strict wire schema can express, and how one is read.

No length bounds, no optional fields, no open objects: servers compile the schema
to a grammar, and a bound there cuts words in half. Bounds are checked afterwards.
"""

import json
import math
import re
from collections.abc import Mapping
from functools import cache
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from summarizer.language.patterns import LONE_SURROGATE

LARGEST = 4_000_000  # code points of a reply
DEEPEST = 24  # brackets within brackets; ours have five
THOUGHT = re.compile(r"\A\s*<think(?:ing)?>.*?</think(?:ing)?>", re.DOTALL)
THOUGHT_BEFORE = re.compile(r"</think(?:ing)?>\s*(?=[{\[`<])")
"""The end of a thought that the template of the model began."""
FINAL_CHANNEL = re.compile(r"<\|channel\|>\s*final\b[^<]{0,80}<\|message\|>")
CHANNEL_END = re.compile(r"<\|(?:return|end|call)\|>")
BROKEN = object()  # stands where a value was that JSON does not have
FENCE = re.compile(r"^```[a-zA-Z]{0,10}[ \t]*\n", re.MULTILINE)
FENCE_END = re.compile(r"```[ \t]*$", re.MULTILINE)
LONE_ESCAPED = re.compile(r"\\u[dD][89a-fA-F]")


class Wire(BaseModel):
    """A reply, or a part of one: no unknown fields, no conversion of types."""

    model_config = ConfigDict(extra="forbid", strict=True)


Reply = TypeVar("Reply", bound=Wire)


class BadReplyError(ValueError):
    """A reply that is not what was asked for; the message is meant for the model."""


@cache
def wire_schema(model: type[Wire]) -> Mapping[str, Any]:
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
    """Read a reply. Accepted around it are a thought before it, the marks of its channel, and a fence with prose around.

    Raises a `BadReplyError` for what is no JSON, has a key twice, NaN, too deep a
    nesting, or is not of the form.
    """
    if len(text) > LARGEST:
        raise BadReplyError(f"it has {len(text):,} characters, more than {LARGEST:,}")
    bare = _answer_in(text.removeprefix("\ufeff").strip())
    if not bare:
        raise BadReplyError("it is empty")
    return _of_the_form(strict_json(bare), model)


def _answer_in(text: str) -> str:
    """What stands behind thoughts and between marks; the text itself where it begins as JSON does."""
    if text.startswith(("{", "[")):
        return text
    if channels := list(FINAL_CHANNEL.finditer(text)):
        text = CHANNEL_END.split(text[channels[-1].end() :], maxsplit=1)[0].strip()
    if text.startswith("<think"):
        text = THOUGHT.sub("", text, count=1).strip()
    elif not text.startswith(("{", "[", "```")) and (ends := list(THOUGHT_BEFORE.finditer(text))):
        text = text[ends[-1].end() :].strip()
    fence = None if text.startswith(("{", "[")) else FENCE.search(text)
    if fence:
        end = FENCE_END.search(text, fence.end())
        return text[fence.end() : end.start() if end else len(text)].strip()
    return text


def mended(value: Any) -> Any:
    """The same without halves of signs (lone surrogates), which no UTF-8 can hold."""
    if isinstance(value, str):
        return LONE_SURROGATE.sub("\ufffd", value)
    if isinstance(value, dict):
        return {mended(key): mended(one) for key, one in value.items()}
    return [mended(one) for one in value] if isinstance(value, list) else value


def strict_json(text: str) -> Any:
    """JSON with every key once, finite numbers, and at most `DEEPEST` brackets open at a time."""
    _refuse_depth(text)
    try:
        found = json.loads(text, object_pairs_hook=_once, parse_constant=_refuse_constant, parse_int=_whole_number)
        return mended(found) if LONE_ESCAPED.search(text) else found
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
        found = json.loads(text, object_pairs_hook=_marked, parse_constant=lambda _: BROKEN, parse_int=_whole_number)
        return mended(found) if LONE_ESCAPED.search(text) else found
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
