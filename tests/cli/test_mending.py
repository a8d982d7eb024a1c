"""What `check --fix` shows where nothing can be put right: what was judged, and why there are no edits."""

from pathlib import Path
from unittest import mock

import pytest
from click.testing import CliRunner

from summarizer.cli import summarizer
from summarizer.errors import BudgetError, RepairError, SummarizerError, UnavailableError


@pytest.mark.parametrize("error", [UnavailableError("host: gone"), BudgetError("too dear"), RepairError("worse")])
def test_what_was_judged_is_not_lost_where_mending_fails(error: SummarizerError, tmp_path: Path) -> None:
    article, summary = tmp_path / "a.txt", tmp_path / "s.txt"
    article.write_text("Snow fell on two roads.", encoding="utf-8")
    summary.write_text("Snow fell on two roads. Volcanoes erupted in Iceland.", encoding="utf-8")

    with mock.patch("summarizer.api.mend", side_effect=error):
        done = CliRunner().invoke(summarizer, ["check", str(summary), "-s", str(article), "--fix"])

    assert done.exit_code == 1
    assert "2 claims: 1 supported, 0 contradicted, 1 not in source" in done.stdout
    assert f"summarizer: no edits: {error}" in done.stderr
