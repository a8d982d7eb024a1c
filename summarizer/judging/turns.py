"""Claims judged one after another on this machine: counted as they are done, and the rest left out where a run is stopped."""

from collections.abc import Callable, Iterator, Sequence

from summarizer.drafts import Judgement
from summarizer.llm.ledger import Ledger
from summarizer.patience import is_over
from summarizer.schema import Claim, Reason

STOPPED = "the run was stopped before this was judged"


def in_turn(
    claims: Sequence[Claim], judge: Callable[[Claim], Judgement], ledger: Ledger | None = None
) -> Iterator[Judgement]:
    """The judgement of each claim; once the run of the ledger is stopped, that it was interrupted."""
    if ledger:
        ledger.begin("judge")
        ledger.expect(len(claims))
    for claim in claims:
        found = None if (ledger and ledger.stopped) or is_over() else judge(claim)
        stopped = ledger is not None and ledger.stopped  # a signal may have come meanwhile; then it is not counted
        if ledger:
            ledger.settle(1)
        if found is None or stopped:
            found = Judgement(claim=claim.id, failure=Reason.INTERRUPTED, rationale=STOPPED)
        yield found
