"""Whose name a "he" or "she" stands for: only where the text leaves no doubt, and never a wrong one."""

import pytest

from summarizer.language.antecedents import antecedent, slot_of, stands_with_a_name
from summarizer.language.names import names_in
from summarizer.language.persons import Persons
from summarizer.language.sentences import sentences
from summarizer.repair.around import around, read
from summarizer.schema import Document


def named(source: str, beginning: str) -> str | None:
    """The name that stands for the pronoun of the sentence that begins so; None where it cannot be put in."""
    document = Document.of(source, id="d1", name="article")
    split = sentences(document)
    one = next(one for one in split if read(one).startswith(beginning))
    beside = around(one, document.text, split)
    found = antecedent(read(one), beside.before, beside.earlier, beside.persons)
    return found.form if found and stands_with_a_name(read(one), found.person, beside.persons) else None


CERTAIN = [
    ("Finance Minister Peter Hallam, of the ruling Civic Union, rejected the figures. He called the report “a fairy tale”.", "He called", "Finance Minister Peter Hallam"),
    ("Ana Pell, 43, leads the party. She ruled out any deal with the Civic Union.", "She ruled", "Ana Pell"),
    ("“We will not sell the port,” Mayor Ana Pell said on Monday. She said the lease would run until 2031. She ruled out a vote before June.", "She ruled", "Mayor Ana Pell"),
    ("The council's head of transport, Linda Marsh, played down the delay. She said only two trains had been late.", "She said", "Linda Marsh"),
    ("Margaret Iffe, who chairs the trust, said that it had raised £85,000 by the end of March. “We are not asking for charity,” she said.", "“We are", "Margaret Iffe"),
    ("Spokeswoman Odile Marrin denied the report. She said no talks had taken place in Tarn.", "She said", "Spokeswoman Odile Marrin"),
    ("Mr Fox of the housing office refused to resign. He said the flats had been sold at a fair price.", "He said", "Mr Fox"),
    ("“The bridge is safe,” said engineer Thomas Reed. He put the cost of new bearings at £2 million.", "He put", "Thomas Reed"),
    ("Walter Gant told the board that sales had fallen by a tenth. The loss was smaller than in 2020, he said.", "The loss", "Walter Gant"),
    ("Sarah Holm opened the first shop in 1990. In 2004 she sold the chain to a rival from Hull for £3 million.", "In 2004", "Sarah Holm"),
    ("Union leader Carlos Vega met the employers on Friday. He demanded a rise of 6 per cent.", "He demanded", "Carlos Vega"),
    ("Ana Pell's report was published on Monday.\n\nDaniel Roth, the treasurer, disputed the sums. He expects a surplus of £4 million.", "He expects", "Daniel Roth"),
    ("Helen Marsh met her brother, Tom Marsh, in Leeds. She drove home in the evening.", "She drove", "Helen Marsh"),
    ("“It rained all night,” Judith Bell said. “The cellar was full.” She lost 400 books in the flood.", "She lost", "Judith Bell"),
    ("Dr. Simon Lund led the study. He warned against using the pills before surgery.", "He warned", "Dr. Simon Lund"),
    ("The premier, Anton Berg of the Civic Union, conceded defeat at midnight. He announced a party congress for January.", "He announced", "Anton Berg"),
    ("Late on Friday Paul Orr resigned. He will leave the bank at the end of the year.", "He will", "Paul Orr"),
    ("Baroness Thirza Nunn chaired the inquiry. She found that three warnings had been ignored.", "She found", "Baroness Thirza Nunn"),
]  # fmt: skip

