"""A claim that was accepted by hand fails nothing, counts as what it is, and is flagged again where anything changes."""

import json
from codecs import BOM_UTF8
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from pydantic import ValidationError

from summarizer import check, mend
from summarizer.accepted import AcceptedClaim, applied, entry_of, load
from summarizer.cli import summarizer
from summarizer.components import assemble
from summarizer.errors import InputError, UsageError
from summarizer.report import format_names, render
from summarizer.report.tally import answer_line, counts, counts_line, exit_status, faithfulness
from summarizer.schema import Acceptance, Check, Document, Report
from summarizer.settings import resolve
from tests.repair.test_mending import SOURCE as HARBOUR
from tests.report.test_formats import said
from tests.reports import small_report

NOTE = Acceptance(outcome="contradicted", note="The office confirmed it.", date="2026-11-29")
LINE = "accepted by hand on 2026-11-29: The office confirmed it."
SOURCE = "Snow fell on two roads. The ferry costs 40 crowns. It sails at noon."
SUMMARY = "Snow fell on two roads. The ferry costs 60 crowns."
LEXICAL = assemble(resolve({"judge": "lexical"}))


def checked(summary: str = SUMMARY, source: str = SOURCE) -> Report:
    return check(summary, source, backend=LEXICAL)


def entries(report: Report, claim: str = "c2", **changed: Any) -> list[AcceptedClaim]:
    (one,) = (one for one in report.checks if one.claim.id == claim)
    return [entry_of(report, one, NOTE.model_copy(update=changed))]


def accepted(report: Report) -> list[str]:
    return [one.claim.id for one in report.checks if one.accepted]


def test_an_accepted_claim_fails_nothing_and_counts_as_what_it_is() -> None:
    before = checked()

    after = applied(before, entries(before))

    assert (exit_status(before), exit_status(after), exit_status(after, fail_on=("contradicted",))) == (1, 0, 0)
    assert (counts(after), faithfulness(after)) == (counts(before), 0.5)
    assert [one.outcome for one in after.checks] == [one.outcome for one in before.checks]
    assert answer_line(after) == "1 of 2 claims is contradicted by the source; 1 accepted by hand"
    assert counts_line(after).endswith("0 unchecked; 1 accepted by hand")


def test_another_claim_still_fails() -> None:
    report = small_report()

    assert exit_status(applied(report, entries(report))) == 1


@pytest.mark.parametrize("form", format_names())
def test_every_format_shows_the_verdict_and_the_note(form: str) -> None:
    report = small_report()

    written = said(form, applied(report, entries(report)))

    shown = LINE if form != "json" else NOTE.note
    assert shown in written
    assert written.count("contradicted") >= 1


@pytest.mark.parametrize(
    ("summary", "source", "holds"),
    [
        (SUMMARY.replace(". ", ".\r\n   "), SOURCE, True),
        (f"{SUMMARY} It sails at noon.", SOURCE, True),
        (SUMMARY.replace("60", "70"), SOURCE, False),
        (SUMMARY.replace("Snow", "Hail"), SOURCE, False),  # the sentence before may say what the claim is about
        (SUMMARY, f"{SOURCE} So they said.", False),
        (SUMMARY, SOURCE.replace(". ", ".\r\n"), True),
    ],
)
def test_it_is_flagged_again_where_the_claim_its_place_or_the_source_changes(
    summary: str, source: str, holds: bool
) -> None:
    known = entries(checked())

    assert accepted(applied(checked(summary, source), known)) == (["c2"] if holds else [])


def test_every_source_counts() -> None:
    report = checked()
    two = report.model_copy(update={"documents": (*report.documents, Document.of("More.", id="d2"))})

    assert accepted(applied(two, entries(report))) == []


def test_an_entry_with_the_digest_of_the_source_as_written_still_holds() -> None:
    report = checked()
    (known,) = entries(report)
    (source,) = (one.model_copy(update={"sha256": report.documents[0].sha256}) for one in known.sources)

    assert known.sources[0].sha256 != Document.of(SOURCE.replace(". ", ".\r\n")).sha256
    assert accepted(applied(report, [known.model_copy(update={"sources": (source,)})])) == ["c2"]


def test_a_worse_verdict_than_the_accepted_one_is_flagged_again_and_said() -> None:
    report = checked()

    after = applied(report, entries(report, outcome="undecided"))

    assert exit_status(after) == 1
    assert after.run.warnings[-1] == (
        "“The ferry costs 60 crowns.” was accepted by hand as undecided on 2026-11-29, and is contradicted now: look at it again"
    )


def test_what_is_supported_by_now_is_supported_and_not_accepted() -> None:
    known = entries(checked())
    (source,) = (
        one.model_copy(update={"sha256": Document.of(SUMMARY + " It sails at noon.").sha256})
        for one in known[0].sources
    )

    after = applied(
        checked(source=SUMMARY + " It sails at noon."), [known[0].model_copy(update={"sources": (source,)})]
    )

    assert (accepted(after), faithfulness(after), after.run.warnings) == ([], 1.0, ())


def test_what_is_not_flagged_cannot_be_built_as_accepted() -> None:
    first = small_report().checks[0]

    with pytest.raises(ValidationError, match="is not flagged, so there is nothing to accept"):
        Check(claim=first.claim, outcome=first.outcome, accepted=NOTE)


def test_what_is_accepted_is_not_mended() -> None:
    components = assemble(resolve({"backend": "embedded"}))
    vote = "The council of Harrow Bay voted 7 to 4 on {} to keep the ferry to Tarn until 2031."
    wall = "The harbour wall is not going to be repaired."
    report = check(f"{wall} {vote.format('Monday')}", HARBOUR, backend=components)
    assert [one.flag for one in report.checks] == ["contradicted", "contradicted"]

    done = mend(applied(report, entries(report, "c1")), backend=components)

    assert done.after.summary.text == f"{wall} {vote.format('Tuesday')}"
    assert (accepted(done.after), exit_status(done.after)) == (["c1"], 0)


