"""Read and validate hand-labelled cases; broken ones are an error that names every file, claim and fault."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import ValidationError

from summarizer.errors import CaseError
from summarizer.evaluation.cases import Case, CaseFile, Split, Suite
from summarizer.evaluation.faults import all_of, faults_of, missing, without_faults
from summarizer.reading import printable_name
from summarizer.schema import Document
from summarizer.shipped import shipped

ENDINGS = (".json", ".csv", ".jsonl", ".ndjson", ".parquet")
"""What the names of case files end in."""
LARGEST = 4_000_000  # bytes of a case file or an article
MOST_ROUNDS = 4  # of looking behind faults; a fault hides those of its own claim only


def load_suite(folder: Path | None = None, *, split: Split | None = None) -> Suite:
    """Read `cases/` and `articles/*.txt` of a folder, or of the built-in suite.

    A case is a JSON file, or a table of claims (CSV, JSON lines, Parquet) under the name of its article. Raises a
    `CaseError` that names files, claims and faults.
    """
    root: Traversable = folder if folder is not None else shipped("evals")
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


def files_of(folder: Path) -> list[Path]:
    """The files of a suite: cases and articles."""
    return [path for part in ("cases", "articles") for path in (folder / part).glob("*")]


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
    held = [(case, claim) for case in cases for claim in _claims_of(case.whole)]
    ids = Counter(str(claim.get("id")) for _, claim in held)
    told: set[str] = set()
    labels: dict[tuple[str, str], tuple[str, str]] = {}
    for (name, _, article), claim in held:
        own, text, label = (str(claim.get(key)) for key in ("id", "text", "label"))
        if ids[own] > 1 and own not in told:
            told.add(own)
            yield f"{name}: {own}: this id is given {ids[own]} times in the suite"
        other, where = labels.setdefault((article, text), (label, name))
        if other != label:
            elsewhere = "" if where == name else f", the other in {where}"
            yield f"{name}: {own}: the same claim has two labels{elsewhere}"
    splits: dict[str, Any] = {}
    for case in cases:
        split = case.whole.get("split") if isinstance(case.whole, dict) else None
        if splits.setdefault(case.article, split) != split:
            yield f"{case.name}: its article is in both dev and test"
