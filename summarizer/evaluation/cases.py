"""Read and validate hand-labelled cases; a broken one is an error that names file, claim and fault.

A case is an article with one or several summaries, each a list of claims with
their labels. A quote is checked against the article letter by letter, so a label
without its words cannot be loaded.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Annotated, Literal, NamedTuple, Self

from pydantic import Field, ValidationError, model_validator

from summarizer.errors import CaseError
from summarizer.reading import printable_name
from summarizer.schema import Document, ErrorKind, Label, Modality, Record, Span, Text

Split = Literal["dev", "test"]
Writer = Literal["planted", "paraphrased", "model", "extractive"]
Difficulty = Literal["easy", "medium", "hard"]
LARGEST = 4_000_000  # bytes of a case file or an article
Quotes = Annotated[tuple[Text, ...], Field(min_length=1)]


class GoldConflict(Record):
    """What of a contradicted claim stands against what of the article."""

    claim_words: Text
    """Words of the claim, verbatim."""
    source_words: Text
    """Words of the article, verbatim."""


class GoldClaim(Record):
    """A claim and its labels; the data card says who gave them."""

    id: Text
    """Unique within the suite."""
    text: Text
    """The statement; one sentence that stands alone."""
    label: Label
    """What the article makes of it, after adjudication."""
    error: ErrorKind | None = None
    """The way in which an unsupported claim is wrong; null for a supported one."""
    evidence: tuple[Quotes, ...] = ()
    """Minimal sets of quotes, each of which alone decides; none for `not_in_source`."""
    conflict: GoldConflict | None = None
    """For a contradicted claim the shortest pair of words that shows it."""
    speaker: str = ""
    """Who the claim says said it."""
    modality: Modality = Modality.ASSERTED
    """How it puts its matter."""
    difficulty: Difficulty = "medium"
    """How hard it is for a careful reader."""
    annotations: tuple[Label, ...] = ()
    """The independent labels, in the order of the annotators, before adjudication."""
    ambiguous: bool = False
    """Whether careful readers disagree for good; such a claim is in no score."""
    note: str = ""
    """Why the label is what it is; for a disputed one, the reason of the adjudication."""

    @model_validator(mode="after")
    def _label_has_its_words(self) -> Self:
        if self.label is Label.SUPPORTED and (not self.evidence or self.error or self.conflict):
            raise ValueError("a supported claim has evidence, and neither error nor conflict")
        if self.label is Label.CONTRADICTED and not (self.evidence and self.error and self.conflict):
            raise ValueError("a contradicted claim has evidence, an error and a conflict")
        if self.label is Label.NOT_IN_SOURCE and (self.evidence or self.conflict or not self.error):
            raise ValueError("a claim that is not in the source has an error, and neither evidence nor conflict")
        if self.conflict and self.conflict.claim_words not in self.text:
            raise ValueError(f"the claim does not hold the words {self.conflict.claim_words!r}")
        if len(self.annotations) > 1 and len(set(self.annotations)) > 1 and not self.note:
            raise ValueError("the annotators disagree, and no note says how it was settled")
        return self


class GoldSummary(Record):
    """A summary as a list of claims; its text is the claims, one a paragraph."""

    writer: Writer
    """How it came about: errors planted by hand, paraphrased by hand, written by a model, or taken from the article."""
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
    """A case as its file holds it."""

    article: Annotated[str, Field(pattern=r"^[\w.-]{1,100}\.txt$")]
    """File name in the folder `articles`."""
    kind: Text
    """What sort of text it is: earnings report, court verdict, ..."""
    split: Split
    """`dev` to look at and tune on, `test` to report on."""
    key_sentences: tuple[Text, ...] = ()
    """Sentences of the article that a good summary must cover, verbatim."""
    summaries: Annotated[tuple[GoldSummary, ...], Field(min_length=1)]


class Case(NamedTuple):
    """An article with its labelled summaries."""

    id: str
    document: Document
    file: CaseFile

    @property
    def split(self) -> Split:
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


def load_suite(folder: Path | None = None, *, split: Split | None = None) -> Suite:
    """Read `cases/*.json` and `articles/*.txt` of a folder, or of the built-in suite.

    Raises a `CaseError` that names the file, the claim and the fault.
    """
    root: Traversable = folder if folder is not None else files("summarizer.evals")
    name = printable_name(folder.resolve().name) if folder is not None else "built-in suite"
    held = root / "cases"
    names = sorted(path.name for path in held.iterdir() if path.name.endswith(".json")) if held.is_dir() else []
    if not names:
        raise CaseError(f"{name}: has no cases/*.json; name a folder with cases/ and articles/")
    every = [_read(root, one) for one in names]
    _refuse_repeats(every)
    cases = tuple(case for case in every if split in (None, case.split))
    if not cases:
        raise CaseError(f"{name}: has no case of the split {split}")
    return Suite(name if split is None else f"{name}, {split}", cases)


def parse_case(name: str, text: str, article: str) -> Case:
    """Build a case from the text of its file and its article. Raises a `CaseError`."""
    try:
        file = CaseFile.model_validate(json.loads(text, object_pairs_hook=_no_repeats))
    except ValidationError as error:
        first = error.errors()[0]
        raise CaseError(f"{name}: {_place(text, first['loc'])}{first['msg'].removeprefix('Value error, ')}") from None
    except (ValueError, RecursionError) as error:
        raise CaseError(f"{name}: is not JSON as a case should be: {error}") from None
    case = Case(name.removesuffix(".json"), Document.of(article, id="d1", name=file.article), file)
    for quote in file.key_sentences:
        _stands(quote, article, f"{name}: key sentence")
    for claim in case.claims():
        for quote in (quote for one in claim.evidence for quote in one):
            _stands(quote, article, f"{name}: {claim.id}: evidence")
        if claim.conflict:
            _stands(claim.conflict.source_words, article, f"{name}: {claim.id}: conflict")
    return case


def _read(root: Traversable, name: str) -> Case:
    text = _text(root / "cases" / name, name)
    try:
        article = str(json.loads(text)["article"])
    except (ValueError, TypeError, KeyError, RecursionError):
        raise CaseError(f"{name}: is not a JSON object with the name of an article") from None
    if "/" in article or "\\" in article or article.startswith("."):
        raise CaseError(f"{name}: {article!r} is not a file name in the folder articles")
    return parse_case(name, text, _text(root / "articles" / article, f"{name}: article {article}"))


def _text(path: Traversable, name: str) -> str:
    try:
        data = path.read_bytes()
        if len(data) > LARGEST:
            raise CaseError(f"{name}: is larger than {LARGEST:,} bytes")
        return data.decode("utf-8")
    except OSError as error:
        raise CaseError(f"{name}: {error.strerror or 'cannot be read'}") from None
    except UnicodeDecodeError:
        raise CaseError(f"{name}: is not UTF-8") from None


def _no_repeats(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
    repeated = [key for key, count in Counter(key for key, _ in pairs).items() if count > 1]
    if repeated:
        raise ValueError(f"the key {repeated[0]!r} appears twice in one object")
    return dict(pairs)


def _place(text: str, loc: Sequence[int | str]) -> str:
    """`claim NAME: field: ` of an error's location, as far as the file says."""
    node, claim, field = json.loads(text), "", ""
    for step in loc:
        try:
            node = node[step]
        except (KeyError, IndexError, TypeError):
            node = None
        if isinstance(node, dict) and isinstance(node.get("id"), str):
            claim = f"{node['id']}: "
        field = f"{step}: " if isinstance(step, str) and step not in ("summaries", "claims") else field
    return claim + field


def _stands(quote: str, article: str, where: str) -> None:
    if quote not in article:
        shown = quote if len(quote) <= 80 else quote[:79] + "…"
        raise CaseError(f"{where}: these words are not in the article: {shown!r}")


def _refuse_repeats(cases: Sequence[Case]) -> None:
    ids = Counter(claim.id for case in cases for claim in case.claims())
    for case in cases:
        labels: dict[str, Label] = {}
        for claim in case.claims():
            if ids[claim.id] > 1:
                raise CaseError(f"{case.id}.json: {claim.id}: this id is given {ids[claim.id]} times in the suite")
            if labels.setdefault(claim.text, claim.label) is not claim.label:
                raise CaseError(f"{case.id}.json: {claim.id}: the same claim has two labels")
    split = {case.document.sha256: case.split for case in cases}
    for case in cases:
        if split[case.document.sha256] != case.split:
            raise CaseError(f"{case.id}.json: its article is in both dev and test")


def case_schema() -> str:
    """The JSON Schema of a case file, as text."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **CaseFile.model_json_schema()}
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
