"""Guard: who said it, and that somebody said it."""

import re

from summarizer.findings.differences import Difference, Passage
from summarizer.language.clauses import aligned_sentences, closest, stems
from summarizer.language.names import Name, names_in, same_name
from summarizer.language.offices import OFFICE_WORD, bindings, canonical
from summarizer.language.speakers import SAYING, SHE_SAID, Attribution, attributions
from summarizer.language.verbs import stem
from summarizer.schema import FindingKind

OPINION = re.compile(
    r"\b(?=[a-z]{4})(?:argu\w+|claim\w*|alleg\w+|accus\w+|call(?:ed|s)|suggest\w*|believ\w+|thinks?|thought|predict\w*|warn\w*|insist\w*|complain\w*|"
    r"blam\w+|fear\w*|hop(?:e|es|ed)|describ\w+|critici[sz]\w+|prais\w+|denounc\w+|contend\w*|maintain\w*|forecasts?|estimat\w+|"
    r"concede\w*|reckon\w*|speculat\w+|disput\w+|question\w*|caution\w*|feels?|felt|expects?|expected|opinion|view|doubt\w*|den(?:y|ies|ied)|assert\w*)\b",
    re.IGNORECASE,
)
# What only a speaker can state: judgements, forecasts, duties.
JUDGED = re.compile(
    r"\b(?=[a-z]{2})(?:would|will|should|ought|must|could|might|need(?:s|ed)?\s+to|too|better|worse|best|worst|never|always|"
    r"(?:is|are|was|were|be|been)\s+(?:not\s+|an?\s+|the\s+|very\s+|so\s+|quite\s+|simply\s+|just\s+)*"
    r"(?:harsh|unfair|fair|wrong|right|mistaken?|victory|triumph|disgrace\w*|failure|failing|success\w*|scandal\w*|shame\w*|tragedy|overreaction|nonsense|"
    r"essential|vital|crucial|important|necessary|unnecessary|unacceptable|acceptable|reckless|careless|dangerous|safe|unsafe|great|good|bad|poor|brilliant|terrible|"
    r"awful|excellent|impossible|possible|premature|sensible|foolish|cynical|shocking|appalling|outrage\w*|insult\w*|absurd|ridiculous|irresponsible|"
    r"historic|remarkable|extraordinary|disappoint\w+|encourag\w+|worrying|alarming|clear|obvious|reasonable|unreasonable|excessive|inadequate|cautious|optimistic|"
    r"broken|breached|joke|lie|lies|gift|threat|betrayal|misleading|unworkable|illegal|unlawful|guilty|responsible|to\s+blame|at\s+fault|due\s+to)\b|"
    r"breach\w*|violat\w+|ignored|abandoned|betrayed|hid|hidden|lied|cheated|misled|neglected|blames?|ruined)\b",
    re.IGNORECASE,
)
# A claim with one of these still says that somebody says so.
SPOKEN = re.compile(
    r"\b(?=[a-z]{3})(?:said|says|told|according|opinion|view|words|called|described|argu\w+|claim\w*|alleg\w+|accus\w+|warn(?!ings?\b)\w*|predict\w*|believ\w+|suggest\w*|"
    r"insist\w*|critici[sz]\w+|fear\w*|hop(?:e|es|ed|ing)|worr\w+|blam(?:es|ed|ing)|put(?:s)?\s{1,3}the\s{1,3}blame|think\w*|thought|expect\w*|reported(?:ly)?|forecast\w*|estimat\w+|feel\w*|felt|regard\w*|"
    r"complain\w*|concede\w*|content\w*|maintain\w*|dispute\w*|question\w*|caution\w*|prais\w+|dismiss\w*|doubt\w*|"
    r"(?:rul(?:es|ed|ing)|rule)\s{1,3}out|testif\w+|supposed\w*|seen\s+as|appear\w*|seem\w*|reckon\w*|denie[sd]|deny|likely|may|might)\b",
    re.IGNORECASE,
)
CONTESTED = re.compile(
    r"\b(?:disput\w+|den(?:ie[sd]|y)|contradict\w+|not\s+(?:been\s+)?(?:independently\s+)?(?:verified|confirmed)|neither\s+(?:version|account|claim)|rejected\s+(?:that|the\s+(?:claim|charge|figure)))\b",
    re.IGNORECASE,
)
A_FIGURE_REJECTED = re.compile(
    r",\s{1,3}(?:an?|the)\s{1,3}(?:figure|claim|account|version|charge|number|accusation|view|finding)\s{1,3}(?:(?:that|which)\s{1,3})?"
    r"(?:[\w’'-]{1,20}\s{1,3}){1,5}?(?:reject|disput|den(?:y|ies|ied)|dismiss|call|question|contest)",
    re.IGNORECASE,
)
IT_SAID = re.compile(rf"\bit\s{{1,3}}(?:(?!is\b|was\b)\w{{1,20}}\s{{1,3}})?{SAYING}\b", re.IGNORECASE)
RELATIVE_CLAUSE = re.compile(r",\s{1,9}(?:where|which|who|whose)\b")
MODIFIED = re.compile(
    r"\s{1,3}(?!(?:of|from|at|for|in|and|who|on)\b)[a-z]"
)  # "a Spindle Street bakery owner" is no street
ACT = re.compile(
    r"\b(?:reject|dismiss|prais|critici|accus|urg|demand|promis|vow|pledg|call|welcom|condemn|blam)", re.IGNORECASE
)  # done as much as said
FORMER = re.compile(r"\b(?:former|then|ex|previous|old)\b", re.IGNORECASE)
SHARED = 0.5  # share of the claim's content words that must be in somebody's mouth
OPINED = 0.4  # the same where the verb itself says that it is an opinion
OWN_WORD = re.compile(
    r"announce|confirm|found|show|reveal|disclose|note|report"
)  # what a body says of its own doings, or has measured
RECENT = 8  # names before a pronoun that it may stand for


