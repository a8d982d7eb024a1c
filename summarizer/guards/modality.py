"""Guards: how firmly a thing is said, and of how many."""

import re
from functools import lru_cache
from typing import NamedTuple

from summarizer.guards.findings import Finding, Passage
from summarizer.guards.tokens import cues, is_told, stems, tokens
from summarizer.reading.patterns import has_any
from summarizer.schema import ConflictKind

# From the weakest to the firmest. A claim may not be firmer than its evidence.
CONSIDERED, POSSIBLE, LIKELY, PLANNED, CERTAIN, FACT = range(1, 7)
DEGREES: tuple[tuple[int, re.Pattern[str]], ...] = (
    (CONSIDERED, re.compile(r"\b(?=[a-z]{3})(?:consider(?:s|ed|ing)?|weigh(?:s|ed|ing)|explor(?:e|es|ed|ing)|discuss(?:es|ed|ing)?|mull(?:s|ed|ing)|thinking\s+of|studying|review(?:s|ing))\b", re.IGNORECASE)),
    (POSSIBLE, re.compile(r"\b(?=[a-z]{3})(?:(?-i:may|might)|could|possibl[ey]|possibility|perhaps|maybe|potential(?:ly)?|hop(?:e|es|ed|ing)|fear(?:s|ed)?|worr(?:y|ies|ied)|alleg(?:e|es|ed|edly|ation|ations)|accus(?:e|es|ed|ing|ation)|suspect(?:s|ed)?|suspicion|reportedly|apparent(?:ly)?|appear(?:s|ed)?\s+to|seem(?:s|ed)?(?:\s+to)?|suggest(?:s|ed|ing)?|thought\s+to|believ(?:e|es|ed)|rumou?r(?:s|ed)?|propos(?:e|es|ed))\b(?!\s+\d)", re.IGNORECASE)),
    (LIKELY, re.compile(r"\b(?=[a-z]{5})(?:likely|probabl[ey]|expect(?:s|ed|ing)?|predict(?:s|ed)?|forecast(?:s)?|project(?:s|ed)|estimat(?:e|es|ed)|should|ought|anticipat(?:e|es|ed)|almost\s+certain\w*)\b", re.IGNORECASE)),
    (PLANNED, re.compile(r"\b(?=[a-z]{3})(?:plan(?:s|ned|ning)?|intend(?:s|ed)?|intention|aim(?:s|ed|ing)?|vow(?:s|ed)?|pledg(?:e|es|ed)|promis(?:e|es|ed)|want(?:s|ed)?|seek(?:s|ing)?|due\s+to|scheduled|set\s+to|prepar(?:e|es|ed|ing)|offer(?:s|ed)?|agreed|agrees|tr(?:y|ies|ied|ying)|wish(?:es|ed)?)\b", re.IGNORECASE)),
    (CERTAIN, re.compile(r"\b(?:will|would|shall|is\s+to|are\s+to|going\s+to|certain(?:ly)?|sure|definite(?:ly)?|must|guarantee(?:s|d)?|assured|inevitabl[ey]|bound\s+to)\b|[’']ll\b", re.IGNORECASE)),
)  # fmt: skip


class Governing(NamedTuple):
    """Hedges of one degree that govern the verb right after them."""

    degree: int
    pattern: re.Pattern[str]
    reach: int
    """Content words that they reach."""
    words: tuple[str, ...]
    """No match is without one of these: most texts need not be searched."""


# Hedges that govern the verb right after them; the others are verbs and nouns with lives of their own.
GOVERNING = (
    Governing(CONSIDERED, re.compile(r"\b(?:considering|consider|mulling|weighing|thinking\s+of)\b", re.IGNORECASE), 2, tuple("consider mulling weighing thinking".split())),
    Governing(POSSIBLE, re.compile(r"\b(?:(?-i:may|might)|could(?!\s+not)|possibly|perhaps|maybe|potentially|hopes?\s+to|hoped\s+to|feared\s+to|allegedly|alleged\s+to|suspected\s+of|reportedly|apparently|appears?\s+to|appeared\s+to|seems?\s+to|seemed\s+to|thought\s+to|believed\s+to|on\s+suspicion\s+of)\b(?!\s+\d)", re.IGNORECASE), 1, tuple("may might could possibly perhaps potentially hope feared alleged suspected reportedly apparently appear seem thought believed suspicion".split())),
    Governing(LIKELY, re.compile(r"\b(?:likely(?:\s+to)?|probably|expected\s+to|expects\s+to|ought\s+to)\b", re.IGNORECASE), 1, tuple("likely probably expect ought".split())),
    Governing(PLANNED, re.compile(r"\b(?:plans?\s+to|planned\s+to|planning\s+to|intends?\s+to|intended\s+to|aims?\s+to|vowed\s+to|pledged\s+to|promised\s+to|wants?\s+to|wanted\s+to|due\s+to|scheduled\s+to|set\s+to|proposed\s+to|agreed\s+to|wishes\s+to)\b", re.IGNORECASE), 1, tuple("plan intend aim vowed pledged promised want due scheduled set proposed agreed wishes".split())),
)  # fmt: skip
HEDGES = re.compile(rf"\b(?=[a-z]{{3}})(?:{'|'.join(pattern.pattern for _, pattern in DEGREES[:3])})", re.IGNORECASE)
FIRM = re.compile(
    r"\b(?:will|shall|certain(?:ly)?|sure|definite(?:ly)?|must|guarantee[ds]?|inevitabl[ey]|bound\s+to|undoubtedly|proved?n?|proves|established|confirmed|always)\b",
    re.IGNORECASE,
)

