"""Who says what: the speakers of a text and the verbs that give them the word."""

import re
from typing import NamedTuple

from summarizer.guards.names import Name, names

SAYING = (
    "said|says|say|saying|told|tells|telling|warned|warns|added|adds|argued|argues|claimed|claims|stated|states|announced|announces|"
    "insisted|insists|conceded|concedes|admitted|admits|acknowledged|suggested|suggests|predicted|predicts|denied|denies|"
    "confirmed|confirms|believes|believed|thinks|thought|hopes|hoped|fears|feared|expects|expected|estimated|estimates|reported|"
    "reports|alleged|alleges|accused|accuses|called|calls|described|describes|declared|declares|noted|notes|explained|explains|"
    "replied|asked|asks|wrote|writes|promised|promises|vowed|vows|pledged|testified|testifies|complained|complains|"
    "maintained|maintains|contended|contends|remarked|commented|blamed|blames|criticised|criticized|praised|urged|urges|"
    "demanded|demands|forecast|forecasts|concluded|concludes|recalled|recalls|stressed|stresses|emphasised|emphasized|"
    "dismissed|dismisses|rejected|rejects|questioned|questions|cautioned|cautions|reckoned|reckons|feels|felt|disputed|disputes"
)
VERB = re.compile(rf"\b(?:{SAYING})\b")
ACCORDING = re.compile(r"\b(?:according to|in the (?:view|opinion|words) of|in the eyes of)\s+", re.IGNORECASE)
# Bodies and groups that speak without a name.
SPOKEN_FOR = re.compile(
    r"\b(?:(?:the|a|an|some|several|many|local|senior|its|his|her|their|one)\s+)*"
    r"(?:[\w’'-]+\s+){0,2}?"
    r"(?:police|officials?|spokes(?:man|woman|person)|prosecutors?|defen[cs]e|court|judges?|company|firm|ministry|government|council|"
    r"critics|campaigners|residents|witnesses|scientists|researchers|authors|analysts|economists|experts|doctors|regulators?|"
    r"report|study|statement|minister|president|mayor|union|trust|charity|bank|inquiry|investigators?|lawyers?|organisers|"
    r"organizers|authorities|opponents|supporters|traders|forecasters|army|military|rebels|agency|commission|committee|"
    r"chairman|chairwoman|chief executive|director|manager|coach|leader|captain|secretary|spokespeople)\b",
    re.IGNORECASE,
)
REACH = 140  # code points to the left of a verb that its subject may stand in


class Attribution(NamedTuple):
    """A speaker and the verb that gives the word; offsets are of the text that was looked at."""

    speaker: str
    start: int
    end: int
    verb: str
    verb_start: int
    verb_end: int


def attributions(text: str) -> list[Attribution]:
    """Return who is given the word in a text, in order; pronouns name nobody and are left out.

    >>> [(a.speaker, a.verb) for a in attributions("The deal is off, said Ana Pell. Police denied it.")]
    [('Ana Pell', 'said'), ('Police', 'denied')]
    """
    known = names(text)
    found = []
    for verb in VERB.finditer(text):
        subject = _after(text, verb, known) or _before(text, verb, known)
        if subject:
            found.append(Attribution(text[subject[0] : subject[1]], *subject, verb[0], verb.start(), verb.end()))
    for phrase in ACCORDING.finditer(text):
        subject = _starting(text, phrase.end(), known)
        if subject:
            found.append(
                Attribution(text[subject[0] : subject[1]], *subject, phrase[0].strip(), phrase.start(), phrase.end())
            )
    return sorted(found, key=lambda one: one.verb_start)


def speaker_of(text: str) -> str | None:
    """The first speaker that a text names, or None."""
    found = attributions(text)
    return found[0].speaker if found else None


def _after(text: str, verb: re.Match[str], known: list[Name]) -> tuple[int, int] | None:
    """The subject of an inverted clause: `"...," said Ana Pell`."""
    before = text[: verb.start()].rstrip()
    if not before or before[-1] not in ',"”’?!»':
        return None
    return _starting(text, verb.end(), known)


def _starting(text: str, at: int, known: list[Name]) -> tuple[int, int] | None:
    """A name or body that begins right at `at`, or one that an apposition puts shortly after it."""
    while at < len(text) and text[at] == " ":
        at += 1
    window = re.match(r"[^.;:\"“”]{0,80}", text[at:])
    reach = at + (window.end() if window else 0)
    for name in known:
        if at <= name.start < reach and not name.possessive and "," not in text[at : name.start].rstrip(" ,"):
            return name.start, name.end
    body = SPOKEN_FOR.match(text, at)
    return (body.start(), body.end()) if body else None


def _before(text: str, verb: re.Match[str], known: list[Name]) -> tuple[int, int] | None:
    """The subject to the left of the verb, over an apposition, within its clause."""
    left = max(0, verb.start() - REACH)
    clause = max(
        left,
        *(
            _last(text, mark, left, verb.start())
            for mark in ('"', "”", ";", ":", ". ", "? ", " that ", " but ", " while ")
        ),
    )
    subject = text[clause : verb.start()]
    if re.search(r"\b(?:he|she|they|it|who|I|we)\s+(?:\w+\s+)?\Z", subject):
        return None
    inside = [name for name in known if clause <= name.start and name.end <= verb.start() and not name.possessive]
    free = [
        name
        for name in inside
        if not re.search(r"\b(?:of|for|in|at|from|to|with|against|by|on)\s+(?:the\s+)?\Z", text[clause : name.start])
    ]
    apposition = subject.rstrip().endswith(",")
    for name in free if apposition else reversed(free):
        between = text[name.end : verb.start()]
        if apposition or not VERB.search(between):
            return name.start, name.end
    bodies = list(SPOKEN_FOR.finditer(text, clause, verb.start()))
    if bodies and len(text[bodies[-1].end() : verb.start()].split()) <= 3:
        return bodies[-1].start(), bodies[-1].end()
    return None


def _last(text: str, mark: str, start: int, end: int) -> int:
    at = text.rfind(mark, start, end)
    return at + len(mark) if at >= 0 else start
