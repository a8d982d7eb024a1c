"""The files that `summarizer init` writes: an example suite with its policy, the settings of a project, a workflow."""

from importlib.resources import files
from pathlib import Path

from summarizer.evaluation.case_files import load_suite

EXAMPLE = {
    "summarizer.toml": "summarizer.toml",
    "evals/articles/example.txt": "example.txt",
    "evals/cases/example.csv": "example.csv",
}
"""Where the files of the example go, and what they are called here."""
POLICY = "evals/gate.toml"
WORKFLOW = ".github/workflows/summarizer.yml"


def text_of(name: str) -> str:
    """A file of this folder."""
    return files(__name__).joinpath(name).read_text(encoding="utf-8")


def policy_of(folder: Path) -> str:
    """The policy that a suite starts with. Raises a `CaseError` where the suite cannot be read."""
    suite = load_suite(folder)
    claims = sum(1 for _ in suite.claims())
    return text_of("gate.toml").format(sha256=suite.sha256, cases=len(suite.cases), claims=claims)
