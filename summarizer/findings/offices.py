"""An office that the claim gives to somebody must be theirs in the source."""

import re
from collections.abc import Sequence

from summarizer.findings.differences import Difference, Passage
from summarizer.language.names import Name, names_in, same_name
from summarizer.language.offices import OFFICE_WORD, VERBAL, WHAT_IT_IS_OF, Binding, bindings, canonical
from summarizer.language.patterns import WORDLIKE
from summarizer.language.verbs import stem
from summarizer.schema import FindingKind

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
LINE_END = re.compile(r"(?<=[.!?])\s+|\n")
NEAR = 60  # code points between an office and a surname that may belong together


def offices(claim: str, passage: Passage) -> list[Difference]:
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
        findings.append(Difference(FindingKind.OFFICE, mine.start, mine.end, place, place is not None, note))
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
