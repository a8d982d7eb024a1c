"""Words that may be exchanged for one another, in the same inflection, so that the sentence stays English."""

CURRENCY_SIGNS = {
    "$": ("£", "€"), "£": ("$", "€"), "€": ("$", "£"),
    "hundred": ("thousand",), "thousand": ("million",), "million": ("billion",), "billion": ("million",), "trillion": ("billion",),
}  # fmt: skip
UNITS_EXCHANGED: dict[str, tuple[str, ...]] = {
    "miles": ("kilometres",), "mile": ("kilometre",), "kilometres": ("miles",), "kilometers": ("miles",),
    "kilometre": ("mile",), "kilometer": ("mile",), "metres": ("feet", "kilometres"), "meters": ("feet", "kilometres"), "metre": ("foot",),
    "meter": ("foot",), "feet": ("metres",), "foot": ("metre",), "yards": ("miles",), "inches": ("feet", "centimetres"), "inch": ("foot",),
    "centimetres": ("metres", "inches"), "centimeters": ("metres", "inches"), "centimetre": ("metre",), "millimetres": ("centimetres",), "millimeters": ("centimetres",),
    "km": ("miles",), "cm": ("mm",), "mm": ("cm",), "hectares": ("square miles", "acres"), "acres": ("hectares",), "kg": ("tonnes",),
    "kilograms": ("tonnes", "grams"), "tonnes": ("kilograms",), "tons": ("pounds",), "grams": ("kilograms",), "milligrams": ("grams",), "milligram": ("gram",), "mg": ("g",),
    "litres": ("gallons",), "liters": ("gallons",), "gallons": ("litres",), "mph": ("knots",), "knots": ("mph",), "megawatts": ("kilowatts",),
    "kilowatts": ("megawatts",), "gigawatts": ("megawatts",), "seconds": ("minutes",), "minutes": ("hours", "seconds"), "minute": ("hour",),
    "hours": ("days", "minutes"), "hour": ("day",), "days": ("weeks", "months"), "day": ("week",), "weeks": ("months", "days"), "week": ("month",),
    "months": ("weeks", "years"), "month": ("week",), "years": ("months", "weeks"), "year": ("month",), "decades": ("years",),
    "percentage points": ("per cent",),
    "euros": ("dollars",), "dollars": ("euros",), "marks": ("dollars",), "crowns": ("euros",), "francs": ("euros",),
    "cents": ("dollars",), "pence": ("pounds",),
}  # fmt: skip

# Offices that one person hardly holds together; of several words the longest counts.
ROLES_EXCHANGED: dict[str, tuple[str, ...]] = {
    "prime minister": ("president",), "president": ("treasurer", "secretary"), "chancellor": ("foreign minister",), "mayor": ("treasurer", "town clerk"),
    "chief executive": ("finance director", "chairman"), "chairman": ("treasurer", "secretary"), "chairwoman": ("treasurer", "secretary"), "chair": ("treasurer", "secretary"),
    "treasurer": ("secretary", "chairman"), "secretary": ("treasurer",), "manager": ("captain",), "coach": ("captain",), "captain": ("coach",), "governor": ("attorney general",),
    "commissioner": ("ombudsman",), "ambassador": ("trade minister",), "judge": ("prosecutor",), "prosecutor": ("judge",), "lawyer": ("accountant",),
    "attorney": ("accountant",), "solicitor": ("accountant",), "barrister": ("accountant",), "superintendent": ("sergeant",), "inspector": ("sergeant",),
    "sergeant": ("inspector",), "professor": ("dean",), "economist": ("historian",), "historian": ("economist",), "analyst": ("accountant",),
    "engineer": ("accountant", "harbourmaster"), "curator": ("restorer",), "auditor": ("caterer",), "spokesman": ("lawyer",), "spokeswoman": ("lawyer",),
    "founder": ("auditor",), "owner": ("tenant",), "editor": ("photographer",), "journalist": ("lawyer",), "reporter": ("photographer",),
    "surgeon": ("nurse",), "nurse": ("surgeon",), "physician": ("nurse",), "headteacher": ("caretaker",), "teacher": ("caretaker",), "coroner": ("surgeon",),
    "clerk": ("auditor",), "striker": ("goalkeeper",), "goalkeeper": ("striker",), "defender": ("goalkeeper",), "midfielder": ("goalkeeper",), "referee": ("coach",),
    "conductor": ("pianist",), "pianist": ("violinist",), "painter": ("sculptor",), "sculptor": ("painter",), "architect": ("surveyor",), "farmer": ("butcher",),
    "driver": ("guard",), "pilot": ("mechanic",), "guard": ("driver",), "conservator": ("gallery owner",), "archivist": ("photographer",), "biologist": ("geologist",),
    "geologist": ("biologist",), "physicist": ("geologist",), "chemist": ("geologist",), "meteorologist": ("geologist",), "oceanographer": ("botanist",),
    "ecologist": ("physicist",), "widow": ("daughter",), "widower": ("son",), "son": ("nephew",), "daughter": ("niece",), "brother": ("cousin",), "sister": ("cousin",),
    "wife": ("sister",), "husband": ("brother",), "father": ("uncle",), "mother": ("aunt",), "surveyor": ("architect",), "plumber": ("electrician",),
    "electrician": ("plumber",), "carpenter": ("plumber",), "baker": ("butcher",), "butcher": ("baker",), "fisherman": ("innkeeper",), "firefighter": ("paramedic",),
    "paramedic": ("firefighter",), "priest": ("undertaker",), "trustee": ("auditor",), "psychologist": ("dentist",), "astronomer": ("botanist",),
    "mathematician": ("botanist",), "novelist": ("painter",), "poet": ("painter",), "composer": ("painter",), "pensioner": ("student",), "student": ("pensioner",),
}  # fmt: skip
PORTFOLIOS_EXCHANGED = ("health", "transport", "finance", "defence", "education", "environment", "justice", "culture", "trade", "agriculture", "energy", "housing")  # fmt: skip
POSTS_EXCHANGED = ("commercial", "technical", "financial", "medical", "artistic", "sporting")