# A future as good as certain, the hedges that it may not stand for, and what leaves a claim open itself.
OUTRIGHT = re.compile(
    r"\b(?:will|would|shall|certain(?:ly)?\s{1,3}to|definitely|must|is\s{1,3}to|are\s{1,3}to|bound\s{1,3}to|ha(?:s|ve)\s{1,3}agreed\s{1,3}to)\b",
    re.IGNORECASE,
)
MODAL = re.compile(
    r"\b(?:(?-i:may|might)|could(?!\s{1,3}not)|likely|probably|expected\s{1,3}to|possibly|perhaps|maybe)\b(?!\s{1,3}\d)",
    re.IGNORECASE,
)
DOUBTING = re.compile(
    r"\b(?:(?-i:may|might)|could|likely|probabl[ey]|expect\w*|possib\w+|perhaps|maybe|potential\w*|hop(?:e|es|ed)|fear\w*|alleg\w*|"
    r"suspect\w*|appear\w*|seem\w*|suggest\w*|predict\w*|should|ought|if|whether|unless)\b",
    re.IGNORECASE,
)
ASKED = re.compile(r"\b(?:not|n[’']t|when|whether|if|declin\w+|refus\w+)\b", re.IGNORECASE)
DENIED = re.compile(r"\b(?:not|never|no longer)\s{1,3}\Z|n[’']t\s{1,3}\Z")

UNIVERSAL = re.compile(
    r"\b(?=[aebcuwft][a-z]{2})(?<!\bnot )(?<!\bnearly )(?<!\balmost )(?<!\bafter )(?<!\bat )(?<!\babove )(?:all|every|everyone|everybody|each|entire(?:ly)?|whole|wholly|unanimous(?:ly)?|complete(?:ly)?|always|both|full(?:y)?|total(?:ly)?)\b(?! over\b)",
    re.IGNORECASE,
)
NONE_AT_ALL = re.compile(r"\b(?:none|no one|nobody|neither|never|not\s+one|not\s+a\s+single)\b", re.IGNORECASE)
MAJORITY = re.compile(
    r"\b(?=[mltug])(?:most|majority(?!\s+of\s+\w{1,12}\s+votes?)|mostly|mainly|largely|the\s+bulk|more\s+than\s+half|usually|generally)\b",
    re.IGNORECASE,
)
PARTIAL = re.compile(
    r"\b(?=[\dacefhmnopst])(?:(?:one|two|three|four|five|six|seven|eight|nine|ten|\d{1,3})\s{1,3}of\s{1,3}(?:the|its|his|her|their)|some|several|many|part(?:s|ly)?|partial(?:ly)?|a\s+few|few|handful|a\s+number\s+of|sometimes|not\s+all|not\s+every|minority|occasionally|certain)\b",
    re.IGNORECASE,
)
COUNTED = re.compile(r"\s{1,3}+(?:\d|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)", re.IGNORECASE)
TWO = re.compile(r"\b(?:two|pair|couple|either|neither)\b|\b2\b", re.IGNORECASE)
UNCOUNTED = frozenset({"full", "total", "part", "parts"})
NEARLY = re.compile(r"\b(?=[navp])(?:nearly|almost|virtually|all\s+but|practically)\b", re.IGNORECASE)
ONLY = re.compile(
    r"\b(?=[oseajmn])(?:only|solely|exclusively|sole|alone|just|merely|no(?:thing|body|\s+one)?\s+(?:else|but|other))\b",
    re.IGNORECASE,
)
LIMITED = re.compile(r"\b(?:no|not|other|rest|except|but|yet|unless|first|until|conditional|provided)\b", re.IGNORECASE)
NO = re.compile(r"\b(?:no|not|without)\b|n[’']t\b")
EXACTLY = re.compile(r"\b(?:exactly|precisely)\b", re.IGNORECASE)
OF_HOW_MANY = (UNIVERSAL, PARTIAL, MAJORITY, ONLY, NONE_AT_ALL, EXACTLY)