VOTE = "The council of Harrow Bay voted 7 to 4 on {} to keep the ferry to Tarn until 2031."


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (VOTE.format("Monday"), VOTE.format("Tuesday")),
        ("The ferry has run since 1912. Volcanoes erupted in Iceland.", "The ferry has run since 1912."),
    ],
)
def test_an_acceptance_holds_where_the_edits_change_the_sentence_before(before: str, after: str) -> None:
    components = assemble(resolve({"backend": "embedded"}))
    wall = "The harbour wall is not going to be repaired."
    report = check(f"{before} {wall}", HARBOUR, backend=components)

    done = mend(applied(report, entries(report, report.checks[-1].claim.id)), backend=components)

    assert done.after.summary.text == f"{after} {wall}"
    assert (accepted(done.after), exit_status(done.after)) == (["c2"], 0)


def test_an_acceptance_that_takes_its_meaning_from_an_edited_sentence_is_said_to_fit_no_more() -> None:
    components = assemble(resolve({"backend": "embedded"}))
    cost = "It will be repaired in May at a cost of 24 million crowns."
    report = check(f"{VOTE.format('Monday')} {cost}", HARBOUR, backend=components)

    done = mend(applied(report, entries(report)), backend=components)

    assert done.after.summary.text == f"{VOTE.format('Tuesday')} {cost}"
    assert (accepted(done.after), exit_status(done.after)) == ([], 1)
    assert done.report.run.warnings == (
        f"“{cost}” was accepted by hand on 2026-11-29, and does not fit the edited summary: look at it again",
    )


# ---------------------------------------------------------------- the commands


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SUMMARIZER_JUDGE", "lexical")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795910400")
    for name, text in (("source.txt", SOURCE), ("summary.txt", SUMMARY), ("report.json", render(checked(), "json"))):
        Path(name).write_text(text, encoding="utf-8")
    return tmp_path


def run(*words: str) -> Result:
    return CliRunner().invoke(summarizer, words)


def test_accept_writes_a_file_that_check_and_the_setting_read(folder: Path) -> None:
    texts = ("check", "summary.txt", "-s", "source.txt")
    assert run(*texts).exit_code == 1

    done = run("accept", "report.json", "--claim", "c2", "--note", " The office\n confirmed it. ")

    assert done.stderr == "summarizer: c2, contradicted, is accepted in summarizer-accepted.json\n"
    (entry,) = load(folder / "summarizer-accepted.json")
    assert (entry.claim, entry.place, entry.accepted) == ("The ferry costs 60 crowns.", SUMMARY, NOTE)
    assert run(*texts).exit_code == 1
    by_option = run(*texts, "--accepted", "summarizer-accepted.json")
    assert (by_option.exit_code, LINE in by_option.stdout) == (0, True)
    (folder / "summarizer.toml").write_text('accepted = "summarizer-accepted.json"\n', encoding="utf-8")
    assert run(*texts).exit_code == 0
    (folder / "summarizer-accepted.json").unlink()
    assert isinstance(run(*texts).exception, InputError)  # a file that is named is read


def test_files_that_an_editor_saved_with_a_byte_order_mark_are_read(folder: Path) -> None:
    def marked(name: str, text: str | None = None) -> None:
        whole = text or (folder / name).read_text(encoding="utf-8")
        (folder / name).write_text(whole, encoding="utf-8-sig")

    marked("report.json")
    run("accept", "report.json", "--claim", "c2", "--note", "The office confirmed it.")
    marked("summarizer-accepted.json")
    marked("summarizer.toml", 'accepted = "summarizer-accepted.json"\n')

    assert run("check", "summary.txt", "-s", "source.txt").exit_code == 0
    assert run("show", "report.json").exit_code == 0
    assert run("diff", "report.json", "report.json").exit_code == 0


def test_the_later_word_on_a_claim_stands(folder: Path) -> None:
    run("accept", "report.json", "--claim", "c2", "--note", "One.")
    file = folder / "summarizer-accepted.json"
    file.write_bytes(BOM_UTF8 + file.read_bytes())  # as some editors save it
    run("accept", "report.json", "--claim", "c2", "--note", "Two.")

    assert [one.accepted.note for one in load(folder / "summarizer-accepted.json")] == ["Two."]


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (("--claim", "c1", "--note", "x"), "c1: is not flagged"),
        (("--claim", "c9", "--note", "x"), "c9: the report has no such claim; it has 2"),
        (("--claim", "c2", "--note", " "), "--note: say why"),
    ],
)
def test_what_cannot_be_accepted_is_refused_and_nothing_written(
    folder: Path, words: tuple[str, ...], fault: str
) -> None:
    done = run("accept", "report.json", *words)

    assert isinstance(done.exception, UsageError)
    assert fault in str(done.exception)
    assert not (folder / "summarizer-accepted.json").exists()


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("{", "is no file of accepted claims: the file: Invalid JSON"),
        (json.dumps({"claims": [{"claim": "x"}]}), r"claims\.0\.place: Field required"),
        (json.dumps({"format": "summarizer-accepted-9"}), "format: Input should be"),
    ],
)
def test_a_broken_file_is_named_before_anything_is_checked(folder: Path, text: str, fault: str) -> None:
    (folder / "accepted.json").write_text(text, encoding="utf-8")

    with pytest.raises(InputError, match=fault):
        load(folder / "accepted.json")
