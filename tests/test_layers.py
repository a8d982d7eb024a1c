"""Imports run one way, nothing happens at import, and nothing unsafe is called."""

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from summarizer.evaluation.scorecard import RunFacts, Scorecard, SuiteFacts
from summarizer.schema import Label
from tests.evaluation.results import JUDGE, UNDECIDED, result

PACKAGE = Path(__file__).parents[1] / "summarizer"
# The way of the data. A module may import from its own room and from the rooms before it, so there is no circle.
ROOMS = [
    "_version", "shipped", "errors", "toml", "patience", "schema", "providers", "settings", "consent", "drafts", "calibration", "language", "grounding", "reading", "retrieval", "findings", "llm",
    "extraction", "writing", "mutation", "judging", "controls", "deciding", "coverage", "idle_options", "components", "hearing", "outcomes", "pipeline", "accepted", "doctor", "repair", "report", "output",
    "api", "batch", "evaluation", "pytest", "cli", "__main__", "__init__",
]  # fmt: skip
# Two modules start processes, each with our own code in it: the reader of formats, so that hostile bytes are read apart,
# and the workers of a batch, so that one that dies takes nothing with it. Between them goes JSON, never a pickle.
ALLOWED = {"sandbox.py": {"subprocess"}, "crew.py": {"multiprocessing"}}
MODULES = sorted(PACKAGE.rglob("*.py"))


def imports(tree: ast.AST) -> set[str]:
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "summarizer":
            parts = node.module.split(".")
            found |= {parts[1]} if len(parts) > 1 else {alias.name for alias in node.names}
    return found


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_imports_run_one_way(module: Path) -> None:
    top = module.relative_to(PACKAGE).parts[0].removesuffix(".py")

    later = {
        name for name in imports(ast.parse(module.read_text(encoding="utf-8"))) if ROOMS.index(name) > ROOMS.index(top)
    }

    assert later == set()


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_nothing_unsafe_is_called(module: Path) -> None:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    called = {node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}

    assert not called & {"eval", "exec", "compile", "__import__"}
    assert not imported & (
        {"pickle", "shelve", "marshal", "subprocess", "multiprocessing", "yaml"} - ALLOWED.get(module.name, set())
    )


def modules_after(*arguments: str) -> set[str]:
    """What a run of the command line has imported, asked of a fresh interpreter."""
    code = (
        "import sys\n"
        "from summarizer import cli\n"
        f"sys.argv = ['summarizer', *{list(arguments)!r}]\n"
        "try: cli.main()\n"
        "except SystemExit: pass\n"
        "print('\\n' + ' '.join(sorted(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.splitlines()[-1].split())


def test_help_imports_neither_openai_nor_pydantic() -> None:
    assert not modules_after("--help") & {"openai", "tiktoken", "tenacity", "pydantic", "rich"}


def test_a_run_without_a_key_imports_no_client(seed: Path) -> None:
    assert not modules_after("summarize", str(seed)) & {"openai", "tiktoken", "tenacity", "httpx2", "asyncio"}


def test_commands_that_ask_no_server_import_no_client_and_no_bar(seed: Path) -> None:
    client = {"openai", "tiktoken", "tenacity", "httpx2", "rich.progress"}
    readers = {"lxml", "trafilatura", "pypdfium2"}

    assert not modules_after("completion", "bash") & {*client, *readers, "pydantic", "rich"}
    assert not modules_after("models") & {*client, *readers}
    assert not modules_after("check", str(seed), "--source", str(seed)) & {*client, *readers}


NETWORK = {"onnxruntime", "numpy"}
"""What the weights of a judge need."""


def test_a_run_that_reads_no_weights_imports_nothing_that_runs_them(seed: Path, tmp_path: Path) -> None:
    results = (result(1, Label.SUPPORTED, Label.SUPPORTED), result(2, Label.CONTRADICTED, UNDECIDED))
    suite = SuiteFacts(name="a suite", sha256="0" * 64, cases=1, claims=2)
    run = RunFacts.model_validate({"version": "1", **JUDGE})
    card = tmp_path / "card.json"
    card.write_text(Scorecard(suite=suite, run=run, metrics=(), results=results).model_dump_json(), encoding="utf-8")

    assert not modules_after("--help") & NETWORK
    assert not modules_after("prompts", "list") & NETWORK
    assert "summarizer.pipeline" in (summarised := modules_after("summarize", str(seed)))
    assert not summarised & NETWORK
    assert "summarizer.evaluation.compare" in (compared := modules_after("eval", "compare", str(card), str(card)))
    assert not compared & NETWORK


def test_a_run_without_a_key_opens_no_socket(seed: Path) -> None:
    code = (
        "import socket, sys\n"
        "def refuse(*a, **k): raise AssertionError('a socket was opened')\n"
        "socket.socket.__init__ = refuse\n"
        "socket.create_connection = socket.getaddrinfo = refuse\n"
        "from summarizer import cli\n"
        f"sys.argv = ['summarizer', 'summarize', {str(seed)!r}]\n"
        "cli.main()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert (done.returncode, "5 claims" in done.stdout) == (0, True), done.stderr


def test_every_folder_of_the_package_is_shipped() -> None:
    listed = tomllib.loads((PACKAGE.parent / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"][
        "packages"
    ]
    folders = {".".join(path.parent.relative_to(PACKAGE.parent).parts) for path in MODULES}

    assert sorted(listed) == sorted({*folders, "summarizer.evals", "summarizer.prompts"})
