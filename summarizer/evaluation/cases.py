"""Hand-labelled cases: an article with one or several summaries, each a list of claims with their labels.

A text and a label are enough. `case_files` reads them and checks quotes against the article letter by letter.
"""

import hashlib
import json
import operator
from collections.abc import Iterator
from typing import Annotated, Literal, NamedTuple, Self, get_args

from pydantic import Field, model_validator

from summarizer.errors import CaseError
from summarizer.evaluation.error_kinds import ErrorName
from summarizer.schema import Document, Label, Modality, Record, Span, Text

Split = Literal["dev", "test"]
Writer = Literal["planted", "paraphrased", "model", "extractive"]
Difficulty = Literal["easy", "medium", "hard"]
GoldLabel = Label | Literal["unsupported"]
"""A true label; `unsupported` where nobody said whether the claim is contradicted or not in the source."""
Later = Annotated[str, Field(exclude_if=operator.not_)]
"""A field that older suites do not have; where it is empty the digest of a suite is the same without it."""
Quotes = Annotated[tuple[Text, ...], Field(min_length=1)]


class GoldConflict(Record):
    """What of a contradicted claim stands against what of the article."""

    claim_words: Text
    """Words of the claim, verbatim."""
    source_words: Text
    """Words of the article, verbatim."""


class GoldClaim(Record):
    """A claim and its labels; the data card says who gave them."""

    id: str = ""
    """Unique within the suite; made of the name of the case and a number where none is given."""
    text: Text
    """The statement; one sentence that stands alone."""
    label: GoldLabel
    """What the article makes of it, after adjudication."""
    error: ErrorName | None = None
    """The way in which an unsupported claim is wrong; null for a supported one, and where nobody said."""
    evidence: tuple[Quotes, ...] = ()
    """Minimal sets of quotes, each of which alone decides; none for `not_in_source`, and where nobody said."""
    conflict: GoldConflict | None = None
    """For a contradicted claim the shortest pair of words that shows it, where somebody said."""
    speaker: str = ""
    """Who the claim says said it."""
    modality: Modality = Modality.ASSERTED
    """How it puts its matter."""
    difficulty: Difficulty | None = "medium"
    """How hard it is for a careful reader; null where nobody said."""
    annotations: tuple[Label | None, ...] = ()
    """The independent labels, in the order of the annotators, before adjudication; null from who gave none."""
    borderline: Annotated[bool, Field(exclude_if=operator.not_)] = False
    """Whether an annotator wavered, or two did not agree at first; it counts all the same."""
    ambiguous: bool = False
    """Whether careful readers disagree for good; such a claim is in no score."""
    note: str = ""
    """Why the label is what it is; for a disputed one, the reason of the adjudication."""

    @model_validator(mode="after")
    def _label_goes_with_the_rest(self) -> Self:
        if self.label is Label.SUPPORTED and (self.error or self.conflict):
            raise ValueError("a supported claim has neither error nor conflict")
        if self.label is Label.NOT_IN_SOURCE and (self.evidence or self.conflict):
            raise ValueError("a claim that is not in the source has neither evidence nor conflict")
        if self.conflict and self.conflict.claim_words not in self.text:
            raise ValueError(f"the claim does not hold the words {self.conflict.claim_words!r}")
        if len({one for one in self.annotations if one}) > 1 and not self.note:
            raise ValueError("the annotators disagree, and no note says how it was settled")
        return self


class GoldSummary(Record):
    """A summary as a list of claims; its text is the claims, one a paragraph."""

    writer: Writer | None = None
    """How it came about: errors planted by hand, paraphrased by hand, written by a model, or taken from the article;
    null where nobody said."""
    model: Later = ""
    """The model that wrote it, where one did and its name is known."""
    asked: Later = ""
    """What it was asked for."""
    claims: Annotated[tuple[GoldClaim, ...], Field(min_length=1)]
    """In the order of the summary."""

    @property
    def text(self) -> str:
        return "\n\n".join(claim.text for claim in self.claims)

    @property
    def spans(self) -> tuple[Span, ...]:
        """Where each claim stands in `text`."""
        found, start = [], 0
        for claim in self.claims:
            found.append(Span(start=start, end=start + len(claim.text)))
            start += len(claim.text) + 2
        return tuple(found)


