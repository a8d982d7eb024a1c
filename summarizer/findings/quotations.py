"""Guard: words inside quotation marks must stand in the source as they are."""

import re
from collections import Counter

from summarizer.findings.differences import Difference, Passage
from summarizer.grounding.locate import stands_in
from summarizer.language.clauses import tokens
from summarizer.schema import FindingKind

QUOTED = re.compile(
    r"“([^“”]{2,600})”|\"([^\"]{2,600})\"|«([^«»]{2,600})»|(?<![\w’'])‘([^‘’]{2,600}(?:’\w[^‘’]{0,300}){0,4})’(?!\w)"
)
CLOSING = ".,;:!?…"
SAME = 0.6  # share of the quoted words that the source's quotation must have to be what was altered


def quotations(claim: str, passage: Passage) -> list[Difference]:
    """Find quoted words of the claim that stand nowhere in the source, but for case, typography and end marks."""
    findings = []
    for match in QUOTED.finditer(claim):
        group = match.lastindex or 1
        quoted = match[group].strip().strip(CLOSING).strip()
        source = passage.source or passage.whole
        if quoted and not stands_in(quoted, source) and not _in_parts(quoted, source):
            note = "these words do not stand in the source"
            altered = _altered(quoted, passage.text)
            findings.append(Difference(FindingKind.QUOTATION, match.start(), match.end(), altered, True, note))
    return findings


def _altered(quoted: str, text: str) -> tuple[int, int] | None:
    """The place of the one quotation of the evidence that the quoted words are a version of."""
    mine = [token.stem for token in tokens(quoted)]
    near = []
    for match in QUOTED.finditer(text):
        theirs = [token.stem for token in tokens(text[match.start() : match.end()])]
        common = sum((Counter(mine) & Counter(theirs)).values())
        if common >= SAME * len(mine) and len(mine) > 1:
            near.append(match.span())
    return near[0] if len(near) == 1 else None


def _in_parts(quoted: str, source: str) -> bool:
    """Whether the words stand there around insertions in brackets."""
    parts = [part.strip(" " + CLOSING) for part in re.split(r"\[[^\]]{0,60}\]", quoted)]
    return len(parts) > 1 and all(stands_in(part, source) for part in parts if part)
