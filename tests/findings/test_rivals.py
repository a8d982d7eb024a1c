"""Which words of the source could stand in the place of a claim's own."""

from summarizer.findings.rivals import rivals


def pairs(claim: str, sentence: str) -> list[tuple[str, str]]:
    return [
        (claim[one.own.start : one.own.end], sentence[one.other.start : one.other.end])
        for one in rivals(claim, sentence)
    ]


def test_a_number_stands_for_a_number_that_counts_the_same() -> None:
    assert pairs("The tram killed 5 dogs.", "The tram hit three dogs at noon.") == [("5", "three")]


def test_a_speed_has_its_hour_and_a_temperature_its_minus() -> None:
    assert pairs("It did 70mph.", "The lorry did 60 miles per hour.") == [("70mph", "60 miles per hour")]
    assert pairs("It was 9 degrees celsius.", "It fell to minus two degrees celsius.") == [
        ("9 degrees celsius", "minus two degrees celsius")
    ]


def test_the_most_alike_comes_first() -> None:
    said = "The fee is £80 and the rent £520 until 3 May or 9 July 2025."

    assert pairs("The rent is £250.", said) == [("£250", "£520"), ("£250", "£80")]
    assert pairs("It is due on 8 July 2025.", said) == [("8 July 2025", "9 July 2025"), ("8 July 2025", "3 May")]


def test_the_same_in_another_unit_is_no_other_value() -> None:
    assert pairs("The race is 26.2 miles long.", "The race is 42.2 km long.") == []
    assert pairs("The race is 24.2 miles long.", "The race is 42.2 km long.") == [("24.2 miles", "42.2 km")]


def test_one_that_counts_nothing_stands_for_no_number() -> None:
    assert pairs("The fault was one that nobody saw.", "Nobody saw the fault for three days.") == []


def test_a_place_in_an_order_is_no_count() -> None:
    assert pairs("She had sat twice and won three times.", "She won for the second time in Oslo.") == []


def test_an_owner_stands_for_an_owner_and_a_person_for_a_person() -> None:
    said = "The trophy went to Brazil's Rui Costa."

    assert pairs("The trophy went to Diego Ruiz.", said) == [("Diego Ruiz", "Rui Costa")]
    assert pairs("The trophy went to Chile’s captain.", said) == [("Chile", "Brazil")]


def test_what_has_an_article_or_begins_an_office_is_nobody() -> None:
    assert pairs("Ilse Varn admitted the fraud.", "An Australian admitted the fraud.") == []
    assert pairs("A Canadian admitted the fraud.", "An Australian admitted the fraud.") == [("Canadian", "Australian")]

    said = "Finance director Omar Hale will leave."

    assert pairs("Ilse Varn will leave.", said) == [("Ilse Varn", "Omar Hale")]
    assert ("Marketing", "Finance") in pairs("Marketing director Ilse Varn will leave.", said)


def test_initials_stand_for_no_half_of_what_they_are_short_for() -> None:
    said = "The National Union of Rowers called for a strike in Orm."

    assert pairs("The NUR called for a strike in Tarn.", said) == [("Tarn", "Orm")]
    assert pairs("The National Union of Rowers met in Tarn.", "The NUR met in Orm.") == [("Tarn", "Orm")]


def test_whom_the_claim_names_by_the_surname_is_nobody_else() -> None:
    said = "The prize went to Ingrid Aas and Lena Okafor."

    assert pairs("The prize went to Aas and Sam Ode.", said) == [("Sam Ode", "Lena Okafor")]


def test_a_name_or_range_with_another_dash_is_the_same() -> None:
    assert pairs("The Tarn-Orm line has 10-49 stops.", "The Tarn–Orm line has 10–49 stops.") == []
    assert pairs("The Tarn-Marl line closed.", "The Tarn–Orm line closed.") == [("Tarn-Marl", "Tarn–Orm")]
    assert pairs("It opens Monday-Friday in Tarn.", "Monday–Friday it opens in Orm.") == [("Tarn", "Orm")]
