"""Which words of the source could take the place of which words of a statement."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from enum import IntEnum
from typing import NamedTuple

from summarizer.findings.rivals import rivals
from summarizer.language.names import LETTER, names_in
from summarizer.language.numerals import values
from summarizer.language.quantities import stated_quantities
from summarizer.language.sentences import Sentence
from summarizer.language.signs import DASHES, HYPHENS, PLAIN_HYPHENS
from summarizer.language.time_expressions import time_expressions
from summarizer.language.words import STOP_WORDS
from summarizer.repair.agreement import SINGULAR, agreeing
from summarizer.repair.as_read import ADDRESS, TOKEN, as_read
from summarizer.repair.days import fits
from summarizer.repair.forms import AN, ARTICLE, fitted
from summarizer.repair.hedges import hedges
from summarizer.schema import Check, Claim, Evidence, Finding, FindingKind, Span

MARKS = r"[*_~`]"
"""Of Markdown, around words."""
PAUSE = re.compile(
    rf"(?<!\s)\s*+(?:[;()“”\"|]|(?!(?<=\d)[,:{DASHES}][£$€¥]?\d)[,:{DASHES}]|(?!(?<=[\w%])–[£$€¥]?\w)–)\s*"
)
END = rf"[£$€¥]?(?:\d|[{LETTER}])[^\W_]*(?:[.,:]\d[^\W_]*)*%?"
RANGE = re.compile(rf"(?<![\w.,:]){END}(?:[{HYPHENS}{DASHES}]{END})+")
"""From one figure or day to another, without spaces."""
OWNS = re.compile(r"['’]s?\s+")
CELL = "|"
PLAIN_NUMBER = re.compile(r"\d[\d.,]*%?")
LONGEST = 5  # words on either side of a wording that differs
NEAREST = 4  # sentences of the source that a statement is laid beside
UNLIKE = 2  # words that one side of a wording may have more than the other
MODALS = frozenset("may might could would should must shall can cannot will".split())
FUNCTION_WORDS = STOP_WORDS | MODALS
LONGEST_PLAN = 4  # words that may stand for a modal: "is not expected to"
POINTING = frozenset(
    "i me my mine we us our ours you your he him his she her hers it its they them their this these those who whom whose "
    "which what himself herself itself themselves there".split()
)
"""Words that mean nothing away from their sentence."""
JOINING = frozenset(
    "whether that if because although though while whereas since unless until than as so and or but".split()
)
"""Words that a clause hangs on: one more of them, and a sentence goes on that does not."""
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
    """Those that come, as a reader of the source sees them."""
    evidence: Evidence
    origin: Origin
    opens: bool
    """Whether they open a sentence of the source."""
    name: bool
    article: str = ""
    """The "a" or "an" before them in the source."""


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
        start, end, after = fitted(
            summary, place.start, place.end, words.text, opens=words.opens, name=words.name, article=words.article
        )
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
    between = rf"(?:{MARKS}{{0,3}}\s+{MARKS}{{0,3}})"
    spaced = between.join(map(re.escape, words.split()))
    pattern = re.compile(rf"(?<![^\W_]){spaced}(?![^\W_])")
    here, there = list(pattern.finditer(claim.text)), list(pattern.finditer(origin))
    if not here or len(here) != len(there):
        return None
    nth = next((place for place, one in enumerate(here) if one.start() == span.start), None)
    if nth is None:
        return None
    start, end = there[nth].span()
    if is_half_marked(origin[start:end]):
        return None
    return Span(start=claim.origin.start + start, end=claim.origin.start + end)


def is_half_marked(text: str) -> bool:
    """Whether something in bold or the like begins or ends in a text and does not do both there."""
    return any(count % 2 for count in Counter(re.findall(rf"{MARKS}{{1,3}}", text)).values())


def _all_words(check: Check, sentences: Mapping[str, Sequence[Sentence]], near: Sequence[Sentence]) -> Iterator[Words]:
    for finding in check.findings:
        if finding.evidence and finding.kind is not FindingKind.OMISSION:
            yield from _found(check.claim.text, finding, finding.evidence, sentences[finding.evidence.document])
    for one in near[:NEAREST]:
        yield from _same_kind(check.claim.text, one)
    for one in near[:NEAREST]:
        yield from _hedged(check.claim.text, one)
        yield from _wordings(check.claim.text, one)


def _found(claim: str, finding: Finding, evidence: Evidence, sentences: Sequence[Sentence]) -> Iterator[Words]:
    """The words that a finding names, as a reader sees them."""
    start, end, name = evidence.span.start, evidence.span.end, finding.kind in NAMES
    one = next((one for one in sentences if one.start <= start and end <= one.end), None)
    if one is None:
        yield Words(finding.claim, as_read(evidence.quote).text, evidence, Origin.FINDING, False, name)
        return
    read = as_read(one.text)
    begin, stop = (bisect_left(read.places, place - one.start) for place in (start, end))
    if any(own.start == finding.claim.start and own.end == finding.claim.end for own in stated_quantities(claim)):
        begin, stop = _whole(read.text, begin, stop)
    if begin < stop:
        yield from _taken(claim, finding.claim, one, Span(start=begin, end=stop), Origin.FINDING, name=name)


def _taken(
    claim: str, ours: Span, one: Sentence, theirs: Span, origin: Origin, *, name: bool = False
) -> Iterator[Words]:
    """Words of a sentence for those of a claim, each with all that goes with it; nothing where they do not fit."""
    read = as_read(one.text).text
    if name and (owned := _with_owner(claim, ours)) != ours:
        ours, theirs = owned, _with_owner(read, theirs)
    both = agreeing(claim, _with_range(claim, ours), read, _with_range(read, theirs))
    if both and fits(claim, both[0], read, both[1]):
        claimed, place = both
        article = ARTICLE.search(read, max(0, place.start - AN), place.start)
        name = name or any(known.start == place.start and not known.initial for known in names_in(read))
        yield Words(
            claimed, place.of(read), _evidence(one, place), origin, place.start == 0, name,
            article[1].lower() if article else "",
        )  # fmt: skip


def _whole(text: str, begin: int, stop: int) -> tuple[int, int]:
    """Words of a text with all of the quantity that they are of: marks may have hidden its number from the finding."""
    over = [one for one in stated_quantities(text) if one.start < stop and one.end > begin]
    return min([begin, *(one.start for one in over)]), max([stop, *(one.end for one in over)])


def _with_range(text: str, place: Span) -> Span:
    """Words of a text with all of the range that they are an end of, or of the days that they are one of."""
    dates = [(one.start, one.end) for one in time_expressions(text) if one.day and one.day[0] != one.day[-1]]
    ranges = [*dates, *(one.span() for one in RANGE.finditer(text))]
    over = [(start, end) for start, end in ranges if start < place.end and end > place.start]
    return Span(
        start=min([place.start, *(start for start, _ in over)]), end=max([place.end, *(end for _, end in over)])
    )


def _with_owner(text: str, place: Span) -> Span:
    """A name with the one before it that has it: "Apple's Tim Hale"."""
    owners = (one for one in names_in(text) if one.possessive and OWNS.fullmatch(text, one.end, place.start))
    return Span(start=next((one.start for one in owners), place.start), end=place.end)


def _evidence(one: Sentence, place: Span) -> Evidence:
    """The words of a sentence that a reader sees at a place, as they are written."""
    begins, ends = as_read(one.text).written(place.start, place.end)
    span = Span(start=one.start + begins, end=one.start + ends)
    return Evidence(document=one.document, span=span, quote=one.text[begins:ends])


def _same_kind(claim: str, one: Sentence) -> Iterator[Words]:
    """Names for names, dates for dates and quantities for those of their dimension, where only one side has them."""
    read = as_read(one.text).text
    found = list(rivals(claim, read))
    cells = Counter(own.start for own, _ in found) if CELL in read else Counter()
    for own, other in found:
        if cells[own.start] > 1:  # of the cells of a row nobody says which
            continue
        ours, theirs = Span(start=own.start, end=own.end), Span(start=other.start, end=other.end)
        yield from _taken(claim, ours, one, theirs, Origin.SAME_KIND, name=own.kind is FindingKind.NAME)


def _hedged(claim: str, one: Sentence) -> Iterator[Words]:
    """Where a sentence of the source says with a hedge what a statement says without it."""
    for start, end, begin, stop in hedges(claim, as_read(one.text).text):
        yield from _taken(claim, Span(start=start, end=end), one, Span(start=begin, end=stop), Origin.WORDING)


def _wordings(claim: str, one: Sentence) -> Iterator[Words]:
    """Where a statement and a sentence of the source go together but for a few words."""
    read = as_read(one.text).text
    here, there = list(TOKEN.finditer(claim)), list(TOKEN.finditer(read))
    keys = [[match[0].casefold().translate(PLAIN_HYPHENS) for match in side] for side in (here, there)]
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, keys[0], keys[1], autojunk=False).get_opcodes():
        if kind == "equal" or max(i2 - i1, j2 - j1) > LONGEST:
            continue
        if not (i1 > 0 and i2 < len(here)) and kind != "replace":
            continue  # what stands before or after a statement is no other wording
        if kind != "replace" and not (i2 < len(here) and j2 < len(there)):
            continue
        if kind == "insert" and set(keys[0]) & set(keys[1][j1:j2]) - FUNCTION_WORDS:
            continue  # what a statement says already
        more = 0 if kind == "replace" else 1  # an edit needs words to stand on: the next one, which both sides have
        if not _reads_alike(keys[0][i1:i2], keys[1][j1:j2]):
            continue
        start, end = here[i1].start(), here[i2 - 1 + more].end()
        first, last = there[j1].start(), there[j2 - 1 + more].end()
        parts = list(_in_one_part(read, first, last, parts=bool(PAUSE.search(claim, start, end))))
        parts = [part for part in parts if _is_such(claim[start:end], read[slice(*part)])]
        if CELL in read[first:last] and len(parts) > 1:
            continue
        for begin, stop in parts:
            if not re.search(ADDRESS, read[begin:stop], re.IGNORECASE):
                ours, theirs = Span(start=start, end=end), Span(start=begin, end=stop)
                yield from _taken(claim, ours, one, theirs, Origin.WORDING)


def _is_such(ours: str, theirs: str) -> bool:
    """Whether words may stand for others as far as numbers go: a number for a number alone."""
    return not PLAIN_NUMBER.fullmatch(ours) or bool(values(theirs).counts)


def _reads_alike(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether words may stand where others stood: no pronoun comes in, no conjunction comes or goes, and both begin and end alike."""
    if POINTING & set(theirs) - set(ours) or JOINING & (set(theirs) ^ set(ours)):
        return False
    if [SINGULAR.get(word, word) for word in ours] == [SINGULAR.get(word, word) for word in theirs]:
        return False  # "has" for "have" says nothing else
    if set(ours) <= MODALS and ours and theirs and (theirs[-1] in MODALS or theirs[-1] == "to"):
        return len(theirs) <= LONGEST_PLAN  # "will hire" and "plans to hire", "is expected to hire"
    if abs(len(ours) - len(theirs)) > UNLIKE:
        return False
    edges = [[side[place] in FUNCTION_WORDS for side in (ours, theirs) if side] for place in (0, -1)]
    return all(len(set(edge)) == 1 for edge in edges)


def _in_one_part(text: str, start: int, end: int, *, parts: bool) -> Iterator[tuple[int, int]]:
    """The words, or where they run over a comma and ours do not, those before the first and after the last one."""
    if CELL in text[start:end]:
        yield from (match.span() for match in re.compile(r"[^\s|](?:[^|]*[^\s|])?").finditer(text, start, end))
        return
    pauses = list(PAUSE.finditer(text, start, end))
    if parts or not pauses:
        yield start, end
        return
    yield pauses[-1].end(), end
    yield start, pauses[0].start()
