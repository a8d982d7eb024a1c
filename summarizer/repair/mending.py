"""From a report to the mended summary: every try is checked by the components of the run, and so is the whole."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from summarizer import pipeline
from summarizer.accepted import carried
from summarizer.components import Components
from summarizer.errors import RepairError
from summarizer.llm.tokens import total
from summarizer.repair.leaning import leaned_on, leaning_after, names_another
from summarizer.repair.pairs import Origin, Swap
from summarizer.repair.passages import Passage, is_failed, is_open, is_problem, is_supported, passages_of
from summarizer.repair.reckoned import is_reckoned
from summarizer.repair.removals import widened
from summarizer.repair.rewriting import smallest
from summarizer.repair.tries import Sources, Taken, chosen, composed, sources_of, tries_of
from summarizer.schema import (
    Check,
    Document,
    Edit,
    EditKind,
    Evidence,
    Label,
    Repair,
    Report,
    Span,
    Verdict,
    distance_of,
    edited,
)
from summarizer.writing import Fixes, Wrong

AROUND = 1  # sentences of the source before and after the nearest ones that a model is shown
NEARLY_EVEN = (
    0.4  # chance of support from which on what is called contradicted is left for the reader and not taken out
)
MOST_SHOWN = 8  # sentences of the source for one statement


class Mended(NamedTuple):
    """A report with its repair, and the check of the mended summary."""

    report: Report
    after: Report
    """The report of the mended summary; where nothing was edited the same as before."""


async def mend_report(report: Report, components: Components) -> Mended:
    """Put right what is contradicted or not in the source. Raises a `RepairError` and a `BackendError`."""
    passages, reckoned = _sorted_out(report)
    if not passages:
        repair = _repair(report, (), reckoned)
        return Mended(report.model_copy(update={"repair": repair}), report)
    sources = sources_of(report, passages)
    fixes = await _proposed(passages, report.summary.text, sources, components)
    tries = [
        one
        for number, passage in enumerate(passages)
        for one in tries_of(passage, report.summary.text, sources, fixes.texts.get(_name(number)))
    ]
    # Of the tries only the outcomes count, so that nobody is asked which key sentences they cover.
    judging = components._replace(reads_summary=None, finder=None)
    rounds = [await _checked(composed(tries), report, judging)] if tries else []
    taken, unknown = chosen(tries, rounds[0].checks if rounds else ())
    edits, left = _edits(report, passages, taken, unknown)
    repair = _repair(report, edits, [*left, *reckoned])
    after = report
    notes: tuple[str, ...] = ()
    if edits:
        checked = await _checked(repair.text, report, components)
        rounds.append(checked)
        after = carried(report, checked, edits)
        notes = after.run.warnings[len(checked.run.warnings) :]
        refuse_worse(report, after)
    return Mended(_with_repair(report, repair, rounds, fixes, notes), after)


def _sorted_out(report: Report) -> tuple[tuple[Passage, ...], list[Check]]:
    """The passages to put right, and the problems whose values follow from the source's in another form."""
    every = passages_of(report)
    sources = sources_of(report, every)
    apart = [
        one for one in every
        if all(is_reckoned(check, sources.sentences, sources.near[check.claim.id]) for check in one.problems)
    ]  # fmt: skip
    return tuple(one for one in every if one not in apart), [check for one in apart for check in one.problems]


async def plan_fixes(report: Report, components: Components) -> None:
    """Ask the fixer of a dry run about every statement: which of them are wrong is not known before the real run."""
    stating = [one for one in report.checks if not one.states_nothing]
    every = [Passage(one.claim.origin.start, one.claim.origin.end, (one,), ()) for one in stating]
    await _proposed(every, report.summary.text, sources_of(report, every), components)


def _name(number: int) -> str:
    return f"c{number + 1}"


