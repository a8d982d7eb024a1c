"""Cases that are a table of claims: CSV, JSON lines or Parquet, under the name of their article.

    articles/storm.txt
    cases/storm.csv       text,label
                          Snow shut two roads.,supported
                          The mayor resigned.,0

A text and a label are enough. Further columns are used where they are given: id, evidence (a quote, or a list of them),
error, claim_words and source_words (the pair that conflicts), speaker, modality, difficulty, note, writer; and split and
kind, which are those of the whole case.
"""

import contextlib
import json
from collections.abc import Iterable, Mapping
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from summarizer.errors import CaseError
from summarizer.evaluation.benchmarks.files import entries
from summarizer.evaluation.benchmarks.rows import parse_gold
from summarizer.evaluation.case_files import article_of, build_case
from summarizer.evaluation.cases import Case
from summarizer.evaluation.faults import MOST_FAULTS, each_once

OF_A_CLAIM = ("id", "error", "speaker", "modality", "note")
OF_A_CASE = ("split", "kind", "writer")
KNOWN = {"text", "label", "evidence", "claim_words", "source_words", "difficulty", *OF_A_CLAIM, *OF_A_CASE}


def table_case(root: Traversable, name: str) -> Case:
    """Read the table `cases/NAME` and its article. Raises a `CaseError` with every fault."""
    if not isinstance(root, Path):
        raise CaseError(f"{name}: a table of claims is read from a folder only")
    stem = name.rsplit(".", 1)[0]
    article = article_of(root, f"{stem}.txt", name)
    records = ((entry.place, entry.fields) for entry in entries(root / "cases" / name))
    try:
        facts = case_facts(f"{stem}.txt", records)
    except ValueError as error:
        raise CaseError(f"{name}: {error}") from None
    return build_case(name, facts, article)


def case_facts(article: str, records: Iterable[tuple[object, Mapping[str, Any]]]) -> dict[str, Any]:
    """What a case file would say of these records, each with its place. Raises a `ValueError` with every fault."""
    claims: list[dict[str, Any]] = []
    of_case: dict[str, Any] = {}
    faults: dict[str, list[str]] = {}
    for place, fields in records:
        given = {key: value for key, value in fields.items() if value not in (None, "")}
        try:
            claims.append(_claim(given))
            _take(given, of_case)
        except ValueError as error:
            faults.setdefault(str(error), []).append(str(place))
        if len(faults) > MOST_FAULTS:
            break
    if faults:
        raise ValueError(each_once(faults))
    if not claims:
        raise ValueError("holds no claims; a table needs the columns text and label, and a row for each claim")
    writer = of_case.pop("writer", None)
    return {"article": article, **of_case, "summaries": [{"writer": writer, "claims": claims}]}


def _take(given: Mapping[str, Any], of_case: dict[str, Any]) -> None:
    for key in OF_A_CASE:
        if key in given and of_case.setdefault(key, given[key]) != given[key]:
            raise ValueError(f"the {key} is {str(given[key])[:40]!r}, and {str(of_case[key])[:40]!r} further up")


def _claim(given: Mapping[str, Any]) -> dict[str, Any]:
    if unknown := sorted(set(given) - KNOWN):
        raise ValueError(f"no column is called {unknown[0][:40]!r}; there are: {', '.join(sorted(KNOWN))}")
    if not isinstance(given.get("text"), str):
        raise ValueError("the text is missing")
    gold = parse_gold(given.get("label"))
    if gold.label is None:
        raise ValueError("the label is missing")
    claim: dict[str, Any] = {
        "text": given["text"],
        "label": (gold.verdict3 or "unsupported"),
        "difficulty": given.get("difficulty"),
        **{key: str(given[key]) for key in OF_A_CLAIM if key in given},
    }
    if "evidence" in given:
        claim["evidence"] = evidence_sets(given["evidence"])
    pair = {key: given[key] for key in ("claim_words", "source_words") if key in given}
    if pair:
        claim["conflict"] = pair
    return claim


def evidence_sets(value: Any) -> Any:
    """Sets of quotes of one quote, of a list of quotes that decide together, or of a list of such lists."""
    if isinstance(value, str):
        with contextlib.suppress(ValueError):
            value = _listed(value)
    if isinstance(value, str):
        return [[value]]
    flat = isinstance(value, list) and all(isinstance(one, str) for one in value)
    return [value] if flat else value


def _listed(text: str) -> Any:
    """A list that stands in a cell as JSON. Raises a `ValueError` where it is none."""
    found = json.loads(text)
    if not isinstance(found, list):
        raise ValueError("not a list")
    return found
