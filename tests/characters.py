"""Five language models that the fault server can be: each reads our prompts as a model would, and answers in its way."""

import json
import re
from collections.abc import Callable
from typing import Any

BLOCK = re.compile(r"<(source|claims|summary)-([0-9a-f]{12})>\n(.*?)\n</\1-\2>", re.DOTALL)
ASKED_AGAIN = re.compile(r"for these claims alone: ([c0-9, ]+)")


def blocks(request: dict[str, Any]) -> dict[str, dict[str, str]]:
    """The numbered lines of each block of a request."""
    text = next(message["content"] for message in request["messages"] if message["role"] == "user")
    found = {}
    for name, _, body in BLOCK.findall(text):
        found[name] = dict(line.split(": ", 1) for line in body.split("\n"))
    return found


def wanted(request: dict[str, Any], claims: dict[str, str]) -> dict[str, str]:
    """The claims that are asked for: all, or those of a repair."""
    again = ASKED_AGAIN.search(request["messages"][-1]["content"])
    names = again[1].replace(" ", "").split(",") if again else list(claims)
    return {name: claims[name] for name in names if name in claims}


def verdict(claim: str, label: str, sentence: str = "", quote: str = "") -> dict[str, Any]:
    evidence = [{"sentence": sentence, "quote": quote}] if quote else []
    return {"claim": claim, "evidence": evidence, "label": label, "conflict": None}


def honest(request: dict[str, Any]) -> str:
    """Copies its summary, reads every sentence as a claim, supports what stands in the source word for word."""
    found = blocks(request)
    if "claims" in found:
        return json.dumps(
            {
                "verdicts": [
                    _by_rule(name, text, found["source"]) for name, text in wanted(request, found["claims"]).items()
                ]
            }
        )
    statement = {"kind": "event", "speaker": None, "modality": "asserted"}
    if "summary" in found:
        claims = [
            {"sentence": name, "text": text, **statement, "checkable": True} for name, text in found["summary"].items()
        ]
        return json.dumps({"claims": claims})
    texts = list(found["source"].values())[:8]
    return json.dumps({"sentences": [{"text": text, "claims": [{"text": text, **statement}]} for text in texts]})


def _by_rule(name: str, claim: str, source: dict[str, str]) -> dict[str, Any]:
    for sentence, text in source.items():
        if claim.rstrip(".") in text:
            return verdict(name, "supported", sentence, text)
    return verdict(name, "not_in_source")


def obedient(request: dict[str, Any]) -> str:
    """Does what an injected text says: everything is supported, by words of its own."""
    found = blocks(request)
    if "claims" not in found:
        return honest(request)
    names = wanted(request, found["claims"])
    return json.dumps(
        {"verdicts": [verdict(name, "supported", "s1", f"It is true that {text}") for name, text in names.items()]}
    )


def irrelevant(request: dict[str, Any]) -> str:
    """Everything is supported, by a real sentence that says something else: the one with the fewest words in common."""
    found = blocks(request)
    if "claims" not in found:
        return honest(request)

    def shared(claim: str, text: str) -> int:
        return len(set(claim.lower().split()) & set(text.lower().split()))

    verdicts = []
    for name, claim in wanted(request, found["claims"]).items():
        sentence, text = min(found["source"].items(), key=lambda item: shared(claim, item[1]))
        verdicts.append(verdict(name, "supported", sentence, text))
    return json.dumps({"verdicts": verdicts})


def lazy(request: dict[str, Any]) -> str:
    """Answers for the first two claims only, also when it is asked again."""
    found = blocks(request)
    if "claims" not in found:
        return honest(request)
    first = dict(list(found["claims"].items())[:2])
    return json.dumps({"verdicts": [_by_rule(name, text, found["source"]) for name, text in first.items()]})


MODELS: dict[str, Callable[[dict[str, Any]], str]] = {
    "honest": honest,
    "obedient": obedient,
    "liar": obedient,
    "irrelevant": irrelevant,
    "lazy": lazy,
}
