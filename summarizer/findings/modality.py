"""Guard: how firmly a thing is said."""

import re
from bisect import bisect_right
from functools import lru_cache
from typing import NamedTuple

from summarizer.findings.differences import Difference, Passage
from summarizer.language.clauses import closest, cues, is_aligned, stems, tokens
from summarizer.language.patterns import has_any
from summarizer.language.verbs import stem
from summarizer.schema import FindingKind

# From the weakest to the firmest. A claim may not be firmer than its evidence.
CONSIDERED, POSSIBLE, LIKELY, PLANNED, CERTAIN, FACT = range(1, 7)
DEGREES: tuple[tuple[int, re.Pattern[str]], ...] = (
    (CONSIDERED, re.compile(r"\b(?=[a-z]{3})(?:consider(?:s|ed|ing|ation)?|weigh(?:s|ed|ing)|explor(?:e|es|ed|ing)|discuss(?:es|ed|ing)?|mull(?:s|ed|ing)|thinking\s+(?:of|about)|inclined|leaning|studying|review(?:s|ing))\b", re.IGNORECASE)),
    (POSSIBLE, re.compile(r"\b(?=[a-z]{3})(?:(?-i:may|might)|could|possibl[ey]|possibility|perhaps|maybe|potential(?:ly)?|conceivabl[ey]|hop(?:e|es|ed|ing)|fear(?:s|ed)?|worr(?:y|ies|ied)|alleg(?:e|es|ed|edly|ation|ations)|accus(?:e|es|ed|ing|ation)|suspect(?:s|ed)?|suspicion|reportedly|apparent(?:ly)?|appear(?:s|ed)?\s+to|seem(?:s|ed)?(?:\s+to)?|suggest(?:s|ed|ing)?|thought\s+to|understood\s+to|believ(?:e|es|ed)|rumou?r(?:s|ed)?|propos(?:e|es|ed))\b(?!\s+\d)", re.IGNORECASE)),
    (LIKELY, re.compile(r"\b(?=[a-z]{5})(?:likely|probabl[ey]|expect(?:s|ed|ing)?|predict(?:s|ed)?|forecast(?:s|ing)?|project(?:s|ed)|estimat(?:e|es|ed)|should|ought|anticipat(?:e|es|ed)|almost\s+certain\w*)\b", re.IGNORECASE)),
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
    Governing(CONSIDERED, re.compile(r"\b(?:considering|consider|mulling|weighing|thinking\s+(?:of|about)|leaning\s+towards?)\b", re.IGNORECASE), 2, tuple("consider mulling weighing thinking leaning".split())),
    Governing(POSSIBLE, re.compile(r"\b(?:(?-i:may|might)|could(?!\s+not)|possible|possibly|perhaps|maybe|potentially|hopes?\s+to|hoped\s+to|feared\s+to|allegedly|alleged\s+to|suspected\s+of|reportedly|apparently|appears?\s+to|appeared\s+to|seems?\s+to|seemed\s+to|thought\s+to|believed\s+to|on\s+suspicion\s+of)\b(?!\s+\d)", re.IGNORECASE), 1, tuple("may might could possib perhaps potentially hope feared alleged suspected reportedly apparently appear seem thought believed suspicion".split())),
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
    r"\b(?:will|would|shall|certain(?:ly)?\s{1,3}to|definitely|must|is\s{1,3}to|are\s{1,3}to|going\s{1,3}to|bound\s{1,3}to|ha(?:s|ve)\s{1,3}agreed\s{1,3}to)\b",
    re.IGNORECASE,
)
MODAL = re.compile(
    r"\b(?:(?-i:may|might)|could(?!\s{1,3}not)|likely|probably|expected\s{1,3}to|hop(?:es|ed|ing)\s{1,3}to|possible|possibly|perhaps|maybe|cannot\s{1,3}be\s{1,3}(?:excluded|ruled\s{1,3}out))\b(?!\s{1,3}\d)",
    re.IGNORECASE,
)
DOUBTING = re.compile(
    r"\b(?:(?-i:may|might)|could|likely|probabl[ey]|expect\w*|possib\w+|conceivabl[ey]|perhaps|maybe|potential\w*|hop(?:e|es|ed|ing)|fear\w*|alleg\w*|"
    r"suspect\w*|appear\w*|seem\w*|suggest\w*|predict\w*|should|ought|if|whether|unless)\b",
    re.IGNORECASE,
)
VIEWED = re.compile(
    r"\bin\s{1,3}(?:the|his|her|their|its)\s{1,3}(?:view|opinion|eyes)|[’']s?\s{1,3}(?:view|opinion)\b|\b(?:forecast(?:ing|s?\s{1,3}that)|predict(?:s|ed|ing)?|think(?:s|ing)?|thought|believ(?:es?|ed|ing)|reckon(?:s|ed)?)\b",
    re.IGNORECASE,
)
SUPPOSED = re.compile(
    r"\b(?:bills?|plans?|propos\w+|drafts?|amendments?|motions?|schemes?|offers?|bids?|deals?|polic(?:y|ies)|laws?|measures?|ideas?|under)\b",
    re.IGNORECASE,
)
ASKED = re.compile(r"\b(?:not|n[’']t|when|whether|if|declin\w+|refus\w+)\b", re.IGNORECASE)
SENTENCE_END = re.compile(r"[.;:!?\n](?=\s|\Z)|\n")
DENIED = re.compile(r"\b(?:not|never|no longer)\s{1,3}\Z|n[’']t\s{1,3}\Z")
# What keeps a word of the claim from being told as so.
SUPPOSING = re.compile(r"\b(?:if|whether|unless|were\s{1,3}to)\b[^.;:]*\Z", re.IGNORECASE)
NOTHING_YET = re.compile(r"\b(?:no|not|never|yet\s{1,3}to)\s{1,3}\Z", re.IGNORECASE)
WITHIN = 60  # code points before a word that make it a supposition
CONDITION_FIRST = re.compile(r"\A(?:Should|If|Were)\b[^,.;]{1,80},")

