"""The mended summary: what the embedded judge calls wrong is put right or taken out, and all else stays as it was."""

from collections.abc import Sequence

import pytest

from summarizer import RepairError, assemble, check, mend
from summarizer.components import Components
from summarizer.drafts import Judgement, Judgements, QuoteDraft
from summarizer.extraction.sentences import SentenceExtractor
from summarizer.judging import Material
from summarizer.repair import Mended
from summarizer.repair.mending import refuse_worse
from summarizer.report import render
from summarizer.schema import Claim, Component, EditKind, Label, Report, Verdict, edited
from summarizer.settings import resolve
from summarizer.writing.extractive import ExtractiveWriter

SOURCE = """\
The council of Harrow Bay voted 7 to 4 on Tuesday to keep the ferry to Tarn until 2031. The ferry has run since 1912.

The Harbour Owners' Association welcomed the vote. Mayor Ana Pell said the vote was close. Her deputy, Piet Lamm, voted against it.

The harbour wall will be repaired in March at a cost of 2.4 million crowns, the council said.
"""


@pytest.fixture(scope="module")
def components() -> Components:
    return assemble(resolve({"backend": "embedded"}))


def mended(summary: str, components: Components) -> Mended:
    return mend(check(summary, SOURCE, backend=components), backend=components)


def text_of(done: Mended) -> str:
    assert done.report.repair
    return done.report.repair.text


@pytest.mark.parametrize(
    ("wrong", "right", "kind"),
    [
        (
            "The council of Harrow Bay voted 7 to 4 on Monday to keep the ferry to Tarn until 2031.",
            "The council of Harrow Bay voted 7 to 4 on Tuesday to keep the ferry to Tarn until 2031.",
            EditKind.SWAP,
        ),
        (
            "The harbour wall will be repaired in March at a cost of 24 million crowns.",
            "The harbour wall will be repaired in March at a cost of 2.4 million crowns.",
            EditKind.SWAP,
        ),
        (
            "The harbour wall is not going to be repaired.",
            "The harbour wall will be repaired in March at a cost of 2.4 million crowns, the council said.",
            EditKind.SENTENCE,
        ),
    ],
)
def test_a_contradicted_statement_takes_the_words_of_the_source(
    wrong: str, right: str, kind: EditKind, components: Components
) -> None:
    done = mended(f"The ferry has run since 1912. {wrong}", components)

    assert text_of(done) == f"The ferry has run since 1912. {right}"
    assert done.report.repair
    assert [edit.kind for edit in done.report.repair.edits] == [kind]
    piece = done.report.repair.edits[0].evidence[0]
    assert piece.span.of(SOURCE) == piece.quote
    assert all(isinstance(one.outcome, Verdict) and one.outcome.label is Label.SUPPORTED for one in done.after.checks)


def test_what_the_source_does_not_say_goes_with_its_bullet(components: Components) -> None:
    summary = "# Ferry\n\n- The ferry has run since 1912.\n- Volcanoes erupted in Iceland.\n"

    assert text_of(mended(summary, components)) == "# Ferry\n\n- The ferry has run since 1912.\n"


def test_what_is_supported_or_undecided_stays_letter_by_letter(components: Components) -> None:
    summary = "The ferry\thas  run since 1912.\r\n\r\nAna Pell voted against it.\r\n"
    done = mended(summary, components)

    assert text_of(done) == summary
    assert done.report.repair
    assert done.report.repair.edits == ()
    assert len(done.report.repair.left_open) == sum(
        not isinstance(one.outcome, Verdict) or one.outcome.label is not Label.SUPPORTED for one in done.report.checks
    )


def test_of_a_summary_without_a_true_statement_nothing_is_offered(components: Components) -> None:
    with pytest.raises(RepairError, match="nothing would be left"):
        mended("Volcanoes erupted in Iceland.", components)


def test_the_edits_make_the_text_and_are_shown_in_every_form_for_readers(components: Components) -> None:
    done = mended(
        "The ferry has run since 1921. The vote, Ana Pell said, was close. Volcanoes erupted in Iceland.", components
    )
    repair = done.report.repair

    assert repair
    assert edited(done.report.summary.text, repair.edits) == repair.text
    assert repair.distance == len("1921 Volcanoes erupted in Iceland.".split())
    assert Report.model_validate_json(done.report.model_dump_json()) == done.report
    for form, words in (
        ("text", "“1921” becomes “1912”"),
        ("markdown", "“1921” becomes “1912”"),
        ("html", "<del>1921</del> <ins>1912</ins>."),
        ("html", "<del> Volcanoes erupted in Iceland.</del>"),
        ("json", '"after": "1912"'),
        ("json", f'"distance": {repair.distance}'),
        ("text", f"2 edits change {repair.distance} words"),
        ("markdown", f"2 edits change {repair.distance} words"),
        ("html", f"2 edits change {repair.distance} words"),
    ):
        assert words in render(done.report, form), form


