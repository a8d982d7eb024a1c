"""Guard: of how many a thing is said."""

import re

from summarizer.findings.differences import Difference, Passage
from summarizer.findings.numbers import stated_quantities
from summarizer.language.clauses import cues
from summarizer.schema import FindingKind

UNIVERSAL = re.compile(
    r"\b(?=[aebcuwft][a-z]{2})(?<!\bnot )(?<!\bnearly )(?<!\balmost )(?<!\bafter )(?<!\bat )(?<!\babove )(?:all(?!\s+the\s+same)|every|everyone|everybody|each|entire(?:ly)?|(?<!as a )whole|wholly|unanimous(?:ly)?|complete(?:ly)?|always|both|full(?:y)?|total(?:ly)?)\b(?! over\b)",
    re.IGNORECASE,
)
NONE_AT_ALL = re.compile(r"\b(?:none|no one|nobody|neither|never|not\s+one|not\s+a\s+single)\b", re.IGNORECASE)
MAJORITY = re.compile(
    r"\b(?=[mltug])(?:most|majority(?!\s+of\s+\w{1,12}\s+votes?)|mostly|mainly|largely|the\s+bulk|more\s+than\s+half|usually|generally)\b",
    re.IGNORECASE,
)
PARTIAL = re.compile(
    r"\b(?=[\dacefhmnopst])(?:(?:one|two|three|four|five|six|seven|eight|nine|ten|\d{1,3})\s{1,3}of\s{1,3}(?:the|its|his|her|their)|some(?!\s{1,3}(?:\d|[£$€]|an?\b|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w{3,9}ty\b))|several|many|part(?:s|ly)?|partial(?:ly)?|a\s+few|few|handful|a\s+number\s+of|sometimes|not\s+all|not\s+every|minority|occasionally|certain)\b",
    re.IGNORECASE,
)
COUNTED = re.compile(r"\s{1,3}+(?:\d|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)", re.IGNORECASE)
TWO = re.compile(r"\b(?:two|pair|couple|either)\b|\b2\b", re.IGNORECASE)
UNCOUNTED = frozenset({"full", "total", "part", "parts"})
NEARLY = re.compile(r"\b(?=[navp])(?:nearly|almost|virtually|all\s+but|practically)\b", re.IGNORECASE)
ONLY = re.compile(
    r"\b(?=[oseajmn])(?:only|solely|exclusively|sole|alone|merely|no(?:thing|body|\s+one)?\s+(?:else|but|other))\b",
    re.IGNORECASE,
)
LIMITED = re.compile(r"\b(?:no|not|other|rest|except|but|yet|unless|first|until|conditional|provided)\b", re.IGNORECASE)
NO = re.compile(
    r"\b(?:no|not|without|yet\s{1,3}to|avoid\w{0,3}|prevent\w{0,3}|neither|refus\w{1,3}|reject\w{0,3}|den(?:y|ies|ied))\b|n[’']t\b"
)
EXACTLY = re.compile(r"\b(?:exactly|precisely)\b", re.IGNORECASE)
OF_HOW_MANY = (UNIVERSAL, PARTIAL, MAJORITY, ONLY, NONE_AT_ALL, EXACTLY)


def quantifiers(claim: str, passage: Passage) -> list[Difference]:
    """Find "all" where the evidence says "some", and other changes of how many."""
    if not any(pattern.search(claim) for pattern in OF_HOW_MANY):
        return []
    text = passage.text
    findings = []
    universal, partial, majority = _stated(UNIVERSAL, claim), _stated(PARTIAL, claim), MAJORITY.search(claim)
    wide, half, part = UNIVERSAL.search(text), MAJORITY.search(text), PARTIAL.search(text)
    nearly = NEARLY.search(text)
    if universal and universal[0].lower() == "both" and TWO.search(text):
        universal = None  # "both supporters" of "A and B, two supporters"
    if universal and not wide and not COUNTED.match(claim, universal.end()):
        limit = part or half or nearly
        findings.append(_finding(universal, limit, sure=bool(limit)))
    elif universal and nearly and wide and not NEARLY.search(claim) and 0 <= wide.start() - nearly.end() <= 2:
        findings.append(_finding(universal, nearly, sure=True))
    if majority and not half and (wide or part) and not _is_most(text):
        findings.append(_finding(majority, wide or part, sure=False))
    if partial and not part and (wide or half) and not universal:
        findings.append(_finding(partial, wide or half, sure=False))
    findings += _of_the_same_thing(claim, text) if not findings else []
    only = ONLY.search(claim)
    if only and not ONLY.search(text) and not LIMITED.search(text):
        findings.append(_finding(only, None, sure=False))
    none = NONE_AT_ALL.search(claim)
    if none and not NONE_AT_ALL.search(text) and not NO.search(text):
        findings.append(_finding(none, part or half or wide, sure=False))
    exact = EXACTLY.search(claim)
    if exact and not EXACTLY.search(text):
        findings.append(_finding(exact, None, sure=False))
    return findings[:1]


def _is_most(text: str) -> bool:
    """Whether the text counts more than half: "of the 96 families, 61"."""
    counts = [one.base for one in stated_quantities(text) if one.dimension == "count"]
    return any(0.5 < part / whole < 1 for part in counts for whole in counts if whole)


def _stated(pattern: re.Pattern[str], claim: str) -> re.Match[str] | None:
    """The first quantifier of a claim; "the first full year" and "the northern part" count nothing."""
    return next((match for match in pattern.finditer(claim) if match[0].lower() not in UNCOUNTED), None)


def _of_the_same_thing(claim: str, text: str) -> list[Difference]:
    """Find "all flights" against "most flights" also where the evidence says "all" of something else."""
    classes = (UNIVERSAL, MAJORITY, PARTIAL)
    for mine in classes:
        for cue in cues(claim, mine, reach=2):
            for theirs in classes:
                rivals = [
                    other
                    for other in cues(text, theirs, reach=2)
                    if theirs is not mine and set(other.targets) & set(cue.targets)
                ]
                same = [other for other in cues(text, mine, reach=2) if set(other.targets) & set(cue.targets)]
                if rivals and not same and not (mine is MAJORITY and _is_most(text)):
                    other = rivals[0]
                    return [
                        Difference(
                            FindingKind.NUMBER,
                            cue.start,
                            cue.end,
                            (other.start, other.end),
                            True,
                            f"the evidence says “{other.form}”",
                        )
                    ]
    return []


def _finding(mine: re.Match[str], theirs: re.Match[str] | None, *, sure: bool) -> Difference:
    note = f"the evidence says “{theirs[0]}”" if theirs else f"the evidence does not say “{mine[0]}”"
    return Difference(FindingKind.NUMBER, mine.start(), mine.end(), theirs.span() if theirs else None, sure, note)