# A condition of the evidence, and whatever keeps a claim from being told without one.
MET = re.compile(r"\b(?:having\s{1,3}(?:been\s{1,3})?\w{3,30}|now\s{1,3}that)\b", re.IGNORECASE)
WOULD = re.compile(r"\bwould\b", re.IGNORECASE)
PROVISO = re.compile(
    r"\b(?:unless|provided\s{1,3}that|on\s{1,3}condition|conditional\s{1,3}(?:up)?on|subject\s{1,3}to)\b",
    re.IGNORECASE,
)
IF = re.compile(rf"\bif\b|{PROVISO.pattern}", re.IGNORECASE)
BEFORE_IF = re.compile(r"\b(?:even|as|what|only|whether|ask\w{0,3}|wonder\w{0,3}|see)\s{1,3}\Z", re.IGNORECASE)
WILL = re.compile(r"\b(?:will|shall|is\s{1,3}to|are\s{1,3}to|going\s{1,3}to|ha(?:s|ve)\s{1,3}agreed)\b", re.IGNORECASE)
MEANT = re.compile(rf"{MODAL.pattern}|\b(?:intends?|hop(?:es|ed)|wants?|minded)\s{{1,3}}to\b", re.IGNORECASE)
CONDITIONAL = re.compile(
    r"\b(?:if|unless|provided|condition\w*|subject\s{1,3}to|depend\w*|as\s{1,3}long\s{1,3}as|should|once|until|before|without|were|in\s{1,3}case|pending|"
    r"could|(?-i:may|might)|likely|possib\w+|hop(?:e|es|ed|ing)|whether)\b",
    re.IGNORECASE,
)

# What has happened, and what is still ahead.
DONE = re.compile(
    r"\b(?:has|have|having|had)\s{1,3}(?:(?:now|also|already|since|\w{1,20}ly)\s{1,3})?(?:been\s{1,3})?(?!(?:been|yet|to|no|not|never)\b)"
    r"(?P<verb>\w{1,30}(?:ed|en|wn|ne|ught|old|ent|ept|ade|ut|et|ack|aid|eld|elt|ost|on|id))\b",
    re.IGNORECASE,
)
PLANNED_ONLY = re.compile(
    r"\b(?:(?:is|are|was|were)\s{1,3}due\s{1,3}to|expect(?:s|ed)?\s{1,3}(?:\w{1,20}\s{1,3})?to|plan(?:s|ned|ning)?\s{1,3}to|intends?\s{1,3}to|hop(?:es|ed|ing)\s{1,3}to|"
    r"consider(?:s|ing)|would\s{1,3}like|want(?:s|ed)?\s{1,3}to|propos(?:es|ed)|scheduled|set\s{1,3}to|leaning|aims?\s{1,3}to|mull(?:s|ing)|"
    r"weigh(?:s|ing)|wish(?:es|ed)?\s{1,3}to|seek(?:s|ing)\s{1,3}to|minded\s{1,3}to|would\s{1,3}be\s{1,3}\w{2,30}e[dn])\b",
    re.IGNORECASE,
)
AHEAD = re.compile(
    r"\b(?:due\s{1,3}to|expect\w*|plan(?:s|ned|ning)?\s{1,3}to|intend\w*|hop(?:es|ed|ing)|consider\w*|would|will|want(?:s|ed)?\s{1,3}to|propos\w+|"
    r"scheduled|set\s{1,3}to|aims?\s{1,3}to|seek\w*|could|(?-i:may|might)|likely|yet\s{1,3}to)\b",
    re.IGNORECASE,
)
MAY = re.compile(r"\b(?:(?-i:may|might)|could(?!\s{1,3}not))\b(?!\s{1,3}\d)", re.IGNORECASE)
HALF = 0.5  # share of the claim's content words that a sentence with a mere "could" must have


