"""A sentence of the source in words that can stand without those around it.

As it is; with the name in the place of its "he" or "she"; as the words of whoever says them; or its first clause. Who is
meant and who speaks is taken from the source alone, and only where it leaves no doubt.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from summarizer.language.antecedents import (
    HANGING,
    IT,
    OPENS_SINGLE,
    THING,
    antecedent,
    has_its_noun,
    slot_of,
    stands_with_a_name,
    subject_of,
)
from summarizer.language.datelines import without_dateline
from summarizer.language.names import names_in
from summarizer.language.people import own_tokens, unquoted
from summarizer.language.quotations import QUOTED
from summarizer.language.sentences import Sentence
from summarizer.language.speakers import VERB
from summarizer.language.spoken import Told, speaker_of, spoken_in
from summarizer.language.turning import limiting_words, turning_words
from summarizer.language.words import words
from summarizer.repair.around import Around, around, interview, read
from summarizer.repair.as_read import ADDRESS
from summarizer.schema import Document, Evidence, Span
from summarizer.writing.standing import leans

OF_THE_SPEAKER = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur|[Uu]s|[Mm]e|[Yy]ou|[Yy]our)\b")
OF_ANOTHER = re.compile(r"\b(?:he|she|him|her|hers|his|they|them|their|theirs)\b", re.IGNORECASE)
POINTING = re.compile(
    r"\b(?:this|these|those|such)\b(?!\s(?:year|week|month|morning|afternoon|evening|summer|winter|spring|autumn|season|who|as)s?\b)"
    r"|\bthat(?:\s\w{1,40})?(?=\s*[.,;:!?)]|\Z)|\bthat\s(?:and|but|or|because|in|on|at|as|when)\b"
    r"|\b(?:did|do|does|doing|sa(?:id|ys?)|thinks?|thought|hopes?|hoped)\sso\b",
    re.IGNORECASE,
)
"""Words that stand for what another sentence says."""
HEAD = re.compile(r"\A[A-Z][A-Z .’'-]{1,40}(?P<more>,\s[^\n–—-]{1,40}?)?\s{0,2}[-–—]{1,2}\s{1,2}(?=[\"“A-Z])")
"""A dateline, "TARN, 12 March - The council", or another word before a sentence: "MYTH - The bridge is closed"."""
ENDS = (".", "!", "。", "！", "।", "؟")
FEWEST = 4  # words of what somebody says, or of a clause
SPEAKS = re.compile(r"\A(?:I|We|My|Our)(?:['’]\w{1,3})?\s")
ANSWER = re.compile(r"\A(?:No|Yes|Well|Oh|Of course),\s(?=\w)")
TO_READER = re.compile(r"\b(?:you|your|yours|here|do(?:n['’]t| not)? know|the\s[\w-]{1,20}\sones?)\b", re.IGNORECASE)
WITH_ME = re.compile(r"\band\s(?:I|me|myself)\b")
"""Says who "we" are in the sentences behind it."""
US = re.compile(r"\b(?:we|us|our)\b", re.IGNORECASE)
COUNTED = re.compile(
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,3})\s(?:in|at|by|from|because|and|or|with|but|to|for|on)\b",
    re.IGNORECASE,
)
"""A number without what it counts: "We lost eight in April"."""
HAS_A_VERB = re.compile(
    r"\b(?:is|are|was|were|am|has|have|had|will|would|can|could|do|does|did|may|might|should|must|[a-z]{2,20}ed)\b|['’](?:m|re|ve|ll|s)\b"
)
PARTED = re.compile(r"[:;]\s")
ANNOUNCES = re.compile(
    r"\b(?:following|follows|this|these|is|are|was|were|be|like|including|such as|as)\Z", re.IGNORECASE
)


class Alone(NamedTuple):
    """Words of the source that stand alone, where they stand there, and what was done to make them so."""

    text: str
    evidence: tuple[Evidence, ...]
    how: str
    """For the reason of an edit."""


AS_IT_IS = "this is what the source says"


def ways(sentence: Sentence, document: Document, split: Sequence[Sentence], claim: str) -> Iterator[Alone]:
    """The ways in which a sentence of the source can stand alone in the place of a claim, the plainest first."""
    told = read(sentence)
    text = without_head(told)
    source = document.text
    if not is_spoken(source, sentence.start):
        if _says_all(text):
            yield Alone(text, (_evidence(sentence),), AS_IT_IS)
        whole = _named(told, sentence, document, split, claim) if slot_of(told) else None
        if whole and _says_all(whole.text):
            yield whole
        whole = whole or Alone(text, (_evidence(sentence),), AS_IT_IS)
        if (clause := _first_clause(whole.text)) and _says_all(clause):
            yield whole._replace(text=clause)
    if (any(sign in told for sign in '“”"') or is_spoken(source, sentence.start)) and (
        quoted := _quoted(sentence, document, split)
    ):
        yield quoted


def without_head(text: str) -> str:
    """A sentence without place and date, or place and agency, before it."""
    head = HEAD.match(text)
    return text[head.end() :] if head and head["more"] else without_dateline(text)


def is_spoken(source: str, at: int) -> bool:
    """Whether a quotation that began earlier in the paragraph goes on there."""
    before = source[source.rfind("\n\n", 0, at) + 1 : at]
    return before.count('"') % 2 == 1 or before.count("“") > before.count("”") or before.count("«") > before.count("»")


def _evidence(sentence: Sentence) -> Evidence:
    return Evidence(
        document=sentence.document, span=Span(start=sentence.start, end=sentence.end), quote=sentence.text
    )  # fmt: skip


def _says_all(text: str) -> bool:
    """Whether a sentence says all of itself, and in the voice of the text: it is not in somebody's mouth."""
    bare = QUOTED.sub("", text)
    pronoun, names = OF_ANOTHER.search(bare), names_in(bare)
    named = pronoun is None or any(name.start < pronoun.start() for name in names)
    return (
        named
        and slot_of(text) is None
        and not _hangs(text)
        and not HEAD.match(text)
        and not POINTING.search(bare)
        and not re.search(ADDRESS, text, re.IGNORECASE)
        and not OF_THE_SPEAKER.search(bare)
        and not any(sign in bare for sign in '“”"«»\n')
        and text.rstrip("\"'”’»)")[-1:] in ENDS
    )


