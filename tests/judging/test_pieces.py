"""Word pieces are those of the package that the weights were trained with."""

import hashlib
import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer

from summarizer.errors import BackendError
from summarizer.judging.nli import BUILT_IN
from summarizer.judging.nli.model import CrossEncoder
from summarizer.judging.nli.pieces import read_pieces
from tests.judging.tiny_network import write

FILE = BUILT_IN / "tokenizer.json"
OURS = read_pieces(FILE.read_bytes())
THEIRS = Tokenizer.from_file(str(FILE))
THEIRS.no_padding()
THEIRS.no_truncation()
OLD = "".join(
    one
    for first, last in ((0x20, 0x5FF), (0x1E00, 0x2BFF), (0x3000, 0x9FFF), (0xF900, 0xFAFF), (0x1F300, 0x1F6FF))
    for one in map(chr, range(first, last))
    if unicodedata.ucd_3_2_0.category(one) != "Cn"  # the tables of the package are older than Python's
)


def theirs(text: str) -> list[int]:
    return list(THEIRS.encode(text, add_special_tokens=False).ids)


@pytest.mark.parametrize(
    "text",
    [
        "The council won't meet before 3 p.m. on 24 April.", "Café Ångström, naïve Ærø, STRASSE, Straße", "5€ or £4.50?",
        "a\u200fb\u00ad c\x00d\x1ce\x0bf\x85g", "no\u00a0break\u2003here\u3000there\u2028and", "東京の天気 is 晴れ", "Ὀδυσσεύς ΣΑΣ",
        "antidisestablishmentarianism" * 4, "x" * 100, "😀 fine 👩‍🚀", "", "   \n\t ", "half-hearted/“quoted”…—end", "\ufffd?",
    ],
)  # fmt: skip
def test_a_text_has_the_pieces_of_the_package(text: str) -> None:
    assert OURS.encode(text) == theirs(text)


@given(st.text(alphabet=st.one_of(st.sampled_from(OLD), st.characters(max_codepoint=0x7F)), max_size=60))
def test_any_text_has_the_pieces_of_the_package(text: str) -> None:
    assert OURS.encode(text) == theirs(text)


def test_the_seed_article_has_the_pieces_of_the_package(seed: Path) -> None:
    text = seed.read_text(encoding="utf-8")

    assert OURS.encode(text) == theirs(text)


def test_marks_of_the_network_that_a_text_spells_out_stay_text() -> None:
    spelled = OURS.encode("Yes. [SEP] No. [CLS]")

    assert not {OURS.start, OURS.end} & set(spelled)
    assert OURS.end in theirs("Yes. [SEP] No. [CLS]")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"model": {"type": "BPE", "vocab": {}}}, "is no uncased WordPiece tokenizer"),
        ({"normalizer": {"type": "BertNormalizer", "lowercase": False}}, "is no uncased WordPiece tokenizer"),
        ({"normalizer": None}, "is no uncased WordPiece tokenizer"),
        ({"model": {"type": "WordPiece", "vocab": {"[UNK]": 0}}}, r"has no \[CLS\], \[SEP\]"),
        ({"model": {"type": "WordPiece"}}, "has no vocabulary"),
        ({"model": "WordPiece"}, "is no uncased WordPiece tokenizer"),
        ({"model": {"type": "WordPiece", "continuing_subword_prefix": "@@", "vocab": {}}}, "is no uncased WordPiece"),
        ({"normalizer": {"type": "BertNormalizer", "lowercase": True, "strip_accents": False}}, "is no uncased WordPiece"),
        ({"pre_tokenizer": {}}, "is no uncased WordPiece tokenizer"),
    ],
)  # fmt: skip
def test_another_tokenizer_is_refused(changed: dict[str, object], said: str) -> None:
    facts = json.loads(FILE.read_text(encoding="utf-8")) | changed

    with pytest.raises(ValueError, match=said):
        read_pieces(json.dumps(facts).encode())


@pytest.mark.parametrize("data", [b"not json", b"\xff\xfe\x00", b""])
def test_a_file_that_is_no_json_is_told_so(data: bytes) -> None:
    with pytest.raises(ValueError, match="is no JSON; take"):
        read_pieces(data)


def test_a_folder_with_another_tokenizer_gives_one_line(tmp_path: Path) -> None:
    folder = write(tmp_path / "weights")
    before = hashlib.sha256((folder / "tokenizer.json").read_bytes()).hexdigest()
    (folder / "tokenizer.json").write_text('["no", "tokenizer"]', encoding="utf-8")
    after = hashlib.sha256((folder / "tokenizer.json").read_bytes()).hexdigest()
    facts = (folder / "model.toml").read_text(encoding="utf-8").replace(before, after)
    (folder / "model.toml").write_text(facts, encoding="utf-8")

    with pytest.raises(BackendError, match=r"weights/tokenizer\.json: is no uncased WordPiece tokenizer"):
        CrossEncoder(folder)("yes", "no")
