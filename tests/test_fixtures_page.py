"""The page on fixtures shows what happens: its blocks are run in one folder, in their order."""

import re
import shlex
from pathlib import Path

import pytest

from summarizer.evaluation.policy import load_policy
from tests.cli.calls import call
from tests.conftest import ROOT
from tests.documents import recipes

PAGE = (ROOT / "docs" / "fixtures.md").read_text(encoding="utf-8")


def test_each_block_prints_what_it_shows(tmp_path: Path) -> None:
    """Commands of ours run in this process. `...` stands for the rest, `!` before a line for standard error."""
    status = 0
    for title, shown in recipes(PAGE):
        for command, output in shown:
            if file := re.match(r"cat > (\S+) <<'END'\n(.*\n)END$", command, re.DOTALL):
                (tmp_path / file[1]).write_text(file[2], encoding="utf-8")
                continue
            line, _, after = command.partition("; echo ")
            done = call(*shlex.split(line)[1:], cwd=tmp_path)
            told = done.stdout + ("".join(f"! {one}\n" for one in done.stderr.splitlines()) if "! " in output else "")
            told += f"status {done.status}\n" if after else ""
            assert after or "! " in output or done.status == 0, f"{title}: {command}: {done.stderr}"
            whole, _, rest = output.partition("...\n")
            assert told.startswith(whole) if rest or output.endswith("...\n") else told == output, f"{title}: {command}"
            status = max(status, done.status)
    assert status == 2


@pytest.mark.parametrize("block", re.findall(r"```toml\n(require.*?)```", PAGE, re.DOTALL))
def test_the_policy_of_the_page_is_one_when_a_run_is_pinned_in_it(block: str, tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(block, encoding="utf-8")
    call("eval", "--judge", "lexical", "--limit", "12", "-q", "--format", "json", "-o", "card.json", cwd=tmp_path)
    before = call("eval", "gate", "card.json", "own.toml", cwd=tmp_path)
    pinned = call("eval", "pin", "card.json", "own.toml", cwd=tmp_path)

    assert before.stderr == "own.toml: suite: is missing; `summarizer eval pin CARD POLICY` writes it\n"
    assert (pinned.status, pinned.stderr.splitlines()[0]) == (0, "summarizer: pinned own.toml")
    assert (tmp_path / "own.toml").read_text(encoding="utf-8").startswith(block)
    assert load_policy(tmp_path / "own.toml").baseline.keys() == {"recall_unsupported"}


def test_every_link_of_the_page_leads_somewhere() -> None:
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", PAGE) if "://" not in link]

    assert links
    assert [link for link in links if not (ROOT / "docs" / link).exists()] == []
