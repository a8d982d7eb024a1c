"""A server on this machine that can fail in every way, and a backend that asks it."""

from collections.abc import Iterator
from typing import Any

import pytest

from summarizer.components import Components, openai_backend
from summarizer.llm.decisions import client as decisions
from summarizer.llm.remote import chat, client
from tests.characters import MODELS
from tests.fault_server import FaultServer

KEY = "sk-test-5e6f7a8b9c0d"
ARTICLE = (
    "The council of Harrow Bay met on Monday. Mayor Ana Pell said 12 members had backed the new bridge. "
    "Snow fell on the hills in the night and shut two roads. The library will not close. "
    "The ferry to Tarn costs 40 crowns. A storm took the roof of the school in March. "
    "Two men were hurt at the quarry on Friday. The market moves to the square in June."
)
CLAIMS = (
    "Snow fell on the hills in the night and shut two roads. The library will not close. Volcanoes erupted in Iceland."
)
PAUSE = client.FIRST_PAUSE


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Most tests are of what is asked again, not of when: `PAUSE` is for those of when."""
    monkeypatch.setattr(client, "FIRST_PAUSE", 0.01)


@pytest.fixture(autouse=True)
def _fresh(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No settings of the person who runs the tests, and nothing learned from another test's server."""
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "SUMMARIZER_BASE_URL", "SUMMARIZER_API_KEY", "SUMMARIZER_MODEL"):
        monkeypatch.delenv(name, raising=False)
    chat.SETTLED.clear()
    decisions.SETTLED.clear()
    yield
    chat.SETTLED.clear()
    decisions.SETTLED.clear()


def server(*faults: Any, **options: Any) -> FaultServer:
    """A fault server whose n-th call meets the n-th fault."""
    return FaultServer(models=MODELS, faults=faults, **options)


def asking(at: FaultServer, model: str = "honest", **settings: Any) -> Components:
    """The backend under test, with short waits, and nothing beside the model unless asked for."""
    quick: dict[str, Any] = {"claims": "sentence", "witness": "none", "timeout": 5.0, "deadline": 10.0, "api_key": KEY}
    return openai_backend(model=model, base_url=at.base_url, **(quick | settings))
