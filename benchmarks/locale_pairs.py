"""Pairs of claim and source that state one value in two forms, or two values: numbers, dates and names of ten locales.

Babel (`pip install babel`) writes what Unicode CLDR knows of a locale: grouping, decimals, currencies, percentages, dates.
The rest, such as centuries and ranges, is written below as the language has it. Each sentence comes in the language of the
locale, or in English around the locale's form, as in a translation.
"""

import random
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from babel.dates import format_date
from babel.numbers import format_compact_decimal, format_currency, format_decimal

LOCALES = ("en_GB", "en_IN", "de_DE", "de_CH", "fr_FR", "es_ES", "it_IT", "pt_BR", "nl_NL", "pl_PL")
CURRENCIES = ("EUR", "USD", "GBP", "INR", "JPY", "CHF", "PLN", "BRL", "SEK", "KRW")
KINDS = ("grouping", "scaled", "decimal", "money", "percent", "date", "century", "range", "ordinal", "fraction", "name")

# Claim and source; the source is about the same and says a little more.
FRAMES: dict[str, dict[str, tuple[str, str]]] = {
    "en": {
        "count": ("The harbour of Arven counted {} visitors last season.", "Last season the harbour of Arven counted {} visitors, said its master."),
        "money": ("The museum of Arven paid {} for the print.", "For the print the museum of Arven paid {} in the end."),
        "percent": ("Unemployment in Arven fell to {} last year.", "Last year unemployment in Arven fell to {}, said the office."),
        "date": ("The contract for the bridge of Arven was signed on {}.", "The contract for the bridge of Arven was signed on {} in the old hall."),
        "century": ("The bridge of Arven was built in the {}.", "The bridge of Arven was built of stone in the {}."),
        "range": ("The ferry to Arven takes {} minutes.", "In a calm sea the ferry to Arven takes {} minutes."),
        "ordinal": ("Arven came in {} place in the regatta.", "In the regatta of the bay Arven came in {} place."),
        "fraction": ("The hearing in Arven lasted {} hours.", "The hearing in Arven on the bridge lasted {} hours."),
        "name": ("The prize of Arven went to {} after a vote.", "After a long vote the prize of Arven went to {}."),
    },
    "de": {
        "count": ("Der Hafen von Arven zählte letztes Jahr {} Besucher.", "Letztes Jahr zählte der Hafen von Arven {} Besucher, sagte sein Leiter."),
        "money": ("Das Museum von Arven zahlte {} für den Druck.", "Für den Druck zahlte das Museum von Arven am Ende {}."),
        "percent": ("Die Arbeitslosigkeit in Arven sank auf {}.", "Im letzten Jahr sank die Arbeitslosigkeit in Arven auf {}."),
        "date": ("Der Vertrag für die Brücke in Arven wurde am {} unterschrieben.", "Der Vertrag für die Brücke in Arven wurde am {} im alten Saal unterschrieben."),
        "century": ("Die Brücke von Arven stammt aus dem {}.", "Die steinerne Brücke von Arven stammt aus dem {}."),
        "range": ("Die Fähre nach Arven braucht {} Minuten.", "Bei ruhiger See braucht die Fähre nach Arven {} Minuten."),
        "ordinal": ("Arven kam in der Regatta auf den {} Platz.", "In der Regatta der Bucht kam Arven auf den {} Platz."),
        "fraction": ("Die Anhörung in Arven dauerte {} Stunden.", "Die Anhörung in Arven zur Brücke dauerte {} Stunden."),
        "name": ("Der Preis von Arven ging an {}.", "Nach langer Wahl ging der Preis von Arven an {}."),
    },
    "fr": {
        "count": ("Le port d'Arven a compté {} visiteurs l'an dernier.", "L'an dernier, le port d'Arven a compté {} visiteurs, selon son directeur."),
        "money": ("Le musée d'Arven a payé {} pour la gravure.", "Pour la gravure, le musée d'Arven a finalement payé {}."),
        "percent": ("Le chômage à Arven est tombé à {}.", "L'an dernier, le chômage à Arven est tombé à {}."),
        "date": ("Le contrat du pont d'Arven a été signé le {}.", "Le contrat du pont d'Arven a été signé le {} dans la vieille salle."),
        "century": ("Le pont d'Arven date du {}.", "Le pont de pierre d'Arven date du {}."),
        "range": ("Le bac vers Arven met {} minutes.", "Par mer calme, le bac vers Arven met {} minutes."),
        "ordinal": ("Arven a pris la {} place de la régate.", "Dans la régate de la baie, Arven a pris la {} place."),
        "fraction": ("L'audience à Arven a duré {} heures.", "L'audience à Arven sur le pont a duré {} heures."),
        "name": ("Le prix d'Arven est allé à {}.", "Après un long vote, le prix d'Arven est allé à {}."),
    },
    "es": {
        "count": ("El puerto de Arven contó {} visitantes el año pasado.", "El año pasado el puerto de Arven contó {} visitantes, dijo su director."),
        "money": ("El museo de Arven pagó {} por el grabado.", "Por el grabado el museo de Arven pagó al final {}."),
        "percent": ("El paro en Arven bajó al {}.", "El año pasado el paro en Arven bajó al {}."),
        "date": ("El contrato del puente de Arven se firmó el {}.", "El contrato del puente de Arven se firmó el {} en la sala vieja."),
        "century": ("El puente de Arven es del {}.", "El puente de piedra de Arven es del {}."),
        "range": ("El barco a Arven tarda {} minutos.", "Con mar en calma el barco a Arven tarda {} minutos."),
        "ordinal": ("Arven quedó en {} lugar en la regata.", "En la regata de la bahía Arven quedó en {} lugar."),
        "fraction": ("La audiencia en Arven duró {} horas.", "La audiencia en Arven sobre el puente duró {} horas."),
        "name": ("El premio de Arven fue para {}.", "Tras una larga votación el premio de Arven fue para {}."),
    },
    "it": {
        "count": ("Il porto di Arven ha contato {} visitatori l'anno scorso.", "L'anno scorso il porto di Arven ha contato {} visitatori, dice il direttore."),
        "money": ("Il museo di Arven ha pagato {} per la stampa.", "Per la stampa il museo di Arven ha pagato alla fine {}."),
        "percent": ("La disoccupazione ad Arven è scesa al {}.", "L'anno scorso la disoccupazione ad Arven è scesa al {}."),
        "date": ("Il contratto per il ponte di Arven fu firmato il {}.", "Il contratto per il ponte di Arven fu firmato il {} nella vecchia sala."),
        "century": ("Il ponte di Arven risale al {}.", "Il ponte di pietra di Arven risale al {}."),
        "range": ("Il traghetto per Arven impiega {} minuti.", "Con mare calmo il traghetto per Arven impiega {} minuti."),
        "ordinal": ("Arven è arrivata al {} posto nella regata.", "Nella regata della baia Arven è arrivata al {} posto."),
        "fraction": ("L'udienza ad Arven è durata {} ore.", "L'udienza ad Arven sul ponte è durata {} ore."),
        "name": ("Il premio di Arven è andato a {}.", "Dopo un lungo voto il premio di Arven è andato a {}."),
    },
    "pt": {
        "count": ("O porto de Arven contou {} visitantes no ano passado.", "No ano passado o porto de Arven contou {} visitantes, disse o diretor."),
        "money": ("O museu de Arven pagou {} pela gravura.", "Pela gravura o museu de Arven pagou no fim {}."),
        "percent": ("O desemprego em Arven caiu para {}.", "No ano passado o desemprego em Arven caiu para {}."),
        "date": ("O contrato da ponte de Arven foi assinado em {}.", "O contrato da ponte de Arven foi assinado em {} na velha sala."),
        "century": ("A ponte de Arven é do {}.", "A ponte de pedra de Arven é do {}."),
        "range": ("A balsa para Arven leva {} minutos.", "Com mar calmo a balsa para Arven leva {} minutos."),
        "ordinal": ("Arven ficou em {} lugar na regata.", "Na regata da baía Arven ficou em {} lugar."),
        "fraction": ("A audiência em Arven durou {} horas.", "A audiência em Arven sobre a ponte durou {} horas."),
        "name": ("O prêmio de Arven foi para {}.", "Depois de longa votação o prêmio de Arven foi para {}."),
    },
    "nl": {
        "count": ("De haven van Arven telde vorig jaar {} bezoekers.", "Vorig jaar telde de haven van Arven {} bezoekers, zei de directeur."),
        "money": ("Het museum van Arven betaalde {} voor de prent.", "Voor de prent betaalde het museum van Arven uiteindelijk {}."),
        "percent": ("De werkloosheid in Arven daalde naar {}.", "Vorig jaar daalde de werkloosheid in Arven naar {}."),
        "date": ("Het contract voor de brug van Arven werd op {} getekend.", "Het contract voor de brug van Arven werd op {} in de oude zaal getekend."),
        "century": ("De brug van Arven is uit de {}.", "De stenen brug van Arven is uit de {}."),
        "range": ("De veerboot naar Arven doet er {} minuten over.", "Bij kalme zee doet de veerboot naar Arven er {} minuten over."),
        "ordinal": ("Arven werd {} in de regatta.", "In de regatta van de baai werd Arven {}."),
        "fraction": ("De zitting in Arven duurde {} uur.", "De zitting in Arven over de brug duurde {} uur."),
        "name": ("De prijs van Arven ging naar {}.", "Na een lange stemming ging de prijs van Arven naar {}."),
    },
    "pl": {
        "count": ("Port w Arven naliczył w zeszłym roku {} gości.", "W zeszłym roku port w Arven naliczył {} gości, mówi dyrektor."),
        "money": ("Muzeum w Arven zapłaciło {} za rycinę.", "Za rycinę muzeum w Arven zapłaciło w końcu {}."),
        "percent": ("Bezrobocie w Arven spadło do {}.", "W zeszłym roku bezrobocie w Arven spadło do {}."),
        "date": ("Umowę na most w Arven podpisano {}.", "Umowę na most w Arven podpisano {} w starej sali."),
        "century": ("Most w Arven pochodzi z {}.", "Kamienny most w Arven pochodzi z {}."),
        "range": ("Prom do Arven płynie {} minut.", "Przy spokojnym morzu prom do Arven płynie {} minut."),
        "ordinal": ("Arven zajęło {} miejsce w regatach.", "W regatach w zatoce Arven zajęło {} miejsce."),
        "fraction": ("Rozprawa w Arven trwała {} godziny.", "Rozprawa w Arven w sprawie mostu trwała {} godziny."),
        "name": ("Nagrodę w Arven dostał {}.", "Po długim głosowaniu nagrodę w Arven dostał {}."),
    },
}  # fmt: skip
FRAME_OF = {"grouping": "count", "scaled": "count", "decimal": "percent"}
PER_CENT = {"en": ("{} per cent", "{} percent"), "de": ("{} Prozent",), "fr": ("{} pour cent",), "es": ("{} por ciento",), "it": ("{} per cento",),
            "pt": ("{} por cento",), "nl": ("{} procent",), "pl": ("{} procent",)}  # fmt: skip
