"""Guard: an office that the claim gives to somebody must be theirs in the source."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from summarizer.guards.findings import Finding, Passage
from summarizer.guards.names import Name, names_in, same_name
from summarizer.guards.verbs import stem
from summarizer.reading.patterns import LETTERS, WORDLIKE, any_of, has_any, spelled
from summarizer.reading.words import STOP_WORDS
from summarizer.schema import ConflictKind

# One office under several words.
SAME_OFFICE = (
    "chairman chairwoman chair chairperson", "spokesman spokeswoman spokesperson", "manager coach", "boss chief head leader", "policeman policewoman officer",
    "lawyer attorney solicitor barrister counsel", "founder co-founder", "owner proprietor", "reporter journalist correspondent", "doctor physician",
)  # fmt: skip
OFFICES = (
    "minister president premier chancellor secretary governor senator mayor councillor councilman councilwoman leader head chief chairman "
    "chairwoman chair chairperson director manager coach captain executive commissioner ambassador envoy judge justice magistrate prosecutor lawyer "
    "attorney solicitor barrister counsel superintendent inspector sergeant constable detective sheriff officer general colonel major admiral "
    "commander bishop archbishop king queen prince professor scientist researcher author economist analyst engineer curator treasurer auditor "
    "spokesman spokeswoman spokesperson founder co-founder owner proprietor editor reporter journalist correspondent doctor physician surgeon nurse teacher "
    "headteacher principal coroner registrar clerk accountant candidate striker goalkeeper defender midfielder substitute referee conductor "
    "pianist singer actor actress painter sculptor architect farmer driver pilot guard signaller investigator regulator "
    "broker trader banker chairholder conservator historian archivist biologist physicist chemist geologist meteorologist forecaster "
    "oceanographer ecologist boss widow widower son daughter brother sister wife husband father mother plaintiff defendant rapporteur "
    "negotiator mediator surveyor partner agent rector dean provost warden porter plumber electrician carpenter builder baker butcher fisherman firefighter paramedic soldier pastor priest student pensioner activist campaigner organiser organizer trustee tutor lecturer critic columnist producer photographer lobbyist strategist psychologist astronomer mathematician expert architect student employee clerk pollster teller novelist poet composer choreographer chef mechanic technician programmer designer consultant adviser advisor speaker deputy vice-president whip comptroller ombudsman"
).split()
OFFICE = rf"{any_of(OFFICES)}s?"
OFFICE_WORD = re.compile(rf"\b{OFFICE}\b", re.IGNORECASE)
LED = {
    "leads": "leader",
    "leading": "leader",
    "heading": "head",
    "chairing": "chair",
    "led": "leader",
    "heads": "head",
    "headed": "head",
    "chairs": "chair",
    "chaired": "chair",
    "runs": "head",
    "manages": "manager",
    "coaches": "coach",
    "owns": "owner",
    "edits": "editor",
    "represents": "lawyer",
}
VERBAL: dict[str, list[str]] = {}
for _verb, _noun in LED.items():
    VERBAL.setdefault(next((group.split()[0] for group in SAME_OFFICE if _noun in group.split()), _noun), []).append(
        _verb
    )
LEADS = re.compile(
    rf"(?:,\s{{1,3}}who\s{{1,3}}(?:is\s{{1,3}})?|\s{{1,3}})(?P<verb>{any_of(LED)})\s{{1,3}}(?P<what>[^.,;:]{{3,60}}?)(?=\s{{1,3}}and\b|[.,;:]|$)",
    re.IGNORECASE,
)
# Words for whatever body the article is about: "the club's chairman" may be that of any club named.
ANY_BODY = frozenset(
    stem(word)
    for word in "club company group party firm government side team council union country body charity trust board state nation year old".split()
)
# What makes one minister or director another one.
PORTFOLIOS = frozenset(
    stem(word)
    for word in "prime foreign finance defence defense home interior health trade transport education environment justice culture sports energy "
    "labour labor agriculture fisheries vice deputy chief executive medical technical financial operating sporting artistic managing housing planning".split()
)
HEADS = frozenset("chairman president secretary executive director premier chancellor mayor commissioner head".split())
UNDER = frozenset(stem(word) for word in ("deputy", "vice", "assistant"))
OF_A_PART = UNDER | {stem(word) for word in ("press", "foreign", "home", "defence", "defense")}
WHAT_IT_IS_OF = re.compile(r"\b(?:of|for|at|in)\s{1,3}(?:(?:the|an?|its|their|his|her)\s{1,3})?\Z")
OF = re.compile(r"\s(?:of|for|at|in)\s")
OWNER = re.compile(r"[^\W\d_]+(?:['’]s)?")
UNBROKEN = r"[^\s.;:,()“”\"]{1,40}+"  # a word inside a phrase
OF_WHAT = rf"(?:\s{{1,9}}(?:of|for|at|in)\s{{1,9}}{UNBROKEN}(?:\s{{1,9}}{UNBROKEN}){{0,4}})?"
UP_TO_NAME = r"(?:,\s{1,9}|\s{1,9}is\s{1,9}|\s{1,9}was\s{1,9}|\s{1,9})(?:(?:Mr|Mrs|Ms|Dr|Sir|Dame|Prof)\.?\s{1,9})?\Z"
OFFICE_BEFORE_NAME = re.compile(rf"\b({OFFICE}{OF_WHAT}){UP_TO_NAME}", re.IGNORECASE)
UNSPACED = re.compile(r"\S+")
BREAK = re.compile(r"[.;:,()“”\"]")
MODIFIERS = 6  # words before an office that may say of what it is
BEHIND_NAME = re.compile(
    r"(?:,\s{1,9}(?:\d{1,3},\s{1,9})?(?:who\s{1,9}(?:is|was)\s{1,9})?|\s{1,9}(?:is|was|became|becomes|remains)\s{1,9})"
    r"((?:the|a|an|its|their|his|her|one of the|[A-Z][\w’' -]{0,40}['’]s?|former|then|chief|deputy|vice|senior|"
    rf"{OFFICE})\b[^.;:,()“”\"]{{0,70}})"
)
PHRASE_START = re.compile(
    r"\b(?:and|but|that|said|told|while|as|when|from|to|by|with|than|over|through|the|an?|its|their|his|her|whose)\s"
)
MANY = re.compile(rf"\A{any_of(OFFICES)}s\b", re.IGNORECASE)
PHRASE_END = re.compile(r"\b(?:and|but|that|said|told|who|which|while|as|when|was|is|has|had|will)\b")
VERB_FIRST = re.compile(r"\s{0,9}(?:said|told|met)")
LINE_END = re.compile(r"(?<=[.!?])\s+|\n")
NEAR = 60  # code points between an office and a surname that may belong together
REACH = 90  # code points between a name and its office


class Binding(NamedTuple):
    """Somebody has an office; offsets cover both."""

    name: Name
    office: str
    scope: frozenset[str]
    """Stems of what the office is of: "head of transport", "Polish prime minister"."""
    start: int
    end: int


def bindings(text: str) -> tuple[Binding, ...]:
    """Return who holds which office according to a text.

    >>> [(b.name.form, b.office, sorted(b.scope)) for b in bindings("The head of transport, Ana Pell, met Lee Fox, a coach.")]
    [('Ana Pell', 'boss', ['transport']), ('Lee Fox', 'manager', [])]
    """
    return _bindings(text)


@lru_cache(maxsize=64)
def _bindings(text: str) -> tuple[Binding, ...]:
    found: list[Binding] = []
    if not OFFICE_WORD.search(text) and not has_any(text, LED):
        return ()
    for name in names_in(text):
        own = _titled(name)
        if own:
            found.append(own)
        found += _before(text, name)
        found += _behind(text, name)
    return tuple(found)


def _office(words: str) -> tuple[str, frozenset[str]] | None:
    """The office that a phrase names, and what it is of."""
    matches = list(OFFICE_WORD.finditer(words))
    if not matches:
        return None
    of = OF.search(words)
    heads = [match for match in matches if not of or match.start() < of.start()]
    head = (heads or matches)[-1]
    scope = frozenset(
        stem(word)
        for word in OWNER.findall(words[: head.start()] + " " + words[head.end() :])
        if word.lower() not in STOP_WORDS and word.lower() not in ("former", "then", "acting", "new", "s")
    )
    return canonical(head[0]), scope


def canonical(word: str) -> str:
    """The one word for an office that has several."""
    lower = spelled(word)
    lower = lower if lower in OFFICES else lower.removesuffix("s")
    return next((group.split()[0] for group in SAME_OFFICE if lower in group.split()), lower)


def _titled(name: Name) -> Binding | None:
    """ "Polish Prime Minister Donald Tusk": the office stands within the run of capitals."""
    offices = list(OFFICE_WORD.finditer(name.form))
    rest = name.form[offices[-1].end() :].strip() if offices else ""
    office = _office(name.form[: offices[-1].end()]) if offices else None
    if not office or not rest:
        return None
    inner = Name(name.end - len(rest), name.end, rest, name.possessive, initial=False)
    return Binding(inner, *office, name.start, name.end)


def _before(text: str, name: Name) -> Iterator[Binding]:
    """ "Its secretary, Bashir Nolland" and "the club's chairman Rodney Askwith", and "whose captain is Neil Hargest"."""
    window = text[max(0, name.start - REACH) : name.start]
    if WHAT_IT_IS_OF.search(window):  # "the leader of the National Path"
        return
    lead = OFFICE_BEFORE_NAME.search(window)
    if lead:
        begun = _phrase_start(window[: lead.start()])
        phrase = PHRASE_START.split(window[begun : lead.end(1)])[-1]
        if OFFICE_WORD.search(phrase) and (office := _office(phrase)):
            yield Binding(name, *office, name.start - len(window) + begun, name.end)


def _phrase_start(before: str) -> int:
    """Where the phrase begins whose office follows: at most so many words back, over no mark."""
    marks = list(BREAK.finditer(before))
    own = list(UNSPACED.finditer(before, marks[-1].end() if marks else 0))
    return own[-MODIFIERS:][0].start() if own and before[-1].isspace() else len(before)


def _behind(text: str, name: Name) -> Iterator[Binding]:
    """ "Ana Pell, the head of transport," and "Ana Pell, who leads the Greens"."""
    window = text[name.end : name.end + REACH]
    leads = LEADS.match(window)
    if leads:
        scope = frozenset(stem(word) for word in LETTERS.findall(leads["what"]) if word.lower() not in STOP_WORDS)
        yield Binding(name, canonical(LED[spelled(leads["verb"])]), scope, name.start, name.end + leads.end())
        return
    apposed = BEHIND_NAME.match(window)
    if apposed:
        phrase = PHRASE_END.split(apposed[1])[0]
        if MANY.match(phrase):  # ", lawyers had warned"
            return
        if OFFICE_WORD.search(phrase) and not VERB_FIRST.match(phrase) and (office := _office(phrase)):
            yield Binding(name, *office, name.start, name.end + apposed.end())


def roles(claim: str, passage: Passage) -> list[Finding]:
    """Find offices of the claim that the source gives to somebody else, or whose holder has another one."""
    own = bindings(claim)
    source = bindings(passage.whole) if own else ()
    findings = []
    for mine in own:
        theirs = [other for other in source if same_name(mine.name, other.name)]
        if not theirs or any(_agree(mine, other, source) for other in theirs) or _stands_near(mine, passage.whole):
            continue
        holder = next(
            (
                other
                for other in source
                if other.office == mine.office and not same_name(other.name, mine.name) and _scopes_meet(mine, other)
            ),
            None,
        )
        note = (
            f"the source gives that to {holder.name.form}"
            if holder
            else f"the source calls {theirs[0].name.form} otherwise"
        )
        place = _in_passage(theirs[0], passage)
        findings.append(Finding(ConflictKind.ROLE, mine.start, mine.end, place, place is not None, note))
    return findings[:1]


def _agree(mine: Binding, other: Binding, source: Sequence[Binding]) -> bool:
    if (
        mine.office == canonical("leader")
        and other.office in HEADS
        and not (other.scope & OF_A_PART or mine.scope & PORTFOLIOS)
    ):
        return True  # a union's general secretary is its leader
    if mine.office != other.office:
        return stem(other.office) in mine.scope or stem(mine.office) in other.scope
    if mine.scope & UNDER and not other.scope & UNDER:
        return False  # a deputy governor is no governor
    own = mine.scope - {stem(word) for word in mine.name.tokens} - ANY_BODY
    theirs = other.scope - {stem(word) for word in other.name.tokens}
    if theirs & ANY_BODY:
        return True
    left, right = own - theirs, theirs - own
    if not left or not right or _same_scope(left, right):
        return True
    if left & PORTFOLIOS and right & PORTFOLIOS:
        return False
    return not any(
        third.office == mine.office and left & third.scope and not same_name(third.name, mine.name) for third in source
    )


def _same_scope(own: frozenset[str], theirs: frozenset[str]) -> bool:
    """Whether two scopes can be one: either says nothing, or they share a word in some form ("Sarrenia", "Sarrenian")."""
    if not own or not theirs or own & theirs:
        return True
    return any(one[:5] == other[:5] for one in own for other in theirs if len(one) > 4 and len(other) > 4)


def _scopes_meet(mine: Binding, other: Binding) -> bool:
    return not mine.scope or not other.scope or bool(mine.scope & other.scope)


def _stands_near(mine: Binding, source: str) -> bool:
    """Whether some sentence with the name has the office and what it is of, in a form that was not parsed."""
    last = mine.name.tokens[-1]
    for line in LINE_END.split(source):
        if (
            last in line.lower()
            and mine.office in VERBAL
            and any(re.search(rf"\b{verb}\b", line) for verb in VERBAL[mine.office])
        ):
            return True
        if last in line.lower() and any(
            canonical(match[0]) == mine.office and _beside(match, mine.name, line)
            for match in OFFICE_WORD.finditer(line)
        ):
            others = [other for other in bindings(line) if other.office == mine.office and _scopes_meet(mine, other)]
            if all(same_name(other.name, mine.name) for other in others) and mine.scope - ANY_BODY <= {
                stem(word) for word in WORDLIKE.findall(line)
            }:
                return True
    return False


def _beside(office: re.Match[str], holder: Name, line: str) -> bool:
    """Whether an office stands near somebody's name in a line, with nobody else's in between."""
    known = names_in(line)
    for own in (name for name in known if same_name(name, holder)):
        start, end = min(office.end(), own.end), max(office.start(), own.start)
        others = [name for name in known if start <= name.start < end and not same_name(name, holder)]
        if end - start <= NEAR and all(WHAT_IT_IS_OF.search(line[: one.start]) for one in others):
            return True
    return False


def _in_passage(binding: Binding, passage: Passage) -> tuple[int, int] | None:
    words = passage.whole[binding.start : binding.end]
    at = passage.text.find(words)
    return (at, at + len(words)) if at >= 0 else None
