"""Replies of a language model: plain models that a strict wire schema can express, and how one is read.

No length bounds, no optional fields, no open objects: servers compile the schema
to a grammar, and a bound there cuts words in half. Bounds are checked afterwards.
"""

import json
import math
import re
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from types import NoneType
from typing import Annotated, Any, NamedTuple, Self, TypeVar, get_args, get_origin

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    PrivateAttr,
    ValidationError,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    WrapValidator,
    model_validator,
)

from summarizer.language.patterns import LONE_SURROGATE

LARGEST = 4_000_000  # code points of a reply
DEEPEST = 24  # brackets within brackets; ours have five
THOUGHT = r"(?:think(?:ing)?|thought|reasoning|seed:think)"
THOUGHT_BEGIN = re.compile(rf"<{THOUGHT}>|\[THINK\]", re.IGNORECASE)
THOUGHT_END = re.compile(rf"</{THOUGHT}>|\[/THINK\]|<channel\|>", re.IGNORECASE)
"""Of a thought that the model or, unseen, the template of its chat began."""
CHANNEL = re.compile(r"<\|channel\|>\s{0,9}(?P<name>[a-z]{1,20})[^<]{0,80}(?:<\|constrain\|>[^<]{0,80})?<\|message\|>")
CHANNEL_END = re.compile(r"<\|(?:return|end|call|start|channel)\|>")
OBJECT_BEGIN = re.compile(r'(?:\[\s{0,100})?\{\s{0,100}"')
"""Of an object, or of a list of objects."""
BROKEN = object()  # stands where a value was that JSON does not have
LONE_ESCAPED = re.compile(r"\\u[dD][89a-fA-F]")


class LeftOut(NamedTuple):
    """A record of a reply that is not of the form."""

    value: Any
    fault: str


class Wire(BaseModel):
    """A reply, or a part of one: no conversion of types.

    The schema asks for every field and allows no other. Not every server holds a model to it, and what says nothing of
    the answer spoils none: a field that nobody asked for goes, and one that is missing or null is None or empty where
    that is an answer.
    """

    model_config = ConfigDict(extra="forbid", strict=True)

    _left_out: tuple[LeftOut, ...] = PrivateAttr(())

    @classmethod
    def of(cls, value: Any) -> Self:
        """The reply without those of its `Records` that are not of the form. Raises a `ValidationError`."""
        left_out: list[LeftOut] = []
        reply = cls.model_validate(value, context=left_out)
        reply._left_out = tuple(left_out)  # noqa: SLF001 (of its own class)
        return reply

    @property
    def left_out(self) -> tuple[LeftOut, ...]:
        """Records that were given and are not in it."""
        return self._left_out

    @model_validator(mode="before")
    @classmethod
    def _completed(cls, value: Any) -> Any:
        if not isinstance(value, dict) or not cls.model_fields.keys() & value.keys():
            return value
        given = {name: one for name, one in value.items() if name in cls.model_fields and one is not None}
        return _nothing(cls) | given


@cache
def _nothing(model: type[Wire]) -> dict[str, Any]:
    """The fields that may say nothing, with how they say it."""
    kinds = {name: field.annotation for name, field in model.model_fields.items()}
    lists: dict[str, Any] = {name: [] for name, kind in kinds.items() if get_origin(kind) is list}
    return lists | {name: None for name, kind in kinds.items() if NoneType in get_args(kind)}


def _sound(value: Any, validate: ValidatorFunctionWrapHandler, info: ValidationInfo) -> Any:
    if not isinstance(value, list) or info.context is None:
        return validate(value)
    found: list[Any] = []
    for place, one in enumerate(value):
        try:
            found += validate([one])
        except ValidationError as error:
            info.context.append(LeftOut(one, _told(error, f"{info.field_name}.{place}")))
    return found


def _as_named(value: Any) -> Any:
    return re.sub(r"[\s_-]+", "_", value.strip().lower()) if isinstance(value, str) else value


Record = TypeVar("Record", bound=Wire)
Records = Annotated[list[Record], WrapValidator(_sound)]
"""A list in which a record that is not of the form spoils no other."""
Spelling = BeforeValidator(_as_named)
"""Of a name out of a few: "Not in source" is `not_in_source`."""
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
    """Read a reply: JSON by itself, or the one object of the form behind a thought and among prose, fences and marks.

    Records that are not of the form, have a key twice or NaN, are left out. Raises a `BadReplyError` where no record is
    left, for what is no JSON, nests too deep or is not of the form, and where several answers stand side by side.
    """
    if len(text) > LARGEST:
        raise BadReplyError(f"it has {len(text):,} characters, more than {LARGEST:,}")
    bare = _answer_in(text.removeprefix("\ufeff").strip(), model)
    if not bare:
        raise BadReplyError("it is empty")
    return _of_the_form(_wrapped(loose_json(bare), model), model)


def _wrapped(value: Any, model: type[Wire]) -> Any:
    """A list of records, or one record, that is given without the one field of the form around it."""
    (name, *others) = model.model_fields
    if others or not isinstance(value, (list, dict)) or not value or name in value:
        return value
    return {name: value if isinstance(value, list) else [value]}


def is_json(text: str) -> bool:
    """Whether a text is one object or list of JSON, and nothing else."""
    return text.startswith(("{", "[")) and _read(text, 0)[0] == len(text)


