"""Scorecards over time: what is kept, what moved, and a page that shows it and runs nothing that it shows."""

import base64
import hashlib
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from summarizer.cli import summarizer
from summarizer.errors import CaseError
from summarizer.evaluation.cards import history as render
from summarizer.evaluation.history import Run, keep, lines_of, load_history
from summarizer.evaluation.metrics import ScoredRun, measure, reliability
from summarizer.evaluation.metrics.ranking import precision_recall
from summarizer.evaluation.scorecard import Result, RunFacts, Scorecard, SuiteFacts
from summarizer.output import write_whole
from summarizer.schema import Doubt, Label, Reason
from tests.cli.calls import call
from tests.evaluation.results import JUDGE, UNCHECKED, UNDECIDED, result, support

YES, NO, ABSENT = Label.SUPPORTED, Label.CONTRADICTED, Label.NOT_IN_SOURCE
HOSTILE = '<script>alert(1)</script> \x1b[31mred "quoted" \u202eevil ::error::x'


def card(*said: tuple[Label, Label | Doubt | Reason], digest: str = "a", **run: str) -> Scorecard:
    """A scorecard of so many claims, each with its true label and what was said."""
    results = tuple(
        result(number, gold, made, probabilities=None if made is UNCHECKED else support(0.9 if made is YES else 0.2))
        for number, (gold, made) in enumerate(said)
    )
    return of(results, digest=digest, **run)


def of(results: tuple[Result, ...], *, digest: str = "a", **run: str) -> Scorecard:
    return Scorecard(
        suite=SuiteFacts(name="a suite", sha256=digest * 64, cases=1, claims=len(results)),
        run=RunFacts.model_validate({"version": "1", **JUDGE, **run}),
        metrics=measure(ScoredRun(results=results, reports=[], rounds=[results])),
        reliability=reliability(results),
        results=results,
    )


FIRST = card((YES, YES), (NO, YES), (ABSENT, UNDECIDED), date="2026-11-28", commit="abcdef0123456789")
SECOND = card((YES, YES), (NO, NO), (ABSENT, UNCHECKED), digest="b")


def test_a_run_is_kept_once_however_often_it_is_repeated(tmp_path: Path) -> None:
    folder = tmp_path / "history"
    again = FIRST.model_copy(update={"run": FIRST.run.model_copy(update={"date": "2026-11-29", "commit": "f00"})})

    kept = [keep(one, folder, write_whole) for one in (FIRST, again, SECOND, FIRST)]

    assert [path and path.name[:5] for path in kept] == ["0001-", None, "0002-", "0003-"]
    assert [run.name[:4] for run in load_history([folder])] == ["0001", "0002", "0003"]
    with pytest.raises(CaseError, match="no scorecard is kept there yet"):
        load_history([tmp_path])


def test_numbers_go_on_beside_other_files_and_past_four_digits(tmp_path: Path) -> None:
    (tmp_path / "release.json").write_text(SECOND.model_dump_json(), encoding="utf-8")
    (tmp_path / "9999-0123abcd.json").write_text(FIRST.model_dump_json(), encoding="utf-8")

    kept = keep(SECOND, tmp_path, write_whole)

    assert kept
    assert kept.name.startswith("10000-")
    assert [run.name.split("-")[0] for run in load_history([tmp_path])] == ["release", "9999", "10000"]


def test_each_claim_has_its_answer_in_every_run_that_had_it() -> None:
    shorter = of(FIRST.results[:1])
    reworded = of((SECOND.results[0].model_copy(update={"text": "Another claim."}), *SECOND.results[1:]))

    lines = lines_of([Run("1", shorter), Run("2", FIRST), Run("3", reworded)])

    found = {one.claim: [each and each.predicted for each in one.results] for one in lines}
    assert found == {
        "c0": [None, None, "supported"],
        "c1": [None, "supported", "contradicted"],
        "c2": [None, "undecided", "unchecked"],
    }
    assert [one.changed for one in lines] == [False, True, True]


def test_a_claim_keeps_its_line_where_a_row_before_it_moves_its_id() -> None:
    words = ("Snow fell.", "Two roads shut.", "Nobody was hurt.")
    first, longer, shorter = (
        of(tuple(result(at, YES, YES if one != last else UNDECIDED, text=one) for at, one in enumerate(texts)))
        for texts, last in ((words, words[0]), (("A tree fell.", *words), words[1]), (words[1:], words[2]))
    )

    lines = lines_of([Run("1", first), Run("2", longer), Run("3", shorter)])

    found = {one.last.text: [each and each.predicted for each in one.results] for one in lines}
    assert found["Two roads shut."] == ["supported", "undecided", "supported"]
    assert found["Nobody was hurt."] == ["supported", "supported", "undecided"]


def test_the_text_says_what_moved_with_the_last_run() -> None:
    head, first, second, _, changed, *claims = render.to_text([Run("one", FIRST), Run("two", SECOND)]).splitlines()

    assert head.split()[:4] == ["run", "date", "commit", "judge"]
    assert first.split()[:4] == ["one", "2026-11-28", "abcdef012", "lexical"]
    assert second.split()[:4] == ["two", "-", "-", "lexical"]
    assert changed == "Changed with the last run: 2 claims"
    assert claims == [
        "  c1: supported to contradicted, is contradicted",
        "  c2: undecided to unchecked, is not in source",
    ]


