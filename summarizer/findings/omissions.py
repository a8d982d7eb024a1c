"""A condition, an exception or a denial beside the words that a claim takes, and nowhere in the summary.

"All schools were closed" is what the source says, and misleads where it goes on "except those in Marl". A remark says
so; it changes no verdict.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from summarizer.findings.remarks import SplitDocument, whole_sentences
from summarizer.language.sentences import Sentence
from summarizer.language.words import content_stems, stems
from summarizer.schema import Claim, Evidence, Finding, FindingKind, Span

LIMIT = re.compile(
    r"(?<![\w-])(?:except(?:\s+(?:for|that|in|at|on|when|where))?|excluding|with\s+the\s+exception\s+of|apart\s+from|unless|"
    r"(?:but\s+)?only\s+(?:if|when|where)|provided\s+(?:that)?|on\s+(?:the\s+)?condition\s+that|(?:as|so)\s+long\s+as|subject\s+to|"
    r"(?:but|though)\s+not)\s",
    re.IGNORECASE,
)
END = re.compile(r"[;.!?:—]|\s–\s|,(?=\s(?:and|but|he|she|it|they|which|who|said|the)\b)|\Z")
DENIAL = re.compile(
    r"\b(?:denie[ds]|disputed?s?|reject(?:s|ed)|dismiss(?:es|ed)|retract(?:s|ed)|withdrew|contradict(?:s|ed))\s+"
    r"(?:that|this|it|them|having|any|the\s+(?:claims?|allegations?|accusations?|reports?|charges?|statements?))\b",
    re.IGNORECASE,
)
DENIED = re.compile(r"\b(?:den(?:y|ies|ied)|disput|reject|dismiss|retract|withdr[ae]w|contradict)", re.IGNORECASE)
TAKEN = 0.75  # of the words of a claim that stand in what the limit is about
NEAR = 4  # words with content right before a limit: half of them must be the claim's
KNOWN = 0.5  # of the words of a limit that the summary has: then it is not left out
FEWEST, LONGEST = 1, 200  # words with content, code points


def left_out(
    claim: Claim, shown: Sequence[Evidence], sources: Mapping[str, SplitDocument], summary: str
) -> tuple[Finding, ...]:
    """What limits or denies the words behind a claim and is not in the summary, at most one of each sentence shown."""
    if LIMIT.search(claim.text) or DENIAL.search(claim.text):
        return ()
    found = []
    for name in dict.fromkeys(piece.document for piece in shown):
        source = sources[name]
        for sentence in whole_sentences(shown, source):
            for start, end in (*_limits(claim.text, sentence.text), *_denials(claim.text, sentence, source.sentences)):
                quote = source.document.text[sentence.start + start : sentence.start + end]
                if not _is_known(quote, summary):
                    span = Span(start=sentence.start + start, end=sentence.start + end)
                    evidence = Evidence(document=name, span=span, quote=quote)
                    whole = Span(start=0, end=len(claim.text))
                    found.append(Finding(kind=FindingKind.OMISSION, claim=whole, evidence=evidence))
                    break
    return tuple(found)


def _limits(claim: str, sentence: str) -> Iterator[tuple[int, int]]:
    """Limits in a sentence on what the claim takes from it."""
    own = stems(claim)
    for match in LIMIT.finditer(sentence):
        end = END.search(sentence, match.end())
        stop = end.start() if end else len(sentence)
        before = content_stems(sentence[: match.start()])
        taken = own & set(before)
        near = before[-NEAR:]
        about = near and 2 * len(own & set(near)) >= len(near)
        if about and len(taken) >= TAKEN * len(own) and _is_plain(sentence[match.end() : stop]):
            yield match.start(), stop


def _denials(claim: str, sentence: Sentence, every: Sequence[Sentence]) -> Iterator[tuple[int, int]]:
    """The next sentence, where it denies what the claim takes from this one; offsets are of this one."""
    own = stems(claim)
    if len(own & stems(sentence.text)) < TAKEN * len(own):
        return
    following = every[sentence.number + 1] if sentence.number + 1 < len(every) else None
    if following and len(following.text) <= LONGEST and DENIAL.search(following.text):
        yield following.start - sentence.start, following.end - sentence.start


def _is_plain(words: str) -> bool:
    return len(words) <= LONGEST and len(content_stems(words)) >= FEWEST


def _is_known(quote: str, summary: str) -> bool:
    if DENIAL.search(quote):
        return bool(DENIED.search(summary))
    own = stems(LIMIT.sub(" ", quote))
    return bool(own) and len(own & stems(summary)) >= KNOWN * len(own)