def test_a_mended_summary_that_loses_or_gains_more_wrong_than_right_is_refused(components: Components) -> None:
    before = check("The ferry has run since 1912. Volcanoes erupted in Iceland.", SOURCE, backend=components)
    lost = check("Mayor Ana Pell said the vote was close.", SOURCE, backend=components)
    worse = check("The ferry has run since 1912. It rained. Volcanoes erupted. Snow fell.", SOURCE, backend=components)

    with pytest.raises(RepairError, match="would lose a supported statement"):
        refuse_worse(before, lost)
    with pytest.raises(RepairError, match="would have 3 problems instead of 1"):
        refuse_worse(before, worse)
    refuse_worse(before, before)


def test_a_bullet_and_bold_stay_where_a_sentence_of_the_source_is_put_in(components: Components) -> None:
    source = SOURCE.replace("2.4 million crowns", "__2.4 million crowns__")
    summary = "- The ferry has run since 1912.\n- The harbour wall will be repaired in **May** at a cost of 24 million crowns.\n"

    done = mend(check(summary, source, backend=components), backend=components)

    assert text_of(done).endswith(
        "\n- The harbour wall will be repaired in **March** at a cost of 2.4 million crowns.\n"
    )
    assert done.report.repair
    assert all(piece.span.of(source) == piece.quote for edit in done.report.repair.edits for piece in edit.evidence)


def test_what_the_source_says_nothing_about_goes_whatever_the_judge_calls_it(components: Components) -> None:
    summary = "The ferry has run since 1912. A volcano erupted at the harbour in March."

    assert text_of(mended(summary, components)) == "The ferry has run since 1912."


def test_two_values_and_other_words_are_put_right_together(components: Components) -> None:
    wrong = "The council of Harrow Bay voted 8 to 5 on Monday to drop the ferry to Tarn until 2030."

    assert "voted 7 to 4 on Tuesday to keep the ferry to Tarn until 2031." in text_of(
        mended(f"The ferry has run since 1912. {wrong}", components)
    )


NAMED = """\
Treasurer Ana Pell told the council on Monday that the harbour had lost £2 million. She ruled out any sale of the old pier.

The ferry to Tarn has run since 1912. “I would keep the ferry for everyone until 2032,” said Peter Fox, who leads the owners.

“We bought the ferry for £3. Nobody wanted the old ship,” Peter Fox told reporters.
"""
FERRY = "The ferry to Tarn has run since 1912."


class Knowing:
    """A judge that knows which statements are true, and the words of the source that the others contradict."""

    about = Component(name="knowing")
    destination = "the text stays in this test"
    remote = False

    def __init__(self, true: str, against: str) -> None:
        self.true, self.against = {true, FERRY}, against

    async def judge(self, claims: Sequence[Claim], material: Material) -> Judgements:
        assert material.sentences
        return Judgements(judgements=tuple(map(self._judged, claims)))

    def _judged(self, claim: Claim) -> Judgement:
        label = Label.SUPPORTED if claim.text in self.true else Label.CONTRADICTED
        quote = FERRY if claim.text == FERRY else self.against
        return Judgement(claim=claim.id, label=label, quotes=(QuoteDraft(text=quote),))

    async def close(self) -> None:
        """Nothing is held."""


def by_one_who_knows(wrong: str, right: str, against: str, source: str = NAMED) -> Mended:
    knowing = Components(ExtractiveWriter(), SentenceExtractor(), Knowing(right, against))
    return mend(check(f"{FERRY} {wrong}", source, backend=knowing), backend=knowing)


@pytest.mark.parametrize(
    ("wrong", "right", "against", "reason", "shown"),
    [
        (
            "Ana Pell did not exclude selling the old pier.",
            "Ana Pell ruled out any sale of the old pier.",
            "She ruled out any sale of the old pier.",
            "contradicted; this is what the source says, with the name for “She”",
            ["She ruled", "Treasurer"],
        ),
        (
            "Peter Fox would have the ferry given up in 2032.",
            "“I would keep the ferry for everyone until 2032,” said Peter Fox, who leads the owners.",
            "“I would keep the ferry for everyone until 2032,”",
            "contradicted; this is what the source says",
            ["“I would "],
        ),
        (
            "Peter Fox says that many wanted the old ship.",
            "Peter Fox: “Nobody wanted the old ship.”",
            "Nobody wanted the old ship,”",
            "contradicted; these are the words of Peter Fox in the source",
            ["Nobody wa"],
        ),
    ],
)
def test_a_sentence_stands_with_the_name_that_the_source_gives_it(
    wrong: str, right: str, against: str, reason: str, shown: list[str]
) -> None:
    done = by_one_who_knows(wrong, right, against)

    assert text_of(done) == f"{FERRY} {right}"
    assert done.report.repair
    edits = done.report.repair.edits
    assert {edit.kind for edit in edits} == {EditKind.SENTENCE}
    assert {edit.reason for edit in edits} == {reason}
    assert all(edit.span.of(done.report.summary.text) == edit.before for edit in edits)
    for edit in edits:
        assert [piece.quote[:9] for piece in edit.evidence] == shown
        assert all(piece.span.of(NAMED) == piece.quote for piece in edit.evidence)
    assert reason in render(done.report, "text")


def test_a_doubtful_name_is_not_put_in() -> None:
    source = NAMED.replace("told the council", "told her deputy Karen Holt")
    right = "Ana Pell ruled out any sale of the old pier."
    done = by_one_who_knows("Ana Pell did not exclude selling the old pier.", right, f"She{right[8:]}", source)

    assert text_of(done) == FERRY
