"""Guard: a cause, purpose or result that the claim gives must stand in the evidence."""

import re

from summarizer.guards.findings import Finding, Passage
from summarizer.guards.tokens import Token, tokens
from summarizer.schema import ConflictKind

CAUSE = re.compile(
    r"\b(?:because(?:\s+of)?|due\s+to|owing\s+to|thanks\s+to|as\s+a\s+result(?:\s+of)?|caused\s+by|blamed\s+on|in\s+order\s+to|so\s+that|"
    r"prompt(?:ed|ing)(?:\s+by)?|forc(?:ed|ing)|leading\s+to|led\s+to|driven\s+by|in\s+response\s+to|in\s+protest\s+(?:at|against)|"
    r"resulting\s+(?:from|in)|stemm(?:ed|ing)\s+from|triggered(?:\s+by)?|on\s+account\s+of|for\s+fear\s+of|since\s+(?=(?:the|he|she|it|they)\b)|"
    r"to\s+(?=[a-z]+(?:\s+(?:the|a|an|its|his|her|their|more|for|up|off|out))\b)|after\s+(?=[a-z]+ing\b)|for\s+(?=[a-z]+ing\b))",
    re.IGNORECASE,
)
LINK = re.compile(
    r"\b(?:because|due|owing|thanks|as|since|so|therefore|result\w*|caus\w+|blam\w+|order|prompt\w*|forc\w+|led|lead\w*|driv\w+|drove|response|"
    r"protest|stem\w*|trigger\w*|after|for|to|following|when|amid|reason|why|with|by|if)\b|[,;:–—]",
    re.IGNORECASE,
)
OPENING = re.compile(r"^\s*[A-Z][a-z]+(?:ing|ed)\s[^,.;]{0,40}(?=,)")
FIRST = 3  # content words of a cause that are looked at: what follows is detail
FOUND = 0.5  # share of the words of a cause that the evidence must have


def causes(claim: str, passage: Passage) -> list[Finding]:
    """Find a cause or purpose of the claim whose words the evidence does not have."""
    findings = []
    words = tokens(claim)
    known = {token.stem for token in tokens(passage.text)}
    for match in (*CAUSE.finditer(claim), *OPENING.finditer(claim)):
        limit = match.end() if match.re is OPENING else _phrase_end(claim, match.end())
        start = match.start() if match.re is OPENING else match.end()
        inside = [token for token in words if start <= token.start < limit and token.content][:FIRST]
        if not inside:
            continue
        share = sum(token.stem in known for token in inside) / len(inside)
        purpose = match[0].lower().strip() == "to"
        if share == 0 and _is_new(inside, passage.whole) if purpose else share < FOUND:
            note = "the evidence gives no such cause, purpose or result"
            findings.append(Finding(ConflictKind.OTHER, match.start(), inside[-1].end, None, False, note))
    return findings[:1]


def _phrase_end(claim: str, start: int) -> int:
    ends = [at for mark in (",", ";", ". ", " – ") if (at := claim.find(mark, start + 1)) > 0]
    return min(ends, default=len(claim))


def _is_new(inside: list[Token], source: str) -> bool:
    """Whether some word of a purpose stands nowhere in the source, in any form."""
    seen = {token.stem[:5] for token in tokens(source)}
    return len(inside) > 1 and any(token.stem[:5] not in seen for token in inside)
