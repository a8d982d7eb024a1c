"""Guard: words that mean the opposite of what the evidence says."""

from functools import lru_cache
from typing import NamedTuple

from summarizer.guards.findings import Finding, Passage
from summarizer.guards.negation import PLAIN, of_one_bearer
from summarizer.guards.tokens import is_told, tokens
from summarizer.reading.words import stem
from summarizer.schema import ConflictKind

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
            sure = not plain and of_one_bearer(claim, passage.text, contrary.start)
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
