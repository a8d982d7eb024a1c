"""One claim of a benchmark, with its document and its label.

Faults are `ValueError`s here: only whoever reads the file knows its name and line.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from summarizer.schema import Label

LONGEST_NAME = 200  # code points of an id or of a dataset's name
TRUE = {"1", "1.0", "true"}
FALSE = {"0", "0.0", "false"}


class Row(NamedTuple):
    """A claim, the document that it is checked against, and its label."""

    id: str
    dataset: str
    document: str
    """The text."""
    claim: str
    label: bool | None
    """Whether the document supports it; None where there is no label."""
    verdict3: Label | None
    """The same in three classes; None where the dataset does not separate contradicted from not in the source."""
    split: str | None = None
    """`dev`, `test` or another part of the data set; None where the file does not say."""


class Gold(NamedTuple):
    label: bool | None
    verdict3: Label | None


def build_row(
    *,
    id: object,
    dataset: object,
    document: object,
    claim: object,
    label: object,
    verdict3: object = None,
    split: object = None,
) -> Row:
    """Build a row from what a file holds. Raises a `ValueError` that names the fault."""
    gold = parse_gold(label, verdict3)
    return Row(
        _name(id, "id"),
        _name(dataset, "dataset"),
        _text(document, "document"),
        _text(claim, "claim"),
        *gold,
        _split(split),
    )


def _split(value: object) -> str | None:
    if value is None or value == "":
        return None
    named = _name(value, "split").lower()
    return "dev" if named in ("val", "validation") else named


def parse_gold(label: object, verdict3: object = None) -> Gold:
    """Read a label that is 1 or 0, true or false, or a word, and a verdict of three classes beside it.

    >>> parse_gold("not_in_source")
    Gold(label=False, verdict3=<Label.NOT_IN_SOURCE: 'not_in_source'>)
    """
    said, by_word = _label(label)
    verdict = _verdict(verdict3) or by_word
    if verdict is None and said:
        verdict = Label.SUPPORTED
    if verdict is not None and said is None:
        said = verdict is Label.SUPPORTED
    if verdict is not None and (said is not (verdict is Label.SUPPORTED) or by_word not in (None, verdict)):
        raise ValueError(f"the label {_short(label)} and the verdict3 {_short(verdict3)} do not agree")
    return Gold(said, verdict)


def need(fields: Mapping[str, Any], name: str) -> Any:
    """The field of that name. Raises a `ValueError` where there is none."""
    value = fields.get(name)
    if value is None or value == "":
        raise ValueError(f"the field {name} is missing")
    return value


def texts(fields: Mapping[str, Any], name: str) -> list[str]:
    """The field of that name, a list of texts. Raises a `ValueError` where it is none."""
    value = need(fields, name)
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise ValueError(f"the field {name} is not a list of texts")
    return value


def _label(value: object) -> Gold:
    if value is None or value == "":
        return Gold(None, None)
    if isinstance(value, (bool, int, float)) and value in (0, 1):
        return Gold(bool(value), None)
    word = value.lower() if isinstance(value, str) else ""
    if word in TRUE | FALSE:
        return Gold(word in TRUE, None)
    if word == "unsupported":
        return Gold(False, None)
    if word in set(Label):
        return Gold(word == Label.SUPPORTED, Label(word))
    raise ValueError(
        f"the label {_short(value)} is none of 1, 0, true, false, supported, contradicted, not_in_source, unsupported"
    )


def _verdict(value: object) -> Label | None:
    if value is None or value == "":
        return None
    if isinstance(value, str) and value in set(Label):
        return Label(value)
    raise ValueError(f"the verdict3 {_short(value)} is none of {', '.join(Label)}")


def _name(value: object, what: str) -> str:
    """An id or a dataset's name: it is printed, so nothing in it may steer a terminal or hide."""
    shown = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if not isinstance(shown, str) or not shown.strip() or len(shown) > LONGEST_NAME or not shown.isprintable():
        raise ValueError(f"the {what} {_short(value)} is not a name of 1 to {LONGEST_NAME} printable characters")
    return shown


def _text(value: object, what: str) -> str:
    if not isinstance(value, str):
        raise ValueError(f"the {what} is missing" if value is None else f"the {what} {_short(value)} is not text")
    if not value.strip():
        raise ValueError(f"the {what} is empty")
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ValueError(f"the {what} has half a surrogate pair at character {error.start}") from None
    return value


def _short(value: object) -> str:
    if isinstance(value, (list, dict)):
        return "a list" if isinstance(value, list) else "an object"
    shown = repr(value)
    return shown if len(shown) <= 60 else shown[:59] + "…"
