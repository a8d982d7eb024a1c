"""Guard: a cause, purpose or result that the claim gives must stand in the evidence."""

import re
from collections.abc import Sequence

from summarizer.findings.differences import Difference, Passage
from summarizer.language.clauses import Token, stems, tokens
from summarizer.schema import FindingKind

CAUSE = re.compile(
    r"\b(?=[a-z]{2})(?:because(?:\s+of)?|due\s+to(?!\s+(?:be|have|go|open|start|begin|end|meet|take|leave|arrive|return|appear|visit|play|vote|close|expire|run|retire|face|hear|decide|publish|report|speak|testify|stand|become|sign|land|launch|come|last|serve|pay|rule|sit|hold|give|make|deliver|present|announce|move|receive|undergo|finish|resume|step|join|host|fly|see|get|do|release|hand|sail|fight|perform|rehearse|address|complete|submit|file)\b)|owing\s+to|thanks\s+to|as\s+a\s+result(?:\s+of)?|caused\s+by|(?:helped|hurt|boosted|hit|fuelled|fueled)\s+by|blamed\s+on|in\s+order\s+to|so\s+that|"
    r"prompt(?:ed|ing)(?:\s+by)?|forc(?:ed|ing)|leading\s+to|led\s+to|driven\s+by|in\s+response\s+to|in\s+protest\s+(?:at|against)|"
    r"resulting\s+(?:from|in)|stemm(?:ed|ing)\s+from|triggered(?:\s+by)?|on\s+account\s+of|for\s+fear\s+of|"
    r"so\s+as\s+to|citing|pointing\s+to|put\s+down\s+to|following\s+an?|main\s+reason\s+for)\b",
    re.IGNORECASE,
)
OPENING = re.compile(
    r"^\s*(?!According|Including|During|Following|Regarding|Rejecting|Denying|Dismissing|Disputing|Describing|Speaking|Writing|Asked|ClaimView|Noting|Adding|Admitting|Warning)[A-Z][a-z]+(?:ing|ed)\s[^,.;]{0,40}(?=,)"
)
AFTER = re.compile(
    r"\b(?:after|over|amid)\s{1,3}(?!(?:an?|the|half|one|two|three|four|five|six|seven|eight|nine|ten|twenty|thirty)\s{1,3}(?:and\b|half|hours?|days?|weeks?|months?|years?|decades?|minutes?|past|last|next|course|first)|half\b)(?=[a-z])"
)  # what came first is told as the reason
CAUSED = re.compile(r"(?:forc|prompt|led to|leading to|trigger)", re.IGNORECASE)  # verbs whose subject is the cause
SURE = 0.6  # share of the rest of the claim that the evidence must have before an opening phrase is looked at
# What rules a cause out, before the words for it.
NO_CAUSE = re.compile(
    r"\b(?:not\s{1,3}(?:just\s{1,3}|mainly\s{1,3}|simply\s{1,3})?(?:because|due|caused|the\s{1,3}result|to\s{1,3}blame)|rather\s{1,3}than|nothing\s{1,3}to\s{1,3}do\s{1,3}with|"
    r"rul(?:es|ed|ing)\s{1,3}out|no\s{1,3}(?:evidence|suggestion|sign|link|connection|trace)|could\s{1,3}not\s{1,3}say|unrelated\s{1,3}to)\b",
    re.IGNORECASE,
)
DENYING = re.compile(
    r"\b(?:not|never|neither|nor|without|rather\s{1,3}than|instead\s{1,3}of)\s[^.;]*\Z|n[’']t\s[^.;]*\Z", re.IGNORECASE
)
BEFORE = 24  # code points before a cause in which it is denied
NAMED = 70  # code points in which the cause that is ruled out is named
MOST = 0.7  # share of the words of the claim's cause that must be named there
LONG = 4  # content words of a cause that are looked for there
FIRST = 3  # content words of a cause that are looked at: what follows is detail
FOUND = 0.5  # share of the words of a cause that the evidence must have


def causes(claim: str, passage: Passage) -> list[Difference]:
    """Find a cause or purpose of the claim whose words the evidence does not have."""
    findings = []
    words = tokens(claim)
    known = {token.stem for token in tokens(passage.text)}
    for match in (*CAUSE.finditer(claim), *OPENING.finditer(claim), *AFTER.finditer(claim)):
        if CAUSED.match(match[0]) and _unknown_share(claim, words, match, known) > FOUND:
            first = next(token for token in words if token.end > _clause_start(claim, match.start()))
            note = "the evidence gives no such cause"
            findings.append(Difference(FindingKind.OTHER, first.start, match.end(), None, False, note))
            continue
        limit = match.end() if match.re is OPENING else _phrase_end(claim, match.end())
        start = match.start() if match.re is OPENING else match.end()
        inside = [token for token in words if start <= token.start < limit and token.content][:FIRST]
        if not inside:
            continue
        share = sum(token.stem in known for token in inside) / len(inside)
        loose = match.re in (OPENING, AFTER)
        if DENYING.search(claim, max(0, match.start() - BEFORE), match.start()):
            continue  # "was not caused by": no cause is claimed
        phrase = [token.stem for token in words if start <= token.start < limit and token.content][:LONG]
        if match.re is CAUSE and (denial := _denied(phrase, passage.text)):
            note = f"the evidence says “{denial[0]}”"
            findings.append(Difference(FindingKind.OTHER, match.start(), inside[-1].end, denial.span(), True, note))
            continue
        if _rest_known(words, match.start(), inside, known) < (SURE if loose else FOUND):
            continue
        if match.re is AFTER and AFTER.search(passage.text):
            continue  # it tells what came before in other words
        if share == 0 and len(inside) > 1 if loose else share < FOUND:
            note = "the evidence gives no such cause, purpose or result"
            findings.append(Difference(FindingKind.OTHER, match.start(), inside[-1].end, None, False, note))
    return findings[:1]


def _denied(phrase: Sequence[str], text: str) -> re.Match[str] | None:
    """Where the evidence says that something was not the cause: "and not because of budget cuts"."""
    for denial in NO_CAUSE.finditer(text):
        end = text.find("\n", denial.end())
        named = stems(text[denial.end() : min(denial.end() + NAMED, end if end >= 0 else len(text))])
        if sum(one in named for one in phrase) >= MOST * len(phrase):
            return denial
    return None


def _phrase_end(claim: str, start: int) -> int:
    ends = [at for mark in (",", ";", ". ", " – ") if (at := claim.find(mark, start + 1)) > 0]
    return min(ends, default=len(claim))


def _clause_start(claim: str, end: int) -> int:
    return max(
        claim.rfind(mark, 0, end) + len(mark) if claim.rfind(mark, 0, end) >= 0 else 0
        for mark in (", ", "; ", " that ", " said ")
    )


def _unknown_share(claim: str, words: Sequence[Token], match: re.Match[str], known: set[str]) -> float:
    """Share of the words of a cause before its verb that the evidence does not have."""
    start = _clause_start(claim, match.start())
    inside = [token for token in words if start <= token.start and token.end <= match.start() and token.content][
        -FIRST:
    ]
    return sum(token.stem not in known for token in inside) / len(inside) if inside else 0.0


def _rest_known(words: Sequence[Token], at: int, inside: Sequence[Token], known: set[str]) -> float:
    """Share of the claim's words outside the cause that the evidence has: whether it is about the same event."""
    rest = [token for token in words if token.content and token not in inside and abs(token.start - at) > 0]
    return sum(token.stem in known for token in rest) / len(rest) if rest else 0.0
