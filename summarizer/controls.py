"""Control questions: false statements about this very source, asked among the claims of a summary.

A judge that calls everything supported looks like one that checked. Code changes a number, a name, a "not" or the like
in a few sentences of the source, so that it is known that the source says otherwise, and the judge is asked about them
as about any claim. What it makes of them is in the report, and a judge that lets most of them pass is believed only
where a witness bears it out. They are easier than errors that people make: passing them proves little, failing much.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from summarizer.drafts import Judgement
from summarizer.language.english import is_english
from summarizer.language.sentences import Sentence
from summarizer.language.sentences import sentences as sentences_of
from summarizer.schema import Claim, Document, ErrorKind, Kind, Label, Setting, Span

if TYPE_CHECKING:
    from summarizer.mutation import Mutant

COUNT = 2  # of a run; more in a long one
MOST = 8  # of any run
CLAIMS_EACH = 10  # claims of a run for each control question above that
READ = 40_000  # code points of a source, from its beginning, that are looked at: a book has many more
LOOKED_AT = 24  # of them, spread over these, that are tried at most
KINDS: tuple[ErrorKind, ...] = ("number", "negation", "role", "date", "antonym", "attribution_swap")
"""Errors that leave no doubt; of names exchanged, three in ten left one."""
UNFIT = re.compile(
    r"[\[\]{}@\\|=<>?#]|\b(?:fig|table)\b|[-‐\u00ad][^\S\n]*+\n"
    r"|\b(?:I|we|you|my|our|your|me|us|maybe|perhaps|if|suspect\w*|successive)\b",
    re.IGNORECASE,
)
"""Sentences in which a change may change nothing: references and formulas, what nobody states for sure, somebody's "I";
and those with a word that a line end parts, which nobody can put together for sure."""
LEAST_FAILED = 2  # control questions, and more than half, that a judge must fail to lose its standing


class Standing(NamedTuple):
    """How a judge did on the control questions of a run."""

    asked: int = 0
    """Those that had an answer."""
    passed: tuple[str, ...] = ()
    """The false statements that it called supported."""

    @property
    def lost(self) -> bool:
        """Whether what it calls supported has to be borne out by somebody else."""
        return len(self.passed) >= LEAST_FAILED and 2 * len(self.passed) > self.asked

    def settings(self) -> tuple[Setting, ...]:
        """For the report; nothing where no question was answered."""
        right = self.asked - len(self.passed)
        return (Setting(name="control_questions", value=f"{right} of {self.asked} right"),) if self.asked else ()

    def warnings(self, judge: str) -> tuple[str, ...]:
        """What the reader has to know."""
        if not self.lost:
            return ()
        return (
            f"the judge {judge} called {len(self.passed)} of {self.asked} false statements about this source supported, "
            f"among them “{self.passed[0]}”: its “supported” counts only where the witness agrees",
        )


def control_claims(
    claims: Sequence[Claim], documents: Sequence[Document], sentences: Sequence[Sentence]
) -> tuple[Claim, ...]:
    """Return false claims about the documents, numbered behind the given ones; none for a language other than English.

    `sentences` are those of all documents. The same texts give the same claims. None of them says what one of the
    given claims says.
    """
    if not claims or not all(is_english(document.text[:READ]) for document in documents):
        return ()
    wanted = min(MOST, max(COUNT, -(-len(claims) // CLAIMS_EACH)))
    found = islice(_statements(documents, sentences, {claim.text.lower() for claim in claims}), wanted)
    first = 1 + max(int(claim.id[1:]) for claim in claims)
    nowhere = Span(start=0, end=1)  # they stand in no summary and in no report
    return tuple(
        Claim(id=f"c{number}", text=text, origin=nowhere, kind=Kind.EVENT) for number, text in enumerate(found, first)
    )


def _statements(documents: Sequence[Document], sentences: Sequence[Sentence], taken: set[str]) -> Iterator[str]:
    """False statements about the documents, each once and none of those `taken`."""
    for document in documents:
        begun = [one for one in sentences if one.document == document.id and one.end <= READ]
        for mutant in _mutants(document, begun):
            if mutant.text.lower() not in taken:
                taken.add(mutant.text.lower())
                yield mutant.text


def _mutants(document: Document, begun: Sequence[Sentence]) -> "Iterator[Mutant]":
    """One mutant of each usable sentence of the beginning, the kinds in turn, in an order that spreads over it."""
    from summarizer.mutation import mutations, spread  # noqa: PLC0415 (80 ms of patterns, only beside a model)

    step = max(1, len(begun) // LOOKED_AT)
    usable = [one for one in begun[::step][:LOOKED_AT] if _stands_alone(one)]
    first = spread(usable, COUNT)
    made = 0
    for sentence in (*first, *(one for one in usable if one not in first)):
        turn = made % len(KINDS)
        ranks = {kind: place for place, kind in enumerate((*KINDS[turn:], *KINDS[:turn]))}
        own = list(mutations(sentence, document, begun, kinds=KINDS))
        if own:
            made += 1
            yield min(own, key=lambda one: ranks[one.kind])


def _stands_alone(sentence: Sentence) -> bool:
    if UNFIT.search(sentence.text.replace("“", "").replace('"', "")) or not sentence.text.lstrip("\"“‘'")[:1].isupper():
        return False
    from summarizer.mutation import stated  # noqa: PLC0415

    own = Document.of(sentence.text)
    return len(list(stated(own, sentences_of(own)))) == 1


def standing(controls: Sequence[Claim], judgements: Sequence[Judgement]) -> Standing:
    """How the judge did on them."""
    said: Mapping[str, Label | None] = {one.claim: one.label for one in judgements if one.failure is None}
    answered = [one for one in controls if said.get(one.id)]
    return Standing(len(answered), tuple(one.text for one in answered if said[one.id] is Label.SUPPORTED))
