"""Read and validate hand-labelled cases; broken ones are an error that names every file, claim and fault."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
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

ENDINGS = (".json", ".csv", ".tsv", ".jsonl", ".ndjson", ".parquet")
"""What the names of case files end in, in capitals too."""
ASIDE = re.compile(r"\A\.|~\Z|\.md\Z|\Areadme(?:\.txt|\.rst)?\Z|\A(?:thumbs\.db|desktop\.ini)\Z", re.IGNORECASE)
LARGEST = 4_000_000  # bytes of a case file or an article
MOST_ROUNDS = 4  # of looking behind faults; a fault hides those of its own claim only


def load_suite(folder: Path | None = None, *, split: Split | None = None) -> Suite:
    """Read `cases/` and `articles/*.txt` of a folder, or of the built-in suite.

    A case is a JSON file, or a table of claims (CSV, JSON lines, Parquet) under the name of its article. Raises a
    `CaseError` that names files, claims and faults.
    """
    root: Traversable = folder if folder is not None else shipped("evals")
    name = printable_name(folder.resolve().name) if folder is not None else "built-in suite"
    names, faults = names_in(root / "cases")
    if not names and not faults:
        raise CaseError(f"{name}: has no cases/*.json or tables of claims; name a folder with cases/ and articles/")
    every, facts, broken = _read_all(root, names)
    if faults := [*faults, *broken, *_repeats(facts)]:
        raise CaseError(all_of(faults))
    cases = tuple(case for case in every if split in (None, case.split))
    if silent := next((case for case in every if split and case.split is None), None):
        raise CaseError(f"{silent.id}: does not say of which split it is; leave out --split")
    if not cases:
        raise CaseError(f"{name}: has no case of the split {split}")
    return Suite(name if split is None else f"{name}, {split}", cases)


def refuse_in_suite(case: Case, folder: Path) -> None:
    """Raise a `CaseError` where this case, in place of the one of its name, would give the suite of the folder a new fault."""
    every, facts, _ = _read_all(folder, names_in(folder / "cases")[0])
    known = {*_repeats(facts)}
    with_it = [*(one for one in facts if one.name != case.name), _facts_of(case)]
    if faults := [one for one in _repeats(with_it) if one not in known]:
        raise CaseError(all_of(faults))
    splits = {one.split for one in every if one.name != case.name}
    if case.split is None and splits - {None}:
        raise CaseError(f"{case.name}: does not say of which split it is, and other cases do; --split says it")
    if case.split and splits == {None}:
        raise CaseError(
            f"{case.name}: no other case says of which split it is; leave out --split, or give each one its own"
        )


def _read_all(root: Traversable, names: Sequence[str]) -> tuple[list[Case], list["_Facts"], list[str]]:
    """The cases of these names, what can be read of each, right or wrong, and what is wrong with one by itself."""
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
    return every, [*facts, *map(_facts_of, every)], faults


def names_in(folder: Traversable, endings: tuple[str, ...] = ENDINGS) -> tuple[list[str], list[str]]:
    """The names of the files of a folder that are read, in order, and the fault of each other one.

    Hidden files, notes in Markdown, a README and what editors leave are no fault.
    """
    names = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
    own = [name for name in names if not ASIDE.search(name)]
    read = [name for name in own if name.lower().endswith(endings)]
    known = ", ".join(endings)
    where = f"rename it, or move it out of {folder.name}"
    return read, [f"{printable_name(one)}: ends in none of {known}: {where}" for one in own if one not in read]


def other_form(path: Path) -> str | None:
    """The name of the case of that article in another form than `path`; None where there is none."""
    names, _ = names_in(path.parent)
    return next((name for name in names if name != path.name and Path(name).stem == path.stem), None)


def files_of(folder: Path) -> list[Path]:
    """The files of a suite: cases and articles."""
    return [path for part in ("cases", "articles") for path in (folder / part).glob("*")]


def parse_case(name: str, text: str, article: str) -> Case:
    """Build a case from the text of its file and its article. Raises a `CaseError` with every fault."""
    return build_case(name, json_facts(text, name), article)


def build_case(name: str, facts: Any, article: str) -> Case:
    """Build a case from what its file says and its article, with LF in every text. Raises a `CaseError` with every fault."""
    stem = name.rsplit(".", 1)[0]
    article = with_line_feeds(article)
    document = Document.of(article, id="d1", name="article")
    try:
        whole = _whole(with_line_feeds(facts), stem)
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


def _facts_of(case: Case) -> _Facts:
    return _Facts(case.name, case.file.model_dump(), case.document.sha256)


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
    if not name.lower().endswith(".json"):
        from summarizer.evaluation.tables import table_case  # noqa: PLC0415 (it needs this module)

        return table_case(root, name)
    facts = json_facts(text_of(root / "cases" / name, name), name)
    return build_case(name, facts, article_of(root, facts["article"], name))


def json_facts(text: str, name: str) -> dict[str, Any]:
    """What a case or a draft in JSON says. Raises a `CaseError` with line and column, or where it names no article."""
    try:
        facts = json.loads(text, object_pairs_hook=_no_repeats)
    except (ValueError, RecursionError) as error:
        raise CaseError(f"{name}: is not JSON as a case should be: {error}") from None
    if not isinstance(facts, dict) or not isinstance(facts.get("article"), str):
        raise CaseError(f"{name}: is not a JSON object with the name of an article")
    return facts


def article_of(root: Traversable, article: str, name: str) -> str:
    """The text of the article that the file `name` is of. Raises a `CaseError` where it is not there, or is empty."""
    if any(sign in article for sign in "/\\\0") or article.startswith("."):
        raise CaseError(f"{name}: {article!r} is not a file name in the folder articles")
    text = text_of(root / "articles" / article, f"{name}: article {article}")
    if not text.strip():
        raise CaseError(f"{name}: article {article}: is empty")
    return text


def text_of(path: Traversable, name: str) -> str:
    """The text of a file without byte order mark, its lines ended by LF. Raises a `CaseError` under `name`."""
    try:
        data = path.read_bytes()
        if len(data) > LARGEST:
            raise CaseError(f"{name}: is larger than {LARGEST:,} bytes")
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except OSError as error:
        raise CaseError(f"{name}: {error.strerror or 'cannot be read'}") from None
    except UnicodeDecodeError:
        raise CaseError(f"{name}: is not UTF-8; save it as UTF-8") from None


def with_line_feeds(facts: Any) -> Any:
    r"""The same with LF for CRLF in every text: a checkout may change line ends, and no label or quote with them.

    >>> with_line_feeds({"evidence": [["Snow\r\nfell."]]})
    {'evidence': [['Snow\nfell.']]}
    """
    if isinstance(facts, str):
        return facts.replace("\r\n", "\n")
    if isinstance(facts, dict):
        return {key: with_line_feeds(value) for key, value in facts.items()}
    return [with_line_feeds(one) for one in facts] if isinstance(facts, (list, tuple)) else facts


def _no_repeats(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
    repeated = [key for key, count in Counter(key for key, _ in pairs).items() if count > 1]
    if repeated:
        raise ValueError(f"the key {repeated[0]!r} appears twice in one object")
    return dict(pairs)


def _repeats(facts: Iterable[_Facts]) -> Iterator[str]:
    """An id that is given more than once, a claim with two labels, an article in two splits: each once."""
    cases = sorted(facts, key=lambda one: one.name)
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
