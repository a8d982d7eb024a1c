"""Claims that are judged on this machine are counted, and a run that is stopped keeps what was judged."""

import pytest

from summarizer import api
from summarizer.components import assemble
from summarizer.llm.ledger import Ledger
from summarizer.llm.models import RunOptions
from summarizer.schema import Reason, Unchecked
from summarizer.settings import resolve

ARTICLE = "Snow fell on two roads. The library will not close. The ferry costs 40 crowns. A storm hit the school."
SUMMARY = "Snow fell on two roads. The ferry costs 40 crowns. A storm hit the school."


@pytest.mark.parametrize("judge", ["nli", "lexical"])
def test_a_run_that_is_stopped_keeps_what_was_judged(judge: str) -> None:
    seen: list[tuple[int, int]] = []
    ledger = Ledger()

    def changed() -> None:
        seen.append((ledger.judged, ledger.claims))
        if ledger.judged == 2:
            ledger.stopped = True

    ledger.changed = changed
    report = api.check(SUMMARY, ARTICLE, backend=assemble(resolve({"judge": judge}), RunOptions(ledger=ledger)))

    outcomes = [one.outcome for one in report.checks]
    assert (0, 3) in seen
    assert (ledger.judged, ledger.claims) == (2, 3)
    assert not any(isinstance(one, Unchecked) for one in outcomes[:2])
    assert isinstance(outcomes[2], Unchecked)
    assert outcomes[2].reason is Reason.INTERRUPTED
