"""What a full stop after a word means: lists of abbreviations, and of words that begin a sentence."""

# Never the end of a sentence, whatever follows: titles and words that need what comes next.
LEADING = frozenset(
    "mr mrs ms mx dr prof gov sen rep reps sens gen lt sgt col capt maj rev hon messrs mme mlle mgr pres supt insp "
    "det cpl pvt adm cmdr brig fr sra srta dña dª st ste mt ft vs v cf approx ca viz esp incl pp "
    "dept univ assn bzw vgl ggf evtl hr hrn gebr hl inkl sog geb zzgl dra ee डॉ".split()
)
# Not the end before a number: "No. 5", "Sept. 3", "Fig. 2".
BEFORE_NUMBER = frozenset(
    "no nos art arts fig figs p pp vol vols ch chap sec secs par para ed nr núm pág págs abs bd reg regs cl op tel ext "
    "jan feb mar apr jun jul aug sep sept oct nov dec eq tab ex".split()
)
# May end a sentence: decided by whether the next word begins one.
MAY_END = frozenset(
    "inc co corp ltd llc plc bros jr sr etc al esq ave blvd rd ste hwy hwys pkwy "
    "jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thurs fri sat sun est "
    "ala ariz ark calif colo conn del fla ga ill ind kan ky la md mass mich minn miss mo mont neb nev okla ore pa tenn "
    "tex va vt wash wis wyo ont que".split()
)
LOWER_DOTTED_LEADING = frozenset("e.g i.e z.b d.h u.a i.d.r s.o v.a m.e a.a.o".split())

# Words that seldom stand in a name, so that one after an abbreviation begins a sentence.
STARTERS = frozenset(
    "The A An He She It They We You I This That These Those There Here His Her Its Their Our My Your "
    "In On At By For From With Under Over After Before Since Until During While When Where Once Then Now But And Or "
    "So Yet As If Although Though Because However Meanwhile Moreover Instead Later Earlier Some Many Most Few All Both "
    "Each Every No None Nobody Nothing Not Only Such What Who Why How Which Whether Another Other Others "
    "Police Officials Critics Shares Sales Nearly About More Less Last Next Even Still Also Today Yesterday "
    "El La Los Las Un Una Se No En Der Die Das Ein Eine Es Er Sie Wir Le Les Une Il Elle Ils On Nous".split()
)
AFTER_COMPANY = frozenset(
    "Chief CEO CFO COO CTO President Chairman Chairwoman Chair Vice Executive Director Founder Spokesman Spokeswoman "
    "Analyst Ltd LLC Inc Stadium Arena Tower".split()
)
AFTER_CLOCK = frozenset(
    "ET EST EDT CT CST CDT MT MST MDT PT PST PDT GMT BST UTC CET CEST IST JST Eastern Central Pacific Mountain "
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday Mon Tue Wed Thu Fri Sat Sun "
    "January February March April May June July August September October November December".split()
)
BEFORE_ORDINAL = frozenset("am vom zum der die das dem den des im beim ab bis seit".split())  # German "am 3. Mai"
SINGLE_LETTER_ENDS = frozenset(
    "Plan Vitamin Group Class Grade Hepatitis Type Option Section Appendix Figure Division League Pool Platform Gate "
    "Route Schedule Exhibit Phase Category Room Block Hall Wing Ward Tier".split()
)
