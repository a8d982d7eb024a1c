"""False claims and sound twins from texts of the training part.

A base is a sentence of the text, or a claim that people found supported by it.
From each base come as many sound claims as false ones; half of either are
paraphrased as well, so that an edit is no cue. Which error is made is drawn so
that rare kinds catch up.
"""

import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from summarizer.language.sentences import Sentence, sentences
from summarizer.schema import Document
from training.errors import ERRORS, Edit
from training.pairs import Source
from training.paraphrases import SOUND, TWISTED
from training.rows import UNSUPPORTED, Pair, Row
from training.wording import bare, lowered, raised, words

WORDS_OF_BASE = range(6, 36)
WORDS_OF_TEXT = range(110, 1200)
FROM_TEXT, FROM_CLAIMS = 4, 3  # bases of a text
SHORT_TEXTS = ("vitaminc", "fool_me_twice", "fever_symmetric", "fever_adversarial", "mnli", "begin")
SHORT_SHARE = 0.2  # of the supported rows of these that become bases
PARAPHRASED = 0.5
QUESTION = re.compile(
    r"^(?P<who>(?:The|A|An|His|Her|Their|Its) (?:[\w’'-]+ ){0,2}?[\w’'-]+|[A-Z][\w’'.-]+(?: [A-Z][\w’'.-]+){0,3}) "
    r"(?P<verb>will|can|could|should|is|are|was|were|has|have) (?P<rest>.{10,})$"
)
ALL_ERRORS = dict(ERRORS) | {name: (edit, UNSUPPORTED) for name, edit in TWISTED.items()}


class Base(NamedTuple):
    """A sound sentence and the others of its text, its neighbours first."""

    text: str
    others: tuple[str, ...]
    own: str | None
    """The sentence of the text that bears it out, where it is one."""


class Made(NamedTuple):
    """A claim that an edit made; `text` is the sentence that evidence must hold for it to be sound."""

    kind: str
    claim: str
    target: int


