"""What in a claim the sources do not bear out: words, numbers, names, turns of phrase."""

import difflib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from summarizer.judging.lexical.cues import counted
from summarizer.judging.lexical.overlap import Ranked
from summarizer.judging.lexical.source_index import PREFIX, SourceIndex
from summarizer.language.numerals import number_of
from summarizer.language.quotations import QUOTED
from summarizer.language.statements import Statement
from summarizer.language.time_expressions import MONTHS, WEEKDAYS
from summarizer.language.words import WORD, key_of

NEARLY = 0.1  # relative distance of a number that was changed rather than invented
CALENDAR = frozenset({*MONTHS, *WEEKDAYS})


def missing(statement: Statement, source: SourceIndex, ranked: Ranked) -> dict[str, float]:
    """The words of the claim that the source, and that its best sentence, does not have."""
    first = ranked.held[ranked.order[0]] if ranked.order else frozenset()
    absent = [key for key in ranked.weights if key not in source.holders]
    apart = [key for key in ranked.weights if key not in first]
    weights = sorted((ranked.weights[key] for key in absent), reverse=True)
    forms = {word.key: word for word in statement.words if word.content}
    plain = [forms[key] for key in absent if not forms[key].capital and number_of(forms[key].form) is None]
    return {
        "absent": float(len(absent)),
        "absent_share": len(absent) / max(1, len(ranked.weights)),
        "absent_most": weights[0] if weights else 0.0,
        "absent_second": weights[1] if len(weights) > 1 else 0.0,
        "absent_sum": sum(weights),
        "absent_kin": float(sum(key[:PREFIX] in source.starts for key in absent)),
        "absent_plain": float(len(plain)),
        "absent_verbal": float(sum(word.form.lower().endswith(("ed", "ing")) for word in plain)),
        "absent_capital": float(sum(forms[key].capital for key in absent)),
        "apart": float(len(apart)),
        "apart_most": max((ranked.weights[key] for key in apart), default=0.0),
        "apart_sum": sum(ranked.weights[key] for key in apart),
        "apart_capital": float(sum(forms[key].capital for key in apart)),
    }


def figures(statement: Statement, source: SourceIndex, ranked: Ranked) -> dict[str, float]:
    """The numbers and names of the claim: there, nearly there, or not."""
    first = ranked.held[ranked.order[0]] if ranked.order else frozenset()
    numbers = {word: value for word in statement.words if (value := number_of(word.form)) is not None}
    absent = [value for value in numbers.values() if value not in source.numbers]
    near = [value for value in absent if any(abs(value - other) <= NEARLY * abs(value) for other in source.numbers)]
    apart = [one for one in numbers if one.content and one.key not in first]
    full = sum(_stands(name, source) for name in statement.names)
    known = sum(all(key in source.places for key in name) for name in statement.names)
    partly = sum(any(key in source.places for key in name) for name in statement.names)
    names, count = len(statement.names), len(numbers)
    return {
        "numbers": float(count),
        "numbers_absent": float(len(absent)),
        "numbers_near": float(len(near)),
        "numbers_apart": float(len(apart)),
        "years_absent": float(sum(1000 <= value <= 2100 for value in absent)),
        "names": float(names),
        "names_broken": float(names - full),
        "names_partial": float(partly - known),
        "names_absent": float(names - partly),
        "names_apart": float(sum(not any(key in first for key in name) for name in statement.names)),
        "facts_found": (full + count - len(absent)) / (names + count) if names + count else 1.0,
    }


def _stands(name: Sequence[str], source: SourceIndex) -> bool:
    """Whether the words of a name stand in the source one after another."""
    numbers, number_at = source.numbers_of(name), source.words.number_at
    rarest = min(range(len(name)), key=lambda at: len(source.places.get(name[at], ())))
    return any(
        all(number_at(place - rarest + step) == number for step, number in enumerate(numbers))
        for place in source.places.get(name[rarest], ())
    )


def alignment(statement: Statement, source: SourceIndex, ranked: Ranked) -> dict[str, float]:
    """What would have to be changed to make the best sentence of the claim, and in what order its words stand."""
    text = source.sentences[ranked.order[0]].text if ranked.order else ""
    given = [key_of(match[0]) for match in WORD.finditer(text)]
    theirs, mine = [key for key, _ in given], [word.key for word in statement.words]
    matcher = difflib.SequenceMatcher(None, mine, theirs, autojunk=False)
    same = swapped = added = swapped_content = added_content = left_out = 0
    for kind, a, b, c, d in matcher.get_opcodes():
        content = sum(word.content for word in statement.words[a:b])
        if kind == "equal":
            same += b - a
        elif kind == "replace":
            swapped, swapped_content = swapped + b - a, swapped_content + content
            left_out += sum(one for _, one in given[c:d])
        elif kind == "insert":
            left_out += sum(one for _, one in given[c:d])
        else:
            added, added_content = added + b - a, added_content + content
    size = max(1, len(mine))
    content_size = max(1, sum(one for _, one in given))
    shared = {key for key, content in given if content} & set(ranked.weights)
    order = [theirs.index(key) for key in ranked.weights if key in shared]
    turned = sum(one > other for one, other in pairwise(order))
    subject = next((word.key for word in statement.words if word.content), "")
    return {
        "aligned": same / size,
        "swapped": float(swapped),
        "swapped_content": float(swapped_content),
        "added": float(added),
        "added_content": float(added_content),
        "left_out": left_out / content_size,
        "turned_round": turned / max(1, len(order) - 1),
        "subject_apart": float(subject not in shared),
        "told": len(shared) / content_size,
        "best_words": float(len(theirs)),
        "length_ratio": len(mine) / max(1, len(theirs)),
        "best_place": ranked.order[0] / max(1, len(source.sentences)) if ranked.order else 1.0,
    }


def turns(statement: Statement, source: SourceIndex, ranked: Ranked) -> dict[str, float]:
    """Negations, hedges, quantifiers and verbs of saying: in the claim, gained and lost against the best sentences."""
    best = source.sentences[ranked.order[0]].text if ranked.order else ""
    three = " ".join(source.sentences[position].text for position in ranked.order[:3])
    own, theirs, near = _cue_counts(statement.text), _cue_counts(best), _cue_counts(three)
    found: dict[str, float] = {}
    for name, mine in own.items():
        found[name] = float(mine)
        found[f"{name}_gained"] = float(mine > 0 and not near[name])
        found[f"{name}_shift"] = float(mine - theirs[name])
    dates = [form for form in WORD.findall(statement.text.lower()) if form in CALENDAR]
    told = CALENDAR.intersection(WORD.findall(three.lower()))
    found["dates"] = float(len(dates))
    found["dates_apart"] = float(sum(one not in told for one in dates))
    found["quoted"] = float(len(QUOTED.findall(statement.text)))
    return found


@lru_cache(maxsize=512)  # the same sentence is the best one of many claims
def _cue_counts(text: str) -> Mapping[str, int]:
    plain = text.replace("’", "'")
    return {name: len(pattern.findall(plain)) for name, pattern in counted().items()}
