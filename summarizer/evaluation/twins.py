"""Which claim of one run is which of another: by its id, or by its words where a claim has got another id.

The claims of a table have the numbers of their rows for ids, and a row that is put in or taken out moves them.
"""

from collections.abc import Iterator, Sequence

from summarizer.evaluation.scorecard import Result


def twins(ones: Sequence[Result], others: Sequence[Result]) -> Iterator[Result | None]:
    """For each of `ones` the result among `others` of the same claim, each once; None where there is none.

    That is the one of the same id and words, or else of the same words about the same article.
    """
    own = {(one.claim, one.text) for one in ones}
    by_id = {(one.claim, one.text): one for one in others}
    moved: dict[tuple[str, str], list[Result]] = {}
    for one in reversed(others):
        if (one.claim, one.text) not in own:
            moved.setdefault((one.cluster, one.text), []).append(one)
    for one in ones:
        same = by_id.get((one.claim, one.text))
        if same is None and (left := moved.get((one.cluster, one.text))):
            same = left.pop()
        yield same
