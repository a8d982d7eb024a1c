"""Six language models that the fault server can be: each reads our prompts as a model would, and answers in its way."""

import json
import re
import time
from collections.abc import Callable
from typing import Any

BLOCK = re.compile(r"<(source|claims|summary|statements|article)-([0-9a-f]{12})>\n(.*?)\n</\1-\2>", re.DOTALL)
ASKED_AGAIN = re.compile(r"for these claims alone: ([c0-9, ]+)")


def blocks(request: dict[str, Any]) -> dict[str, dict[str, str]]:
    """The numbered lines of each block of a request."""
    texts = [message["content"] for message in request["messages"] if message["role"] == "user"]
    if picks(request):
        asked = next(text for text in reversed(texts) if "\nClaim: " in text)  # before it examples, after it repairs
        source, claim = asked.split("\nClaim: ")
        # A second question says under the claim how two readers came to differ.
        lines = dict(line.split(": ", 1) for line in source.split("\n"))
        return {"source": lines, "claims": {"c1": claim.split("\n")[0]}}
    text = next(text for text in reversed(texts) if BLOCK.search(text))
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


def picks(request: dict[str, Any]) -> bool:
    """Whether a label and sentence numbers are asked for, of one claim."""
    return "against sentences of an article" in request["messages"][0]["content"]


def picked(request: dict[str, Any], verdicts: list[dict[str, Any]]) -> str:
    """The reply to a judge's question in the form that is asked for."""
    if not picks(request):
        return json.dumps({"verdicts": verdicts})
    only = verdicts[0]
    return json.dumps({"label": only["label"], "sentences": [one["sentence"] for one in only["evidence"]]})


def honest(request: dict[str, Any]) -> str:
    """Copies its summary, reads every sentence as a claim, supports what stands in the source word for word."""
    found = blocks(request)
    if "claims" in found:
        return picked(
            request, [_by_rule(name, text, found["source"]) for name, text in wanted(request, found["claims"]).items()]
        )
    if "statements" in found:
        return fixes({name: _nearest(name, found["statements"]) for name in asked_to_fix(found)})
    if "article" in found:
        return json.dumps({"sentences": list(found["article"])[-2:]})
    statement = {"kind": "event", "speaker": None, "modality": "asserted"}
    if "summary" in found:
        claims = [
            {"sentence": name, "text": text, **statement, "checkable": True} for name, text in found["summary"].items()
        ]
        return json.dumps({"claims": claims})
    texts = list(found["source"].values())[:8]
    return json.dumps({"sentences": [{"text": text, "claims": [{"text": text, **statement}]} for text in texts]})


def asked_to_fix(found: dict[str, dict[str, str]]) -> list[str]:
    """The statements that are to be put right."""
    return [name for name in found["statements"] if " " not in name]


def fixes(texts: dict[str, str | None]) -> str:
    """A reply to `fix.md`."""
    return json.dumps({"fixes": [{"statement": name, "text": text} for name, text in texts.items()]})


def _nearest(name: str, lines: dict[str, str]) -> str | None:
    """The sentence of the source that has half of the words of a statement."""
    words = set(lines[name].split())
    sources = [text for key, text in lines.items() if key.startswith(f"{name} source")]
    return next((text for text in sources if len(words & set(text.split())) * 2 >= len(words)), None)


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
    return picked(
        request, [verdict(name, "supported", "s1", f"It is true that {text}") for name, text in names.items()]
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
    return picked(request, verdicts)


def liar(request: dict[str, Any]) -> str:
    """Everything is supported, by a real sentence with another figure in it, or by a sentence that there is not."""
    found = blocks(request)
    if "claims" not in found:
        return honest(request)
    name, text = next(iter(found["source"].items()))
    changed = re.sub(r"\d+", lambda match: str(int(match[0]) + 1), text)
    quote = changed if changed != text else f"{text.rstrip('.')}, as was confirmed."
    sentence = "s99" if picks(request) else name
    names = wanted(request, found["claims"])
    return picked(request, [verdict(one, "supported", sentence, quote) for one in names])


def lazy(request: dict[str, Any]) -> str:
    """Answers for the first two claims only, also when it is asked again."""
    found = blocks(request)
    if "claims" not in found:
        return honest(request)
    first = dict(list(found["claims"].items())[:2])
    return picked(request, [_by_rule(name, text, found["source"]) for name, text in first.items()])


def slow(request: dict[str, Any]) -> str:
    """Honest, after two seconds."""
    time.sleep(2)
    return honest(request)


MODELS: dict[str, Callable[[dict[str, Any]], str]] = {
    "honest": honest,
    "obedient": obedient,
    "liar": liar,
    "irrelevant": irrelevant,
    "lazy": lazy,
    "slow": slow,
}