def attribution(claim: str, passage: Passage) -> list[Difference]:
    """Find a statement given to another speaker, and an opinion that lost its speaker."""
    mine = attributions(claim)
    if mine:
        return _swapped(claim, mine, passage)
    if SPOKEN.search(claim):
        return []
    return _dropped(claim, passage)


def _swapped(claim: str, mine: tuple[Attribution, ...], passage: Passage) -> list[Difference]:
    given = attributions(passage.text)
    speakers = _speakers(given, passage)
    if not speakers:
        return []
    for one in mine:
        own = _bearers(one.speaker, passage)
        if (
            not own
            or _tells_it(claim, own, passage)
            or any(same_name(name, speaker) for name in own for speaker in speakers)
            or (ACT.search(one.verb) and not any(ACT.search(other.verb) for other in given))
        ):
            continue
        rival = given[0] if given else None
        place = (rival.start, rival.end) if rival else None
        note = f"the evidence gives this to {rival.speaker if rival else 'somebody else'}"
        return [Difference(FindingKind.ATTRIBUTION, one.start, one.end, place, len(given) == 1, note)]
    return []


def _tells_it(claim: str, own: list[Name], passage: Passage) -> bool:
    """Whether a sentence of the evidence is about the speaker and names no other: "Pell holds the contrary opinion"."""
    for start, end in aligned_sentences(claim, passage.text):
        sentence = passage.text[start:end]
        names = [name for name in names_in(sentence) if not name.possessive]
        about = (stems(claim) & stems(sentence)) - {stem(token) for name in own for token in name.tokens}
        if len(about) > 1 and names and all(any(same_name(name, one) for one in own) for name in names):
            return True
    return False


def _speakers(given: tuple[Attribution, ...], passage: Passage) -> list[Name]:
    """Everybody who may be speaking in the evidence: by name, by office, or by a pronoun."""
    speakers = [speaker for one in given for speaker in _bearers(one.speaker, passage)]
    lead = f"{passage.before}\n{passage.text}"
    for said in SHE_SAID.finditer(passage.text):
        earlier = lead[: len(passage.before) + 1 + said.start()]
        if any(one.start < said.start() for one in given):  # the evidence itself says who "she" is
            begun = passage.text.rfind("\n", 0, said.start()) + 1
            last = passage.text[passage.text.rfind("\n", 0, max(0, begun - 1)) + 1 : begun]
            speakers += [name for name in names_in(last) if not name.possessive][:RECENT]
            continue
        people = [name for name in names_in(earlier) if not name.possessive]
        speakers += people[-RECENT:]
        speakers += [name for one in attributions(earlier)[-1:] for name in _bearers(one.speaker, passage)]
    return speakers


def _bearers(speaker: str, passage: Passage) -> list[Name]:
    """The names that a speaker goes by: its own, or that of whoever holds the office."""
    own = [name for name in names_in(speaker) if not name.possessive and not MODIFIED.match(speaker, name.end)]
    own = [name for name in own if not all(OFFICE_WORD.fullmatch(token) for token in name.tokens)]
    offices = [match[0] for match in OFFICE_WORD.finditer(speaker)]
    if offices and not own and not FORMER.search(speaker):
        held = [one for one in bindings(passage.whole) if one.office == canonical(offices[-1])]
        scope = stems(speaker)
        meeting = [one.name for one in held if one.scope & scope]
        alone = len({one.name.tokens[-1] for one in held}) == 1
        return meeting or ([one.name for one in held] if alone else [])
    return own


def _dropped(claim: str, passage: Passage) -> list[Difference]:
    claimed = stems(claim)
    for start_of, end_of in closest(claim, passage.text):
        sentence = passage.text[start_of:end_of]
        for verb, start, end, reported in _reports(sentence):
            contested = (
                CONTESTED.search(passage.text, end_of)
                or CONTESTED.search(passage.text, 0, start_of)
                or A_FIGURE_REJECTED.search(sentence, end)
            )
            opinion = OPINION.search(verb)
            judged = JUDGED.search(claim) and not OWN_WORD.match(verb)
            if not opinion and not judged and not contested:
                continue
            if len(claimed & stems(reported)) < (OPINED if opinion else SHARED) * len(claimed):
                continue
            note = f"the evidence says “{verb}”: it is somebody's statement"
            return [Difference(FindingKind.ATTRIBUTION, 0, len(claim), (start_of + start, start_of + end), False, note)]
    return []


def _reports(sentence: str) -> list[tuple[str, int, int, str]]:
    """The verbs of saying in a sentence, with their offsets and the words that they report."""
    found = []
    for one in attributions(sentence):
        behind = sentence[one.verb_end :]
        if one.start > one.verb_start:  # "...," said Ana Pell
            reported = sentence[: one.verb_start]
        elif behind.strip(' ."”’'):
            reported = _complement(behind)
        else:  # "..., Ana Pell, prosecuting, claimed."
            reported = sentence[: one.start] if OPINION.search(one.verb) else ""
        found.append((one.verb, one.verb_start, one.verb_end, reported))
    for said in (*SHE_SAID.finditer(sentence), *IT_SAID.finditer(sentence)):
        aside = sentence[: said.start()].rstrip()[-1:] in (",", "”", '"')
        found.append((said[0], said.start(), said.end(), sentence if aside else _complement(sentence[said.end() :])))
    return found


def _complement(behind: str) -> str:
    """What is said, without the relative clauses that are the reporter's own."""
    return RELATIVE_CLAUSE.split(behind)[0]
