"""The nli judge around its network: windows, evidence, languages, digests. The network is a tiny one."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from summarizer import BackendError, Components, Report, SettingsError, UsageError, assemble, check, resolve
from summarizer.judging.copies import is_copy, says_the_same
from summarizer.judging.nli import NliJudge
from summarizer.judging.nli.model import Chances, CrossEncoder, cross_encoder
from summarizer.language.english import is_english
from summarizer.schema import Doubt, Label, Reason, Unchecked, Undecided, Verdict

pytest.importorskip("onnx", reason="onnx is not installed (pip install 'checked-summarizer[test]')")
from tests.judging.tiny_network import write

PROFILE = """
version = 1
name = "tiny"
judge = "nli"
model = "MODEL"
prior = 0.5

[support]
bias = 0.0
scale = 1.0

[contradiction]
bias = 0.0
scale = 1.0

[thresholds]
supported = 0.8
flagged = 0.75
"""
# The network reads "yes", "no" and "perhaps" in the evidence; the other words bring sentences together, and a sentence
# between two keeps them out of each other's windows.
ARTICLE = (
    "The harbour opened in spring, yes. Time went by. The old mill burned down, no. Time went by. "
    "The library moved to the square, perhaps. Time went by. The ferry sails in winter. It rained for a week in the hills."
)


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    cross_encoder.cache_clear()
    return write(tmp_path / "weights")


def profile_of(weights: Path) -> str:
    """A profile for the weights of a folder."""
    return PROFILE.replace("MODEL", f"tiny@{CrossEncoder(weights).digest[:12]}")


@pytest.fixture
def judge(weights: Path, tmp_path: Path) -> Components:
    (tmp_path / "profile.toml").write_text(profile_of(weights), encoding="utf-8")
    settings = {"judge": "nli", "weights": str(weights), "profile": str(tmp_path / "profile.toml"), "prior": 0.5}
    return assemble(resolve(settings))


def labels(report: Report) -> list[str]:
    return [one.outcome.label.value if isinstance(one.outcome, Verdict) else one.outcome.kind for one in report.checks]


def test_each_claim_is_read_with_its_own_passages(judge: Components) -> None:
    claims = (
        "The harbour began to work in spring. The old mill is fine. The library was moved. The ferry sails all year."
    )

    report = check(claims, ARTICLE, backend=judge)

    assert labels(report) == ["supported", "contradicted", "not_in_source", "undecided"]
    assert [one.shown[0].quote for one in report.checks[:2]] == [
        "The harbour opened in spring, yes.",
        "The old mill burned down, no.",
    ]
    assert str(report.run.judge.model).startswith("tiny@")


def test_probabilities_are_calibrated_and_lean_where_nothing_is_sure(judge: Components) -> None:
    (only,) = check("The ferry sails all year.", ARTICLE, backend=judge).checks

    assert isinstance(only.outcome, Undecided)
    assert only.outcome.reason is Doubt.NOT_SURE
    assert only.outcome.probabilities is not None


def test_a_pair_scores_the_same_in_any_company(weights: Path) -> None:
    first, second = CrossEncoder(weights), CrossEncoder(weights)
    alone = first("The mill is fine.", "The old mill burned down, no.")
    for number in range(20):
        second(f"Claim {number} of the town.", "yes no perhaps " * number)

    assert second("The mill is fine.", "The old mill burned down, no.") == alone


def test_neither_order_nor_company_of_claims_changes_what_is_said_of_them(judge: Components) -> None:
    claims = ["The harbour began to work in spring.", "The old mill is fine.", "The ferry sails all year."]

    def outcomes(texts: list[str]) -> dict[str, str]:
        report = check(" ".join(texts), ARTICLE, backend=judge)
        return {one.claim.text: one.outcome.model_dump_json() for one in report.checks}

    together = outcomes(claims)
    assert sorted(together) == sorted(claims)
    assert outcomes(claims[::-1]) == together
    assert {text: said for claim in claims for text, said in outcomes([claim]).items()} == together


def test_evidence_slices_back(judge: Components) -> None:
    report = check("The harbour began to work in spring. The old mill is fine.", ARTICLE, backend=judge)

    pieces = [piece for one in report.checks for piece in one.shown]
    assert len(pieces) >= 2
    assert all(ARTICLE[piece.span.start : piece.span.end] == piece.quote for piece in pieces)


def test_threads_are_those_of_the_setting_and_change_no_score(weights: Path) -> None:
    components = assemble(resolve({"judge": "nli", "weights": str(weights), "threads": 2}))
    assert isinstance(components.judge, NliJudge)
    two = components.judge._model

    assert (two.threads, CrossEncoder(weights).threads) == (2, 1)
    pair = ("The mill is fine.", "The old mill burned down, no.")
    assert two(*pair) == CrossEncoder(weights)(*pair)


def test_a_copy_is_supported_without_the_network(judge: Components, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(CrossEncoder, "__call__", lambda *_: pytest.fail("the network was asked"))

    (only,) = check("The old mill burned down, no.", ARTICLE, backend=judge).checks

    assert isinstance(only.outcome, Verdict)
    assert (only.outcome.label, only.outcome.rationale) == (Label.SUPPORTED, "the source says it in the same words")


@pytest.mark.parametrize(("supported", "kind"), [(0.85, "undecided"), (0.95, "verdict")])
def test_where_the_nearest_passage_is_a_question_the_model_must_be_sure(
    judge: Components, monkeypatch: pytest.MonkeyPatch, supported: float, kind: str
) -> None:
    def read(_: CrossEncoder, __: str, evidence: str) -> Chances:
        said = supported if "sank" in evidence else 0.1
        return Chances(said, 0.0, 1 - said)

    monkeypatch.setattr(CrossEncoder, "__call__", read)
    source = "Have the club's boats sunk in the end? The boats sank, says the club. It rained."

    (only,) = check("The club's boats have sunk in the end.", source, backend=judge).checks

    assert only.outcome.kind == kind


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("Ten boats of the club sank.", "In the storm 20 boats of the club sank."),
        ("Half of the club's boats sank.", "Of the club's 20 boats ten sank in the storm. It rained."),
        (
            "Ten boats of the club have sunk in the storm.",
            "Have boats of the club sunk in the storm? The club says that 20 boats sank. It rained.",
        ),
    ],
)
def test_a_number_that_stands_nowhere_is_not_believed_however_sure_the_model_is(
    judge: Components, monkeypatch: pytest.MonkeyPatch, claim: str, source: str
) -> None:
    monkeypatch.setattr(CrossEncoder, "__call__", lambda *_: Chances(0.99, 0.0, 0.01))

    (only,) = check(claim, source, backend=judge).checks

    assert isinstance(only.outcome, Undecided)


def test_questions_alone_support_nothing_however_sure_the_model_is(
    judge: Components, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(CrossEncoder, "__call__", lambda *_: Chances(0.99, 0.0, 0.01))

    (only,) = check("The mill will burn down.", "Will the mill burn down? Who knows?", backend=judge).checks

    assert isinstance(only.outcome, Undecided)


@pytest.mark.parametrize(
    ("claim", "sentence", "same"),
    [
        ("The mill burned down.", "The mill burned down.", True),
        ("The mill burned down.", "The mill burned down, and the school closed.", True),
        ("The mill burned down.", "Barring rain, the mill burned down.", False),
        ("The mill burned down.", "The mill burned down, except the tower.", False),
        ("The mill will burn down.", "Will the mill burn down?", False),
        ("She was guilty.", "She was not guilty.", False),
    ],
)
def test_a_copy_has_the_same_words_in_the_same_mood(claim: str, sentence: str, *, same: bool) -> None:
    assert says_the_same(claim, sentence) is same


def test_a_copy_may_leave_out_place_and_agency_and_no_other_label() -> None:
    assert is_copy("The mill burned down.", "HULL, England (AP) -- The mill burned down.")
    assert not is_copy("The mill burned down.", "MYTH — The mill burned down.")


def test_what_shares_no_word_with_the_source_is_not_contradicted_by_it(judge: Components) -> None:
    article = "No, no, no. " + ARTICLE

    (only,) = check("Volcanoes erupted.", article, backend=judge).checks

    assert isinstance(only.outcome, Verdict)
    assert (only.outcome.label, only.shown) == (Label.NOT_IN_SOURCE, ())


def test_another_language_is_left_undecided(judge: Components) -> None:
    (only,) = check("Die alte Mühle am Fluss ist in der Nacht ganz abgebrannt.", ARTICLE, backend=judge).checks

    assert isinstance(only.outcome, Undecided)
    assert (only.outcome.reason, only.outcome.leaning) == (Doubt.LANGUAGE, None)


def test_english_about_a_source_in_another_language_is_left_undecided(judge: Components) -> None:
    article = "Die alte Mühle am Fluss ist in der Nacht ganz abgebrannt. Die Feuerwehr kam zu spät aus der Stadt."

    (only,) = check("The old mill on the river burned down in the night.", article, backend=judge).checks

    assert isinstance(only.outcome, Undecided)
    assert (only.outcome.reason, only.outcome.leaning) == (Doubt.LANGUAGE, None)


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("The mayor said that the town would not pay for it.", True),
        ("Der Bürgermeister sagte, dass die Stadt dafür nicht zahlen werde.", False),
        ("Le maire a déclaré que la ville ne paierait pas pour cela.", False),
        ("市長は町がそれを払わないと述べた。市長は町がそれを払わないと述べた。", False),
        ("Harbour reopens", True),
    ],
)
def test_function_words_tell_english(text: str, *, english: bool) -> None:
    assert is_english(text) is english


def test_a_claim_longer_than_the_network_reads_is_unchecked(judge: Components) -> None:
    (only,) = check(f"The mill {'burned and ' * 60}fell.", ARTICLE * 6, backend=judge).checks

    assert isinstance(only.outcome, Unchecked)
    assert only.outcome.reason is Reason.TOO_LONG


@pytest.mark.parametrize(("pieces", "kind"), [(96, "undecided"), (97, "unchecked")])
def test_ninety_six_pieces_are_read_and_no_more(judge: Components, pieces: int, kind: str) -> None:
    claim = f"The mill {'of ' * (pieces - 4)}burned."  # of the tiny tokeniser each word and the full stop is a piece

    (only,) = check(claim, "The mill of the town has stood by the river. " * 12, backend=judge).checks

    assert only.outcome.kind == kind


def test_a_changed_file_is_one_clear_line(weights: Path) -> None:
    with (weights / "nli.onnx").open("ab") as file:
        file.write(b"!")

    with pytest.raises(BackendError, match=r"weights/nli\.onnx: is not the file that model\.toml names: its SHA-256"):
        CrossEncoder(weights)("Snow fell.", "Snow fell.")


@pytest.mark.parametrize("text", ["", "name = 1", "[model]\nfile = 3", "\udcff"])
def test_a_broken_description_is_one_clear_line(weights: Path, text: str) -> None:
    (weights / "model.toml").write_text(text, encoding="utf-8", errors="surrogateescape")

    with pytest.raises(SettingsError, match=r"weights/model\.toml: "):
        CrossEncoder(weights)


def test_weights_that_are_not_there_are_a_wrong_setting(weights: Path, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"^nope/model\.toml: cannot be read: No such file or directory"):
        assemble(resolve({"weights": str(tmp_path / "nope")}))
    (weights / "nli.onnx").unlink()
    with pytest.raises(SettingsError, match=r"^weights/nli\.onnx: cannot be read: No such file or directory"):
        CrossEncoder(weights)


def test_a_name_in_the_description_leads_out_of_no_folder(weights: Path) -> None:
    facts = (weights / "model.toml").read_text(encoding="utf-8").replace('"nli.onnx"', '"../../nli.onnx"')
    (weights / "model.toml").write_text(facts, encoding="utf-8")

    assert CrossEncoder(weights).name == "tiny"


def test_the_weights_and_the_profile_of_the_package_are_the_default() -> None:
    components = assemble(resolve())

    assert components.judge.about.name == "nli"
    assert components.deciding.profile
    assert components.deciding.profile.model == components.judge.about.model


def test_a_profile_of_another_judge_is_refused(weights: Path, tmp_path: Path) -> None:
    path = tmp_path / "other.toml"
    path.write_text(profile_of(weights).replace('judge = "nli"', 'judge = "chat"'), encoding="utf-8")

    with pytest.raises(UsageError, match="this calibration profile is for the judge chat, not nli"):
        assemble(resolve({"judge": "nli", "weights": str(weights), "profile": str(path)}))


def test_a_profile_of_other_weights_is_refused(weights: Path, tmp_path: Path) -> None:
    path = tmp_path / "other.toml"
    path.write_text(PROFILE, encoding="utf-8")

    with pytest.raises(UsageError, match="this calibration profile is for the model MODEL, not tiny@"):
        assemble(resolve({"judge": "nli", "weights": str(weights), "profile": str(path)}))


def test_a_witness_of_the_profile_is_heard_and_decides_nothing_alone(weights: Path, tmp_path: Path) -> None:
    path = tmp_path / "profile.toml"
    path.write_text(
        profile_of(weights).replace("\n[contradiction]", "\n[support.witnesses]\nlexical = 0.0\n\n[contradiction]")
    )
    settings = {"judge": "nli", "weights": str(weights), "profile": str(path), "prior": 0.5}

    components = assemble(resolve(settings))
    report = check("The ferry sails all year.", ARTICLE, backend=components)

    assert [one.about.name for one in components.witnesses] == ["lexical"]
    assert labels(report) == ["undecided"]


@pytest.mark.slow
def test_the_command_line_uses_weights_and_profile(judge: Components, tmp_path: Path) -> None:
    assert judge.judge.about.name == "nli"
    (tmp_path / "article.txt").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "summary.txt").write_text("The old mill is fine.", encoding="utf-8")
    command = [sys.executable, "-m", "summarizer", "check", "summary.txt", "-s", "article.txt", "--judge", "nli"]
    options = ["--weights", "weights", "--profile", "profile.toml", "--prior", "0.5"]
    done = subprocess.run(
        [*command, *options], cwd=tmp_path, env=dict(os.environ), capture_output=True, text=True, check=False
    )

    assert (done.returncode, "contradicted" in done.stdout) == (1, True), done.stderr
    assert "sentences, nli (tiny@" in done.stderr


@pytest.mark.slow
def test_what_runs_the_network_keeps_nothing_in_the_home_folder(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (tmp_path / "article.txt").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "summary.txt").write_text("The old mill was on fire.", encoding="utf-8")
    unset = {name: value for name, value in os.environ.items() if not name.startswith(("ORT_", "XDG_"))}
    command = [sys.executable, "-m", "summarizer", "check", "summary.txt", "-s", "article.txt", "-q", "--exit-zero"]
    done = subprocess.run(
        command, cwd=tmp_path, env={**unset, "HOME": str(home)}, capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stderr, list(home.iterdir())) == (0, "", [])


@pytest.mark.slow
def test_changed_weights_end_the_command_with_five(judge: Components, tmp_path: Path) -> None:
    assert judge.judge.about.name == "nli"
    with (tmp_path / "weights" / "nli.onnx").open("r+b") as file:
        first = file.read(1)
        file.seek(0)
        file.write(bytes([first[0] ^ 1]))
    (tmp_path / "article.txt").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "summary.txt").write_text("The old mill is fine.", encoding="utf-8")
    command = [sys.executable, "-m", "summarizer", "check", "summary.txt", "-s", "article.txt", "--judge", "nli"]
    done = subprocess.run([*command, "--weights", "weights"], cwd=tmp_path, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout, done.stderr.count("error:")) == (5, "", 1), done.stderr
    assert "weights/nli.onnx: is not the file that model.toml names: its SHA-256 differs" in done.stderr


@pytest.mark.parametrize("claim", ["Regen fiel.", "Мост открыт.", "Nuevo puente.", "Köprü açıldı.", "橋が開いた。"])
def test_a_few_words_of_another_language_that_share_none_are_not_accused(claim: str) -> None:
    source = (
        "On Monday the council of Ulmen opened the new crossing. It cost 5.3 million euros and took two years to build."
    )

    (one,) = check(claim, source).checks

    assert isinstance(one.outcome, Undecided)
    assert one.outcome.reason is Doubt.LANGUAGE
