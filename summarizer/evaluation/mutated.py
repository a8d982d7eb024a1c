"""A suite of articles with their sentences as they are, and with errors put in by code: a self-test without labels.

article --supported claims--> sentences --mutations--> Mutant* --mutated_suite--> Suite --evaluate--> Scorecard
"""

import json
import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Any

from summarizer.drafts import ClaimDraft
from summarizer.errors import CaseError
from summarizer.evaluation.case_files import LARGEST, parse_case
from summarizer.evaluation.cases import Case, Suite
from summarizer.extraction.sentences import extract_claims
from summarizer.language.sentences import Sentence
from summarizer.language.sentences import sentences as sentences_of
from summarizer.mutation import SEED, Mutant, mutations, spread, stated
from summarizer.schema import Document, Label

CLAIMS = 12
UNSAFE = re.compile(r"[^A-Za-z0-9_-]+")
LONGEST_NAME = 80


def mutated_suite(documents: Sequence[Document], *, claims: int = CLAIMS, seed: int = SEED) -> Suite:
    """Return a suite with a case for each document: its sentences, and their mutants.

    At most `claims` sentences of each are taken, spread over it. The first summary of a case has no errors; each of
    the others has at most one mutant of a sentence, so that no summary has two versions of it. Raises a `CaseError`
    for a document without a usable sentence.
    """
    names = _names([document.name for document in documents])
    cases = tuple(_case(document, name, claims, seed) for document, name in zip(documents, names, strict=True))
    return Suite("mutated sentences", cases)


def case_files(suite: Suite) -> Iterator[tuple[str, str]]:
    """Paths and texts of the files from which `load_suite` reads the suite again."""
    for case in suite.cases:
        if len(case.document.text.encode("utf-8")) > LARGEST:
            raise CaseError(f"{case.id}: its article is larger than {LARGEST:,} bytes, so that no case can hold it")
        yield f"articles/{case.file.article}", case.document.text
        yield f"cases/{case.id}.json", _written(case.file.model_dump(mode="json", exclude_defaults=True))


def _case(document: Document, name: str, claims: int, seed: int) -> Case:
    every = sentences_of(document)
    chosen = spread(list(stated(document, every)), claims)
    if [word for _, draft in chosen for word in draft.text.split()] == document.text.split():
        chosen = chosen[1:]  # a text is no summary of itself, and `check` says so
    if not chosen:
        raise CaseError(
            f"{document.name}: has too few sentences that state something by themselves; give a longer text"
        )
    unbroken = [_claim(name, sentence, draft.text, draft) | {"label": Label.SUPPORTED} for sentence, draft in chosen]
    used = {one["text"].lower() for one in unbroken}
    broken: list[list[dict[str, Any]]] = []
    for sentence, _ in chosen:
        own = []
        for mutant in mutations(sentence, document, every, seed=seed):
            if mutant.text.lower() not in used:
                used.add(mutant.text.lower())
                own.append(_broken(name, sentence, mutant))
        broken.append(own)
    rounds = [[one for one in own if one is not None] for own in zip_longest(*broken)]
    summaries = [{"writer": "planted", "claims": own} for own in (unbroken, *rounds)]
    facts = {"article": f"{name}.txt", "kind": "unlabelled", "split": "dev", "summaries": summaries}
    return parse_case(f"{name}.json", _written(facts), document.text)


def _claim(name: str, sentence: Sentence, text: str, draft: ClaimDraft) -> dict[str, Any]:
    return {
        "id": f"{name}-{sentence.number}",
        "text": text,
        "evidence": [[sentence.text]],
        "speaker": draft.speaker or "",
        "modality": draft.modality,
        "note": f"sentence {sentence.number + 1} of the article",
    }


def _broken(name: str, sentence: Sentence, mutant: Mutant) -> dict[str, Any]:
    draft = extract_claims(Document.of(mutant.text))[0]
    facts = _claim(name, sentence, mutant.text, draft)
    facts |= {"id": f"{name}-{sentence.number}-{mutant.kind}", "error": mutant.kind}
    facts["note"] += f", broken by code: {mutant.kind}"
    if mutant.kind == "dropped_attribution":
        return facts | {"label": Label.NOT_IN_SOURCE, "evidence": []}
    conflict = {"claim_words": mutant.claim_words, "source_words": mutant.source_words}
    return facts | {"label": Label.CONTRADICTED, "conflict": conflict}


def _written(facts: dict[str, Any]) -> str:
    return json.dumps(facts, indent=2, ensure_ascii=False) + "\n"


def _names(given: Sequence[str]) -> list[str]:
    """A safe name for each document, and none twice: the file name without its ending."""
    found: list[str] = []
    for one in given:
        base = UNSAFE.sub("-", re.sub(r"\.\w{1,5}\Z", "", one)).strip("-")[:LONGEST_NAME] or "article"
        name, number = base, 2
        while name.lower() in (other.lower() for other in found):
            name, number = f"{base}-{number}", number + 1
        found.append(name)
    return found