def modality(claim: str, passage: Passage) -> list[Finding]:
    """Find a hedge of the evidence that the claim has lost. A hedge gained is no fault: what is so may be so."""
    claimed = stems(claim)
    findings = []
    for degree, pattern, reach, words in GOVERNING:
        for cue in cues(passage.text, pattern, reach=reach) if has_any(passage.text, words) else ():
            shared = [target for target in cue.targets if target in claimed]
            if not shared or _degree(claim) <= degree + 1 or (degree == PLANNED and not _is_done(claim)):
                continue
            if DENIED.search(passage.text[max(0, cue.start - 14) : cue.start]):
                continue  # "not considering" is a denial and no hedge
            if not is_told(claim, passage.text, cue.start) or _said_firmly(shared[0], passage.text, pattern, reach):
                continue
            start, end = next((token.start, token.end) for token in tokens(claim) if token.stem == shared[0])
            findings.append(
                Finding(
                    ConflictKind.MODALITY,
                    start,
                    end,
                    (cue.start, cue.end),
                    True,
                    f"the evidence says “{cue.form}”",
                )
            )
    if not findings and (hardened := _hardened(claim, passage.text)):
        findings.append(hardened)
    return findings[:1]


def _hardened(claim: str, text: str) -> Finding | None:
    """A claim that says outright what the evidence, in other words, only thinks possible: "will" for "could"."""
    firm = FIRM.search(claim)
    if firm and not ASKED.search(claim) and _degree(claim) >= CERTAIN and not FIRM.search(text):
        hedge = next((cue for cue in HEDGES.finditer(text) if is_told(claim, text, cue.start())), None)
        if hedge:
            return _lost(firm, hedge)
    outright = OUTRIGHT.search(claim)
    if outright and not DOUBTING.search(claim) and not OUTRIGHT.search(text):
        hedge = next((cue for cue in MODAL.finditer(text) if is_told(claim, text, cue.start())), None)
        if hedge:
            return _lost(outright, hedge)
    return None


def _lost(firm: re.Match[str], hedge: re.Match[str]) -> Finding:
    note = f"the evidence says “{hedge[0]}”"
    return Finding(ConflictKind.MODALITY, firm.start(), firm.end(), hedge.span(), True, note)


def _said_firmly(wanted: str, text: str, pattern: re.Pattern[str], reach: int) -> bool:
    """Whether the evidence has the word elsewhere without the hedge."""
    places = sum(token.stem == wanted for token in tokens(text))
    return places > sum(wanted in cue.targets for cue in cues(text, pattern, reach=reach))


@lru_cache(maxsize=256)
def _degree(text: str) -> int:
    """The weakest degree that the text states anywhere."""
    return next((degree for degree, pattern in DEGREES if pattern.search(text)), FACT)


def _is_done(claim: str) -> bool:
    """Whether a claim tells something as having happened, with no plan in it."""
    return not any(pattern.search(claim) for _, pattern in DEGREES[3:])


def quantifiers(claim: str, passage: Passage) -> list[Finding]:
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
    if majority and not half and (wide or part):
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


def _stated(pattern: re.Pattern[str], claim: str) -> re.Match[str] | None:
    """The first quantifier of a claim; "the first full year" and "the northern part" count nothing."""
    return next((match for match in pattern.finditer(claim) if match[0].lower() not in UNCOUNTED), None)


def _of_the_same_thing(claim: str, text: str) -> list[Finding]:
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
                if rivals and not same:
                    other = rivals[0]
                    return [
                        Finding(
                            ConflictKind.NUMBER,
                            cue.start,
                            cue.end,
                            (other.start, other.end),
                            True,
                            f"the evidence says “{other.form}”",
                        )
                    ]
    return []


def _finding(mine: re.Match[str], theirs: re.Match[str] | None, *, sure: bool) -> Finding:
    note = f"the evidence says “{theirs[0]}”" if theirs else f"the evidence does not say “{mine[0]}”"
    return Finding(ConflictKind.NUMBER, mine.start(), mine.end(), theirs.span() if theirs else None, sure, note)
