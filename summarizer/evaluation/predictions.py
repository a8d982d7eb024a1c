"""What a run made of each claim of a suite, a line each, in the form that `--predictions-in` reads."""

import json
from collections.abc import Callable
from typing import TextIO

from summarizer.evaluation.run import Progress, Step
from summarizer.evaluation.scorecard import Result


def line_of(one: Result, *, dataset: str, cost_usd: float | None) -> dict[str, object]:
    """What is written down of a claim: the same as of a row of `--jsonl`."""
    return {
        "id": one.claim,
        "dataset": dataset,
        "gold": str(one.gold),
        "label": one.predicted,
        "score": one.support,
        "probabilities": one.probabilities.model_dump() if one.probabilities else None,
        "evidence": [*one.quotes],
        "cost_usd": cost_usd,
    }


def recording(file: TextIO, *, dataset: str, then: Progress | None) -> Callable[[Step], None]:
    """Write the claims of each summary as soon as it is done, in the first round; `then` is told of every step."""
    over = False

    def step(one: Step) -> None:
        nonlocal over
        if not over:
            for result in one.results:
                file.write(json.dumps(line_of(result, dataset=dataset, cost_usd=one.cost_usd)) + "\n")
            file.flush()  # a run that is killed costs one summary, and not all that were paid for
        over = over or one.done == one.whole
        if then:
            then(one)

    return step