CENTURY = {
    "en": ("{n}{th} century",), "de": ("{n}. Jahrhundert", "{n}. Jh."), "fr": ("{r}e siècle", "{r}ème siècle", "{n}e siècle"), "es": ("siglo {r}",),
    "it": ("{r} secolo",), "pt": ("século {r}",), "nl": ("{n}e eeuw",), "pl": ("{r} wieku", "{n}. wieku"),
}  # fmt: skip
RANGE = {"en": ("{} to {}", "between {} and {}", "from {} to {}"), "de": ("{} bis {}", "zwischen {} und {}"), "fr": ("{} à {}", "de {} à {}", "entre {} et {}"),
         "es": ("de {} a {}", "entre {} y {}"), "it": ("da {} a {}", "tra {} e {}"), "pt": ("de {} a {}", "entre {} e {}"), "nl": ("{} tot {}", "tussen {} en {}"),
         "pl": ("od {} do {}", "między {} a {}")}  # fmt: skip
ORDINAL = {"en": ("{n}{th}",), "de": ("{n}.",), "fr": ("{n}e", "{n}ème"), "es": ("{n}.º", "{n}º"), "it": ("{n}º", "{n}°"), "pt": ("{n}º", "{n}.º"), "nl": ("{n}e", "{n}de"), "pl": ("{n}.",)}  # fmt: skip
ENGLISH_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()
ROMAN = "I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX XXI".split()
GIVEN = {
    "en": "Aileen Rhys Maeve Owen".split(), "de": "Jörg Käthe Günther Anne-Marie Björn".split(), "fr": "Chloé François Jean-Luc Gaëlle Zoë".split(),
    "es": "José Begoña Íñigo María Andrés".split(), "it": "Niccolò Chiara Donà Matteo".split(), "pt": "João Conceição Luís Tomás".split(),
    "nl": "Anouk Loïs Jan-Willem Sjoerd".split(), "pl": "Łukasz Zofia Michał Żaneta Jędrzej".split(),
}  # fmt: skip
FAMILY = {
    "en": ["O'Shea", "MacBride", "Holloway-Grant", "St John"], "de": ["Müller", "Weißgerber", "von der Heydt", "Schäfer-Löwe", "Jürgens"],
    "fr": ["Lefèvre", "de la Tour", "Dupré", "Bœuf", "d'Aubigné"], "es": ["Núñez", "García de la Vega", "Ibáñez", "Peña"],
    "it": ["Dell'Acqua", "De Nicolò", "Rossetti", "Cantù"], "pt": ["Gonçalves", "dos Santos", "Simões", "Araújo"],
    "nl": ["van den Berg", "de Bruijn", "Coëlho", "ter Horst"], "pl": ["Wałęga", "Święcicki", "Kowalska-Żak", "Dąbrowski"],
}  # fmt: skip
RANKS = {"en": ("Dr", "Captain", "Sir", "Mayor"), "de": ("Dr.", "Oberst", "Prof."), "fr": ("Mme", "Dr", "Général"), "es": ("Sra.", "Dr.", "Coronel"), "it": ("Dott.", "Generale"), "pt": ("Dr.", "Coronel"), "nl": ("Dr.", "Kolonel"), "pl": ("Dr", "Pułkownik")}  # fmt: skip
PLAIN = str.maketrans({"ł": "l", "Ł": "L", "ø": "o", "ß": "ss", "œ": "oe"})
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"})