# Opposites in the same inflection.
ANTONYMS_OF_MEASURES = {  # only of what is measured: nobody "rises ill"
    "rose": "fell", "fell": "rose", "rises": "falls", "falls": "rises", "risen": "fallen", "fallen": "risen", "rising": "falling", "falling": "rising",
    "rise": "fall", "fall": "rise", "grew": "shrank", "shrank": "grew", "grown": "shrunk", "gained": "lost", "climbed": "dropped", "dropped": "climbed",
    "jumped": "slumped", "soared": "plunged", "plunged": "soared", "up": "down", "down": "up", "doubled": "halved", "halved": "doubled",
    "declined": "increased",
}  # fmt: skip
ANTONYMS_BEFORE_A_VALUE = {
    "raised": "lowered",
    "lowered": "raised",
    "cut": "raised",
}  # "raised his target to $64", not "raised $64"
ANTONYMS = {
    "increased": "decreased", "decreased": "increased", "increase": "decrease", "decrease": "increase", "increases": "decreases", "increasing": "decreasing",
    "reduced": "increased", "reduce": "increase", "reduces": "increases", "won": "lost",
    "win": "lose", "wins": "loses", "lose": "win", "accepted": "rejected", "accepts": "rejects", "rejected": "accepted", "approved": "rejected", "approves": "rejects",
    "supported": "opposed", "supports": "opposes", "opposed": "supported", "opposes": "supports", "backed": "opposed", "opened": "closed", "reopened": "closed",
    "opens": "closes", "closes": "opens", "closed": "opened", "bought": "sold", "sold": "bought", "strengthened": "weakened", "weakened": "strengthened",
    "improved": "worsened", "improves": "worsens", "worsened": "improved", "widened": "narrowed", "narrowed": "widened", "praised": "criticised", "criticised": "praised",
    "criticized": "praised", "welcomed": "criticised", "confirmed": "denied", "denied": "confirmed", "arrived": "departed", "departed": "arrived", "includes": "excludes",
    "included": "excluded", "excluded": "included", "upheld": "overturned", "overturned": "upheld", "quashed": "upheld", "convicted": "acquitted", "acquitted": "convicted",
    "guilty": "innocent", "extended": "shortened", "shortened": "extended", "tightened": "eased", "eased": "tightened", "appointed": "dismissed",
    "hired": "sacked", "exported": "imported", "imported": "exported", "exports": "imports", "imports": "exports",
    "largest": "smallest", "biggest": "smallest", "smallest": "largest", "highest": "lowest", "lowest": "highest", "tallest": "shortest", "heaviest": "lightest",
    "longest": "shortest", "shortest": "longest", "oldest": "youngest", "youngest": "oldest", "hottest": "coldest", "coldest": "hottest", "wettest": "driest",
    "driest": "wettest", "fastest": "slowest", "slowest": "fastest", "busiest": "quietest", "deepest": "shallowest", "cheapest": "dearest",
    "best": "worst", "worst": "best", "strongest": "weakest", "weakest": "strongest", "higher": "lower", "lower": "higher", "larger": "smaller",
    "bigger": "smaller", "smaller": "larger", "older": "younger", "younger": "older", "cheaper": "dearer", "warmer": "cooler", "cooler": "warmer",
    "hotter": "cooler", "colder": "warmer", "faster": "slower", "slower": "faster", "stronger": "weaker", "weaker": "stronger", "longer": "shorter",
    "shorter": "longer", "better": "worse", "worse": "better", "wetter": "drier", "drier": "wetter", "deeper": "shallower", "majority": "minority",
    "minority": "majority", "northern": "southern", "southern": "northern", "eastern": "western", "western": "eastern", "north": "south", "south": "north",
    "inside": "outside", "outside": "inside", "above": "below", "below": "above", "likely": "unlikely", "unlikely": "likely", "unanimously": "narrowly",
    "permanent": "temporary", "temporary": "permanent", "permanently": "temporarily", "temporarily": "permanently", "voluntary": "compulsory",
    "compulsory": "voluntary", "legal": "illegal", "illegal": "legal", "lawful": "unlawful", "unlawful": "lawful", "lawfully": "unlawfully",
    "unlawfully": "lawfully", "profit": "loss", "profits": "losses", "victory": "defeat", "defeat": "victory", "men": "women", "women": "men",
    "male": "female", "female": "male", "publicly": "privately", "privately": "publicly", "before": "after", "after": "before",
}  # fmt: skip

