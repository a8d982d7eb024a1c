"""What a run of `eval` scores and how: a suite or rows, and the policy that it is held to."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from summarizer.cli.cards import gated

if TYPE_CHECKING:
    from summarizer.components import Components
    from summarizer.evaluation.benchmarks import Prediction
    from summarizer.evaluation.cases import Suite
    from summarizer.evaluation.policy import Policy
    from summarizer.evaluation.run import Progress
    from summarizer.evaluation.scorecard import Scorecard
    from summarizer.llm.ledger import Ledger


def policy(given: dict[str, Any]) -> "Policy | None":
    """The policy of `--gate`."""
    from summarizer.evaluation.policy import load_policy  # noqa: PLC0415 (quick --help)

    return load_policy(given["gate"]) if given["gate"] else None


def status(cards: "Sequence[tuple[str, Scorecard]]") -> int:
    """Say which bars are not met; 1 if there are any, and 3 where a claim has no answer."""
    from summarizer.evaluation.metrics import FAILED  # noqa: PLC0415 (quick --help)

    missed = max((gated(card.bars, run=name) for name, card in cards if card.bars), default=0)
    return missed or (3 if any(one.reason in FAILED for _, card in cards for one in card.counted()) else 0)


def scorer(given: dict[str, Any], ledger: "Ledger") -> "Callable[[Components], Scorecard]":
    """What scores a set-up: over a suite, or over rows."""
    from summarizer.cli.progress import evaluating  # noqa: PLC0415 (quick --help)
    from summarizer.evaluation.run import evaluate  # noqa: PLC0415

    if given["jsonl"]:
        return _row_scorer(given, ledger)
    found = suite(given)

    def score(components: "Components") -> "Scorecard":
        with evaluating(ledger, given, found) as progress, _recording(given, found, progress) as told:
            return evaluate(
                found,
                components,
                repeat=given["repeat"],
                coverage=given["coverage"],
                progress=told,
                stopped=lambda: ledger.stopped,
            )

    return score


@contextmanager
def _recording(given: dict[str, Any], of: "Suite", progress: "Progress | None") -> "Iterator[Progress | None]":
    """The same progress, which also writes the predictions where they are asked for."""
    from summarizer.errors import OutputError  # noqa: PLC0415 (quick --help)
    from summarizer.evaluation.predictions import recording  # noqa: PLC0415

    out = given["predictions"]
    if out is None:
        yield progress
        return
    try:
        with out.open("w", encoding="utf-8", newline="\n") as file:
            yield recording(file, dataset=of.name, then=progress)
    except OSError as error:
        raise OutputError(f"{out}: cannot be written: {error.strerror or error}") from None


def _row_scorer(given: dict[str, Any], ledger: "Ledger") -> "Callable[[Components], Scorecard]":
    from summarizer.cli.progress import judging  # noqa: PLC0415 (quick --help)
    from summarizer.errors import OutputError  # noqa: PLC0415
    from summarizer.evaluation.benchmarks import evaluate_rows, recorded, rows_of  # noqa: PLC0415

    paths, out = given["jsonl"], given["predictions"]
    _look_for_labels(given)

    def watch(predictions: "Iterator[Prediction]") -> "Iterator[Prediction]":
        with judging(ledger, given, predictions) as judged:
            if out is None:
                yield from judged
                return
            try:
                with out.open("w", encoding="utf-8", newline="\n") as file:
                    yield from recorded(judged, file)
            except OSError as error:
                raise OutputError(f"{out}: cannot be written: {error.strerror or error}") from None

    def score(components: "Components") -> "Scorecard":
        return evaluate_rows(
            lambda: rows_of(paths, split=given["split"], limit=given["limit"]),
            components,
            name=name_of_rows(given),
            repeat=given["repeat"],
            watch=watch,
            stopped=lambda: ledger.stopped,
        )

    return score


def _look_for_labels(given: dict[str, Any]) -> None:
    """Warn of rows without a label before any is judged. Raises a `CaseError` where there is nothing to score or write."""
    from summarizer.errors import CaseError  # noqa: PLC0415 (quick --help)
    from summarizer.evaluation.benchmarks import rows_of, unlabelled_notes  # noqa: PLC0415

    whole = unlabelled = 0
    for row in rows_of(given["jsonl"], split=given["split"], limit=given["limit"]):
        whole += 1
        unlabelled += row.label is None
    named = ", ".join(map(str, given["jsonl"]))
    if not whole:
        raise CaseError(f"{named}: no claim of the split {given['split']}")
    if unlabelled == whole and not given["predictions"]:
        raise CaseError(
            f"{named}: none of the {whole} claims has a label, so that there is nothing to score; give each row the field "
            "label, or have what is made of them written with --predictions OUT"
        )
    for note in unlabelled_notes(unlabelled, whole) if not given["quiet"] else ():
        click.echo(f"summarizer: warning: {note}", err=True)


def suite(given: dict[str, Any]) -> "Suite":
    """The suite, of one split, and of the first articles where there is a limit."""
    from summarizer.evaluation.case_files import load_suite  # noqa: PLC0415 (quick --help)

    found = load_suite(given["suite"], split=given["split"])
    if given["limit"]:
        articles = [*dict.fromkeys(case.document.sha256 for case in found.cases)][: given["limit"]]
        cases = tuple(case for case in found.cases if case.document.sha256 in articles)
        found = found._replace(name=f"{found.name}, first {given['limit']}", cases=cases)
    return found


def name_of_rows(given: dict[str, Any]) -> str:
    """What a scorecard calls the rows of `--jsonl`."""
    from summarizer.reading import printable_name  # noqa: PLC0415 (quick --help)

    names = [printable_name(path.name) for path in given["jsonl"]]
    parts = [", ".join(names), given["split"], f"first {given['limit']}" if given["limit"] else None]
    return ", ".join(part for part in parts if part)