class Pair(NamedTuple):
    """A claim and a source that states the same value or another one."""

    kind: str
    locale: str
    same: bool
    claim: str
    source: str


class Chance(random.Random):
    """Draws with the language of a locale beside them."""

    locale = "en_GB"

    @property
    def language(self) -> str:
        return self.locale[:2]

    def form(self, forms: Sequence[str]) -> str:
        return self.choice(forms)


def pairs(count: int, *, half: int, kinds: Sequence[str] = KINDS) -> Iterator[Pair]:
    """Pairs of one half of the seeds, 0 or 1, evenly over locales, kinds and both outcomes."""
    for number in range(count):
        chance = Chance(2 * number + half)
        kind = kinds[number % len(kinds)]
        chance.locale = LOCALES[number // len(kinds) % len(LOCALES)]
        same = number // (len(kinds) * len(LOCALES)) % 2 == 0
        framed = "en" if chance.random() < 0.4 else chance.language
        values = VALUES[kind](chance)
        one, other = (values[0], values[0]) if same else values
        writes = FORMS[kind]
        claim, source = FRAMES[framed][FRAME_OF.get(kind, kind)]
        yield Pair(
            kind,
            chance.locale,
            same,
            claim.format(writes(chance, one, framed)),
            source.format(writes(chance, other, chance.language)),
        )


def _two_numbers(chance: Chance, least: int, most: int, steps: Sequence[int]) -> tuple[int, int]:
    value = chance.randint(least, most)
    return value, value + chance.choice(steps)


def _of_grouping(chance: Chance) -> tuple[int, int]:
    least, most = chance.choice(((1_000, 9_999), (10_000, 999_999), (1_000_000, 99_999_999)))
    return _two_numbers(chance, least, most, (3, 10, 200, 7_000))


def _grouping(chance: Chance, value: int, language: str) -> str:
    return chance.form((format_decimal(value, locale=_locale(chance, language)), str(value)))


def _locale(chance: Chance, language: str) -> str:
    """The locale for a text of a language: English around a foreign form, or the locale itself."""
    return chance.locale if language == chance.language else "en_GB"


def _of_scaled(chance: Chance) -> tuple[int, int]:
    step = chance.choice((100_000, 1_000_000))
    value = chance.randint(12, 98) * step * (10 if step == 100_000 else 1)
    return value, value + chance.choice((1, 3, -2)) * step * 10


def _scaled(chance: Chance, value: int, language: str) -> str:
    locale = _locale(chance, language)
    forms = [format_decimal(value, locale=locale)]
    if locale != "en_IN":
        forms += [
            format_compact_decimal(value, format_type=width, locale=locale, fraction_digits=1)
            for width in ("long", "short")
        ]
    else:
        forms += [f"{value / 100_000:g} lakh" if value < 10_000_000 else f"{value / 10_000_000:g} crore"]
    return chance.form(forms)


def _of_decimal(chance: Chance) -> tuple[float, float]:
    value = chance.randint(11, 979) / 10
    value = value + 0.1 if value.is_integer() else value
    return round(value, 1), round(value + chance.choice((0.3, 1.1, -0.8 if value > 2 else 2.2)), 1)


def _decimal(chance: Chance, value: float, language: str) -> str:
    locale = _locale(chance, language)
    number = chance.form((format_decimal(value, "0.0", locale=locale), format_decimal(value, "0.00", locale=locale)))
    return f"{number} %"


def _percent(chance: Chance, value: float, language: str) -> str:
    locale = _locale(chance, language)
    number = format_decimal(value, locale=locale)
    return chance.form(
        [f"{number}%", f"{number} %", f"{number}\u00a0%", *(form.format(number) for form in PER_CENT[language])]
    )


def _of_money(chance: Chance) -> tuple[tuple[int, str], tuple[int, str]]:
    value, code = chance.randint(1_000, 9_999_999), chance.choice(CURRENCIES)
    if chance.random() < 0.3:
        return (value, code), (value, chance.choice([one for one in CURRENCIES if one != code]))
    return (value, code), (value + chance.choice((7, 300, 5_000)), code)


def _money(chance: Chance, value: tuple[int, str], language: str) -> str:
    locale, (amount, code) = _locale(chance, language), value
    forms = ["#,##0 ¤", "¤#,##0", "¤ #,##0", "#,##0 ¤¤", "¤¤ #,##0"]
    if chance.random() < 0.2:
        return format_currency(amount, code, format="#,##0", locale=locale, format_type="name", currency_digits=False)
    return format_currency(amount, code, format=chance.form(forms), locale=locale, currency_digits=False)


def _of_date(chance: Chance) -> tuple[date, date]:
    day = date(chance.randint(1900, 2029), chance.randint(1, 12), chance.randint(1, 28))
    changed = chance.choice(("day", "month", "year"))
    if changed == "year":
        return day, day.replace(year=day.year + chance.choice((-1, 1, 10)))
    if changed == "month":
        return day, day.replace(month=day.month % 12 + 1)
    return day, day.replace(day=day.day + 1 if day.day < 28 else 5)


def _date(chance: Chance, value: date, language: str) -> str:
    locale = _locale(chance, language)
    forms = [format_date(value, width, locale=locale) for width in ("full", "long", "medium")]
    forms += [
        format_date(value, "d MMMM yyyy" if language in ("en", "pl", "nl", "fr", "it") else "long", locale=locale),
        value.isoformat(),
    ]
    if value.day > 12 and language != "en":  # which comes first is told by the number alone
        forms.append(
            format_date(
                value,
                {"de": "dd.MM.yyyy", "pl": "dd.MM.yyyy", "nl": "dd-MM-yyyy"}.get(language, "dd/MM/yyyy"),
                locale=locale,
            )
        )
    if language == "en":
        forms += [
            format_date(value, "MMMM d, yyyy", locale="en_US"),
            format_date(value, "EEEE, MMMM d, yyyy", locale="en_US"),
            f"{value.day}{_th(value.day)} {format_date(value, 'MMMM yyyy', locale='en_GB')}",
        ]
    return chance.form(forms)


def _th(number: int) -> str:
    return "th" if 10 < number % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


def _numbered(form: str, number: int) -> str:
    return form.format(n=number, th=_th(number), r=ROMAN[number - 1])


def _of_century(chance: Chance) -> tuple[int, int]:
    value = chance.randint(11, 20)
    return value, value + chance.choice((-1, 1))


def _century(chance: Chance, value: int, language: str) -> str:
    forms = CENTURY[language]
    if language == "en" and value <= 12:
        forms = (*forms, f"{ENGLISH_ORDINALS[value - 1]} century")
    return _numbered(chance.form(forms), value)


def _of_range(chance: Chance) -> tuple[tuple[int, int], tuple[int, int]]:
    low = chance.randint(11, 60)
    high = low + chance.randint(2, 20)
    return (low, high), chance.choice(((low, high + chance.choice((1, 5, 30))), (low - chance.choice((1, 3)), high)))


def _range(chance: Chance, value: tuple[int, int], language: str) -> str:
    return chance.form([*RANGE[language], "{}–{}", "{}-{}", "{} – {}"]).format(*value)


def _of_ordinal(chance: Chance) -> tuple[int, int]:
    value = chance.randint(2, 40)
    return value, value + chance.choice((1, 2, 10))


def _ordinal(chance: Chance, value: int, language: str) -> str:
    forms = [
        _numbered(form, min(value, 21)).replace(str(min(value, 21)), str(value))
        if "{r}" in form
        else form.format(n=value, th=_th(value))
        for form in ORDINAL[language]
    ]
    if language == "en" and value <= 12:
        forms.append(ENGLISH_ORDINALS[value - 1])
    return chance.form(forms)


def _of_fraction(chance: Chance) -> tuple[float, float]:
    value = chance.randint(2, 30) + chance.choice((0.25, 0.5, 0.75))
    return value, value + chance.choice((0.25 if value % 1 != 0.75 else -0.25, 1, 3))


def _fraction(chance: Chance, value: float, language: str) -> str:
    whole, part = int(value), value % 1
    sign, over = {0.25: ("¼", "1/4"), 0.5: ("½", "1/2"), 0.75: ("¾", "3/4")}[part]
    forms = [
        f"{whole}{sign}",
        f"{whole} {sign}",
        f"{whole} {over}",
        format_decimal(value, locale=_locale(chance, language)),
    ]
    if language == "en" and part == 0.5 and whole <= 9:
        forms.append(f"{'zero one two three four five six seven eight nine'.split()[whole]} and a half")
    return chance.form(forms)


def _of_name(chance: Chance) -> tuple[tuple[str, str], tuple[str, str]]:
    given, family = chance.choice(GIVEN[chance.language]), chance.choice(FAMILY[chance.language])
    if chance.random() < 0.5:
        others = [one for one in FAMILY[chance.language] if one[-4:] != family[-4:]]
        return (given, family), (given, chance.choice(others))
    return (given, family), (chance.choice([one for one in GIVEN[chance.language] if one[:2] != given[:2]]), family)


def _name(chance: Chance, value: tuple[str, str], language: str) -> str:
    given, family = value
    whole = f"{given} {family}"
    rank = chance.choice(RANKS[language])
    forms = [
        whole,
        f"{rank} {whole}",
        _bare(whole),
        f"{given} {family.upper()}" if " " not in family else whole,
        f"{given} J. {family}",
    ]
    if chance.language == "de":
        forms += [whole.translate(UMLAUTS), f"{rank} {whole.translate(UMLAUTS)}"]
    return chance.form(forms)


def _bare(text: str) -> str:
    return "".join(
        one for one in unicodedata.normalize("NFKD", text.translate(PLAIN)) if not unicodedata.combining(one)
    )


VALUES: dict[str, Callable] = {"grouping": _of_grouping, "scaled": _of_scaled, "decimal": _of_decimal, "money": _of_money, "percent": _of_decimal, "date": _of_date, "century": _of_century, "range": _of_range, "ordinal": _of_ordinal, "fraction": _of_fraction, "name": _of_name}  # type: ignore[type-arg]  # fmt: skip
FORMS: dict[str, Callable[..., str]] = {"grouping": _grouping, "scaled": _scaled, "decimal": _decimal, "money": _money, "percent": _percent, "date": _date, "century": _century, "range": _range, "ordinal": _ordinal, "fraction": _fraction, "name": _name}  # fmt: skip
