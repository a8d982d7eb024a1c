"""Guard: words inside quotation marks must stand in the source as they are."""

import re

from summarizer.grounding.locate import stands_in
from summarizer.guards.findings import Finding, Passage
from summarizer.schema import ConflictKind

QUOTED = re.compile(
    r"“([^“”]{2,600})”|\"([^\"]{2,600})\"|«([^«»]{2,600})»|(?<![\w’'])‘([^‘’]{2,600}(?:’\w[^‘’]{0,300}){0,4})’(?!\w)"
)
CLOSING = ".,;:!?…"


def quotations(claim: str, passage: Passage) -> list[Finding]:
    """Find quoted words of the claim that stand nowhere in the source, but for case, typography and end marks."""
    findings = []
    for match in QUOTED.finditer(claim):
        group = match.lastindex or 1
        quoted = match[group].strip().strip(CLOSING).strip()
        source = passage.source or passage.whole
        if quoted and not stands_in(quoted, source) and not _in_parts(quoted, source):
            findings.append(
                Finding(
                    ConflictKind.QUOTATION,
                    match.start(),
                    match.end(),
                    None,
                    True,
                    "these words do not stand in the source",
                )
            )
    return findings


def _in_parts(quoted: str, source: str) -> bool:
    """Whether the words stand there around insertions in brackets."""
    parts = [part.strip(" " + CLOSING) for part in re.split(r"\[[^\]]{0,60}\]", quoted)]
    return len(parts) > 1 and all(stands_in(part, source) for part in parts if part)
