"""A profile is fitted on what judge, witnesses and findings said of labelled claims, and shows what it is worth elsewhere."""

import json
import math
import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from summarizer.calibration import load_profile
from summarizer.cli import summarizer
from summarizer.components import Components
from summarizer.drafts import Judgement, Judgements, QuoteDraft
from summarizer.errors import CaseError
from summarizer.evaluation.calibrating import Observation, fit, observe
from summarizer.evaluation.calibrating.fitting import logistic
from summarizer.evaluation.calibrating.quality import calibration_error, choose
from summarizer.evaluation.case_files import load_suite
from summarizer.evaluation.cases import parted
from summarizer.extraction.sentences import SentenceExtractor
from summarizer.judging import Material
from summarizer.schema import Claim, Component, FindingKind, Label, Probabilities
from summarizer.writing.extractive import ExtractiveWriter
from tests.cli.calls import Done, call

JUDGE = Component(name="chat", model="m")


def test_the_regression_finds_the_equation_that_made_its_labels() -> None:
    drawn = np.random.default_rng(3)
    features = drawn.normal(size=(4_000, 2))
    chances = 1 / (1 + np.exp(-(0.5 + features @ np.array([1.0, -2.0]))))
    labels = drawn.uniform(size=4_000) < chances

    bias, weights = logistic(features, labels, np.ones(4_000), penalty=0.01)

    assert (bias, *weights) == pytest.approx((0.5, 1.0, -2.0), abs=0.15)


def test_labels_that_a_line_parts_give_no_endless_weights() -> None:
    features = np.array([[-9.2], [-9.2], [9.2], [9.2]])

    bias, (weight,) = logistic(features, np.array([False, False, True, True]), np.ones(4), penalty=1.0)

    assert abs(bias) < 0.01
    assert 0.2 < weight < 2


def observed(*, judge: float, witness: float, noise: FindingKind | None = None, count: int = 400) -> list[Observation]:
    """Claims of twenty articles whose judge and witness are right at these rates, each for itself."""
    drawn, found = random.Random(11), []  # noqa: S311 (the same draw each time)
    for number in range(count):
        gold = Label.SUPPORTED if number % 2 else Label.CONTRADICTED
        wrong = Label.CONTRADICTED if gold is Label.SUPPORTED else Label.SUPPORTED
        label = gold if drawn.random() < judge else wrong
        beside = (0.8 if gold is Label.SUPPORTED else 0.2) if drawn.random() < witness else 0.5
        kinds = frozenset({noise} if noise and drawn.random() < 0.3 else ())
        raw = Probabilities.of(*(float(one is label) for one in Label))
        witnesses = {"nli": Probabilities.of(beside, 1 - beside, 0)}
        found.append(Observation(f"case {number // 20}", gold, raw, label, witnesses, kinds))
    return found


def test_a_judge_that_is_always_right_keeps_every_one_of_its_labels() -> None:
    found = fit(observed(judge=1.0, witness=0.0), JUDGE, name="n", data="d", weighs_labels=True)

    assert found.unseen.right == found.unseen.claims == 400
    assert found.profile.support.witnesses == {}


def test_a_witness_that_knows_something_makes_a_weak_judge_better() -> None:
    found = fit(observed(judge=0.7, witness=0.8), JUDGE, name="n", data="d", weighs_labels=True)

    assert found.profile.support.witnesses["nli"] > 0
    assert found.unseen.false_support < found.alone.false_support / 2
    assert found.loss < 0.5


def test_a_judge_that_says_one_thing_of_all_has_no_say() -> None:
    """It calls everything supported; only the witness decides."""
    lazy = [one._replace(raw=Probabilities.of(1, 0, 0), label=Label.SUPPORTED) for one in observed(judge=1, witness=1)]

    found = fit(lazy, JUDGE, name="n", data="d", weighs_labels=True)

    assert found.alone.false_support == 200
    assert found.unseen.false_support == 0


