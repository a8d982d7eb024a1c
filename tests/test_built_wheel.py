"""What is shipped works, in a fresh environment and an empty folder: the wheel, which is built from the sdist."""

import json
import subprocess
import sys
import time
import venv
from pathlib import Path

import pytest

from tests.cli.processes import fresh_environment

ROOT = Path(__file__).parents[1]
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def distributions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sdist, built from a copy so that the checkout stays clean, and the wheel that is built from it."""
    folder = tmp_path_factory.mktemp("dist")
    copy = tmp_path_factory.mktemp("copy") / "source"
    names = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    ).stdout.split("\n")  # fmt: skip
    if not any(names):
        pytest.skip("not a git checkout: nothing says which files belong to the project")
    for name in filter(None, names):
        if (ROOT / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            (copy / name).write_bytes((ROOT / name).read_bytes())
    subprocess.run([sys.executable, "-m", "build", "--outdir", folder, copy], check=True, capture_output=True)
    return folder


def test_a_distribution_does_the_main_job_from_an_empty_folder(distributions: Path, tmp_path: Path, seed: Path) -> None:
    (built,) = distributions.glob("*.whl")
    environment, empty = tmp_path / "venv", tmp_path / "empty"
    empty.mkdir()
    venv.create(environment, with_pip=True)
    where = fresh_environment()
    python = environment / "bin" / "python"
    subprocess.run(
        [python, "-m", "pip", "install", "--no-compile", "--quiet", built], env=where, check=True, capture_output=True
    )

    done = subprocess.run(
        [environment / "bin" / "summarizer", "summarize", seed, "--format", "json"],
        cwd=empty, capture_output=True, text=True, env=where, check=True,
    )  # fmt: skip

    report = json.loads(done.stdout)
    text = seed.read_text(encoding="utf-8")
    spans = [(piece["span"], piece["quote"]) for check in report["checks"] for piece in check["outcome"]["evidence"]]
    assert len(spans) == 5
    assert all(text[span["start"] : span["end"]] == quote for span, quote in spans)
    data = "from importlib.resources import files; print(files('summarizer.prompts').joinpath('README.md').is_file(), files('summarizer.evals').joinpath('sentences/dev.json').is_file())"
    shipped = subprocess.run(
        [python, "-c", data], cwd=empty, capture_output=True, text=True, env=where, check=True
    ).stdout
    assert shipped.split() == ["True", "True"]
    top = subprocess.run(
        [python, "-c", "import importlib.util as u; print(u.find_spec('prompts'), u.find_spec('evals'), u.find_spec('tests'))"],
        cwd=empty, capture_output=True, text=True, env=where, check=True,
    ).stdout  # fmt: skip
    assert top.split() == ["None", "None", "None"]
    for words in (["prompts", "list"], ["eval", "--limit", "1"]):  # in a clone, whose folder is imported first
        subprocess.run([python, "-m", "summarizer", *words], cwd=ROOT, capture_output=True, env=where, check=True)
    a_job_that_can_turn_red_in_three_commands(environment / "bin" / "summarizer", tmp_path / "project", where)


def a_job_that_can_turn_red_in_three_commands(command: Path, folder: Path, where: dict[str, str]) -> None:
    """In a fresh environment and a folder with nothing in it, within a minute."""
    folder.mkdir()

    def status(*words: str) -> int:
        return subprocess.run([command, *words], cwd=folder, env=where, capture_output=True, check=False).returncode

    begun = time.monotonic()
    assert [status("init"), status("eval"), status("eval", "pin")] == [0, 0, 0]
    assert time.monotonic() - begun < 60
    assert (status("eval"), status("eval", "--judge", "lexical")) == (0, 1)


def test_the_sdist_has_what_the_tests_need(distributions: Path) -> None:
    import tarfile

    (built,) = distributions.glob("*.tar.gz")
    with tarfile.open(built) as archive:
        names = {"/".join(name.split("/")[1:]) for name in archive.getnames()}

    assert {
        "tests/texts.py",
        "tests/conftest.py",
        "seeds/000_ddc4e36fb49c3094.txt",
        "docs/report-schema.json",
        "LICENSE",
    } <= names
