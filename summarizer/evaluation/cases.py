"""Read and validate hand-labelled cases; broken ones are an error that names every file, claim and fault.

A case is an article with one or several summaries, each a list of claims with
their labels. A text and a label are enough; where there are quotes, they are checked
against the article letter by letter.
"""

import hashlib
import json
import operator
from collections import Counter
from collections.abc import Iterator, Sequence
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple, Self, get_args

from pydantic import Field, ValidationError, model_validator

from summarizer.errors import CaseError
from summarizer.evaluation.error_kinds import ErrorName
from summarizer.evaluation.faults import all_of, faults_of, missing, without_faults
from summarizer.reading import printable_name
from summarizer.schema import Document, Label, Modality, Record, Span, Text

Split = Literal["dev", "test"]
Writer = Literal["planted", "paraphrased", "model", "extractive"]
Difficulty = Literal["easy", "medium", "hard"]
GoldLabel = Label | Literal["unsupported"]
"""A true label; `unsupported` where nobody said whether the claim is contradicted or not in the source."""
ENDINGS = (".json", ".csv", ".jsonl", ".ndjson", ".parquet")
"""What the names of case files end in."""
LARGEST = 4_000_000  # bytes of a case file or an article
MOST_ROUNDS = 4  # of looking behind faults; a fault hides those of its own claim only
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


def load_suite(folder: Path | None = None, *, split: Split | None = None) -> Suite:
    """Read `cases/` and `articles/*.txt` of a folder, or of the built-in suite.

    A case is a JSON file, or a table of claims (CSV, JSON lines, Parquet) under the name of its article. Raises a
    `CaseError` that names files, claims and faults.
    """
    root: Traversable = folder if folder is not None else files("summarizer.evals")
    name = printable_name(folder.resolve().name) if folder is not None else "built-in suite"
    held = root / "cases"
    names = sorted(path.name for path in held.iterdir() if path.name.endswith(ENDINGS)) if held.is_dir() else []
    if not names:
        raise CaseError(f"{name}: has no cases/*.json or tables of claims; name a folder with cases/ and articles/")
    every: list[Case] = []
    facts: list[_Facts] = []
    faults: list[str] = []
    for one in names:
        try:
            every.append(read_case(root, one))
        except _FaultyCaseError as error:
            faults.append(str(error))
            facts.append(error.facts)
        except CaseError as error:
            faults.append(str(error))
    facts += [_Facts(case.name, case.file.model_dump(), case.document.sha256) for case in every]
    faults += _repeats(sorted(facts, key=lambda one: one.name))
    if faults:
        raise CaseError(all_of(faults))
    cases = tuple(case for case in every if split in (None, case.split))
    if silent := next((case for case in every if split and case.split is None), None):
        raise CaseError(f"{silent.id}: does not say of which split it is; leave out --split")
    if not cases:
        raise CaseError(f"{name}: has no case of the split {split}")
    return Suite(name if split is None else f"{name}, {split}", cases)


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


def parse_case(name: str, text: str, article: str) -> Case:
    """Build a case from the text of its file and its article. Raises a `CaseError` with every fault."""
    try:
        facts = json.loads(text, object_pairs_hook=_no_repeats)
    except (ValueError, RecursionError) as error:
        raise CaseError(f"{name}: is not JSON as a case should be: {error}") from None
    return build_case(name, facts, article)


def build_case(name: str, facts: Any, article: str) -> Case:
    """Build a case from what its file says and its article. Raises a `CaseError` with every fault."""
    stem = name.rsplit(".", 1)[0]
    whole = _whole(facts, stem)
    document = Document.of(article, id="d1", name="article")
    try:
        file, faults = _validated(whole)
    except RecursionError as error:
        raise CaseError(f"{name}: is not JSON as a case should be: {error}") from None
    faults += _misquoted(whole, article)
    if file is None or faults:
        raise _FaultyCaseError(f"{name}: {all_of(faults)}", _Facts(name, whole, document.sha256))
    return Case(stem, Document.of(article, id="d1", name=file.article), file, name)


class _Facts(NamedTuple):
    """What a file says, right or wrong."""

    name: str
    whole: Any
    article: str
    """Digest of the article."""


class _FaultyCaseError(CaseError):
    """A case with faults, and what can be read of it all the same."""

    def __init__(self, message: str, facts: _Facts) -> None:
        super().__init__(message)
        self.facts = facts


def _validated(whole: Any) -> tuple[CaseFile | None, list[str]]:
    """The case, or its faults; a field at fault hides others of its claim, so these are looked for without it."""
    faults: dict[str, None] = {}
    rest = whole
    for _ in range(MOST_ROUNDS):
        try:
            file = CaseFile.model_validate(rest)
        except ValidationError as error:
            told = [one for one in faults_of(whole, error) if not (faults and one.endswith(": is missing"))]
            if faults.keys() >= set(told):
                break
            faults |= dict.fromkeys(told)
            rest = without_faults(rest, error)
        else:
            return (None if faults else file), [*faults]
    return None, [*faults]


