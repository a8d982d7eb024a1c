"""Raw probabilities become calibrated ones by two equations in log-odds, and a profile file is checked."""

import math
from pathlib import Path

import pytest

from summarizer.calibration import CalibrationProfile, Equation, Thresholds, load_profile, to_toml
from summarizer.errors import SettingsError
from summarizer.schema import Finding, FindingKind, Probabilities, PromptDigest, Span

PLAIN = Equation(bias=0.0, scale=1.0)
RAW = Probabilities(supported=0.6, contradicted=0.3, not_in_source=0.1)
NUMBER = Finding(kind=FindingKind.NUMBER, claim=Span(start=0, end=1))


def profile(support: Equation = PLAIN) -> CalibrationProfile:
    return CalibrationProfile(
        version=1,
        name="test",
        judge="test",
        model="m",
        prior=0.5,
        support=support,
        contradiction=PLAIN,
        thresholds=Thresholds(supported=0.8, flagged=0.6),
    )


def log_odds(probability: float) -> float:
    return math.log(probability / (1 - probability))


def test_a_plain_profile_leaves_probabilities_as_they_are() -> None:
    found = profile().calibrated(RAW, prior=0.5)

    assert (found.supported, round(found.contradicted, 3), round(found.not_in_source, 3)) == (0.6, 0.3, 0.1)


def test_the_prior_shifts_the_log_odds() -> None:
    found = profile().calibrated(RAW, prior=0.8)

    assert log_odds(found.supported) == pytest.approx(log_odds(0.6) + math.log(4), abs=1e-3)
    assert found.supported == pytest.approx(0.857, abs=1e-3)


def test_a_kind_of_finding_weighs_once_however_many_there_are() -> None:
    weighed = profile(Equation(bias=0.0, scale=1.0, findings={FindingKind.NUMBER: -1.0}))

    assert weighed.calibrated(RAW, [NUMBER], prior=0.5) == weighed.calibrated(RAW, [NUMBER, NUMBER], prior=0.5)
    assert log_odds(weighed.calibrated(RAW, [NUMBER], prior=0.5).supported) == pytest.approx(
        log_odds(0.6) - 1, abs=1e-3
    )


def test_a_witness_adds_its_weighted_log_odds_and_a_silent_one_nothing() -> None:
    weighed = profile(Equation(bias=0.0, scale=1.0, witnesses={"other": 0.5}))
    doubting = {"other": Probabilities(supported=0.2, contradicted=0.0, not_in_source=0.8)}

    assert weighed.calibrated(RAW, prior=0.5).supported == 0.6
    assert log_odds(weighed.calibrated(RAW, (), doubting, prior=0.5).supported) == pytest.approx(
        log_odds(0.6) + 0.5 * log_odds(0.2), abs=1e-3
    )


@pytest.mark.parametrize(
    ("fitted", "prior", "supported"),
    [(0.5, 0.5, 0.6), (0.5, 0.8, 6 / 7), (0.5, 0.2, 3 / 11), (0.8, 0.8, 0.6), (0.8, 0.5, 3 / 11)],
)
def test_the_prior_moves_support_by_known_values(fitted: float, prior: float, supported: float) -> None:
    found = profile().model_copy(update={"prior": fitted}).calibrated(RAW, prior=prior)

    assert found.supported == pytest.approx(supported, abs=1e-3)


def test_findings_witness_and_judge_add_up_each_once() -> None:
    support = Equation(bias=0.1, scale=0.5, witnesses={"other": 0.5}, findings={FindingKind.NUMBER: -1.0})
    witness = {"other": Probabilities(supported=0.2, contradicted=0.0, not_in_source=0.8)}

    found = profile(support).calibrated(RAW, [NUMBER, NUMBER], witness, prior=0.5)

    expected = 0.1 + 0.5 * log_odds(0.6) + 0.5 * log_odds(0.2) - 1
    assert log_odds(found.supported) == pytest.approx(expected, abs=2e-3)


def test_more_raw_support_is_never_less_calibrated_support() -> None:
    grid = [step / 20 for step in range(21)]
    found = [profile().calibrated(Probabilities.of(one, 0, 1 - one), prior=0.8).supported for one in grid]

    assert found == sorted(found)
    assert 0 <= found[0] < 0.01
    assert 0.99 < found[-1] <= 1


FILE = """
version = 1
name = "n"
judge = "nli"
model = "m"
prior = 0.5
support = { bias = 0.0, scale = 1.0, findings = { number = -0.5 } }
contradiction = { bias = 0.0, scale = 1.0 }
thresholds = { supported = 0.8, flagged = 0.6 }
"""


def test_a_file_that_is_written_is_read_as_the_same_profile(tmp_path: Path) -> None:
    path = tmp_path / "p.toml"
    prompts = (PromptDigest(name="judge.md", sha256="0" * 64),)
    nasty = 'say "\\n" \x7f \u2028 \U0001f600 # ]'
    support = Equation(bias=-0.1, scale=1e-05, witnesses={"a b": 0.5}, findings={FindingKind.NUMBER: -1.0})
    written = profile(support).model_copy(
        update={
            "name": nasty,
            "model": nasty,
            "weighs_labels": True,
            "witnessed_from": 9,
            "prompts": prompts,
            "fitted": {"claims": 3},
        }
    )

    for encoding in ("utf-8", "utf-8-sig"):  # the second is what Notepad makes of it
        path.write_text(to_toml(written, command="summarizer eval calibrate"), encoding=encoding)

        assert load_profile(path) == written


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_a_file_is_read(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "p.toml"
    path.write_text(FILE, encoding=encoding)

    assert load_profile(path).support.findings == {FindingKind.NUMBER: -0.5}


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("version = 1", "version = 2", "has version 2; this release reads version 1"),
        ("number =", "numbr =", "support.findings"),
        ("prior = 0.5", "prior = 1", "prior"),
        ("supported = 0.8", "supported = 80", "thresholds.supported"),
        ('judge = "nli"', "judge =", "is not TOML"),
        ('judge = "nli"', f"judge = {'[' * 20_000}", "is not TOML: it is nested too deep"),
    ],
)
def test_a_wrong_file_is_one_line_that_names_the_fault(tmp_path: Path, old: str, new: str, message: str) -> None:
    path = tmp_path / "p.toml"
    path.write_text(FILE.replace(old, new), encoding="utf-8")

    with pytest.raises(SettingsError, match=r"p\.toml: ") as caught:
        load_profile(path)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"none\.toml: cannot be read: No such file"):
        load_profile(tmp_path / "none.toml")