class CaseFile(Record):
    """A case as its file holds it. `claims` in place of `summaries` are those of one summary."""

    article: Annotated[str, Field(pattern=r"^[\w.-]{1,100}\.txt$")]
    """File name in the folder `articles`."""
    kind: Text = "text"
    """What sort of text it is: earnings report, court verdict, ..."""
    split: Split | None = None
    """`dev` to look at and tune on, `test` to report on; null where nobody said."""
    key_sentences: tuple[Text, ...] = ()
    """Sentences of the article that a good summary must cover, verbatim."""
    annotators: Annotated[tuple[Text, ...], Field(exclude_if=lambda names: not names)] = ()
    """Whose labels `annotations` are, in that order; none where nobody is named."""
    summaries: Annotated[tuple[GoldSummary, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _every_annotator_has_a_place(self) -> Self:
        names = self.annotators
        if len(set(names)) < len(names):
            raise ValueError("annotators: a name is there twice")
        for claim in (claim for summary in self.summaries for claim in summary.claims) if names else ():
            if claim.annotations and len(claim.annotations) != len(names):
                raise ValueError(
                    f"{claim.id}: annotations: {len(claim.annotations)} for {len(names)} annotators; null for no label"
                )
        return self


class Case(NamedTuple):
    """An article with its labelled summaries."""

    id: str
    document: Document
    file: CaseFile
    name: str
    """Of its file."""

    @property
    def split(self) -> Split | None:
        return self.file.split

    def claims(self) -> Iterator[GoldClaim]:
        for summary in self.file.summaries:
            yield from summary.claims


class Suite(NamedTuple):
    """A set of cases that is scored together."""

    name: str
    cases: tuple[Case, ...]

    def claims(self) -> Iterator[GoldClaim]:
        """Every claim that counts: the ambiguous ones do not."""
        return (claim for case in self.cases for claim in case.claims() if not claim.ambiguous)

    @property
    def sha256(self) -> str:
        """Digest of every label and every input, so that a suite cannot shrink or change unseen."""
        whole = [[case.id, case.document.sha256, case.file.model_dump(mode="json")] for case in self.cases]
        return hashlib.sha256(json.dumps(whole, sort_keys=True).encode("utf-8")).hexdigest()


def parted(suite: Suite) -> tuple[Suite, Suite]:
    """The part to tune on and the part to report on, as the cases say; where none says, every third article is the latter.

    Raises a `CaseError` where only some cases say, or a part would be empty.
    """
    said = {case.split for case in suite.cases}
    if None in said and len(said) > 1:
        silent = next(case for case in suite.cases if case.split is None)
        raise CaseError(f"{silent.id}: does not say of which split it is, and others do; give each case dev or test")
    # By digest: the order of the names may say something of the articles.
    articles = sorted({case.document.sha256 for case in suite.cases})
    split = {case.id: case.split or _split_of(articles.index(case.document.sha256)) for case in suite.cases}
    parts = []
    for name in get_args(Split):
        cases = tuple(case for case in suite.cases if split[case.id] == name)
        if not cases:
            raise CaseError(f"{suite.name}: has no article for the split {name}; it needs some of dev and some of test")
        parts.append(Suite(f"{suite.name}, {name}", cases))
    return parts[0], parts[1]


def _split_of(place: int) -> Split:
    return "test" if place % 3 == 2 else "dev"


def case_schema() -> str:
    """The JSON Schema of a case file, as text."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **CaseFile.model_json_schema()}
    claims = dict(schema["$defs"]["GoldSummary"]["properties"]["claims"])
    schema["properties"]["claims"] = claims | {"description": "The claims of one summary, in place of `summaries`."}
    schema["required"] = ["article"]
    schema["oneOf"] = [{"required": ["summaries"]}, {"required": ["claims"]}]
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