async def _proposed(passages: Sequence[Passage], summary: str, sources: Sources, components: Components) -> Fixes:
    """What a model proposes for the passages; nothing where the run has none."""
    if not components.fixer:
        return Fixes({})
    wrong = [
        Wrong(_name(number), one.words(summary).of(summary), _label(one), tuple(_shown(one, sources)))
        for number, one in enumerate(passages)
    ]
    return await components.fixer.fix(wrong)


def _label(passage: Passage) -> Label:
    labels = [one.outcome.label for one in passage.problems if isinstance(one.outcome, Verdict)]
    return Label.CONTRADICTED if Label.CONTRADICTED in labels else Label.NOT_IN_SOURCE


def _shown(passage: Passage, sources: Sources) -> list[str]:
    """The sentences of the source that are nearest to the problems, with those beside them, in order."""
    shown: dict[tuple[str, int], str] = {}
    for one in (sentence for check in passage.problems for sentence in sources.near[check.claim.id]):
        split = sources.sentences[one.document]
        places = range(max(0, one.number - AROUND), min(len(split), one.number + AROUND + 1))
        beside = {(one.document, place): split[place].text for place in places}
        if len(shown.keys() | beside.keys()) <= MOST_SHOWN:
            shown |= beside
    return [shown[place] for place in sorted(shown)]


def _open(report: Report) -> list[Check]:
    return [check for check in report.checks if is_open(check)]


def _ids(checks: Sequence[Check]) -> tuple[str, ...]:
    return tuple(check.claim.id for check in checks)


async def _checked(text: str, report: Report, components: Components) -> Report:
    summary = Document.of(text, id=report.summary.id, name=report.summary.name)
    return await pipeline.check_given(summary, report.documents, components, (), covers=False)


def _with_repair(
    report: Report, repair: Repair, rounds: Sequence[Report], fixes: Fixes, notes: tuple[str, ...]
) -> Report:
    """The report with its repair, with what that cost, and with notes on what was accepted by hand."""
    own = [fixes.usage] if fixes.usage and fixes.usage.calls else []
    usage = total([*(stage for one in (report, *rounds) for stage in one.run.usage.stages), *own])
    changed = {"usage": usage, "warnings": (*report.run.warnings, *fixes.warnings, *notes), "fixer": fixes.by}
    return Report(
        documents=report.documents, summary=report.summary, checks=report.checks, coverage=report.coverage,
        run=report.run.model_copy(update=changed), repair=repair,
    )  # fmt: skip


def _edits(
    report: Report, passages: Sequence[Passage], taken: Mapping[Passage, Taken], unknown: set[Passage]
) -> tuple[tuple[Edit, ...], list[Check]]:
    """The edits in order, and the problems that stay: words or sentences that others need, or tries that nobody checked."""
    summary = report.summary.text
    put_in = _once(passages, taken)
    out = [
        one for one in passages
        if not (one in put_in or one.others or one in unknown or any(map(_is_nearly_even, one.problems)))
    ]  # fmt: skip
    for passage in _renaming(report, put_in, out):
        del put_in[passage]
    needed = leaned_on(summary, [one.place for one in out], _instead(put_in))
    out = [one for one in out if one.place not in needed]
    found = [
        _swap_edit(summary, part, one.evidence)
        for one in put_in.values() for swap in one.swaps for part in _parts(swap, summary)
    ]  # fmt: skip
    cuts = widened(summary, [(one.start, one.end) for one in out])
    found += [_removal(summary, passage, cut) for passage, cut in zip(out, cuts, strict=True)]
    left = [check for one in passages if one not in put_in and one not in out for check in one.problems]
    return tuple(sorted(found, key=lambda one: one.span.start)), left


def _once(passages: Sequence[Passage], taken: Mapping[Passage, Taken]) -> dict[Passage, Taken]:
    """What is put in, no sentence of the source twice."""
    found: dict[Passage, Taken] = {}
    sentences: set[str] = set()
    for passage in passages:
        if passage in taken:
            whole = {one.after for one in taken[passage].swaps if one.origin is Origin.SENTENCE}
            if not whole & sentences:
                sentences |= whole
                found[passage] = taken[passage]
    return found


