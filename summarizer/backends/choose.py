"""Find the backend that a caller asked for."""

from typing import get_args

from summarizer.backends import Backend, BackendName
from summarizer.backends.embedded import EmbeddedBackend
from summarizer.errors import UsageError


def choose(backend: BackendName | Backend) -> Backend:
    """Return the backend of that name, or the one given. `auto` is the embedded one: there is no other yet."""
    if not isinstance(backend, str):
        return backend
    if backend not in get_args(BackendName):
        raise UsageError(f"no backend is called {backend!r}; there are: {', '.join(get_args(BackendName))}")
    return EmbeddedBackend()
