"""Which claim of one list is which of another: by its id, or by its words where a claim has got another id.

The claims of a table or a draft have the numbers of their lines for ids, and a line that is put in or taken out moves them.
"""

from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import TypeVar

from summarizer.evaluation.scorecard import Result

T = TypeVar("T")


def twins(
    ones: Sequence[T], others: Sequence[T], *, same: Callable[[T], Hashable], alike: Callable[[T], Hashable]
) -> Iterator[T | None]:
    """For each of `ones` the other one that is the same claim, each once; None where there is none.

    That is the one that is the `same`, id and words, or else the first `alike` that is the same as none of `ones`.
    """
    own = set(map(same, ones))
    stayed = {same(one): one for one in others}
    moved: dict[Hashable, list[T]] = {}
    for one in reversed(others):
        if same(one) not in own:
            moved.setdefault(alike(one), []).append(one)
    for one in ones:
        twin = stayed.get(same(one))
        if twin is None and (left := moved.get(alike(one))):
            twin = left.pop()
        yield twin


def result_twins(ones: Sequence[Result], others: Sequence[Result]) -> Iterator[Result | None]:
    """The same of the results of two runs; words are alike about the same article only."""
    return twins(ones, others, same=lambda one: (one.claim, one.text), alike=lambda one: (one.cluster, one.text))
