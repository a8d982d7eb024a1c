"""`Report` as JSON Lines: one flat record for each claim, for `jq`, a data frame or a log."""

from summarizer.report.claim_view import Order, claim_views
from summarizer.report.safe import printable_json
from summarizer.report.tally import missing
from summarizer.schema import Report


def render(report: Report, *, sort: Order = "text") -> str:
    """Return a line for each claim; every one has what is the same for all: what the summary covers and leaves out."""
    shared = {"coverage": report.coverage.share, "left_out": [one.record() for one in missing(report)]}
    return "".join(f"{printable_json(one.record() | shared)}\n" for one in claim_views(report, sort))
