"""The sentences of an article that state something by themselves, so that a change in them makes a false claim."""

import re
from collections.abc import Iterator, Sequence
from typing import TypeVar

from summarizer.drafts import ClaimDraft
from summarizer.extraction.sentences import extract_claims, has_words
from summarizer.language.sentences import Sentence
from summarizer.language.words import word_count
from summarizer.schema import Document

Item = TypeVar("Item")
ENDS = re.compile(r"[.!][\"”’»)]{0,2}\Z")
MIN_WORDS, MAX_WORDS = 6, 60  # shorter is a headline or an aside, longer is a list or a table
DANGLING = re.compile(
    r"\A(?:[\"'“‘(\[]|(?:he|she|it|they|his|her|its|their|this|that|these|those|but|and|so|or|also|then|such|however|"
    r"meanwhile|moreover|instead|still|there|yet|nor|because|another|both|one|i|we|you|my|our|your|in this|at that|after that)\b)",
    re.IGNORECASE,
)
OPENING_MARKS = re.compile(r"[\"“«‘(\[]")


def stated(document: Document, every: Sequence[Sentence]) -> Iterator[tuple[Sentence, ClaimDraft]]:
    """The sentences that state something and can be understood alone, with their claims; none twice."""
    seen = set()
    for sentence, draft in zip(filter(has_words, every), extract_claims(document), strict=True):
        text = draft.text
        bare = OPENING_MARKS.sub("", text, count=1) if OPENING_MARKS.match(text) else text
        if (
            draft.checkable
            and ENDS.search(text)
            and MIN_WORDS <= word_count(text) <= MAX_WORDS
            and (bare is not text or not DANGLING.match(text))
            and _is_balanced(text)
            and text.lower() not in seen
        ):
            seen.add(text.lower())
            yield sentence, draft


def _is_balanced(text: str) -> bool:
    """Whether every quotation mark has its other half, and a sentence in marks its speaker."""
    whole = text.count('"') % 2 == 0 and text.count("“") == text.count("”") and text.count("«") == text.count("»")
    alone = re.match(r"[\"“«‘]", text) and re.search(r"[\"”»’]\Z", text)
    return whole and text.count("(") == text.count(")") and not alone


def spread(found: Sequence[Item], count: int) -> list[Item]:
    """So many of them, at like distances, the first among them."""
    taken = min(count, len(found))
    return [found[at * len(found) // taken] for at in range(taken)]