def _renaming(report: Report, put_in: Mapping[Passage, Taken], out: Sequence[Passage]) -> list[Passage]:
    """The passages in which somebody else would be named than the next sentence, which stays, speaks of."""
    summary, instead, going = report.summary.text, _instead(put_in), {None, *(one.start for one in out)}
    return [
        one for one, new in put_in.items()
        if names_another(one.words(summary).of(summary), new.text, report.documents)
        if leaning_after(summary, one.end, instead) not in going
    ]  # fmt: skip


def _instead(put_in: Mapping[Passage, Taken]) -> dict[int, str]:
    return {one.start: new.text for one, new in put_in.items()}


def _is_nearly_even(check: Check) -> bool:
    """Whether the judge is so little sure of a contradiction, of which it has no better words, that nothing is to go for that."""
    outcome = check.outcome
    if not isinstance(outcome, Verdict) or outcome.label is not Label.CONTRADICTED or outcome.probabilities is None:
        return False
    return outcome.probabilities.supported >= NEARLY_EVEN


def _parts(one: Swap, summary: str) -> tuple[Swap, ...]:
    return smallest(one, summary) if one.origin is Origin.SENTENCE else (one,)


def _swap_edit(summary: str, one: Swap, supports: tuple[Evidence, ...]) -> Edit:
    kind = EditKind.SENTENCE if one.origin is Origin.SENTENCE else EditKind.SWAP
    return Edit(
        claim=one.claim, kind=kind, span=Span(start=one.start, end=one.end), before=summary[one.start : one.end],
        after=one.after, reason=one.reason, evidence=(one.evidence,) if one.evidence else supports,
    )  # fmt: skip


def _removal(summary: str, passage: Passage, cut: tuple[int, int]) -> Edit:
    first = passage.problems[0]
    contradicted = _label(passage) is Label.CONTRADICTED
    why = "contradicted, and no words of the source could take the place of its own"
    start, end = cut
    return Edit(
        claim=first.claim.id, kind=EditKind.REMOVAL, span=Span(start=start, end=end), before=summary[start:end], after="",
        reason=why if contradicted else "the source does not say it", evidence=first.shown,
    )  # fmt: skip


def _repair(report: Report, edits: tuple[Edit, ...], left: Sequence[Check]) -> Repair:
    text = edited(report.summary.text, edits)
    if not text.strip():
        raise RepairError(
            f"{report.summary.name}: nothing would be left of the summary: no statement of it stands in the source; "
            "write another"
        )
    stays = {*_ids(left), *_ids(_open(report))}
    return Repair(
        edits=edits, text=text, distance=distance_of(edits),
        left_open=tuple(one for one in _ids(report.checks) if one in stays),
    )  # fmt: skip


def refuse_worse(before: Report, after: Report) -> None:
    """Raise a `RepairError` where a mended summary is not at least as good as what it was made from."""
    name = before.summary.name
    failed = sum(map(is_failed, after.checks)) - sum(map(is_failed, before.checks))
    if failed > 0:
        raise RepairError(f"{name}: {failed} statements of the mended summary could not be checked; run it again")
    problems = [sum(map(is_problem, one.checks)) for one in (before, after)]
    if problems[1] > problems[0]:
        raise RepairError(
            f"{name}: mended, it would have {problems[1]} problems instead of {problems[0]}; nothing is offered, mend it by hand"
        )
    kept = " ".join(after.summary.text.split())
    wrong = [" ".join(one.claim.text.split()) for one in after.checks if is_problem(one)]
    for check in filter(is_supported, before.checks):
        words = " ".join(check.claim.origin.of(before.summary.text).split())
        if words not in kept or " ".join(check.claim.text.split()) in wrong:
            raise RepairError(
                f"{name}: mended, it would lose a supported statement: “{check.claim.text}”; nothing is offered, mend it by hand"
            )
