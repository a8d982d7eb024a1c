"""Guard: what is said not to be."""

import re
from collections.abc import Sequence

from summarizer.findings.differences import Difference, Passage
from summarizer.language.clauses import Cue, cues, is_aligned, is_touched_on, stems, tokens
from summarizer.language.names import Name, names_in, same_name
from summarizer.language.verbs import stem
from summarizer.schema import FindingKind

PLAIN = re.compile(
    r"\b(?=[acdfhinswy][a-z])(?:not(?!\s+(?:only|all|every|until|just)\b)|never|no(?!\.|\s+\d|\s+(?:longer|fewer|less|more|later|sooner|earlier)\s+than\b|\s+matter\b)|none|nobody|nothing|neither|nor|cannot|without|"
    r"(?:is|are|was|were|do|does|did|has|have|had|would|could|should|will|ca|wo)\s?n[’']t|yet to|far from)\b",
    re.IGNORECASE,
)
# Verbs and adjectives that deny what follows them.
LEXICAL = re.compile(
    r"\b(?=[a-z]{3})(?:den(?:y|ies|ied|ying)|rul(?:e|es|ed|ing)\s+(?:it\s+)?out|refus(?:e|es|ed|ing)|declin(?:e|es|ed|ing)(?=\s+to)|"
    r"fail(?:s|ed|ing)?|failure|reject(?:s|ed|ing)?|unable|unlikely|impossible|lack(?:s|ed|ing)?|prevent(?:s|ed|ing)?|"
    r"stop(?:s|ped|ping)?\s{1,3}(?:short\b|(?=\w{2,20}ing\b))|r[ua]n\s+out|avoid(?:s|ed|ing)?|abandon(?:s|ed)?|dismiss(?:es|ed)?|turned\s+down|voted\s+down|"
    r"absent|absence|unclear|unknown|uncertain|undecided|deadlocked|hung|hardly|barely|scarcely|yet\s+to|"
    r"neither|nor|too\s{1,3}\w{1,20}(?:\s{1,3}\w{1,20})?\s{1,3}to|only|fewer|few|little|less|except|exempt\w*|instead|rather\s+than|until|unless|before|against|oppos\w+|"
    r"clear(?:ed|s)?\s+of|free\s+of|ban(?:s|ned)?|forb(?:id|ids|ade|idden)|stay(?:s|ed)?\s+out|withh[eo]ld\w*|un[a-z]{4,}ed|"
    r"acquitted|innocent|spared|escaped|surviv\w+|missed|last|put\s+off|postpon\w+|block(?:s|ed)?|halt(?:s|ed)?|question(?:s|ed|ing)?|disput\w+|doubt\w*|contest\w*|challeng\w+|object(?:s|ed|ing|ions?)?\s{1,3}to|contradict\w*|abstain\w*|refusal)\b",
    re.IGNORECASE,
)


def negation(claim: str, passage: Passage) -> list[Difference]:
    """Find what the claim denies and the evidence does not, and the other way round."""
    findings = _exclusion(claim, passage)
    if findings:
        return findings
    own, given = cues(claim, PLAIN), cues(passage.text, PLAIN)
    findings = [
        Difference(FindingKind.NEGATION, cue.start, cue.end, None, False, f"the evidence does not say “{cue.form}”")
        for cue in own
        if cue.form != "without"
        and not EXCLUDED.search(claim, cue.start, cue.end + 12)
        and not _denied_too(cue, claim, passage.text, given)
    ]
    if not findings and len(own) < len(given):
        findings = [found for cue in given if (found := _lost(cue, claim, passage.text, own, given))]
    return findings[:1]


def _lost(cue: Cue, claim: str, text: str, own: Sequence[Cue], given: Sequence[Cue]) -> Difference | None:
    """The finding that the claim tells as so what this cue of the evidence denies."""
    claimed, lexical = stems(claim), cues(claim, LEXICAL)
    plain = not own and not lexical  # nothing in the claim says no in any way
    softening = {target for other in (*cues(claim, PLAIN, reach=8), *lexical) for target in other.targets}
    hits = [target for target in cue.targets[:2] if target in claimed and target not in PLACES]
    if not hits or hits[0] in softening or (own and hits[0] != cue.targets[0]):
        return None
    if _is_lifted(cue, text) or _said_plainly(hits[0], text, given):
        return None
    if not is_aligned(claim, text, cue.start) and not (plain and is_touched_on(claim, text, cue.start)):
        return None
    place = _place(claim, hits[0])
    if len(hits) < 2 and (_is_of_another(claim, text, cue.start) or not (plain or _in_step(claim, hits[0], text, cue))):
        return None
    if any(abs(other.start - place[0]) < NEAR for other in own):  # "found no evidence" for "have not found evidence"
        return None
    if FAILING.search(claim, place[1], place[1] + NEAR):  # "the strongroom, which they failed to enter"
        return None
    sure = len(hits) > 1 and of_one_bearer(claim, text, cue.start)
    note = f"the evidence says “{cue.form}”"
    return Difference(FindingKind.NEGATION, *place, (cue.start, cue.end), sure, note)


FAILING = re.compile(r"\b(?:fail|refus|declin|unable|yet\s{1,3}to)", re.IGNORECASE)
NEAR = 30  # code points between a word and the denial of it


def _is_lifted(cue: Cue, text: str) -> bool:
    """Whether what follows a "not" takes it back: "nothing prevents", "did not reach the town until"."""
    denying = LEXICAL.search(text, cue.end, cue.end + 12)
    return bool(denying and denying.start() - cue.end <= 1) or _reaches_until(text, cue.end)


