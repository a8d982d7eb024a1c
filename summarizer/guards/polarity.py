"""Guards: what is said not to be, and words that mean the opposite."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from summarizer.guards.findings import Finding, Passage
from summarizer.guards.names import names_in, same_name
from summarizer.guards.tokens import Cue, cues, is_told, stems, tokens
from summarizer.reading.words import stem
from summarizer.schema import ConflictKind

PLAIN = re.compile(
    r"\b(?=[acdfhinswy][a-z])(?:not(?!\s+(?:only|all|every|until|just)\b)|never|no(?!\.|\s+\d| longer than)|none|nobody|nothing|neither|nor|cannot|without|"
    r"(?:is|are|was|were|do|does|did|has|have|had|would|could|should|will|ca|wo)\s?n[’']t|yet to|far from)\b",
    re.IGNORECASE,
)
# Verbs and adjectives that deny what follows them.
LEXICAL = re.compile(
    r"\b(?=[a-z]{3})(?:den(?:y|ies|ied|ying)|rul(?:e|es|ed|ing)\s+(?:it\s+)?out|refus(?:e|es|ed|ing)|declin(?:e|es|ed|ing)(?=\s+to)|"
    r"fail(?:s|ed|ing)?|failure|reject(?:s|ed|ing)?|unable|unlikely|impossible|lack(?:s|ed|ing)?|prevent(?:s|ed|ing)?|"
    r"stop(?:s|ped|ping)?\s+short|r[ua]n\s+out|avoid(?:s|ed|ing)?|abandon(?:s|ed)?|dismiss(?:es|ed)?|turned\s+down|voted\s+down|"
    r"absent|absence|unclear|unknown|uncertain|undecided|deadlocked|hung|hardly|barely|scarcely|yet\s+to|"
    r"neither|nor|only|fewer|few|little|less|except|exempt\w*|instead|rather\s+than|until|unless|before|against|oppos\w+|"
    r"clear(?:ed|s)?\s+of|free\s+of|ban(?:s|ned)?|forb(?:id|ids|ade|idden)|stay(?:s|ed)?\s+out|withh[eo]ld\w*|un[a-z]{4,}ed|"
    r"acquitted|innocent|spared|escaped|surviv\w+|missed|last|put\s+off|postpon\w+|block(?:s|ed)?|halt(?:s|ed)?)\b",
    re.IGNORECASE,
)

# Two sides that exclude each other. Each side is a list of word forms or phrases.
OPPOSITES: tuple[tuple[str, str], ...] = (
    ("rise rises rose risen rising increase increases increased increasing grow grows grew grown growing climb climbs climbed climbing jump jumped soar soared surge surged "
     "gain gained gains up expand expanded higher raise raised raises lifted lift boosted widened strengthened",
     "fall falls fell fallen falling decrease decreases decreased decreasing decline declined declines drop drops dropped dropping shrink shrank shrunk slump slumped plunge "
     "plunged sink sank slide slid tumbled tumble plummeted crashed shed down lower lowered cut cuts reduce reduced reduces narrowed weakened dipped halved"),
    ("win wins won winning beat beats beaten defeated victory triumphed", "lose loses lost losing defeat loss"),
    ("support supports supported supporting back backs backed backing favour favours favoured favor favors favored favouring welcome welcomed welcomes endorse endorsed in|favour in|favor supportive supporter supporters",
     "oppose opposes opposed opposing disagree disagreed disagrees disputed reject rejects rejected against criticise criticised criticize criticized condemn condemned opposition attacked"),
    ("accept accepts accepted accepting approve approves approved approving approval pass passed agreed|to",
     "reject rejects rejected rejecting refuse refused refuses turned|down declined voted|down blocked rejection refusal"),
    ("largest biggest highest most greatest tallest longest busiest heaviest", "smallest lowest least fewest shortest quietest lightest"),
    ("best better strongest", "worst worse weakest"),
    ("more greater above exceed exceeded exceeds exceeding over", "fewer less below under short|of"),
    ("open opens opened opening reopen reopened", "close closes closed closing shut shuts"),
    ("guilty convicted conviction convict", "innocent acquitted acquittal cleared not|guilty"),
    ("buy buys bought buying purchase purchased acquire acquired", "sell sells sold selling sale"),
    ("first earliest", "last final latest"),
    ("before earlier prior", "after later following"),
    ("start starts started begin begins began begun starting", "end ends ended ending finish finished stop stopped"),
    ("strengthen strengthened strengthening stronger", "weaken weakened weakening weaker"),
    ("improve improved improves improvement improving better", "worsen worsened worsens deteriorate deteriorated worse"),
    ("connected related linked", "unrelated unconnected"),
    ("sparse scarce thin", "heavy dense abundant plentiful"),
    ("share shared shares agreed", "disagree disagreed disagrees disputed"),
    ("cheaper fell down", "dearer rose edged|up up"),
    ("added add adds introduced", "dropped removed scrapped cut"),
    ("allow allows allowed permit permits permitted", "ban bans banned forbid forbade forbidden prohibit prohibited barred prevent prevented"),
    ("praise praised praises hailed applauded commended", "criticise criticised criticize criticized condemned attacked blamed"),
    ("welcome welcomed welcomes welcoming hailed praised", "deplored denounced condemned lamented regretted decried criticised criticized attacked"),
    ("confirm confirmed confirms admit admitted admits acknowledged conceded concedes accepted", "deny denied denies denying"),
    ("success successful succeed succeeded succeeds", "failure fail failed fails unsuccessful failing"),
    ("profit profits profitable", "loss losses loss-making"),
    ("alive survive survived survives survivor", "dead die died dies killed"),
    ("join joined joins joining", "leave left leaves leaving quit"),
    ("remember remembered", "forget forgot forgotten"),
    ("early", "late"),
    ("north northern", "south southern"),
    ("east eastern", "west western"),
    ("male man men boy boys son father husband brother", "female woman women girl girls daughter mother wife sister"),
    ("hot hotter hottest warm warmer warmest warmed warming", "cold colder coldest cool cooler coolest cooled cooling"),
    ("fast faster fastest quick quickly", "slow slower slowest slowly"),
    ("old older oldest", "young younger youngest new newest"),
    ("long longer lengthen lengthened extend extended", "short shorter shorten shortened"),
    ("wet wetter wettest", "dry drier driest"),
    ("safe safely safer", "dangerous unsafe risky"),
    ("legal lawful legally", "illegal unlawful illegally"),
    ("public publicly", "private privately"),
    ("optimistic hopeful confident optimism", "pessimistic gloomy doubtful pessimism"),
    ("easy easier easily", "hard harder difficult"),
    ("rich wealthy richer", "poor poorer"),
    ("majority most", "minority"),
    ("include includes included including", "exclude excludes excluded excluding"),
    ("hire hires hired recruit recruited", "fire fired sacked dismissed laid|off"),
    ("appoint appointed promoted", "dismissed sacked demoted removed"),
    ("arrive arrived arrives arrival", "depart departed departs departure"),
    ("attack attacked attacks", "defend defended defends"),
    ("advance advanced advances", "retreat retreated retreats"),
    ("lend lent lends", "borrow borrowed borrows"),
    ("import imports imported", "export exports exported"),
    ("inside indoors", "outside outdoors"),
    ("thick thicker thickest", "thin thinner thinnest"),
    ("deep deeper deepest", "shallow shallower"),
    ("heavy heavier", "light lighter"),
    ("ahead led leading lead", "behind trailed trailing trails"),
    ("kept keep keeps keeping retain retained", "drop dropped drops scrapped scrap abandoned removed lost"),
    ("praised popular", "unpopular"),
    ("unanimous unanimously", "divided split narrowly"),
    ("agree agrees agreed agreement", "disagree disagreed disagrees disagreement"),
    ("likely", "unlikely"),
    ("possible", "impossible"),
    ("clear clearly", "unclear"),
    ("known", "unknown"),
    ("usual common commonly often frequently", "unusual rare rarely seldom"),
    ("permanent permanently", "temporary temporarily"),
    ("voluntary voluntarily", "compulsory forced mandatory"),
    ("increase|in", "reduction|in decrease|in cut|in"),
    ("ease eased eases easing relax relaxed loosened", "tighten tightened tightens tightening"),
    ("calm calmed", "angry angered anger"),
    ("full", "empty"),
    ("upgrade upgraded upgrades", "downgrade downgraded downgrades"),
    ("victim victims", "suspect suspects attacker attackers"),
    ("plaintiff prosecution prosecutor prosecutors", "defendant defence defense"),
    ("upheld uphold upholds", "overturned overturn quashed struck|down"),
    ("home", "away"),
    ("faster sooner", "later"),
    ("delay delayed delays postponed", "brought|forward hastened accelerated"),
    ("reward rewarded", "punish punished fined"),
    ("truth true truthful", "false untrue lie lies"),
    ("present attended attend attends", "absent missed boycotted"),
    ("raise|doubts doubted doubt doubts", "certain sure convinced confident"),
    ("harmless", "harmful"),
    ("lighter", "darker"),
    ("love loved loves liked likes", "hate hated hates disliked dislikes"),
    ("encourage encouraged encourages urged", "discourage discouraged warned|against dissuaded"),
    ("request requested asked", "ordered"),
    ("doubled tripled", "halved"),
)  # fmt: skip
# Word or two-word phrase -> the sides that it is on: (number of the pair, 0 or 1).
SIDES: dict[str, set[tuple[int, int]]] = {}
for _pair, _both in enumerate(OPPOSITES):
    for _side, _words in enumerate(_both):
        for _form in _words.split():
            SIDES.setdefault(_form.replace("|", " "), set()).add((_pair, _side))


class _Taken(NamedTuple):
    """A word that takes a side."""

    start: int
    end: int
    form: str
    pair: int
    side: int


def negation(claim: str, passage: Passage) -> list[Finding]:
    """Find what the claim denies and the evidence does not, and the other way round."""
    own, given = cues(claim, PLAIN), cues(passage.text, PLAIN)
    findings = _exclusion(claim, passage)
    if findings:
        return findings
    for cue in own:
        if (
            cue.form == "without"
            or EXCLUDED.search(claim, cue.start, cue.end + 12)
            or _denied_too(cue, claim, passage.text, given)
        ):
            continue
        findings.append(
            Finding(ConflictKind.NEGATION, cue.start, cue.end, None, False, f"the evidence does not say “{cue.form}”")
        )
    if len(own) >= len(given):
        return findings[:1]
    claimed = stems(claim)
    softening = {target for cue in (*own, *cues(claim, LEXICAL)) for target in cue.targets}
    for cue in given:
        hits = [target for target in cue.targets[:2] if target in claimed]
        if _is_lifted(cue, passage.text):
            continue
        if not hits or hits[0] in softening or (own and hits[0] != cue.targets[0]):
            continue
        if not is_told(claim, passage.text, cue.start) or _said_plainly(hits[0], passage.text, given):
            continue
        if len(hits) < 2 and not _in_step(claim, hits[0], passage.text, cue):
            continue
        place = _place(claim, hits[0])
        if any(
            abs(other.start - place[0]) < 30 for other in own
        ):  # "have found no evidence" for "have not found evidence"
            continue
        note = f"the evidence says “{cue.form}”"
        sure = len(hits) > 1 and _of_one_bearer(claim, passage.text, cue.start)
        findings.append(Finding(ConflictKind.NEGATION, *place, (cue.start, cue.end), sure, note))
    return findings[:1]


def _is_lifted(cue: Cue, text: str) -> bool:
    """Whether what follows a "not" takes it back: "nothing prevents", "did not reach the town until"."""
    denying = LEXICAL.search(text, cue.end, cue.end + 12)
    return bool(denying and denying.start() - cue.end <= 1) or _reaches_until(text, cue.end)


def _reaches_until(text: str, start: int) -> bool:
    """Whether the clause goes on to an "until", as in "not before" told the other way round."""
    at = text.find(" until ", start, start + 60)
    return at >= 0 and not any(mark in ".,;:" for mark in text[start:at])


def _exclusion(claim: str, passage: Passage) -> list[Finding]:
    """ "Ruled out" against "did not rule out" and "refused to rule out": what is not excluded is left open."""
    mine = list(EXCLUDED.finditer(claim))
    if not mine:
        return []
    theirs = [match for match in EXCLUDED.finditer(passage.text) if is_told(claim, passage.text, match.start())]
    if not theirs:
        return []
    if {bool(one["open"]) for one in mine} & {bool(one["open"]) for one in theirs}:
        return []
    note = f"the evidence says “{theirs[0][0]}”"
    return [Finding(ConflictKind.NEGATION, mine[0].start(), mine[0].end(), theirs[0].span(), True, note)]


EXCLUDED = re.compile(
    r"\b(?P<open>(?:not|never|n[’']t|refus\w{1,3}\s{1,3}to|declin\w{1,3}\s{1,3}to|unwilling\s{1,3}to|without|nor\s{1,3}(?:do|does|did)(?:\s{1,3}[\w’'-]{1,20}){1,3}?)\s{1,3})?(?:rul(?:e|es|ed|ing)\s{1,3}(?:it\s{1,3})?out|exclud(?:e|es|ed|ing))\b",
    re.IGNORECASE,
)


def _of_one_bearer(claim: str, text: str, at: int) -> bool:
    """Whether the clause at an offset is about somebody whom the claim names, where the text names them at all."""
    clause = next((token.clause for token in tokens(text) if token.end > at), -1)
    held = [token for token in tokens(text) if token.clause == clause]
    given = names_in(text)
    mine = [name for name in names_in(claim) if any(same_name(name, other) for other in given)]
    inside = [other for other in given if held and held[0].start <= other.start < held[-1].end]
    return not mine or any(same_name(name, other) for name in mine for other in inside)


def _said_plainly(wanted: str, text: str, given: Sequence[Cue]) -> bool:
    """Whether the evidence has the word elsewhere without a negation: "pleaded guilty" beside "pleaded not guilty"."""
    places = sum(token.stem == wanted for token in tokens(text))
    return places > sum(wanted in cue.targets for cue in given)


def _in_step(claim: str, wanted: str, text: str, cue: Cue) -> bool:
    """Whether the denied word has a neighbour in common on both sides: its subject or its object."""
    at = next((token.start, token.end) for token in tokens(claim) if token.stem == wanted)
    mine = {token.stem for token in tokens(claim) if token.content and at[0] - 40 <= token.start <= at[1] + 40}
    theirs = {token.stem for token in tokens(text) if token.content and cue.start - 40 <= token.start <= cue.end + 60}
    return len((mine & theirs) - {wanted}) >= 1


def _denied_too(cue: Cue, claim: str, text: str, given: Sequence[Cue]) -> bool:
    """Whether the evidence denies what this cue of the claim denies."""
    there = stems(text)
    shared = [target for target in cue.targets[:3] if target in there]
    if not shared:  # "did not shut" for "stayed open": what is denied is not spoken of in these words
        return True
    nearest = cue.targets[0]
    if nearest in there and LEXICAL.search(text) and _denies(nearest, text):  # "did not deny" against "denied"
        return any(nearest in other.targets[:2] for other in given)
    if any(target in other.targets for other in given for target in shared):
        return True
    lexical = cues(text, LEXICAL, reach=6)
    if any(target in other.targets for other in lexical for target in shared):
        return True
    # Denials that stand after what they deny: "the appeal was rejected", "nothing of the kind".
    own_words = {stem(match[0].split()[0]) for match in LEXICAL.finditer(claim)}
    if any(target in own_words for target in shared):
        return False
    denied = [token.start for token in tokens(text) if token.stem in shared]
    behind = [other.start for other in (*given, *lexical) if stem(other.form.split()[0]) not in own_words]
    return any(0 < other - place <= REACH for other in behind for place in denied)


REACH = 120  # code points that a denial may stand after what it denies


def _denies(wanted: str, text: str) -> bool:
    """Whether the stem is that of a word of the text that itself denies."""
    return any(stem(match[0].split()[0]) == wanted for match in LEXICAL.finditer(text))


def _place(text: str, wanted: str) -> tuple[int, int]:
    return next((token.start, token.end) for token in tokens(text) if token.stem == wanted)


def opposites(claim: str, passage: Passage) -> list[Finding]:
    """Find a word of the claim whose opposite, and not it, stands beside the same things in the evidence."""
    mine, theirs = _sides(claim), _sides(passage.text)
    for said in mine:
        other_side = (said.pair, 1 - said.side)
        if any((one.pair, one.side) == other_side for one in mine):
            continue
        same = max(
            (
                _beside(claim, said, passage.text, one)
                for one in theirs
                if (one.pair, one.side) == (said.pair, said.side)
            ),
            default=0,
        )
        against = [one for one in theirs if (one.pair, one.side) == other_side]
        contrary = max(against, key=lambda one: _beside(claim, said, passage.text, one), default=None)
        if contrary is None or _negated(claim, said) != _negated(passage.text, contrary):
            continue
        if _beside(claim, said, passage.text, contrary) > same and is_told(claim, passage.text, contrary.start):
            note = f"the evidence says “{contrary.form}”"
            word = stem(said.form)
            plain = any(token.stem == word for token in tokens(passage.text))  # both stand there, of two people
            sure = not plain and _of_one_bearer(claim, passage.text, contrary.start)
            return [Finding(ConflictKind.OTHER, said.start, said.end, (contrary.start, contrary.end), sure, note)]
    return []


@lru_cache(maxsize=256)
def _sides(text: str) -> tuple[_Taken, ...]:
    """The words and two-word phrases of a text that take a side; a phrase goes before its first word."""
    words = tokens(text)
    found = []
    for position, word in enumerate(words):
        if word.form.lower() not in FIRST_WORDS:
            continue
        following = words[position + 1] if position + 1 < len(words) else None
        phrase = f"{word.form} {following.form}".lower() if following else ""
        end, form = (following.end, phrase) if following and phrase in SIDES else (word.end, word.form.lower())
        if phrase in MEASURING:
            continue
        found += [_Taken(word.start, end, text[word.start : end], *side) for side in sorted(SIDES.get(form, ()))]
    return tuple(found)


def _negated(text: str, match: _Taken) -> bool:
    """Whether a negation stands shortly before a word."""
    return bool(PLAIN.search(text, max(0, match.start - 24), match.start))


def _beside(claim: str, said: _Taken, text: str, other: _Taken) -> int:
    """How many content words the surroundings of a word of the claim and one of the text have in common."""
    mine, theirs = _around(claim, said), _around(text, other)
    if said.form.lower() in INVERTED or other.form.lower() in INVERTED:  # "A before B" is "B after A"
        return int(bool(mine[1]) and mine[1][:1] == theirs[1][:1])
    shared = {*mine[0], *mine[1]} & {*theirs[0], *theirs[1]}
    return sum(NUMBER_WEIGHT if word[0].isdigit() else 1 for word in shared)


def _around(text: str, match: _Taken) -> tuple[list[str], list[str]]:
    """Stems of the content words next to a place: those before it and those behind it."""
    before = [token.stem for token in tokens(text) if token.content and token.end <= match.start]
    behind = [token.stem for token in tokens(text) if token.content and token.start >= match.end]
    return before[-NEXT_TO:], behind[:NEXT_TO]


MEASURING = frozenset({"less than", "more than", "fewer than", "lower than", "higher than", "up to", "man down"})
FIRST_WORDS = frozenset(phrase.split()[0] for phrase in (*SIDES, *MEASURING))
NUMBER_WEIGHT = 3  # a figure in common says more than a word
NEXT_TO = 4  # content words on each side
INVERTED = frozenset(
    "before after prior following beat beats beaten defeated lose loses lost losing above below over under".split()
)