# Single words of what people say, for quotations; the second takes the first one's place in any sentence.
QUOTED_WORDS = {
    "good": "bad", "bad": "good", "wrong": "right", "easy": "difficult", "difficult": "easy", "simple": "complicated", "complicated": "simple",
    "cheap": "expensive", "expensive": "cheap", "fair": "unfair", "unfair": "fair", "safe": "dangerous", "dangerous": "safe", "strong": "weak", "weak": "strong",
    "happy": "angry", "angry": "happy", "proud": "ashamed", "ashamed": "proud", "confident": "worried", "worried": "confident", "useful": "useless",
    "honest": "dishonest", "serious": "minor", "small": "large", "large": "small", "big": "small", "late": "early", "slow": "fast", "fast": "slow",
    "true": "false", "false": "true", "cautious": "reckless", "careful": "careless", "careless": "careful", "perfect": "flawed", "clean": "dirty", "dirty": "clean",
    "beautiful": "ugly", "terrible": "wonderful", "wonderful": "terrible", "quiet": "loud", "rich": "poor", "poor": "rich", "different": "identical",
    "necessary": "unnecessary", "unnecessary": "necessary", "acceptable": "unacceptable", "unacceptable": "acceptable", "reasonable": "unreasonable",
    "responsible": "irresponsible", "possible": "impossible", "impossible": "possible", "dry": "wet", "wet": "dry", "warm": "cold", "cold": "warm",
    "popular": "unpopular", "cheerful": "gloomy", "clear": "unclear", "local": "national", "national": "local", "patient": "impatient", "brave": "cowardly",
    "never": "always", "always": "never", "slowly": "quickly", "quickly": "slowly", "often": "rarely", "rarely": "often", "weeks": "months",
    "months": "weeks", "week": "month", "month": "week", "years": "months", "morning": "evening", "evening": "morning", "summer": "winter", "winter": "summer",
    "spring": "autumn", "autumn": "spring", "children": "parents", "parents": "children", "families": "businesses", "patients": "nurses", "doctors": "lawyers",
    "money": "land", "town": "region", "city": "region", "government": "opposition", "council": "court", "company": "union", "workers": "managers",
    "voters": "judges", "players": "referees", "houses": "farms", "road": "bridge", "roads": "bridges", "bridge": "road", "school": "hospital", "schools": "hospitals",
    "river": "forest", "water": "fuel", "food": "fuel", "rules": "prices", "price": "rule", "prices": "rules", "problem": "solution", "problems": "solutions",
    "solution": "problem", "questions": "answers", "answers": "questions", "mistake": "success", "mistakes": "successes", "failure": "success", "failures": "successes",
    "success": "failure", "friend": "rival", "friends": "rivals", "trust": "doubt", "truth": "rumour", "risk": "benefit", "risks": "benefits", "danger": "relief",
    "page": "chapter", "pages": "chapters", "door": "window", "doors": "windows", "mother": "father", "father": "mother", "sister": "brother", "brother": "sister",
    "daughter": "son", "son": "daughter", "girls": "boys", "boys": "girls", "languages": "countries", "patience": "courage", "buildings": "streets",
    "love": "hate", "loved": "hated", "hate": "love", "remember": "forget", "forget": "remember", "believe": "doubt", "gain": "lose", "protect": "abandon",
    "succeed": "fail", "destroyed": "saved", "saved": "wasted", "saving": "wasting", "wasting": "saving", "trial": "election", "vote": "trial", "test": "joke",
    "beginning": "end", "buses": "trains", "trains": "buses", "train": "bus", "bus": "train", "boat": "train", "boats": "trains", "ship": "train",
    "courage": "patience", "luck": "skill", "skill": "luck", "heart": "knee", "war": "strike", "insult": "compliment", "joke": "threat", "gift": "punishment",
    "hours": "days", "days": "weeks", "minutes": "hours", "minute": "week",
}  # fmt: skip
UNQUOTED = frozenset(
    "before after north south up down male female fall".split()
)  # of ANTONYMS: idioms are common in speech

