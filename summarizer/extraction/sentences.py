"""Each sentence of a summary as a claim, with its kind, speaker and modality by rule."""

import re
from itertools import zip_longest

from summarizer.drafts import ClaimDraft, ClaimDrafts
from summarizer.language.headings import unmarked_headings
from summarizer.language.rows import is_rule
from summarizer.language.sentences import Sentence, sentences
from summarizer.language.speakers import Attribution, attributions
from summarizer.language.statements import bare, is_marked_heading, is_struck
from summarizer.language.structure import Block, structure_of
from summarizer.language.words import word_count
from summarizer.schema import Component, Document, Kind, Modality

DENIED = re.compile(r"\b(?:denied|denies|deny|ruled out|rules out|refused|refuses|rejected|rejects)\b", re.IGNORECASE)
PLANNED = re.compile(
    r"\b(?:(?:plan(?:s|ned|ning)?|intend(?:s|ed)?|vow(?:s|ed)|promis(?:es|ed)|pledge[sd]|aims?)\s(?:to|that|on)"
    r"|is to|are to|will|shall)\b",
    re.IGNORECASE,
)
HEDGED = re.compile(
    r"\b(?:may|might|could|possibl[ey]|perhaps|likely|unlikely|probably|appears?|seems?|suggests?|allegedly|reportedly|"
    r"apparently|considering|considered|hopes?|fears?|expected)\b"
)
# What a summary says of itself, and what an assistant says around it.
ABOUT_THE_SUMMARY = re.compile(
    r"\A(?:(?:sure|certainly|of course)[!.]\Z|(?:here is|here's|here’s|this is|below is|the following is) (?:a|an|the|my) [^.]{0,80}\bsummary\b|"
    r"(?:i )?hope this helps\b|let me know if\b|feel free to ask\b|please note that this summary\b|"
    r"(?:note: |disclaimer: )?this (?:summary|text|content|answer) (?:was|is) (?:ai[- ])?(?:generated|written|produced|created)\b|"
    r"(?:sources?|references|citations?|quellen)\s?:\s(?=[^.]{0,200}(?:\.\w{2,4}\b|https?:|\[\d))|"
    r"\(?word count\b|\(?\d{1,4} words\)?\.?\Z)",
    re.IGNORECASE,
)
SUBORDINATE = re.compile(
    r"\b(?:as|when|after|while|which|although|because|before|since|whom?)\s{1,3}(?:the\s{1,3}|an?\s{1,3})?\Z",
    re.IGNORECASE,
)
QUOTED = re.compile(r"[“\"«][^“”\"«»]{2,}[”\"»]")


class SentenceExtractor:
    """Takes the sentences of a summary as its claims."""

    about = Component(name="sentences")
    destination = "the text stays on this machine"
    remote = False

    async def extract(self, summary: Document, proposed: tuple[ClaimDraft, ...] | None = None) -> ClaimDrafts:  # noqa: ARG002 (the sentences are the claims)
        return ClaimDrafts(claims=extract_claims(summary))

    async def close(self) -> None:
        """Nothing is held."""


def extract_claims(summary: Document) -> tuple[ClaimDraft, ...]:
    """Return a draft for each sentence of the summary, in order; marks and citations by themselves are none."""
    known = structure_of(summary.text)
    every = sentences(summary)
    return tuple(
        _draft(sentence, known.at(sentence.start), states=_states(sentence, following, summary.text))
        for sentence, following in zip_longest(every, every[1:])
        if has_words(sentence)
    )


def has_words(sentence: Sentence) -> bool:
    """Whether a sentence is more than a rule, a mark or a citation by itself."""
    return bool(bare(sentence.text)) and not is_rule(sentence.text)


def _states(sentence: Sentence, following: Sentence | None, summary: str) -> bool:
    """Whether a sentence is more than a heading, a rule, struck words or the head of a table, which has a rule under it."""
    is_head = (
        following is not None and sentence.text.count("|") > 1 and "|" in following.text and is_rule(following.text)
    )
    is_heading = is_marked_heading(sentence.text) or sentence.start in unmarked_headings(summary)
    is_mark = is_heading or is_rule(sentence.text)
    return not (is_mark or is_head or is_struck(summary, sentence.start, sentence.end))


def _draft(sentence: Sentence, block: Block | None, *, states: bool) -> ClaimDraft:
    text = bare(sentence.text)
    said = attributions(text)
    return ClaimDraft(
        text=text,
        quote=sentence.text,
        kind=_kind(text, bool(said)),
        speaker=_speaker(text, said),
        modality=_modality(text, bool(said)),
        checkable=states and states_something(text) and (block is None or block.kind not in ("head", "page")),
    )


def _speaker(text: str, said: tuple[Attribution, ...]) -> str | None:
    """Who says the sentence as a whole: not somebody quoted in one clause of it."""
    for one in said:
        if not SUBORDINATE.search(text[: one.start]) and (" " in one.speaker or one.speaker[0].isupper()):
            return one.speaker
    return None


def _kind(text: str, said: bool) -> Kind:
    if said:
        return Kind.QUOTATION if QUOTED.search(text) else Kind.POSITION
    return Kind.FIGURE if re.search(r"\d", text) else Kind.EVENT


def _modality(text: str, said: bool) -> Modality:
    if DENIED.search(text):
        return Modality.DENIED
    if HEDGED.search(text):
        return Modality.HEDGED
    if PLANNED.search(text):
        return Modality.PLANNED
    return Modality.REPORTED if said else Modality.ASSERTED


def states_something(text: str) -> bool:
    """Whether a sentence says something that can be checked: it is no question, heading or remark on the summary."""
    bare = text.rstrip("\"'”’»)")
    return word_count(text) > 1 and not bare.endswith(("?", "？", ":")) and not ABOUT_THE_SUMMARY.match(text)
