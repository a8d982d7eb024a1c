"""Labels before words that a text gives and does not say itself: "Myth: ...", "Q: ...", the name of a speaker in a transcript.

A label stands at the beginning of a line and holds for all that follows in its paragraph, up to the next label.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import zip_longest
from typing import Literal, NamedTuple

from summarizer.language.days import ITEM_NUMBER
from summarizer.language.lexicon import lexicon
from summarizer.language.lines import line_end
from summarizer.language.names import plain
from summarizer.language.patterns import any_of, spelled
from summarizer.language.rows import is_row
from summarizer.language.sentence_map import SentenceMap
from summarizer.language.speakers import attributions
from summarizer.language.structure import structure_of
from summarizer.language.words import stem, stems
from summarizer.schema import Document

LEXICON = lexicon("speakers")
UNSAID = frozenset(LEXICON["unsaid_labels"])
QUESTIONS = frozenset(LEXICON["question_labels"])
UNSAID_HEADINGS = frozenset(LEXICON["unsaid_headings"])
OWN = frozenset(LEXICON["own_labels"])
# Marks of Markdown and quotes may stand around it: "**Myth:**", "- Myth #2:", "> Ana Pell (chair):".
LABEL = re.compile(
    rf"^[ \t]{{0,8}}(?:[-*•>#]{{1,3}}[ \t]{{1,3}}){{0,2}}(?:{ITEM_NUMBER}[ \t]{{1,3}})?[*_]{{0,3}}"
    r"(?P<label>[^\W\d_][\w’'.-]{0,30}(?:[ \t][^\W\d_][\w’'.-]{0,29}){0,3})"
    r"(?:[ \t](?:#?\d{1,3}|\([^()\n]{1,60}\)))?[*_]{0,3}(?::|[ \t]?(?P<dash>[–—]|(?<=[ \t])-))[*_]{0,3}(?=\s)",
    re.MULTILINE,
)
# The same on a line of its own: "MYTH", "## Myth 2", "**Fact**".
ALONE = re.compile(
    r"^[ \t]{0,8}(?P<mark>#{1,6}[ \t]{1,3})?(?:[-*•>][ \t]{1,3})?(?:\d{1,3}[.)][ \t]{1,3})?[*_]{0,3}"
    r"(?P<label>[^\W\d_][\w’'-]{0,30}(?:[ \t][^\W\d_][\w’'-]{0,30}){0,2})(?:[ \t]#?\d{1,3})?[*_]{0,3}:?[*_]{0,3}[ \t]*$",
    re.MULTILINE,
)
CROSSED = re.compile(r"[ \t]{0,8}(?:[-*•>][ \t]{1,3})?(?P<mark>[❌✗✘❎🚫👎])\ufe0f?[ \t]")
"""A line that a cross marks as wrong."""
HEADING = re.compile(r"^[ \t]{0,3}#{1,6}[ \t]", re.MULTILINE)
REACH = 2_000  # code points before a sentence in which its paragraph begins
BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
NOT_BLANK = re.compile(r"\S")
OF_MAIL = frozenset(
    stem(word)
    for word in ("email", "e-mail", "mail", "message", "subject", "letter", "writes", "written", "sent", "wrote")
)
SUPERSEDED = re.compile(
    rf"\b{any_of(LEXICON['earlier'])}\sversions?\sof\s(?:this|our)\s{any_of(LEXICON['own_texts'])}\b", re.IGNORECASE
)
CLAUSE_END = re.compile(r"[.;!?]\s")
DENIED = re.compile(
    rf"[.!?\"'”’)\]]{{0,4}}\s{{1,3}}(?:(?:that|this)(?:\s{any_of(LEXICON['statements'])})?|the\s{any_of(LEXICON['statements'])})"
    rf"(?:\s(?:is|was)|['’]s)\s(?:simply\s|entirely\s|completely\s)?{any_of(LEXICON['denials'])}(?=[.!,;])",
    re.IGNORECASE,
)
NOTE = 200  # code points before a quote in which "an earlier version of this article" may stand
CAPITALS = re.compile(r"[A-ZÀ-ÖØ-Þ]")


class Labelled(NamedTuple):
    """What stands before some words."""

    form: str
    """The label as it is written."""
    kind: Literal["unsaid", "question", "speaker"]
    end: int
    """Where it ends, behind its colon."""


def label_over(text: str, start: int, end: int) -> Labelled | None:
    """The label that holds for the words `text[start:end]`; None where there is none, or where it says nothing of them.

    >>> text = "Myth: Garlic cures colds. It kills them.\\nFact: It does not."
    >>> [found and found.kind for found in (label_over(text, 6, 25), label_over(text, 26, 40), label_over(text, 41, 60))]
    ['unsaid', 'unsaid', None]
    """
    least = max(0, start - REACH)
    breaks = [one.end() for one in BLANK_LINE.finditer(text, least, start)]
    begun = breaks[-1] if breaks else least
    if mark := CROSSED.match(text, text.rfind("\n", 0, start) + 1, end):
        return Labelled(mark["mark"], "unsaid", mark.end())
    found = [match for match in LABEL.finditer(text, begun, min(end, start + 80)) if match.start() <= start]
    found = [match for match in found if not match["dash"] or spelled(match["label"]) in UNSAID | QUESTIONS | OWN]
    return _read(found[-1], text) if found else _heading_over(text, start)


def _heading_over(text: str, start: int) -> Labelled | None:
    r"""The label on a line of its own over some words: for its section in Markdown, else for the paragraph that begins under it.

    >>> text = "MYTH\nGarlic cures colds.\n\nFACT\nIt does not."
    >>> _heading_over(text, 5), _heading_over(text, 31)
    (Labelled(form='MYTH', kind='unsaid', end=4), None)
    """
    found = [
        match
        for match in ALONE.finditer(text, max(0, start - REACH), start)
        if spelled(match["label"]) in UNSAID_HEADINGS | OWN
    ]
    if not found or spelled(found[-1]["label"]) in OWN:
        return None
    own, between = found[-1], text[found[-1].end() : start]
    end = HEADING if own["mark"] else BLANK_LINE
    return None if end.search(between.lstrip()) else Labelled(own["label"], "unsaid", own.end())


def unsaid_in(documents: Iterable[Document], places: SentenceMap) -> frozenset[tuple[str, int]]:
    """Document and number of each sentence that its text gives as a myth or the like or takes back, and does not say."""
    return frozenset(
        (document.id, sentence.number)
        for document in documents
        for start, end in (*_unsaid(document.text), *_taken_back_in(document, places))
        for sentence in places.over(document.id, start, end)
    )


def _taken_back_in(document: Document, places: SentenceMap) -> Iterator[tuple[int, int]]:
    for sentence in places.over(document.id, 0, len(document.text)):
        if _taken_back(document.text, sentence.start, sentence.end):
            yield sentence.start, sentence.end


def _unsaid(text: str) -> Iterator[tuple[int, int]]:
    """From where to where labels of kind "unsaid" hold, in one pass over the text; `label_over` says the same of one sentence."""
    labels = [match for match in LABEL.finditer(text) if not match["dash"] or spelled(match["label"]) in UNSAID | OWN]
    alone = [match for match in ALONE.finditer(text) if spelled(match["label"]) in UNSAID_HEADINGS | OWN]
    found = sorted([*labels, *alone], key=lambda match: match.start())
    for own, following in zip_longest(found, found[1:]):
        if spelled(own["label"]) not in UNSAID | UNSAID_HEADINGS:
            continue
        stop = following.start() if following else len(text)
        of_section = own.re is ALONE and own["mark"]
        below = NOT_BLANK.search(text, own.end(), stop) if own.re is ALONE else None
        end = (HEADING if of_section else BLANK_LINE).search(text, below.start() if below else own.end(), stop)
        yield own.start(), end.start() if end else stop
    for line in CROSSED.finditer(text):
        if text[line.start() - 1 : line.start()] in ("", "\n"):
            yield line.start(), line_end(text, line.end())


def _read(match: re.Match[str], text: str) -> Labelled | None:
    form, known = match["label"], spelled(match["label"]).rstrip(".")
    if known in UNSAID:
        return Labelled(form, "unsaid", match.end())
    if known in QUESTIONS:
        return Labelled(form, "question", match.end())
    if known in OWN or match["dash"]:
        return None
    line_end = text.find("\n", match.end())
    line = text[match.start() : line_end if line_end >= 0 else len(text)]
    words = form.split()
    if all(CAPITALS.match(word) for word in words) and not is_row(line):
        return Labelled(form, "speaker", match.end())
    return None


def not_said_itself(claim: str, text: str, start: int, end: int) -> str:
    """Why the words `text[start:end]` of a source say nothing for a claim; empty where they do, or where the claim says whose they are.

    They stand behind a label such as "Myth:", in a block of quoted words or the head of an e-mail, or are taken back.
    """
    if (why := _taken_back(text, start, end)) and not attributions(claim) and not SUPERSEDED.search(claim):
        return why
    label = label_over(text, start, end)
    if label is not None and label.kind != "speaker" and not stems(label.form) & stems(claim):
        if label.kind == "question":
            return "the source has it in a question and does not say it"
        return f"the source gives it as “{label.form}” and does not say it"
    block = structure_of(text).at(start)
    if block is not None and block.kind == "struck":
        return "the source strikes it out" if block.holds(start, end) else ""
    if block is None or block.kind not in ("head", "quoted") or attributions(claim):
        return ""
    if block.kind == "head":
        return "" if stems(claim) & OF_MAIL else "it stands in the head of an e-mail, which says nothing by itself"
    repeated = text.count(text[start:end].lstrip("> \t"), 0, block.start) or text.count(
        text[start:end].lstrip("> \t"), block.end
    )
    return "" if repeated else "the source quotes it and does not say it itself"


def _taken_back(text: str, start: int, end: int) -> str:
    """Why some words of a text hold no more: they stood in an earlier version of it, or its next sentence calls them false."""
    note = SUPERSEDED.search(text, max(0, start - NOTE), end)
    if note and not CLAUSE_END.search(text, note.end(), max(start, note.end())):
        return "the source says that an earlier version of it said so"
    return "the source says in its next sentence that this is false" if DENIED.match(text, end) else ""


@lru_cache(maxsize=8)
def speakers_of(text: str) -> frozenset[str]:
    """The names before the turns of a transcript."""
    found = (_read(match, text) for match in LABEL.finditer(text))
    return frozenset(one.form for one in found if one and one.kind == "speaker")


def is_said_by(speaker: str, label: str) -> bool:
    """Whether somebody whom a claim names may be the one of a label: they share a word of their names.

    >>> is_said_by("Ana Pell", "PELL"), is_said_by("Ana Pell", "Brandt")
    (True, False)
    """
    return not {plain(part) for part in speaker.split()}.isdisjoint(plain(part) for part in label.split())
