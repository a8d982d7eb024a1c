"""One value in two forms is one value: no reader and no rule may set it against itself."""

import pytest

from summarizer import check
from summarizer.findings.equal import worded_as
from summarizer.findings.rivals import rivals
from summarizer.schema import Label, Verdict

FORMS = [
    ("The quarry at Lomme sold 31000 tonnes of slate.", "The quarry at Lomme sold 31,000 tonnes of slate."),
    ("The quarry at Lomme sold 2,000,000 slates.", "The quarry at Lomme sold 2 million slates."),
    ("The lease of the hut costs €1.5m in all.", "The lease of the hut costs 1.5 million euros in all."),
    ("The lease of the hut costs $1,234.50 in all.", "The lease of the hut costs $1234.50 in all."),
    ("Wages in the docks rose by 3.50% in the year.", "Wages in the docks rose by 3.5% in the year."),
    ("Wages rose for 9 out of 10 dockers.", "Wages rose for 90% of dockers."),
    ("The fund lent half a million to the bakers.", "The fund lent 500,000 to the bakers."),
    ("The plant gives 1200 megawatts to the grid.", "The plant gives 1.2 gigawatts to the grid."),
    ("A lorry in Lomme was driven at 60mph.", "A lorry in Lomme was driven at 60 miles per hour."),
    ("Gusts of 112 km/h took the roof of the inn.", "Gusts of 112-kilometre-an-hour took the roof of the inn."),
    ("The lift in Lomme rises at 5 m/s.", "The lift in Lomme rises at five metres per second."),
    ("It fell to -12°C in Lomme at night.", "It fell to minus 12 degrees Celsius in Lomme at night."),
    ("It fell to minus four degrees Celsius in Lomme.", "It fell to −4 °C in Lomme."),
    ("Ilse Thorn came in twenty-first in the race.", "Ilse Thorn came in 21st in the race."),
    ("The deal was signed on 2024-03-05 in Lomme.", "The deal was signed on 5 March 2024 in Lomme."),
    ("The deal was signed on Mar. 5, 2024 in Lomme.", "The deal was signed on 5 March 2024 in Lomme."),
    ("The deal was signed on Tuesday, 5 March 2024 in Lomme.", "The deal was signed in Lomme on Tues. 5 Mar."),
    ("The deal was signed on 12 September 2024 in Lomme.", "The deal was signed in Lomme on Sept. 12."),
    ("The deal was signed on 5 March in Lomme.", "The deal was signed on 5 March 2024 in Lomme."),
    ("The deal was signed on 5 March 2024 in Lomme.", "The deal was signed in March in Lomme."),
    ("The deal was signed in 1995 in Lomme.", "The deal was signed in the 1990s in Lomme."),
    ("The fair runs from 3 to 7 July in Lomme.", "The fair runs July 3-7 in Lomme."),
    ("The fair runs from 3 to 7 July in Lomme.", "The fair in Lomme starts on 3 July."),
    ("The mill was shut on March 3 and 10 in Lomme.", "The mill was shut on March 10 in Lomme."),
    ("The fair runs between 3 and 7 July in Lomme.", "The fair runs from July 3 to 7 in Lomme."),
    ("The fair runs from 3 July to 7 July in Lomme.", "The fair runs July 3-7 in Lomme."),
    ("The deal was signed on 3/5/2024 in Lomme.", "The deal was signed on March 5, 2024 in Lomme."),
    ("The chapel is of the XVIth century.", "The chapel is of the 16th century."),
    ("The last boat leaves at 15:30 on weekdays.", "The last boat leaves at 3.30 pm on weekdays."),
    ("The race in Lomme is 26.2 miles long.", "The race in Lomme is 42.2 km long."),
    ("The race in Lomme began half an hour late.", "The race in Lomme began 30 minutes late."),
    ("The oven of the inn in Lomme is at 180C.", "The oven of the inn in Lomme is at 180 degrees Celsius."),
    ("The TUB met in Lomme.", "The Tarn Union of Bakers met in Lomme."),
    ("The vote was called by Jürgen Röhm in the hall.", "The vote was called by Juergen Roehm in the hall."),
    ("The vote was called by Rhys Holloway in the hall.", "The vote was called by Dr Rhys J. Holloway in the hall."),
    ("The vote was called by Rhys Holloway in the hall.", "The vote was called by R. Holloway in the hall."),
    ("The vote was called by Łukasz Øvre in the hall.", "The vote was called by Lukasz Ovre in the hall."),
    ("Prime Minister Rhys Holm called the vote in the hall.", "PM Holm called the vote in the hall."),
    ("Detective Chief Inspector Rhys Holm led the search in Lomme.", "DCI Holm led the search in Lomme."),
    ("Police Sergeant Dan Holm led the search in Lomme.", "Sgt. Daniel Holm led the search in Lomme."),
    ("William Holm and Robert Pell called the vote in Lomme.", "Bill Holm and Bob Pell called the vote in Lomme."),
    ("Manchester City beat Manchester United 3-1 in Lomme.", "Man City beat Man United 3-1 in Lomme."),
    ("Exxon Mobil sold the quarry at Lomme to Coca-Cola.", "ExxonMobil sold the quarry at Lomme to Coca Cola."),
]
SHARE = ("Half of the 40 members came to the meeting.", "Twenty members came to the meeting.")
OTHERS = [
    ("The quarry at Lomme sold 31000 tonnes of slate.", "The quarry at Lomme sold 13,000 tonnes of slate."),
    ("The deal was signed on 2024-03-05 in Lomme.", "The deal was signed on 6 March 2024 in Lomme."),
    ("The deal was signed on 5 March 2024 in Lomme.", "The deal was signed in Lomme on 6 Mar."),
    ("The fair runs from 3 to 7 July in Lomme.", "The fair runs July 3-9 in Lomme."),
    ("The fair runs from 3 to 7 July in Lomme.", "The fair in Lomme starts on 2 July."),
    ("The deal was signed on 5 March 2024 in Lomme.", "The deal was signed on 5 March 2023 in Lomme."),
    ("The deal was signed in 1985 in Lomme.", "The deal was signed in the 1990s in Lomme."),
    ("The last boat leaves at 15:30 on weekdays.", "The last boat leaves at 5.30 pm on weekdays."),
    ("A lorry in Lomme was driven at 60mph.", "A lorry in Lomme was driven at 60 kilometres per hour."),
    ("It fell to 12°C in Lomme at night.", "It fell to minus 12 degrees Celsius in Lomme at night."),
    ("Prime Minister Rhys Holm called the vote in the hall.", "PM Dan Holm called the vote in the hall."),
    ("Sergeant Rhys Holm led the search in Lomme.", "DCI Holm led the search in Lomme."),
    ("Paula Holm called the vote in the hall.", "Paul Holm called the vote in the hall."),
    ("BBC News told of the vote in Lomme.", "ITV News told of the vote in Lomme."),
    ("The fund lent half of it to Southern Lomme.", "The fund lent half of it to South Lomme."),
]