def _answer_in(text: str, model: type[Wire]) -> str:
    """The answer of a reply; where there is none, what stands in its place."""
    if is_json(text):
        return text
    text = _final_channel(text)
    places = _objects(text)
    spoken = _behind_thought(text, places)
    found = list(dict.fromkeys(text[start:end] for start, end in places if start >= spoken))
    if len(found) > 1:
        found = [one for one in found if _fits(one, model)]
    if len(found) > 1:
        raise BadReplyError(f"it gives {len(found)} answers that differ")
    return found[0] if found else text[spoken:].strip()


def _final_channel(text: str) -> str:
    """What is said aloud, where a reply has channels: the last one that is final, else the last commentary."""
    channels = list(CHANNEL.finditer(text))
    if not channels:
        return text
    for name in ("final", "commentary"):
        if own := [one for one in channels if one["name"] == name]:
            return CHANNEL_END.split(text[own[-1].end() :], maxsplit=1)[0].strip()
    raise BadReplyError("it has a thought and no answer")


def _behind_thought(text: str, places: Sequence[tuple[int, int]]) -> int:
    """Where the last thought ends; what looks like its end within an object is part of a text there."""
    starts = [start for start, _ in places]
    spoken = 0
    for mark in THOUGHT_END.finditer(text):
        before = bisect_right(starts, mark.start()) - 1
        if before < 0 or places[before][1] <= mark.start():
            spoken = mark.end()
    if not spoken and THOUGHT_BEGIN.match(text):
        raise BadReplyError("its thought does not end")
    return spoken


def _objects(text: str) -> list[tuple[int, int]]:
    """Start and end of each JSON object of a text, or list of them, in time that grows with its length. Raises a `BadReplyError`."""
    found: list[tuple[int, int]] = []
    left = 4 * len(text) + 1_000_000
    begun = OBJECT_BEGIN.search(text)
    while begun:
        at = begun.start()
        end, read = _read(text, at)
        left -= read + at // 16  # an error of the decoder counts the lines before it
        if left < 0:
            raise BadReplyError("it has too much JSON that is broken")
        if end is not None:
            found.append((at, end))
        begun = OBJECT_BEGIN.search(text, at + 1 if end is None else end)
    return found


def _read(text: str, at: int) -> tuple[int | None, int]:
    """Where the JSON value that begins at a place ends, None where there is none; and how much was read."""
    try:
        end = DECODER.raw_decode(text, at)[1]
    except json.JSONDecodeError as error:
        reached = len(text) if error.msg.startswith("Unterminated") else error.pos
        return None, reached - at + 1
    except (ValueError, RecursionError):
        return None, len(text) - at
    return end, end - at


def _fits(text: str, model: type[Wire]) -> bool:
    try:
        _of_the_form(loose_json(text), model)
    except BadReplyError:
        return False
    return True


def mended(value: Any) -> Any:
    """The same without halves of signs (lone surrogates), which no UTF-8 can hold."""
    if isinstance(value, str):
        return LONE_SURROGATE.sub("\ufffd", value)
    if isinstance(value, dict):
        return {mended(key): mended(one) for key, one in value.items()}
    return [mended(one) for one in value] if isinstance(value, list) else value


def strict_json(text: str) -> Any:
    """JSON with every key once, finite numbers, and at most `DEEPEST` brackets open at a time."""
    return _json(text, _once, _refuse_constant)


def loose_json(text: str) -> Any:
    """JSON in which a fault spoils its own place alone: NaN, and a key given twice, become `BROKEN`.

    Raises a `BadReplyError` for what is no JSON.
    """
    return _json(text, _marked, lambda _: BROKEN)


def _json(text: str, pairs: Callable[[list[tuple[str, Any]]], Any], constant: Callable[[str], Any]) -> Any:
    _refuse_depth(text)
    try:
        found = json.loads(text, object_pairs_hook=pairs, parse_constant=constant, parse_int=_whole_number)
        return mended(found) if LONE_ESCAPED.search(text) else found
    except BadReplyError:
        raise
    except (ValueError, RecursionError) as error:
        where = f"line {error.lineno}, column {error.colno}" if isinstance(error, json.JSONDecodeError) else "a number"
        raise BadReplyError(f"it is not JSON: {getattr(error, 'msg', 'too long')} at {where}") from None


def _marked(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        found[key] = BROKEN if key in found else value
    return found


def _whole_number(digits: str) -> int | float:
    return int(digits) if len(digits) < 20 else math.inf


DECODER = json.JSONDecoder(parse_int=_whole_number)


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
        reply = model.of(value)
    except ValidationError as error:
        raise BadReplyError(f"it is not of the form: {_told(error)}") from None
    if reply.left_out and not any(getattr(reply, name) for name in model.model_fields):
        raise BadReplyError(f"it is not of the form: {reply.left_out[0].fault}")
    return reply


def _told(error: ValidationError, record: str = "") -> str:
    """What is wrong, and where; `record` is the place of the one in a list of its own that was looked at."""
    first = error.errors(include_url=False, include_input=False, include_context=False)[0]
    where = [record, *first["loc"][1:]] if record else first["loc"]
    return f"{'.'.join(map(str, where))[:80] or 'the whole'}: {first['msg']}"
