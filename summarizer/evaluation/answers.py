"""Score what another system made of the claims: `--predictions-in FILE`, with no judge of ours.

A line or record for each claim: its id, and label (supported, contradicted, not_in_source, unsupported, undecided,
unchecked, or 1 and 0), score (the probability of support), or both. A score alone is a label at a half. Other fields,
as `--predictions` writes them, are not read. Where answers say no more than unsupported every claim is scored on two
classes: a system that cannot tell the two labels of unsupported claims apart is not measured on them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple, cast

from summarizer._version import __version__
from summarizer.errors import CaseError
from summarizer.evaluation.benchmarks.card import by_dataset, digest_of, sorted_by_document, unlabelled_notes
from summarizer.evaluation.benchmarks.files import entries
from summarizer.evaluation.benchmarks.judge import Prediction
from summarizer.evaluation.benchmarks.rows import Row, parse_gold
from summarizer.evaluation.cases import Suite
from summarizer.evaluation.circumstances import circumstances
from summarizer.evaluation.faults import MOST_FAULTS, each_once
from summarizer.evaluation.metrics import ScoredRun, measure, reliability, risk_coverage
from summarizer.evaluation.scorecard import DIGITS, PredictedLabel, Result, RunFacts, Scorecard, SuiteFacts
from summarizer.reading import printable_name
from summarizer.schema import Component, Doubt, Label, Probabilities, Reason

HALF = 0.5
TOLD = "the predictions say no more"
NOT_THERE = "the predictions have no answer for it"


class Answer(NamedTuple):
    """What another system says of a claim."""

    label: PredictedLabel
    score: float | None = None
    binary: bool = False
    """Whether its form cannot tell the two labels of unsupported claims apart: 1 or 0, or a score alone."""


NO_ANSWER = Answer("unchecked")


def read_answers(path: Path) -> dict[str, Answer]:
    """The answers of a file by the id of the claim. Raises a `CaseError` with every fault."""
    found: dict[str, Answer] = {}
    faults: dict[str, list[str]] = {}
    for entry in entries(path):
        try:
            claim = _id(entry.fields.get("id"))
            if claim in found:
                raise ValueError(f"the id {claim[:60]!r} appears twice")
            found[claim] = _answer(entry.fields)
        except ValueError as error:
            faults.setdefault(str(error), []).append(entry.place)
        if len(faults) > MOST_FAULTS:
            break
    if faults:
        raise CaseError(f"{printable_name(path)}: {each_once(faults)}")
    if not found:
        raise CaseError(f"{printable_name(path)}: holds no predictions")
    return found


def score_suite(suite: Suite, answers: Mapping[str, Answer], source: Path) -> Scorecard:
    """The scorecard of a suite under these answers. Raises a `CaseError` for answers to no claim of it."""
    known = [
        {
            "case": case.id,
            "article": case.document.sha256[:DIGITS],
            "claim": claim.id,
            "text": claim.text,
            "writer": summary.writer,
            "split": case.split,
            "gold": claim.label,
            "error": claim.error,
            "difficulty": claim.difficulty,
            "modality": claim.modality,
            "ambiguous": claim.ambiguous,
        }
        for case in suite.cases
        for summary in case.file.summaries
        for claim in summary.claims
    ]
    _refuse_strangers(source, answers, [str(one["claim"]) for one in known])
    results = _results(known, answers)
    counts = [one for one in results if not one.ambiguous]
    facts = SuiteFacts(
        name=suite.name,
        sha256=suite.sha256,
        cases=len(suite.cases),
        claims=len(counts),
        ambiguous=len(results) - len(counts),
    )
    return _card(facts, counts, results, answers, source)


def score_rows(rows: Iterable[Row], answers: Mapping[str, Answer], source: Path, *, name: str) -> Scorecard:
    """The scorecard of rows under these answers. Raises a `CaseError` for answers to none of them, and where none has a label."""
    made = [*_predictions(rows, answers)]
    _refuse_strangers(source, answers, [one.id for one in made])
    labelled = [one for one in made if one.gold is not None]
    if not labelled:
        raise CaseError(f"{name}: none of the {len(made)} claims has a label, so that there is nothing to score")
    results = sorted_by_document(_results([_known(one) for one in labelled if one.row is not None], answers))
    facts = SuiteFacts(
        name=name, sha256=digest_of(made), cases=len({one.document for one in made}), claims=len(results)
    )
    card = _card(facts, results, results, answers, source)
    warnings = (*card.run.warnings, *unlabelled_notes(len(made) - len(labelled), len(made)))
    run = card.run.model_copy(update={"warnings": warnings})
    scored = (one._replace(row=None) for one in made) if _of_two_classes(answers) else made
    return card.model_copy(update={"run": run, "datasets": by_dataset(scored)})


def _predictions(rows: Iterable[Row], answers: Mapping[str, Answer]) -> Iterator[Prediction]:
    for row in rows:
        answer = answers.get(row.id, NO_ANSWER)
        document = sha256(row.document.encode("utf-8")).hexdigest()
        yield Prediction(row.id, row.dataset, answer.label, answer.score, row.label, document, row)


def _known(one: Prediction) -> dict[str, Any]:
    row = cast("Row", one.row)
    return {
        "case": one.document[:DIGITS],
        "claim": row.id,
        "text": row.claim,
        "dataset": row.dataset,
        "split": row.split,
        "gold": row.verdict3 or ("supported" if row.label else "unsupported"),
    }


def _card(
    facts: SuiteFacts,
    counts: Sequence[Result],
    results: Sequence[Result],
    answers: Mapping[str, Answer],
    source: Path,
) -> Scorecard:
    binary = sum(one.binary for one in answers.values())
    missing = sum(one.claim not in answers for one in results)
    notes = (
        f"{binary} of {len(answers)} answers say no more than supported or unsupported; every claim is scored on two classes, "
        "and what needs all three labels is not measurable"
        if _of_two_classes(answers)
        else "",
        f"{missing} of {len(results)} claims have no answer in {printable_name(source.name)} and are unchecked"
        if missing
        else "",
    )
    scored = ScoredRun(results=counts, reports=[], rounds=[counts])
    return Scorecard(
        suite=facts,
        run=RunFacts(
            version=__version__,
            extractor=Component(name="none"),
            judge=Component(name="predictions", model=printable_name(source.name)),
            warnings=tuple(note for note in notes if note),
            **circumstances()._asdict(),
        ),
        metrics=measure(scored),
        reliability=reliability(counts),
        risk_coverage=risk_coverage(counts),
        results=tuple(results),
    )


def _results(known: Sequence[Mapping[str, Any]], answers: Mapping[str, Answer]) -> list[Result]:
    """What the answers make of these claims; one true label for all unsupported ones where the answers have no more."""
    two = _of_two_classes(answers)
    return [
        _result(
            answers.get(str(one["claim"]), NO_ANSWER),
            {**one, "gold": "unsupported"} if two and one["gold"] != Label.SUPPORTED else one,
        )
        for one in known
    ]


def _of_two_classes(answers: Mapping[str, Answer]) -> bool:
    """Whether the answers flag claims without saying as what; where they flag none, whether they could not say it."""
    flagged = [one for one in answers.values() if one.label in ("contradicted", "not_in_source")]
    return any(one.binary for one in flagged or answers.values())


def _result(answer: Answer, facts: Mapping[str, Any]) -> Result:
    score = answer.score
    likely = None if score is None or answer.label == "unchecked" else Probabilities.of(score, 0.0, 1 - score)
    if answer.label == "undecided":
        return Result(**facts, outcome="undecided", doubt=Doubt.NOT_SURE, detail=TOLD, probabilities=likely, checks=0)
    if answer.label == "unchecked":
        detail = NOT_THERE if answer is NO_ANSWER else TOLD
        return Result(**facts, outcome="unchecked", reason=Reason.NO_ANSWER, detail=detail, checks=0)
    return Result(**facts, outcome="verdict", label=Label(answer.label), probabilities=likely, checks=0)


def _refuse_strangers(source: Path, answers: Mapping[str, Answer], claims: Iterable[str]) -> None:
    if strangers := sorted(set(answers).difference(claims)):
        raise CaseError(
            f"{printable_name(source)}: {len(strangers)} answers are for claims that are not scored here, such as "
            f"{strangers[0][:60]!r}; the ids must be those of the suite or the rows"
        )


def _id(value: object) -> str:
    shown = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if not isinstance(shown, str) or not shown:
        raise ValueError("the id is missing")
    return shown


def _answer(fields: Mapping[str, Any]) -> Answer:
    score = _score(fields.get("score"))
    label = fields.get("label")
    if label in (None, ""):
        if score is None:
            raise ValueError("neither label nor score is given")
        return Answer("supported" if score >= HALF else "not_in_source", score, binary=True)
    if label in ("undecided", "unchecked"):
        return Answer(label, score)
    gold = parse_gold(label)
    verdict = gold.verdict3 or Label.NOT_IN_SOURCE
    return Answer(verdict.value, score, binary=str(label).lower() not in set(Label))


def _score(value: object) -> float | None:
    if value in (None, ""):
        return None
    try:
        score = float(str(value))
    except ValueError:
        score = -1.0
    if not 0 <= score <= 1:
        raise ValueError(f"the score {str(value)[:40]!r} is not a probability from 0 to 1")
    return score
