"""Words in quotation marks that stand nowhere in the source."""

from summarizer.findings.differences import Difference, Kind, Passage
from summarizer.findings.vocabulary import has_words
from summarizer.language.quotations import QUOTED
from summarizer.schema import FindingKind

CLOSING = ".,;:!?…"


def find(claim: str, passage: Passage) -> list[Difference]:
    """Find quoted words that stand nowhere in the source, but for case, typography and end marks."""
    found = []
    for match in QUOTED.finditer(claim):
        quoted = match[match.lastindex or 1].strip().strip(CLOSING).strip()
        if quoted and not has_words(quoted, passage.source):
            note = f"“{' '.join(quoted.split())}” does not appear in the source"
            found.append(Difference(FindingKind.QUOTATION, *match.span(), None, note))
    return found


ENTRY = Kind("quotations", "words in quotation marks that stand nowhere in the source", find)
