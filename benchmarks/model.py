"""What a model's judge says of the labelled claims before and after code has looked at it.

    python benchmarks/model.py --split test --replies evals/replies/test.jsonl
    python benchmarks/model.py --split dev --base-url http://127.0.0.1:8080/v1 --model NAME --cite sentences

Three-way accuracy, binary accuracy (supported against the rest) and unsupported
claims called supported: for the judge's own labels, and for the whole pipeline. A
claim without a verdict is wrong three-way, and not supported in the binary reading. `--record` keeps the replies.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

from summarizer.backends import Backend, Material
from summarizer.backends.choose import Extras, choose
from summarizer.drafts import VerdictDrafts
from summarizer.schema import Claim, Label
from summarizer.scoring.cases import load_suite
from summarizer.scoring.run import evaluate
from summarizer.scoring.statistics import wilson
from summarizer.settings import resolve

SETTINGS = ("base-url", "model", "evidence", "cite", "claims-per-call", "passages", "timeout", "deadline", "prompts")


class Listener:
    """A backend that passes everything on and remembers what the judge said before anybody checked it."""

    def __init__(self, inner: Backend) -> None:
        self._inner = inner
        self.said: dict[str, str] = {}
        self.name, self.model, self.destination = inner.name, inner.model, inner.destination
        self.remote, self.prompts = inner.remote, inner.prompts
        self.write, self.extract, self.close = inner.write, inner.extract, inner.close

    async def judge(self, claims: Sequence[Claim], material: Material) -> VerdictDrafts:
        drafts = await self._inner.judge(claims, material)
        texts = {claim.id: claim.text for claim in claims}
        self.said |= {texts[draft.claim]: draft.outcome.value for draft in drafts.verdicts}
        return drafts


def row(name: str, pairs: Sequence[tuple[str, str | None]]) -> str:
    """One line of the table; `pairs` are the true label and what was said."""
    supported = Label.SUPPORTED.value
    right = sum(gold == said for gold, said in pairs)
    decided = sum(said in set(Label) for _, said in pairs)
    binary = sum((gold == supported) == (said == supported) for gold, said in pairs)
    false = sum(said == supported != gold for gold, said in pairs)
    unsupported = sum(gold != supported for gold, _ in pairs)
    bounds = wilson(right, len(pairs)) or (0.0, 0.0)
    return (
        f"{name:10} three-way {right}/{len(pairs)} ({100 * bounds[0]:.0f} to {100 * bounds[1]:.0f} %), "
        f"of those decided {right}/{decided}, binary {binary}/{len(pairs)}, false support {false}/{unsupported}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in SETTINGS:
        parser.add_argument(f"--{name}")
    parser.add_argument("--suite", type=Path)
    parser.add_argument("--split", choices=["dev", "test"])
    parser.add_argument("--first", type=int, help="only the first N cases")
    parser.add_argument("--record", type=Path)
    parser.add_argument("--replies", type=Path)
    options = vars(parser.parse_args())
    extras = Extras(record=options.pop("record"), replies=options.pop("replies"))
    suite = load_suite(options.pop("suite"), split=options.pop("split"))
    suite = suite._replace(cases=suite.cases[: options.pop("first")])
    settings = resolve({**options, "claims": "sentence"})
    listener = Listener(choose("replay" if extras.replies else "openai", settings, extras))
    card = evaluate(suite, listener, progress=lambda step: print(f"\r{step.done} of {step.whole}", end="", flush=True))
    print(
        f"\n{card.run.model}: {card.suite.claims} claims of {card.suite.cases} articles, {card.run.usage.calls} calls"
    )
    gold = [(one.gold.value, one) for one in card.counted()]
    print(row("raw judge", [(label, listener.said.get(one.text)) for label, one in gold]))
    print(row("pipeline", [(label, one.label.value if one.label else None) for label, one in gold]))


if __name__ == "__main__":
    main()
