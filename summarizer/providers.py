"""Servers that people have, by a short name before the model's: `ollama:qwen3:4b`, `openrouter:meta/llama-4`.

One table says for each where it is, which variable holds its key, and what of a request it does not take.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple


class Provider(NamedTuple):
    """A server, or a program that serves models on this machine."""

    title: str
    base_url: str
    key_variable: str | None = None
    """Variable of the environment that holds its key; None where it needs none."""
    left_out: frozenset[str] = frozenset()
    """Parts of a chat request that it ignores without a word, and that are sent in their older form."""

    @property
    def port(self) -> int | None:
        """Where it listens on this machine; None where it does not."""
        return int(self.base_url.split(":")[2].split("/")[0]) if "127.0.0.1" in self.base_url else None


OLDER_LIMIT = frozenset({"max_completion_tokens"})  # they know `max_tokens`; without a limit a reply may never end
PROVIDERS: Mapping[str, Provider] = MappingProxyType(
    {
        "ollama": Provider("Ollama", "http://127.0.0.1:11434/v1", left_out=OLDER_LIMIT),
        "lmstudio": Provider("LM Studio", "http://127.0.0.1:1234/v1", left_out=OLDER_LIMIT),
        "llamacpp": Provider("llama.cpp", "http://127.0.0.1:8080/v1"),
        "vllm": Provider("vLLM", "http://127.0.0.1:8000/v1"),
        "openrouter": Provider("OpenRouter", "https://openrouter.ai/api/v1", "OPENROUTER_API_KEY", OLDER_LIMIT),
        "openai": Provider("OpenAI", "https://api.openai.com/v1", "OPENAI_API_KEY"),
    }
)


def named_in(model: str) -> tuple[str, str] | None:
    """The short name of a provider and the model there; None where the text names a model alone.

    >>> named_in("ollama:qwen3:4b"), named_in("qwen3:4b")
    (('ollama', 'qwen3:4b'), None)
    """
    provider, colon, name = model.partition(":")
    return (provider, name) if colon and name and provider in PROVIDERS else None


def left_out_at(base_url: str) -> frozenset[str]:
    """What the server at that base URL is known to ignore."""
    return next((one.left_out for one in PROVIDERS.values() if one.base_url == base_url.rstrip("/")), frozenset())