def _reaches_until(text: str, start: int) -> bool:
    """Whether the clause goes on to an "until", as in "not before" told the other way round."""
    at = text.find(" until ", start, start + 60)
    return at >= 0 and not any(mark in ".,;:" for mark in text[start:at])


def _exclusion(claim: str, passage: Passage) -> list[Difference]:
    """ "Ruled out" against "did not rule out" and "refused to rule out": what is not excluded is left open."""
    mine = list(EXCLUDED.finditer(claim))
    if not mine:
        return []
    theirs = [
        match
        for match in EXCLUDED.finditer(passage.text)
        if is_aligned(claim, passage.text, match.start()) or _speaks_of_it(claim, passage.text, match.start())
    ]
    if not theirs:
        return []
    if {bool(one["open"]) for one in mine} & {bool(one["open"]) for one in theirs}:
        return []
    note = f"the evidence says “{theirs[0][0]}”"
    return [Difference(FindingKind.NEGATION, mine[0].start(), mine[0].end(), theirs[0].span(), True, note)]


def _speaks_of_it(claim: str, text: str, at: int) -> bool:
    """Whether the clause that excludes something has a word of the claim besides."""
    clause = next((token.clause for token in tokens(text) if token.end > at), -1)
    return len({token.stem for token in tokens(text) if token.content and token.clause == clause} & stems(claim)) >= 2


EXCLUDED = re.compile(
    r"(?P<open>(?:\b(?:not|never|refus\w{1,3}\s{1,3}to|declin\w{1,3}\s{1,3}to|unwilling\s{1,3}to|without|nor\s{1,3}(?:do|does|did)(?:\s{1,3}[\w’'-]{1,20}){1,3}?)|n[’']t)\s{1,3})?"
    r"\b(?:rul(?:e|es|ed|ing)\s{1,3}(?:it\s{1,3})?out|exclud(?:e|es|ed|ing))\b",
    re.IGNORECASE,
)


def of_one_bearer(claim: str, text: str, at: int) -> bool:
    """Whether the clause at an offset is about somebody whom the claim names, where the text names them at all."""
    given = names_in(text)
    mine = [name for name in names_in(claim) if any(same_name(name, other) for other in given)]
    return not mine or any(same_name(name, other) for name in mine for other in _named_in_clause(text, at))


def _is_of_another(claim: str, text: str, at: int) -> bool:
    """Whether the clause at an offset names somebody, and nobody whom the claim names."""
    inside = [name for name in _named_in_clause(text, at) if not name.initial]
    mine = names_in(claim)
    return bool(inside and mine) and not any(same_name(name, other) for name in mine for other in inside)


def _named_in_clause(text: str, at: int) -> list[Name]:
    clause = next((token.clause for token in tokens(text) if token.end > at), -1)
    held = [token for token in tokens(text) if token.clause == clause]
    return [name for name in names_in(text) if held and held[0].start <= name.start < held[-1].end]


def _said_plainly(wanted: str, text: str, given: Sequence[Cue]) -> bool:
    """Whether the evidence has the word elsewhere without a negation: "pleaded guilty" beside "pleaded not guilty"."""
    places = sum(token.stem == wanted for token in tokens(text))
    return places > sum(wanted in cue.targets for cue in given)


def _in_step(claim: str, wanted: str, text: str, cue: Cue) -> bool:
    """Whether the denied word has a neighbour in common on both sides: its subject or its object."""
    at = next((token.start, token.end) for token in tokens(claim) if token.stem == wanted)
    mine = {token.stem for token in tokens(claim) if token.content and at[0] - 40 <= token.start <= at[1] + 40}
    theirs = {token.stem for token in tokens(text) if token.content and cue.start - 40 <= token.start <= cue.end + 60}
    return len((mine & theirs) - {wanted}) >= 1


def _denied_too(cue: Cue, claim: str, text: str, given: Sequence[Cue]) -> bool:
    """Whether the evidence denies what this cue of the claim denies."""
    if cue.form in FOREVER and any(other.form == cue.form for other in given):
        return True
    there = stems(text)
    shared = [target for target in cue.targets[:3] if target in there]
    if not shared:  # "did not shut" for "stayed open": what is denied is not spoken of in these words
        return True
    nearest = cue.targets[0]
    if nearest in there and LEXICAL.search(text) and _denies(nearest, text):  # "did not deny" against "denied"
        return any(nearest in other.targets[:2] for other in given)
    if any(target in other.targets for other in given for target in shared):
        return True
    lexical = cues(text, LEXICAL, reach=6)
    if any(target in other.targets for other in lexical for target in shared):
        return True
    # Denials that stand after what they deny: "the appeal was rejected", "nothing of the kind".
    own_words = {stem(match[0].split()[0]) for match in LEXICAL.finditer(claim)}
    if any(target in own_words for target in shared):
        return False
    denied = [token.start for token in tokens(text) if token.stem in shared]
    behind = [other.start for other in (*given, *lexical) if stem(other.form.split()[0]) not in own_words]
    return any(0 < other - place <= REACH for other in behind for place in denied)


PLACES = frozenset(stem(word) for word in "above below within beyond towards toward despite along across".split())
FOREVER = frozenset({"never", "nothing", "none", "nobody", "neither"})  # too rare to stand there for another reason
REACH = 120  # code points that a denial may stand after what it denies


def _denies(wanted: str, text: str) -> bool:
    """Whether the stem is that of a word of the text that itself denies."""
    return any(stem(match[0].split()[0]) == wanted for match in LEXICAL.finditer(text))


def _place(text: str, wanted: str) -> tuple[int, int]:
    return next((token.start, token.end) for token in tokens(text) if token.stem == wanted)