def modality(claim: str, passage: Passage) -> list[Difference]:
    """Find a hedge of the evidence that the claim has lost. A hedge gained is no fault: what is so may be so."""
    claimed = stems(claim)
    findings = []
    for degree, pattern, reach, words in GOVERNING:
        for cue in cues(passage.text, pattern, reach=reach) if has_any(passage.text, words) else ():
            shared = [target for target in cue.targets if target in claimed]
            if not shared or _degree(claim) <= degree + 1 or (degree == PLANNED and not _is_done(claim)):
                continue
            if _degree(claim) <= LIKELY and _degree(claim) in _degrees(passage.text):
                continue  # as weak as something that the evidence says of it
            if DENIED.search(passage.text[max(0, cue.start - 14) : cue.start]):
                continue  # "not considering" is a denial and no hedge
            if not is_aligned(claim, passage.text, cue.start) or _said_firmly(shared[0], passage.text, pattern, reach):
                continue
            start, end = next((token.start, token.end) for token in tokens(claim) if token.stem == shared[0])
            if SUPPOSING.search(claim, max(0, start - WITHIN), start) or NOTHING_YET.search(claim, 0, start):
                continue
            findings.append(
                Difference(
                    FindingKind.MODALITY,
                    start,
                    end,
                    (cue.start, cue.end),
                    True,
                    f"the evidence says “{cue.form}”",
                )
            )
    for rule in (_hardened, _unconditional, _done_already):
        if not findings and (lost := rule(claim, passage.text)):
            findings.append(lost)
    return findings[:1]


def _hardened(claim: str, text: str) -> Difference | None:
    """A claim that says outright what the evidence, in other words, only thinks possible: "will" for "could"."""
    claim = CONDITION_FIRST.sub(lambda clause: " " * len(clause[0]), claim)
    if VIEWED.search(claim):
        return None
    firm = FIRM.search(claim)
    if firm and not ASKED.search(claim) and _degree(claim) >= CERTAIN and not _stands_firm(FIRM, text):
        hedge = next((cue for cue in HEDGES.finditer(text) if is_aligned(claim, text, cue.start())), None)
        if hedge:
            return _lost(firm, hedge)
    outright = OUTRIGHT.search(claim)
    if outright and outright[0].lower() == "would" and SUPPOSED.search(claim):
        return None  # "the bill would cut"
    if outright and not DOUBTING.search(claim) and not _stands_firm(OUTRIGHT, text):
        weaker = MEANT if WILL.search(claim) and not AHEAD.search(WILL.sub(" ", claim)) else MODAL
        hedge = next((cue for cue in weaker.finditer(text) if is_aligned(claim, text, cue.start())), None)
        if hedge:
            return _lost(outright, hedge)
    return None


def _unconditional(claim: str, text: str) -> Difference | None:
    """A claim without the condition that its evidence makes, or with that condition as one that is met."""
    met = MET.search(claim)
    if (CONDITIONAL.search(claim) and not met) or VIEWED.search(claim):
        return None
    outright = met or WILL.search(claim)
    if not outright and not WOULD.search(claim):
        return None
    findings = []
    for start, end in closest(claim, text):
        condition = (IF if outright else PROVISO).search(text, start, end)
        if not condition or BEFORE_IF.search(text, start, condition.start()):
            return None  # it is told without one, too
        findings.append(_lost(outright, condition, claim))
    return findings[0] if findings else None


def _done_already(claim: str, text: str) -> Difference | None:
    """A claim that tells as done what its evidence only says is planned, expected or possible."""
    done = DONE.search(claim)
    if not done or AHEAD.search(claim) or VIEWED.search(claim) or stem(done["verb"]) in stems(text):
        return None
    for start, end in closest(claim, text)[:1]:
        if DONE.search(text, start, end):
            return None
        ahead = PLANNED_ONLY.search(text, start, end)
        wanted = stems(claim)
        if not ahead and len(wanted & stems(text[start:end])) >= HALF * len(wanted):
            ahead = MAY.search(text, start, end)
        if ahead:
            return _lost(done, ahead)
    return None


def _stands_firm(firm: re.Pattern[str], text: str) -> bool:
    """Whether the text says something outright that no hedge before it governs: not "it is possible that we will never"."""
    starts = [0, *(match.end() for match in SENTENCE_END.finditer(text))]
    return any(
        not HEDGES.search(text, starts[bisect_right(starts, match.start()) - 1], match.start())
        for match in firm.finditer(text)
    )


@lru_cache(maxsize=256)
def _degrees(text: str) -> frozenset[int]:
    """The degrees that the text states."""
    return frozenset(degree for degree, pattern in DEGREES if pattern.search(text))


def _lost(firm: re.Match[str] | None, hedge: re.Match[str], claim: str = "") -> Difference:
    """The finding on the claim's firm word, or on the whole claim where it has none."""
    note = f"the evidence says “{hedge[0]}”"
    start, end = firm.span() if firm else (0, len(claim))
    return Difference(FindingKind.MODALITY, start, end, hedge.span(), bool(firm), note)


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
