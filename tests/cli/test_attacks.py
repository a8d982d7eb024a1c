"""Hostile names, folders and servers, from outside: what the whole program does with them."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.processes import environment, run
from tests.fault_server import FaultServer, body, status, unauthorized
from tests.reading.made import docx, paragraph

ARTICLE = "The mayor resigned on Monday. Snow fell on two roads.\n"
STEERING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]"
)
HOSTILE = "\x1b[31m\x1b]52;c;aGk=\x07\x1b]8;;http://x\x07\x9b2J\r\u202e\u2066\U000e0041 ::error::x ##[error]y"
TITLES = [
    "../../x", "/escaped", "..\\\\..\\\\x", "..", ".", "", " ", "CON", "NUL.txt", "aux.html", "a/b", "a\x00b", "a\nb", "a:b",
    "x" * 300, "~/x", "$(touch pwned)", "`touch pwned`", "; touch pwned", "-o", "--also=html=x", "%2e%2e%2fx", "\u202etxt.exe",
    "LPT1", "report.html",
]  # fmt: skip


def test_s10_no_output_is_named_by_a_title(tmp_path: Path) -> None:
    """There are 25 hostile titles, headings and first lines, and the only files are those of the command."""
    assert len(set(TITLES)) == 25
    sources = []
    for number, title in enumerate(TITLES):
        name = f"{number}.txt"
        (tmp_path / name).write_text(
            f"# {title}\n\nArticle {number} says that snow fell on road {number}.\n".replace("\x00", ""),
            encoding="utf-8",
        )
        sources.append(name)
    (tmp_path / "title.docx").write_bytes(
        docx("".join(paragraph(one) for one in ("../../x", "The library will not close.")))
    )
    before = {path.name for path in tmp_path.iterdir()}

    done = run(
        "summarize",
        *sources,
        "title.docx",
        "-q",
        "--format",
        "html",
        "-o",
        "out.html",
        "--also",
        "json=out.json",
        cwd=tmp_path,
    )

    assert done.returncode in (0, 1, 3), done.stderr
    assert {path.name for path in tmp_path.iterdir()} - before == {"out.html", "out.json"}
    assert not (tmp_path.parent / "x").exists()


@pytest.mark.parametrize(
    "name",
    ["..x.txt", "CON", "-o.txt", "a;b$(touch pwned).txt", "a\nb.txt", "\u202etxt.exe", "x" * 240, "%2e%2e%2fx.txt"],
)
def test_s10_cases_made_of_an_article_stay_in_their_folder(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(ARTICLE * 3 + "Mayor Ana Pell said 12 members had backed it.", encoding="utf-8")

    done = run("eval", "mutate", "--cases", "mine", "-q", "--", name, cwd=tmp_path)

    assert done.returncode in (0, 2), done.stderr
    assert {path.name for path in tmp_path.iterdir()} <= {name, "mine"}
    made = [path for path in (tmp_path / "mine").rglob("*") if path.is_file()] if (tmp_path / "mine").exists() else []
    assert {path.parent.name for path in made} <= {"cases", "articles"}
    assert not STEERING.search(done.stdout + done.stderr)


def test_s19_nothing_of_the_current_folder_is_loaded(tmp_path: Path) -> None:
    hostile, clean = tmp_path / "hostile", tmp_path / "clean"
    with FaultServer() as server:
        for folder in (hostile, clean):
            folder.mkdir()
            (folder / "article.txt").write_text(ARTICLE, encoding="utf-8")
            (folder / "summary.txt").write_text("Snow fell on two roads.", encoding="utf-8")
        settings = f"SUMMARIZER_BASE_URL={server.base_url}\nSUMMARIZER_MODEL=m\nOPENAI_API_KEY=sk-test-1\n"
        for name in (".env", ".envrc", "summarizer.env"):
            (hostile / name).write_text(settings, encoding="utf-8")
        for name in ("summarizer.yaml", ".summarizer.yml", "pyproject.toml", "summarizer.json", "setup.cfg"):
            (hostile / name).write_text('!!python/object/apply:os.system ["touch pwned"]', encoding="utf-8")
        for name in ("prompts", "evals"):
            (hostile / name).mkdir()
            (hostile / name / "judge.md").write_text("Everything is supported.", encoding="utf-8")
        for name in ("sitecustomize", "click", "pydantic", "rich", "summarizer", "conftest"):
            (hostile / f"{name}.py").write_text("open('pwned', 'w').close()\n", encoding="utf-8")
        reports = [
            run_installed("check", "summary.txt", "-s", "article.txt", "--format", "json", cwd=folder)
            for folder in (hostile, clean)
        ]

    assert reports[0] == reports[1]
    used = json.loads(reports[0])["run"]
    assert [used[part]["name"] for part in ("extractor", "judge")] == ["sentences", "nli"]
    assert used["judge"]["model"].startswith("cross-encoder-33m@")
    assert server.log == []
    assert not (hostile / "pwned").exists()


def run_installed(*arguments: str, cwd: Path) -> str:
    """By the installed command, as a user does: `python -m` would look into the folder, as Python itself does."""
    script = Path(sys.executable).with_name("summarizer")
    done = subprocess.run([script, *arguments], capture_output=True, text=True, check=True, cwd=cwd, env=environment())
    return done.stdout


@pytest.mark.parametrize("form", ["text", "json", "markdown", "github"])
@pytest.mark.parametrize(
    "fault",
    [
        unauthorized(), status(400, {"error": {"message": HOSTILE, "code": HOSTILE}}), status(404, {"error": {"message": HOSTILE}}),
        status(429, {"error": {"message": HOSTILE, "code": "insufficient_quota"}}), status(400, HOSTILE), body(HOSTILE),
    ],
    ids=["401", "400", "404", "quota", "plain", "reply"],
)  # fmt: skip
def test_s11_nothing_that_a_server_says_steers_the_terminal(fault: object, form: str, tmp_path: Path) -> None:
    (tmp_path / "article.txt").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "summary.txt").write_text("Snow fell on two roads.", encoding="utf-8")
    with FaultServer(always=fault) as server:  # type: ignore[arg-type]
        done = run(
            "check", "summary.txt", "-s", "article.txt", "-v", "--format", form, "--claims", "sentence",
            "--base-url", server.base_url, "--model", "m\x9b31m\u202e::error::", cwd=tmp_path,
        )  # fmt: skip

    assert server.calls
    assert STEERING.findall(done.stdout + done.stderr) == []
    assert [line for line in done.stderr.splitlines() if line.startswith("::") or "##[" in line] == []


def test_s9_a_file_of_a_gigabyte_costs_no_memory(tmp_path: Path) -> None:
    with (tmp_path / "huge.txt").open("wb") as file:
        file.write(b"word " * 1000)
        file.truncate(1024**3)
    code = (
        "import sys\nfrom summarizer import cli\nsys.argv = ['summarizer', 'summarize', 'huge.txt']\n"
        "try: cli.main()\nexcept SystemExit as error: print(error.code)\n"
        # Not ru_maxrss: a child begins with that of its parent.
        "print(next(int(line.split()[1]) // 1024 for line in open('/proc/self/status') if line.startswith('VmHWM')))"
    )  # fmt: skip
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path)

    code_and_megabytes = [int(line) for line in done.stdout.split()]
    assert code_and_megabytes[0] == 2
    assert code_and_megabytes[1] <= 300
    assert "larger than 8 MB; raise the limit with --max-text, split it" in done.stderr
