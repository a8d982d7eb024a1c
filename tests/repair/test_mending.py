"""The mended summary: what the embedded judge calls wrong is put right or taken out, and all else stays as it was."""

import pytest

from summarizer import RepairError, assemble, check, mend
from summarizer.components import Components
from summarizer.repair import Mended
from summarizer.repair.mending import refuse_worse
from summarizer.report import render
from summarizer.schema import EditKind, Label, Report, Verdict, edited
from summarizer.settings import resolve

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


def test_no_edit_takes_a_conjunction_out_between_two_verbs(components: Components) -> None:
    source = (
        "Harbour rescue boat to be replaced\n\nThe lifeboat station at Orran will get a new boat in the spring of 2027. The present one, "
        "which has served for 24 years, was called out 61 times last year. The new boat costs £2.4 million, of which the county pays "
        'half.\n\n"We have waited for this for nine years," said Moira Kell, who has led the station since 2015. Her deputy, Tom Asher, '
        'called the old boat "a brave old lady".'
    )
    summary = "Orran's lifeboat station will receive a new boat in spring 2027. The old boat has served for 26 years and was called out 61 times last year."

    repair = mend(check(summary, source, backend=components), backend=components).report.repair

    assert repair
    assert "26" not in repair.text
    assert "24 years was called" not in repair.text


@pytest.mark.parametrize(
    ("source", "summary"),
    [
        (
            "Mayor Ana Pell said the council would not sell the land. Northline's chief executive, Ingrid Aas, said the company had not been consulted. She expects to cut 60 of its 215 jobs.",
            "Mayor Ana Pell said the council would not sell the land. Ingrid Aas bought a vineyard in Tuscany. She expects to cut 60 of its 215 jobs.",
        ),
        (
            "The northern ferry terminal opened in 1968. Last year it had 41,200 passengers. The trade union Seafarers United fears that up to 110 jobs could go.",
            "Last year the terminal had 41,200 passengers. The trade union Seafarers United called a strike. It fears that up to 110 jobs could go.",
        ),
        (SOURCE, "The ferry has run since 1912. Piet Lamm said the vote was close. He voted against it."),
    ],
)
def test_a_sentence_that_says_who_the_next_one_speaks_of_is_left_open(
    source: str, summary: str, components: Components
) -> None:
    done = mend(check(summary, source, backend=components), backend=components)

    assert text_of(done) == summary
    assert done.report.repair
    assert "c2" in done.report.repair.left_open


def test_several_wrong_values_take_those_of_the_source_in_their_order(components: Components) -> None:
    source = "The prize was shared by Lena Okafor, Hugo Brandl and Ingrid Aas. The train stops in Tarn, Orm and Marl before it reaches Saltmarsh."
    summary = "The prize was shared by Mireille Dacosta, Sam Ode and Ingrid Aas. The train stops in Tolby, Harrow and Marl before it reaches Saltmarsh."

    assert text_of(mend(check(summary, source, backend=components), backend=components)) == source


def test_the_owner_of_somebody_does_not_take_the_place_of_the_person(components: Components) -> None:
    source = "The trophy went to Brazil's Rui Costa. Apple's Tim Hale criticised Google's Dan Marsh at the hearing."
    summary = "The trophy went to Diego Ruiz. Tim Hale criticised Sara Quinn at the hearing."

    assert text_of(mend(check(summary, source, backend=components), backend=components)) == (
        "The trophy went to Rui Costa. Tim Hale criticised Dan Marsh at the hearing."
    )
