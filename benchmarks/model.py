"""Judge the hand-labelled claims of evals/claims with a model: raw, and through grounding and guards.

    python benchmarks/model.py --base-url http://127.0.0.1:8080/v1 --model NAME --evidence narrow --claims-per-call 1

Prints three-way accuracy, binary accuracy (supported against the rest; an unchecked
claim is not supported) and how many unsupported claims were called supported, for
the judge's own labels and for the whole pipeline. `--record` keeps the replies;
`--replies` scores them again with no model.
"""

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from summarizer import check
from summarizer.backends import Backend, Material
from summarizer.backends.choose import Extras, choose
from summarizer.drafts import VerdictDrafts
from summarizer.schema import Claim, Label, Verdict
from summarizer.settings import resolve

EVALS = Path(__file__).parents[1] / "evals"


class Judged(NamedTuple):
    """One claim with three labels."""

    gold: str
    raw: str
    final: str


class Listener:
    """A backend that passes everything on and remembers what the judge said before anybody checked it."""

    def __init__(self, inner: Backend) -> None:
        self._inner = inner
        self.labels: dict[str, str] = {}
        self.name, self.model, self.destination = inner.name, inner.model, inner.destination
        self.remote, self.prompts = inner.remote, inner.prompts
        self.write, self.extract, self.close = inner.write, inner.extract, inner.close

    async def judge(self, claims: Sequence[Claim], material: Material) -> VerdictDrafts:
        drafts = await self._inner.judge(claims, material)
        self.labels = {draft.claim: draft.outcome.value for draft in drafts.verdicts}
        return drafts


def run(backend: Backend) -> list[Judged]:
    """Every claim of every article, in the order of the files."""
    found = []
    for path in sorted((EVALS / "claims").glob("*.json")):
        case = json.loads(path.read_text(encoding="utf-8"))
        article = EVALS / "articles" / case["article"]
        gold = {claim["text"]: claim["label"] for claim in case["claims"]}
        listener = Listener(backend)
        report = check("\n\n".join(gold), article, backend=listener)
        for one in report.checks:
            final = one.outcome.label.value if isinstance(one.outcome, Verdict) else "unchecked"
            if one.claim.text not in gold:
                raise SystemExit(f"{path.name}: the claim was parted: {one.claim.text}")
            found.append(Judged(gold[one.claim.text], listener.labels.get(one.claim.id, "unchecked"), final))
        print(f"{path.stem}: {table(found[-len(gold) :])}", flush=True)
    return found


def table(rows: Sequence[Judged]) -> str:
    """The scores of the raw judge and of the pipeline, on one line."""
    parts = []
    for name in ("raw", "final"):
        pairs = [(row.gold, getattr(row, name)) for row in rows]
        right = sum(gold == label for gold, label in pairs)
        binary = sum((gold == Label.SUPPORTED) == (label == Label.SUPPORTED) for gold, label in pairs)
        false = sum(label == Label.SUPPORTED != gold for gold, label in pairs)
        unsupported = sum(gold != Label.SUPPORTED for gold, _ in pairs)
        parts.append(
            f"{name} 3-way {right}/{len(pairs)} binary {binary}/{len(pairs)} false support {false}/{unsupported}"
        )
    return "; ".join(parts)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("base-url", "model", "evidence", "claims-per-call", "passages", "timeout", "deadline", "prompts"):
        parser.add_argument(f"--{name}")
    parser.add_argument("--record", type=Path)
    parser.add_argument("--replies", type=Path)
    options = vars(parser.parse_args())
    extras = Extras(record=options.pop("record"), replies=options.pop("replies"))
    settings = resolve({**options, "claims": "sentence", "backend": "openai"})
    rows = run(choose("replay" if extras.replies else "openai", settings, extras))
    print("all:", table(rows))
    for gold in Label:
        own = [row for row in rows if row.gold == gold.value]
        print(
            f"  gold {gold.value}: raw {dict(Counter(row.raw for row in own))}, final {dict(Counter(row.final for row in own))}"
        )


if __name__ == "__main__":
    main()
