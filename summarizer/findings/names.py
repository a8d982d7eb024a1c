"""Names of the claim with a word that stands nowhere in the source."""

from summarizer.findings.differences import Difference, Kind, Passage, absent
from summarizer.findings.vocabulary import START, WORDLIKE, spellings, starts_of
from summarizer.language.names import Name, names_in, same_name
from summarizer.schema import FindingKind

FULL = 2  # words of a full name


def find(claim: str, passage: Passage) -> list[Difference]:
    """Find the names that the source lacks, each beside the full name that it has a half of."""
    own = names_in(claim)
    found = []
    for name in own:
        if not name.initial and not _is_known(name, passage.source):
            found += absent(FindingKind.NAME, claim, name, passage, _half_exchanged(name, own, passage.text))
    return found


def _is_known(name: Name, source: str) -> bool:
    """Whether each word of the name begins as some word of the source: "Dovarian" is known by "Dovaria"."""
    starts = starts_of(source)
    return all(
        any(all(word[:START] in starts for word in WORDLIKE.findall(way.replace(".", ""))) for way in spellings(token))
        for token in name.tokens
    )


def _half_exchanged(name: Name, own: tuple[Name, ...], text: str) -> list[Name]:
    """The full names of the evidence that have one half of this one in its place, and that the claim does not name."""
    return [
        other
        for other in names_in(text)
        if len(name.tokens) == len(other.tokens) == FULL
        and sum(one == two for one, two in zip(name.tokens, other.tokens, strict=True)) == 1
        and not any(same_name(other, one) for one in own)
    ]


ENTRY = Kind("names", "a name that stands nowhere in the source", find)
