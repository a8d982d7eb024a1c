"""How often the evidence that a person named, and some other sentence, pass `guards.relevance`.

    python benchmarks/relevance.py

Also with the guards: how many broken claims would stay supported on a real sentence that says something else.
"""

import json
import random
from pathlib import Path

from summarizer.findings import compare, passage_of
from summarizer.findings.relevance import is_relevant
from summarizer.language.sentences import sentences
from summarizer.schema import Document

EVALS = Path(__file__).parents[1] / "evals"


def main() -> None:
    chance = random.Random(1)  # noqa: S311 (which other sentence)
    for split in ("dev", "test"):
        doubted, passed, through, sound, broken = 0, 0, 0, 0, 0
        for path in sorted((EVALS / "pairs").glob("*.json")):
            case = json.loads(path.read_text(encoding="utf-8"))
            if case["split"] != split:
                continue
            document = Document.of((EVALS / "articles" / case["article"]).read_text(encoding="utf-8"))
            every = sentences(document)
            for pair in case["pairs"]:
                named = [
                    one for one in every if any(words in one.text or one.text in words for words in pair["evidence"])
                ]
                if not named:
                    continue
                other = passage_of([chance.choice([one for one in every if one not in named])], document, every)
                sound, broken = sound + 1, broken + 1
                doubted += not is_relevant(pair["supported"], passage_of(named, document, every))
                passes = is_relevant(pair["broken"], other)
                passed += passes
                through += passes and not compare(pair["broken"], other)
        print(
            f"{split}: {doubted} of {sound} sound claims doubted; {passed} of {broken} broken claims pass on another "
            f"sentence, {through} of them past the guards too"
        )


if __name__ == "__main__":
    main()
