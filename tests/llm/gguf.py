"""A GGUF file with texts added to its metadata: what makes llama.cpp serve a chat model as a decision model.

The format: a header, pairs of metadata, the list of tensors, and from the next multiple of the alignment on their data,
whose places count from there. So the data stays as it is.
"""

import struct
from collections.abc import Mapping

TEXT, ARRAY = 8, 9  # kinds of a value that have a length
WIDTHS = {0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1, 10: 8, 11: 8, 12: 8}
ALIGNMENT = 32  # where the file names no other
SYSTEMONE = """<|im_start|>user
State:
{{ state }}

Question: {{ instructions }}
Options:
{% for option in options %}[{{ option.label }}] {{ option.key }}{% if option.description %}: {{ option.description }}{% endif %}
{% endfor %}
Answer with the letter of the best option only.<|im_end|>
<|im_start|>assistant
"""
DECIDES = {"llama.decision.type": "openjev", "tokenizer.chat_template.systemone": SYSTEMONE}


def with_texts(model: bytes, added: Mapping[str, str]) -> bytes:
    """The same model with more texts in its metadata."""
    magic, version, tensors, pairs = struct.unpack_from("<4sIQQ", model)
    assert (magic, version) == (b"GGUF", 3)
    at = first = struct.calcsize("<4sIQQ")
    for _ in range(pairs):
        at = _after_text(model, at)
        (kind,) = struct.unpack_from("<I", model, at)
        at = _after_value(model, at + 4, kind)
    end_of_pairs = at
    for _ in range(tensors):
        at = _after_text(model, at)
        (dimensions,) = struct.unpack_from("<I", model, at)
        at += 4 + 8 * dimensions + 4 + 8
    more = b"".join(_text(name) + struct.pack("<I", TEXT) + _text(value) for name, value in added.items())
    head = struct.pack("<4sIQQ", magic, version, tensors, pairs + len(added))
    head += model[first:end_of_pairs] + more + model[end_of_pairs:at]
    return head + bytes(-len(head) % ALIGNMENT) + model[at + -at % ALIGNMENT :]


def _text(text: str) -> bytes:
    data = text.encode("utf-8")
    return struct.pack("<Q", len(data)) + data


def _after_text(model: bytes, at: int) -> int:
    return at + 8 + int(struct.unpack_from("<Q", model, at)[0])


def _after_value(model: bytes, at: int, kind: int) -> int:
    if kind == TEXT:
        return _after_text(model, at)
    if kind != ARRAY:
        return at + WIDTHS[kind]
    inner, count = struct.unpack_from("<IQ", model, at)
    at += struct.calcsize("<IQ")
    if inner in WIDTHS:
        return at + int(count) * WIDTHS[inner]
    for _ in range(count):
        at = _after_value(model, at, inner)
    return at
