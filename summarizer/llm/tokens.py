"""Count tokens before they are paid for, price them, and stop before a limit is passed.

Exact where tiktoken has its ranks on this machine; nothing is ever downloaded.
Else an estimate, called one.
"""

import hashlib
import os
import re
import tempfile
from pathlib import Path
from typing import Literal, NamedTuple
from urllib.parse import urlsplit

from summarizer.errors import BudgetError
from summarizer.schema import StageUsage, Usage

PIECE = re.compile(r"[^\W\d_]+|\d+|[^\w\s]|_")
UNSPACED = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\u3040-\u30ff]")
PAUSE = 0.05  # seconds between two looks at whether a call fits by now
PER_MESSAGE = 4  # tokens that a chat format adds to each message
PROVIDERS = {"api.openai.com": "openai", "api.typesafe.ai": "typesafe"}  # by host, as genai-prices names them
DECISIONS_USD = (
    0.10  # for a million input tokens of OpenAI's /v1/decisions; answers cost nothing (price list, October 2026)
)
RANKS = "https://openaipublic.blob.core.windows.net/encodings/o200k_base.tiktoken"

Endpoint = Literal["chat", "decisions"]
"""What kind of model is asked: one that writes, or one that answers questions with probabilities."""
Tariff = Literal["standard", "batch"]
"""What a provider charges by: an answer at once, or within a day for less."""


class TokenCounter:
    """Counts tokens; `exact` says whether by the model's own encoding."""

    def __init__(self, *, exact: bool) -> None:
        self.exact = exact and ranks_are_here()
        self._encoding = None
        if self.exact:
            import tiktoken  # noqa: PLC0415 (only where it is used)

            self._encoding = tiktoken.get_encoding("o200k_base")

    def count(self, text: str) -> int:
        """Tokens of the text; special tokens in it count as the text that they are.

        >>> TokenCounter(exact=False).count("Rain fell in 1998.")
        6
        """
        if self._encoding is not None:
            return len(self._encoding.encode(text, disallowed_special=()))
        return estimate(text)


def estimate(text: str) -> int:
    """About how many o200k_base tokens a text has, from the lengths of its words."""
    return round(sum(_weight(match[0]) for match in PIECE.finditer(text)) + 0.5)


