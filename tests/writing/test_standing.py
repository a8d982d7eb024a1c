"""A sentence of a summary can be read alone, and begins with the news, not with the place and the agency."""

import pytest

from summarizer.language.lexicon import languages, lexicon
from summarizer.writing.standing import in_own_voice, is_prose, is_spoken, leans, stands_alone, told


@pytest.mark.parametrize(
    "text",
    [
        "He left the council on Monday.",
        "But the harbour stayed open.",
        "This was the third storm of the year.",
        "One was hurt.",
        "In doing so, the council broke its word.",
        "When the vote was over, she went home.",
        "“We will be back,” the captain said.",
        "„Wir haben keine Wahl“, sagte die Kapitänin.",
        "It’s the end of the line.",
        "The latter had voted against it.",
        "Increasingly it is used by commuters.",
        "On Monday he closed the bridge.",
        "Last week they voted on the bridge.",
        "Chair: But that is another matter.",
        "The jury heard that he had emptied the till for nine years.",
        "Detectives said she had crossed the bridge at noon.",
        "At the court in Harrow Bay he denied it.",
        "The county paid her 3 million pounds.",
        "According to her, the ferry was late.",
        "Neither woman has been charged.",
        "Among them was a boy of six.",
        "Others said the bridge came too late.",
        "A: Never, and I have told the council so.",
        "Most of those were not on the bridge.",
        "Some of these bridges need paint.",
        "About 300 of them come from the islands.",
        "Much of it was paid for by the county.",
        "The price of that is not known.",
        "Under this plan, the ferry will stop in May.",
        "On top of this, the county will pay 3 million pounds.",
        "Similar warnings had been given in Leeds.",
        "Two other men were hurt on the bridge.",
        "In other towns, the bus is free.",
        "Two weeks later, the bridge was closed.",
        "A day earlier, the mayor had called it safe.",
        "The following day, the mayor closed the bridge.",
        "Later that day the ferry ran again.",
        "Earlier, a picture of the ferry was shown.",
        "In response, the county closed two bridges.",
        "By contrast, bridges in Leeds are painted every year.",
        "As mentioned above, the bridge was built in 1962.",
        "Each was fined 300 pounds by the court.",
        "Carried by 28 votes to 6.",
        "The county ignored it.",
        "Now the county wants to close it.",
        "Members of the union will vote on it by Friday.",
        "There is another way.",
        "Of course money is tight.",
    ],
)
def test_a_sentence_that_needs_the_one_before_leans(text: str) -> None:
    assert leans(text)
    assert not stands_alone(text)


@pytest.mark.parametrize(
    "text",
    [
        "IT firms in the valley hired again.",
        "US officials met in the capital.",
        "This week the ferry runs twice a day.",
        "One of the two bridges is closed.",
        "When Ana Pell left, she took the keys.",
        "It was agreed to mend the bridge.",
        "It is not known who closed the bridge.",
        "So-called smart meters read themselves.",
        "The second reading of the bill is on Friday.",
        "Theytown has a new mayor.",
        "Marsh said he would build it himself.",
        "The engineer from Leeds said his bridge was safe.",
        "After his release, Lee Marsh moved to Leeds.",
        "In her speech, the minister said the bridge was safe.",
        "Neither the county nor the town owns the bridge.",
        "The court heard: “He was never there.”",
        "The court heard: „He was never there.“",
        "The court heard: »He was never there.«",
        "The court heard: ”He was never there.”",
        "No one was hurt.",
        "Most of those who live on the island are farmers.",
        "At least two of those killed were children.",
        "The purpose of this study is to weigh the bridges.",
        "Most of this year's money is for the bridge.",
        "Under the plan, the ferry will stop in May.",
        "Two weeks ago, the bridge was closed.",
        "Two hours later than planned, the ferry left the pier.",
        "In response to the flood, the county closed two bridges.",
        "Other than the mayor, nobody voted for the bridge.",
        "Approved by the council in May, the bridge will open in June.",
        "Each of the two men was fined 300 pounds by the court.",
        "The county bought the bridge to paint it.",
        "The mayor likes the bridge and wants to keep it.",
    ],
)
def test_a_sentence_with_a_subject_of_its_own_stands_alone(text: str) -> None:
    assert stands_alone(text)


@pytest.mark.parametrize(
    "text",
    [
        "Mayor Ana Pell (left) opens the new bridge in Harrow Bay.",
        "The bridge in Harrow Bay, pictured on Monday, has four lanes.",
        "Figure 3 gives the loads of the bridge by day.",
        "File: the old ferry leaves the pier of Harrow Bay.",
        "Old days: the ferry on its way to the pier .",
        "The ferry (above, in 1962) ran until the bridge was built.",
    ],
)
def test_a_caption_is_no_sentence_of_a_summary(text: str) -> None:
    assert not stands_alone(text)


