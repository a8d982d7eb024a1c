"""What is asked of each claim: which label is right, or which sentence decides; and what one request may hold."""

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from summarizer.judging import Material
from summarizer.judging.shown import Shown
from summarizer.language.sentences import Sentence
from summarizer.llm.blocks import one_line
from summarizer.llm.decisions.questions import MOST_OPTIONS, Question
from summarizer.llm.model import LanguageModel
from summarizer.schema import Claim

Subject = Literal["decide", "decide_evidence"]
"""What a question is about: the label of a claim, or the sentence that decides it. Also the name of its prompt."""

PROMPTS: tuple[Subject, ...] = ("decide", "decide_evidence")
NONE = "none"
"""The answer that no sentence decides."""
REQUEST_TOKENS = 48_000  # of one request; the smallest documented limit is 64,000
SPELLED_OUT = 8  # sentences that are given again beside their numbers; with more the number alone has to do
NUMBER = 4  # tokens of the number of a sentence
FALLBACK = 5  # sentences to choose from for a claim that shares no word with the source


class Questions:
    """Builds the questions of one job."""

    def __init__(self, model: LanguageModel, material: Material) -> None:
        self._model = model
        self._material = material
        self._passages = model.options.passages
        self._sizes: dict[str, int] = {}

    def content(self, subject: Subject, shown: Shown) -> str:
        """What all questions of a request are about."""
        return self._model.prompt(subject).render({"source": shown.block, "claim": ""})[0]

    def shown(self, claims: Sequence[Claim]) -> Shown:
        """The passages of some claims, in the order of the source."""
        return Shown.narrow(claims, self._material, self._passages)

    def question(self, part: "Part", claim: Claim, shown: Shown) -> Question:
        """The question about one claim of a request."""
        subject = part.subject
        prompt = self._model.prompt(subject)
        _, text = prompt.render({"source": "", "claim": one_line(claim.text)})
        if subject == "decide":
            return Question(claim.id, text, prompt.options)
        names = self._candidates(claim, shown, whole=part.whole)
        few = part.spelled and len(names) <= SPELLED_OUT
        sentences = tuple((name, one_line(one.text) if few else None) for name, one in names.items())
        return Question(claim.id, text, (*sentences, *prompt.options))

    def _candidates(self, claim: Claim, shown: Shown, *, whole: bool) -> Mapping[str, Sentence]:
        """The sentences that may decide a claim: all that are shown, if there are not too many, else its passages."""
        if whole and len(shown.names) < MOST_OPTIONS:
            return shown.names
        best = set(self._material.passages.get(claim.id, ()))
        own = {name: one for name, one in shown.names.items() if one in best}
        return own or dict(list(shown.names.items())[:FALLBACK])

    def packed(self, subject: Subject, claims: Sequence[Claim], most: int, *, whole: bool) -> list["Part"]:
        """The requests about some claims; sentences are given by number alone where that saves one."""
        parts = self._packed(Part(subject, (), whole), claims, most)
        if subject == "decide" or len(parts) == 1:
            return parts
        fewer = self._packed(Part(subject, (), whole, spelled=False), claims, most)
        return fewer if len(fewer) < len(parts) else parts

    def _packed(self, kind: "Part", claims: Sequence[Claim], most: int) -> list["Part"]:
        """The claims of each request, in order: at most `most`, and no more text than a server is sure to take."""
        parts: list[list[Claim]] = [[]]
        tokens, held = 0, set[str]()
        for claim in claims:
            own = () if kind.whole else self._material.passages.get(claim.id, ())[: self._passages]
            asked = self._size_of_question(kind, claim)
            more = asked + sum(self._size(one) for one in own if one.id not in held)
            if parts[-1] and (len(parts[-1]) >= most or tokens + more > REQUEST_TOKENS):
                parts.append([])
                tokens, held = 0, set()
                more = asked + sum(self._size(one) for one in own)
            parts[-1].append(claim)
            held |= {one.id for one in own}
            tokens += more
        return [kind._replace(claims=tuple(part)) for part in parts]

    def _size(self, sentence: Sentence) -> int:
        if sentence.id not in self._sizes:
            self._sizes[sentence.id] = self._model.counter.count(sentence.text) + NUMBER
        return self._sizes[sentence.id]

    def _size_of_question(self, kind: "Part", claim: Claim) -> int:
        """About how many tokens a question has with the sentences that it may name."""
        prompt = self._model.prompt(kind.subject)
        said = [prompt.user, claim.text, *(f"{key}: {meaning}" for key, meaning in prompt.options)]
        tokens = self._model.counter.count("\n".join(said))
        if kind.subject == "decide":
            return tokens
        if kind.whole:
            return tokens + NUMBER * min(len(self._material.sentences), MOST_OPTIONS)
        best = self._material.passages.get(claim.id, ())  # those of other claims in the request may be among them
        return tokens + (sum(map(self._size, best)) if kind.spelled else NUMBER * len(best))


class Part(NamedTuple):
    """The claims of one request."""

    subject: Subject
    claims: tuple[Claim, ...]
    whole: bool
    """Whether it shows the whole source, or the passages of its claims."""
    spelled: bool = True
    """Whether few sentences to choose from are given again beside their numbers."""