# Past tenses that are no participle and no other word, with their base: "did not" may go before it.
PASTS = {
    "rose": "rise", "fell": "fall", "grew": "grow", "took": "take", "gave": "give", "began": "begin", "became": "become", "came": "come", "went": "go",
    "chose": "choose", "broke": "break", "drove": "drive", "flew": "fly", "shrank": "shrink", "sank": "sink", "stole": "steal", "wore": "wear", "ate": "eat",
    "withdrew": "withdraw", "drew": "draw", "threw": "throw", "overtook": "overtake", "underwent": "undergo", "arose": "arise", "ran": "run", "forgave": "forgive",
    "forgot": "forget", "hid": "hide", "swore": "swear", "tore": "tear", "undertook": "undertake", "outgrew": "outgrow", "mistook": "mistake", "froze": "freeze",
}  # fmt: skip
IRREGULAR_PARTICIPLES = frozenset(
    "been become begun broken brought built bought caught chosen come cost cut done drawn driven eaten fallen felt found flown forgotten forgiven frozen "
    "given gone grown had heard held hidden hit hurt kept known laid led left lent let lost made meant met paid put read ridden risen run said seen sent "
    "set shaken shown shrunk shut sold spent split spread stolen stood struck sunk sworn taken taught thought thrown told torn understood undergone won "
    "withdrawn withheld worn written".split()
)
PARTICIPLES = {
    "close": "closed", "open": "opened", "reopen": "reopened", "build": "built", "rebuild": "rebuilt", "sell": "sold", "buy": "bought", "raise": "raised",
    "replace": "replaced", "hire": "hired", "launch": "launched", "publish": "published", "introduce": "introduced", "abolish": "abolished", "resign": "resigned",
    "appoint": "appointed", "cut": "cut", "install": "installed", "renovate": "renovated", "withdraw": "withdrawn", "sign": "signed", "move": "moved",
    "demolish": "demolished", "repair": "repaired", "restore": "restored", "plant": "planted", "ban": "banned", "lift": "lifted", "end": "ended",
    "issue": "issued", "release": "released", "return": "returned", "leave": "left", "join": "joined", "merge": "merged", "expand": "expanded", "reduce": "reduced",
    "increase": "increased", "double": "doubled", "extend": "extended", "suspend": "suspended", "appeal": "appealed", "sue": "sued", "visit": "visited",
}  # fmt: skip
# Verbs after which "could" tells what may come, not what somebody was able to do.
COMING = (
    "be become face lead rise fall cost take last mean lose close cause reach double happen result end push force bring come go affect delay increase reduce "
    "tear damage threaten hurt help trigger drive cut deter spread flood sink collapse break worsen improve change"
).split()

# Words that deny; a sentence with one of them gets no second denial.
DENYING = (
    "not never no none nobody nothing neither nor cannot without "
    "isn't aren't wasn't weren't don't doesn't didn't hasn't haven't hadn't wouldn't couldn't shouldn't can't won't"
).split()
# What is only ever somebody's opinion: judgements behind a form of "to be", and verbs of duty, forecast and blame.
JUDGEMENTS = (
    "absurd acceptable alarming bad betrayal brilliant careless clear crucial cynical dangerous disappointing disgrace encouraging essential excellent "
    "excessive extraordinary failure fair foolish good great harsh historic important impossible inadequate insult irresponsible misleading mistake mistaken "
    "necessary nonsense obvious outrage outrageous overreaction poor possible premature reasonable reckless remarkable responsible ridiculous right safe "
    "scandal sensible shameful shocking success terrible threat tragedy triumph unacceptable unfair unlawful unnecessary unreasonable unsafe unworkable "
    "victory vital worrying wrong"
).split()
OPINING = (
    "would will should ought must could might needs needed better worse best worst always never abandoned betrayed blame blames breached cheated ignored lied "
    "misled neglected ruined violated"
).split()