def test_words_of_a_caption_with_another_meaning_are_none() -> None:
    assert stands_alone("The party of the (right-wing) opposition lost four seats.")
    assert stands_alone("The bridge (back in use since May) carries 4,000 cars a day.")


@pytest.mark.parametrize(
    ("sentence", "text"),
    [
        ("HARROW BAY (Reuters) - The bridge is open.", "The bridge is open."),
        ("(CNN)The bridge is open.", "The bridge is open."),
        ("LONDON, England (CNN) -- The bridge is open.", "The bridge is open."),
        ("HULL, England, May 4, 2026 /PRNewswire/ -- The bridge is open.", "The bridge is open."),
        ("NEW YORK--(BUSINESS WIRE)--The bridge is open.", "The bridge is open."),
        ("HULL, May 4, 2026 (GLOBE NEWSWIRE) -- The bridge is open.", "The bridge is open."),
        ("MYTH — The bridge is closed.", "MYTH — The bridge is closed."),
        ("2. The bridge\n   is open.", "The bridge is open."),
        ("Thomson (Reuters) said the bridge is open.", "Thomson (Reuters) said the bridge is open."),
        ("The A-9 - the old road - is closed.", "The A-9 - the old road - is closed."),
    ],
)
def test_place_and_agency_are_cut_and_nothing_else(sentence: str, text: str) -> None:
    assert told(sentence) == text


@pytest.mark.parametrize(
    "text",
    [
        "Sign up for our newsletter and read the news of the bay every day.",
        "The full list of the bridges of the county can be found here.",
        "## The bridges of the county and of the bay, with all their dates.",
        "Who will pay for the bridges of the county and of the bay?",
        "This message is intended only for the addressee and may contain confidential information.",
        "If you are not the intended recipient, you must not copy this message.",
        "Any unauthorised copying or distribution is strictly prohibited.",
        "If you have received it in error, please notify the sender.",
        "Please consider the environment before printing this e-mail.",
        "Good afternoon and welcome to our live coverage of the vote on the bridge.",
        "An earlier version of this article said that the bridge of the bay was closed.",
        "This article was amended on 3 May to correct the length of the bridge.",
        "The county undertakes no obligation to update any forward-looking statements on the bridge.",
        "The minutes of the AGM held on 13 February 2025 were approved as a true record.",
        "The Chair welcomed members and reminded them of the fire exits.",
        "You are receiving this email because the county has built a bridge.",
        "The partners of the county store and access information on the device to personalise ads.",
        "The bridge opens.",
        "The bridges of the county and of the bay, with all their dates",
    ],
)
def test_boilerplate_headings_questions_and_fragments_are_no_prose(text: str) -> None:
    assert not is_prose(text, fewest=6)


@pytest.mark.parametrize("marks", ["“”", '""', "„“", "„”", "””", "«»", "»«"])
def test_a_sentence_that_ends_in_a_quotation_is_prose(marks: str) -> None:
    assert is_prose(f"The council of the bay has said: {marks[0]}The bridge is safe.{marks[1]}", fewest=6)


def test_us_is_a_country_and_i_may_be_quoted() -> None:
    assert not in_own_voice("The US will pay for the bridge.")
    assert not in_own_voice("“I will pay,” said Ana Pell.")
    assert not in_own_voice("Ana Pell said: „I will pay.“")
    assert in_own_voice("I will pay for the bridge.")


def test_sounds_and_false_starts_are_speech() -> None:
    assert is_spoken("The bridge is um well above the price.")
    assert is_spoken("Well , it's not it's not so dear .")
    assert not is_spoken("The council had had no choice but to pay.")


@pytest.mark.parametrize(
    ("language", "leaning", "alone"),
    [
        ("de", "Sie soll im Mai öffnen.", "Diese Woche wurde die Brücke geschlossen."),
        ("fr", "Son chef a voté contre le pont.", "Cette semaine, le pont est fermé."),
        ("es", "Sus vecinos votaron contra el puente.", "Este lunes se cerró el puente."),
        ("it", "Il suo capo ha votato contro il ponte.", "Questa settimana il ponte è chiuso."),
        ("nl", "Hij stemde tegen de brug.", "Deze week is de brug dicht."),
        ("pl", "Jego partia głosowała przeciw.", "W tym roku most jest zamknięty."),
        ("pt", "O seu partido votou contra a ponte.", "Esta semana a ponte está fechada."),
    ],
)
def test_a_sentence_of_another_language_leans_by_the_words_of_that(language: str, leaning: str, alone: str) -> None:
    assert not stands_alone(leaning, language=language)
    assert stands_alone(alone, language=language)


def test_every_language_with_words_of_its_own_has_those_that_lean() -> None:
    for language in set(languages()) - {"en", "world"}:
        assert lexicon("summaries", language).keys() == {"leaning", "standing"}