class Editor:
    """Makes claims of bases; remembers how often it made each error."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self.made: Counter[str] = Counter()

    def _try(self, edit: Edit, text: str, others: Sequence[str]) -> str | None:
        new = edit(text, others, self._rng)
        if new is None:
            return None
        new = re.sub(r"\s+", " ", new).strip()
        same = bare(new).lower() == bare(text).lower()
        return None if same or any(bare(new).lower() in other.lower() for other in others) else new

    def _paraphrased(self, text: str, others: Sequence[str], *, among: Sequence[str]) -> str:
        for name in self._rng.sample(among, len(among)):
            new = self._try(SOUND[name], text, others)
            if new is not None:
                return new
        return text

    def sound(self, base: Base) -> Made:
        """Return the base as it stands, or paraphrased."""
        text = base.text
        kind = "same"
        if self._rng.random() < PARAPHRASED:
            text = self._paraphrased(text, base.others, among=list(SOUND))
            if text != base.text and self._rng.random() < 0.3:
                text = self._paraphrased(text, (), among=["alike", "spelled", "short_form"])
            kind = "paraphrase"
        return Made(kind, text, 0)

    def false(self, base: Base) -> Made | None:
        """Return the base with one error, perhaps paraphrased as well."""
        found = {
            name: (new, target)
            for name, (edit, target) in ALL_ERRORS.items()
            if (new := self._try(edit, base.text, base.others))
        }
        if not found:
            return None
        names = list(found)
        kind = self._rng.choices(names, [(1 + self.made[name]) ** -0.7 for name in names])[0]
        self.made[kind] += 1
        text, target = found[kind]
        if self._rng.random() < PARAPHRASED:
            text = self._paraphrased(text, (), among=["alike", "fronted", "spelled", "short_form", "trimmed"])
            target = UNSUPPORTED
        return Made(kind, text, target)


def _bases_of_text(own: Sequence[Sentence], rng: random.Random) -> Iterator[Base]:
    plain = [each for each in own if len(each.text.split()) in WORDS_OF_BASE and "?" not in each.text]
    for each in rng.sample(plain, min(FROM_TEXT, len(plain))):
        at = each.number
        near = [own[place].text for place in (at + 1, at - 1) if 0 <= place < len(own)]
        far = [other.text for other in plain if abs(other.number - at) > 1]
        yield Base(each.text, (*near, *rng.sample(far, min(6, len(far)))), each.text)


def _bases_of_claims(claims: Sequence[str], own: Sequence[Sentence], rng: random.Random) -> Iterator[Base]:
    parts = [
        sentence.text
        for claim in claims
        for sentence in sentences(Document.of(claim, id="c", name="c"))
        if len(sentence.text.split()) in WORDS_OF_BASE
    ]
    for part in rng.sample(parts, min(FROM_CLAIMS, len(parts))):
        others = [each.text for each in rng.sample(own, min(8, len(own)))]
        yield Base(part, tuple(others), None)


def _claims(base: Base, editor: Editor) -> list[Made]:
    made = [false for _ in range(2) if (false := editor.false(base))]
    made = list({each.claim: each for each in made}.values())
    return [*(editor.sound(base) for _ in made), *made]


def _framed(base: Base, rng: random.Random) -> Iterator[tuple[str, str, Made]]:
    """Yield what stands in place of the sentence, the kind, and the claim: under a label, or as a question."""
    lexicon = words()["labels"]
    text, said = base.text, lowered(bare(base.text))
    kind = "false" if rng.random() < 0.5 else "true"
    label = rng.choice(lexicon[kind])
    target = 0 if kind == "true" else UNSUPPORTED
    yield f"{label}: {text}", "label", Made("label", text, target)
    if label in {"Myth", "Hoax", "Rumour", "Fact"}:
        asserted = "fact" if label == "Fact" else "myth"
        yield f"{label}: {text}", "label", Made("label", f"It is a {asserted} that {said}.", 0)
    found = QUESTION.match(bare(text))
    if found is None:
        return
    question = f"{raised(found['verb'])} {lowered(found['who'])} {found['rest']}?"
    after = rng.choice(("", " Nobody knows yet.", " No.", " That is the question.", " No decision has been taken."))
    yield question + after, "question", Made("question", text, UNSUPPORTED)
    verb = found["verb"]
    who = "they" if verb in {"are", "were", "have"} else "it"
    after = rng.choice((" Yes.", " Yes, that is certain.", f" Yes, {who} {verb}.", " The answer is yes."))
    yield question + after, "answer", Made("answer", text, 0)


def _framed_pairs(base: Base, name: str, source: Source, rng: random.Random) -> Iterator[Pair]:
    if base.own is None:
        return
    for count, (frame, kind, made) in enumerate(_framed(base, rng)):
        held = [each.replace(base.own, frame) for each in source.readings(base.text) if base.own in each]
        if held:
            yield Pair(f"{name}/{kind}{count}", f"edit:{kind}", made.claim, (*held, frame), made.target)
    beside = base.others[0] if base.others else ""
    if len(beside.split()) in WORDS_OF_BASE and "?" not in beside:  # the label of one sentence says nothing of the next
        near = (f"{frame} {beside}", f"{beside} {frame}")
        yield Pair(f"{name}/beside", "edit:beside", beside, near, 0)


def edits_of(rows: Iterable[Row], seed: int = 0) -> Iterator[Pair]:
    """Yield the pairs that are made of the texts and supported claims of labelled rows."""
    rng = random.Random(seed)  # noqa: S311  a seed that can be repeated is what is wanted
    editor = Editor(rng)
    by_document: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        long = len(row.document.split()) in WORDS_OF_TEXT
        short = row.dataset in SHORT_TEXTS and row.supported and rng.random() < SHORT_SHARE
        if long or short:
            by_document[row.document] += [row.claim] if row.supported else []
    for number, (text, claims) in enumerate(by_document.items()):
        own = tuple(sentences(Document.of(text, id="d1", name="d")))
        bases = list(_bases_of_claims(list(dict.fromkeys(claims)), own, rng))
        if len(text.split()) in WORDS_OF_TEXT:
            bases += _bases_of_text(own, rng)
        made = [(base, _claims(base, editor)) for base in bases]
        source = Source(text, [base.text for base in bases] + [each.claim for _, some in made for each in some])
        for place, (base, some) in enumerate(made):
            name = f"{number}/{place}"
            yield from _pairs_of_base(base, some, name, source)
            if rng.random() < 0.35:
                yield from _framed_pairs(base, name, source, rng)


def _pairs_of_base(base: Base, some: Sequence[Made], name: str, source: Source) -> Iterator[Pair]:
    for count, each in enumerate(some):
        found = source.readings(each.claim)
        if base.own is not None and each.target == 0:
            found = tuple(reading for reading in found if base.own in reading)
        if found:
            yield Pair(f"{name}/{count}", f"edit:{each.kind}", each.claim, found, each.target)
