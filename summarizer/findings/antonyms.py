"""Words whose meanings exclude each other: the table of the guard against opposites.

Each pair has two sides, each a list of words that one text may use for another.
`~word` stands for a regular verb in all its forms (`~trim!` doubles its last
letter), `word|word` for a phrase. A word may stand on sides of several pairs.
"""

from collections.abc import Iterator

# fmt: off
PAIRS: tuple[tuple[str, str], ...] = (
    # More and less.
    ("rise rises rose risen rising ~increase grow grows grew grown growing growth ~climb ~jump ~soar ~surge ~gain ~expand ~swell swollen ~balloon ~mount ~escalate ~rebound ~recover "
     "~rally ~treble ~triple ~double ~quadruple up higher ~raise ~lift ~boost ~widen ~strengthen ~heighten ~intensify ~multiply stepped|up step|up ~quicken ~accelerate",
     "fall falls fell fallen falling ~decrease ~decline ~drop! shrink shrinks shrank shrunk shrinking ~slump ~plunge sink sinks sank sunk sinking slide slides slid sliding ~tumble ~plummet "
     "~crash shed sheds shedding down lower ~lower less fewer cut cuts cutting ~reduce ~narrow ~weaken ~dip! ~halve ~subside ~ease ~wane ~dwindle ~diminish ~recede ~shorten ~ebb! ~contract "
     "lose loses lost losing ~slow ~slip!"),
    ("more greater above exceed exceeded exceeds exceeding over", "fewer less below under short|of"),
    ("larger bigger greater higher taller", "smaller lesser lower littler"),
    ("largest biggest highest most greatest tallest longest busiest heaviest", "smallest lowest least fewest shortest quietest lightest"),
    ("~double ~triple ~treble", "~halve"),
    ("~overstate ~exaggerate ~inflate ~overestimate ~overplay", "~understate ~underestimate ~downplay played|down play|down ~minimise ~minimize ~belittle"),
    ("majority most", "minority"),
    ("maximum ceiling", "minimum floor"),
    ("adequate sufficient enough ample well", "inadequate poorly badly insufficient short|of"),
    ("surplus glut", "shortage deficit shortfall"),
    ("increase|in growth|in rise|in", "reduction|in decrease|in cut|in fall|in decline|in drop|in"),
    # Winning and losing.
    ("win wins won winning beat beats beaten defeated victory triumphed", "lose loses lost losing defeat loss"),
    ("success successful ~succeed succeeds", "failure ~fail unsuccessful"),
    ("profit profits profitable", "loss losses loss-making"),
    ("ahead led leading lead", "behind ~trail"),
    # For and against.
    ("~support ~back ~favour ~favor ~welcome ~endorse in|favour in|favor ~champion supportive supporter supporters",
     "~oppose ~disagree ~dispute ~reject against ~criticise ~criticize ~condemn opposition ~attack ~resist ~deplore ~denounce"),
    ("~accept ~approve approval ~pass agreed|to ~grant ~adopt ~ratify ~welcome carried",
     "~reject rejection ~refuse refusal turned|down turn|down turns|down ~decline voted|down ~block threw|out thrown|out throws|out ~rebuff ~spurn ~veto ~snub! defeated"),
    ("~praise ~hail ~applaud ~commend ~salute praise", "condemnation criticism ~criticise ~criticize ~condemn ~attack ~blame ~deplore ~denounce ~lambast ~censure ~rebuke"),
    ("~welcome ~hail ~praise ~applaud glad pleased delighted ~celebrate", "~deplore ~denounce ~condemn ~lament regret regrets regretted regretting ~decry ~criticise ~criticize ~attack sorry dismayed ~mourn"),
    ("~condemn ~censure ~convict ~blame ~reprimand ~rebuke guilty", "~exonerate ~vindicate ~acquit! ~absolve cleared"),
    ("guilty convicted conviction convict", "innocent acquitted acquittal cleared not|guilty exonerated"),
    ("~allow ~permit! ~authorise ~authorize", "ban bans banned banning forbid forbids forbade forbidden ~prohibit barred bars barring ~prevent ~block ~outlaw"),
    ("~confirm ~admit! ~acknowledge ~concede accepted pleaded|guilty pleads|guilty", "~deny denial ~dispute"),
    ("~agree agreement", "~disagree disagreement"),
    ("~share agreed", "~disagree ~dispute"),
    ("~encourage ~urge", "~discourage warned|against ~deter! ~dissuade"),
    ("~cheer ~applaud", "~jeer ~boo ~heckle"),
    ("~renew", "~cancel! ~cancel ~terminate ~lapse"),
    ("unanimous unanimously united", "divided split narrowly"),
    ("~comply ~obey ~observe ~respect ~uphold upheld ~honour ~honor", "~breach ~violate ~flout ~defy ~ignore broke broken ~disregard"),
    ("upheld uphold upholds", "~overturn ~quash struck|down"),
    ("~reward", "~punish ~fine ~penalise ~penalize"),
    ("harsh harsher harshest severe severer stern sterner critical", "kind kinder kindest lenient gentle gentler generous mild milder"),
    ("strict stricter strictest tight tighter tough tougher ~tighten ~toughen ~stiffen ~harden", "lax laxer loose looser ~loosen ~relax ~ease ~soften"),
    ("~love ~like ~admire admiration", "~hate ~dislike ~despise contempt disdain"),
    ("friendly ally allies allied", "hostile enemy enemies"),
    ("encouraged heartened", "discouraged disheartened"),
    # Beginning and ending, opening and closing, coming and going.
    ("start starts started begin begins began begun starting ~launch ~commence", "end ends ended ending ~finish ~stop! ~cease ~conclude"),
    ("open opens opened opening ~reopen", "close closes closed closing ~shut! closure"),
    ("~join", "leave leaves left leaving quit quits quitting"),
    ("remain remains remained remaining stay stays stayed staying", "~resign ~depart quit quits step|down stepped|down steps|down"),
    ("~attend present", "absent ~miss ~boycott ~skip!"),
    ("~advance", "~retreat ~withdraw withdrew withdrawn"),
    ("~appoint ~promote", "~dismiss ~sack ~demote ~remove ~oust"),
    ("~reinstate reinstatement ~restore ~rehire", "removal ~remove ~dismiss dismissal ~sack ~oust ~expel! expulsion"),
    ("~hire ~recruit ~employ", "~fire ~sack ~dismiss laid|off lay|off lays|off redundant redundancy redundancies"),
    ("kept keep keeps keeping ~retain", "~drop! ~scrap! ~abandon ~remove lost ~discard ~relinquish gave|up give|up gives|up given|up"),
    ("~add ~introduce", "~drop! ~remove ~scrap! ~cut ~delete"),
    ("~include ~cover", "~exclude ~omit! left|out leave|out"),
    ("~build built", "~demolish ~dismantle"),
    ("~delay ~postpone put|off puts|off ~defer! held|up", "brought|forward ~hasten ~accelerate sped|up"),
    ("faster sooner", "later slower"),
    ("~lengthen ~extend ~prolong extension longer", "~shorten ~trim! ~curtail ~truncate shorter"),
    ("before earlier prior", "after later following"),
    ("first earliest", "last final latest"),
    ("early", "late"),
    ("morning dawn", "evening dusk night"),
    # Trade.
    ("buy buys bought buying ~acquire buyer buyers", "sell sells sold selling seller sellers"),
    ("lend lends lent lender lenders", "~borrow borrower borrowers"),
    ("~import", "~export"),
    ("cheaper fell down cheap inexpensive", "dearer rose edged|up up dear expensive costly costlier pricier"),
    ("landlord landlords", "tenant tenants"),
    ("employer employers", "employee employees"),
    ("~upgrade ~raise", "~downgrade ~lower"),
    # Better and worse.
    ("best better strongest", "worst worse weakest"),
    ("~strengthen stronger strong strongest", "~weaken weaker weak weakest"),
    ("~improve improvement better ~recover", "~worsen ~deteriorate worse"),
    ("safe safely safer safest sound", "dangerous unsafe unsound risky hazardous"),
    ("harmless", "harmful"),
    ("~protect ~preserve ~conserve", "~destroy ~wreck ~ruin"),
    ("~repair ~mend", "~damage"),
    ("healthy well", "ill sick unwell"),
    ("easy easier easiest easily", "hard harder hardest difficult"),
    ("rich wealthy richer richest", "poor poorer poorest"),
    ("popular praised", "unpopular"),
    ("optimistic hopeful confident optimism upbeat bullish", "pessimistic gloomy doubtful pessimism downbeat bleak bearish sceptical skeptical"),
    ("certain sure convinced confident", "raise|doubts ~doubt unsure sceptical skeptical"),
    ("~reassure calm ~calm", "~alarm angry ~anger"),
    ("legal lawful legally", "illegal unlawful illegally"),
    ("fair fairly", "unfair unfairly"),
    ("truth true truthful genuine", "false untrue lie lies fake forged"),
    ("possible", "impossible"),
    ("likely", "unlikely"),
    ("clear clearly", "unclear"),
    ("known", "unknown"),
    ("connected related linked", "unrelated unconnected"),
    ("usual common commonly often frequently frequent", "unusual rare rarely seldom infrequent"),
    ("permanent permanently indefinitely", "temporary temporarily"),
    ("voluntary voluntarily", "compulsory forced mandatory"),
    ("willing willingly", "unwilling reluctant reluctantly"),
    ("full packed crowded", "empty half-empty deserted"),
    # Shown and hidden.
    ("public publicly openly", "private privately secret secretly behind|closed"),
    ("published publishes publish ~release ~disclose ~reveal", "withhold withholds withheld ~conceal ~suppress hid hides hidden hide secret"),
    ("remember remembered", "forget forgot forgotten"),
    # Life and people.
    ("alive ~survive survivor survivors", "dead die dies died ~kill"),
    ("male man men boy boys son father husband brother", "female woman women girl girls daughter mother wife sister"),
    ("victim victims", "suspect suspects attacker attackers"),
    ("plaintiff prosecution prosecutor prosecutors", "defendant defence defense"),
    ("~attack", "~defend"),
    ("requested asked", "ordered"),
    # Size, place, weather and time.
    ("north northern", "south southern"),
    ("east eastern", "west western"),
    ("hot hotter hottest warm warmer warmest ~warm", "cold colder coldest cool cooler coolest ~cool"),
    ("fast faster fastest quick quickly", "slow slower slowest slowly"),
    ("old older oldest", "young younger youngest new newer newest"),
    ("long longer longest", "short shorter shortest"),
    ("wet wetter wettest", "dry drier driest"),
    ("inside indoors", "outside outdoors"),
    ("upstream upriver", "downstream downriver"),
    ("near nearby close closer", "far apart farther"),
    ("uphill", "downhill"),
    ("thick thicker thickest", "thin thinner thinnest"),
    ("deep deeper deepest", "shallow shallower shallowest"),
    ("heavy heavier heaviest", "light lighter lightest"),
    ("wide wider widest broad broader broadest", "narrow narrower narrowest"),
    ("sparse scarce thin", "heavy dense abundant plentiful"),
    ("lighter brighter", "darker"),
    ("home", "away"),
    ("urban", "rural"),
)
# fmt: on


def forms(entry: str) -> Iterator[str]:
    """Yield the forms that an entry of the table stands for.

    >>> list(forms("~deny")), list(forms("~trim!")), list(forms("turned|down"))
    (['deny', 'denies', 'denied', 'denying'], ['trim', 'trims', 'trimmed', 'trimming'], ['turned down'])
    """
    if not entry.startswith("~"):
        yield entry.replace("|", " ")
        return
    verb = entry.strip("~!")
    root = verb + verb[-1] if entry.endswith("!") else verb
    yield verb
    if verb.endswith("y") and verb[-2] not in "aeou":
        yield from (verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing")
    elif verb.endswith("e"):
        yield from (verb + "s", verb + "d", (verb if verb.endswith("ee") else verb[:-1]) + "ing")
    else:
        yield from (verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "z")) else "s"), root + "ed", root + "ing")
