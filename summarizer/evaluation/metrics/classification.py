"""How good the decisions are: over all claims, and over those that were decided."""

from collections.abc import Callable
from typing import get_args

from summarizer.evaluation.cases import Difficulty
from summarizer.evaluation.error_kinds import KINDS, is_of_ones_own
from summarizer.evaluation.metrics.definition import (
    Compute,
    Further,
    MetricDefinition,
    ScoredRun,
    Share,
    Test,
    always,
    both,
    by_part,
    decided,
    flagged,
    mean,
    passed,
    supported,
    unsupported,
)
from summarizer.evaluation.scorecard import Metric, Result
from summarizer.schema import Label

LABELS = tuple(label.value for label in Label)


def balanced(only: Test) -> tuple[Share, Share]:
    """The two halves of balanced accuracy over some of the claims."""
    return Share(both(only, supported), passed), Share(both(only, unsupported), flagged)


def said(label: str) -> Test:
    return lambda one: one.label == label


def true(label: str) -> Test:
    return lambda one: one.gold == label


def three_way(one: Result) -> bool:
    """Whether it is known which of the three labels is true."""
    return one.gold != "unsupported"


def right(one: Result) -> bool:
    return one.right


def _known(label: str) -> Test:
    """Whether it is known if that label is the true one; of a claim that is only unsupported, that it is not supported."""
    return always if label == "supported" else three_way


def _where_known(compute: Compute) -> Compute:
    """Not measurable where claims are known to be unsupported, and of none in which way: only misses would count."""

    def told(name: str, run: ScoredRun) -> Metric | None:
        unsound = [one for one in run.results if unsupported(one)]
        return compute(name, ScoredRun(()) if unsound and not any(map(three_way, unsound)) else run)

    return told


def _of_label(share: Callable[[str], Share]) -> Compute:
    """A score of each label."""
    return by_part(lambda label: mean(share(label)) if label == "supported" else _where_known(mean(share(label))))


def _precision(label: str) -> Share:
    return Share(both(said(label), _known(label)), true(label))


def _f1(label: str) -> Share:
    """Twice the hits over what was said plus what is true: a ratio of sums, so that articles can be drawn."""
    is_said, is_true = said(label), true(label)
    return Share(
        both(decided, both(_known(label), lambda one: is_said(one) or is_true(one))),
        always,
        value=lambda one: 2.0 * (is_said(one) and is_true(one)),
        weight=lambda one: float(is_said(one)) + float(is_true(one)),
    )


def _of_error(kind: str) -> Compute:
    return mean(Share(lambda one: one.error == kind, flagged))


def _own_kinds(run: ScoredRun) -> list[str]:
    return sorted({one.error for one in run.results if one.error and is_of_ones_own(one.error)})


def _of_difficulty(level: str) -> Compute:
    return mean(Share(both(decided, lambda one: one.difficulty == level), right))


BALANCED_ALL = balanced(always)
CAUGHT = Share(unsupported, flagged)
FALSE_ALARMS = Share(supported, flagged)
FALSE_SUPPORT = Share(unsupported, passed)
THREE_WAY_ALL = Share(always, right)

METRICS = (
    MetricDefinition(
        "balanced_accuracy",
        "balanced accuracy",
        "mean of two shares: of the supported claims those called supported, of the others those flagged; an undecided or unchecked claim counts as wrong",
        "higher",
        "share",
        mean(*BALANCED_ALL),
        section="headline",
        column="balanced",
        compared=BALANCED_ALL,
    ),
    MetricDefinition(
        "accuracy_three_way_all",
        "three-way accuracy, all",
        "share of all claims with the right one of the three labels (flagged, where the label is only unsupported); undecided and unchecked count as wrong",
        "higher",
        "share",
        mean(THREE_WAY_ALL),
        section="headline",
        column="three-way",
        compared=(THREE_WAY_ALL,),
    ),
    MetricDefinition(
        "recall_unsupported",
        "unsupported claims caught",
        "share of the unsupported claims that are flagged: called contradicted or not in the source",
        "higher",
        "share",
        mean(CAUGHT),
        section="headline",
        column="caught",
        compared=(CAUGHT,),
    ),
    MetricDefinition(
        "false_support",
        "false support",
        "share of the unsupported claims that are called supported",
        "lower",
        "share",
        mean(FALSE_SUPPORT),
        section="headline",
        column="false support",
        compared=(FALSE_SUPPORT,),
    ),
    MetricDefinition(
        "false_alarms",
        "false alarms",
        "share of the supported claims that are flagged: called contradicted or not in the source",
        "lower",
        "share",
        mean(FALSE_ALARMS),
        section="headline",
        compared=(FALSE_ALARMS,),
    ),
    MetricDefinition(
        "selective_balanced_accuracy",
        "balanced accuracy, decided",
        "balanced accuracy of the decided claims alone; read it beside decision_coverage",
        "higher",
        "share",
        mean(*balanced(decided)),
        section="headline",
    ),
    MetricDefinition(
        "macro_f1",
        "macro F1, decided",
        "mean over the three labels of F1, over the decided claims",
        "higher",
        "share",
        _where_known(mean(*(_f1(label) for label in LABELS))),
        section="headline",
    ),
    MetricDefinition(
        "precision/*",
        "precision",
        "of the claims with that verdict, the share that have that label",
        "higher",
        "share",
        _of_label(_precision),
        parts=LABELS,
        section="label",
    ),
    MetricDefinition(
        "recall/*",
        "recall",
        "of the decided claims with that label, the share that get that verdict",
        "higher",
        "share",
        by_part(lambda label: mean(Share(both(decided, true(label)), said(label)))),
        parts=LABELS,
        section="label",
    ),
    MetricDefinition(
        "f1/*",
        "F1",
        "harmonic mean of precision and recall of that label, over the decided claims",
        "higher",
        "share",
        _of_label(_f1),
        parts=LABELS,
        section="label",
    ),
    MetricDefinition(
        "recall_unsupported/*",
        "unsupported claims caught",
        "share of the claims with that kind of error that are flagged",
        "higher",
        "share",
        by_part(_of_error, lambda kind, results: any(one.error == kind for one in results)),
        parts=KINDS,
        further=Further(is_of_ones_own, _own_kinds, "kinds of a suite's own, which begin with x_"),
        section="error",
    ),
    MetricDefinition(
        "accuracy/*",
        "three-way accuracy, decided",
        "share of the decided claims of that difficulty with the right one of the three labels",
        "higher",
        "share",
        by_part(_of_difficulty, lambda _level, results: any(one.difficulty for one in results)),
        parts=get_args(Difficulty),
        section="difficulty",
    ),
)
