"""Stems for the guards: those of reading, with irregular past forms as their verbs.

Kept apart from `language.words`: retrieval, and with it every prompt, stays as it is.
"""

from functools import lru_cache

from summarizer.language import words

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


@lru_cache(maxsize=65_536)
def stem(form: str) -> str:
    """Return the stem of a word, with an irregular past form as its verb.

    >>> stem("withdrew"), stem("withdrawing"), stem("denied")
    ('withdraw', 'withdraw', 'deni')
    """
    return words.stem(BASE.get(form.lower(), form))