def test_a_finding_that_is_noise_has_no_weight() -> None:
    found = fit(observed(judge=0.8, witness=0.5, noise=FindingKind.DATE), JUDGE, name="n", data="d", weighs_labels=True)

    assert all(weight < 0 for weight in found.profile.support.findings.values())
    assert abs(sum(found.profile.support.findings.values())) < 0.5


def test_too_few_claims_are_an_error_that_counts_them() -> None:
    with pytest.raises(CaseError, match=r"at least 20 sound and 20 unsound claims of 5 articles .* 15 and 15 of 2"):
        fit(observed(judge=1, witness=0, count=30), JUDGE, name="n", data="d", weighs_labels=True)
    with pytest.raises(CaseError, match="there are 0 and 0 of 0"):
        fit([], JUDGE, name="n", data="d", weighs_labels=True)


def test_thresholds_hold_the_precision_that_is_asked_of_them() -> None:
    sound = np.array([True] * 50 + [False] * 50)
    chances = np.array([0.95] * 40 + [0.6] * 10 + [0.6] * 20 + [0.1] * 30)

    chosen = choose(sound, chances)

    assert chosen.supported == 0.605  # from 0.60 on, two of seven unsound ones would pass
    assert chosen.flagged == 0.5
    assert chosen.supported_holds
    assert chosen.flagged_holds


def test_chances_that_say_nothing_hold_nothing_and_it_is_said() -> None:
    chosen = choose(np.array([True, False] * 50), np.full(100, 0.99))

    assert (chosen.supported, chosen.supported_holds, chosen.flagged_holds) == (0.99, False, False)


def test_calibration_error_is_the_distance_from_what_happens() -> None:
    sound = np.array([True] * 80 + [False] * 20)

    assert calibration_error(sound, np.where(sound, 1.0, 0.0), 0.8) == pytest.approx(0.0, abs=1e-9)
    assert calibration_error(sound, np.where(sound, 0.0, 1.0), 0.8) == pytest.approx(1.0, abs=1e-9)


class Believing:
    """Calls every claim supported, and quotes the best passage."""

    destination = "the text stays in this test"
    remote = False
    about = Component(name="believing", model="m")

    async def judge(self, claims: Sequence[Claim], material: Material) -> Judgements:
        def said(claim: Claim) -> Judgement:
            best = (*material.passages[claim.id], *material.sentences)[0]
            quotes = (QuoteDraft(text=best.text, sentence=best.id),)
            return Judgement(claim=claim.id, label=Label.SUPPORTED, quotes=quotes)

        return Judgements(judgements=tuple(map(said, claims)))

    async def close(self) -> None:
        """Nothing is held."""


class Doubting(Believing):
    """Gives every claim the same chance of support."""

    about = Component(name="doubting")

    async def judge(self, claims: Sequence[Claim], material: Material) -> Judgements:
        assert material.sentences
        half = Probabilities.of(0.5, 0.2, 0.3)
        return Judgements(judgements=tuple(Judgement(claim=one.id, probabilities=half) for one in claims))


def test_what_was_said_of_each_labelled_claim_is_observed_and_ambiguous_ones_are_left_out() -> None:
    suite = load_suite(None, split="test")
    built = Components(ExtractiveWriter(), SentenceExtractor(), Believing(), witnesses=(Doubting(),))

    found = observe(suite, built)

    claims = [claim for case in suite.cases for one in case.file.summaries for claim in one.claims]
    assert len(found.observations) + found.left_out == sum(not claim.ambiguous for claim in claims)
    assert found.left_out == 0
    assert {one.raw for one in found.observations} == {Probabilities.of(1, 0, 0)}
    assert {one.witnesses["doubting"].supported for one in found.observations} == {0.5}
    assert {one.label for one in found.observations} == {Label.SUPPORTED}
    assert math.isclose(sum(one.gold is Label.SUPPORTED for one in found.observations) / len(claims), 0.5, abs_tol=0.1)


REPLIES = Path(__file__).parents[2] / "evals" / "replies" / "test.jsonl"
RECORDED = ["--split", "test", "--backend", "replay", "--replies", str(REPLIES), "--claims", "sentence", "--cite", "sentences"]  # fmt: skip


