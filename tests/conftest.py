"""What every test has: the seed article, no way out of this machine, and none of a CI service's settings."""

import socket
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

ROOT = Path(__file__).parents[1]
SEED = ROOT / "seeds" / "000_ddc4e36fb49c3094.txt"

# A machine that is busy with something else is no fault of the code under test.
settings.register_profile("any machine", deadline=None)
settings.load_profile("any machine")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The files of slow tests go first: at the end one worker would stand idle beside them."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in ("127.0.0.1", "::1", "localhost"):
            raise AssertionError(f"a test reached out to {address}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(autouse=True)
def _no_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands say more where `CI` is set; a test that wants that sets it."""
    monkeypatch.delenv("CI", raising=False)


@pytest.fixture
def seed() -> Path:
    return SEED
