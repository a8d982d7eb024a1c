"""What a judge, its witnesses and the findings said of each labelled claim of a suite, before anything was decided."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from summarizer import api
from summarizer.calibration import VERSION, CalibrationProfile, Equation, Thresholds
from summarizer.components import Components
from summarizer.deciding import DecisionOptions, Testimony, raw_of
from summarizer.errors import UnavailableError
from summarizer.evaluation.align import by_place
from summarizer.evaluation.cases import Case, GoldLabel, GoldSummary, Suite
from summarizer.evaluation.run import Progress, Step
from summarizer.llm.side_by_side import side_by_side
from summarizer.schema import Document, FindingKind, Label, Probabilities


class Observation(NamedTuple):
    """One labelled claim with all that an equation may read; its least supported part stands for it."""

    case: str
    """`Case.id`; of several cases of one article that of the first, so that an article is in one fold."""
    gold: GoldLabel
    raw: Probabilities
    """Of the judge; a bare label counts as certain."""
    label: Label | None
    """What the judge decided by itself."""
    witnesses: Mapping[str, Probabilities]
    kinds: frozenset[FindingKind]


class Observed(NamedTuple):
    """The observations of a suite, and what was seen of the run."""

    observations: tuple[Observation, ...]
    left_out: int
    """Labelled claims that the judge did not answer, or whose label stands whatever a profile says."""


def observe(
    suite: Suite,
    components: Components,
    *,
    progress: Progress | None = None,
    stopped: Callable[[], bool] = lambda: False,
) -> Observed:
    """Check every summary of the suite and keep what was said of each labelled claim; ambiguous ones are left out.

    The judge is asked as it will be with a profile: with its witnesses and second questions, without control questions.
    Once `stopped` is true no further summary is begun. Connections and files of the components are closed at the end.
    Raises a `BackendError` where nothing at all could be judged.
    """
    return api.run(components, _observed(suite, components, progress, stopped), close=True)


def _listening(components: Components) -> Components:
    """The components under a profile that changes nothing and has every witness heard."""
    judge = components.judge.about
    heard = {witness.about.name: 0.0 for witness in components.witnesses}
    plain = CalibrationProfile(
        version=VERSION,
        name="none yet",
        judge=judge.name,
        model=judge.model or judge.name,
        prior=0.5,
        support=Equation(bias=0.0, scale=1.0, witnesses=heard),
        contradiction=Equation(bias=0.0, scale=1.0),
        thresholds=Thresholds(supported=1.0, flagged=1.0),
        weighs_labels=components.deciding.profile is None or components.deciding.profile.weighs_labels,
    )
    return components._replace(deciding=DecisionOptions(profile=plain), controls=False)


async def _observed(
    suite: Suite, components: Components, progress: Progress | None, stopped: Callable[[], bool]
) -> Observed:
    jobs = [(case, summary) for case in suite.cases for summary in case.file.summaries]
    first = {case.document.sha256: case.id for case in reversed(suite.cases)}
    listening = _listening(components)
    found: dict[int, list[Observation]] = {}
    failures: list[UnavailableError] = []
    left_out = 0

    async def one(place: int, case: Case, gold: GoldSummary) -> None:
        nonlocal left_out
        if stopped():
            return
        try:
            found[place], without = await _of_summary(case, gold, listening, name=first[case.document.sha256])
        except UnavailableError as error:
            failures.append(error)
            found[place], without = [], sum(not claim.ambiguous for claim in gold.claims)
        left_out += without
        if progress:
            progress(Step(case.id, len(found), len(jobs), ()))

    # Begun one by one where nothing is waited for: a failure leaves none that was made and never awaited.
    work = (one(place, case, gold) for place, (case, gold) in enumerate(jobs))
    if components.remote:
        await side_by_side([*work])
    else:
        for own in work:
            await own
    if failures and len(failures) == len(found):
        raise failures[0]
    return Observed(tuple(seen for place in sorted(found) for seen in found[place]), left_out)


async def _of_summary(
    case: Case, gold: GoldSummary, components: Components, *, name: str
) -> tuple[list[Observation], int]:
    said: dict[str, Testimony] = {}
    components = components._replace(listener=lambda one: said.update({one.claim.id: one}))
    summary = Document.of(gold.text, id="summary", name=", ".join(filter(None, (case.id, gold.writer))))
    report = await api.acheck(summary, case.document, backend=components, kind="claims")
    profile = components.deciding.profile
    found, left_out = [], 0
    for claim, checks in zip(gold.claims, by_place(report.checks, gold.spans), strict=True):
        if claim.ambiguous:
            continue
        heard = [said[check.claim.id] for check in checks if check.claim.id in said]
        if len(heard) < len(checks) or not all(profile and _usable(one, profile) for one in heard) or not heard:
            left_out += 1
            continue
        found.append(_observation(name, claim.label, heard))
    return found, left_out


def _usable(testimony: Testimony, profile: CalibrationProfile) -> bool:
    """Whether a profile has a say: the judge answered, and a label came with words that stand in the source."""
    judgement = testimony.grounded.judgement
    worded = judgement.label in (None, Label.NOT_IN_SOURCE) or bool(testimony.grounded.evidence)
    return raw_of(judgement) is not None and profile.weighs(judgement.label) and worded


def _observation(case: str, gold: GoldLabel, parts: Sequence[Testimony]) -> Observation:
    def support(one: Testimony) -> tuple[float, float]:
        raw = raw_of(one.grounded.judgement)
        return (raw.supported if raw else 0.0), min((own.supported for own in one.witnesses.values()), default=0.0)

    least = min(parts, key=support)
    raw = raw_of(least.grounded.judgement)
    if raw is None:
        raise ValueError("a judgement that says nothing was observed")  # `_usable` leaves none
    kinds = frozenset(one.kind for part in parts for one in part.findings)
    return Observation(case, gold, raw, least.grounded.judgement.label, dict(least.witnesses), kinds)
