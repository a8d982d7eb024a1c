"""Put text from outside into a prompt: numbered, fenced off, and unable to leave its fence.

The fence is derived from the hash of the text and absent from it, so that it
cannot be guessed and yet the same article gives the same bytes, which provider
and server caches need.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping

from summarizer.language.line_breaks import unwrapped

ZERO_WIDTH = "\u200b"
# What nobody sees and a model reads: a message can be written in it. Grounding passes over it as well.
UNSEEN = re.compile("[\u200b\u2060-\u206f\ufeff\U000e0000-\U000e0fff]")
# What chat templates use to begin and end messages. A server may read it as such
# anywhere in a message, so a zero-width space is put inside; grounding takes it off.
SPECIAL = re.compile(
    r"<(?=\|[^\s|>]{1,60}\|>)|<(?=｜)|\[(?=/?(?:INST|THINK)\])|<(?=<(?:/)?SYS>>)|<(?=/?s>)|<(?=(?:start|end)_of_turn>)"
    r"|<(?=/?(?:bos|eos|pad|unk|think|thinking|tool_call|tool_response)>)"
)


def block(name: str, lines: Mapping[str, str]) -> str:
    """Lines of text from outside, each with its id, between two tags that the text does not have.

    >>> print(block("source", {"s1": "Rain fell."}))
    <source-5db94b0b5794>
    s1: Rain fell.
    </source-5db94b0b5794>
    """
    body = listed(lines)
    tag = f"{name}-{fence(body)}"
    return f"<{tag}>\n{body}\n</{tag}>"


def listed(lines: Mapping[str, str]) -> str:
    """Lines of text from outside, each with its id. No text has a line break, so none can begin a line of its own."""
    return "\n".join(f"{key}: {one_line(text)}" for key, text in lines.items())


def fence(text: str) -> str:
    """Twelve hexadecimal digits that stand nowhere in the text and depend on nothing else."""
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    while digest[:12] in text:
        digest = hashlib.sha256(digest.encode("ascii")).hexdigest()
    return digest[:12]


def one_line(text: str) -> str:
    """The text on one line, without what nobody sees and the space that a hyphen at a line end would get, and with
    chat-template tokens taken apart by a zero-width space.
    """
    return SPECIAL.sub(lambda match: match[0] + ZERO_WIDTH, unwrapped(UNSEEN.sub("", text)))


def numbered(texts: Iterable[str]) -> dict[str, str]:
    """Ids for texts in order: s1, s2, ..."""
    return {f"s{number}": text for number, text in enumerate(texts, 1)}