def _hangs(text: str) -> bool:
    """Whether a sentence needs the one before it; one that begins with a quotation does not where it says whose it is."""
    opening = QUOTED.match(text) if text[:1] in '“"' else None
    if opening is None:
        return leans(text)
    return subject_of(text) is None or not _is_whole_quote(opening[0][1:-1])


def _is_whole_quote(inner: str) -> bool:
    """Whether what somebody says can be understood without what was said before."""
    return (
        len(words(inner)) >= FEWEST
        and (SPEAKS.match(inner) is not None or not leans(inner))
        and not any(pattern.search(inner) for pattern in (OF_ANOTHER, POINTING, HANGING, TO_READER, COUNTED))
        and has_its_noun(IT, THING, inner)
    )


def _named(text: str, sentence: Sentence, document: Document, split: Sequence[Sentence], claim: str) -> Alone | None:
    """A sentence with the name in the place of its pronoun, as the claim has it where the source has that form too."""
    beside, slot = around(sentence, document.text, split), slot_of(text)
    meant = antecedent(text, beside.before, beside.earlier, beside.persons)
    if slot is None or meant is None or not stands_with_a_name(text, meant.person, beside.persons):
        return None
    naming = beside.paragraph[meant.place]
    if is_spoken(document.text, naming.start):
        return None
    forms = (
        name.form
        for name in names_in(claim)
        if own_tokens(name)[-1:] == meant.person.tokens[-1:] and beside.persons.of(name) == meant.person
    )
    own = meant.form if slot.start == 0 or len(meant.person.tokens) == 1 else meant.person.form
    form = next((form for form in forms if form in document.text), own)
    return Alone(
        text[: slot.start] + form + text[slot.end :], (_evidence(sentence), _evidence(naming)),
        f"{AS_IT_IS}, with the name for “{text[slot.start : slot.end]}”",
    )  # fmt: skip


def _first_clause(text: str) -> str | None:
    """The first of two clauses with a colon or a semicolon between, where the second bounds nothing that it says."""
    bare = unquoted(text)
    parted = PARTED.search(bare)
    if parted is None or bare[: parted.start()].count("(") > bare[: parted.start()].count(")"):
        return None
    first, rest = text[: parted.start()], text[parted.end() :]
    verbless = ANNOUNCES.search(first) or VERB.search(first.rsplit(" ", 1)[-1])
    if len(words(first)) < FEWEST or verbless or turning_words(rest) or limiting_words(rest):
        return None
    return first + "."


def _quoted(sentence: Sentence, document: Document, split: Sequence[Sentence]) -> Alone | None:
    """A sentence that somebody says, as theirs: "Ana Pell: “I would keep the ban.”"."""
    beside, source = around(sentence, document.text, split), document.text
    start = beside.paragraph[0].start
    paragraph = source[start : beside.paragraph[-1].end]
    at, end = sentence.start - start, sentence.end - start
    quotations = spoken_in(paragraph)
    number = next((place for place, one in enumerate(quotations) if one.start - 1 <= at < one.end), None)
    if number is None:
        return None
    own = quotations[number]
    said = (max(at, own.start), min(end, own.end))
    before = [(one.end - start, read(one)) for one in beside.paragraph]
    name = speaker_of(paragraph, number, Told(before, beside.earlier, beside.persons))
    if name is None and HAS_A_VERB.search(sentence.text):  # an answer may be a phrase
        name = _answering(sentence, source, beside)
    inner = " ".join(paragraph[said[0] : said[1]].split())
    inner = ANSWER.sub("", inner).rstrip(",")
    inner = inner[:1].upper() + inner[1:] + ("" if inner[-1:] in ".!" else ".")
    if not name or inner.endswith("?.") or not _is_whole_quote(inner) or any(sign in inner for sign in '“”"«»'):
        return None
    if OPENS_SINGLE.search(paragraph, own.start, said[1]):
        return None  # what somebody says that somebody else said
    if WITH_ME.search(paragraph[own.start : said[0]]) and US.search(inner):
        return None
    return Alone(f"{name}: “{inner}”", (_evidence(sentence),), f"these are the words of {name} in the source")


def _answering(sentence: Sentence, source: str, beside: Around) -> str | None:
    """Who answers in an interview, where a sentence is one of the answers."""
    starts, found = interview(source)
    number = bisect_right(starts, sentence.start) - 1
    return found.answerer(beside.persons) if number in found.answers else None
