"""Words with offsets, their stems, and which of them carry content."""

import re
from functools import lru_cache
from typing import NamedTuple

import Stemmer  # type: ignore[import-not-found]

# A number with its separators, a word with its inner apostrophes, or one character of a script without spaces.
WORD = re.compile(
    r"\d+(?:[.,]\d+)*"
    r"|[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]"
    r"|[^\W\d_\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]+(?:['’][^\W\d_]+)*"
)

# Words that say nothing of what a sentence is about. Negations, modals and
# quantifiers are here too: they do not help to find a passage, and the guards
# look at them by name.
STOP_WORDS = frozenset(
    "a an the this that these those it its he him his she her hers they them their theirs we us our ours you your yours "
    "i me my mine who whom whose which what when where why how whether there here and or but nor so yet if then than as while "
    "because although though until unless since of in on at by for from with without to into onto over under about "
    "after before between among against during through up down out off again also both either neither each "
    "is am are was were be been being do does did done doing have has had having will would shall should can could may "
    "might must not no never none nor only just very more most less least much many some any all every other another "
    "such own same too s t re ve ll d m said say says told according".split()
)


# Irregular past forms that are no other common word: form -> verb.
_PAST = (
    "beat:beaten become:became begin:began,begun bite:bitten blow:blew,blown break:broke,broken bring:brought build:built burn:burnt buy:bought "
    "catch:caught choose:chose,chosen come:came deal:dealt dig:dug draw:drew,drawn drink:drank,drunk drive:drove,driven eat:ate,eaten fall:fell,fallen "
    "feed:fed fight:fought find:found fly:flew,flown forbid:forbade,forbidden forget:forgot,forgotten freeze:froze,frozen get:got,gotten give:gave,given "
    "go:went,gone grow:grew,grown hang:hung hear:heard hide:hid,hidden hold:held keep:kept know:knew,known lead:led leave:left lend:lent lose:lost "
    "make:made mean:meant meet:met pay:paid prove:proven ride:rode,ridden ring:rang rise:rose,risen run:ran see:saw,seen seek:sought sell:sold send:sent "
    "shake:shook,shaken shoot:shot show:shown shrink:shrank,shrunk sing:sang,sung sink:sank,sunk sit:sat sleep:slept speak:spoke,spoken spend:spent "
    "spread:spread stand:stood steal:stole,stolen stick:stuck strike:struck,stricken swear:swore,sworn sweep:swept swell:swollen swim:swam,swum "
    "take:took,taken teach:taught tear:tore,torn tell:told think:thought throw:threw,thrown understand:understood wake:woke,woken wear:wore,worn "
    "weep:wept win:won withdraw:withdrew,withdrawn withhold:withheld write:wrote,written undergo:underwent,undergone overcome:overcame undo:undid,undone "
    "arise:arose,arisen awake:awoke cling:clung creep:crept flee:fled fling:flung forgive:forgave,forgiven lay:laid overtake:overtook,overtaken "
    "overthrow:overthrew,overthrown resell:resold rewrite:rewrote,rewritten shed:shed slide:slid spin:spun spring:sprang,sprung swing:swung undertake:undertook,undertaken uphold:upheld"
)
BASE = {form: verb for verb, _, forms in (entry.partition(":") for entry in _PAST.split()) for form in forms.split(",")}


class Word(NamedTuple):
    """A word of a text; `text[start:end] == form`."""

    start: int
    end: int
    form: str

    @property
    def stem(self) -> str:
        return stem(self.form)


def words(text: str) -> list[Word]:
    """Return the words of a text in order.

    >>> [word.form for word in words("Macron’s 1,200 troops")]
    ['Macron’s', '1,200', 'troops']
    """
    return [Word(match.start(), match.end(), match[0]) for match in WORD.finditer(text)]


@lru_cache(maxsize=65_536)
def stem(form: str) -> str:
    """Return the lower-case English stem of a word, without a possessive ending.

    Porter's second stemmer, from Snowball's own C code: other languages keep their endings.

    >>> stem("Macron’s"), stem("agreements"), stem("denied"), stem("withdrew")
    ('macron', 'agreement', 'deni', 'withdraw')
    """
    lower = form.lower().replace("’", "'")
    lower = lower.removesuffix("'s").removesuffix("'")
    lower = BASE.get(lower, lower)
    # One of its own: a stemmer works on a buffer, and two threads that shared one would spoil each other's words.
    return str(Stemmer.Stemmer("english", 0).stemWord(lower))


def content_stems(text: str) -> list[str]:
    """Return the stems of the words of `text` that carry content, in order."""
    return [stem(match[0]) for match in WORD.finditer(text) if match[0].lower() not in STOP_WORDS]