def _whole(facts: Any, stem: str) -> Any:
    """The same with every claim in a summary and under an id."""
    if not isinstance(facts, dict):
        return facts
    whole = dict(facts)
    if "claims" in whole and "summaries" not in whole:
        whole["summaries"] = [{"claims": whole.pop("claims")}]
    if not isinstance(whole.get("summaries"), list):
        return whole
    number = 0
    summaries = []
    for summary in whole["summaries"]:
        claims = summary.get("claims") if isinstance(summary, dict) else None
        named = []
        for claim in claims if isinstance(claims, list) else []:
            number += 1
            named.append({"id": f"{stem}-{number}", **claim} if isinstance(claim, dict) else claim)
        summaries.append({**summary, "claims": named} if isinstance(claims, list) else summary)
    return {**whole, "summaries": summaries}


def _misquoted(whole: Any, article: str) -> Iterator[str]:
    if not isinstance(whole, dict):
        return
    for quote in _texts_of(whole.get("key_sentences")):
        yield from missing(quote, article, "key sentence")
    for claim in _claims_of(whole):
        for quote in (quote for one in _list_of(claim.get("evidence")) for quote in _texts_of(one)):
            yield from missing(quote, article, f"{claim.get('id')}: evidence")
        conflict = claim.get("conflict")
        for quote in _texts_of([conflict.get("source_words")] if isinstance(conflict, dict) else ()):
            yield from missing(quote, article, f"{claim.get('id')}: conflict")


def _claims_of(whole: Any) -> Iterator[dict[str, Any]]:
    """The claims of a case that may have faults, as far as they are any."""
    for summary in _list_of(whole.get("summaries") if isinstance(whole, dict) else None):
        claims = _list_of(summary.get("claims") if isinstance(summary, dict) else None)
        yield from (claim for claim in claims if isinstance(claim, dict))


def _list_of(value: Any) -> Sequence[Any]:
    return value if isinstance(value, (list, tuple)) else ()


def _texts_of(value: Any) -> list[str]:
    return [one for one in _list_of(value) if isinstance(one, str)]


def read_case(root: Traversable, name: str) -> Case:
    """Read a case of that file name, a table of claims or JSON. Raises a `CaseError` with every fault."""
    if not name.endswith(".json"):
        from summarizer.evaluation.tables import table_case  # noqa: PLC0415 (it needs this module)

        return table_case(root, name)
    text = text_of(root / "cases" / name, name)
    try:
        article = str(json.loads(text)["article"])
    except (ValueError, TypeError, KeyError, RecursionError):
        raise CaseError(f"{name}: is not a JSON object with the name of an article") from None
    if "/" in article or "\\" in article or article.startswith("."):
        raise CaseError(f"{name}: {article!r} is not a file name in the folder articles")
    return parse_case(name, text, text_of(root / "articles" / article, f"{name}: article {article}"))


def text_of(path: Traversable, name: str) -> str:
    """The text of a file to the letter. Raises a `CaseError` under `name`."""
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


def _repeats(cases: Sequence[_Facts]) -> Iterator[str]:
    """An id that is given more than once, a claim with two labels, an article in two splits: each once."""
    held = [(case.name, claim) for case in cases for claim in _claims_of(case.whole)]
    ids = Counter(str(claim.get("id")) for _, claim in held)
    told: set[str] = set()
    labels: dict[tuple[str, str], str] = {}
    for name, claim in held:
        own, text, label = (str(claim.get(key)) for key in ("id", "text", "label"))
        if ids[own] > 1 and own not in told:
            told.add(own)
            yield f"{name}: {own}: this id is given {ids[own]} times in the suite"
        if labels.setdefault((name, text), label) != label:
            yield f"{name}: {own}: the same claim has two labels"
    splits: dict[str, Any] = {}
    for case in cases:
        split = case.whole.get("split") if isinstance(case.whole, dict) else None
        if splits.setdefault(case.article, split) != split:
            yield f"{case.name}: its article is in both dev and test"


def case_schema() -> str:
    """The JSON Schema of a case file, as text."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **CaseFile.model_json_schema()}
    claims = dict(schema["$defs"]["GoldSummary"]["properties"]["claims"])
    schema["properties"]["claims"] = claims | {"description": "The claims of one summary, in place of `summaries`."}
    schema["required"] = ["article"]
    schema["oneOf"] = [{"required": ["summaries"]}, {"required": ["claims"]}]
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
