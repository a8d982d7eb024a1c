"""What a quote must be to count as evidence: a clause that says something, and places that have to do with each other.

A sign, a stop word or a single word stands in any text and bears out nothing. A short quote grows to the clause that
it stands in, so that a reader sees what is said of its words.
"""

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from summarizer.language.sentence_map import SentenceMap
from summarizer.language.sentences import Sentence
from summarizer.language.structure import structure_of
from summarizer.language.words import word_count, words
from summarizer.schema import Evidence, Span

PRONOUN = re.compile(r"\b(?:he|she|they|it|him|her|them|his|hers|their|theirs|its)\b", re.IGNORECASE)
ENOUGH = 3  # content words of a quote that stands by itself
LEAST = 2  # content words that show which clause is meant
FEW = 3  # words, one with content, that show it within a known sentence
REACH = 400  # code points around a quote in which its clause ends
FURTHEST = 8  # sentences apart, between which lines at the edge of a page may stand
NEAR = 2  # sentences apart in one document, up to which two places are one passage
MARK = (
    r"[.;:!?…—–][\"”’)\]]{0,2}(?=\s|\Z)|\n\s*|"
    r",(?=\s+(?:and|but|while|whereas|which|who|because|although|though|after|before|so)\b)"
)
CLAUSE_END = re.compile(MARK)
CLAUSE_BEGIN = re.compile(rf"(?:{MARK})\s*")


def speaking(evidence: Evidence, text: str, named: Sentence | None = None) -> Evidence | None:
    """Return evidence as it stands, or grown to its clause in the document's `text`; None where it says nothing.

    `named` is the sentence that it is said to come from: where it does, a figure or a few words show which clause is meant.
    """
    count = _content(evidence.quote)
    if count >= ENOUGH:
        return evidence
    clause = _clause(text, evidence.span)
    if count and (clause.start, clause.end) == (evidence.span.start, evidence.span.end):
        return evidence
    end = len(text[: clause.end].rstrip('.;:!?…"”’) '))
    bare = Span(start=clause.start, end=end if end > clause.start else clause.end)  # a clause may be signs alone
    if count and evidence.span.start <= bare.start and evidence.span.end >= bare.end:
        return evidence
    if count < LEAST and not (count and named and _is_of(evidence, named)):
        return None
    return Evidence(document=evidence.document, span=clause, quote=clause.of(text))


def _is_of(evidence: Evidence, sentence: Sentence) -> bool:
    """Whether a quote comes from a sentence, and is no mere topic of it: "£4.5m" and "this is a betrayal", not "the library"."""
    span = evidence.span
    within = evidence.document == sentence.document and sentence.start <= span.start and span.end <= sentence.end
    return within and (any(map(str.isdigit, evidence.quote)) or word_count(evidence.quote) >= FEW)


def _content(text: str) -> int:
    return sum(word.content for word in words(text))


def _clause(text: str, span: Span) -> Span:
    """The clause around a span, without the space at its ends."""
    least, most = max(0, span.start - REACH), min(len(text), span.end + REACH)
    begun = [match.end() for match in CLAUSE_BEGIN.finditer(text, least, span.start) if match.end() <= span.start]
    ended = CLAUSE_END.search(text, max(span.end - 1, span.start), most)
    start = begun[-1] if begun else (0 if least == 0 else span.start)
    end = max(ended.end(), span.end) if ended else (len(text) if most == len(text) else span.end)
    piece = text[start:end]
    return Span(start=start + len(piece) - len(piece.lstrip()), end=start + len(piece.rstrip()))


def belong_together(
    evidence: Sequence[Evidence], sentences: SentenceMap, texts: Mapping[str, str] = MappingProxyType({})
) -> bool:
    """Whether several quotes come from one passage, or from sentences tied by a pronoun, a name or another word.

    `texts` are those of the documents by their id.
    """
    if len(evidence) < 2:
        return True
    own = [sentences.over(piece.document, piece.span.start, piece.span.end) for piece in evidence]
    reached, open_ones = [0], list(range(1, len(evidence)))
    for place in reached:
        tied = [other for other in open_ones if _tied(own[place], own[other], sentences, texts)]
        reached += tied
        open_ones = [other for other in open_ones if other not in tied]
    return not open_ones


def _tied(
    some: Sequence[Sentence], others: Sequence[Sentence], sentences: SentenceMap, texts: Mapping[str, str]
) -> bool:
    for one in some:
        for other in others:
            beside = _is_beside(one, other, sentences, texts)
            later = max(one, other, key=lambda sentence: sentence.number)
            if one.document == other.document and (beside or PRONOUN.search(later.text)):
                return True
    return bool(_content_words(some) & _content_words(others))


def _is_beside(one: Sentence, other: Sentence, sentences: SentenceMap, texts: Mapping[str, str]) -> bool:
    """Whether two sentences are one passage; page numbers and running heads between them do not count."""
    first, last = sorted((one.number, other.number))
    if one.document != other.document or last - first > FURTHEST:
        return False
    if last - first <= NEAR or one.document not in texts:
        return last - first <= NEAR
    structure = structure_of(texts[one.document])
    between = [sentences.at(one.document, number) for number in range(first + 1, last)]
    blocks = [structure.at(found.start) for found in between if found]
    return 1 + sum(block is None or block.kind != "page" for block in blocks) <= NEAR


def _content_words(found: Sequence[Sentence]) -> set[str]:
    return {word.key for one in found for word in words(one.text) if word.content}
