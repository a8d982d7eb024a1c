"""Metrics of other packages: found by their entry points, measured like ours, and told apart where they fail."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from summarizer.errors import UsageError
from summarizer.evaluation.metrics import ScoredRun, definition_of, measure, metric_names, nearest_name, registry
from summarizer.schema import Label
from tests.evaluation.results import result

Install = Callable[[str], None]
RUN = ScoredRun([result(number, Label.SUPPORTED, Label.SUPPORTED) for number in range(6)])
MODULE = """
from summarizer.evaluation.metrics import MetricDefinition
from summarizer.evaluation.metrics.definition import Share, mean

long = Share(lambda one: True, lambda one: len(one.text) > 3)
METRICS = [MetricDefinition("long_claims", "long claims", "share of long claims", "lower", "share", mean(long))]
"""


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """Install a package with one module of metrics, called `house`."""

    def written(module: str) -> None:
        facts = tmp_path / "house_metrics-1.dist-info"
        facts.mkdir()
        (facts / "METADATA").write_text("Metadata-Version: 2.1\nName: house-metrics\nVersion: 1\n")
        (facts / "entry_points.txt").write_text("[summarizer.metrics]\nhouse = house_metrics:METRICS\n")
        (tmp_path / "house_metrics.py").write_text(module)
        monkeypatch.syspath_prepend(tmp_path)
        registry._installed.cache_clear()

    yield written
    registry._installed.cache_clear()
    sys.modules.pop("house_metrics", None)


def test_a_metric_of_an_installed_package_is_measured_and_named_like_ours(install: Install) -> None:
    install(MODULE)

    found = {metric.name: metric for metric in measure(RUN)}

    assert (found["long_claims"].value, found["long_claims"].n) == (1.0, 6)
    assert metric_names()[-1] == "long_claims"
    assert nearest_name("long_claim") == "long_claims"
    definition = definition_of("long_claims")
    assert definition is not None
    assert definition.better == "lower"


@pytest.mark.parametrize(
    ("module", "said"),
    [
        (MODULE.replace("long_claims", "auroc"), "'auroc' is taken"),
        (MODULE.replace("long_claims", "long claims!"), "is no name of a metric"),
        (
            MODULE.replace('"lower"', '"less"'),
            "long_claims: better is 'less', and has to be one of higher, lower, neither",
        ),
        (MODULE.replace("mean(long)", "mean(long), section='house'"), "long_claims: section is 'house'"),
        ("METRICS = 7", "are no metrics"),
        ("raise RuntimeError('no licence')", "cannot be loaded: RuntimeError: no licence"),
    ],
)
def test_a_package_of_metrics_that_cannot_be_used_is_named(install: Install, module: str, said: str) -> None:
    install(module)

    with pytest.raises(UsageError, match=r"the metrics 'house' of house_metrics:METRICS") as caught:
        measure(RUN)

    assert said in str(caught.value)


def test_a_metric_that_fails_is_named_and_ends_the_run(install: Install) -> None:
    install(MODULE.replace("mean(long)", "lambda name, run: 1 / 0"))

    with pytest.raises(UsageError, match="the metric 'long_claims' fails: ZeroDivisionError"):
        measure(RUN)


def test_a_metric_that_answers_for_another_name_is_refused(install: Install) -> None:
    install(MODULE.replace("mean(long)", "lambda name, run: mean(long)('auroc', run)"))

    with pytest.raises(UsageError, match="gives no Metric of that name"):
        measure(RUN)
