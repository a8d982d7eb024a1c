"""What the page holds for a reader who knows better: the source and the claims to the letter, for a labelled case."""

from collections.abc import Sequence

from summarizer.report.claim_view import ClaimView
from summarizer.report.safe import printable_json
from summarizer.schema import Report

LONGEST = 200_000  # code points of a source that the page holds twice; a case of a longer one is made from the report


def labelling(report: Report, claims: Sequence[ClaimView]) -> str:
    """A block of data for the script; nothing where no case can be made of it: a case has one article."""
    if len(report.documents) != 1 or len(report.documents[0].text) > LONGEST:
        return ""
    (document,) = report.documents
    given = {
        "article": {"name": document.name, "text": document.text},
        "claims": [{"number": one.number, "id": one.id, "text": one.text} for one in claims],
    }
    text = printable_json(given).replace("<", "\\u003c")  # a data block is not run, and without `<` cannot end early
    return f'<script type="application/json" id="given">{text}</script>\n'