def run(*arguments: str | Path) -> Done:
    return call("eval", *arguments, cwd=Path.cwd())


@pytest.fixture(scope="module")
def fitted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A profile of the recorded model, whose command prints how it does."""
    profile = tmp_path_factory.mktemp("calibrated") / "p.toml"
    done = run("calibrate", "-q", *RECORDED, "--witness", "none", "-o", profile)
    assert done.status == 0, done.stderr
    assert "the judge's labels alone" in done.stdout
    return profile


def test_a_profile_of_recorded_replies_is_used_and_named(fitted: Path) -> None:
    done = run("-q", *RECORDED, "--profile", fitted, "--format", "json")

    assert done.status == 0, done.stderr
    settings = {one["name"]: one["value"] for one in json.loads(done.stdout)["run"]["settings"]}
    assert settings["profile"] == load_profile(fitted).name
    assert load_profile(fitted).weighs_labels
    assert "control_questions" not in settings  # its quality is known


def test_a_profile_of_other_prompts_is_refused(fitted: Path, tmp_path: Path) -> None:
    profile = tmp_path / "other.toml"
    digest = load_profile(fitted).prompts[0].sha256
    profile.write_text(fitted.read_text(encoding="utf-8").replace(digest, "0" * 64), encoding="utf-8")

    done = run("-q", *RECORDED, "--profile", profile)

    assert done.status == 2
    assert "fitted with other prompts" in done.stderr


def test_what_has_no_use_when_a_profile_is_fitted_is_refused(tmp_path: Path) -> None:
    done = run("calibrate", "--prior", "0.5", "-o", tmp_path / "p.toml")

    assert done.status == 2
    assert "--prior: has no use here" in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def bridges(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A suite of six articles in the current folder, the last of which is `test`."""
    monkeypatch.chdir(tmp_path)
    for name in ("articles", "cases"):
        Path(name).mkdir()
    for at in range(6):
        towns = [f"Town{at}{letter}" for letter in "abcd"]
        article = " ".join(f"The bridge of {town} costs {at + 3} million crowns." for town in towns)
        split = "test" if at == 5 else "dev"
        rows = [f"The bridge of {town} costs {at + 3} million crowns.,supported,{split}" for town in towns]
        rows += [f"The bridge of {town} costs {at + 4} million crowns.,contradicted,{split}" for town in towns]
        Path(f"articles/a{at}.txt").write_text(article, encoding="utf-8")
        Path(f"cases/a{at}.csv").write_text("\n".join(["text,label,split", *rows]), encoding="utf-8")
    return tmp_path


def without_splits(folder: Path, *names: str) -> None:
    for path in (folder / "cases").iterdir():
        if path.stem in names:
            lines = path.read_text(encoding="utf-8").splitlines()
            path.write_text("\n".join(line.rsplit(",", 1)[0] for line in lines), encoding="utf-8")


def test_tune_fits_on_dev_and_reports_on_test(bridges: Path) -> None:
    arguments = ("-q", "--suite", ".", "--judge", "lexical", "-o")

    tuned = call("eval", "tune", *arguments, "t.toml", cwd=bridges)
    calibrated = call("eval", "calibrate", "--test", *arguments, "c.toml", cwd=bridges)

    assert tuned.status == 0, tuned.stderr
    assert tuned.stdout == calibrated.stdout
    assert load_profile(bridges / "t.toml").thresholds == load_profile(bridges / "c.toml").thresholds


def test_a_profile_is_fitted_on_labels_that_say_no_more_than_unsupported(bridges: Path) -> None:
    for path in (bridges / "cases").iterdir():
        path.write_text(path.read_text(encoding="utf-8").replace("contradicted", "0"), encoding="utf-8")

    done = call("eval", "tune", "-q", "--suite", ".", "--judge", "lexical", "-o", "t.toml", cwd=bridges)

    assert done.status == 0, done.stderr
    assert done.stdout.startswith("40 claims of 5 articles; 0 left out")
    contradiction = load_profile(bridges / "t.toml").contradiction
    assert (contradiction.bias, contradiction.scale) == (0.0, 1.0)  # as the judge has it


