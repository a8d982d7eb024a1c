"""Which words of the source could take the place of which words of a statement."""

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from enum import IntEnum
from typing import NamedTuple

from summarizer.findings.rivals import rivals
from summarizer.language.sentences import Sentence
from summarizer.language.words import STOP_WORDS
from summarizer.repair.forms import fitted
from summarizer.schema import Check, Claim, Evidence, FindingKind, Span

TOKEN = re.compile(r"[£$€¥]?\w+(?:[.,:’'-]\w+)*%?")
PAUSE = re.compile(r"(?<!\s)\s*+[,;:()–—“”\"]\s*")
LONGEST = 5  # words on either side of a wording that differs
NEAREST = 4  # sentences of the source that a statement is laid beside
UNLIKE = 2  # words that one side of a wording may have more than the other
FUNCTION_WORDS = STOP_WORDS | frozenset("may might could would should must shall can cannot will".split())
POINTING = frozenset(
    "i me my mine we us our ours you your he him his she her hers it its they them their this these those who whom whose "
    "which what himself herself itself themselves there".split()
)
"""Words that mean nothing away from their sentence."""
NAMES = (FindingKind.NAME, FindingKind.OFFICE)


class Origin(IntEnum):
    """How a pair was found, the surest first."""

    MODEL = 0
    FINDING = 1
    SAME_KIND = 2
    WORDING = 3
    SENTENCE = 4


class Swap(NamedTuple):
    """Words of the summary from `start` to `end`, what is to stand there, and the source's words for it.

    What a model proposes has no words of the source before it is checked.
    """

    start: int
    end: int
    after: str
    claim: str
    reason: str
    evidence: Evidence | None
    origin: Origin


class Words(NamedTuple):
    """Words to take, with the place where they stand in the source."""

    claimed: Span
    """The words of the claim that go."""
    text: str
    evidence: Evidence
    origin: Origin
    opens: bool
    """Whether they open a sentence of the source."""
    name: bool


def swaps(
    check: Check, summary: str, sentences: Mapping[str, Sequence[Sentence]], near: Sequence[Sentence]
) -> tuple[Swap, ...]:
    """Every swap that could put a statement right.

    `sentences` are those of the sources by `Document.id`, `near` those that the statement is laid beside.
    """
    found: dict[tuple[int, int, str], Swap] = {}
    for words in _all_words(check, sentences, near):
        place = placed(check.claim, words.claimed, summary)
        if place is None:
            continue
        start, end, after = fitted(summary, place.start, place.end, words.text, opens=words.opens, name=words.name)
        if not after.strip() or summary[start:end] == after:
            continue
        reason = f"the source says “{words.evidence.quote}”"
        found.setdefault(
            (start, end, after), Swap(start, end, after, check.claim.id, reason, words.evidence, words.origin)
        )
    return tuple(found.values())


def placed(claim: Claim, span: Span, summary: str) -> Span | None:
    """Where words of a claim stand in the summary, within the words that the claim comes from; None where nobody can say."""
    origin, words = claim.origin.of(summary), span.of(claim.text)
    if origin == claim.text:
        return Span(start=claim.origin.start + span.start, end=claim.origin.start + span.end)
    spaced = r"\s+".join(map(re.escape, words.split()))
    pattern = re.compile(rf"(?<!\w){spaced}(?!\w)")
    here, there = list(pattern.finditer(claim.text)), list(pattern.finditer(origin))
    if not here or len(here) != len(there):
        return None
    nth = next((place for place, one in enumerate(here) if one.start() == span.start), None)
    if nth is None:
        return None
    start, end = there[nth].span()
    return Span(start=claim.origin.start + start, end=claim.origin.start + end)


def _all_words(check: Check, sentences: Mapping[str, Sequence[Sentence]], near: Sequence[Sentence]) -> Iterator[Words]:
    for finding in check.findings:
        if finding.evidence and finding.kind is not FindingKind.OMISSION:
            opens = any(one.start == finding.evidence.span.start for one in sentences[finding.evidence.document])
            name = finding.kind in NAMES
            yield Words(finding.claim, finding.evidence.quote, finding.evidence, Origin.FINDING, opens, name)
    for one in near[:NEAREST]:
        yield from _same_kind(check.claim.text, one)
    for one in near[:NEAREST]:
        yield from _wordings(check.claim.text, one)


def _evidence(one: Sentence, start: int, end: int) -> Evidence:
    span = Span(start=one.start + start, end=one.start + end)
    return Evidence(document=one.document, span=span, quote=one.text[start:end])


def _same_kind(claim: str, one: Sentence) -> Iterator[Words]:
    """Names for names, dates for dates and quantities for those of their dimension, where only one side has them."""
    for own, other in rivals(claim, one.text):
        evidence = _evidence(one, other.start, other.end)
        name, claimed = own.kind is FindingKind.NAME, Span(start=own.start, end=own.end)
        yield Words(claimed, evidence.quote, evidence, Origin.SAME_KIND, other.start == 0, name)


def _wordings(claim: str, one: Sentence) -> Iterator[Words]:
    """Where a statement and a sentence of the source go together but for a few words."""
    here, there = list(TOKEN.finditer(claim)), list(TOKEN.finditer(one.text))
    keys = [[match[0].casefold() for match in side] for side in (here, there)]
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, keys[0], keys[1], autojunk=False).get_opcodes():
        if kind == "equal" or max(i2 - i1, j2 - j1) > LONGEST:
            continue
        if not (i1 > 0 and i2 < len(here)) and kind != "replace":
            continue  # what stands before or after a statement is no other wording
        if kind != "replace" and not (i2 < len(here) and j2 < len(there)):
            continue
        more = 0 if kind == "replace" else 1  # an edit needs words to stand on: the next one, which both sides have
        if not _reads_alike(keys[0][i1:i2], keys[1][j1:j2]):
            continue
        start, end = here[i1].start(), here[i2 - 1 + more].end()
        first, last = there[j1].start(), there[j2 - 1 + more].end()
        for begin, stop in _in_one_part(one.text, first, last, parts=bool(PAUSE.search(claim, start, end))):
            evidence = _evidence(one, begin, stop)
            yield Words(Span(start=start, end=end), evidence.quote, evidence, Origin.WORDING, begin == 0, False)


def _reads_alike(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether words may stand where others stood: no pronoun comes in, and both begin and end alike."""
    if POINTING & set(theirs) - set(ours) or abs(len(ours) - len(theirs)) > UNLIKE:
        return False
    edges = [[side[place] in FUNCTION_WORDS for side in (ours, theirs) if side] for place in (0, -1)]
    return all(len(set(edge)) == 1 for edge in edges)


def _in_one_part(text: str, start: int, end: int, *, parts: bool) -> Iterator[tuple[int, int]]:
    """The words, or where they run over a comma and ours do not, those before the first and after the last one."""
    pauses = list(PAUSE.finditer(text, start, end))
    if parts or not pauses:
        yield start, end
        return
    yield pauses[-1].end(), end
    yield start, pauses[0].start()