def _weight(piece: str) -> float:
    if piece[0].isdigit():
        return float(-(-len(piece) // 3))
    if not piece[0].isalpha():
        return 0.8
    if piece.isascii():
        return 1 + max(0, len(piece) - 6) * 0.1 if piece[0].islower() else 1 + max(0, len(piece) - 4) * 0.14
    return len(piece) * 0.75 if UNSPACED.match(piece) else max(1.0, len(piece) * 0.36)


def ranks_are_here() -> bool:
    """Whether tiktoken could load its ranks without the network."""
    named = os.environ.get("TIKTOKEN_CACHE_DIR", os.environ.get("DATA_GYM_CACHE_DIR"))
    folder = Path(named) if named is not None else Path(tempfile.gettempdir(), "data-gym-cache")
    name = hashlib.sha1(RANKS.encode("ascii"), usedforsecurity=False).hexdigest()
    return named != "" and (folder / name).is_file()


def price(
    model: str | None,
    base_url: str | None,
    usage: StageUsage,
    endpoint: Endpoint = "chat",
    tariff: Tariff = "standard",
) -> float | None:
    """US dollars for the tokens, by published prices; None where they are not known, never 0."""
    provider = PROVIDERS.get(urlsplit(base_url or "").hostname or "")
    if endpoint == "decisions" and provider == "openai":
        tokens = usage.input_tokens
        return None if tokens is None else round(tokens * DECISIONS_USD / 1_000_000, 6)
    if not model or not provider or usage.input_tokens is None or usage.output_tokens is None:
        return None
    from genai_prices import Usage as Priced  # noqa: PLC0415 (0.2 s; only for hosted models)
    from genai_prices import calc_price  # noqa: PLC0415

    counted = Priced(
        input_tokens=usage.input_tokens,
        output_tokens=usage.output_tokens,
        cache_read_tokens=usage.cached_tokens or 0,
    )
    try:
        found = calc_price(counted, model_ref=model, provider_id=provider, price_context={"processing": tariff})
        return round(float(found.total_price), 6)
    except LookupError:
        return None


def total(stages: list[StageUsage]) -> Usage:
    """The sum over stages; what one of them does not know, the sum does not know."""

    def add(values: list[int | None]) -> int | None:
        known = [value for value in values if value is not None]
        return sum(known) if known and len(known) == len(values) else None

    asked = [stage for stage in stages if stage.calls]
    costs = [stage.cost_usd for stage in asked]
    known = [cost for cost in costs if cost is not None]
    return Usage(
        calls=sum(stage.calls for stage in asked),
        input_tokens=add([stage.input_tokens for stage in asked]),
        output_tokens=add([stage.output_tokens for stage in asked]),
        cost_usd=round(sum(known), 6) if known and len(known) == len(costs) else None,
        stages=tuple(asked),
    )


class Reserved(NamedTuple):
    """What one call may take at most."""

    tokens: int
    cost: float | None


class Budget:
    """The limits of a run; calls side by side count with the most that they may take until they are answered."""

    def __init__(self, *, tokens: int | None = None, cost: float | None = None, kept: Path | None = None) -> None:
        """`kept` is a file that holds what was taken, so that a limit is one of several runs and outlives a process."""
        self.max_tokens = tokens
        self.max_cost = cost
        self._tokens, self._cost = _taken(kept) if kept else (0, 0.0)
        self._kept = kept
        self._under_way = 0

    @property
    def limited(self) -> bool:
        return self.max_tokens is not None or self.max_cost is not None

    async def reserve_in_turn(self, tokens: int, cost: float | None) -> Reserved:
        """As `reserve`; what does not fit waits for the calls under way, which hardly ever take the most that they may."""
        import asyncio  # noqa: PLC0415 (only where something waits)

        while self._under_way:
            try:
                self._refuse_too_much(tokens, cost)
                break
            except BudgetError:
                await asyncio.sleep(PAUSE)
        return self.reserve(tokens, cost)

    def reserve(self, tokens: int, cost: float | None) -> Reserved:
        """Take the most that a call may need out of the budget. Raises a `BudgetError` where it does not fit."""
        self._refuse_too_much(tokens, cost)
        reserved = Reserved(tokens, cost)
        self._tokens += tokens
        self._cost += cost or 0.0
        self._keep()  # before the call: a process that dies in it has paid for it
        self._under_way += 1
        return reserved

    def _refuse_too_much(self, tokens: int, cost: float | None) -> None:
        if self.max_tokens is not None and self._tokens + tokens > self.max_tokens:
            raise BudgetError(
                f"stopped before --max-tokens {self.max_tokens:,}: {self._tokens:,} spent or reserved, "
                f"the next call may take {tokens:,}"
            )
        if self.max_cost is not None:
            if cost is None:
                raise BudgetError("--max-cost: the price of this model is not known; use --max-tokens")
            if self._cost + cost > self.max_cost:
                raise BudgetError(
                    f"stopped before --max-cost {self.max_cost:g}: {self._cost:.4f} USD spent or reserved, "
                    f"the next call may take {cost:.4f}"
                )

    def settle(self, reserved: Reserved, tokens: int | None, cost: float | None) -> None:
        """Put back what the call did not take; unknown means all of it was taken."""
        self._under_way -= 1
        if tokens is not None:
            self._tokens += tokens - reserved.tokens
        if cost is not None and reserved.cost is not None:
            self._cost += cost - reserved.cost
        self._keep()

    def _keep(self) -> None:
        if self._kept is None:
            return
        line = f"{self._tokens:>20} {self._cost:>24.9f}\n"  # always as long, so that one write replaces it
        descriptor = os.open(self._kept, os.O_WRONLY | os.O_CREAT, 0o600)
        try:
            os.write(descriptor, line.encode("ascii"))
        except OSError as error:
            raise BudgetError(f"{self._kept.name}: cannot note what is spent: {error.strerror or error}") from error
        finally:
            os.close(descriptor)


def _taken(kept: Path) -> tuple[int, float]:
    """What earlier runs have taken. Raises a `BudgetError` where that cannot be read."""
    try:
        tokens, cost = kept.read_text(encoding="ascii").split()
        return int(tokens), float(cost)
    except FileNotFoundError:
        return 0, 0.0
    except (OSError, ValueError) as error:
        raise BudgetError(
            f"{kept.name}: what earlier runs spent cannot be read ({error}); delete it to count anew"
        ) from None
