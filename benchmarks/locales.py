"""Numbers, dates and names in ten locales, equal ones in another form and ones that differ: `python -m benchmarks.locales`.

A pair that is the same should have no finding, one that differs a finding with both sides. What was mended was mended on
`--half 0` of the seeds; `--half 1` is reported. `--judge 500` reads about so many equal and so many differing pairs in English
with the embedded judge too, and `--sample FILE` writes the few that `tests/findings/test_locales.py` reads.
"""

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from benchmarks.locale_pairs import KINDS, LOCALES, Pair, pairs
from summarizer import check
from summarizer.findings import Passage, compare
from summarizer.language.english import is_english
from summarizer.schema import Label, Verdict

SAMPLE = 1_760  # pairs of which every eighth goes into the sample
RIGHT = ""
ACCUSED = frozenset({Label.CONTRADICTED, Label.NOT_IN_SOURCE})


def wrong(pair: Pair) -> str:
    """What is wrong with the findings of a pair; empty where nothing is."""
    found = compare(pair.claim, Passage(pair.source))
    if pair.same:
        return "false" if found else RIGHT
    if not found:
        return "none"
    return RIGHT if any(one.source for one in found) else "one side"


def table(results: Sequence[tuple[Pair, str]], rows: Sequence[str], of: str) -> None:
    """Print a line for each kind or locale: how many pairs are right, and what is wrong with the others."""
    print(f"| {of} | same | no finding | differ | finding | with both sides |")
    print("| --- | --- | --- | --- | --- | --- |")
    for row in (*rows, "all"):
        own = [(pair, what) for pair, what in results if row in (getattr(pair, of), "all")]
        same, differ = (Counter(what for pair, what in own if pair.same is kind) for kind in (True, False))
        with_one = differ.total() - differ["none"]
        print(
            f"| {row} | {same.total():,} | {_share(same[RIGHT], same.total())} | {differ.total():,} | {_share(with_one, differ.total())} | {_share(differ[RIGHT], differ.total())} |"
        )
    print()


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.2f} %" if whole else "-"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=22_000)
    parser.add_argument("--half", type=int, choices=(0, 1), default=1)
    parser.add_argument("--judge", type=int, default=0)
    parser.add_argument("--show", type=int, default=0, help="that many pairs of each kind that are not right")
    parser.add_argument("--sample", type=Path)
    options = parser.parse_args()
    if options.sample:
        lines = [json.dumps(pair._asdict(), ensure_ascii=False) for pair in list(pairs(SAMPLE, half=1))[::8]]
        options.sample.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return
    results = [(pair, wrong(pair)) for pair in pairs(options.count, half=options.half)]
    shown: Counter[tuple[str, str]] = Counter()
    for pair, what in results:
        shown[pair.kind, what] += what != RIGHT
        if what and shown[pair.kind, what] <= options.show:
            print(f"{what:9} {pair.kind:9} {pair.locale} | {pair.claim} | {pair.source}")
    table(results, KINDS, "kind")
    table(results, LOCALES, "locale")
    for same, fault, words in ((True, ACCUSED, "accused"), (False, frozenset({Label.SUPPORTED}), "supported")):
        if options.judge:
            own = [pair for pair, _ in results if pair.same is same and is_english(pair.claim)]
            wrongly = [pair for pair in own[:: max(1, len(own) // options.judge)] if _label(pair) in fault]
            asked = len(own[:: max(1, len(own) // options.judge)])
            print(
                f"{'equal' if same else 'differing'} pairs in English that the embedded judge calls {words}: {len(wrongly)} of {asked}"
            )
            for pair in wrongly[: options.show]:
                print(f"{words} {pair.kind} {pair.locale} | {pair.claim} | {pair.source}")


def _label(pair: Pair) -> Label | None:
    """What the embedded judge says of a pair; None where it leaves it open."""
    outcome = check(pair.claim, pair.source).checks[0].outcome
    return outcome.label if isinstance(outcome, Verdict) else None


if __name__ == "__main__":
    main()