DOUBTFUL = [
    # Somebody else in the sentence before, of the same sex or of one that nobody knows.
    ("Ana Pell met Karen Holt in Leeds. She said the talks had gone well.", "She said"),
    ("Ana Pell met Kim Dahl in Leeds. She said the talks had gone well.", "She said"),
    ("Ana Pell dismissed the mayor's complaint. She said the letter was late.", "She said"),
    ("Ana Pell visited her mother in Leeds. She died in May after a long illness.", "She died"),
    ("Peter Fox praised the goalkeeper. He saved two penalties in the second half.", "He saved"),
    ("Ana Pell and Karen Holt founded the firm. She left the board in 2019.", "She left"),
    ("Ana Pell dismissed the finance director. She had signed the contract without a vote.", "She had"),
    ("Ana Pell spoke to a nurse at the clinic. She said the ward was full.", "She said"),
    ("Ana Pell, a friend of the late Karen Holt, opened the show. She died in 2011 in Rome.", "She died"),
    # Somebody else earlier in the paragraph.
    ("The teacher was dismissed in May. Ana Pell called the decision right. She had taught in Leeds for 20 years.", "She had"),
    ("Karen Holt resigned on Monday. Ana Pell will lead the party. She said it was time for a change.", "She said"),
    ("Karen Holt resigned on Monday. Kim Dahl will replace her. She said the party needed a rest.", "She said"),
    # The name is not the subject, or not that of a person.
    ("Ana Pell's husband left the house at noon. He was seen in Leeds.", "He was"),
    ("The letter to Ana Pell was lost. She wrote a second one in June.", "She wrote"),
    ("According to Ana Pell, the budget takes £2 million from the farmers. She did not vote.", "She did"),
    ("The Civic Union welcomed the vote. She said the party would grow.", "She said"),
    ("Lodestar Capital welcomed the talks. She said the price was fair to both sides.", "She said"),
    ("Karen Holt, the finance minister, met the unions.\n\nLodestar Capital welcomed the talks. She said the price was fair.", "She said"),
    ("The talks with Peter Fox, of Lodestar, broke down. He walked out before lunch.", "He walked"),
    # The other sex, or one that nobody knows.
    ("Karen Holt presented the plan.\n\nPeter Fox called the plan a mistake. She said the figures were clear.", "She said"),
    ("Karen Holt presented the plan.\n\nKim Dahl, 51, called the plan a mistake. She said the figures were clear.", "She said"),
    ("Kim Dahl, a teacher, asked the council for money. “There is none left,” he said.", "“There is none"),
    ("Ana Pell asked for the money. “There is none left,” he said.", "“There is none"),
    # Said of another one who was there before.
    ("Karen Holt was hurt in the crash.\n\nAna Pell said she was brave. She told the police about the other car.", "She told"),
    ("Karen Holt left in May.\n\nAna Pell succeeded her. She had led the party since 2009.", "She had"),
    ("“She was a fine engineer,” said Ana Pell. She died in May in a hospice.", "She died"),
    ("Peter Fox is the chairman.\n\nPaul Orr, 60, voted against him. He won by two votes to one.", "He won"),
    # One of two who bear the name.
    ("Ana Pell and her sister Ruth Pell run the inn. Pell said the roof was new. She paid £9,000 for it.", "She paid"),
    ("Peter Fox, his father Paul Fox and the bank agreed. Mr Fox signed on Friday. He paid £3,000 at once.", "He paid"),
    # Within somebody's words, or with marks that do not match.
    ("“Ana Pell resigned. She was tired of the quarrels,” said Karen Holt.", "She was"),
    ("'Ana Pell resigned on Friday. She was tired of it all,' said Karen Holt.", "She was"),
    ("Karen Holt told it so: “Ana Pell resigned. She wept at the door.”", "She wept"),
    # The sentence says the name itself, so that somebody else says it.
    ("Peter Fox resigned. He said Fox had made a mistake with the figures.", "He said"),
    ("Peter Fox resigned. Fox was wrong about the figures, he said.", "Fox was"),
    # Another paragraph, or another item.
    ("Ana Pell leads the party, which won in May.\n\nShe ruled out a deal with the Civic Union.", "She ruled"),
    ("- Ana Pell leads the party.\n- She ruled out a deal with the Civic Union.", "She ruled"),
    # A sentence that needs more than the name.
    ("Ana Pell, 43, leads the party. She did not.", "She did"),
    ("Ana Pell, 43, leads the party. She thanked him for the flowers and the card.", "She thanked"),
    ("Ana Pell, 43, leads the party. She had replaced them within a year of the vote.", "She had"),
    ("Ana Pell, 43, leads the party. She was elected two years later in a close vote.", "She was"),
    ("Ana Pell, 43, leads the party. She went there by train from Leeds on Monday.", "She went"),
    ("Ana Pell, 43, leads the party. She called it the worst result of the year.", "She called"),
    ("Ana Pell, 43, leads the party. She praised Karen Holt and her work for the poor.", "She praised"),
    # A turn of talk.
    ("“Will you sell?” asked Kim Dahl, 40. “Never,” he said, and shut the door behind the visitors.", "“Never,”"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "beginning", "name"), CERTAIN)
def test_the_name_stands_for_the_pronoun_where_it_is_certain(source: str, beginning: str, name: str) -> None:
    assert named(source, beginning) == name


@pytest.mark.parametrize(("source", "beginning"), DOUBTFUL)
def test_a_doubtful_pronoun_has_no_name(source: str, beginning: str) -> None:
    assert named(source, beginning) is None


def test_only_the_subject_is_a_pronoun_that_a_name_may_stand_for() -> None:
    assert slot_of("The board praised her.") is None
    assert slot_of("His office said she would come.") is None
    assert slot_of("It was a mistake, he said.")


@pytest.mark.parametrize(
    ("text", "known", "sex"),
    [
        ("Odalys Brenn won. Brenn ran for nine minutes.", True, None),
        ("Odalys Brenn, a mother of two, won.", True, "she"),
        ("Odalys Brenn, 31, won.", True, None),
        ("Mr Odalys Brenn won.", True, "he"),
        ("Odalys Brenn said she was tired of it. It was her sister who ran.", False, None),
        ("Odalys Brenn sold her car. Ana Pell bought it.", False, "she"),
        ("Ana Pell bought a car. Odalys Brenn sold her the car.", False, None),
        ("Odalys Brenn met Kim Dahl in her car.", False, None),
        ("Karen Odalys won.", True, "she"),
        ("Karen Odalys and Mr Odalys won.", True, None),
        ("Odalys Partners won.", False, None),
    ],
)
def test_what_a_text_shows_of_the_bearer_of_a_name(text: str, known: bool, sex: str | None) -> None:
    split = [one.text for one in sentences(Document.of(text, id="d1", name="article"))]
    person = Persons(split).of(next(name for name in names_in(text) if "Odalys" in name.form))

    assert person
    assert (person.known, person.sex) == (known, sex)