@pytest.mark.parametrize(("source", "claim"), FORMS)
def test_no_claim_is_accused_of_a_value_that_the_source_has_in_another_form(source: str, claim: str) -> None:
    (one,) = check(claim, f"{source} Snow fell in the hills on the day after.").checks

    assert not (isinstance(one.outcome, Verdict) and one.outcome.label is not Label.SUPPORTED)


@pytest.mark.parametrize(("source", "claim"), [*FORMS, SHARE])
def test_nothing_is_put_in_the_place_of_its_equal(source: str, claim: str) -> None:
    assert list(rivals(claim, source)) == []


@pytest.mark.parametrize(("source", "claim"), OTHERS)
def test_another_value_stays_another(source: str, claim: str) -> None:
    assert worded_as(claim, source) == claim
    assert list(rivals(claim, source))


@pytest.mark.parametrize(
    ("claim", "exchanged"),
    [
        ("Ohio Senator Holm called the vote.", []),
        ("Democratic Sen. Holm called the vote.", []),
        ("Ohio Senator Dora Holm called the vote.", ["Senator Ada Holm"]),
    ],
)
def test_what_stands_before_a_title_is_no_given_name(claim: str, exchanged: list[str]) -> None:
    source = "Senator Ada Holm called the vote."

    assert [source[one.other.start : one.other.end] for one in rivals(claim, source)] == exchanged


@pytest.mark.parametrize(
    ("claim", "evidence", "read"),
    [
        ("It was sold at 3 p.m.", "It was sold at 15:00.", "It was sold at 15:00."),
        ("It was sold on 4 Mar.", "It was sold on 4 March 2025.", "It was sold on 4 March 2025."),
        ("It was sold on 4 Mar. 2025.", "It was sold on 4 March.", "It was sold on 4 Mar. 2025."),
        ("It runs July 3-7.", "It ran from 3 to 7 July.", "It runs 3 to 7 July."),
        ("It ran from 3 to 7 July.", "It ran between 3 and 7 July.", "It ran from 3 to 7 July."),
        ("It ran on 2024-03-05.", "It ran on 5 March 2024.", "It ran on 5 March 2024."),
        ("It opens on July 3.", "It ran from 3 to 7 July.", "It opens on July 3."),
        ("The 5 dogs and five cats", "the five dogs", "The five dogs and five cats"),
        ("Snow fell.", "Rain fell.", "Snow fell."),
        ("Salt was 3 % there.", "Salt was 3 ‰ there.", "Salt was 3 % there."),
        ("It cost $40.", "It cost £40.", "It cost $40."),
        ("They won 3-2 in May.", "In May they won 2-3.", "They won 3-2 in May."),
    ],
)
def test_a_claim_is_read_in_the_words_of_its_evidence(claim: str, evidence: str, read: str) -> None:
    assert worded_as(claim, evidence) == read


@pytest.mark.parametrize(
    ("claim", "evidence", "read"),
    [
        ("It was signed on Saturday, December 6, 2014.", "It was signed on December 6, 2014.", "It was signed on December 6, 2014."),
        ("It opened on Wednesday, 2 May 1945.", "It opened on 2. Mai 1945.", "It opened on 2. Mai 1945."),
        ("It was signed on Sunday, December 6, 2014.", "It was signed on December 6, 2014.", "It was signed on Sunday, December 6, 2014."),
        ("It opened on Friday, 31 February 2020.", "It opened on 31 February 2020.", "It opened on Friday, 31 February 2020."),
        ("It opened on Saturday, 6 December.", "It opened on 6 December.", "It opened on Saturday, 6 December."),
    ],
)  # fmt: skip
def test_a_weekday_that_follows_from_its_date_is_not_read_as_more_than_the_date(
    claim: str, evidence: str, read: str
) -> None:
    assert worded_as(claim, evidence) == read