def test_tune_parts_a_suite_without_splits_by_article(bridges: Path) -> None:
    without_splits(bridges, *(f"a{at}" for at in range(6)))

    dev, test = parted(load_suite(bridges))

    assert (len(dev.cases), len(test.cases)) == (4, 2)
    assert {one.document.sha256 for one in dev.cases}.isdisjoint(one.document.sha256 for one in test.cases)
    assert [one.id for one in parted(load_suite(bridges))[1].cases] == [one.id for one in test.cases]


def test_calibrate_with_test_names_tune_for_a_suite_without_splits(bridges: Path) -> None:
    without_splits(bridges, *(f"a{at}" for at in range(6)))

    done = call("eval", "calibrate", "--test", "-q", "--suite", ".", "--judge", "lexical", "-o", "t.toml", cwd=bridges)

    assert (done.status, done.stdout) == (2, "")
    assert done.stderr == "a0: does not say of which split it is, as --test needs; `eval tune` parts the suite itself\n"


def test_tune_refuses_what_it_cannot_part(bridges: Path) -> None:
    arguments = ("eval", "tune", "-q", "--suite", ".", "--judge", "lexical", "-o", "t.toml")
    without_splits(bridges, "a2")
    some = call(*arguments, cwd=bridges)
    (bridges / "cases" / "a2.csv").unlink()
    (bridges / "cases" / "a5.csv").unlink()
    none = call(*arguments, cwd=bridges)

    assert (some.status, none.status) == (2, 2)
    assert some.stderr == "a2: does not say of which split it is, and others do; give each case dev or test\n"
    assert "has no article for the split test" in none.stderr
    assert not (bridges / "t.toml").exists()


def test_a_profile_that_cannot_be_reported_on_is_not_written(tmp_path: Path) -> None:
    dev = REPLIES.with_name("dev.jsonl")
    form: tuple[str | Path, ...] = (*RECORDED[-4:], "--witness", "none", "-o", tmp_path / "p.toml")

    done = run("calibrate", "-q", "--test", "--backend", "replay", "--replies", dev, *form)
    other = run("calibrate", "-q", "--split", "dev", "--backend", "replay", "--replies", REPLIES, *form)

    assert (done.status, done.stdout) == (2, "")
    assert "no fitting replies for" in done.stderr
    assert other.status == 2
    assert "never awaited" not in other.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("bridges")
def test_with_test_the_profile_is_fitted_on_dev_and_scored_on_test() -> None:
    fit = ["eval", "calibrate", "-q", "--suite", ".", "--judge", "lexical", "--test", "-o", "p.toml"]

    done = CliRunner().invoke(summarizer, fit)
    again = CliRunner().invoke(
        summarizer, ["eval", "-q", "--suite", ".", "--judge", "lexical", "--split", "test", "--profile", "p.toml"]
    )

    profile, _, card = done.stdout.partition("\nThe split test, which had no part in the profile:\n\n")
    assert done.exit_code == 0, done.stderr
    assert profile.startswith("40 claims of 5 articles; 0 left out")
    assert "8 claims" in card
    assert card == again.stdout, again.exception
    both = CliRunner().invoke(summarizer, [*fit, "--split", "dev"])
    assert "--split and --test do not go together" in str(both.exception)


def test_a_run_that_is_stopped_begins_no_further_summary() -> None:
    suite = load_suite(None, split="test")
    built = Components(ExtractiveWriter(), SentenceExtractor(), Believing(), witnesses=(Doubting(),))
    done: list[int] = []

    found = observe(suite, built, progress=lambda step: done.append(step.done), stopped=lambda: len(done) == 3)

    assert done == [1, 2, 3]
    first = suite.cases[0].file.summaries
    assert (
        0
        < len(found.observations)
        <= sum(len(one.claims) for one in first) + len(suite.cases[1].file.summaries[0].claims)
    )
