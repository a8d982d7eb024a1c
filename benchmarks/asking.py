"""Ways of asking a small model about one claim, on the first paraphrased dev cases, with no grounding.

    python benchmarks/asking.py --base-url http://127.0.0.1:8080/v1 --model NAME [--cases 6] [--passages 3] [WAY ...]

For each way: three-way and binary accuracy, unsupported claims called supported,
and how well the log-probability of `supported` ranks the claims (AUC). The words
are those of prompts/pick.md; a way changes one thing of it.
"""

import argparse
import json
from collections.abc import Iterator
from itertools import islice
from typing import Any, NamedTuple

from summarizer.evaluation.case_files import load_suite
from summarizer.evaluation.cases import Case, GoldClaim
from summarizer.evaluation.statistics import auc
from summarizer.judging.chat.replies import label_probabilities
from summarizer.language.sentences import Sentence, sentences
from summarizer.language.word_index import WordIndex
from summarizer.llm.blocks import block
from summarizer.llm.templates import load_prompt
from summarizer.retrieval import Index
from summarizer.schema import Label

WAYS = {
    "as shipped": "label, then sentence numbers; examples as turns",
    "label alone": "no sentence numbers",
    "sentences first": "sentence numbers, then label",
    "block": "examples in the system message",
    "tags": "sentences and claim between tags made of their hash",
}
PROMPT = load_prompt("pick")


class Asked(NamedTuple):
    """One claim and what the model said."""

    gold: Label
    said: str
    chance: float | None


def reordered(answer: str, way: str) -> str:
    """An example's answer in the form of this way."""
    found = json.loads(answer)
    if way == "label alone":
        return json.dumps({"label": found["label"]})
    return json.dumps({"sentences": found["sentences"], "label": found["label"]} if way == "sentences first" else found)


def schema(way: str) -> dict[str, Any]:
    label = {"type": "string", "enum": [one.value for one in Label]}
    numbers = {"type": "array", "items": {"type": "string"}}
    fields = {"label": label} if way == "label alone" else {"label": label, "sentences": numbers}
    fields = {"sentences": numbers, "label": label} if way == "sentences first" else fields
    return {"type": "object", "properties": fields, "required": list(fields), "additionalProperties": False}


def question(shown: str, way: str) -> str:
    """The lines of a question, tagged where the way says so."""
    if way != "tags":
        return shown
    *lines, claim = shown.split("\n")
    source = dict(line.split(": ", 1) for line in lines)
    return block("source", source) + "\n" + block("claims", {"c1": claim.removeprefix("Claim: ")})


def messages(shown: str, way: str) -> list[dict[str, str]]:
    turns = [(question(asked, way), reordered(answer, way)) for asked, answer in PROMPT.examples]
    if way == "block":
        examples = "\n\n".join(f"Example\n{asked}\nAnswer: {answer}" for asked, answer in turns)
        return [
            {"role": "system", "content": f"{PROMPT.system}\n\n{examples}"},
            {"role": "user", "content": f"{shown}\nAnswer:"},
        ]
    talk = [
        {"role": role, "content": text}
        for turn in turns
        for role, text in zip(("user", "assistant"), turn, strict=True)
    ]
    return [{"role": "system", "content": PROMPT.system}, *talk, {"role": "user", "content": question(shown, way)}]


def claims_of(cases: int, passages: int) -> Iterator[tuple[GoldClaim, str]]:
    """Each claim with its question."""
    for case in islice((case for case in load_suite(split="dev").cases if paraphrased(case)), cases):
        split = sentences(case.document)
        index = Index(WordIndex(split), [claim.text for claim in case.claims()])
        for claim in paraphrased(case):
            best: set[Sentence] = set(index.search(claim.text)[:passages])
            lines = [f"s{number}: {one.text}" for number, one in enumerate((one for one in split if one in best), 1)]
            yield claim, "\n".join([*lines, f"Claim: {claim.text}"])


def paraphrased(case: Case) -> list[GoldClaim]:
    return [claim for own in case.file.summaries if own.writer == "paraphrased" for claim in own.claims]


def asked(client: Any, model: str, shown: str, way: str) -> tuple[str, float | None]:
    form = {"type": "json_schema", "json_schema": {"name": "v", "strict": True, "schema": schema(way)}}
    reply = client.chat.completions.create(
        model=model, messages=messages(shown, way), temperature=0, max_tokens=60, response_format=form,
        logprobs=True, top_logprobs=8,
    ).choices[0]  # fmt: skip
    places = [[(one.token, one.logprob) for one in place.top_logprobs] for place in (reply.logprobs.content or [])]
    try:
        found = label_probabilities(places)
        return str(json.loads(reply.message.content)["label"]), found.supported if found else None
    except (ValueError, KeyError):
        return "no answer", None


def main() -> None:
    import openai

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("ways", nargs="*", metavar="WAY", help=", ".join(WAYS))
    parser.add_argument("--base-url", required=True)
    parser.add_argument("--model", required=True)
    parser.add_argument("--cases", type=int, default=6)
    parser.add_argument("--passages", type=int, default=3)
    options = parser.parse_args()
    client = openai.OpenAI(base_url=options.base_url, api_key="none", max_retries=0, timeout=600)
    for way in options.ways or WAYS:
        found = []
        for claim, shown in claims_of(options.cases, options.passages):
            found.append(Asked(Label(claim.label), *asked(client, options.model, shown, way)))
        supported = [one for one in found if one.gold is Label.SUPPORTED]
        ranked = [(one.chance, one.gold is Label.SUPPORTED) for one in found if one.chance is not None]
        print(
            f"{way:16} three-way {sum(one.gold == one.said for one in found)}/{len(found)}, "
            f"binary {sum((one.gold == Label.SUPPORTED) == (one.said == Label.SUPPORTED) for one in found)}, "
            f"false support {sum(one.said == Label.SUPPORTED != one.gold for one in found)}/{len(found) - len(supported)}, "
            f"AUC {auc(ranked)}",
            flush=True,
        )


if __name__ == "__main__":
    main()
