"""Guards: what is said not to be, and words that mean the opposite."""

import re
from collections.abc import Sequence

from summarizer.guards.findings import Finding, Passage
from summarizer.guards.tokens import Cue, cues, stems, tokens
from summarizer.reading.words import stem
from summarizer.schema import ConflictKind

PLAIN = re.compile(
    r"\b(?:not(?!\s+(?:only|all|every|until|just)\b)|never|no(?!\.|\s+\d| longer than)|none|nobody|nothing|neither|nor|cannot|without|"
    r"(?:is|are|was|were|do|does|did|has|have|had|would|could|should|will|ca|wo)n[’']t|yet to|far from)\b",
    re.IGNORECASE,
)
# Verbs and adjectives that deny what follows them.
LEXICAL = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|rul(?:e|es|ed|ing)\s+(?:it\s+)?out|refus(?:e|es|ed|ing)|declin(?:e|es|ed|ing)(?=\s+to)|"
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
    ("support supports supported supporting back backs backed backing favour favours favoured favor favors favored favouring welcome welcomed welcomes endorse endorsed in|favour|of in|favor|of supportive",
     "oppose opposes opposed opposing reject rejects rejected against criticise criticised criticize criticized condemn condemned opposition attacked"),
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
    ("improve improved improves improvement improving", "worsen worsened worsens deteriorate deteriorated"),
    ("allow allows allowed permit permits permitted", "ban bans banned forbid forbade forbidden prohibit prohibited barred prevent prevented"),
    ("praise praised praises hailed applauded commended", "criticise criticised criticize criticized condemned attacked blamed"),
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
PHRASE = re.compile(r"\|")


def _compiled(words: str) -> re.Pattern[str]:
    forms = sorted((re.escape(word).replace(r"\|", r"\s+") for word in words.split()), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(forms)})(?![\w-])", re.IGNORECASE)


SIDES = tuple((_compiled(one), _compiled(other)) for one, other in OPPOSITES)
ANY_SIDE = re.compile("|".join(side.pattern for pair in SIDES for side in pair), re.IGNORECASE)


def negation(claim: str, passage: Passage) -> list[Finding]:
    """Find what the claim denies and the evidence does not, and the other way round."""
    own, given = cues(claim, PLAIN), cues(passage.text, PLAIN)
    findings = []
    for cue in own:
        if _denied_too(cue, claim, passage.text, given):
            continue
        findings.append(Finding(ConflictKind.NEGATION, cue.start, cue.end, None, False, f"the evidence does not say “{cue.form}”"))
    if own:
        return findings
    claimed = stems(claim)
    softening = {target for cue in cues(claim, LEXICAL) for target in cue.targets}
    for cue in given:
        hits = [target for target in cue.targets[:2] if target in claimed]
        if not hits or hits[0] in softening:
            continue
        place = _place(claim, hits[0])
        note = f"the evidence says “{cue.form}”"
        findings.append(Finding(ConflictKind.NEGATION, *place, (cue.start, cue.end), len(hits) > 1, note))
    return findings[:1]


def _denied_too(cue: Cue, claim: str, text: str, given: Sequence[Cue]) -> bool:
    """Whether the evidence denies what this cue of the claim denies."""
    there = stems(text)
    shared = [target for target in cue.targets[:3] if target in there]
    if not shared:
        return bool(given) or bool(LEXICAL.search(text))
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
    behind = [other for other in (*given, *lexical) if stem(other.form.split()[0]) not in own_words]
    return bool(behind) and not any(target in own_words for target in shared)


def _denies(wanted: str, text: str) -> bool:
    """Whether the stem is that of a word of the text that itself denies."""
    return any(stem(match[0].split()[0]) == wanted for match in LEXICAL.finditer(text))


def _place(text: str, wanted: str) -> tuple[int, int]:
    return next((token.start, token.end) for token in tokens(text) if token.stem == wanted)


def opposites(claim: str, passage: Passage) -> list[Finding]:
    """Find words of the claim whose opposite, and not they, stands in the evidence."""
    if not ANY_SIDE.search(claim):
        return []
    turned = bool(PLAIN.search(claim)) != bool(PLAIN.search(passage.text))
    findings = []
    for one, other in SIDES:
        for mine, theirs in ((one, other), (other, one)):
            said = mine.search(claim)
            if not said or turned or theirs.search(claim):
                continue
            same = max((_beside(claim, said, passage.text, other) for other in mine.finditer(passage.text)), default=-1)
            contrary = max(theirs.finditer(passage.text), key=lambda one: _beside(claim, said, passage.text, one), default=None)
            if contrary and _beside(claim, said, passage.text, contrary) > max(same, 0):
                note = f"the evidence says “{contrary[0]}”"
                findings.append(Finding(ConflictKind.OTHER, said.start(), said.end(), contrary.span(), True, note))
    return findings[:1]


def _beside(claim: str, said: re.Match[str], text: str, other: re.Match[str]) -> int:
    """How many content words the surroundings of a word of the claim and one of the text have in common."""
    mine, theirs = _around(claim, said), _around(text, other)
    if said[0].lower() in INVERTED or other[0].lower() in INVERTED:  # "A before B" is "B after A"
        return int(bool(mine[1]) and mine[1][:1] == theirs[1][:1])
    return len({*mine[0], *mine[1]} & {*theirs[0], *theirs[1]})


def _around(text: str, match: re.Match[str]) -> tuple[list[str], list[str]]:
    """Stems of the content words next to a place: those before it and those behind it."""
    before = [token.stem for token in tokens(text) if token.content and token.end <= match.start()]
    behind = [token.stem for token in tokens(text) if token.content and token.start >= match.end()]
    return before[-NEXT_TO:], behind[:NEXT_TO]


NEXT_TO = 4  # content words on each side
INVERTED = frozenset("before after prior following beat beats beaten defeated lose loses lost losing above below over under".split())