def test_json_has_the_metrics_of_every_run_and_every_outcome() -> None:
    found = json.loads(render.to_json([Run("one", FIRST), Run("two", SECOND)]))

    assert [run["name"] for run in found["runs"]] == ["one", "two"]
    assert found["claims"][1]["outcomes"] == ["supported", "contradicted"]
    false_support = [{one["name"]: one["value"] for one in run["metrics"]}["false_support"] for run in found["runs"]]
    assert false_support == [0.5, 0.0]


def test_the_page_shows_runs_trends_claims_and_curves() -> None:
    page = render.to_html([Run("one", FIRST), Run("two", SECOND)])

    assert re.findall(r"<h2>(.*?)</h2>", page) == ["Runs", "Trends", "Claims", "Precision and recall", "Reliability"]
    assert "two (another suite)" in page
    assert 'aria-label="false support, from the oldest run to the newest: 50.0, 0.0"' in page
    assert '<span class="soft">(-50.0)</span>' in page
    rows = re.findall(r"<tr data-gold.*?</tr>", page, re.DOTALL)
    assert [re.findall(r'aria-hidden="true">(.)<', row) for row in rows] == [["✓", "✓"], ["✗", "✓"], ["?", "–"]]
    assert ['data-changed="yes"' in row for row in rows] == [False, True, True]
    assert 'data-kind="number"' in rows[1]
    assert '<fieldset id="filters" hidden>' in page  # of no use before the script runs


def test_the_page_runs_nothing_but_its_own_script() -> None:
    hostile = tuple(
        one.model_copy(update={"text": HOSTILE, "claim": f"{HOSTILE}{one.claim}"}) for one in SECOND.results
    )
    runs = [Run(HOSTILE, of(hostile, commit=HOSTILE)), Run("two", of(hostile))]
    page = render.to_html(runs)

    (script,) = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"sha256-{digest}" in page
    assert page.count("<script>") == 1
    assert not re.search(r"\son\w+=|\sstyle=|https?:|url\(", page)
    assert not set("\x1b\u202e") & set(page + render.to_text(runs))
    assert not re.search(r"(?m)^\s*::", render.to_text(runs))
    assert render.to_html(runs) == page


def test_one_run_has_no_trend_and_a_long_history_is_cut() -> None:
    assert "Trends" not in render.to_html([Run("one", FIRST)])
    page = render.to_html([Run(f"run {number}", FIRST) for number in range(40)])
    assert "40 runs, the newest last. The first 10 are left out." in page
    assert "run 9<" not in page


def test_precision_and_recall_are_those_of_flagging_the_least_supported_first() -> None:
    golds = (NO, NO, YES, NO)
    results = [
        result(number, gold, UNDECIDED, probabilities=support(p))
        for number, (gold, p) in enumerate(zip(golds, (0.1, 0.3, 0.3, 0.8), strict=True))
    ]

    assert precision_recall(results) == ((0.1, 1.0, 1 / 3), (0.3, 2 / 3, 2 / 3), (0.8, 3 / 4, 1.0))
    assert precision_recall(results[2:3]) == ()


def test_the_command_takes_files_folders_or_the_history_of_the_project(tmp_path: Path) -> None:
    (tmp_path / "one.json").write_text(FIRST.model_dump_json(), encoding="utf-8")
    keep(SECOND, tmp_path / "kept", write_whole)

    done = call("eval", "history", "one.json", "kept", cwd=tmp_path)
    none = call("eval", "history", cwd=tmp_path)
    over = call("eval", "history", "one.json", "-o", "one.json", cwd=tmp_path)

    assert done.status == 0
    assert [line.split("  ")[0] for line in done.stdout.splitlines()[1:3]] == [
        "one",
        load_history([tmp_path / "kept"])[0].name,
    ]
    assert (none.status, over.status) == (2, 2)
    assert none.stderr == "name scorecards, or a folder of them under [eval] history in summarizer.toml\n"
    assert "is one of the inputs" in over.stderr


def test_view_opens_the_page_of_the_history(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []

    def open_(url: str) -> bool:
        opened.append(url)
        return True

    monkeypatch.setattr("webbrowser.open", open_)
    monkeypatch.chdir(tmp_path)
    keep(FIRST, tmp_path / "kept", write_whole)

    done = CliRunner().invoke(summarizer, ["eval", "view", "kept", "-o", "page.html"])
    none = CliRunner().invoke(summarizer, ["eval", "view"])

    assert (done.exit_code, done.output) == (0, "")
    assert opened == [(tmp_path / "page.html").as_uri()]
    assert (tmp_path / "page.html").read_text(encoding="utf-8") == render.to_html(load_history([tmp_path / "kept"]))
    assert "name scorecards, or a folder of them" in str(none.exception)
