"""What the embedded judge costs: processor time to load and for a claim, memory, and the times of a run as a whole.

    python -m benchmarks.cost ARTICLES

ARTICLES is the folder of the articles of `blind/summaries.jsonl`, whose sentences are checked; the longest article of up
to 9,000 words there is asked about the first of these summaries. All on one thread.
"""

import json
import resource
import sys
import time
from pathlib import Path

from summarizer.api import check
from summarizer.judging.nli import BUILT_IN
from summarizer.judging.nli.model import CrossEncoder

SUMMARIES = Path(__file__).with_name("blind") / "summaries.jsonl"
LONGEST = 9_000  # words
WARM_UP = ("Snow fell on the hills today, and nobody knows why.", "It rained on Monday. The town of Arne was dry.")


def milliseconds_a_claim(summary: list[str], article: str) -> float:
    start = time.process_time()
    report = check(" ".join(summary), article)
    return 1_000 * (time.process_time() - start) / len(report.checks)


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    articles = Path(sys.argv[1])
    start = time.process_time()
    CrossEncoder(BUILT_IN)("Snow fell.", "Snow fell on Monday.")
    print(f"loading, with the first pair: {time.process_time() - start:.2f} s of processor time\n")
    check(*WARM_UP)
    print("| article | words | claims | ms of processor time a claim |\n| --- | --- | --- | --- |")
    summaries = [json.loads(line) for line in SUMMARIES.read_text(encoding="utf-8").splitlines()]
    texts = {path.name: path.read_text(encoding="utf-8") for path in sorted(articles.glob("*.txt"))}
    long = max((text for text in texts.values() if len(text.split()) <= LONGEST), key=len)
    asked = [(one["article"], texts[one["article"]], [each["text"] for each in one["sentences"]]) for one in summaries]
    for name, text, sentences in [*asked, ("the longest", long, asked[0][2])]:
        spent = milliseconds_a_claim(sentences, text)
        print(f"| {name} | {len(text.split()):,} | {len(sentences)} | {spent:.0f} |")
    print(f"\nresident at most: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_024:.0f} MB")


if __name__ == "__main__":
    main()
