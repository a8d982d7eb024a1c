"""The word pieces of BERT: how the embedded judge's network reads a text.

Uncased WordPiece (Devlin et al., 2019; Schuster and Nakajima, 2012), piece by piece what the package `tokenizers`
makes of the same `tokenizer.json`, which a test compares, but for characters that are younger than its tables. Our own because that package brings 40 MB of others
with it that download models; and here a text that spells out `[SEP]` stays text and never becomes a mark of the network.
"""

import json
import re
import string
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from typing import Any

START, END, UNKNOWN = "[CLS]", "[SEP]", "[UNK]"
UNREADABLE = "\N{REPLACEMENT CHARACTER}"
INSIDE = "##"  # before a piece that goes on with a word
LONGEST = 100  # code points of a word that is read at all
KEPT = 20_000  # runs of text between spaces whose pieces are remembered
RUN = re.compile(r"[^ \t\n\r\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
UNSEEN = frozenset({"Cc", "Cf", "Co", "Cs"})  # categories of Unicode that are left out
ASCII_SIGNS = frozenset(string.punctuation)
IDEOGRAPHS = (
    (0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0x20000, 0x2A6DF), (0x2A700, 0x2B73F), (0x2B740, 0x2B81F), (0x2B920, 0x2CEAF),
    (0xF900, 0xFAFF), (0x2F800, 0x2FA1F),
)  # fmt: skip
"""Each of these is a word of its own."""
KIND: Mapping[str, Mapping[str, tuple[Any, ...]]] = {
    "model": {
        "type": ("WordPiece",), "unk_token": (UNKNOWN,), "continuing_subword_prefix": (INSIDE,),
        "max_input_chars_per_word": (LONGEST,),
    },
    "normalizer": {
        "type": ("BertNormalizer",), "lowercase": (True,), "clean_text": (True,), "handle_chinese_chars": (True,),
        "strip_accents": (None, True),
    },
    "pre_tokenizer": {"type": ("BertPreTokenizer",)},
}  # fmt: skip
"""The parts of a `tokenizer.json` that is read as here; a setting that is not there has its first value, but for the type."""


class WordPieces:
    """Numbers of word pieces by a vocabulary."""

    def __init__(self, vocabulary: Mapping[str, int]) -> None:
        self._vocabulary = vocabulary
        self._of_run = lru_cache(maxsize=KEPT)(self._read)
        self.start, self.end = vocabulary[START], vocabulary[END]

    def encode(self, text: str) -> list[int]:
        """The pieces of a text, without marks before and behind."""
        return [piece for run in RUN.findall(text) for piece in self._of_run(run)]

    def _read(self, run: str) -> tuple[int, ...]:
        return tuple(piece for word in _words(_plain(run)) for piece in self._split(word))

    def _split(self, word: str) -> Sequence[int]:
        """The longest piece that the word begins with, then that of what is left; one unknown piece where there is none."""
        unknown = (self._vocabulary[UNKNOWN],)
        if len(word) > LONGEST:
            return unknown
        found: list[int] = []
        at = 0
        while at < len(word):
            before = INSIDE if at else ""
            ends = range(len(word), at, -1)
            end = next((end for end in ends if before + word[at:end] in self._vocabulary), None)
            if end is None:
                return unknown
            found.append(self._vocabulary[before + word[at:end]])
            at = end
        return found


def read_pieces(data: bytes) -> WordPieces:
    """The word pieces of a `tokenizer.json`. Raises a `ValueError` for another kind of tokenizer."""
    try:
        facts: Any = json.loads(data)
    except ValueError as error:
        raise ValueError("is no JSON; take the tokenizer.json that training wrote beside the weights") from error
    if not isinstance(facts, dict) or not all(_is_of(KIND[part], facts.get(part)) for part in KIND):
        raise ValueError("is no uncased WordPiece tokenizer, as BERT has it")
    vocabulary = facts["model"].get("vocab")
    if not isinstance(vocabulary, dict):
        raise ValueError("has no vocabulary")
    if missing := [one for one in (START, END, UNKNOWN) if one not in vocabulary]:
        raise ValueError(f"has no {', '.join(missing)} in its vocabulary")
    return WordPieces(vocabulary)


def _is_of(kind: Mapping[str, tuple[Any, ...]], part: object) -> bool:
    if not isinstance(part, dict) or "type" not in part:
        return False
    return all(part.get(name, values[0]) in values for name, values in kind.items())


def _plain(run: str) -> str:
    """Without control characters, in small letters without accents; ideographs stand by themselves."""
    seen = "".join(_apart(one) for one in run if unicodedata.category(one) not in UNSEEN and one != UNREADABLE)
    bare = (one for one in unicodedata.normalize("NFD", seen) if unicodedata.category(one) != "Mn")
    return "".join(one.lower() for one in bare)  # one by one: what stands around a sigma does not matter


def _apart(one: str) -> str:
    return f" {one} " if any(first <= ord(one) <= last for first, last in IDEOGRAPHS) else one


def _words(text: str) -> Iterator[str]:
    """The words, and each sign by itself."""
    for sign, found in groupby(text, _is_sign):
        run = "".join(found)
        yield from run if sign else run.split()


def _is_sign(one: str) -> bool:
    return one in ASCII_SIGNS if one.isascii() else unicodedata.category(one).startswith("P")
